"""What a paper looks like by a template that need not be kept yet: with an order of the shop, or with a made-up one."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from app.documents._templates import read_of
from app.domain.order_papers import ReturnSlip
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.paper_sizes import PaperSize
from app.domain.papers import (
    BreakSheet,
    HandoverList,
    HandoverRow,
    PickList,
    PickRow,
    Rendered,
    ShopBlock,
    Slip,
    SlipLine,
    Taker,
    is_reduced_rate,
)
from app.domain.pick_papers import JobList, ListOrder, ListPart, ListStop, PlaceSheet, PlaceUse
from app.domain.templates import PAPERS, STANDARD, Template
from app.errors import NotFound
from app.plugins import resource_root
from app.services import invoices, papers
from app.services.drawing import Paper
from app.services.settings import all_settings
from app.services.templates import TemplateWrong
from app.storage import templates as storage
from app.storage.database import Transaction
from app.text import texts

__all__ = ["paper_of", "preview"]

_NUMBER = ShipNumber(12, 34)


def preview(
    tx: Transaction, paper: str, body: str, order: int | None = None, *, language: str = "", size: str = ""
) -> Rendered:
    """Draw a paper by a template. Reads the database and changes nothing in it.

    :param order: drawn with it; None takes the newest one that was released, and a made-up one where there is none.
    :param language: empty takes the shop's.
    :param size: id of a :class:`~app.domain.paper_sizes.PaperSize`; empty takes what the shop prints on.
    :raises TemplateWrong: something in the template cannot be.
    :raises NotFound: there is no such paper, or no such order.
    :raises InvoiceRefused: no true invoice can be made of the order.
    """
    return paper_of(tx, paper, body, order, language=language, size=size).draw()


def paper_of(
    tx: Transaction, paper: str, body: str, order: int | None = None, *, language: str = "", size: str = ""
) -> Paper:
    """Return what :func:`preview` draws, to be drawn elsewhere: outside the transaction.

    :raises TemplateWrong: something in the template cannot be.
    :raises NotFound: there is no such paper, or no such order.
    :raises InvoiceRefused: no true invoice can be made of the order.
    """
    if paper not in PAPERS:
        raise NotFound("templates.no_paper", paper=paper, known=", ".join(PAPERS))
    read = read_of(paper, STANDARD, body)
    if read.faults:
        raise TemplateWrong(paper, STANDARD, read.faults)
    house = all_settings(tx)
    words = texts(language or house["shop.language"])
    page = PaperSize(size or house["slip.size"])
    if paper not in ("packing_slip", "gift_slip", "invoice", "return_slip"):
        return Paper(paper, _of_house(paper, words.language, read.template, page), words.language)
    order = storage.newest_order(tx) if order is None else order
    if order is None:
        slip, settings = _sample_slip(words.language), house
        if house["shop.name"].strip():
            slip = replace(slip, shop=papers.shop_block(house))
    else:
        slip, settings = papers.slip_value(tx, order, words)
    slip = replace(slip, page=page, gift=paper == "gift_slip", look=read.template)
    if not slip.number.batch:
        slip = replace(slip, number=_NUMBER, version=1)
    if paper == "invoice":
        return Paper(paper, invoices.invoice(slip, settings, slip.issued_on, words), words.language)
    if paper == "return_slip":
        return Paper(paper, ReturnSlip(slip, settings["return.address"], read.template), words.language)
    return Paper("packing_slip", slip, words.language)


# --- made up ------------------------------------------------------------------------------------------------------


@cache
def _sample(language: str) -> dict[str, Any]:
    file = resource_root() / "templates" / "sample.toml"
    found: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found.get(language, found["ja"])


def _sample_slip(language: str) -> Slip:
    """Return a made-up order."""
    said = _sample(language)
    return Slip(
        shop=ShopBlock(**said["shop"]),
        number=_NUMBER,
        version=1,
        order_number=said["order_number"],
        ship_to=Address(**said["ship_to"]),
        buyer=Address(**said["buyer"]),
        lines=tuple(
            SlipLine(
                name=line["name"],
                sku=line["sku"],
                quantity=line["quantity"],
                options=line.get("options", ""),
                price=line["price"],
                reduced=is_reduced_rate(line["rate"]),
                tax_rate=line["rate"],
                code=line.get("code", ""),
                shelf=line["shelf"],
            )
            for line in said["lines"]
        ),
        channel=said["channel"],
        ordered_on=said["ordered_on"],
        issued_on=said["issued_on"],
        delivery=said["delivery"],
        wish=said["wish"],
        payment=said["payment"],
        totals=Totals(**said["totals"]),
        note=said["note"],
    )


def _of_house(paper: str, language: str, look: Template, page: PaperSize) -> object:
    """Return what a paper of the house shows of the made-up order."""
    said = _sample(language)
    day: date = said["issued_on"]
    pickup = datetime.combine(day, time(14))
    lines = said["lines"]
    match paper:
        case "pick_list":
            rows = tuple(
                PickRow(line["shelf"], line["sku"], line["name"], (Taker(_NUMBER, line["quantity"]),),
                        line.get("options", ""), line.get("code", ""))
                for line in lines
            )  # fmt: skip
            return PickList(_NUMBER.batch, rows, day, look=look)
        case "job_list":
            stops = tuple(
                ListStop(line["shelf"], line["sku"], line["name"], line["quantity"], line.get("options", ""),
                         code=line.get("code", ""))
                for line in lines
            )  # fmt: skip
            parts = tuple(ListPart(each.shelf, each.sku, each.name, each.quantity, each.options) for each in stops)
            return JobList(
                f"{_NUMBER.batch}-1", stops, (ListOrder(str(_NUMBER), parts),), pickup=pickup, issued_on=day, look=look
            )
        case "place_sheet":
            uses = tuple(PlaceUse(at, f"12-{33 + at:03d}", (f"T-{at:03d}",), at, at + 1) for at in range(1, 5))
            return PlaceSheet(f"{_NUMBER.batch}-1", uses, cart="C-02", issued_on=day, look=look)
        case "handover_list":
            handed = tuple(HandoverRow(f"12-{33 + at:03d}", f"{444413700010 + 11 * at}") for at in range(1, 5))
            return HandoverList(
                5, said["carrier"], handed, len(handed), pickup, pickup, len(handed), said["sender"], look=look
            )
        case _:
            last = ShipNumber(_NUMBER.batch, 53)
            return BreakSheet(_NUMBER, last, 20, 1, 3, said["carrier"], said["service"], page=page, look=look)
