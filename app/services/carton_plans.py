"""Proposed cartons, worked out before an order is packed and kept as ``carton_plans`` and ``orders.plan``.

A proposal is made for what shares one parcel, again where that, its goods' sizes or the list of cartons changed, until
something is in the box. What goes into a proposal is digested: where that is the same nothing is computed again.
Nothing on the scan path waits for any of it, and an order without a proposal is packed as before.
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import uuid4

from app.domain.carton_plan import OWN, Plan, PlannedBox, goods_key, plan_text
from app.domain.cartons import Care, Carton, CartonKind, Item, Orientation, Parcel, Placement
from app.domain.rate_choice import MOST_TURNS
from app.domain.shipping import Temperature
from app.errors import NotFound
from app.services import acts, gate
from app.services.aside import Aside
from app.services.cartons.orders import FAILED, MANY, Solved, SolvedBox, Stock, Task, solve_all
from app.services.desk import Desk
from app.services.settings import all_settings
from app.services.shipments import most_pieces
from app.storage import carton_plans as storage
from app.storage import cartons as cartons_storage
from app.storage import rates as rates_storage
from app.storage.carton_plans import ChoiceRow, LineRow, NewPlan, OrderRow
from app.storage.database import Transaction

__all__ = [
    "GuideBox",
    "GuideData",
    "GuideGoods",
    "GuideMaterial",
    "Planned",
    "care_of",
    "items_of",
    "plan_one",
    "read_guide",
    "settle",
    "settle_of",
    "tasks_of",
]

log = logging.getLogger(__name__)

_ORDERS = 60
"""Orders read and worked out in one go: the first ones are written before the last ones are computed."""
_ROUND = 2_000
"""Orders looked for at once."""
_SMALL, _FEW = 8, 12
"""Pieces of an order, and orders, up to which no process of its own is begun for them."""
_FIRST, _LARGEST, _MOST_MS = 20, 200, 25.0
"""Proposals written in the first chunk and at most, and how long a chunk may take while nobody scans."""
_ROUNDS = MOST_TURNS + 1
"""How often the cartons of an order may lead to another service, which takes other cartons."""
_LAST_CHOICES = 20
"""Choices of packers for the same goods that count."""
_ONE_PIECES = 60
"""Pieces of an order up to which it is worked out while somebody waits to pack it."""
_PROBLEMS = {MANY: "carton_list.too_many_pieces", FAILED: "carton_list.failed"}
"""Sentences of the problems that are none of the search for a packing."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What making proposals did."""

    orders: int = 0
    """Orders that were looked at."""
    computed: int = 0
    """Different orders that were worked out; the others were like one of these or as before."""
    without: int = 0
    """Orders for which nothing can be proposed."""
    left: bool = False
    """Whether some are left for the next time."""


# --- from rows to work --------------------------------------------------------------------------------------------


def care_of(settings: Mapping[str, str]) -> Care:
    """Return how careful the shop packs."""
    return Care(int(settings["carton.support_percent"]), int(settings["carton.light_g"]))


def items_of(lines: Iterable[LineRow], cushion_mm: int) -> list[Item]:
    """Return the pieces of a parcel, one item each, with the key ``line:number``.

    :param cushion_mm: protection around fragile goods of which nothing else is said.
    """
    found = []
    for line in lines:
        protected = line.cushion_mm if line.cushion_mm is not None else cushion_mm if line.fragile else 0
        item = Item(
            key="",
            product=line.sku,
            size_mm=line.size_mm,
            weight_g=line.weight_g,
            orientation=Orientation(line.orientation),
            fragile=line.fragile,
            liquid=line.liquid,
            dangerous=line.dangerous,
            temperature=Temperature(line.temperature),
            pressed_mm=line.pressed_mm,
            cushion_mm=protected,
        )
        found += [replace(item, key=f"{line.id}:{number}") for number in range(1, line.pieces + 1)]
    return found


@dataclass(frozen=True, slots=True)
class _Wish:
    """One order that wants a proposal, ready to be worked out."""

    row: OrderRow
    task: Task
    keys: tuple[str, ...]
    """Key ``line:number`` of each piece of the task, by its number."""
    goods: str
    digest: str
    before: Mapping[str, Any]
    """The body of the proposal before; empty for none."""
    before_plan: bool
    """Whether the proposal before holds for this digest."""


def _wishes(tx: Transaction, ids: Collection[int], stock: Stock) -> list[_Wish]:
    """Return what is to be worked out for orders, without those that something is in the box of."""
    settings = all_settings(tx)
    rows = [row for row in storage.orders_of(tx, ids) if not row.begun]
    known = {row.id for row in rows}
    lines: dict[int, list[LineRow]] = {row.id: [] for row in rows}
    for line in storage.lines_of(tx, known):
        if line.order in lines and line.pieces > 0:
            lines[line.order].append(line)
    goods = {row.id: _goods(lines[row.id]) for row in rows}
    learned = _learned(storage.chosen_for(tx, goods.values()), int(settings["carton.learn_from"]))
    refused = storage.refused_for(tx, known)
    before = storage.bodies(tx, known)
    cushion = int(settings["carton.cushion_mm"])
    codes = repr([asdict(each) for each in stock.listed]) + repr(stock.care)
    found = []
    for row in rows:
        task, keys = _task(
            row, lines[row.id], cushion, refused.get(row.id, frozenset()), learned.get(goods[row.id], ())
        )
        digest = sha256(repr((task, keys, codes)).encode()).hexdigest()[:32]
        old = _body(before[row.id].body) if row.id in before else {}
        found.append(_Wish(row, task, keys, goods[row.id], digest, old, old.get("digest") == digest))
    return found


def tasks_of(tx: Transaction, orders: Collection[int]) -> dict[int, Task]:
    """Return what orders want, begun or not, without what packers chose; none of those that want nothing."""
    cushion = int(all_settings(tx)["carton.cushion_mm"])
    lines: dict[int, list[LineRow]] = {}
    for line in storage.lines_of(tx, orders):
        if line.pieces > 0:
            lines.setdefault(line.order, []).append(line)
    return {
        row.id: _task(row, lines[row.id], cushion, frozenset(), ())[0]
        for row in storage.orders_of(tx, orders)
        if row.id in lines
    }


def _task(
    row: OrderRow,
    lines: Sequence[LineRow],
    cushion_mm: int,
    refused: frozenset[str],
    learned: tuple[tuple[int, str], ...],
) -> tuple[Task, tuple[str, ...]]:
    own = {line.id for line in lines if line.own_carton}
    items = sorted(items_of(lines, cushion_mm), key=lambda item: item.product)
    numbered = tuple(replace(item, key=str(number)) for number, item in enumerate(items))
    owned = frozenset(
        each.key for each, item in zip(numbered, items, strict=True) if int(item.key.split(":")[0]) in own
    )
    service = f"{row.carrier}/{row.service}" if row.carrier else ""
    most = most_pieces(row.carrier, row.service, row.temperature, row.cod) if row.carrier else 99
    return Task(numbered, owned, service, most, refused, learned), tuple(item.key for item in items)


def _goods(lines: Iterable[LineRow]) -> str:
    counted: Counter[int] = Counter()
    for line in lines:
        counted[line.product or 0] += line.pieces
    return goods_key(counted)


def _learned(choices: Iterable[ChoiceRow], learn_from: int) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the carton that packers took most for each box of the same goods, where they did so often enough."""
    if learn_from < 1:
        return {}
    taken: dict[tuple[str, int], list[str]] = {}
    for each in choices:
        taken.setdefault((each.goods, each.box), []).append(each.chosen)
    found: dict[str, list[tuple[int, str]]] = {}
    for (goods, box), codes in sorted(taken.items()):
        code, times = Counter(codes[:_LAST_CHOICES]).most_common(1)[0]  # of as many, the newest comes first
        if times >= learn_from:
            found.setdefault(goods, []).append((box, code))
    return {goods: tuple(each) for goods, each in found.items()}


# --- from work to rows --------------------------------------------------------------------------------------------


def _new_plan(wish: _Wish, solved: Solved) -> NewPlan:
    """Return what is kept for an order that was worked out."""
    line_of = {str(number): int(key.split(":")[0]) for number, key in enumerate(wish.keys)}
    body = _written(wish, solved)
    boxes = tuple(PlannedBox(box.code, _counted(line_of[key] for key in box.keys), box.instead) for box in solved.boxes)
    plan = plan_text(Plan(boxes)) if boxes else ""
    body["plan"] = plan
    pieces = _pieces(wish, len(boxes))
    body["pieces"] = wish.before.get("pieces") if pieces is None else pieces
    return NewPlan(wish.row.id, wish.row.version, wish.goods, _text(body), plan, pieces)


def _as_before(wish: _Wish) -> NewPlan:
    """Return the proposal of before for the order as it is now."""
    return NewPlan(wish.row.id, wish.row.version, wish.goods, _text(wish.before), str(wish.before["plan"]))


def _pieces(wish: _Wish, boxes: int) -> int | None:
    """Return how many pieces the shipment is to have from now on; None leaves them.

    A number that a person decided stays, and so does one that stands on papers; where the service takes no more than
    one the order goes as it is, and the bench asks.
    """
    row, wanted = wish.row, max(1, boxes)
    set_here = wish.before.get("pieces") or 1
    if row.state != "ready" or not row.carrier or wanted > wish.task.most_boxes:
        return None
    return wanted if row.parcel_count == set_here != wanted else None


def _counted(lines: Iterable[int]) -> tuple[tuple[int, int], ...]:
    return tuple((line, len(list(pieces))) for line, pieces in groupby(lines))


def _written(wish: _Wish, solved: Solved) -> dict[str, Any]:
    goods = {item.product: _item_values(item) for item in wish.task.items}
    return {
        "digest": wish.digest,
        "goods": goods,
        "boxes": [_box_values(box, wish) for box in solved.boxes],
        "problems": [[kind, [wish.keys[int(key)] for key in keys]] for kind, keys in solved.problems],
        "other_service": solved.other_service,
    }


def _item_values(item: Item) -> list[Any]:
    care = [str(item.orientation), int(item.fragile), int(item.liquid), int(item.dangerous), str(item.temperature)]
    return [list(item.size_mm), item.weight_g, *care, item.pressed_mm, item.cushion_mm]


def _box_values(box: SolvedBox, wish: _Wish) -> dict[str, Any]:
    def named(key: str) -> list[str]:
        return [wish.keys[int(key)], wish.task.items[int(key)].product]

    made: dict[str, Any] = {"code": box.code, "instead": list(box.instead), "learned": box.learned}
    if box.parcel is None:
        return made | {"pieces": [named(key) for key in box.keys]}
    carton = box.parcel.carton
    made["carton"] = [list(carton.inner_mm), list(carton.outer_mm), carton.tare_g, carton.max_g, carton.cost_yen,
                      str(carton.kind), carton.carrier_class]  # fmt: skip
    made["put"] = [[*named(one.item.key), *one.at, *one.size] for one in box.parcel.placements]
    return made


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _body(text: str) -> dict[str, Any]:
    """Return a stored proposal; empty where it cannot be read, so that it is made again."""
    try:
        found = json.loads(text)
    except ValueError:
        log.warning("a stored proposal of cartons cannot be read")
        return {}
    return found if isinstance(found, dict) else {}


# --- making proposals ---------------------------------------------------------------------------------------------


def settle(desk: Desk, *, most_seconds: float | None = None, aside: Aside | None = None) -> Planned:
    """Make the proposals that are missing or no longer hold, those with the earliest pickup first.

    Runs on a worker thread, in chunks that let scans through; another station that is at it already is left to it.

    :param most_seconds: begin nothing more after so long; the rest waits for the next time.
    :param aside: the process to compute in; None begins one where there is much to do.
    """
    stock: Stock | None = desk.read(_stock).result()
    if stock is None or not desk.read(_wanted).result() or not desk.chunk(frozenset(), _begin).result():
        return Planned()
    run = _Run(desk, stock, aside)
    until = None if most_seconds is None else time.monotonic() + most_seconds
    try:
        while ids := desk.read(storage.due, _ROUND).result():
            before = run.done
            for start in range(0, len(ids), _ORDERS):
                if until is not None and time.monotonic() >= until:
                    return run.result(left=True)
                run.plan(ids[start : start + _ORDERS])
            if run.done == before:
                break  # others began to pack them, or changed them, just now: the next time will see
    finally:
        run.close()
        desk.chunk(frozenset(), storage.release_claim).result()
    return run.result()


def settle_of(desk: Desk, orders: Collection[int], most_seconds: float) -> Planned:
    """Make the proposals that some orders lack, such as those that are about to be released.

    How many waybills an order gets can follow its boxes only before. Runs on a worker thread.

    :param most_seconds: begin nothing more after so long.
    """
    stock: Stock | None = desk.read(_stock).result()
    ids: list[int] = desk.read(storage.due_of, orders).result() if stock is not None else []
    if stock is None or not ids:
        return Planned()
    run = _Run(desk, stock, None)
    until = time.monotonic() + most_seconds
    try:
        for _ in range(_ROUNDS):
            for start in range(0, len(ids), _ORDERS):
                if time.monotonic() >= until:
                    return run.result(left=True)
                run.plan(ids[start : start + _ORDERS])
            ids = desk.read(storage.due_of, ids).result()  # those that go by another service now
    finally:
        run.close()
    return run.result()


def plan_one(desk: Desk, order: int) -> bool:
    """Make the proposal for an order that was just opened and has none; return whether there is a new one.

    Runs on a worker thread of the caller's own, not within `Desk.read`: it waits for readings of the desk.
    """
    stock: Stock | None = desk.read(_stock).result()
    if stock is None or not desk.read(storage.is_due, order).result():
        return False
    wishes: list[_Wish] = desk.read(_wishes, [order], stock).result()
    if not wishes or (len(wishes[0].task.items) > _ONE_PIECES and not wishes[0].before_plan):
        return False
    run = _Run(desk, stock, None)
    run.work_out(wishes, here=True)
    return bool(desk.chunk(frozenset({"bench"}), _write, desk.station, str(uuid4()), run.plans(wishes)).result())


def _stock(tx: Transaction) -> Stock | None:
    """Return the cartons to choose from; None where nothing is to be proposed."""
    settings = all_settings(tx)
    listed = cartons_storage.all_cartons(tx)
    return Stock.of(listed, care_of(settings)) if settings["carton.propose"] == "on" and listed else None


def _wanted(tx: Transaction) -> bool:
    """Whether there may be anything to do."""
    return bool(storage.due(tx, 1)) or bool(_used_up(tx))


def _used_up(tx: Transaction) -> list[str]:
    """Return the codes of cartons that are counted and of which none is left, where something is proposed in them."""
    gone = [each.code for each in cartons_storage.all_cartons(tx) if each.stock is not None and each.stock <= 0]
    return [code for code in gone if storage.is_proposed(tx, code)]


def _begin(tx: Transaction) -> bool:
    if not storage.claim(tx):
        return False
    storage.forget_without_stock(tx, _used_up(tx))
    return True


class _Run:
    """One call that makes proposals."""

    def __init__(self, desk: Desk, stock: Stock, aside: Aside | None) -> None:
        self._desk, self._stock = desk, stock
        self._aside, self._ours = aside, aside is None
        self._solved: dict[Task, Solved] = {}
        self._size = desk.first_size(_FIRST)
        self.done = 0
        """Orders whose proposal was written."""
        self._without = 0

    def result(self, *, left: bool = False) -> Planned:
        """Return what was done."""
        return Planned(self.done, len(self._solved), self._without, left)

    def close(self) -> None:
        """Let the process go, where this call began it."""
        if self._ours and self._aside is not None:
            self._aside.close()

    def plan(self, ids: Sequence[int]) -> None:
        """Work out some orders and write what is proposed for them."""
        self._desk.give_way()
        wishes: list[_Wish] = self._desk.read(_wishes, ids, self._stock).result()
        self.work_out(wishes)
        plans = self.plans(wishes)
        self._without += sum(not each.plan for each in plans)
        at = 0
        while at < len(plans):
            part = plans[at : at + self._size]
            self._desk.give_way()
            begin = time.perf_counter()
            self.done += self._desk.chunk(frozenset(), _write, self._desk.station, str(uuid4()), part).result()
            at += len(part)
            took = (time.perf_counter() - begin) * 1000
            self._size = self._desk.next_size(len(part), took, _MOST_MS, _LARGEST)

    def work_out(self, wishes: Sequence[_Wish], *, here: bool = False) -> None:
        """Compute what is not known yet, in a process of its own where it is much.

        :param here: never begin a process.
        """
        tasks = list(dict.fromkeys(
            wish.task for wish in wishes if not wish.before_plan and wish.task not in self._solved
        ))  # fmt: skip
        if not tasks:
            return
        stock, between = self._stock, self._desk.give_way
        large = len(tasks) > _FEW or any(len(task.items) > _SMALL for task in tasks)
        if here or (self._aside is None and not large):
            found = solve_all(tasks, stock, between)
        else:
            self._aside = self._aside or Aside()
            found = self._aside.run(solve_all, tasks, stock, here=lambda: solve_all(tasks, stock, between))
        self._solved |= zip(tasks, found, strict=True)

    def plans(self, wishes: Iterable[_Wish]) -> list[NewPlan]:
        """Return what is to be kept."""
        return [_as_before(wish) if wish.before_plan else _new_plan(wish, self._solved[wish.task]) for wish in wishes]


def _write(tx: Transaction, station: str, act: str, plans: Sequence[NewPlan]) -> int:
    """Keep proposals in one transaction; what changed or was begun meanwhile is left out. Return how many were kept."""
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    now = {row.id: row for row in storage.orders_of(tx, [each.order for each in plans], lock=True)}
    good = [each for each in plans if (row := now.get(each.order)) and row.version == each.version and not row.begun]
    storage.save(tx, good)
    if good and not rates_storage.is_empty(tx):  # now that the boxes are known, another service may be cheaper
        gate.rejudge(tx, act, [each.order for each in good])
    pieces = {str(each.order): each.pieces for each in good if each.pieces is not None}
    facts: dict[str, object] = {"orders": len(good)} | ({"pieces": pieces} if pieces else {})
    acts.end(tx, state, act, "cartons", facts, result=len(good))
    return len(good)


# --- what the bench shows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GuideGoods:
    """What is shown of a product in the picture."""

    name: str
    picture: str


@dataclass(frozen=True, slots=True)
class GuideMaterial:
    """Protection, wrapping or cold packs for an order."""

    kind: str
    """``material``, ``wrap`` or ``cold``."""
    name: str
    pieces: int


@dataclass(frozen=True, slots=True)
class GuideBox:
    """One proposed box."""

    code: str
    """Code of its carton; `OWN` for the maker's own, empty where a person has to choose."""
    name: str
    """What the warehouse calls the carton."""
    pieces: tuple[tuple[str, str], ...]
    """Key ``line:number`` and product of each piece, in the order in which they go in."""
    parcel: Parcel | None
    """Where each piece lies; None where that is not known."""
    instead: tuple[str, ...]
    """Codes of what else holds the same."""
    learned: str
    """``holds`` or ``unproven`` where it is what packers chose for the same goods; else empty."""


@dataclass(frozen=True, slots=True)
class GuideData:
    """What is proposed for one order, for its picture."""

    version: int
    boxes: tuple[GuideBox, ...]
    goods: Mapping[str, GuideGoods]
    """By product, as in the parcels."""
    materials: tuple[GuideMaterial, ...]
    problems: tuple[tuple[str, Mapping[str, str]], ...]
    """Sentences on what is wrong: key and arguments."""


def read_guide(tx: Transaction, order: int, language: str = "ja") -> GuideData:
    """Return what is proposed for an order; without boxes where nothing is.

    :param language: in which goods are named where they have a name in it.
    :raises NotFound: there is no such order, or it shares another one's parcel (``carton_list.no_order``).
    """
    rows = storage.orders_of(tx, [order])
    if not rows:
        raise NotFound("carton_list.no_order", order=order)
    row = storage.bodies(tx, [order]).get(order)
    body = _body(row.body) if row is not None else {}
    lines = {line.id: line for line in storage.lines_of(tx, [order])}
    names = {each.code: each.name for each in cartons_storage.all_cartons(tx)}

    def named(line: LineRow) -> str:
        return line.name_en if language != "ja" and line.name_en else line.name

    boxes = tuple(_guide_box(each, body, names) for each in body.get("boxes", ()))
    goods = {line.sku: GuideGoods(named(line), line.picture) for line in lines.values()}
    materials = tuple(GuideMaterial(each.kind, each.name, each.wanted) for each in storage.extras_of(tx, order))
    problems = [
        (_PROBLEMS.get(kind, f"cartons.{kind}"), {"items": _listed(keys, lines, named)})
        for kind, keys in body.get("problems", ())
    ]
    if body.get("other_service"):
        problems.append(("carton_list.other_service", {"carton": ", ".join(dict.fromkeys(box.code for box in boxes))}))
    problems += [
        ("carton_list.unproven", {"carton": box.code, "box": str(number)})
        for number, box in enumerate(boxes, 1)
        if box.learned == "unproven"
    ]
    return GuideData(row.version if row else 0, boxes, goods, materials, tuple(problems))


def _listed(keys: Iterable[str], lines: Mapping[int, LineRow], named: Callable[[LineRow], str]) -> str:
    """Return the names of the goods of some pieces, each once."""
    ids = dict.fromkeys(int(key.split(":")[0]) for key in keys)
    return ", ".join(dict.fromkeys(named(lines[each]) for each in ids if each in lines))


def _guide_box(given: Mapping[str, Any], body: Mapping[str, Any], names: Mapping[str, str]) -> GuideBox:
    code = str(given["code"])
    parcel = None
    pieces = tuple((key, product) for key, product in given.get("pieces", ()))
    if "put" in given:
        inner, outer, tare, most, cost, kind, size_class = given["carton"]
        carton = Carton(code, _size(inner), _size(outer), tare, most, cost, CartonKind(kind), size_class)
        placed = tuple(_placement(each, body["goods"], own=code == OWN) for each in given["put"])
        parcel = Parcel(carton, placed)
        pieces = tuple((one.item.key, one.item.product) for one in placed)
    return GuideBox(code, names.get(code, ""), pieces, parcel, tuple(given["instead"]), str(given["learned"]))


def _placement(given: Sequence[Any], goods: Mapping[str, Any], *, own: bool) -> Placement:
    key, product, x, y, z, along, across, up = given
    size, weight, orientation, fragile, liquid, dangerous, temperature, pressed, cushion = goods[product]
    item = Item(
        key,
        product,
        _size(size),
        weight,
        Orientation(orientation),
        bool(fragile),
        bool(liquid),
        bool(dangerous),
        Temperature(temperature),
        pressed,
        0 if own else cushion,
    )
    return Placement(item, (x, y, z), (along, across, up))


def _size(given: Sequence[int]) -> tuple[int, int, int]:
    length, width, height = given
    return length, width, height
