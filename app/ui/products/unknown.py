"""What to do about a code that no product has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.ui.dialogs import Dialog, button
from app.ui.intake.product import ProductDialog as FindProduct
from app.ui.para import Para

__all__ = ["UnknownCode"]


class UnknownCode(Dialog):
    """Asks what an unknown code is: a new product's, or one of a product that is known."""

    def __init__(self, window: Any, code: str, new: Callable[[], object], teach: Callable[[str], object]) -> None:
        """*window* is the main window.

        :param new: opens a new product with the code.
        :param teach: opens the product with a SKU, the code entered; nothing is kept before a person saves it.
        """
        look, say = window.look, window.look.say
        super().__init__(look, window, say("window.products.unknown", code=code))
        self._window, self._new, self._teach = window, new, teach
        words = Para(look, 18)
        words.setText(say("window.products.unknown_ask"))
        words.setMinimumHeight(words.heightForWidth(look.px(560)))
        self.column.addWidget(words)
        self.column.addStretch(1)
        self.new_button = button(say("window.products.unknown_new"), "go", self.new)
        self.teach_button = button(say("window.products.unknown_teach"), "main", self.teach)
        self.foot(button(say("window.no"), "", self.reject), self.teach_button, self.new_button)
        self.setMinimumWidth(look.px(640))
        self.new_button.setFocus()

    def new(self) -> None:
        """Enter a new product with this code."""
        self.accept()
        self._new()

    def teach(self) -> None:
        """Choose the product that the code belongs to."""
        self.accept()
        FindProduct(self._window, self.look.say("window.products.unknown_teach"), "", self._teach).open()
