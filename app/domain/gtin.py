"""GTINs: check digit, the 14-digit form that is stored and compared, and the form that people see."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "check_digit",
    "expand_upce",
    "forms",
    "has_good_check_digit",
    "is_digits",
    "is_lower_book_code",
    "is_part_of",
    "printable",
    "shorten_upca",
    "to_14",
]

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


def is_lower_book_code(text: str) -> bool:
    """Return whether *text* is the lower one of the two codes on a Japanese book: class and price, not the book.

    It begins with 191 or 192 (Japanese book trade code 日本図書コード); no goods are numbered so.
    """
    return len(text) == 13 and text.startswith(("191", "192")) and has_good_check_digit(text)


def expand_upce(text: str) -> str | None:
    """Return the 12-digit UPC-A that a UPC-E stands for, or None where *text* is no good UPC-E.

    Eight digits are number system, six digits and check digit. Some scanners leave the check digit off (seven), or the
    number system 0 as well (six): nothing proves such a number, so it counts only where the scanner names the symbol.
    """
    if not is_digits(text) or len(text) not in {6, 7, 8}:
        return None
    text = "0" + text if len(text) == 6 else text
    if text[0] not in "01":
        return None
    system, body, how, check = text[0], text[1:6], text[6], text[7:]
    if how in "012":
        long = f"{system}{body[:2]}{how}0000{body[2:]}"
    elif how == "3":
        long = f"{system}{body[:3]}00000{body[3:]}"
    elif how == "4":
        long = f"{system}{body[:4]}00000{body[4:]}"
    else:
        long = f"{system}{body}0000{how}"
    return long + check_digit(long) if check in {"", check_digit(long)} else None


def printable(gtin14: str) -> str:
    """Return the form of a stored GTIN that stands on the goods: 8, 13 or 14 digits. Other texts stay as they are."""
    if len(gtin14) != 14 or not is_digits(gtin14) or gtin14[0] != "0":
        return gtin14
    return gtin14[6:] if gtin14.startswith("000000") else gtin14[1:]


def forms(gtin14: str) -> tuple[str, ...]:
    """Return the lengths in which a GTIN of 14 digits may be written: 8, 12, 13 and 14 digits, as far as zeros go."""
    return tuple(gtin14[-length:] for length in GTIN_LENGTHS if not gtin14[:-length].strip("0"))


def shorten_upca(text: str) -> str | None:
    """Return the eight digits of the UPC-E that stands for a UPC-A of 12 digits; None where there is none."""
    if len(text) != 12 or not is_digits(text):
        return None
    tries = (
        text[:3] + text[8:11] + text[3],
        text[:4] + text[9:11] + "3",
        text[:5] + text[10] + "4",
        text[:6] + text[10],
    )
    return next((each + text[11] for each in tries if expand_upce(each + text[11]) == text), None)


def is_part_of(text: str, codes: Iterable[str]) -> bool:
    """Return whether *text* is the beginning or the end of one of *codes*, read by half.

    *codes* are the wanted ones, GTINs with 14 digits; they are compared with and without their leading zeros, as they
    may be printed. Fewer than four characters, zeros only, or one of the codes complete is no half.
    """
    part = text.casefold()
    if len(part) < 4 or not part.strip("0"):
        return False
    half = False
    for code in codes:
        for form in _written(code):
            if part == form:
                return False
            half = half or form.startswith(part) or form.endswith(part)
    return half


def _written(code: str) -> set[str]:
    if len(code) == 14 and is_digits(code):
        return {*forms(code), code.lstrip("0") or "0"}
    return {code.casefold()}
