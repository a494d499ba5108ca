"""Orders that a newer file of their shop does not list any more: stop and ask.

Only a *complete* file says so, one that lists every unshipped order of its shop: the shop's setting or the importer
says that it is one. A file that was not read to its end, has a row that could hide an order, or was only tried is
none.

Which file is newer is told by the orders in it. An order is missed only where the file could know it: where the file's
newest order was placed no earlier. So an older file says nothing of orders that came after it, and a file can be taken
in again at any time. A file that misses most of the shop's open orders is doubted unless a person says it is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from app.domain.intake import Level, level_of, problem
from app.domain.orders import IncomingOrder, Problem
from app.services import changes
from app.services.desk import Desk
from app.services.intake_record import Record
from app.services.settings import all_settings
from app.storage import absence as storage
from app.storage import intake as intake_storage
from app.storage.database import Transaction

__all__ = ["Absence", "begin", "settle"]

_CHUNK = 60
"""Orders held in one transaction: about 40 ms."""
_DOUBTED_FROM = 20
"""Fewer missing orders than this are never doubted."""


class Ids:
    """Ids of rows, which mostly follow each other: a bit each, where a set takes 60 bytes and more."""

    __slots__ = ("_blocks",)

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}

    def update(self, ids: Iterable[int]) -> None:
        """Add *ids*."""
        for each in ids:
            block, bit = divmod(each, _BITS)
            self._blocks[block] = self._blocks.get(block, 0) | 1 << bit

    def __contains__(self, each: int) -> bool:
        block, bit = divmod(each, _BITS)
        return bool(self._blocks.get(block, 0) >> bit & 1)


_BITS = 1024


@dataclass(slots=True)
class Absence:
    """What one file lists, and whether it counts as complete."""

    channel: str = ""
    shop_name: str = ""
    shop: int = 0
    complete: bool = False
    """It is meant to list every unshipped order."""
    sure: bool = False
    """A person said so, for this very file."""
    whole: bool = True
    """No row was seen that could hide an order."""
    doubted: bool = False
    """It misses too much to be believed."""
    newest: int | None = None
    """When the newest order in it was placed, milliseconds since 1970 UTC; None where the file says of none."""
    listed: list[int] = field(default_factory=list)
    """Orders of the chunk in hand."""
    seen: Ids = field(default_factory=Ids)
    """Orders that it lists."""
    named: set[str] = field(default_factory=set)
    """Numbers of orders that are in it but could not be read."""

    @property
    def counts(self) -> bool:
        """Whether what it does not list is gone."""
        return self.complete and self.whole and not self.doubted

    def note(self, problems: Sequence[Problem]) -> None:
        """Look at what the reader reported: a broken row may hide any order, a bad order is there all the same."""
        for found in problems:
            if level_of(found) is Level.INFO:
                continue
            number = dict(found.args).get("number", "")
            if number:
                self.named.add(number)
            elif found.key.startswith(("row.", "order.")) and level_of(found) is Level.ERROR:
                self.whole = False

    def keep(self, batch: Sequence[IncomingOrder]) -> None:
        """A chunk was committed: its orders are listed."""
        self.seen.update(self.listed)
        self.listed.clear()
        placed = [order.ordered_at for order in batch if order.ordered_at is not None]
        self.newest = max([*placed, self.newest] if self.newest is not None else placed, default=None)


def begin(desk: Desk, channel: str, shop: str, complete: bool | None) -> Absence:
    """Begin with a file; *complete* is what the importer says, None for the shop's setting."""
    return Absence(channel, shop, *desk.read(_begin, channel, shop, complete).result())


def _begin(tx: Transaction, channel: str, shop: str, complete: bool | None) -> tuple[int, bool, bool]:
    identity = intake_storage.shop_id(tx, channel, shop, make=False)
    by_setting = all_settings(tx, identity)["intake.complete"] == "on"
    return identity or 0, by_setting if complete is None else complete, complete is True


def settle(desk: Desk, absence: Absence, file: str, record: Record, *, dry: bool) -> tuple[int, list[Problem]]:
    """Hold what a complete file does not list, and let go what is listed again; after its last chunk.

    :param record: keeps which orders these were.

    :returns: orders that are held for it now, and what the report says.
    """
    if not absence.shop:
        return 0, []
    said: list[Problem] = []
    missed: _Missed = desk.read(_missed, absence).result()
    if not dry:
        for part in _parts(missed.again):
            desk.chunk(_TOPICS, _seen_again, desk.station, str(uuid4()), part, record).result()
    if not absence.complete:
        return 0, said
    if not absence.whole:
        return 0, [problem(file, 0, "", "", "intake.not_whole", shop=absence.shop_name)]
    if absence.doubted:
        args = {"missing": str(len(missed.gone)), "open": str(missed.open), "shop": absence.shop_name}
        return 0, [problem(file, 0, "", "", "intake.complete_doubted", **args)]
    held = [(number, _key(state)) for _, number, state in missed.gone]
    if not dry:
        held = []
        for part in _parts([order for order, _, _ in missed.gone]):
            held += desk.chunk(_TOPICS, _gone, desk.station, str(uuid4()), part, file, record).result()
    said += [problem(file, 0, "", number, key, number=number) for number, key in held]
    said += [problem(file, 0, "", number, "order.gone_shipped", number=number) for number in missed.shipped]
    return len(held), said


_TOPICS = frozenset({"orders", "bench"})


def _seen_again(tx: Transaction, station: str, act: str, orders: Sequence[int], record: Record) -> None:
    record.begin(tx, act)
    record.look_at(tx, orders)
    changes.seen_again(tx, station, act, orders)
    record.keep_known(tx, orders, "seen")


def _gone(
    tx: Transaction, station: str, act: str, orders: Sequence[int], file: str, record: Record
) -> list[tuple[str, str]]:
    record.begin(tx, act)
    said = changes.gone(tx, station, act, orders, file)
    record.keep_known(tx, orders, "gone")
    return said


def _key(state: str) -> str:
    return "order.gone" if state in ("received", "ready") else "order.gone_released"


def _parts(orders: Sequence[int]) -> list[Sequence[int]]:
    return [orders[start : start + _CHUNK] for start in range(0, len(orders), _CHUNK)]


@dataclass(frozen=True, slots=True)
class _Missed:
    """What a file says by what it lists and what it does not."""

    gone: tuple[tuple[int, str, str], ...] = ()
    """Id, number and state of open orders that it does not list and that are not held for it yet."""
    shipped: tuple[str, ...] = ()
    """Numbers of shipped, unreported orders that it does not list."""
    again: tuple[int, ...] = ()
    """Orders that are held as gone and listed again."""
    open: int = 0
    """Open orders that it could know."""


def _missed(tx: Transaction, absence: Absence) -> _Missed:
    known = storage.known_as_gone(tx, absence.shop)
    last = storage.newest_of_last_complete(tx, absence.channel, absence.shop_name)
    older = absence.newest is not None and last is not None and absence.newest < last
    again = () if older else tuple(sorted(each for each in known if each in absence.seen))
    if not absence.complete:
        return _Missed(again=again)
    live = storage.live(tx, absence.shop, absence.newest)
    gone = [row for row in live if row[0] not in absence.seen and row[1] not in absence.named]
    absence.doubted = not absence.sure and len(gone) >= _DOUBTED_FROM and len(gone) * 2 > len(live)
    shipped = [
        number
        for order, number in storage.shipped(tx, absence.shop, absence.newest)
        if order not in absence.seen and number not in absence.named
    ]
    return _Missed(tuple(row for row in gone if row[0] not in known), tuple(shipped), again, len(live))
