"""The simulated packer at a real desk: a database file, the goods and orders of the simulation in it, their papers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.domain.mispicks import Control, Mispick, RuleSet
from app.domain.orders import IncomingOrder
from app.domain.stock import SUPPLIER, Move, shelf_place
from app.services import alikes, lots, release
from app.services.desk import Desk, new_act
from app.services.simulate.goods import Goods, Order, make_goods, make_order
from app.services.simulate.packer import Habits
from app.services.simulate.run import Result, rates_of, work
from app.services.simulate.station import CoreStation, Said
from app.storage import lots as lots_storage
from app.storage import packing as packing_storage
from app.storage import products as products_storage
from app.storage.database import Database, open_database
from tests.makers import change, faults_of, query, set_to
from tests.services.shipping import HOME, Warehouse, tracking
from tests.services.shipping import order as shop_order

ERRING = rates_of(
    {
        Mispick.MISREAD: 0.01,
        Mispick.DOUBLE_SCAN: 0.01,
        Mispick.SHARED_CODE: 0.1,
        Mispick.LOOK_ALIKE: 0.05,
        Mispick.WRONG_LOT: 0.1,
        Mispick.WRONG_SERIAL: 0.3,
        Mispick.SWAPPED_PAPER: 0.03,
        Mispick.WRONG_LABEL: 0.5,
    },
    times=10,
)
"""Every kind often enough to be met in a few hundred orders."""
STRICT = Habits(heeds=1.0, chooses=1.0)
"""Somebody who answers what the station asks by looking."""
NOT_SKIPPING = {Mispick.SKIPPED_SCAN: 0.0}
STOCK = 100_000
_CHUNK = 100


class DeskStation:
    """A station over a database file, as the window has it: a desk with its writer thread."""

    def __init__(self, database: Database, orders: list[Order]) -> None:
        self.desk = Desk(database, "1")
        self.orders = orders
        self.repeats = 0
        """Scans that were handed in twice, and counted once."""
        self._expected = 0

    def offer(self, order: Order, beside: Order) -> None:
        """The queue offers by itself; the order that opens must be this one."""
        self._expected = order.number

    def scan(self, text: str, since: int) -> Said:
        act = new_act()
        answer = self.desk.scan(text, act, since).result()
        if act[0] == "0":  # now and then the reader hands the same scan in twice
            again = self.desk.scan(text, act, since).result()
            assert again.repeat
            assert (again.level, again.key, again.done) == (answer.level, answer.key, answer.done)
            self.repeats += 1
        if text == "KP-NEXT":
            assert answer.order == f"S-{self._expected:05d}", answer
        wanted = answer.ask
        options = tuple(each["sku"] for each in wanted.get("options", ()))
        goods = wanted["kind"] != "waybill"
        sku, left = (str(wanted.get("sku", "")), int(wanted.get("left", 0))) if goods else ("", 0)
        return Said(answer.level, answer.key, wanted["kind"], sku, left if sku else 0, options)


def today() -> date:
    """The day by which a database in Japan's time zone judges expiry."""
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Tokyo")).date()


@contextmanager
def desk_of(folder: Path, rules: RuleSet, orders: int, seed: int) -> Iterator[tuple[Goods, DeskStation]]:
    """A desk at which the first *orders* orders of *seed* wait, released, numbered, some of them changed since."""
    url = f"sqlite:///{folder / 'kenpin.db'}"
    database = open_database(url)
    opened: list[Database] = []

    def another() -> Database:
        opened.append(open_database(url))
        return opened[-1]

    goods = make_goods(today(), seed, rules.controls)
    house = Warehouse(database, another)
    _enter_goods(house, goods, rules)
    made = [make_order(seed, number)[0] for number in range(1, orders + 2)]
    station = DeskStation(another(), _enter_orders(house, goods, made))
    try:
        yield goods, station
    finally:
        station.desk.stop()
        for each in opened[1:]:
            each.close()
        database.close()


def _enter_goods(house: Warehouse, goods: Goods, rules: RuleSet) -> None:
    guarded, papers = Control.GUARDS in rules.controls, Control.PAPERS in rules.controls
    required = "on" if papers else "off"
    set_to(
        house.database, scan_pace_ms="400" if guarded else "0", quantity_keyed="off" if guarded else "anyone",
        alike_unit_scan="on" if guarded else "off", slip_required=required, waybill_required=required,
    )  # fmt: skip
    with house.database.transaction() as tx:
        for each in goods.incoming(STOCK):
            product, _ = products_storage.save(tx, each)
            if each.opening_lot:
                lots_storage.save(tx, product, each.opening_lot, each.opening_expiry)
            move = Move(product, each.opening_lot, SUPPLIER, shelf_place(each.shelf or ""), STOCK)
            packing_storage.book(tx, str(uuid4()), None, [move])
        for of in goods.products:
            if goods.handling(of).keeps_lots:
                back = goods.recalled_lot
                lots.put(tx, "1", str(uuid4()), of.sku, back.lot, back.expiry)
                lots.recall(tx, "1", str(uuid4()), of.sku, back.lot, back.reason)
            if goods.handling(of).alike:
                alikes.decide(tx, "1", str(uuid4()), of.sku, goods[of.alike].sku, "yes")


def _enter_orders(house: Warehouse, goods: Goods, made: list[Order]) -> list[Order]:
    """Take the orders in, release them, give numbers, then change those that changed; return them with their papers."""
    name = {each.number: f"S-{each.number:05d}" for each in made}

    def incoming(each: Order, street: str) -> IncomingOrder:
        wanted = [(goods[product].sku, pieces) for product, pieces in each.lines]
        return shop_order(
            name[each.number], *wanted, ordered_at=1_700_000_000_000 + each.number, ship_to=replace(HOME, street=street)
        )

    for start in range(0, len(made), _CHUNK):
        part = made[start : start + _CHUNK]
        house.take_in(*(incoming(each, "神宮前1-2-3") for each in part))
        with house.database.transaction() as tx:
            ids = list(house.ids(*(name[each.number] for each in part)))
            done = release.at_once(tx, "leader", str(uuid4()), ids)
        assert len(done.ship_numbers) == len(part), done.refused
    _number_all(house.database)
    before = _papers(house.database)
    changed = [each for each in made if each.version > 1]
    if changed:
        house.take_in(*(incoming(each, "神宮前9-9-9") for each in changed))
        _number_all(house.database)
    after = _papers(house.database)
    out = []
    for each in made:
        ship, version, label = after[name[each.number]]
        assert version == each.version
        if not label:  # nothing of it is scanned in this shop: what the simulation made up stays on the table
            out.append(each)
            continue
        old = before[name[each.number]][2] if version > 1 else ""
        slip = f"KO-{ship}-{version}"
        out.append(replace(each, ship_number=ship, slip=slip, label=label, old_label=old))
    return out


def _number_all(database: Database) -> None:
    """Give every waybill that waits its number, as if a carrier file had come back."""
    for (identity,) in query(database, "SELECT id FROM waybills WHERE number = '' AND state <> 'void' ORDER BY id"):
        change(
            database, "UPDATE waybills SET number = ?, state = 'numbered' WHERE id = ?", tracking(identity), identity
        )


def _papers(database: Database) -> dict[str, tuple[str, int, str]]:
    """Ship number, version and tracking number of every order, by its number."""
    rows = query(
        database,
        "SELECT o.number, o.batch, o.sequence, o.version, COALESCE(w.number, '') FROM orders o LEFT JOIN waybills w"
        " ON w.order_id = o.id AND w.version = o.version AND w.state <> 'void'",
    )
    return {number: (f"{batch}-{place:03d}", version, label) for number, batch, place, version, label in rows}


def with_chance(seed: int, orders: list[Order]) -> list[tuple[Order, Random]]:
    """Each order with the chance that the simulation gives it."""
    return [(each, make_order(seed, each.number)[1]) for each in orders]


# --- what must come out -------------------------------------------------------------------------------------------


def check_found(found: Result, *, rare: bool = False) -> None:
    """What the rules catch was refused each time it was scanned; right work was never refused.

    With the guards on nothing of it went out: without them one piece scanned for all covers what was not scanned.

    :param rare: too few orders to meet every kind.
    """
    guarded = Control.GUARDS in found.rules.controls
    for kind, fate in found.fates.items():
        if found.rules.catches(kind):
            assert fate.made or rare, kind
            assert fate.let == 0, (kind, fate)
            assert not (guarded and fate.missed), (kind, fate)
    assert found.alarms == {}
    assert found.stuck == 0


_SAME = {"item.other_order": "item.wrong", "slip.next_one": "slip.later_one"}
"""Refusals that are worded by what only the database knows: who else wants a piece, which slip lies next."""


class Both:
    """The core and a real desk side by side: each scan goes to both, and both must say the same."""

    def __init__(self, core: CoreStation, desk: DeskStation) -> None:
        self.core, self.desk = core, desk

    def offer(self, order: Order, beside: Order) -> None:
        for each in (self.core, self.desk):
            each.offer(order, beside)

    def scan(self, text: str, since: int) -> Said:
        modelled, real = self.core.scan(text, since), self.desk.scan(text, since)
        modelled, real = (each._replace(key=_SAME.get(each.key, each.key)) for each in (modelled, real))
        assert modelled == real, (text, since, modelled, real)
        return real


def compare(folder: Path, rules: RuleSet, *, orders: int, seed: int) -> Result:
    """Pack *orders* orders at a real desk, with the core beside it."""
    found = Result(rules)
    with desk_of(folder, rules, orders, seed) as (goods, desk):
        both = Both(CoreStation(goods, rules), desk)
        for _ in work(goods, found, both, ERRING | NOT_SKIPPING, STRICT, with_chance(seed, desk.orders)):
            pass
        assert desk.repeats > 0
        assert faults_of(desk.desk.database) == []
    assert found.orders == orders
    return found
