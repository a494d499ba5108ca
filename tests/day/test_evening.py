"""The evening of three hundred orders: six shops in, three carriers out, nothing retyped, nothing twice.

Counts and sums are held against what the orders meant before any file was written, to the yen and to the piece.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from app.services import folder_watch, imports, mail_runner, reports
from tests.day.backroom import KilledAgain
from tests.day.bench import Key
from tests.day.evening import MAILED, Evening
from tests.day.evening_orders import BY_PRICE, CODES, RECOGNISED, cost
from tests.day.orders import EVENING_SHOPS, JAPAN_POST, POSTAGE, PRODUCTS, SAGAWA, YAMATO, Order
from tests.day.shift import the_books_are_right
from tests.makers import faults_of, only_on_sqlite
from tests.torture.shop import seed_of


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_watch, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(mail_runner, "_IDLE_SECONDS", 0.1)


@only_on_sqlite
def test_an_evening_of_forty_orders_agrees_to_the_yen_and_the_piece(url: str, tmp_path: Path) -> None:
    live_through(Evening(url, tmp_path / "files", 9, 40))


@pytest.mark.long
def test_an_evening_of_three_hundred_orders_agrees_to_the_yen_and_the_piece(url: str, tmp_path: Path) -> None:
    live_through(Evening(url, tmp_path / "files", 2026, 300))


@pytest.mark.torture
@pytest.mark.timeout(900)
@pytest.mark.parametrize("at", range(4))
def test_an_evening_whose_backroom_dies_again_and_again_agrees_all_the_same(url: str, tmp_path: Path, at: int) -> None:
    seed = seed_of(f"evening {at}")
    killed: list[KilledAgain] = []

    def backroom(url: str, folder: Path) -> KilledAgain:
        killed.append(KilledAgain(url, folder, seed))
        return killed[-1]

    live_through(Evening(url, tmp_path / "files", seed, 120, backroom_of=backroom))
    print(f"{killed[0].kills} kills")
    assert killed[0].kills >= 3


def live_through(found: Evening) -> None:
    """Begin an evening, run it, end it."""
    found.begin()
    try:
        run(found)
    finally:
        found.end()


def run(found: Evening) -> None:
    """Live through an evening and hold everything against everything."""
    with found.stage("files in"):
        the_files_come(found)
    with found.stage("report"):
        everything_came_once(found)
        the_wrong_file_goes_again(found)
        a_person_works_through_the_report(found)
    with found.stage("mails of receipt"):
        found.mails_out()
    with found.stage("later files"):
        the_shops_change_their_minds(found)
    amounts_agree(found)
    the_cheapest_carrier_is_chosen(found)
    found.lift_remarks()
    assert found.merge_all() == len({each.group for each in found.world.truth.values() if each.group})
    with found.stage("release, carriers, numbers"):
        found.release_all()
    in_flight(found)
    with found.stage("bench"):
        found.work()
    assert not found.world.wrong, "\n".join(found.world.wrong)
    assert found.world.moments == [], "a cancellation did not come"
    with found.stage("dock"):
        at_the_dock(found)
    assert found.audit() == []
    the_labels_say_where(found)
    the_books_are_right(found)
    the_stock_files_agree(found)
    with found.stage("reports"):
        the_reports_agree(found)
    with found.stage("mails"):
        found.mails_out()
    the_mails_agree(found)
    assert faults_of(found.house.desk.database) == []
    pieces = sum(found.world.truth[key].goods.total() for key in found.going())
    print({name: round(took, 2) for name, took in found.seconds.items()}, f"{len(found.going())} went, {pieces} pieces")


# --- in -----------------------------------------------------------------------------------------------------------


def the_files_come(found: Evening) -> None:
    """Each shop in its own way, while somebody looks."""
    day = found.made.day
    found.half_written("H", day.of("H"))
    rakuten = day.of("R")
    found.drop("R", [each for each in rakuten if int(each.number[-1]) % 3], "first")
    found.drop("R", rakuten, "whole")  # most of them once more
    catalogue = day.of("X")
    found.drop("X", catalogue[::2], "catalogue")
    found.spreadsheet("X", catalogue[1::2])
    found.drop("E", day.of("E"))
    (found.inbox("E") / "photo.csv").write_bytes(bytes(range(256)) * 40)
    found.drop("Z", day.of("Z"))
    found.drop("Y", day.of("Y"))
    found.taken_in()
    found.drop("Z", day.of("Z"), "again")  # the very same orders in another file
    found.taken_in()
    found.read_ids()


def everything_came_once(found: Evening) -> None:
    """Orders, lines, holds: just those that were meant; the file that is none lies aside with its report."""
    assert found.ids.keys() == found.first.keys()
    assert len(found.sql("SELECT id FROM orders")) == len(found.first)
    aside = [path for path in found.aside() if path.stat().st_size]  # who dies over it leaves an empty file
    assert sorted(path.suffix for path in aside if "photo" in path.name) == [".csv", ".txt"]
    assert len(aside) == 2
    holds: dict[Key, set[str]] = {key: set() for key in found.first}
    keys = {order: key for key, order in found.ids.items()}
    for order, hold in found.sql("SELECT order_id, hold FROM holds WHERE lifted_at IS NULL"):
        holds[keys[order]].add(hold)
    assert {key: held for key, held in holds.items() if held != meant_holds(found.first[key])} == {}
    states = dict(found.sql("SELECT id, state FROM orders"))
    meant = {
        key: "cancelled" if each.cancelled else "received" if holds[key] else "ready"
        for key, each in found.first.items()
    }
    assert {key: states[found.ids[key]] for key in meant if states[found.ids[key]] != meant[key]} == {}


def meant_holds(order: Order) -> set[str]:
    """What an order must wait for when it came in."""
    if order.cancelled:
        return set()
    kinds = {
        "remark": "remark", "remark_stays": "remark", "wrong_postcode": "bad_address", "no_phone": "missing_phone",
        "cancel_asked": "cancel_requested", "merge": "merge_proposed",
    }  # fmt: skip
    wanted = {kinds[order.kind]} if order.kind in kinds else set()
    wanted |= {"unpaid"} if order.unpaid else set()
    untied = {code for place, code in CODES.items() if place not in RECOGNISED}
    return wanted | ({"unknown_product"} if any(line.code in untied for line in order.sold) else set())


def the_wrong_file_goes_again(found: Evening) -> None:
    """Last month's file is dropped by mistake, and taken back whole."""
    before = found.digest()
    found.drop("X", found.made.wrong_file, "last-month")
    found.taken_in()
    assert len(found.sql("SELECT id FROM orders")) == len(found.first) + len(found.made.wrong_file)
    taken = imports.take_back(found.house.desk, found.newest("last-month"))
    assert sorted(taken.removed) == sorted(each.number for each in found.made.wrong_file)
    assert (taken.restored, taken.kept) == ((), ())
    assert found.digest() == before


def a_person_works_through_the_report(found: Evening) -> None:
    """Postcodes as proposed, phone numbers typed, codes tied: then nothing is left that keeps an order out."""
    again: set[int] = set()
    for key, good in found.made.good.items():
        if found.first[key].kind == "no_phone":
            again.add(found.mend_phone(key, good))
        else:
            found.accept_proposal(key, good)
    for each in sorted(again):
        report = imports.run_again(found.house.desk, each)
        assert report.usable
    for letter, sku in CODES:
        if (letter, sku) not in RECOGNISED:
            found.tie(letter, sku)
    held = {hold for (hold,) in found.sql("SELECT hold FROM holds WHERE lifted_at IS NULL")}
    assert not held & {"bad_address", "missing_phone", "unknown_product"}
    assert len(found.sql("SELECT id FROM orders")) == len(found.first)


def the_shops_change_their_minds(found: Evening) -> None:
    """Newer files: some are cancelled, some paid."""
    for key, order in found.first.items():
        if order.kind == "cancelled_later":
            found.change("before", key, "cancel")
    paid = [key for key, order in found.first.items() if order.kind == "unpaid"]
    for key in paid:
        found.pay(key)
    assert not [key for key in paid if key not in found.going()]


def amounts_agree(found: Evening) -> None:
    """Every price, every piece and every total, as the shop charged it."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for order, sku, wanted, price in found.sql(
        "SELECT l.order_id, p.sku, l.wanted, l.price FROM order_lines l JOIN products p ON p.id = l.product_id"
    ):
        product = PRODUCTS[sku]
        assert Decimal(price) == product.price, (order, sku, price)
        lines.setdefault(order, []).append((wanted, sku))
    numbers = Counter(each[:2] for each in found.first)
    whole = 0
    for key, order in found.world.truth.items():
        counted = Counter[str]()
        for wanted, sku in lines.get(found.ids[key], []):
            counted[sku] += wanted
        assert counted == order.goods, key
        content = json.loads(found.sql("SELECT content FROM orders WHERE id = ?", found.ids[key])[0][0])
        totals = {name: Decimal(text) for name, text in content["totals"].items() if name != "currency"}
        # Shopify has one column for postage and fee; Amazon's fee is the driver's.
        assert totals.get("shipping") == POSTAGE + (order.fee if key[0] == "H" else 0), (key, totals)
        if key[0] in "RHXYE" and numbers[key[:2]] == 1:
            assert totals["total"] == order.total, (key, totals)
            whole += int(totals["total"])
        if "subtotal" in totals:
            assert totals["subtotal"] == order.subtotal, (key, totals)
        assert Decimal(content["cod_amount"] or 0) == order.to_collect, key
        assert content["email"] == order.email
    assert whole == sum(
        each.total for key, each in found.world.truth.items() if key[0] in "RHXYE" and numbers[key[:2]] == 1
    )
    cash = sum(cod for (cod,) in found.sql("SELECT cod FROM orders WHERE state <> 'cancelled'"))
    assert cash == sum(each.to_collect for key, each in found.world.truth.items())


def the_cheapest_carrier_is_chosen(found: Evening) -> None:
    """Each order of four shops goes by whoever is cheapest to its prefecture, cash included, and says what it costs."""
    rows = {row[0]: row[1:] for row in found.sql("SELECT id, carrier, service, rate FROM orders")}
    wrong: list[tuple[object, ...]] = []
    whole = 0
    for key, order in found.world.truth.items():
        if order.cancelled or key in found.cancelled:
            continue
        carrier, service, rate = rows[found.ids[key]]
        if (carrier, service) != (order.carrier, order.service):
            wrong.append((key, carrier, service, order.carrier))
        if key[0] in BY_PRICE:
            whole += rate
            if rate != cost(order, order.carrier):
                wrong.append((key, rate, cost(order, order.carrier)))
    assert wrong == []
    sent = [each for key, each in found.world.truth.items() if key[0] in BY_PRICE and key not in found.cancelled]
    assert whole == sum(cost(each, each.carrier) for each in sent if not each.cancelled)
    assert {each.carrier for each in sent} == {YAMATO, SAGAWA, JAPAN_POST}


# --- out ----------------------------------------------------------------------------------------------------------


def in_flight(found: Evening) -> None:
    """A shop cancels while the packer has the box in the hands; Amazon's files would only leave the order out."""

    def told(order: Order) -> bool:
        return order.shop != "Z" and order.kind in ("plain", "wish")

    found.plan("half", "cancel", lambda order: told(order) and order.goods.total() > 1)
    found.plan("slip", "cancel", told)


def at_the_dock(found: Evening) -> None:
    """The drivers of three carriers: two scan, one counts."""
    found.dock_by_scan(YAMATO)
    found.dock_by_scan(JAPAN_POST)
    found.dock_by_count(SAGAWA, found.pickup(SAGAWA), miscounted=1)
    for carrier in found.house.pickups:
        left = found.close_out(carrier).left
        assert (left.waiting, left.held, left.unlabelled, left.labels, left.pulls) == ((), (), (), (), ()), left


def the_labels_say_where(found: Evening) -> None:
    """Postcode and address of every parcel are those that the buyer meant, also where the file had them wrong."""
    wrong = []
    for key, box in found.world.boxes.items():
        if not box.gone or key != box.keys[0]:
            continue
        to = found.world.truth[key].to
        for label in box.labels:
            if label.postcode.replace("-", "") != to.postcode.replace("-", ""):
                wrong.append((key, label.postcode, to.postcode))
            if plain(label.address) != plain(to.prefecture + to.city + to.street):
                wrong.append((key, label.address, to.prefecture + to.city + to.street))
    assert wrong == []


def plain(text: str) -> str:
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", text).split())


def the_stock_files_agree(found: Evening) -> None:
    """Two shops hear of every product what is left: before less what went, less what is promised."""
    gone, promised = Counter[str](), Counter[str]()
    going = found.going()
    for key, order in found.world.truth.items():
        if key in going:
            gone += order.goods
        elif not order.cancelled and key not in found.cancelled:
            promised += order.goods
    wanted = {sku: each.stock - gone[sku] - promised[sku] for sku, each in PRODUCTS.items() if each.jan}
    for letter, path in found.stock_files().items():
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("cp932"), newline="")))
        assert rows[0] == ["商品コード", "在庫数"]
        assert {code: int(pieces) for code, pieces in rows[1:]} == wanted, letter


CALLED = {
    "R": {YAMATO: "1001", SAGAWA: "1002", JAPAN_POST: "1003"},
    "Z": {YAMATO: "Yamato", SAGAWA: "Sagawa", JAPAN_POST: "Japan Post"},
    "Y": {YAMATO: "1001", SAGAWA: "1002", JAPAN_POST: "1003"},
    "H": {YAMATO: "ヤマト運輸", SAGAWA: "佐川急便", JAPAN_POST: "日本郵便"},
    "E": {},
    "X": {YAMATO: "ヤマト", SAGAWA: "佐川", JAPAN_POST: "郵便"},
}


def the_reports_agree(found: Evening) -> None:
    """Each shop's file names every order that left with the numbers on its box, and nothing else."""
    told: dict[Key, list[str]] = {}
    for shop, path in found.send_reports().items():
        for number, ship_to, tracking, carrier, day in rows_of(shop, path):
            key = next(k for k in found.first if k[0] == shop and number in ("", k[1]) and ship_to in ("", k[2]))
            assert day == found.made.day.today.isoformat(), (key, day)
            assert carrier == CALLED[shop].get(found.world.truth[key].carrier, ""), (key, carrier)
            told.setdefault(key, []).append(tracking)
    assert {key: sorted(numbers) for key, numbers in told.items()} == tracked(found)
    for shop in EVENING_SHOPS:
        found.office(reports.acknowledge, found.shop(shop))
    states = Counter(state for (state,) in found.sql("SELECT state FROM orders"))
    assert states["acknowledged"] == len(told)
    assert states["shipped"] == states["reported"] == 0


def tracked(found: Evening) -> dict[Key, list[str]]:
    """Order -> the numbers on its box, each once, as the boxes really left."""
    return {
        key: sorted({label.number for label in box.labels})
        for box in found.world.boxes.values()
        if box.gone
        for key in box.keys
    }


def rows_of(shop: str, path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Read a report as its shop does: order number, ship-to, tracking number, carrier, day."""
    data = path.read_bytes()
    assert data.endswith(b"\r\n")
    text = data.decode("utf-8" if shop == "H" else "cp932")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if shop == "Z" else ","))
    match shop:
        case "R":
            assert rows[0] == ["注文番号", "送付先ID", "発送明細ID", "お荷物伝票番号", "配送会社", "発送日"]
            yield from ((number, to, tracking, carrier, day) for number, to, _, tracking, carrier, day in rows[1:])
        case "Z":
            assert path.suffix == ".txt"
            assert rows[0][:2] == ["TemplateType=OrderFulfillment", "Version=2011.1102"]
            names = rows[2]
            assert len(names) == 19
            for row in rows[3:]:
                cells = dict(zip(names, row, strict=True))
                number, tracking = cells["order-id"], cells["tracking-number"]
                yield number, "", tracking, cells["carrier-code"], cells["ship-date"]
        case "Y":
            assert rows[0] == ["OrderId", "ShipCompanyCode", "ShipInvoiceNumber1", "ShipDate", "ShipStatus"]
            for number, carrier, tracking, day, status in rows[1:]:
                assert status == "3"
                yield number, "", tracking, carrier, day.replace("/", "-")
        case "E":
            assert rows[0] == ["出荷ID", "お問い合わせ番号", "出荷日"]
            yield from (("", ship_to, tracking, "", day) for ship_to, tracking, day in rows[1:])
        case _:
            for number, tracking, carrier, day in rows[1:]:
                yield number, "", tracking, carrier, day.replace("/", "-")


def the_mails_agree(found: Evening) -> None:
    """Every buyer has just the mails that were due, once, from the right server, with the numbers of their boxes."""
    mailed = {key: each for key, each in found.first.items() if key[0] in MAILED}
    wanted: Counter[tuple[str, str, str]] = Counter()
    numbers: dict[tuple[str, str], set[str]] = {}
    for key, order in mailed.items():
        by_number = (order.email, "received", key[1])
        if not order.cancelled:
            wanted[by_number] = 1
        if order.unpaid:
            wanted[order.email, "pay_info", key[1]] = 1
        if key in found.paid:
            wanted[order.email, "paid", key[1]] = 1
    for key, labels in tracked(found).items():
        if key[0] in MAILED:
            wanted[found.first[key].email, "shipped", key[1]] += 1
            numbers.setdefault((found.first[key].email, key[1]), set()).update(labels)
    stored = found.sql(
        "SELECT m.recipient, m.kind, o.number, m.subject FROM mails m JOIN orders o ON o.id = m.order_id "
        "WHERE m.state = 'confirmed'"
    )
    assert Counter((to, kind, number) for to, kind, number, _ in stored) == wanted
    took = Counter((each.recipient, str(each.message["Subject"])) for each in found.took())
    assert took == Counter((to, subject) for to, _, _, subject in stored)
    kinds = {(to, subject): (kind, number) for to, kind, number, subject in stored}
    said: dict[tuple[str, str], set[str]] = {}
    for server, each in ((name, each) for name, of in found.servers.items() for each in of.took):
        assert (server == "mall") == each.recipient.endswith("@fw.example.jp"), each.recipient
        kind, number = kinds[each.recipient, str(each.message["Subject"])]
        if kind == "shipped":
            found_there = set(re.findall(r"\b[0-9]{12}\b", each.body))
            said.setdefault((each.recipient, number), set()).update(found_there)
    assert said == numbers
    waiting = found.sql("SELECT count(*) FROM mails WHERE state = 'waiting' AND kind <> 'delivered'")[0][0]
    assert waiting == 0
    later = found.sql("SELECT count(*) FROM mails WHERE state = 'waiting' AND kind = 'delivered'")[0][0]
    assert later == sum(key[0] in MAILED for key in tracked(found))
