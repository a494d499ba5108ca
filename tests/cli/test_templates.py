"""``kenpin templates``: copied to a file, changed, checked, taken in, removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path / "data")


def test_a_template_goes_out_as_a_file_and_comes_in_again(kenpin: Kenpin, tmp_path: Path) -> None:
    assert {row["name"] for row in kenpin("templates", "list", "packing_slip", "--json").json} == {"standard"}
    assert kenpin("templates", "copy", "packing_slip", "standard", "mine").status == 0
    body = kenpin("templates", "show", "packing_slip", "mine").out
    assert "[size.A4]" in body
    file = tmp_path / "mine.toml"
    file.write_text(body.replace('qr = "none"', 'qr = "ship_number"'), encoding="utf-8")
    assert kenpin("templates", "check", "packing_slip", str(file)).status == 0
    assert kenpin("templates", "save", "packing_slip", "mine", str(file)).status == 0
    assert 'qr = "ship_number"' in kenpin("templates", "show", "packing_slip", "mine").out
    assert kenpin("templates", "remove", "packing_slip", "mine").status == 0
    assert kenpin("templates", "show", "packing_slip", "mine").status == 1


def test_every_mistake_is_said_and_nothing_is_kept(kenpin: Kenpin, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('titel = "x"\n[size.A4]\nbody_pt = 900\n', encoding="utf-8")
    for command in (("check", "packing_slip"), ("save", "packing_slip", "mine")):
        done = kenpin("templates", *command, str(file))
        assert done.status == 1
        assert "titel" in done.error
        assert "size.A4.body_pt" in done.error
    faults = kenpin("templates", "check", "packing_slip", str(file), "--json").json["faults"]
    assert [fault["place"] for fault in faults] == ["titel", "size.A4.body_pt"]
    assert kenpin("templates", "check", "packing_slip", str(tmp_path / "none.toml")).status == 1
    assert len(kenpin("templates", "list", "packing_slip", "--json").json) == 1
