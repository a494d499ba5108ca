"""A long parcel for proofs and replays: many scans, refusals, a piece short, three boxes that were weighed, a photo."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image

from app.domain.orders import Address
from app.domain.people import Role
from app.storage import people
from app.storage.database import Database
from tests.makers import Goods, Station, change, incoming, query, set_to, stocked, take_in

NAMES = {
    1: ("有機抹茶パウダー 50g", "Organic matcha powder 50 g"),
    2: ("有機抹茶パウダー 100g", "Organic matcha powder 100 g"),
    3: ("湯のみ なみ紋 青", "Tea cup, wave pattern, blue"),
    4: ("茶せん 八十本立", "Tea whisk, 80 prongs"),
    5: ("みさき珈琲 ドリップ 10袋", "Misaki drip coffee, 10 bags"),
    6: ("ガラス茶漉し", "Glass tea strainer"),
}
GOODS = {
    number: Goods(number, stock=90, more={"name": names[0], "name_en": names[1]}) for number, names in NAMES.items()
}
HOME = Address("見本 花子", "150-0001", "東京都", "渋谷区", "神宮前1-2-3 見本ビル 405", "03-1234-5678")
MINUTE = 60_000


def shop(database: Database) -> None:
    """Goods, two people, and an order of 40 pieces."""
    stocked(database, GOODS.values())
    set_to(database, scan_pace_ms="0", shop_name="くもの雑貨店")
    with database.transaction() as tx:
        people.add(tx, "佐藤 美咲", "SATO", Role.PACKER, "")
        people.add(tx, "Linh Nguyen", "LINH", Role.LEADER, "")
        wanted = tuple((f"SKU-{number}", 7 if number < 5 else 6) for number in NAMES)
        take_in(tx, incoming("A-2001", *wanted, ship_to=HOME, buyer=HOME), shop="くもの雑貨店 楽天市場店")


def pack(database: Database, name: str = "3") -> int:
    """Pack it, with six refusals and a piece short; return the order."""
    bench = Station(database, name)
    stray = Goods(99, more={"name": "湯のみ なみ紋 赤"})
    with database.transaction() as tx:
        from tests.makers import add_goods

        add_goods(tx, stray)
    assert bench.scans("KU-SATO", "A-2001") == ["person.signed_in", "order.opened"]
    for number in range(1, 5):
        for piece in range(7):
            if (number, piece) in ((1, 2), (2, 5), (3, 1), (4, 6)):
                assert bench.scan(stray.piece).level == "refused"
            assert bench.scan(GOODS[number].piece).level == "ok"
    assert bench.scan("NO SUCH CODE").level == "refused"
    assert bench.scan("KP-UNDO").level == "ok"
    assert bench.scan(GOODS[4].piece).level == "ok"
    for _ in range(6):
        bench.scan(GOODS[5].piece)
    assert bench.scan(GOODS[5].piece).level == "refused"
    for _ in range(5):
        bench.scan(GOODS[6].piece)
    bench.scans("KP-SHORT", "KP-R-DAMAGED")
    closed = bench.scan("KP-DONE")
    assert closed.key == "order.closed_short", closed
    return int(query(database, "SELECT id FROM orders WHERE number = 'A-2001'")[0][0])


def in_boxes(database: Database, order: int) -> None:
    """Part it into three boxes with weights, waybills and a hand-over, as they come from scale and dock."""
    ((parcel,),) = query(database, "SELECT id FROM parcels WHERE order_id = ?", order)
    steps = query(database, "SELECT id FROM steps WHERE order_id = ? AND kind = 'pack' ORDER BY id", order)
    for at, (step,) in enumerate(steps):
        change(database, "UPDATE steps SET box = ? WHERE id = ?", 1 + at * 3 // len(steps), step)
    for piece, (grams, expected) in enumerate(((1234, 1228), (987, 1003), (None, 640)), 1):
        change(
            database,
            "INSERT INTO boxes (parcel_id, piece, carton, weight_g, expected_g, tolerance_g, why) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            parcel, piece, "60サイズ 宅急便コンパクト" if piece < 3 else "ネコポス", grams, expected, 24,
            "" if grams else "no_scale",
        )  # fmt: skip
        change(
            database,
            "INSERT INTO waybills (order_id, batch, sequence, version, issue, key, piece, pieces, carrier, service, "
            "cod, state, number, parcel_id, requested_at) "
            "VALUES (?, 1, 1, 1, 1, '1-001-1', ?, 3, 'yamato_b2', 'takkyubin', 0, 'attached', ?, ?, 1)",
            order, piece, f"44441370001{piece}", parcel,
        )  # fmt: skip
    ((leader,),) = query(database, "SELECT id FROM people WHERE code = 'LINH'")
    ((at,),) = query(database, "SELECT max(at) FROM journal WHERE order_id = ?", order)
    change(
        database,
        "INSERT INTO overrides (act, at, station, person_id, leader_id, order_id, what, reason, detail) "
        "VALUES ('o', ?, '3', ?, ?, ?, 'weight', 'other', '987 g')",
        at, leader, leader, order,
    )  # fmt: skip


def photo(database: Database, folder: Path, order: int, box: int = 1, colour: str = "#C58B4B") -> Path:
    """Keep a photo as the camera would have."""
    file = f"2026-07/{order}-{box}-abcd.jpg"
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (1600, 1200), colour).save(path, "JPEG")
    data = path.read_bytes()
    ((at,),) = query(database, "SELECT max(at) FROM journal WHERE order_id = ?", order)
    change(
        database,
        "INSERT INTO photos (act, at, station, order_id, box, file, sha256, size) VALUES (?, ?, '3', ?, ?, ?, ?, ?)",
        f"photo-{box}", at, order, box, file, hashlib.sha256(data).hexdigest(), len(data),
    )  # fmt: skip
    return path
