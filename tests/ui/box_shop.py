"""A shop that packs with care: cartons, sets, fragile and cold goods, inserts and a scale; on the real screens."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.domain.carton_list import ListedCarton
from app.domain.people import Role
from app.services import carton_plans, people, release, weighing
from app.services.desk import Desk
from app.services.products import import_products
from app.storage import carton_plans as plans_storage
from app.storage import cartons as cartons_storage
from app.storage.database import Database
from tests.makers import change, ean, query, set_to
from tests.services.shipping import Warehouse, order
from tests.ui.test_loop import act, label, number_all, slip

TEA, MATCHA, GLASS, POT, SWEETS, LEAF = (ean(number) for number in range(31, 37))
PICTURES = Path(__file__).resolve().parents[2] / "resources" / "demo" / "pictures"
COLUMNS = (
    "sku", "name", "name_en", "code", "shelf", "stock", "weight_g", "length_mm", "width_mm", "height_mm", "picture",
    "fragile", "pack_note", "pack_picture", "temperature", "parts",
)  # fmt: skip
WRAP = "プチプチで2回まき、口を上にして入れてください。"
GOODS: tuple[dict[str, object], ...] = (
    {"sku": "HOJ-010", "name": "ほうじ茶ラテ 10本入", "name_en": "Hojicha latte", "code": TEA,
     "shelf": "A-01-03", "weight_g": 600, "length_mm": 180, "width_mm": 120, "height_mm": 60, "picture": "HOJ-080.png"},
    {"sku": "MAT-100", "name": "有機抹茶パウダー 100g", "name_en": "Matcha 100 g", "code": MATCHA,
     "shelf": "A-02-11", "weight_g": 130, "length_mm": 120, "width_mm": 90, "height_mm": 40, "picture": "MAT-100.png",
     "pack_note": "袋の口を下にしないでください。"},
    {"sku": "GLA-350", "name": "ガラス茶漉し 350ml", "name_en": "Glass strainer", "code": GLASS,
     "shelf": "B-07-02", "weight_g": 250, "length_mm": 110, "width_mm": 90, "height_mm": 80, "picture": "CUP-BLU.png",
     "fragile": "yes", "pack_note": WRAP, "pack_picture": "GFT-BOX.png"},
    {"sku": "POT-120", "name": "南部鉄瓶 1.2L", "name_en": "Iron kettle 1.2 L", "code": POT,
     "shelf": "B-09-01", "weight_g": 2400, "length_mm": 220, "width_mm": 200, "height_mm": 170},
    {"sku": "ICE-006", "name": "冷蔵 わらび餅 6個", "name_en": "Chilled warabi mochi, 6 pieces", "code": SWEETS,
     "shelf": "R-01-01", "weight_g": 320, "length_mm": 150, "width_mm": 100, "height_mm": 50, "temperature": "chilled"},
    {"sku": "LEAF-AU", "name": "秋のカタログ", "name_en": "Leaflet", "code": LEAF,
     "shelf": "Z-01-01", "weight_g": 38},
    {"sku": "SET-TEA", "name": "お茶くらべセット", "parts": "HOJ-010;MAT-100"},
)  # fmt: skip
S60 = ListedCarton("M-1", (240, 160, 110), (246, 166, 122), 10_000, name="宅急便 60", tare_g=130, cost_yen=60)
S80 = ListedCarton("M-2", (300, 230, 190), (306, 236, 202), 15_000, name="宅急便 80", tare_g=210, cost_yen=90)
CARTONS = (S60, S80)


def fill(house: Warehouse, desk: Desk, folder: Path, *, cartons: bool = True) -> None:
    """Enter goods and cartons; each order has a slip and a waybill."""
    set_to(house.database, scan_pace_ms="0", weight_check="refuse")
    for each in GOODS:
        for name in ("picture", "pack_picture"):
            if name in each:
                shutil.copy(PICTURES / str(each[name]), folder / str(each[name]))
    path = folder / "products.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows([{"stock": "" if "parts" in each else 90, **each} for each in GOODS])
    report = import_products(desk, [path], pictures=folder)
    assert report.usable
    assert not report.problems, report.problems
    if cartons:
        with house.database.transaction() as tx:
            for each in CARTONS:
                cartons_storage.put(tx, each)
            plans_storage.list_changed(tx)


def take(house: Warehouse, desk: Desk, number: str, *wanted: tuple[str, int], plan: bool = True, **more: Any) -> str:
    """Take an order in and release it, with its proposal and its waybills; return what its slip says."""
    names = {str(each["sku"]): str(each["name"]) for each in GOODS}
    made = order(number, *wanted, **more)
    house.take_in(replace(made, lines=tuple(replace(line, name=names[line.sku]) for line in made.lines)))
    if plan:
        carton_plans.settle(desk)
    act(house, release.at_once, list(house.ids(number)))
    number_all(house)
    return slip(house, number)


def extra(
    house: Warehouse, number: str, kind: str, name: str, sku: str = "", *, shown: bool = False, wanted: int = 1
) -> str:
    """Add something that goes in beside the goods; return what is scanned for it."""
    found = query(house.database, "SELECT id FROM products WHERE sku = ?", sku) if sku else []
    product = found[0][0] if found else None
    order_id = house.id(number)
    change(
        house.database,
        "INSERT INTO extras (order_id, position, kind, product_id, name, wanted, shown) "
        "SELECT ?, 1 + count(*), ?, ?, ?, ?, ? FROM extras WHERE order_id = ?",
        order_id, kind, product, name, wanted, int(shown), order_id,
    )  # fmt: skip
    change(house.database, "UPDATE orders SET extras = extras + 1 WHERE id = ?", order_id)
    ((identity,),) = query(house.database, "SELECT max(id) FROM extras")
    return LEAF if sku else f"KN-{identity}"


def scale(house: Warehouse, state: str = "ok", station: str = "3") -> None:
    """Say that a scale stands at the bench."""
    with house.database.transaction() as tx:
        weighing.put_scale(tx, station, state)


def badges(database: Database) -> None:
    """Enter a packer (KU-P1) and a leader (KU-L1)."""
    with database.transaction() as tx:
        for code, name, role in (("P1", "山田", Role.PACKER), ("L1", "佐藤", Role.LEADER)):
            people.add(tx, "leader", str(uuid4()), name, code, role)


def care(player: Any, house: Warehouse) -> Iterator[str]:
    """Lead the bench through boxes, inserts and the scale; yield the name of each state while it is shown."""
    desk = player.window.desk
    fill(house, desk, player.window.station.config.folder)
    slip_a = take(house, desk, "G-1", ("SET-TEA", 1), ("GLA-350", 1), ("POT-120", 1))
    leaf = extra(house, "G-1", "insert", "秋のカタログ", "LEAF-AU")
    noshi = extra(house, "G-1", "noshi", "御祝 山田")
    extra(house, "G-1", "material", "プチプチ", shown=True, wanted=2)
    scale(house)
    badges(house.database)
    player.scan("KU-P1")
    player.scan(slip_a)
    player.rest(0.3)
    yield "carton before the first piece"
    said = player.scan(player.wanted_code)
    assert said == "pack.ok", said
    yield "carton and lines"
    player.key("F2")
    yield "box menu"
    player.key("Esc")
    while player.asked == "item":
        last = player.wanted_code
        player.scan(last)
        if last == GLASS:
            yield "instruction with picture"
        elif last == MATCHA:
            yield "instruction"
        elif player.asked == "item":
            yield f"next after {last}"
    yield "insert"
    player.scan(label(house, "G-1"))
    yield "insert first"
    player.scan(leaf)
    yield "noshi"
    player.scan("KN-999")
    yield "another's noshi"
    player.scan(noshi)
    assert player.asked == "weight", player.asked
    yield "weight"
    player.scan("KP-DONE")
    yield "weight first"
    player.scan("KG-2")
    yield "empty scale"
    answer = player.window.pack.view.answer
    player.scan("KG-590")
    yield "too light"
    player.scan("KU-L1")
    yield "why allowed"
    player.key("F7")
    yield "allowed"
    assert answer is not None
    for piece in (1, 2):
        if player.asked == "weight":
            player.scan("KG-FAULT")
        if player.asked == "waybill" and piece <= player.window.pack.view.boxes:
            if piece == 1:
                yield "waybill"
            player.scan(label(house, "G-1", piece))
    yield "closed"


def more(player: Any, house: Warehouse) -> Iterator[str]:
    """Lead the bench through what is rarer: cold goods, no proposal, other cartons, moves, shadow mode."""
    desk, pack = player.window.desk, player.window.pack
    fill(house, desk, player.window.station.config.folder)
    player.scan(take(house, desk, "C-1", ("ICE-006", 2), ("HOJ-010", 2)))
    player.rest(0.3)
    player.scan(SWEETS)
    yield "cold goods"
    pack.view.read_at -= 1_300
    pack._tick()
    yield "too long out of the cold"
    player.key("F2")
    player.key("F10")
    yield "maker's carton"
    player.key("F2")
    player.scan("KX-M-1")
    yield "another carton"
    player.key("F2")
    player.scan("KX-XXL")
    yield "unknown carton"
    player.key("Esc")
    player.key("Esc")
    player.key("F11")
    player.scan(take(house, desk, "C-2", ("LEAF-AU", 1), ("HOJ-010", 1)))
    extra(house, "C-2", "cold", "保冷剤 小", "LEAF-AU", wanted=2)
    player.rest(0.3)
    yield "no size"
    while player.asked == "item":
        player.scan(player.wanted_code)
    yield "cold packs"
    player.key("F4")
    yield "no insert"
    player.key("F5")
    player.key("F11")
    player.scan(take(house, desk, "C-3", ("POT-120", 3)))
    player.rest(0.3)
    player.scan(POT)
    yield "box two begins"
    player.scan(POT)
    yield "box three begins"
    player.key("F2")
    yield "menu of several"
    player.key("F9")
    yield "move"
    player.key("Esc")
    player.key("F11")
    set_to(house.database, pack_check="shadow")
    player.scan(take(house, desk, "C-4", ("MAT-100", 1), ("HOJ-010", 1)))
    player.rest(0.3)
    player.scan(GLASS)
    yield "only recorded"
