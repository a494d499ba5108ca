"""Reading the file of an import again: with the cells that were mended, as the same channel, shop and mapping.

Only what the file says anew changes anything: an order that a later file changed since, and of which this one says
what it said before, stays as that later file has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from app.domain.fixes import Fix
from app.errors import FileUnusable, NotAllowed, NotFound
from app.services import acts
from app.services.desk import Desk
from app.services.intake import Progress, Reading, Report, import_files, said_before
from app.services.intake_record import digest_of
from app.services.products import ProductReport, import_products
from app.storage import imports as storage
from app.storage.database import Transaction
from app.storage.imports import Recorded

__all__ = ["READABLE", "run_again"]

READABLE = ("orders", "stopped", "refused", "products", storage.BEGUN)
"""Kinds of imports whose files can be read again."""


def run_again(
    desk: Desk,
    import_id: int,
    *,
    paths: Sequence[Path] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report | ProductReport:
    """Read the file of an import again; runs on a worker thread. Where that was done before, the newest import counts.

    Problems that are gone are done; what was put aside stays aside.

    :param paths: where the file lies now; empty for where it lay.
    :raises NotFound: there is no such import.
    :raises NotAllowed: it is none of orders or products.
    :raises FileUnusable: the file is gone, lies at another station, or says something else now.
    """
    found = desk.read(_newest, import_id).result()
    if found.kind not in READABLE:
        raise NotAllowed("imports.cannot_read_again", file=found.file)
    files = _same_files(desk.station, found, [Path(path) for path in paths] or [Path(path) for path in found.paths])
    fixes, before, later = desk.read(_mended, found).result()
    asked = found.options
    if found.kind == "products":
        made = import_products(desk, files, progress=progress, cancelled=cancelled, again=found.id, fixes=fixes)
        _settle(desk, found.id, made.imports)
        return made
    channel = str(asked.get("channel", "")) if found.kind == "refused" else found.channel
    mapping = str(asked.get("mapping", ""))
    read_before: Mapping[tuple[str, str], str] = {}
    if later:
        read_before = said_before(desk, files, later, channel=channel, shop=found.shop, mapping=mapping, fixes=before)
    report = import_files(
        desk,
        files,
        channel=channel,
        shop=found.shop,
        mapping=mapping,
        create_products=bool(asked.get("create_products", False)),
        complete=asked.get("complete"),
        reading=Reading(again=found.id, fixes=tuple(fixes), read_before=read_before),
        progress=progress,
        cancelled=cancelled,
    )
    _settle(desk, found.id, report.imports)
    return report


def _newest(tx: Transaction, import_id: int) -> Recorded:
    found = storage.load(tx, import_id)
    if found is None:
        raise NotFound("imports.not_found", id=import_id)
    while found.later is not None and (later := storage.load(tx, found.later)) is not None:
        found = later
    return found


def _mended(tx: Transaction, found: Recorded) -> tuple[list[Fix], list[Fix], set[tuple[str, str]]]:
    """Return every mended cell, those that were mended when it was read last, and orders that changed since."""
    chain = storage.chain(tx, found.id)
    return (
        storage.fixes_of(tx, chain),
        storage.fixes_of(tx, chain[:-1], until=found.at),
        storage.touched_later(tx, found.id),
    )


def _same_files(station: str, found: Recorded, paths: Sequence[Path]) -> list[Path]:
    """Return the files, once it is sure that they say what they said."""
    for path in paths:
        if not path.is_file():
            if found.station != station:
                raise FileUnusable("imports.at_other_station", file=found.file, station=found.station)
            raise FileUnusable("imports.file_gone", file=path.name, path=str(path))
    if not paths:
        raise FileUnusable("imports.file_gone", file=found.file, path="–")
    if found.sha256 and digest_of(paths) != found.sha256:
        raise FileUnusable("imports.file_changed", file=found.file)
    return list(paths)


def _settle(desk: Desk, old: int, made: Sequence[int]) -> None:
    topics = frozenset({"imports"})
    for new in made:
        desk.do(topics, _carry_over, desk.station, str(uuid4()), old, new).result()


def _carry_over(tx: Transaction, station: str, act: str, old: int, new: int) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    done, aside = storage.carry_over(tx, old, new)
    acts.end(tx, state, act, "import_again", {"import": new, "again": old, "done": done, "aside": aside})
