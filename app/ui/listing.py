"""The frame of the back office's screens: a strip with title, choices and buttons; a list; a panel beside it.

A screen of this kind says its buttons, reads its rows and draws its panel; the rest is here, once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.bar import Entry
from app.ui.bridge import Bridge, DeskLike
from app.ui.dialogs import button, label
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.painted import Tapped
from app.ui.para import Para
from app.ui.shapes import card, pill_width, sign

__all__ = ["Act", "Chips", "Fact", "Facts", "ListScreen", "Listing"]


_CHIP_LINE = 34
"""Height of a line of chips."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done on a screen, by function key, by the bar and, where it has a role, by a button."""

    name: str
    """Its words are ``window.act.<name>``."""
    key: str
    """Function key, such as ``F5``."""
    role: str = ""
    """Style of its button in the strip, ``main`` or ``go``; empty for none."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that a screen can show."""

    words: str
    """First part of the keys of the column words."""
    columns: tuple[Column, ...]
    cells_of: Callable[[Look, Any], Sequence[Cell]]
    empty: str
    """Key of what stands there while the list is empty."""
    page: int = 0
    """Rows of a page; 0 where all rows come at once."""


class Chips(Tapped):
    """Labels side by side, one of them in force; a tap filters. They go on in further lines where one is too short."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.chips: tuple[tuple[str, str], ...] = ()
        """Name and words of each."""
        self.chosen = ""
        """The one in force."""

    def offer(self, chips: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these."""
        self.chips, self.chosen = tuple(chips), chosen
        self.tell(" ".join(words for _, words in chips))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the new width makes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.look.px(_CHIP_LINE) * (self._cells()[-1][0] + 1 if self.chips else 1))

    def _cells(self) -> list[tuple[int, float, float]]:
        """Return line, left edge and width of each chip; one that is wider than a line is drawn smaller."""
        line, left, made = 0, 0.0, []
        for _, words in self.chips:
            wide = min(pill_width(self.look, words), float(max(self.width(), 1)))
            if left and left + wide > self.width():
                line, left = line + 1, 0.0
            made.append((line, left, wide))
            left += wide + self.look.px(10)
        return made

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, high = self.look, float(self.look.px(_CHIP_LINE))
        self.places = []
        for (name, words), (line, left, wide) in zip(self.chips, self._cells(), strict=True):
            cell = QRectF(box.left() + left, box.top() + line * high, wide, high)
            chip = QRectF(cell.left(), cell.center().y() - look.px(13), wide, look.px(26))
            chosen = name == self.chosen
            ground = look.colour("info_ground" if chosen else "paper")  # the quiet ground is that of the window
            card(painter, chip, ground, look.colour("info" if chosen else "line"), chip.height() / 2)
            inner = chip.adjusted(look.px(5), 0, -look.px(5), 0)
            ink = look.colour("info" if chosen else "ink")
            draw_fitted(painter, inner, words, ink, look.px(15), look.px(11), most=1, bold=chosen, align="centre")
            self.places.append((cell, name))


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a panel."""

    words: str
    value: str = ""
    kind: str = ""
    """Kind of colour: ``ok``, ``info``, ``warning``, ``error``; empty for plain."""
    head: bool = False
    """A heading over the rows below."""
    name: str = ""
    """Told when it is tapped; empty for nothing to tap."""


class Facts(Tapped):
    """A panel of rows: words at the left, a value at the right; coloured rows carry a sign."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.facts: tuple[Fact, ...] = ()
        """Rows from the top."""

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these rows."""
        self.facts = tuple(facts)
        self.tell(" / ".join(f"{fact.words} {fact.value}".strip() for fact in facts))
        self.setToolTip("\n".join(f"{fact.words} {fact.value}".strip() for fact in facts))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw; what does not fit is counted in the last row, and the tooltip has it all."""
        look = self.look
        self.places = []
        top, gap = box.top(), float(look.px(6))
        whole = sum(self._height(fact, box.width()) + gap for fact in self.facts)
        tight = min(1.0, max(0.72, box.height() / max(whole, 1.0)))
        gap *= tight
        for number, fact in enumerate(self.facts):
            high = self._height(fact, box.width()) * tight
            rest = len(self.facts) - number
            if top + high > box.bottom() - (look.px(26) if rest > 1 else 0):
                more = QRectF(box.left(), top, box.width(), look.px(24))
                text = look.say("window.more", count=rest)
                draw_fitted(painter, more, text, look.colour("soft"), look.px(15), look.px(11), most=1)
                return
            self._row(painter, QRectF(box.left(), top, box.width(), high), fact)
            top += high + gap

    def _lines(self, fact: Fact, wide: float) -> int:
        """Return how many lines the words of a row take, at most four."""
        look = self.look
        metrics = QFontMetricsF(look.font(16, bool(fact.kind)))
        value = QFontMetricsF(look.font(17, True)).horizontalAdvance(fact.value) + look.px(12) if fact.value else 0
        room = wide - min(value, wide * 0.55) - (look.px(50) if fact.kind else 0)
        return max(1, min(4, math.ceil(metrics.horizontalAdvance(fact.words) * 1.06 / max(room, 1.0))))

    def _height(self, fact: Fact, wide: float) -> float:
        if fact.head:
            return float(self.look.px(30))
        return float(self.look.px(20 * self._lines(fact, wide) + (22 if fact.kind else 12)))

    def _row(self, painter: QPainter, row: QRectF, fact: Fact) -> None:
        look = self.look
        if fact.head:
            draw_fitted(painter, row, fact.words, look.colour("brand"), look.px(18), look.px(12), most=1, bold=True)
            return
        ink, left, right = look.colour("ink"), row.left(), row.right()
        if fact.kind:
            over = fact.name and self.over == fact.name
            ground = look.colour("chosen" if over else f"{fact.kind}_ground")
            card(painter, row, ground, ground, look.px(10))
            ink = look.colour(fact.kind)
            side = float(look.px(20))
            sign(painter, QRectF(left + look.px(10), row.center().y() - side / 2, side, side), fact.kind, ink)
            left, right = left + side + look.px(20), right - look.px(10)
        if fact.name:
            self.places.append((row, fact.name))
        wide = 0.0
        if fact.value:
            wide = QFontMetricsF(look.font(17, True)).horizontalAdvance(fact.value) + look.px(10)
            wide = min((right - left) * 0.55, wide)
            at = QRectF(right - wide, row.top(), wide, row.height())
            draw_fitted(painter, at, fact.value, ink, look.px(17), look.px(11), most=1, bold=True, align="right")
        words = QRectF(left, row.top(), right - left - wide - look.px(6), row.height())
        soft = look.colour("soft") if not fact.kind and fact.value else ink
        most = max(2, self._lines(fact, row.width()))
        draw_fitted(painter, words, fact.words, soft, look.px(16), look.px(11), most=most, bold=bool(fact.kind))


class ListScreen(QWidget):
    """A screen with one or more lists. Sub-classes give :attr:`name`, :attr:`acts`, lists and what is read."""

    name = ""
    """Name of the screen; its title is ``window.nav.<name>``."""
    acts: tuple[Act, ...] = ()
    """What can be done here."""
    share = 31
    """Per cent of the width for the panel."""
    pace_ms = 0
    """What other stations change is read at most once in so many milliseconds: for lists that cost much to read."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        super().__init__()
        self.window_ = window
        self.look: Look = window.look
        self.bridge: Bridge = window.bridge
        self._desk = desk
        self._wanted = 0
        """Number of the newest reading: older ones that come late are dropped."""
        self._rest = QTimer(self)
        """Runs while what was read is fresh enough."""
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._read_missed)
        self._missed = False
        self.listings = self.lists()
        self.showing = next(iter(self.listings))
        """Name of the list in front."""
        self._build()
        self.render_all()

    # --- for each screen to say ---

    def lists(self) -> dict[str, Listing]:
        """Return the lists that this screen can show, by name; the first is shown at the beginning."""
        raise NotImplementedError

    def read(self) -> Future[Any]:
        """Begin to read what the screen shows; :meth:`put` gets the value."""
        raise NotImplementedError

    def put(self, value: Any) -> None:
        """Show what was read: at least ``self.show_rows(rows)``."""
        raise NotImplementedError

    def facts(self) -> Sequence[Fact]:
        """Return the panel's rows; none hides the panel."""
        return ()

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Return rows of choices above the list: name and words of each chip."""
        return ()

    def chip_chosen(self, _row: int) -> str:
        """Return which chip of a row is in force."""
        return ""

    def chip_tapped(self, row: int, name: str) -> None:
        """A chip was tapped."""

    def act(self, name: str) -> None:
        """Do one of :attr:`acts`."""
        raise NotImplementedError

    def scan(self, _raw: str, _act: str) -> bool:
        """Take a scan while this screen is in front; False sends it to the bench."""
        return False

    # --- building ---

    def _build(self) -> None:
        look = self.look
        self.title = label("", "title")
        self.buttons: dict[str, QPushButton] = {
            each.name: button("", each.role, partial(self.act, each.name)) for each in self.acts if each.role
        }
        self._strip = QFrame()
        self._strip.setProperty("role", "strip")
        self._top = QHBoxLayout(self._strip)
        self._top.addWidget(self.title)
        self.strip_widgets()
        self._top.addStretch(1)
        for each in self.buttons.values():
            self._top.addWidget(each)
        self.models: dict[str, GridModel] = {}
        self.grids: dict[str, Grid] = {}
        self._frame = QFrame()
        self._frame.setProperty("role", "card")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(2, 2, 2, 6)
        for name, listing in self.listings.items():
            model = GridModel(
                look,
                listing.words,
                listing.columns,
                partial(listing.cells_of, look),
                page=listing.page,
                parent=self,
            )
            model.wanted.connect(self.read_more)
            grid = Grid(look, model)
            grid.chosen = self.row_chosen
            self.models[name], self.grids[name] = model, grid
            inside.addWidget(grid)
        self.empty = Para(look, 21, "soft", align="centre")
        inside.addWidget(self.empty, 1)
        self._side = QFrame()
        self._side.setProperty("role", "card")
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side_column = QVBoxLayout(self._side)
        self.panel = Facts(look)
        self.panel.tapped.connect(self.fact_tapped)
        self._side_column.addWidget(self.panel, 1)
        self._body = QHBoxLayout()
        self._body.addWidget(self._frame, 100 - self.share)
        self._body.addWidget(self._side, self.share)
        self._chip_rows: list[Chips] = []
        self._chip_box = QVBoxLayout()
        self._chip_box.setSpacing(4)
        self._inner = QVBoxLayout()
        self.head_widgets()
        self._inner.addLayout(self._chip_box)
        self._inner.addLayout(self._body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._strip)
        whole.addLayout(self._inner, 1)
        self.setFocusProxy(self.grids[self.showing])

    def lead_with(self, tabs: QWidget) -> None:
        """Let the tabs of screens that share an entry of the rail stand in the strip instead of the title."""
        self.title.hide()
        self._top.insertWidget(0, tabs)
        tabs.show()

    def strip_widgets(self) -> None:
        """Add widgets to the strip (``self._top``), after the title."""

    def head_widgets(self) -> None:
        """Add widgets above the list (``self._inner``)."""

    # --- showing ---

    @property
    def model(self) -> GridModel:
        """Rows of the list in front."""
        return self.models[self.showing]

    @property
    def grid(self) -> Grid:
        """The list in front."""
        return self.grids[self.showing]

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._strip.setFixedHeight(look.px(60))
        self._top.setContentsMargins(look.px(20), 0, look.px(20), 0)
        self._top.setSpacing(look.px(14))
        self._inner.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._inner.setSpacing(look.px(12))
        self._body.setSpacing(look.px(14))
        pad = look.px(18)
        self._side_column.setContentsMargins(pad, pad, pad, pad)
        self._side_column.setSpacing(look.px(10))
        self.title.setText(say(f"window.nav.{self.name}"))
        for name, each in self.buttons.items():
            each.setText(say(f"window.act.{name}"))
            each.setVisible(self.may(name))
        for grid in self.grids.values():
            grid.restyle()
        self._show_list()
        self.show_panel()

    def _show_list(self) -> None:
        none = not self.model.rows
        for name, grid in self.grids.items():
            grid.setVisible(name == self.showing and not none)
        self.empty.setText(self.look.say(self.listings[self.showing].empty))
        self.empty.setVisible(none)

    def show_panel(self) -> None:
        """Show the panel and the chips again."""
        facts = self.facts()
        self._side.setVisible(bool(facts))
        self.panel.show_facts(facts)
        rows = self.chips()
        while len(self._chip_rows) < len(rows):
            chips = Chips(self.look)
            number = len(self._chip_rows)
            chips.tapped.connect(partial(self.chip_tapped, number))
            self._chip_rows.append(chips)
            self._chip_box.addWidget(chips)
        for number, chips in enumerate(self._chip_rows):
            chips.setVisible(number < len(rows))
            if number < len(rows):
                chips.offer(rows[number], self.chip_chosen(number))

    def show_rows(self, rows: list[Any]) -> None:
        """Show the rows of the list in front; what was chosen stays chosen, and the list where it was."""
        keep = {row.id for row in self.grid.rows_chosen()}
        at = self.grid.verticalScrollBar().value()
        self.model.put(rows)
        self._show_list()
        self.grid.restyle()
        self.grid.choose(keep)
        self.grid.verticalScrollBar().setValue(at)
        self.show_panel()

    def bring(self, name: str) -> None:
        """Bring another of the lists to the front."""
        if name != self.showing:
            self.showing = name
            self._rest.stop()
            self.setFocusProxy(self.grid)
            self._show_list()
            self.window_.show_entries()
            self.refresh()

    def row_chosen(self, _row: Any) -> None:
        """Another row was chosen."""
        self.show_panel()

    def fact_tapped(self, name: str) -> None:
        """A row of the panel was tapped."""

    def read_more(self) -> None:
        """The next page of the list is wanted."""

    # --- reading and acting ---

    def refresh(self) -> None:
        """Read again; soon, where it was read just now."""
        if self._rest.isActive():
            self._missed = True
            return
        if self.pace_ms:
            self._rest.start(self.pace_ms)
        self._wanted += 1
        number = self._wanted
        self.bridge.ask(self.read(), lambda value: self.put(value) if number == self._wanted else None)

    def _read_missed(self) -> None:
        if self._missed:
            self._missed = False
            self.refresh()

    def do(
        self, topics: frozenset[str], function: Callable[..., Any], *args: object, then: Callable[[Any], None]
    ) -> None:
        """Run ``function(tx, station, act, *args)`` as one act, then say what came of it and read again."""
        from uuid import uuid4

        future = self._desk.do(topics, function, self._desk.station, str(uuid4()), *args)

        def done(value: Any) -> None:
            then(value)
            self.refresh()

        self.bridge.ask(future, done)

    def work(
        self,
        run: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run long work on a worker thread (it hands its chunks to the desk), then say what came of it."""

        def done(value: Any) -> None:
            then(value)
            self.refresh()

        self.bridge.work(run, done, failed)

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        made = [Entry("KP-NEXT", "F2", say("command.KP-NEXT"), "KP-NEXT")]
        offered = [each for each in self.current_acts() if self.may(each.name)]
        made += [Entry(each.name, each.key, say(f"window.act.{each.name}")) for each in offered]
        return tuple(made)

    def may(self, _act: str) -> bool:
        """Whether the person may do an act; lists are acted on by those who lead."""
        return bool(self.window_.station.leads)

    def current_acts(self) -> tuple[Act, ...]:
        """Return the acts that make sense with the list in front."""
        return self.acts

    def command_key(self, key: int) -> bool:
        """Do what a function key means here."""
        name = f"F{key - Qt.Key.Key_F1.value + 1}"
        found = next((each for each in self.current_acts() if each.key == name), None)
        if found is not None and self.may(found.name):
            self.act(found.name)
        return found is not None

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._rest.stop()
        self._missed = False
        self._wanted += 1
