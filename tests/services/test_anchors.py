"""Anchors outside the database: a cut tail, hashes made anew and an old copy put back are seen, and named."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.anchors import read_anchors
from app.errors import FileUnusable
from app.services import anchors, verify
from app.services.desk import Desk
from app.services.upkeep import Upkeep
from app.storage.database import open_database
from tests.makers import Goods, Station, change, incoming, only_on_sqlite, query, set_to, stocked
from tests.storage.test_journal import (
    cut_tail,
    delete,
    edit,
    rehash,
    reorder,
    swap_stations,
    without_triggers,
)

TEA = Goods(1, stock=90)


class Shop:
    """Two stations that pack, a third desk that keeps anchors and verifies."""

    def __init__(self, database, another, folder):
        self.database, self.folder = database, folder
        stocked(database, [TEA], *[incoming(str(1001 + n), ("SKU-1", 2)) for n in range(12)])
        set_to(database, scan_pace_ms="0")
        self.desk = Desk(another(), "office-2")

    def work(self, name="1", orders=1):
        for _ in range(orders):
            assert Station(self.database, name).scans("KP-NEXT", TEA.piece, TEA.piece)[-1] == "order.closed"

    def keep(self):
        return anchors.keep(self.desk, self.folder)

    @property
    def file(self):
        return self.folder / "anchors.jsonl"

    def faults(self, copy=None):
        return verify.check(self.desk, self.folder, copy).faults

    def first(self):
        found = self.faults()
        return (found[0].key, found[0].args.get("station"), found[0].args.get("seq")) if found else None


@pytest.fixture
def shop(database, open_another, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    made = Shop(database, open_another, folder)
    yield made
    made.desk.stop()


# --- keeping ------------------------------------------------------------------------------------------------------


def test_an_anchor_says_where_every_station_ended(shop):
    shop.work("1", 2)
    shop.work("2")
    kept = shop.keep()
    ends = query(shop.database, "SELECT name, seq, head FROM stations WHERE seq > 0")
    assert kept.new
    assert dict(kept.anchor.heads) == {name: (seq, head) for name, seq, head in ends}
    assert anchors.read_file(shop.file).last == kept.anchor


def test_nothing_is_written_where_no_station_moved(shop):
    shop.work()
    assert shop.keep().new
    before = shop.file.read_bytes()
    assert not shop.keep().new
    assert shop.file.read_bytes() == before


def test_lines_are_chained_and_one_that_is_changed_or_taken_out_shows(shop):
    for _ in range(3):
        shop.work()
        shop.keep()
    lines = shop.file.read_text().splitlines()
    assert read_anchors(lines).broken == 0
    assert read_anchors([lines[0], lines[2]]).broken == 2
    assert read_anchors([lines[0], lines[1].replace('"at":1', '"at":2'), lines[2]]).broken == 2
    assert read_anchors([*lines[:2], "{}"]).broken == 3
    shop.file.write_text(f"{lines[0]}\n{lines[2]}\n")
    assert [each.key for each in shop.faults()] == ["verify.anchor_broken"]


def test_a_line_that_broke_off_when_the_power_went_counts_as_not_written(shop):
    shop.work()
    shop.keep()
    with shop.file.open("a") as file:
        file.write('{"at":17')
    assert shop.faults() == []
    shop.work()
    shop.keep()
    assert len(anchors.read_file(shop.file).anchors) == 2
    assert shop.faults() == []


def test_the_shop_may_say_another_place(shop):
    elsewhere = shop.folder.parent / "stick" / "chain.jsonl"
    set_to(shop.database, proof_anchor=str(elsewhere))
    shop.work()
    assert shop.keep().file == elsewhere
    assert elsewhere.exists()
    assert not shop.file.exists()


def test_a_place_that_cannot_be_written_is_named(shop):
    (shop.folder / "taken").write_text("")
    set_to(shop.database, proof_anchor=str(shop.folder / "taken" / "chain.jsonl"))
    shop.work()
    with pytest.raises(FileUnusable) as refused:
        shop.keep()
    assert refused.value.key == "anchor.not_writable"
    assert "chain.jsonl" in str(refused.value.args_["file"])


def test_the_file_of_another_database_is_not_gone_on_with(shop, tmp_path):
    shop.work()
    shop.keep()
    line = json.loads(shop.file.read_text())
    shop.file.write_text(json.dumps(line | {"database": "00000000000000aa"}) + "\n")
    shop.work()
    with pytest.raises(FileUnusable) as refused:
        shop.keep()
    assert refused.value.key == "anchor.other_database"
    assert "verify.anchor_foreign" in [each.key for each in shop.faults()]


def test_a_database_that_forgot_its_name_does_not_pass_for_another(shop):
    shop.work()
    shop.keep()
    change(shop.database, "DELETE FROM marks WHERE name = 'database'")
    assert shop.first()[0] == "verify.anchor_foreign"


def test_several_programs_keep_one_file_whole(shop, open_another):
    databases = [open_another() for _ in range(2)]

    def keep_many(number):
        desk = Desk(databases[number], f"k{number}")
        for _ in range(5):
            desk.scan("nonsense").result()
            anchors.keep(desk, shop.folder)
        desk.stop()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(keep_many, range(2)))
    found = anchors.read_file(shop.file)
    assert found.broken == 0
    assert [found.last.heads[name][0] for name in ("k0", "k1")] == [5, 5]
    assert shop.faults() == []


def test_upkeep_keeps_one_when_it_is_due_and_at_the_end(shop, monkeypatch):
    shop.work()
    upkeep = Upkeep(shop.desk, shop.folder)
    upkeep.once()
    assert len(anchors.read_file(shop.file).anchors) == 1
    shop.work()
    upkeep.once()  # ten minutes have not gone by
    assert len(anchors.read_file(shop.file).anchors) == 1
    monkeypatch.setattr(anchors, "EVERY_MS", 0)
    upkeep.once()
    assert len(anchors.read_file(shop.file).anchors) == 2
    shop.work()
    upkeep.stop()
    assert len(anchors.read_file(shop.file).anchors) == 3


def test_a_close_out_is_anchored_at_the_next_look(shop):
    shop.work()
    upkeep = Upkeep(shop.desk, shop.folder)
    upkeep.once()
    change(
        shop.database,
        "INSERT INTO handovers (act, at, station, carrier, pickup, counted, closed_at) "
        "VALUES ('x', 1, '1', 'c', 0, 0, ?)",
        anchors.read_file(shop.file).last.at + 1,
    )
    shop.work()
    upkeep.once()
    assert len(anchors.read_file(shop.file).anchors) == 2


def test_upkeep_goes_on_without_its_file(shop):
    (shop.folder / "taken").write_text("")
    set_to(shop.database, proof_anchor=str(shop.folder / "taken" / "chain.jsonl"))
    shop.work()
    assert Upkeep(shop.desk, shop.folder).once() == 0


# --- the seven kinds of tampering ---------------------------------------------------------------------------------


@pytest.fixture
def worked(shop):
    """Two stations that worked, anchored in between and at the end."""
    for name in ("1", "2"):
        shop.work(name)
    shop.keep()
    for name in ("1", "2"):
        shop.work(name, 2)
    shop.keep()
    assert shop.faults() == []
    without_triggers(shop.database)
    return shop


@pytest.mark.parametrize(
    ("tamper", "key"),
    [
        (edit, "verify.chain_changed"),
        (delete, "verify.chain_missing"),
        (reorder, "verify.chain_moved"),
        (swap_stations, "verify.chain_swapped"),
    ],
)
def test_an_entry_that_was_edited_deleted_moved_or_swapped_is_named(worked, tamper, key):
    tamper(worked.database)
    assert worked.first() == (key, "1", 4)


def test_a_tail_that_was_cut_is_named_although_the_station_was_told(worked):
    cut_tail(worked.database)
    change(
        worked.database,
        "UPDATE stations SET seq = 6, head = (SELECT hash FROM journal WHERE station = '1' AND seq = 6) "
        "WHERE name = '1'",
    )
    found = [each for each in worked.faults() if each.key.startswith("verify.anchor")]
    assert [(each.key, each.args["station"], each.args["seq"], each.args["last"]) for each in found] == [
        ("verify.anchor_cut", "1", 7, 9)
    ]


def test_a_station_that_was_taken_out_whole_is_named(worked):
    change(worked.database, "DELETE FROM journal WHERE station = '2'")
    change(worked.database, "UPDATE orders SET holder = '' WHERE holder = '2'")
    change(worked.database, "DELETE FROM stations WHERE name = '2'")
    assert ("verify.anchor_cut", 1) in [(each.key, each.args.get("seq")) for each in worked.faults()]


def test_hashes_that_were_all_made_anew_are_named_between_two_anchors(worked):
    change(worked.database, "UPDATE journal SET raw = 'x' WHERE station = '1' AND seq = 5")
    rehash(worked.database, "1", 5)
    found = worked.faults()[0]
    assert (found.key, found.args["station"]) == ("verify.anchor_rewritten", "1")
    assert (found.args["seq"], found.args["last"]) == (4, 9)  # the first anchor saw number 3, the second number 9


def test_anchors_kept_after_the_forgery_do_not_hide_it(worked):
    change(worked.database, "UPDATE journal SET raw = 'x' WHERE station = '1' AND seq = 5")
    rehash(worked.database, "1", 5)
    worked.keep()
    assert worked.first()[0] == "verify.anchor_rewritten"


@only_on_sqlite
def test_an_old_copy_that_was_put_back_is_named(shop):
    shop.work("1")
    shop.keep()
    shop.work("2")
    shop.work("1")
    copy = shop.folder.parent / "copy.db"
    with contextlib.closing(sqlite3.connect(shop.database.path)) as raw:
        raw.execute("VACUUM INTO ?", (str(copy),))
    shop.work("1")
    shop.keep()
    shop.desk.stop()
    shop.desk = Desk(open_database(f"sqlite:///{copy}"), "office-2")
    assert [(each.key, each.args.get("station")) for each in shop.faults()] == [
        ("verify.old_copy", None), ("verify.anchor_cut", "1"),
    ]  # fmt: skip


def test_every_chain_that_ends_at_one_earlier_moment_is_an_old_copy(worked):
    """On a server no file is put back, but its chains look the same."""
    for name in ("1", "2"):
        change(worked.database, "DELETE FROM journal WHERE station = ? AND seq > 5", name)
        change(
            worked.database,
            "UPDATE stations SET seq = 5, head = (SELECT hash FROM journal WHERE station = ? AND seq = 5) "
            "WHERE name = ?", name, name,
        )  # fmt: skip
    found = [(each.key, each.args.get("station")) for each in worked.faults()]
    at = found.index(("verify.old_copy", None))
    assert found[at + 1 : at + 3] == [("verify.anchor_cut", "1"), ("verify.anchor_cut", "2")]


def test_a_copy_of_the_anchors_kept_elsewhere_serves_as_well(worked):
    copy = worked.folder.parent / "stick.jsonl"
    shutil.copyfile(worked.file, copy)
    worked.file.unlink()
    change(worked.database, "UPDATE journal SET raw = 'x' WHERE station = '1' AND seq = 5")
    rehash(worked.database, "1", 5)
    checked = verify.check(worked.desk, worked.folder)
    assert (checked.faults, checked.anchors) == ([], None)  # nothing to hold the chains against, and it says so
    assert worked.faults(copy)[0].key == "verify.anchor_rewritten"
    with pytest.raises(FileUnusable):
        worked.faults(worked.folder / "no such file")


def test_what_was_anchored_is_still_sound_after_more_work(shop):
    shop.work()
    shop.keep()
    shop.work("1", 2)
    assert shop.faults() == []
