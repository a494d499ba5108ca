"""Plays a file with mistakes through the real window: dropped, mended in the report, read again. Part of ``kenpin demo
--play``."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from app.plugins import resource_root
from app.ui.play import Player

__all__ = ["short_report"]

_ORDERS = 5


def short_report(player: Player) -> None:
    """Drop a file with mistakes, mend a value in its row, read the file again; pictures of the report and the list."""
    window = player.window
    player.go("orders")
    with tempfile.TemporaryDirectory() as folder:
        window.arrivals.drop([_with_mistakes(Path(folder) / "shopify.csv")])
        player.wait(lambda: "intake" in window.screens and window.stack.currentWidget() is window.screens["intake"])
        report = window.screens["intake"]
        player.wait(lambda: bool(report.model.rows))
        player.shot("import_report")
        wrong = next(row for row in report.model.rows if row.key == "line.quantity_not_number")
        report.grid.clearSelection()
        report.grid.choose({wrong.id})
        report.act("intake_mend")
        report.field.setText("2")
        player.shot("value_mended")
        report.field.end()
        player.wait(lambda: bool(report.head.fixes))
        before = report.head.ids
        report.act("intake_again")
        player.wait(lambda: report.head.ids != before)
        player.shot("read_again")
        report.act("intake_list")
        player.wait(lambda: report.showing == "imports" and bool(report.model.rows))
        player.shot("imports")


def _with_mistakes(path: Path) -> Path:
    """Write some of the demo's orders under other numbers, with an unknown code and a quantity that is no number."""
    with (resource_root() / "demo" / "shopify.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    number, sku, quantity = (head.index(name) for name in ("Name", "Lineitem sku", "Lineitem quantity"))
    names = list(dict.fromkeys(row[number] for row in rows))[:_ORDERS]
    kept = [row for row in rows if row[number] in names]
    for row in kept:
        row[number] = row[number].replace("#1", "#9")
    kept[0][quantity], kept[2][sku] = "二", "TEA-NEW-30"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *kept])
    return path
