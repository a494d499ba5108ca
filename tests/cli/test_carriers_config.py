"""``kenpin carriers``, ``attention`` and ``contacts`` as people and scripts call them."""

import pytest

from app.plugins import resource_root, use_own
from tests.cli.kenpin import Kenpin

MAPPING = """
[order]
number = "order"
delivery = "by"
wish = "wish"
[ship_to]
name = "to"
postcode = "zip"
prefecture = "pref"
city = "city"
street = "street"
phone = "phone"
[line]
sku = "sku"
quantity = "qty"
[rules]
unpaid = [{ column = "state", equals = "unpaid" }]
"""
HEAD = "order,by,wish,to,zip,pref,city,street,phone,sku,qty,state\n"
TO = "架空 花子,150-0001,東京都,渋谷区見本町,1-2-3,090-0000-1234,SKU-1,1"


@pytest.fixture
def kenpin(tmp_path):
    """A folder with two orders, one of them unpaid."""
    made = Kenpin(tmp_path / "data")
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    rows = f"1001,メール便,,{TO},\n1002,宅配便,,{TO},unpaid\n"
    (tmp_path / "o.csv").write_text(HEAD + rows, encoding="utf-8")
    done = made(
        "import", tmp_path / "o.csv", "--mapping", tmp_path / "m.toml", "--shop", "見本店", "--create-products"
    )  # fmt: skip
    assert done.status == 0, done.error
    return made


def test_carriers_and_their_services_are_listed(kenpin):
    found = {each["carrier"]: each for each in kenpin("carriers", "list", "--json").json}
    assert {"yamato_b2", "sagawa_e3"} <= found.keys()
    assert "takkyubin" in [each["service"] for each in found["yamato_b2"]["services"]]
    account = {each["name"]: each for each in found["yamato_b2"]["account"]}
    assert account["customer_code"]["required"]
    assert account["customer_code"]["text"] == "Customer code for billing"
    assert "yamato_b2/takkyubin" in kenpin("carriers", "list").out


def test_pickups_are_set_shown_and_taken_away(kenpin):
    assert kenpin("carriers", "pickups", "yamato_b2", "17:00", "14:00", "--json").json == {
        "yamato_b2": ["14:00", "17:00"]
    }
    assert "14:00  17:00" in kenpin("carriers", "pickups").out
    wrong = kenpin("carriers", "pickups", "yamato_b2", "26:00")
    assert wrong.status == 1
    assert "26:00" in wrong.error
    assert kenpin("carriers", "pickups", "nobody", "14:00").status == 1
    assert kenpin("carriers", "pickups", "yamato_b2", "--none", "--json").json == {"yamato_b2": []}


def test_a_method_gives_waiting_orders_their_carrier_at_once(kenpin):
    done = kenpin("carriers", "methods", "メール便", "yamato_b2/nekopos")
    assert done.status == 0
    assert "1 waiting orders" in done.error
    assert kenpin("carriers", "methods", "--json").json == [
        {"method": "メール便", "service": "yamato_b2/nekopos", "shop": ""}
    ]
    assert kenpin("carriers", "methods", "店頭", "-", "--shop", "見本店").status == 0
    assert kenpin("carriers", "methods", "宅配便", "yamato_b2/sled").status == 1
    assert kenpin("carriers", "methods", "宅配便").status == 2
    assert kenpin("carriers", "methods", "メール便", "--remove", "--json").json == [
        {"method": "店頭", "service": "", "shop": "見本店"}
    ]


def test_lead_times_are_read_whole_or_not_at_all_and_each_wrong_row_is_named(kenpin, tmp_path):
    file = tmp_path / "lead.csv"
    file.write_text("運送会社,発地,着地,日数\nyamato_b2,東京都,大阪府,1\nyamato_b2,東京都,江戸,x\n", encoding="utf-8")
    wrong = kenpin("carriers", "lead-times", file, "--json")
    assert (wrong.status, wrong.json["rows"]) == (1, 0)
    assert [(each["row"], each["column"], each["value"]) for each in wrong.json["problems"]] == [
        (3, "着地", "江戸"),
        (3, "日数", "x"),
    ]
    assert "江戸" in kenpin("carriers", "lead-times", file).error
    assert kenpin("carriers", "lead-times", "--json").json == []
    file.write_text("運送会社,発地,着地,日数\nyamato_b2,東京都,大阪府,1\n", encoding="utf-8")
    assert kenpin("carriers", "lead-times", file, "--dry-run", "--json").json["rows"] == 1
    assert kenpin("carriers", "lead-times", "--json").json == []
    assert kenpin("carriers", "lead-times", file).status == 0
    row = {"carrier": "yamato_b2", "origin": "東京都", "prefecture": "大阪府", "days": 1}
    assert kenpin("carriers", "lead-times", "--json").json == [row]
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "lacks columns" in kenpin("carriers", "lead-times", file).error
    assert kenpin("carriers", "lead-times", tmp_path / "none.csv").status == 1


def test_days_are_closed_for_every_shop_or_for_one(kenpin):
    kenpin("carriers", "closed", "--add", "2026-12-31..2027-01-01")
    kenpin("carriers", "closed", "--add", "2026-12-29", "--shop", "見本店")
    assert kenpin("carriers", "closed", "--json").json == [
        {"day": "2026-12-29", "shop": "見本店"},
        {"day": "2026-12-31", "shop": ""},
        {"day": "2027-01-01", "shop": ""},
    ]
    assert len(kenpin("carriers", "closed", "--remove", "2026-12-31", "--json").json) == 2


def test_an_account_takes_only_values_that_fit(kenpin):
    assert kenpin("carriers", "account", "yamato_b2", "customer_code=0901234567").status == 0
    assert kenpin("carriers", "account", "--json").json == [
        {"carrier": "yamato_b2", "shop": "", "name": "customer_code", "value": "0901234567"}
    ]
    wrong = kenpin("carriers", "account", "yamato_b2", "customer_code=12")
    assert wrong.status == 1
    assert "Customer code for billing" in wrong.error
    assert kenpin("carriers", "account", "yamato_b2", "customer_code").status == 2


def test_a_service_is_chosen_by_hand(kenpin):
    assert kenpin("carriers", "choose", "yamato_b2/nekopos", "1001", "--json").json["orders"] == 1
    assert kenpin("carriers", "choose", "yamato_b2/sled", "1001").status == 1


def test_what_needs_a_person_is_listed_with_what_to_do_and_lifted_at_once(kenpin):
    (row,) = kenpin("attention", "--json").json
    assert row["number"] == "1002"
    assert [(each["hold"], each["one_key"]) for each in row["holds"]] == [("unpaid", True)]
    assert row["holds"][0]["do"].startswith("Check the payment")
    assert "Check the payment" in kenpin("attention").out
    assert kenpin("attention", "--counts", "--json").json == {"unpaid": 1}
    assert kenpin("attention", "--hold", "nonsense").status == 2
    assert kenpin("attention", "--lift").status == 2
    assert kenpin("attention", "--hold", "unpaid", "--lift", "--json").json == {"lifted": 1, "refused": []}
    assert kenpin("attention", "--json").json == []


def test_a_customer_is_asked_and_the_answer_is_done(kenpin):
    assert kenpin("contacts", "--json").json == []
    kenpin("settings", "set", "ship.origin", "東京都")
    kenpin("settings", "set", "carrier.default", "yamato_b2/takkyubin")
    folder = kenpin.folder.parent
    (folder / "late.csv").write_text(f"{HEAD}1003,,2001-01-02,{TO},\n", encoding="utf-8")
    kenpin("import", folder / "late.csv", "--mapping", folder / "m.toml", "--shop", "見本店")
    (row,) = kenpin("contacts", "--about", "date", "--json").json
    assert row["number"] == "1003"
    assert "1003" in kenpin("contacts").out
    wrong = kenpin("contacts", "--answer", str(row["contact"]), "split")
    assert wrong.status == 1
    assert "wait, cancel" in wrong.error
    assert kenpin("contacts", "--answer", "x", "wait").status == 2
    assert kenpin("contacts", "--answer", str(row["contact"]), "wait", "--json").json["answer"] == "wait"
    assert kenpin("contacts", "--json").json == []


def test_a_shop_that_is_not_there_yet_is_said_to_come_with_its_first_import(kenpin):
    found = kenpin("carriers", "methods", "宅配便", "yamato_b2/takkyubin", "--shop", "別の店")
    assert found.status == 1
    assert "別の店" in found.error
    assert "見本店" in found.error
    assert "kenpin import FILE --shop NAME" in found.error


def test_a_mapping_in_the_data_folder_is_a_carrier(kenpin, request):
    request.addfinalizer(lambda: use_own("carriers", kenpin.folder / "none"))
    plain = resource_root() / "mappings" / "carriers" / "plain_table.toml"
    own = kenpin.folder / "carriers"
    own.mkdir()
    (own / "seino.toml").write_text(plain.read_text(encoding="utf-8").replace('"plain_table"', '"seino"'), "utf-8")
    assert "seino/parcel" in kenpin("carriers", "list").out
    assert kenpin("settings", "set", "carrier.default", "seino/parcel").status == 0
    (own / "seino.toml").write_text("id = ", "utf-8")
    refused = kenpin("carriers", "list")
    assert refused.status == 1
    assert "seino.toml" in refused.error
    (own / "seino.toml").unlink()
    assert "seino" not in kenpin("carriers", "list").out
