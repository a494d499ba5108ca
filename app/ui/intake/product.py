"""Which product is meant: found by a part of its SKU, its name or its code, and chosen from those that are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from app.services import product_edit
from app.ui.picker import FindDialog

__all__ = ["ProductDialog"]

_SHOWN = 200
_PAUSE_MS = 150
"""What is still being typed is not looked for yet."""


class ProductDialog(FindDialog):
    """Products by SKU, with a field to find one."""

    def __init__(self, window: Any, title: str, proposed: str, done: Callable[[str], object]) -> None:
        """*window* is the main window.

        :param proposed: what is looked for at first.
        :param done: gets the SKU that was chosen.
        """
        super().__init__(window, title, (), "", done, window.look.say("intake.find_product"))
        self._window = window
        self.search.setText(proposed)
        self.search.selectAll()
        self.resize(self.width(), min(window.look.px(460), window.height() - 40))
        self._read(proposed)

    def look_for(self, text: str) -> None:
        """Look for it in the product master, soon."""
        QTimer.singleShot(_PAUSE_MS, self, lambda: self._read(text))

    def _read(self, text: str) -> None:
        if text != self.search.text():
            return

        def show(rows: list[Any]) -> None:
            if isValid(self) and text == self.search.text():
                self.put([(row.sku, f"{row.sku}　{row.name}") for row in rows])
                self.grid.selectRow(0)

        self._window.bridge.ask(self._window.desk.read(product_edit.page, text=text.strip(), limit=_SHOWN), show)
