"""Settings, papers: the templates of papers and labels, with what comes out of them beside it while they are changed.

What papers and mails have alike is in :mod:`app.ui.settings.template_page`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.mail_templates import MAILS
from app.domain.toml_text import put_value
from app.services import templates as service
from app.text import base_of
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.fields import Segments, TextField
from app.ui.preview import Preview
from app.ui.settings.template_form import TemplateForm
from app.ui.settings.template_page import PAUSE_MS, TemplatePage
from app.ui.settings.template_shown import label_shown, paper_shown

__all__ = ["PapersPage"]

_DPIS = ("203", "300", "600")


def _is_label(paper: str) -> bool:
    return paper.startswith("label:")


def _area(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


class PapersPage(TemplatePage):
    """A template at the left: in fields, as its text, and the settings about papers; the paper itself at the right."""

    all_views = ("fields", "text", "settings")

    def __init__(self, window: Any, desk: DeskLike, screen: Any) -> None:
        """*window* is the main window; *screen* the settings, which know the shop and their cards."""
        self._sizes: dict[str, str] = {}
        self._rows: object = None
        """What the fields were made for."""
        super().__init__(window, desk, screen, "packing_slip")

    # --- building ---

    def _build(self) -> None:
        self.form = TemplateForm(self.window_)
        self.form.changed.connect(self._changed)
        self.card = self._screen.papers_card
        holder = QWidget()
        self._settings = QVBoxLayout(holder)
        self._settings.setContentsMargins(0, 0, 0, 0)
        self._settings.addWidget(self.card)
        self._settings.addStretch(1)
        fields = QWidget()
        self._fields = QVBoxLayout(fields)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.addWidget(self.form)
        self._fields.addWidget(self._screen.logo_card)
        self._fields.addStretch(1)
        for part in (_area(fields), self.text, _area(holder)):
            self.views.addWidget(part)
        left = QFrame()
        left.setProperty("role", "card")
        self._left = QVBoxLayout(left)
        self._pickers = QHBoxLayout()
        self._pickers.addWidget(self.paper_picker, 1)
        self._pickers.addWidget(self.name_picker, 1)
        self._left.addLayout(self._pickers)
        self._left.addWidget(self.view, 0, Qt.AlignmentFlag.AlignLeft)
        self._left.addWidget(self.state)
        self._left.addWidget(self.views, 1)
        self._left.addWidget(self.wrong)
        self.paper_size, self.language, self.dpi = Segments(self.look), Segments(self.look), Segments(self.look)
        self.paper_size.chosen.connect(self._choose_size)
        self.language.chosen.connect(lambda _: self._look())
        self.dpi.chosen.connect(lambda _: self._look())
        self.order = TextField(self.window_, japanese=False)
        self.order.committed.connect(lambda _: self._look())
        self.preview = Preview(self.look, self.window_.bridge)
        right = QFrame()
        right.setProperty("role", "card")
        self._right = QVBoxLayout(right)
        self._top = QHBoxLayout()
        self._top.addWidget(self.language)
        self._top.addWidget(self.order, 1)
        self._right.addWidget(self.paper_size)
        self._right.addWidget(self.dpi)
        self._right.addLayout(self._top)
        self._right.addWidget(self.preview, 1)
        self._whole = QHBoxLayout(self)
        self._whole.addWidget(left, 11)
        self._whole.addWidget(right, 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._whole.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._whole.setSpacing(look.px(14))
        for column in (self._left, self._right):
            column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
            column.setSpacing(look.px(8))
        for row in (self._pickers, self._top):
            row.setSpacing(look.px(10))
        self._offer_views()
        speaks = self.language.value or base_of(look.language)
        self.language.offer((("ja", "日本語"), ("en", "English")), speaks)
        self.dpi.offer(tuple((each, f"{each} dpi") for each in _DPIS), self.dpi.value or _DPIS[0])
        self.order.setPlaceholderText(say("window.papers.order"))
        self.text.restyle()
        self.preview.render_all()
        if self.ready:
            self._show_rows()
        self._show_choices()

    def _is_here(self, paper: str) -> bool:
        return paper not in MAILS

    def _paper_words(self, paper: str) -> str:
        return self.look.say(f"window.papers.paper.{paper.replace(':', '.')}")

    def _show_choices(self) -> None:
        super()._show_choices()
        label = _is_label(self.paper)
        self.dpi.setVisible(label)
        self.order.setVisible(not label)
        self.paper_size.setVisible(not label and len(self.form.sizes()) > 1)

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        made = [Entry("KP-NEXT", "F2", say("command.KP-NEXT"), "KP-NEXT")]
        acts = (
            ("F3", "template_copy"),
            ("F4", "template_use"),
            ("F5", "template_view"),
            ("F7", "template_zoom"),
            ("F8", "template_save"),
            ("F9", "template_drop"),
        )
        return (*made, *(Entry(name, key, say(f"window.act.{name}")) for key, name in acts))

    def _standard(self) -> dict[str, Any]:
        return tomllib.loads(service.shipped_body(self.paper) or "")

    def _show_rows(self) -> None:
        """Make the fields for the paper in front."""
        size = self._sizes.get(self.paper) or self._usual_size()
        self.form.paper = self.paper
        sizes = self.form.sizes()
        size = size if size in sizes else sizes[0]
        if _is_label(self.paper):
            if self.views.currentIndex() == 0:
                self.views.setCurrentIndex(1)
        else:
            rows = (self.paper, size, self.look.language, self.look.scale)
            if rows != self._rows:  # other colours need no other fields, and typing goes on in those that are there
                self._rows = rows
                self.form.show_paper(self.paper, size, self._standard())
        self.paper_size.offer(tuple((each, each.replace("x", "×")) for each in sizes), size)
        self._show_text()

    def _usual_size(self) -> str:
        shop = self._screen.shop
        own = shop.settings.get("slip.size", "") if shop is not None else ""
        return str(own or self._screen.values.get("slip.size", "") or "A4")

    def _show_text(self) -> None:
        self.text.show_text(self.body)
        if not _is_label(self.paper):
            with suppress(tomllib.TOMLDecodeError):  # it is said below the text, with its line
                self.form.show_values(tomllib.loads(self.body))

    # --- changing ---

    def _choose_size(self, size: str) -> None:
        self._sizes[self.paper] = size
        self._show_rows()
        self._look()

    def _changed(self, path: tuple[str, ...], value: object) -> None:
        """A field was changed: the same place of the text is."""
        try:
            self.body = put_value(self.body, path, value)
        except tomllib.TOMLDecodeError:
            self.window_.say("warning", self.look.say("window.papers.mend_text"))
            self.show_view("text")
            return
        self._show_text()
        self._show_choices()
        self._later.start(PAUSE_MS)

    def _show_made(self) -> None:
        self.preview.show_shown(self._maker(), keep_page=True)

    def _maker(self) -> Callable[[], Any]:
        """Return what makes the paper, beside the window."""
        look, desk, paper, body = self.look, self._desk, self.paper, self.body
        language = self.language.value
        if _is_label(paper):
            return partial(label_shown, paper, body, language, int(self.dpi.value))
        size, number = self.paper_size.value, self.order.text()
        return partial(paper_shown, look, desk, paper, body, language, size, number)

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "template_zoom":
            self.preview.zoom()
        else:
            super().act(name)
