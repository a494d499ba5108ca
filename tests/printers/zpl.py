"""A ZPL II printer for the tests: it reads the bytes of one label strictly and gives the dots that come out.

It shares no code and no table with `app.printers.zpl`, which writes those bytes. It knows the commands that we mean to
write and refuses every other one, and where Zebra's words leave a value open it refuses that value: what gets through
here is what the manual says, not what one firmware is kind enough to take.

Sources: Zebra, ZPL II Programming Guide (45541L-004 and docs.zebra.com/us/en/printers/software/zpl-pg), by the page of
each command; the A300 guide, page 85, on a comma in a graphic; ISO/IEC 15417 (Code 128), 16390 (interleaved 2 of 5),
16388 (Code 39), EN 798 (Codabar).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

__all__ = ["Refused", "need", "printed"]


class Refused(Exception):
    """The bytes are not of the language."""


def need(condition: object, why: object) -> None:
    """Refuse the bytes unless *condition* holds."""
    if not condition:
        raise Refused(why)


def printed(data: bytes, dpi: int) -> np.ndarray:
    """Print the one label in *data* on a printer of *dpi*; black dots are true, in rows of the width that it says."""
    need(dpi in (152, 203, 300, 600), "heads have 6, 8, 12 or 24 dots a millimetre")
    need(re.fullmatch(rb"[\n -}]+", data), "a control character, a tilde, or more than ASCII")
    label = _Label()
    before, *commands = data.split(b"^")
    need(not before, "something before the first command")
    for command in commands:
        # "ZPL II ignores the end of a text line" (A300 guide, page 85); we end lines behind a command only.
        label.take(command.removesuffix(b"\n").decode())
    need(label.ended, "no ^XZ")
    return label.dots


# --- the label ----------------------------------------------------------------------------------------------------

_LARGEST = 32_000
"""Dots: the most that ``^FO``, ``^LL``, ``^GB`` and heights of codes take."""


@dataclass
class _Field:
    """What was said since the last ``^FS``."""

    at: tuple[int, int] | None = None
    draw: Callable[[str], np.ndarray] | None = None
    """A code, by the data that is still to come."""
    hexadecimal: str = ""
    """Indicator of ``^FH``."""
    data: str | None = None
    dots: np.ndarray | None = None
    """A box or a graphic, which has no data of its own."""

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        return (
            self.at is None and self.draw is None and not self.hexadecimal and self.data is None and self.dots is None
        )


@dataclass
class _Label:
    """A label as far as it is read."""

    begun: bool = False
    ended: bool = False
    said: set[str] = field(default_factory=set)
    """The commands that were said once and hold for the whole label."""
    width: int = 0
    home: tuple[int, int] = (0, 0)
    module: int = 0
    ratio: int = 0
    """Tenths."""
    copies: int = 0
    now: _Field = field(default_factory=_Field)
    """The field that is open."""
    dots: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))

    def take(self, command: str) -> None:
        """Do what one command says."""
        need(not self.ended, "something behind ^XZ")
        need(self.begun or command == "XA", "something before ^XA")
        name, parameters = command[:2], command[2:]
        need(name in _COMMANDS, f"^{command[:40]}")
        pattern, do = _COMMANDS[name]
        found = re.fullmatch(pattern, parameters)
        need(found, f"^{command[:80]}")
        do(self, *found.groups())

    def once(self, name: str) -> None:
        """Note a command that holds for the whole label: it is said once, and before the first field."""
        need(name not in self.said, f"^{name} twice")
        need(self.now.empty and "FS" not in self.said, f"^{name} within or behind a field")
        self.said.add(name)

    def start(self) -> None:
        need(not self.begun, "a second label")
        self.begun = True

    def end(self) -> None:
        need(self.now.empty, "a field without ^FS")
        need(self.copies, "no ^PQ")
        self.ended = True

    def quantity(self, count: str, group: str | None) -> None:
        """``^PQ``: how often it is printed is no part of the picture."""
        need(group in (None, count), "^PQ that cuts between")
        need(self.now.empty and not self.copies, "^PQ twice or within a field")
        self.copies = _number(count, 1, 99_999_999)

    def separator(self) -> None:
        """``^FS``: print the field.

        What ``^XA`` does not set back must have been said anew, or what the last label said would hold.
        """
        need(self.said >= _HELD, sorted(_HELD - self.said))
        self.said.add("FS")
        here, self.now = self.now, _Field()
        need(here.at, "no ^FO")
        if here.draw is not None:
            need(here.dots is None and here.data is not None, "a code without ^FD")
            here.dots = here.draw(here.data)
        else:
            need(here.data is None and not here.hexadecimal, "text: fonts of printers are not ours")
        need(here.dots is not None, "an empty field")
        self.ink(here.at, here.dots)

    def ink(self, at: tuple[int, int], dots: np.ndarray) -> None:
        """Print black upon what is there; with ``^LRN`` nothing becomes white again."""
        x, y = at[0] + self.home[0], at[1] + self.home[1]
        high, wide = self.dots.shape
        room = dots[: max(0, high - y), : max(0, wide - x)]
        need(np.count_nonzero(room) == np.count_nonzero(dots), "ink outside the label")
        self.dots[y : y + room.shape[0], x : x + room.shape[1]] |= room


def _number(digits: str, least: int, most: int) -> int:
    """Read a number; one that is out of range would be "set to the nearest limit", and never meant."""
    need(least <= int(digits) <= most, f"{digits} is not {least} to {most}")
    return int(digits)


def _fixed(name: str) -> Callable[[_Label], None]:
    """A command whose one value that we write is its pattern."""
    return lambda label: label.once(name)


def _print_width(label: _Label, width: str) -> None:
    label.once("PW")
    label.width = _number(width, 2, _LARGEST)


def _label_length(label: _Label, length: str) -> None:
    """``^LL``: must come before the first ``^FS``."""
    label.once("LL")
    need(label.width, "^LL before ^PW")
    label.dots = np.zeros((_number(length, 1, _LARGEST), label.width), dtype=bool)


def _label_home(label: _Label, x: str, y: str) -> None:
    """``^LH``: fields are placed from here."""
    label.once("LH")
    label.home = _number(x, 0, _LARGEST), _number(y, 0, _LARGEST)


def _field_origin(label: _Label, x: str, y: str) -> None:
    """``^FO``: the upper left corner of the field."""
    need(label.now.empty, "^FO within a field")
    label.now.at = _number(x, 0, _LARGEST), _number(y, 0, _LARGEST)


def _hexadecimal(label: _Label, indicator: str) -> None:
    """``^FH``: holds for the next ``^FD`` only; the indicator is ``_`` where none is said."""
    need(label.now.data is None and not label.now.hexadecimal, "^FH twice or behind ^FD")
    label.now.hexadecimal = indicator or "_"


def _field_data(label: _Label, data: str) -> None:
    """``^FD``: each indicator of ``^FH`` is followed by two hexadecimal digits; ``^CI28`` makes UTF-8 of them."""
    here = label.now
    need(here.data is None, "^FD twice")
    if here.hexadecimal:
        plain, *coded = data.split(here.hexadecimal)
        for each in coded:
            need(re.match(r"[0-9A-Fa-f]{2}", each), f"no hexadecimal digits behind {here.hexadecimal}")
            # Whether a ">" that comes this way is an invocation code or a character, the guide does not say.
            need(each[:2].upper() != "3E", "> by its code")
            plain += chr(int(each[:2], 16)) + each[2:]
        data = plain
    need(data.isascii(), "codes hold ASCII")
    here.data = data


# --- boxes and graphics -------------------------------------------------------------------------------------------


def _graphic_box(label: _Label, width: str, height: str, thickness: str) -> None:
    """``^GB``: a frame of *thickness*, drawn inwards; width and height are at least that."""
    thick = _number(thickness, 1, _LARGEST)
    wide, high = _number(width, thick, _LARGEST), _number(height, thick, _LARGEST)
    need(label.now.dots is None and label.now.draw is None, "two things in one field")
    dots = np.ones((high, wide), dtype=bool)
    dots[thick : high - thick, thick : wide - thick] = False
    label.now.dots = dots


_MOST_BYTES = 99_999
_TOKENS = re.compile(r"(?P<plain>[0-9A-F]+)|(?P<counts>[G-Yg-z]+)(?P<digit>[0-9A-F])|(?P<rest>[,!])|(?P<again>:)")


def _graphic_field(label: _Label, sent: str, total: str, stride: str, data: str) -> None:
    """``^GFA``: for hexadecimal data the bytes sent are said to be the bytes of the picture, whatever packs them."""
    across, size = _number(stride, 1, _MOST_BYTES), _number(total, 1, _MOST_BYTES)
    need(_number(sent, 1, _MOST_BYTES) == size, "two counts that differ")
    need(size % across == 0, "a part of a row")
    need(label.now.dots is None and label.now.draw is None, "two things in one field")
    rows = _unpacked(data, across * 2)
    need(len(rows) * across == size, f"{len(rows)} rows of {across} bytes for {size}")
    flat = np.frombuffer(bytes.fromhex("".join(rows)), dtype=np.uint8)
    label.now.dots = np.unpackbits(flat.reshape(len(rows), across), axis=1).astype(bool)


def _unpacked(data: str, wide: int) -> list[str]:
    """Return the rows, *wide* digits each, by the Alternative Data Compression Scheme.

    A count stands before the digit that it repeats, several add up. ``,`` and ``!`` fill the row with 0 and with 1, and
    ``:`` repeats the row before. Not said anywhere, and so refused: a count that reaches into the next row, and a fill
    that begins within a byte ("if the string ends in an odd number of zeros, one zero and a single comma is required").
    """
    rows: list[str] = []
    row = ""
    at = 0
    while at < len(data):
        token = _TOKENS.match(data, at)
        need(token, data[at : at + 20])
        at = token.end()
        if token["plain"]:
            row += token["plain"]
            while len(row) >= wide:
                rows.append(row[:wide])
                row = row[wide:]
        elif token["counts"]:
            row += token["digit"] * sum(map(_count, token["counts"]))
            need(len(row) <= wide, "a count beyond its row")
        elif token["rest"]:
            need(len(row) % 2 == 0, f"{token['rest']} within a byte")
            row = row.ljust(wide, "0" if token["rest"] == "," else "F")
        else:
            need(not row and rows, ": without a row before it")
            row = rows[-1]
        if len(row) == wide:
            rows.append(row)
            row = ""
    need(not row, "a part of a row")
    return rows


def _count(letter: str) -> int:
    """``G`` to ``Y`` are 1 to 19, ``g`` to ``z`` are 20 to 400 by twenties."""
    return (
        "GHIJKLMNOPQRSTUVWXY".index(letter) + 1 if letter.isupper() else "ghijklmnopqrstuvwxyz".index(letter) * 20 + 20
    )


# --- codes --------------------------------------------------------------------------------------------------------


def _code_default(label: _Label, module: str, ratio: str, height: str) -> None:
    """``^BY``: holds until it is said again."""
    label.module = _number(module, 1, 10)
    label.ratio = _number(ratio.replace(".", ""), 20, 30)
    _number(height, 1, _LARGEST)


def _code(encode: Callable[[str, str], Iterable[bool] | str]) -> Callable[..., None]:
    """A command that draws a code of *encode*, which gets the data and the command's own letters."""

    def do(label: _Label, height: str, *letters: str) -> None:
        need(label.module, "a code without ^BY")
        need(label.now.at and label.now.dots is None and label.now.draw is None, "two things in one field")
        module, ratio, high = label.module, label.ratio, _number(height, 1, _LARGEST)

        def draw(data: str) -> np.ndarray:
            need(data, "a code of nothing")
            widths = [_dots(each, module, ratio) for each in encode(data, "".join(letters))]
            row = np.repeat(np.arange(len(widths)) % 2 == 0, widths)
            return np.broadcast_to(row, (high, len(row)))

        label.now.draw = draw

    return do


def _dots(element: str, module: int, ratio: int) -> int:
    """Dots of a bar or a gap: ``n``, ``w``, or modules.

    Of a wide one the guide says that it is rounded "to the nearest dot" (9 by 2.4 is 22), and shows one rounded down in
    the table below (9 by 2.4 is 21): only those that need no rounding are sure.
    """
    if element == "w":
        need(module * ratio % 10 == 0, f"a wide bar of {module * ratio / 10} dots")
        return module * ratio // 10
    return module if element == "n" else module * int(element)


_CODE128 = (
    # Dark and light modules of the symbol characters 0 to 105 as binary numbers (ISO/IEC 15417, table 1).
    0x6CC, 0x66C, 0x666, 0x498, 0x48C, 0x44C, 0x4C8, 0x4C4, 0x464, 0x648, 0x644, 0x624, 0x59C, 0x4DC, 0x4CE, 0x5CC,
    0x4EC, 0x4E6, 0x672, 0x65C, 0x64E, 0x6E4, 0x674, 0x76E, 0x74C, 0x72C, 0x726, 0x764, 0x734, 0x732, 0x6D8, 0x6C6,
    0x636, 0x518, 0x458, 0x446, 0x588, 0x468, 0x462, 0x688, 0x628, 0x622, 0x5B8, 0x58E, 0x46E, 0x5D8, 0x5C6, 0x476,
    0x776, 0x68E, 0x62E, 0x6E8, 0x6E2, 0x6EE, 0x758, 0x746, 0x716, 0x768, 0x762, 0x71A, 0x77A, 0x642, 0x78A, 0x530,
    0x50C, 0x4B0, 0x486, 0x42C, 0x426, 0x590, 0x584, 0x4D0, 0x4C2, 0x434, 0x432, 0x612, 0x650, 0x7BA, 0x614, 0x47A,
    0x53C, 0x4BC, 0x49E, 0x5E4, 0x4F4, 0x4F2, 0x7A4, 0x794, 0x792, 0x6DE, 0x6F6, 0x7B6, 0x578, 0x51E, 0x45E, 0x5E8,
    0x5E2, 0x7A8, 0x7A2, 0x5DE, 0x5EE, 0x75E, 0x7AE, 0x684, 0x690, 0x69C,
)  # fmt: skip
_CODE128_STOP = "1100011101011"
_START = {":": 104, ";": 105}
"""Start characters of sets B and C behind ``>`` (guide, table "Code 128 Invocation Characters")."""
_INVOKED = {
    "B": {"0": 30, "5": 99, "8": 102},  # the character >, code C, FNC 1
    "C": {"6": 100, "8": 102},  # code B, FNC 1
}


def _code128(data: str, _: str) -> str:
    """``^BC`` in mode N: what is sent is what is encoded. Set A, which we never ask for, is refused."""
    values = _code128_values(data)
    modules = "".join(f"{_CODE128[value]:011b}" for value in (*values, _check128(values))) + _CODE128_STOP
    return "".join(str(len(run[0])) for run in re.finditer("1+|0+", modules))


def _code128_values(data: str) -> list[int]:
    # "If no start code is entered, subset B is used": we say it.
    need(data[0] == ">" and data[1:2] in _START, "no start character")
    values = [_START[data[1]]]
    in_c = data[1] == ";"
    at = 2
    while at < len(data):
        codes = _INVOKED["C" if in_c else "B"]
        if data[at] == ">":
            code = data[at + 1 : at + 2]
            need(code in codes, f">{code} in set {'C' if in_c else 'B'}")
            values.append(codes[code])
            in_c = {99: True, 100: False}.get(values[-1], in_c)
            at += 2
        elif in_c:
            # The printer skips what is no pair of digits.
            need(re.match("[0-9]{2}", data[at:]), f"{data[at : at + 2]} is no pair of digits")
            values.append(int(data[at : at + 2]))
            at += 2
        else:
            need(" " <= data[at] <= "\x7e", "not of set B")
            values.append(ord(data[at]) - ord(" "))
            at += 1
    need(len(values) > 1, "a code of nothing")
    return values


def _check128(values: list[int]) -> int:
    """The sum of the values by their places, the start character counting once, modulo 103."""
    return (values[0] + sum(values[place] * place for place in range(1, len(values)))) % 103


def _two_of_five(digit: int) -> str:
    """Narrow and wide of a digit: the places weigh 1, 2, 4, 7 and parity, and two are wide; 0 weighs 11."""
    weights = (1, 2, 4, 7, 0)
    for left in range(5):
        for right in range(left + 1, 5):
            if weights[left] + weights[right] == (digit or 11):
                return "".join("w" if place in (left, right) else "n" for place in range(5))
    raise AssertionError(digit)


_DIGITS = [_two_of_five(digit) for digit in range(10)]


def _woven(bars: str, gaps: str) -> str:
    """Bars with the gaps that stand behind them."""
    return "".join(bar + gap for bar, gap in zip(bars, gaps.ljust(len(bars)), strict=True)).rstrip()


def _interleaved(data: str, _: str) -> str:
    """``^B2`` without a check digit of the printer's: pairs of digits, the second in the gaps of the first."""
    need(re.fullmatch("(?:[0-9]{2})+", data), "no pairs of digits")
    pairs = zip(data[::2], data[1::2], strict=True)
    return "nnnn" + "".join(_woven(_DIGITS[int(one)], _DIGITS[int(two)]) for one, two in pairs) + "wnn"


_CODE39 = {
    # ISO/IEC 16388: the bars are those of a digit in 2 of 5, the wide gap says which row; four have no wide bar.
    char: _woven(_DIGITS[(place + 1) % 10], gaps)
    for row, gaps in (("1234567890", "nwnn"), ("ABCDEFGHIJ", "nnwn"), ("KLMNOPQRST", "nnnw"), ("UVWXYZ-. *", "wnnn"))
    for place, char in enumerate(row)
} | {char: _woven("nnnnn", gaps) for char, gaps in zip("$/+%", ("wwwn", "wwnw", "wnww", "nwww"), strict=True)}


def _code39(data: str, _: str) -> str:
    """``^B3``: start and stop are the printer's. The gap between characters is one narrow bar, as in every sample."""
    need(set(data) <= _CODE39.keys() - {"*"}, "not of Code 39")
    return "n".join(_CODE39[char] for char in f"*{data}*")


_CODABAR = {
    # EN 798: four bars and three gaps; a digit has one wide bar and one wide gap.
    "0": "nnnnnww", "1": "nnnnwwn", "2": "nnnwnnw", "3": "wwnnnnn", "4": "nnwnnwn", "5": "wnnnnwn", "6": "nwnnnnw",
    "7": "nwnnwnn", "8": "nwwnnnn", "9": "wnnwnnn", "-": "nnnwwnn", "$": "nnwwnnn", ":": "wnnnwnw", "/": "wnwnnnw",
    ".": "wnwnwnn", "+": "nnwnwnw", "A": "nnwwnwn", "B": "nwnwnnw", "C": "nnnwnww", "D": "nnnwwwn",
}  # fmt: skip


def _codabar(data: str, ends: str) -> str:
    """``^BK``: start and stop are the command's, the data has none."""
    need(set(data) <= _CODABAR.keys() - set("ABCD"), "not of Codabar")
    return "n".join(_CODABAR[char] for char in ends[0] + data + ends[1])


# --- the commands -------------------------------------------------------------------------------------------------

_N = r"([0-9]{1,8})"
_COMMANDS: dict[str, tuple[str, Callable[..., None]]] = {
    "XA": ("", _Label.start),
    "CI": ("28", _fixed("CI")),  # UTF-8
    "PO": ("N", _fixed("PO")),  # not upside down
    "PM": ("N", _fixed("PM")),  # not mirrored
    "LR": ("N", _fixed("LR")),  # black on white
    "FW": ("N", _fixed("FW")),  # fields not turned
    "LH": (f"{_N},{_N}", _label_home),
    "PW": (_N, _print_width),
    "LL": (_N, _label_length),
    "MM": ("[CT]", _fixed("MM")),  # cutter, or tear off
    "MN": ("[YN]", _fixed("MN")),  # web sensing, or continuous media
    "FO": (f"{_N},{_N}", _field_origin),
    "GB": (f"{_N},{_N},{_N}", _graphic_box),
    "GF": (f"A,{_N},{_N},{_N},([0-9A-FG-Yg-z,!:]+)", _graphic_field),
    "BY": (f"{_N},([0-9][.][0-9]),{_N}", _code_default),
    # No code has an interpretation line or a check digit that the printer adds to the data.
    "BC": (f"N,{_N},N,N,N,N", _code(_code128)),
    "B2": (f"N,{_N},N,N,N", _code(_interleaved)),
    "B3": (f"N,N,{_N},N,N", _code(_code39)),
    "BK": (f"N,N,{_N},N,N,([A-D]),([A-D])", _code(_codabar)),
    "FH": ("([^ -,.~^]?)", _hexadecimal),
    "FD": ("(.+)", _field_data),
    "FS": ("", _Label.separator),
    "PQ": (f"{_N}(?:,([0-9]+),0,Y)?", _Label.quantity),
    "XZ": ("", _Label.end),
}
"""Each with its parameters."""
_HELD = {"CI", "PO", "PM", "LR", "FW", "LH", "PW", "LL"}
"""Commands whose values a printer keeps from label to label."""
