"""``kenpin simulate``: figures as a table, JSON and a chart, in both languages; no database is opened for it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.domain.mispicks import CONTROLS, Mispick
from app.text import texts
from tests.cli.kenpin import Kenpin

FEW = ("simulate", "--orders", "60", "--times", "10")
NAMES = [name for name, _ in CONTROLS]


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path)


def test_one_set_of_rules_shows_every_kind_with_what_became_of_it(kenpin: Kenpin) -> None:
    said = kenpin(*FEW, "--rules", "waybill")
    assert said.status == 0
    words = texts("en")
    for kind in Mispick:
        assert words.say(f"simulate.kind.{kind}") in said.out
    assert "Wrong parcels:" in said.out
    assert "95 % interval" in said.out
    assert "Right work refused: 0" in said.out
    assert "No scan sees what the code does not tell" in said.out


def test_all_sets_stand_side_by_side(kenpin: Kenpin) -> None:
    said = kenpin("--lang", "ja", *FEW)
    assert said.status == 0
    words = texts("ja")
    for name in NAMES:
        assert words.say(f"simulate.rules.{name}") in said.out
    assert said.out.count("\n") > len(NAMES) + len(Mispick)


@pytest.mark.parametrize(
    ("rules", "language", "said"), [("weight", "en", "The scale: 60 boxes"), ("all", "ja", "はかり：60 箱")]
)
def test_what_the_scale_stopped_is_said(kenpin: Kenpin, rules: str, language: str, said: str) -> None:
    assert said in kenpin("--lang", language, *FEW, "--rules", rules).out
    assert said not in kenpin("--lang", language, *FEW, "--rules", "waybill").out


def test_json_has_every_figure_and_the_same_seed_gives_it_again(kenpin: Kenpin) -> None:
    first, again, other = (kenpin(*FEW, "--json", "--seed", seed).json for seed in ("5", "5", "6"))
    assert first == again
    assert first["rule_sets"] != other["rule_sets"]
    assert (first["orders"], first["seed"]) == (60, 5)
    assert [each["rules"] for each in first["rule_sets"]] == NAMES
    for each in first["rule_sets"]:
        low, high = each["interval_95"]
        assert 0 <= low <= each["wrong_share"] == each["wrong_parcels"] / 60 <= high <= 1
        assert set(each["mispicks"]) == set(Mispick)
        assert sum(fate["made"] for fate in each["mispicks"].values()) > 0
        for fate in each["mispicks"].values():
            assert fate["made"] == fate["caught"] + fate["missed"] + fate["harmless"]
    paper, *_, everything = first["rule_sets"]
    assert paper["scans"] == 0 < everything["scans_per_order"]
    assert everything["controls"] == ["guards", "item", "lots", "papers", "piece", "weight"]
    assert paper["scale"] == {"boxes": 0, "wrong": 0, "wrong_stopped": 0, "right_stopped": 0}
    assert everything["scale"]["boxes"] == 60
    assert 0 <= everything["scale"]["wrong_stopped"] <= everything["scale"]["wrong"]


def test_rates_and_habits_are_options(kenpin: Kenpin) -> None:
    only = ("simulate", "--orders", "40", "--times", "0", "--rules", "guards", "--json")
    quiet = kenpin(*only).json
    assert quiet["rates"] == dict.fromkeys(Mispick, 0.0)
    assert quiet["rule_sets"][0]["wrong_parcels"] == 0
    damaged = kenpin(*only, "--rate", "damaged=1", "--habit", "lift_ms=300").json
    assert damaged["rule_sets"][0]["wrong_parcels"] == 40
    assert damaged["habits"]["lift_ms"] == 300
    assert damaged["rule_sets"][0]["asked_though_right"]["one_more"] > 0


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("rules", ["all", "unit"])
def test_the_chart_is_a_picture_with_every_set_and_kind(kenpin: Kenpin, language: str, rules: str) -> None:
    chart = kenpin.folder / "chart.svg"
    said = kenpin("--lang", language, *FEW, "--rules", rules, "--chart", chart)
    assert said.status == 0
    assert "chart.svg" in said.out
    picture = ET.parse(chart).getroot()
    shown = {each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")}
    words = texts(language)
    wanted = NAMES if rules == "all" else [rules]
    assert {words.say(f"simulate.rules.{name}") for name in wanted} <= shown
    assert {words.say(f"simulate.kind.{kind}") for kind in Mispick} <= shown
    wide, high = float(picture.get("width", 0)), float(picture.get("height", 0))
    for each in picture.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(each.get("x", 0)) <= float(each.get("x", 0)) + float(each.get("width", 0)) <= wide
        assert 0 <= float(each.get("y", 0)) + float(each.get("height", 0)) <= high


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--rate", "wrong_itm=0.1"), "wrong_itm"),
        (("--rate", "wrong_item"), "wrong_item"),
        (("--rate", "wrong_item=1.5"), "wrong_item=1.5"),
        (("--rate", "wrong_item=nan"), "wrong_item=nan"),
        (("--rate", "=0.1"), "wrong_item"),
        (("--habit", "patience=1"), "patience"),
        (("--habit", "heeds=2"), "heeds=2"),
        (("--habit", "lift_ms=0"), "0"),
        (("--chart", "chart.png"), ".svg"),
        (("--times", "-1"), "-1"),
        (("--times", "nan"), "nan"),
        (("--orders", "0"), "0"),
        (("--orders", "many"), "many"),
        (("--seed", "x"), "x"),
        (("--rules", "tote"), "tote"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_wrong_option_is_named_in_one_sentence(
    kenpin: Kenpin, options: tuple[str, ...], named: str, language: str
) -> None:
    said = kenpin("--lang", language, "simulate", *options)
    assert said.status == 2
    assert named in said.error
    assert "Traceback" not in said.error
    assert said.out == ""


def test_a_chart_that_cannot_be_written_is_said(kenpin: Kenpin) -> None:
    said = kenpin(*FEW, "--rules", "paper", "--chart", kenpin.folder / "nowhere" / "chart.svg")
    assert said.status == 1
    assert "chart.svg" in said.error


def test_no_database_is_made_for_it(kenpin: Kenpin) -> None:
    assert kenpin(*FEW, "--rules", "paper").status == 0
    assert not list(kenpin.folder.glob("*.db"))
