"""Dispatch reports by a saved mapping: TOML that says which columns a shop's upload has, and how its errors come back.

A mapping may be one of intake (``resources/mappings``) with a ``[report]`` or ``[report_errors]`` section, one that has
only these (``resources/mappings/reports``), or a file of the shop's own. Everything wrong with it is said at once.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from app.channels._mapping import SECTIONS, Condition, MappingCheck
from app.channels._source import END, Columns, SourceFile, lost_row
from app.domain.intake import problem
from app.domain.orders import Problem
from app.domain.reports import ErrorRow, ReportRow
from app.domain.shipping import number_of
from app.domain.toml_text import read_toml
from app.errors import FileUnusable, NotAllowed, SettingsWrong
from app.plugins import resource_root

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "NEWLINES",
    "ErrorTable",
    "ReportMapping",
    "ReportTable",
    "encoded",
    "error_rows",
    "error_table",
    "report_mapping",
    "written",
]

VALUES = ("order_number", "ship_to_key", "tracking", "tracking_hyphens", "carrier", "ship_date")
"""What a column may hold."""
_REPORT = ("encoding", "newline", "delimiter", "header", "quote", "date", "rows", "join", "columns", "carriers")
_ERRORS = ("encoding", "delimiter", "header_row", "number", "ship_to_key", "tracking", "reason", "failed", "taken")
NEWLINES = {"crlf": "\r\n", "lf": "\n"}
"""Ends of lines by what mappings call them."""
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16")
"""Encodings that a file for a shop may have."""
DELIMITERS = (",", ";", "\t", "|")
"""Delimiters that it may have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the upload."""

    name: str
    value: str = ""
    """One of :data:`VALUES`; empty for a fixed text."""
    text: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Value ``carrier``: what this column calls the carriers, where that is not what the table calls them."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """How an upload is written."""

    columns: tuple[Column, ...]
    above: tuple[tuple[str, ...], ...] = ()
    """Rows that the shop wants above the header."""
    encoding: str = "utf-8"
    newline: str = "\r\n"
    delimiter: str = ","
    header: bool = True
    quote_all: bool = False
    date: str = "%Y-%m-%d"
    """``strftime`` format."""
    per_order: bool = False
    """One row an order, its numbers joined; else one row a number."""
    join: str = " "
    carriers: Mapping[str, str] = field(default_factory=dict)
    """``carrier``, ``carrier/service`` or ``other`` -> the shop's name or code for it; empty: our own id."""

    @property
    def suffix(self) -> str:
        """End of the file's name: shops that want tabs want them in a ``.txt``."""
        return ".txt" if self.delimiter == "\t" else ".csv"

    def carrier(self, row: ReportRow, column: Column) -> str:
        """Return what the shop calls a carrier in *column*; raises where the mapping does not say."""
        names = column.names or self.carriers
        if not names:
            return row.carrier
        for key in (f"{row.carrier}/{row.service}", row.carrier, "other"):
            if key in names:
                return names[key]
        raise NotAllowed("report.no_carrier_name", number=row.number, carrier=row.carrier or "–")


@dataclass(frozen=True, slots=True)
class ErrorTable:
    """How the shop's file of errors is read."""

    number: str | int
    reason: tuple[str | int, ...]
    ship_to_key: str | int | None = None
    tracking: str | int | None = None
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1
    failed: tuple[Condition, ...] = ()
    """Rows that mean an error; empty: every row that is not :attr:`taken`."""
    taken: tuple[Condition, ...] = ()
    """Rows that mean that the shop took it."""


@dataclass(frozen=True, slots=True)
class ReportMapping:
    """A mapping, as far as reports are meant; either part may be missing."""

    id: str
    report: ReportTable | None = None
    errors: ErrorTable | None = None


# --- reading the mapping ------------------------------------------------------------------------------------------


def mapping_from(text: str, name: str) -> ReportMapping:
    """Read a mapping; raises :class:`~app.errors.SettingsWrong` that names everything wrong with it at once."""
    try:
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong("mapping.not_toml", mapping=name, reason=str(error)) from error
    check = MappingCheck(raw)
    for key in raw:
        if key not in SECTIONS:
            check.say(key, " | ".join(SECTIONS))
    report = _report_table(check) if "report" in raw else None
    errors = error_table(check, "report_errors", _ERRORS, "number") if "report_errors" in raw else None
    if check.wrong:
        raise SettingsWrong("mapping.wrong", mapping=name, count=len(check.wrong), wrong="\n".join(check.wrong))
    return ReportMapping(check.text("id", raw.get("id", name)), report, errors)


def _report_table(check: MappingCheck) -> ReportTable:
    part = check.section("report", _REPORT)
    columns = part.get("columns", [])
    made: list[Column] = []
    if not isinstance(columns, list) or not columns:
        check.say("report.columns", f'[{{ name = "…", value = "{" | ".join(VALUES)}" }}, {{ name = "…", text = "…" }}]')
    else:
        made = [_column(check, f"report.columns[{at}]", each) for at, each in enumerate(columns, 1)]
    carriers = part.get("carriers", {})
    if not isinstance(carriers, dict) or not all(isinstance(each, str) for each in carriers.values()):
        check.say("report.carriers", '{ yamato_b2 = "…", "yamato_b2/nekopos" = "…", other = "…" }')
        carriers = {}
    form = check.text("report.date", part.get("date", "%Y-%m-%d"))
    if not _is_date_form(form):
        check.say("report.date", '"%Y-%m-%d", "%Y/%m/%d" …')
    if not isinstance(part.get("header", True), bool):
        check.say("report.header", "true | false")
    return ReportTable(
        tuple(made),
        encoding=check.text("report.encoding", part.get("encoding", "utf-8"), ENCODINGS),
        newline=NEWLINES.get(check.text("report.newline", part.get("newline", "crlf"), tuple(NEWLINES)), "\r\n"),
        delimiter=check.text("report.delimiter", part.get("delimiter", ","), DELIMITERS) or ",",
        header=part.get("header", True) is not False,
        quote_all=check.text("report.quote", part.get("quote", "needed"), ("needed", "all")) == "all",
        date=form,
        per_order=check.text("report.rows", part.get("rows", "number"), ("number", "order")) == "order",
        join=check.text("report.join", part.get("join", " ")),
        carriers=dict(carriers),
    )


def _is_date_form(form: str) -> bool:
    """Whether a day can be told from the text that the form makes."""
    try:
        return len({date(2026, month, day).strftime(form) for month, day in ((1, 2), (1, 3), (2, 2))}) == 3
    except ValueError:
        return False


def _column(check: MappingCheck, path: str, value: object) -> Column:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or len(value) != 2:
        check.say(path, 'name = "…", value | text')
        return Column("")
    if "text" in value:
        return Column(value["name"], text=check.text(f"{path}.text", value["text"]))
    return Column(value["name"], check.text(f"{path}.value", value.get("value"), VALUES))


def error_table(check: MappingCheck, section: str, known: tuple[str, ...], number: str) -> ErrorTable:
    """Read how a file of errors is laid out.

    :param section: where that stands.
    :param known: what may stand there.
    :param number: what the key of a row is called there.
    """
    part = check.section(section, known)
    for needed in (number, "reason"):
        if needed not in part:
            check.say(f"{section}.{needed}", '"…" | 1, 2, 3 …')
    reason = part.get("reason", 1)
    columns = reason if isinstance(reason, list) and reason else [reason]
    header_row = part.get("header_row", 1)
    if isinstance(header_row, bool) or not isinstance(header_row, int) or header_row < 0:
        check.say(f"{section}.header_row", "0, 1, 2 …")
        header_row = 1

    def optional(name: str) -> str | int | None:
        return check.column(f"{section}.{name}", part[name]) if name in part else None

    return ErrorTable(
        number=check.column(f"{section}.{number}", part.get(number, 1)),
        reason=tuple(check.column(f"{section}.reason", each) for each in columns),
        ship_to_key=optional("ship_to_key"),
        tracking=optional("tracking"),
        encoding=check.text(f"{section}.encoding", part.get("encoding", ""), ("", *ENCODINGS)),
        delimiter=check.text(f"{section}.delimiter", part.get("delimiter", ""), ("", *DELIMITERS)),
        header_row=header_row,
        failed=check.conditions(f"{section}.failed", part.get("failed", [])),
        taken=check.conditions(f"{section}.taken", part.get("taken", [])),
    )


@cache
def _shipped() -> Mapping[str, Path]:
    """Every mapping with a part for reports that comes with the program, by its name."""
    folder = resource_root() / "mappings"
    return {path.stem: path for path in (*sorted(folder.glob("*.toml")), *sorted((folder / "reports").glob("*.toml")))}


def report_mapping(name: str) -> ReportMapping:
    """Return the mapping that comes with the program as *name*, or the one in the file of that path."""
    path = _shipped().get(name, Path(name))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong("mapping.unreadable", mapping=name, reason=str(error)) from error
    return mapping_from(text, path.stem)


# --- writing ------------------------------------------------------------------------------------------------------


def written(rows: Sequence[ReportRow], table: ReportTable) -> bytes:
    """Return the upload for the shop.

    :raises NotAllowed: a carrier has no name in the mapping, or a text does not exist in the encoding.
    """
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=table.delimiter,
        lineterminator=table.newline,
        quoting=csv.QUOTE_ALL if table.quote_all else csv.QUOTE_MINIMAL,
    )
    for row in table.above:
        writer.writerow(row + ("",) * (len(table.columns) - len(row)))
    if table.header:
        writer.writerow([column.name for column in table.columns])
    for together in _together(rows, per_order=table.per_order):
        writer.writerow([_cell(column, together, table) for column in table.columns])
    return encoded(out.getvalue(), table.encoding)


def _together(rows: Sequence[ReportRow], *, per_order: bool) -> list[list[ReportRow]]:
    if not per_order:
        return [[row] for row in rows]
    found: dict[tuple[str, str], list[ReportRow]] = {}
    for row in rows:
        found.setdefault((row.number, row.ship_to_key), []).append(row)
    return list(found.values())


def _cell(column: Column, rows: Sequence[ReportRow], table: ReportTable) -> str:
    first = rows[0]
    match column.value:
        case "order_number":
            return first.number
        case "ship_to_key":
            return first.ship_to_key
        case "tracking":
            return table.join.join(row.tracking for row in rows)
        case "tracking_hyphens":
            return table.join.join(_hyphens(row.tracking) for row in rows)
        case "carrier":
            return table.carrier(first, column)
        case "ship_date":
            return first.shipped_on.strftime(table.date)
    return column.text


def _hyphens(number: str) -> str:
    plain = len(number) == 12 and number.isascii() and number.isdigit()
    return f"{number[:4]}-{number[4:8]}-{number[8:]}" if plain else number


def encoded(text: str, encoding: str) -> bytes:
    """Return a file's bytes; a character that the encoding lacks is named, never replaced."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        row = text[: error.start].count("\n") + 1
        raise NotAllowed("report.cannot_encode", char=text[error.start], row=row, encoding=encoding) from error


# --- errors -------------------------------------------------------------------------------------------------------


def error_rows(file: SourceFile, table: ErrorTable) -> Iterator[ErrorRow | Problem]:
    """Stream what the shop did not take; raises at once where a needed column is missing."""
    source = file.laid_out(encoding=table.encoding, delimiter=table.delimiter, header_row=table.header_row)
    places = _Places(source)
    number, reason = places.at(table.number), [places.at(each) for each in table.reason]
    ship_to = None if table.ship_to_key is None else places.at(table.ship_to_key)
    tracking = None if table.tracking is None else places.at(table.tracking)
    failed = [(each, places.at(each.column)) for each in table.failed]
    taken = [(each, places.at(each.column)) for each in table.taken]
    places.demand()
    return _error_rows(source, number, reason, ship_to, tracking, failed, taken)


class _Places:
    """Columns of one file by name or number; every one that is missing is said at once."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._columns = Columns(source)
        self._missing: list[str] = []

    def at(self, column: str | int) -> int:
        found = column - 1 if isinstance(column, int) else self._columns.at(column)
        if found is None or (self._source.header and found >= len(self._source.header)):
            self._missing.append(str(column))
            return 0
        return found

    def demand(self) -> None:
        if self._missing:
            columns = ", ".join(dict.fromkeys(self._missing))
            raise FileUnusable("header.missing_columns", file=self._source.name, columns=columns)


def _error_rows(
    source: SourceFile,
    number: int,
    reason: Sequence[int],
    ship_to: int | None,
    tracking: int | None,
    failed: Sequence[tuple[Condition, int]],
    taken: Sequence[tuple[Condition, int]],
) -> Iterator[ErrorRow | Problem]:
    yield from source.notes
    for at, row in enumerate(source.records(), source.skipped + 1):
        if row == [END]:
            return
        if lost := lost_row(row):
            yield problem(source.name, at, "", "", lost)
            continue
        if not any(map(str.strip, row)):
            continue
        if any(END in cell for cell in row):  # a quote was never closed: the rest of the file is inside this cell
            yield problem(source.name, at, "", "", "row.truncated")
            return

        def cell(place: int | None, row: Sequence[str] = row) -> str:
            return row[place].strip() if place is not None and place < len(row) else ""

        if failed and not any(each.holds(cell(place)) for each, place in failed):
            continue
        if any(each.holds(cell(place)) for each, place in taken):
            continue
        if not cell(number):
            yield problem(source.name, at, "", "", "row.no_order_number")
            continue
        said = " / ".join(text for text in (cell(place) for place in reason) if text)
        yield ErrorRow(at, cell(number), cell(ship_to), number_of(cell(tracking)) if cell(tracking) else "", said)
