"""The map of the warehouse 倉庫: taking it in, checking it, and the layout that walks are planned on.

A map replaces the one before as a whole, after a look at what would change. Goods are not touched by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from app.channels._shelves import read_shelves
from app.channels._source import open_source
from app.domain.intake import Level, level_of
from app.domain.orders import Problem
from app.domain.shelves import shelf_key
from app.domain.warehouse import CrossAisle, Depot, Layout, Shelf
from app.domain.warehouse_layout import Parameters, layout_of, parametric_shelves
from app.errors import NotAllowed
from app.services import acts
from app.services.desk import Desk
from app.services.settings import all_settings
from app.settings import metres, one_way
from app.storage import settings as settings_storage
from app.storage import shelves as storage
from app.storage.database import Transaction

__all__ = ["MapReport", "WarehouseMap", "import_map", "lay_out", "layout", "warehouse_map", "zones"]

_TOPICS = frozenset({"settings", "orders"})


# --- the map ------------------------------------------------------------------------------------------------------


def layout(tx: Transaction) -> Layout:
    """Return the layout that walks are planned on; made anew only where the map or its settings changed."""
    return _layout_by(storage.all_shelves(tx), all_settings(tx))


def _layout_by(shelves: tuple[Shelf, ...], settings: dict[str, str]) -> Layout:
    directions = one_way(settings["map.one_way"]) or {}
    return _layout(
        shelves,
        metres(settings["map.cross"]) or (),
        metres(settings["map.depot"]) or (),
        tuple(sorted(directions.items())),
    )


@lru_cache(maxsize=4)
def _layout(
    shelves: tuple[Shelf, ...], cross: tuple[int, ...], depot: tuple[int, ...], directions: tuple[tuple[str, int], ...]
) -> Layout:
    crosses = [CrossAisle(y) for y in sorted(set(cross))]
    made = layout_of(shelves, cross_aisles=crosses, one_way=dict(directions))
    if not depot:
        return made
    along, across = reversed(depot) if made.turned else depot
    rows = made.cross_aisles
    row = min(range(len(rows)), key=lambda at: abs(rows[at].y - across))
    stand = Depot(along, row, abs(rows[row].y - across))
    return layout_of(shelves, cross_aisles=crosses, depot=stand, one_way=dict(directions))


def zones(tx: Transaction) -> dict[str, str]:
    """Return the zone of each shelf of the map."""
    return {each.code: each.zone for each in storage.all_shelves(tx)}


@dataclass(frozen=True, slots=True)
class WarehouseMap:
    """The map with what is wrong with it."""

    shelves: tuple[Shelf, ...]
    layout: Layout
    missing: tuple[str, ...]
    """Shelves that goods lie on or belong to, and that the map does not have."""

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Shelves without coordinates: picked after the walk, in shelf order."""
        return self.layout.unplaced

    @property
    def unreachable(self) -> tuple[str, ...]:
        """Shelves that nobody can walk to: picked last."""
        return self.layout.unreachable


def warehouse_map(tx: Transaction) -> WarehouseMap:
    """Return the map as it is."""
    return _checked(tx, storage.all_shelves(tx), all_settings(tx))


def _checked(tx: Transaction, shelves: tuple[Shelf, ...], settings: dict[str, str]) -> WarehouseMap:
    known = {each.code for each in shelves}
    missing = sorted((code for code in storage.used(tx) if code not in known), key=shelf_key)
    return WarehouseMap(shelves, _layout_by(shelves, settings), tuple(missing))


# --- a new map ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MapReport:
    """What taking a map in did, or would do."""

    map: WarehouseMap
    """The map as it is then."""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    written: bool = False

    @property
    def usable(self) -> bool:
        """Whether it may be written: a row that cannot be read would be a shelf that is lost."""
        return not any(level_of(each) is Level.ERROR for each in self.problems) and bool(self.map.shelves)


def import_map(desk: Desk, path: Path, *, dry_run: bool = False, act: str = "") -> MapReport:
    """Take a file of shelves in as the map; nothing is written where a row is wrong, or for a *dry_run*.

    :raises FileUnusable: it cannot be read as a whole.
    """
    settings = desk.read(all_settings).result()
    file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    found = list(read_shelves(file))
    shelves = tuple(each for each in found if isinstance(each, Shelf))
    problems = tuple(each for each in found if isinstance(each, Problem))
    return _take_in(desk, shelves, {}, problems, dry_run=dry_run, act=act)


def lay_out(desk: Desk, wanted: Parameters, *, dry_run: bool = False, act: str = "") -> MapReport:
    """Make the map out of a few numbers: like aisles, cross-aisles, the depot.

    :raises NotAllowed: the numbers make no warehouse (``map.bad_numbers``).
    """
    try:
        shelves, crosses, depot = parametric_shelves(wanted)
    except ValueError as error:
        raise NotAllowed("map.bad_numbers", why=str(error)) from error
    settings = {
        "map.cross": "; ".join(_metres(each.y) for each in crosses),
        "map.depot": f"{_metres(depot.x)}; {_metres(crosses[depot.row].y)}",
        "map.one_way": "",
    }
    return _take_in(desk, tuple(shelves), settings, (), dry_run=dry_run, act=act)


def _metres(mm: int) -> str:
    return f"{mm / 1000:.3f}".rstrip("0").rstrip(".")


def _take_in(
    desk: Desk,
    shelves: tuple[Shelf, ...],
    settings: dict[str, str],
    problems: tuple[Problem, ...],
    *,
    dry_run: bool,
    act: str,
) -> MapReport:
    report: MapReport = replace(desk.read(_compared, shelves, settings).result(), problems=problems)
    if dry_run or not report.usable:
        return report
    desk.do(_TOPICS, _write, desk.station, act or str(uuid4()), shelves, settings).result()
    return replace(report, written=True)


def _compared(tx: Transaction, shelves: tuple[Shelf, ...], settings: dict[str, str]) -> MapReport:
    before = {each.code: each for each in storage.all_shelves(tx)}
    after = {each.code: each for each in shelves}
    return MapReport(
        _checked(tx, shelves, all_settings(tx) | settings),
        added=_sorted(after.keys() - before.keys()),
        changed=_sorted(code for code in after.keys() & before.keys() if after[code] != before[code]),
        removed=_sorted(before.keys() - after.keys()),
    )


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=shelf_key))


def _write(tx: Transaction, station: str, act: str, shelves: tuple[Shelf, ...], settings: dict[str, str]) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    storage.replace_all(tx, shelves)
    if settings:
        settings_storage.write(tx, settings)
    acts.end(tx, state, act, "map", {"shelves": len(shelves), **settings})
