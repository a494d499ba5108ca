"""The columns of the pickups and of the dispatch reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.services import carriers, orders, reports
from app.services.board import BoardRow
from app.services.settings import shop_list
from app.ui.grid import Cell, Column
from app.ui.look import Look
from app.ui.orders.rows import cut_off_cell

__all__ = ["COLUMNS", "REPORTS", "PickupRow", "ShopRow", "pickup_cells", "shop_cells", "shops"]

COLUMNS = (
    Column("carrier", 21),
    Column("pickup", 9),
    Column("left", 11),
    Column("held", 8),
    Column("ready", 9),
    Column("to_do", 9),
    Column("verified", 9),
    Column("shipped", 9),
    Column("forecast", 24),
)
REPORTS = (Column("shop", 40), Column("due", 20), Column("cannot", 20), Column("open", 20))


@dataclass(frozen=True, slots=True)
class ShopRow:
    """What one shop is to be told."""

    id: int
    name: str
    due: int
    """Shipped orders that can be reported."""
    cannot: int
    """Shipped orders that cannot be reported yet."""
    open: int
    """Reported orders that the shop has not answered."""


def shops(tx: Any) -> list[ShopRow]:
    """Return what each shop is to be told."""
    counts = orders.counts(tx)
    found = []
    for shop in shop_list(tx):
        due = reports.due(tx, shop.id)
        cannot = sum(bool(each.why_not) for each in due)
        found.append(
            ShopRow(shop.id, shop.name, len(due) - cannot, cannot, counts.get(shop.name, {}).get("reported", 0))
        )
    return found


def shop_cells(_look: Look, row: ShopRow) -> tuple[Cell, ...]:
    """Return the cells of one shop."""
    figures = ((row.due, "brand"), (row.cannot, "error"), (row.open, "info"))
    return (
        Cell(row.name, bold=True),
        *(
            Cell(str(number) if number else "—", ink if number else "soft", bold=bool(number))
            for number, ink in figures
        ),
    )


@dataclass(frozen=True, slots=True)
class PickupRow:
    """One pickup of the board."""

    id: str
    row: BoardRow


def pickup_cells(look: Look, row: PickupRow) -> tuple[Cell, ...]:
    """Return the cells of one pickup."""
    load = row.row.load
    title = carriers.short_names(look.language).get(load.carrier, load.carrier)
    urgent = load.remaining > 0
    return (
        Cell(title, bold=True),
        Cell(look.clock(load.cut_off) if load.cut_off else "—", bold=True),
        cut_off_cell(look, load.cut_off, urgent),
        *(
            Cell(str(number) if number else "—", ink if number else "soft", bold=bool(number))
            for number, ink in (
                (load.held, "error"),
                (load.ready, "ink"),
                (load.to_do, "info"),
                (load.verified, "ok"),
                (load.shipped, "soft"),
            )
        ),
        Cell(pills=(_forecast(look, row.row),)),
    )


def _forecast(look: Look, row: BoardRow) -> tuple[str, str]:
    """Return what the pace says, and its kind of colour."""
    say = look.say
    if row.overdue:
        return say("window.ship.overdue"), "error"
    if row.late:
        return say("window.ship.late", count=row.late), "error"
    if not row.load.remaining:
        return say("window.ship.packed"), "ok"
    if row.finish is None:
        return say("window.ship.no_pace"), "quiet"
    return say("window.ship.finish", clock=look.clock(row.finish)), "info"
