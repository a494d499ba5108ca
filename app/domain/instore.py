"""In-store numbers インストアコード (02, 20-29): what a shop prints itself, with a price or a weight in the number.

A shop says how its numbers are laid out, prefix by prefix (:func:`app.settings.instore_layouts`). The number that
stands for the goods has zeros in place of what varies; a product stores that number like any other code. Source: GS1
General Specifications, variable measure trade items in a restricted circulation; GS1 Japan on in-store marking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.gs1_facts import MOST_PIECES
from app.domain.gtin import check_digit, is_digits, printable

__all__ = ["Measured", "instore", "measure", "measure_check_digit"]

# Weights of the digits of a price, by the digit (GS1 General Specifications, 7.9): 2-, 3, 5+ and 5-.
_TWO_LESS = (0, 2, 4, 6, 8, 9, 1, 3, 5, 7)
_THREE = (0, 3, 6, 9, 2, 5, 8, 1, 4, 7)
_FIVE_MORE = (0, 5, 1, 6, 2, 7, 3, 8, 4, 9)
_FIVE_LESS = (0, 5, 9, 4, 8, 3, 7, 2, 6, 1)
_OF_FOUR = (_TWO_LESS, _TWO_LESS, _THREE, _FIVE_LESS)
_OF_FIVE = (_FIVE_MORE, _TWO_LESS, _FIVE_LESS, _FIVE_MORE, _TWO_LESS)


@dataclass(frozen=True, slots=True)
class Measured:
    """An in-store number taken apart."""

    prefix: str
    item: str
    """Digits of the item."""
    base: str
    """The number that stands for the goods, as a GTIN of 14 digits with zeros for what varies."""
    price: Decimal | None = None
    weight_g: Decimal | None = None
    count: int | None = None
    sound: bool = True
    """False where the price or weight has a wrong check digit of its own, or the pieces are none or far too many."""


def instore(gtin14: str) -> bool:
    """Return whether a stored GTIN is an in-store number (02, 20-29); other shops use the same for other goods."""
    shown = printable(gtin14)
    return len(shown) in {8, 13} and (shown[0] == "2" or shown[:2] == "02")


def measure_check_digit(digits: str) -> str | None:
    """Return the check digit of a price or weight of four or five digits; None for other lengths."""
    if len(digits) not in {4, 5} or not is_digits(digits):
        return None
    if len(digits) == 4:
        return str(3 * sum(weights[int(each)] for weights, each in zip(_OF_FOUR, digits, strict=True)) % 10)
    total = sum(weights[int(each)] for weights, each in zip(_OF_FIVE, digits, strict=True))
    return str(_FIVE_LESS.index(-total % 10))


def measure(gtin14: str, laid_out: Mapping[str, str]) -> Measured | None:
    """Take an in-store number of 13 digits apart; None for other numbers and prefixes that are not laid out."""
    number = gtin14[1:]
    layout = laid_out.get(number[:2])
    if len(gtin14) != 14 or gtin14[0] != "0" or gtin14.startswith("000000") or layout is None:
        return None
    plain = layout.replace(".", "")
    varies = number[2:12][re.search(r"[PWCX]", plain).start() :]  # type: ignore[union-attr]
    item = number[2 : 2 + plain.count("I")]
    sound = "V" not in plain or measure_check_digit(varies) == number[2 + plain.index("V")]
    kind = plain[-1]
    sound = sound and (kind != "C" or 0 < int(varies) <= MOST_PIECES)
    value = Decimal(varies).scaleb(-(len(layout) - 1 - layout.index(".")) if "." in layout else 0)
    body = number[: 2 + len(item)] + "0" * (10 - len(item))
    return Measured(
        prefix=number[:2],
        item=item,
        base="0" + body + check_digit(body),
        price=value if kind == "P" else None,
        weight_g=(value * 1000 if "." in layout else value) if kind == "W" else None,
        count=int(varies) if kind == "C" else None,
        sound=sound,
    )
