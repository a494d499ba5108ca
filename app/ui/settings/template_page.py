"""Settings: a page of templates. One is chosen, changed while what comes out of it is shown beside it, and kept.

Nothing of a template counts before it is kept; what is shown is made from the text as it stands in the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.templates import STANDARD, TemplateFault
from app.domain.toml_text import line_of
from app.services import settings as settings_service
from app.services import templates as service
from app.services.answers import sentence
from app.services.templates import TOPICS, TemplateItem
from app.settings import SETTINGS
from app.ui.bridge import DeskLike
from app.ui.dialogs import Confirm
from app.ui.fields import Segments
from app.ui.look import Look
from app.ui.para import Para
from app.ui.picker import Picker
from app.ui.settings.name_dialog import NameDialog
from app.ui.textarea import TextArea

__all__ = ["PAUSE_MS", "TemplatePage"]

PAUSE_MS = 250
"""What is still being typed is not drawn yet."""


class TemplatePage(QWidget):
    """What papers and mails have alike: choosing, saying what is wrong by its line, keeping, copying, taking back."""

    trying = False
    all_views: tuple[str, ...] = ()
    """The ways in which a template is shown, as the widgets of :attr:`views` follow each other."""

    def __init__(self, window: Any, desk: DeskLike, screen: Any, paper: str) -> None:
        """*window* is the main window; *screen* the settings, which know the shop and their cards."""
        super().__init__()
        self.window_, self._desk, self._screen = window, desk, screen
        self.look: Look = window.look
        self.paper, self.name = paper, STANDARD
        """Paper and template that are shown."""
        self.body = self.kept = ""
        """The template's text as it stands here, and as it is kept."""
        self.items: Sequence[TemplateItem] = ()
        """Every template of this page."""
        self.faults: Sequence[TemplateFault] = ()
        """What is wrong with the text."""
        self._shop: int | None = None
        self._loaded: tuple[str, str] | None = None
        """Paper and name of the template whose text is here; None while it is being read."""
        self._read_number = 0
        self._decided: object = None
        """What the house and the shop had decided when the paper was drawn last."""
        self.paper_picker = Picker(window, self.choose_title)
        self.paper_picker.chosen.connect(self.choose)
        self.name_picker = Picker(window, "window.papers.choose_template")
        self.name_picker.chosen.connect(lambda name: self.choose(self.paper, name))
        self.view = Segments(self.look)
        self.view.chosen.connect(self.show_view)
        self.state = Para(self.look, 15, "soft")
        self.text = TextArea(self.look, window, numbers=True, fixed=True)
        self.text.edited.connect(self._typed)
        self.wrong = Para(self.look, 15, "error")
        self.views = QStackedWidget()
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.render_all()
        self.choose(self.paper)

    # --- for each page to say ---

    most_told = 6
    """Faults that are told at once."""

    choose_title = "window.papers.choose_paper"
    """Key of the title of the list of papers."""

    def _build(self) -> None:
        """Put the widgets in their places."""
        raise NotImplementedError

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        raise NotImplementedError

    def _is_here(self, _paper: str) -> bool:
        """Whether the templates of a paper belong to this page."""
        raise NotImplementedError

    def _paper_words(self, paper: str) -> str:
        """Return what people call a paper."""
        raise NotImplementedError

    def _show_rows(self) -> None:
        """Show the template that was read, in fields and as its text."""
        raise NotImplementedError

    def _show_text(self) -> None:
        """Show the text as it stands."""
        raise NotImplementedError

    def _show_made(self) -> None:
        """Show what comes out of the text, which has no faults."""
        raise NotImplementedError

    # --- showing ---

    @property
    def ready(self) -> bool:
        """Whether the text of the template that is chosen is here."""
        return self._loaded == (self.paper, self.name)

    def _offer_views(self) -> None:
        views = tuple((each, self.look.say(f"window.papers.view.{each}")) for each in self.all_views)
        self.view.offer(views, self.all_views[self.views.currentIndex()])

    def _show_choices(self) -> None:
        say = self.look.say
        papers = dict.fromkeys(item.paper for item in self.items)
        self.paper_picker.offer([(paper, self._paper_words(paper)) for paper in papers], self.paper)
        used = self._used()
        mine = [item for item in self.items if item.paper == self.paper]
        self.name_picker.offer([(item.name, self._item_words(item, used)) for item in mine], self.name)
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
        self.views.setCurrentIndex(self.all_views.index(name))
        self.render_all()
        self._look()

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
            items = tuple(item for item in service.items(tx) if self._is_here(item.paper))
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

    # --- changing ---

    def _typed(self, text: str) -> None:
        self.body = text
        self._show_choices()
        self._later.start(PAUSE_MS)

    def _look(self) -> None:
        """Say what is wrong with the text, or show what comes out of it."""
        if not self.ready or not self.isVisible():
            return
        self.faults = service.check(self.paper, self.body)
        lines = [line_of(self.body, each.place, each.args.get("said", "")) for each in self.faults]
        told = [self._told(fault, line) for fault, line in zip(self.faults, lines, strict=True)]
        self.wrong.setText("\n".join(told[: self.most_told]))
        self.wrong.setVisible(bool(told))
        self.text.mark([line for line in lines if line])
        if not self.text.typing_now:
            self._show_text()
        if not self.faults:
            self._show_made()

    def _told(self, fault: TemplateFault, line: int) -> str:
        """Return a fault as a sentence; *line* is its line in the text, 0 where that cannot be told."""
        words = sentence(self.look.words, fault.key, {"place": fault.place, **fault.args})
        return self.look.say("window.papers.on_line", line=line, words=words) if line else words

    # --- acting ---

    def act(self, name: str) -> None:
        """Do one of the bar's commands."""
        if name == "template_copy":
            say = self.look.say
            NameDialog(self.window_, say("window.act.template_copy"), say("window.papers.copy_ask"), self.copy).open()
        elif name == "template_use":
            self.use()
        elif name == "template_view":
            self.show_view(self.all_views[(self.views.currentIndex() + 1) % len(self.all_views)])
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
