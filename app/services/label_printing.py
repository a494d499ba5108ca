"""Labels for label printers: which languages there are, and each label as the bytes of one of them.

How they reach a printer is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.gtin import printable
from app.domain.label import Label, LabelFault, PrintOptions
from app.domain.label_designs import (
    PLACE_SIZE,
    PRODUCT_SIZE,
    ProductCodeKind,
    ProductLabel,
    place_label,
    product_label,
)
from app.domain.label_dots import INCH_MM, LaidOut
from app.domain.label_media import media_mm
from app.domain.lots import parse_day
from app.domain.place_labels import LabelKind, PlaceLabel
from app.errors import NotAllowed, NotFound
from app.printers._layout import checked, lay_out
from app.printers._pages import dotted
from app.services import products
from app.services.pages import Page
from app.services.printer_languages import Language, language, languages
from app.storage import products as storage
from app.storage.database import Transaction
from app.text import Texts

__all__ = ["Drawn", "Language", "draw", "laid", "language", "languages", "of_pages", "of_place", "of_product"]

MOST_COPIES = 999
"""More copies of one label are a mistyped number."""


_MORE_MM = 1.0
"""A page may be so much larger than its label: the edge of a page is white."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A label as bytes, and what is to be said about it."""

    data: bytes
    notes: tuple[LabelFault, ...]
    """What is not as it was meant, without stopping the label."""


def laid(labels: Sequence[Label], dpi: int) -> tuple[LaidOut, ...]:
    """Lay labels out for a printer.

    :raises NotAllowed: one has a fault that stops it, by that fault's key.
    """
    return tuple(checked(label, dpi) for label in labels)


def of_pages(found: Sequence[Page], dpi: int, media: str = "") -> tuple[LaidOut, ...]:
    """Return the pages of a paper as labels: ink black, bars to the dot, pictures scattered.

    :param media: what is in the printer, as :attr:`~app.domain.printing.Printer.media` says it; empty for anything.
    :raises NotAllowed: ``label.page_large``: a page is larger than the labels in the printer.
    """
    room = media_mm(media)
    for number, page in enumerate(found, 1):
        wide, high = (dots * INCH_MM / dpi for dots in (page.width, page.height))
        if room is not None and (wide > room[0] + _MORE_MM or high > (room[1] or high) + _MORE_MM):
            raise NotAllowed("label.page_large", page=number, width=round(wide), height=round(high), media=media)
    return tuple(dotted(page.width, page.height, page.grey, dpi, page.pictures) for page in found)


def draw(name: str, labels: Sequence[LaidOut], copies: int = 1, options: PrintOptions | None = None) -> Drawn:
    """Return labels in a language.

    :raises NotAllowed: the printer cannot have so many dots or copies.
    """
    tongue = language(name)
    for dpi in {label.dpi for label in labels}:
        if dpi not in tongue.DPIS:
            raise NotAllowed("label.no_dpi", dpi=dpi, dpis=", ".join(map(str, tongue.DPIS)))
    if not 0 < copies <= MOST_COPIES:
        raise NotAllowed("label.bad_copies", most=MOST_COPIES)
    data = tongue.render(labels, copies, options or PrintOptions())
    notes = [fault for label in labels for fault in label.faults if not fault.stops]
    return Drawn(data, tuple(each for at, each in enumerate(notes) if each not in notes[:at]))


_KINDS = {
    LabelKind.TOTE: "paper.label.tote",
    LabelKind.CART: "paper.label.cart",
    LabelKind.SLOT: "paper.label.slot",
}
_PARTS = ("paper.label.zone", "paper.label.aisle", "paper.label.bay", "paper.label.level")


def _about(label: PlaceLabel, words: Texts) -> str:
    """What kind of place it is, and where, as the sheets of labels say it too."""
    if label.kind is LabelKind.CARTON:
        return words.say("paper.label.carton", size=label.size)
    if label.kind is not LabelKind.SHELF:
        return f"{words.say(_KINDS[label.kind])} {label.within}".rstrip()
    parts = zip(_PARTS, (label.zone, label.aisle, label.bay, label.level), strict=True)
    return "  ".join(words.say(key, name=part) for key, part in parts if part)


def of_place(label: PlaceLabel, words: Texts, dpi: int, size: tuple[float, float] | None = None) -> Label:
    """Return the label of a shelf, tote, cart, slot or carton; with a QR code where bars are too wide for it.

    :param size: width and height in mm; its usual size where it is None.
    """
    about = _about(label, words)
    drawn = place_label(label, about, size or PLACE_SIZE)
    if any(fault.key == "label.code_wide" for fault in lay_out(drawn, dpi).faults):
        return place_label(label, about, size or PLACE_SIZE, qr=True)
    return drawn


def of_product(
    tx: Transaction,
    code: str,
    words: Texts,
    *,
    kind: ProductCodeKind = ProductCodeKind.JAN,
    lot: str = "",
    expiry: str = "",
    size: tuple[float, float] | None = None,
) -> Label:
    """Return the label of a product with its own code.

    :param code: its SKU, or any of its codes.
    :param expiry: a date in any form that stands on goods.
    :raises NotFound: there is no such product.
    :raises NotAllowed: its code is no GTIN, the date is none, or lot and expiry were given for a JAN, which has no room
        for them.
    """
    found = products.by_code(tx, code)
    if found is None and (known := storage.by_skus(tx, (code,)).get(code)):
        found = storage.show(tx, known[0])
    if found is None:
        raise NotFound("label.no_product", code=code)
    day = parse_day(expiry) if expiry else ""
    if day is None:
        raise NotAllowed("expiry.unreadable", code=expiry)
    if kind is ProductCodeKind.JAN and (lot or day):
        raise NotAllowed("label.jan_has_no_lot")
    about = "\n".join(
        words.say(key, value=value) for key, value in (("label.lot", lot), ("label.expiry", day)) if value
    )
    given = ProductLabel(found.name, found.sku, printable(found.main_code), kind, lot, day, about)
    return product_label(given, size or PRODUCT_SIZE)
