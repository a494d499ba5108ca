"""``kenpin waves`` and ``kenpin map`` by command, each with its JSON and its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin

ORDERS = "order,sku,qty,to\n1001,TEA,2,Hanako\n1002,CUP,1,Taro\n1003,TEA,1,Jiro\n1003,CUP,3,Jiro\n"
MAPPING = """
id = "plain"
[order]
number = "order"
[buyer]
name = "to"
[ship_to]
name = "to"
[line]
sku = "sku"
name = "sku"
quantity = "qty"
"""
PRODUCTS = "sku,name,code,shelf,stock\nTEA,緑茶,4599990001013,A-01-1,400\nCUP,湯のみ,4599990001020,B-02-1,400\n"
MAP = "棚番,ゾーン,通路,x,y\nA-01-1,乾物,A,0,1.5\nB-02-1,食器,B,5,2.5\nC-01-1,,C,,\n"


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    """A shop with three orders and nothing on its map."""
    made = Kenpin(tmp_path)
    assert made("products", "import", made.file("products.csv", PRODUCTS)).status == 0
    mapping = made.file("plain.toml", MAPPING)
    done = made("import", made.file("orders.csv", ORDERS), "--mapping", mapping, "--shop", "shop")
    assert done.status == 0, done.error
    return made


# --- waves --------------------------------------------------------------------------------------------------------


def test_a_wave_from_its_preview_to_its_end(kenpin: Kenpin) -> None:
    found = kenpin("waves", "preview", "--json").json
    assert [each["mode"] for each in found["modes"]] == ["paper", "single", "cart", "total", "zone", "singles"]
    assert (found["orders"], found["modes"][2]["pieces"], found["modes"][1]["jobs"]) == (3, 7, 3)
    assert kenpin("waves", "list").error == "There is no wave to be picked.\n"

    done = kenpin("waves", "release", "--mode", "cart", "--json").json
    assert done["waves"][0]["orders"] == 3
    (listed,) = kenpin("waves", "list", "--json").json
    assert (listed["mode"], listed["state"], listed["pieces"], listed["jobs"]["waiting"]) == ("cart", "open", 7, 1)
    (job,) = kenpin("waves", "jobs", "1", "--json").json
    assert (job["number"], job["slots"], job["lines"], job["state"]) == ("1-1", 3, 4, "waiting")
    shown = kenpin("waves", "show", "1")
    assert shown.status == 0
    assert "Cart, several orders" in shown.out

    back = kenpin("waves", "take-back", "1")
    assert back.out == "Wave 1: 3 orders were taken back.\n"
    assert kenpin("waves", "list", "--json").json == []
    assert kenpin("waves", "list", "--all", "--json").json[0]["state"] == "taken_back"


def test_a_release_can_become_a_wave_and_be_planned_anew(kenpin: Kenpin) -> None:
    assert kenpin("release").status == 0
    assert kenpin("waves", "plan", "1", "--mode", "single").out.startswith("Wave 1 (Order by order): 3 jobs")
    again = kenpin("waves", "plan", "1")
    assert (again.status, again.error.strip()) == (1, "There is nothing left to pick in this wave.")
    assert kenpin("waves", "plan", "1", "--anew", "--json").json["jobs"] == 3


def test_what_cannot_be_done_has_its_sentence(kenpin: Kenpin) -> None:
    assert "There is no way of picking called “dance”" in kenpin("waves", "release", "--mode", "dance").error
    assert "There is no wave 9" in kenpin("waves", "show", "9").error
    assert kenpin("waves", "release", "--shop", "shop", "--zone", "nowhere").status == 1
    assert kenpin("waves", "take-back", "9").status == 1


def test_a_wave_of_singles_says_which_orders_stay(kenpin: Kenpin) -> None:
    done = kenpin("waves", "release", "--mode", "singles")
    assert "1001" in done.error
    assert "1003" in done.error
    assert "1 jobs for 1 orders" in done.out


# --- the map ------------------------------------------------------------------------------------------------------


def test_a_map_is_looked_at_before_it_is_taken_in(kenpin: Kenpin) -> None:
    assert kenpin("map", "show").status == 1
    file = kenpin.file("map.csv", MAP)
    looked = kenpin("map", "import", file, "--dry-run", "--json").json
    assert (looked["written"], looked["added"]) == (False, ["A-01-1", "B-02-1", "C-01-1"])
    assert kenpin("map", "show").status == 1
    done = kenpin("map", "import", file)
    assert "3 shelves, 3 new" in done.out
    assert "C-01-1" in done.error
    shown = kenpin("map", "show", "--json").json
    assert shown["shelves"][0] == {
        "code": "A-01-1", "zone": "乾物", "aisle": "A", "bay": "", "level": "", "x": 0.0, "y": 1.5
    }  # fmt: skip
    assert shown["without_place"] == ["C-01-1"]
    assert kenpin("waves", "preview", "--zone", "乾物", "--json").json["orders"] == 1


def test_a_file_with_a_wrong_row_changes_nothing(kenpin: Kenpin) -> None:
    assert kenpin("map", "import", kenpin.file("map.csv", MAP)).status == 0
    wrong = kenpin.file("wrong.csv", "code,x,y\nA-01-1,0,1\nA-01-1,0,2\n,1,1\nB-02-1,far,1\nC-1,1,\n")
    done = kenpin("map", "import", wrong)
    assert done.status == 1
    said = done.error
    assert "Row 3, code “A-01-1”" in said
    assert "is in row 2 as well" in said
    assert "Row 4" in said
    assert "Row 5, x “far”" in said
    assert "Only one of x and y" in said
    assert len(kenpin("map", "show", "--json").json["shelves"]) == 3


def test_a_map_out_of_a_few_numbers_is_walked(kenpin: Kenpin) -> None:
    done = kenpin("map", "layout", "--aisles", "4", "--bays", "10", "--cross", "3", "--cross-m", "3")
    assert "40 shelves" in done.out
    assert kenpin("settings", "get", "map.cross").out.strip() == "0; 8; 16"
    assert kenpin("map", "check").status == 0
    kenpin("waves", "release", "--mode", "cart")
    (job,) = kenpin("waves", "jobs", "1", "--json").json
    assert job["metres"] == 20.0  # into A as far as 2 m, across 5 m, into B as far as 3 m, and the same way back
    assert "make no map of a warehouse" in kenpin("map", "layout", "--aisles", "4", "--cross", "1").error


def test_what_is_wrong_with_the_map_is_said(kenpin: Kenpin) -> None:
    file = kenpin.file("map.csv", "code,aisle,x,y\nA-01-1,A,0,1\n")
    kenpin("map", "import", file)
    checked = kenpin("map", "check")
    assert checked.status == 1
    assert "B-02-1" in checked.error
    assert kenpin("map", "check", "--json").json["not_on_map"] == ["B-02-1"]
    assert kenpin("settings", "set", "map.cross", "3").status != 0
    assert kenpin("settings", "set", "map.one_way", "A=sideways").status != 0
    assert kenpin("settings", "set", "map.one_way", "A=奥").status == 0
