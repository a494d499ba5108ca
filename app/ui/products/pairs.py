"""Lists of two texts a row, such as a code and its pieces: each row in its fields, a free one below the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.gtin import check_digit, has_good_check_digit, is_digits, is_lower_book_code
from app.ui.dialogs import button, label
from app.ui.fields import TextField
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["CODES", "EXTRA", "OPTIONS", "PARTS", "PairRows", "Pairs", "code_said"]

_LENGTHS = (8, 12, 13, 14)
"""Digits of a printed code of goods."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What the two texts of a row are, and how they are written one after the other."""

    name: str
    """The words above are ``window.products.pairs.<name>.first`` and ``.second``."""
    sign: str
    """Stands between the two."""
    usual: str = ""
    """What the second one is where it is not written."""
    japanese: bool = True


CODES = Pairs("code", "=", "1", japanese=False)
PARTS = Pairs("parts", "=", "1", japanese=False)
OPTIONS = Pairs("option_texts", ":")
EXTRA = Pairs("extra", "=")


def code_said(text: str, pieces: str = "") -> tuple[str, str, dict[str, str]]:
    """Say what a code is while it is typed: kind of colour, key and values of the sentence.

    Eight and twelve digits may go on to thirteen, so only a code of full length is called wrong here.
    """
    text = text.strip()
    if not text:
        return "", "", {}
    if not is_digits(text) or len(text) > max(_LENGTHS):
        return "info", "window.products.said.text", {}
    if is_lower_book_code(text):
        return "error", "window.products.said.lower_of_book", {}
    if len(text) in _LENGTHS and has_good_check_digit(text):
        case = len(text) == 14 and text[0] != "0"
        if not case:
            return "ok", "window.products.said.good", {"length": str(len(text))}
        if is_digits(pieces) and int(pieces) > 1:
            return "ok", "window.products.said.case_of", {"pieces": pieces}
        return "warning", "window.products.said.case", {}
    if len(text) >= 13:
        return "error", "window.products.said.bad", {"digit": check_digit(text[:-1])}
    if len(text) + 1 in _LENGTHS:
        return "info", "window.products.said.next", {"digit": check_digit(text), "length": str(len(text) + 1)}
    return "info", "window.products.said.digits", {"length": str(len(text))}


@dataclass(slots=True)
class _Row:
    first: TextField
    second: TextField
    said: Para
    parts: tuple[QWidget, ...]

    @property
    def empty(self) -> bool:
        return not self.first.text().strip() and not self.second.text().strip()


class PairRows(QWidget):
    """The rows of one field."""

    changed = Signal(str)
    """The field as it is written in a product file, whenever it changes."""

    def __init__(
        self, window: Any, pairs: Pairs, find: Callable[[str, Callable[[str], object]], None] | None = None
    ) -> None:
        """*window* is the main window.

        :param find: opens a list in which the first text is looked for; gets what stands there and what to do with
            the one that is chosen.
        """
        super().__init__()
        self._look: Look = window.look
        self._window, self._pairs, self._find = window, pairs, find
        self._rows: list[_Row] = []
        self._text = ""
        self._quiet = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        look, say = self._look, self._look.say
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(6))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3 if pairs.sign == ":" or pairs is EXTRA else 1)
        self._grid.setColumnStretch(2, 3 if pairs is CODES else 0)
        for column, name in enumerate(("first", "second")):
            self._grid.addWidget(label(say(f"window.products.pairs.{pairs.name}.{name}"), "soft"), 0, column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._grid)
        self._add()

    # --- what stands there ---

    @property
    def text(self) -> str:
        """The field as it is written in a product file."""
        return self._text

    def put(self, text: str) -> None:
        """Show a field; nobody typed it."""
        parts = [each.partition(self._pairs.sign) for each in filter(None, map(str.strip, text.split(";")))]
        self.put_pairs([(first, second if sign else self._pairs.usual) for first, sign, second in parts])
        self._text = text

    def put_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these rows; nobody typed them."""
        self._quiet = True
        for row in self._rows:
            for part in row.parts:
                part.hide()
                part.deleteLater()
        self._rows = []
        for first, second in pairs:
            self._add(first, second)
        self._add()
        self._text, self._quiet = ";".join(self._written(row) for row in self._rows if not row.empty), False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The two texts of each row that is not empty."""
        return [(row.first.text().strip(), row.second.text().strip()) for row in self._rows if not row.empty]

    def add(self, first: str) -> bool:
        """Put a text into the row that is being typed in, else into a free one; False where it stands there already."""
        if any(row.first.text().strip() == first for row in self._rows):
            return False
        row = next((row for row in self._rows if row.first.typing_now), None) or self._rows[-1]
        row.first.end()
        row.first.setText(first)
        return True

    @property
    def fields(self) -> list[tuple[TextField, TextField]]:
        """The two fields of each row, the free one at the end."""
        return [(row.first, row.second) for row in self._rows]

    def setFocus(self, *_reason: object) -> None:
        """The first row takes the keys."""
        self._rows[0].first.setFocus()

    # --- rows ---

    def _add(self, first: str = "", second: str = "") -> None:
        look = self._look
        at = self._grid.rowCount()
        one, two = TextField(self._window, self._pairs.japanese), TextField(self._window, self._pairs.sign == ":")
        one.setText(first)
        two.setText(second)
        if self._pairs.usual:
            two.setPlaceholderText(self._pairs.usual)
        said = Para(look, 15)
        away = button("×", "tiny", lambda: None)
        away.setFixedWidth(look.px(44))
        away.setFocusPolicy(one.focusPolicy().NoFocus)
        away.setToolTip(look.say("window.products.row_away"))
        finder: QPushButton | None = None
        parts: list[QWidget] = [one, two, said, away]
        if self._find is not None:
            finder = button("…", "tiny", lambda: None)
            finder.setFixedWidth(look.px(44))
            finder.setToolTip(look.say("window.products.find"))
            parts.append(finder)
        row = _Row(one, two, said, tuple(parts))
        if finder is not None:
            finder.clicked.connect(partial(self._ask, row))
            self._grid.addWidget(finder, at, 3)
        away.clicked.connect(partial(self._drop, row))
        for column, part in enumerate((one, two, said)):
            self._grid.addWidget(part, at, column)
        self._grid.addWidget(away, at, 4)
        one.textChanged.connect(partial(self._typed, row))
        two.textChanged.connect(partial(self._typed, row))
        self._rows.append(row)
        self._say(row)

    def _ask(self, row: _Row, _checked: bool = False) -> None:
        if self._find is not None:
            self._find(row.first.text().strip(), row.first.setText)

    def _drop(self, row: _Row, _checked: bool = False) -> None:
        if len(self._rows) > 1 and row is not self._rows[-1]:
            self._rows.remove(row)
            for part in row.parts:
                part.hide()
                part.deleteLater()
        else:
            row.first.setText("")
            row.second.setText("")
        self._tell()

    def _typed(self, row: _Row, _text: str) -> None:
        if self._quiet:
            return
        self._say(row)
        if row is self._rows[-1] and not row.empty:
            self._add()
        self._tell()

    def _say(self, row: _Row) -> None:
        kind, key, args = (
            code_said(row.first.text(), row.second.text().strip()) if self._pairs is CODES else ("", "", {})
        )
        row.said.show_as(kind or "soft", self._look.say(key, **args) if key else "")

    def _tell(self) -> None:
        text = ";".join(self._written(row) for row in self._rows if not row.empty)
        if text != self._text:
            self._text = text
            self.changed.emit(text)

    def _written(self, row: _Row) -> str:
        first, second, pairs = row.first.text().strip(), row.second.text().strip(), self._pairs
        case = pairs is CODES and is_digits(first) and len(first) == 14 and first[0] != "0"
        if pairs.usual and (not second or (second == pairs.usual and not case)):
            return first
        return f"{first}{pairs.sign}{second}"
