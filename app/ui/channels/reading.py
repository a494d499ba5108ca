"""How a file is read: which sheet, which encoding and delimiter, which row is the header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.channels import Sheet
from app.ui.channels.sheet import one_line
from app.ui.dialogs import button, label
from app.ui.look import Look
from app.ui.machines import brief
from app.ui.picker import Picker
from app.ui.stepper import Stepper

__all__ = ["ENCODINGS", "Reading"]

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "cp1252", "latin-1")
"""Encodings that a mapping may name (formats.md, encodings)."""
_ENCODING_WORDS = {"cp932": "Shift_JIS (cp932)", "utf-8-sig": "UTF-8 (BOM)", "euc_jp": "EUC-JP"}
_DELIMITERS = (",", "\t", ";", "|")
_MOST_ROW = 999
_PAUSE_MS = 200
"""A row that is still being stepped through is not looked at yet."""


class Reading(QWidget):
    """One line of choices; each change is told, and the rows follow."""

    choose = Signal()
    """Another file is wanted."""
    changed = Signal()
    """A person wants the file read otherwise."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window."""
        super().__init__()
        self.look: Look = window.look
        look, say = self.look, self.look.say
        self.file_button = button(f"{say('window.channels.choose')} F5", "", self.choose.emit)
        self.sheet = Picker(window, "window.channels.sheet")
        self.encoding = Picker(window, "window.channels.encoding")
        self.delimiter = Picker(window, "window.channels.delimiter")
        self.header_row = Stepper(look, window, 1, 0, _MOST_ROW, empty=say("window.channels.no_header"))
        self.header_row.setMaximumWidth(look.px(230))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.changed)
        for each in (self.sheet, self.encoding, self.delimiter):
            each.chosen.connect(lambda _: self.changed.emit())
        self.header_row.changed.connect(lambda _: self._later.start(_PAUSE_MS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.file_button)
        self._labels: dict[str, QWidget] = {}
        for name in ("sheet", "encoding", "delimiter", "header_row"):
            self._labels[name] = label(say(f"window.channels.{name}"), "soft")
            row.addSpacing(look.px(6))
            row.addWidget(self._labels[name])
            row.addWidget(getattr(self, name))
        row.addStretch(1)
        self._show(file=False, text=False, sheets=False)

    def values(self) -> tuple[str, str, str, int]:
        """Return sheet, encoding, delimiter and row of the header as a person left them; empty: as found."""
        return self.sheet.value, self.encoding.value, self.delimiter.value, int(self.header_row.value)

    def show_sheet(self, found: Sheet, encoding: str, delimiter: str) -> None:
        """Show a file that was read; *encoding* and *delimiter* are what was asked for, empty for: found out."""
        self._show_name(found.path)
        say = self.look.say
        text = not found.sheets and found.kind == "text"
        self.sheet.offer([(each, one_line(each)) for each in found.sheets], found.sheet)
        self._offer(encoding, delimiter, say("window.channels.found", value=_encoding_words(found.encoding)),
                    say("window.channels.found", value=self._delimiter_words(found.delimiter)))  # fmt: skip
        self.header_row.put(found.header_row)
        self._show(file=True, text=text, sheets=len(found.sheets) > 1)

    def show_failed(self, path: Path, sheet: str, encoding: str, delimiter: str, header_row: int) -> None:
        """Show how a file could not be read, so that it can be read otherwise."""
        self._show_name(path)
        if sheet:
            self.sheet.offer(self.sheet.choices or [(sheet, one_line(sheet))], sheet)
        by_itself = self.look.say("window.channels.by_itself")
        self._offer(encoding, delimiter, by_itself, by_itself)
        self.header_row.put(header_row)
        self._show(file=True, text=not sheet, sheets=bool(sheet))

    def _show_name(self, path: Path) -> None:
        self.file_button.setText(brief(path.name, 28).replace("&", "&&") + " F5")
        self.file_button.setToolTip(str(path))

    def _offer(self, encoding: str, delimiter: str, found_encoding: str, found_delimiter: str) -> None:
        encodings = [("", found_encoding), *((each, _encoding_words(each)) for each in ENCODINGS)]
        self.encoding.offer(encodings, encoding)
        delimiters = [("", found_delimiter), *((each, self._delimiter_words(each)) for each in _DELIMITERS)]
        self.delimiter.offer(delimiters, delimiter)

    def _delimiter_words(self, sign: str) -> str:
        names = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
        return self.look.say(f"window.channels.delimiters.{names[sign]}") if sign in names else sign

    def _show(self, *, file: bool, text: bool, sheets: bool) -> None:
        shown = {"sheet": sheets, "encoding": file and text, "delimiter": file and text, "header_row": file}
        for name, on in shown.items():
            self._labels[name].setVisible(on)
            getattr(self, name).setVisible(on)


def _encoding_words(name: str) -> str:
    return _ENCODING_WORDS.get(name, name.upper())
