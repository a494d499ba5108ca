"""Whatever is edited, listed, dropped and imported: a listing leads to one product, a known code to its product."""

import os
import shutil
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import NotAllowed
from app.services import product_diff, product_edit, product_listings
from app.services.desk import Desk, new_act
from app.storage import products as products_storage
from app.storage.database import open_database
from tests.makers import ean, faults_of
from tests.services.shelf_shop import Master

CODES = ("A", "a", "B", "C", "M-1")
SHOPS = ("One", "Two")
_code, _shop = st.sampled_from(CODES), st.sampled_from(SHOPS)
_act = st.one_of(
    st.tuples(st.just("add"), _code),
    st.tuples(st.just("edit"), _code, st.sampled_from(("name", "price", "retired", "parts"))),
    st.tuples(st.just("list"), _code, _shop, _code, st.booleans()),
    st.tuples(st.just("drop"), st.integers(0, 3)),
    st.tuples(st.just("order"), _shop, _code),
    st.tuples(st.just("file"), _code, _shop, _code),
    st.tuples(st.just("delete"), _code),
)
_VALUES = {"name": "x", "price": "5", "retired": "yes", "parts": "C"}


def _do(master: Master, act: tuple) -> None:
    kind, *of = act
    known = dict(master.ask("SELECT sku, id FROM products"))
    if kind == "order":
        master.orders(of[0], (str(uuid4()), of[1]))
    elif kind == "drop":
        for (listing,) in master.ask("SELECT id FROM listings ORDER BY id")[of[0] : of[0] + 1]:
            ((shop, code),) = master.ask("SELECT shop_id, code FROM listings WHERE id = ?", listing)
            master.drop(listing)
            product_listings.follow(master.desk, shop, [code])
    elif kind == "add":
        master.add(of[0])
    elif kind == "edit":
        master.edit(known[of[0]], **{of[1]: _VALUES[of[1]]})
    elif kind == "list":
        master.list(known[of[0]], master.shop(of[1]), of[2], move=of[3])
    elif kind == "delete":
        master.desk.do(product_edit.TOPICS, product_edit.delete, "1", new_act(), known[of[0]]).result()
    else:
        path = master.file("p.csv", f"sku,code@{of[1]}\n{of[0]},{of[2]}\n")
        product_diff.import_shown(master.desk, product_diff.compare(master.desk, [path]))


def _check(master: Master) -> None:
    assert master.ask("SELECT shop_id, fold FROM listings GROUP BY shop_id, fold HAVING count(*) > 1") == []
    listed = {
        (shop, fold): product for shop, fold, product in master.ask("SELECT shop_id, fold, product_id FROM listings")
    }
    sets = {each for (each,) in master.ask("SELECT set_id FROM product_parts")}
    rows = master.ask(
        "SELECT o.shop_id, l.sku, l.product_id FROM order_lines l JOIN orders o ON o.id = l.order_id "
        "WHERE l.sold IS NULL"
    )
    with master.desk.database.reading() as tx:
        for shop, code, product in rows:
            known = products_storage.known_to(tx, shop, [code])
            own = listed.get((shop, code.casefold()))
            if own is not None and own not in sets:
                assert product == own
            assert (product is not None) == (code in known.found) or code in known.several
    assert faults_of(master.desk.database) == []


def _lives(acts, tmp_path, template) -> None:
    path = tmp_path / f"{uuid4()}.db"
    shutil.copyfile(template, path)
    database = open_database(f"sqlite:///{path}")
    desk = Desk(database, "1")
    try:
        master = Master(desk, tmp_path)
        for shop in SHOPS:
            master.shop(shop)
            master.orders(shop, *[(f"{shop} {code}", code) for code in CODES])
        for sku in ("A", "B"):
            master.add(sku)
        for act in acts:
            try:
                _do(master, act)
            except (NotAllowed, KeyError):
                continue  # refused, or there is no such product
        _check(master)
    finally:
        desk.stop()
        database.close()
        os.unlink(path)


_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=6, deadline=None, suppress_health_check=_CHECKS)
@given(acts=st.lists(_act, min_size=4, max_size=12))
def test_any_sequence_keeps_every_code_with_its_product(acts, tmp_path, sqlite_template):
    _lives(acts, tmp_path, sqlite_template)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=_CHECKS)
@given(acts=st.lists(_act, min_size=4, max_size=25))
def test_any_long_sequence_keeps_every_code_with_its_product(acts, tmp_path, sqlite_template):
    _lives(acts, tmp_path, sqlite_template)


_text = st.text(st.characters(categories=("L", "N"), max_codepoint=0x9FFF), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "name_en": _text.filter(lambda text: text.casefold() not in ("none", "なし")),
            "weight_g": st.integers(1, 99_999).map(str),
            "min_days": st.integers(0, 3650).map(str),
            "price": st.integers(0, 9_999_999).map(str),
            "tax_rate": st.sampled_from(("0.08", "0.1")),
            "temperature": st.sampled_from(("ambient", "chilled", "frozen")),
            "retired": st.sampled_from(("yes", "no")),
            "code": st.lists(st.integers(1, 9999), min_size=1, unique=True).map(lambda ns: ";".join(map(ean, ns))),
        },
    )
)
def test_a_text_that_is_read_is_shown_as_it_was_written(texts):
    given_, wrongs = product_edit._parsed({"sku": "X", **texts})
    assert (wrongs, given_ is not None) == ([], True)
    shown = product_edit.texts_of(given_)
    assert {name: shown[name] for name in texts} == texts
