"""Papers that go with one order: which sheets it gets, its invoice or receipt, its return slip, its address label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.domain.invoice import Invoice, InvoiceKind, InvoiceRefused, InvoiceRules, Points, Prices, Rounding, invoice_of
from app.domain.order_papers import AddressLabel, ReturnSlip
from app.domain.papers import Slip
from app.domain.print_rules import OrderPaper, sheets_of
from app.settings import words as words_of
from app.storage.orders import OrderRow
from app.text import Texts

__all__ = ["Sheets", "invoice", "label_of", "rules_of", "sheets"]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of one order, and what a person should look at."""

    papers: tuple[Slip | Invoice | ReturnSlip, ...]
    warnings: tuple[str, ...] = ()


def rules_of(settings: Mapping[str, str]) -> InvoiceRules:
    """Return what a shop decided about its invoices."""
    rate = settings["invoice.rate"]
    return InvoiceRules(
        kind=InvoiceKind(settings["invoice.kind"]),
        rounding=Rounding(settings["invoice.rounding"]),
        prices=Prices(settings["invoice.prices"]),
        points=Points(settings["invoice.points"]),
        rate=None if rate == "off" else Decimal(rate) / 100,
    )


def invoice(slip: Slip, settings: Mapping[str, str], dealt_on: date | None, words: Texts) -> Invoice:
    """Return the invoice of an order.

    :param dealt_on: when the goods leave.
    :raises InvoiceRefused: no true invoice can be made; which amount is meant is said in the words on the paper.
    """
    try:
        return invoice_of(slip, rules_of(settings), dealt_on)
    except InvoiceRefused as refused:
        what = str(refused.args_.get("what", ""))
        args = {"what": words.say(what)} if words.has(what) else {}
        raise InvoiceRefused(refused.key, **(refused.args_ | args)) from refused


def sheets(
    slip: Slip,
    settings: Mapping[str, str],
    dealt_on: date | None,
    words: Texts,
    wanted: Sequence[OrderPaper] | None = None,
) -> Sheets:
    """Return sheets of an order, in their order.

    Where no true invoice can be made the packing slip comes out in its place, and a warning says why: one order without
    a price must not keep the others of its batch from their papers.

    :param dealt_on: when the goods leave.
    :param wanted: which ones; None for those that its shop gives.
    """
    wanted = sheets_of(words_of(settings["papers.with"]), gift=slip.gift) if wanted is None else wanted
    made: list[Slip | Invoice | ReturnSlip] = []
    warnings: list[str] = []
    for paper in wanted:
        match paper:
            case OrderPaper.SLIP:
                made.append(slip)
            case OrderPaper.INVOICE:
                try:
                    made.append(invoice(slip, settings, dealt_on, words))
                except InvoiceRefused as refused:
                    if OrderPaper.SLIP not in wanted:
                        made.append(slip)
                    why = words.say(refused.key, **refused.args_)
                    warnings.append(words.say("invoice.instead", number=str(slip.number), why=why))
            case _:
                made.append(ReturnSlip(slip, settings["return.address"]))
    return Sheets(tuple(made), tuple(warnings))


def label_of(slip: Slip, row: OrderRow) -> tuple[AddressLabel, ...]:
    """Return the address labels of an order, one for each of its boxes; none where it shares another one's parcel."""
    if row.lead is not None:
        return ()
    pieces = max(1, row.parcel_count)
    label = AddressLabel(
        sender=slip.shop,
        to=slip.ship_to,
        number=slip.number,
        version=slip.version,
        cod_amount=slip.cod_amount,
        wish=slip.wish,
        delivery=slip.delivery,
        pieces=pieces,
        copy_reason=slip.copy_reason,
        language=slip.language,
    )
    return tuple(replace(label, piece=piece) for piece in range(1, pieces + 1))
