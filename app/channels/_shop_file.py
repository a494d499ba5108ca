"""A shop's file of products or stock by a mapping, both ways: TOML that says which columns it has and what is in them.

No mall's layout comes with the program: a mapping is the shop's own, saved as ``products`` or ``stock``, or a file of
that form. The same mapping writes the file, reads the shop's own in, and reads its report of errors (``[errors]``).
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from app.channels._mapping import MappingCheck
from app.channels._report import DELIMITERS, ENCODINGS, NEWLINES, ErrorTable, encoded, error_rows, error_table
from app.channels._source import END, Columns, SourceFile, row_damage
from app.domain.formulas import guarded, unguarded
from app.domain.intake import problem
from app.domain.orders import Problem
from app.domain.product_texts import FIELDS
from app.domain.toml_text import read_toml
from app.errors import FileUnusable, NotAllowed, SettingsWrong
from app.plugins import resource_root

__all__ = [
    "EXAMPLE",
    "KINDS",
    "LISTING_VALUES",
    "STOCK_VALUES",
    "ShopColumn",
    "ShopMapping",
    "ShopRow",
    "cells_of",
    "error_rows",
    "mapping_from",
    "product_names",
    "read_rows",
    "shipped_text",
    "translated",
    "written",
]

KINDS = ("products", "stock")
"""What such a file is about."""
EXAMPLE = "example_products"
"""The mapping that comes with the program: an example of the form, no mall's."""
LISTING_VALUES = ("listing.code", "listing.title", "listing.price", "listing.kept_back", "listing.active")
"""What is known of a listing; title and price are the product's where the listing has none."""
STOCK_VALUES = ("stock.offered", "stock.free")
"""Pieces: what the shop may sell, and what is on the shelves and promised to nobody."""
_PRODUCT_VALUES = tuple(f"product.{each.name}" for each in FIELDS)
_EXTRA = "extra."
_SECTIONS = ("id", "title", "kind", "file", "errors")
_FILE = ("encoding", "newline", "delimiter", "header", "quote", "guard", "columns")
_ERRORS = ("encoding", "delimiter", "header_row", "code", "reason", "failed", "taken")
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class ShopColumn:
    """One column of the shop's file."""

    name: str
    value: str = ""
    """What is in it: one of :data:`LISTING_VALUES`, :data:`STOCK_VALUES`, ``product.<field>``, ``extra.<name>``; empty
    for a fixed text."""
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the shop writes for our values; ``other`` stands for all that are not named."""


@dataclass(frozen=True, slots=True)
class ShopMapping:
    """How a shop's file is written and read."""

    id: str
    kind: str
    """``products`` or ``stock``."""
    columns: tuple[ShopColumn, ...]
    encoding: str = "utf-8"
    newline: str = "\r\n"
    delimiter: str = ","
    header: bool = True
    quote_all: bool = False
    guard: bool = False
    """The file is meant for Excel: cells that it would take for formulas get an apostrophe."""
    errors: ErrorTable | None = None
    """How the shop's report of errors is read; its ``number`` is the shop's code."""

    @property
    def suffix(self) -> str:
        """End of the file's name."""
        return ".txt" if self.delimiter == "\t" else ".csv"

    def column(self, value: str) -> ShopColumn | None:
        """Return the first column that has a value."""
        return next((each for each in self.columns if each.value == value), None)


@dataclass(frozen=True, slots=True)
class ShopRow:
    """One row of the shop's own file."""

    row: int
    values: Mapping[str, str]
    """What it says, by value; cells that are empty are not among them."""


# --- reading the mapping ------------------------------------------------------------------------------------------


def mapping_from(text: str, name: str) -> ShopMapping:
    """Read a mapping; raises :class:`~app.errors.SettingsWrong` that names everything wrong with it at once."""
    try:
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong("mapping.not_toml", mapping=name, reason=str(error)) from error
    check = MappingCheck(raw)
    check.known("", raw, _SECTIONS)
    for language, said in check.section("title", ("ja", "en")).items():
        check.text(f"title.{language}", said)
    made = _mapping(check, name)
    if check.wrong:
        raise SettingsWrong("mapping.wrong", mapping=name, count=len(check.wrong), wrong="\n".join(check.wrong))
    return made


def _mapping(check: MappingCheck, name: str) -> ShopMapping:
    kind = check.text("kind", check.raw.get("kind"), KINDS)
    part = check.section("file", _FILE)
    raw = part.get("columns")
    columns: list[ShopColumn] = []
    if not isinstance(raw, list) or not raw:
        check.say("file.columns", '[{ name = "…", value = "listing.code" }, { name = "…", text = "…" }]')
    else:
        columns = [_column(check, f"file.columns[{at}]", each) for at, each in enumerate(raw, 1)]
        if not any(each.value in ("listing.code", "product.sku") for each in columns):
            check.say("file.columns", 'value = "listing.code" | "product.sku"')
        names = [each.name for each in columns]
        for at, each in enumerate(names, 1):
            if each in names[: at - 1]:
                check.say(f"file.columns[{at}].name", f"≠ columns[{names.index(each) + 1}].name")
    return ShopMapping(
        check.text("id", check.raw.get("id", name)),
        kind,
        tuple(columns),
        encoding=check.text("file.encoding", part.get("encoding", "utf-8"), ENCODINGS),
        newline=NEWLINES.get(check.text("file.newline", part.get("newline", "crlf"), tuple(NEWLINES)), "\r\n"),
        delimiter=check.text("file.delimiter", part.get("delimiter", ","), DELIMITERS) or ",",
        header=check.switch("file.header", part.get("header", True)),
        quote_all=check.text("file.quote", part.get("quote", "needed"), ("needed", "all")) == "all",
        guard=check.switch("file.guard", part.get("guard", False)),
        errors=error_table(check, "errors", _ERRORS, "code") if "errors" in check.raw else None,
    )


def _column(check: MappingCheck, path: str, value: object) -> ShopColumn:
    allowed = 'name = "…", value | text, values = { "…" = "…" }'
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not value["name"].strip():
        check.say(path, allowed)
        return ShopColumn("")
    check.known(path, value, ("name", "value", "text", "values"))
    if ("value" in value) == ("text" in value):
        check.say(path, allowed)
        return ShopColumn(value["name"])
    if "text" in value:
        return ShopColumn(value["name"], text=check.text(f"{path}.text", value["text"]))
    what = check.text(f"{path}.value", value["value"])
    known = (*LISTING_VALUES, *STOCK_VALUES, *_PRODUCT_VALUES)
    if what and what not in known and not (what.startswith(_EXTRA) and what[len(_EXTRA) :].strip()):
        check.say(f"{path}.value", " | ".join((*known, f"{_EXTRA}…")))
    table = value.get("values", {})
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        check.say(f"{path}.values", '{ yes = "1", no = "0", other = "…" }')
        table = {}
    return ShopColumn(value["name"], what, values=dict(table))


@cache
def _shipped() -> Mapping[str, Path]:
    return {path.stem: path for path in sorted((resource_root() / "mappings" / "shops").glob("*.toml"))}


def shipped_text(name: str) -> str:
    """Return the TOML of a mapping that comes with the program, or of the file of that path.

    :raises SettingsWrong: there is none.
    """
    path = _shipped().get(name, Path(name))
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong("mapping.unreadable", mapping=name, reason=str(error)) from error


# --- writing ------------------------------------------------------------------------------------------------------


def cells_of(mapping: ShopMapping, values: Mapping[str, str]) -> list[str]:
    """Return a listing's row.

    :raises NotAllowed: a value has no word in the mapping (``shop_file.no_value``).
    """
    return [_cell(column, values, guard=mapping.guard) for column in mapping.columns]


def _cell(column: ShopColumn, values: Mapping[str, str], *, guard: bool) -> str:
    text = column.text
    if column.value:
        text = values.get(column.value, "")
        if column.values and (text or _OTHER in column.values):
            if text not in column.values and _OTHER not in column.values:
                code = values.get("listing.code", "")
                raise NotAllowed("shop_file.no_value", column=column.name, value=text, code=code)
            text = column.values.get(text, column.values.get(_OTHER, ""))
    return guarded(text) if guard else text


def written(mapping: ShopMapping, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the file of these rows; raises :class:`~app.errors.NotAllowed` for a character that it cannot have."""
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=mapping.delimiter,
        lineterminator=mapping.newline,
        quoting=csv.QUOTE_ALL if mapping.quote_all else csv.QUOTE_MINIMAL,
    )
    if mapping.header:
        writer.writerow([column.name for column in mapping.columns])
    writer.writerows(rows)
    return encoded(out.getvalue(), mapping.encoding)


# --- reading the shop's own file ----------------------------------------------------------------------------------


def _laid_out(file: SourceFile, mapping: ShopMapping) -> SourceFile:
    """Return the file as the mapping says that it is written; a file of another encoding is read as it is."""
    return file.laid_out(delimiter=mapping.delimiter, header_row=1 if mapping.header else 0)


def _backwards(column: ShopColumn) -> Callable[[str], str]:
    """Return what turns the shop's word into ours."""
    own = {shop: ours for ours, shop in reversed(list(column.values.items())) if ours != _OTHER}
    return lambda text: own.get(text, text)


def read_rows(file: SourceFile, mapping: ShopMapping) -> Iterator[ShopRow | Problem]:
    """Stream the rows of the shop's own file; columns that it lacks say nothing.

    :raises FileUnusable: it lacks the column that says which listing a row is, or has no row.
    """
    source = _laid_out(file, mapping)
    if source.header:
        columns = Columns(source)
        places = [(each, columns.at(each.name)) for each in mapping.columns if each.value]
    else:
        places = [(each, at) for at, each in enumerate(mapping.columns) if each.value]
    keys = [each.name for each in mapping.columns if each.value in ("listing.code", "product.sku")]
    if not any(each.name in keys and at is not None for each, at in places):
        raise FileUnusable("header.missing_columns", file=source.name, columns=", ".join(keys))
    return _read_rows(source, [(each, at, _backwards(each)) for each, at in places if at is not None], mapping)


def _read_rows(
    source: SourceFile, places: Sequence[tuple[ShopColumn, int, Callable[[str], str]]], mapping: ShopMapping
) -> Iterator[ShopRow | Problem]:
    width = len(source.header) or len(mapping.columns)
    some = False
    for number, row in enumerate(source.records(), source.skipped + 1):
        if row == [END]:
            break
        if not any(map(str.strip, row)):
            continue
        some = True
        if key := row_damage(row, width):
            cells = {"cells": str(len(row)), "columns": str(width)}
            yield problem(source.name, number, "", row[0].removesuffix(END), key, **cells)
            continue
        found: dict[str, str] = {}
        for column, at, ours in places:
            text = row[at].strip()
            if mapping.guard:
                text = unguarded(text)
            if text:
                found[column.value] = ours(text)
        yield ShopRow(number, found)
    if not some:
        raise FileUnusable("file.no_rows", file=source.name)


# --- as a product file --------------------------------------------------------------------------------------------


def product_names(mapping: ShopMapping) -> dict[str, tuple[str, ...]]:
    """Return what the shop's file calls the columns of a product file, by their documented names."""
    found: dict[str, tuple[str, ...]] = {}
    for column in mapping.columns:
        if column.value.startswith("product."):
            found.setdefault(column.value.removeprefix("product."), (column.name,))
    return found


@dataclass(frozen=True, slots=True)
class _Translated(SourceFile):
    """A shop's file whose words are turned into ours as it is read."""

    words: tuple[tuple[int, Callable[[str], str]], ...] = ()

    def records(self) -> Iterator[list[str]]:
        """Rows in our words, then ``[END]``."""
        for row in SourceFile.records(self):
            for at, ours in self.words:
                if at < len(row):
                    row[at] = ours(row[at].strip())
            yield row


def translated(file: SourceFile, mapping: ShopMapping) -> SourceFile:
    """Return the shop's file to be read as a product file by :func:`product_names`.

    :raises FileUnusable: the mapping's file has no header, so that its columns have no names.
    """
    if not mapping.header:
        raise FileUnusable("shop_file.no_header", file=file.name, mapping=mapping.id)
    source = _laid_out(file, mapping)
    columns = Columns(source)
    words = tuple(
        (at, _backwards(each)) for each in mapping.columns if each.values and (at := columns.at(each.name)) is not None
    )
    values: dict[str, Any] = {each.name: getattr(source, each.name) for each in fields(SourceFile)}
    return _Translated(**values, words=words)
