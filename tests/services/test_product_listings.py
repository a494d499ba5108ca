"""One product, many shops: an order finds its product by the shop's own code, then by SKU."""

import pytest
from sqlalchemy import event

from app.domain.listings import ListingDraft
from app.errors import NotAllowed, NotFound
from app.services import product_listings
from app.services.desk import Desk, new_act
from app.storage import products as products_storage
from tests.makers import faults_of, only_on_sqlite
from tests.services.shelf_shop import Master


@pytest.fixture
def master(database, open_another, tmp_path):
    desk = Desk(open_another(), "1")
    yield Master(desk, tmp_path)
    desk.stop()
    assert faults_of(database) == []


def test_a_shops_own_code_goes_before_a_sku_and_means_nothing_in_another_shop(master):
    tea, cup = master.add("TEA"), master.add("CUP")
    mall = master.shop("Mall")
    master.list(cup, mall, "TEA")  # the mall calls the cup what the house calls the tea
    master.orders("Mall", ("1", "TEA"), ("2", "tea"))
    master.orders("Own", ("3", "TEA"), ("4", "tea"))
    assert [master.meant(number)[0] for number in "1234"] == ["CUP", "CUP", "TEA", "TEA"]
    assert tea != cup


def test_orders_that_wait_are_freed_when_a_listing_comes_and_held_when_it_goes(master):
    mall = master.shop("Mall")
    master.orders("Mall", ("1", "m-001"))
    master.orders("Own", ("2", "m-001"))
    assert master.meant("1") == (None, "received")
    listing = master.list(master.add("TEA"), mall, "M-001")
    assert master.meant("1") == ("TEA", "ready")
    assert master.meant("2") == (None, "received")  # another shop's code
    master.drop(listing)
    assert master.meant("1") == (None, "received")


def test_a_listing_that_moves_takes_its_orders_along_and_its_promises_stay_true(master):
    tea, cup, mall = master.add("TEA"), master.add("CUP"), master.shop("Mall")
    master.list(tea, mall, "M-1")
    master.orders("Mall", ("1", "M-1"))
    with pytest.raises(NotAllowed) as refused:
        master.list(cup, mall, "m-1")
    assert (refused.value.key, refused.value.args_["sku"]) == ("listing.code_taken", "TEA")
    master.list(cup, mall, "M-1", move=True)
    assert master.meant("1") == ("CUP", "ready")
    assert master.ask("SELECT count(*) FROM listings") == [(1,)]


@only_on_sqlite
def test_a_code_that_several_products_have_in_another_case_is_refused_by_name_and_never_made(master):
    for sku in ("tea", "TEA"):
        master.add(sku)
    report = master.orders("Mall", ("1", "Tea"), create_products=True)
    (said,) = [each for each in report.problems if each.key == "line.sku_ambiguous"]
    assert dict(said.args)["skus"] == "TEA, tea"
    assert master.meant("1") == (None, "received")
    assert master.ask("SELECT count(*) FROM products") == [(2,)]


@only_on_sqlite
def test_a_code_of_a_released_order_stays_what_it_was(master):
    tea, cup, mall = master.add("TEA"), master.add("CUP"), master.shop("Mall")
    master.list(tea, mall, "M-1")
    master.orders("Mall", ("1", "M-1"))
    master.desk.do(
        frozenset(), lambda tx: tx.connection.exec_driver_sql("UPDATE orders SET state = 'released'")
    ).result()
    master.list(cup, mall, "M-1", move=True)
    assert master.meant("1")[0] == "TEA"


@only_on_sqlite
def test_more_orders_than_an_act_reads_again_are_read_by_what_follows(master):
    mall = master.shop("Mall")
    number = product_listings.AT_ONCE + 5
    master.orders("Mall", *[(str(each), "M-1") for each in range(number)])
    tea = master.add("TEA")
    put = master.desk.do(frozenset(), product_listings.put, "1", new_act(), tea, mall, ListingDraft("M-1"))
    assert put.result() == 1
    waiting = "SELECT count(*) FROM order_lines WHERE product_id IS NULL"
    assert master.ask(waiting) == [(5,)]
    assert product_listings.follow(master.desk, mall, ["M-1"]) == 5
    assert master.ask(waiting) == [(0,)]


@only_on_sqlite
@pytest.mark.parametrize(
    ("draft", "key"),
    [
        (ListingDraft(" "), "listing.no_code"),
        (ListingDraft("A", price="twelve"), "listing.bad_price"),
        (ListingDraft("A", kept_back=-1), "listing.bad_kept_back"),
        (ListingDraft("A" * 101), "listing.too_long"),
    ],
)
def test_a_listing_that_cannot_be_right_is_refused(master, draft, key):
    tea, mall = master.add("TEA"), master.shop("Mall")
    with pytest.raises(NotAllowed) as refused:
        product_listings.put_and_follow(master.desk, tea, mall, draft)
    assert refused.value.key == key


@only_on_sqlite
def test_a_shop_that_is_not_there_or_there_twice_is_said(master):
    with pytest.raises(NotFound, match=r"listing\.no_shop"):
        master.desk.read(product_listings.shop_named, "Mall").result()


@only_on_sqlite
def test_the_codes_of_a_chunk_are_looked_up_in_one_statement(master):
    mall = master.shop("Mall")
    for number in range(3):
        master.list(master.add(f"SKU-{number}"), mall, f"M-{number}")
    said = []
    engine = master.desk.database.engine

    def count(_connection, _cursor, statement, *_):
        said.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    with master.desk.database.reading() as tx:
        said.clear()
        known = products_storage.known_to(tx, mall, ["M-1", "m-2", "SKU-0", "sku-1", "nothing"])
    event.remove(engine, "before_cursor_execute", count)
    assert {code: found[1] for code, found in known.found.items()} == {
        "M-1": "M-1", "m-2": "m-2", "SKU-0": "SKU-0", "sku-1": "SKU-1"
    }  # fmt: skip
    assert len(said) == 1
