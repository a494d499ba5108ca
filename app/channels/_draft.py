"""A mapping as values that a screen can edit, and back to the TOML that is kept (:mod:`app.channels._mapping`).

A draft may say nothing yet, or something wrong: only reading its text as a mapping tells.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.channels._mapping import CONDITIONS, FIELDS
from app.domain.toml_text import read_toml
from app.errors import SettingsWrong

__all__ = ["Draft", "DraftRule", "draft_of", "draft_text"]


@dataclass(frozen=True, slots=True)
class DraftRule:
    """One condition of a rule: the cell of a column is one of some values."""

    column: str | int
    """Name of the column, or its number from 1."""
    values: tuple[str, ...]
    test: str = "one_of"
    """``one_of``, ``none_of``, ``equals`` or ``starts_with``."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping on its way to be saved; nothing in it is checked."""

    name: str = ""
    """Id of the channel that it becomes; also the name under which it is kept."""
    title: Mapping[str, str] = field(default_factory=dict)
    """Language (``ja``, ``en``) -> what people call it."""
    fields: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    """``order.number`` -> columns, by name or number from 1; several are joined. The fields are those of
    :data:`app.channels._mapping.FIELDS`."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Field -> text that every row has; goes before :attr:`fields`."""
    joins: Mapping[str, str] = field(default_factory=dict)
    """Field of several columns -> what stands between them, where that is no space."""
    whole: frozenset[str] = frozenset()
    """Fields whose ``17850.0`` is meant as ``17850``."""
    recognise: tuple[str, ...] = ()
    """Columns that a file must have to be taken for one of this channel."""
    sheet: str = ""
    """Sheet of a spreadsheet; empty: the first that fits."""
    encoding: str = ""
    """Empty: as found."""
    delimiter: str = ""
    header_row: int = 1
    """Row of the header; 0: the file has none."""
    quotes: bool = True
    formats: tuple[str, ...] = ()
    """``strptime`` formats of times; empty: year-month-day forms."""
    timezone: str = ""
    rules: Mapping[str, tuple[DraftRule, ...]] = field(default_factory=dict)
    """Rule (:data:`app.channels._mapping.CONDITIONS`) -> conditions, any of which is enough."""
    non_goods: tuple[str, ...] = ()
    """SKUs that are no goods."""
    non_goods_prefixes: tuple[str, ...] = ()
    non_goods_pattern: str = ""
    sku_case: str = "keep"
    sku_width: str = "keep"
    sku_strip_prefix: str = ""
    report: Mapping[str, object] = field(default_factory=dict)
    """The section ``[report]`` as parsed: how the shop is told what was shipped; empty: not by this mapping."""
    report_errors: Mapping[str, object] = field(default_factory=dict)
    """The section ``[report_errors]`` as parsed."""


# --- as TOML ------------------------------------------------------------------------------------------------------


def draft_text(draft: Draft) -> str:
    """Return the mapping of a draft as TOML; what is as usual is left out."""
    parts: list[str] = []
    if draft.name:
        parts.append(f"id = {_value(draft.name)}\n")
    file = {
        "sheet": draft.sheet,
        "encoding": draft.encoding,
        "delimiter": draft.delimiter,
        "header_row": None if draft.header_row == 1 else draft.header_row,
        "quotes": None if draft.quotes else False,
    }
    parts += _section("title", draft.title)
    parts += _section("file", file)
    parts += _section("recognise", {"columns": list(draft.recognise)})
    parts += _section("time", {"formats": list(draft.formats), "timezone": draft.timezone})
    for section, keys in FIELDS.items():
        cells = {key: _cell(draft, f"{section}.{key}") for key in keys}
        parts += _section(section, cells)
    rules = {rule: [_condition(each) for each in draft.rules.get(rule, ())] for rule in CONDITIONS}
    parts += _section("rules", rules)
    goods = {
        "codes": list(draft.non_goods),
        "prefixes": list(draft.non_goods_prefixes),
        "pattern": draft.non_goods_pattern,
    }
    parts += _section("rules.non_goods", goods)
    usual = ("keep", "keep", "")
    sku = zip(("case", "width", "strip_prefix"), (draft.sku_case, draft.sku_width, draft.sku_strip_prefix), strict=True)
    parts += _section("rules.sku", {key: said for (key, said), same in zip(sku, usual, strict=True) if said != same})
    parts += _section("report", draft.report)
    parts += _section("report_errors", draft.report_errors)
    return "\n".join(parts)


def _section(name: str, values: Mapping[str, object]) -> list[str]:
    told = {key: each for key, each in values.items() if each is not None and each not in ("", [], {}, ())}
    if not told:
        return []
    return [f"[{name}]\n" + "".join(f"{_key(key)} = {_value(each)}\n" for key, each in told.items())]


def _cell(draft: Draft, name: str) -> object:
    if name in draft.fixed:
        return {"value": draft.fixed[name]}
    columns = list(draft.fields.get(name, ()))
    if not columns:
        return None
    more: dict[str, object] = {}
    if name in draft.joins:
        more["join"] = draft.joins[name]
    if name in draft.whole:
        more["whole"] = True
    if more:
        return {"columns": columns, **more}
    return columns[0] if len(columns) == 1 else columns


def _condition(rule: DraftRule) -> dict[str, object]:
    values = list(rule.values)
    return {"column": rule.column, rule.test: values[0] if rule.test == "equals" and len(values) == 1 else values}


_BARE = re.compile(r"[A-Za-z0-9_-]+")


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else _value(text)


def _value(value: object) -> str:
    """Return a plain value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(key))} = {_value(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_value, value))}]"
    # JSON's text is TOML's basic string, except that TOML wants DEL escaped and knows no lone surrogates.
    text = str(value).encode("utf-8", "replace").decode()
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- and back -----------------------------------------------------------------------------------------------------


def draft_of(text: str, name: str = "") -> Draft:
    """Return the draft of a mapping's TOML; what stands in a wrong place is left out.

    :param name: what it is called where the text has no ``id``.
    :raises SettingsWrong: it is no TOML at all.
    """
    try:
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong("mapping.not_toml", mapping=name, reason=str(error)) from error
    file, time, rules = (_part(raw, section) for section in ("file", "time", "rules"))
    goods, sku = _part(rules, "non_goods"), _part(rules, "sku")
    header_row = file.get("header_row", 1)
    fields: dict[str, tuple[str | int, ...]] = {}
    fixed: dict[str, str] = {}
    joins: dict[str, str] = {}
    whole: set[str] = set()
    for section, keys in FIELDS.items():
        for key, value in _part(raw, section).items():
            if key not in keys:
                continue
            field_name = f"{section}.{key}"
            if isinstance(value, dict):
                if "value" in value:
                    fixed[field_name] = str(value["value"])
                    continue
                if isinstance(value.get("join"), str) and value["join"] != " ":
                    joins[field_name] = value["join"]
                if value.get("whole") is True:
                    whole.add(field_name)
            named = value.get("columns", value.get("column", [])) if isinstance(value, dict) else value
            if columns := _columns(named):
                fields[field_name] = columns
    return Draft(
        name=_text(raw.get("id")) or name,
        title={language: each for language, each in _part(raw, "title").items() if isinstance(each, str)},
        fields=fields,
        fixed=fixed,
        joins=joins,
        whole=frozenset(whole),
        recognise=_texts(_part(raw, "recognise").get("columns")),
        sheet=_text(file.get("sheet")),
        encoding=_text(file.get("encoding")),
        delimiter=_text(file.get("delimiter")),
        header_row=header_row if isinstance(header_row, int) and not isinstance(header_row, bool) else 1,
        quotes=file.get("quotes", True) is not False,
        formats=_texts(time.get("formats")),
        timezone=_text(time.get("timezone")),
        rules={rule: found for rule in CONDITIONS if (found := _rules(rules.get(rule)))},
        non_goods=_texts(goods.get("codes")),
        non_goods_prefixes=_texts(goods.get("prefixes")),
        non_goods_pattern=_text(goods.get("pattern")),
        sku_case=_text(sku.get("case")) or "keep",
        sku_width=_text(sku.get("width")) or "keep",
        sku_strip_prefix=_text(sku.get("strip_prefix")),
        report=_part(raw, "report"),
        report_errors=_part(raw, "report_errors"),
    )


def _part(raw: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = raw.get(name, {})
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _columns(value: object) -> tuple[str | int, ...]:
    each = value if isinstance(value, list) else [value]
    return tuple(one for one in each if isinstance(one, str | int) and not isinstance(one, bool) and one)


def _rules(value: object) -> tuple[DraftRule, ...]:
    found = []
    for each in value if isinstance(value, list) else ():
        if not isinstance(each, dict) or not _columns(each.get("column")):
            continue
        tests = [key for key in each if key != "column"]
        if len(tests) == 1:
            wanted = each[tests[0]]
            values = tuple(map(str, wanted)) if isinstance(wanted, list) else (str(wanted),)
            found.append(DraftRule(_columns(each["column"])[0], values, tests[0]))
    return tuple(found)
