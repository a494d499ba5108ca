"""Settings, printers: the card of one printer: how it stands, its fields, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.printer_state import PrinterState
from app.domain.printing import MEDIA, Printer, Transport
from app.services.answers import sentence
from app.services.printer_languages import languages
from app.services.printers import OFF, Wrong
from app.text import base_of
from app.ui.dialogs import button
from app.ui.fields import Segments, TextField
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.machines import printer_kind, printer_short
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.printing.printers import printer_words
from app.ui.shapes import pill, pill_width, sign

__all__ = ["PrinterForm", "printer_pill", "where_words"]

Field = Segments | TextField | Picker

_OWN_SIZE = "other"
"""Choice for a label of a size of its own."""
_ROWS = (
    *("active", "name", "transport", "address", "language", "dpi", "media", "size"),
    *("gap_mm", "cut", "tray", "duplex", "station", "takeover"),
)
"""Fields in their order."""
_LABELS_ONLY = ("dpi", "gap_mm", "cut")
_PAGES_ONLY = ("tray", "duplex")
_OPTIONS = ("gap_mm", "cut", "tray", "duplex")
_TEXTS = {"name": True, "address": False, "size": False, "gap_mm": False, "tray": False, "station": True}
"""Fields for text, and whether that may be Japanese."""
_LINES = 5
"""Sentences about its state that have room."""


def printer_pill(look: Look, printer: Printer) -> tuple[str, str]:
    """Return how a printer stands: a word or two, and the kind of colour."""
    if not printer.active:
        return look.say("window.printers.is.unused"), "quiet"
    if not printer.state:
        return look.say("window.printers.is.silent" if printer.seen_at else "window.printers.is.never"), "quiet"
    return printer_short(look, printer), printer_kind(printer)


def where_words(look: Look, printer: Printer) -> str:
    """Return the way to a printer in words."""
    return f"{look.say(f'window.printers.transport.{printer.transport}')}  {printer.address}"


def _state_lines(look: Look, printer: Printer) -> list[tuple[str, str]]:
    """Return colour and sentence of all that a printer said last, and when it answered last."""
    say, made = look.say, []
    if printer.state or printer.seen_at:
        kind = printer_kind(printer)
        made.append(("soft" if kind == "quiet" else kind, printer_words(look, printer)))
    for each in printer.told.get("all", "").split():
        if each != printer.state:
            state = PrinterState(each)
            made.append(("warning" if state.warns else "soft" if state.prints else "error", say(state.key)))
    if printer.seen_at:
        key = "window.printers.seen_before" if printer.state == OFF else "window.printers.seen"
        made.append(("soft", say(key, time=look.clock(printer.seen_at))))
    elif printer.state == OFF:
        made.append(("soft", say("window.printers.seen_never")))
    else:
        made.append(("soft", say("window.printers.asked_never")))
    return made[:_LINES]


_WRITTEN = attrgetter(
    "name", "transport", "address", "language", "dpi", "media", "station", "options", "takeover", "active"
)
"""What people decide about a printer."""


def _same(one: Printer, other: Printer) -> bool:
    return bool(_WRITTEN(one) == _WRITTEN(other))


class _Head(Painted):
    """Name of a printer, and how it stands by sign, word and colour."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.title, self.words, self.kind = "", "", ""

    def show_state(self, title: str, words: str, kind: str) -> None:
        """Show these; no words, no state."""
        self.title, self.words, self.kind = title, words, kind
        self.setFixedHeight(self.look.px(46))
        self.tell(f"{title}: {words}")
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, right = self.look, box.right()
        if self.words:
            wide = min(pill_width(look, self.words, 15), box.width() * 0.55)
            pill(painter, look, right - wide, box.center().y(), self.words, self.kind)
            right -= wide + look.px(8)
            if self.kind != "quiet":
                side = float(look.px(20))
                mark = QRectF(right - side, box.center().y() - side / 2, side, side)
                sign(painter, mark, self.kind, look.colour(self.kind))
                right -= side + look.px(10)
        name = QRectF(box.left(), box.top(), right - box.left(), box.height())
        draw_fitted(painter, name, self.title, look.colour("brand"), look.px(20), look.px(12), most=2, bold=True)


class PrinterForm(QWidget):
    """A printer as it is being written."""

    changed = Signal(object)
    """The draft, after every change."""
    wanted = Signal()
    """The new printer is to be added."""
    dropped = Signal()
    """The draft is given up."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, and hears of typing."""
        super().__init__()
        self._window = window
        self.look: Look = window.look
        self.draft: Printer | None = None
        """The printer as it stands in the fields; its id is 0 for a new one."""
        self.kept: Printer | None = None
        """The printer as it is kept; None for a new one."""
        self.wrong: Sequence[Wrong] = ()
        """What is wrong with the draft."""
        self._others: Mapping[int, str] = {}
        self._own_size = False
        self.fields: dict[str, Field] = {}
        """The field of each part of a printer."""
        self._labels: dict[str, Para] = {}
        self._build()

    def _build(self) -> None:
        self.head = _Head(self.look)
        self.lines = [Para(self.look, 16) for _ in range(_LINES)]
        self.faults, self.missing = Para(self.look, 16, "error"), Para(self.look, 16, "soft")
        self.add_button = button("", "go", self.wanted.emit)
        self.back_button = button("", "", self.dropped.emit)
        self._tongues = languages()
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        for row, name in enumerate(_ROWS):
            self._labels[name] = Para(self.look, 16)
            self._grid.addWidget(self._labels[name], row, 0)
            field = self.fields[name] = self._field(name)
            left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Segments) else Qt.AlignmentFlag(0)
            self._grid.addWidget(field, row, 1, left)
        self._grid.setRowStretch(len(_ROWS), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.head)
        for each in self.lines:
            self._column.addWidget(each)
        self._column.addWidget(area, 1)
        self._column.addWidget(self.faults)
        self._column.addWidget(self.missing)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(self.back_button)
        self._foot.addWidget(self.add_button)
        self._column.addLayout(self._foot)

    def _field(self, name: str) -> Field:
        if name == "takeover":
            picker = Picker(self._window, "window.printers.field.takeover")
            picker.chosen.connect(partial(self._change, name))
            return picker
        if name in _TEXTS:
            field = TextField(self._window, _TEXTS[name])
            field.committed.connect(partial(self._change, name))
            return field
        segments = Segments(self.look)
        segments.chosen.connect(partial(self._change, name))
        return segments

    # --- showing ---

    def show_printer(self, kept: Printer | None, draft: Printer, others: Mapping[int, str]) -> None:
        """Show a printer: as it is kept, and as it stands in the fields.

        :param others: names of the other printers by id, for the one that takes over.
        """
        self.kept, self.draft, self._others = kept, draft, others
        self._own_size = draft.media not in MEDIA and bool(draft.media)
        self.wrong = ()
        self.render_all()

    def is_of(self, printer: int) -> bool:
        """Whether the draft is one of this printer, and other than it was kept."""
        draft, kept = self.draft, self.kept
        return draft is not None and kept is not None and draft.id == printer and not _same(draft, kept)

    def same_as(self, printer: Printer) -> bool:
        """Whether nothing in the fields is other than it is kept."""
        return self.draft is not None and _same(self.draft, printer)

    def show_state(self, kept: Printer) -> None:
        """Show how the printer stands now; what is in the fields stays."""
        self.kept = kept
        self._show_state()

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Say what is wrong with the draft; of a new one only what was entered, and what is still to be filled in."""
        self.wrong = wrong
        say, draft = self.look.say, self.draft
        empty = [each for each in wrong if draft is not None and not draft.id and self._is_empty(each.field, draft)]
        told = [self._fault_words(each) for each in wrong if each not in empty]
        self.faults.setText("\n".join(told))
        self.faults.setVisible(bool(told))
        names = say("list.comma").join(say(f"window.printers.field.{each.field}") for each in empty)
        self.missing.setText(say("window.printers.missing", fields=names))
        self.missing.setVisible(bool(empty))
        self._show_buttons()

    def _fault_words(self, wrong: Wrong) -> str:
        said = sentence(self.look.words, wrong.fault.key, wrong.fault.args)
        return f"{self.look.say(f'window.printers.field.{wrong.field}')}: {said}"

    def _is_empty(self, field: str, draft: Printer) -> bool:
        return field in ("name", "address", "media") and not getattr(draft, field)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._column.setSpacing(look.px(8))
        self._foot.setSpacing(look.px(10))
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(7))
        self._grid.setColumnMinimumWidth(0, look.px(120))
        self.add_button.setText(say("window.printers.add"))
        self.back_button.setText(say("window.printers.back"))
        for name, words in self._labels.items():
            words.setText(say(f"window.printers.field.{name}"))
        self._show_state()
        self.show_wrong(self.wrong)
        if self.draft is not None:
            self._show_fields(self.draft)

    def _show_state(self) -> None:
        draft, kept = self.draft, self.kept
        if kept is not None:
            self.head.show_state(kept.name, *printer_pill(self.look, kept))
        elif draft is not None:
            self.head.show_state(self.look.say("window.printers.new"), "", "")
        lines = _state_lines(self.look, kept) if kept is not None else []
        for place, each in enumerate(self.lines):
            each.setVisible(place < len(lines))
            if place < len(lines):
                each.show_as(lines[place][0], lines[place][1])

    def _show_buttons(self) -> None:
        new = self.draft is not None and self.kept is None
        self.add_button.setVisible(new)
        self.add_button.setEnabled(not self.wrong)
        self.back_button.setVisible(new or bool(self.wrong))

    def _show_fields(self, draft: Printer) -> None:
        label_printer = draft.for_labels
        for name, field in self.fields.items():
            shown = (
                not (name in _LABELS_ONLY and not label_printer)
                and not (name in _PAGES_ONLY and label_printer)
                and not (name == "size" and not self._own_size)
                and not (name == "active" and self.kept is None)
            )
            field.setVisible(shown)
            self._labels[name].setVisible(shown)
            value = self._value(name, draft)
            if isinstance(field, TextField):
                if not field.typing_now:
                    field.setText(value)
                    field.setCursorPosition(0)
                    field.setToolTip(value)
                    field.setPlaceholderText(self._hint(name, draft))
            else:
                field.offer(self._choices(name, draft), value)

    def _value(self, name: str, draft: Printer) -> str:
        if name in _OPTIONS:
            return draft.options.get(name, "")
        match name:
            case "active":
                return "yes" if draft.active else "no"
            case "dpi":
                return str(draft.dpi)
            case "media":
                return _OWN_SIZE if self._own_size else draft.media
            case "size":
                return draft.media if self._own_size else ""
            case "takeover":
                return str(draft.takeover or "")
        return str(getattr(draft, name))

    def _hint(self, name: str, draft: Printer) -> str:
        say = self.look.say
        if name == "address":
            return say(f"window.printers.hint.{draft.transport}")
        return say(f"window.printers.hint.{name}") if name in ("size", "station", "tray", "gap_mm") else ""

    def _choices(self, name: str, draft: Printer) -> tuple[tuple[str, str], ...]:
        say, speaks = self.look.say, base_of(self.look.language)
        match name:
            case "active" | "cut":
                usual = () if name == "active" else (("", say("window.printers.usual")),)
                return (*usual, ("yes", say("window.settings.on")), ("no", say("window.settings.off")))
            case "duplex":
                return (
                    ("", say("window.printers.usual")),
                    *((each, say(f"window.printers.duplex.{each}")) for each in ("no", "long", "short")),
                )
            case "transport":
                return tuple((str(each), say(f"window.printers.transport.{each}")) for each in Transport)
            case "language":
                titles = ((each, tongue.TITLE[speaks]) for each, tongue in self._tongues.items())
                return tuple((each, title.partition("（")[0].partition(" (")[0]) for each, title in titles)
            case "dpi":
                tongue = self._tongues.get(draft.language)
                return tuple((str(each), str(each)) for each in (tongue.DPIS if tongue else ()))
            case "media":
                words = {"4x6": "4×6 in", "100x150": "100×150", "62": say("window.printers.roll")}
                usual = () if draft.for_labels else (("", say("window.printers.any")),)
                return (
                    *usual,
                    *((each, words.get(each, each)) for each in MEDIA),
                    (_OWN_SIZE, say("window.printers.own_size")),
                )
        none = ("", say("window.printers.nobody"))
        return (none, *((str(each), words) for each, words in self._others.items()))

    # --- changing ---

    def _change(self, name: str, value: str) -> None:
        """Take a field's new value."""
        draft = self.draft
        if draft is None:
            return
        value = value.strip()
        if name in _OPTIONS:
            options = {key: each for key, each in draft.options.items() if key != name}
            self._take(replace(draft, options=options | ({name: value} if value else {})))
        elif name == "takeover":
            self._take(replace(draft, takeover=int(value) if value else None))
        elif name == "active":
            self._take(replace(draft, active=value == "yes"))
        elif name == "dpi":
            self._take(replace(draft, dpi=int(value)))
        elif name == "transport":
            self._take(replace(draft, transport=Transport(value)))
        elif name == "language":
            self._take(self._spoken(draft, value))
        elif name == "media":
            self._own_size = value == _OWN_SIZE
            self._take(replace(draft, media="" if self._own_size else value))
        elif name == "size":
            self._take(replace(draft, media=value.replace("×", "x").replace(" ", "")))
        else:
            change: dict[str, Any] = {name: value}
            self._take(replace(draft, **change))

    def _spoken(self, draft: Printer, language: str) -> Printer:
        """Return the draft in another language: what the other kind of printer cannot have is taken out."""
        made = replace(draft, language=language)
        dpis = self._tongues[language].DPIS if language in self._tongues else ()
        keep = _LABELS_ONLY if made.for_labels else _PAGES_ONLY
        options = {key: value for key, value in draft.options.items() if key in keep}
        dpi = 0 if not made.for_labels else draft.dpi if draft.dpi in dpis else 203 if 203 in dpis else min(dpis)
        return replace(made, options=options, dpi=dpi)

    def _take(self, draft: Printer) -> None:
        self.draft = draft
        self._show_fields(draft)
        self.changed.emit(draft)
