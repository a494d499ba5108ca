"""The fields of a product in their groups, each with its words, and what is wrong with it below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.services.product_edit import FIELDS, Field, Wrong
from app.ui.dialogs import button, label
from app.ui.fields import Segments, TextField
from app.ui.intake.product import ProductDialog as FindProduct
from app.ui.look import Look
from app.ui.para import Para
from app.ui.picker import PickDialog
from app.ui.products.pairs import CODES, OPTIONS, PARTS, PairRows
from app.ui.products.picture import PictureField
from app.ui.textarea import TextArea

__all__ = ["VIEWS", "FieldsPage", "view_of"]

VIEWS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "basic": (
        ("what", ("sku", "category", "name", "name_en")),
        ("sold", ("price", "tax_rate", "on_sale_from", "on_sale_to", "note")),
    ),
    "codes": (
        ("codes", ("code", "no_code", "unit_scan", "keyed")),
        ("set", ("parts", "option_texts")),
    ),
    "packed": (
        ("size", ("weight_g", "length_mm", "width_mm", "height_mm")),
        ("kept", ("shelf", "min_days", "lot_policy", "lot_from", "temperature")),
        (
            "care",
            (
                *("fragile", "liquid", "dangerous", "own_carton", "pressed_mm", "cushion_mm", "orientation"),
                *("pack_note", "pack_picture"),
            ),
        ),
    ),
}
"""Fields by page and heading, in the order in which they are filled in; ``picture`` stands beside every page."""
_WIDE = frozenset(
    {"name", "name_en", "note", "code", "parts", "option_texts", "lot_policy", "orientation", "pack_note",
     "pack_picture"}
)  # fmt: skip
"""Fields that have a line of their own."""
_HINTED = frozenset({"sku", "tax_rate", "on_sale_from", "on_sale_to", "price", "shelf", "min_days", "pressed_mm"})
_PAIRS = {"code": CODES, "parts": PARTS, "option_texts": OPTIONS}
_LATIN = frozenset({"number", "money", "day"})
_BY_NAME: Mapping[str, Field] = {each.name: each for each in FIELDS}
Editor = TextField | TextArea | Segments | PairRows | PictureField


def view_of(field: str) -> str:
    """Return the page that a field of a product stands on; the first for what has none."""
    return next((view for view, groups in VIEWS.items() for _, names in groups if field in names), "basic")


class FieldsPage(QScrollArea):
    """One page of the form."""

    changed = Signal(str, str)
    """Name of a field and its new text."""
    refused = Signal(str)
    """Why something could not be done, as a sentence."""

    def __init__(self, window: Any, view: str) -> None:
        """*window* is the main window; *view* is one of :data:`VIEWS`."""
        super().__init__()
        self._window, self._look = window, window.look
        self.editors: dict[str, Editor] = {}
        """What each field is entered in."""
        self._words: dict[str, QLabel] = {}
        self._said: dict[str, Para] = {}
        self.categories: Sequence[str] = ()
        """Categories that the house has, to choose from."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look: Look = window.look
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, look.px(12), 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(5))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        at = 0
        for head, names in VIEWS[view]:
            grid.addWidget(label(look.say(f"window.products.group.{head}"), "section"), at, 0, 1, 4)
            at, side = at + 1, 0
            for name in names:
                wide = name in _WIDE
                if wide and side:
                    at, side = at + 2, 0
                self._place(grid, name, at, side, wide)
                side = 0 if wide or side else 2
                if not side:
                    at += 2
            at += 2 if side else 0
        grid.setRowStretch(at, 1)
        self.setWidget(inside)

    def _place(self, grid: QGridLayout, name: str, at: int, side: int, wide: bool) -> None:
        look = self._look
        words = self._words[name] = label(look.say(f"product.field.{name}"), "soft")
        tall = _BY_NAME[name].kind == "block" or name in _PAIRS or name == "pack_picture"
        grid.addWidget(words, at, side, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag(0))
        span = 3 if wide else 1
        grid.addWidget(self._editor(name), at, side + 1, 1, span)
        said = self._said[name] = Para(look, 15, "error")
        said.hide()
        grid.addWidget(said, at + 1, side + 1, 1, span)

    def _editor(self, name: str) -> QWidget:
        window, look, field = self._window, self._look, _BY_NAME[name]
        say = look.say
        made: Editor
        tell = partial(self.changed.emit, name)
        if name in _PAIRS:
            find = partial(self._find, look.say("window.products.find")) if name == "parts" else None
            made = PairRows(window, _PAIRS[name], find)
            made.changed.connect(tell)
        elif field.choices:
            made = Segments(look)
            words = "switch" if field.kind == "switch" else name
            offered = tuple((each, say(f"window.products.choice.{words}.{each}")) for each in field.choices)
            made.offer(offered, field.choices[0])
            made.chosen.connect(tell)
        elif field.kind == "file":
            made = PictureField(window, 110)
            made.changed.connect(tell)
            made.refused.connect(self.refused)
        elif field.kind == "block":
            made = TextArea(look, window)
            made.setFixedHeight(look.px(84))
            made.edited.connect(tell)
        else:
            made = TextField(window, japanese=field.kind not in _LATIN)
            if name in _HINTED:
                made.setPlaceholderText(say(f"window.products.hint.{name}"))
            made.textChanged.connect(tell)
        self.editors[name] = made
        if name != "category":
            return made
        return self._with_categories(made)

    def _with_categories(self, field: QWidget) -> QWidget:
        """Put a button beside the category that lists those of the house."""
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(6))
        self.category_button = button("▾", "tiny", self._choose_category)
        self.category_button.setFixedWidth(self._look.px(44))
        row.addWidget(field, 1)
        row.addWidget(self.category_button)
        both.setFocusProxy(field)
        return both

    def _choose_category(self) -> None:
        field = self.editors["category"]
        assert isinstance(field, TextField)
        if self.categories:
            choices = [(each, each) for each in self.categories]
            title = self._look.say("product.field.category")
            PickDialog(self._window, title, choices, field.text(), field.setText).open()

    def _find(self, title: str, text: str, done: Callable[[str], object]) -> None:
        FindProduct(self._window, title, text, done).open()

    # --- what stands there ---

    def put(self, texts: Mapping[str, str]) -> None:
        """Show a product's texts; nobody typed them."""
        for name, editor in self.editors.items():
            text = texts.get(name, "")
            if isinstance(editor, PairRows | PictureField):
                editor.put(text)
            elif isinstance(editor, Segments):
                editor.offer(editor.choices, text or _BY_NAME[name].choices[0])
            elif isinstance(editor, TextArea):
                editor.show_text(text)
            elif editor.text() != text:
                editor.blockSignals(True)
                editor.setText(text)
                editor.setCursorPosition(0)
                editor.blockSignals(False)

    def end(self) -> None:
        """Close every field that takes keys."""
        for editor in self.editors.values():
            if isinstance(editor, TextField | TextArea):
                editor.end()
            elif isinstance(editor, PairRows):
                for both in editor.fields:
                    for each in both:
                        each.end()

    def say_wrong(self, wrongs: Sequence[Wrong]) -> int:
        """Say below each field what is wrong with it; return how many fields of this page stop the saving."""
        stopping = 0
        for name, said in self._said.items():
            own = [each for each in wrongs if each.field == name]
            stops = any(each.stops for each in own)
            stopping += stops
            said.show_as(
                "error" if stops else "warning", "\n".join(self._look.say(each.key, **dict(each.args)) for each in own)
            )
            said.setVisible(bool(own))
        return stopping

    def go_to(self, field: str) -> None:
        """Give a field the keys and bring it into view."""
        editor = self.editors.get(field)
        if editor is not None:
            editor.setFocus()
            self.ensureWidgetVisible(editor, 0, self._look.px(60))
