"""Rows of the map's lists: shelves with their place and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.domain.shelves import shelf_key
from app.domain.warehouse import Shelf
from app.services.warehouse import WarehouseMap
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look

__all__ = ["SHELVES", "TROUBLES", "ShelfItem", "map_facts", "shelf_cells", "shelf_facts", "shelf_items"]

SHELVES = (
    Column("code", 20),
    Column("zone", 16),
    Column("aisle", 11),
    Column("bay", 9),
    Column("level", 9),
    Column("place", 17),
    Column("trouble", 24),
)
TROUBLES = {"unplaced": "warning", "unreachable": "error", "missing": "info"}
"""What may be wrong with a shelf, and its kind of colour."""


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """A shelf of the map, or one that goods lie on and the map does not have."""

    id: str
    shelf: Shelf
    trouble: str = ""
    """One of :data:`TROUBLES`; empty for none."""


def shelf_items(found: WarehouseMap) -> list[ShelfItem]:
    """Return every shelf, those with something wrong first, in shelf order."""
    troubles = dict.fromkeys(found.unplaced, "unplaced") | dict.fromkeys(found.unreachable, "unreachable")
    items = [ShelfItem(each.code, each, troubles.get(each.code, "")) for each in found.shelves]
    items += [ShelfItem(code, Shelf(code), "missing") for code in found.missing]
    order = [*TROUBLES, ""]
    return sorted(items, key=lambda each: (order.index(each.trouble), shelf_key(each.id), each.id))


def _place(shelf: Shelf) -> str:
    if shelf.x is None or shelf.y is None:
        return "—"
    return f"{shelf.x / 1000:.1f} / {shelf.y / 1000:.1f}"


def shelf_cells(look: Look, row: ShelfItem) -> tuple[Cell, ...]:
    """Return the cells of a shelf."""
    shelf = row.shelf
    pills = ((look.say(f"window.map.trouble.{row.trouble}"), TROUBLES[row.trouble]),) if row.trouble else ()
    return (
        Cell(shelf.code, bold=True, ends=True),
        Cell(shelf.zone or "—", "ink" if shelf.zone else "soft"),
        *(Cell(text or "—", "ink" if text else "soft") for text in (shelf.aisle, shelf.bay, shelf.level)),
        Cell(_place(shelf), digits=True),
        Cell(pills=pills),
    )


def map_facts(look: Look, found: WarehouseMap) -> list[Fact]:
    """Say how large the map is, and what is wrong with it."""
    say, layout = look.say, found.layout
    made = [
        Fact(say("window.map.shelves"), str(len(found.shelves))),
        Fact(say("window.map.aisles"), str(len(layout.aisles))),
        Fact(say("window.map.cross_aisles"), str(len(layout.cross_aisles) if layout.aisles else 0)),
    ]
    counts = {"unplaced": found.unplaced, "unreachable": found.unreachable, "missing": found.missing}
    wrong = [(name, codes) for name, codes in counts.items() if codes]
    if wrong:
        made.append(Fact(say("window.map.to_mend"), head=True))
    made += [Fact(say(f"window.map.about.{name}"), str(len(codes)), TROUBLES[name], name=name) for name, codes in wrong]
    if found.shelves and not wrong:
        made.append(Fact(say("window.map.all_reached"), kind="ok"))
    zones = Counter(each.zone for each in found.shelves if each.zone)
    if zones:
        made.append(Fact(say("window.map.zones"), head=True))
        made += [Fact(zone, str(number)) for zone, number in sorted(zones.items())]
    return made


def shelf_facts(look: Look, row: ShelfItem) -> list[Fact]:
    """Say where one shelf is."""
    say, shelf = look.say, row.shelf
    made = [Fact(shelf.code, head=True)]
    told = (("zone", shelf.zone), ("aisle", shelf.aisle), ("bay", shelf.bay), ("level", shelf.level))
    made += [Fact(say(f"window.map.column.{name}"), text) for name, text in told if text]
    made.append(Fact(say("window.map.column.place"), _place(shelf)))
    if row.trouble:
        made.append(Fact(say(f"window.map.about.{row.trouble}"), kind=TROUBLES[row.trouble]))
    return made
