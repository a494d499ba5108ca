"""Taking an import back: what will happen is said before, and what stayed, and why, after."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QScrollArea

from app.services import imports
from app.services.imports import ImportRow
from app.ui.dialogs import Dialog, button
from app.ui.listing import Fact, Facts
from app.ui.para import Para

__all__ = ["TakeBack"]

_WIDE = 640
_LISTED = 40
"""Orders that stayed and are named."""


class TakeBack(Dialog):
    """Asks, takes back, and says what came of it."""

    def __init__(self, window: Any, row: ImportRow) -> None:
        """*window* is the main window; *row* the import."""
        look = window.look
        super().__init__(look, window, look.say("intake.back.title"))
        self._window, self._row = window, row
        counts = {name: row.counts.get(name, 0) for name in ("added", "changed", "cancelled")}
        self.text = Para(look, 18)
        self.text.setText(look.say("intake.back.text", file=row.file, at=look.clock(row.at), **counts))
        self.column.addWidget(self.text)
        self.kept = Facts(look)
        """What stayed."""
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.kept)
        self.area.hide()
        self.column.addWidget(self.area, 1)
        self.no_button = button(look.say("window.no"), "", self.reject)
        self.yes_button = button(look.say("intake.back.yes"), "main", self._run)
        self.foot(self.no_button, self.yes_button)
        self.setMinimumWidth(look.px(_WIDE))
        self.text.setMinimumHeight(self.text.heightForWidth(look.px(_WIDE - 60)))

    def _run(self) -> None:
        say, desk = self.look.say, self._window.desk
        self.yes_button.setEnabled(False)
        self.text.setText(say("intake.back.running"))
        self._window.bridge.work(lambda: imports.take_back(desk, self._row.id), self._done, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.reject()
        self._window.show_error(error)

    def _done(self, done: Any) -> None:
        """Say what came of it."""
        say = self.look.say
        figures = {"removed": len(done.removed), "restored": len(done.restored), "kept": len(done.kept)}
        self.text.setText(say("intake.back.done", **figures))
        self.yes_button.hide()
        self.no_button.setText(say("window.close"))
        if done.kept:
            facts = [Fact(say("intake.back.kept"), head=True)]
            facts += [Fact(say(each.key, **each.args), each.number) for each in done.kept[:_LISTED]]
            self.kept.show_facts(facts)
            self.kept.setMinimumHeight(self.look.px(30 + 50 * len(facts)))
            self.area.setMinimumHeight(min(self.look.px(300), self.look.px(30 + 50 * len(facts))))
            self.area.show()
