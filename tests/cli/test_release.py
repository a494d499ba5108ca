"""Release, batches, carriers' files and numbers by command, each with its JSON and its sentences."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from app.carriers._yamato_columns import COLUMNS
from tests.cli.kenpin import Kenpin
from tests.services.shipping import tracking

MAPPING = """
id = "catalogue"
[order]
number = "order"
note = "note"
[buyer]
name = "to"
[ship_to]
name = "to"
postcode = "zip"
prefecture = "prefecture"
city = "city"
street = "street"
phone = "phone"
[line]
sku = "sku"
name = "sku"
quantity = "qty"
"""
HEAD = "order,sku,qty,to,zip,prefecture,city,street,phone,note\n"
HOME = "見本 花子,150-0001,東京都,渋谷区,神宮前1-2-3,03-1234-5678,"
PRODUCTS = """sku,name,code,shelf,stock
TEA,緑茶,4599990001013,A-01,400
CUP,湯のみ,4599990001020,B-01,400
"""


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    """A shop that ships by Yamato, with three orders."""
    made = Kenpin(tmp_path)
    for key, value in (
        ("carrier.default", "yamato_b2/takkyubin"),
        ("shop.name", "見本商店"),
        ("shop.postcode", "100-0001"),
        ("shop.address", "東京都千代田区千代田1-1"),
        ("shop.phone", "03-1111-2222"),
        ("merge.propose", "off"),
    ):
        assert made("settings", "set", key, value).status == 0
    assert made("carriers", "account", "yamato_b2", "customer_code=0312345678").status == 0
    assert made("products", "import", made.file("products.csv", PRODUCTS)).status == 0
    take_in(made, "1001,CUP,1", "1002,TEA,2", "1003,TEA,1")
    return made


def take_in(kenpin: Kenpin, *rows: str, name: str = "day.csv", home: str = HOME) -> None:
    mapping = kenpin.file("catalogue.toml", MAPPING)
    file = kenpin.file(name, HEAD + "".join(f"{row},{home}\n" for row in rows))
    result = kenpin("import", file, "--mapping", mapping, "--shop", "見本")
    assert result.status == 0, result.error


def issued(kenpin: Kenpin, numbers: dict[str, str], name: str = "issued.csv") -> Path:
    """Write B2's file of issued waybills with these numbers by customer key."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS["95"])
    for key, number in numbers.items():
        row = [""] * 95
        row[0], row[1], row[3], row[4] = key, "0", number, "2026/11/25"
        writer.writerow(row)
    return kenpin.file(name, text.getvalue().encode("cp932"))


def part(kenpin: Kenpin, batch: int = 1) -> dict[str, Any]:
    """The one carrier's part of a batch."""
    (found,) = kenpin("batches", str(batch), "--json").json["carriers"]
    assert isinstance(found, dict)
    return found


def test_a_trial_counts_and_changes_nothing(kenpin: Kenpin) -> None:
    found = kenpin("release", "--dry-run", "--json").json
    assert [each["number"] for each in found["orders"]] == ["1002", "1003", "1001"]
    assert found["groups"] == [
        {
            "carrier": "yamato_b2", "service": "takkyubin", "temperature": "ambient",
            "orders": 3, "lines": 3, "pieces": 4,
        }
    ]  # fmt: skip
    assert (found["left_out"], found["held"], found["nothing"]) == ([], {}, None)
    shown = kenpin("release", "--dry-run")
    assert shown.status == 0
    assert "yamato_b2" in shown.out
    assert kenpin("batches", "--json").json == []


def test_from_the_release_to_the_numbers(kenpin: Kenpin) -> None:
    done = kenpin("release", "--json").json
    assert (done["batch"], done["ship_numbers"], done["refused"]) == (1, ["1-001", "1-002", "1-003"], [])
    assert [Path(paper).name.split("-")[1] for paper in done["papers"]] == ["pick_list", "slips"]
    assert part(kenpin) == {
        "carrier": "yamato_b2", "orders": 3, "done": 0, "waybills": 3, "requested": 3, "exported": 0, "accepted": 0,
        "rejected": 0, "numbered": 0, "missing": 0, "attached": 0,
    }  # fmt: skip
    out = kenpin("carriers", "export", "--batch", "1", "--json").json
    (path,) = map(Path, out["files"])
    assert path.parent == kenpin.folder / "papers" / "yamato_b2"
    assert (out["rows"], out["kept_out"], out["errors"]) == (3, [], [])
    assert "見本" not in path.name
    file = issued(kenpin, {"1-001-1": tracking(1), "1-002-1": tracking(2)})
    (report,) = kenpin("carriers", "numbers", file, "--json").json
    assert (report["numbered"], report["refused"], len(report["missing"])) == (2, 0, 1)
    assert report["problems"][0]["key"] == "numbers.missing"
    found = part(kenpin)
    assert (found["exported"], found["numbered"], found["missing"], found["requested"]) == (3, 2, 1, 0)
    left = kenpin("batches", "1", "--json").json["left"]
    assert [(each["ship_number"], each["state"]) for each in left] == [("1-003", "exported")]
    shown = kenpin("batches")
    assert shown.out.splitlines()[1].split()[:1] == ["1"]


def test_a_second_export_is_refused_and_one_with_a_reason_has_new_keys(kenpin: Kenpin) -> None:
    kenpin("release")
    assert kenpin("carriers", "export", "--batch", "1", "--out", kenpin.folder / "a").status == 0
    again = kenpin("carriers", "export", "--batch", "1", "--out", kenpin.folder / "b")
    assert again.status == 1
    assert "Yamato" in again.error
    assert not (kenpin.folder / "b").exists()
    third = kenpin("carriers", "export", "--open", "yamato_b2", "--reason", "lost", "--out", kenpin.folder / "c")
    assert third.status == 0
    (path,) = (kenpin.folder / "c").iterdir()
    assert "1-001-1-2" in path.read_bytes().decode("cp932")


def test_an_export_names_one_of_batch_open_and_order(kenpin: Kenpin) -> None:
    assert kenpin("carriers", "export").status == 2
    assert kenpin("carriers", "export", "--batch", "1", "--open", "yamato_b2").status == 2
    assert kenpin("carriers", "export", "--batch", "9").status == 1


def test_bad_number_files_are_named_and_the_good_one_beside_them_is_taken(kenpin: Kenpin) -> None:
    kenpin("release")
    kenpin("carriers", "export", "--batch", "1")
    good = issued(kenpin, {"1-001-1": tracking(1), "1-002-1": tracking(2), "1-003-1": tracking(3)})
    bad = kenpin.file("bad.csv", "a,b,c\r\n1,2,3\r\n")
    result = kenpin("carriers", "numbers", bad, good)
    assert result.status == 0
    assert "bad.csv" in result.error
    assert "new 3" in result.out
    other = issued(kenpin, {"9-001-1": tracking(9)}, "other.csv")
    result = kenpin("carriers", "numbers", other)
    assert result.status == 1
    assert "9-001-1" in result.error
    assert kenpin("carriers", "numbers", kenpin.folder / "absent.csv").status == 1


def test_a_number_may_be_entered_by_hand(kenpin: Kenpin) -> None:
    kenpin("release")
    done = kenpin("carriers", "by-hand", "1-002", tracking(5), "--json").json
    assert done == {"waybill": "1-002-1", "carrier": "yamato_b2", "number": tracking(5), "piece": 1, "pieces": 1}
    assert kenpin("carriers", "by-hand", "1-002", tracking(6)).status == 1
    assert kenpin("carriers", "by-hand", "1-001", "12").status == 1


def test_a_release_is_taken_back_by_batch_and_by_order(kenpin: Kenpin) -> None:
    kenpin("release")
    kenpin("carriers", "export", "--batch", "1")
    one = kenpin("release", "--back", "1-002", "--json").json
    assert (one["ship_numbers"], one["pulled"], one["refused"]) == (["1-002"], ["1-002-1"], [])
    rest = kenpin("release", "--back", "1")
    assert rest.status == 0
    assert "1-001, 1-003" in rest.out
    assert kenpin("release", "--back", "7").status == 1
    assert kenpin("release", "--json").json["ship_numbers"] == ["2-001", "2-002", "2-003"]


def test_nothing_to_release_is_said(kenpin: Kenpin) -> None:
    kenpin("release")
    again = kenpin("release")
    assert again.status == 1
    assert again.error.strip() == "There is nothing to release. Check the import and what was chosen."
    take_in(kenpin, "2001,TEA,1", name="bad.csv", home="見本 花子,,東京都,渋谷区,神宮前1-2-3,03-1234-5678,")
    held = kenpin("release")
    assert held.status == 1
    assert "can be released now" in held.error
    assert kenpin("release", "--pickup", "25:00").status == 2


def test_a_choice_by_options(kenpin: Kenpin) -> None:
    assert kenpin("release", "--cold", "frozen", "--dry-run").status == 1
    assert kenpin("release", "--carrier", "sagawa_e3", "--dry-run").status == 1
    assert kenpin("release", "--shop", "nobody").status == 1
    assert kenpin("release", "--limit", "1", "--json").json["ship_numbers"] == ["1-001"]


def test_the_slips_of_a_batch_are_made_again_as_copies(kenpin: Kenpin) -> None:
    assert kenpin("release").status == 0
    made = kenpin.folder / "again.pdf"
    assert kenpin("print", "slips", "1", "-o", made).status == 0
    with closing(pdfium.PdfDocument(made)) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    assert len(texts) == 3
    assert all("再発行" in text for text in texts)
    missing = kenpin("print", "slips", "2", "-o", made)
    assert missing.status == 1
    assert "2" in missing.error
