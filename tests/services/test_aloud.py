"""What is read aloud: the shelf once, then only the count; the reason of a refusal; readings in place of kanji."""

from __future__ import annotations

from typing import Any

from app.services.aloud import aloud
from app.services.answers import Answer
from app.text import texts

TEA = {"kind": "item", "sku": "TEA", "shelf": "A-01-02", "left": 3}


def said(language: str, level: str, key: str, ask: dict[str, Any], before: dict[str, Any] | None = None) -> str:
    answer = Answer("", "act", level, key, args={"name": "Tea"}, ask=ask)
    return aloud(texts(language, joined=True), answer, before or {})


def test_the_shelf_is_read_once_and_then_only_the_count() -> None:
    assert said("en", "ok", "pack.ok", TEA) == "Shelf A 01 02. 3 to go."
    assert said("en", "ok", "pack.ok", TEA | {"left": 2}, TEA) == "2 to go."
    assert said("en", "ok", "pack.ok", TEA | {"sku": "CUP", "shelf": "B-1"}, TEA) == "Shelf B 1. 3 to go."


def test_goods_without_a_shelf_are_only_counted() -> None:
    assert said("ja", "ok", "pack.ok", TEA | {"shelf": ""}) == "あと 3 点。"


def test_a_refusal_is_read_whole_and_the_way_of_the_next_piece_is_not_read_again() -> None:
    assert said("en", "refused", "item.wrong", TEA, TEA).startswith("Wrong item.")
    assert said("en", "ok", "pack.ok", TEA | {"left": 2}, TEA) == "2 to go."


def test_easy_japanese_is_read_by_its_readings() -> None:
    assert said("ja_easy", "refused", "order.scan_first", {"kind": "order"}) == (
        "さきにのうひんしょをスキャンしてください。しょうひんはそのあとです。"
    )
    assert said("ja_easy", "ok", "pack.ok", TEA) == "たな A 01 02。 あと 3 こ。"


def test_the_end_of_a_waybill_is_read_figure_by_figure() -> None:
    assert said("en", "ok", "pack.all_in", {"kind": "waybill", "last4": "4407"}) == "Waybill ending in 4 4 0 7."
    assert said("en", "ok", "pack.all_in", {"kind": "waybill"}) == ""


def test_after_a_close_the_next_slip_is_asked_for_once() -> None:
    assert said("en", "ok", "order.closed", {"kind": "order"}, {"kind": "waybill"}) == "Next slip."
    assert said("en", "ok", "undo.nothing", {"kind": "order"}, {"kind": "order"}) == ""


STOP = {"kind": "shelf", "sku": "TEA", "shelf": "B-07-02", "left": 2, "place": 4, "tote": "T-4"}


def test_a_picker_hears_the_shelf_the_number_and_the_place() -> None:
    assert said("en", "ok", "put.ok", STOP) == "Shelf B 07 02. 2 to go."
    assert said("en", "ok", "shelf.ok", STOP | {"kind": "item"}, STOP) == "2 to go."
    assert said("en", "ok", "hand.taken", STOP | {"kind": "place", "held": 2}, STOP) == "2 into 4."
    assert said("ja", "ok", "hand.taken", STOP | {"kind": "place", "held": 2}, STOP) == "4 に 2 点。"


def test_at_the_wall_only_the_slot_is_read() -> None:
    any_goods = {"kind": "item", "sku": "TEA", "shelf": "", "left": 2, "place": 1, "tote": "A-1"}
    assert said("en", "ok", "put.ok", any_goods) == ""
    assert said("en", "ok", "hand.taken", any_goods | {"kind": "place", "held": 1}) == "1 into A 1."
