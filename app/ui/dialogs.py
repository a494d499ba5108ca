"""Dialogs in the house's look. While one is open no scan is taken; the window says so (``MainWindow._scanned``)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.text import LANGUAGES
from app.ui.fields import TextField, Typing
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["Confirm", "Dialog", "PathDialog", "button", "label"]

log = logging.getLogger(__name__)

_WIDTH = 560
"""Width of a small dialog."""


def label(text: str = "", role: str = "") -> QLabel:
    """Return a label; its *role* chooses the style."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    return made


def button(text: str, role: str, pressed: Callable[[], object]) -> QPushButton:
    """Return a button; its *role* chooses the style: ``main``, ``go`` or none."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


class Dialog(QDialog):
    """A window-modal dialog: shown by ``open()``, never by a nested event loop."""

    def __init__(self, look: Look, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.look = look
        """Colours, sizes, sentences."""
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        """Everything in the dialog, from the top."""
        self.column.setContentsMargins(look.px(28), look.px(24), look.px(28), look.px(24))
        self.column.setSpacing(look.px(16))
        self.head = Para(look, 26, bold=True)
        self.head.setText(title)
        self.column.addWidget(self.head)

    def foot(self, *buttons: QPushButton) -> None:
        """Put buttons at the right of the last row."""
        row = QHBoxLayout()
        row.setSpacing(self.look.px(12))
        row.addStretch(1)
        for each in buttons:
            row.addWidget(each)
        self.column.addLayout(row)


class Confirm(Dialog):
    """Asks once before something that others feel; may ask for a word of reason."""

    def __init__(
        self,
        look: Look,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        done: Callable[[str], None],
        typing: Typing | None = None,
    ) -> None:
        super().__init__(look, parent, title)
        self._done = done
        words = Para(look, 18)
        words.setText(text)
        words.setMinimumHeight(words.heightForWidth(look.px(_WIDTH - 60)))
        self.column.addWidget(words)
        self.reason: TextField | None = None
        """The field for a reason, where one is asked."""
        if typing is not None:
            self.reason = TextField(typing)
            self.reason.setPlaceholderText(look.say("window.hold.reason"))
            self.column.addWidget(self.reason)
        self.column.addStretch(1)
        self.no_button = button(look.say("window.no"), "", self.reject)
        self.yes_button = button(yes, "main", self._yes)
        self.foot(self.no_button, self.yes_button)
        self.setMinimumWidth(look.px(_WIDTH))

    def _yes(self) -> None:
        reason = self.reason.text() if self.reason is not None else ""
        self.accept()
        self._done(reason)


@cache
def _qt_words(language: str) -> QTranslator:
    """Return what Qt's own dialogs say in *language*."""
    words = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not words.load(f"qtbase_{language.partition('_')[0]}", folder):
        log.warning("Qt's own dialogs do not know the language %s", language)
    return words


def _let_qt_speak(language: str) -> None:
    """Let Qt's own dialogs speak *language*; its words are loaded with the first of them."""
    for other in LANGUAGES:
        if other != language:
            QCoreApplication.removeTranslator(_qt_words(other))
    QCoreApplication.installTranslator(_qt_words(language))


class PathDialog(QFileDialog):
    """Asks for files or a folder; shown by ``open()``.

    It is Qt's own dialog: one of the system's would take the keys of a scan itself, Enter included. Names of files may
    be Japanese, so the scanner is said to be paused meanwhile.
    """

    def __init__(
        self,
        window: Any,
        title: str,
        chosen: Callable[[list[str]], object],
        mode: QFileDialog.FileMode = QFileDialog.FileMode.ExistingFile,
        filters: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """*window* is the main window; *chosen* gets the paths."""
        _let_qt_speak(window.look.language)
        super().__init__(parent or window, title)
        self._typing: Typing = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setFileMode(mode)
        if filters:
            self.setNameFilters(filters)
        self.filesSelected.connect(chosen)
        self.finished.connect(lambda _: self._typing.end())

    def event(self, event: QEvent) -> bool:
        """Say that typing goes on here once it is in front: a field that was left for it has ended its own typing."""
        if event.type() == QEvent.Type.WindowActivate:
            self._typing.begin()
        return super().event(event)
