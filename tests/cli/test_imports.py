"""``kenpin imports`` and ``kenpin folders``: listed, mended, read again, taken back; watched and looked into."""

import pytest

from app.services import folder_watch
from tests.cli.kenpin import Kenpin
from tests.services.test_intake import COLUMNS, MAPPING


@pytest.fixture
def kenpin(tmp_path):
    return Kenpin(tmp_path / "data")


def written(folder, *rows):
    (folder / "m.toml").write_text(MAPPING, encoding="utf-8")
    path = folder / "orders.csv"
    lines = [",".join(COLUMNS), *(f"{number},,{sku},Thing,1,,花子," for number, sku in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_import_is_listed_mended_read_again_and_taken_back(kenpin, tmp_path):
    path = written(tmp_path, ("1001", "TEA"), ("1002", "?"))
    kenpin("import", path, "--mapping", tmp_path / "m.toml", "--shop", "mine")
    (row,) = kenpin("imports", "list", "--json").json
    assert (row["state"], row["kind"], row["counts"]["added"]) == ("done", "orders", 2)
    assert "orders.csv" in kenpin("imports", "list").out
    assert str(path) in kenpin("imports", "show", row["id"]).out
    one, other = kenpin("imports", "problems", row["id"], "--json").json
    assert [each["name"] for each in one["remedies"]] == ["make_product", "tie_product", "value"]
    assert "make_product" in kenpin("imports", "problems", row["id"], "--open").out
    assert kenpin("imports", "remedy", one["id"], "make_product").status == 0
    assert kenpin("imports", "mend", other["id"], "TEA").status == 0
    assert kenpin("imports", "again", row["id"], "--json").json["orders"]["changed"] == 1
    assert kenpin("imports", "problems", row["id"], "--open", "--json").json == []
    again = kenpin("imports", "list", "--json").json[0]
    assert again["again"] == row["id"]
    back = kenpin("imports", "back", again["id"], "--json").json
    assert (back["removed"], back["restored"]) == ([], ["1002"])
    assert kenpin("imports", "back", again["id"]).status == 1
    assert kenpin("imports", "show", 99).status == 1


def test_a_problem_is_put_aside(kenpin, tmp_path):
    kenpin("import", written(tmp_path, ("1001", "TEA")), "--mapping", tmp_path / "m.toml")
    (found,) = kenpin("imports", "problems", 1, "--json").json
    kenpin("imports", "aside", found["id"])
    assert kenpin("imports", "problems", 1, "--open", "--json").json == []


def test_folders_are_watched_changed_looked_into_and_left(kenpin, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_watch, "EVERY_SECONDS", 0.01)
    (tmp_path / "in").mkdir()
    mapping = tmp_path / "m.toml"
    assert kenpin("folders", "add", "mine", tmp_path / "in", "--mapping", mapping, "--shop", "mine").status == 0
    path = written(tmp_path, ("1001", "TEA"))
    path.rename(tmp_path / "in" / "orders.csv")
    (row,) = kenpin("folders", "look", "--json").json
    assert (row["name"], row["state"], row["shop"]) == ("mine", "good", "mine")
    assert kenpin("imports", "list", "--json").json[0]["folder"] == "mine"
    assert kenpin("folders", "change", "mine", "--name", "other", "--no-active").status == 0
    (row,) = kenpin("folders", "list", "--json").json
    assert (row["name"], row["active"], row["mapping"]) == ("other", False, str(mapping))
    assert "other" in kenpin("folders", "list").out
    assert kenpin("folders", "change", "mine").status == 1
    assert kenpin("folders", "remove", "other").status == 0
    assert kenpin("folders", "list", "--json").json == []
