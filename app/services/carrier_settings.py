"""What the shop lays down about its carriers: pickups, lead times, closed days, delivery methods, accounts.

Everything is checked before anything is written. Orders that wait are judged by it when they are judged next:
:func:`app.services.gate.recheck_open` does that at once.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from app.carriers._choose import carrier as carrier_by_id
from app.carriers._choose import carriers
from app.domain.addresses import prefecture_of
from app.domain.intake import fold_name, narrow, problem
from app.domain.orders import Problem
from app.domain.people import Right
from app.errors import FileUnusable, NotAllowed, NotFound, SettingsWrong
from app.services import acts
from app.services.settings import shop_list
from app.sheets.book import is_book, read_book
from app.storage import carriers as storage
from app.storage.carriers import HOUSE, LeadTime, MethodRow
from app.storage.database import Transaction

__all__ = [
    "HOUSE",
    "LEAD_COLUMNS",
    "AccountRow",
    "CarrierRow",
    "ClosedDay",
    "LeadReport",
    "MethodRow",
    "accounts",
    "close_days",
    "closed_days",
    "days_between",
    "drop_method",
    "import_lead_times",
    "known_carriers",
    "lead_table",
    "methods",
    "open_days",
    "pickups",
    "put_account",
    "put_method",
    "put_pickups",
]

NO_CARRIER = "-"
"""Stands for *goes without a carrier* where a service is named."""


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """One carrier that this program knows."""

    carrier: str
    title: Mapping[str, str]
    services: tuple[tuple[str, Mapping[str, str]], ...]
    """Id and name by language of each service."""
    fields: tuple[str, ...]
    """What its contract gives; each one's sentence is ``carrier.<carrier>.<name>``."""
    required: frozenset[str]


def known_carriers() -> list[CarrierRow]:
    """Return every carrier with its services and the fields of its account."""
    return [
        CarrierRow(
            each.ID,
            each.TITLE,
            tuple((service.id, service.title) for service in each.SERVICES),
            tuple(one.name for one in each.ACCOUNT),
            frozenset(one.name for one in each.ACCOUNT if one.required and not one.default),
        )
        for each in carriers()
    ]


# --- pickups ------------------------------------------------------------------------------------------------------

_TIME = re.compile(r"([01]?\d|2[0-3])(?::|時)([0-5]\d)?分?")


def pickups(tx: Transaction) -> dict[str, tuple[str, ...]]:
    """Return the pickups of each carrier as ``HH:MM`` in the shop's time zone."""
    return storage.pickup_times(tx)


def put_pickups(tx: Transaction, station: str, act: str, carrier: str, times: Sequence[str]) -> tuple[str, ...]:
    """Replace a carrier's pickups and return them, earliest first; no times at all takes them away.

    :raises SettingsWrong: a text is no time of day.
    """
    carrier_by_id(carrier)
    good: set[str] = set()
    for text in times:
        found = _TIME.fullmatch(narrow(text))
        if found is None:
            raise SettingsWrong("carriers.bad_time", value=text)
        good.add(f"{int(found[1]):02d}:{found[2] or '00'}")
    ordered = tuple(sorted(good))
    state = acts.begin(tx, station, act)
    if state is not None:
        acts.require(state, Right.SETTINGS)
        storage.put_pickups(tx, carrier, ordered)
        acts.end(tx, state, act, "carriers", {"pickups": ordered, "carrier": carrier})
    return ordered


# --- lead times ---------------------------------------------------------------------------------------------------

LEAD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "carrier": ("carrier", "運送会社", "配送会社", "キャリア"),
    "origin": ("origin", "from", "発地", "出荷元", "発送元", "発送元都道府県"),
    "prefecture": ("prefecture", "to", "着地", "お届け先", "届け先", "都道府県", "お届け先都道府県"),
    "days": ("days", "lead_time", "日数", "リードタイム", "所要日数", "お届け日数"),
}
"""Columns of a lead-time file and the names each is found by; width, case and spaces never matter."""
MOST_DAYS = 14
_MOST_BYTES = 4_000_000
_ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(slots=True)
class LeadReport:
    """What reading a lead-time file came to."""

    rows: int = 0
    """Rows taken in; 0 where a row is wrong: it is the whole file or nothing."""
    carriers: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def lead_table(tx: Transaction) -> list[LeadTime]:
    """Return the whole lead-time table."""
    return storage.lead_table(tx)


def import_lead_times(tx: Transaction, station: str, act: str, path: Path, *, dry_run: bool = False) -> LeadReport:
    """Take a lead-time table in: it replaces the rows of every carrier and origin that it names.

    A row that begins with ``#`` is a comment. One wrong row and nothing is taken in.

    :raises FileUnusable: it cannot be read at all, or a column is missing.
    """
    rows, report = _read_lead_times(path)
    if report.problems or not rows or dry_run:
        return report
    state = acts.begin(tx, station, act)
    if state is not None:
        acts.require(state, Right.SETTINGS)
        storage.put_lead_times(tx, rows)
        facts = {"file": path.name, "rows": len(rows), "carriers": report.carriers}
        acts.end(tx, state, act, "carriers", {"lead_times": facts})
    return report


def _read_lead_times(path: Path) -> tuple[list[LeadTime], LeadReport]:
    report = LeadReport()
    table = [
        (at, row)
        for at, row in enumerate(csv.reader(io.StringIO(_text_of(path)), strict=False), 1)
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#")
    ]
    if not table:
        raise FileUnusable("carriers.lead_file_empty", file=path.name)
    places = _places(path.name, table[0][1])
    header = table[0][1]
    known = {each.ID: each for each in carriers()}
    names = {fold_name(title): each.ID for each in carriers() for title in (*each.TITLE.values(), each.ID)}
    rows: dict[tuple[str, str, str], tuple[int, LeadTime]] = {}
    for at, row in table[1:]:
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}

        def wrong(name: str, key: str, at: int = at, cells: dict[str, str] = cells, **more: str) -> None:
            report.problems.append(problem(path.name, at, header[places[name]], cells[name], key, **more))

        carrier = names.get(fold_name(cells["carrier"]), "")
        origin, prefecture = prefecture_of(cells["origin"]), prefecture_of(cells["prefecture"])
        days = narrow(cells["days"]).removesuffix("日")
        if not carrier:
            wrong("carrier", "lead.unknown_carrier", known=", ".join(known))
        if not origin:
            wrong("origin", "lead.no_prefecture")
        if not prefecture:
            wrong("prefecture", "lead.no_prefecture")
        if not (days.isascii() and days.isdigit() and int(days) <= MOST_DAYS):
            wrong("days", "lead.bad_days", limit=str(MOST_DAYS))
            continue
        if not (carrier and origin and prefecture):
            continue
        key = (carrier, origin, prefecture)
        made = LeadTime(carrier, origin, prefecture, int(days))
        first, before = rows.setdefault(key, (at, made))
        if before.days != made.days:
            wrong("days", "lead.twice", first=str(first), other=str(before.days))
    found = [each for _, each in rows.values()]
    if not found and not report.problems:
        raise FileUnusable("carriers.lead_file_empty", file=path.name)
    if not report.problems:
        report.rows = len(found)
        report.carriers = tuple(dict.fromkeys(each.carrier for each in found))
    return found, report


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnusable("file.unreadable", file=path.name, reason=error.strerror or str(error)) from error
    if is_book(data[:8]):
        return read_book(path, path.name).sheets[0].path.read_text(encoding="utf-8")
    if len(data) > _MOST_BYTES:
        raise FileUnusable("carriers.lead_file_large", file=path.name, limit=_MOST_BYTES // 1_000_000)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnusable("carriers.lead_file_encoding", file=path.name)


def _places(file: str, header: Sequence[str]) -> dict[str, int]:
    folded = [fold_name(name) for name in header]
    places: dict[str, int] = {}
    missing: list[str] = []
    for name, aliases in LEAD_COLUMNS.items():
        at = next((folded.index(fold_name(alias)) for alias in aliases if fold_name(alias) in folded), None)
        if at is None:
            missing.append(f"{aliases[0]} ({aliases[1]})")
        else:
            places[name] = at
    if missing:
        found = ", ".join(cell.strip() for cell in header)
        raise FileUnusable("carriers.lead_columns", file=file, missing=", ".join(missing), found=found[:200])
    return places


# --- closed days --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """One day without shipping."""

    day: str
    shop: int
    """0 for every shop."""
    shop_name: str


def closed_days(tx: Transaction, since: str = "") -> list[ClosedDay]:
    """Return the days without shipping, earliest first.

    :param since: only this day and later ones, ``YYYY-MM-DD``.
    """
    names = {row.id: row.name for row in shop_list(tx)}
    found = [
        ClosedDay(day, shop, names.get(shop, ""))
        for shop, days in storage.closed_days_of(tx, since).items()
        for day in days
    ]
    return sorted(found, key=lambda each: (each.day, each.shop))


def days_between(texts: Iterable[str]) -> tuple[str, ...]:
    """Return days as ``YYYY-MM-DD``; a text may be one day or the first and the last of several, ``FROM..TO``.

    :raises SettingsWrong: a text is no day, or names more than a year of them.
    """
    found: list[str] = []
    for text in texts:
        first, _, last = narrow(text).replace("~", "..").partition("..")
        try:
            begin = date.fromisoformat(first.strip().replace("/", "-"))
            end = date.fromisoformat(last.strip().replace("/", "-")) if last.strip() else begin
        except ValueError:
            raise SettingsWrong("carriers.bad_day", value=text) from None
        if not 0 <= (end - begin).days <= 366:
            raise SettingsWrong("carriers.bad_day", value=text)
        found += [(begin + timedelta(days=at)).isoformat() for at in range((end - begin).days + 1)]
    return tuple(dict.fromkeys(found))


def close_days(tx: Transaction, station: str, act: str, days: Sequence[str], shop: int = HOUSE) -> int:
    """Enter days without shipping (see :func:`days_between`); return how many were new."""
    return _change_days(tx, station, act, days, shop, closed=True)


def open_days(tx: Transaction, station: str, act: str, days: Sequence[str], shop: int = HOUSE) -> int:
    """Take days without shipping away; return how many were there."""
    return _change_days(tx, station, act, days, shop, closed=False)


def _change_days(tx: Transaction, station: str, act: str, days: Sequence[str], shop: int, *, closed: bool) -> int:
    good = days_between(days)
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    changed = (storage.add_closed_days if closed else storage.drop_closed_days)(tx, shop, good)
    facts = {"closed" if closed else "open": list(good), "shop": shop}
    acts.end(tx, state, act, "carriers", facts, result=changed)
    return changed


# --- delivery methods ---------------------------------------------------------------------------------------------


def methods(tx: Transaction) -> list[MethodRow]:
    """Return what the shops' delivery methods mean, the shops' own before those of the house."""
    return storage.methods(tx)


def split_service(text: str) -> tuple[str, str]:
    """Return carrier and service of ``CARRIER/SERVICE``; two empty texts for ``-`` (goes without a carrier).

    :raises NotFound: there is no such service.
    """
    if text.strip() == NO_CARRIER:
        return "", ""
    identity, _, service = text.strip().partition("/")
    known = {(each.ID, one.id) for each in carriers() for one in each.SERVICES}
    if (identity, service) not in known:
        listed = ", ".join(f"{each.ID}/{one.id}" for each in carriers() for one in each.SERVICES)
        raise NotFound("gate.no_such_service", service=text, known=listed)
    return identity, service


def put_method(tx: Transaction, station: str, act: str, method: str, service: str, shop: int = HOUSE) -> MethodRow:
    """Enter what a delivery method means.

    A method counts where it is the whole text of an order's delivery method, else where it is a part of it: the
    longest part wins, and the shop's own before the house's.

    :param service: ``CARRIER/SERVICE``, or ``-`` for orders that go without a carrier.
    """
    name = fold_name(method)
    if not name:
        raise NotAllowed("carriers.no_method")
    row = MethodRow(shop, name, *split_service(service))
    state = acts.begin(tx, station, act)
    if state is not None:
        acts.require(state, Right.SETTINGS)
        storage.put_method(tx, row)
        acts.end(tx, state, act, "carriers", {"method": name, "shop": shop, "service": service})
    return row


def drop_method(tx: Transaction, station: str, act: str, method: str, shop: int = HOUSE) -> bool:
    """Take a delivery method away; return whether it was there."""
    name = fold_name(method)
    state = acts.begin(tx, station, act)
    if state is None:
        return bool(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    there = storage.drop_method(tx, shop, name)
    acts.end(tx, state, act, "carriers", {"no_method": name, "shop": shop}, result=there)
    return there


# --- accounts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One value of an account with a carrier."""

    carrier: str
    shop: int
    """0 for every shop."""
    shop_name: str
    name: str
    value: str


def accounts(tx: Transaction) -> list[AccountRow]:
    """Return what the contracts with the carriers give."""
    names = {row.id: row.name for row in shop_list(tx)}
    return [
        AccountRow(identity, shop, names.get(shop, ""), name, value)
        for (identity, shop), values in storage.accounts(tx).items()
        for name, value in values.items()
    ]


def put_account(
    tx: Transaction, station: str, act: str, carrier: str, values: Mapping[str, str], shop: int = HOUSE
) -> None:
    """Enter values of an account; an empty value takes one away.

    :raises SettingsWrong: the carrier has no such field, or a value does not fit it; nothing is changed then.
    """
    fields = {one.name: one for one in carrier_by_id(carrier).ACCOUNT}
    good: dict[str, str] = {}
    for name, value in values.items():
        if name not in fields:
            raise SettingsWrong("carriers.no_field", name=name, carrier=carrier, known=", ".join(fields))
        text = narrow(value)
        if text and not re.fullmatch(fields[name].pattern, text):
            raise SettingsWrong("carriers.bad_value", name=name, value=value, why=f"carrier.{carrier}.{name}")
        good[name] = text
    state = acts.begin(tx, station, act)
    if state is not None:
        acts.require(state, Right.SETTINGS)
        storage.put_account(tx, carrier, shop, good)
        acts.end(tx, state, act, "carriers", {"account": sorted(good), "carrier": carrier, "shop": shop})
