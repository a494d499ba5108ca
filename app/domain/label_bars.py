"""Bars of linear codes in modules: which bars a text has, and how much white a scanner needs beside them.

Sources: ISO/IEC 15417 (Code 128), 15420 (EAN/UPC), 16390 (interleaved 2 of 5), 16388 (Code 39), EN 798 (NW-7, Codabar);
quiet zones of the GS1 codes by the GS1 General Specifications, section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.gs1 import SEPARATOR, human, split_message, unsound
from app.domain.gtin import check_digit, is_digits
from app.domain.label import Symbology

__all__ = ["Bars", "bars_of", "gs1_text"]

START_B, START_C, CODE_B, CODE_C, FNC1 = 104, 105, 100, 99, 102
"""Values of the symbol characters of Code 128 that stand for no text."""
MOST_CODE128 = 80
"""Longest text in a Code 128; wider than any label."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A linear code in modules."""

    widths: tuple[int, ...]
    """Bar, gap, bar …, in modules; of a code with two widths 1 is narrow and 2 is wide."""
    two_widths: bool
    """Whether wide bars are a multiple of the narrow ones that the printer's dots decide, not whole modules."""
    quiet: tuple[int, int]
    """Modules left white before and behind."""
    text: str
    """What people read below."""
    data: str
    """The text with its check digit or its start and stop characters."""
    values: tuple[int, ...] = ()
    """Of a Code 128 its symbol characters, without check character and stop."""


def bars_of(symbology: Symbology, data: str) -> Bars | str:
    """Return the bars of *data*, or the key of the sentence that says why it cannot be such a code."""
    return _bars(symbology, data)


@lru_cache(maxsize=1024)
def _bars(symbology: Symbology, data: str) -> Bars | str:
    return _MAKERS[symbology](data)


def gs1_text(data: str) -> str | None:
    """Return a GS1 message in the form for people, ``(01)…(10)…``; None where it is none or breaks its own rules."""
    elements = split_message(data)
    if not data or data.startswith(SEPARATOR) or not elements.whole or unsound(elements.pairs):
        return None
    return human(elements.pairs)


# --- Code 128 -----------------------------------------------------------------------------------------------------


def _table(text: str, size: int) -> tuple[str, ...]:
    """Cut a table into its entries, which a blank parts."""
    return tuple(text[at : at + size] for at in range(0, len(text), size + 1))


_CODE128 = _table(
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232",
    6,
)
_STOP = (2, 3, 3, 1, 1, 1, 2)


def _code128(data: str) -> Bars | str:
    if not data or len(data) > MOST_CODE128 or not data.isascii() or not data.isprintable():
        return "label.bad_code128"
    return _of_values(_values(data), data, data)


def _gs1_128(data: str) -> Bars | str:
    shown = gs1_text(data)
    if shown is None:
        return "label.bad_gs1"
    if len(data) > 48:  # GS1 General Specifications 5.4.4.3
        return "label.long_gs1_128"
    return _of_values(_values(SEPARATOR + data), shown, data)


def _of_values(values: tuple[int, ...], text: str, data: str) -> Bars:
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    widths = [int(width) for value in (*values, check) for width in _CODE128[value]]
    return Bars((*widths, *_STOP), False, (10, 10), text, data, values)


def _values(data: str) -> tuple[int, ...]:
    """Return the fewest symbol characters of sets B and C that say *data*; U+001D is FNC1."""
    length = len(data)
    fewest = [[0, 0] for _ in range(length + 1)]  # from each place on, being in set B or in set C
    for at in range(length - 1, -1, -1):
        pair = length - at > 1 and data[at].isdigit() and data[at + 1].isdigit()
        fnc1 = data[at] == SEPARATOR
        in_b = 1 + fewest[at + 1][0]
        in_c = 1 + (fewest[at + 1][1] if fnc1 else fewest[at + 2][1] if pair else length * 2)
        fewest[at] = [min(in_b, in_c + 1), min(in_c, in_b + 1)]
    in_c_now = fewest[0][1] <= fewest[0][0]
    values = [START_C if in_c_now else START_B]
    at = 0
    while at < length:
        pair = length - at > 1 and data[at].isdigit() and data[at + 1].isdigit()
        here = fewest[at]
        if here[in_c_now] > here[not in_c_now]:  # changing the set costs one, so it pays exactly here
            in_c_now = not in_c_now
            values.append(CODE_C if in_c_now else CODE_B)
        if data[at] == SEPARATOR:
            values.append(FNC1)
            at += 1
        elif in_c_now and pair:
            values.append(int(data[at : at + 2]))
            at += 2
        else:
            values.append(ord(data[at]) - 32)
            at += 1
    return tuple(values)


# --- EAN and UPC --------------------------------------------------------------------------------------------------

_DIGITS = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")
_PARITIES = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")


def _checked(data: str, length: int) -> str | None:
    """Return *data* as *length* digits with its check digit; None where it is not that."""
    if not is_digits(data) or len(data) not in (length - 1, length):
        return None
    whole = data[: length - 1] + check_digit(data[: length - 1])
    return whole if whole.startswith(data) else None


def _retail(digits: str, parities: str) -> tuple[int, ...]:
    """Bars of the left digits in their parities, and of as many right ones."""
    half = len(parities)
    left = "".join(
        _DIGITS[int(digit)] if parity == "L" else _DIGITS[int(digit)][::-1]
        for digit, parity in zip(digits[:half], parities, strict=True)
    )
    right = "".join(_DIGITS[int(digit)] for digit in digits[half:])
    return tuple(int(width) for width in f"111{left}11111{right}111")


def _ean13(data: str) -> Bars | str:
    whole = _checked(data, 13)
    if whole is None:
        return "label.bad_ean13"
    shown = f"{whole[0]} {whole[1:7]} {whole[7:]}"
    return Bars(_retail(whole[1:], _PARITIES[int(whole[0])]), False, (11, 7), shown, whole)


def _ean8(data: str) -> Bars | str:
    whole = _checked(data, 8)
    if whole is None:
        return "label.bad_ean8"
    return Bars(_retail(whole, "LLLL"), False, (7, 7), f"{whole[:4]} {whole[4:]}", whole)


def _upca(data: str) -> Bars | str:
    whole = _checked(data, 12)
    if whole is None:
        return "label.bad_upca"
    shown = f"{whole[0]} {whole[1:6]} {whole[6:11]} {whole[11]}"
    return Bars(_retail(whole, "LLLLLL"), False, (9, 9), shown, whole)


# --- codes of two widths ------------------------------------------------------------------------------------------

_ITF = ("11221", "21112", "12112", "22111", "11212", "21211", "12211", "11122", "21121", "12121")


def _itf14(data: str) -> Bars | str:
    whole = _checked(data, 14)
    if whole is None:
        return "label.bad_itf14"
    widths = [1, 1, 1, 1]
    for left, right in zip(whole[::2], whole[1::2], strict=True):
        for bar, gap in zip(_ITF[int(left)], _ITF[int(right)], strict=True):
            widths += (int(bar), int(gap))
    shown = f"{whole[0]} {whole[1:3]} {whole[3:8]} {whole[8:13]} {whole[13]}"
    return Bars((*widths, 2, 1, 1), True, (10, 10), shown, whole)


_CODE39: Mapping[str, str] = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. *$/+%",
        _table(
            "111221211 211211112 112211112 212211111 111221112 211221111 112221111 111211212 211211211 112211211 "
            "211112112 112112112 212112111 111122112 211122111 112122111 111112212 211112211 112112211 111122211 "
            "211111122 112111122 212111121 111121122 211121121 112121121 111111222 211111221 112111221 111121221 "
            "221111112 122111112 222111111 121121112 221121111 122121111 121111212 221111211 122111211 121121211 "
            "121212111 121211121 121112121 111212121",
            9,
        ),
        strict=True,
    )
)
_NW7: Mapping[str, str] = dict(
    zip(
        "0123456789-$:/.+ABCD",
        _table(
            "1111122 1111221 1112112 2211111 1121121 2111121 1211112 1211211 1221111 2112111 "
            "1112211 1122111 2111212 2121112 2121211 1121212 1122121 1212112 1112122 1112221",
            7,
        ),
        strict=True,
    )
)


def _spelled(table: Mapping[str, str], data: str) -> tuple[int, ...]:
    """Bars of the characters with a narrow gap between two."""
    return tuple(int(width) for width in "1".join(table[char] for char in data))


def _code39(data: str) -> Bars | str:
    if not data or len(data) > MOST_CODE128 or "*" in data or not set(data) <= _CODE39.keys():
        return "label.bad_code39"
    return Bars(_spelled(_CODE39, f"*{data}*"), True, (10, 10), f"*{data}*", data)


def _nw7(data: str) -> Bars | str:
    """NW-7; where the text has no start and stop characters of its own it gets A and A."""
    ends = frozenset("ABCD")
    whole = data if len(data) > 2 and data[0] in ends and data[-1] in ends else f"A{data}A"
    inside = whole[1:-1]
    if not inside or len(whole) > MOST_CODE128 or not set(inside) <= _NW7.keys() - ends:
        return "label.bad_nw7"
    return Bars(_spelled(_NW7, whole), True, (10, 10), whole, whole)


_MAKERS: Mapping[Symbology, Callable[[str], Bars | str]] = {
    Symbology.CODE128: _code128,
    Symbology.GS1_128: _gs1_128,
    Symbology.EAN13: _ean13,
    Symbology.EAN8: _ean8,
    Symbology.UPCA: _upca,
    Symbology.ITF14: _itf14,
    Symbology.CODE39: _code39,
    Symbology.NW7: _nw7,
}
