"""Dispatch reports 発送完了報告: each shop is told of what was handed over, once, with every number.

*Reported* means that the file was made; *acknowledged* that the shop took it. What the shop refused is due again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.channels._choose import report_suffix, reporter
from app.channels._report import error_rows, written
from app.channels._source import open_source, readable, shown_name
from app.domain.intake import problem
from app.domain.orders import OrderEvent, OrderState, Problem, next_state
from app.domain.people import Right
from app.domain.reports import ErrorRow, ReportRow
from app.errors import NotAllowed, NotFound, SettingsWrong
from app.services import acts, writing
from app.services.channels import known_channel, report_mapping_of
from app.services.desk import Desk, new_act
from app.services.settings import ShopRow, all_settings, shop_list
from app.storage import intake as intake_storage
from app.storage import reports as storage
from app.storage.database import Transaction
from app.storage.reports import DueOrder, Named, ReportHead, page

__all__ = [
    "Due",
    "ErrorsRead",
    "Failed",
    "LeftOut",
    "Report",
    "ReportHead",
    "Sent",
    "acknowledge",
    "due",
    "due_counts",
    "page",
    "read_errors",
    "send",
    "write_again",
    "write_out",
    "write_report",
]

_TOPICS = frozenset({"orders"})


@dataclass(frozen=True, slots=True)
class Due:
    """A shipped order that its shop does not know of yet."""

    order: int
    number: str
    """The shop's order number."""
    ship_to_key: str
    tracking: tuple[str, ...]
    """Its tracking numbers, each once; empty for a parcel that has none by its service."""
    shipped_at: int
    """Milliseconds since 1970 UTC."""
    why_not: str = ""
    """Key of why it cannot be reported yet; empty where it can."""
    carrier: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A shipped order that is not in a report, and why."""

    order: int
    number: str
    why: str
    """Key of the sentence."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was made."""

    id: int
    file: str
    """Its name, without folder."""
    rows: int
    """Rows without the header."""
    orders: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What was brought to the disk for a shop."""

    report: Report | None
    """The report of what was due; None where only older ones waited."""
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """An order that the shop refused."""

    order: int
    number: str
    tracking: tuple[str, ...]
    reason: str
    """The shop's own words."""


@dataclass(frozen=True, slots=True)
class ErrorsRead:
    """What a file of errors said."""

    file: str
    failed: tuple[Failed, ...]
    """Orders that are due again."""
    problems: tuple[Problem, ...]
    """Rows that could not be used, each with its place."""


# --- what is due --------------------------------------------------------------------------------------------------


def due(tx: Transaction, shop: int) -> list[Due]:
    """Return the shipped orders of a shop that are to be reported, oldest first.

    Orders that left before hand-overs were kept are not among them: their shop was told in another way.
    """
    return _with_numbers(tx, storage.due_orders(tx, shop))


def due_counts(tx: Transaction) -> list[tuple[ShopRow, int]]:
    """Return the shops with orders that are to be reported, and how many."""
    counts = [(shop, len(due(tx, shop.id))) for shop in shop_list(tx)]
    return [(shop, number) for shop, number in counts if number]


def _with_numbers(tx: Transaction, found: Sequence[DueOrder]) -> list[Due]:
    packed_as = list(dict.fromkeys(order.packed_as for order in found))
    numbers = storage.numbers_of(tx, packed_as)
    shipped = storage.shipped_at(tx, packed_as)
    made = []
    for order in found:
        at = shipped.get(order.packed_as)
        if at is None:
            continue
        mine = numbers.get(order.packed_as, [])
        tracking = tuple(dict.fromkeys(each.number for each in mine if each.number))
        missing = any(not each.number for each in mine)
        carrier, service = (mine[0].carrier, mine[0].service) if mine else (order.carrier, order.service)
        why = "report.number_missing" if missing else ""
        made.append(Due(order.id, order.number, order.ship_to_key, tracking, at, why, carrier, service))
    return made


# --- making a report ----------------------------------------------------------------------------------------------


def write_report(tx: Transaction, station: str, act: str, shop: int) -> Report:
    """Make the report of everything that is due; its bytes are kept until :func:`write_out` has brought them out.

    Each order is in one report only. What the shop refused is due again; anything else only by :func:`write_again`.

    :raises NotAllowed: nothing is due, the person lacks the right, or a value does not fit the shop's file.
    :raises SettingsWrong: the shop's channel has no report of its own, and no mapping is set or it is wrong.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return _told(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    found = _with_numbers(tx, storage.due_orders(tx, shop, lock=True))
    good = [each for each in found if not each.why_not]
    left_out = tuple(LeftOut(each.order, each.number, each.why_not) for each in found if each.why_not)
    if not good:
        raise NotAllowed("report.only_left_out" if left_out else "report.nothing_due", number=len(left_out))
    after = next_state(OrderState.SHIPPED, OrderEvent.REPORT)
    assert after is not None
    made = _make(tx, act, shop, good, after, left_out)
    facts = {"report": made.id, "file": made.file, "orders": [each.order for each in good]}
    acts.end(tx, state, act, "report", facts, result=_plain(made))
    return made


def write_again(tx: Transaction, station: str, act: str, report: int, reason: str) -> Report:
    """Make a report again, of those of its orders that the shop has neither taken nor refused.

    :raises NotAllowed: no reason is given, its file was not written yet, or nothing of it is left to report.
    :raises NotFound: there is no such report.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return _told(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    head = _head(tx, report)
    if not reason.strip():
        raise NotAllowed("report.needs_reason")
    if head.state == "made":
        raise NotAllowed("report.not_written", report=report)
    found = storage.due_orders(tx, head.shop_id, state="reported", report=report, lock=True)
    good = [each for each in _with_numbers(tx, found) if not each.why_not]
    if not good:
        raise NotAllowed("report.nothing_left", report=report)
    made = _make(tx, act, head.shop_id, good, OrderState.REPORTED, ())
    facts = {"report": made.id, "again": report, "reason": reason, "orders": [each.order for each in good]}
    acts.end(tx, state, act, "report", facts, result=_plain(made))
    return made


def _make(
    tx: Transaction, act: str, shop: int, good: Sequence[Due], after: OrderState, left_out: tuple[LeftOut, ...]
) -> Report:
    named = storage.shop_of(tx, shop)
    assert named is not None
    settings = all_settings(tx, shop)
    zone = ZoneInfo(settings["shop.timezone"])
    rows = [
        ReportRow(each.number, each.ship_to_key, number, each.carrier, each.service, _day(each.shipped_at, zone))
        for each in good
        for number in each.tracking or ("",)
    ]
    data, suffix = _written(tx, named, settings["report.mapping"], rows)
    identity = storage.add_report(
        tx,
        act=act,
        shop=shop,
        file=writing.file_name("report", named, _day(tx.now, zone), suffix),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        rows=len(rows),
        numbers=[(each.order, number) for each in good for number in each.tracking or ("",)],
    )
    storage.reported(tx, [each.order for each in good], identity, after)
    return Report(identity, _head(tx, identity).file, len(rows), len(good), left_out)


def _day(moment: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).date()


def _written(tx: Transaction, shop: tuple[str, str], mapping: str, rows: Sequence[ReportRow]) -> tuple[bytes, str]:
    """By the mapping of the shop or of its channel where it says how to report, else by the channel's own form; with
    the file's suffix."""
    table = report_mapping_of(tx, shop[0], mapping).report
    if table is not None:
        return written(rows, table), table.suffix
    channel = known_channel(tx, shop[0])
    own = reporter(channel)
    if own is None:
        raise SettingsWrong("report.no_mapping", shop=shop[1])
    return own(rows), report_suffix(channel)


def _head(tx: Transaction, report: int) -> ReportHead:
    found = storage.report(tx, report)
    if found is None:
        raise NotFound("report.not_found", report=report)
    return found[0]


def _plain(made: Report) -> list[object]:
    left_out = [[each.order, each.number, each.why] for each in made.left_out]
    return [made.id, made.file, made.rows, made.orders, left_out]


def _told(result: list[object]) -> Report:
    identity, file, rows, orders, left_out = result
    assert isinstance(identity, int)
    assert isinstance(rows, int)
    assert isinstance(orders, int)
    assert isinstance(left_out, list)
    return Report(identity, str(file), rows, orders, tuple(LeftOut(*each) for each in left_out))


def write_out(desk: Desk, report: int, folder: Path) -> Path:
    """Bring a report that was made to the disk, once; return where it is.

    :raises NotAllowed: it was written before; only :func:`write_again` makes it again.
    :raises FileUnusable: the folder cannot be written.
    """
    found = desk.read(storage.report, report).result()
    if found is None:
        raise NotFound("report.not_found", report=report)
    head, data = found
    path = writing.write_once(
        folder,
        head.file,
        head.id,
        data,
        head.sha256,
        lambda: desk.do(_TOPICS, _say_written, desk.station, new_act(), head.id).result(),
    )
    if path is None:
        raise NotAllowed("report.written", file=head.file)
    return path


def send(desk: Desk, shop: int, folder: Path) -> Sent:
    """Bring out every report of a shop that waits for it, then report what is due.

    :raises NotAllowed: there is nothing to bring out and nothing due.
    :raises FileUnusable: the folder cannot be written; what was made waits, and the next call brings it out.
    """
    waiting = desk.read(page, shop=shop, state="made").result()
    paths = [write_out(desk, head.id, folder) for head in reversed(waiting)]
    for name, identity in writing.unnamed(folder):  # a program died over them when they were whole
        found = desk.read(storage.report, identity).result()
        if found is not None and found[1] is None and (found[0].file, found[0].shop_id) == (name, shop):
            path = writing.finish(folder, name, identity, found[0].sha256)
            paths += [path] if path is not None else []
    try:
        made = desk.do(_TOPICS, write_report, desk.station, new_act(), shop).result()
    except NotAllowed as error:
        if error.key != "report.nothing_due" or not paths:
            raise
        return Sent(None, tuple(paths))
    return Sent(made, (*paths, write_out(desk, made.id, folder)))


def _say_written(tx: Transaction, station: str, act: str, report: int) -> bool:
    state = acts.begin(tx, station, act)
    if state is None:
        return bool(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    done = storage.say_written(tx, report)
    acts.end(tx, state, act, "written", {"report": report}, result=done)
    return done


# --- what the shop answers ----------------------------------------------------------------------------------------


def acknowledge(tx: Transaction, station: str, act: str, shop: int, report: int | None = None) -> int:
    """Say that the shop took a report (or every one that is written); return how many orders it knows of now.

    What it refused is *shipped* again and due, so it is not among them.

    :raises NotAllowed: its file was never written, or nothing waits for an answer.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    if report is not None:
        head = _head(tx, report)
        if head.shop_id != shop:
            raise NotFound("report.not_found", report=report)
        if head.state == "made":
            raise NotAllowed("report.not_written", report=report)
    unwritten = {head.id for head in page(tx, shop=shop, state="made")}
    after = next_state(OrderState.REPORTED, OrderEvent.ACKNOWLEDGE)
    assert after is not None
    waiting = storage.due_orders(tx, shop, state="reported", report=report, lock=True)
    found = [order.id for order in waiting if order.report is not None and order.report not in unwritten]
    if not found:
        raise NotAllowed("report.nothing_waits")
    storage.set_orders(tx, found, after)
    acts.end(tx, state, act, "acknowledge", {"report": report, "orders": found}, result=len(found))
    return len(found)


def read_errors(desk: Desk, path: Path, shop: int, *, mapping: str = "", again: bool = False) -> ErrorsRead:
    """Read the shop's file of errors: the orders it names are due again, with what the shop said.

    :param mapping: name or path of a mapping with ``[report_errors]``; empty takes the shop's ``report.mapping``, else
        that of its channel.
    :param again: take a file in that was read before; the orders may have been reported anew since.
    :raises FileUnusable: the file cannot be read by the mapping.
    :raises NotAllowed: this very file was read before.
    :raises SettingsWrong: there is no mapping for errors, or it is wrong.
    """
    settings = desk.read(all_settings, shop).result()
    named = desk.read(storage.shop_of, shop).result()
    if named is None:
        raise NotFound("shop.not_found", name=shop, known="")
    chosen = desk.read(report_mapping_of, named[0], mapping or settings["report.mapping"]).result()
    table = chosen.errors
    if table is None:
        raise SettingsWrong("report.no_error_mapping", shop=named[1])
    source = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    rows: list[ErrorRow] = []
    problems: list[Problem] = []
    for item in error_rows(source, table):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows.append(item)
    with readable(source.name), path.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    arguments = (desk.station, new_act(), shop, named, shown_name(path), digest, rows, again)
    failed, found = desk.do(_TOPICS, _take_errors, *arguments).result()
    return ErrorsRead(source.name, failed, (*problems, *found))


def _take_errors(
    tx: Transaction,
    station: str,
    act: str,
    shop: int,
    named: tuple[str, str],
    file: str,
    digest: str,
    rows: Sequence[ErrorRow],
    again: bool,
) -> tuple[tuple[Failed, ...], tuple[Problem, ...]]:
    state = acts.begin(tx, station, act)
    if state is None:
        body = acts.result_of(tx, act)
        return (
            tuple(Failed(order, number, tuple(tracking), why) for order, number, tracking, why in body["failed"]),
            tuple(
                Problem(at[0], at[1], at[2], at[3], at[4], tuple((k, v) for k, v in at[5])) for at in body["problems"]
            ),
        )
    acts.require(state, Right.EXPORT)
    if not again and storage.seen_errors(tx, *named, digest):
        raise NotAllowed("report.errors_seen", file=file)
    known = storage.named(tx, shop, [row.number for row in rows])
    said: dict[int, tuple[Named, list[str], list[str]]] = {}
    problems: list[Problem] = []
    numbers: dict[int, dict[int, list[str]]] = {}
    for row in rows:
        meant = [each for each in known.get(row.number, []) if row.ship_to_key in ("", each.ship_to_key)]
        reported = [each for each in meant if next_state(each.state, OrderEvent.REPORT_FAILED) and each.report]
        hit = False
        for order in reported:
            assert order.report is not None
            if order.report not in numbers:
                lines = storage.of_report(tx, order.report)
                numbers[order.report] = {each: [number for number, _ in told] for each, told in lines.items()}
            told = numbers[order.report].get(order.id, [])
            tracked = [number for number in told if row.tracking in ("", number)]
            if not tracked:
                continue
            hit = True
            entry = said.setdefault(order.id, (order, [], []))
            entry[1].extend(tracked)
            entry[2].append(row.reason or "–")
            for number in tracked:
                storage.set_error(tx, order.report, order.id, number, row.reason[:400] or "–")
        if not hit:
            problems.append(_unused(file, row, meant, reported))
    failed = tuple(
        Failed(order.id, order.number, tuple(dict.fromkeys(tracking)), " / ".join(dict.fromkeys(reasons)))
        for order, tracking, reasons in said.values()
    )
    after = next_state(OrderState.REPORTED, OrderEvent.REPORT_FAILED)
    assert after is not None
    storage.set_orders(tx, [each.order for each in failed], after)
    figures = {"failed": len(failed), "problems": len(problems)}
    intake_storage.add_import(
        tx,
        act=act,
        file=file,
        sha256=digest,
        channel=named[0],
        shop=named[1],
        result=json.dumps(figures),
        kind="errors",
    )
    result = {
        "failed": [[each.order, each.number, list(each.tracking), each.reason] for each in failed],
        "problems": [[each.file, each.row, each.column, each.value, each.key, each.args] for each in problems],
    }
    facts = {"file": file, "sha256": digest, "orders": [each.order for each in failed]}
    acts.end(tx, state, act, "report_errors", facts, result=result)
    return failed, tuple(problems)


def _unused(file: str, row: ErrorRow, meant: Sequence[Named], reported: Iterable[Named]) -> Problem:
    """Say why a row of the error file means nothing here."""
    if not meant:
        return problem(file, row.row, "", row.number, "report_error.unknown_order", number=row.number)
    if not list(reported):
        state = str(meant[0].state)
        return problem(file, row.row, "", row.number, "report_error.not_reported", number=row.number, state=state)
    return problem(file, row.row, "", row.tracking, "report_error.other_number", number=row.number)
