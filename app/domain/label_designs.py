"""What stands where on each kind of label, for any size: places, totes, cartons, and the codes of products.

The words come in as they are printed; a design adds none of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.gs1 import message
from app.domain.gtin import to_14
from app.domain.label import Code, Item, Label, Over, Symbology, Text
from app.domain.label_bars import bars_of
from app.domain.place_labels import PlaceLabel
from app.errors import NotAllowed

__all__ = ["PLACE_SIZE", "PRODUCT_SIZE", "ProductCodeKind", "ProductLabel", "place_label", "product_label"]

PLACE_SIZE = (100.0, 50.0)
"""Usual size of a label of a place, in mm."""
PRODUCT_SIZE = (60.0, 40.0)
"""Usual size of a label of a product."""

_ARROWS = {"up": "▲", "down": "▼"}


class ProductCodeKind(StrEnum):
    """Codes that a product can be given."""

    JAN = "jan"
    """EAN-13 or EAN-8, UPC-A, or ITF-14 of a case, by its number of digits."""
    GS1_128 = "gs1-128"
    DATAMATRIX = "datamatrix"
    """GS1 DataMatrix."""


@dataclass(frozen=True, slots=True)
class ProductLabel:
    """What a label of a product says."""

    name: str
    sku: str
    code: str
    """Its GTIN, with 8, 12, 13 or 14 digits."""
    kind: ProductCodeKind = ProductCodeKind.JAN
    lot: str = ""
    expiry: str = ""
    """``YYYY-MM-DD``; empty for none."""
    about: str = ""
    """Lot and expiry in words."""


def place_label(label: PlaceLabel, about: str, size: tuple[float, float] = PLACE_SIZE, *, qr: bool = False) -> Label:
    """Return the label of a place: its code to be read from 2 m, and as bars, or as a QR code where bars can't be.

    :param about: what kind of place it is, and where.
    :param qr: a QR code instead of bars.
    """
    width, height = size
    pad = min(3.0, height * 0.06)
    qr = qr or isinstance(bars_of(Symbology.CODE128, label.text), str)
    beside = min(height - 2 * pad, width * 0.42) if qr else 0.0
    room = width - 2 * pad - beside
    head = height * 0.13
    above = head * 1.25 if about else 0.0
    large = (height * 0.61 - above) * (1.0 if qr else 0.8)
    items: list[Item] = []
    if about:
        items.append(Text(pad, pad, room, above, about, head, bold=True))
    arrow = _ARROWS.get(label.arrow, "")
    wide = large if arrow else 0.0
    top = pad + above
    items.append(Text(pad, top, room - wide, large * 1.25, label.shown, large, bold=True, least_mm=3.0))
    if arrow:
        items.append(Text(pad + room - wide, top, wide, large * 1.25, arrow, large * 0.8, align="right"))
    if qr:
        items.append(Code(width - pad - beside, pad, beside, height - 2 * pad, label.text, Symbology.QR))
        items.append(Text(pad, height - pad - head, room, head, label.text, head * 0.8))
    else:
        begin = top + large * 1.25
        items.append(Code(pad, begin, room, height - pad - begin, label.text))
    return Label(width, height, tuple(items))


def product_label(given: ProductLabel, size: tuple[float, float] = PRODUCT_SIZE) -> Label:
    """Return the label of a product: its name, its code with lot and expiry, and its SKU.

    :raises NotAllowed: ``label.no_gtin``: its code is no GTIN.
    """
    gtin = to_14(given.code)
    if gtin is None:
        raise NotAllowed("label.no_gtin", sku=given.sku, code=given.code)
    width, height = size
    pad = 2.0
    line = min(3.4, height * 0.085)
    matrix = given.kind is ProductCodeKind.DATAMATRIX
    side = min(height * 0.55, width * 0.4) if matrix else 0.0
    room = width - 2 * pad - side
    name = Text(
        pad, pad, width - 2 * pad, line * 2.9, given.name, line * 1.15, bold=True, lines=2, least_mm=2.4, over=Over.CUT
    )
    top = pad + line * 2.9
    items: list[Item] = [name]
    if given.about:
        items.append(Text(pad, top, room, line * 2.6, given.about, line, lines=2))
    foot = height - pad - line * 1.25
    items.append(Text(pad, foot, room, line * 1.25, given.sku, line, over=Over.CUT))
    if matrix:
        items.append(
            Code(
                width - pad - side,
                height - pad - side,
                side,
                side,
                _element_string(gtin, given),
                Symbology.GS1_DATAMATRIX,
            )
        )
        items.append(Text(pad, foot - line * 1.3, room, line * 1.25, given.code, line))
    else:
        begin = top + (line * 2.6 if given.about else 0)
        symbology = Symbology.GS1_128 if given.kind is ProductCodeKind.GS1_128 else _BY_LENGTH[len(given.code)]
        data = _element_string(gtin, given) if symbology is Symbology.GS1_128 else given.code
        items.append(Code(0.5, begin, width - 1, foot - begin - 0.5, data, symbology))
    return Label(width, height, tuple(items))


_BY_LENGTH = {8: Symbology.EAN8, 12: Symbology.UPCA, 13: Symbology.EAN13, 14: Symbology.ITF14}


def _element_string(gtin: str, given: ProductLabel) -> str:
    """GTIN, expiry and lot, those of a fixed length first, so that one separator less is needed."""
    pairs = [("01", gtin)]
    if given.expiry:
        pairs.append(("17", given.expiry[2:].replace("-", "")))
    if given.lot:
        pairs.append(("10", given.lot))
    return message(pairs)
