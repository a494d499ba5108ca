"""``kenpin weights``: taught by the scale, held against the product file."""

import pytest

from tests.cli.kenpin import Kenpin
from tests.makers import ean


@pytest.fixture
def kenpin(tmp_path):
    """Three products: one whose weight is right, one in kilograms, one without any."""
    made = Kenpin(tmp_path / "data")
    made.folder.mkdir()
    rows = f"TEA,抹茶,{ean(1)},A-1,500\nCUP,湯のみ,{ean(2)},A-2,2\nMAT,敷物,{ean(3)},A-3,\n"
    assert made("products", "import", made.file("p.csv", "sku,name,code,shelf,weight_g\n" + rows)).status == 0
    return made


def test_goods_that_were_weighed_by_themselves_are_known_and_adopted(kenpin):
    assert kenpin("weights", "adopt", "MAT").status == 1
    row = kenpin("weights", "weigh", "MAT", "812", "1620/2", "--json").json
    assert (row["master_g"], row["weighings"]) == (None, 2)
    assert 809 < row["scale_g"] < 812
    assert kenpin("weights", "adopt", "mat", "--json").json["master_g"] in (810, 811)
    assert "MAT: the scale has taught nothing" in kenpin("weights", "forget", "MAT").out


def test_a_product_file_in_another_unit_is_found(kenpin):
    kenpin("weights", "weigh", "CUP", "2010", "1990")
    kenpin("weights", "weigh", "TEA", "498", "502")
    (row,) = kenpin("weights", "list", "--doubtful", "--json").json
    assert (row["sku"], row["doubt"]["unit"]) == ("CUP", "kg")
    assert "seems to be in kg" in kenpin("weights", "list").out


def test_goods_of_unknown_weight_are_listed(kenpin):
    assert [row["sku"] for row in kenpin("weights", "list", "--unknown", "--json").json] == ["MAT"]


@pytest.mark.parametrize(
    ("sku", "sample", "said"), [("MAT", "abc", "abc"), ("NONE", "12", "NONE"), ("MAT", "0", "MAT")]
)
def test_wrong_words_are_said(kenpin, sku, sample, said):
    done = kenpin("weights", "weigh", sku, sample)
    assert done.status == 1
    assert said in done.error
