"""Saved mappings are channels on both databases: kept, recognised, used by name, and not removed while used."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from app.channels._report import report_mapping
from app.errors import NotAllowed, NotFound, SettingsWrong
from app.services import channels
from app.services.desk import Desk
from app.services.intake import import_files
from app.services.known_files import sort_out
from tests.makers import Goods, change, query, stocked
from tests.sheets.workbooks import xlsx

MINE = """
id = "whatever"
[title]
ja = "自社の表"
[recognise]
columns = ["番号", "品番", "数"]
[order]
number = "番号"
[ship_to]
name = "宛名"
[line]
sku = "品番"
quantity = "数"
[report]
columns = [{ name = "番号", value = "order_number" }]
"""
ROWS = [["番号", "品番", "数", "宛名"], ["A-1", "SKU-1", 2, "架空 花子"]]


@pytest.fixture
def desk(database, open_another):
    made = Desk(open_another(), "1")
    yield made
    made.stop()


def act(desk, function, *arguments):
    return desk.do(frozenset({"settings"}), function, desk.station, str(uuid4()), *arguments).result()


def keep(desk, name="自社", body=MINE, kind="orders"):
    return act(desk, channels.save_mapping, kind, name, body)


def test_a_saved_mapping_is_a_channel_at_every_station(desk, database, open_another, tmp_path: Path) -> None:
    stocked(database, [Goods(1, stock=9)])
    assert keep(desk) is True
    assert keep(desk, body=MINE + "# again\n") is False
    other = Desk(open_another(), "2")
    try:
        path = xlsx(tmp_path / "a.xlsx", {"表紙": [["一覧"]], "受注": ROWS})
        assert sort_out(other, [path]).orders == (path,)
        report = import_files(other, [path])
        assert (report.orders["added"], report.problems) == (1, [])
        assert query(database, "SELECT channel, name FROM shops") == [("自社", "自社")]
        shown = {each.id: each for each in other.read(channels.channel_list).result()}
        assert (shown["自社"].title["ja"], shown["自社"].own, shown["自社"].shops) == ("自社の表", True, ("自社",))
        assert not shown["shopify"].own
        again = import_files(other, [path], channel="自社")
        assert again.orders["same"] == 1
        assert import_files(other, [path], mapping="自社").orders["same"] == 1
    finally:
        other.stop()


def test_an_order_file_of_a_saved_mapping_is_not_taken_for_products(desk, tmp_path: Path) -> None:
    table = [["番号", "商品コード", "商品名", "数"], ["A-1", "SKU-1", "湯のみ", 2]]
    path = xlsx(tmp_path / "a.xlsx", {"受注": table})
    assert sort_out(desk, [path]).products == (path,)
    keep(desk, body=MINE.replace("品番", "商品コード"))
    assert sort_out(desk, [path]).orders == (path,)


def test_a_mapping_that_is_used_is_not_removed_and_its_users_are_named(desk, database) -> None:
    keep(desk)
    change(database, "INSERT INTO shops (channel, name) VALUES ('自社', '本店')")
    with pytest.raises(NotAllowed) as refused:
        act(desk, channels.remove_mapping, "orders", "自社")
    assert (refused.value.key, refused.value.args_["shops"]) == ("mapping.used_by_shops", "本店")
    change(database, "DELETE FROM shops")
    change(
        database,
        "INSERT INTO folders (name, kind, path, station, options)"
        " VALUES ('受注箱', 'orders', '/x', '1', '{\"mapping\": \"自社\"}')",
    )
    with pytest.raises(NotAllowed) as refused:
        act(desk, channels.remove_mapping, "orders", "自社")
    assert (refused.value.key, refused.value.args_["folders"]) == ("mapping.used_by_folders", "受注箱")
    change(database, "UPDATE folders SET options = '{}'")
    change(database, "INSERT INTO settings (key, value) VALUES ('report.mapping', '自社')")
    with pytest.raises(NotAllowed, match=r"mapping\.used_by_reports"):
        act(desk, channels.remove_mapping, "orders", "自社")
    change(database, "DELETE FROM settings WHERE key = 'report.mapping'")
    act(desk, channels.remove_mapping, "orders", "自社")
    assert desk.read(channels.mapping_names, "orders").result() == []
    with pytest.raises(NotFound, match=r"mapping\.unknown"):
        act(desk, channels.remove_mapping, "orders", "自社")


def test_reports_of_its_shops_are_made_by_it(desk) -> None:
    keep(desk)
    found = desk.read(channels.report_mapping_of, "自社", "").result()
    assert [column.name for column in found.report.columns] == ["番号"]
    assert found.errors is None
    shipped = desk.read(channels.report_mapping_of, "自社", "plain").result()
    assert shipped.report == report_mapping("plain").report
    assert desk.read(channels.report_mapping_of, "rakuten", "自社").result().report == found.report
    assert desk.read(channels.report_mapping_of, "rakuten", "").result().report is None


@pytest.mark.parametrize(
    ("name", "body", "key"),
    [
        ("shopify", MINE, "mapping.name_taken"),
        ("CSV", MINE, "mapping.name_taken"),
        ("自社 1", MINE, "mapping.bad_name"),
        ("a/b", MINE, "mapping.bad_name"),
        ("", MINE, "mapping.bad_name"),
        ("MINE", MINE, "mapping.name_alike"),
        ("x", "[order", "mapping.not_toml"),
        ("x", MINE.replace("quantity", "qty"), "mapping.wrong"),
        ("x", MINE.replace("order_number", "nonsense"), "mapping.wrong"),
    ],
)
def test_what_cannot_be_a_channel_is_not_kept(desk, name: str, body: str, key: str) -> None:
    keep(desk, "mine")
    with pytest.raises((NotAllowed, SettingsWrong)) as refused:
        keep(desk, name, body)
    assert refused.value.key == key
    assert desk.read(channels.mapping_names, "orders").result() == ["mine"]


def test_an_act_that_comes_twice_is_done_once(desk) -> None:
    name = str(uuid4())
    arguments = (frozenset({"settings"}), channels.save_mapping, desk.station, name, "orders", "mine", MINE)
    assert [desk.do(*arguments).result() for _ in range(2)] == [True, True]
    assert desk.read(channels.mapping_body, "orders", "mine").result() == MINE


def test_a_mapping_that_is_not_right_any_more_breaks_nothing_else(desk, database, tmp_path: Path) -> None:
    stocked(database, [Goods(1, stock=9)])
    keep(desk)
    keep(desk, "older", MINE)
    change(database, "UPDATE mappings SET body = '[gone]' WHERE name = 'older'")
    path = xlsx(tmp_path / "a.xlsx", {"受注": ROWS})
    assert import_files(desk, [path]).orders["added"] == 1
    with pytest.raises(SettingsWrong, match=r"mapping\.wrong"):
        import_files(desk, [path], channel="older")


def test_a_file_is_looked_at_guessed_and_tried_without_taking_anything_in(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "受注_20261130.xlsx", {"表紙": [["一覧"]], "受注": [*ROWS, ["A-2", "SKU-2", "x", "架空 太郎"]]}
    )
    assert channels.look_at(path).sheet == "表紙"
    sheet = channels.look_at(path, sheet="受注")
    assert (sheet.kind, sheet.sheets, sheet.header[0], sheet.encoding) == ("xlsx", ("表紙", "受注"), "番号", "")
    assert sheet.rows[0] == ("A-1", "SKU-1", "2", "架空 花子")
    draft = channels.guess(sheet)
    assert (draft.name, draft.sheet, draft.fields["line.sku"]) == ("受注", "受注", ("品番",))
    assert draft.recognise == ("番号", "品番", "数")
    trial = channels.try_out(path, channels.draft_text(draft))
    assert ([each.number for each in trial.orders], trial.wrong) == (["A-1"], ())
    assert [(each.key, each.row, each.file) for each in trial.problems if each.key.startswith("line")] == [
        ("line.quantity_not_number", 3, "受注_20261130.xlsx [受注]")
    ]
    assert len(channels.try_out(path, channels.draft_text(draft), most=1).orders) == 1
    wrong = channels.try_out(path, '[order]\nshoe = "x"\n').wrong
    assert [each.place for each in wrong] == ["order.shoe", "order.number", "line.sku", "line.quantity"]
    assert channels.try_out(path, "[order").wrong[0].place == ""
    assert channels.try_out(tmp_path / "none.csv", MINE).problems[0].key == "file.missing"


def test_a_mapping_is_not_called_like_a_channel_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "Shopify.csv"
    path.write_text("番号,品番,数\n", encoding="utf-8")
    assert channels.guess(channels.look_at(path)).name == "Shopify_2"
