"""Inserts of orders: made at the release and with each new version, taken away again, the same in bulk as singly."""

import json
from dataclasses import replace

import pytest

from app.domain.insert_rules import Conditions, InsertKind, InsertRule, Per
from app.domain.noshi import GiftWish, Knot
from app.domain.orders import Address, Hold
from app.errors import NotAllowed
from app.services import changes, inserts, orders, pulls, release
from app.storage import inserts as storage
from tests.makers import Goods, Station, add_goods, change, ean, faults_of, only_on_sqlite, query, set_to
from tests.services.shipping import HOME, Warehouse, order

LEAFLET, SAMPLE, COLD = Goods(11, stock=500), Goods(12, stock=3), Goods(13)
OTHER = replace(HOME, name="試作 次郎", phone="090-1111-2222", postcode="160-0001")


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    with database.transaction() as tx:
        made.products = add_goods(tx, LEAFLET, SAMPLE, COLD)
    return made


def add(house, name, goods=LEAFLET, kind=InsertKind.INSERT, *, shop="shop", quantity=1, per=Per.ORDER, text="", **when):
    """Enter a rule for one shop, or for all where *shop* is empty; return its id."""
    more = {key: when.pop(key) for key in ("knots", "size", "scanned") if key in when}
    with house.database.transaction() as tx:
        shops = {known: shop_id for shop_id, (_, known) in storage.shop_names(tx).items()}
        conditions = Conditions(shops=(shops[shop],) if shop else (), shared=not shop, **when)
        product = house.products[goods.number] if goods else None
        return storage.add_rule(tx, InsertRule(name, kind, conditions, product, "", quantity, per, text, **more))


def extras(house, number):
    """What is on an order: kind, name, wanted, short, shown."""
    found = query(
        house.database,
        "SELECT kind, e.name, wanted, e.short, shown FROM extras e JOIN orders o ON o.id = e.order_id"
        " WHERE o.number = ? ORDER BY e.position",
        number,
    )
    return [tuple(row) for row in found]


def counted(house, number):
    return query(house.database, "SELECT extras FROM orders WHERE number = ?", number)[0][0]


def renew(house, *numbers, act="renew", **more):
    with house.database.transaction() as tx:
        return inserts.renew(tx, house.ids(*numbers), act, **more)


# --- at the release -----------------------------------------------------------------------------------------------


def test_the_release_adds_what_rules_say_and_counts_it_on_the_order(house):
    house.take_in(order("1"), order("2", ("SKU-2", 2)))
    add(house, "leaflet")
    add(house, "for cups", SAMPLE, InsertKind.SAMPLE, any_of=("sku-2",), per=Per.PIECE)
    add(house, "paper", None, InsertKind.MATERIAL, text="紙を詰める")
    house.release()
    assert extras(house, "1") == [("insert", "Thing 11", 1, 0, 0), ("material", "paper", 1, 0, 1)]
    assert extras(house, "2") == [
        ("insert", "Thing 11", 1, 0, 0), ("sample", "Thing 12", 2, 0, 0), ("material", "paper", 1, 0, 1),
    ]  # fmt: skip
    assert (counted(house, "1"), counted(house, "2")) == (2, 3)
    assert faults_of(house.database) == []


def test_without_rules_a_release_adds_nothing(house):
    house.take_in(order("1"))
    house.release()
    assert extras(house, "1") == []


def test_another_shops_leaflet_never_goes_in(house):
    house.take_in(order("1"))
    house.take_in(order("2"), shop="other")
    add(house, "ours")
    add(house, "theirs", shop="other")
    add(house, "all", SAMPLE, InsertKind.SAMPLE, shop="")
    house.release()
    rules = query(house.database, "SELECT number, r.name FROM extras e JOIN orders o ON o.id = e.order_id"
                                  " JOIN insert_rules r ON r.id = e.rule_id ORDER BY number, r.id")  # fmt: skip
    assert [tuple(row) for row in rules] == [("1", "ours"), ("1", "all"), ("2", "theirs"), ("2", "all")]


def test_what_has_run_out_is_kept_as_short_and_the_order_goes(house):
    house.take_in(order("1"), order("2"))
    add(house, "sample", SAMPLE, InsertKind.SAMPLE, quantity=4)
    add(house, "cold", COLD, InsertKind.COLD)  # never had stock: never runs out
    house.release()
    assert extras(house, "1") == [("sample", "Thing 12", 4, 4, 0), ("cold", "Thing 13", 1, 0, 0)]
    assert house.state("1") == "released"


def test_the_first_order_of_a_buyer_and_a_repeated_one_are_told_apart(house):
    add_first = {"nth_to": 1}
    house.take_in(order("old", ordered_at=1_600_000_000_000), order("gone", buyer=OTHER, cancelled=True))
    add(house, "welcome", **add_first)
    add(house, "thanks", SAMPLE, InsertKind.SAMPLE, nth_from=2)
    house.release()
    assert [name for _, name, *_ in extras(house, "old")] == ["Thing 11"]
    moved = replace(HOME, name="見本花子", phone="", street="別の町 9")
    house.take_in(order("again", buyer=moved), order("new", buyer=OTHER), order("nobody", buyer=Address()))
    house.take_in(order("elsewhere"), shop="other")
    house.release()
    assert [name for _, name, *_ in extras(house, "again")] == ["Thing 12"]
    assert [name for _, name, *_ in extras(house, "new")] == ["Thing 11"]  # a cancelled order is none
    assert extras(house, "nobody") == []
    assert extras(house, "elsewhere") == []


def test_several_parcels_of_one_order_number_are_one_order(house):
    house.take_in(order("1", ship_to_key="a"), order("1", ship_to_key="b"))
    add(house, "welcome", nth_to=1)
    house.release()
    assert len(extras(house, "1")) == 2


def test_names_of_buyers_are_not_copied(house):
    house.take_in(order("1"))
    add(house, "welcome", nth_to=1)
    house.release()
    rows = query(house.database, "SELECT * FROM buyers")
    assert len(rows) == 2
    assert all(isinstance(value, int) for row in rows for value in row)


def test_buyers_are_known_up_to_the_last_order_and_only_where_a_rule_asks(house):
    house.take_in(*[order(str(n)) for n in range(900)])
    with house.desk() as desk:
        assert inserts.know_buyers(desk) == 0
        add(house, "welcome", nth_to=1)
        change(house.database, "UPDATE orders SET received_at = received_at - 60000")
        assert inserts.know_buyers(desk) == 900
        assert inserts.know_buyers(desk) == 0


def test_taking_a_release_back_takes_them_away(house):
    house.take_in(order("1"))
    add(house, "leaflet")
    house.release()
    with house.database.transaction() as tx:
        release.unrelease(tx, "leader", "back", orders=house.ids("1"))
    assert extras(house, "1") == []
    assert counted(house, "1") == 0
    house.release()
    assert len(extras(house, "1")) == 1


def test_merged_orders_of_one_shop_share_a_leaflet_and_keep_their_samples(house):
    house.take_in(order("1"), order("2"))
    house.take_in(order("3"), shop="other")
    lead, *followers = house.ids("1", "2", "3")
    for follower in followers:
        change(house.database, "UPDATE orders SET lead_id = ? WHERE id = ?", lead, follower)
    change(house.database, "UPDATE orders SET parcel_count = 2 WHERE id = ?", lead)
    add(house, "leaflet")
    add(house, "sample", SAMPLE, InsertKind.SAMPLE)
    add(house, "cold", COLD, InsertKind.COLD, per=Per.BOX)
    add(house, "theirs", shop="other")
    house.release()
    assert [row[:3] for row in extras(house, "1")] == [
        ("insert", "Thing 11", 1), ("sample", "Thing 12", 1), ("cold", "Thing 13", 2),
    ]  # fmt: skip
    assert [row[:3] for row in extras(house, "2")] == [("sample", "Thing 12", 1)]
    assert [row[:3] for row in extras(house, "3")] == [("insert", "Thing 11", 1)]


# --- renewed ------------------------------------------------------------------------------------------------------


def pack(house, number, which=0, pieces=1):
    """Put an insert into the order's box, as the bench writes it."""
    database = house.database
    id_, product = query(
        database, "SELECT id, product_id FROM extras WHERE order_id = ? ORDER BY position", house.id(number)
    )[which]
    change(
        database,
        "INSERT INTO parcels (order_id, version, state, station, opened_at) VALUES (?, 1, 'open', '1', 0)",
        house.id(number),
    )
    parcel = query(database, "SELECT max(id) FROM parcels")[0][0]
    shelf = "shelf:A-11" if product else ""
    change(
        database,
        "INSERT INTO steps (order_id, parcel_id, act, kind, product_id, quantity, source, extra_id)"
        " VALUES (?, ?, 'packed', 'insert', ?, ?, ?, ?)",
        house.id(number), parcel, product, pieces, shelf, id_,
    )  # fmt: skip
    change(database, "UPDATE extras SET done = ? WHERE id = ?", pieces, id_)
    if product:
        change(
            database,
            "INSERT INTO moves (act, at, product_id, lot, source, target, quantity) VALUES ('m', 0, ?, '', ?, ?, ?)",
            product, shelf, f"parcel:{parcel}", pieces,
        )  # fmt: skip
    return id_


def test_a_new_version_brings_them_in_line_and_keeps_what_is_packed(house):
    house.take_in(order("1"))
    first = add(house, "leaflet")
    second = add(house, "sample", SAMPLE, InsertKind.SAMPLE)
    house.release()
    packed = pack(house, "1")
    change(house.database, "UPDATE insert_rules SET active = 0 WHERE id IN (?, ?)", first, second)
    add(house, "cold", COLD, InsertKind.COLD)
    with house.database.transaction() as tx:
        changes.new_version(tx, "1", "new", house.id("1"), "pull.service_changed")
    rows = query(house.database, "SELECT id, name FROM extras ORDER BY id")
    assert rows[0] == (packed, "Thing 11")
    assert [row[1] for row in rows] == ["Thing 11", "Thing 13"]
    assert counted(house, "1") == 2


def test_renewing_again_changes_nothing(house):
    house.take_in(order("1"), order("2", ("SKU-2", 3)))
    add(house, "leaflet")
    add(house, "pieces", COLD, InsertKind.COLD, per=Per.PIECE)
    house.release()
    before = query(house.database, "SELECT * FROM extras ORDER BY id")
    assert renew(house, "1", "2").papers == {}
    assert query(house.database, "SELECT * FROM extras ORDER BY id") == before


def test_more_boxes_want_more_of_what_each_box_gets(house):
    house.take_in(order("1"))
    add(house, "cold", COLD, InsertKind.COLD, per=Per.BOX)
    house.release()
    pack(house, "1")
    change(house.database, "UPDATE orders SET parcel_count = 3")
    renew(house, "1")
    assert [row[:3] for row in extras(house, "1")] == [("cold", "Thing 13", 3)]
    change(house.database, "UPDATE orders SET parcel_count = 0")
    renew(house, "1")
    assert [row[:3] for row in extras(house, "1")] == [("cold", "Thing 13", 1)]  # never less than what is in the box


def test_what_came_in_again_is_wanted_again(house):
    house.take_in(order("1"))
    add(house, "sample", SAMPLE, InsertKind.SAMPLE, quantity=4)
    house.release()
    assert extras(house, "1")[0][3] == 4
    change(house.database, "UPDATE balances SET quantity = 9 WHERE product_id = ?", house.products[12])
    renew(house, "1")
    assert extras(house, "1") == [("sample", "Thing 12", 4, 0, 0)]


def test_cancelling_puts_what_is_packed_on_the_return_shelf_and_the_pull_list(house):
    house.take_in(order("1"))
    add(house, "leaflet")
    house.release()
    pack(house, "1")
    with house.database.transaction() as tx:
        orders.cancel(tx, "leader", "cancel", house.id("1"))
        listed = [(row.kind, row.text, row.quantity, row.shelf) for row in pulls.open_pulls(tx, house.id("1"))]
    assert ("goods", "SKU-11", 1, "A-11") in listed
    assert extras(house, "1") == []
    lying = query(house.database, "SELECT quantity FROM balances WHERE place = 'return' AND product_id = ?",
                  house.products[11])  # fmt: skip
    assert lying[0][0] == 1
    assert faults_of(house.database) == []


def test_many_at_once_come_to_the_same_as_one_by_one(house):
    names = [str(n) for n in range(24)]
    people = [HOME, OTHER, replace(HOME, name="例示 誠", phone="080-2222-3333", postcode="530-0001")]
    house.take_in(*[
        order(name, ("SKU-1", 1 + n % 3), *([("SKU-2", 1)] if n % 2 else []), buyer=people[n % 3],
              note="のし: 御中元 山田" if n % 5 == 0 else "", ordered_at=1_700_000_000_000 + n // 4)
        for n, name in enumerate(names)
    ])  # fmt: skip
    add(house, "leaflet", nth_to=2)
    add(house, "sample", SAMPLE, InsertKind.SAMPLE, any_of=("SKU-2",))
    add(house, "pieces", COLD, InsertKind.COLD, per=Per.PIECE, amount_from=200)
    add(house, "noshi", None, InsertKind.NOSHI)
    add(house, "never", SAMPLE, InsertKind.SAMPLE, not_with=("sample",))
    for lead, follower in ((3, 6), (3, 9), (4, 7)):
        change(house.database, "UPDATE orders SET lead_id = ? WHERE number = ?", house.id(names[lead]), names[follower])

    def written():
        return [extras(house, name) for name in names], [counted(house, name) for name in names]

    renew(house, *names)
    bulk = written()
    assert len({str(each) for each in bulk[0]}) > 6
    for name in reversed(names):
        change(house.database, "DELETE FROM extras WHERE order_id = ?", house.id(name))
        change(house.database, "UPDATE orders SET extras = 0 WHERE number = ?", name)
        renew(house, name)
    assert written() == bulk


def statements(database, call):
    sent = []
    driver = database._connection().connection.driver_connection
    driver.set_trace_callback(sent.append)
    try:
        call()
    finally:
        driver.set_trace_callback(None)
    # What the driver runs once a row, and what triggers do, is no statement of ours.
    return len({text.split("VALUES")[0].split("WHERE orders.id =")[0] for text in sent})


@only_on_sqlite
def test_the_statements_of_a_chunk_do_not_grow_with_its_orders(house):
    house.take_in(*[order(str(n), ("SKU-1", 1)) for n in range(80)])
    add(house, "leaflet", nth_to=90)
    add(house, "cold", COLD, InsertKind.COLD, per=Per.BOX)
    few = statements(house.database, lambda: renew(house, *map(str, range(3)), fresh=True))
    many = statements(house.database, lambda: renew(house, *map(str, range(3, 80)), fresh=True))
    assert many <= few <= 16


# --- gifts --------------------------------------------------------------------------------------------------------

GIFT = "のし: 紅白蝶結び 御祝 髙橋、𠮷田"


def jobs(house):
    return [tuple(row) for row in query(house.database, "SELECT paper, order_id, version FROM print_jobs ORDER BY id")]


def test_a_noshi_that_is_wished_is_made_and_printed_behind_the_slips(house):
    house.take_in(order("1", note=GIFT), order("2"))
    add(house, "noshi", None, InsertKind.NOSHI, size="B5")
    house.release()
    row = query(house.database, "SELECT kind, name, text, shown FROM extras")
    assert len(row) == 1
    assert json.loads(row[0][2]) == {
        "knot": "bow", "title": "御祝", "names": ["髙橋", "𠮷田"], "cover": "", "size": "B5",
    }  # fmt: skip
    assert [paper for paper, *_ in jobs(house)] == ["pick_list", "slips", "noshi"]


def test_what_cannot_be_read_is_held_with_the_line_and_goes_once_a_leader_says_it(house):
    house.take_in(order("0"))
    add(house, "noshi", None, InsertKind.NOSHI)
    house.take_in(order("1", note="のし: 御祝 山田"))
    with house.database.transaction() as tx:
        held = orders.holds_of(tx, house.id("1"))
        assert [(row.hold, row.detail) for row in held] == [(Hold.REMARK, "のし: 御祝 山田")]
        wish = inserts.explain(tx, house.id("1")).facts.wish
        assert (wish.knot, wish.title, wish.names) == (Knot.BOW, "御祝", ("山田",))  # the proposal
        told = inserts.put_gift(tx, "leader", "gift", house.id("1"), replace(wish, title="御結婚御祝", unread=()))
        assert told == ("noshi.warn.knot",)
    assert house.state("1") == "ready"
    house.release()
    assert json.loads(query(house.database, "SELECT text FROM extras")[0][0])["title"] == "御結婚御祝"


def test_a_shop_that_prints_no_noshi_is_not_held_up_by_them(house):
    house.take_in(order("1", note="のし: 御祝 山田"))
    assert house.state("1") == "ready"


def test_a_shop_may_decide_which_knot_goes_with_a_title(house):
    house.take_in(order("0"))
    add(house, "noshi", None, InsertKind.NOSHI, knots={"御祝": Knot.BOW})
    house.take_in(order("1", note="のし: 御祝 山田"))
    assert house.state("1") == "ready"


def test_another_text_is_another_paper_with_another_code_and_the_old_one_is_pulled(house):
    house.take_in(order("1", note=GIFT))
    add(house, "noshi", None, InsertKind.NOSHI)
    house.release()
    old = pack(house, "1")
    with house.database.transaction() as tx:
        inserts.put_gift(tx, "leader", "gift", house.id("1"), GiftWish(True, Knot.TIED, title="寿", names=("山田",)))
    rows = query(house.database, "SELECT id, done, text FROM extras")
    assert len(rows) == 1
    assert rows[0][0] > old
    assert rows[0][1] == 0
    assert jobs(house)[-1] == ("noshi", house.id("1"), 1)
    with house.database.transaction() as tx:
        assert [(row.kind, row.text) for row in pulls.open_pulls(tx)] == [("paper", f"KN-{old}")]
        assert pulls.scan(tx, "leader", "out", f"kn-{old}").kind == "paper"
    assert query(house.database, "SELECT count(*) FROM steps WHERE undone = '' AND extra_id = ?", old)[0][0] == 0


def test_the_number_of_a_paper_never_comes_again(house):
    house.take_in(order("1", note=GIFT), order("2", note=GIFT))
    add(house, "noshi", None, InsertKind.NOSHI)
    house.release()
    top = query(house.database, "SELECT max(id) FROM extras")[0][0]
    with house.database.transaction() as tx:
        orders.cancel(tx, "leader", "cancel", house.id("2"))
        inserts.put_gift(tx, "leader", "gift", house.id("1"), GiftWish(True, Knot.TIED, title="寿"))
    assert query(house.database, "SELECT max(id) FROM extras")[0][0] > top


def test_a_gift_that_is_packed_or_cannot_be_printed_is_refused(house):
    house.take_in(order("1", note=GIFT))
    with house.database.transaction() as tx, pytest.raises(NotAllowed, match="no_kind"):
        inserts.put_gift(tx, "leader", "a", house.id("1"), GiftWish(noshi=True))
    change(house.database, "UPDATE orders SET state = 'verified'")
    with house.database.transaction() as tx, pytest.raises(NotAllowed, match="too_late"):
        inserts.put_gift(tx, "leader", "b", house.id("1"), GiftWish(noshi=True, knot=Knot.BOW, title="寿"))


def test_what_a_person_decided_stays_when_the_shop_changes_something_else(house):
    house.take_in(order("0"))
    add(house, "noshi", None, InsertKind.NOSHI)
    house.take_in(order("1", note="のし: 御祝 山田"))
    with house.database.transaction() as tx:
        inserts.put_gift(tx, "leader", "g", house.id("1"), GiftWish(True, Knot.TIED, title="御祝", names=("山田",)))
    house.release()
    house.take_in(order("1", note="のし: 御祝 山田", ship_to=replace(HOME, street="神宮前9-9-9")))
    assert json.loads(query(house.database, "SELECT text FROM extras")[0][0])["knot"] == "tied"
    house.take_in(order("1", note="のし: 御中元 佐藤", ship_to=replace(HOME, street="神宮前9-9-9")))
    assert json.loads(query(house.database, "SELECT text FROM extras")[0][0])["title"] == "御中元"


def test_wrapping_shows_the_words_of_the_wish(house):
    house.take_in(order("1", note="ラッピング: 青い紙"), order("2"))
    add(house, "wrap", None, InsertKind.WRAP, text="リボンをかける", wish=("wrapping",))
    house.release()
    assert query(house.database, "SELECT text, shown FROM extras") == [("青い紙\nリボンをかける", 1)]


def test_rules_that_contradict_each_other_are_told_by_name(house):
    house.take_in(order("1", note=GIFT))
    add(house, "one", None, InsertKind.NOSHI)
    add(house, "two", None, InsertKind.NOSHI, size="A4")
    with house.database.transaction() as tx:
        found = inserts.renew(tx, house.ids("1"), "a")
    assert [(each.taken, each.left_out) for each in found.clashes[house.id("1")]] == [("one", "two")]


def test_why_is_said_of_every_rule(house):
    house.take_in(order("1"))
    add(house, "yes")
    add(house, "no", SAMPLE, InsertKind.SAMPLE, amount_from=9000, gift=True)
    with house.database.reading() as tx:
        found = inserts.explain(tx, house.id("1"))
    assert [(each.rule.name, each.applies) for each in found.plan.judged] == [("yes", True), ("no", False)]
    assert [each.name for each in found.plan.judged[1].reasons if not each.holds] == ["amount", "gift"]
    assert [each.rule.name for each in found.plan.wanted] == ["yes"]


# --- at the bench -------------------------------------------------------------------------------------------------


def test_an_order_that_is_released_by_being_opened_asks_for_its_inserts_and_prints_its_noshi(house):
    set_to(house.database, carrier_default="", slip_required="off")
    house.take_in(order("1", note=GIFT))
    add(house, "leaflet")
    add(house, "noshi", None, InsertKind.NOSHI)
    bench = Station(house.database)
    assert bench.scan("KP-NEXT").key.startswith("order.")
    assert [paper for paper, *_ in jobs(house) if paper == "noshi"] == ["noshi"]
    noshi = query(house.database, "SELECT id FROM extras WHERE kind = 'noshi'")[0][0]
    assert bench.scan(ean(1)).ask["kind"] == "insert"
    assert bench.scan("KN-999").key == "insert.not_here"
    assert bench.scan(ean(11)).level == "ok"
    done = bench.scan(f"KN-{noshi}")
    assert done.level == "ok"
    assert house.state("1") == "verified"
    assert query(house.database, "SELECT done FROM extras ORDER BY id") == [(1,), (1,)]
    moved = query(house.database, "SELECT quantity FROM moves WHERE product_id = ? AND source = 'shelf:A-11'",
                  house.products[11])  # fmt: skip
    assert moved == [(1,)]
    assert faults_of(house.database) == []
