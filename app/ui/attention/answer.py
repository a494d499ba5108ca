"""What a customer answered: wait, split, substitute or cancel; with a day, a product code, a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.services.attention import ANSWERS, ContactRow
from app.ui.attention.rows import contact_words
from app.ui.dialogs import Dialog, button
from app.ui.fields import Segments, TextField
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["AnswerDialog"]


class AnswerDialog(Dialog):
    """Asks what the customer said."""

    def __init__(self, look: Look, window: Any, row: ContactRow, done: Callable[[str, str, str, str], None]) -> None:
        """*done* gets the answer, what was said, a day and a product code."""
        say = look.say
        super().__init__(look, window, say("window.act.answer"))
        self._done = done
        words = Para(look, 18)
        words.setText(f"{row.ship_number or row.number}　{contact_words(look, row)}\n{row.asked}")
        words.setMinimumHeight(words.heightForWidth(look.px(560)))
        self.column.addWidget(words)
        self.answer = Segments(look)
        known = ANSWERS[row.about]
        self.answer.offer(tuple((name, say(f"window.contact.answer.{name}")) for name in known), known[0])
        self.answer.chosen.connect(lambda _value: self._show())
        self.column.addWidget(self.answer)
        self.due, self.sku, self.note = TextField(window, False), TextField(window, False), TextField(window)
        for field, key in ((self.due, "due"), (self.sku, "sku"), (self.note, "note")):
            field.setPlaceholderText(say(f"window.contact.{key}"))
            self.column.addWidget(field)
        self.column.addStretch(1)
        self.foot(button(say("window.no"), "", self.reject), button(say("window.act.answer"), "main", self._yes))
        self.setMinimumWidth(look.px(640))
        self._show()

    def _show(self) -> None:
        self.due.setVisible(self.answer.value == "wait")
        self.sku.setVisible(self.answer.value == "substitute")

    def _yes(self) -> None:
        due = self.due.text().strip() if self.answer.value == "wait" else ""
        sku = self.sku.text().strip() if self.answer.value == "substitute" else ""
        self.accept()
        self._done(self.answer.value, self.note.text(), due, sku)
