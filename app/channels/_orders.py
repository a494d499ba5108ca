"""From rows to orders, as a stream: what every channel shares.

Two passes. The first counts the rows of each order and judges damaged rows; the second builds an order as soon as its
last row is read, so rows of an order need not stand together and only unfinished orders are in memory. Knows no
column by name: a channel hands in a :class:`Plan`.

An order never goes out incomplete because its file could not be read: a damaged row or line leaves its order in, with
what could be read, under the hold *by hand*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from operator import itemgetter
from zoneinfo import ZoneInfo

from app.channels._source import BROKEN, END, SourceFile
from app.domain.intake import (
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

__all__ = ["Cells", "Gathered", "Plan", "line_reader", "stream"]

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
    left: int
    """Rows still to come."""
    lines: list[IncomingLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is odd about it; told when the order is complete."""
    damaged: bool = False
    """Something of it could not be read: the order is held by hand."""
    shipped: int = 0
    """Lines left out because the shop has shipped them."""
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


@dataclass(slots=True)
class _Survey:
    """What the first pass found out."""

    width: int
    counts: dict[Key, int] = field(default_factory=dict)
    """Usable rows of each order, by its cleaned key."""
    cleaned: dict[Key, Key] = field(default_factory=dict)
    """Keys as written -> cleaned, where that differs."""
    held: set[Key] = field(default_factory=set)
    """Orders that a damaged row belongs to, or may belong to."""
    bad: dict[int, str] = field(default_factory=dict)
    """Damaged row -> key of its sentence."""
    rows: int = 0
    """Rows that are not blank."""


def _survey(source: SourceFile, plan: Plan, key: Callable[[list[str]], Key]) -> _Survey:
    found = _Survey(len(source.header))
    counts: dict[Key, int] = {}
    previous: Key = ""
    short: tuple[int, Key] = (0, "")
    for number, row in enumerate(source.records(), source.skipped + 1):
        if len(row) != found.width or row[-1].endswith(END):
            if row == [END]:
                _end_of_file(source, found, counts, short, number - 1)
                break
            if not any(row):
                continue
            found.width = found.width or len(row)
            wrong = _wrong_with(row, found.width, plan.needed)
            if wrong:
                found.rows += 1
                found.bad[number] = wrong
                found.held.update({previous, key(row)} if len(row) > _last_key(plan) else {previous})
                continue
            if len(row) < found.width:
                short = (number, key(row))
        found.rows += 1
        previous = key(row)
        counts[previous] = counts.get(previous, 0) + 1
    if not found.rows:
        raise FileUnusable("file.no_rows", file=source.name)
    for raw, count in counts.items():
        clean = _clean_key(raw)
        if clean != raw:
            found.cleaned[raw] = clean
        found.counts[clean] = found.counts.get(clean, 0) + count
    found.held = {_clean_key(raw) for raw in found.held}
    return found


def _last_key(plan: Plan) -> int:
    return max(plan.number, *plan.ship_to) if plan.ship_to else plan.number


def _wrong_with(row: list[str], width: int, needed: int) -> str:
    """Return the key of what is wrong with a row of another width; empty where it can be used."""
    if row == [BROKEN]:
        return "row.field_too_large"
    if row[-1].endswith(END):  # a quote was opened and never closed
        return "row.truncated"
    if len(row) > width:
        return "row.too_many_columns" if any(row[width:]) else ""
    return "row.truncated" if len(row) < needed else ""


def _end_of_file(source: SourceFile, found: _Survey, counts: dict[Key, int], short: tuple[int, Key], last: int) -> None:
    """Judge the last row: one that is short, although its line is complete, was cut off if no line break follows."""
    if short[0] == last and last > source.skipped and not _ends_with_break(source):
        counts[short[1]] -= 1
        found.bad[last] = "row.truncated"
        found.held.add(short[1])


def _ends_with_break(source: SourceFile) -> bool:
    with source.path.open("rb") as file:
        file.seek(max(0, source.size - 4))
        return file.read().rstrip(b"\x00")[-1:] in {b"\n", b"\r"}


def _clean_key(raw: Key) -> Key:
    if isinstance(raw, str):
        return read_line(raw)[0]
    return tuple(read_line(part)[0] for part in raw)


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
    key: Callable[[list[str]], Key] = itemgetter(plan.number, *plan.ship_to)
    cells = itemgetter(*(plan.columns if len(plan.columns) > 1 else (plan.number, *plan.columns, plan.number)))
    if len(plan.columns) <= 1:
        plan = replace(plan, fields=("number", *plan.fields, "number"))
    survey = _survey(source, plan, key)
    counts, cleaned, width = survey.counts, survey.cleaned, survey.width
    make_line = plan.line
    pending: dict[Key, Gathered] = {}
    for number, cells_read in enumerate(source.records(), source.skipped + 1):
        row = cells_read
        if len(row) != width or number in survey.bad:
            if not any(row) or row == [END]:
                continue
            if number in survey.bad:
                yield _row_problem(source, row, number, survey, plan)
                continue
            if len(row) < width:
                yield problem(source.name, number, "", "", "row.short", cells=str(len(row)), columns=str(width))
            row = (row + [""] * width)[:width]
        raw = key(row)
        if cleaned:
            raw = cleaned.get(raw, raw)
        entry = pending.get(raw)
        if entry is None:
            values = cells(row)
            order_number = raw if isinstance(raw, str) else raw[0]
            if not order_number or excel_damaged(order_number):
                if any(map(str.strip, row)):
                    yield _no_number(source, number, plan, columns, order_number)
                continue
            left = counts.get(raw)
            if left is None:
                raise FileUnusable("file.changed", file=source.name)
            ship_to = "" if isinstance(raw, str) else "/".join(raw[1:])
            entry = pending[raw] = Gathered(order_number, ship_to, number, values, values, left)
        elif entry.last != (values := cells(row)):
            _merge(source.name, plan, columns, entry, values, number)
        line = make_line(row, number, entry)
        if line is not None:
            entry.lines.append(line)
        entry.left -= 1
        if not entry.left:
            del pending[raw]
            if raw in survey.held:
                entry.damaged = True
            yield from _finished(source.name, plan, columns, zone, entry)
    if pending:
        raise FileUnusable("file.changed", file=source.name)


def _require_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError) as error:
        raise SettingsWrong("intake.unknown_timezone", timezone=zone) from error


def _row_problem(source: SourceFile, row: list[str], number: int, survey: _Survey, plan: Plan) -> Problem:
    key = survey.bad[number]
    order = row[plan.number] if key != "row.field_too_large" and len(row) > plan.number else ""
    order = order.removesuffix(END)
    cells = "0" if key == "row.field_too_large" else str(len(row))
    return problem(source.name, number, "", order, key, cells=cells, columns=str(survey.width))


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
    order = plan.order(entry, Cells(entry, plan.fields, columns, file, zone))
    where = columns.get("number", "")
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
