"""Release 出荷指示: which orders may go now, in which sequence; giving them ship numbers, waybills and papers.

The sequence is that of the printed stacks: carrier, service, temperature, then the walk past the shelves; an order
that shares another one's parcel comes right after it. A release of many orders is written in chunks that let scans
through, each atomic: a program that dies in between leaves a batch with the orders released so far. Their papers wait
in the outbox from the first chunk on and come out by themselves after :data:`HELD_BACK_MS`. The same call made again
with the same act id goes on where the first one stopped, and adds nothing where it had finished.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.carriers._choose import account_faults, carriers
from app.domain.orders import OrderEvent, OrderState, ShipNumber, next_state
from app.domain.people import Right
from app.domain.print_rules import When, in_order
from app.domain.shipping import Fault, Temperature
from app.errors import NotFound
from app.services import acts, carton_plans, gate, inserts, put_back, reservation, waybills
from app.services.desk import Desk, new_act
from app.services.print_rules import BATCH_PAPERS, Ruling
from app.services.settings import all_settings, find_shop
from app.services.shipments import errors_of, fitted, shipment_of, today
from app.storage import carriers as carriers_storage
from app.storage import printing
from app.storage import release as storage
from app.storage import waves as waves_storage
from app.storage import waybills as waybill_storage
from app.storage.database import Transaction
from app.storage.printing import NewJob
from app.storage.release import CandidateRow, Filter, Given, Locked
from app.storage.waybills import OrderHead

__all__ = [
    "Choice",
    "Group",
    "LeftOut",
    "NewWave",
    "Planned",
    "Preview",
    "Released",
    "Stale",
    "TakenBack",
    "at_once",
    "preview",
    "release",
    "take_back",
    "unrelease",
]

HELD_BACK_MS = 60_000
"""How long the papers of an unfinished release wait after its last chunk before they come out as they are."""
CHUNK_MS = 25
"""Time one chunk should hold the writer, milliseconds; the size of chunks follows it, with room for a slow one."""
_FIRST_CHUNK, _LARGEST_CHUNK = 40, 100
_FIRST_BACK = 10
"""The same for taking back, where what was picked has to be looked for."""
_PLANNING_SECONDS = 10.0
"""How long a release waits for cartons that are not proposed yet; the others are planned afterwards."""
_TOPICS = frozenset({"orders", "bench", "printing"})
_NO_KEY = "0-000-0"
"""Stands for the customer key, which the release gives."""
_COLD = {str(each): place for place, each in enumerate(Temperature)}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which orders to release; what is empty or None does not matter."""

    pickup_from: int | None = None
    """Earliest pickup to catch, milliseconds since 1970 UTC."""
    pickup_to: int | None = None
    """Latest pickup to catch."""
    carrier: str = ""
    """Carrier, or ``carrier/service``."""
    shop: str = ""
    size: int | None = None
    """Most centimetres of the three sides together; orders of unknown size are left out then."""
    temperature: str = ""
    priority: int | None = None
    """Least priority."""
    zone: str = ""
    """Zone of the map in which all goods of an order have their shelves."""
    single_line: bool = False
    """Only orders of one line."""
    one_piece: bool = False
    """Only orders of one piece."""
    limit: int | None = None
    """Most orders, those with the earliest pickup first; what shares a parcel with one comes along."""
    orders: tuple[int, ...] = ()
    """Exactly these; of the rest of the choice only the pickup is looked at."""
    found: bool = False
    """Its orders were found by the rest of it, so the carrier is looked at too: prices may just have changed it."""


@dataclass(frozen=True, slots=True)
class NewWave:
    """How a release is picked: it becomes a wave, whose orders the bench leaves alone until they are picked."""

    mode: str
    rule: str
    """How its orders were chosen, as JSON."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One order that can be released."""

    order: int
    number: str
    shop: str
    carrier: str
    service: str
    temperature: str
    cut_off: int | None
    lines: int
    pieces: int
    lead: int | None
    """Order whose parcel it shares."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One order that cannot be released, and why."""

    order: int
    number: str
    shop: str
    why: str
    """Key of the sentence."""
    args: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    """What its carrier forbids, or what lacks in the shop's account with it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Orders that go into one stack of waybills."""

    carrier: str
    service: str
    temperature: str
    orders: int
    lines: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Stale:
    """A shop whose order data is too old to release from."""

    shop: str
    at: int | None
    """When its last file was taken in, milliseconds since 1970 UTC; None for never."""
    clock: str
    """The same as a person reads it, in the shop's time zone."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release would do."""

    orders: tuple[Planned, ...]
    """In the sequence of the ship numbers."""
    left_out: tuple[LeftOut, ...]
    held: Mapping[str, int]
    """Orders that the choice means and a hold keeps back, by hold; empty where orders were named."""
    groups: tuple[Group, ...]
    stale: tuple[Stale, ...]
    passed: str
    """Clock time of the chosen pickup where it has passed; empty where it has not."""

    @property
    def lines(self) -> int:
        """Lines of the orders that can be released."""
        return sum(each.lines for each in self.orders)

    @property
    def pieces(self) -> int:
        """Pieces of the orders that can be released."""
        return sum(each.pieces for each in self.orders)

    @property
    def nothing(self) -> str:
        """Key of the sentence why nothing can be released; empty where something can."""
        if self.orders:
            return ""
        if self.passed:
            return "release.pickup_passed"
        if self.left_out or self.held:
            return "release.none_may_go"
        return "release.nothing"


@dataclass(frozen=True, slots=True)
class Released:
    """What a release call did."""

    batch: int | None
    """Number of the (first) batch; None when nothing could be released."""
    ship_numbers: tuple[str, ...]
    refused: tuple[LeftOut, ...]
    """Each order that could not be released."""
    batches: tuple[int, ...] = ()
    """More than one only where papers had to come out before the call was finished."""


# --- what may go --------------------------------------------------------------------------------------------------


def preview(
    tx: Transaction, choice: Choice, *, stale_ok: bool = False, between: Callable[[], None] = lambda: None
) -> Preview:
    """Return what a release of *choice* would do now: its orders in sequence, and what is left out and why.

    :param stale_ok: release also from data that is older than the shop allows (``intake.max_age``).
    :param between: called before each order is looked at.
    :raises NotFound: there is no such shop.
    """
    house = all_settings(tx)
    zone = house["shop.timezone"]
    wanted = _filter(tx, choice)
    passed = "" if choice.pickup_to is None or choice.pickup_to >= tx.now else _clock(choice.pickup_to, zone)
    if choice.orders:
        chosen = list(choice.orders)
        held: Mapping[str, int] = {}
    else:
        chosen = [row.id for row in storage.candidates(tx, wanted, choice.limit)]
        held = storage.held_counts(tx, wanted)
    plan = _Plan(tx, house, stale_ok)
    good, left = plan.sort_out(storage.members(tx, chosen), choice, between)
    planned = tuple(
        Planned(
            order=row.id,
            number=row.number,
            shop=row.shop,
            carrier=row.carrier,
            service=row.service,
            temperature=row.temperature,
            cut_off=row.cut_off,
            lines=row.lines,
            pieces=row.pieces,
            lead=row.lead,
        )
        for row in good
    )
    return Preview(planned, tuple(left), held, _groups(planned), tuple(plan.stale.values()), passed)


def _filter(tx: Transaction, choice: Choice) -> Filter:
    carrier, _, service = choice.carrier.partition("/")
    return Filter(
        pickup_from=choice.pickup_from,
        pickup_to=choice.pickup_to,
        carrier=carrier,
        service=service,
        shop_id=find_shop(tx, choice.shop).id if choice.shop else None,
        temperature=choice.temperature,
        size=choice.size,
        priority=choice.priority,
        zone=choice.zone,
        single_line=choice.single_line,
        one_piece=choice.one_piece,
    )


def _groups(planned: Sequence[Planned]) -> tuple[Group, ...]:
    made: dict[tuple[str, str, str], list[Planned]] = {}
    for each in planned:
        made.setdefault((each.carrier, each.service, each.temperature), []).append(each)
    return tuple(
        Group(*key, len(found), sum(each.lines for each in found), sum(each.pieces for each in found))
        for key, found in made.items()
    )


def _clock(moment: int, zone: str) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone)).strftime("%H:%M")


class _Plan:
    """Sorts chosen orders into those that may go and those that may not."""

    def __init__(self, tx: Transaction, house: dict[str, str], stale_ok: bool) -> None:
        self._tx = tx
        self._zone = house["shop.timezone"]
        self._stale_ok = stale_ok
        self._settings: dict[int, dict[str, str]] = {}
        self._ages = {each.shop_id: each for each in gate.data_age(tx)}
        self._accounts = carriers_storage.accounts(tx)
        self._today = today(tx, self._zone)
        self._carriers = {each.ID: each for each in carriers()}
        self.stale: dict[int, Stale] = {}
        """Shops whose data is too old, by id."""

    def sort_out(
        self, rows: Sequence[CandidateRow], choice: Choice, between: Callable[[], None]
    ) -> tuple[list[CandidateRow], list[LeftOut]]:
        """Return the orders that may go, in sequence, and the others."""
        groups: dict[int, list[CandidateRow]] = {}
        for row in rows:
            groups.setdefault(row.lead or row.id, []).append(row)
        heads = waybill_storage.heads(self._tx, [row.id for row in rows])
        good: list[list[CandidateRow]] = []
        left: list[LeftOut] = []
        for lead, group in groups.items():
            between()
            group.sort(key=lambda row: (row.lead is not None, row.queue))
            found = [self._why_not(row, choice) for row in group]
            if not any(found) and (fault := self._carrier_faults(lead, group, heads)) is not None:
                found[0] = fault
            if not any(found):
                good.append(group)
                continue
            for row, why in zip(group, found, strict=True):
                left.append(why or _left(row, "release.left.merge"))
        return self._sequence(good), sorted(left, key=lambda each: each.order)

    def _why_not(self, row: CandidateRow, choice: Choice) -> LeftOut | None:
        if row.held:
            return _left(row, "order.held_short")
        if next_state(OrderState(row.state), OrderEvent.RELEASE) is None:
            return _left(row, f"state.{row.state}")
        if row.holder:
            return _left(row, "release.left.open", station=row.holder)
        if row.parked:
            return _left(row, "release.left.parked")
        if choice.pickup_to is not None and row.lead is None and not self._catches(row, choice):
            return _left(row, "release.left.pickup_passed", clock=_clock(choice.pickup_to, self._zone))
        if (
            choice.found
            and row.lead is None
            and choice.carrier not in ("", row.carrier, f"{row.carrier}/{row.service}")
        ):
            return _left(row, "release.left.other_service", service=f"{row.carrier}/{row.service}")
        stale = self._stale(row)
        if stale is not None:
            return _left(row, "release.left.stale", shop=stale.shop, clock=stale.clock)
        return None

    def _catches(self, row: CandidateRow, choice: Choice) -> bool:
        """Whether an order still catches the chosen pickup: the gate moves one whose pickup has passed to the next."""
        low = max(choice.pickup_from or 0, self._tx.now)
        assert choice.pickup_to is not None
        return row.cut_off is not None and low <= row.cut_off <= choice.pickup_to

    def _of_shop(self, shop: int) -> dict[str, str]:
        if shop not in self._settings:
            self._settings[shop] = all_settings(self._tx, shop)
        return self._settings[shop]

    def _stale(self, row: CandidateRow) -> Stale | None:
        """The shop's data, where it is older than the shop allows."""
        if self._stale_ok or not row.carrier:
            return None
        age = self._ages.get(row.shop_id)
        if age is None or not age.stale:
            return None
        clock = _clock(age.at, self._zone) if age.at is not None else "–"
        return self.stale.setdefault(row.shop_id, Stale(row.shop, age.at, clock))

    def _carrier_faults(self, lead: int, group: list[CandidateRow], heads: Mapping[int, OrderHead]) -> LeftOut | None:
        """What keeps the parcel out of its carrier's file: the shop's account, or what the carrier forbids."""
        row = group[0]
        head = heads.get(lead)
        if head is None or not waybills.is_required(self._of_shop(row.shop_id), row.carrier):
            return None
        chosen = self._carriers.get(row.carrier)
        if chosen is None:
            return _left(row, "release.left.no_carrier", carrier=row.carrier)
        account = waybills.account_of(self._accounts, row.shop_id, row.carrier)
        if wrong := account_faults(chosen, account):
            return replace(_left(row, "release.left.account", carrier=row.carrier), faults=wrong)
        followers = [heads[each.id] for each in group[1:] if each.id in heads]
        shipment = shipment_of(head, followers, self._of_shop(row.shop_id), _NO_KEY, self._today)
        faults = errors_of(fitted(chosen, shipment, self._today)[1])
        return replace(_left(row, "release.left.fault"), faults=faults) if faults else None

    def _sequence(self, groups: list[list[CandidateRow]]) -> list[CandidateRow]:
        shelves = storage.shelves_of(self._tx, [row.id for group in groups for row in group])

        def place(group: list[CandidateRow]) -> tuple[object, ...]:
            first = group[0]
            walk = tuple(sorted({shelf for row in group for shelf in shelves.get(row.id, ()) if shelf}))
            cold = _COLD.get(first.temperature, len(_COLD))
            return (not first.carrier, first.carrier, first.service, cold, not walk, walk, first.queue)

        return [row for group in sorted(groups, key=place) for row in group]


def _left(row: CandidateRow, why: str, **args: object) -> LeftOut:
    return LeftOut(row.id, row.number, row.shop, why, args)


# --- releasing ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """One release call on its way."""

    station: str
    act: str
    batch: int | None = None
    jobs: int = 0
    """Papers of the batch that wait in the outbox."""
    batches: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    given: set[int] = field(default_factory=set)
    refused: list[LeftOut] = field(default_factory=list)
    closed: bool = False

    def take(self, done: _Done) -> None:
        """Count what a chunk did."""
        self.batch, self.jobs, self.closed = done.batch, done.jobs, done.closed
        if done.batch is not None and done.batch not in self.batches:
            self.batches.append(done.batch)
        self.numbers += done.numbers
        self.given |= set(done.given)
        self.refused += [LeftOut(order, number, shop, why) for order, number, shop, why in done.refused]

    def result(self) -> Released:
        """Return what was done."""
        first = self.batches[0] if self.batches else None
        return Released(first, tuple(self.numbers), tuple(self.refused), tuple(self.batches))


@dataclass(frozen=True, slots=True)
class _Done:
    """What one chunk did; kept with its act, so that it can be told again."""

    batch: int | None
    jobs: int
    given: list[int]
    numbers: list[str]
    refused: list[list[Any]]
    closed: bool
    took: float = 0.0

    def plain(self) -> list[object]:
        """Return it as plain values for the journal."""
        return [self.batch, self.jobs, self.given, self.numbers, self.refused, self.closed]


def release(
    desk: Desk,
    choice: Choice,
    *,
    act: str = "",
    stale_ok: bool = False,
    wave: NewWave | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Released:
    """Release what *choice* means; runs on a worker thread and hands its chunks to the desk.

    The gate judges the chosen orders again and stock is reserved for them before anything is released.

    :param act: id of the call; the same id again goes on with a call that was interrupted.
    :param stale_ok: release also from data that is older than the shop allows.
    :param wave: make it a wave; its jobs are planned afterwards (:mod:`app.services.waves`).
    :raises NotAllowed: the person signed in may not release.
    """
    run = _Run(desk.station, act or new_act())
    number = 1
    while (done := desk.read(_stored, _act_of(run.act, number)).result()) is not None:
        run.take(done)
        number += 1
        if done.closed:
            return run.result()
    limit = None if choice.limit is None else max(0, choice.limit - len(run.given))
    chosen = _settle(desk, replace(choice, limit=limit)) if limit != 0 else ()
    rest: list[int] = []
    if chosen:
        carton_plans.settle_of(desk, chosen, _PLANNING_SECONDS)
        named = replace(choice, orders=chosen, limit=None, found=not choice.orders)
        plan = desk.read(preview, named, stale_ok=stale_ok, between=desk.give_way).result()
        rest = [each.order for each in plan.orders]
        run.refused += [each for each in plan.left_out if each.order not in run.given]
    inserts.know_buyers(desk)
    total, size = len(rest), desk.first_size(_FIRST_CHUNK)
    while not run.closed:
        if cancelled():
            rest = []
        part, rest = _cut(desk, rest, size)
        arguments = (run.station, _act_of(run.act, number), run.act, part, run.batch, run.jobs, bool(rest), wave)
        done = desk.chunk(_TOPICS, _chunk, *arguments).result()
        run.take(done)
        number += 1
        size = desk.next_size(size, done.took, CHUNK_MS, _LARGEST_CHUNK)
        if progress is not None:
            progress(total - len(rest), total)
    return run.result()


def _act_of(act: str, number: int) -> str:
    return act if number == 1 else f"{act}:{number}"


def _stored(tx: Transaction, act: str) -> _Done | None:
    """Return what a chunk did that was committed before."""
    answer = storage.stored_answer(tx, act)
    return None if answer is None else _Done(*json.loads(answer)["result"])


def _settle(desk: Desk, choice: Choice) -> tuple[int, ...]:
    """Let the gate judge what was chosen again, reserve for it, and return the chosen orders."""
    chosen = choice.orders or tuple(row.id for row in desk.read(_candidates, choice).result())
    topics = frozenset({"orders"})
    for start in range(0, len(chosen), _JUDGED):
        part = chosen[start : start + _JUDGED]
        desk.chunk(topics, gate.recheck, desk.station, new_act(), part).result()
        desk.chunk(topics, reservation.reserve, desk.station, new_act(), part).result()
    return chosen


_JUDGED = 40
"""Orders that the gate judges in one chunk."""


def _candidates(tx: Transaction, choice: Choice) -> list[CandidateRow]:
    return storage.candidates(tx, _filter(tx, choice), choice.limit)


def _cut(desk: Desk, rest: list[int], size: int) -> tuple[list[int], list[int]]:
    """Take the next orders; what shares a parcel stays together."""
    if len(rest) <= size:
        return rest, []
    leads: dict[int, int] = desk.read(storage.leads_of, rest[size - 1 : size + 50]).result()
    while size < len(rest) and leads.get(rest[size]) is not None:
        size += 1
    return rest[:size], rest[size:]


def at_once(tx: Transaction, station: str, act: str, orders: Sequence[int], *, stale_ok: bool = False) -> Released:
    """Release a few orders in one transaction, judged and reserved for once more, by the code of :func:`release`.

    :raises NotAllowed: the person signed in may not release.
    """
    run = _Run(station, act)
    done = _stored(tx, act)
    if done is None:
        acts.begin(tx, station, act)
        gate.rejudge(tx, act, orders)
        reservation.cover(tx, orders)
        plan = preview(tx, Choice(orders=tuple(orders)), stale_ok=stale_ok) if orders else None
        run.refused += plan.left_out if plan else ()
        done = _chunk(tx, station, act, act, [each.order for each in plan.orders] if plan else [], None, 0, False)
    run.take(done)
    return run.result()


def _chunk(
    tx: Transaction,
    station: str,
    act: str,
    call: str,
    orders: Sequence[int],
    batch: int | None,
    jobs: int,
    more: bool,
    wave: NewWave | None = None,
) -> _Done:
    """Release some orders in one transaction.

    :param call: act id of the whole release call.
    :param batch: batch to go on with; None begins one.
    :param jobs: papers of that batch that must still be waiting, else they came out and a new batch is begun.
    :param more: further chunks follow: the papers wait for them.
    :param wave: how the batch is picked, where it is a wave.
    """
    began = time.monotonic()
    state = acts.begin(tx, station, act)
    if state is None:
        stored = _stored(tx, act)
        assert stored is not None
        return stored
    acts.require(state, Right.RELEASE)
    locked = storage.lock_many(tx, orders)
    good, refused = _still_good(locked, orders)
    if batch is not None and jobs and storage.hold_jobs(tx, station, batch, tx.now + HELD_BACK_MS) < jobs:
        storage.free_jobs(tx, station, batch)
        batch, jobs = None, 0
    given: list[Given] = []
    if good:
        if batch is None:
            person = state.person.id if state.person else None
            batch = storage.new_batch(tx, call, station, person)
            if wave is not None:
                waves_storage.add_wave(tx, batch, call, station, person, wave.mode, wave.rule)
        first = storage.last_sequence(tx, batch) + 1
        given = [
            Given(each.head.id, batch, sequence, each.head.version + 1) for sequence, each in enumerate(good, first)
        ]
        storage.give(tx, given)
        storage.add_size(tx, batch, len(given))
        if wave is not None:
            waves_storage.begin_picking(tx, [each.order for each in given])
        settings = {shop: all_settings(tx, shop) for shop in {each.head.shop_id for each in good}}
        _request(tx, good, given, settings)
        renewed = inserts.renew(tx, [each.order for each in given], act, fresh=True)
        orders_of = [each.head for each in good]
        jobs += _add_papers(tx, station, call, batch, orders_of, renewed.papers, with_list=first == 1 and wave is None)
    if batch is not None and jobs:
        if more:
            storage.hold_jobs(tx, station, batch, tx.now + HELD_BACK_MS)
        else:
            storage.free_jobs(tx, station, batch)
    numbers = [str(ShipNumber(each.batch, each.sequence)) for each in given]
    done = _Done(batch, jobs, [each.order for each in given], numbers, refused, not more)
    facts = {"batch": batch, "orders": done.given, "first": numbers[0] if numbers else "", "refused": len(refused)}
    acts.end(tx, state, act, "release", facts, result=done.plain())
    return replace(done, took=(time.monotonic() - began) * 1000)


def _still_good(locked: Mapping[int, Locked], orders: Sequence[int]) -> tuple[list[Locked], list[list[Any]]]:
    """Part locked orders into those that may still go and those that another station was quicker with."""
    why: dict[int, str] = {}
    for order, each in locked.items():
        if each.head.held:
            why[order] = "order.held_short"
        elif next_state(OrderState(each.head.state), OrderEvent.RELEASE) is None:
            why[order] = f"state.{each.head.state}"
        elif each.parked:
            why[order] = "release.left.parked"
        elif each.holder:
            why[order] = "release.left.taken"
    for order, each in locked.items():  # what shares a parcel goes together or not at all
        lead = each.head.lead or order
        group = [other for other, its in locked.items() if (its.head.lead or other) == lead] if each.head.lead else []
        if lead not in locked or any(other in why for other in group):
            for other in group:
                why.setdefault(other, "release.left.merge")
    good = [locked[order] for order in orders if order in locked and order not in why]
    refused: list[list[Any]] = [
        [order, locked[order].head.number, locked[order].head.shop, why[order]]
        for order in orders
        if order in locked and order in why
    ]
    return good, refused


def _request(
    tx: Transaction, good: Sequence[Locked], given: Sequence[Given], settings: Mapping[int, dict[str, str]]
) -> None:
    """Request the waybills of orders just released, where the shop wants them now."""
    followers: dict[int, list[OrderHead]] = {}
    for each in good:
        if each.head.lead is not None:
            followers.setdefault(each.head.lead, []).append(each.head)
    new = []
    for each, number in zip(good, given, strict=True):
        of_shop = settings[each.head.shop_id]
        wanted = waybills.is_required(of_shop, each.head.carrier) and of_shop["waybill.when"] == "release"
        if wanted and each.head.lead is None:
            head = replace(each.head, batch=number.batch, sequence=number.sequence, version=number.version)
            new += waybills.new_waybills(head, 1, followers.get(each.head.id, []))
    waybill_storage.add_many(tx, new)


def _add_papers(
    tx: Transaction,
    station: str,
    act: str,
    batch: int,
    heads: Sequence[OrderHead],
    gifts: Mapping[str, Collection[int]],
    *,
    with_list: bool,
) -> int:
    """Put the batch's papers into the outbox, each when an order first wants it; return how many.

    Noshi and cards come out now whatever ``slip.when`` says: they must be in the box before it is closed.

    :param gifts: orders with noshi or cards that are to be printed, by the kind of insert.
    :param with_list: a pick list of the whole batch may be printed; a wave has its own for each job.
    """
    ruling = Ruling(tx, station)
    ruling.look_at(head.id for head in heads)
    of = {head.id: head for head in heads}
    wanted = {"pick_list"} if with_list and ruling.decide("pick_list").when is When.RELEASE else set[str]()
    for head in heads:
        outs = ruling.outs(head.id, head.shop_id, gift=head.gift)
        wanted |= {each.paper for each in outs if each.ruled.when is When.RELEASE}
    for kind, orders in gifts.items():
        paper = inserts.PAPERS[kind]
        ruled = (ruling.decide(paper, each, of[each].shop_id, gift=of[each].gift) for each in orders if each in of)
        if any(each.when is When.RELEASE for each in ruled):
            wanted.add(paper)
    of_batch = {own: job for job, own in BATCH_PAPERS.items()}
    jobs = [of_batch.get(paper, paper) for paper in _USUAL_ORDER if paper in wanted]
    words = {"slips": "slip"}
    ordered = in_order(jobs, ruling.house, word=lambda job: words.get(job, job))
    new = [NewJob(paper, batch=batch) for paper in ordered if not storage.has_job(tx, station, batch, paper)]
    printing.add_jobs(tx, act, station, new)
    return len(new)


_USUAL_ORDER = ("pick_list", "packing_slip", "invoice", "return_slip", "address_label", "gift_card", "noshi")
"""Papers of a release as they come out where the shop says nothing about it."""


# --- taking back --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an un-release did."""

    orders: tuple[int, ...]
    ship_numbers: tuple[str, ...]
    refused: tuple[LeftOut, ...]
    pulled: tuple[str, ...]
    """Tracking numbers, or customer keys where none had come yet, of waybills that went on the pull list."""


def take_back(desk: Desk, *, batch: int | None = None, orders: Sequence[int] = (), act: str = "") -> TakenBack:
    """Take a release back, in chunks; see :func:`unrelease`.

    :raises NotFound: there is no such batch, or nothing of it is released any more.
    """
    act = act or new_act()
    rest = list(orders)
    if batch is not None:
        rest = desk.read(storage.released_of, batch).result()
        if not rest:
            raise NotFound("batch.not_found", batch=batch)
    made: list[TakenBack] = []
    number, size = 1, desk.first_size(_FIRST_BACK)
    while rest:
        part, rest = _cut(desk, rest, size)
        done, took = desk.chunk(_TOPICS, _timed_back, desk.station, _act_of(act, number), part).result()
        made.append(done)
        size = desk.next_size(size, took, CHUNK_MS, _LARGEST_CHUNK)
        number += 1
    return TakenBack(
        tuple(each for part in made for each in part.orders),
        tuple(each for part in made for each in part.ship_numbers),
        tuple(each for part in made for each in part.refused),
        tuple(each for part in made for each in part.pulled),
    )


def _timed_back(tx: Transaction, station: str, act: str, orders: Sequence[int]) -> tuple[TakenBack, float]:
    began = time.monotonic()
    done = unrelease(tx, station, act, orders=orders)
    return done, (time.monotonic() - began) * 1000


def unrelease(
    tx: Transaction, station: str, act: str, *, batch: int | None = None, orders: Sequence[int] = ()
) -> TakenBack:
    """Take the release of orders back: ready again, their ship numbers and waybills void, stock still reserved.

    Only orders of which nothing was begun at a bench; what shares a parcel is taken back together. Waybills that may be
    on paper already go on the pull list, and so do goods that were picked. A slip that is scanned later is refused by
    name.

    :raises NotAllowed: the person signed in may not release.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        given, numbers, refusals, pulled = acts.result_of(tx, act)
        return TakenBack(tuple(given), tuple(numbers), tuple(LeftOut(*each) for each in refusals), tuple(pulled))
    acts.require(state, Right.RELEASE)
    asked = storage.released_of(tx, batch) if batch is not None else list(orders)
    rows = [row.id for row in storage.members(tx, asked)]
    locked = storage.lock_many(tx, rows)
    begun = storage.begun(tx, rows)
    why: dict[int, str] = {}
    for order, each in locked.items():
        if next_state(OrderState(each.head.state), OrderEvent.UNRELEASE) is None:
            why[order] = f"state.{each.head.state}"
        elif each.holder or each.parked or order in begun:
            why[order] = "release.left.begun"
    groups: dict[int, list[int]] = {}
    for order, each in locked.items():
        groups.setdefault(each.head.lead or order, []).append(order)
    for group in groups.values():
        if any(order in why for order in group):
            for order in group:
                why.setdefault(order, "release.left.merge")
    good = [order for order in sorted(locked, key=lambda each: _number_key(locked[each])) if order not in why]
    pulled = [found for order in good for found in _void(tx, act, order)]
    jobs = put_back.put_back(tx, act, good, "waybill.void.unreleased")
    inserts.remove(tx, act, good, "waybill.void.unreleased", papers=False)
    storage.take_back(
        tx, {order: str(OrderState.RECEIVED if locked[order].head.held else OrderState.READY) for order in good}
    )
    put_back.stand_down(tx, jobs)
    numbers = [_ship_number(locked[order]) for order in good]
    refused = tuple(
        LeftOut(order, locked[order].head.number, locked[order].head.shop, reason) for order, reason in why.items()
    )
    result = [good, numbers, [[each.order, each.number, each.shop, each.why] for each in refused], pulled]
    acts.end(tx, state, act, "unrelease", {"orders": good, "numbers": numbers}, result=result)
    return TakenBack(tuple(good), tuple(numbers), refused, tuple(pulled))


def _number_key(each: Locked) -> tuple[int, int]:
    return each.head.batch or 0, each.head.sequence or 0


def _ship_number(each: Locked) -> str:
    return str(ShipNumber(each.head.batch, each.head.sequence or 0)) if each.head.batch else ""


def _void(tx: Transaction, act: str, order: int) -> list[str]:
    """Void an order's waybills; those that may be printed go on the pull list."""
    why = "waybill.void.unreleased"
    return waybills.pull_printed(tx, act, order, waybills.void_for(tx, order, why), why)
