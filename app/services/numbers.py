"""Numbers back from the carriers' software: the whole file is judged first, then written in chunks beside the scans."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.carriers._choose import carrier as carrier_by_id
from app.carriers._choose import recognised
from app.carriers._file import open_returned
from app.channels._source import readable
from app.domain.intake import problem
from app.domain.numbers import Asked, Match, Status, is_done, match
from app.domain.orders import WAYBILL_LIFE as LIFE
from app.domain.orders import Problem, ShipNumber, WaybillEvent, WaybillState
from app.domain.people import Right
from app.domain.shipping import NumberRow
from app.services import acts
from app.services.desk import Desk, new_act
from app.storage import waybills as storage
from app.storage.database import Transaction
from app.storage.waybills import Numbered, WaybillRow

__all__ = ["Missing", "NumbersReport", "take_numbers"]

NUMBER_DAYS = 90
"""Carriers give a tracking number out again after some months; one that is older than this may come again."""
CHUNK_MS = 25
"""Time one chunk should take, milliseconds; the size of chunks follows it."""
_FIRST_CHUNK, _LARGEST_CHUNK = 100, 400
_TOPICS = frozenset({"orders", "bench"})


@dataclass(frozen=True, slots=True)
class Missing:
    """A waybill that went out in the same carrier file as others that came back, and did not come back itself."""

    ship_number: str
    number: str
    """The shop's order number."""
    key: str
    piece: int
    pieces: int


@dataclass(slots=True)
class NumbersReport:
    """What a file of numbers did."""

    file: str
    carrier: str
    rows: int = 0
    """Rows that the reader understood."""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(map(str, Status), 0))
    """Rows by what became of them."""
    problems: list[Problem] = field(default_factory=list)
    """What was odd, in the order of the rows."""
    missing: list[Missing] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    """Batches that the file has numbers for."""
    dry: bool = False

    def plain(self, say: Callable[[Problem], str]) -> dict[str, object]:
        """Return it as plain values; *say* makes a problem's sentence."""
        return {
            "file": self.file,
            "carrier": self.carrier,
            "rows": self.rows,
            **self.counts,
            "batches": self.batches,
            "missing": [
                {"ship_number": m.ship_number, "number": m.number, "key": m.key, "piece": m.piece, "pieces": m.pieces}
                for m in self.missing
            ],
            "problems": [
                {
                    "file": found.file, "row": found.row, "column": found.column, "value": found.value,
                    "key": found.key, "text": say(found),
                }
                for found in self.problems
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows about the keys and numbers of a file."""

    asked: dict[str, tuple[Asked, ...]]
    rows: dict[int, WaybillRow]
    taken: dict[str, list[str]]
    orders: dict[int, str]
    read_before: bool


def take_numbers(
    desk: Desk,
    path: Path,
    carrier: str = "",
    dry_run: bool = False,
    *,
    accept: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> NumbersReport:
    """Take the numbers of a file that a carrier's software wrote; runs on a worker thread.

    Every row is matched by its customer key. What does not fit is named with its row and not used; the rest is written.
    The same file again adds nothing.

    :param carrier: id of the carrier; empty recognises the file.
    :param dry_run: say what would happen and change nothing.
    :param accept: take numbers of unusual length too.
    :raises FileUnusable: the file cannot be read, or is no file of this carrier.
    """
    file = open_returned(Path(path))
    chosen = carrier_by_id(carrier) if carrier else recognised(file.head)
    report = NumbersReport(file.name, chosen.ID, dry=dry_run)
    rows: list[NumberRow] = []
    for item in chosen.read_numbers(file):
        if isinstance(item, Problem):
            if item.key not in _SAID_BY_MATCHING:
                report.problems.append(item)
        else:
            rows.append(item)
    report.rows = len(rows)
    if not rows and not report.problems:  # a header alone, as a download that broke off leaves it
        report.problems.append(problem(file.name, 0, "", "", "numbers.no_rows"))
    with readable(file.name):
        sha256 = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    known: _Known = desk.read(_look_up, rows, sha256).result()
    if known.read_before:
        report.problems.append(problem(file.name, 0, "", "", "numbers.read_before"))
    matches = match(rows, known.asked, known.taken, chosen.ID, accept=accept)
    _tell(report, matches)
    overtaken: list[Match] = []
    if not dry_run:
        overtaken = _write(desk, chosen.ID, [each for each in matches if each.ids], progress)
    for each in matches:
        report.counts[each.status] += 1
    for each in overtaken:
        report.counts[each.status] -= 1
        report.counts[Status.REFUSED] += 1
        report.problems.append(_problem(report.file, each.row, "numbers.overtaken", {}))
    _look_at_whole(desk, report, known, matches)
    report.problems.sort(key=lambda found: found.row)
    if not dry_run:
        desk.chunk(_TOPICS, _close, desk.station, new_act(), report, sha256).result()
    return report


_SAID_BY_MATCHING = {"number.check_digit", "number.on_two_keys"}
"""Problems of the reader that the matching decides, and says in its own words."""


def _look_up(tx: Transaction, rows: Sequence[NumberRow], sha256: str) -> _Known:
    by_key = storage.by_keys(tx, list(dict.fromkeys(row.key for row in rows)))
    found = [row for each in by_key.values() for row in each]
    numbers = list(dict.fromkeys(row.number for row in rows if row.number))
    having = storage.by_numbers(tx, numbers, tx.now - NUMBER_DAYS * 86_400_000)
    orders = storage.order_numbers(tx, list(dict.fromkeys(row.order for row in found)))
    asked = {key: tuple(_asked(row, orders) for row in each) for key, each in by_key.items()}
    taken = {number: [row.key for row in each] for number, each in having.items()}
    return _Known(asked, {row.id: row for row in found}, taken, orders, storage.was_imported(tx, sha256))


def _asked(row: WaybillRow, orders: Mapping[int, str]) -> Asked:
    return Asked(
        row.id,
        row.key,
        orders[row.order],
        row.piece,
        row.carrier,
        row.service,
        row.cod,
        WaybillState(row.state),
        row.number,
    )


def _problem(file: str, row: NumberRow, key: str, args: Mapping[str, str]) -> Problem:
    return problem(file, row.row, "", row.number, key, **{"customer_key": row.key, **args})


def _tell(report: NumbersReport, matches: Sequence[Match]) -> None:
    report.problems += [_problem(report.file, each.row, key, args) for each in matches for key, args in each.told]


def _look_at_whole(desk: Desk, report: NumbersReport, known: _Known, matches: Sequence[Match]) -> None:
    """Say what only the whole file tells: that it is another day's, that half of it is missing."""
    fits = [each for each in matches if each.status is not Status.REFUSED]
    new = [each for each in fits if each.ids]
    if matches and not fits:
        args = {"rows": str(len(matches))}
        report.problems.append(problem(report.file, 0, "", "", "numbers.nothing_fits", **args))
    elif fits and not new and all(is_done(known.asked[each.row.key]) for each in fits):
        done = [known.rows[known.asked[each.row.key][0].id] for each in fits]
        args = {"rows": str(len(fits)), "batches": ", ".join(map(str, sorted({row.batch for row in done})))}
        report.problems.append(problem(report.file, 0, "", "", "numbers.another_day", **args))
    matched = [known.rows[piece.id] for each in fits for piece in known.asked[each.row.key]]
    report.batches = sorted({row.batch for row in matched})
    files = sorted({row.export for row in matched if row.export is not None})
    came = {row.id for row in matched}
    states = ("exported", "accepted")
    left = [row for row in desk.read(storage.of_exports, files, states).result() if row.id not in came]
    in_file = {each.row.key for each in matches}
    left = [row for row in left if row.key not in in_file]
    numbers = desk.read(storage.order_numbers, list(dict.fromkeys(row.order for row in left))).result()
    report.missing = [
        Missing(str(ShipNumber(row.batch, row.sequence)), numbers[row.order], row.key, row.piece, row.pieces)
        for row in left
    ]
    if left:
        args = {"count": str(len(left)), "first": report.missing[0].ship_number}
        report.problems.append(problem(report.file, 0, "", "", "numbers.missing", **args))


# --- writing ------------------------------------------------------------------------------------------------------


def _write(
    desk: Desk, carrier: str, matches: Sequence[Match], progress: Callable[[int, int], None] | None
) -> list[Match]:
    """Write what the rows mean in short chunks; return those that another station was quicker with."""
    overtaken: list[Match] = []
    at, size = 0, desk.first_size(_FIRST_CHUNK)
    while at < len(matches):
        part = matches[at : at + size]
        late, took = desk.chunk(_TOPICS, _chunk, desk.station, new_act(), carrier, part).result()
        overtaken += [part[place] for place in late]
        at += len(part)
        size = desk.next_size(size, took, CHUNK_MS, _LARGEST_CHUNK)
        if progress is not None:
            progress(at, len(matches))
    return overtaken


_EVENTS = {
    Status.NUMBERED: WaybillEvent.NUMBER,
    Status.ACCEPTED: WaybillEvent.ACCEPT,
    Status.REJECTED: WaybillEvent.REJECT,
}


def _chunk(tx: Transaction, station: str, act: str, carrier: str, matches: Sequence[Match]) -> tuple[list[int], float]:
    """Write some rows in one transaction; return the places of those that no longer fit, and the milliseconds."""
    began = time.monotonic()
    state = acts.begin(tx, station, act)
    if state is None:
        return list(acts.result_of(tx, act)), float(CHUNK_MS)
    acts.require(state, Right.EXPORT)
    locked = storage.by_ids(tx, [identity for each in matches for identity in each.ids], lock=True)
    late: list[int] = []
    numbers: list[Numbered] = []
    moved: dict[WaybillState, list[WaybillRow]] = {}
    reasons: dict[int, str] = {}
    for place, each in enumerate(matches):
        rows = [locked[identity] for identity in each.ids]
        event = _EVENTS[each.status]
        after = [LIFE.get((WaybillState(row.state), event)) for row in rows]
        if None in after or any(row.number for row in rows):
            late.append(place)
        elif event is WaybillEvent.NUMBER:
            numbers += [Numbered(row.id, each.row.number, each.row.cod, each.row.pieces) for row in rows]
        else:
            for row, state_after in zip(rows, after, strict=True):
                assert state_after is not None
                moved.setdefault(state_after, []).append(row)
                reasons[row.id] = each.row.reason
    storage.number_many(tx, numbers)
    for state_after, rows in moved.items():
        storage.put_states(tx, rows, state_after, reasons=reasons)
    facts: dict[str, object] = {"carrier": carrier, "rows": len(matches), "numbers": len(numbers)}
    acts.end(tx, state, act, "numbers", facts, result=late)
    return late, (time.monotonic() - began) * 1000


def _close(tx: Transaction, station: str, act: str, report: NumbersReport, sha256: str) -> None:
    """Keep the file on record."""
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.EXPORT)
    figures: dict[str, object] = {"rows": report.rows, **report.counts, "missing": len(report.missing)}
    storage.add_import(tx, act=act, file=report.file, sha256=sha256, carrier=report.carrier, result=json.dumps(figures))
    acts.end(tx, state, act, "numbers", {"file": report.file, "sha256": sha256, **figures})
