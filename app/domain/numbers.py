"""Numbers that came back: what each row of a carrier's file means for the waybills that were asked for.

A number belongs to the waybill whose customer key it came back with. A number that is there already is never replaced
by another one, and never given to two orders: which is right only the parcels can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.intake import Level
from app.domain.orders import WAYBILL_LIFE, Problem, WaybillEvent, WaybillState
from app.domain.shipping import NUMBER_LEVELS, NumberRow, read_key

__all__ = ["MATCH_LEVELS", "Asked", "Match", "Status", "is_done", "level_of_match", "match"]


class Status(StrEnum):
    """What became of one row."""

    NUMBERED = "numbered"
    """Its number is new and belongs to a waybill."""
    SAME = "same"
    """It says what is known already."""
    ACCEPTED = "accepted"
    """The carrier took the shipment and gave no number yet."""
    REJECTED = "rejected"
    """The carrier's software refused the shipment."""
    REFUSED = "refused"
    """It does not fit and is not used."""


MATCH_LEVELS: Mapping[str, Level] = {
    "numbers.different": Level.ERROR,
    "numbers.extra": Level.ERROR,
    "numbers.old": Level.ERROR,
    "numbers.unknown": Level.ERROR,
    "numbers.not_ours": Level.WARNING,
    "numbers.other_carrier": Level.ERROR,
    "numbers.taken": Level.ERROR,
    "numbers.bad_check_digit": Level.ERROR,
    "numbers.unconfirmed": Level.ERROR,
    "numbers.odd_length": Level.INFO,
    "numbers.cod": Level.WARNING,
    "numbers.cod_unsaid": Level.WARNING,
    "numbers.pieces": Level.WARNING,
    "numbers.service": Level.WARNING,
    "numbers.not_exported": Level.WARNING,
    "numbers.rejected": Level.ERROR,
    "numbers.rejected_late": Level.WARNING,
    "numbers.overtaken": Level.ERROR,
    "numbers.missing": Level.WARNING,
    "numbers.another_day": Level.WARNING,
    "numbers.no_rows": Level.ERROR,
    "numbers.nothing_fits": Level.ERROR,
    "numbers.read_before": Level.INFO,
}
"""Every key of a problem that matching a file of numbers can report, and how much it matters."""


def level_of_match(found: Problem) -> Level:
    """How much a problem of reading or matching a file of numbers matters; an unknown key counts as an error."""
    return MATCH_LEVELS.get(found.key) or NUMBER_LEVELS.get(found.key, Level.ERROR)


@dataclass(frozen=True, slots=True)
class Asked:
    """One waybill that was asked for: one piece."""

    id: int
    key: str
    order: str
    """The shop's order number, for sentences."""
    piece: int
    carrier: str
    service: str
    cod: int
    state: WaybillState
    number: str


@dataclass(frozen=True, slots=True)
class Match:
    """What one row means."""

    row: NumberRow
    status: Status
    ids: tuple[int, ...] = ()
    """Waybills that it changes."""
    told: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """What is to be said of it: keys of sentences with more placeholders."""


_GONE = (WaybillState.ATTACHED, WaybillState.HANDED_OVER)


@dataclass(slots=True)
class _Run:
    asked: Mapping[str, Sequence[Asked]]
    taken: Mapping[str, Iterable[str]]
    in_file: Mapping[str, frozenset[str]]
    carrier: str
    accept: bool
    given: dict[int, str] = field(default_factory=dict)
    """Numbers given by rows before, by waybill."""

    def number(self, each: Asked) -> str:
        """The number of a waybill, that of an earlier row included."""
        return self.given.get(each.id, each.number)


def match(
    rows: Sequence[NumberRow],
    asked: Mapping[str, Sequence[Asked]],
    taken: Mapping[str, Iterable[str]],
    carrier: str,
    *,
    accept: bool = False,
) -> list[Match]:
    """Return what each row of a file means.

    :param asked: waybills by customer key, pieces in order.
    :param taken: customer keys that have a number already, by number.
    :param carrier: carrier that the file is from.
    :param accept: take numbers of unusual length too (11 digits and numbers of parcels abroad always are).
    """
    keys: dict[str, set[str]] = {}
    for row in rows:
        if row.number:
            keys.setdefault(row.number, set()).add(row.key)
    run = _Run(asked, taken, {number: frozenset(found) for number, found in keys.items()}, carrier, accept)
    return [_match(run, row) for row in rows]


def _refused(row: NumberRow, key: str, **args: str) -> Match:
    return Match(row, Status.REFUSED, (), ((key, args),))


def _match(run: _Run, row: NumberRow) -> Match:
    pieces = run.asked.get(row.key, ())
    if not pieces:
        return _refused(row, "numbers.unknown" if read_key(row.key) else "numbers.not_ours")
    first = pieces[0]
    if first.carrier != run.carrier:
        return _refused(row, "numbers.other_carrier", order=first.order, carrier=first.carrier)
    if all(each.state is WaybillState.VOID for each in pieces):
        return _refused(row, "numbers.old", order=first.order)
    if not row.number:
        return _without_number(row, pieces)
    if any(run.number(each) == row.number for each in pieces):
        return Match(row, Status.SAME)
    odd = _odd_number(run, row)
    if odd and odd != "numbers.odd_length":
        return _refused(row, odd, order=first.order)
    others = sorted((set(run.taken.get(row.number, ())) | run.in_file[row.number]) - {row.key})
    if others:
        return _refused(row, "numbers.taken", order=first.order, other=", ".join(others[:3]))
    free = [each for each in pieces if not run.number(each) and (each.state, WaybillEvent.NUMBER) in WAYBILL_LIFE]
    if not free:
        many = len(pieces) > 1 or any(each.id in run.given for each in pieces)
        known = ", ".join(dict.fromkeys(run.number(each) for each in pieces if run.number(each))) or "-"
        key = "numbers.extra" if many else "numbers.different"
        return _refused(row, key, order=first.order, known=known, pieces=str(len(pieces)))
    # A carrier whose file says how many pieces a number is for gives one number to all of them.
    meant = free if row.pieces is not None else free[:1]
    run.given |= {each.id: row.number for each in meant}
    told: list[tuple[str, Mapping[str, str]]] = [(odd, {"order": first.order})] if odd else []
    told += _differs(row, first, len(pieces))
    return Match(row, Status.NUMBERED, tuple(each.id for each in meant), tuple(told))


def _without_number(row: NumberRow, pieces: Sequence[Asked]) -> Match:
    first = pieces[0]
    if row.reason:
        meant = [each.id for each in pieces if (each.state, WaybillEvent.REJECT) in WAYBILL_LIFE]
        args = {"order": first.order, "said": row.reason}
        if meant:
            return Match(row, Status.REJECTED, tuple(meant), (("numbers.rejected", args),))
        same = first.state is WaybillState.REJECTED
        return Match(row, Status.SAME, (), () if same else (("numbers.rejected_late", args),))
    meant = [each.id for each in pieces if (each.state, WaybillEvent.ACCEPT) in WAYBILL_LIFE]
    return Match(row, Status.ACCEPTED if meant else Status.SAME, tuple(meant))


def _odd_number(run: _Run, row: NumberRow) -> str:
    """Key of what is odd about a number; a notice only for the lengths that mail services and parcels abroad have."""
    if not row.doubtful:
        return ""
    if len(row.number) == 12 and row.number.isdigit():
        return "numbers.bad_check_digit"
    if len(row.number) == 11 or not row.number.isdigit() or run.accept:
        return "numbers.odd_length"
    return "numbers.unconfirmed"


def _differs(row: NumberRow, first: Asked, pieces: int) -> list[tuple[str, Mapping[str, str]]]:
    """What was printed otherwise than it was asked for; the bench will not close such a parcel."""
    found: list[tuple[str, Mapping[str, str]]] = []
    order = {"order": first.order}
    if row.cod is not None and row.cod != first.cod:
        found.append(("numbers.cod", {**order, "printed": str(row.cod), "asked": str(first.cod)}))
    elif row.cod is None and first.cod:
        found.append(("numbers.cod_unsaid", {**order, "asked": str(first.cod)}))
    if row.pieces is not None and row.pieces != pieces:
        found.append(("numbers.pieces", {**order, "printed": str(row.pieces), "asked": str(pieces)}))
    if row.service and row.service != first.service:
        found.append(("numbers.service", {**order, "printed": row.service, "asked": first.service}))
    if first.state is WaybillState.REQUESTED:
        found.append(("numbers.not_exported", order))
    return found


def is_done(pieces: Sequence[Asked]) -> bool:
    """Whether every piece under a key has left the bench already."""
    return bool(pieces) and all(each.state in _GONE for each in pieces)
