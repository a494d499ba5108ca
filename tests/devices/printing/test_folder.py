"""Papers and labels as files."""

from __future__ import annotations

import os

import pytest

from app.devices.printing.folder import FolderWay
from app.devices.printing.ways import PrinterWays
from app.domain.printer_state import PrinterState
from app.errors import PrinterUnreachable
from tests.devices.printing.printers import printer


def test_a_job_is_one_file_of_its_title_and_language(tmp_path):
    ways = PrinterWays(lambda: tmp_path / "own")
    done = ways.folder().send("000001-packing_slip-order-7", b"%PDF")
    assert done.where == str(tmp_path / "own" / "000001-packing_slip-order-7.pdf")
    assert (done.out, done.whole, done.taken) == (True, True, 4)
    labels = ways.to(printer(0, transport="folder", address=str(tmp_path / "labels")))
    assert labels.state().state is PrinterState.READY
    assert labels.send("../../a:b", b"^XA").out is True
    assert sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*") if each.is_file()) == [
        "labels/.._.._a_b.zpl",
        "own/000001-packing_slip-order-7.pdf",
    ]
    assert (tmp_path / "labels" / ".._.._a_b.zpl").read_bytes() == b"^XA"


def test_a_folder_that_cannot_be_written_to_says_so_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    way = FolderWay(tmp_path / "file" / "papers")
    with pytest.raises(PrinterUnreachable) as caught:
        way.state()
    assert caught.value.key == "printers.off.folder"
    done = way.send("t", b"%PDF")
    assert (done.out, done.whole, done.taken, done.fault.key) == (False, False, 0, "printers.off.folder")


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = FolderWay(tmp_path).send("t", b"%PDF")
    assert (done.out, done.fault.args["why"]) == (False, "No space left on device")
    assert list(tmp_path.iterdir()) == []
