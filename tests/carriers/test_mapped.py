"""Carriers by mapping: what a mapping may say, what is wrong with one, and the file that comes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.carriers._choose import carrier, carriers, recognised
from app.carriers._file import read_returned
from app.carriers._mapped import MappedCarrier
from app.carriers._mapping import mapping_from, table_from
from app.domain.intake import Level
from app.domain.shipping import Slot, Temperature
from app.errors import FileUnusable, SettingsWrong
from app.plugins import use_own
from tests.carriers.making import ROOT, TODAY, Numbers, as_csv, check_digit, keys, shipment

PLAIN = (ROOT / "resources" / "mappings" / "carriers" / "plain_table.toml").read_text(encoding="utf-8")
GOOD = check_digit(40_000_000_000)
SMALL = """
id = "seino"
tracking = "https://example.com/?no={number}"
title = { ja = "西濃運輸", en = "Seino" }
[[services]]
id = "kangaroo"
title = { ja = "カンガルー便", en = "Kangaroo" }
most_pieces = 5
phone = false
[file]
encoding = "utf-8"
newline = "lf"
delimiter = "\\t"
header = false
quote = "all"
rows = "piece"
columns = [
    { name = "no", value = "key" },
    { name = "code", text = "0123" },
    { name = "zip", value = "to.postcode" },
    { name = "pref", value = "to.prefecture" },
    { name = "city", value = "to.city", places = 20 },
    { name = "street", value = "to.street", places = 20, wide = true },
    { name = "street2", value = "to.street", places = 20, wide = true },
    { name = "name", value = "to.name" },
]
[numbers]
key = "no"
number = "denpyo"
pieces = "kosu"
"""


def of(text: str) -> MappedCarrier:
    return MappedCarrier.of(mapping_from(text, "m.toml"))


def wrong(text: str) -> list[str]:
    with pytest.raises(SettingsWrong) as refused:
        mapping_from(text, "m.toml")
    assert refused.value.args_["mapping"] == "m.toml"
    return str(refused.value.args_.get("wrong", "")).splitlines()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder for the shop's own mappings."""
    use_own("carriers", tmp_path)
    yield tmp_path
    use_own("carriers", tmp_path / "none")


def test_the_form_of_the_file_is_what_the_mapping_says() -> None:
    wanted = shipment("kangaroo", pieces=2, to_name="𠮷野", to_street="神宮前1-2-3 けんぴんビル4F")
    data = of(SMALL).write([wanted], {}, TODAY).data.decode("utf-8")
    line = '"12-001-1"\t"0123"\t"150-0001"\t"東京都"\t"渋谷区"\t"神宮前１－２－３"\t"けんぴんビル４Ｆ"\t"𠮷野"\n'
    assert data == line * 2  # one row a piece; any character, as it is not in CP932


def test_what_does_not_fit_names_its_field() -> None:
    made = of(SMALL)
    assert keys(made.check(shipment("kangaroo", to_city="長" * 11), TODAY)) == [("fault.too_long", "to.city")]
    assert keys(made.check(shipment("kangaroo", to_street="長" * 21), TODAY)) == [("fault.too_long", "to.street")]
    assert keys(made.check(shipment("kangaroo", pieces=6), TODAY)) == [("fault.pieces", "pieces")]
    assert keys(made.check(shipment("kangaroo", slot=Slot.MORNING), TODAY)) == [("fault.no_slot", "slot")]
    assert made.check(shipment("kangaroo", to_phone="", sender_name="", remark="長" * 99), TODAY) == ()


def test_the_code_of_a_service_may_differ_with_cash() -> None:
    made = carrier("plain_table")
    paid = made.write([shipment("parcel", cod=1080, cod_tax=80)], {}, TODAY).data.decode("cp932").splitlines()[1]
    assert paid.split(",")[2] == "代引"
    assert paid.endswith(",1080,80")
    cold = shipment("parcel", temperature=Temperature.CHILLED, handling=("fragile", "this_side_up"))
    line = made.write([cold], {}, TODAY).data.decode("cp932").splitlines()[1]
    assert "ワレ物注意 天地無用,1,冷蔵" in line


def test_numbers_are_read_by_the_columns_that_the_mapping_names() -> None:
    made = of(SMALL)
    data = as_csv([["KOSU", "denpyo", "no", "x"], ["2", GOOD, "12-001-1", ""]])
    found = Numbers(made, data)
    assert [(each.key, each.number, each.pieces, each.cod) for each in found.rows] == [("12-001-1", GOOD, 2, None)]
    assert made.tracking_url(GOOD) == f"https://example.com/?no={GOOD}"
    with pytest.raises(FileUnusable) as refused:
        Numbers(made, as_csv([["no", "kosu"], ["12-001-1", "1"]]))
    assert refused.value.args_ == {"file": "numbers.csv", "columns": "denpyo", "carrier": "seino"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id = "seino"', 'id = "Seino!"', 'id: "a_z09"'),
        ('id = "kangaroo"', 'id = ""', 'services[1].id: "a_z09"'),
        ('en = "Seino"', 'de = "Seino"', 'title: { ja = "…", en = "…" }'),
        ("{number}", "N", 'tracking: "https://…{number}"'),
        ('encoding = "utf-8"', 'encoding = "shift_jis"', 'file.encoding: "cp932" | "utf-8" | "utf-8-sig"'),
        ("header = false", 'header = "no"', "file.header: true | false"),
        ("places = 20, wide", "places = -1, wide", "file.columns[6].places: 0, 1, 2 …"),
        ('value = "to.name"', 'value = "to.nam"', 'file.columns[8].value: "key" | '),
        ('text = "0123"', 'text = "0123", value = "key"', "file.columns[2]: value | text"),
        ("most_pieces = 5", "most_pieces = 0", "services[1].most_pieces: 1, 2, 3 …"),
        ("most_pieces = 5", "pieces = 5", "services[1].pieces: id | title | code"),
        ("phone = false", "", 'file.columns: { name = "…", value = "to.phone" }'),
        ("phone = false", "phone = false\ndated = true", 'file.columns: { name = "…", value = "deliver_date" }'),
        ("phone = false", 'phone = false\nslots = ["am"]', 'slots: am = "…"'),
        ("phone = false", 'phone = false\nslots = ["am"]', 'file.columns: { name = "…", value = "slot" }'),
        ("phone = false", 'phone = false\ncold = ["frozen"]', 'file.columns: { name = "…", value = "temperature" }'),
        ("phone = false", 'phone = false\nslots = ["noon"]', "services[1].slots: am | "),
        ("phone = false", 'phone = false\ncold = ["frozen"]', 'temperatures: frozen = "…"'),
        ("phone = false", "phone = false\ncash_up_to = 1", 'file.columns: { name = "…", value = "cod" }'),
        ('rows = "piece"', "", 'file.columns: { name = "…", value = "pieces" }'),
        ('value = "to.prefecture"', 'text = ""', 'file.columns: { name = "…", value = "to.address" }'),
        ('number = "denpyo"', "", 'numbers.number: "…"'),
        ("[numbers]", "[numbers]\nzip = 1", "numbers.zip: key | number | cod | pieces"),
        ("[file]", '[file]\ndate = "%Y"', 'file.date: "%Y/%m/%d", "%Y%m%d" …'),
        ("[[services]]", "[services]", "services: [[services]]"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named_with_its_place(before: str, after: str, said: str) -> None:
    assert before in SMALL
    found = wrong(SMALL.replace(before, after, 1))
    assert any(line.startswith(said) for line in found), found


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 3)
    | st.text(max_size=4)
    | st.sampled_from(["%", "\x00", "%Y%m%d", "am"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data())
def test_any_value_anywhere_is_taken_or_named_and_never_a_crash(data: st.DataObject) -> None:
    raw: Any = tomllib.loads(data.draw(st.sampled_from([PLAIN, SMALL])))
    part: Any = raw
    while True:
        at = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if not (isinstance(part[at], dict | list) and part[at]) or data.draw(st.booleans()):
            break
        part = part[at]
    part[at] = data.draw(VALUES)
    try:
        made = MappedCarrier.of(table_from(raw, "m.toml"))
    except SettingsWrong:
        return
    wanted = shipment(made.SERVICES[0].id, remark="12-001")
    if not any(fault.level is Level.ERROR for fault in made.check(wanted, TODAY)):
        assert made.write([wanted], {}, TODAY).rows == 1


def test_everything_wrong_is_said_at_once_and_toml_that_is_none_too() -> None:
    assert len(wrong('id = "x"\nwhat = 1\n')) >= 5
    with pytest.raises(SettingsWrong, match=r"mapping\.not_toml"):
        mapping_from("id = ", "m.toml")


def test_a_shops_own_mapping_is_a_carrier_like_any_other(own: Path) -> None:
    (own / "seino.toml").write_text(SMALL, encoding="utf-8")
    assert [each.ID for each in carriers()][-2:] == ["plain_table", "seino"]
    assert carrier("seino").TITLE["ja"] == "西濃運輸"


def test_a_copy_of_a_mapping_goes_before_it_and_two_copies_ask(own: Path) -> None:
    head = read_returned("n.csv", as_csv([["お客様管理番号", "送り状番号"], ["12-001-1", GOOD]])).head
    (own / "a.toml").write_text(PLAIN.replace('id = "plain_table"', 'id = "seino"'), encoding="utf-8")
    assert recognised(head).ID == "seino"
    (own / "b.toml").write_text(PLAIN.replace('id = "plain_table"', 'id = "fukutsu"'), encoding="utf-8")
    use_own("carriers", own)
    with pytest.raises(FileUnusable) as refused:
        recognised(head)
    assert refused.value.args_ == {"file": "n.csv", "carriers": "fukutsu, seino"}


def test_the_same_id_twice_is_refused_and_a_missing_folder_has_none(own: Path) -> None:
    (own / "x.toml").write_text(SMALL.replace('"seino"', '"yamato_b2"', 1), encoding="utf-8")
    with pytest.raises(SettingsWrong, match=r"carrier\.id_twice"):
        carriers()
    use_own("carriers", own / "none")
    assert [each.ID for each in carriers()][-1] == "plain_table"


def test_a_mapping_that_is_no_text_is_named(own: Path) -> None:
    (own / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsWrong) as refused:
        carriers()
    assert (refused.value.key, refused.value.args_["mapping"]) == ("mapping.unreadable", "x.toml")
