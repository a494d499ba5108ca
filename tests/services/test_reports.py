"""Dispatch reports on both databases: only what left, each order once, every number, refused ones again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import FileUnusable, NotAllowed, NotFound, SettingsWrong
from app.services import orders, reports
from app.services.desk import Desk
from app.services.reports import ErrorsRead, Report
from tests.makers import Goods, change, faults_of, query, stocked
from tests.services.dock import SAGAWA, YAMATO, Dock, later, number_of

A, B, C = number_of(1), number_of(2), number_of(3)
ERRORS = """
[report_errors]
number = "注文番号"
ship_to_key = "送付先ID"
tracking = "番号"
reason = "内容"
"""


class Shop(Dock):
    """A dock whose orders are reported to Rakuten."""

    folder: Path
    desk: Desk | None = None

    @property
    def id(self) -> int:
        return int(query(self.database, "SELECT id FROM shops WHERE name = 'shop'")[0][0])

    def write(self, shop: int | None = None, **named: object) -> Report:
        made: Report = self.act(reports.write_report, shop or self.id, **named)
        return made

    def out(self, report: int) -> Path:
        assert self.desk is not None
        return reports.write_out(self.desk, report, self.folder / "out")

    def lines(self, report: int) -> list[str]:
        return self.out(report).read_bytes().decode("cp932").split("\r\n")[1:-1]

    def errors(self, text: str, name: str = "errors.csv", **named: object) -> ErrorsRead:
        assert self.desk is not None
        path = self.folder / name
        path.write_bytes(text.encode("cp932"))
        mapping = self.folder / "errors.toml"
        mapping.write_text(ERRORS, encoding="utf-8")
        return reports.read_errors(self.desk, path, self.id, mapping=str(mapping), **named)  # type: ignore[arg-type]

    def states(self) -> list[str]:
        return [self.state(number) for number in ("A-1", "A-2", "A-3")]


@pytest.fixture
def shop(database, open_another, tmp_path):
    """Three orders of a Rakuten shop: two are shipped, one still stands at the dock."""
    stocked(database, [Goods(1, stock=200)])
    made = Shop(database)
    made.fill("A-1", "A-2", "A-3")
    change(database, "UPDATE shops SET channel = 'rakuten' WHERE name = 'shop'")
    change(database, "UPDATE orders SET ship_to_key = '4711' WHERE number = 'A-1'")
    for number, waybill, carrier in (("A-1", A, YAMATO), ("A-2", B, SAGAWA), ("A-3", C, YAMATO)):
        made.going(number, carrier)
        made.label(number, waybill)
    made.act(orders.hand_over, [made.order("A-1"), made.order("A-2")])
    made.folder = tmp_path
    made.desk = Desk(open_another(), "office")
    yield made
    made.desk.stop()


def due(shop: Shop) -> list[reports.Due]:
    with shop.database.reading() as tx:
        return reports.due(tx, shop.id)


def today(shop: Shop) -> str:
    return query(
        shop.database,
        "SELECT date(at / 1000, 'unixepoch', '+9 hours') FROM handovers"
        if shop.database.path
        else "SELECT to_char(to_timestamp(at / 1000) + interval '9 hours', 'YYYY-MM-DD') FROM handovers",
    )[0][0]


# --- what is due --------------------------------------------------------------------------------------------------


def test_only_what_was_handed_over_is_due(shop):
    assert [(each.number, each.tracking, each.why_not) for each in due(shop)] == [("A-1", (A,), ""), ("A-2", (B,), "")]


def test_a_report_has_each_order_with_its_number_and_code(shop):
    made = shop.write()
    assert (made.rows, made.orders, made.left_out) == (2, 2, ())
    assert shop.states() == ["reported", "reported", "verified"]
    day = today(shop)
    assert shop.lines(made.id) == [f"A-1,4711,,{A},1001,{day}", f"A-2,,,{B},1002,{day}"]
    assert faults_of(shop.database) == []


@pytest.mark.parametrize(("channel", "suffix", "rows"), [("rakuten", ".csv", 3), ("amazon", ".txt", 5)])
def test_a_report_is_a_file_that_its_shop_takes(shop, channel, suffix, rows):
    change(shop.database, f"UPDATE shops SET channel = '{channel}' WHERE name = 'shop'")
    path = shop.out(shop.write().id)
    assert (path.suffix, path.read_bytes().count(b"\r\n")) == (suffix, rows)


def test_nothing_is_reported_twice_by_accident(shop):
    shop.write(act="one")
    assert shop.write(act="one").rows == 2, "the same act again"
    with pytest.raises(NotAllowed, match=r"report\.nothing_due"):
        shop.write()
    assert query(shop.database, "SELECT count(*) FROM reports") == [(1,)]


def test_every_number_of_an_order_is_a_row_and_a_shared_one_is_one(shop):
    change(shop.database, "UPDATE orders SET state = 'verified' WHERE number = 'A-3'")
    shop.label("A-3", number_of(31), 2, 3)
    shop.label("A-3", number_of(31), 3, 3)
    shop.act(orders.hand_over, [shop.order("A-3")])
    made = shop.write()
    assert (made.orders, made.rows) == (3, 4)
    assert [line.split(",")[3] for line in shop.lines(made.id)] == [A, B, C, number_of(31)]


def test_old_and_void_waybills_are_not_reported(shop):
    shop.label("A-1", number_of(41), state="void", issue=2, key="old-1")
    shop.label("A-1", number_of(42), state="handed_over", version=0, key="old-2")
    assert due(shop)[0].tracking == (A,)


def test_an_order_whose_number_is_missing_waits_and_is_named(shop):
    change(shop.database, "UPDATE waybills SET number = '', state = 'requested' WHERE number = ?", A)
    made = shop.write()
    assert [(each.number, each.why) for each in made.left_out] == [("A-1", "report.number_missing")]
    assert shop.states() == ["shipped", "reported", "verified"]
    with pytest.raises(NotAllowed, match=r"report\.only_left_out"):
        shop.write()
    change(shop.database, "UPDATE waybills SET number = ?, state = 'numbered' WHERE number = ''", A)
    assert shop.lines(shop.write().id)[0].split(",")[3] == A


def test_an_order_without_any_waybill_is_reported_without_a_number(shop):
    change(shop.database, "DELETE FROM waybills WHERE number = ?", A)
    assert shop.lines(shop.write().id)[0].startswith("A-1,4711,,,1001,")


def test_merged_orders_are_reported_to_each_shop_with_the_one_number(shop):
    shop.merge("A-3", "M-1", shop="other")
    change(shop.database, "UPDATE shops SET channel = 'rakuten' WHERE name = 'other'")
    shop.scan(C)
    other = query(shop.database, "SELECT id FROM shops WHERE name = 'other'")[0][0]
    assert [line.split(",")[3] for line in shop.lines(shop.write().id)] == [A, B, C]
    assert [line.split(",")[0::3][:2] for line in shop.lines(shop.write(other).id)] == [["M-1", C]]


def test_orders_that_left_before_hand_overs_were_kept_are_not_reported(shop):
    change(shop.database, "UPDATE parcels SET handover_id = NULL WHERE order_id = ?", shop.order("A-1"))
    assert [each.number for each in due(shop)] == ["A-2"]


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "2026-03-29"), ("Europe/London", "2026-03-28"), ("America/New_York", "2026-03-28")]
)
def test_the_day_is_that_of_the_shop(shop, zone, day):
    change(shop.database, "INSERT INTO settings (key, value) VALUES ('shop.timezone', ?)", zone)
    change(shop.database, "UPDATE handovers SET at = 1774740600000")  # 2026-03-28 23:30 UTC
    assert shop.lines(shop.write().id)[0].endswith(f",{day}")


# --- the file -----------------------------------------------------------------------------------------------------


def test_a_report_is_written_once_and_its_bytes_go(shop):
    made = shop.write()
    path = shop.out(made.id)
    assert path.name == made.file
    assert "rakuten_shop" in path.name
    assert query(shop.database, "SELECT state, data FROM reports") == [("written", None)]
    with pytest.raises(NotAllowed, match=r"report\.written"):
        shop.out(made.id)
    with pytest.raises(NotFound, match=r"report\.not_found"):
        shop.out(99)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_written_loses_nothing(shop):
    made = shop.write()
    (shop.folder / "out").write_text("a file where the folder should be")
    with pytest.raises(FileUnusable, match=r"file\.not_writable"):
        shop.out(made.id)
    (shop.folder / "out").unlink()
    assert len(shop.lines(made.id)) == 2


def test_sending_brings_out_what_waits_and_then_what_is_due(shop):
    waiting = shop.write()
    shop.act(orders.hand_over, [shop.order("A-3")])
    sent = reports.send(shop.desk, shop.id, shop.folder / "out")
    assert [path.name for path in sent.paths] == [waiting.file, sent.report.file]
    assert sent.report.orders == 1
    with pytest.raises(NotAllowed, match=r"report\.nothing_due"):
        reports.send(shop.desk, shop.id, shop.folder / "out")


def test_what_only_waits_is_sent_without_a_new_report(shop):
    made = shop.write()
    sent = reports.send(shop.desk, shop.id, shop.folder / "out")
    assert (sent.report, [path.name for path in sent.paths]) == (None, [made.file])


def test_a_program_that_dies_before_the_file_has_its_name_is_made_good(shop):
    made = shop.write()
    data = query(shop.database, "SELECT data FROM reports")[0][0]
    (shop.folder / "out").mkdir()
    (shop.folder / "out" / f".{made.file}.{made.id}.77-1.part").write_bytes(bytes(data))
    change(shop.database, "UPDATE reports SET state = 'written', data = NULL")
    sent = reports.send(shop.desk, shop.id, shop.folder / "out")
    assert sent.report is None
    assert [path.read_bytes() for path in sent.paths] == [bytes(data)]
    with pytest.raises(NotAllowed, match=r"report\.written"):
        shop.out(made.id)
    with pytest.raises(NotAllowed, match=r"report\.nothing_due"):
        reports.send(shop.desk, shop.id, shop.folder / "out")


def test_a_file_of_the_same_name_is_never_written_over(shop):
    made = shop.write()
    (shop.folder / "out").mkdir()
    (shop.folder / "out" / made.file).write_text("somebody's own")
    path = shop.out(made.id)
    assert path.name != made.file
    assert (shop.folder / "out" / made.file).read_text() == "somebody's own"


def test_again_only_with_a_reason_and_only_what_is_open(shop):
    first = shop.write()
    with pytest.raises(NotAllowed, match=r"report\.not_written"):
        shop.act(reports.write_again, first.id, "lost")
    shop.out(first.id)
    with pytest.raises(NotAllowed, match=r"report\.needs_reason"):
        shop.act(reports.write_again, first.id, " ")
    shop.errors(f"注文番号,送付先ID,番号,内容\r\nA-2,,{B},bad\r\n")
    again = shop.act(reports.write_again, first.id, "the upload was lost")
    assert [line.split(",")[0] for line in shop.lines(again.id)] == ["A-1"]
    assert shop.order("A-1", "report_id") == again.id
    with pytest.raises(NotAllowed, match=r"report\.nothing_left"):
        shop.act(reports.write_again, first.id, "again")


def test_who_may_not_report_is_told_so(shop):
    shop.sign_in("packer")
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        shop.write()
    assert shop.states()[0] == "shipped"


def test_a_shop_without_a_form_of_its_own_needs_a_mapping(shop):
    change(shop.database, "UPDATE shops SET channel = 'shopify' WHERE name = 'shop'")
    with pytest.raises(SettingsWrong, match=r"report\.no_mapping"):
        shop.write()
    assert shop.states()[0] == "shipped"
    change(shop.database, "INSERT INTO settings (key, value) VALUES ('report.mapping', 'plain')")
    text = shop.out(shop.write().id).read_text(encoding="utf-8")
    assert text.splitlines()[1:] == [f"A-1,{A},ヤマト運輸,{today(shop)}", f"A-2,{B},佐川急便,{today(shop)}"]


# --- what the shop answers ----------------------------------------------------------------------------------------


def test_refused_orders_are_due_again_and_the_rest_is_acknowledged(shop):
    made = shop.write()
    shop.out(made.id)
    read = shop.errors(f"注文番号,送付先ID,番号,内容\r\nA-1,4711,{A},伝票番号が不正です\r\n")
    assert [(each.number, each.tracking, each.reason) for each in read.failed] == [("A-1", (A,), "伝票番号が不正です")]
    assert read.problems == ()
    assert shop.states() == ["shipped", "reported", "verified"]
    assert [each.number for each in due(shop)] == ["A-1"]
    assert shop.act(reports.acknowledge, shop.id) == 1
    assert shop.states() == ["shipped", "acknowledged", "verified"]
    second = shop.write()
    assert second.orders == 1
    with shop.database.reading() as tx:
        newest, oldest = reports.page(tx, shop=shop.id)
    assert (oldest.id, oldest.orders, oldest.errors, newest.state) == (made.id, 2, 1, "made")
    assert query(shop.database, "SELECT kind, channel, shop FROM imports WHERE kind = 'errors'") == [
        ("errors", "rakuten", "shop"),
    ]  # fmt: skip
    assert faults_of(shop.database) == []


def test_the_same_error_file_twice_refuses_nothing_again(shop):
    text = f"注文番号,送付先ID,番号,内容\r\nA-1,4711,{A},bad\r\n"
    shop.out(shop.write().id)
    shop.errors(text)
    shop.out(shop.write().id)
    with pytest.raises(NotAllowed, match=r"report\.errors_seen"):
        shop.errors(text, "renamed.csv")
    assert shop.states()[0] == "reported"
    assert len(shop.errors(text, again=True).failed) == 1


def test_rows_that_mean_nothing_here_are_named_with_their_place(shop):
    shop.out(shop.write().id)
    read = shop.errors(
        "注文番号,送付先ID,番号,内容\r\n"
        "Z-9,,1,x\r\n"  # nobody's
        f"A-3,,{C},x\r\n"  # not reported
        "A-1,4711,999,x\r\n"  # another number
        "A-1,9,,x\r\n"  # another ship-to
        ",,,\r\n"
    )
    assert read.failed == ()
    assert [(each.row, each.key) for each in read.problems] == [
        (2, "report_error.unknown_order"), (3, "report_error.not_reported"), (4, "report_error.other_number"),
        (5, "report_error.unknown_order"),
    ]  # fmt: skip
    assert shop.states() == ["reported", "reported", "verified"]


def test_an_error_without_a_number_means_the_whole_order(shop):
    shop.out(shop.write().id)
    assert shop.errors("注文番号,送付先ID,番号,内容\r\nA-2,,,発送日が不正\r\n").failed[0].tracking == (B,)


def test_an_error_file_needs_a_mapping_that_fits(shop):
    assert shop.desk is not None
    path = shop.folder / "e.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(SettingsWrong, match=r"report\.no_error_mapping"):
        reports.read_errors(shop.desk, path, shop.id)
    with pytest.raises(FileUnusable, match=r"header\.missing_columns"):
        reports.read_errors(shop.desk, path, shop.id, mapping="plain")


def test_what_was_never_written_cannot_be_acknowledged(shop):
    made = shop.write()
    with pytest.raises(NotAllowed, match=r"report\.not_written"):
        shop.act(reports.acknowledge, shop.id, made.id)
    with pytest.raises(NotAllowed, match=r"report\.nothing_waits"):
        shop.act(reports.acknowledge, shop.id)
    shop.out(made.id)
    assert shop.act(reports.acknowledge, shop.id, made.id, act="ack") == 2
    assert shop.act(reports.acknowledge, shop.id, made.id, act="ack") == 2
    with pytest.raises(NotAllowed, match=r"report\.nothing_waits"):
        shop.act(reports.acknowledge, shop.id)


def test_a_clock_that_went_back_reports_each_order_once(shop):
    change(shop.database, "UPDATE handovers SET at = ?", later(30))
    assert shop.write().orders == 2
    with pytest.raises(NotAllowed, match=r"report\.nothing_due"):
        shop.write()
