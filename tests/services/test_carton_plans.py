"""Proposals on both databases: made ahead, renewed where something changed, learned, left alone once packing began."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from app.domain.carton_check import faults_of
from app.domain.carton_list import ListedCarton
from app.domain.carton_plan import OWN, Plan, plan_of
from app.domain.cartons import CartonKind, Orientation, Packing
from app.services import carton_plans, release, settings
from app.services.carton_plans import GuideData
from app.services.desk import Desk
from app.services.products import import_products
from app.storage import carton_plans as storage
from app.storage import cartons as cartons_storage
from app.storage import products as products_storage
from tests.makers import Goods, add_goods, incoming, product, query, set_to, stocked, take_in
from tests.services.shipping import Warehouse, order

S60 = ListedCarton("S60", (240, 160, 110), (246, 166, 122), 10_000, cost_yen=60, carriage_yen=700)
S80 = ListedCarton("S80", (320, 230, 180), (326, 236, 192), 15_000, cost_yen=90, carriage_yen=900)
S120 = ListedCarton("S120", (450, 350, 320), (456, 356, 332), 20_000, cost_yen=190, carriage_yen=1_400)
FLAT = ListedCarton(
    "FLAT", (310, 225, 25), (312, 228, 28), 1_000, kind=CartonKind.MAILER, cost_yen=40, carriage_yen=250,
    services=("yamato_b2/nekopos",),
)  # fmt: skip
LIST = (S60, S80, S120, FLAT)
TEA = Goods(1, stock=500, more={"size_mm": (120, 80, 40), "weight_g": 200})
BOWL = Goods(2, stock=500, more={"size_mm": (150, 150, 90), "weight_g": 400, "fragile": True})
DRUM = Goods(3, stock=500, more={"size_mm": (380, 300, 300), "weight_g": 6_000, "own_carton": True})
BARE = Goods(4, stock=500)
DRUM_HERE = Goods(5, stock=500, more=DRUM.more)
GOODS = (TEA, BOWL, DRUM, BARE)


class House:
    """A desk over a database with goods and cartons."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.database = desk, desk.database

    def order(self, *wanted: tuple[str, int], number: str = "1001", **more: object) -> int:
        with self.database.transaction() as tx:
            take_in(tx, incoming(number, *wanted, **more))
        return int(query(self.database, "SELECT id FROM orders WHERE number = ?", number)[0][0])

    def cartons(self, *listed: ListedCarton) -> None:
        with self.database.transaction() as tx:
            for each in listed:
                cartons_storage.put(tx, each)
            storage.list_changed(tx)

    def settle(self) -> carton_plans.Planned:
        return carton_plans.settle(self.desk)

    def plan(self, order: int) -> Plan | None:
        return plan_of(query(self.database, "SELECT plan FROM orders WHERE id = ?", order)[0][0])

    def codes(self, order: int) -> list[str]:
        plan = self.plan(order)
        return [box.carton for box in plan.boxes] if plan else []

    def lines(self, order: int) -> list[int]:
        rows = query(self.database, "SELECT id FROM order_lines WHERE order_id = ? ORDER BY position", order)
        return [row[0] for row in rows]

    def guide(self, order: int, language: str = "ja") -> GuideData:
        return self.desk.read(carton_plans.read_guide, order, language).result()

    def put(self, statement: str, *values: object) -> None:
        with self.database.transaction() as tx:
            tx.connection.exec_driver_sql(
                statement if tx.dialect == "sqlite" else statement.replace("?", "%s"), tuple(values)
            )

    def choose(self, order: int, chosen: str, *, proposed: str = "S60", reason: str = "", box: int = 1) -> None:
        ((goods,),) = query(self.database, "SELECT goods FROM carton_plans WHERE order_id = ?", order)
        self.put(
            "INSERT INTO carton_choices (at, act, station, order_id, box, goods, proposed, chosen, reason) "
            "VALUES (?, ?, '1', ?, ?, ?, ?, ?, ?)",
            1, str(uuid4()), order, box, goods, proposed, chosen, reason,
        )  # fmt: skip

    def state(self, order: int) -> tuple[str, int, int]:
        rows = query(self.database, "SELECT state, version, parcel_count FROM orders WHERE id = ?", order)
        return rows[0]


@pytest.fixture
def house(database, open_another):
    stocked(database, GOODS)
    desk = Desk(open_another(), "1")
    made = House(desk)
    made.cartons(*LIST)
    yield made
    desk.stop()


def test_an_order_gets_the_cheapest_carton_and_what_else_holds_the_same(house: House) -> None:
    order = house.order((TEA.sku, 2))
    assert house.settle().orders == 1
    plan = house.plan(order)
    assert plan is not None
    (box,) = plan.boxes
    (line,) = house.lines(order)
    assert (box.carton, box.pieces) == ("S60", ((line, 2),))
    assert box.instead == ("S80", "S120")


def test_nothing_is_proposed_where_there_is_no_list_of_cartons(database, open_another) -> None:
    stocked(database, GOODS, incoming("1", (TEA.sku, 1)))
    desk = Desk(open_another(), "1")
    assert carton_plans.settle(desk).orders == 0
    assert query(database, "SELECT count(*) FROM carton_plans") == [(0,)]
    desk.stop()


def test_nothing_is_proposed_where_the_shop_does_not_want_it(house: House) -> None:
    order = house.order((TEA.sku, 2))
    set_to(house.database, carton_propose="off")
    assert house.settle().orders == 0
    assert house.plan(order) is None


def test_what_was_proposed_once_is_not_computed_again(house: House) -> None:
    house.order((TEA.sku, 2))
    house.settle()
    assert house.settle() == carton_plans.Planned()


def test_orders_for_the_same_goods_are_worked_out_once(house: House) -> None:
    for number in range(5):
        house.order((TEA.sku, 2), number=f"1{number}")
    done = house.settle()
    assert (done.orders, done.computed) == (5, 1)


def test_a_release_keeps_the_proposal_without_computing(house: House) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    house.desk.do(frozenset(), release.at_once, "1", str(uuid4()), [order]).result()
    assert house.state(order)[0] == "released"
    done = house.settle()
    assert (done.orders, done.computed) == (1, 0)
    assert house.guide(order).version == house.state(order)[1]


def test_goods_that_turn_out_larger_are_planned_again(house: House) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    with house.database.transaction() as tx:
        changed, _ = products_storage.save(tx, product(TEA.sku, size_mm=(300, 200, 80)))
        storage.forget_products(tx, [changed])
    house.settle()
    assert house.codes(order) == ["S80"]


def test_a_changed_list_of_cartons_plans_again(house: House) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    house.cartons(ListedCarton("TINY", (180, 130, 100), (186, 136, 112), 5_000, cost_yen=10))
    house.settle()
    assert house.codes(order) == ["TINY"]


def test_a_carton_that_ran_out_is_proposed_no_longer(house: House) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    house.put("UPDATE cartons SET stock = 0 WHERE code = 'S60'")
    house.settle()
    assert house.codes(order) == ["S80"]
    assert house.settle() == carton_plans.Planned()


def test_an_order_that_something_is_packed_of_keeps_its_proposal(house: House) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    (line,) = house.lines(order)
    house.put("INSERT INTO parcels (order_id, version, state, station, opened_at) VALUES (?, 1, 'open', '1', 1)", order)
    ((parcel,),) = query(house.database, "SELECT id FROM parcels")
    house.put(
        "INSERT INTO steps (order_id, parcel_id, act, kind, line_id, quantity) VALUES (?, ?, 'a', 'pack', ?, 1)",
        order, parcel, line,
    )  # fmt: skip
    house.cartons(ListedCarton("TINY", (180, 130, 100), (186, 136, 112), 5_000, cost_yen=10))
    assert house.settle().orders == 0
    assert house.codes(order) == ["S60"]
    assert not carton_plans.plan_one(house.desk, order)


def test_fragile_goods_get_the_protection_that_the_shop_decides(house: House) -> None:
    order = house.order((BOWL.sku, 1))
    set_to(house.database, carton_cushion_mm="30")
    house.settle()
    (box,) = house.guide(order).boxes
    assert box.parcel is not None
    (placement,) = box.parcel.placements
    assert sorted(placement.size) == [150, 210, 210]


def test_the_picture_is_rebuilt_and_stands_before_the_proof(house: House) -> None:
    order = house.order((TEA.sku, 5), (BOWL.sku, 2))
    house.settle()
    guide = house.guide(order)
    parcels = tuple(box.parcel for box in guide.boxes if box.parcel is not None)
    assert len(parcels) == len(guide.boxes)
    items = [one.item for parcel in parcels for one in parcel.placements]
    assert len(items) == 7
    assert {item.key.split(":")[0] for item in items} == {str(line) for line in house.lines(order)}
    assert faults_of(Packing(parcels), items) == ()
    assert guide.goods[TEA.sku].name == "Thing 1"


def test_goods_in_their_makers_carton_have_boxes_of_their_own(house: House) -> None:
    order = house.order((DRUM.sku, 2), (TEA.sku, 1))
    house.settle()
    assert house.codes(order) == ["S60", OWN, OWN]
    drum, tea = house.lines(order)
    plan = house.plan(order)
    assert plan is not None
    assert [plan.box_of(drum, 0), plan.box_of(drum, 1), plan.box_of(tea, 0)] == [2, 3, 1]


def test_goods_without_a_size_are_named_and_packed_without_a_proposal(house: House) -> None:
    order = house.order((BARE.sku, 1), (TEA.sku, 1))
    assert house.settle().without == 1
    guide = house.guide(order)
    assert house.plan(order) is None
    assert ("cartons.no_size", {"items": "Thing 4"}) in guide.problems


def test_goods_without_a_size_beside_a_makers_carton_are_left_to_the_packer(house: House) -> None:
    order = house.order((BARE.sku, 1), (DRUM.sku, 1))
    house.settle()
    assert house.codes(order) == ["", OWN]


def test_a_small_carton_of_another_service_is_proposed_only_by_that_service(house: House) -> None:
    thin = product("THIN", size_mm=(200, 150, 15), weight_g=150)
    with house.database.transaction() as tx:
        products_storage.save(tx, thin)
    parcel, letter = house.order(("THIN", 1), number="1"), house.order(("THIN", 1), number="2")
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'takkyubin' WHERE id = ?", parcel)
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'nekopos' WHERE id = ?", letter)
    house.settle()
    assert (house.codes(parcel), house.codes(letter)) == (["S60"], ["FLAT"])


def test_what_its_service_cannot_take_is_proposed_in_another_carton_and_said(house: House) -> None:
    order = house.order((TEA.sku, 1))
    house.cartons(*(ListedCarton(**_fields(each), services=("yamato_b2/takkyubin",)) for each in (S60, S80, S120)))
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'nekopos' WHERE id = ?", order)
    house.settle()
    assert house.codes(order) == ["S60"]
    assert ("carton_list.other_service", {"carton": "S60"}) in house.guide(order).problems


def _fields(each: ListedCarton) -> dict[str, object]:
    names = ("code", "inner_mm", "outer_mm", "max_g", "cost_yen", "carriage_yen", "kind")
    return {name: getattr(each, name) for name in names}


def test_several_boxes_before_the_release_ask_for_as_many_waybills(house: House) -> None:
    order = house.order((DRUM.sku, 2))
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'takkyubin' WHERE id = ?", order)
    house.settle()
    assert house.state(order)[2] == 2


def test_fewer_boxes_than_before_take_the_waybills_back(house: House) -> None:
    order = house.order((DRUM.sku, 2))
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'takkyubin' WHERE id = ?", order)
    house.settle()
    house.put("UPDATE order_lines SET wanted = 1 WHERE order_id = ?", order)
    house.put("UPDATE orders SET version = version + 1 WHERE id = ?", order)
    house.settle()
    assert house.state(order)[2] == 1


@pytest.mark.parametrize(("decided", "then"), [(3, 3), (1, 1)])
def test_a_number_of_pieces_that_a_person_decided_stays(house: House, decided: int, then: int) -> None:
    order = house.order((DRUM.sku, 2))
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'takkyubin' WHERE id = ?", order)
    house.settle()
    house.put("UPDATE orders SET parcel_count = ?, version = version + 1 WHERE id = ?", decided, order)
    house.put("UPDATE order_lines SET wanted = 4 WHERE order_id = ?", order)
    for _ in range(2):
        house.settle()
        assert (len(house.codes(order)), house.state(order)[2]) == (4, then)
        house.put("UPDATE orders SET version = version + 1 WHERE id = ?", order)
        house.put("UPDATE carton_plans SET body = replace(body, 'digest', 'past')")


def test_a_service_that_takes_one_piece_keeps_one_waybill(house: House) -> None:
    order = house.order((DRUM.sku, 2))
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'nekopos' WHERE id = ?", order)
    house.settle()
    assert (house.codes(order), house.state(order)[2]) == ([OWN, OWN], 1)


def test_a_released_order_keeps_its_number_of_pieces(house: House) -> None:
    order = house.order((DRUM.sku, 2))
    house.put("UPDATE orders SET carrier = 'yamato_b2', service = 'takkyubin', state = 'released' WHERE id = ?", order)
    house.settle()
    assert house.codes(order) == [OWN, OWN]
    assert house.state(order)[2] == 1


def test_what_packers_chose_three_times_for_the_same_goods_is_proposed(house: House) -> None:
    for number in range(3):
        order = house.order((TEA.sku, 2), number=f"1{number}")
        house.settle()
        assert house.codes(order) == ["S60"]
        house.choose(order, "S80")
    order = house.order((TEA.sku, 2), number="20")
    house.settle()
    (box,) = house.guide(order).boxes
    assert (box.code, box.learned, box.instead) == ("S80", "holds", ("S60", "S120"))
    other = house.order((TEA.sku, 3), number="21")
    house.settle()
    assert house.codes(other) == ["S60"]


def test_a_choice_that_was_taken_back_teaches_nothing(house: House) -> None:
    for number in range(3):
        order = house.order((TEA.sku, 2), number=f"1{number}")
        house.settle()
        house.choose(order, "S80")
    house.put("UPDATE carton_choices SET undone = 'x'")
    order = house.order((TEA.sku, 2), number="20")
    house.settle()
    assert house.codes(order) == ["S60"]


def test_a_carton_that_packers_chose_although_it_cannot_be_proven_is_proposed_and_said(house: House) -> None:
    house.cartons(FLAT)
    for number in range(3):
        order = house.order((TEA.sku, 2), number=f"1{number}")
        house.settle()
        house.choose(order, "FLAT")
    order = house.order((TEA.sku, 2), number="20")
    house.settle()
    guide = house.guide(order)
    assert (guide.boxes[0].code, guide.boxes[0].parcel, guide.boxes[0].learned) == ("FLAT", None, "unproven")
    assert ("carton_list.unproven", {"carton": "FLAT", "box": "1"}) in guide.problems
    assert guide.boxes[0].instead[0] == "S60"


def test_a_carton_that_was_too_small_for_an_order_is_not_proposed_for_it_again(house: House) -> None:
    order, other = house.order((TEA.sku, 2), number="1"), house.order((TEA.sku, 2), number="2")
    house.settle()
    house.choose(order, "S80", reason="no_fit")
    house.put("UPDATE orders SET version = version + 1")
    house.settle()
    assert (house.codes(order), house.codes(other)) == (["S80"], ["S60"])


def test_an_order_that_was_just_opened_is_planned_at_once(house: House) -> None:
    order = house.order((TEA.sku, 2))
    assert carton_plans.plan_one(house.desk, order)
    assert house.codes(order) == ["S60"]
    assert not carton_plans.plan_one(house.desk, order)


def test_two_stations_do_not_plan_at_once(house: House, open_another) -> None:
    house.order((TEA.sku, 2))
    with house.database.transaction() as tx:
        assert storage.claim(tx)
    assert house.settle().orders == 0


def test_a_damaged_body_is_made_again(house: House) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    house.put("UPDATE carton_plans SET body = '{', at = 0 WHERE order_id = ?", order)
    assert house.settle().computed == 1
    ((body,),) = query(house.database, "SELECT body FROM carton_plans")
    assert json.loads(body)["boxes"]


def test_many_pieces_are_parted_by_eye(house: House) -> None:
    order = house.order((TEA.sku, 301))
    house.settle()
    assert house.plan(order) is None
    assert ("carton_list.too_many_pieces", {"items": "Thing 1"}) in house.guide(order).problems


def test_care_of_a_product_reaches_the_proposal(house: House) -> None:
    with house.database.transaction() as tx:
        products_storage.save(
            tx,
            product(
                "SHIRT", size_mm=(280, 200, 40), weight_g=200, pressed_mm=15, orientation=Orientation.LYING,
                dangerous=True,
            ),
        )  # fmt: skip
    order = house.order(("SHIRT", 1))
    house.settle()
    (box,) = house.guide(order).boxes
    assert box.parcel is not None
    item = box.parcel.placements[0].item
    assert (box.code, item.pressed_mm, item.orientation, item.dangerous) == ("FLAT", 15, Orientation.LYING, True)


def test_a_release_asks_for_a_waybill_of_each_box_that_was_not_planned_before(database, open_another) -> None:
    warehouse = Warehouse(database, open_another)
    with database.transaction() as tx:
        add_goods(tx, DRUM_HERE)
        cartons_storage.put(tx, S60)
    warehouse.take_in(order("1001", (DRUM_HERE.sku, 2)))
    released = warehouse.release()
    assert len(released.ship_numbers) == 1
    assert query(database, "SELECT parcel_count FROM orders") == [(2,)]
    assert query(database, "SELECT count(*) FROM waybills") == [(2,)]


def test_a_product_file_with_new_sizes_plans_open_orders_again(house: House, tmp_path) -> None:
    order = house.order((TEA.sku, 2))
    house.settle()
    path = tmp_path / "products.csv"
    path.write_text("sku,length_mm,width_mm,height_mm\nSKU-1,300,200,80\n", encoding="utf-8")
    import_products(house.desk, [path])
    house.settle()
    assert house.codes(order) == ["S80"]


def test_a_product_file_that_says_the_same_leaves_the_proposals(house: House, tmp_path) -> None:
    house.order((TEA.sku, 2))
    house.settle()
    path = tmp_path / "products.csv"
    path.write_text("sku,length_mm,width_mm,height_mm,weight_g\nSKU-1,120,80,40,200\n", encoding="utf-8")
    import_products(house.desk, [path])
    assert house.settle() == carton_plans.Planned()


def test_other_care_in_the_settings_plans_again(house: House) -> None:
    order = house.order((BOWL.sku, 1))
    house.settle()
    assert house.codes(order) == ["S80"]
    values = {"carton.cushion_mm": "0"}
    house.desk.do(frozenset(), settings.put, "1", str(uuid4()), values).result()
    house.settle()
    assert house.codes(order) == ["S60"]


def test_a_product_file_keeps_how_goods_are_packed(house: House, tmp_path) -> None:
    path = tmp_path / "products.csv"
    path.write_text(
        "sku,fragile,orientation,liquid,dangerous,pressed_mm,cushion_mm,own_carton,pack_note,pack_picture\n"
        "SKU-1,yes,upright,yes,no,,12,no,Wrap it,how.png\n",
        encoding="utf-8",
    )
    import_products(house.desk, [path])
    columns = "fragile, orientation, liquid, dangerous, pressed_mm, cushion_mm, own_carton, pack_note, pack_picture"
    kept = query(house.database, f"SELECT {columns} FROM products WHERE sku = 'SKU-1'")
    assert kept == [(1, "upright", 1, 0, None, 12, 0, "Wrap it", str(tmp_path / "how.png"))]
    path.write_text("sku,cushion_mm,pack_note\nSKU-1,none,none\n", encoding="utf-8")
    import_products(house.desk, [path])
    kept = query(house.database, "SELECT cushion_mm, pack_note, fragile FROM products WHERE sku = 'SKU-1'")
    assert kept == [(None, "", 1)]


def test_what_changed_or_was_begun_while_it_was_worked_out_is_left_alone(house: House) -> None:
    changed, begun = house.order((TEA.sku, 1), number="1"), house.order((TEA.sku, 1), number="2")
    house.put("UPDATE orders SET version = version + 1 WHERE id = ?", changed)
    house.put("INSERT INTO parcels (order_id, version, state, station, opened_at) VALUES (?, 1, 'open', '1', 1)", begun)
    ((parcel,),) = query(house.database, "SELECT id FROM parcels")
    house.put(
        "INSERT INTO steps (order_id, parcel_id, act, kind, quantity) VALUES (?, ?, 'a', 'carton', 0)", begun, parcel
    )
    late = [storage.NewPlan(each, 0, "1x1", "{}", '[["S60",[[1,1]],[]]]') for each in (changed, begun)]
    kept = house.desk.chunk(frozenset(), carton_plans._write, "1", str(uuid4()), late).result()
    assert (kept, house.plan(changed), house.plan(begun)) == (0, None, None)
