"""Rows of the list of cartons, and what the panel says of one or of all."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.cartons import Size
from app.services.carton_list import DAYS, CartonRow
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look

__all__ = ["CARTONS", "CartonItem", "carton_cells", "carton_facts", "list_facts", "shown_size"]

CARTONS = (
    Column("code", 12),
    Column("name", 18),
    Column("kind", 12),
    Column("inner", 17),
    Column("max", 10),
    Column("cost", 10),
    Column("stock", 10),
    Column("used", 8),
    Column("refused", 11),
)
_OFTEN = 5
"""So many refusals in :data:`DAYS` days are worth a look."""


@dataclass(frozen=True, slots=True)
class CartonItem:
    """One carton of the list."""

    id: str
    row: CartonRow


def shown_size(size: Size) -> str:
    """Return three sides as a person reads them."""
    return " \u00d7 ".join(map(str, size))


def carton_cells(look: Look, item: CartonItem) -> tuple[Cell, ...]:
    """Return the cells of a carton."""
    carton, use = item.row.carton, item.row.use
    ink = "soft" if carton.retired else "ink"
    if carton.retired:
        stock = Cell(pills=((look.say("window.cartons.retired"), "info"),))
    elif carton.is_low:
        stock = Cell(pills=((str(carton.stock), "error"),), tip=look.say("window.cartons.about_low"))
    else:
        stock = Cell("—" if carton.stock is None else str(carton.stock), "soft" if carton.stock is None else "ink")
    return (
        Cell(carton.code, ink, bold=True, ends=True),
        Cell(carton.name or "—", ink if carton.name else "soft"),
        Cell(look.say(f"carton_list.kind.{carton.kind}"), ink),
        Cell(shown_size(carton.inner_mm).replace(" ", ""), ink),
        Cell(f"{carton.max_g / 1000:g} kg", ink, right=True),
        Cell(f"¥{carton.cost_yen + carton.carriage_yen:,}", ink, right=True),
        stock,
        Cell(str(use.used), "ink" if use.used else "soft", right=True),
        Cell(str(use.refused), "warning" if use.refused >= _OFTEN else "ink" if use.refused else "soft", right=True),
    )


def list_facts(look: Look, items: list[CartonItem]) -> list[Fact]:
    """Say how many cartons there are, which are running out, and which packers do not want."""
    say = look.say
    listed = [item.row for item in items if not item.row.carton.retired]
    made = [Fact(say("window.cartons.count"), str(len(listed)))]
    low = [row.carton for row in listed if row.carton.is_low]
    if low:
        made.append(Fact(say("window.cartons.low"), head=True))
        made += [Fact(each.code, str(each.stock), "error", name=each.code) for each in low]
    refused = sorted((row for row in listed if row.use.refused >= _OFTEN), key=lambda row: -row.use.refused)
    if refused:
        made.append(Fact(say("window.cartons.often_refused", days=DAYS), head=True))
        made += [Fact(row.carton.code, str(row.use.refused), "warning", name=row.carton.code) for row in refused]
    if listed and not low:
        made.append(Fact(say("window.cartons.enough"), kind="ok"))
    return made


def carton_facts(look: Look, item: CartonItem) -> list[Fact]:
    """Say everything of one carton."""
    say, carton, use = look.say, item.row.carton, item.row.use
    made = [Fact(f"{carton.code}  {carton.name}".strip(), head=True)]
    if carton.retired:
        made.append(Fact(say("window.cartons.about_retired"), kind="info"))
    elif carton.is_low:
        made.append(Fact(say("window.cartons.about_low"), str(carton.stock), "error"))
    made += [
        Fact(say("carton_list.field.inner_mm"), shown_size(carton.inner_mm)),
        Fact(say("carton_list.field.outer_mm"), shown_size(carton.outer_mm)),
        Fact(say("carton_list.field.tare_g"), str(carton.tare_g)),
        Fact(say("carton_list.field.max_g"), str(carton.max_g)),
        Fact(say("carton_list.field.cost_yen"), f"{carton.cost_yen:,}"),
        Fact(say("carton_list.field.carriage_yen"), f"{carton.carriage_yen:,}"),
    ]
    if carton.carrier_class:
        made.append(Fact(say("carton_list.field.carrier_class"), carton.carrier_class))
    stock = say("window.cartons.uncounted") if carton.stock is None else str(carton.stock)
    made.append(Fact(say("carton_list.field.stock"), stock))
    if carton.stock is not None:
        made.append(Fact(say("carton_list.field.low"), str(carton.low)))
    made.append(Fact(say("window.cartons.use", days=DAYS), head=True))
    made.append(Fact(say("carton_list.column.used"), str(use.used)))
    made.append(Fact(say("carton_list.column.refused"), str(use.refused)))
    if use.too_small:
        made.append(Fact(say("carton_list.column.too_small"), str(use.too_small)))
    return made
