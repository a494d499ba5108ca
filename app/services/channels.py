"""Channels 取込元: the shops' formats that come with the program and those that a shop made as a mapping.

A saved mapping is a channel like any other: files are recognised by it, folders and shops use it by its name, at every
station of the database. What the wizard needs stands here, too: a look at a file, a guess, a trial.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app.channels import csv
from app.channels._choose import Channel, channels
from app.channels._choose import channel as channel_by_id
from app.channels._draft import Draft, DraftRule, draft_of, draft_text
from app.channels._guess import guess_draft
from app.channels._mapped import mapped
from app.channels._mapping import CONDITIONS, FIELDS, REQUIRED, mapping_from, text_of
from app.channels._report import ReportMapping, report_mapping
from app.channels._report import mapping_from as report_mapping_from
from app.channels._shop_file import mapping_from as shop_mapping_from
from app.channels._source import DEFAULT_MAX_BYTES, NO_ROWS, of_file, open_source, shown_name
from app.domain.intake import ReadOptions
from app.domain.orders import IncomingOrder, Problem
from app.domain.people import Right
from app.errors import FileUnusable, NotAllowed, NotFound, SettingsWrong
from app.services import acts
from app.storage import mappings as storage
from app.storage.database import Transaction

__all__ = [
    "CONDITIONS",
    "FIELDS",
    "LOOK_ROWS",
    "MAPPING_KINDS",
    "REQUIRED",
    "TRY_ORDERS",
    "TRY_PROBLEMS",
    "ChannelItem",
    "Draft",
    "DraftRule",
    "Sheet",
    "Trial",
    "WrongEntry",
    "channel_list",
    "draft_of",
    "draft_text",
    "guess",
    "known_channel",
    "known_channels",
    "look_at",
    "mapping_body",
    "mapping_names",
    "mapping_text",
    "remove_mapping",
    "report_mapping_of",
    "save_mapping",
    "try_out",
]

MAPPING_KINDS = ("orders", "products", "stock")
"""Kinds of mappings that are kept: orders (each is a channel), and a shop's file of products or of stock."""
LOOK_ROWS = 200
"""Rows of a file that the wizard shows, and whose values its rules offer."""
TRY_ORDERS = 50
"""Orders that a trial reads."""
TRY_PROBLEMS = 500
"""A trial ends when so many things were odd: the mapping does not fit the file."""


_NAME = re.compile(r"\w[\w-]{0,39}")
"""A name is part of names of files, so it has only characters that every disk takes."""


@dataclass(frozen=True, slots=True)
class ChannelItem:
    """One channel, for lists and choices."""

    id: str
    title: Mapping[str, str]
    """Language -> name."""
    own: bool
    """Whether the shop made it: a saved mapping, which can be changed and removed."""
    shops: tuple[str, ...]
    """Names of the shops on it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was found, with its first rows."""

    path: Path
    name: str
    """File name without folder."""
    kind: str
    """``text``, ``xlsx``, ``xls`` or ``ods``."""
    encoding: str
    """Python's name; empty for a spreadsheet, which has none to choose."""
    delimiter: str
    """Empty for a spreadsheet."""
    header_row: int
    """Row of the header as a spreadsheet counts; 0: the file is read without one."""
    header: tuple[str, ...]
    """Its cells as written; empty without a header."""
    rows: tuple[tuple[str, ...], ...]
    """The first rows of data, at most :data:`LOOK_ROWS`."""
    sheets: tuple[str, ...] = ()
    """Names of the sheets with rows in them; empty for a text file."""
    sheet: str = ""
    """The one that is shown."""


@dataclass(frozen=True, slots=True)
class WrongEntry:
    """Something in a mapping that cannot be right."""

    place: str
    """``order.number``, ``rules.cancelled[1].equals`` …; empty where the text is no TOML."""
    allowed: str
    """What may stand there; the reason where :attr:`place` is empty."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping makes of the beginning of a file; nothing was taken in."""

    orders: tuple[IncomingOrder, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Each with its place; sentences are said by ``key`` as in a report of an import."""
    wrong: tuple[WrongEntry, ...] = ()
    """Where there are any, nothing could be read."""


def look_at(path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "", header_row: int = 1) -> Sheet:
    """Open a file and return its first rows; empty values are found out.

    :param header_row: row of the header as a spreadsheet counts, 0: there is none; 1: the first row with something in.
    :raises FileUnusable: it cannot be read (as it is said to be).
    """
    file = open_source(path, max_bytes=DEFAULT_MAX_BYTES)
    file = (file.on_sheet(sheet) if sheet else file).laid_out(
        encoding=encoding, delimiter=delimiter, header_row=header_row
    )
    rows = [tuple(row) for row in islice(file.records(), LOOK_ROWS) if row not in NO_ROWS]
    return Sheet(
        path=path,
        name=shown_name(path),
        kind="text" if file.book is None else file.book.kind,
        encoding=file.encoding if file.book is None else "",
        delimiter=file.delimiter if file.book is None else "",
        header_row=file.skipped if file.header else 0,
        header=file.header,
        rows=tuple(rows),
        sheets=file.sheets,
        sheet=file.sheet,
    )


def guess(sheet: Sheet) -> Draft:
    """Return what the mapping of a file could be, by the names of its columns; anything in it may be wrong.

    The columns by which files are recognised are all that were found.
    """
    several = len(sheet.sheets) > 1
    draft = guess_draft(
        sheet.name, sheet.header, sheet.rows, header_row=sheet.header_row, sheet=sheet.sheet if several else ""
    )
    if draft.name.casefold() in {each.ID.casefold() for each in channels()}:
        draft = replace(draft, name=f"{draft.name}_2")
    return draft


def try_out(path: Path, body: str, *, most: int = TRY_ORDERS, timezone: str = "Asia/Tokyo") -> Trial:
    """Read the first orders of a file by a mapping, with everything that is odd up to there; takes nothing in.

    :param body: TOML of the mapping, as a draft makes it.
    :param timezone: time zone of times that name none.
    """
    if wrong := _wrong_entries(body):
        return Trial(wrong=wrong)
    orders: list[IncomingOrder] = []
    problems: list[Problem] = []
    try:
        file = open_source(path, max_bytes=DEFAULT_MAX_BYTES)
        for item in csv.read(file, ReadOptions(timezone=timezone, mapping_text=body)):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                orders.append(item)
            if len(orders) >= most or len(problems) >= TRY_PROBLEMS:
                break
    except FileUnusable as error:
        problems.append(of_file(path, error))
    return Trial(tuple(orders), tuple(problems))


def _wrong_entries(body: str) -> tuple[WrongEntry, ...]:
    try:
        _check_body("orders", "", body)
    except SettingsWrong as error:
        if error.key == "mapping.not_toml":
            return (WrongEntry("", str(error.args_["reason"])),)
        lines = str(error.args_["wrong"]).splitlines()
        return tuple(WrongEntry(*line.split(": ", 1)) for line in lines)
    return ()


# --- the channels that there are ----------------------------------------------------------------------------------


def known_channels(tx: Transaction) -> tuple[Channel, ...]:
    """Return every channel: those that come with the program, then the saved mappings of orders by name."""
    return (*channels(), *(mapped(each.name, each.body) for each in storage.every(tx, "orders")))


def known_channel(tx: Transaction, identity: str) -> Channel:
    """Return the channel with this id; raises :class:`~app.errors.NotFound`, which names those that there are."""
    return channel_by_id(identity, known_channels(tx))


def channel_list(tx: Transaction) -> list[ChannelItem]:
    """Return every channel for lists and choices, as :func:`known_channels` sorts them."""
    own = set(storage.names(tx, "orders"))
    return [
        ChannelItem(each.ID, dict(each.TITLE), each.ID in own, tuple(storage.shops_on(tx, each.ID)))
        for each in known_channels(tx)
    ]


def report_mapping_of(tx: Transaction, channel: str, mapping: str) -> ReportMapping:
    """Return how a shop is reported to, and how its errors are read; either part may be missing.

    :param channel: the shop's channel; a saved mapping may carry the report itself.
    :param mapping: what is set as ``report.mapping``: a saved mapping, one that comes with the program, or a file's
        path. What it says goes before what the channel says.
    :raises SettingsWrong: the mapping is wrong or not there.
    """
    told = _report_mapping(tx, mapping) if mapping else ReportMapping("")
    body = storage.body(tx, "orders", channel)
    if body is None or (told.report and told.errors):
        return told
    own = report_mapping_from(body, channel)
    return ReportMapping(told.id or own.id, told.report or own.report, told.errors or own.errors)


def _report_mapping(tx: Transaction, name: str) -> ReportMapping:
    body = storage.body(tx, "orders", name)
    return report_mapping(name) if body is None else report_mapping_from(body, name)


# --- saved mappings -----------------------------------------------------------------------------------------------


def mapping_names(tx: Transaction, kind: str) -> list[str]:
    """Return the names of the saved mappings of a kind (:data:`MAPPING_KINDS`)."""
    return storage.names(tx, kind)


def mapping_body(tx: Transaction, kind: str, name: str) -> str:
    """Return a saved mapping's TOML; raises :class:`~app.errors.NotFound` where there is none."""
    body = storage.body(tx, kind, name)
    if body is None:
        known = ", ".join(storage.names(tx, kind))
        raise NotFound("mapping.unknown", mapping=name, known=known or "–")
    return body


def mapping_text(tx: Transaction, name: str) -> str:
    """Return the TOML of a mapping of orders: a saved one, one that comes with the program, or the file of that path.

    :raises SettingsWrong: there is none, or its file cannot be read.
    """
    body = storage.body(tx, "orders", name)
    return text_of(name) if body is None else body


def save_mapping(tx: Transaction, station: str, act: str, kind: str, name: str, body: str) -> bool:
    """Keep a mapping under a name, in place of the one that has it; return whether it is new.

    One of ``orders`` is a channel from now on, at every station; one of products or stock is a shop's file
    (:mod:`app.services.shop_files`).

    :raises NotAllowed: the person may not, or the name is no good name or that of a channel of the program.
    :raises SettingsWrong: the mapping is wrong; everything wrong with it is said at once.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return bool(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    _check_name(tx, kind, name)
    _check_body(kind, name, body)
    new = storage.put(tx, kind, name, body)
    acts.end(tx, state, act, "mapping_saved", {"kind": kind, "name": name, "body": body}, result=new)
    return new


def _check_name(tx: Transaction, kind: str, name: str) -> None:
    if kind not in MAPPING_KINDS:
        raise ValueError(kind)
    if not _NAME.fullmatch(name):
        raise NotAllowed("mapping.bad_name", mapping=name)
    if kind == "orders" and name.casefold() in {each.ID.casefold() for each in channels()}:
        raise NotAllowed("mapping.name_taken", mapping=name)
    alike = [each for each in storage.names(tx, kind) if each.casefold() == name.casefold() and each != name]
    if alike:
        raise NotAllowed("mapping.name_alike", mapping=name, other=alike[0])


def _check_body(kind: str, name: str, body: str) -> None:
    if kind == "orders":
        raw = draft_of(body, name)
        mapping_from(body, name)
        if raw.report or raw.report_errors:
            report_mapping_from(body, name)
        return
    found = shop_mapping_from(body, name)
    if found.kind != kind:
        raise SettingsWrong("shop_file.other_kind", mapping=name, kind=kind, says=found.kind)


def remove_mapping(tx: Transaction, station: str, act: str, kind: str, name: str) -> None:
    """Take a saved mapping away.

    :raises NotFound: there is none of that name.
    :raises NotAllowed: the person may not, or shops, folders or reports use it; they are named.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    body = mapping_body(tx, kind, name)
    if kind == "orders" and (shops := storage.shops_on(tx, name)):
        raise NotAllowed("mapping.used_by_shops", mapping=name, shops=", ".join(shops))
    if folders := storage.folders_on(tx, name):
        raise NotAllowed("mapping.used_by_folders", mapping=name, folders=", ".join(folders))
    house, reported = storage.reports_by(tx, name) if kind == "orders" else (False, [])
    if house or reported:
        raise NotAllowed("mapping.used_by_reports", mapping=name, shops=", ".join(reported) or "–")
    storage.remove(tx, kind, name)
    acts.end(tx, state, act, "mapping_removed", {"kind": kind, "name": name, "body": body})
