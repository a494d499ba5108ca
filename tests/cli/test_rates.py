"""``kenpin rates`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

from app.plugins import resource_root
from tests.cli.kenpin import Kenpin

PRICES = """carrier,service,size,from_zone,to_zone,price,valid_from
yamato_b2,ネコポス,,*,*,385,2025-05-01
sagawa_e3,飛脚宅配便,60,*,*,800,2025-05-01
"""


def fill(kenpin: Kenpin, tmp_path: Path) -> None:
    for name, value in (("ship.origin", "東京都"), ("carrier.default", "yamato_b2/takkyubin"),
                        ("carrier.order", "yamato_b2,sagawa_e3")):  # fmt: skip
        assert kenpin("settings", "set", name, value).status == 0
    path = tmp_path / "prices.csv"
    path.write_text(PRICES, encoding="utf-8")
    assert kenpin("rates", "import", path).status == 0
    assert kenpin("rates", "import", resource_root() / "rates" / "example_yamato_b2.csv").status == 0


def test_a_list_is_taken_in_listed_quoted_and_written_out(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path)
    assert kenpin("rates", "list").status == 0
    fill(kenpin, tmp_path)
    listed = kenpin("rates", "list", "--lang", "ja").out
    assert "yamato_b2/takkyubin" in listed
    assert "940–2,340" in listed
    told = kenpin("rates", "quote", "--to", "大阪", "--size", "200x150x20", "--weight", "500g", "--lang", "ja").out
    assert told.splitlines()[0] == "ネコポス 385円 — 宅急便コンパクト より 325円 安い"
    assert "宅急便 60 1,060円（+675円）" in told
    plain = json.loads(kenpin("rates", "quote", "--to", "大阪", "--cod", "100", "--json").out)
    assert {each["service"] for each in plain["candidates"]} >= {"yamato_b2/nekopos", "sagawa_e3/hikyaku"}
    assert kenpin("rates", "quote", "--to", "夢").status == 1
    out = tmp_path / "out.csv"
    assert kenpin("rates", "export", "rates", "-o", out).status == 0
    assert json.loads(kenpin("rates", "import", out, "--dry-run", "--json").out)["same"] == 290
    assert len(json.loads(kenpin("rates", "zones", "--json").out)) == 47
    assert kenpin("rates", "drop", "yamato_b2/nekopos", "2025-05-01").status == 0
    assert kenpin("rates", "drop", "yamato_b2/nekopos", "2025-05-01").status == 1


def test_a_wrong_file_names_its_rows(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path)
    path = tmp_path / "wrong.csv"
    path.write_text(
        "carrier,service,size,from_zone,to_zone,price\nyamato_b2,空飛ぶ便,60,*,*,1\nyamato_b2,ネコポス,,*,*,x\n",
        encoding="utf-8",
    )
    found = kenpin("rates", "import", path, "--lang", "ja")
    assert found.status == 1
    assert "2 行目" in found.error
    assert "3 行目" in found.error
    assert json.loads(kenpin("rates", "list", "--json").out) == []
    path.write_text("郵便番号,名称\n100-01,伊豆\n", encoding="utf-8")
    assert kenpin("rates", "islands", path).status == 0
    assert "10001" in kenpin("rates", "islands").out
    assert kenpin("rates", "extras").status == kenpin("rates", "sums").status == 0
