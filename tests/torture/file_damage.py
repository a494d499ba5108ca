"""What happens to exports on their way: each kind of damage by a seed, as bytes."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import replace

from tests.torture.file_tables import Table, written

__all__ = ["DAMAGES", "LARGE", "damaged"]

Damage = Callable[[Table, random.Random], bytes]
DAMAGES: dict[str, Damage] = {}
"""Kind -> what makes the bytes of a damaged export."""
LARGE: dict[str, Damage] = {}
"""Kinds that take many megabytes each."""


def _kind(name: str, among: dict[str, Damage] = DAMAGES) -> Callable[[Damage], Damage]:
    def keep(damage: Damage) -> Damage:
        among[name] = damage
        return damage

    return keep


def damaged(kind: str, table: Table, chance: random.Random) -> bytes:
    """Return an export as it arrives after this kind of damage."""
    return (DAMAGES | LARGE)[kind](table, chance)


def _with(table: Table, text: str) -> bytes:
    return text.encode(table.encoding, "replace")


def _into(text: str, piece: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + piece + text[at:]


def _rewritten(table: Table) -> bytes:
    return table.text.encode(table.encoding, "replace")


def _cell(table: Table, chance: random.Random, column: str, value: str) -> bytes:
    """Put a text into a cell; an order's number is the same in all its rows, else the row would be another order's."""
    place = table.place(column)
    was = table.place(table.shape.number)
    chosen = chance.choice(table.rows)
    of_order = [row for row in table.rows if row[was] == chosen[was]] if place == was else [chosen]
    for row in of_order:
        row[place] = value
    return table.text.encode("utf-8", "surrogatepass")


# --- letters --------------------------------------------------------------------------------------------------------


@_kind("nothing at all")
def _undamaged(table: Table, chance: random.Random) -> bytes:
    table.newline = chance.choice(("\r\n", "\n", "\r"))
    return table.data


@_kind("another encoding")
def _encoding(table: Table, chance: random.Random) -> bytes:
    names = ("euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "shift_jis", "latin-1")
    return table.text.encode(chance.choice(names), "replace")


@_kind("two encodings in one file")
def _mixed(table: Table, chance: random.Random) -> bytes:
    text = table.text
    cut = chance.randrange(len(text))
    first, second = chance.sample(("cp932", "utf-8", "euc_jp", "utf-16-le"), 2)
    return text[:cut].encode(first, "replace") + text[cut:].encode(second, "replace")


@_kind("bytes that are no letters")
def _bytes(table: Table, chance: random.Random) -> bytes:
    data = bytearray(table.data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(
            (b"\xff", b"\xfe", b"\x80", b"\xa0", b"\xfd", b"\xc3\x28", b"\xed\xa0\x80", b"\x81")
        )
    return bytes(data)


@_kind("a quotation mark alone")
def _quote(table: Table, chance: random.Random) -> bytes:
    return _with(table, _into(table.text, chance.choice(('"', '""', '"""', '","', '"\n"')), chance))


@_kind("a quotation mark missing")
def _unquoted(table: Table, chance: random.Random) -> bytes:
    text = table.text
    places = [at for at, letter in enumerate(text) if letter == '"'] or [0]
    at = chance.choice(places)
    return _with(table, text[:at] + text[at + 1 :])


@_kind("NUL")
def _nul(table: Table, chance: random.Random) -> bytes:
    data = table.data
    if chance.random() < 0.3:
        return data + bytes(chance.choice((1, 511, 4096)))
    at = chance.randrange(len(data))
    return data[:at] + bytes(chance.randint(1, 8)) + data[at:]


@_kind("a mark of the byte order in an odd place")
def _bom(table: Table, chance: random.Random) -> bytes:
    mark, data = b"\xef\xbb\xbf", table.text.encode("utf-8")
    if chance.random() < 0.3:
        return mark * chance.randint(2, 3) + data
    if chance.random() < 0.3:
        return chance.choice((b"\xff\xfe", b"\xfe\xff")) + data
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = mark + lines[at]
    return b"\n".join(lines)


@_kind("control and direction letters")
def _control(table: Table, chance: random.Random) -> bytes:
    letters = "\x01\x07\x08\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f\x7f\x85\u2028\u2029\u200b\u202e\u2066\ufeff\u00ad"
    table.encoding = "utf-8"
    shape = table.shape
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(table.rows)
        at = table.place(chance.choice((shape.number, shape.sku, shape.quantity, shape.name, shape.name)))
        row[at] = _into(row[at], chance.choice(letters), chance)
    return _rewritten(table)


@_kind("letters beyond the usual ones")
def _letters(table: Table, chance: random.Random) -> bytes:
    odd = (
        "\ud800",
        "👨‍👩‍👧",
        "e\u0301" * 60,
        "\U000e0041",
        "髙﨑",
        "\ufffd",
        "ﷺ" * 40,
        "\x1aend\x1a",
        "\x1abroken\x1a",
    )
    shape = table.shape
    return _cell(table, chance, chance.choice((shape.number, shape.sku, shape.name)), chance.choice(odd))


# --- rows -----------------------------------------------------------------------------------------------------------


@_kind("cut off at any byte")
def _cut(table: Table, chance: random.Random) -> bytes:
    return table.data[: chance.randrange(len(table.data))]


@_kind("cut off at the end of a row")
def _cut_row(table: Table, chance: random.Random) -> bytes:
    data = table.data
    ends = [at + 1 for at, byte in enumerate(data) if byte == 10]
    return data[: chance.choice(ends) - chance.randint(0, 3)]


@_kind("a hole in the middle")
def _hole(table: Table, chance: random.Random) -> bytes:
    data = table.data
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 700) :]


@_kind("a block of the disk that says nothing")
def _zeroed(table: Table, chance: random.Random) -> bytes:
    data = bytearray(table.data)
    at = chance.randrange(len(data)) // 512 * 512
    data[at : at + 512] = chance.choice((b"\0", b"\xff", b" ", b"\r\n")) * (512 // chance.choice((1, 2)))
    return bytes(data)


@_kind("a line break in a row")
def _break(table: Table, chance: random.Random) -> bytes:
    return _with(table, _into(table.text, chance.choice(("\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028")), chance))


@_kind("a delimiter too many")
def _delimiter(table: Table, chance: random.Random) -> bytes:
    lines = table.text.split(table.newline)
    at = chance.randrange(1, len(lines))
    lines[at] = _into(lines[at], table.shape.delimiter * chance.randint(1, 2), chance)
    return _with(table, table.newline.join(lines))


@_kind("a comma in a name without quotes")
def _comma(table: Table, chance: random.Random) -> bytes:
    shape = table.shape
    mark = shape.delimiter
    row = chance.choice(table.rows)
    row[table.place(shape.name)] = f"Thing{mark} large"
    plain = [[cell.replace(mark, "、").replace("\n", " ") for cell in each] for each in table.rows if each is not row]
    text = written([table.header, *plain], replace(shape, quoting=csv.QUOTE_ALL if mark == "," else csv.QUOTE_NONE))
    return _with(table, text + mark.join(row) + "\r\n")


@_kind("a cell too few")
def _short(table: Table, chance: random.Random) -> bytes:
    row = chance.choice(table.rows)
    first = table.place(table.shape.number) + 1  # without its number the row is another order's
    del row[chance.randrange(first, len(row)) :: chance.choice((1, 1000))]
    return _rewritten(table)


@_kind("rows of another kind between")
def _between(table: Table, chance: random.Random) -> bytes:
    lines = table.text.split(table.newline)
    odd = ("", "   ", ",,,,", "合計", "sep=,", "# note", '"', "\t\t", "-" * 40, "<html><body>", lines[0], "\x1a")
    for _ in range(chance.randint(1, 3)):
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(odd))
    return _with(table, table.newline.join(lines))


@_kind("the rows in any order")
def _shuffled(table: Table, chance: random.Random) -> bytes:
    chance.shuffle(table.rows)
    table.orders = {number: list(lines) for number, lines in table.orders.items()}
    return table.data


@_kind("the file twice in one")
def _twice(table: Table, chance: random.Random) -> bytes:
    return table.data + table.data[: chance.choice((len(table.data), chance.randrange(len(table.data))))]


@_kind("no file of orders at all")
def _nothing(table: Table, chance: random.Random) -> bytes:
    return chance.choice(
        (
            *(
                b"",
                b"\n",
                b"\r\n\r\n",
                b"\xef\xbb\xbf",
                b"\xff\xfe",
                b" ",
                b",",
                b'"',
                b"\0",
                b"\x1a",
                b"%PDF-1.7",
                b"PK\x03\x04",
            ),
            *(
                b"\x1f\x8b\x08",
                b"7z\xbc\xaf",
                b"<html>404</html>",
                b"{}",
                b"a" * 200_000,
                b"," * 200_000,
                b'"' * 99_999,
            ),
            table.text.split(table.newline)[0].encode(table.encoding),
            b"\n" * 100_000,
            chance.randbytes(3_000),
        )
    )


# --- the header -----------------------------------------------------------------------------------------------------


@_kind("a column renamed")
def _renamed(table: Table, chance: random.Random) -> bytes:
    shape = table.shape
    at = chance.choice(
        (*map(table.place, (shape.number, shape.sku, shape.quantity)), chance.randrange(len(table.header)))
    )
    name = table.header[at]
    table.header[at] = chance.choice(
        (f" {name} ", name + "（新）", name.upper(), "", f"{name}\n", f"\ufeff{name}", "列")
    )
    return table.text.encode("utf-8")


@_kind("the columns in another order")
def _moved(table: Table, chance: random.Random) -> bytes:
    places = list(range(len(table.header)))
    if len(set(table.header)) < len(places):  # of two of one name the first counts: they stay in their order
        shift = chance.randrange(len(places))
        places = [at for at in places if at >= shift] + [at for at in places if at < shift]
        if any(table.header.count(table.header[at]) > 1 for at in places):
            places = list(range(len(table.header)))
    else:
        chance.shuffle(places)
    table.header = [table.header[at] for at in places]
    table.rows = [[row[at] for at in places] for row in table.rows]
    return table.data


@_kind("a column missing")
def _missing(table: Table, chance: random.Random) -> bytes:
    at = chance.randrange(len(table.header))
    everywhere = chance.random() < 0.6
    del table.header[at]
    if everywhere:
        for row in table.rows:
            del row[at]
    return table.data


@_kind("a column more")
def _more(table: Table, chance: random.Random) -> bytes:
    at = chance.randrange(len(table.header) + 1)
    table.header.insert(at, chance.choice(("備考2", "", "x" * 5_000)))
    if chance.random() < 0.6:
        for row in table.rows:
            row.insert(at, chance.choice(("", "x")))
    return table.data


@_kind("a column twice")
def _doubled(table: Table, chance: random.Random) -> bytes:
    shape = table.shape
    at = table.place(chance.choice((shape.number, shape.sku, shape.quantity, chance.choice(table.header))))
    table.header.append(table.header[at])
    for row in table.rows:
        row.append(chance.choice((row[at], "", "7")))
    return table.data


@_kind("ten thousand columns")
def _wide(table: Table, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        table.header += [f"c{at}" for at in range(10_000)]
        table.rows = [row + [""] * 10_000 for row in table.rows]
    else:
        chance.choice(table.rows).extend([chance.choice(("", "x"))] * 10_000)
    return table.data


# --- cells ----------------------------------------------------------------------------------------------------------


@_kind("a cell of a megabyte")
def _large_cell(table: Table, chance: random.Random) -> bytes:
    shape = table.shape
    column = chance.choice((shape.name, shape.name, shape.number, shape.sku, shape.quantity))
    return _cell(table, chance, column, chance.choice("xあ9") * chance.choice((100_000, 131_072, 131_073, 1_000_000)))


@_kind("a formula")
def _formula(table: Table, chance: random.Random) -> bytes:
    said = ("=1+1", "@SUM(A1)", "+1+1", "-1+1", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")', '="SKU-1"', "'=1")
    shape = table.shape
    column = chance.choice((shape.name, shape.number, shape.sku, shape.quantity, *table.header))
    value = chance.choice(said)
    if shape.quoting == csv.QUOTE_NONE:
        value = value.strip()
    return _cell(table, chance, column, value)


@_kind("a number that cannot be")
def _number(table: Table, chance: random.Random) -> bytes:
    odd = (
        *(
            "1e308",
            "9" * 400,
            "-1",
            "0",
            "1.5",
            "NaN",
            "inf",
            "1E+05",
            "4.44E+11",
            "１２",
            "٣",
            "²",
            "1,000",
            "1_000",
            "0x10",
        ),
        *(
            "+3",
            "1.0",
            "2 個",
            "",
            " ",
            "99999999",
            "9999999",
            "−2",
            "1/2",
            "½",
            "三",
            "TRUE",
            "#N/A",
            "1 000",
            "1.000,5",
        ),
    )
    shape = table.shape
    column = chance.choice((shape.quantity, shape.quantity, shape.number, *table.header))
    return _cell(table, chance, column, chance.choice(odd))


@_kind("a day that cannot be")
def _day(table: Table, chance: random.Random) -> bytes:
    odd = (
        *("0000-00-00 00:00:00", "99999-12-31", "2026-02-31", "2026-13-01 25:61:61", "1900-01-00", "60", "-1", "1e9"),
        *(
            "9999-12-31T23:59:59+23:59",
            "0001-01-01T00:00:00-23:59",
            "2026-09-14T00:00:00+99:99",
            "令和8年9月14日",
            "24:00",
        ),
        *(
            "2026-09-14 24:00:00",
            "2026-09-14T00:00:00.123456789Z",
            "２０２６/９/１４",
            "Sep 14 2026",
            "20260914",
            "#####",
        ),
    )
    days = [name for name in table.header if any(each in name for each in ("日", "at", "date", "Time", "Date", "時"))]
    for row in table.rows:
        row[table.place(chance.choice(days or table.header))] = chance.choice(odd)
    table.encoding = "utf-8"
    return table.data


@_kind("anything in a cell of the order")
def _anything(table: Table, chance: random.Random) -> bytes:
    odd = (
        *(
            "",
            "-9999",
            "x" * 3_000,
            "\u202e",
            "[配送日時指定:]",
            "a:b",
            "key: value",
            "{0}",
            "%s",
            "../../x",
            "';--",
            "<b>",
        ),
        *(
            "000",
            "+81 90 0000 0000",
            "〒",
            "北海道",
            "'100-0000",
            "9.01E+10",
            "3月1日",
            "1-2",
            "null",
            "NULL",
            "\\",
            "JP-99",
        ),
    )
    for _ in range(chance.randint(1, 5)):
        column = chance.choice([name for name in table.header if name not in (table.shape.number, *table.shape.also)])
        chance.choice(table.rows)[table.place(column)] = chance.choice(odd)
    table.encoding = "utf-8"
    return table.data


# --- much of it -----------------------------------------------------------------------------------------------------


@_kind("a row of 100 MB", LARGE)
def _large_row(table: Table, chance: random.Random) -> bytes:
    lines = table.text.split(table.newline)
    piece = chance.choice(("x", ",", '"', 'x"', ",x"))
    lines.insert(chance.randrange(1, len(lines)), piece * (100_000_000 // len(piece)))
    return _with(table, table.newline.join(lines))


@_kind("a row without end and quotes", LARGE)
def _open_quote(table: Table, chance: random.Random) -> bytes:
    row = table.rows[chance.randrange(len(table.rows))]
    text = written([table.header, row], table.shape) + '"' + "x,\n" * 33_000_000
    return _with(table, text)


@_kind("a million rows of nothing", LARGE)
def _blank_rows(table: Table, chance: random.Random) -> bytes:
    return table.data + (table.shape.delimiter * (len(table.header) - 1) + "\r\n").encode() * 1_000_000


@_kind("a million rows of one order", LARGE)
def _one_order(table: Table, chance: random.Random) -> bytes:
    return table.data + written([table.rows[-1]], table.shape).encode(table.encoding, "replace") * 1_000_000
