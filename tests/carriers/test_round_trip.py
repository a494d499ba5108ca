"""Files of carriers written, read again and written again: byte for byte the same; and their numbers come back."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.carriers._choose import Carrier, carrier, carriers
from app.carriers._file import read_returned
from app.domain.intake import Level
from app.domain.shipping import Shipment, Slot
from tests.carriers.making import (
    SAMPLES,
    TODAY,
    Numbers,
    as_csv,
    body,
    cells,
    check_digit,
    places,
    sample,
    shipment,
)

IDS = [each.ID for each in carriers()]
every_carrier = pytest.mark.parametrize("identity", IDS)

TEXT = st.text(st.sampled_from("東京都渋谷区あいうアイウ ABC123-,\"'=+@　ｱｶﾞ～①"), min_size=1, max_size=24)
APART = " " * 160
"""Spaces that no field holds: where a text was parted at a space, it is parted there again."""


@st.composite
def good_shipments(draw: st.DrawFn, identity: str) -> list[Shipment]:
    """Shipments of any service with any wish that the carrier takes."""
    chosen = carrier(identity)
    found: list[Shipment] = []
    for at in range(1, draw(st.integers(2, 6))):
        service = draw(st.sampled_from(chosen.SERVICES))
        slots: list[Slot | None] = [None, *(slot for slot in service.slots if slot in chosen.SLOTS)]
        cash = service.cash_only or (service.cash_on_delivery and draw(st.booleans()))
        values: dict[str, Any] = {
            "to_name": draw(TEXT),
            "to_street": draw(TEXT),
            "sender_name": draw(TEXT),
            "contents": draw(TEXT),
            "remark": draw(TEXT),
            "slot": draw(st.sampled_from(slots)),
            "temperature": draw(st.sampled_from(sorted(service.temperatures))),
            "deliver_on": TODAY + timedelta(days=draw(st.integers(1, 9))) if service.dated else None,
            "cod": draw(st.integers(1, service.most_cod)) if cash else 0,
            "pieces": draw(st.integers(1, min(3, service.most_pieces))),
        }
        one = replace(shipment(service.id, **values), key=f"12-{at:03d}-1")
        if all(fault.level is not Level.ERROR for fault in chosen.check(one, TODAY)):
            found.append(one)
    return found or [shipment(chosen.SERVICES[0].id, cod=1000 if chosen.SERVICES[0].cash_only else 0)]


def _as_written(identity: str, rows: list[list[str]]) -> bytes:
    """Rows in the form of the carrier's file."""
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if places(identity).get("quoted") else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator="\r\n", quoting=quoting).writerows(rows)
    return text.getvalue().encode("cp932")


def _by_reader(data: bytes) -> list[list[str]]:
    """Rows of a file as our reader of carriers' files sees them."""
    rows = [row for _, row in read_returned("file.csv", data).records()]
    assert all(row is not None for row in rows)
    return [row for row in rows if row is not None]


def _read_back(wanted: Shipment, row: Sequence[str], where: dict[str, Any]) -> Iterator[Shipment]:
    """Shipments that a row may stand for: its texts as they are in the file, joined where they were parted."""
    joined: dict[str, list[str]] = {}
    for name in ("to_name", "to_address", "sender_name", "contents", "remark"):
        if name in where:
            parts = [part for column in where[name]["columns"] if (part := row[column - 1])] or [""]
            ways = itertools.product(("", APART), repeat=len(parts) - 1)
            joined[name] = ["".join(map("".join, zip(parts, (*way, ""), strict=True))) for way in ways]
    for texts in itertools.product(*joined.values()):
        found = dict(zip(joined, texts, strict=True))
        to, sender = wanted.to, wanted.sender
        if "to_address" in found:
            to = replace(to, street=found["to_address"].removeprefix(to.prefecture + to.city).lstrip())
        yield replace(
            wanted,
            to=replace(to, name=found.get("to_name", to.name)),
            sender=replace(sender, name=found.get("sender_name", sender.name)),
            contents=found.get("contents", wanted.contents),
            remark=found.get("remark", wanted.remark),
        )


def _round_trip(identity: str, shipments: list[Shipment]) -> None:
    chosen, where = carrier(identity), places(identity)
    account = sample(identity)[1]
    data = chosen.write(shipments, account, TODAY).data
    assert cells(data) == _by_reader(data)
    assert _as_written(identity, _by_reader(data)) == data
    rows = iter(body(identity, data))
    again: list[Shipment] = []
    for wanted in shipments:
        mine = _rows_of(chosen, wanted, identity)
        (first, *_) = [next(rows) for _ in mine]
        tried = (each for each in _read_back(wanted, first, where) if _passes(chosen, each))
        again.append(next(each for each in tried if _rows_of(chosen, each, identity) == mine))
    assert chosen.write(again, account, TODAY).data == data


def _passes(chosen: Carrier, one: Shipment) -> bool:
    return all(fault.level is not Level.ERROR for fault in chosen.check(one, TODAY))


def _rows_of(chosen: Carrier, one: Shipment, identity: str) -> list[list[str]]:
    return body(identity, chosen.write([one], sample(identity)[1], TODAY).data)


@every_carrier
@settings(max_examples=8)
@given(data=st.data())
def test_a_file_read_and_written_again_is_the_same_byte_for_byte(identity: str, data: st.DataObject) -> None:
    _round_trip(identity, data.draw(good_shipments(identity)))


@pytest.mark.long
@every_carrier
@settings(max_examples=150)
@given(data=st.data())
def test_many_files_read_and_written_again_are_the_same(identity: str, data: st.DataObject) -> None:
    _round_trip(identity, data.draw(good_shipments(identity)))


@every_carrier
def test_the_samples_read_and_written_again_are_the_same(identity: str) -> None:
    data = (SAMPLES / identity / "written.csv").read_bytes()
    assert _as_written(identity, _by_reader(data)) == data


@every_carrier
def test_a_cell_that_a_spreadsheet_would_run_is_written_as_it_is(identity: str) -> None:
    """Carriers' software reads what stands in the cell; only what people open in a spreadsheet is guarded."""
    chosen = carrier(identity)
    for sign in "=+-@":
        wanted = shipment(chosen.SERVICES[0].id, to_name=f"{sign}SUM(A1)")
        (row, *_) = _rows_of(chosen, wanted, identity)
        written = "".join(row[column - 1] for column in places(identity)["to_name"]["columns"])
        assert written in {f"{sign}SUM(A1)", f"{_wide(sign)}ＳＵＭ（Ａ１）"}


def _wide(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0)


@every_carrier
@settings(max_examples=10)
@given(marks=st.lists(st.integers(1, 99_999_999_999), min_size=1, max_size=8, unique=True))
def test_every_number_comes_back_to_its_key(identity: str, marks: list[int]) -> None:
    """A file of numbers as the carrier's software writes it, made from the sample's first row."""
    rows = cells((SAMPLES / identity / "numbers.csv").read_bytes())
    known = Numbers(carrier(identity), as_csv(rows[:2])).rows[0]
    made = []
    wanted = []
    for at, mark in enumerate(marks, 1):
        key, number = f"31-{at:03d}-2", check_digit(mark)
        wanted.append((key, number))
        made.append([_put(cell, known.key, key, known.number, number) for cell in rows[1]])
    assert Numbers(carrier(identity), as_csv([rows[0], *made])).pairs == wanted


def _put(cell: str, old_key: str, key: str, old_number: str, number: str) -> str:
    bare = cell.lstrip("'")
    if bare == old_number:
        return number
    return cell.replace(old_key, key)
