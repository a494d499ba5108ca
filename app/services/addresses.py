"""Addresses: what is wrong with one, what could be written instead, and a person's correction of an order's.

A correction stands in the order's content beside what the shop gave (``corrected``): papers, carrier files and the gate
see the corrected address. The same file read again keeps it; another address from the shop wins, and the order waits
for a person (:func:`from_file`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.carriers._choose import Carrier, carriers
from app.carriers._text import proposal as written_instead
from app.domain.address_check import AddressFinding, Proposal, check_address, filled
from app.domain.addresses import recipient_key
from app.domain.gate import Verdict, fault_text, read_faults
from app.domain.intake import Level, narrow, read_line
from app.domain.orders import Address, Hold, IncomingOrder, OrderState
from app.domain.people import Right
from app.domain.postcodes import Place
from app.domain.shipping import Fault, Service
from app.errors import NotAllowed, NotFound
from app.services import acts, changes, gate, proposals
from app.services.postcodes import postcodes
from app.services.shipments import receiver_faults
from app.storage import changes as storage
from app.storage import gate as gate_storage
from app.storage import holds as holds_storage
from app.storage import orders as orders_storage
from app.storage.changes import KnownOrder
from app.storage.database import Transaction

__all__ = ["CORRECTED", "Correction", "OrderAddress", "correct", "filled", "findings", "of_order", "places"]

CORRECTED = "corrected"
"""Where a person's correction is told in an order's content: what the shop gave, why, when."""
_OPEN = (OrderState.RECEIVED, OrderState.READY)
_IN_WORK = (OrderState.RELEASED, OrderState.PICKED, OrderState.VERIFIED)
_OF_ADDRESS = (Hold.BAD_ADDRESS, Hold.MISSING_PHONE)


# --- what is wrong --------------------------------------------------------------------------------------------------


def places(postcode: str) -> tuple[Place, ...]:
    """Return what a postcode means, to fill prefecture, city and town with."""
    return postcodes().places(narrow(postcode))


def findings(
    address: Address, carrier: str = "", service: str = "", *, buyer: Address | None = None
) -> tuple[AddressFinding, ...]:
    """Return what is wrong with a receiver's address, each with what could be written instead.

    :param carrier: whose file has to hold it as well; empty: none is known yet.
    :param service: of the carrier; empty or unknown takes its first.
    :param buyer: whose name and phone number may be proposed.
    """
    module = next((each for each in carriers() if carrier and carrier == each.ID), None)
    if module is None:
        return check_address(address, postcodes(), buyer=buyer)
    chosen = next((each for each in module.SERVICES if each.id == service), module.SERVICES[0])
    found = list(check_address(address, postcodes(), buyer=buyer, phone=chosen.phone))
    wrong = {each.field for each in found if each.level is Level.ERROR}
    said = {(each.key, each.field) for each in found}
    for fault in receiver_faults(module, address, chosen.id):
        if fault.field in wrong or (fault.key, fault.field) in said:
            continue
        proposed = tuple(_proposals(fault, address, module, chosen))
        found.append(AddressFinding(fault.key, fault.field, fault.args, fault.level, proposed))
    return tuple(found)


def _proposals(fault: Fault, address: Address, carrier: Carrier, service: Service) -> Iterator[Proposal]:
    """What could be written where a carrier cannot hold a character, or not so many of them."""
    if fault.key in ("fault.character", "fault.rare_character"):
        args = dict(fault.args)
        gone = {sign for sign in args["value"] if sign not in args["proposed"]}
        signs = {ord(sign): written for sign in gone if (written := written_instead(sign)) is not None}
        changed = _with_text(address, fault.field, lambda text: text.translate(signs))
        yield Proposal("address.propose.characters", (("value", args["proposed"]),), changed)
    elif fault.key == "fault.too_long":
        shorter = _shorter_names(address) if fault.field == "to.name" else _shorter_places(address)
        for key, value, proposed in shorter:
            left = receiver_faults(carrier, proposed, service.id)
            if proposed != address and all(each.key != fault.key for each in left):
                yield Proposal(key, (("value", value),), proposed)
                return


def _with_text(address: Address, field: str, change: Any) -> Address:
    if field == "to.name":
        return replace(address, name=change(address.name))
    return replace(
        address,
        prefecture=change(address.prefecture),
        city=change(address.city),
        street=change(address.street),
    )


_EDGES = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|様方|支店|本店|営業所|事業所|工場|事務所|センター|学校|[部課室科店社院園局])"
)
_COMPANIES = (("株式会社", "(株)"), ("有限会社", "(有)"), ("合同会社", "(同)"))


def _shorter_names(address: Address) -> Iterator[tuple[str, str, Address]]:
    """The name parted at an edge that a person would choose, from the last one on; then with company forms shortened.

    A carrier takes what stands before a space as company and department.
    """
    edges = [found.end() for found in _EDGES.finditer(address.name)]
    for at in reversed([each for each in edges if 0 < each < len(address.name.rstrip())]):
        name = f"{address.name[:at].rstrip()} {address.name[at:].lstrip()}"
        yield "address.propose.parted", name, replace(address, name=name)
    short = address.name
    for long, form in _COMPANIES:
        short = short.replace(long, form)
    for at in reversed([0, *(found.end() for found in _EDGES.finditer(short))]):
        name = f"{short[:at].rstrip()} {short[at:].lstrip()}".strip()
        yield "address.propose.shorter", name, replace(address, name=name)


_BLOCKS = re.compile(r"(?<=[0-9])(?:丁目|番地の?|番|号室|号)(?=[0-9])")
_LAST_BLOCK = re.compile(r"(?<=[0-9])(?:番地|番|号)(?![0-9室])")
_BUILDING = re.compile(r"(?:[0-9]+(?:-[0-9]+)*(?:番地|番|号)?)[ \u3000]*(?=[^-0-9\s番号丁])")


def _shorter_places(address: Address) -> Iterator[tuple[str, str, Address]]:
    """The address with narrow figures, with hyphens for 丁目, 番 and 号, and at last with the building before the name.

    A carrier takes what stands before a space in the name as company and department; nothing is ever left out.
    """
    narrowed = "".join(unicodedata.normalize("NFKC", sign) if "！" <= sign <= "～" else sign for sign in address.street)
    hyphened = _LAST_BLOCK.sub("", _BLOCKS.sub("-", narrowed))
    for street in (narrowed, hyphened, re.sub(r"[ \u3000]+", "", hyphened)):
        yield "address.propose.shorter", street, replace(address, street=street)
    found = _BUILDING.search(hyphened)
    if found is not None:
        building = hyphened[found.end() :].strip()
        proposed = replace(address, street=hyphened[: found.end()].strip(), name=f"{building} {address.name}")
        yield "address.propose.building", building, proposed


# --- an order's address ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person made of the address that the shop gave."""

    shop: Address
    """What the shop gave."""
    why: str = ""
    at: int = 0
    """Milliseconds since 1970 UTC."""
    person: str = ""
    """Who was signed in; empty for nobody."""


@dataclass(frozen=True, slots=True)
class OrderAddress:
    """The address of an order, and what is wrong with it."""

    order: int
    number: str
    state: OrderState
    address: Address
    """As papers have it."""
    buyer: Address
    carrier: str
    service: str
    findings: tuple[AddressFinding, ...]
    correction: Correction | None = None
    """None where it is as the shop gave it."""

    @property
    def correctable(self) -> bool:
        """Whether it may still be corrected: the order has not left the house and is not cancelled."""
        return self.state in (*_OPEN, *_IN_WORK)


def of_order(tx: Transaction, order: int) -> OrderAddress:
    """Return the address of an order and what is wrong with it.

    :raises NotFound: there is no such order.
    """
    full = orders_storage.load(tx, order)
    if full is None:
        raise NotFound("order.not_found", name=order)
    address, buyer = gate.address_of(full.content), gate.address_of(full.content, "buyer")
    row = full.row
    found = findings(address, row.carrier, row.service, buyer=buyer)
    state = OrderState(row.state)
    return OrderAddress(
        order, row.number, state, address, buyer, row.carrier, row.service, found, correction_of(full.content)
    )


def correction_of(content: Mapping[str, Any]) -> Correction | None:
    """Return what a person corrected about an order's address, from its stored content."""
    told = content.get(CORRECTED)
    if not told:
        return None
    return Correction(Address(**told["shop"]), told.get("why", ""), told.get("at", 0), told.get("person", ""))


# --- what a file says now ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A known order as a file has it now, beside what a person corrected."""

    order: IncomingOrder
    """With the corrected address, as long as the shop says the same as before."""
    correction: Mapping[str, object]
    """What its content keeps of the correction."""
    overruled: bool = False
    """The shop has another address now: it wins, and a person looks again."""


def from_file(content: Mapping[str, Any], order: IncomingOrder) -> Kept:
    """Return a known order with the address that a person corrected, unless the shop has another one now.

    :param content: the order's content as stored.
    """
    known = correction_of(content)
    if known is None:
        return Kept(order, {})
    corrected = gate.address_of(content)
    if order.ship_to == known.shop:
        holds = tuple(each for each in order.holds if each is not Hold.ADDRESS_AWAITED)
        return Kept(replace(order, ship_to=corrected, holds=holds), {CORRECTED: content[CORRECTED]})
    return Kept(order, {}, overruled=order.ship_to != corrected)


def of_receiver(verdict: Verdict) -> Iterator[Fault]:
    """Return what the gate says of the receiver's address and phone number: what holds, then what is only told."""
    for hold in _OF_ADDRESS:
        yield from (each for each in read_faults(verdict.holds.get(hold, "")) if each.field.startswith("to."))
    yield from (each for each in verdict.told if each.field.startswith("to."))


# --- correcting -----------------------------------------------------------------------------------------------------


def correct(tx: Transaction, station: str, act: str, order: int, address: Address, why: str = "") -> int:
    """Correct the address that an order goes to; return the order's version.

    A released order gets a new version: new slip, new waybills, the old ones on the pull list. What the shop gave is
    kept beside; writing that again takes the correction back. The journal says which parts were corrected, not what
    they were: it is kept for longer than a person's address.

    :raises NotAllowed: it has left the house, a bench has it open before its release, or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    old = storage.known(tx, order)
    if old is None or OrderState(old.state) not in (*_OPEN, *_IN_WORK):
        raise NotAllowed("order.cannot_change", number=old.number if old else "?", state=old.state if old else "")
    changes.refuse_partly_gone(tx, old)
    if old.state in _OPEN and old.holder:
        raise NotAllowed("address.at_a_bench", number=old.number, station=old.holder)
    new, before = cleaned(address), gate.address_of(old.content)
    version = old.version
    parts = [name for name in Address.__slots__ if getattr(new, name) != getattr(before, name)]
    if parts:
        known = correction_of(old.content)
        told = Correction(
            known.shop if known else before, why.strip(), tx.now, state.person.name if state.person else ""
        )
        version = _put(tx, station, act, old, new, told)
    facts = {"parts": parts, "why": why.strip(), "version": version}
    acts.end(tx, state, act, "address", facts, order=order, result=version)
    return version


def cleaned(address: Address) -> Address:
    """Return an address as it is stored: each part on one line, the postcode as ``150-0001``."""
    parts = {name: read_line(text)[0] for name, text in asdict(address).items()}
    code = re.sub(r"[-〒\s]", "", narrow(parts["postcode"]))
    if re.fullmatch("[0-9]{7}", code):
        parts["postcode"] = f"{code[:3]}-{code[3:]}"
    parts["phone"] = narrow(parts["phone"])
    return Address(**parts)


def _put(tx: Transaction, station: str, act: str, old: KnownOrder, new: Address, told: Correction) -> int:
    """Store a corrected address, and bring what depends on it in line; return the order's version."""
    content = {name: value for name, value in old.content.items() if name != CORRECTED}
    content["ship_to"] = _plain(new)
    if new != told.shop:
        kept = {"shop": _plain(told.shop), "why": told.why, "at": told.at, "person": told.person}
        content[CORRECTED] = {name: value for name, value in kept.items() if value or name == "shop"}
    key = recipient_key(new) if old.carrier else ""
    storage.put_head(
        tx,
        old.id,
        {
            "content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
            "ship_name": new.name or gate.address_of(content, "buyer").name,
            "prefecture": new.prefecture,
            "merge_key": key,
        },
    )
    if key != old.merge_key:
        changes.leave_merge(tx, station, act, old, "pull.address_corrected")
    version = old.version
    if OrderState(old.state) in _IN_WORK:
        version = changes.new_version(tx, station, act, old.id, "pull.address_corrected")
        _hold_again(tx, old, new)
    else:
        given = [hold for hold in (Hold.ADDRESS_AWAITED,) if new.name and new.city + new.street]
        gate_storage.forget_holds(tx, old.id, [str(hold) for hold in (*_OF_ADDRESS, *given)])
        gate.rejudge(tx, act, [old.id])
    holds_storage.settle(tx, old.id)
    if key != old.merge_key:
        proposals.settle(tx, [old.merge_key, key])
    return version


def _hold_again(tx: Transaction, old: KnownOrder, new: Address) -> None:
    """A released order is judged by its address alone: its carrier and its days stay."""
    holds_storage.clear_holds(tx, old.id, list(_OF_ADDRESS))
    wrong = [each.fault for each in findings(new, old.carrier, old.contents.service) if each.level is Level.ERROR]
    for hold in _OF_ADDRESS:
        mine = [fault for fault in wrong if (fault.field == "to.phone") == (hold is Hold.MISSING_PHONE)]
        if mine:
            holds_storage.add_hold(tx, old.id, hold, fault_text(mine))


def _plain(address: Address) -> dict[str, str]:
    return {name: text for name, text in asdict(address).items() if text}
