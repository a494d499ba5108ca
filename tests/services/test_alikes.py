"""Look-alike goods in the database: found beside the work, counted from the journal, decided by leaders."""

from __future__ import annotations

import contextlib
import time
from uuid import uuid4

import pytest

from app.domain.alikes import alike_pairs
from app.errors import NotAllowed, NotFound
from app.services import alikes, aside, people, products
from app.services.desk import Desk
from app.services.upkeep import Upkeep
from tests.makers import Goods, Station, change, faults_of, incoming, query, stocked, take_in

NAMES = {
    1: "有機抹茶パウダー 50g",
    2: "有機抹茶パウダー 100g",
    3: "湯のみ なみ紋 青",
    4: "湯のみ なみ紋 赤",
    5: "砂時計 木枠",
    6: "ふろしき 市松",
}
GOODS = [Goods(number * 1000 + number * number, more={"name": name}) for number, name in NAMES.items()]
SKU = {number: goods.sku for number, goods in zip(NAMES, GOODS, strict=True)}


@pytest.fixture
def shop(database, open_another):
    return Shop(database, open_another)


class Shop:
    def __init__(self, database, another):
        self.database, self._another = database, another
        stocked(database, GOODS)

    @contextlib.contextmanager
    def desk(self, name="office"):
        made = Desk(self._another(), name)
        try:
            yield made
        finally:
            made.stop()

    def settle(self):
        with self.desk() as desk:
            return alikes.settle(desk)

    def keep(self):
        with self.desk() as desk:
            return alikes.keep(desk)

    def decide(self, a, b, decided, act=None):
        with self.database.transaction() as tx:
            return alikes.decide(tx, "office", act or str(uuid4()), SKU.get(a, a), SKU.get(b, b), decided)

    def pairs(self, **more):
        """The pairs as numbers, with reasons and decision."""
        number = {sku: each for each, sku in SKU.items()}
        with self.database.reading() as tx:
            rows = alikes.page(tx, **more)
        return [(number[row.a.sku], number[row.b.sku], *row.why, row.decided) for row in rows]

    def alike(self):
        """Numbers of the products that demand a scan of each piece because of a look-alike."""
        found = {row[0] for row in query(self.database, "SELECT sku FROM products WHERE alike = 1")}
        return {number for number, sku in SKU.items() if sku in found}

    def id(self, number):
        return query(self.database, "SELECT id FROM products WHERE sku = ?", SKU[number])[0][0]

    def rename(self, number, name):
        change(self.database, "UPDATE products SET name = ? WHERE sku = ?", name, SKU[number])

    def confuse(self, wanted, scanned, times, age_ms=60_000):
        """Scan one product where another is wanted, at a bench."""
        station = Station(self.database, "bench")
        number = f"O-{uuid4().hex[:8]}"
        with self.database.transaction() as tx:
            take_in(tx, incoming(number, (SKU[wanted], 1)))
        assert station.scan(number).key == "order.opened"
        keys = station.scans(*[GOODS[scanned - 1].piece] * times)
        assert keys == ["item.wrong"] * times
        station.scan("KP-CANCEL")
        station.scan("KP-CANCEL")
        change(self.database, "UPDATE orders SET state = 'cancelled' WHERE number = ?", number)
        self.age(age_ms)

    def age(self, ms):
        """Let the journal be older; it is append-only for everybody but this test."""
        self._triggers(False)
        change(self.database, "UPDATE journal SET at = at - ?", ms)
        self._triggers(True)

    def _triggers(self, on):
        if self.database.path is None:
            change(self.database, f"ALTER TABLE journal {'ENABLE' if on else 'DISABLE'} TRIGGER USER")
            return
        if on:
            for statement in self._kept:
                change(self.database, statement)
            return
        found = query(
            self.database, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        )
        self._kept = [statement for _, statement in found]
        for name, _ in found:
            change(self.database, f"DROP TRIGGER {name}")


def test_pairs_are_found_and_their_products_marked(shop):
    assert shop.settle() == alikes.Settled(found=2)
    assert sorted(shop.pairs()) == [(1, 2, "variant", ""), (3, 4, "variant", "")]
    assert shop.alike() == {1, 2, 3, 4}


def test_settling_again_writes_nothing(shop):
    shop.settle()
    rows = query(shop.database, "SELECT count(*) FROM journal")
    assert shop.settle() == alikes.Settled()
    assert query(shop.database, "SELECT count(*) FROM journal") == rows


def test_a_pair_goes_when_nothing_speaks_for_it_any_more(shop):
    shop.settle()
    shop.rename(4, "花瓶")
    assert shop.settle() == alikes.Settled(gone=1)
    assert shop.alike() == {1, 2}
    assert query(shop.database, "SELECT count(*) FROM alikes") == [(2,)]


def test_a_pair_whose_reasons_changed_is_written_again(shop):
    shop.settle()
    change(shop.database, "UPDATE products SET shelf = 'B-1' WHERE sku IN (?, ?)", SKU[3], SKU[4])
    assert shop.settle() == alikes.Settled(changed=1)
    assert (3, 4, "variant", "shelf", "") in shop.pairs()


def test_what_a_person_said_is_kept_and_not_proposed_again(shop):
    shop.settle()
    shop.decide(1, 2, "no")
    assert shop.alike() == {3, 4}
    shop.rename(1, "有機抹茶パウダー 30g")
    shop.settle()
    assert shop.alike() == {3, 4}
    shop.rename(1, "砂糖")
    shop.settle()
    shop.rename(1, "有機抹茶パウダー 50g")
    shop.settle()
    assert shop.alike() == {3, 4}
    assert shop.pairs(decided="no") == [(1, 2, "variant", "no")]
    shop.decide(2, 1, "auto")
    assert shop.alike() == {1, 2, 3, 4}


def test_a_pair_made_by_hand_stays_until_a_person_takes_it_back(shop):
    shop.decide(5, 6, "yes")
    assert shop.alike() == {5, 6}
    shop.settle()
    assert shop.alike() == {1, 2, 3, 4, 5, 6}
    assert shop.pairs(decided="yes") == [(5, 6, "hand", "yes")]
    shop.decide(6, 5, "auto")
    assert shop.alike() == {1, 2, 3, 4}
    assert shop.pairs(decided="yes") == []


def test_what_a_person_says_while_all_are_compared_stays(shop, monkeypatch):
    shop.settle()
    shop.rename(4, "花瓶")
    real = alikes._compared

    def meanwhile(*args):
        shop.decide(3, 4, "yes")
        return real(*args)

    monkeypatch.setattr(alikes, "_compared", meanwhile)
    shop.settle()
    assert shop.pairs(decided="yes") == [(3, 4, "variant", "yes")]
    assert shop.alike() == {1, 2, 3, 4}


def test_a_decision_is_an_act_that_counts_once(shop):
    act = str(uuid4())
    first = shop.decide(5, 6, "yes", act)
    shop.decide(5, 6, "no")
    assert shop.decide(5, 6, "yes", act) == first
    assert shop.pairs(decided="yes") == []
    assert query(shop.database, "SELECT count(*) FROM journal WHERE kind = 'alike'") == [(2,)]


def test_decisions_that_make_no_sense_are_refused(shop):
    with pytest.raises(NotFound) as unknown:
        shop.decide(1, "NO-SUCH", "yes")
    assert unknown.value.key == "alikes.no_product"
    with pytest.raises(NotAllowed) as one:
        shop.decide(1, 1, "yes")
    assert one.value.key == "alikes.one_product"
    with pytest.raises(NotAllowed) as word:
        shop.decide(1, 2, "perhaps")
    assert word.value.key == "alikes.bad_decision"


def test_a_packer_decides_nothing(shop):
    with shop.database.transaction() as tx:
        people.add(tx, "office", str(uuid4()), "田中", "102", "packer")
        people.sign_in(tx, "office", str(uuid4()), "102")
    with pytest.raises(NotAllowed) as refused:
        shop.decide(1, 2, "no")
    assert refused.value.key == "right.missing"


def test_verify_names_what_the_bench_is_not_told_and_finding_mends_it(shop):
    shop.settle()
    assert faults_of(shop.database) == []
    change(shop.database, "UPDATE products SET alike = 0 WHERE sku = ?", SKU[1])
    change(shop.database, "DELETE FROM alikes WHERE product_id = ? AND other_id = ?", shop.id(4), shop.id(3))
    assert sorted(faults_of(shop.database)) == ["verify.alike", "verify.alike_half"]
    with shop.desk() as desk:
        assert alikes.settle(desk, mend=True) == alikes.Settled()
    assert faults_of(shop.database) == []
    assert shop.alike() == {1, 2, 3, 4}
    assert len(shop.pairs()) == 2


# --- confusions ---------------------------------------------------------------------------------------------------


def test_confusions_are_counted_from_the_journal_once(shop):
    shop.confuse(5, 6, 2)
    shop.keep()
    shop.keep()
    found = query(shop.database, "SELECT wanted_id, scanned_id, times FROM confusions")
    assert found == [(shop.id(5), shop.id(6), 2)]
    assert shop.alike() == {1, 2, 3, 4}


def test_goods_confused_three_times_either_way_are_a_pair(shop):
    shop.keep()
    shop.confuse(5, 6, 2)
    shop.confuse(6, 5, 1)
    shop.keep()
    assert shop.pairs()[0] == (5, 6, "confused", "")  # the most confused come first
    assert shop.alike() == {1, 2, 3, 4, 5, 6}
    shop.settle()
    assert shop.alike() == {1, 2, 3, 4, 5, 6}


def test_a_person_who_says_not_alike_is_not_asked_again_by_confusions(shop):
    shop.decide(5, 6, "no")
    shop.confuse(5, 6, 4)
    shop.keep()
    assert shop.pairs(decided="no") == [(5, 6, "confused", "no")]
    assert shop.alike() == {1, 2, 3, 4}


def test_rows_that_are_too_young_wait(shop):
    shop.confuse(5, 6, 3, age_ms=0)
    shop.keep()
    assert query(shop.database, "SELECT count(*) FROM confusions") == [(0,)]
    shop.age(60_000)
    shop.keep()
    assert query(shop.database, "SELECT times FROM confusions") == [(3,)]


def test_many_journal_rows_are_read_in_parts(shop, monkeypatch):
    shop.confuse(5, 6, 7)
    monkeypatch.setattr(alikes, "_ROWS", 2)
    shop.keep()
    assert query(shop.database, "SELECT times FROM confusions") == [(7,)]


# --- when ---------------------------------------------------------------------------------------------------------


def test_upkeep_compares_when_products_came_and_not_again(shop, tmp_path):
    with shop.desk() as desk:
        upkeep = Upkeep(desk, tmp_path)
        upkeep.once()
        assert shop.alike() == {1, 2, 3, 4}
        shop.rename(6, "砂時計 木枠 大")
        upkeep.once()
        assert shop.alike() == {1, 2, 3, 4}  # nothing said that products changed
        stocked(shop.database, [Goods(77_777, more={"name": "有機抹茶パウダー 200g"})])
        upkeep.once()
        assert shop.alike() == {1, 2, 3, 4, 5, 6}


def test_another_station_leaves_the_comparing_to_the_one_that_began(shop):
    with shop.desk("1") as one, shop.desk("2") as two:
        assert one.chunk(frozenset(), alikes._claim).result()
        assert alikes.keep(two) == alikes.Settled()
        assert shop.alike() == set()
        alikes.settle(one)
        assert shop.alike() == {1, 2, 3, 4}
        assert alikes.keep(two) == alikes.Settled()


def test_a_product_file_brings_its_look_alikes_with_it(shop, tmp_path):
    file = tmp_path / "products.csv"
    file.write_text("sku,name\nWW-1,ガラス花瓶 大\nKK-2,ガラス花瓶 小\n", encoding="utf-8")
    with shop.desk() as desk:
        products.import_products(desk, [file])
        found = query(shop.database, "SELECT sku FROM products WHERE alike = 1")
        assert {"WW-1", "KK-2"} <= {row[0] for row in found}
        shop.age(60_000)
        assert alikes.keep(desk) == alikes.Settled()  # it was compared with the import already


def test_the_nearest_look_alike_is_shown_with_its_product(shop):
    shop.settle()
    shop.decide(1, 5, "yes")
    shop.confuse(1, 5, 1)
    shop.keep()
    with shop.database.reading() as tx:
        found = alikes.near(tx, [shop.id(1), shop.id(3), shop.id(6)])
    assert {one: near.other.sku for one, near in found.items()} == {shop.id(1): SKU[5], shop.id(3): SKU[4]}


def test_a_text_finds_pairs_by_sku_or_name(shop):
    shop.settle()
    assert len(shop.pairs(text="なみ")) == len(shop.pairs(text=SKU[3].lower())) == 1
    assert shop.pairs(text="%") == []
    assert len(shop.pairs(limit=1)) == 1
    assert shop.pairs(confused_only=True) == []


# --- many ---------------------------------------------------------------------------------------------------------


def many(shop, number):
    rows = []
    for at in range(number):
        colour = ("赤", "青", "黒")[at % 3]
        rows.append((f"M{at * 7919 % 1_000_003:07d}", f"m{at}", f"棚板{at // 3 * 7919 % 99991}番タイル 見本 {colour}"))
    with shop.database.transaction() as tx:
        mark = "?" if tx.dialect == "sqlite" else "%s"
        sql = f"INSERT INTO products (sku, fold, name) VALUES ({mark}, {mark}, {mark})"
        for start in range(0, len(rows), 500):
            for row in rows[start : start + 500]:
                tx.connection.exec_driver_sql(sql, row)


def test_many_products_are_compared_in_a_process_of_their_own_to_the_same_pairs(shop, monkeypatch):
    monkeypatch.setattr(alikes, "_MANY", 100)
    many(shop, 300)
    real, there = aside.Aside.run, []

    def run(self, function, *args, here):
        there.append(function)
        return real(self, function, *args, here=lambda: pytest.fail("it was compared here"))

    monkeypatch.setattr(aside.Aside, "run", run)
    shop.settle()
    assert there
    with shop.database.reading() as tx:
        goods = alikes.storage.goods(tx, 0, 10_000)
    found = query(shop.database, "SELECT product_id, other_id FROM alikes WHERE product_id < other_id")
    assert set(found) == set(alike_pairs(goods, {}))
    assert len(found) > 100


def test_a_scan_goes_between_the_chunks(shop, monkeypatch):
    monkeypatch.setattr(alikes, "_FIRST", 5)
    monkeypatch.setattr(alikes, "_LARGEST", 5)
    many(shop, 90)
    with shop.desk() as desk:
        desk.scan("KP-NEXT").result()
        waits = []
        work = desk._readers.submit(alikes.settle, desk)
        while not work.done():
            begin = time.perf_counter()
            assert desk.scan("KP-NEXT").result().key == "next.none"
            waits.append(time.perf_counter() - begin)
        assert work.result().found > 20
    between = query(shop.database, "SELECT seq FROM journal WHERE station = 'office' AND kind = 'alikes' ORDER BY seq")
    places = [row[0] for row in between]
    assert places[-1] - places[0] >= len(places), "scans went between the chunks"
    assert len(waits) > 3
