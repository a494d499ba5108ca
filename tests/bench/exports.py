"""The files for the carriers' software of 10,000 released orders: worked out, written and kept, with every check."""

from __future__ import annotations

import shutil
import sqlite3
from time import perf_counter

from app.carriers._file import read_returned
from app.services import waybills
from app.services.desk import Desk
from app.storage import carriers as carriers_storage
from app.storage import settings as settings_storage
from app.storage import waybills as waybills_storage
from app.storage.database import Transaction, open_database
from tests.bench.measure import Row, Sample, note
from tests.bench.numbers import _prepare as prepare
from tests.bench.shop import scratch
from tests.carriers.making import sample

WAYBILLS = 10_000
MOST_SECONDS = 2.0
SENDER = {
    "shop.name": "見本商店",
    "shop.postcode": "100-0001",
    "shop.phone": "03-0000-0000",
    "shop.address": "東京都千代田区見本1-1",
}
CARRIERS = {"yamato_b2": "takkyubin", "sagawa_e3": "hikyaku"}


def measure(quick: bool, seed: int) -> list[Row]:
    """The export of 10,000 orders, from the waybills asked for to the bytes kept in the database."""
    del seed
    number, rounds = (1_000, 1) if quick else (WAYBILLS, 5)
    rows: list[Row] = []
    with scratch("exports") as folder:
        first = folder / "first.db"
        prepare(first, number)
        for carrier, service in CARRIERS.items():
            took = Sample()
            for at in range(rounds):
                note(f"export to {carrier}, round {at + 1} of {rounds}")
                path = shutil.copyfile(first, folder / f"{carrier}-{at}.db")
                took.times.append(_export(f"sqlite:///{path}", str(path), carrier, service, number))
            limit = MOST_SECONDS * number / WAYBILLS
            rows.append(Row.absolute(f"{number:,} orders exported to {carrier}", took, limit, by="p50"))
    return rows


def _export(url: str, path: str, carrier: str, service: str, number: int) -> float:
    raw = sqlite3.connect(path)
    raw.execute(
        "UPDATE waybills SET state = 'requested', export_id = NULL, position = NULL, carrier = ?, service = ?",
        (carrier, service),
    )
    raw.execute(
        "UPDATE orders SET carrier = ?, service = ?, content = "
        "replace(replace(content, '花子', '花子' || id), '2丁目1', '2丁目' || (id % 90))",
        (carrier, service),
    )
    raw.execute("DELETE FROM exports")
    raw.commit()
    raw.close()
    database = open_database(url)
    with database.transaction() as tx:
        carriers_storage.put_account(tx, carrier, carriers_storage.HOUSE, sample(carrier)[1])
        settings_storage.write(tx, SENDER)
    database.release()
    desk = Desk(database, "1")
    began = perf_counter()
    done = waybills.export_many(desk, carrier)
    took = perf_counter() - began
    data = desk.read(_bytes, done.files[0].id).result()
    desk.stop()
    assert not done.kept_out, done.kept_out[:3]
    assert sum(file.rows for file in done.files) == number
    assert len(list(read_returned("file.csv", data).records())) == number + 1
    return took


def _bytes(tx: Transaction, export: int) -> bytes:
    found = waybills_storage.export_row(tx, export)
    assert found is not None
    assert found[1] is not None
    return found[1]
