"""People and their badges: who there is, entering somebody, printing badges and the command sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.services import papers, people
from app.services.people import Person, Role
from app.text import LANGUAGES, NAMES, texts
from app.ui.bridge import DeskLike
from app.ui.dialogs import button, label
from app.ui.fields import Segments, TextField
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.shapes import pill, pill_width

__all__ = ["PeopleCard"]

_ROLES = (Role.PACKER, Role.PICKER, Role.LEADER, Role.OFFICE)


class _PeopleList(Tapped):
    """One row per person; a tap on the language takes the next one."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.people: list[Person] = []

    def show_people(self, found: list[Person]) -> None:
        """Show these people."""
        self.people = found
        self.setFixedHeight(self.look.px(46) * max(1, len(found)))
        self.tell(" ".join(f"{person.name} KU-{person.code}" for person in found))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.places = []
        if not self.people:
            text = look.say("window.people.none")
            draw_fitted(painter, box, text, look.colour("soft"), look.px(17), look.px(12), most=2)
            return
        step = float(look.px(46))
        for number, person in enumerate(self.people):
            row = QRectF(0, number * step, box.width(), step)
            painter.fillRect(QRectF(0, row.bottom() - 1, box.width(), 1), look.colour("line"))
            name = QRectF(0, row.top(), box.width() * 0.38, step)
            draw_fitted(painter, name, person.name, look.colour("ink"), look.px(18), look.px(12), most=1, bold=True)
            code = QRectF(box.width() * 0.4, row.top(), box.width() * 0.28, step)
            draw_fitted(
                painter, code, f"KU-{person.code}", look.colour("soft"), look.px(16), look.px(10), most=1, fixed=True
            )
            role = look.say(f"role.{person.role}")
            kind = "info" if person.role is Role.LEADER else "quiet"
            pill(painter, look, box.width() * 0.7, row.center().y(), role, kind, 14)
            at = box.width() * 0.7 + pill_width(look, role, 14) + look.px(8)
            rest = QRectF(at, row.top(), box.width() - at, step)
            words = NAMES.get(person.language) or look.say("window.people.any_language")
            ink = look.colour("brand" if self.over == person.code else "soft")
            draw_fitted(painter, rest, words, ink, look.px(15), look.px(10), most=2)
            self.places.append((rest, person.code))


class PeopleCard(QFrame):
    """The people of the shop."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._window, self._desk = window, desk
        self.look: Look = window.look
        self.head = label("", "section")
        self.list = _PeopleList(self.look)
        self.name, self.code = TextField(window), TextField(window, japanese=False)
        self.role, self.language = Segments(self.look), Segments(self.look)
        self.add_button = button("", "main", self.add)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addWidget(self.list)
        self._rows = []
        for parts in ((self.name, self.code), (self.role, None), (self.language, self.add_button)):
            row = QHBoxLayout()
            for part in parts:
                if part is not None:
                    row.addWidget(part)
            if not isinstance(parts[0], TextField):
                row.insertStretch(1, 1)
            self._rows.append(row)
            self._column.addLayout(row)
        self._role, self._language = str(Role.PACKER), ""
        self.list.tapped.connect(self._next_language)
        self.role.chosen.connect(self._choose_role)
        self.language.chosen.connect(self._choose_language)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _choose_role(self, value: str) -> None:
        self._role = value

    def _choose_language(self, value: str) -> None:
        self._language = value

    def _next_language(self, code: str) -> None:
        """Let somebody's screens speak the next language of the list, after the last one the station's again."""
        person = next(each for each in self.list.people if each.code == code)
        order = ("", *LANGUAGES)
        language = order[(order.index(person.language) + 1) % len(order)]
        act, desk = str(uuid4()), self._desk
        future = desk.do(frozenset({"people"}), people.put_language, desk.station, act, code, language)
        self._window.bridge.ask(future, lambda _: self.refresh())

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self._column.setSpacing(look.px(10))
        for row in self._rows:
            row.setSpacing(look.px(12))
        self.head.setText(say("window.people.title"))
        self.name.setPlaceholderText(say("window.people.name"))
        self.code.setPlaceholderText(say("window.people.code"))
        self.role.offer(tuple((str(role), say(f"role.{role}")) for role in _ROLES), self._role)
        languages = (("", say("window.people.any_language")), *((name, NAMES[name]) for name in LANGUAGES))
        self.language.offer(languages, self._language)
        self.add_button.setText(say("window.people.add"))
        self.list.show_people(self.list.people)

    def refresh(self) -> None:
        """Read the people again."""
        self._window.bridge.ask(self._desk.read(people.everyone), self.list.show_people)

    def add(self) -> None:
        """Enter the person in the fields."""
        name, code = self.name.text().strip(), self.code.text().strip()
        future = self._desk.do(
            frozenset({"people"}), people.add, self._desk.station, str(uuid4()), name, code, self._role, self._language
        )
        self._window.bridge.ask(future, self._added)

    def _added(self, person: Person) -> None:
        self.name.clear()
        self.code.clear()
        self._window.say("ok", self.look.say("window.people.added", name=person.name, code=person.code))
        self.refresh()

    def print_sheet(self, which: str) -> None:
        """Write the badges or the command sheet as a PDF into the papers folder."""
        words, folder = texts(self.look.language), Path(self._window.station.config.papers_folder)

        def make(tx: Any) -> str:
            badges = which == "badges"
            drawn = papers.badge_sheet(people.everyone(tx), words) if badges else papers.command_sheet(words)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{which}.pdf"
            path.write_bytes(drawn.pdf)
            return str(path)

        self._window.bridge.ask(self._desk.read(make), self._printed)

    def _printed(self, path: str) -> None:
        self._window.say("ok", self.look.say("window.people.printed", path=path))
