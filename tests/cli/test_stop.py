"""``kenpin stop``, ``pulls``, ``merge`` and ``import --complete``, as people call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin

PRODUCTS = "sku,name,jan,stock\nTEA,緑茶,4599000000012,50\nCUP,湯呑,4599000000029,50\n"


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    """A shop with two orders, the first with three teas."""
    made = Kenpin(tmp_path)
    assert made("products", "import", made.file("products.csv", PRODUCTS)).status == 0
    day = made.orders("day.csv", "1001,TEA,緑茶,3", "1002,CUP,湯呑,1")
    assert made("import", day, "--shop", "UK").status == 0
    return made


def test_an_order_is_found_held_and_cancelled(kenpin: Kenpin) -> None:
    (found,) = kenpin("stop", "find", "1001", "--json").json
    assert (found["number"], found["state"], found["means"], found["may_stop"]) == (
        "1001", "ready", "stop.means_before", True,
    )  # fmt: skip
    held = kenpin("stop", "hold", "1001", "--reason", "customer called", "--json").json
    assert held == [{"number": "1001", "state": "received", "holds": ["by_hand"], "pulls": 0}]
    cancelled = kenpin("stop", "cancel", "1001", "1002", "--json").json
    assert [each["state"] for each in cancelled] == ["cancelled", "cancelled"]
    again = kenpin("stop", "cancel", "1001")
    assert again.status == 1
    assert "1001" in again.error


def test_nothing_found_is_said_and_is_no_success(kenpin: Kenpin) -> None:
    found = kenpin("stop", "find", "nobody")
    assert found.status == 1
    assert "nobody" in found.error
    assert kenpin("stop", "find", "nobody", "--json").json == []


def test_what_a_cancelled_order_leaves_is_listed_and_scanned_out(kenpin: Kenpin) -> None:
    assert [each["key"] for each in kenpin.scan("1001", "4599000000012")] == ["order.opened", "pack.ok"]
    assert "2" in kenpin("stop", "cancel", "1001").out
    listed = kenpin("pulls", "list", "--json").json
    assert {(each["kind"], each["quantity"]) for each in listed} == {("goods", 1), ("slip", 0)}
    assert "TEA" in kenpin("pulls", "list").out
    slip = next(each["text"] for each in listed if each["kind"] == "slip")
    done = kenpin("pulls", "scan", slip, "4599000000012", "--json").json
    assert [(each["kind"], each["left"]) for each in done] == [("slip", 1), ("goods", 0)]
    assert kenpin("pulls", "list", "--json").json == []
    twice = kenpin("pulls", "scan", slip)
    assert twice.status == 1
    assert kenpin("verify").status == 0


def test_without_void_numbers_the_list_for_the_carrier_is_empty(kenpin: Kenpin) -> None:
    assert kenpin("pulls", "void", "--json").json == []
    assert kenpin("pulls", "void", "--carrier", "yamato_b2").status == 0


def test_orders_that_may_not_go_together_are_refused_with_the_reason(kenpin: Kenpin) -> None:
    assert kenpin("merge", "list", "--json").json == []
    refused = kenpin("merge", "do", "1001", "1002")
    assert refused.status == 1
    assert "merge." not in refused.error
    assert kenpin("merge", "undo", "1001").status == 1


def test_a_complete_file_holds_what_it_does_not_list(kenpin: Kenpin) -> None:
    later = kenpin.orders("later.csv", "1001,TEA,緑茶,3")
    assert kenpin("import", later, "--shop", "UK", "--json").json["orders"]["gone"] == 0
    report = kenpin("import", later, "--shop", "UK", "--complete", "--json").json
    assert report["orders"]["gone"] == 1
    assert [each["key"] for each in report["problems"]] == ["order.gone"]
    assert kenpin("orders", "show", "1002", "--json").json["holds"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_command_speaks_both_languages(kenpin: Kenpin, language: str) -> None:
    kenpin.before = ("--lang", language)
    kenpin.scan("1001", "4599000000012")
    kenpin("stop", "cancel", "1001")
    for command in (("stop", "find", "100"), ("pulls", "list"), ("pulls", "void"), ("merge", "list")):
        said = kenpin(*command)
        assert "cli." not in said.out + said.error
        assert "stop." not in said.out
        assert "pull." not in said.out


def test_a_released_order_goes_by_another_service_with_new_papers(kenpin: Kenpin) -> None:
    kenpin.scan("1001", "4599000000012", "KP-CANCEL")
    assert kenpin("carriers", "choose", "sagawa_e3/hikyaku", "1001", "--parcels", "2").status == 0
    assert [each["kind"] for each in kenpin("pulls", "list", "--json").json] == ["slip"]
    refused = kenpin("carriers", "choose", "sagawa_e3/nothing", "1001")
    assert refused.status != 0
    assert "sagawa_e3/hikyaku" in refused.error
