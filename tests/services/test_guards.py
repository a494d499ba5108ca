"""The guards of the bench on a real database: what they need is loaded, what they decide is kept."""

import json
from uuid import uuid4

import pytest

from app.domain.products import LotFrom, LotPolicy
from app.errors import NotAllowed, NotFound
from app.services import lots, people
from tests.makers import Goods, Station, change, ean, faults_of, incoming, query, set_to, stocked

TEA, BAG = Goods(1, per_case=6, stock=50), Goods(4, per_case=6, stock=50)
CUP, PHONE = Goods(2, stock=50), Goods(3, stock=9)


@pytest.fixture
def shop(database):
    stocked(
        database,
        [TEA, CUP, PHONE, BAG],
        incoming("1001", ("SKU-1", 3), ("SKU-2", 1), ordered_at=1),
        incoming("1002", ("SKU-3", 2), ("SKU-2", 1), ordered_at=2),
        incoming("1003", ("SKU-4", 6), ("SKU-2", 1), ordered_at=3),
        incoming("1004", ("SKU-3", 1), ("SKU-2", 1), ordered_at=4),
    )
    return database


@pytest.fixture
def packer(shop):
    yield Station(shop)
    assert faults_of(shop) == []


def keep(database, sku, **values):
    """Say how a product is handled."""
    given = ", ".join(f"{name} = ?" for name in values)
    assert change(database, f"UPDATE products SET {given} WHERE sku = ?", *values.values(), sku) == 1


def with_people(database):
    with database.transaction() as tx:
        people.add(tx, "office", str(uuid4()), "山田", "P1", "packer", "")
        people.add(tx, "office", str(uuid4()), "佐藤", "L1", "leader", "")


def put_lot(database, sku, lot, expiry, pieces=0):
    """Enter a lot, and lay pieces of it on the product's shelf."""
    with database.transaction() as tx:
        kept = lots.put(tx, "office", str(uuid4()), sku, lot, expiry)
    if pieces:
        change(
            database,
            "INSERT INTO moves (act, at, product_id, lot, source, target, quantity) "
            "SELECT ?, 0, id, ?, 'supplier', 'shelf:' || shelf, ? FROM products WHERE sku = ?",
            *("laid", kept, pieces, sku),
        )


def message(number, **parts):
    names = {"lot": "10", "expiry": "17", "serial": "21"}
    return f"(01)0{ean(number)}" + "".join(f"({names[name]}){value}" for name, value in parts.items())


def steps_of(database):
    wanted = "lot, expiry, serial, how, reason, by_person"
    return query(database, f"SELECT {wanted} FROM steps WHERE kind = 'pack' ORDER BY id")


def test_lot_and_date_of_the_code_go_into_the_record_and_the_ledger(packer, shop):
    keep(shop, "SKU-1", lot_policy="lot_expiry")
    packer.scan("1001")
    assert packer.scan(message(1, expiry="990331", lot="L1")).key == "lot.expired"
    answer = packer.scan(message(1, expiry="790331", lot="L1"))
    assert (answer.key, answer.args["expiry"]) == ("pack.ok", "2079-03-31")
    assert steps_of(shop) == [("L1", "2079-03-31", "", "", "", None)]
    assert query(shop, "SELECT lot FROM moves WHERE target LIKE 'parcel:%'") == [("L1",)]


def test_a_lot_is_asked_for_typed_and_counted_with_the_piece(packer, shop):
    keep(shop, "SKU-1", lot_policy="lot_expiry", lot_from=str(LotFrom.SCAN))
    packer.scan("1001")
    assert packer.scan(TEA.piece).ask["kind"] == "lot"
    assert packer.scan(TEA.piece).key == "lot.that_is_the_item"
    assert packer.scan("LOT-77").ask["kind"] == "expiry"
    assert packer.scan("tomorrow").key == "expiry.unreadable"
    assert packer.scan("2079/3").key == "pack.ok"
    assert steps_of(shop) == [("LOT-77", "2079-03-31", "", "", "", None)]
    assert packer.scan("KP-UNDO").key == "undo.packed"
    assert packer.scan(TEA.piece).ask["kind"] == "lot"
    assert packer.scan("KP-CANCEL").key == "question.dismissed"
    assert packer.look().ask["kind"] == "item"


def test_the_question_stands_after_a_restart(shop):
    keep(shop, "SKU-1", lot_policy="lot", lot_from=str(LotFrom.SCAN))
    Station(shop).scans("1001", TEA.piece)
    again = Station(shop)
    assert again.look().ask["kind"] == "lot"
    assert again.scan("L9").key == "pack.ok"


def test_a_shelf_that_holds_one_lot_gives_it_and_shows_it(packer, shop):
    keep(shop, "SKU-1", lot_policy="expiry", shelf="E-01")
    put_lot(shop, "SKU-1", "", "2079-03-31", 5)
    opened = packer.scan("1001")
    assert opened.ask["expiry"] == "2079-03-31"
    answer = packer.scan(TEA.piece)
    assert (answer.key, answer.args["expiry"]) == ("pack.ok", "2079-03-31")


def test_of_several_lots_the_first_to_expire_is_shown_and_chosen_by_its_number(packer, shop):
    keep(shop, "SKU-1", lot_policy="lot_expiry", shelf="E-01")
    put_lot(shop, "SKU-1", "L2", "2079-06-30", 5)
    put_lot(shop, "SKU-1", "L1", "2079-03-31", 5)
    assert packer.scan("1001").ask["lot"] == "L1"
    asked = packer.scan(TEA.piece)
    assert [each["lot"] for each in asked.ask["lots"]] == ["L1", "L2"]
    assert packer.scan("KP-2").key == "pack.ok_later_lot"
    packer.scan(TEA.piece)
    assert packer.scan("KP-1").key == "pack.ok"
    assert [row[0] for row in steps_of(shop)] == ["L2", "L1"]
    set_to(shop, **{"lot.order": "refuse"})
    assert packer.scan(message(1, lot="L2")).key == "lot.not_first"


def test_a_recalled_lot_is_refused_at_every_bench(packer, shop):
    keep(shop, "SKU-1", lot_policy="lot", shelf="E-01")
    put_lot(shop, "SKU-1", "L1", "", 5)
    packer.scan("1001")
    assert packer.scan(message(1, lot="L1")).key == "pack.ok"
    with shop.transaction() as tx:
        lots.recall(tx, "office", "recall", "SKU-1", "L1", "異物")
    answer = packer.scan(message(1, lot="L1"))
    assert (answer.key, answer.args["why"]) == ("lot.recalled", "異物")
    with shop.transaction() as tx:
        lots.recall(tx, "office", "again", "SKU-1", "L1", "", recalled=False)
    assert packer.scan(message(1, lot="L1")).key == "pack.ok"


def test_a_question_about_other_goods_hides_no_recall(packer, shop):
    keep(shop, "SKU-1", lot_policy="lot", shelf="E-01")
    put_lot(shop, "SKU-1", "L1", "", 5)
    with shop.transaction() as tx:
        lots.recall(tx, "office", "recall", "SKU-1", "L1", "異物")
    packer.scan("1001")
    change(shop, "UPDATE products SET no_code = 1 WHERE sku = 'SKU-2'")
    packer.scan("KP-SHORT")
    packer.scan("KP-R-MISSING")
    assert packer.scan("KP-NOCODE").ask["kind"] == "no_code"
    packer.scan("KP-CANCEL")
    packer.scan("KP-UNDO")
    assert packer.scan(CUP.piece, since=900).key == "pack.ok"
    keep(shop, "SKU-2", keyed=1)
    assert packer.scan(message(1, lot="L1")).key == "lot.recalled"
    packer.scan("KP-NOCODE")
    assert packer.scan(message(1, lot="L1")).key == "lot.recalled"


def test_lots_are_listed_by_expiry_and_wrong_ones_named(shop):
    keep(shop, "SKU-1", lot_policy="lot_expiry", shelf="E-01")
    put_lot(shop, "SKU-1", "L2", "2079-06-30", 5)
    put_lot(shop, "SKU-1", "L1", "79.3", 2)
    with shop.reading() as tx:
        found = lots.page(tx)
        shown = [(row.lot, row.expiry, row.pieces) for row in found]
        assert shown == [("L1", "2079-03-31", 2), ("L2", "2079-06-30", 5)]
        assert [row.lot for row in lots.page(tx, until="2079-04-01")] == ["L1"]
        assert lots.page(tx, recalled=True) == []
    with shop.transaction() as tx, pytest.raises(NotFound):
        lots.put(tx, "office", "a", "SKU-99", "L1", "")
    with shop.transaction() as tx, pytest.raises(NotAllowed):
        lots.put(tx, "office", "b", "SKU-1", "L1", "soon")
    with shop.transaction() as tx, pytest.raises(NotAllowed):
        lots.put(tx, "office", "c", "SKU-2", "L1", "")


def test_a_serial_goes_once_ever_and_undo_gives_it_back(packer, shop):
    keep(shop, "SKU-3", lot_policy="serial")
    packer.scan("1002")
    assert packer.scan(PHONE.piece).ask["kind"] == "serial"
    assert packer.scan("S-1").key == "pack.ok"
    assert packer.scan(message(3, serial="S-1")).key == "serial.twice"
    packer.scan("KP-UNDO")
    assert packer.scan(message(3, serial="S-1")).key == "pack.ok"
    assert packer.scan(message(3, serial="S-2")).key == "pack.ok"
    assert packer.scan(CUP.piece).key == "order.closed"
    packer.scan("1004")
    seen = packer.scan(message(3, serial="S-1"))
    assert (seen.key, seen.args["other"]) == ("serial.seen", "1-001")
    packer.scan(message(3, serial="S-9"))
    packer.scan("KP-CANCEL")
    packer.scan("1004")
    assert packer.scan(message(3, serial="S-9")).key == "pack.ok", (
        "an order that was handed back gives its serials back"
    )


def test_the_pace_guard_goes_by_the_readers_clock(packer):
    packer.scan("1001")
    assert packer.scan(TEA.piece, since=5000).key == "pack.ok"
    assert packer.scan(TEA.piece, since=90).key == "pace.ask"
    assert packer.scan(TEA.piece, since=80).key == "pace.ask"
    assert packer.scan(TEA.piece, since=700).key == "pack.ok"
    assert packer.scan(CUP.piece, since=90).key == "pack.ok"
    assert packer.scan(TEA.piece, since=90).key == "order.closed"


def test_a_code_of_two_products_is_asked_about_again_after_a_restart(shop):
    change(
        shop,
        "INSERT INTO product_codes (product_id, code, fold, kind, quantity) "
        "SELECT id, ?, ?, 'gtin', 1 FROM products WHERE sku = 'SKU-2'",
        *("0" + TEA.piece, "0" + TEA.piece),
    )
    packer = Station(shop)
    packer.scan("1001")
    asked = packer.scan(TEA.piece)
    assert (asked.key, [each["sku"] for each in asked.ask["options"]]) == ("which.ask", ["SKU-1", "SKU-2"])
    assert [each["sku"] for each in Station(shop).look().ask["options"]] == ["SKU-1", "SKU-2"]
    assert packer.scan("KP-2").key == "pack.ok"
    packer.scan(TEA.piece)
    assert packer.scan("SKU-1").key == "pack.ok"
    assert [row[3] for row in steps_of(shop)] == ["chosen", "chosen"]


def test_a_typed_number_counts_and_leaders_are_told(packer, shop):
    with_people(shop)
    keep(shop, "SKU-4", keyed=1)
    packer.scan("KU-P1")
    packer.scan("1003")
    packer.scan(BAG.piece)
    assert packer.scan("KP-QUANTITY").key == "quantity.leader_needed"
    set_to(shop, **{"quantity.keyed": "anyone"})
    packer.scan("KP-UNDO")
    packer.scan(BAG.piece)
    assert packer.scan("KP-QUANTITY").ask["kind"] == "quantity"
    assert packer.scan("7").key == "quantity.too_many"
    answer = packer.scan("6")
    assert (answer.key, answer.done) == ("pack.ok", 6)
    told = query(shop, "SELECT what, detail, person_id, leader_id FROM overrides")
    assert told == [("keyed", "SKU-4", 1, 1)]
    assert packer.scan("KP-UNDO").done == 1


def test_goods_without_a_code_need_a_second_badge(packer, shop):
    with_people(shop)
    packer.scan("KU-P1")
    packer.scan("1001")
    assert packer.scan("KP-NOCODE").key == "nocode.ask_person"
    assert packer.scan("KU-P1").key == "nocode.another_person"
    answer = packer.scan("KU-L1")
    assert (answer.key, answer.person["name"], answer.done) == ("pack.ok", "山田", 1)
    assert steps_of(shop)[0][3:] == ("no_code", "", 2)
    keep(shop, "SKU-1", no_code=1)
    packer.scan("KP-NOCODE")
    assert packer.scan("KP-R-DAMAGED").key == "pack.ok"
    assert query(shop, "SELECT what, reason, leader_id FROM overrides ORDER BY id") == [
        ("no_code", "", 2),
        ("no_code", "damaged", None),
    ]


def test_a_leader_allows_with_badge_and_reason_and_the_packer_goes_on(packer, shop):
    with_people(shop)
    keep(shop, "SKU-4", unit_scan=1)
    packer.scan("KU-P1")
    packer.scan("1003")
    refused = packer.scan(BAG.case)
    assert (refused.key, refused.args["allow"]) == ("guard.unit_scan", "unit_scan")
    assert packer.scan("KP-ALLOW").key == "allow.leader_needed"
    assert packer.scan("KU-L1").key == "allow.unit_scan"
    answer = packer.scan("KP-R-OTHER")
    assert (answer.key, answer.done, answer.person["name"]) == ("pack.ok", 6, "山田")
    assert query(shop, "SELECT what, reason, person_id, leader_id FROM overrides") == [("unit_scan", "other", 1, 2)]
    facts = json.loads(query(shop, "SELECT facts FROM journal ORDER BY id DESC LIMIT 1")[0][0])
    assert [each["fact"] for each in facts] == ["Packed", "Allowed"]


def test_only_what_the_shop_lets_pass_can_be_allowed_and_only_straight_away(packer, shop):
    with_people(shop)
    keep(shop, "SKU-4", unit_scan=1)
    packer.scan("KU-P1")
    packer.scan("1003")
    packer.scan(BAG.case)
    packer.scan(CUP.piece)
    assert packer.scan("KU-L1").key == "person.signed_in"
    set_to(shop, **{"override.allowed": "expired"})
    assert "allow" not in packer.scan(BAG.case).args
    assert packer.scan("KP-ALLOW").key == "allow.nothing"


def test_a_case_of_a_look_alike_is_refused(packer, shop):
    keep(shop, "SKU-4", alike=1)
    packer.scan("1003")
    assert packer.scan(BAG.case).key == "guard.unit_scan_alike"
    assert packer.scan(BAG.piece).key == "pack.ok"


def test_goods_that_keep_lots_take_no_more_than_twelve_statements(shop, monkeypatch):
    from app.storage.database import Transaction

    keep(shop, "SKU-1", lot_policy="lot_expiry", shelf="E-01")
    keep(shop, "SKU-3", lot_policy="serial")
    put_lot(shop, "SKU-1", "L1", "2079-03-31", 9)
    packer = Station(shop)
    counts = []
    for name in ("one", "rows", "run", "many"):
        real = getattr(Transaction, name)

        def counted(self, *args, real=real, **more):
            counts[-1:] = [counts[-1] + 1]
            return real(self, *args, **more)

        monkeypatch.setattr(Transaction, name, counted)
    for raw in ("1001", TEA.piece, TEA.piece, TEA.piece):
        counts.append(0)
        assert packer.scan(raw).level == "ok"
    assert max(counts[1:]) <= 12, counts


def test_policies_have_a_home_in_the_rules():
    assert [each.keeps_lot or each.keeps_expiry for each in LotPolicy] == [False, True, True, True, False]
