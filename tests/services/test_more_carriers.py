"""Carriers beside Yamato and e飛伝III in both databases: their file out, numbers back, files that may not be long."""

import csv
import io

import pytest

from app.carriers._choose import carrier
from app.services import carriers as carriers_service
from app.storage import carriers as carriers_storage
from tests.makers import faults_of, query, set_to
from tests.services.shipping import SAGAWA, YAMATO, Warehouse, order, tracking

ACCOUNTS = {"sagawa_e2": {"customer_code": "123456789012"}}
SERVICES = {
    "sagawa_e2": "hikyaku",
    "japanpost_yupri": "yu_pack",
    "japanpost_web": "yu_pack",
    "japanpost_clickpost": "click_post",
    "plain_table": "parcel",
}
HEADERS = {
    "sagawa_e2": ["お問合せ送り状No", "お客様管理ナンバー", "出荷個数"],
    "japanpost_yupri": ["お客様側管理番号", "お問い合わせ番号", "郵便種別"],
    "japanpost_web": ["お問い合わせ番号", "摘要/記事"],
    "japanpost_clickpost": ["追跡番号", "お届け先氏名", "内容品"],
    "plain_table": ["お客様管理番号", "送り状番号"],
}
"""What the carrier's own program writes, as far as it matters."""


def house_of(database, open_another, identity):
    made = Warehouse(database, open_another)
    set_to(database, carrier_default=f"{identity}/{SERVICES[identity]}")
    with database.transaction() as tx:
        carriers_storage.put_account(tx, identity, 0, ACCOUNTS.get(identity, {}))
    return made


def rows_of(path, *, header=True):
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("cp932"), newline="")))
    return rows[1:] if header else rows


def issued(identity, rows, path, first=0):
    """Write the numbers, from *first* on, that the carrier's program gives to *rows* of the file that went out."""
    key_at = {"sagawa_e2": 8, "japanpost_yupri": 0, "japanpost_web": 61, "japanpost_clickpost": 7, "plain_table": 0}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADERS[identity])
    for at, row in enumerate(rows, first):
        key, number = row[key_at[identity]], tracking(at)
        writer.writerow(
            {
                "sagawa_e2": [number, key, "1"],
                "japanpost_yupri": [key, number, "0"],
                "japanpost_web": [number, key],
                "japanpost_clickpost": [number, row[1], key],
                "plain_table": [key, number],
            }[identity]
        )
    path.write_bytes(text.getvalue().encode("cp932"))
    return path


@pytest.mark.parametrize("identity", SERVICES)
def test_a_number_comes_back_to_the_order_that_it_was_asked_for(database, open_another, tmp_path, identity):
    house = house_of(database, open_another, identity)
    house.take_in(*[order(f"A-{n}") for n in range(1, 4)])
    house.release()
    done = house.export(identity, batch=1)
    assert done.kept_out == ()
    path = house.write_out(done.files[0].id, tmp_path)
    rows = rows_of(path, header=identity != "japanpost_web")
    assert len(rows) == 3
    report = house.take_numbers(issued(identity, rows, tmp_path / "back.csv"))
    assert (report.carrier, report.counts["numbered"], report.problems, report.missing) == (identity, 3, [], [])
    found = query(database, "SELECT number FROM waybills ORDER BY sequence")
    assert found == [(tracking(at),) for at in range(3)]
    assert not faults_of(database)


def test_click_post_gets_files_of_forty_rows_with_every_order_once(database, open_another, tmp_path):
    identity = "japanpost_clickpost"
    house = house_of(database, open_another, identity)
    house.take_in(*[order(f"{n:02d}") for n in range(85)])
    house.release()
    done = house.export(identity)
    assert [(each.rows, each.shipments) for each in done.files] == [(40, 40), (40, 40), (5, 5)]
    paths = [house.write_out(each.id, tmp_path) for each in done.files]
    assert len({path.name for path in paths}) == 3
    keys = [row[7].split()[-1] for path in paths for row in rows_of(path)]
    asked = query(database, "SELECT key FROM waybills ORDER BY batch, sequence")
    assert keys == [key for (key,) in asked]
    assert carrier(identity).MOST_ROWS == 40
    for at, path in enumerate(paths):
        report = house.take_numbers(issued(identity, rows_of(path), tmp_path / f"back{at}.csv", first=40 * at))
        assert (report.counts["numbered"], report.problems, report.missing) == (done.files[at].rows, [], [])
    found = query(database, "SELECT number FROM waybills ORDER BY batch, sequence")
    assert found == [(tracking(at),) for at in range(85)]
    assert not faults_of(database)


def test_the_house_chooses_among_the_carriers_that_it_uses(database, open_another):
    with database.reading() as tx:
        assert len(carriers_service.used(tx)) > 5  # nothing is laid down yet: every one
    Warehouse(database, open_another)
    with database.reading() as tx:
        assert carriers_service.used(tx) == {YAMATO, SAGAWA}
    with database.transaction() as tx:
        carriers_storage.put_pickups(tx, "japanpost_yupri", ["16:00"])
    with database.reading() as tx:
        assert carriers_service.used(tx) == {YAMATO, SAGAWA, "japanpost_yupri"}
    offered = carriers_service.services("en", {"japanpost_yupri"})
    assert [each.title for each in offered] == ["Japan Post (Yu-Pri R) Yu-Pack", "Japan Post (Yu-Pri R) Yu-Packet"]
