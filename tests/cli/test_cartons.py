"""``kenpin cartons``: the list in and out, stock, labels, proposals as text and JSON, advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin
from tests.documents.makers import pictures, text_of, zxing_codes

CARTONS = """code,name,kind,inner,outer,max_g,cost_yen,carriage_yen,stock,low
S60,Small,box,240x160x110,246x166x122,10kg,60,700,40,20
S80,Middle,box,320x230x180,326x236x192,15kg,90,900,10,20
S160,Huge,box,600x500x450,606x506x462,25kg,300,2000,,
"""
PRODUCTS = """sku,name,code,length_mm,width_mm,height_mm,weight_g,shelf,stock
TEA,Green tea,4599990001013,120,80,40,200,A-01,400
BARE,No size,4599990001020,,,,,A-02,400
"""


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    made = Kenpin(tmp_path / "data")
    (tmp_path / "data").mkdir()
    assert made("cartons", "import", made.file("cartons.csv", CARTONS)).status == 0
    return made


def ordered(kenpin: Kenpin, *rows: str) -> None:
    assert kenpin("products", "import", kenpin.file("products.csv", PRODUCTS)).status == 0
    assert kenpin("import", kenpin.orders("day.csv", *rows), "--shop", "UK").status == 0


def test_the_list_says_what_is_running_out(kenpin: Kenpin) -> None:
    done = kenpin("cartons", "list")
    assert done.status == 0
    rows = done.out.splitlines()
    assert rows[1].split()[:3] == ["S60", "Small", "box"]
    assert rows[2].endswith("10 !")
    assert "running out" in done.error
    assert [each["low_stock"] for each in kenpin("cartons", "list", "--json").json] == [False, True, False]


def test_an_empty_list_says_what_to_do(tmp_path: Path) -> None:
    done = Kenpin(tmp_path)("cartons", "list")
    assert done.status == 0
    assert "kenpin cartons import" in done.error


def test_a_dry_run_shows_each_difference(kenpin: Kenpin) -> None:
    file = kenpin.file("new.csv", "code,cost_yen\nS60,65\n")
    done = kenpin("cartons", "import", file, "--dry-run")
    assert "S60 price (¥): 60 → 65" in done.out
    assert "Nothing was written" in done.out
    assert kenpin("cartons", "list", "--json").json[0]["cost_yen"] == 60
    report = kenpin("cartons", "import", file, "--json").json
    assert report["changed"] == {"S60": {"cost_yen": ["60", "65"]}}
    assert report["written"]


def test_a_wrong_row_is_named_with_its_column_and_fails(kenpin: Kenpin) -> None:
    done = kenpin("cartons", "import", kenpin.file("bad.csv", "code,inner,max_g\nN1,30x20x15,20kg\n"))
    assert done.status == 1
    assert done.error.startswith("Row 2, inner: 30×20×15 mm is too small")
    assert "Nothing was written" in done.out


def test_a_carton_is_entered_changed_booked_and_retired(kenpin: Kenpin) -> None:
    added = kenpin("cartons", "add", "n1", "--inner", "30x20x15cm", "--max", "20kg", "--stock", "5", "--kind", "box")
    assert (added.status, added.out) == (0, "Carton N1 is in the list.\n")
    assert kenpin("cartons", "add", "n1", "--inner", "30x20x15cm", "--max", "20kg").status == 1
    assert kenpin("cartons", "add", "n1", "--change", "--name", "Nice").status == 0
    assert kenpin("cartons", "stock", "N1", "+7").out == "N1: 12 in stock.\n"
    assert kenpin("cartons", "stock", "N1", "-2").out == "N1: 10 in stock.\n"
    assert "no stock" in kenpin("cartons", "stock", "N1", "lots").error
    kenpin("cartons", "retire", "N1")
    found = {each["code"]: each for each in kenpin("cartons", "list", "--all", "--json").json}
    assert (found["N1"]["name"], found["N1"]["stock"], found["N1"]["retired"]) == ("Nice", 10, True)
    assert kenpin("cartons", "retire", "N1", "--back").status == 0


def test_labels_are_read_back(kenpin: Kenpin, tmp_path: Path) -> None:
    target = tmp_path / "labels.pdf"
    assert kenpin("cartons", "labels", "-o", target).status == 0
    codes = {code for picture in pictures(target.read_bytes()) for code in zxing_codes(picture)}
    assert codes == {"KX-S60", "KX-S80", "KX-S160"}
    assert "240 × 160 × 110 mm" in text_of(target.read_bytes())


def test_a_proposal_is_told_step_by_step(kenpin: Kenpin) -> None:
    ordered(kenpin, "536365,TEA,GREEN TEA,2")
    done = kenpin("cartons", "plan", "536365")
    assert done.status == 0
    rows = done.out.splitlines()
    assert rows[0].startswith("Box 1 of 1: S60, ")
    assert rows[1:] == ["  1. Green tea × 2", "  or S80, S160"]
    (box,) = kenpin("cartons", "plan", "536365", "--json").json["boxes"]
    assert (box["carton"], box["weight_g"], len(box["placements"])) == ("S60", 400, 2)
    assert set(box["placements"][0]) == {"key", "sku", "at", "size"}


def test_goods_that_cannot_be_planned_are_named_with_the_remedy(kenpin: Kenpin) -> None:
    ordered(kenpin, "536365,BARE,NO SIZE,1")
    done = kenpin("cartons", "plan", "536365")
    assert done.status == 1
    assert "No size: the size is not known. Measure one piece" in done.error


def test_all_that_lack_a_proposal_are_planned_at_once(kenpin: Kenpin) -> None:
    ordered(kenpin, "536365,TEA,GREEN TEA,2", "536366,TEA,GREEN TEA,2", "536367,BARE,NO SIZE,1")
    assert kenpin("cartons", "plan", "--json").json == {"orders": 3, "computed": 2, "without": 1}
    assert kenpin("cartons", "plan").out.startswith("0 orders were looked at")


def test_advice_needs_shipped_orders(kenpin: Kenpin) -> None:
    done = kenpin("cartons", "advise")
    assert (done.status, done.out) == (0, "")
    assert "Enter sizes of the goods" in done.error


def test_use_is_told_by_carton(kenpin: Kenpin) -> None:
    body = kenpin("cartons", "stats", "--days", "7", "--json").json
    assert body["days"] == 7
    assert body["cartons"][0] == {"code": "S60", "used": 0, "refused": 0, "too_small": 0}
