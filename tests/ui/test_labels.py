"""Printing labels from the window: what is typed is seen as it will come out, and goes into the outbox."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.desk import Desk
from app.ui.label_dialog import LabelDialog
from app.ui.play import Player
from tests.makers import query
from tests.ui.print_shop import LABEL, OFFICE, add_printers


def opened(player: Player) -> LabelDialog:
    player.go("printing")
    QTest.keyClick(player.window.windowHandle(), Qt.Key.Key_F12)
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), LabelDialog))
    found: Any = QApplication.activeModalWidget()
    return found


def typed(player: Player, dialog: LabelDialog, kind: str, codes: str) -> None:
    dialog.kind.choose(kind)
    dialog.codes.setText(codes)
    dialog.codes.committed.emit(codes)
    player.rest(0.3)
    player.wait(lambda: dialog.preview.ready)


def read(dialog: LabelDialog) -> list[str]:
    """What a scanner reads off the preview."""
    sheet = dialog.preview.state.sheet
    if sheet is None:
        return []
    dots = np.frombuffer(sheet.grey, dtype=np.uint8).reshape(sheet.height, sheet.width)
    return [code.text for code in zxingcpp.read_barcodes(dots)]


@pytest.fixture
def shop(player: Player, desk: Desk) -> Player:
    add_printers(desk, LABEL, OFFICE)
    return player


def test_labels_are_seen_and_ordered(shop: Player, desk: Desk) -> None:
    dialog = opened(shop)
    shop.wait(lambda: dialog.printer.value == "1")
    typed(shop, dialog, "tote", "T-01..T-03")
    assert read(dialog) == ["KT-T-01"]
    assert dialog.preview.state.shown is not None
    assert dialog.preview.state.shown.pages == 3
    dialog.copies.choose(2)
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    shop.wait(lambda: query(desk.database, "SELECT count(*) FROM print_jobs")[0][0] == 1)
    ((paper, copies, subject),) = query(desk.database, "SELECT paper, copies, subject FROM print_jobs")
    assert (paper, copies) == ("label", 2)
    assert json.loads(subject) == {
        "label": "tote", "codes": ["T-01", "T-02", "T-03"], "template": "standard", "printer": 1
    }  # fmt: skip
    assert query(desk.database, "SELECT count(*) FROM containers")[0][0] == 3


def test_a_product_has_lot_expiry_and_its_templates(shop: Player) -> None:
    dialog = opened(shop)
    typed(shop, dialog, "product", "TEA-050")
    shop.wait(lambda: [name for name, _ in dialog.template.choices] == ["standard", "datamatrix", "gs1-128"])
    assert len(read(dialog)) == 1
    dialog.fields["lot"].setText("L-7")
    dialog.fields["lot"].committed.emit("L-7")
    shop.wait(lambda: bool(dialog.preview.state.problem))
    dialog.template.choose("datamatrix")
    shop.wait(lambda: dialog.preview.ready and not dialog.preview.state.problem)
    assert read(dialog)[0].endswith("(10)L-7") or read(dialog)[0].endswith("10L-7")


def test_what_cannot_be_labelled_is_said_and_nothing_is_ordered(shop: Player, desk: Desk) -> None:
    dialog = opened(shop)
    typed(shop, dialog, "product", "NOPE")
    shop.wait(lambda: "NOPE" in dialog.preview.state.problem)
    typed(shop, dialog, "tote", "T-9..T-1")
    assert "T-9..T-1" in dialog.preview.state.problem
    dialog.codes.setText("")
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog.isVisible()
    assert dialog.preview.state.problem
    assert query(desk.database, "SELECT count(*) FROM print_jobs")[0][0] == 0
