"""Mappings of carriers: TOML that says what a carrier offers, which columns its file has and how numbers come back.

``resources/mappings/carriers`` has those that come with the program; the shop's own are read from the folder of
:func:`app.plugins.use_own`, at every station the same. Everything wrong with one is said at once, each with its place
and what is allowed there; a wish that a service offers and no column holds is wrong, too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast

from app.carriers._write import FileForm
from app.domain.mapping_check import RawCheck
from app.domain.shipping import Service, Slot, Temperature
from app.domain.size_classes import SizeClass, SizeRule
from app.domain.toml_text import read_toml
from app.errors import SettingsWrong
from app.plugins import Own, own_folder, resource_root

__all__ = ["VALUES", "MappedColumn", "Table", "mapping_from", "table_from", "tables"]

_PARTY = ("name", "postcode", "prefecture", "city", "street", "address", "phone")
TEXTS = ("contents", "remark", *(f"{whose}.{part}" for whose in ("to", "sender") for part in _PARTY))
"""Texts that may be parted over several columns; ``address`` is prefecture, city and street in one."""
WISHES = ("key", "service", "ship_date", "deliver_date", "slot", "temperature", "cod", "cod_tax", "pieces", "handling")
VALUES = (*WISHES, *TEXTS)
"""What a column may hold."""

_TOP = ("id", "title", "most_rows", "tracking", "file", "services", "slots", "temperatures", "handling", "numbers")
_FILE = ("encoding", "newline", "delimiter", "header", "quote", "date", "rows", "columns")
_SERVICE = (
    *("id", "title", "code", "code_cod", "cash_up_to", "cold", "dated", "slots", "most_pieces", "phone"),
    *("sizes", "most_kg", "most_side_cm", "within_cm"),
)
_COLUMN = ("name", "value", "text", "places", "wide")
_NUMBERS = ("key", "number", "cod", "pieces")
_ENCODINGS = ("cp932", "utf-8", "utf-8-sig")
_NEWLINES = {"crlf": "\r\n", "lf": "\n"}
_DELIMITERS = (",", ";", "\t", "|")
_COLD = {"chilled": Temperature.CHILLED, "frozen": Temperature.FROZEN}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the file."""

    name: str
    value: str = ""
    """One of :data:`VALUES`; empty for a fixed text."""
    text: str = ""
    places: int = 0
    """Half-width places; 0: as many as needed."""
    wide: bool = False
    """Whether it is written in full-width characters."""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole mapping, checked."""

    id: str
    title: Mapping[str, str]
    columns: tuple[MappedColumn, ...]
    services: tuple[Service, ...]
    codes: Mapping[str, tuple[str, str]]
    """Service -> what its column says, prepaid and with cash on delivery."""
    slots: Mapping[Slot, str]
    temperatures: Mapping[Temperature, str]
    handling: Mapping[str, str]
    numbers: Mapping[str, str]
    """``key``, ``number``, ``cod``, ``pieces`` -> name of the column in the file that comes back."""
    form: FileForm = field(default_factory=FileForm)
    date: str = "%Y/%m/%d"
    """``strftime`` format."""
    per_piece: bool = False
    """One row a piece; else one row a shipment."""
    own: bool = False
    """Whether it is the shop's own and none that comes with the program."""
    tracking: str = ""
    """Address of the carrier's page, with ``{number}``; empty where there is none."""


def mapping_from(text: str, name: str) -> Table:
    """Read a mapping; raises :class:`~app.errors.SettingsWrong` that names everything wrong with it at once."""
    try:
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong("mapping.not_toml", mapping=name, reason=str(error)) from error
    return table_from(raw, name)


def table_from(raw: Mapping[str, object], name: str) -> Table:
    """Check a mapping that was parsed; raises as :func:`mapping_from`."""
    check = RawCheck(raw)
    check.known("", raw, _TOP)
    table = _table(check)
    for path, allowed in _lost(table):
        check.say(path, allowed)
    if check.wrong:
        raise SettingsWrong("mapping.wrong", mapping=name, count=len(check.wrong), wrong="\n".join(check.wrong))
    return table


def _table(check: RawCheck) -> Table:
    file = check.section("file", _FILE)
    identity = _id(check, "id", check.raw.get("id"))
    form = check.text("file.date", file.get("date", "%Y/%m/%d"))
    if date(2026, 11, 3).strftime(form) == date(2026, 11, 4).strftime(form):
        check.say("file.date", '"%Y/%m/%d", "%Y%m%d" …')
    slots = {slot: check.text(f"slots.{slot}", code) for slot, code in check.section("slots", tuple(Slot)).items()}
    temperatures = check.section("temperatures", tuple(Temperature))
    handling = check.raw.get("handling", {})
    if not isinstance(handling, dict):
        check.say("handling", '{ fragile = "…" }')
        handling = {}
    columns = tuple(_columns(check, file.get("columns")))
    services, codes = _services(check, sender=any(column.value == "sender.name" for column in columns))
    return Table(
        id=identity,
        title=_title(check, "title", check.raw.get("title")),
        columns=columns,
        services=services,
        codes=codes,
        slots={Slot(slot): code for slot, code in slots.items() if slot in tuple(Slot)},
        temperatures={
            each: check.text(f"temperatures.{each}", temperatures.get(each, ""))
            for each in Temperature
            if each in temperatures or each is Temperature.AMBIENT
        },
        handling={name: check.text(f"handling.{name}", text) for name, text in handling.items()},
        numbers={
            name: check.text(f"numbers.{name}", each) for name, each in check.section("numbers", _NUMBERS).items()
        },
        form=FileForm(
            header=check.switch("file.header", file.get("header", True)),
            quote_all=check.text("file.quote", file.get("quote", "needed"), ("needed", "all")) == "all",
            encoding=check.text("file.encoding", file.get("encoding", "cp932"), _ENCODINGS) or "cp932",
            newline=_NEWLINES.get(check.text("file.newline", file.get("newline", "crlf"), tuple(_NEWLINES)), "\r\n"),
            delimiter=check.text("file.delimiter", file.get("delimiter", ","), _DELIMITERS) or ",",
            most_rows=check.number("most_rows", check.raw.get("most_rows", 0)),
        ),
        date=form,
        per_piece=check.text("file.rows", file.get("rows", "shipment"), ("shipment", "piece")) == "piece",
        tracking=_tracking(check),
    )


def _id(check: RawCheck, path: str, value: object) -> str:
    text = check.text(path, value)
    if not re.fullmatch("[a-z][a-z0-9_]*", text):
        check.say(path, '"a_z09"')
    return text


def _title(check: RawCheck, path: str, value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or set(value) != {"ja", "en"}:
        check.say(path, '{ ja = "…", en = "…" }')
        return {"ja": "", "en": ""}
    return {language: check.text(f"{path}.{language}", text) for language, text in value.items()}


def _tracking(check: RawCheck) -> str:
    page = check.text("tracking", check.raw.get("tracking", ""))
    if page and (not page.startswith("https://") or page.count("{number}") != 1 or page.count("{") != 1):
        check.say("tracking", '"https://…{number}"')
    return page


def _columns(check: RawCheck, value: object) -> Iterator[MappedColumn]:
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        check.say("file.columns", '[{ name = "…", value = "…", places = 32 }, { name = "…", text = "…" }]')
        return
    for at, each in enumerate(value, 1):
        path = f"file.columns[{at}]"
        check.known(path, each, _COLUMN)
        if ("value" in each) == ("text" in each):
            check.say(path, "value | text")
        yield MappedColumn(
            check.text(f"{path}.name", each.get("name")),
            check.text(f"{path}.value", each["value"], VALUES) if "value" in each else "",
            check.text(f"{path}.text", each.get("text", "")),
            check.number(f"{path}.places", each.get("places", 0)),
            check.switch(f"{path}.wide", each.get("wide", False)),
        )


def _services(check: RawCheck, *, sender: bool) -> tuple[tuple[Service, ...], Mapping[str, tuple[str, str]]]:
    value = check.raw.get("services")
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        check.say("services", "[[services]]")
        return (), {}
    made: list[Service] = []
    codes: dict[str, tuple[str, str]] = {}
    for at, each in enumerate(value, 1):
        path = f"services[{at}]"
        check.known(path, each, _SERVICE)
        slots = check.texts(f"{path}.slots", each.get("slots", []))
        cold = check.texts(f"{path}.cold", each.get("cold", []))
        if unknown := set(slots) - set(Slot):
            check.say(f"{path}.slots", f"{' | '.join(Slot)} ({', '.join(sorted(unknown))})")
        if unknown := set(cold) - set(_COLD):
            check.say(f"{path}.cold", f"{' | '.join(_COLD)} ({', '.join(sorted(unknown))})")
        cash = check.number(f"{path}.cash_up_to", each.get("cash_up_to", 0))
        service = Service(
            _id(check, f"{path}.id", each.get("id")),
            _title(check, f"{path}.title", each.get("title")),
            cash_on_delivery=cash > 0,
            most_cod=cash,
            temperatures=frozenset({Temperature.AMBIENT, *(_COLD[name] for name in cold if name in _COLD)}),
            dated=check.switch(f"{path}.dated", each.get("dated", False)),
            slots=frozenset(Slot(slot) for slot in slots if slot in tuple(Slot)),
            most_pieces=check.number(f"{path}.most_pieces", each.get("most_pieces", 1), 1),
            phone=check.switch(f"{path}.phone", each.get("phone", True)),
            sender=sender,
            size=_size(check, path, each),
        )
        if service.id in codes:
            check.say(f"{path}.id", f"{service.id} × 2")
        code = check.text(f"{path}.code", each.get("code", service.id))
        codes[service.id] = (code, check.text(f"{path}.code_cod", each.get("code_cod", code)))
        made.append(service)
    return tuple(made), codes


def _size(check: RawCheck, path: str, raw: Mapping[str, object]) -> SizeRule:
    """What a service takes: ``sizes`` are pairs of centimetres and kilograms, ``within_cm`` is three sides."""
    classes = raw.get("sizes", [])
    if not isinstance(classes, list) or not all(_numbers(each, 2) for each in classes):
        check.say(f"{path}.sizes", "[[60, 2], [80, 5]]")
        classes = []
    within = raw.get("within_cm", [])
    if within != [] and not _numbers(within, 3):
        check.say(f"{path}.within_cm", "[34, 25, 3]")
        within = []
    found = {}
    for name, unit in (("most_kg", 1000), ("most_side_cm", 10)):
        value = raw.get(name, 0)
        if not _number(value, 0):
            check.say(f"{path}.{name}", "0, 1, 2.5 …")
            value = 0
        found[name] = round(cast(float, value) * unit)
    sides = [round(each * 10) for each in cast("list[float]", within)]
    return SizeRule(
        tuple(
            SizeClass(round(size), round(kilos * 1000), round(size * 10))
            for size, kilos in sorted(cast("list[list[float]]", classes))
        ),
        most_g=found["most_kg"],
        most_side_mm=found["most_side_cm"],
        within_mm=((sides[0], sides[1], sides[2]),) if sides else (),
    )


def _numbers(value: object, many: int) -> bool:
    return isinstance(value, list) and len(value) == many and all(_number(each, 0.1) for each in value)


def _number(value: object, least: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= 1000


def _lost(table: Table) -> Iterator[tuple[str, str]]:
    """What a shipment may have, but the file would not say: place and what is needed there."""
    held = {column.value for column in table.columns}
    needed = {"key", "to.name", "to.postcode"}
    for whose in ("to", "sender") if "sender.name" in held else ("to",):
        if not {f"{whose}.prefecture", f"{whose}.city", f"{whose}.street"} <= held:
            needed.add(f"{whose}.address")
    for service in table.services:
        needed |= {"deliver_date"} if service.dated else set()
        needed |= {"slot"} if service.slots else set()
        needed |= {"temperature"} if len(service.temperatures) > 1 else set()
        needed |= {"cod"} if service.cash_on_delivery else set()
        needed |= {"pieces"} if service.most_pieces > 1 and not table.per_piece else set()
        needed |= {"to.phone"} if service.phone else set()
        if lacking := service.slots - table.slots.keys():
            yield "slots", ", ".join(f'{slot} = "…"' for slot in sorted(lacking))
        if lacking_cold := service.temperatures - table.temperatures.keys():
            yield "temperatures", ", ".join(f'{each} = "…"' for each in sorted(lacking_cold))
    needed |= {"service"} if len(set(table.codes.values())) > 1 else set()
    needed |= {"handling"} if table.handling else set()
    for value in sorted(needed - held):
        yield "file.columns", f'{{ name = "…", value = "{value}" }}'
    for name in ("key", "number"):
        if not table.numbers.get(name):
            yield f"numbers.{name}", '"…"'


def tables() -> tuple[Table, ...]:
    """Every mapping of a carrier: those that come with the program, then the shop's own, each sorted by file name.

    :raises SettingsWrong: one cannot be read or is wrong.
    """
    return _tables(own_folder("carriers"))


@lru_cache(maxsize=2)
def _tables(added: Own | None) -> tuple[Table, ...]:
    shipped = [_from_file(path) for path in sorted((resource_root() / "mappings" / "carriers").glob("*.toml"))]
    own = [_from_file(path) for path in sorted(added.folder.glob("*.toml"))] if added is not None else []
    return (*shipped, *(replace(table, own=True) for table in own))


def _from_file(path: Path) -> Table:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong("mapping.unreadable", mapping=path.name, reason=str(error)) from error
    return mapping_from(text, path.name)
