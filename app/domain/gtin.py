"""GTINs: check digit, the 14-digit form that is stored and compared, and the form that people see."""

from __future__ import annotations

__all__ = ["check_digit", "expand_upce", "has_good_check_digit", "instore", "is_digits", "printable", "to_14"]

GTIN_LENGTHS = (8, 12, 13, 14)
"""How many digits a GTIN may have."""

_ZERO = ord("0")


def is_digits(text: str) -> bool:
    """Return whether *text* is made of the ten ASCII digits only (``str.isdigit`` takes ``²`` and ``٣`` too)."""
    return text.isascii() and text.isdigit()


def check_digit(body: str) -> str:
    """Return the GS1 check digit of the digits *body*: weights 3 and 1 from the right."""
    codes = body.encode("ascii")
    total = 3 * sum(codes[-1::-2]) + sum(codes[-2::-2])
    # The digits were added as their character codes; take that part out again.
    total -= _ZERO * (3 * ((len(codes) + 1) // 2) + len(codes) // 2)
    return str(-total % 10)


def has_good_check_digit(text: str) -> bool:
    """Return whether *text* is at least two ASCII digits of which the last is the GS1 check digit."""
    return len(text) > 1 and is_digits(text) and check_digit(text[:-1]) == text[-1]


def to_14(text: str) -> str | None:
    """Return the 14-digit form of a GTIN of 8, 12, 13 or 14 digits, or None where *text* is no good GTIN.

    Eight digits are taken as EAN-8; for a UPC-E use :func:`expand_upce` first.
    """
    if len(text) in GTIN_LENGTHS and has_good_check_digit(text):
        return text.zfill(14)
    return None


def expand_upce(text: str) -> str | None:
    """Return the 12-digit UPC-A that the eight digits of a UPC-E stand for, or None where *text* is no good UPC-E."""
    if len(text) != 8 or text[0] not in "01" or not is_digits(text):
        return None
    system, body, how, check = text[0], text[1:6], text[6], text[7]
    if how in "012":
        long = f"{system}{body[:2]}{how}0000{body[2:]}"
    elif how == "3":
        long = f"{system}{body[:3]}00000{body[3:]}"
    elif how == "4":
        long = f"{system}{body[:4]}00000{body[4:]}"
    else:
        long = f"{system}{body}0000{how}"
    return long + check if check_digit(long) == check else None


def printable(gtin14: str) -> str:
    """Return the form of a stored GTIN that stands on the goods: 8, 13 or 14 digits. Other texts stay as they are."""
    if len(gtin14) != 14 or not is_digits(gtin14) or gtin14[0] != "0":
        return gtin14
    return gtin14[6:] if gtin14.startswith("000000") else gtin14[1:]


def instore(gtin14: str) -> bool:
    """Return whether a stored GTIN is an in-store number (02, 20-29); other shops use the same for other goods."""
    shown = printable(gtin14)
    return len(shown) in {8, 13} and (shown[0] == "2" or shown[:2] == "02")
