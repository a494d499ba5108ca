"""``kenpin printers``: the list, how each is, and a test print that comes out."""

from __future__ import annotations

import pytest

from tests.cli.kenpin import Kenpin
from tests.devices.printing.printers import Zpl, server


@pytest.fixture
def kenpin(tmp_path):
    return Kenpin(tmp_path / "data")


def add(kenpin, name, *more):
    done = kenpin("printers", "add", name, *more)
    assert done.status == 0, done.error
    return done


def test_printers_are_entered_changed_ordered_and_removed(kenpin, tmp_path):
    assert "kenpin printers find" in kenpin("printers", "list").error
    label = ("--language", "zpl", "--dpi", "203", "--media", "60x40")
    assert kenpin("printers", "add", "A", "--address", "h", *label, "--json").status == 0
    add(kenpin, "B", "--address", "h2", *label, "--takeover", "a", "--option", "gap_mm=3", "--option", "cut=yes")
    add(kenpin, "Files", "--transport", "folder", "--address", str(tmp_path / "out"), "--media", "A4", "--station", "2")
    assert (
        kenpin("printers", "change", "b", "--rename", "Bench", "--off", "--option", "cut=", "--dpi", "300").status == 0
    )
    assert kenpin("printers", "move", "bench", "1").status == 0
    first, second, third = kenpin("printers", "list", "--json").json
    assert (first["name"], first["active"], first["takeover"], first["dpi"]) == ("Bench", False, "A", 300)
    assert (first["options"], third["station"], second["takeover"]) == ({"gap_mm": "3"}, "2", None)
    shown = kenpin("printers", "list")
    assert "Bench (not in use)" in shown.out
    kenpin("printers", "change", "Bench", "--takeover", "")
    assert kenpin("printers", "remove", "A").status == 0
    assert [each["name"] for each in kenpin("printers", "list", "--json").json] == ["Bench", "Files"]


def test_what_makes_no_sense_is_told_field_by_field(kenpin):
    done = kenpin("printers", "add", "A", "--address", "a b", "--language", "klingon")
    assert done.status == 1
    assert [line.split(":")[0] for line in done.error.strip().split("\n")] == ["address", "language", "media"]
    assert kenpin("printers", "change", "nobody", "--off").status == 1
    assert kenpin("printers", "add", "A", "--address", "h", "--option", "cut").status == 2
    assert kenpin("printers", "list", "--json").json == []


def test_a_printer_is_asked_and_prints_its_test(kenpin, tmp_path):
    zpl = Zpl()
    with server(zpl) as port:
        add(kenpin, "Label", "--address", f"127.0.0.1:{port}", "--language", "zpl", "--dpi", "203", "--media", "60x40")
        add(kenpin, "Files", "--transport", "folder", "--address", str(tmp_path / "out"), "--media", "A6")
        assert [each["state"] for each in kenpin("printers", "state", "--json").json] == ["ready", "ready"]
        assert "came out" in kenpin("printers", "test", "Label").out
        assert zpl.job.startswith(b"^XA")
        zpl.state = {"paper_out": True}
        done = kenpin("printers", "state", "label")
        assert (done.status, done.out) == (1, "Label: Out of paper or labels. Put some in.\n")
        done = kenpin("printers", "test", "label")
        assert (done.status, done.out) == (1, "")
    assert "test-2.pdf" in kenpin("printers", "test", "files").out
    (paper,) = (tmp_path / "out").iterdir()
    assert paper.read_bytes().startswith(b"%PDF")
    done = kenpin("printers", "state")
    assert done.status == 1
    assert "Check the address" in done.out
    there = kenpin("printers", "list", "--json").json[0]
    assert (there["state"], there["told"]["key"], there["answers"]) == ("off", "printers.off.refused", True)
    kenpin("printers", "change", "Files", "--station", "7")
    assert "station 7" in kenpin("printers", "test", "Files").error


def test_what_is_found_is_listed(kenpin, monkeypatch):
    from app.devices.printing import find
    from app.services.printers import Found

    monkeypatch.setattr(find, "find", lambda seconds: (Found("raw", "192.168.0.20", "Zebra ZD421", "zpl", 203),))
    assert kenpin("printers", "find", "--json").json == [
        {"transport": "raw", "address": "192.168.0.20", "name": "Zebra ZD421", "language": "zpl", "dpi": 203}
    ]
    assert "Zebra ZD421" in kenpin("printers", "find", "--seconds", "1").out
    monkeypatch.setattr(find, "find", lambda seconds: ())
    assert "No printer was found" in kenpin("printers", "find").error
