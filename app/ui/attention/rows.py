"""The columns of what needs a person: holds, customers to ask, things to take out, merges, orders to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.gtin import printable
from app.services import attention, carriers
from app.services.attention import Attention, ContactRow
from app.services.merge import Proposal
from app.services.pulls import PullRow, VoidRow
from app.services.stop import Found
from app.ui.grid import Cell, Column
from app.ui.look import Look
from app.ui.orders.rows import cut_off_cell

__all__ = [
    "CONTACTS",
    "HELD",
    "MERGES",
    "PULLS",
    "STOPS",
    "VOIDS",
    "HeldRow",
    "MergeRow",
    "StopRow",
    "VoidNumber",
    "contact_cells",
    "contact_words",
    "held_cells",
    "held_rows",
    "merge_cells",
    "pull_cells",
    "reason_words",
    "stop_cells",
    "void_cells",
]

HELD = (
    Column("cut_off", 9),
    Column("number", 16),
    Column("shop", 12),
    Column("ship_to", 14),
    Column("hold", 19),
    Column("why", 30),
)
CONTACTS = (
    Column("due", 8),
    Column("number", 13),
    Column("about", 20),
    Column("detail", 27),
    Column("asked", 21),
    Column("shelf", 11),
)
PULLS = (Column("what", 12), Column("text", 24), Column("number", 22), Column("ship_to", 16), Column("why", 26))
MERGES = (
    Column("ship_to", 20),
    Column("numbers", 38),
    Column("ship_date", 14),
    Column("service", 14),
    Column("cod", 14),
)
STOPS = (
    Column("ship_number", 11),
    Column("number", 22),
    Column("shop", 15),
    Column("ship_to", 18),
    Column("state", 34),
)

VOIDS = (Column("void_number", 22), Column("key", 14), Column("number", 24), Column("shop", 16), Column("why", 24))

_PULL_KINDS = {"slip": "info", "label": "info", "paper": "info", "waybill": "warning", "goods": "error"}


@dataclass(frozen=True, slots=True)
class HeldRow:
    """An order on hold."""

    id: int
    held: Attention


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that is proposed."""

    id: int
    """The order that would lead."""
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class StopRow:
    """An order that may be meant."""

    id: int
    found: Found


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number that the carrier gave and that will not travel."""

    id: str
    void: VoidRow


def reason_words(look: Look, hold: str, detail: str) -> str:
    """Return what a hold's detail says, in one line."""
    return " ".join(attention.said(hold, detail, look.say))


def held_cells(look: Look, row: HeldRow) -> tuple[Cell, ...]:
    """Return the cells of an order on hold."""
    order, reasons = row.held.order, row.held.reasons
    first = reasons[0]
    pills = [(look.say(f"hold.{first.hold}"), "error")]
    if len(reasons) > 1:
        pills.append((f"+{len(reasons) - 1}", "error"))
    why = reason_words(look, first.hold, first.detail)
    if first.hold == "remark":
        why = " ".join([why, row.held.note]).strip()
    number = order.ship_number or order.number
    return (
        cut_off_cell(look, order.cut_off, urgent=True),
        Cell(number, digits=True, tip=order.number),
        Cell(order.shop, least=11),
        Cell(f"{order.prefecture} {order.ship_name}".strip()),
        Cell(pills=tuple(pills), tip="\n".join(look.say(f"hold.{each.hold}") for each in reasons)),
        Cell(" ".join(why.split()) or look.say(first.do), least=13),
    )


def contact_words(look: Look, row: ContactRow) -> str:
    """Return what a customer is to be asked."""
    if row.about == "date" and row.detail:
        return " ".join(attention.said("date_impossible", row.detail, look.say))
    return row.detail


def contact_cells(look: Look, row: ContactRow) -> tuple[Cell, ...]:
    """Return the cells of a customer to ask."""
    soon = row.due and row.due <= look.today()
    about = look.say(f"window.contact.{row.about}")
    return (
        Cell(row.due[5:].replace("-", "/") or "—", "error" if soon else "ink", bold=True),
        Cell(row.ship_number or row.number, digits=True, tip=row.number),
        Cell(pills=((about, "warning"), *(((look.say("window.contact.answered"), "ok"),) if row.answer else ()))),
        Cell(contact_words(look, row), least=11),
        Cell(row.asked, least=11),
        Cell(row.shelf or "—"),
    )


def pull_cells(look: Look, row: PullRow) -> tuple[Cell, ...]:
    """Return the cells of a thing to take out."""
    text = row.text
    if row.kind == "goods":
        text = look.say("window.pull.goods", quantity=row.quantity, name=row.product_name or printable(row.text))
        if row.shelf:
            text += " → " + row.shelf
    return (
        Cell(pills=((look.say(f"window.pull.{row.kind}"), _PULL_KINDS.get(row.kind, "quiet")),)),
        Cell(text, bold=True, least=11) if row.kind == "goods" else Cell(text, digits=True),
        Cell(row.ship_number or row.number, digits=True, tip=row.number),
        Cell(row.ship_name),
        Cell(_words(look, row.reason), least=11),
    )


def _words(look: Look, reason: str) -> str:
    """A reason is a key of ours or a person's words."""
    return look.say(reason) if reason and " " not in reason and "." in reason else reason


def merge_cells(look: Look, row: MergeRow) -> tuple[Cell, ...]:
    """Return the cells of a proposed merge."""
    orders, names = row.proposal.orders, carriers.short_names(look.language)
    numbers = " ＋ ".join(f"{each.shop} {each.number}" for each in orders)
    service = f"{row.proposal.carrier}/{orders[0].service}"
    return (
        Cell(f"{orders[0].prefecture} {orders[0].ship_name}".strip(), bold=True),
        Cell(numbers, least=10),
        Cell(row.proposal.ship_date[5:].replace("-", "/") or "—"),
        Cell(names.get(service, names.get(row.proposal.carrier, "—"))),
        Cell(look.say("window.yen", amount=f"{row.proposal.cod:,}") if row.proposal.cod else "—"),
    )


def stop_cells(look: Look, row: StopRow) -> tuple[Cell, ...]:
    """Return the cells of an order that may be meant."""
    order = row.found.row
    pills = [(look.say(f"state.{order.state}"), "info" if row.found.may_stop else "quiet")]
    if order.holds:
        pills.append((look.say(f"hold.{order.holds[0]}"), "error"))
    return (
        Cell(order.ship_number or "—", bold=True),
        Cell(order.number, digits=True),
        Cell(order.shop, least=11),
        Cell(f"{order.prefecture} {order.ship_name}".strip()),
        Cell(pills=tuple(pills)),
    )


def held_rows(found: Sequence[Attention]) -> list[HeldRow]:
    """Return rows of orders on hold."""
    return [HeldRow(each.order.id, each) for each in found]


def void_cells(look: Look, row: VoidNumber) -> tuple[Cell, ...]:
    """Return the cells of a void number."""
    void = row.void
    pulled = (look.say("window.pull.out"), "ok") if void.pulled else (look.say("window.pull.still"), "error")
    return (
        Cell(void.number, digits=True),
        Cell(void.key),
        Cell(void.order_number, digits=True),
        Cell(void.shop, least=11),
        Cell(pills=(pulled, (_words(look, void.reason), "quiet")) if void.reason else (pulled,)),
    )
