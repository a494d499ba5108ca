"""What one scan at the bench loads before the decision: the station's work, and whatever the code may mean.

Statements are few on purpose: goods of an open order take three look-ups, and what only some answers need (the trail,
the waybills, the printed stack) is loaded where the question or the code asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from app.domain import asking, boxes, lots
from app.domain.asking import DETAILS, AskKind
from app.domain.barcode import (
    CartonCode,
    CommandName,
    InsertCode,
    Kind,
    PersonCode,
    Reading,
    Waybill,
    WeightCode,
    read,
)
from app.domain.bench import (
    UNKNOWN,
    Bench,
    BenchOrder,
    Candidate,
    Details,
    KnownCarton,
    KnownLot,
    Pending,
    Question,
    QuestionKind,
    Refused,
    Rules,
    Seen,
)
from app.domain.modes import PickStep
from app.domain.orders import Address, OrderState
from app.domain.people import rights_of
from app.domain.products import KnownCode, LotPolicy
from app.domain.seen import LABELLING, REASONS, command_of, waybill_number
from app.domain.shipping import Shipment, Temperature
from app.domain.weighing import LIGHTEST_G
from app.plugins import modules_of
from app.services import changes, weighing
from app.services.act import Work
from app.services.scans import MINUTE, today
from app.settings import defaults, words
from app.storage import bench as storage
from app.storage import boxes as boxes_storage
from app.storage import goods, labels
from app.storage import packing as packing_storage
from app.storage import picked as picked_storage
from app.storage.database import Transaction
from app.storage.stations import StationState

__all__ = ["begin", "complete", "look_up"]


def begin(tx: Transaction, state: StationState, act: str) -> Work:
    """Load where the station stands."""
    settings = defaults() | state.settings
    rules = Rules(
        station=state.name,
        rights=rights_of(state.person, state.anybody, settings["short.close"], settings["quantity.keyed"]),
        release_at_open=settings["release.at_open"] == "on",
        signin_required=settings["signin.required"] == "on" and state.anybody,
        stock_tracked=settings["stock.tracked"] == "on",
        today=today(settings["shop.timezone"], tx.now // MINUTE),
        pace_ms=int(settings["scan.pace_ms"]),
        lot_order=settings["lot.order"],
        unknown_lot=settings["lot.unknown"],
        nocode=settings["nocode.proof"],
        people=state.anybody,
        alike_units=settings["alike.unit_scan"] == "on",
        overridable=words(settings["override.allowed"]),
        scale=state.scale == "ok",
        shadow=settings["pack.check"] == "shadow",
    )
    standing = Bench(
        person=state.person,
        unknown=state.unknown,
        question=_question(state.question),
        off_by=state.off_by,
        off_order=state.off_order,
        last_code=state.last_code,
        refused=_refused(state.refused),
    )
    work = Work(tx, state, settings, rules, act, standing)
    if state.order is not None:
        _load_bench(work, state.order)
        _load_papers(work)
    return work


def _question(stored: str) -> Question | None:
    if not stored:
        return None
    body = json.loads(stored)
    pending = _pending(body["pending"]) if body.get("pending") else None
    return Question(QuestionKind(body["kind"]), body["line"], body["order"], body["code"], pending)


def _refused(stored: str) -> Refused | None:
    body = json.loads(stored) if stored else None
    return Refused(body["guard"], _pending(body["pending"])) if body else None


def _pending(body: Mapping[str, Any]) -> Pending:
    """Return goods in hand as :func:`app.domain.guards.plain_pending` wrote them."""
    details = Details(body["lot"], body["expiry"], body["serial"])
    given = (body["how"], body["by"], body["reason"], tuple(body["allowed"]))
    return Pending(body["code"], body["product"], body["quantity"], details, *given)


def _load_bench(work: Work, order: int) -> None:
    loaded = storage.load_order(work.tx, order, work.settings, work.state.name)
    if loaded is None:
        work.state.order = work.state.parcel = None
        return
    work.picked = loaded.goods
    mine = loaded.holder == work.state.name
    here = work.bench = replace(
        work.bench,
        order=loaded.order,
        lines=loaded.lines,
        held=loaded.held,
        followers=loaded.followers,
        slips=loaded.slips,
        extras=loaded.extras,
        boxes=loaded.boxes,
        box=loaded.box,
        free=loaded.free,
        changed=loaded.order.open and mine and loaded.parcel_version != loaded.order.version,
    )
    if not loaded.order.open:
        return
    if mine:
        if not here.changed and loaded.lease_until - work.tx.now < int(work.settings["lease.minutes"]) * MINUTE // 2:
            packing_storage.renew_lease(work.tx, order, work.state.name, work.lease_until)
    elif loaded.holder:
        work.taken_by = loaded.holder
    elif loaded.parcel is not None and loaded.parcel == work.state.parcel:
        work.bench = replace(here, lost=True)  # the office opened or set aside what was here
    else:
        work.taken_by = "?"


def complete(work: Work) -> None:
    """Load what the next question shows beyond the order itself: accepted shorts, waybills, the next slip."""
    _load_papers(work)
    here = work.bench
    if here.order and here.order.state is OrderState.VERIFIED and here.question is None:
        _load_stack(work)
    _load_choice(work)


def _load_choice(work: Work) -> None:
    """Load what the question shows to choose from: lots on the shelf, products that have one code."""
    here = work.bench
    if here.order is None or not here.order.open:
        return
    if here.question is None:
        wanted = asking.ask(here, work.rules)
        line = wanted.line if wanted.kind is AskKind.ITEM else None
        if line is not None and line.product is not None and line.handling.lot_policy.keeps_expiry:
            work.bench = replace(here, lots=_lots(work, line.product, line.shelf))
    elif here.question.pending is not None:
        pending = here.question.pending
        if here.question.kind is QuestionKind.WHICH:
            work.bench = replace(here, options=_options(work, pending))
        elif here.question.kind in (QuestionKind.LOT, QuestionKind.EXPIRY) and pending.product is not None:
            known = goods.find_product(work.tx, pending.product)
            if known is not None:
                work.bench = replace(here, lots=_lots(work, pending.product, known.shelf))


def _lots(
    work: Work, product: int, shelf: str, named: str = "", single: Candidate | None = None
) -> tuple[KnownLot, ...]:
    """Return the lots of *product* that the packer has before him, and what is known of the lot *named*.

    They are those that were picked for the open order (or for *single*), where some were, else those on the shelf.
    """
    picked = single.goods if single else work.picked
    order = single.order if single else work.bench.order
    mine = order if any(each.product == product for each in picked) else None
    return goods.lots_on(work.tx, product, shelf, named, picked_for=mine.id if mine else None)


def _options(work: Work, pending: Pending) -> tuple[KnownCode, ...]:
    """Return the products that have the code about which it is asked, in the order of the choice codes."""
    found = goods.find_products(work.tx, read(pending.code), work.settings["scan.sku"] == "on")
    return tuple(sorted(found, key=lambda known: known.sku))


def _asked(work: Work, pending: Pending) -> tuple[KnownCode, ...]:
    """Return the product that waits for the answer, with the code that named it."""
    if pending.product is None:
        return ()
    found = [known for known in _options(work, pending) if known.product == pending.product]
    if found:
        return (found[0],)
    known = goods.find_product(work.tx, pending.product)
    return (known,) if known else ()


def _load_papers(work: Work) -> None:
    """Load the waybills where they are asked for, and whether the shorts were accepted."""
    tx, here = work.tx, work.bench
    order = here.order
    if order is None or here.changed or here.lost or work.taken_by:
        return
    papers = order.papers
    if order.open:
        labelled = papers.waybill and not papers.at_close
        if all(line.left == 0 for line in here.lines):
            # Where nothing comes between the last piece and the close, accepting what is short closes.
            if here.short and not here.trail and (labelled or here.extras or work.rules.scale):
                here = replace(here, trail=packing_storage.load_trail(tx, order.id).steps)
            if labelled and not here.waybills and _labels_now(here, work.rules):
                here = replace(here, waybills=labels.current_waybills(tx, order))
    elif here.question and AskKind(here.question.kind) in LABELLING and not here.waybills:
        here = replace(here, waybills=labels.current_waybills(tx, order))
    if here is not work.bench:
        work.bench = here


def _labels_now(here: Bench, rules: Rules) -> bool:
    """Whether the waybills may be asked for; before that come what is short, inserts and the scale."""
    return here.question is not None or asking.ask(here, rules).kind is AskKind.WAYBILL


# --- what the code may mean ---------------------------------------------------------------------------------------


def look_up(work: Work, reading: Reading, since: int | None = None) -> Seen:
    """Load what the answer may need: no more than two look-ups for anything that can be accepted, and two more for
    goods that keep lots.

    :param since: milliseconds since the scan before, by the reader's own clock.
    """
    question = work.bench.question
    asked: tuple[KnownCode, ...] = ()
    if question is not None and question.pending is not None:
        asked = _asked(work, question.pending)
        if question.kind is QuestionKind.WHICH:
            work.bench = replace(work.bench, options=_options(work, question.pending))
    elif command_of(reading) is CommandName.QUANTITY and work.bench.last_code:
        asked = _options(work, Pending(work.bench.last_code))
    seen = replace(_look_up(work, reading), asked=asked, since=since, picked=work.picked)
    return _with_lots(work, seen)


_ABOUT_ASKED = (AskKind.LOT, AskKind.EXPIRY, AskKind.SERIAL)


def _with_lots(work: Work, seen: Seen) -> Seen:
    """Add what is known of the lot and the serial in hand, where its product keeps them and the order wants it."""
    question = work.bench.question
    kind = AskKind(question.kind) if question else None
    # Only while a lot, a date or a serial is asked for do other goods have to wait.
    about = seen.asked if kind in _ABOUT_ASKED or not seen.products else seen.products
    pending = question.pending if question and about is seen.asked else None
    if len(about) != 1 or about[0].handling.lot_policy is LotPolicy.NONE:
        return seen
    known = about[0]
    lines = seen.single.lines if seen.single else work.bench.lines
    if all(line.product != known.product for line in lines):
        return seen
    details = pending.details if pending else UNKNOWN
    if pending is not None and kind in _ABOUT_ASKED:
        details = lots.answered(kind, details, seen.reading) or details
    read_now = lots.details_of(seen.reading, known.handling)
    details = Details(read_now.lot or details.lot, read_now.expiry or details.expiry, read_now.serial or details.serial)
    named = lots.ledger_lot(known.handling, details)
    found = _lots(work, known.product, known.shelf, named, seen.single) if known.handling.keeps_lots else ()
    serial = goods.serial_in(work.tx, known.product, details.serial) if details.serial else ""
    return replace(seen, lots=found, serial_in=serial)


def _look_up(work: Work, reading: Reading) -> Seen:
    tx, here = work.tx, work.bench
    wanted = asking.ask(here, work.rules).kind
    command = command_of(reading)
    if command is CommandName.NEXT:
        following = storage.next_order_id(tx, work.rules.release_at_open) if wanted is AskKind.ORDER else None
        if following is None:
            return Seen(reading, being_picked=wanted is AskKind.ORDER and picked_storage.any_in_pick(tx))
        return Seen(reading, candidates=_candidates(work, [following]))
    if command is CommandName.UNDO and here.order is not None and here.question is None:
        _load_trail(work)
    if command is CommandName.CANCEL and here.order is not None and here.order.papers.waybill and not here.waybills:
        work.bench = replace(here, waybills=labels.current_waybills(tx, here.order))
    if command is CommandName.PARCEL and here.order is not None and here.order.open:
        return Seen(reading, most_pieces=_most_pieces(here.order, here.cod))
    if command is CommandName.LATER and here.order is not None and here.order.open and here.question is None:
        _load_stack(work)
    if command in _OTHER_CARTON and here.order is not None and here.order.open:
        return Seen(reading, carton=_carton(work, boxes.instead_of(here)))
    if here.question is not None and here.question.code == "weight" and command in REASONS:
        _load_contents(work)
    if command is not None:
        return Seen(reading)
    own = reading.kind(CartonCode, InsertCode, WeightCode)
    if own is not None:
        return _look_up_own(work, reading, own, wanted)
    if any(isinstance(kind, PersonCode) for kind in reading.kinds):
        return Seen(reading, person=storage.find_person(tx, reading))
    if work.rules.shadow and here.order is not None and here.order.open and waybill_number(reading):
        _load_waybills(work)  # it may close what was not scanned whole
    if wanted in DETAILS:  # a text that is asked for is no order and no SKU
        return Seen(reading, products=goods.find_products(tx, reading, with_sku=False))
    if wanted in LABELLING or (wanted is AskKind.OVERRIDE_REASON and reading.kind(Waybill)):
        return _look_up_waybill(work, reading)
    return _look_up_goods(work, reading, wanted)


_OTHER_CARTON = (CommandName.REASON_NO_FIT, CommandName.REASON_THICK)


def _look_up_own(work: Work, reading: Reading, own: Kind, wanted: AskKind) -> Seen:
    """A carton, a paper that goes into the box, or what the scale says."""
    if isinstance(own, CartonCode):
        return Seen(reading, carton=_carton(work, own.code))
    if isinstance(own, WeightCode) and (own.grams or 0) >= LIGHTEST_G and wanted is AskKind.WEIGHT:
        box = asking.ask(work.bench, work.rules).box or 1
        found = weighing.look(work, box, own.grams or 0)
        work.contents = found.verdict.contents
        return Seen(reading, weighing=found)
    return Seen(reading)


def _load_waybills(work: Work) -> None:
    here = work.bench
    assert here.order is not None
    if not here.waybills:
        work.bench = replace(here, waybills=labels.current_waybills(work.tx, here.order))


def _load_contents(work: Work) -> None:
    """Load what should be in the box that somebody lets pass in spite of its weight."""
    question = work.bench.question
    assert question is not None
    assert question.pending is not None
    box = asking.ask(replace(work.bench, question=None), work.rules).box or 1
    work.contents = weighing.contents(work, box, question.pending.quantity)


def _carton(work: Work, code: str) -> KnownCarton | None:
    order = work.bench.order
    if not code or order is None:
        return None
    found = boxes_storage.find_carton(work.tx, code, f"{order.carrier}/{order.service}" if order.carrier else "")
    if found is None or found.suits:
        return found
    # Of the same carrier first: its label printer and its pickup are the ones at hand.
    listed = sorted(found.services, key=lambda each: each.partition("/")[0] != order.carrier)
    return replace(found, follow=changes.service_for(work.tx, order.id, listed))


def _load_trail(work: Work) -> None:
    here = work.bench
    assert here.order is not None
    order = here.order
    if not here.trail:
        found = packing_storage.load_trail(work.tx, order.id)
        here = replace(here, trail=found.steps)
        if not order.open:  # what is known of a closed parcel comes only here
            here = replace(here, slips=found.slips, boxes=found.boxes, box=found.box, free=found.free)
    if not here.waybills and any(step.waybill for step in here.trail):
        here = replace(here, waybills=labels.current_waybills(work.tx, order))
    work.bench = here


def _candidates(work: Work, ids: Sequence[int], *, proven: bool = True) -> tuple[Candidate, ...]:
    """Load orders that might be opened; *proven* says whether what was scanned at the shelf may be in at once."""
    scanning = _scanning() if proven else frozenset()
    return storage.candidates(work.tx, ids, work.tx.now, work.settings, scanning, work.state.name)


@cache
def _scanning() -> frozenset[str]:
    """Return the ways of picking in which goods are scanned at their shelf."""
    modes = [module.MODE for module in modules_of("app.modes")]
    return frozenset(mode.id for mode in modes if PickStep.ITEM in mode.steps)


def _look_up_waybill(work: Work, reading: Reading) -> Seen:
    """A waybill is wanted: one of this order needs no look-up at all."""
    here = work.bench
    number = waybill_number(reading)
    if number and any(each.number == number for each in here.waybills):
        return Seen(reading)
    if number:
        found = labels.find_waybills(work.tx, number, here.order, here.waybills)
        if found:
            return Seen(reading, waybills=found)
    return _look_up_goods(work, reading, AskKind.WAYBILL)


def _look_up_goods(work: Work, reading: Reading, wanted: AskKind) -> Seen:
    tx, here = work.tx, work.bench
    orders_first = wanted in (AskKind.ORDER, AskKind.TAKE_OVER)
    if orders_first and (seen := _look_up_order(work, reading)):
        return seen
    products = goods.find_products(tx, reading, work.settings["scan.sku"] == "on")
    if products and wanted is AskKind.MOVE:
        _load_trail(work)
    if products:
        elsewhere = ""
        order = here.order
        if wanted is AskKind.ORDER:
            return Seen(reading, products=products, single=_single(work, products))
        if order and len(products) == 1 and not _is_ours(here, products[0].product):
            elsewhere = storage.wanted_elsewhere(tx, products[0].product, order.id)
        return Seen(reading, products=products, elsewhere=elsewhere)
    if not orders_first and (seen := _look_up_order(work, reading)):
        return seen
    if reading.kind(Waybill) and wanted is not AskKind.WAYBILL:
        found = labels.find_waybills(tx, waybill_number(reading))
        if found:
            return Seen(reading, waybills=found)
    parts = tuple(part for line in here.lines for part in (line.code, line.sku) if part)
    return Seen(reading, parts=parts)


def _is_ours(here: Bench, product: int) -> bool:
    return any(each.product == product for each in here.lines) or any(each.product == product for each in here.extras)


def _single(work: Work, products: Sequence[KnownCode]) -> Candidate | None:
    """Return the picked order of one piece that the scanned piece is for; None for none."""
    if len(products) != 1 or products[0].quantity != 1:
        return None
    found = picked_storage.next_single(work.tx, products[0].product)
    return _candidates(work, [found], proven=False)[0] if found is not None else None


def _look_up_order(work: Work, reading: Reading) -> Seen | None:
    """Return the orders that the text names; None for none."""
    tx = work.tx
    ids = storage.find_order_ids(tx, reading)
    if ids:
        if work.bench.order is not None and ids != [work.bench.order.id]:
            _load_stack(work)
        return Seen(reading, candidates=_candidates(work, ids))
    old = storage.withdrawn(tx, reading)
    return Seen(reading, withdrawn=old) if old else None


def _load_stack(work: Work) -> None:
    """Which slip is the next one on the stack?"""
    here = work.bench
    if here.order is not None and here.order.papers.slip and not here.next_slip:
        work.bench = replace(here, next_slip=labels.next_slip(work.tx, here.members))


def _most_pieces(order: BenchOrder, cod: int) -> int:
    """Return the most pieces under one shipment that the order's service takes, cash on delivery considered."""
    module = next((each for each in modules_of("app.carriers") if order.carrier == each.ID), None)
    service = next((each for each in module.SERVICES if each.id == order.service), None) if module else None
    if module is None or service is None:
        return 0
    pieces = order.parcel_count + 1
    nobody, day = Address(), date(2000, 1, 1)
    tried = Shipment("1-001-1", order.service, day, nobody, nobody, "", cod=cod, pieces=pieces)
    cold = replace(tried, temperature=Temperature(order.temperature))
    forbidden = any(fault.field == "pieces" for fault in module.check(cold, day))
    return order.parcel_count if forbidden else int(service.most_pieces)
