"""Any CSV or TSV file, by a mapping of its columns (``resources/mappings`` and the shop's own).

The mapping is given in the options or, without one, is the shipped mapping whose columns the file has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from app.channels._address import apart, is_japan, phone_number, postcode
from app.channels._keys import said
from app.channels._mapping import Cell, Condition, Table, chosen, mapping_from, shipped
from app.channels._orders import Cells, Gathered, Plan, line_reader, stream
from app.channels._source import Columns, SourceFile
from app.domain.intake import Head, ReadOptions, narrow, problem
from app.domain.orders import Address, Hold, IncomingLine, IncomingOrder, Problem, Totals
from app.errors import FileUnusable

__all__ = ["ID", "TITLE", "read", "receiver_columns", "recognise"]

ID = "csv"
TITLE = {"ja": "CSV（列の対応表を使う）", "en": "CSV (by a mapping of columns)"}

_OPTIONAL = "order.email"
"""No order is refused because its file has no mail address."""
_ORDER_RULES = ("cancelled", "not_an_order", "shipped", "unpaid", "by_hand", "gift", "cod")


def recognise(head: Head) -> int:
    """Below every channel of its own: the number of columns that the best fitting mapping names."""
    return max((len(table.recognise) for table in shipped() if _fits(table, head)), default=0)


def _fits(table: Table, head: Head) -> bool:
    return bool(table.recognise) and head.has(*table.recognise)


def read(file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
    """Stream the orders of *file*; raises at once where the mapping is wrong or does not fit the file."""
    table = _table(file, options)
    source = _laid_out(file, table)
    layout = _Layout(source, table)
    plan = Plan(
        number=layout.number,
        ship_to=layout.at("order.ship_to_key"),
        fields=tuple(layout.order_fields),
        columns=tuple(layout.order_fields.values()),
        needed=1 + max(layout.number, *layout.at("line.sku"), *layout.at("line.quantity")),
        line=_line_maker(source.name, layout, table, options),
        order=_Orders(layout, table, options.keys),
        address=_receiver(table),
    )
    return stream(source, plan, layout.names, table.timezone or options.timezone, layout.notes)


def receiver_columns(file: SourceFile, options: ReadOptions) -> Mapping[str, str]:
    """Return the column of each part of the receiver's address, by the part's name (``to.postcode``).

    A part that the mapping joins from several columns is in none, as with other channels; only of the address the
    first one is named.
    """
    table = _table(file, options)
    layout = _Layout(_laid_out(file, table), table)
    found: dict[str, str] = {}
    for part in ("name", "postcode", "prefecture", "city", "street", "phone"):
        places = layout.at(f"{_receiver(table)}.{part}")
        if len(places) == 1 or (places and part == "street"):
            found["to.address" if part == "street" else f"to.{part}"] = layout.name(places[0])
    return found


def _receiver(table: Table) -> str:
    """The section that says where the goods go."""
    return "ship_to" if any(name.startswith("ship_to") for name in table.cells) else "buyer"


def _laid_out(file: SourceFile, table: Table) -> SourceFile:
    return (file.on_sheet(table.sheet) if table.sheet else file).laid_out(
        encoding=table.encoding, delimiter=table.delimiter, header_row=table.header_row, quoted=table.quotes
    )


def _table(file: SourceFile, options: ReadOptions) -> Table:
    if options.mapping_text:
        return mapping_from(options.mapping_text, "mapping")
    if options.mapping:
        return chosen(options.mapping)
    head = file.head
    fitting = [table for table in shipped() if _fits(table, head)]
    if not fitting:
        raise FileUnusable("file.no_mapping", file=file.name, columns=", ".join(head.names)[:200])
    return max(fitting, key=lambda table: len(table.recognise))


class _Layout:
    """A mapping laid onto the columns of one file; every column that the file lacks is said at once."""

    def __init__(self, source: SourceFile, table: Table) -> None:
        self._columns = Columns(source)
        self._source = source
        self._missing: list[str] = []
        self.cells = table.cells
        self.places = {
            name: tuple(self._place(each) for each in cell.columns)
            for name, cell in table.cells.items()
            if name != _OPTIONAL or all(map(self._has, cell.columns))
        }
        self.conditions = {
            rule: [(condition, self._place(condition.column)) for condition in conditions]
            for rule, conditions in table.rules.items()
        }
        if self._missing:
            columns = ", ".join(dict.fromkeys(self._missing))
            raise FileUnusable("header.missing_columns", file=source.name, columns=columns)
        self.number = self.at("order.number")[0] if self.at("order.number") else 0
        self.order_fields = self._order_fields()
        self.names = {name: self.name(at) for name, at in self.order_fields.items()} | {
            name.split(".")[1]: self.name(at[0]) for name, at in self.places.items() if at and name.startswith("line.")
        }
        self.names["number"] = self.name(self.number)
        used = [name for cell in table.cells.values() for name in cell.columns if isinstance(name, str)]
        self.notes = list(self._columns.doubled(tuple(dict.fromkeys(used))))

    def at(self, name: str) -> tuple[int, ...]:
        """Places of the columns of a field; empty where it is not mapped."""
        return self.places.get(name, ())

    def _has(self, column: str | int) -> bool:
        return self._columns.at(column) is not None if isinstance(column, str) else column <= len(self._source.header)

    def _place(self, column: str | int) -> int:
        found = column - 1 if isinstance(column, int) else self._columns.at(column)
        if found is None or (self._source.header and found >= len(self._source.header)):
            self._missing.append(str(column))
            return 0
        return found

    def name(self, place: int) -> str:
        """What the column at a place is called: its header, else its number."""
        return self._source.header[place] if place < len(self._source.header) else str(place + 1)

    def _order_fields(self) -> dict[str, int]:
        """Order-level fields and the columns of order-level rules -> place; parts of a joined field are numbered."""
        fields = {
            name if len(places) == 1 else f"{name}#{part}": at
            for name, places in self.places.items()
            if not name.startswith("line.") and name not in {"order.number", "order.ship_to_key"}
            for part, at in enumerate(places)
        }
        for rule in _ORDER_RULES:
            for number, (_, at) in enumerate(self.conditions.get(rule, ())):
                fields[f"rule.{rule}#{number}"] = at
        return fields


# --- lines ------------------------------------------------------------------------------------------------------


def _line_maker(
    file: str, layout: _Layout, table: Table, options: ReadOptions
) -> Callable[[list[str], int, Gathered], IncomingLine | None]:
    @lru_cache(maxsize=65536)
    def non_goods(sku: str) -> bool:
        return sku in options.non_goods or table.is_non_goods(sku)

    goods = line_reader(file, layout.names, non_goods)
    read_sku, read_name, read_quantity, read_price, read_tax, read_options = (
        _getter(layout, f"line.{name}") for name in ("sku", "name", "quantity", "price", "tax_rate", "options")
    )
    tidy = _tidy(table)
    skipped = layout.conditions.get("skip_line", ())
    simple = _simple_getter(layout)

    def make(row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        for condition, at in skipped:
            if condition.holds(row[at]):
                sku = read_sku(row).strip()
                name = read_name(row).strip()
                found = problem(file, number, layout.names.get("sku", ""), sku, "line.non_goods", name=name)
                entry.problems.append(found)
                return None
        return goods(
            tidy(read_sku(row)),
            read_name(row),
            read_quantity(row),
            read_price(row),
            read_tax(row),
            read_options(row),
            number,
            entry,
        )

    if simple is None or skipped or tidy is not str:
        return make

    def make_fast(row: list[str], number: int, entry: Gathered) -> IncomingLine | None:
        sku, name, quantity, price = simple(row)
        return goods(sku, name, quantity, price, "", "", number, entry)

    return make_fast


def _simple_getter(layout: _Layout) -> Callable[[list[str]], tuple[str, str, str, str]] | None:
    """Return one getter for the four usual cells where each is one plain column; 100,000 rows feel the difference."""
    names = ("line.sku", "line.name", "line.quantity", "line.price")
    places = [layout.at(name) for name in names]
    if any(len(at) != 1 or layout.cells[name].whole for at, name in zip(places, names, strict=True)):
        return None
    if layout.cells.keys() & {"line.tax_rate", "line.options"}:
        return None
    getter: Callable[[list[str]], tuple[str, str, str, str]] = itemgetter(*(at[0] for at in places))
    return getter


def _getter(layout: _Layout, name: str) -> Callable[[list[str]], str]:
    cell, places = layout.cells.get(name, Cell()), layout.at(name)
    if not places:
        return lambda _: cell.value
    if len(places) == 1 and not cell.whole:
        return itemgetter(places[0])
    return lambda row: _text(cell, [row[at] for at in places])


def _text(cell: Cell, parts: list[str]) -> str:
    if cell.whole:
        parts = [part.strip().removesuffix(".0") for part in parts]
    return cell.joined.join(part for part in parts if part.strip())


def _tidy(table: Table) -> Callable[[str], str]:
    """Return what the mapping does to every SKU; ``str`` where it does nothing."""
    if (table.sku_case, table.sku_width, table.sku_strip_prefix) == ("keep", "keep", ""):
        return str

    @lru_cache(maxsize=65536)
    def tidy(sku: str) -> str:
        text = narrow(sku) if table.sku_width == "narrow" else sku.strip()
        text = text.removeprefix(table.sku_strip_prefix)
        return {"upper": text.upper(), "lower": text.lower()}.get(table.sku_case, text)

    return tidy


# --- orders -----------------------------------------------------------------------------------------------------


class _Orders:
    """Makes an order of its order-level cells."""

    def __init__(self, layout: _Layout, table: Table, keys: Mapping[str, str]) -> None:
        self._layout = layout
        self._table = table
        self._keys = keys
        self._rules: dict[str, list[tuple[str, Condition]]] = {
            rule: [(f"rule.{rule}#{at}", each) for at, (each, _) in enumerate(layout.conditions.get(rule, ()))]
            for rule in _ORDER_RULES
        }
        self._mapped = {name.split(".")[0] for name in table.cells}
        amounts = {name for name in table.cells if name.startswith("totals.")} - {"totals.currency"}
        currency = table.cells.get("totals.currency", Cell(value="JPY"))
        # The same for every order where only a fixed currency is mapped.
        self._only_currency = None if amounts or currency.columns else Totals(currency=currency.value)

    def __call__(self, entry: Gathered, cells: Cells) -> IncomingOrder | None:
        def true(rule: str) -> bool:
            conditions = self._rules[rule]
            return bool(conditions) and any(condition.holds(cells.raw(name)) for name, condition in conditions)

        if true("not_an_order"):
            entry.problems.clear()
            cells.say("number", "order.not_an_order", entry.number)
            return None
        if true("shipped") and not true("cancelled"):
            entry.problems.clear()
            cells.say("number", "order.already_shipped", entry.number)
            return None
        remark = said(self._block(cells, "order.note"), self._keys)
        note = "\n".join(filter(None, (*remark.presents, remark.rest, self._block(cells, "order.gift_message"))))
        unpaid, by_hand = true("unpaid"), true("by_hand")
        holds = (Hold.UNPAID,) * unpaid + (Hold.BY_HAND,) * by_hand
        if remark.rest:
            holds += (Hold.REMARK,)
        buyer = self._address(cells, "buyer")
        ship_to = self._address(cells, "ship_to") if "ship_to" in self._mapped else buyer
        return IncomingOrder(
            number=entry.number,
            lines=tuple(entry.lines),
            ship_to_key=entry.ship_to_key,
            ordered_at=self._moment(cells, "order.ordered_at"),
            cut_off=self._moment(cells, "order.cut_off"),
            priority=self._priority(cells),
            cancelled=true("cancelled"),
            holds=holds,
            gift=true("gift") or remark.gift,
            buyer=buyer,
            ship_to=ship_to,
            note=note,
            payment=self._line(cells, "order.payment"),
            cod_amount=self._money(cells, "order.cod_amount") if true("cod") or not self._rules["cod"] else "",
            delivery=self._line(cells, "order.delivery"),
            wish="\n".join(filter(None, (self._line(cells, "order.wish"), *remark.wish))),
            totals=self._totals(cells),
            email=cells.email("order.email", self._line(cells, "order.email")),
            row=entry.row,
        )

    def _line(self, cells: Cells, name: str) -> str:
        cell = self._table.cells.get(name)
        if cell is None:
            return ""
        places = self._layout.at(name)
        if not places:
            return cell.value
        if len(places) == 1:
            text = cells.line(name)
            return text.removesuffix(".0") if cell.whole else text
        return _text(cell, [cells.line(f"{name}#{part}") for part in range(len(places))])

    def _block(self, cells: Cells, name: str) -> str:
        if name not in self._table.cells or len(self._layout.at(name)) != 1:
            return self._line(cells, name)
        return cells.block(name)

    def _number(self, cells: Cells, name: str) -> str:
        return cells.number(name, self._line(cells, name)) if name in self._table.cells else ""

    def _street(self, cells: Cells, name: str) -> str:
        """The street; each of several columns may be one that a spreadsheet made a date of."""
        places = self._layout.at(name)
        for part in [name] if len(places) == 1 else [f"{name}#{at}" for at in range(len(places))]:
            cells.street(part)
        return self._line(cells, name)

    def _money(self, cells: Cells, name: str) -> str:
        return cells.money(name, self._line(cells, name)) if name in self._table.cells else ""

    def _moment(self, cells: Cells, name: str) -> int | None:
        if name not in self._table.cells:
            return None
        return cells.moment(name, self._table.formats, self._line(cells, name))

    def _priority(self, cells: Cells) -> int:
        text = self._line(cells, "order.priority")
        if not text:
            return 0
        plain = narrow(text)
        if not (plain.lstrip("-").isascii() and plain.lstrip("-").isdigit() and len(plain) <= 6):
            cells.say("order.priority", "line.quantity_not_number")
            return 0
        return int(plain.replace("--", ""))

    def _totals(self, cells: Cells) -> Totals:
        if self._only_currency is not None:
            return self._only_currency
        return Totals(
            subtotal=self._money(cells, "totals.subtotal"),
            shipping=self._money(cells, "totals.shipping"),
            fee=self._money(cells, "totals.fee"),
            discount=self._money(cells, "totals.discount"),
            points=self._money(cells, "totals.points"),
            tax=self._money(cells, "totals.tax"),
            total=self._money(cells, "totals.total"),
            currency=self._line(cells, "totals.currency") or "JPY",
        )

    def _address(self, cells: Cells, whose: str) -> Address:
        if whose not in self._mapped:
            return Address()
        country = self._line(cells, f"{whose}.country")
        japan = is_japan(country)
        code, zeros = postcode(written := self._number(cells, f"{whose}.postcode"), japan=japan)
        if zeros:
            cells.say(f"{whose}.postcode", "cell.zeros_restored", written, restored=code)
        phone, zero = phone_number(written := self._number(cells, f"{whose}.phone"), japan=japan)
        if zero:
            cells.say(f"{whose}.phone", "cell.zeros_restored", written, restored=phone)
        region, city = (self._line(cells, f"{whose}.{part}") for part in ("prefecture", "city"))
        street = self._street(cells, f"{whose}.street")
        if japan:
            region, city, street = apart(region, city, street)
        return Address(
            name=self._line(cells, f"{whose}.name"),
            postcode=code,
            prefecture=region,
            city=city,
            street=street,
            phone=phone,
            country=country,
        )
