"""Waybills 送り状: requested for a version of an order, exported to the carrier's software, numbered, attached, void.

A waybill scan at the bench verifies and never assigns: a number belongs to one version of one order because it came
back with that version's customer key, or because somebody with the right wrote it in.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.carriers._choose import Carrier, account_faults
from app.carriers._choose import carrier as carrier_by_id
from app.domain.orders import WAYBILL_LIFE, Hold, OrderState, ShipNumber, WaybillEvent, WaybillState
from app.domain.people import Right
from app.domain.shipping import CustomerKey, Fault, Shipment, has_good_check_digit, number_of
from app.errors import NotAllowed, NotFound
from app.services import acts, writing
from app.services.desk import Desk, new_act
from app.services.numbers import NUMBER_DAYS, Missing, NumbersReport, take_numbers
from app.services.settings import all_settings
from app.services.shipments import errors_of, fitted, shipment_of, today
from app.storage import carriers as carriers_storage
from app.storage import pulls
from app.storage import waybills as storage
from app.storage.database import Transaction
from app.storage.orders import standing_holds
from app.storage.pulls import NewPull
from app.storage.waybills import ExportRow, NewWaybill, OrderHead, WaybillRow, current, made_exports, of_order

__all__ = [
    "ExportFile",
    "ExportRow",
    "Exported",
    "KeptOut",
    "Missing",
    "NumbersReport",
    "Voided",
    "WaybillRow",
    "attach",
    "bring_out",
    "current",
    "detach",
    "export",
    "export_many",
    "is_required",
    "made_exports",
    "new_waybills",
    "number_by_hand",
    "of_order",
    "pull_printed",
    "reason_faults",
    "request_for",
    "send",
    "take_numbers",
    "void_for",
    "write_out",
]


@dataclass(frozen=True, slots=True)
class Voided:
    """A waybill that was voided."""

    id: int
    number: str
    """Its tracking number; empty where the carrier had given none."""
    key: str
    """Its customer key."""
    carrier: str
    state_before: str
    piece: int


def is_required(settings: dict[str, str], carrier: str) -> bool:
    """Whether an order of a shop with these settings needs a waybill; without a carrier there is none."""
    return bool(carrier) and settings["waybill.required"] != "off"


def request_for(tx: Transaction, order: int) -> list[int]:
    """Request the waybills of an order's current version, one a piece; return their ids.

    Nothing is requested for an order that is not released, has no carrier, shares another order's parcel, or whose
    shop needs no waybill. Each further request for the same version has a key of its own (``12-034-1-2``).
    """
    found = storage.heads(tx, [order], with_followers=True)
    head = found.get(order)
    if head is None or head.lead is not None:
        return []
    if not is_required(all_settings(tx, head.shop_id), head.carrier):
        return []
    issue = storage.last_issue(tx, order, head.version) + 1
    return storage.add(tx, new_waybills(head, issue, [each for each in found.values() if _shares(each, order)]))


def _shares(head: OrderHead, lead: int) -> bool:
    """Whether an order goes in the parcel of another one."""
    return head.lead == lead and head.state != OrderState.CANCELLED


def new_waybills(head: OrderHead, issue: int, followers: list[OrderHead]) -> list[NewWaybill]:
    """Return the waybills to request for a released order, one a piece; none before its release.

    What a merge collects in cash is the sum over its orders.
    """
    if head.batch is None or head.sequence is None:
        return []
    key = str(CustomerKey(ShipNumber(head.batch, head.sequence, head.version), issue))
    cod = head.cod + sum(each.cod for each in followers)
    pieces = max(1, head.parcel_count)
    return [
        NewWaybill(
            order=head.id,
            batch=head.batch,
            sequence=head.sequence,
            version=head.version,
            issue=issue,
            key=key,
            piece=piece,
            pieces=pieces,
            carrier=head.carrier,
            service=head.service,
            cod=cod,
        )
        for piece in range(1, pieces + 1)
    ]


def void_for(tx: Transaction, order: int, reason: str) -> list[Voided]:
    """Void every waybill of an order that has not left the house; return what was voided.

    Those that were exported or numbered may be on paper already: whoever calls puts them on the pull list.

    :param reason: key or words of why, kept with each.
    """
    living = [row for row in storage.current(tx, order) if _after(row, WaybillEvent.VOID) is not None]
    storage.void_many(tx, [row.id for row in living], reason)
    return [Voided(row.id, row.number, row.key, row.carrier, row.state, row.piece) for row in living]


def attach(tx: Transaction, waybill: int, parcel: int) -> None:
    """Tie a waybill to the parcel that it was scanned for.

    :raises NotAllowed: it is not *numbered* (any more).
    """
    if not storage.attach(tx, waybill, parcel):
        raise _cannot(tx, waybill, "waybill.cannot_attach")


def detach(tx: Transaction, waybill: int) -> None:
    """Take a waybill off its parcel again; it stays numbered.

    :raises NotAllowed: it is not *attached* (any more).
    """
    if not storage.detach(tx, waybill):
        raise _cannot(tx, waybill, "waybill.cannot_detach")


def _after(row: WaybillRow, event: WaybillEvent) -> WaybillState | None:
    return WAYBILL_LIFE.get((WaybillState(row.state), event))


def _cannot(tx: Transaction, waybill: int, key: str) -> NotAllowed:
    row = storage.by_ids(tx, [waybill]).get(waybill)
    return NotAllowed(key, waybill=row.key if row else "?", why=f"waybill.state.{row.state if row else 'void'}")


# --- by hand ------------------------------------------------------------------------------------------------------

_ON_THE_WAY = (OrderState.RELEASED, OrderState.PICKED, OrderState.VERIFIED)
"""States from the release to the hand-over."""
_NUMBER = re.compile(r"[0-9]{8,20}|[A-Z]{2}[0-9]{9}[A-Z]{2}")
"""Digits, or an S10 number of a parcel abroad."""


def number_by_hand(tx: Transaction, station: str, act: str, order: int, number: str) -> WaybillRow:
    """Enter the number of a hand-written waybill for the next piece of an order that has none; return the waybill.

    An order that shares another one's parcel has its number there.

    :raises NotAllowed: the person lacks the right, the number is none or is on another order, the order has no carrier
        or a number for every piece, or it is not on its way to a carrier (any more).
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return storage.by_ids(tx, [int(acts.result_of(tx, act))])[int(acts.result_of(tx, act))]
    acts.require(state, Right.WAYBILL_BY_HAND)
    plain = number_of(number.replace(" ", ""))
    if not plain.isascii() or not _NUMBER.fullmatch(plain) or (len(plain) == 12 and not has_good_check_digit(plain)):
        raise NotAllowed("waybill.bad_number", value=number)
    head = _shipped_as(tx, order)
    others = storage.by_numbers(tx, [plain], tx.now - NUMBER_DAYS * 86_400_000).get(plain, [])
    if not storage.current(tx, head.id) and not request_for(tx, head.id):
        found = storage.heads(tx, [head.id], with_followers=True)
        followers = [each for each in found.values() if _shares(each, head.id)]
        storage.add(tx, new_waybills(head, storage.last_issue(tx, head.id, head.version) + 1, followers))
    locked = storage.by_ids(tx, [row.id for row in storage.current(tx, head.id)], lock=True)
    free = [row for row in locked.values() if not row.number and _after(row, WaybillEvent.NUMBER) is not None]
    # Pieces of one shipment may share their number, as Sagawa's do.
    strange = [row for row in others if row.id not in locked or not free]
    if strange:
        raise NotAllowed("waybill.number_taken", value=plain, waybill=strange[0].key)
    if not free:
        raise NotAllowed("waybill.has_number", number=head.number)
    chosen = min(free, key=lambda row: (row.issue, row.piece))
    storage.set_number(tx, chosen.id, plain, by_hand=True)
    acts.end(tx, state, act, "waybill", {"key": chosen.key, "number": plain}, order=order, result=chosen.id)
    return storage.by_ids(tx, [chosen.id])[chosen.id]


def _shipped_as(tx: Transaction, order: int) -> OrderHead:
    """Return the order in whose parcel an order goes, where a waybill can still be put on it."""
    head = storage.heads(tx, [order]).get(order)
    if head is not None and head.lead is not None:
        head = storage.heads(tx, [head.lead]).get(head.lead)
    if head is None or head.batch is None:
        raise NotAllowed("waybill.not_released", number=head.number if head else "?")
    if head.state not in _ON_THE_WAY:
        raise NotAllowed("waybill.too_late", number=head.number, why=f"state.{head.state}")
    if not head.carrier:
        raise NotAllowed("waybill.no_carrier", number=head.number)
    return head


# --- the pull list ------------------------------------------------------------------------------------------------

_PRINTED = ("exported", "accepted", "numbered", "attached")


def pull_printed(tx: Transaction, act: str, order: int, voided: Sequence[Voided], reason: str) -> list[str]:
    """Put voided waybills that may be on paper on the pull list; return their numbers, or keys where none had come.

    :param reason: key or words of why, for the list.
    """
    found = {each.number or each.key: each for each in voided if each.state_before in _PRINTED}
    pulls.add(tx, act, [NewPull(order, "waybill", text, reason, each.carrier) for text, each in found.items()])
    return list(found)


# --- the carrier's file -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One carrier file that was made."""

    id: int
    file: str
    """Its name, without folder."""
    rows: int
    shipments: int


@dataclass(frozen=True, slots=True)
class KeptOut:
    """One order whose waybill is not in the file, and why."""

    order: int
    number: str
    key: str
    """Its customer key."""
    why: str
    """Key of the sentence."""
    faults: tuple[Fault, ...] = ()
    """What its carrier forbids, or what lacks in the shop's account with it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did."""

    carrier: str
    files: tuple[ExportFile, ...]
    kept_out: tuple[KeptOut, ...]
    pulled: tuple[str, ...] = ()
    """Numbers of waybills that were voided by a re-export and went on the pull list."""


@dataclass(slots=True)
class _Part:
    """What goes into one file: shipments of shops with the same account, no more than the carrier takes at once."""

    account: dict[str, str]
    shipments: list[Shipment]
    rows: list[list[WaybillRow]]
    """Waybills of each shipment, pieces in order."""
    shops: set[int]

    def has_room(self, pieces: int, most_rows: int) -> bool:
        """Whether a shipment of so many pieces still fits into a file of *most_rows* rows; 0: any number."""
        return not most_rows or sum(map(len, self.rows)) + pieces <= most_rows


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An export worked out, before anything is written."""

    parts: tuple[_Part, ...]
    files: tuple[tuple[bytes, int], ...]
    kept_out: tuple[KeptOut, ...]
    refused: tuple[WaybillRow, ...]
    """Waybills that the carrier's own rules keep out of every file."""
    again: tuple[int, ...]
    """Orders that those rules kept out before and do no longer."""


class _Overtaken(Exception):
    """Another station changed a waybill between the working out and the writing."""


def export(
    tx: Transaction,
    station: str,
    act: str,
    carrier: str,
    *,
    batch: int | None = None,
    orders: Sequence[int] = (),
    reason: str = "",
) -> Exported:
    """Make the file for a carrier's software of every waybill asked for and not exported yet, in the printed sequence.

    The file's bytes are kept with the act until :func:`write_out` has brought them to the disk. Orders that the
    carrier forbids stay out, *rejected* with the reason; those that are on hold stay out, too.

    :param batch: of this release call only; None means every open request of the carrier.
    :param orders: of these orders only.
    :param reason: export again what was exported before, with new keys; the old ones are void.
    :raises NotAllowed: there is nothing to export, or the person lacks the right.
    """
    if acts.begin(tx, station, act) is None:
        return _told(acts.result_of(tx, act))
    chosen = carrier_by_id(carrier)
    pulled = _ask_again(tx, act, chosen.ID, batch, tuple(orders), reason) if reason else []
    prepared = _prepare(tx, chosen, batch, tuple(orders))
    if prepared.again:
        _ask_again(tx, act, chosen.ID, batch, prepared.again, "")
        prepared = _prepare(tx, chosen, batch, tuple(orders))
    return _commit(tx, station, act, chosen, batch, reason, prepared, pulled)


def export_many(
    desk: Desk, carrier: str, *, batch: int | None = None, orders: Sequence[int] = (), reason: str = "", act: str = ""
) -> Exported:
    """Like :func:`export` for many orders: worked out beside the scans, written in one short act."""
    act = act or new_act()
    chosen = carrier_by_id(carrier)
    scope = (chosen.ID, batch)
    pulled: list[str] = []
    if reason:
        again = (desk.station, f"{act}:again", *scope, tuple(orders), reason)
        pulled = desk.chunk(_TOPICS, _reissue, *again).result()
    for _ in range(_TRIES):
        prepared = desk.read(_prepare, chosen, batch, tuple(orders), desk.give_way).result()
        if prepared.again:  # mended since: they get new keys, as everything does that is asked for again
            desk.chunk(_TOPICS, _reissue, desk.station, new_act(), *scope, prepared.again, "").result()
            continue
        with contextlib.suppress(_Overtaken):
            return desk.chunk(_TOPICS, _commit, desk.station, act, chosen, batch, reason, prepared, pulled).result()
    raise NotAllowed("export.overtaken")


_TRIES = 4
_TOPICS = frozenset({"orders"})


def _reissue(
    tx: Transaction, station: str, act: str, carrier: str, batch: int | None, orders: tuple[int, ...], reason: str
) -> list[str]:
    """The first half of a long export: void and ask again, as an act of its own."""
    state = acts.begin(tx, station, act)
    if state is None:
        return list(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    pulled = _ask_again(tx, act, carrier, batch, orders, reason)
    acts.end(tx, state, act, "export", {"carrier": carrier, "batch": batch, "reason": reason}, result=pulled)
    return pulled


def _scope(
    tx: Transaction, carrier: str, batch: int | None, orders: tuple[int, ...], states: Sequence[str]
) -> list[WaybillRow]:
    """Return the carrier's waybills that are meant, in the printed sequence."""
    if not orders:
        return storage.still_open(tx, carrier, states, batch)
    found = [row for order in orders for row in storage.current(tx, order)]
    found = [row for row in found if row.carrier == carrier and row.state in states]
    return sorted(found, key=lambda row: (row.batch, row.sequence, row.issue, row.piece))


def _ask_again(
    tx: Transaction, act: str, carrier: str, batch: int | None, orders: tuple[int, ...], reason: str
) -> list[str]:
    """Void what is asked for again and request it with new keys; return the numbers that went on the pull list.

    Without a reason these are only the ones that our own check kept out of every file before.
    """
    states = ["rejected"]
    if reason:
        states += ["exported", "accepted"]
        if orders:
            states.append("numbered")
    meant = _scope(tx, carrier, batch, orders, states)
    if not reason:
        meant = [row for row in meant if row.export is None]
    pulled: list[str] = []
    found, meant_ids = dict.fromkeys(row.order for row in meant), {row.id for row in meant}
    storage.lock_orders(tx, list(found))  # the order before its waybills, as a bench that is just putting one on
    for order in found:
        living = storage.current(tx, order)
        if any(row.state in ("attached", "handed_over") for row in living):
            continue
        if not any(row.id in meant_ids and row.state in states for row in living):
            continue  # it was numbered or asked for again meanwhile
        voided = void_for(tx, order, reason or "waybill.void.asked_again")
        printed = [each for each in voided if each.number]
        pulled += pull_printed(tx, act, order, printed, reason)
        request_for(tx, order)
    return pulled


def _prepare(
    tx: Transaction,
    chosen: Carrier,
    batch: int | None,
    orders: tuple[int, ...],
    between: Callable[[], None] = lambda: None,
) -> _Prepared:
    """Work an export out, changing nothing; *between* is called before each shipment."""
    rows = _scope(tx, chosen.ID, batch, orders, ("requested", "rejected"))
    rows = [row for row in rows if row.state == "requested" or row.export is None]
    ids = list(dict.fromkeys(row.order for row in rows))
    heads = storage.heads(tx, ids, with_followers=True)
    followers: dict[int, list[OrderHead]] = {}
    for head in heads.values():
        if head.lead is not None and _shares(head, head.lead):
            followers.setdefault(head.lead, []).append(head)
    stopped = _stopped(tx, heads)
    accounts = carriers_storage.accounts(tx)
    house = all_settings(tx)
    day = today(tx, house["shop.timezone"])
    settings = {shop: all_settings(tx, shop) for shop in {head.shop_id for head in heads.values()}}
    shipments: dict[str, list[WaybillRow]] = {}
    for row in rows:
        shipments.setdefault(row.key, []).append(row)
    parts: list[_Part] = []
    open_parts: dict[tuple[tuple[str, str], ...], _Part] = {}
    kept_out: list[KeptOut] = []
    refused: list[WaybillRow] = []
    again: list[int] = []
    for key, pieces in shipments.items():
        between()
        head = heads[pieces[0].order]
        members = (head, *followers.get(head.id, ()))
        if any(each.id in stopped for each in members):
            kept_out.append(KeptOut(head.id, head.number, key, "order.held_short"))
            continue
        account = account_of(accounts, head.shop_id, chosen.ID)
        if wrong := account_faults(chosen, account):
            kept_out.append(KeptOut(head.id, head.number, key, "release.left.account", wrong))
            continue
        shipment = shipment_of(head, followers.get(head.id, []), settings[head.shop_id], key, day)
        shipment, faults = fitted(chosen, shipment, day)
        if wrong := errors_of(faults):
            kept_out.append(KeptOut(head.id, head.number, key, "release.left.fault", wrong))
            refused += [row for row in pieces if row.state == "requested"]
            continue
        if any(row.state == "rejected" for row in pieces):
            again.append(head.id)
            continue
        contract = tuple(sorted(account.items()))
        part = open_parts.get(contract)
        if part is None or not part.has_room(len(pieces), chosen.MOST_ROWS):
            part = open_parts[contract] = _Part(account, [], [], set())
            parts.append(part)
        part.shipments.append(shipment)
        part.rows.append(pieces)
        part.shops.add(head.shop_id)
    files = [chosen.write(part.shipments, part.account, day) for part in parts]
    made = tuple((each.data, each.rows) for each in files)
    return _Prepared(tuple(parts), made, tuple(kept_out), tuple(refused), tuple(again))


_GOES_ON = {str(Hold.SERVICE)}
"""Holds under which a waybill is still made: the bench itself asked for it."""


def _stopped(tx: Transaction, heads: Mapping[int, OrderHead]) -> set[int]:
    """Return the orders whose waybills are not made now: on hold, or no longer on their way to the bench."""
    held = standing_holds(tx, [head.id for head in heads.values() if head.held])
    on_hold = {order for order, holds in held.items() if set(holds) - _GOES_ON}
    return on_hold | {head.id for head in heads.values() if head.state not in _ON_THE_WAY}


def account_of(accounts: Mapping[tuple[str, int], Mapping[str, str]], shop: int, carrier: str) -> dict[str, str]:
    """Return a shop's account with a carrier: the house's values, and its own over them."""
    house = accounts.get((carrier, carriers_storage.HOUSE), {})
    return {**house, **accounts.get((carrier, shop), {})}


def _commit(
    tx: Transaction,
    station: str,
    act: str,
    chosen: Carrier,
    batch: int | None,
    reason: str,
    prepared: _Prepared,
    pulled: list[str],
) -> Exported:
    """Write what was worked out: the files with their bytes, the waybills' new states."""
    state = acts.begin(tx, station, act)
    if state is None:
        return _told(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    if not prepared.parts and not prepared.kept_out:
        raise NotAllowed("export.nothing", carrier=chosen.ID)
    meant = [row for part in prepared.parts for pieces in part.rows for row in pieces] + list(prepared.refused)
    locked = storage.by_ids(tx, [row.id for row in meant], lock=True)
    if any(locked[row.id].state != row.state for row in meant):
        raise _Overtaken
    assert WAYBILL_LIFE[WaybillState.REQUESTED, WaybillEvent.EXPORT] is WaybillState.EXPORTED
    zone = ZoneInfo(all_settings(tx)["shop.timezone"])
    stamp = datetime.fromtimestamp(tx.now / 1000, UTC).astimezone(zone).strftime("%Y%m%d-%H%M%S")
    files: list[ExportFile] = []
    for at, (part, (data, rows)) in enumerate(zip(prepared.parts, prepared.files, strict=True), 1):
        several = f"-{at}" if len(prepared.parts) > 1 else ""
        name = f"{chosen.ID}_{batch if batch is not None else 'open'}_{stamp}{several}.csv"
        identity = storage.add_export(
            tx,
            act=act,
            station=station,
            batch=batch,
            carrier=chosen.ID,
            shop_id=next(iter(part.shops)) if len(part.shops) == 1 else None,
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            rows=rows,
            reason=reason,
            data=data,
        )
        stack = [row for pieces in part.rows for row in pieces]
        positions = {row.id: place for place, row in enumerate(stack, 1)}
        storage.put_states(tx, stack, WaybillState.EXPORTED, export=identity, positions=positions)
        files.append(ExportFile(identity, name, rows, len(part.shipments)))
    whys = {each.key: _reason_text(each) for each in prepared.kept_out}
    storage.put_states(
        tx, prepared.refused, WaybillState.REJECTED, reasons={row.id: whys[row.key] for row in prepared.refused}
    )
    done = Exported(chosen.ID, tuple(files), prepared.kept_out, tuple(pulled))
    facts = {
        "carrier": chosen.ID,
        "batch": batch,
        "reason": reason,
        "files": [[each.id, each.file, each.rows] for each in files],
        "kept_out": len(prepared.kept_out),
    }
    acts.end(tx, state, act, "export", facts, result=_plain(done))
    return done


def _reason_text(kept: KeptOut) -> str:
    """Return why a waybill was kept out as it is stored: keys of the faults, for :func:`reason_faults`."""
    return "\x1e".join("\x1f".join((each.key, each.field, *(f"{n}={v}" for n, v in each.args))) for each in kept.faults)


def reason_faults(reason: str) -> tuple[Fault, ...]:
    """Return the faults that a stored reason stands for; empty where it is the carrier's own words."""
    found = []
    for part in reason.split("\x1e") if "\x1f" in reason else ():
        key, name, *args = part.split("\x1f")
        found.append(Fault(key, name, tuple((n, v) for n, _, v in (arg.partition("=") for arg in args))))
    return tuple(found)


def _plain(done: Exported) -> list[Any]:
    """Return an export as plain values for the journal; what is personal in a fault stays out of it."""
    kept = [[each.order, each.number, each.key, each.why] for each in done.kept_out]
    return [done.carrier, [[e.id, e.file, e.rows, e.shipments] for e in done.files], kept, list(done.pulled)]


def _told(result: list[Any]) -> Exported:
    carrier, files, kept, pulled = result
    return Exported(
        carrier, tuple(ExportFile(*each) for each in files), tuple(KeptOut(*each) for each in kept), tuple(pulled)
    )


# --- to the disk --------------------------------------------------------------------------------------------------


def write_out(desk: Desk, export_id: int, folder: Path) -> Path:
    """Bring a carrier file that was made to the disk, once; return where it is.

    It is written beside its place first, then the database says that it is written and drops its bytes, then it gets
    its name: a program that dies in between leaves either the bytes in the database or the whole file in the folder,
    and the next call finishes it. Of two stations at once only one writes.

    :raises NotAllowed: it was written before; only a re-export with a reason makes it again.
    :raises FileUnusable: the folder cannot be written.
    """
    found = desk.read(storage.export_row, export_id).result()
    if found is None:
        raise NotFound("export.not_found", export=export_id)
    row, data = found
    path = writing.write_once(
        folder,
        row.file,
        row.id,
        data,
        row.sha256,
        lambda: desk.do(_TOPICS, _say_written, desk.station, new_act(), row.id).result(),
    )
    if path is None:
        raise NotAllowed("export.written", file=row.file)
    return path


def bring_out(desk: Desk, carrier: str, folder: Path, *, batch: int | None = None) -> list[Path]:
    """Bring every file of a carrier that waits for it to the disk; return where they are.

    Those are the files that were just made, those that could not be written before, and those that a program died
    over when they were whole and had no name yet.

    :param batch: of this release call only; None for every one.
    :raises FileUnusable: the folder cannot be written; what waits goes on waiting, and the next call brings it out.
    """
    paths = [write_out(desk, row.id, folder) for row in desk.read(storage.made_exports, carrier, batch).result()]
    for name, identity in writing.unnamed(folder):
        found = desk.read(storage.export_row, identity).result()
        if found is not None and found[1] is None and (found[0].file, found[0].carrier) == (name, carrier):
            path = writing.finish(folder, name, identity, found[0].sha256)
            paths += [path] if path is not None else []
    return paths


def send(
    desk: Desk, carrier: str, folder: Path, *, batch: int | None = None, orders: Sequence[int] = (), reason: str = ""
) -> tuple[Exported, list[Path]]:
    """Export what is new, then bring every file that waits to the disk; return what was made and where the files are.

    :raises NotAllowed: there is nothing new and no file waits.
    :raises FileUnusable: as :func:`bring_out`.
    """
    try:
        made = export_many(desk, carrier, batch=batch, orders=orders, reason=reason)
    except NotAllowed:
        paths = bring_out(desk, carrier, folder, batch=batch)
        if not paths:
            raise
        return Exported(carrier, (), ()), paths
    return made, bring_out(desk, carrier, folder, batch=batch)


def _say_written(tx: Transaction, station: str, act: str, export_id: int) -> bool:
    state = acts.begin(tx, station, act)
    if state is None:
        return bool(acts.result_of(tx, act))
    acts.require(state, Right.EXPORT)
    done = storage.drop_bytes(tx, export_id)
    acts.end(tx, state, act, "written", {"export": export_id}, result=done)
    return done
