"""Watched folders: whole files are taken in once and put away, others wait, bad ones go aside; nothing is ever lost."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import SettingsWrong
from app.services import archive, folder_watch, folders, half_written
from app.services.desk import Desk, new_act
from app.services.folder_watch import FolderWatch
from app.services.folders import FolderDraft, FolderState
from tests.makers import Goods, faults_of, only_on_sqlite, query, set_to, stocked
from tests.services.test_intake import COLUMNS, MAPPING

pytestmark = only_on_sqlite
GOOD = ",".join(COLUMNS) + "\n1001,,SKU-1,Thing,1,,花子,\n"


class Place:
    """A watched folder, and who looks into it."""

    def __init__(self, desk, folder, data):
        self.desk, self.folder, self.data = desk, folder, data
        folder.mkdir()
        (data / "m.toml").write_text(MAPPING, encoding="utf-8")
        self.draft = FolderDraft("shop", path=str(folder), channel="csv", shop="shop", mapping=str(data / "m.toml"))
        self.id = self.save(self.draft)
        self.watch = FolderWatch(desk, data, "en")

    def save(self, draft, folder=0):
        done = self.desk.do(frozenset(), folders.save, self.desk.station, new_act(), draft, folder)
        return done.result()

    def put(self, name="orders.csv", text=GOOD):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def look(self, times=2):
        return sum(self.watch.once() for _ in range(times))

    @property
    def row(self):
        (found,) = self.desk.read(folders.folder_list).result()
        return found

    def said(self):
        return self.row.state, self.row.said_key

    def ask(self, statement, *values):
        return query(self.desk.database, statement, *values)

    def kinds(self):
        return [kind for (kind,) in self.ask("SELECT kind FROM imports ORDER BY id")]

    def files(self):
        found = [each.relative_to(self.folder) for each in self.folder.rglob("*") if each.is_file()]
        return sorted("/".join(each.parts[:1] + each.parts[-1:]) if len(each.parts) > 1 else str(each)
                      for each in found if each.name != folder_watch.MARKER)  # fmt: skip


@pytest.fixture
def place(database, open_another, tmp_path):
    stocked(database, [Goods(1, stock=50)])
    desk = Desk(open_another(), "office")
    yield Place(desk, tmp_path / "in", tmp_path)
    desk.stop()
    assert faults_of(database) == []


@pytest.fixture
def clock(monkeypatch):
    """Time that a test moves on."""
    ahead = [0.0]
    real = time.monotonic
    monkeypatch.setattr(folder_watch.time, "monotonic", lambda: real() + ahead[0])

    def move(seconds):
        ahead[0] += seconds

    return move


def test_a_whole_file_is_taken_in_and_put_away_under_its_day(place):
    place.put()
    assert (place.look(1), place.kinds()) == (0, [])
    assert (place.look(1), place.kinds()) == (1, ["orders"])
    assert place.files() == ["done/orders.csv"]
    assert place.said() == (FolderState.GOOD, "")
    ((path, folder),) = place.ask("SELECT path, folder_id FROM imports")
    assert (Path(path).read_text(encoding="utf-8"), folder) == (GOOD, place.id)
    assert place.ask("SELECT number FROM orders") == [("1001",)]


def test_a_name_that_is_taken_gets_a_number_and_no_file_is_ever_overwritten(place):
    for number in (1, 2, 3):
        place.put(text=GOOD.replace("1001", str(1000 + number)))
        place.look()
    assert place.files() == ["done/orders (2).csv", "done/orders (3).csv", "done/orders.csv"]
    texts = {path.read_text(encoding="utf-8") for path in place.folder.rglob("orders*.csv")}
    assert len(texts) == 3


def test_a_file_that_cannot_be_used_goes_aside_with_its_report(place):
    place.put("bad.csv", "")
    path = place.put("odd.csv", "a,b\n1,2\n")
    place.look()
    assert not path.exists()
    assert place.files() == ["aside/odd.csv", "aside/odd.csv.txt", "bad.csv"]  # an empty one waits a while
    report = (place.folder / "aside" / "odd.csv.txt").read_text(encoding="utf-8-sig")
    assert "odd.csv" in report
    assert "order" in report
    assert place.said() == (FolderState.REFUSED, "folders.refused")
    assert place.kinds() == ["refused"]


def test_an_empty_file_is_refused_in_the_end(place, clock):
    place.put("bad.csv", "")
    place.look()
    assert place.said() == (FolderState.WAITING, "folders.writing")
    clock(folder_watch.EMPTY_SECONDS + 1)
    place.look(1)
    assert place.files() == ["aside/bad.csv", "aside/bad.csv.txt"]


WRITER = """
import sys, time
text = sys.argv[2].encode()
with open(sys.argv[1], "wb", buffering=0) as file:
    for at in range(len(text)):
        file.write(text[at:at + 1])
        if at % 8 == 0:
            time.sleep(0.02)
    print("written", flush=True)
    sys.stdin.readline()
"""


def test_a_file_written_byte_by_byte_waits_until_its_writer_lets_go(place):
    target = place.folder / "slow.csv"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target), GOOD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        looks = 0
        while writer.poll() is None and looks < 40:
            place.look(1)
            assert place.kinds() == []
            looks += 1
        assert writer.stdout.readline() == "written\n"
        place.look(3)  # it looks the same now, and is open all the same
        assert place.kinds() == []
        assert place.said() == (FolderState.WAITING, "folders.writing")
    finally:
        writer.communicate("\n", timeout=10)
    assert place.look(2) == 1
    assert place.kinds() == ["orders"]


@pytest.mark.parametrize("name", [".hidden.csv", "~$orders.xlsx", "orders.csv.part", "a.CRDOWNLOAD", "b.tmp"])
def test_what_is_not_meant_to_be_read_is_left_alone(place, name):
    place.put(name)
    place.look(3)
    assert place.files() == [name]
    assert half_written.is_on_its_way(name)


def test_a_share_that_went_away_comes_back_by_itself(place):
    away = place.folder.rename(place.data / "away")
    place.look()
    assert place.said() == (FolderState.AWAY, "folders.away")
    away.rename(place.folder)
    place.put()
    assert place.look() == 1
    assert place.said() == (FolderState.GOOD, "")


def test_a_full_disk_while_archiving_leaves_the_file_and_takes_it_in_once(place, clock, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    real = os.replace
    monkeypatch.setattr(archive.os, "replace", full)
    place.put()
    for _ in range(3):
        place.look()
        clock(folder_watch.AGAIN_SECONDS + 1)
    assert place.said() == (FolderState.FULL, "folders.cannot_move")
    assert place.files() == ["orders.csv"]
    assert place.kinds() == ["orders"]
    again = FolderWatch(place.desk, place.data, "en")  # the program was started anew
    for _ in range(3):
        again.once()
    assert place.kinds() == ["orders"]
    monkeypatch.setattr(archive.os, "replace", real)
    clock(folder_watch.AGAIN_SECONDS + 1)
    assert again.once() == 1
    assert place.files() == ["done/orders.csv"]


def test_a_person_who_wants_it_looked_at_now_need_not_wait(place, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    real = os.replace
    monkeypatch.setattr(archive.os, "replace", full)
    place.put()
    place.look()
    monkeypatch.setattr(archive.os, "replace", real)
    assert place.look() == 0  # it waits a while
    place.desk.do(frozenset(), folders.look_now, place.desk.station, new_act(), place.id).result()
    assert place.said() == (FolderState.NEW, "")
    assert place.look(1) == 1
    assert place.said() == (FolderState.GOOD, "")


KILLED = """
import os, signal, sys
from pathlib import Path
from app.services import archive
from app.services.desk import Desk
from app.services.folder_watch import FolderWatch
from app.storage.database import open_database
archive.put_away = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
watch = FolderWatch(Desk(open_database(sys.argv[1]), "office"), Path(sys.argv[2]), "en")
watch.once()
watch.once()
"""


def test_a_program_killed_between_commit_and_move_takes_the_file_in_once(place, url):
    place.put()
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(place.data)], timeout=60, check=False)
    assert done.returncode == -9
    assert (place.kinds(), place.files()) == (["orders"], ["orders.csv"])
    assert place.look() == 1
    assert (place.kinds(), place.files()) == (["orders"], ["done/orders.csv"])
    assert place.ask("SELECT count(*) FROM orders") == [(1,)]


def test_what_an_import_brings_about_is_done_though_its_program_was_killed_before(place, monkeypatch):
    set_to(place.desk.database, carrier_default="yamato_b2/takkyubin")
    where = 'postcode = "zip"\nprefecture = "state"\ncity = "city"\nstreet = "street"\nphone = "tel"'
    (place.data / "m.toml").write_text(MAPPING.split("[rules]")[0].replace('name = "to"', f'name = "to"\n{where}'))
    rows = [f"{number},SKU-1,Thing,{pieces},花子,150-0001,東京都,渋谷区,神宮前見本1-2,03-0000-0001"
            for number, pieces in ((1, 1), (2, 2))]  # fmt: skip
    text = "\n".join(["order,sku,name,qty,to,zip,state,city,street,tel,box,note", *(f"{row},," for row in rows), ""])
    place.put(text=text)
    monkeypatch.setattr(folder_watch.intake, "settle", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        place.look()
    monkeypatch.undo()
    place.watch = FolderWatch(place.desk, place.data, "en")
    told = "SELECT count(*) FROM import_problems WHERE key = 'order.merge_proposed'"
    for name in ("orders.csv", "the same.csv"):  # it was not moved away; later somebody drops it once more
        place.put(name, text)
        assert place.look() == 1
        assert place.kinds() == ["orders"]
        assert place.ask("SELECT count(*) FROM holds WHERE hold = 'merge_proposed'") == [(2,)]
        assert place.ask("SELECT sum(reserved) FROM order_lines") == [(3,)]
        assert place.ask(told) == [(1,)]


def test_an_import_that_did_not_come_to_its_end_is_taken_in_anew(place, monkeypatch):
    monkeypatch.setattr("app.services.folder_watch.intake.import_files", lambda *_, **__: os.abort)
    path = place.put()
    with pytest.raises(AttributeError):
        place.look()
    monkeypatch.undo()
    assert path.exists()
    assert FolderWatch(place.desk, place.data, "en").once() == 0
    assert place.look() == 1


def test_another_database_that_looks_into_the_folder_is_named(place, clock):
    (place.folder / folder_watch.MARKER).write_text("packing-2\n/elsewhere", encoding="utf-8")
    place.put()
    place.look(3)
    assert place.said() == (FolderState.AWAY, "folders.watched_by")
    assert place.row.said_args == {"station": "packing-2"}
    assert place.kinds() == []
    clock(4 * folder_watch.MARKER_SECONDS)  # nobody wrote it anew: that one has stopped
    assert place.look() == 1


def test_a_folder_can_be_watched_once_and_everything_wrong_is_said(place):
    with pytest.raises(SettingsWrong, match="path_taken"):
        place.save(FolderDraft("other", path=str(place.folder / "sub"), station="packing-2"))
    for draft, field in (
        (FolderDraft(" ", path="/x"), "name"),
        (FolderDraft("shop", path="/x"), "name"),
        (FolderDraft("x", path="relative"), "path"),
        (FolderDraft("x", path="/x", kind="nonsense"), "kind"),
        (FolderDraft("x", path="/x", kind="errors"), "shop"),
    ):
        assert list(place.desk.read(folders.wrongs, draft).result()) == [field]


def test_a_folder_of_another_station_or_switched_off_is_left_alone(place):
    place.put()
    place.save(FolderDraft(**{name: getattr(place.draft, name) for name in place.draft.__slots__} | {"active": False}),
               place.id)  # fmt: skip
    place.look(3)
    assert place.kinds() == []
    place.save(FolderDraft(**{name: getattr(place.draft, name) for name in place.draft.__slots__} | {"station": "b"}),
               place.id)  # fmt: skip
    place.look(3)
    assert place.kinds() == []


def test_a_setting_that_is_wrong_is_said_and_the_file_stays(place):
    place.save(FolderDraft("shop", path=str(place.folder), channel="nonsense"), place.id)
    place.put()
    place.look(3)
    assert place.said() == (FolderState.WAITING, "folders.cannot_take")
    assert place.files() == ["orders.csv"]
    assert place.kinds() == []


SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def kind(place, **more):
    usual = {name: getattr(place.draft, name) for name in place.draft.__slots__} | {"channel": "", "mapping": ""}
    place.save(FolderDraft(**(usual | {"shop": ""} | more)), place.id)


def test_files_that_belong_together_wait_for_each_other_and_are_one_import(place, clock):
    kind(place, create_products=True)
    lines, orders = SAMPLES / "amazon" / "joined.txt", SAMPLES / "amazon" / "joined+orders.txt"
    place.put("orders.txt", orders.read_text(encoding="cp932"))
    place.look(3)
    assert place.said() == (FolderState.WAITING, "folders.waits_for_other")
    place.put("lines.txt", lines.read_text(encoding="cp932"))
    assert place.look() == 2
    assert place.kinds() == ["orders"]
    assert place.files() == ["done/lines.txt", "done/orders.txt"]
    ((path,),) = place.ask("SELECT path FROM imports")
    assert [Path(each).is_file() for each in path.split("\n")] == [True, True]
    place.put("alone.txt", orders.read_text(encoding="cp932") + "\n")
    place.look(2)
    clock(folder_watch.PAIR_SECONDS + 1)
    place.look(1)
    assert place.files()[:2] == ["aside/alone.txt", "aside/alone.txt.txt"]


def test_a_folder_of_products_takes_products(place):
    kind(place, kind="products")
    place.put("goods.csv", "sku,name\nPOT,Pot\n")
    assert place.look() == 1
    assert place.ask("SELECT name FROM products WHERE sku = 'POT'") == [("Pot",)]
    assert place.kinds() == ["products"]


def test_a_folder_of_numbers_takes_a_carriers_numbers_once_and_keeps_what_was_odd(place):
    kind(place, kind="numbers", channel="yamato_b2")
    returned = (SAMPLES / "yamato_b2" / "numbers.csv").read_bytes()
    (place.folder / "numbers.csv").write_bytes(returned)
    assert place.look() == 1
    assert place.files() == ["done/numbers.csv"]
    ((folder, path, told),) = place.ask(
        "SELECT folder_id, path, (SELECT count(*) FROM import_problems WHERE import_id = imports.id) FROM imports"
    )
    assert (folder, Path(path).name) == (place.id, "numbers.csv")
    assert Path(path).is_file()
    assert told > 0  # no waybill of this database has these keys
    place.put("odd.csv", "a,b\n1,2\n")
    place.look()
    assert place.kinds() == ["numbers", "refused"]
    assert "aside/odd.csv.txt" in place.files()
