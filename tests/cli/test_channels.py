"""``kenpin channels``: guessed, tried, saved, used and removed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.kenpin import Kenpin
from tests.sheets.workbooks import xlsx

ROWS = [
    ["受注番号", "商品コード", "数量", "商品名", "お届け先氏名", "お届け先住所1"],
    ["A-1", "SKU-1", 2, "湯のみ", "架空 花子", "架空町1-1"],
    ["A-2", "SKU-1", "x", "湯のみ", "架空 花子", "架空町1-1"],
]


def test_a_guess_is_tried_kept_used_and_taken_away(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path / "data")
    file = xlsx(tmp_path / "自社.xlsx", {"受注": ROWS})
    mapping = tmp_path / "mine.toml"
    mapping.write_text(kenpin("channels", "guess", file).out, encoding="utf-8")
    for tried in (kenpin("channels", "try", file), kenpin("channels", "try", file, "--mapping", mapping)):
        assert tried.status == 0
        assert "A-1" in tried.out
        assert "SKU-1×2" in tried.out
        assert "Row 3" in tried.error
    told = kenpin("channels", "try", file, "--json").json
    assert [each["ship_to"]["name"] for each in told["orders"]] == ["架空 花子"]
    assert [each["key"] for each in told["problems"]] == ["line.quantity_not_number", "order.no_lines"]
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("quantity", "qty"), encoding="utf-8")
    wrong = kenpin("channels", "try", file, "--mapping", mapping)
    assert wrong.status == 1
    assert "line.qty" in wrong.error
    assert kenpin("channels", "add", "mine", mapping).status == 1
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("qty", "quantity"), encoding="utf-8")
    assert kenpin("channels", "add", "mine", mapping).status == 0
    assert kenpin("channels", "show", "mine").out == mapping.read_text(encoding="utf-8")
    own = [each for each in kenpin("channels", "list", "--json").json if each["own"]]
    assert [(each["id"], each["shops"]) for each in own] == [("mine", [])]
    assert "mine" in kenpin("channels", "list").out
    assert kenpin("channels", "remove", "mine").status == 0
    assert kenpin("channels", "show", "mine").status == 1
    assert kenpin("channels", "add", "mine", tmp_path / "none.toml").status == 1
