"""Plays the product master through the real window: one product beside the list, and in its fields. Part of ``kenpin
demo --play``."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.ui.play import Player
from app.ui.products.form import ProductForm

__all__ = ["short_look"]


def short_look(player: Player) -> None:
    """Look at a product, at what it is in its fields, and leave it as it was; pictures of the list and the form."""
    player.go("products")
    screen = player.window.screens["products"]
    player.wait(lambda: bool(screen.model.rows) and screen.book.all is not None)
    screen.grid.selectRow(0)
    player.wait(screen.picture.isVisible)
    player.shot("products")
    screen.act("product_edit")
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), ProductForm))
    form = QApplication.activeModalWidget()
    assert isinstance(form, ProductForm)
    form.show_view("codes")
    player.shot("product_form", form)
    form.reject()
    player.wait(lambda: QApplication.activeModalWidget() is None)
