"""Settings, papers: the templates of papers and labels, with what comes out of them beside it while they are changed.

Nothing of a template counts before it is kept; what is shown is drawn from the text as it stands in the fields.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.domain.templates import STANDARD, TemplateFault
from app.domain.toml_text import line_of, put_value
from app.services import settings as settings_service
from app.services import templates as service
from app.services.answers import sentence
from app.services.templates import TOPICS, TemplateItem
from app.settings import SETTINGS
from app.text import base_of
from app.ui.bar import Entry
from app.ui.bridge import DeskLike
from app.ui.dialogs import Confirm
from app.ui.fields import Segments, TextField
from app.ui.look import Look
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.preview import Preview
from app.ui.settings.name_dialog import NameDialog
from app.ui.settings.template_form import TemplateForm
from app.ui.settings.template_shown import label_shown, paper_shown
from app.ui.textarea import TextArea

__all__ = ["PapersPage"]

_PAUSE_MS = 250
"""What is still being typed is not drawn yet."""
_DPIS = ("203", "300", "600")
_VIEWS = ("fields", "text", "settings")


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


class PapersPage(QWidget):
    """A template at the left: in fields, as its text, and the settings about papers; the paper itself at the right."""

    trying = False

    def __init__(self, window: Any, desk: DeskLike, screen: Any) -> None:
        """*window* is the main window; *screen* the settings, which know the shop and their cards."""
        super().__init__()
        self.window_, self._desk, self._screen = window, desk, screen
        self.look: Look = window.look
        self.paper, self.name = "packing_slip", STANDARD
        """Paper and template that are shown."""
        self.body = self.kept = ""
        """The template's text as it stands here, and as it is kept."""
        self.items: Sequence[TemplateItem] = ()
        """Every template."""
        self.faults: Sequence[TemplateFault] = ()
        """What is wrong with the text."""
        self._sizes: dict[str, str] = {}
        self._shop: int | None = None
        self._loaded: tuple[str, str] | None = None
        """Paper and name of the template whose text is here; None while it is being read."""
        self._read_number = 0
        self._rows: object = None
        """What the fields were made for."""
        self._decided: object = None
        """What the house and the shop had decided when the paper was drawn last."""
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.render_all()
        self.choose(self.paper)

    # --- building ---

    def _build(self) -> None:
        self.paper_picker = Picker(self.window_, "window.papers.choose_paper")
        self.paper_picker.chosen.connect(self.choose)
        self.name_picker = Picker(self.window_, "window.papers.choose_template")
        self.name_picker.chosen.connect(lambda name: self.choose(self.paper, name))
        self.view = Segments(self.look)
        self.view.chosen.connect(self.show_view)
        self.state = Para(self.look, 15, "soft")
        self.form = TemplateForm(self.window_)
        self.form.changed.connect(self._changed)
        self.text = TextArea(self.look, self.window_, numbers=True, fixed=True)
        self.text.edited.connect(self._typed)
        self.wrong = Para(self.look, 15, "error")
        self.card = self._screen.papers_card
        holder = QWidget()
        self._settings = QVBoxLayout(holder)
        self._settings.setContentsMargins(0, 0, 0, 0)
        self._settings.addWidget(self.card)
        self._settings.addStretch(1)
        self.views = QStackedWidget()
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
        views = tuple((each, say(f"window.papers.view.{each}")) for each in _VIEWS)
        self.view.offer(views, _VIEWS[self.views.currentIndex()])
        speaks = self.language.value or base_of(look.language)
        self.language.offer((("ja", "日本語"), ("en", "English")), speaks)
        self.dpi.offer(tuple((each, f"{each} dpi") for each in _DPIS), self.dpi.value or _DPIS[0])
        self.order.setPlaceholderText(say("window.papers.order"))
        self.text.restyle()
        self.preview.render_all()
        if self.ready:
            self._show_rows()
        self._show_choices()

    @property
    def ready(self) -> bool:
        """Whether the text of the template that is chosen is here."""
        return self._loaded == (self.paper, self.name)

    def _paper_words(self, paper: str) -> str:
        return self.look.say(f"window.papers.paper.{paper.replace(':', '.')}")

    def _show_choices(self) -> None:
        say = self.look.say
        papers = dict.fromkeys(item.paper for item in self.items)
        self.paper_picker.offer([(paper, self._paper_words(paper)) for paper in papers], self.paper)
        used = self._used()
        mine = [item for item in self.items if item.paper == self.paper]
        self.name_picker.offer([(item.name, self._item_words(item, used)) for item in mine], self.name)
        label = _is_label(self.paper)
        self.dpi.setVisible(label)
        self.order.setVisible(not label)
        self.paper_size.setVisible(not label and len(self.form.sizes()) > 1)
        own = any(item.own and item.name == self.name for item in mine)
        key = "own" if own else "shipped"
        parts = [say(f"window.papers.state.{key}")]
        if self.name == used:
            parts.append(say("window.papers.state.used"))
        if self.body != self.kept:
            parts.append(say("window.papers.state.changed"))
        self.state.show_as("warning" if self.body != self.kept else "soft", " ・ ".join(parts))

    def _item_words(self, item: TemplateItem, used: str) -> str:
        name = self.look.say("window.papers.standard") if item.name == STANDARD else item.name
        own = self.look.say("window.papers.own") if item.own else ""
        mark = "✓ " if item.name == used else ""
        return f"{mark}{name}{own}"

    def _used(self) -> str:
        """Return the template that the shop in front goes by; empty for a paper whose template no setting names."""
        key = f"template.{self.paper}"
        if key not in SETTINGS:
            return ""
        shop = self._screen.shop
        own = shop.settings.get(key, "") if shop is not None else ""
        return str(own or self._screen.values.get(key, "") or STANDARD)

    def show_view(self, name: str) -> None:
        """Show the template in fields, as its text, or the settings about papers."""
        self.views.setCurrentIndex(_VIEWS.index(name))
        self.render_all()
        self._look()

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

    # --- reading ---

    def choose(self, paper: str, name: str = "") -> None:
        """Show another paper, or another template; what was changed and not kept is given up, and that is said."""
        if self.body != self.kept:
            self.window_.say("warning", self.look.say("window.papers.given_up", name=self.name))
        self.paper = paper
        self.name = name or self._used() or STANDARD
        self._forget()
        self.refresh()

    def _forget(self) -> None:
        self.body = self.kept = ""
        self._loaded, self.faults = None, ()

    def refresh(self) -> None:
        """Read the templates again; what is being changed stays as it is."""
        shop = self._screen.shop.id if self._screen.shop is not None else None
        if shop != self._shop:
            self._shop = shop
            if self.body == self.kept and self.name != (self._used() or STANDARD):
                self.name = self._used() or STANDARD
                self._forget()
        self._read_number += 1
        number, paper, name = self._read_number, self.paper, self.name

        def read(tx: Any) -> tuple[Sequence[TemplateItem], str, str]:
            items = service.items(tx)
            known = [item.name for item in items if item.paper == paper]
            found = name if name in known else STANDARD
            return items, found, service.body_of(tx, paper, found)

        def put(value: tuple[Sequence[TemplateItem], str, str]) -> None:
            if number == self._read_number:
                self._put(*value)

        self.window_.bridge.ask(self._desk.read(read), put)

    def settings_changed(self) -> None:
        """The house or the shop in front decided something: the paper may look otherwise, its logo for one."""
        shop = self._screen.shop
        decided = (dict(self._screen.values), dict(shop.settings) if shop is not None else {})
        if decided != self._decided:
            self._decided = decided
            self._show_choices()
            self._look()

    def _put(self, items: Sequence[TemplateItem], name: str, body: str) -> None:
        self.items = items
        fresh = self._loaded != (self.paper, name)
        if fresh or (self.body == self.kept and body != self.kept):
            self.name, self.body, self.kept, self._loaded = name, body, body, (self.paper, name)
            self._show_rows()
            self._look()
        self._show_choices()

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
        self._later.start(_PAUSE_MS)

    def _typed(self, text: str) -> None:
        self.body = text
        self._show_choices()
        self._later.start(_PAUSE_MS)

    def _look(self) -> None:
        """Say what is wrong with the text, or show what comes out of it."""
        if not self.ready or not self.isVisible():
            return
        self.faults = service.check(self.paper, self.body)
        lines = [line_of(self.body, each.place, each.args.get("said", "")) for each in self.faults]
        told = []
        for fault, line in zip(self.faults, lines, strict=True):
            words = sentence(self.look.words, fault.key, {"place": fault.place, **fault.args})
            told.append(self.look.say("window.papers.on_line", line=line, words=words) if line else words)
        self.wrong.setText("\n".join(told[:6]))
        self.wrong.setVisible(bool(told))
        self.text.mark([line for line in lines if line])
        if not self.text.typing_now:
            self._show_text()
        if not self.faults:
            self.preview.show_shown(self._maker(), keep_page=True)

    def _maker(self) -> Callable[[], Any]:
        """Return what makes the paper, beside the window."""
        look, desk, paper, body = self.look, self._desk, self.paper, self.body
        language = self.language.value
        if _is_label(paper):
            return partial(label_shown, paper, body, language, int(self.dpi.value))
        size, number = self.paper_size.value, self.order.text()
        return partial(paper_shown, look, desk, paper, body, language, size, number)

    # --- acting ---

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "template_copy":
            say = self.look.say
            NameDialog(self.window_, say("window.act.template_copy"), say("window.papers.copy_ask"), self.copy).open()
        elif name == "template_use":
            self.use()
        elif name == "template_view":
            self.show_view(_VIEWS[(self.views.currentIndex() + 1) % len(_VIEWS)])
        elif name == "template_zoom":
            self.preview.zoom()
        elif name == "template_save":
            self.save()
        elif name == "template_drop":
            self._ask_drop()

    def _do(self, function: Callable[..., Any], *args: object, said: str, **named: object) -> None:
        desk = self._desk
        future = desk.do(TOPICS, function, desk.station, str(uuid4()), *args)

        def done(_: Any) -> None:
            self.window_.say("ok", self.look.say(said, **named))
            self.refresh()

        self.window_.bridge.ask(future, done)

    def save(self) -> None:
        """Keep the template as the shop's own."""
        self.text.end()
        if not self.ready or self.faults or self.body == self.kept:
            key = "window.papers.mend_first" if self.faults else "window.papers.nothing_new"
            self.window_.say("warning" if self.faults else "info", self.look.say(key))
            return
        body, name = self.body, self.name
        desk = self._desk
        future = desk.do(TOPICS, service.save, desk.station, str(uuid4()), self.paper, name, body)

        def kept(_: Any) -> None:
            if self.name == name:
                self.kept = body
            self.window_.say("ok", self.look.say("window.papers.kept", name=name))
            self.refresh()

        self.window_.bridge.ask(future, kept)

    def copy(self, name: str) -> None:
        """Keep the text as it stands as a template of a new name, and go on with that one."""
        name, paper, body, desk = name.strip(), self.paper, self.body, self._desk
        if self.faults or not self.ready:
            self.window_.say("warning", self.look.say("window.papers.mend_first"))
            return
        if any(item.paper == paper and item.name == name for item in self.items):
            self.window_.say("warning", self.look.say("window.papers.taken", name=name))
            return
        future = desk.do(TOPICS, service.save, desk.station, str(uuid4()), paper, name, body)

        def made(_: Any) -> None:
            self.window_.say("ok", self.look.say("window.papers.kept", name=name))
            self.body = self.kept
            self.choose(paper, name)

        self.window_.bridge.ask(future, made)

    def use(self) -> None:
        """Let the shop in front, or the house, go by the template that is shown."""
        key = f"template.{self.paper}"
        if key not in SETTINGS:
            self.window_.say("info", self.look.say("window.papers.by_rule"))
            return
        shop = self._shop if SETTINGS[key].per_shop else None
        self._do(settings_service.put, {key: self.name}, shop, said="window.papers.now_used", name=self.name)
        self._screen.refresh()

    def _ask_drop(self) -> None:
        """Give up what was changed; else take the shop's own template away after a question."""
        say = self.look.say
        if self.body != self.kept:
            self.body = self.kept
            self._show_text()
            self._show_choices()
            self._look()
            return
        own = any(item.own and (item.paper, item.name) == (self.paper, self.name) for item in self.items)
        if not own:
            self.window_.say("info", say("window.papers.is_shipped"))
            return
        shipped = service.shipped_body(self.paper, self.name) is not None
        text = say("window.papers.back_ask" if shipped else "window.papers.drop_ask", name=self.name)
        title = say("window.act.template_drop")
        Confirm(self.look, self.window_, title, text, title, lambda _: self.drop()).open()

    def drop(self) -> None:
        """Take the shop's own template away; a shipped one of its name comes back."""
        paper, name = self.paper, self.name
        self._forget()
        self._do(service.remove, paper, name, said="window.papers.dropped", name=name)

    def stop(self) -> None:
        """Draw nothing any more: the page is left."""
        self._later.stop()
