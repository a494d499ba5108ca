"""Imports on record: what each file did, what was odd in it, and how a person sets it right.

A problem is mended in place: a cell is given another value, which is laid over the file when it is read again
(:func:`mend`, :func:`run_again`), or one of its :class:`Remedy` acts is done at once (:func:`apply`). A wrong import
is taken back whole (:func:`take_back`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.intake import Level
from app.domain.people import Right
from app.errors import NotFound
from app.services import acts
from app.services.import_again import READABLE, run_again
from app.services.import_back import TAKEABLE, Kept, TakenBack, take_back
from app.services.import_remedies import Done, Remedy, apply, put_value, remedies
from app.storage import imports as storage
from app.storage.database import Transaction
from app.storage.imports import BEGUN, Recorded, Told

__all__ = [
    "Done",
    "ImportRow",
    "ImportState",
    "Kept",
    "ProblemRow",
    "Remedy",
    "TakenBack",
    "apply",
    "mend",
    "page",
    "problem_of",
    "problems",
    "put_aside",
    "run_again",
    "show",
    "take_back",
]


class ImportState(StrEnum):
    """How an import stands."""

    DONE = "done"
    BEGUN = "begun"
    """Not at its end: it runs just now, or its program ended on the way; take the file in again."""
    STOPPED = "stopped"
    """A person stopped it; what was taken in so far stays."""
    REFUSED = "refused"
    """The file could not be used."""
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import, as a list shows it."""

    id: int
    at: int
    """When it began, milliseconds since 1970 UTC."""
    state: ImportState
    kind: str
    """``orders``, ``products``, ``numbers``, ``errors``, ``refused``, ``stopped`` or ``begun``."""
    file: str
    """Name without folder; joined files with ``+`` between."""
    paths: tuple[str, ...]
    """Where the file, or each of the joined ones, lies at :attr:`station`."""
    station: str
    channel: str
    """Its channel, for numbers its carrier."""
    shop: str
    size: int
    """Bytes."""
    counts: Mapping[str, int]
    """Orders (``added``, ``changed``, ``same``, ``cancelled`` …) or products by what became of them."""
    lines: int
    problems: int
    """All that were found; at most 2,000 of a file are kept."""
    errors: int
    """Problems that stand and kept something out."""
    warnings: int
    """Problems that stand and that somebody should look at."""
    infos: int
    folder: str
    """Name of the watched folder that it came by; empty where a person chose the file."""
    again: int | None
    """The import whose file was read again."""
    later: int | None
    """The newest import that read this one's file again: what still stands is there."""
    taken_back_at: int | None
    can_run_again: bool
    can_take_back: bool


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """Something odd in an import, and what can be done about it."""

    id: int
    import_id: int
    file: str
    row: int
    """As a spreadsheet counts; 0 is the file as a whole."""
    column: str
    value: str
    key: str
    args: Mapping[str, str]
    level: Level
    order_id: int | None
    number: str
    """The order's number; empty where it is about none that is there."""
    done: bool
    remedies: tuple[Remedy, ...]
    """The best first."""

    @property
    def placeholders(self) -> dict[str, str]:
        """Everything its sentence may name."""
        return {"file": self.file, "row": str(self.row), "column": self.column, "value": self.value, **self.args}


# --- reading ------------------------------------------------------------------------------------------------------

_STATES = {BEGUN: ImportState.BEGUN, "stopped": ImportState.STOPPED, "refused": ImportState.REFUSED}


def page(tx: Transaction, *, limit: int, before: int | None = None, kind: str = "", text: str = "") -> list[ImportRow]:
    """Return imports, the newest first.

    :param before: only those with a smaller id, for the next page.
    :param kind: only these: ``orders`` (stopped and unfinished ones too), ``products``, ``numbers``, ``errors`` or
        ``refused``; empty for all.
    :param text: part of the name of the file, the channel or the shop.
    """
    kinds = TAKEABLE if kind == "orders" else (kind,) if kind else ()
    return [_row(found) for found in storage.page(tx, limit=limit, before=before, kinds=kinds, text=text)]


def show(tx: Transaction, import_id: int) -> ImportRow:
    """Return one import.

    :raises NotFound: there is none with this id.
    """
    return _row(load(tx, import_id))


def load(tx: Transaction, import_id: int) -> Recorded:
    """Return an import as stored.

    :raises NotFound: there is none with this id.
    """
    found = storage.load(tx, import_id)
    if found is None:
        raise NotFound("imports.not_found", id=import_id)
    return found


def _row(found: Recorded) -> ImportRow:
    state = _STATES.get(found.kind, ImportState.DONE)
    if found.taken_back_at is not None:
        state = ImportState.TAKEN_BACK
    figures = {name: value for name, value in found.result.items() if isinstance(value, int)}
    return ImportRow(
        id=found.id,
        at=found.at,
        state=state,
        kind=found.kind,
        file=found.file,
        paths=found.paths,
        station=found.station,
        channel=found.channel,
        shop=found.shop,
        size=found.size,
        counts={name: value for name, value in figures.items() if name not in ("lines", "problems", "newest")},
        lines=figures.get("lines", 0),
        problems=figures.get("problems", 0),
        errors=found.open.get(str(Level.ERROR), 0),
        warnings=found.open.get(str(Level.WARNING), 0),
        infos=found.open.get(str(Level.INFO), 0),
        folder=found.folder_name,
        again=found.again,
        later=found.later,
        taken_back_at=found.taken_back_at,
        can_run_again=found.kind in READABLE and bool(found.paths),
        can_take_back=found.kind in TAKEABLE and found.taken_back_at is None,
    )


def problems(
    tx: Transaction,
    import_id: int,
    *,
    levels: Sequence[str] = (),
    sort: str = "row",
    descending: bool = False,
    open_only: bool = False,
    limit: int,
    offset: int = 0,
) -> list[ProblemRow]:
    """Return problems of an import.

    :param levels: only these of ``error``, ``warning`` and ``info``; empty for all.
    :param sort: ``row``, ``level``, ``column``, ``key`` or ``number`` (of the order).
    :param open_only: without those that were mended or put aside.
    """
    found = storage.problems(
        tx,
        import_id,
        levels=levels,
        sort=sort,
        descending=descending,
        open_only=open_only,
        limit=limit,
        offset=offset,
    )
    return [_problem(tx, each) for each in found]


def problem_of(tx: Transaction, problem: int) -> ProblemRow:
    """Return one problem.

    :raises NotFound: there is none with this id.
    """
    found = storage.problem_of(tx, problem)
    if found is None:
        raise NotFound("imports.problem_not_found", id=problem)
    return _problem(tx, found)


def _problem(tx: Transaction, found: Told) -> ProblemRow:
    return ProblemRow(
        id=found.id,
        import_id=found.import_id,
        file=found.file,
        row=found.row,
        column=found.column,
        value=found.value,
        key=found.key,
        args=found.args,
        level=Level(found.level),
        order_id=found.order,
        number=found.number or found.args.get("number", ""),
        done=found.done_at is not None,
        remedies=tuple(remedies(tx, found)) if found.done_at is None else (),
    )


# --- setting right ------------------------------------------------------------------------------------------------


def mend(tx: Transaction, station: str, act: str, problem: int, value: str) -> None:
    """Say what the cell of a problem is to hold; it counts when the file is read again (:func:`run_again`).

    :raises NotFound: there is no such problem.
    :raises NotAllowed: it names no cell, or the person may not.
    """
    found = storage.problem_of(tx, problem)
    if found is None:
        raise NotFound("imports.problem_not_found", id=problem)
    put_value(tx, station, act, found, value)


def put_aside(tx: Transaction, station: str, act: str, problem: int) -> None:
    """Say that a problem needs nothing.

    :raises NotFound: there is no such problem.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    found = problem_of(tx, problem)
    storage.done(tx, [found.id])
    acts.end(tx, state, act, "put_aside", {"import": found.import_id, "problem": found.id, "key": found.key})
