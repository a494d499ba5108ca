"""From rows to orders, as a stream: what every channel shares.

Two passes. The first finds orders whose rows do not stand together and judges damaged rows; the second builds an order
as soon as its last row is read and the next one begins, so only unfinished orders are in memory, however large the
file is. Knows no column by name: a channel hands in a :class:`Plan`.

An order never goes out incomplete because its file could not be read: a damaged row or line leaves its order in, with
what could be read, under the hold *by hand*.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from operator import itemgetter
from zoneinfo import ZoneInfo

from app.channels._source import END, SourceFile, lost_row, readable
from app.domain.intake import (
    LONGEST_KEY,
    NO_SKU,
    excel_damaged,
    excel_date,
    problem,
    read_block,
    read_email,
    read_line,
    read_moment,
    read_money,
    read_quantity,
    read_rate,
)
from app.domain.orders import Hold, IncomingLine, IncomingOrder, Problem
from app.errors import FileUnusable, SettingsWrong

__all__ = ["MOST_LINES", "Cells", "Gathered", "Key", "Plan", "Runs", "line_reader", "mark_of", "stream"]

MOST_LINES = 5_000
"""Lines an order may have, and oddities told of it; more are the rows of a whole file under one number."""
Key = str | tuple[str, ...]
"""An order in a file: its number, or number and ship-to columns, as written."""


@dataclass(slots=True)
class Gathered:
    """An order whose rows are being read."""

    number: str
    """The order number, cleaned."""
    ship_to_key: str
    row: int
    """Its first row."""
    values: tuple[str, ...]
    """Order-level cells as read: the first non-empty one of each column."""
    last: tuple[str, ...]
    """Order-level cells of the row before, so that equal ones are compared once."""
    lines: list[IncomingLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is odd about it; told when the order is complete."""
    damaged: bool = False
    """Something of it could not be read: the order is held by hand."""
    shipped: int = 0
    """Lines left out because the shop has shipped them."""
    too_many: bool = False
    """It has more than :data:`MOST_LINES` lines: nothing of it is taken in."""
    differing: set[int] | None = None
    """Order-level columns already reported as differing between rows."""
    line_ids: set[str] | None = None
    """The shop's keys of the lines read so far."""
    kept: dict[str, str] = field(default_factory=dict)
    """What the channel keeps of single rows until the order is made."""

    def once(self, line_id: str) -> bool:
        """Whether a row with this key of a line was there before; remembers it."""
        known = self.line_ids is not None and line_id in self.line_ids
        if self.line_ids is None:
            self.line_ids = set()
        self.line_ids.add(line_id)
        return known


@dataclass(frozen=True, slots=True)
class Plan:
    """How a channel's rows become orders; columns are places in a row."""

    number: int
    """Column of the order number."""
    ship_to: tuple[int, ...]
    """Columns that tell several ship-tos of one order apart; empty where an order has only one."""
    fields: tuple[str, ...]
    """Names of the order-level fields."""
    columns: tuple[int, ...]
    """Their columns, in the same order."""
    needed: int
    """Cells a row must have so that nothing of its line is missing."""
    line: Callable[[list[str], int, Gathered], IncomingLine | None]
    """Makes a row's line; None where the row has none to ship."""
    order: Callable[[Gathered, Cells], IncomingOrder | None]
    """Makes the order of its rows; None where it is left out (its one problem says why)."""
    address: str = "ship_to"
    """Beginning of the fields that say where the goods go: rows that differ in them hold the order."""


class Cells:
    """The order-level cells of one order by field, cleaned; what is odd goes into the order's problems."""

    __slots__ = ("_columns", "_entry", "_file", "_raw", "_zone")

    def __init__(self, entry: Gathered, fields: tuple[str, ...], columns: dict[str, str], file: str, zone: str) -> None:
        self._entry = entry
        self._raw = dict(zip(fields, entry.values, strict=True))
        self._columns = columns
        self._file = file
        self._zone = zone

    def raw(self, name: str) -> str:
        """The cell as read; empty where the file has no such column."""
        return self._raw.get(name, "")

    def has(self, name: str) -> bool:
        """Whether the file has such a column."""
        return name in self._raw

    def say(self, name: str, key: str, value: str | None = None, **args: str) -> None:
        """Report what is odd about the cell of *name*."""
        shown = self.raw(name) if value is None else value
        column = self._columns.get(name) or self._columns.get(f"{name}#0", "")  # the first of several joined ones
        self._entry.problems.append(problem(self._file, self._entry.row, column, shown, key, **args))

    def line(self, name: str) -> str:
        """Text of one line."""
        value = self._raw.get(name)
        if not value:
            return ""
        if value.isprintable():
            return value.strip()
        clean, control = read_line(value)
        if control:
            self.say(name, "cell.control_character")
        return clean

    def block(self, name: str) -> str:
        """Text of several lines."""
        value = self._raw.get(name)
        if not value:
            return ""
        clean, control = read_block(value)
        if control:
            self.say(name, "cell.control_character")
        return clean

    def number(self, name: str, value: str | None = None) -> str:
        """A phone number or postcode; one that a spreadsheet turned into ``9.01E+10`` is lost and said.

        :param value: the text, where it is not simply the cell.
        """
        text = self.line(name) if value is None else value
        if "+" in text and excel_damaged(text):
            self.say(name, "cell.excel_damage")
            return ""
        return text

    def street(self, name: str) -> str:
        """A house number or street; one that a spreadsheet made a date of holds the order."""
        text = self.line(name)
        if text and excel_date(text):
            self.say(name, "cell.excel_date")
            self._entry.damaged = True
        return text

    def email(self, name: str = "email", value: str | None = None) -> str:
        """A mail address; what is none is said and left out.

        :param value: the text, where it is not simply the cell.
        """
        text = self.line(name) if value is None else value
        found = read_email(text) if text else ""
        if found is None:
            self.say(name, "cell.bad_email")
            return ""
        return found

    def money(self, name: str, value: str | None = None) -> str:
        """An amount as decimal text; empty where there is none.

        :param value: the text, where it is not simply the cell.
        """
        text = self._raw.get(name) if value is None else value
        if not text:
            return ""
        amount = read_money(text)
        if amount is None:
            self.say(name, "cell.bad_money", text)
            return ""
        return amount

    def moment(self, name: str, formats: tuple[str, ...] = (), value: str | None = None) -> int | None:
        """A time in milliseconds UTC.

        :param value: the text, where it is not simply the cell.
        """
        text = (self._raw.get(name, "") if value is None else value).strip()
        if not text:
            return None
        found = read_moment(text, self._zone, formats)
        if found is None:
            self.say(name, "cell.bad_date", text)
        return found


# --- lines ------------------------------------------------------------------------------------------------------

GoodsLine = Callable[[str, str, str, str, str, str, int, Gathered], IncomingLine | None]


def line_reader(file: str, columns: dict[str, str], non_goods: Callable[[str], bool]) -> GoodsLine:
    """Return the function that makes a line of its cells ``(sku, name, quantity, price, tax rate, options)``.

    :param columns: field -> column name, for reports.
    :param non_goods: whether a SKU is none of the goods (postage, vouchers).
    """

    def odd(at: str, value: str, key: str, row: int, entry: Gathered, **args: str) -> None:
        entry.problems.append(problem(file, row, columns.get(at, ""), value, key, **args))

    def text(at: str, value: str, row: int, entry: Gathered, *, block: bool = False) -> str:
        clean, control = (read_block if block else read_line)(value)
        if control:
            odd(at, value, "cell.control_character", row, entry)
        return clean

    def amount(at: str, value: str, row: int, entry: Gathered) -> str:
        found = read_rate(value) if at == "tax_rate" else read_money(value)
        if found is None:
            odd(at, value, "cell.bad_money", row, entry)
            return ""
        return found

    def goods(
        sku: str, name: str, quantity: str, price: str, tax: str, options: str, row: int, entry: Gathered
    ) -> IncomingLine | None:
        sku = sku.strip() if sku.isprintable() else text("sku", sku, row, entry)
        name = name.strip() if name.isprintable() else text("name", name, row, entry)
        if not sku:
            if not name and not quantity.strip():
                return None
            odd("sku", name, "line.no_sku", row, entry, name=name)
            sku = NO_SKU
        elif len(sku) > LONGEST_KEY:
            odd("sku", sku, "row.key_too_long", row, entry, most=str(LONGEST_KEY))
            entry.damaged = True
            return None
        elif "+" in sku and excel_damaged(sku):
            odd("sku", sku, "cell.excel_damage", row, entry)
            entry.damaged = True
            return None
        elif excel_date(sku):  # a shop may have such codes: whether it is one, its products say
            odd("sku", sku, "cell.excel_date", row, entry)
        if non_goods(sku):
            odd("sku", sku, "line.non_goods", row, entry, name=name)
            return None
        pieces, key = read_quantity(quantity)
        if key:
            odd("quantity", quantity, key, row, entry, sku=sku, quantity=str(pieces))
            if not pieces:
                entry.damaged = entry.damaged or key != "line.quantity_zero"
                return None
        return IncomingLine(
            sku,
            name,
            pieces,
            price and amount("price", price, row, entry),
            tax and amount("tax_rate", tax, row, entry),
            options and text("options", options, row, entry, block=True),
            row,
        )

    return goods


# --- first pass -------------------------------------------------------------------------------------------------

_PARTS = 256
_MASK = (1 << 64) - 1


class Runs:
    """Rows of one key that stand together, counted for a file of any size: eight bytes each.

    The rows of an order usually stand together, and then it is complete where the next one begins. Only of keys that
    come again later, the number of runs is kept. Keys are told apart by 64 bits of their hash; two that share them
    cost nothing but the memory of an order that is told at the end of the file.
    """

    __slots__ = ("_parts", "number")

    def __init__(self) -> None:
        self._parts = [array("Q") for _ in range(_PARTS)]
        self.number = 0

    def add(self, key: Key) -> None:
        """Count one more run of *key*."""
        mark = mark_of(key)
        self._parts[mark % _PARTS].append(mark)
        self.number += 1

    def drop(self, key: Key) -> None:
        """Take back the run that was counted last, which was one of *key*."""
        self._parts[mark_of(key) % _PARTS].pop()
        self.number -= 1

    def again(self) -> dict[int, int]:
        """Return the marks of keys with several runs, and how many each has; forgets all others."""
        found: dict[int, int] = {}
        for part in self._parts:
            if len(set(part)) < len(part):
                found |= {mark: number for mark, number in Counter(part).items() if number > 1}
        self._parts = []
        return found


def mark_of(key: Key) -> int:
    """Return how :meth:`Runs.again` names *key*."""
    return hash(key) & _MASK


@dataclass(slots=True)
class _Survey:
    """What the first pass found out."""

    width: int
    floor: int
    """Cells a row must have: those of its line, and as far as any row has something in its cells."""
    surplus: int | None = None
    """Empty cells that every row has after its last column, as some programs end rows with a delimiter; None: any
    number. A row that has them alone has shifted: a name with a comma and without quotation marks does that."""
    again: dict[int, int] = field(default_factory=dict)
    """Runs of orders whose rows do not stand together, by the mark of their cleaned key."""
    held: set[str] = field(default_factory=set)
    """Numbers of orders that a damaged row belongs to, or may belong to, whatever its ship-to says."""
    apart: frozenset[int] = frozenset()
    """Orders, by mark, whose rows do not stand together, where a row was lost that may be anybody's."""
    first: str = ""
    """Number of the first order."""
    cut: int = 0
    """The last row where it is damaged though it has its cells: cut off, or its quote never closed."""
    runs: int = 0
    rows: int = 0
    """Rows that are not blank."""
    shorter: int = 0
    """Rows used though they have fewer cells than the header."""
    wider: Counter[int] = field(default_factory=Counter)
    """Cells -> rows used though they have more than the header."""

    def wrong_with(self, row: list[str]) -> str:
        """Return the key of what is wrong with a row of another width; empty where it can be used."""
        if lost := lost_row(row):
            return lost
        if row[-1].endswith(END):  # a quote was opened and never closed
            return "row.truncated"
        if len(row) > self.width:
            odd = self.surplus is not None and len(row) != self.width + self.surplus
            return "row.too_many_columns" if odd or any(row[self.width :]) else ""
        return "row.truncated" if len(row) < self.floor else ""


def _survey(source: SourceFile, plan: Plan, key: Callable[[list[str]], Key]) -> _Survey:
    found = _look(source, plan, key, _Survey(len(source.header), plan.needed))
    if not found.shorter and not found.wider:
        return found
    # Rows differ in width: what they have in common decides, and the file is looked through again.
    floor = max(plan.needed, _filled(source, found.width)) if found.shorter else plan.needed
    alike = len(found.wider) == 1 and found.wider.total() == found.rows
    surplus = next(iter(found.wider)) - found.width if alike else 0
    found = _look(source, plan, key, _Survey(len(source.header), floor, surplus))
    if found.shorter == found.rows and source.header:  # the first rows may have run into the header
        found.held.add(found.first)
    return found


def _filled(source: SourceFile, width: int) -> int:
    """Return how many cells of a row it takes to have everything that rows with all their cells say."""
    most = 0
    for row in source.records():
        if len(row) >= width and not row[-1].endswith(END):
            while most < width and any(map(str.strip, row[most:width])):
                most += 1
    return most


def _look(source: SourceFile, plan: Plan, key: Callable[[list[str]], Key], found: _Survey) -> _Survey:
    runs = Runs()
    before: Key | None = None
    previous: Key = ""
    short: tuple[int, Key, int] = (0, "", 0)
    held: list[Key] = []
    lost, after, damaged = False, 0, 0
    for number, row in enumerate(source.records(), source.skipped + 1):
        if len(row) != found.width or row[-1].endswith(END):
            if row == [END]:
                if short[0] == number - 1 > source.skipped and not _ends_with_break(source):
                    found.cut = number - 1
                    held.append(short[1])
                    if runs.number > short[2]:
                        runs.drop(_clean_key(short[1]))
                break
            if not any(row):
                continue
            found.width = found.width or len(row)
            if found.wrong_with(row):
                found.rows += 1
                damaged += 1
                if damaged > _MOST_DAMAGED and 2 * damaged > found.rows:
                    raise FileUnusable("file.damaged", file=source.name, rows=damaged)
                found.cut = number if len(row) == found.width else 0
                lost = lost or len(row) <= _last_key(plan) or row[-1].endswith(END)
                held += [previous, key(row)] if len(row) > _last_key(plan) else [previous]
                torn = len(row) <= _last_key(plan) + 1
                # What was lost may have been the first rows of the order that comes next, or of the one after it where
                # the next is the other half of a torn number.
                after = 2 if torn else 1
                continue
            if len(row) < found.width:
                found.shorter += 1
                short = (number, key(row), runs.number)
            elif len(row) > found.width:
                found.wider[len(row)] += 1
        found.rows += 1
        raw = key(row)
        if after and raw != held[-1]:
            held.append(raw)
            after -= 1
        if raw != previous or before is None:
            clean = _clean_key(raw)
            if _is_odd(raw, source.delimiter) or (not _number(clean) and _has_goods(plan, row, number, found.width)):
                held += [previous, raw]
                after = 1
            previous = raw
            if before is None:
                found.first = _number(clean)
            if clean != before:
                before = clean
                runs.add(clean)
    if not found.rows:
        raise FileUnusable("file.no_rows", file=source.name)
    found.runs, found.again = runs.number, runs.again()
    found.held = {_number(_clean_key(raw)) for raw in held}
    found.apart = frozenset(found.again) if lost else frozenset()
    return found


_MOST_DAMAGED = 1_000
"""A file with more damaged rows than this, and than good ones so far, is no list of orders: nothing is taken of it."""


def _last_key(plan: Plan) -> int:
    return max(plan.number, *plan.ship_to) if plan.ship_to else plan.number


_NOTHING_SAID = {"line.no_sku", "line.quantity_missing"}
"""What is said of a row that has a name of goods at most, such as one of sums."""
_TORN = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")


def _is_odd(raw: Key, delimiter: str) -> bool:
    """Whether something broke the key of an order in two or ran into it, so that it may be another's."""
    parts = (raw,) if isinstance(raw, str) else raw
    return any(delimiter in part or '"' in part or _is_torn(part) for part in parts) or _is_too_long(raw)


def _is_too_long(key: Key) -> bool:
    return len(key) > LONGEST_KEY if isinstance(key, str) else any(len(part) > LONGEST_KEY for part in key)


def _is_torn(part: str) -> bool:
    return not part.isprintable() and (_TORN.search(part.strip()) is not None or not _clean(part).isprintable())


def _has_goods(plan: Plan, row: list[str], number: int, width: int) -> bool:
    """Whether a row without an order's number says something of goods."""
    entry = Gathered("", "", number, (), ())
    line = plan.line((row + [""] * width)[:width], number, entry)
    return line is not None or any(each.key not in _NOTHING_SAID for each in entry.problems)


def _number(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def _ends_with_break(source: SourceFile) -> bool:
    with readable(source.name), source.content.open("rb") as file:
        file.seek(max(0, source.content.stat().st_size - 4))
        return file.read().rstrip(b"\x00")[-1:] in {b"\n", b"\r"}


def _clean_key(raw: Key) -> Key:
    return _clean(raw) if isinstance(raw, str) else tuple(map(_clean, raw))


def _clean(text: str) -> str:
    return text.strip() if text.isprintable() else read_line(text)[0]


# --- second pass ------------------------------------------------------------------------------------------------


def stream(
    source: SourceFile, plan: Plan, columns: dict[str, str], zone: str, notes: list[Problem] | None = None
) -> Iterator[IncomingOrder | Problem]:
    """Yield the orders of *source* with their problems before them, each as soon as its last row is read.

    :param columns: field -> column name, for reports.
    :param zone: time zone of times that name none.
    :param notes: problems of the header, told first.
    """
    _require_zone(zone)
    yield from notes or ()
    yield from source.notes
    key: Callable[[list[str]], Key] = itemgetter(plan.number, *plan.ship_to)
    cells = itemgetter(*(plan.columns if len(plan.columns) > 1 else (plan.number, *plan.columns, plan.number)))
    if len(plan.columns) <= 1:
        plan = replace(plan, fields=("number", *plan.fields, "number"))
    yield from _Second(source, plan, columns, zone, key, cells).orders()


class _Second:
    """The second pass over a file."""

    def __init__(
        self,
        source: SourceFile,
        plan: Plan,
        columns: dict[str, str],
        zone: str,
        key: Callable[[list[str]], Key],
        cells: Callable[[list[str]], tuple[str, ...]],
    ) -> None:
        self._source, self._plan, self._columns, self._zone = source, plan, columns, zone
        self._key, self._cells = key, cells
        self._survey = _survey(source, plan, key)
        self._waiting: dict[Key, Gathered] = {}
        """Orders some of whose rows are still to come, though others' rows stand between."""
        self._rows = self._runs = 0

    def orders(self) -> Iterator[IncomingOrder | Problem]:
        """Yield the orders, each when its last row is read and the next one begins."""
        source, plan, survey, name = self._source, self._plan, self._survey, self._source.name
        key, cells, make_line, width = self._key, self._cells, plan.line, survey.width
        raw_before: Key | None = None
        key_before: Key | None = None
        entry: Gathered | None = None
        above = not source.header  # without a header the first row with something in it says how wide rows are
        for number, cells_read in enumerate(source.records(), source.skipped + 1):
            row = cells_read
            if above:
                if not any(row):
                    continue
                above = False
            if len(row) != width or number == survey.cut:
                if not any(row) or row == [END]:
                    continue
                wrong = "row.truncated" if number == survey.cut else survey.wrong_with(row)
                if wrong:
                    self._rows += 1
                    yield _row_problem(source, row, number, wrong, width, plan)
                    continue
                if len(row) < width:
                    yield problem(name, number, "", "", "row.short", cells=str(len(row)), columns=str(width))
                row = (row + [""] * width)[:width]
            self._rows += 1
            raw = key(row)
            if raw != raw_before:
                raw_before = raw
                clean = _clean_key(raw)
                if clean != key_before:
                    yield from self._end_of_run(key_before, entry)
                    key_before = clean
                    self._runs += 1
                    entry = self._waiting.pop(clean, None)
            if entry is None:
                assert key_before is not None
                order_number = _number(key_before)
                if not order_number or excel_damaged(order_number) or _is_too_long(key_before):
                    if _is_too_long(key_before):
                        column = self._columns.get("number", str(plan.number + 1))
                        yield problem(name, number, column, order_number, "row.key_too_long", most=str(LONGEST_KEY))
                    elif any(map(str.strip, row)):
                        yield _no_number(source, number, plan, self._columns, order_number)
                    continue
                values = cells(row)
                ship_to = "" if isinstance(key_before, str) else "/".join(key_before[1:])
                entry = Gathered(order_number, ship_to, number, values, values)
            elif entry.last != (values := cells(row)):
                _merge(name, plan, self._columns, entry, values, number)
            if len(entry.lines) + len(entry.problems) > MOST_LINES:
                entry.too_many = True
                continue
            line = make_line(row, number, entry)
            if line is not None:
                entry.lines.append(line)
            elif len(cells_read) < width:  # its cells may have shifted: what says "no line" may be another cell
                entry.damaged = True
        # The last order may be half of one if somebody wrote the file meanwhile: it is not told then.
        if (self._rows, self._runs) != (survey.rows, survey.runs):
            raise FileUnusable("file.changed", file=name)
        yield from self._end_of_run(key_before, entry)
        for waiting, each in list(self._waiting.items()):
            yield from self._complete(waiting, each)

    def _end_of_run(self, key: Key | None, entry: Gathered | None) -> Iterator[IncomingOrder | Problem]:
        """Tell the order of *key* unless more rows of it stand farther down."""
        if key is None or entry is None:
            return
        again = self._survey.again
        mark = mark_of(key)
        left = again.get(mark, 1) - 1
        if left:
            again[mark] = left
            self._waiting[key] = entry
        else:
            again.pop(mark, None)
            yield from self._complete(key, entry)

    def _complete(self, key: Key, entry: Gathered) -> Iterator[IncomingOrder | Problem]:
        if _number(key) in self._survey.held or mark_of(key) in self._survey.apart:
            entry.damaged = True
        yield from _finished(self._source.name, self._plan, self._columns, self._zone, entry)


def _require_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError) as error:
        raise SettingsWrong("intake.unknown_timezone", timezone=zone) from error


def _row_problem(source: SourceFile, row: list[str], number: int, key: str, width: int, plan: Plan) -> Problem:
    lost = lost_row(row)
    order = row[plan.number].removesuffix(END) if not lost and len(row) > plan.number else ""
    cells = "0" if lost else str(len(row))
    return problem(source.name, number, "", order, key, cells=cells, columns=str(width))


def _no_number(source: SourceFile, row: int, plan: Plan, columns: dict[str, str], number: str) -> Problem:
    column = columns.get("number", str(plan.number + 1))
    return problem(source.name, row, column, number, "order.excel_damage" if number else "row.no_order_number")


def _merge(file: str, plan: Plan, columns: dict[str, str], entry: Gathered, values: tuple[str, ...], row: int) -> None:
    """Fill order-level cells that were empty so far, and report those that say something else than before."""
    entry.last = values
    merged = list(entry.values)
    for place, (old, new) in enumerate(zip(entry.values, values, strict=True)):
        if new == old or not (said := new.strip()):
            continue
        if not old.strip():
            merged[place] = new
        elif said != old.strip() and (entry.differing is None or place not in entry.differing):
            entry.differing = (entry.differing or set()) | {place}
            name = plan.fields[place]
            entry.problems.append(
                problem(file, row, columns.get(name, ""), said, "order.inconsistent", first=old.strip()[:120])
            )
            # Two addresses under one key: nobody knows where the goods go until a person has looked.
            entry.damaged = entry.damaged or name.startswith(plan.address)
    entry.values = tuple(merged)


def _finished(
    file: str, plan: Plan, columns: dict[str, str], zone: str, entry: Gathered
) -> Iterator[IncomingOrder | Problem]:
    where = columns.get("number", "")
    if entry.too_many:
        yield problem(file, entry.row, where, entry.number, "order.too_many_lines", most=str(MOST_LINES))
        return
    order = plan.order(entry, Cells(entry, plan.fields, columns, file, zone))
    if order is None:
        yield from entry.problems
        return
    if order.cancelled:  # what else is odd about it matters to nobody any more
        yield problem(file, entry.row, where, order.number, "order.cancelled_in_shop")
        yield replace(order, holds=()) if order.holds else order
        return
    if not order.lines:
        if entry.shipped:
            yield problem(file, entry.row, where, order.number, "order.already_shipped")
            return
        yield from entry.problems
        yield problem(file, entry.row, where, order.number, "order.no_lines")
        return
    yield from entry.problems
    holds = order.holds
    if len(order.lines) > 1:
        yield from _same_sku(file, columns, order)
    if any(line.sku is NO_SKU for line in order.lines):
        holds = (*holds, Hold.UNKNOWN_PRODUCT)
    if entry.damaged and Hold.BY_HAND not in holds:
        holds = (*holds, Hold.BY_HAND)
    yield order if holds is order.holds else replace(order, holds=holds)


def _same_sku(file: str, columns: dict[str, str], order: IncomingOrder) -> Iterator[Problem]:
    if len({line.sku for line in order.lines}) == len(order.lines):
        return
    seen: dict[str, int] = {}
    for line in order.lines:
        first = seen.setdefault(line.sku, line.row)
        if first != line.row and line.sku is not NO_SKU:
            at = columns.get("sku", "")
            yield problem(file, line.row, at, line.sku, "line.same_sku", order=order.number, first=str(first))
