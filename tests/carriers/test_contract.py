"""What every carrier keeps: its samples, and that text is written whole or refused, never cut and never changed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from app.carriers import _choose
from app.carriers._choose import account_faults, carrier, carriers, recognised
from app.carriers._file import open_returned, read_returned
from app.carriers._mapped import mapped
from app.carriers._text import one_line, widened
from app.domain.intake import Level, placeholders
from app.domain.orders import Problem
from app.domain.shipping import NUMBER_LEVELS, Fault, Slot, Temperature, number_level, read_key
from app.errors import FileUnusable, NotAllowed, NotFound, SettingsWrong, StationError
from app.text import LANGUAGES, base_of, texts
from tests.carriers.making import (
    ROOT,
    SAMPLES,
    TODAY,
    Numbers,
    as_data,
    body,
    cells,
    keys,
    number_files,
    places,
    read,
    sample,
    shipment,
)

IDS = [each.ID for each in carriers()]
FILES = [path for each in IDS for path in number_files(each)]
MAPPED = [each.ID for each in mapped()]
every_carrier = pytest.mark.parametrize("identity", IDS)
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")


def can_be_said(key: str, args: Mapping[str, object]) -> None:
    for language in LANGUAGES:
        assert texts(language).has(key), (language, key)
        bare = dict.fromkeys(args, "x")
        assert not re.search(r"\{\w+\}", texts(language).say(key, **bare)), key


def fault_can_be_said(fault: Fault) -> None:
    can_be_said(fault.key, {"field": "", **dict(fault.args)})
    can_be_said(fault.field_key, {})


# --- the folder -------------------------------------------------------------------------------------------------


@every_carrier
def test_every_carrier_names_itself_its_services_and_its_account_in_both_languages(identity: str) -> None:
    chosen = carrier(identity)
    assert set(chosen.TITLE) >= {base_of(language) for language in LANGUAGES}
    assert all(set(service.title) >= {base_of(language) for language in LANGUAGES} for service in chosen.SERVICES)
    assert len({service.id for service in chosen.SERVICES}) == len(chosen.SERVICES)
    for field in chosen.ACCOUNT:
        can_be_said(f"carrier.{identity}.{field.name}", {})
    assert number_files(identity), f"put shipments.json and a file of numbers into tests/samples/{identity}"


@every_carrier
def test_a_service_offers_only_times_of_day_that_its_carrier_has(identity: str) -> None:
    assert all(service.slots <= carrier(identity).SLOTS.keys() for service in carrier(identity).SERVICES)


def test_a_module_that_lacks_something_is_no_carrier(monkeypatch: pytest.MonkeyPatch) -> None:
    half = ModuleType("app.carriers.half")
    half.ID = "half"  # type: ignore[attr-defined]
    monkeypatch.setattr(_choose, "modules_of", lambda _: (half,))
    with pytest.raises(TypeError, match=r"half is no carrier: it lacks TITLE, .*tracking_url"):
        carriers()


def test_an_unknown_carrier_is_refused_with_those_known() -> None:
    with pytest.raises(NotFound) as refused:
        carrier("pigeon")
    assert refused.value.args_["known"] == ", ".join(IDS)


@every_carrier
def test_the_tracking_page_names_the_number(identity: str) -> None:
    """A carrier by mapping need not have one."""
    page = carrier(identity).tracking_url("400000001004")
    assert re.fullmatch(r"https://[\w./?=&-]+=400000001004(&\w+=\w+)*", page) or (identity in MAPPED and not page)


# --- samples ----------------------------------------------------------------------------------------------------


@every_carrier
def test_the_sample_is_written_byte_for_byte(identity: str) -> None:
    shipments, account, today = sample(identity)
    written = carrier(identity).write(shipments, account, today)
    assert written.data == (SAMPLES / identity / "written.csv").read_bytes()
    assert written.rows == len(body(identity, written.data))
    assert re.fullmatch(r"[\w.-]+\.csv", written.name)
    assert b"?" not in written.data


@every_carrier
def test_a_file_has_no_more_rows_than_its_carrier_takes(identity: str) -> None:
    chosen = carrier(identity)
    shipments, account, today = sample(identity)
    most = chosen.MOST_ROWS
    many = [replace(shipments[0], key=f"12-{at:03d}-1") for at in range(1, (most or 500) + 1)]
    assert chosen.write(many, account, today).rows == len(many)
    if most:
        with pytest.raises(NotAllowed) as refused:
            chosen.write([*many, shipments[1]], account, today)
        assert (refused.value.key, refused.value.args_["limit"]) == ("carrier.too_many_rows", most)
        can_be_said(refused.value.key, refused.value.args_)


@every_carrier
def test_every_row_has_as_many_cells_as_the_header_and_ends_in_crlf(identity: str) -> None:
    data = (SAMPLES / identity / "written.csv").read_bytes()
    assert len({len(row) for row in cells(data)}) == 1
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == len(cells(data))


@every_carrier
def test_a_file_read_and_written_again_is_the_same_byte_for_byte(identity: str) -> None:
    data = (SAMPLES / identity / "written.csv").read_bytes()
    again = io.StringIO()
    quoting = csv.QUOTE_ALL if places(identity).get("quoted") else csv.QUOTE_MINIMAL
    csv.writer(again, lineterminator="\r\n", quoting=quoting).writerows(cells(data))
    assert again.getvalue().encode("cp932") == data


@every_file
def test_a_sample_of_numbers_is_recognised_and_read_as_expected(path: Path) -> None:
    head = open_returned(path).head
    assert path.parent.name == recognised(head).ID
    assert [each.ID for each in carriers() if each.recognise(head)] == [path.parent.name]
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    assert [as_data(item) for item in read(carrier(path.parent.name), path)] == expected[path.name]


@every_file
def test_another_carriers_file_is_refused_whole(path: Path) -> None:
    for identity in IDS:
        if identity != path.parent.name:
            with pytest.raises(FileUnusable) as refused:
                list(read(carrier(identity), path))
            can_be_said(refused.value.key, refused.value.args_)


def test_a_file_of_nobody_is_refused_without_showing_its_cells() -> None:
    head = read_returned("x.csv", "検品 花子,03-0000-1234\r\n".encode()).head
    with pytest.raises(FileUnusable) as refused:
        recognised(head)
    assert refused.value.args_ == {"file": "x.csv"}


# --- all or nothing ---------------------------------------------------------------------------------------------


@every_carrier
def test_one_wrong_shipment_keeps_the_whole_file_back(identity: str) -> None:
    chosen = carrier(identity)
    shipments, account, today = sample(identity)
    shipments[1] = replace(shipments[1], to=replace(shipments[1].to, postcode=""))
    with pytest.raises(NotAllowed) as refused:
        chosen.write(shipments, account, today)
    assert refused.value.key == "carrier.refused"
    assert refused.value.args_ == {"count": 1, "keys": shipments[1].key}
    can_be_said(refused.value.key, refused.value.args_)


@every_carrier
def test_the_same_key_twice_and_an_empty_file_are_refused(identity: str) -> None:
    shipments, account, today = sample(identity)
    with pytest.raises(NotAllowed, match=r"carrier\.key_twice"):
        carrier(identity).write([shipments[0], shipments[0]], account, today)
    with pytest.raises(NotAllowed, match=r"carrier\.nothing_to_write"):
        carrier(identity).write([], account, today)


@every_carrier
def test_an_account_without_what_it_needs_writes_nothing(identity: str) -> None:
    chosen = carrier(identity)
    shipments, account, today = sample(identity)
    assert account_faults(chosen, account) == ()
    needed = [field.name for field in chosen.ACCOUNT if field.required and not field.default]
    assert keys(account_faults(chosen, {})) == [("fault.account_missing", f"{identity}.{name}") for name in needed]
    for field in chosen.ACCOUNT:
        wrong = account | {field.name: "12a!"}
        assert keys(account_faults(chosen, wrong)) == [("fault.account_wrong", f"{identity}.{field.name}")]
        for fault in (*account_faults(chosen, {}), *account_faults(chosen, wrong)):
            fault_can_be_said(fault)
        with pytest.raises(SettingsWrong) as refused:
            chosen.write(shipments, wrong, today)
        can_be_said(refused.value.key, refused.value.args_)


# --- what every carrier refuses ---------------------------------------------------------------------------------

WRONG = [
    ({"key": ""}, "fault.missing", "key"),
    ({"key": "12-001-1 "}, "fault.bad_key", "key"),
    ({"key": "一二"}, "fault.bad_key", "key"),
    ({"key": "12345678901234567"}, "fault.bad_key", "key"),
    ({"service": "drone"}, "fault.no_service", "service"),
    ({"ship_on": TODAY - timedelta(1)}, "fault.ship_date_past", "ship_on"),
    ({"ship_on": TODAY + timedelta(60)}, "fault.ship_date_far", "ship_on"),
    ({"deliver_on": TODAY - timedelta(1)}, "fault.delivery_before_ship", "deliver_on"),
    ({"pieces": 0}, "fault.pieces", "pieces"),
    ({"pieces": 1000}, "fault.pieces", "pieces"),
    ({"cod": 1000, "cod_tax": 1001}, "fault.cod_tax", "cod_tax"),
    ({"cod_tax": 1}, "fault.cod_tax", "cod_tax"),
    ({"contents": " "}, "fault.missing", "contents"),
    ({"handling": ("alive",)}, "fault.no_handling", "handling"),
    ({"remark": "長" * 60}, "fault.too_long", "remark"),
    ({"contents": "長" * 100}, "fault.too_long", "contents"),
    ({"to_name": ""}, "fault.missing", "to.name"),
    ({"to_name": "長" * 80}, "fault.too_long", "to.name"),
    ({"to_name": "𠮷野"}, "fault.character", "to.name"),
    ({"to_name": "山田🎁"}, "fault.character_unknown", "to.name"),
    ({"to_postcode": ""}, "fault.missing", "to.postcode"),
    ({"to_postcode": "150-001"}, "fault.bad_postcode", "to.postcode"),
    ({"to_postcode": "999-9999"}, "fault.bad_postcode", "to.postcode"),
    ({"to_street": "長" * 120}, "fault.too_long", "to.address"),
    ({"to_street": "1—2"}, "fault.character", "to.address"),
    ({"to_street": "", "to_city": "", "to_prefecture": ""}, "fault.missing", "to.address"),
    ({"to_phone": ""}, "fault.missing", "to.phone"),
    ({"to_phone": "3-0000-1234"}, "fault.bad_phone", "to.phone"),
    ({"to_phone": "0" * 16}, "fault.bad_phone", "to.phone"),
    ({"to_country": "US"}, "fault.abroad", "to.country"),
    ({"sender_name": ""}, "fault.sender_missing", "sender.name"),
    ({"sender_name": "長" * 60}, "fault.too_long", "sender.name"),
    ({"sender_phone": ""}, "fault.sender_missing", "sender.phone"),
    ({"sender_postcode": "x"}, "fault.bad_postcode", "sender.postcode"),
    ({"sender_street": "長" * 120}, "fault.too_long", "sender.address"),
    ({"sender_street": "繫1"}, "fault.character", "sender.address"),
]


@every_carrier
@pytest.mark.parametrize(("changes", "key", "field"), WRONG, ids=lambda value: str(value)[:40])
def test_what_no_carrier_takes_is_a_fault_of_its_field(
    identity: str, changes: dict[str, Any], key: str, field: str
) -> None:
    """What a carrier's file has no column for is not looked at; its ``columns.json`` says what that is."""
    chosen = carrier(identity)
    service = chosen.SERVICES[0].id
    assert chosen.check(shipment(service), TODAY) == ()
    found = [each for each in chosen.check(shipment(**{"service": service} | changes), TODAY) if each.key == key]
    unread = places(identity).get("without", [])
    if field in unread or (field.partition(".")[0] in unread):
        assert not found
        return
    assert [each.field for each in found] == [field]
    assert found[0].level is Level.ERROR
    fault_can_be_said(found[0])


@every_carrier
def test_what_the_service_does_not_offer_is_a_fault(identity: str) -> None:
    chosen = carrier(identity)
    for service in chosen.SERVICES:
        for slot in set(Slot) - service.slots:
            assert keys(chosen.check(shipment(service.id, slot=slot), TODAY)) == [("fault.no_slot", "slot")]
        most = service.most_cod
        refusal = "fault.cod_limit" if service.cash_on_delivery else "fault.no_cod"
        faults = chosen.check(shipment(service.id, cod=most + 1), TODAY)
        assert keys(faults) == [(refusal, "cod")]
        fault_can_be_said(faults[0])
        assert keys(chosen.check(shipment(service.id, cod=-1), TODAY)) == [(refusal, "cod")]
        if most:
            assert chosen.check(shipment(service.id, cod=most), TODAY) == ()
        dated = chosen.check(shipment(service.id, deliver_on=TODAY + timedelta(1)), TODAY)
        assert keys(dated) == ([] if service.dated else [("fault.no_day", "deliver_on")])


@every_carrier
def test_text_that_is_too_long_names_what_finds_no_room(identity: str) -> None:
    chosen = carrier(identity)
    street = "仮" * 120 + "終"
    faults = chosen.check(shipment(chosen.SERVICES[0].id, to_street=street), TODAY)
    args = dict(faults[0].args)
    assert widened(args["value"]).endswith(widened(args["overflow"]))
    assert args["overflow"].endswith("終")
    assert args["value"] == f"東京都渋谷区{street}"


@every_carrier
def test_a_number_that_a_shop_filled_in_is_only_a_warning(identity: str) -> None:
    chosen = carrier(identity)
    faults = chosen.check(shipment(chosen.SERVICES[0].id, to_phone="000-0000-0000"), TODAY)
    if "to.phone" in places(identity).get("without", []):
        assert not faults
        return
    assert [(each.key, each.level) for each in faults] == [("fault.filler_phone", Level.WARNING)]
    fault_can_be_said(faults[0])


@every_carrier
def test_a_proposal_can_be_taken_as_it_stands(identity: str) -> None:
    chosen = carrier(identity)
    service = chosen.SERVICES[0].id
    fault = chosen.check(shipment(service, to_name="𠮷野\u00a0繫—葛\ufe00"), TODAY)[0]
    args = dict(fault.args)
    assert args["characters"] == "𠮷→吉 U+00A0→  繫→繋 —→― U+FE00→×"
    assert args["proposed"] == "吉野 繋―葛"
    assert chosen.check(shipment(service, to_name=args["proposed"]), TODAY) == ()


@every_carrier
def test_every_wish_is_either_in_the_file_or_a_fault(identity: str) -> None:
    """No slot and no temperature is ever replaced: what check lets through has the carrier's own code in its row."""
    chosen = carrier(identity)
    _, account, _ = sample(identity)
    for service in chosen.SERVICES:
        for slot in Slot:
            wanted = shipment(service.id, slot=slot)
            if any(each.key == "fault.no_slot" for each in chosen.check(wanted, TODAY)):
                assert slot not in service.slots
                continue
            row = body(identity, chosen.write([wanted], account, TODAY).data)[0]
            assert chosen.SLOTS[slot] in row
        for temperature in Temperature:
            found = {each.key for each in chosen.check(shipment(service.id, temperature=temperature), TODAY)}
            refused = found & {"fault.no_chilled", "fault.no_frozen"}
            assert bool(refused) is (temperature not in service.temperatures)


# --- laws -------------------------------------------------------------------------------------------------------

ANY = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("𠮷髙﨑①繫—\u00a0〜−～－ｱｶﾞ が゙か\u3099東京都渋谷区神宮前ーヴ,\"'=+-@ 　0123１２３葛\ufe00?"),
)
GOOD = st.sampled_from("東京都渋谷区あいうアイウ ABC123-,\"'=　ｱｶﾞ〜髙①?")
LONGEST = {"to_name": 18, "to_street": 45, "sender_name": 18, "contents": 60, "remark": 24}
"""Somewhat longer than the fields, so that text that just fits comes as often as text that does not."""


@every_carrier
@given(data=st.data())
def test_text_is_written_whole_or_is_a_fault(identity: str, data: st.DataObject) -> None:
    chosen = carrier(identity)
    _, account, _ = sample(identity)
    signs = data.draw(st.sampled_from([ANY, GOOD, GOOD]))
    values = {name: data.draw(st.text(signs, min_size=1, max_size=most)) for name, most in LONGEST.items()}
    wanted = shipment(chosen.SERVICES[0].id, **values)
    faults = chosen.check(wanted, TODAY)
    for fault in faults:
        fault_can_be_said(fault)
    if any(fault.level is Level.ERROR for fault in faults):
        with pytest.raises(NotAllowed):
            chosen.write([wanted], account, TODAY)
        return
    (row,) = body(identity, chosen.write([wanted], account, TODAY).data)
    where = places(identity)
    values["to_address"] = f"{wanted.to.prefecture}{wanted.to.city}{one_line(wanted.to.street)}"
    for name, value in values.items():
        if name in where:
            as_written = "".join(row[column - 1] for column in where[name]["columns"])
            line = one_line(value)
            assert _spaceless(as_written) == _spaceless(widened(line) if where[name]["wide"] else line)


def _spaceless(text: str) -> str:
    """Only spaces at the ends of a field may go."""
    return text.replace(" ", "").replace("\u3000", "")


# --- numbers back -----------------------------------------------------------------------------------------------


@every_carrier
@given(content=st.binary(max_size=300))
def test_random_bytes_are_never_more_than_a_sentence(identity: str, content: bytes) -> None:
    _everything(identity, content)


@every_carrier
@given(data=st.data())
def test_a_real_file_cut_or_changed_anywhere_is_never_more_than_problems(identity: str, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(number_files(identity))).read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    change = data.draw(st.sampled_from([b"", b'"', b",", b"\n", b"\x00", b"\xff", b"9"]))
    cut = data.draw(st.booleans())
    _everything(identity, whole[:place] + change + (b"" if cut else whole[place:]))


def _everything(identity: str, content: bytes) -> None:
    try:
        items = Numbers(carrier(identity), content).items
    except StationError as refused:
        can_be_said(refused.key, refused.args_)
        return
    for item in items:
        if isinstance(item, Problem):
            assert item.key in NUMBER_LEVELS
            can_be_said(item.key, dict(placeholders(item)))
        else:
            assert item.key == item.key.strip() != ""
            assert item.number == "" or re.fullmatch(r"[0-9]{8,20}|[A-Z]{2}[0-9]{9}[A-Z]{2}", item.number)


@every_carrier
def test_half_a_file_gives_the_rows_before_the_cut_and_names_the_cut_one(identity: str) -> None:
    """Cut at any byte: no key ever gets a number that the whole file does not give it."""
    whole = (SAMPLES / identity / "numbers.csv").read_bytes()
    pairs = Numbers(carrier(identity), whole).pairs
    start = whole.index(b"\r\n") + 2
    for end in range(start, len(whole), 7):
        found = Numbers(carrier(identity), whole[:end])
        complete = whole[start:end].count(b"\r\n")
        assert set(found.pairs) <= set(pairs), end
        assert len(found.rows) >= complete - 1
        if not whole[:end].endswith(b"\n") and len(found.rows) == complete:
            assert found.keys[-1] in {"number.row_short", "number.row_broken", "number.row_unfinished"}, end


def test_a_problem_that_is_not_ours_counts_as_an_error() -> None:
    assert number_level(Problem("f", 1, "", "", "number.new")) is Level.ERROR
    assert number_level(Problem("f", 1, "", "", "number.row_repeated")) is Level.INFO


@every_carrier
def test_keys_come_back_as_they_went_out(identity: str) -> None:
    shipments, _, _ = sample(identity)
    found = Numbers(carrier(identity), (SAMPLES / identity / "numbers.csv").read_bytes())
    assert {row.key for row in found.rows} == {each.key for each in shipments}
    assert all(read_key(row.key) is not None for row in found.rows)
    assert {row.service for row in found.rows} - {each.service for each in shipments} <= {""}


# --- sentences --------------------------------------------------------------------------------------------------


def test_every_sentence_of_the_carriers_is_used_and_every_key_has_one() -> None:
    with (ROOT / "resources" / "texts" / "en" / "carriers.po").open("rb") as file:
        sentences = {message.id for message in read_po(file) if message.id}
    sources = [*(ROOT / "app" / "carriers").glob("*.py"), ROOT / "app" / "domain" / "shipping.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r'"((?:fault|number|carrier)\.[a-z0-9_]+)"', code))
    fields = set(re.findall(r'"((?:to|sender)\.[a-z]+)"', code)) | {"key", "service", "ship_on", "deliver_on", "slot"}
    fields |= {
        f"{whose}.{part}"
        for whose in ("to", "sender")
        for part in ("name", "address", "prefecture", "city", "street", "postcode", "phone", "country")
    }
    fields |= {"temperature", "cod", "cod_tax", "pieces", "contents", "remark", "handling", "seals"}
    fields |= {f"{each.ID}.{field.name}" for each in carriers() for field in each.ACCOUNT}
    assert used | {f"carrier.{field}" for field in fields} == sentences
    assert set(NUMBER_LEVELS) <= sentences


def test_a_row_with_a_quotation_mark_too_many_says_nothing() -> None:
    """Read with patience, a mark too many would join the key of one row to the number of another."""
    file = read_returned("x.csv", b'key,kind,number\r\n12-001-1,"0,1001\r\n12-002-1,"2",1002\r\n12-003-1,2,1003\r\n')
    rows = list(file.records())
    assert rows == [(1, ["key", "kind", "number"]), (2, None), (3, ["12-003-1", "2", "1003"])]


def test_a_mark_of_the_byte_order_where_files_were_put_together_is_no_letter() -> None:
    file = read_returned("x.csv", '"key","number"\r\n\ufeff"12-001-1","1001"\r\n'.encode())
    assert list(file.records())[1] == (2, ["12-001-1", "1001"])
