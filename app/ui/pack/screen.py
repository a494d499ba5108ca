"""The bench 検品台: sends the scan, shows the outcome, refreshes when told, changes language; nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.scale import grams
from app.services.answers import Answer
from app.services.commands import command_at
from app.services.signals import signal_of
from app.ui.bar import Entry
from app.ui.bridge import Bridge, DeskLike
from app.ui.look import Look
from app.ui.pack.asked import PRESSED
from app.ui.pack.band import Band
from app.ui.pack.care import Instruction, Protection
from app.ui.pack.guide import Guide
from app.ui.pack.header import Bars, Header, Remark, Steps
from app.ui.pack.lines import LinesList
from app.ui.pack.prompt import Prompt
from app.ui.pack.refused import RefusedPanel
from app.ui.pack.state import COMMANDS, BenchView, choices_of, commands_now

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.services.products import ProductRow
    from app.ui.pack.carton import CartonGuide, CartonPanel
    from app.ui.pack.reading import ParcelRead

__all__ = ["PackScreen"]

_AFTER_PAINT_MS = 8
_MOST_FIGURES = 4
"""Figures of the largest number of pieces."""
_SLOW_MS = 350
"""An answer that takes longer is said to be awaited."""
_SECOND_MS = 1_000
_SHARES, _BIG_SHARES, _CARTON_SHARES = (45, 55), (51, 49), (48, 52)
"""Shares of the left and the right side; while the carton of an empty box is shown; and with a carton below the lines.
"""


class PackScreen(QWidget):
    """Order, lines, question, last scan."""

    def __init__(self, look: Look, bridge: Bridge, sound: Callable[[str], None]) -> None:
        super().__init__()
        self.look = look
        """Colours, sizes, sentences."""
        self.view = BenchView()
        """What is shown."""
        self.who = ""
        """Person and station."""
        self.changed: Callable[[], None] = lambda: None
        """Called when the commands that make sense may have changed."""
        self.sent: Callable[[Answer], None] = lambda _answer: None
        """Called with every answer."""
        self.command: Callable[[str], None] = lambda _code: None
        """Called with a command code whose place was tapped."""
        self.failed: Callable[[BaseException], None] = lambda _error: None
        """Called with the error of a scan that could not be answered."""
        self._bridge, self._sound = bridge, sound
        self._desk: DeskLike | None = None
        self._waiting: list[str] = []
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._say_slow)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self.carton: CartonPanel | None = None
        """Shows the carton; None until an order has one: what it needs takes a moment to load."""
        self._guide: CartonGuide | None = None
        self._planned: set[tuple[int, int]] = set()
        self._build()
        self.render_all()

    def _build(self) -> None:
        look = self.look
        self.header, self.bars, self.steps = Header(look), Bars(look), Steps(look)
        self.lines, self.remark, self.guide = LinesList(look), Remark(look), Guide(look)
        self.prompt, self.band, self.refused = Prompt(look), Band(look), RefusedPanel(look)
        self._left, self._right = QVBoxLayout(), QStackedWidget()
        self.note, self.pictured = Instruction(look, large=False), Instruction(look, large=True)
        self.protection = Protection(look)
        for part in (self.steps, self.remark):
            self._left.addWidget(part)
        self._left.addWidget(self.note)
        self._left.addWidget(self.guide, 1)
        self._left.addWidget(self.pictured, 1)
        self._left.addWidget(self.lines, 1)
        self._left.addWidget(self.protection)
        asked = QWidget()
        self._asked = QVBoxLayout(asked)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.addWidget(self.prompt, 1)
        self._asked.addWidget(self.band)
        self._right.addWidget(asked)
        self._right.addWidget(self.refused)
        self._body = QHBoxLayout()
        self._body.addLayout(self._left, _SHARES[0])
        self._body.addWidget(self._right, _SHARES[1])
        self._inner = QVBoxLayout()
        self._inner.addWidget(self.bars)
        self._inner.addLayout(self._body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(self._inner, 1)
        self.prompt.tapped.connect(self._tapped)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a plain widget: an input method takes nothing here

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again: after an answer, and when language, colours or size change."""
        look, view = self.look, self.view
        gap = look.px(12)
        self.header.setFixedHeight(look.px(60))
        self.band.setFixedHeight(look.px(160))
        self._inner.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        for layout in (self._left, self._asked, self._inner):
            layout.setSpacing(gap)
        self._body.setSpacing(look.px(16))
        self.header.show_view(view, self.who)
        self.bars.show_view(view)
        self.steps.show_view(view)
        self.remark.show_view(view)
        self.guide.show_view(view)
        self.note.show_view(view)
        self.pictured.show_view(view)
        self.protection.show_view(view)
        self._show_carton()
        self.lines.show_view(view)
        self.prompt.show_view(view)
        self.band.show_view(view)
        self.refused.show_view(view)
        self._right.setCurrentIndex(1 if view.error is not None and not view.refused_here else 0)
        if (view.cold_seconds() is not None) != self._clock.isActive():
            self._clock.start() if not self._clock.isActive() else self._clock.stop()
        self.changed()

    def _show_carton(self) -> None:
        """Show the carton of the box in hand: alone while nothing lies in it, below the lines afterwards."""
        guide = self._carton_guide()
        if guide is not None and self.carton is None:
            from app.ui.pack.carton import CartonPanel

            self.carton = CartonPanel(self.look)
            self._left.insertWidget(self._left.indexOf(self.protection), self.carton, 1)
        instead = self.guide.isVisibleTo(self) or self.pictured.isVisibleTo(self)
        big = guide is not None and self._empty(guide.box) and self.view.ask == "item" and not instead
        noted = guide is not None and self.note.isVisibleTo(self)
        self.lines.setVisible(not instead and not big and not noted)
        if self.carton is None:
            return
        self.carton.show_guide(guide if not instead else None)
        if guide is not None:
            self.protection.hide()
        self._left.setStretch(self._left.indexOf(self.lines), 10)
        self._left.setStretch(self._left.indexOf(self.carton), 10 if big else 11)
        for number, share in enumerate(_BIG_SHARES if big else _CARTON_SHARES if guide is not None else _SHARES):
            self._body.setStretch(number, share)

    def _empty(self, box: int) -> bool:
        """Whether nothing lies in a box yet."""
        inside = self.view.parcel.boxes.inside if self.view.parcel is not None else {}
        return not any(pieces for (_, each), pieces in inside.items() if each == box)

    def _carton_guide(self) -> CartonGuide | None:
        """Return what is shown of the carton; as long as the parcel was not read since the last answer, as before."""
        view, answer = self.view, self.view.answer
        if view.parcel is None or answer is None or not view.open_now:
            self._guide = None
        elif answer.order_id == view.parcel.full.row.id and answer.done == sum(x.done for x in view.parcel.full.lines):
            read = view.parcel.boxes
            if read.guide is None and not any(each.carton for each in read.boxes):
                self._guide = None
            else:
                from app.ui.pack.guiding import guide_of

                self._guide = guide_of(self.look, view)
        return self._guide

    def _tick(self) -> None:
        """Cold goods have been out a second longer."""
        self.header.show_view(self.view, self.who)
        self.bars.show_view(self.view)

    def show_weight(self, reading: Any) -> None:
        """Show what the scale says while a box is to be weighed.

        :param reading: a :class:`app.domain.scale.Reading`.
        """
        known = reading is not None and reading.fault is None and reading.milligrams is not None
        shown = grams(reading.milligrams) if known else None
        if shown != self.view.grams:
            self.view.grams = shown
            if self.view.ask == "weight":
                self.prompt.show_view(self.view)
                if self.view.error is not None:
                    self.refused.update()

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands for the bar."""
        say = self.look.say
        return tuple(Entry(code, COMMANDS[code], say(f"command.{code}"), code) for code in commands_now(self.view))

    def code_of(self, key: str) -> str:
        """Return the command code that a function key (``F7``) means now: what is shown with it goes first."""
        shown = (*choices_of(self.view), *commands_now(self.view))
        return next((code for code in shown if COMMANDS[code] == key), "") or str(command_at(key, self.view.ask) or "")

    def type(self, text: str) -> None:
        """Show what a person has typed so far."""
        self.view.typed = text
        self.prompt.show_view(self.view)
        if self.view.error is not None:
            self.refused.show_view(self.view)

    def _tapped(self, name: str) -> None:
        """A code beside the question was tapped, or a key of the drawn keyboard."""
        if not name.startswith(PRESSED):
            self.command(name)
            return
        figure, typed = name.removeprefix(PRESSED), self.view.typed
        if figure != "OK":
            self.type(typed[:-1] if figure == "←" else (typed + figure)[:_MOST_FIGURES])
        elif typed:
            self.type("")
            self.command(typed)

    # --- sending ---

    def attach(self, desk: DeskLike) -> None:
        """Work with this desk from now on."""
        self._desk = desk
        self.look_again()

    def scan(self, raw: str, act: str, since: int | None = None) -> None:
        """Send a scan; answers come in the order of the scans.

        :param since: milliseconds since the scan before, by the reader's own clock; None where there is no such clock.
        """
        assert self._desk is not None
        self._waiting.append(raw)
        self._slow.start(_SLOW_MS)
        future = self._desk.scan(raw, act, since)
        self._bridge.ask(future, self._answered, lambda error: self._not_answered(raw, error))

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._slow.stop()
        self._clock.stop()
        self._desk = None

    def look_again(self) -> None:
        """Ask where the station stands: at the start, and after the database was away."""
        if self._desk is not None:
            self._bridge.ask(self._desk.look(), self._looked, self.failed)

    def refresh(self) -> None:
        """Read the open order and the queue again: another act changed something."""
        if self._desk is None:
            return
        answer = self.view.answer
        if answer is not None and answer.order_id is not None:
            self._read_order(answer.order_id)
        if not self.view.open_now:
            self._read_waiting()

    def refuse_here(self, key: str, **args: object) -> None:
        """Show a refusal of the window's own; the order is untouched."""
        self.view.refused_here, self.view.refused_args = key, args
        self._sound(signal_of("refused", key))
        self.render_all()

    # --- answers ---

    def _answered(self, answer: Answer) -> None:
        self._forget_waiting(answer.code)
        view = self.view
        view.refused_here, view.refused_args = "", {}
        view.said = answer
        if answer.level == "refused":
            view.error, view.scanned = answer, None
        else:
            view.error = None
        self._take(answer)
        self._sound(signal_of(answer.level, answer.key))
        self._read_scanned(answer)
        self._read_options(answer)
        self.sent(answer)

    def _looked(self, answer: Answer) -> None:
        self._take(answer)
        self._read_options(answer)
        self.sent(answer)

    def _not_answered(self, raw: str, error: BaseException) -> None:
        self._forget_waiting(raw)
        self.failed(error)
        self.refuse_here("window.scan_refused", code=raw)

    def _take(self, answer: Answer) -> None:
        self.view.take(answer)
        self.render_all()
        # Read once the answer is on the screen: a reader at work would only slow the painting down.
        QTimer.singleShot(_AFTER_PAINT_MS, self.refresh)

    def _forget_waiting(self, raw: str) -> None:
        if raw in self._waiting:
            self._waiting.remove(raw)
        if not self._waiting:
            self._slow.stop()
            self.view.pending = ""

    def _say_slow(self) -> None:
        if self._waiting:
            self.view.pending = self._waiting[0]
            self.view.refused_here = ""
            self.render_all()

    # --- readings ---

    def _read_order(self, order: int) -> None:
        from app.ui.pack.reading import read_parcel

        assert self._desk is not None
        read = self._desk.read(read_parcel, order, self.view.parcel, self.look.language)
        self._bridge.ask(read, self._order_read)

    def _order_read(self, parcel: ParcelRead | None) -> None:
        answer = self.view.answer
        if parcel is not None and answer is not None and parcel.full.row.id == answer.order_id:
            self.view.read(parcel)
            self.render_all()
            self._plan(parcel)

    def _plan(self, parcel: ParcelRead) -> None:
        """Have cartons proposed for an order that was opened before that was done, once, beside the scans."""
        full = parcel.full
        desk: Any = self._desk
        which = (full.row.id, full.version)
        if desk is None or parcel.boxes.guide is not None or not self.view.open_now or which in self._planned:
            return
        if any(line.done for line in full.lines):
            return
        self._planned.add(which)
        from app.services.carton_plans import plan_one

        def planned(new: bool) -> None:
            if new:
                self.look_again()  # the question names its carton now

        self._bridge.work(lambda: plan_one(desk, full.row.id), planned)

    def _read_waiting(self) -> None:
        from app.services import orders

        assert self._desk is not None
        self._bridge.ask(self._desk.read(orders.counts), self._waiting_read)

    def _waiting_read(self, counts: dict[str, dict[str, int]]) -> None:
        queued = ("ready", "released", "picked")
        self.view.waiting = sum(number for shop in counts.values() for state, number in shop.items() if state in queued)
        self.prompt.show_view(self.view)

    def _read_scanned(self, answer: Answer) -> None:
        code = str(answer.args.get("item_code", ""))
        if answer.level != "refused" or not code:
            return
        from app.services import products

        assert self._desk is not None
        self._bridge.ask(self._desk.read(products.by_code, code), self._scanned_read)

    def _scanned_read(self, product: ProductRow | None) -> None:
        if self.view.error is not None and product is not None:
            self.view.scanned = product
            self.refused.show_view(self.view)

    def _read_options(self, answer: Answer) -> None:
        """Read pictures and names of the products among which is to be chosen."""
        options = answer.ask.get("options")
        wanted = [each["product"] for each in options if isinstance(each, dict)] if isinstance(options, list) else []
        if not wanted or set(wanted) == set(self.view.options):
            return
        from app.ui.pack.reading import read_products

        assert self._desk is not None
        self._bridge.ask(self._desk.read(read_products, wanted), self._options_read)

    def _options_read(self, found: dict[int, ProductRow]) -> None:
        self.view.options = found
        self.prompt.show_view(self.view)
