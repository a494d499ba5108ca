"""A product as texts: each field by the name of its column in a product file, written as that column is read.

The product screen edits these texts, the preview of an import compares them: a field looks the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.cartons import Orientation
from app.domain.gtin import printable
from app.domain.products import CodeKind, IncomingProduct, LotFrom, LotPolicy, ProductCode, sku_fold
from app.domain.sets import option_fold
from app.domain.shipping import Temperature

__all__ = ["FIELDS", "Difference", "Field", "codes_text", "differences", "listing_field", "texts_of"]

_SWITCH = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a product."""

    name: str
    """Column of :mod:`app.channels._product_columns`."""
    group: str
    """``what``, ``codes``, ``set``, ``sold``, ``kept``, ``packed``: where it stands together with others."""
    kind: str = "text"
    """``text``, ``block`` (several lines), ``number``, ``money``, ``day``, ``switch``, ``choice``, ``list`` (parted by
    ``;``) or ``file``."""
    choices: tuple[str, ...] = ()
    """Texts of a ``choice`` or ``switch``; the first is meant where it is empty."""


FIELDS = (
    Field("sku", "what"),
    Field("name", "what"),
    Field("name_en", "what"),
    Field("category", "what"),
    Field("picture", "what", "file"),
    Field("note", "what", "block"),
    Field("retired", "what", "switch", _SWITCH),
    Field("code", "codes", "list"),
    Field("no_code", "codes", "switch", _SWITCH),
    Field("unit_scan", "codes", "switch", _SWITCH),
    Field("keyed", "codes", "switch", _SWITCH),
    Field("parts", "set", "list"),
    Field("option_texts", "set", "list"),
    Field("price", "sold", "money"),
    Field("tax_rate", "sold"),
    Field("on_sale_from", "sold", "day"),
    Field("on_sale_to", "sold", "day"),
    Field("shelf", "kept"),
    Field("lot_policy", "kept", "choice", tuple(map(str, LotPolicy))),
    Field("lot_from", "kept", "choice", tuple(map(str, LotFrom))),
    Field("min_days", "kept", "number"),
    Field("temperature", "kept", "choice", tuple(map(str, Temperature))),
    Field("weight_g", "packed", "number"),
    Field("length_mm", "packed", "number"),
    Field("width_mm", "packed", "number"),
    Field("height_mm", "packed", "number"),
    Field("fragile", "packed", "switch", _SWITCH),
    Field("orientation", "packed", "choice", tuple(map(str, Orientation))),
    Field("liquid", "packed", "switch", _SWITCH),
    Field("dangerous", "packed", "switch", _SWITCH),
    Field("pressed_mm", "packed", "number"),
    Field("cushion_mm", "packed", "number"),
    Field("own_carton", "packed", "switch", _SWITCH),
    Field("pack_note", "packed"),
    Field("pack_picture", "packed", "file"),
)
"""Every field of a product in the order in which people read them; opening stock is no field of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that will say something else."""

    field: str
    was: str
    will_be: str


def listing_field(shop: str) -> str:
    """Return the column of a shop's own codes."""
    return f"code@{shop}"


def codes_text(codes: tuple[ProductCode, ...]) -> str:
    """Return codes as a product file writes them: ``4901234567894;14901234567891=6``."""
    return ";".join(map(_code, codes))


def _code(code: ProductCode) -> str:
    text = printable(code.code) if code.kind is CodeKind.GTIN else code.code
    # A case of one piece is written with its number: without it, the file's reader asks whether that was forgotten.
    plain = code.quantity == 1 and not (code.kind is CodeKind.GTIN and code.code[0] not in "09")
    return text if plain else f"{text}={code.quantity}"


def texts_of(given: IncomingProduct) -> dict[str, str]:
    """Return what *given* says, field by field; what it leaves as it is is not among them."""
    found: dict[str, str] = {"sku": given.sku}
    for field in FIELDS:
        if field.name in given.cleared:
            found[field.name] = field.choices[0] if field.choices else ""
    if "name" in given.cleared:
        found["name"] = given.sku
    for field in FIELDS:
        value = getattr(given, field.name, None)
        if field.name in ("sku", "parts", "option_texts") or value is None:
            continue
        if field.kind == "switch":
            found[field.name] = _SWITCH[bool(value)]
        elif field.kind == "number":
            found[field.name] = str(value) if value >= 0 else ""
        else:
            found[field.name] = str(value)
    if given.size_mm is not None:
        found |= dict(zip(("length_mm", "width_mm", "height_mm"), map(str, given.size_mm), strict=True))
    if given.codes is not None:
        found["code"] = codes_text(given.codes)
    if given.parts is not None:
        found["parts"] = ";".join(sku if pieces == 1 else f"{sku}={pieces}" for sku, pieces in sorted(given.parts))
    if given.option_texts is not None:
        folded = sorted((sku_fold(parent), option_fold(text)) for parent, text in given.option_texts)
        found["option_texts"] = ";".join(f"{parent}:{text}" for parent, text in folded)
    for shop, codes in given.listings:
        found[listing_field(shop)] = ";".join(sorted(codes))
    return found


def differences(was: Mapping[str, str], will_be: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return the fields that will say something else, in the order of :data:`FIELDS`, then shops' codes.

    :param was: every field as stored.
    :param will_be: the fields that are given.
    """
    order = {field.name: at for at, field in enumerate(FIELDS)}
    names = sorted(will_be, key=lambda name: (order.get(name, len(order)), name))
    return tuple(
        Difference(name, was.get(name, ""), will_be[name]) for name in names if was.get(name, "") != will_be[name]
    )
