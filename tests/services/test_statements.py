"""A scan is one transaction of few statements: counted where they leave the program, at the driver."""

import os
import tempfile
from collections.abc import Callable
from contextlib import contextmanager

import pytest

from app.domain.carton_plan import Plan, PlannedBox, plan_text
from app.services import packing, picking, print_rule_list, print_rules, release, weighing
from app.services.desk import Desk
from app.storage.notices import notify
from tests.makers import Goods, Station, add_goods, change, incoming, query, set_to, stocked
from tests.pickers import PickStation, code_for
from tests.services.picked import PickedWarehouse
from tests.services.shipping import Warehouse, order, tracking

MOST = 12
"""Statements of one scan, BEGIN and COMMIT counted."""
TEA, CUP = Goods(1, per_case=6, stock=90), Goods(2, stock=90)


def note(sent, text):
    """SQLite says a statement once more for each part of a trigger that it runs."""
    if sent[-1:] != [text]:
        sent.append(text)


@contextmanager
def traced(database):
    """Collect every statement that this thread's connection sends."""
    driver = database._connection().connection.driver_connection
    sent: list[str] = []
    if database.path is not None:
        driver.set_trace_callback(lambda text: note(sent, text))
        yield sent
        driver.set_trace_callback(None)
        return
    with tempfile.TemporaryFile() as file:
        driver.pgconn.trace(file.fileno())
        yield sent
        driver.pgconn.untrace()
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        for line in file.read().decode(errors="replace").splitlines():
            parts = line.split("\t")
            if len(parts) > 3 and parts[1] == "F" and parts[3] in ("Query", "Execute"):
                sent.append(parts[4].strip().strip('"') if parts[3] == "Query" else "EXECUTE")


class Counting(Station):
    """A station that counts, with the notice to other stations that a desk sends as well."""

    def __init__(self, database):
        super().__init__(database)
        self.sent: list[str] = []

    def scan(self, raw, act=None):
        act = act or f"act-{os.urandom(8).hex()}"
        with traced(self.database) as self.sent, self.database.transaction() as tx:
            answer = packing.scan(tx, self.name, raw, act)
            notify(tx, {"topics": ["bench", "orders", "printing"], "station": self.name, "act": act})
        return answer

    @property
    def count(self):
        return len(self.sent)


@pytest.fixture
def counting(database):
    stocked(
        database,
        [TEA, CUP],
        incoming("1001", *[("SKU-1", 6)] * 3, *[("SKU-2", 2)] * 3),
        *[incoming(str(1002 + n), ("SKU-1", 1)) for n in range(4)],
    )
    station = Counting(database)
    station.scan("hello")  # the station's first act makes its row
    return station


SCENES: list[tuple[str, list[str], str, str]] = [
    ("open by number and release", [], "1002", "order.opened"),
    ("open by the queue", [], "KP-NEXT", "order.opened"),
    ("open again what was released", ["1002", "KP-CANCEL"], "1-001", "order.opened"),
    ("pack a piece", ["1001"], TEA.piece, "pack.ok"),
    ("pack a case", ["1001"], TEA.case, "pack.ok"),
    ("pack by SKU", ["1001"], "sku-1", "pack.ok"),
    ("close", ["1002"], TEA.piece, "order.closed"),
    ("undo a piece", ["1001", TEA.piece], "KP-UNDO", "undo.packed"),
    ("undo a close", ["1002", TEA.piece], "KP-UNDO", "undo.reopened"),
    ("ask for short", ["1001"], "KP-SHORT", "short.ask"),
    ("note a short", ["1001", "KP-SHORT"], "KP-R-MISSING", "short.noted"),
    (
        "close short",
        ["1001", TEA.case, TEA.case, TEA.case, *["KP-SHORT", "KP-R-OTHER"] * 3],
        "KP-DONE",
        "order.closed_short",
    ),
    ("wrong item", ["1002"], CUP.piece, "item.wrong"),
    ("one too many", ["1002"], TEA.case, "item.too_many"),
    ("unknown code", ["1001"], "nobody knows this", "code.unknown"),
    ("half a code", ["1001"], TEA.piece[:8], "code.half"),
    ("other order while open", ["1001"], "1002", "order.other_open"),
    ("goods before an order", [], TEA.piece, "order.scan_first"),
    ("empty queue", ["UNHELD"], "KP-DONE", "done.nothing_open"),
    ("reprint", ["1001", "KP-REPRINT"], "KP-R-OTHER", "reprint.queued"),
    ("dismiss a refusal", ["1001", CUP.piece + "0"], "KP-CANCEL", "refusal.dismissed"),
]  # fmt: skip


@pytest.mark.parametrize("slip", ["release", "close"])
@pytest.mark.parametrize(("before", "raw", "key"), [pytest.param(*rest, id=name) for name, *rest in SCENES])
def test_a_scan_is_at_most_twelve_statements_and_one_commit(counting, before, raw, key, slip):
    set_to(counting.database, slip_when=slip)
    for each in before:
        counting.scan(each)
    assert counting.scan(raw).key == key
    verbs = [each.split()[0].upper() for each in counting.sent]
    assert verbs.count("COMMIT") == 1
    assert verbs.count("BEGIN") == 1
    assert verbs[-1] == "COMMIT"
    printed_at_once = slip == "close" and key == "order.closed"  # the slip's row is one more
    assert counting.count <= MOST + printed_at_once, counting.sent


@pytest.mark.parametrize(("before", "raw", "key"), [pytest.param(*rest, id=name) for name, *rest in SCENES])
def test_print_rules_cost_a_scan_one_statement_where_there_are_any(counting, before, raw, key):
    """What they look at in the order; they themselves are known."""
    for each in before:
        counting.scan(each)
    with counting.database.transaction() as tx:
        print_rule_list.save(tx, "1", "rule", {"name": "gifts", "paper": "invoice", "when": "release", "gift": "yes"})
    with counting.database.reading() as tx:
        assert print_rules.Ruling(tx, "1").rules  # they are read once
    assert counting.scan(raw).key == key
    assert counting.count <= MOST + 1, counting.sent


# --- orders that go by a carrier -----------------------------------------------------------------------------------

GOODS = 8
"""Statements of one scan of goods between BEGIN and COMMIT, without the notice."""
SLIP = "KO-1-00{}-1"
LOOP: list[tuple[str, list[str], str, str]] = [
    ("the slip opens", [], SLIP.format(1), "order.opened"),
    ("the next slip opens", [SLIP.format(1), TEA.piece, "WAYBILL", "UNDONE"], SLIP.format(2), "order.opened"),
    ("the slip after opening by number", ["1-001"], SLIP.format(1), "slip.ok"),
    ("a piece", [SLIP.format(2)], TEA.piece, "pack.ok"),
    ("a case", [SLIP.format(3)], TEA.case, "pack.ok"),
    ("the last piece", [SLIP.format(1)], TEA.piece, "pack.all_in"),
    ("the waybill closes", [SLIP.format(1), TEA.piece], "WAYBILL", "order.closed"),
    ("the waybill closes short", [SLIP.format(2), TEA.piece, "KP-SHORT", "KP-R-OTHER", "KP-DONE"], "WAYBILL2",
     "order.closed_short"),
    ("undo the close", [SLIP.format(1), TEA.piece, "WAYBILL"], "KP-UNDO", "undo.reopened_label"),
    ("a neighbour's waybill", [SLIP.format(1), TEA.piece], "WAYBILL2", "waybill.next_one"),
    ("set aside", [SLIP.format(2), TEA.piece], "KP-LATER", "later.parked"),
    ("go on", [SLIP.format(2), TEA.piece, "KP-LATER"], SLIP.format(2), "order.resumed"),
    ("another slip while one is open", [SLIP.format(1)], SLIP.format(2), "slip.next_one"),
]  # fmt: skip


@pytest.fixture
def carried(database, open_another):
    house = Warehouse(database, open_another)
    wanted = [("SKU-1", 1)], [("SKU-1", 2)], [("SKU-1", 9), ("SKU-2", 1)]
    house.take_in(*[order(str(number), *lines) for number, lines in enumerate(wanted, 1)])
    change(database, "INSERT INTO product_codes (product_id, code, fold, kind, quantity) VALUES (1, ?, ?, 'gtin', 6)",
           TEA.case, TEA.case)  # fmt: skip
    with database.transaction() as tx:
        assert len(release.at_once(tx, "leader", "released", list(house.ids("1", "2", "3"))).ship_numbers) == 3
    change(database, "UPDATE waybills SET state = 'numbered', export_id = 1, position = id")
    for identity in (1, 2, 3):
        change(database, "UPDATE waybills SET number = ? WHERE id = ?", tracking(identity), identity)
    station = Counting(database)
    station.scan("hello")
    return station


@pytest.mark.parametrize(("before", "raw", "key"), [pytest.param(*rest, id=name) for name, *rest in LOOP])
def test_papers_cost_few_statements(carried, before, raw, key):
    numbers = {"WAYBILL": tracking(1), "WAYBILL2": tracking(2)}
    for each in before:
        carried.scan(numbers.get(each, each))
    assert carried.scan(numbers.get(raw, raw)).key == key
    notice = 0 if carried.database.path else 1
    slip = 1 if key == "order.closed_short" else 0  # a new slip, without what is missing
    trail = slip  # whether the shorts were accepted
    assert carried.count <= MOST + notice + slip + trail, carried.sent
    if key == "pack.ok":
        assert carried.count - 2 - notice <= GOODS, carried.sent


def test_the_waybill_that_closes_is_twelve_statements_at_most(carried):
    carried.scan(SLIP.format(1))
    carried.scan(TEA.piece)
    assert carried.scan(tracking(1)).key == "order.closed"
    assert carried.count <= MOST, carried.sent


def test_the_number_of_statements_does_not_grow_with_the_lines(counting):
    counting.scan("1002")
    counting.scan("KP-CANCEL")
    counting.scan("1002")
    small = counting.count
    counting.scan("KP-CANCEL")
    counting.scan("1001")
    counting.scan("KP-CANCEL")
    counting.scan("1001")
    assert counting.count == small
    counting.scan(TEA.piece)
    assert counting.count <= MOST


def test_a_lease_that_is_renewed_stays_within_the_limit(counting):
    counting.scan("1002")
    change(counting.database, "UPDATE orders SET lease_until = 1 WHERE number = '1002'")
    assert counting.scan(TEA.piece).key == "order.closed"
    assert counting.count <= MOST + 1  # once in half a lease


def test_handing_back_takes_a_few_more(counting):
    counting.scan("1001")
    counting.scan(TEA.case)
    assert counting.scan("KP-CANCEL").key == "order.handed_back"
    assert counting.count <= MOST + 4
    assert [each.split()[0].upper() for each in counting.sent].count("COMMIT") == 1


def test_a_repeated_act_reads_only(counting):
    counting.scan("1001")
    counting.scan(TEA.piece, "twice")
    assert counting.scan(TEA.piece, "twice").repeat
    assert counting.count <= 4


def test_a_desk_adds_nothing_but_its_notice(database):
    """What is counted above is what a desk runs."""
    stocked(database, [TEA], incoming("1001", ("SKU-1", 6)))
    seen: list[list[str]] = []
    desk = Desk(database, "1")
    desk.scan("1001").result()

    def scan_traced(tx, raw: str, act: str) -> Callable[[], None]:
        return packing.scan(tx, "1", raw, act)

    def trace(tx):
        driver = tx.connection.connection.driver_connection
        if database.path is not None:
            seen.append([])
            driver.set_trace_callback(lambda text: note(seen[0], text))

    desk.do(frozenset(), trace).result()
    assert desk.scan(TEA.piece).result().key == "pack.ok"
    desk.stop()
    if database.path is not None:
        own = seen[0][seen[0].index("COMMIT") + 1 :] if seen[0][0] != "BEGIN IMMEDIATE" else seen[0]
        assert own.count("COMMIT") == 1
        assert len(own) <= MOST


# --- picked orders -------------------------------------------------------------------------------------------------

PICKED: list[tuple[str, list[str], str, str]] = [
    ("open by the queue", [], "KP-NEXT", "order.opened"),
    ("a picked piece", ["KP-NEXT"], CUP.piece, "pack.ok"),
    ("the last picked piece", ["KP-NEXT", TEA.piece, TEA.piece], CUP.piece, "order.closed"),
    ("undo the close", ["KP-NEXT", TEA.piece, TEA.piece, CUP.piece], "KP-UNDO", "undo.reopened"),
    ("a tote", [], "TOTE", "order.opened"),
    ("the list of a job", [], "KL-1-1", "order.opened"),
]  # fmt: skip


@pytest.fixture
def picked(database, open_another):
    house = PickedWarehouse(database, open_another)
    house.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1)))
    house.wave("cart")
    house.walk()
    station = Counting(database)
    station.scan("hello")
    return station


@pytest.mark.parametrize(("before", "raw", "key"), [pytest.param(*rest, id=name) for name, *rest in PICKED])
def test_picked_orders_cost_no_more(picked, before, raw, key):
    (tote,) = query(picked.database, "SELECT code FROM containers WHERE order_id IS NOT NULL")[0]
    for each in before:
        picked.scan(each)
    assert picked.scan(raw.replace("TOTE", f"KT-{tote}")).key == key
    assert picked.count <= MOST, picked.sent


def test_one_scan_that_opens_and_counts_costs_less_than_two(database, open_another):
    """What a pick has proven is in at once; a piece of a one-piece order opens it: each saves a whole scan."""
    house = PickedWarehouse(database, open_another)
    house.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1)), order("2", ("SKU-1", 1)))
    house.wave("singles", "2")
    house.wave("cart")
    house.walk()
    set_to(database, pack_scan="off")
    station = Counting(database)
    station.scan("hello")
    assert station.scan("KP-NEXT").key == "order.opened_all_in"
    assert station.count <= MOST + 2, station.sent
    station.scan("KP-DONE")
    assert station.scan(TEA.piece).key == "order.closed"
    assert station.count <= MOST + 5, station.sent


class CountingPicker(PickStation):
    """A picker's station that counts."""

    def __init__(self, database, name="cart-1"):
        super().__init__(database, name)
        self.sent: list[str] = []

    def scan(self, raw, act=None, since=None):
        act = act or f"act-{os.urandom(8).hex()}"
        with traced(self.database) as self.sent, self.database.transaction() as tx:
            answer = picking.scan(tx, self.name, raw, act, since, self.stage)
            notify(tx, {"topics": ["bench"], "station": self.name, "act": act})
        return answer


def test_a_pickers_scan_costs_no_more_than_one_at_the_bench(database, open_another):
    """But for the last piece of a job, which hands its orders on."""
    house = PickedWarehouse(database, open_another)
    set_to(database, pick_shelf="required")
    house.take_in(*(order(str(number), ("SKU-1", 2), ("SKU-2", 1), ("SKU-3", 1)) for number in range(8)))
    house.wave("cart")
    station = CountingPicker(database)
    answer = station.scan("KP-NEXT")
    seen = {}
    while answer.ask["kind"] != "job":
        kind = answer.ask["kind"]
        answer = station.scan(code_for(answer))
        if answer.ask["kind"] != "job":
            seen[kind] = max(seen.get(kind, 0), len(station.sent))
    assert {"totes", "shelf", "item", "place"} <= seen.keys()
    assert max(seen.values()) <= MOST + 1, seen
    assert seen["item"] <= 10, seen


# --- boxes, inserts and the scale ----------------------------------------------------------------------------------

WEIGHED = 2
"""More statements where the scale asks: what is known of the weights of all that is in the box, and what it taught."""
LEAFLET = Goods(5, stock=90)
BOXED: list[tuple[str, list[str], str, str]] = [
    ("the slip opens", [], "SLIP", "order.opened"),
    ("a piece", ["SLIP"], TEA.piece, "pack.ok"),
    ("a piece that opens the next box", ["SLIP", TEA.piece, TEA.piece], CUP.piece, "pack.inserts_now"),
    ("a leaflet", ["SLIP"], LEAFLET.piece, "insert.ok_early"),
    ("a paper", ["SLIP"], "PAPER", "insert.ok_early"),
    ("a paper of nobody", ["SLIP"], "KN-999", "insert.not_here"),
    ("a carton", ["SLIP"], "KX-80", "carton.chosen"),
    ("the next carton", ["SLIP"], "KP-R-NOFIT", "carton.chosen"),
    ("an unknown carton", ["SLIP"], "KX-NOBODY", "carton.unknown"),
    ("the maker's carton", ["SLIP"], "KP-MAKER", "carton.chosen"),
    ("what about the box?", ["SLIP"], "KP-BOX", "box.ask"),
    ("too thick", ["SLIP", "KP-BOX"], "KP-R-THICK", "carton.chosen"),
    ("a box", ["SLIP"], "KP-PARCEL", "box.opened"),
    ("the other box", ["SLIP", "KP-PARCEL"], "KP-SWITCH", "box.switched"),
    ("ask which piece is moved", ["SLIP", TEA.piece, "KP-PARCEL"], "KP-MOVE", "move.ask"),
    ("move a piece", ["SLIP", TEA.piece, "KP-PARCEL", "KP-MOVE"], TEA.piece, "move.done"),
    ("undo a move", ["SLIP", TEA.piece, "KP-PARCEL", "KP-MOVE", TEA.piece], "KP-UNDO", "undo.moved"),
    ("undo a carton", ["SLIP", "KX-80"], "KP-UNDO", "undo.carton"),
    ("undo a box", ["SLIP", "KP-PARCEL"], "KP-UNDO", "undo.box"),
    ("undo a leaflet", ["SLIP", LEAFLET.piece], "KP-UNDO", "undo.insert"),
    ("undo a piece and its box", ["SLIP", TEA.piece, TEA.piece, CUP.piece], "KP-UNDO", "undo.packed"),
    ("ask why a leaflet is missing", ["ALL IN"], "KP-SHORT", "insert.short_ask"),
    ("a leaflet ran out", ["ALL IN", "KP-SHORT"], "KP-R-MISSING", "insert.ok"),
    ("the last paper", ["ALL IN", LEAFLET.piece], "PAPER", "insert.weigh_now"),
    ("set aside", ["ALL IN", LEAFLET.piece, "PAPER"], "KP-LATER", "later.parked"),
    ("go on", ["ALL IN", LEAFLET.piece, "KP-LATER"], "SLIP", "order.resumed"),
    ("the scale failed", ["READY"], "KG-FAULT", "weight.no_scale"),
    ("a hand on the scale", ["READY"], "KG-1", "weight.empty"),
    ("the waybill before the weight", ["READY"], "LABEL", "weight.first"),
    ("the first box of two", ["READY"], "KG-510", "weight.next_box"),
    ("the last box", ["READY", "KG-510"], "KG-400", "weight.ok"),
    ("a box that is too light", ["READY"], "KG-310", "weight.missing"),
    ("a leader is asked", ["READY", "KG-310"], "KP-ALLOW", "allow.weight"),
    ("a leader lets it pass", ["READY", "KG-310", "KP-ALLOW"], "KP-R-OTHER", "weight.next_box"),
    ("undo a weight", ["READY", "KG-510"], "KP-UNDO", "undo.weight"),
    ("the first waybill", ["READY", "KG-510", "KG-400"], "LABEL", "waybill.piece"),
    ("the waybill that closes", ["READY", "KG-510", "KG-400", "LABEL"], "LABEL2", "order.closed"),
    ("undo the close", ["READY", "KG-510", "KG-400", "LABEL", "LABEL2"], "KP-UNDO", "undo.reopened_label"),
]  # fmt: skip
ALL_IN = ["SLIP", TEA.piece, TEA.piece, CUP.piece]
LONGER = {
    "the first box of two": WEIGHED,
    "the last box": WEIGHED,
    "a box that is too light": 0,  # what else may lie in it is looked up, nothing is written
    "a leader lets it pass": WEIGHED + 2,  # what was weighed is looked up again, and leaders are told
    "the waybill that closes": 2,  # which carton each box took, and how many are left
    "undo the close": 2,
}
"""Acts that may take more."""


@pytest.fixture
def boxed(database, open_another):
    house = Warehouse(database, open_another)
    house.take_in(order("1", ("SKU-1", 2), ("SKU-2", 1)))
    change(database, "UPDATE orders SET parcel_count = 2")
    with database.transaction() as tx:
        add_goods(tx, LEAFLET)
        release.at_once(tx, "leader", "released", list(house.ids("1")))
        weighing.put_scale(tx, "1", "ok")
    for code in ("60", "80"):
        change(
            database,
            "INSERT INTO cartons (code, name, kind, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm,"
            " outer_width_mm, outer_height_mm, tare_g, max_g, stock)"
            " VALUES (?, '', 'box', 1, 1, 1, 1, 1, 1, 100, 9, 9)",
            code,
        )
    (one, two) = (row[0] for row in query(database, "SELECT id FROM order_lines ORDER BY id"))
    proposed = Plan((PlannedBox("60", ((one, 2),), ("80",)), PlannedBox("80", ((two, 1),))))
    change(database, "UPDATE orders SET plan = ?, extras = 2", plan_text(proposed))
    for kind, product in (("insert", 4), ("noshi", None)):
        values = (house.id("1"), kind, product, kind)
        change(
            database, "INSERT INTO extras (order_id, position, kind, product_id, name) VALUES (?, 1, ?, ?, ?)", *values
        )
    change(database, "UPDATE products SET weight_g = 100 * id")
    change(database, "UPDATE products SET weight_g = 10 WHERE id = 4")
    change(database, "UPDATE products SET weight_g = 200 WHERE id = 1")
    change(database, "UPDATE products SET weight_g = 300 WHERE id = 2")
    for (identity,) in query(database, "SELECT id FROM waybills"):
        change(
            database, "UPDATE waybills SET state = 'numbered', number = ? WHERE id = ?", tracking(identity), identity
        )
    return Counting(database)


@pytest.mark.parametrize(
    ("before", "raw", "key", "name"), [pytest.param(*rest, name, id=name) for name, *rest in BOXED]
)
def test_boxes_inserts_and_the_scale_cost_few_statements(boxed, before, raw, key, name):
    ((number,),) = query(boxed.database, "SELECT id FROM extras WHERE product_id IS NULL")
    codes = {"SLIP": SLIP.format(1), "PAPER": f"KN-{number}", "LABEL": tracking(1), "LABEL2": tracking(2)}
    before = [raw for each in before for raw in ([*ALL_IN, LEAFLET.piece, "PAPER"] if each == "READY" else [each])]
    before = [raw for each in before for raw in (ALL_IN if each == "ALL IN" else [each])]
    for each in before:
        assert boxed.scan(codes.get(each, each)).level != "refused" or each == "KG-310"
    assert boxed.scan(codes.get(raw, raw)).key == key
    notice = 0 if boxed.database.path else 1
    assert boxed.count <= MOST + notice + LONGER.get(name, 0), boxed.sent
