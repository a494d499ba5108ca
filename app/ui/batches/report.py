"""What a file of numbers did: figures, every odd row with its sentence, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.intake import placeholders
from app.domain.shipping import number_level
from app.services import carriers
from app.services.numbers import NumbersReport
from app.ui.dialogs import Dialog, button
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["NumbersDialog"]

_MOST = 200
"""Odd rows that are shown; the command line lists all."""
_INK = {"info": "soft", "warning": "warning", "error": "error"}


class NumbersDialog(Dialog):
    """Figures first, then what is odd."""

    def __init__(self, look: Look, window: Any, reports: Sequence[NumbersReport]) -> None:
        say = look.say
        super().__init__(look, window, say("window.act.numbers"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(look.px(8))
        for report in reports:
            title = carriers.names(look.language).get(report.carrier, report.carrier)
            self._add(column, f"{report.file} ・ {title}", 19, "ink", bold=True)
            counts = [(name, number) for name, number in report.counts.items() if number]
            told = " ・ ".join(f"{say(f'numbers.status.{name}')} {number}" for name, number in counts)
            self._add(column, told or say("window.batches.no_rows"), 18, "ok" if not report.problems else "ink")
            if report.missing:
                listed = ", ".join(each.ship_number for each in report.missing[:12])
                more = "…" if len(report.missing) > 12 else ""
                text = say("window.batches.numbers_missing", count=len(report.missing), listed=listed + more)
                self._add(column, text, 17, "warning")
            for problem in report.problems[:_MOST]:
                self._add(column, say(problem.key, **placeholders(problem)), 16, _INK[str(number_level(problem))])
            if len(report.problems) > _MOST:
                self._add(column, say("window.more", count=len(report.problems) - _MOST), 16, "soft")
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        self.foot(button(say("window.close"), "main", self.accept))
        self.resize(look.px(900), look.px(520))

    def _add(self, column: QVBoxLayout, text: str, size: int, ink: str, *, bold: bool = False) -> None:
        words = Para(self.look, size, ink, bold=bold)
        words.setText(text)
        words.setMinimumHeight(words.heightForWidth(self.look.px(820)))
        column.addWidget(words)
