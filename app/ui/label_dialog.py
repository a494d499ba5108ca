"""Printing labels ラベル: of shelves, totes, products and the rest, with what comes out beside what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.label_sets import KINDS, codes_of
from app.domain.printing import Printer
from app.errors import StationError
from app.services import label_jobs, printers, templates
from app.services.answers import of_error
from app.services.label_jobs import LabelWish
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import TextField
from app.ui.machines import brief
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.preview import Preview, Shown, sheet_of_png
from app.ui.stepper import Stepper

__all__ = ["LabelDialog"]

_LEFT = 430
_PAUSE_MS = 250
"""Pause after a change before the label is drawn anew."""
_SHOWN = 20
"""Labels that the preview has at the most."""
_DPI = 203
_PRODUCT_ONLY = ("lot", "expiry", "price")


class LabelDialog(Dialog):
    """What is to be labelled, by which template, from which printer; F8 puts the labels into the outbox."""

    def __init__(self, screen: Any, desk: Any, kind: str = "shelf", codes: Sequence[str] = ()) -> None:
        """*screen* is the one that it was opened from.

        :param kind: what is offered first, one of :data:`~app.domain.label_sets.KINDS`.
        :param codes: of the things that are offered first.
        """
        window = screen.window_
        look = window.look
        super().__init__(look, window, look.say("labels.window.title"))
        self._screen, self._window, self._desk = screen, window, desk
        self._printers: dict[str, Printer] = {}
        say = look.say
        self.kind = Picker(window, "labels.window.kind")
        """What is labelled."""
        self.codes = TextField(window)
        """Codes of the things, parted by blanks or commas; ``T-1..T-9`` is a row of them."""
        self.template = Picker(window, "labels.window.template")
        self.printer = Picker(window, "labels.window.printer")
        self.copies = Stepper(look, window, 1, 1, 999)
        self.fields = {name: TextField(window) for name in _PRODUCT_ONLY}
        """Lot, expiry and price of a product."""
        self.preview = Preview(look, window.bridge)
        """The labels as they will come out."""
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(look.px(10))
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        parts: dict[str, QWidget] = {
            "kind": self.kind, "codes": self.codes, "template": self.template, **self.fields, "copies": self.copies,
            "printer": self.printer,
        }  # fmt: skip
        for place, (name, part) in enumerate(parts.items()):
            words = label(say(f"labels.window.{name}"), "soft")
            self._grid.addWidget(words, place, 0)
            self._grid.addWidget(part, place, 1)
            self._rows[name] = (words, part)
        left = QVBoxLayout()
        left.addLayout(self._grid)
        about = Para(look, 16, "soft")
        about.setText(say("labels.window.about"))
        left.addWidget(about)
        left.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(look.px(24))
        panel = QWidget()
        panel.setLayout(left)
        panel.setFixedWidth(look.px(_LEFT))
        sides.addWidget(panel)
        sides.addWidget(self.preview, 1)
        self.column.addLayout(sides, 1)
        self.print_button = button(f"{say('labels.window.print')} F8", "main", self.take)
        self.foot(button(say("window.no"), "", self.reject), self.print_button)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._show)
        self.kind.offer([(name, say(f"labels.kind.{name}")) for name in KINDS], kind)
        self.codes.setText(" ".join(codes))
        self.printer.offer([("", say("labels.window.by_rules"))], "")
        self.kind.chosen.connect(self._other_kind)
        for changed in (self.template.chosen, self.printer.chosen, self.codes.committed, self.copies.changed):
            changed.connect(lambda _: self._later.start())
        for field in self.fields.values():
            field.committed.connect(lambda _: self._later.start())
        found = desk.read(printers.of_station, desk.station)
        window.bridge.ask(found, self._offer_printers)
        self._other_kind(kind)
        self.resize(min(look.px(1080), window.width() - 40), min(look.px(680), window.height() - 30))
        self.codes.setFocus()

    # --- what is chosen -----------------------------------------------------------------------------------------------

    @property
    def wish(self) -> LabelWish:
        """The labels that are wanted now.

        :raises NotAllowed: the codes cannot be read.
        """
        kind = self.kind.value
        more = {name: field.text().strip() for name, field in self.fields.items()} if kind == "product" else {}
        return LabelWish(
            kind, codes_of(self.codes.text()), template=self.template.value, copies=int(self.copies.value), **more
        )

    def _offer_printers(self, found: Sequence[Printer]) -> None:
        if not isValid(self):
            return  # it was closed meanwhile
        self._printers = {str(each.id): each for each in found if each.active}
        choices = [("", self.look.say("labels.window.by_rules"))]
        choices += [(name, brief(each.name, 24)) for name, each in self._printers.items()]
        only = [name for name, each in self._printers.items() if each.for_labels]
        self.printer.offer(choices, only[0] if len(only) == 1 else "")
        self._later.start()

    def _other_kind(self, kind: str) -> None:
        for name in _PRODUCT_ONLY:
            for part in self._rows[name]:
                part.setVisible(kind == "product")
        paper = label_jobs.TEMPLATES[kind]
        self._window.bridge.ask(self._desk.read(templates.names, paper), self._offer_templates)

    def _offer_templates(self, names: Sequence[str]) -> None:
        if not isValid(self):
            return  # it was closed meanwhile
        say = self.look.say
        known = {"standard": say("labels.window.standard")}
        self.template.offer([(name, known.get(name, name)) for name in names], names[0])
        self._later.start()

    # --- what comes out -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Draw the labels anew, beside the window."""
        try:
            wish = self.wish
        except StationError as error:
            self.preview.show_problem(of_error(self.look.words, error))
            return
        if not wish.codes:
            self.preview.clear()
            return
        printer = self._printers.get(self.printer.value)
        self.preview.show_shown(partial(self._made, replace(wish, codes=wish.codes[:_SHOWN]), printer))

    def _made(self, wish: LabelWish, printer: Printer | None) -> Shown:
        drawn = label_jobs.preview(self._desk.read(label_jobs.paper_of, wish).result(), printer, _DPI)
        told = [("warning", self.look.say(note.key, **note.args)) for note in drawn.notes]
        dpi = (printer.dpi if printer is not None else 0) or _DPI
        return Shown.of([sheet_of_png(each, dpi) for each in drawn.pictures], told)

    def take(self) -> None:
        """Put the labels into the outbox."""
        self.codes.end()
        for field in self.fields.values():
            field.end()
        try:
            wish = self.wish
        except StationError as error:
            self.preview.show_problem(of_error(self.look.words, error))
            return
        if not wish.codes:
            self.preview.show_problem(self.look.say("labels.window.no_codes"))
            return
        printer = self._printers.get(self.printer.value)
        window, count = self._window, len(wish.codes) * wish.copies

        def said(_jobs: int) -> None:
            window.say("ok", window.look.say("labels.window.queued", count=count))

        self.accept()
        self._screen.do(
            frozenset({"printing"}), label_jobs.order, wish, printer.id if printer is not None else None, then=said
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 prints; keys turn the pages of the preview."""
        if event.key() == Qt.Key.Key_F8:
            self.take()
        elif not self.preview.press(event.key()):
            super().keyPressEvent(event)
