"""What can be done with a product that is known, beside changing it: retire, delete, copy, label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import uuid4

from PySide6.QtWidgets import QPushButton, QWidget

from app.errors import NotAllowed
from app.services import product_edit
from app.services.answers import of_error
from app.services.product_edit import ProductFull, Wrong
from app.ui.bridge import Bridge, DeskLike
from app.ui.dialogs import Confirm, button
from app.ui.look import Look

__all__ = ["KnownActs"]


class _Form(Protocol):
    look: Look

    def refuse(self, error: BaseException) -> None:
        """Say why something could not be done."""

    def close_with(self, said: str) -> None:
        """Close the form and say what was done."""


class KnownActs:
    """The acts on one product; their buttons stand at the foot of its form."""

    def __init__(self, form: _Form, parent: QWidget, desk: DeskLike, bridge: Bridge, full: ProductFull) -> None:
        self._form, self._parent, self._desk, self._bridge, self._full = form, parent, desk, bridge, full
        say = form.look.say
        self.retire_button = button(
            say(f"window.products.{'retire_back' if full.retired else 'retire'}"), "", self.retire
        )
        self.delete_button = button(say("window.products.delete"), "", self.delete)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, from the left."""
        return (self.retire_button, self.delete_button)

    def retire(self) -> None:
        """Say that the product is sold no longer, or again."""
        self._retire(anyway=False)

    def _retire(self, *, anyway: bool) -> None:
        desk, full = self._desk, self._full
        future = desk.do(
            product_edit.TOPICS, product_edit.retire, desk.station, str(uuid4()), full.id, back=full.retired,
            anyway=anyway,
        )  # fmt: skip
        self._bridge.ask(future, self._retired, self._not_retired)

    def _retired(self, _found: Sequence[Wrong]) -> None:
        key = "window.products.said_back" if self._full.retired else "window.products.said_retired"
        self._form.close_with(self._form.look.say(key, sku=self._full.sku))

    def _not_retired(self, error: BaseException) -> None:
        """Ask whether to retire what is still needed; else say why it cannot be."""
        if not isinstance(error, NotAllowed) or error.key != "product_edit.retired_in_use":
            self._form.refuse(error)
            return
        look = self._form.look
        Confirm(
            look, self._parent, look.say("window.products.retire"), of_error(look.words, error),
            look.say("window.products.retire_anyway"), lambda _: self._retire(anyway=True),
        ).open()  # fmt: skip

    def delete(self) -> None:
        """Take a product away that nothing ever used, after a question."""
        look = self._form.look
        words = look.say("window.products.delete")
        ask = look.say("window.products.delete_ask", sku=self._full.sku)
        Confirm(look, self._parent, words, ask, words, lambda _: self._delete()).open()

    def _delete(self) -> None:
        desk, full = self._desk, self._full
        future = desk.do(product_edit.TOPICS, product_edit.delete, desk.station, str(uuid4()), full.id)
        said = self._form.look.say("window.products.said_deleted", sku=full.sku)
        self._bridge.ask(future, lambda _: self._form.close_with(said), self._form.refuse)
