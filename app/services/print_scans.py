"""Papers confirm themselves: whoever scans a slip, a label or a list has it in their hand, so it came out.

The scan itself knows nothing of this. The runner looks afterwards at what was scanned since, wherever it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.barcode import read
from app.domain.orders import ShipNumber
from app.domain.own_codes import InsertCode, ListCode, OrderCode
from app.domain.printing import SettledBy
from app.services.desk import Changes
from app.services.print_room import Room, subject_of_text
from app.storage import print_scans as storage
from app.storage.database import Transaction
from app.storage.print_scans import OpenJob, Scan

__all__ = ["OF_BATCH", "ScanWatch", "confirmed_by", "counted", "of_code", "seen_in"]

_PAUSE_SECONDS = 2.0
"""While scans come fast the outbox is compared with them so often."""
_ANYWAY_SECONDS = 15.0
"""The same while nothing was heard: a lost notice only delays."""
_LONGEST_MS = 7 * 86_400_000
"""Scans before that are not looked at when the program starts."""
_OVERLAP_MS = 10_000
"""Rows younger than this are read again: another station's may get a lower number and be seen later."""
_TOPICS = frozenset({"bench", "orders", "picking", "printing"})
_BY_SHIP_NUMBER = ("packing_slip", "invoice", "return_slip", "address_label", "slips")
_BY_INSERT = ("noshi", "gift_card")
OF_BATCH = ("slips", "invoice", "return_slip", "address_label", *_BY_INSERT)
"""Papers of a batch of which each order's is counted."""
_PREFIX = {"noshi": "KN-", "gift_card": "KN-"}


@dataclass(slots=True)
class _Seen:
    """What was scanned, each with the moment of its last scan."""

    ship_numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    versions: dict[tuple[int, int], int] = field(default_factory=dict)
    """The version that a scanned paper was printed for, where its code says it."""
    inserts: dict[int, int] = field(default_factory=dict)
    """By order."""
    lists: dict[tuple[int, int], int] = field(default_factory=dict)
    """By batch and the pick job's place in it; 0 for the list of the whole batch."""

    def add(self, scan: Scan) -> None:
        """Take a scan in."""
        for kind in read(scan.raw).kinds:
            match kind:
                case OrderCode():
                    number = kind.ship_number
                    key = (number.batch, number.sequence)
                    self.ship_numbers[key] = scan.at
                    if number.version is not None:
                        self.versions[key] = max(number.version, self.versions.get(key, 0))
                case InsertCode() if scan.order is not None:
                    self.inserts[scan.order] = scan.at
                case ListCode():
                    batch, _, sequence = kind.code.partition("-")
                    if batch.isdecimal() and (sequence or "0").isdecimal() and len(kind.code) < 16:
                        self.lists[int(batch), int(sequence or 0)] = scan.at
                case _:
                    continue


def of_code(raw: str) -> ShipNumber | None:
    """Return the ship number on a paper of ours; None where the code is of another kind."""
    return next((kind.ship_number for kind in read(raw).kinds if isinstance(kind, OrderCode)), None)


def counted(tx: Transaction, paper: str, batch: int, sent_at: int, subject: str) -> tuple[int, int]:
    """Return how many orders' papers of a batch's job were scanned since it was sent, and of how many.

    Orders that left the batch meanwhile are not counted: nobody will scan their papers.
    """
    on = subject_of_text(subject).get("on", ())
    left = storage.in_batch(tx, batch) & set(on)
    seen = storage.of_batch(tx, batch, sent_at, _PREFIX.get(paper, "KO-"))
    return len(left & seen), len(left)


def confirmed_by(tx: Transaction, seen: _Seen, station: str | None = None) -> list[int]:
    """Return the jobs that came out, as scans tell."""
    open_jobs = storage.of_papers(
        tx,
        orders_=tuple(seen.inserts),
        ship_numbers=tuple(seen.ship_numbers),
        lists=tuple(seen.lists),
        station=station,
    )
    return [job.id for job in open_jobs if _is_shown(tx, job, seen)]


def _is_shown(tx: Transaction, job: OpenJob, seen: _Seen) -> bool:
    if job.order is None:
        if job.paper in ("pick_list", "job_list", "place_sheet"):
            return seen.lists.get((job.batch or 0, job.version), 0) >= job.sent_at
        if job.batch is None or job.paper not in OF_BATCH:
            return False
        found, of = counted(tx, job.paper, job.batch, job.sent_at, job.subject)
        return of > 0 and found == of
    if job.paper in _BY_INSERT:
        return seen.inserts.get(job.order, 0) >= job.sent_at
    key = (job.batch or 0, job.sequence or 0)
    if job.paper not in _BY_SHIP_NUMBER or seen.ship_numbers.get(key, 0) < job.sent_at:
        return False
    if job.version and seen.versions.get(key, job.version) != job.version:
        return False
    # A label has the code of the slip: where there is a slip too, the code is its word.
    return job.paper != "address_label" or not storage.slips_sent(tx, job.order, job.batch)


def seen_in(scans: Iterable[Scan]) -> _Seen:
    """Return what scans show."""
    seen = _Seen()
    for scan in scans:
        seen.add(scan)
    return seen


class ScanWatch:
    """Compares the outbox of a station with what was scanned since."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._row: int | None = None
        """Row of the journal up to which everything was looked at."""
        self._heard = True
        self._looked_at = -_ANYWAY_SECONDS

    def heard(self, changes: Changes) -> None:
        """Hear that something happened."""
        if not changes.topics or changes.topics & _TOPICS:
            self._heard = True

    def look(self) -> None:
        """Confirm the jobs whose papers were scanned; quick, and at most every few seconds."""
        ago = time.monotonic() - self._looked_at
        if ago < _PAUSE_SECONDS or (not self._heard and ago < _ANYWAY_SECONDS):
            return
        self._heard, self._looked_at = False, time.monotonic()
        while self._look_once():
            pass

    def _look_once(self) -> bool:
        """Look at some hundred scans; whether there may be more."""
        station = self._room.desk.station
        with self._room.desk.database.reading() as tx:
            oldest = storage.oldest_open(tx, station)
            if self._row is None:
                since = max(oldest or tx.now, tx.now - _LONGEST_MS)
                self._row = storage.first_since(tx, since)
            if oldest is None:
                # Nothing to confirm: what is scanned now is of no interest, and the place is found anew later.
                self._row = None
                return False
            found = storage.scans(tx, self._row)
            shown = confirmed_by(tx, seen_in(found), station)
            settled = [scan.id for scan in found if scan.at < tx.now - _OVERLAP_MS]
        if shown:
            self._room.write(lambda tx: storage.confirm(tx, shown, str(SettledBy.SCAN)))
            self._room.tell()
        if settled:
            self._row = settled[-1]
        return len(found) >= storage.MOST and bool(settled)
