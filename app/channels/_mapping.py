"""Mappings: TOML that tells the channel ``csv`` where a shop's file keeps what.

Everything wrong with a mapping is said at once, each with its place and what is allowed there. The shape is data in
this file, so that the check and the documentation cannot drift apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.mapping_check import RawCheck
from app.domain.toml_text import read_toml
from app.errors import SettingsWrong
from app.plugins import resource_root

__all__ = [
    "CONDITIONS",
    "FIELDS",
    "SECTIONS",
    "Cell",
    "Condition",
    "MappingCheck",
    "Table",
    "chosen",
    "mapping_from",
    "shipped",
    "text_of",
]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "order": (
        *("number", "ordered_at", "cut_off", "priority", "note", "payment", "cod_amount", "delivery", "wish"),
        *("gift_message", "ship_to_key", "email"),
    ),
    "buyer": ("name", "postcode", "prefecture", "city", "street", "phone", "country"),
    "ship_to": ("name", "postcode", "prefecture", "city", "street", "phone", "country"),
    "totals": ("subtotal", "shipping", "fee", "discount", "points", "tax", "total", "currency"),
    "line": ("sku", "name", "quantity", "price", "tax_rate", "options"),
}
"""Section -> fields that may be mapped. A field is a column name, a column number (from 1), a list of these whose
texts are joined, or ``{ value = "…" }`` for a text that every row has."""

REQUIRED = (("order", "number"), ("line", "sku"), ("line", "quantity"))
CONDITIONS = ("cancelled", "not_an_order", "shipped", "unpaid", "by_hand", "gift", "cod", "skip_line")
"""Rules that are lists of conditions ``{ column = "…", equals | starts_with | one_of | none_of = … }``. Where there is
a rule ``cod``, ``cod_amount`` counts for its orders only."""
_TESTS = ("equals", "starts_with", "one_of", "none_of")
_FILE = {"sheet": str, "encoding": str, "delimiter": str, "header_row": int, "quotes": bool}
SECTIONS = ("id", "title", "file", "recognise", "time", *FIELDS, "rules", "report", "report_errors")
"""Everything that may stand at the top; the last two are read for dispatch reports only."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a field comes from."""

    columns: tuple[str | int, ...] = ()
    """Column names, or numbers from 1."""
    joined: str = " "
    """What stands between the texts of several columns."""
    value: str = ""
    """Fixed text; used where there are no columns."""
    whole: bool = False
    """A number written as ``17850.0`` is meant as ``17850``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule."""

    column: str | int
    test: str
    """``equals``, ``starts_with``, ``one_of`` or ``none_of``."""
    values: tuple[str, ...]

    def holds(self, cell: str) -> bool:
        """Whether *cell* fulfils it; upper and lower case are the same."""
        text = cell.strip().casefold()
        if self.test == "starts_with":
            return text.startswith(self.values)
        return (text in self.values) != (self.test == "none_of")


@dataclass(frozen=True, slots=True)
class Table:
    """A whole mapping, checked."""

    id: str
    title: Mapping[str, str]
    recognise: tuple[str, ...] = ()
    """Columns that a file must have to be recognised as this one."""
    sheet: str = ""
    """Sheet of a spreadsheet; empty: the first that is recognised, else the first with something in it."""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1
    quotes: bool = True
    formats: tuple[str, ...] = ()
    """``strptime`` formats of times; empty: year-month-day forms."""
    timezone: str = ""
    """Time zone of times that name none; empty: the shop's."""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    """``section.field`` -> where it comes from."""
    rules: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    non_goods: frozenset[str] = frozenset()
    """SKUs that are no goods, case-folded."""
    non_goods_prefixes: tuple[str, ...] = ()
    non_goods_pattern: re.Pattern[str] | None = None
    sku_case: str = "keep"
    sku_width: str = "keep"
    sku_strip_prefix: str = ""

    def is_non_goods(self, sku: str) -> bool:
        """Whether *sku* is postage, a voucher, a fee …"""
        folded = sku.casefold()
        return (
            folded in self.non_goods
            or bool(self.non_goods_prefixes and folded.startswith(self.non_goods_prefixes))
            or bool(self.non_goods_pattern and self.non_goods_pattern.fullmatch(sku))
        )


class MappingCheck(RawCheck):
    """Takes a parsed mapping of orders apart and collects everything that is wrong with it."""

    def column(self, path: str, value: object) -> str | int:
        good = value >= 1 if isinstance(value, int) else bool(value)
        if isinstance(value, bool) or not isinstance(value, str | int) or not good:
            self.say(path, '"…" | 1, 2, 3 …')
            return 1
        return value

    def cell(self, path: str, value: object) -> Cell:
        if isinstance(value, list) and value:
            return Cell(tuple(self.column(path, each) for each in value))
        if not isinstance(value, dict):
            return Cell((self.column(path, value),))
        for key in value:
            if key not in {"column", "columns", "join", "value", "whole"}:
                self.say(f"{path}.{key}", "column | columns | join | value | whole")
        if "value" in value:
            fixed = value["value"]
            return Cell(value=str(fixed) if isinstance(fixed, int) else self.text(f"{path}.value", fixed))
        columns = value.get("columns", [value.get("column")])
        if not isinstance(columns, list) or not columns:
            self.say(f"{path}.columns", '["…", "…"]')
            columns = [1]
        whole = value.get("whole", False)
        if not isinstance(whole, bool):
            self.say(f"{path}.whole", "true | false")
        places = tuple(self.column(path, each) for each in columns)
        return Cell(places, self.text(f"{path}.join", value.get("join", " ")), whole=whole is True)

    def conditions(self, path: str, value: object) -> tuple[Condition, ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.say(path, f'[{{ column = "…", {" | ".join(_TESTS)} = … }}]')
            return ()
        return tuple(
            found for at, each in enumerate(value, 1) if (found := self.condition(f"{path}[{at}]", each)) is not None
        )

    def condition(self, path: str, value: Mapping[str, object]) -> Condition | None:
        tests = [key for key in value if key != "column"]
        if len(tests) != 1 or tests[0] not in _TESTS or "column" not in value:
            self.say(path, f"column, {' | '.join(_TESTS)}")
            return None
        test, wanted = tests[0], value[tests[0]]
        texts = self.texts(f"{path}.{test}", wanted if isinstance(wanted, list) else [wanted])
        folded = tuple(text.strip().casefold() for text in texts)
        return Condition(self.column(f"{path}.column", value["column"]), test, folded)

    def pattern(self, path: str, value: object) -> re.Pattern[str] | None:
        text = self.text(path, value)
        try:
            return re.compile(text, re.IGNORECASE) if text else None
        except re.error as error:
            self.say(path, f"regular expression ({error})")
            return None


def mapping_from(text: str, name: str) -> Table:
    """Read a mapping; raises :class:`~app.errors.SettingsWrong` that names everything wrong with it at once."""
    try:
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong("mapping.not_toml", mapping=name, reason=str(error)) from error
    check = MappingCheck(raw)
    for key in raw:
        if key not in SECTIONS:
            check.say(key, " | ".join(SECTIONS))
    table = _table(check, name)
    if check.wrong:
        raise SettingsWrong("mapping.wrong", mapping=name, count=len(check.wrong), wrong="\n".join(check.wrong))
    return table


def _table(check: MappingCheck, name: str) -> Table:
    file = check.section("file", tuple(_FILE))
    for key, kind in _FILE.items():
        if key in file and type(file[key]) is not kind:
            check.say(f"file.{key}", {"str": '"…"', "int": "0, 1, 2 …", "bool": "true | false"}[kind.__name__])
    time = check.section("time", ("formats", "timezone"))
    rules = check.section("rules", (*CONDITIONS, "non_goods", "sku"))
    goods = _inner(check, rules, "non_goods", ("codes", "prefixes", "pattern"))
    sku = _inner(check, rules, "sku", ("case", "width", "strip_prefix"))
    title = check.section("title", ("ja", "en"))
    cells = {
        f"{section}.{key}": check.cell(f"{section}.{key}", value)
        for section, known in FIELDS.items()
        for key, value in check.section(section, known).items()
    }
    for section, key in REQUIRED:
        if f"{section}.{key}" not in cells:
            check.say(f"{section}.{key}", '"…" | 1, 2, 3 …')
    header_row = file.get("header_row", 1)
    return Table(
        id=check.text("id", check.raw.get("id", name)),
        title={language: check.text(f"title.{language}", each) for language, each in title.items()},
        recognise=check.texts("recognise.columns", check.section("recognise", ("columns",)).get("columns", [])),
        sheet=sheet if isinstance(sheet := file.get("sheet", ""), str) else "",
        encoding=_encoding(check, file.get("encoding", "")),
        delimiter=_delimiter(check, file.get("delimiter", "")),
        header_row=header_row if isinstance(header_row, int) and header_row >= 0 else 1,
        quotes=file.get("quotes", True) is not False,
        formats=check.texts("time.formats", time.get("formats", [])),
        timezone=_zone(check, time.get("timezone", "")),
        cells=cells,
        rules={rule: check.conditions(f"rules.{rule}", rules[rule]) for rule in CONDITIONS if rule in rules},
        non_goods=frozenset(code.casefold() for code in check.texts("rules.non_goods.codes", goods.get("codes", []))),
        non_goods_prefixes=tuple(
            each.casefold() for each in check.texts("rules.non_goods.prefixes", goods.get("prefixes", [])) if each
        ),
        non_goods_pattern=check.pattern("rules.non_goods.pattern", goods.get("pattern", "")),
        sku_case=check.text("rules.sku.case", sku.get("case", "keep"), ("keep", "upper", "lower")),
        sku_width=check.text("rules.sku.width", sku.get("width", "keep"), ("keep", "narrow")),
        sku_strip_prefix=check.text("rules.sku.strip_prefix", sku.get("strip_prefix", "")),
    )


def _inner(check: MappingCheck, rules: Mapping[str, object], name: str, known: tuple[str, ...]) -> Mapping[str, object]:
    part = rules.get(name, {})
    if not isinstance(part, dict):
        check.say(f"rules.{name}", "[…]")
        return {}
    for key in part:
        if key not in known:
            check.say(f"rules.{name}.{key}", " | ".join(known))
    return part


def _encoding(check: MappingCheck, value: object) -> str:
    known = ("", "auto", "utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "cp1252", "latin-1")
    chosen = check.text("file.encoding", value, known)
    return "" if chosen == "auto" else chosen


def _delimiter(check: MappingCheck, value: object) -> str:
    chosen = check.text("file.delimiter", value, ("", "auto", ",", ";", "\t", "|"))
    return "" if chosen == "auto" else chosen


def _zone(check: MappingCheck, value: object) -> str:
    zone = check.text("time.timezone", value)
    try:
        return ZoneInfo(zone).key if zone else ""
    except (OSError, ValueError, KeyError):  # an unknown zone, or a text that is no zone's name
        check.say("time.timezone", '"Asia/Tokyo", "Europe/London" …')
        return ""


@cache
def shipped() -> tuple[Table, ...]:
    """Every mapping that comes with the program, sorted by file name."""
    folder = resource_root() / "mappings"
    return tuple(_from_file(path) for path in sorted(folder.glob("*.toml")))


def _from_file(path: Path) -> Table:
    return mapping_from(_text_of(path), path.stem)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong("mapping.unreadable", mapping=path.name, reason=str(error)) from error


def text_of(name: str) -> str:
    """Return the TOML of the shipped mapping called *name*, or of the file of that path."""
    folder = resource_root() / "mappings"
    for path in sorted(folder.glob("*.toml")):
        if name in {path.stem, _from_file(path).id}:
            return _text_of(path)
    return _text_of(Path(name))


def chosen(name: str) -> Table:
    """Return the shipped mapping called *name*, or the one in the file of that path."""
    for table in shipped():
        if table.id == name:
            return table
    return _from_file(Path(name))
