"""The queue's columns: time to the cut-off, numbers, what is in it, how it goes, where it stands."""

from __future__ import annotations

import time

from app.services import carriers
from app.services.orders import OrderRow
from app.ui.grid import Cell, Column
from app.ui.look import Look
from app.ui.pack.header import left_until

__all__ = ["COLUMNS", "cells_of", "cut_off_cell", "is_urgent"]

COLUMNS = (
    Column("cut_off", 8),
    Column("ship_number", 9),
    Column("number", 18),
    Column("shop", 13),
    Column("ship_to", 14),
    Column("content", 10),
    Column("service", 21),
    Column("state", 17),
)
"""Columns, in their order."""
_KINDS = {"ready": "quiet", "released": "info", "picked": "info", "received": "error", "cancelled": "quiet"}
_OPEN = ("received", "ready", "released", "picked")


def is_urgent(row: OrderRow) -> bool:
    """Whether little time is left to the cut-off, and the order is not done."""
    if row.cut_off is None or row.state not in _OPEN:
        return False
    return left_until(row.cut_off, int(time.time() * 1000))[1] in ("warning", "error")


def cut_off_cell(look: Look, cut_off: int | None, urgent: bool) -> Cell:
    """Return the time left to a cut-off, as every list shows it."""
    left, kind = left_until(cut_off, int(time.time() * 1000)) if cut_off is not None else ("", "")
    kind = kind if urgent and kind != "info" else ""
    text = (f"▲{left}" if kind else left) or "—"
    if kind == "error":
        text = look.say("window.orders.past")
    return Cell(text, kind or ("ink" if left else "soft"), bold=bool(left or kind))


def cells_of(look: Look, row: OrderRow) -> tuple[Cell, ...]:
    """Return the cells of one order."""
    say = look.say
    number = row.number + (f" / {row.ship_to_key}" if row.ship_to_key else "")
    return (
        cut_off_cell(look, row.cut_off, is_urgent(row)),
        Cell(row.ship_number or "—", bold=True, least=15),
        Cell(row.number, digits=True, tip=number),
        Cell(row.shop, least=11),
        Cell(f"{row.prefecture} {row.ship_name}".strip()),
        Cell(say("window.orders.content", lines=row.lines, pieces=row.pieces)),
        Cell(pills=_service(look, row)),
        Cell(pills=_state(look, row), tip="\n".join(say(f"hold.{hold}") for hold in row.holds)),
    )


def _service(look: Look, row: OrderRow) -> tuple[tuple[str, str], ...]:
    """Return how it goes, and what is special about that: cold, cash, a wished day or time, several pieces."""
    say, names = look.say, carriers.names(look.language)
    made = [(names.get(f"{row.carrier}/{row.service}", names.get(row.carrier, "—")), "quiet")]
    if row.temperature != "ambient":
        made.append((say(f"window.temperature.{row.temperature}"), "info"))
    if row.cod:
        made.append((say("window.orders.cash"), "warning"))
    if row.wish_date or row.slot:
        made.append((row.slot if row.slot not in ("", "am") else row.wish_date[5:].replace("-", "/") or "AM", "quiet"))
    if row.parcel_count > 1:
        made.append((f"×{row.parcel_count}", "info"))
    return tuple(made)


def _state(look: Look, row: OrderRow) -> tuple[tuple[str, str], ...]:
    say = look.say
    kind, text = _KINDS.get(row.state, "ok"), say(f"state.{row.state}")
    if row.holds:
        kind, text = "error", say(f"hold.{row.holds[0]}")
        if len(row.holds) > 1:
            text += f" +{len(row.holds) - 1}"
    elif row.holder:
        text += " " + say("window.station", name=row.holder)
    made = [(text, kind)]
    if row.parked and not row.holds:
        made.append((say("window.orders.parked"), "warning"))
    if row.lead is not None:
        made.append((say("window.release.merged"), "ok"))
    if row.gift:
        made.append((say("window.orders.gift"), "info"))
    return tuple(made)
