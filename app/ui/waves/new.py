"""A new wave before and while it is released: its rule, what that would be to pick, how far the release is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.services import release, warehouse, wave_plan, waves
from app.services.aside import Aside
from app.services.release import Choice, LeftOut, Preview
from app.services.settings import all_settings
from app.services.waves import ModePreview, WavePreview, WaveReleased
from app.ui.dialogs import Confirm, label
from app.ui.grid import Grid, GridModel
from app.ui.waves.form import RuleForm
from app.ui.waves.rows import MODES, ModeRow, mode_cells

__all__ = ["NewWave", "Offered"]

_PAUSE_MS = 150
"""A rule that is still being changed is not looked at yet."""
_MANY = 300
"""Orders from which on the ways are computed in another process, and only in the chosen mode."""
_TOLD_S = 0.06


@dataclass(frozen=True, slots=True)
class Offered:
    """What a new wave may choose from."""

    found: Preview
    """Everything that may be released."""
    zones: tuple[str, ...]
    """Zones of the map."""
    usual: str
    """The shop's usual way of picking."""


class NewWave:
    """Keeps the rule, the newest preview, and the release on its way."""

    def __init__(self, window: Any, desk: Any) -> None:
        self._window, self._desk, self.look = window, desk, window.look
        self.changed: Callable[[], None] = lambda: None
        """Called when the preview or the release goes on."""
        self.done: Callable[[int | None], None] = lambda _batch: None
        """Called with the number of the wave that was released; None where there is none."""
        self.offered: Offered | None = None
        self.preview: WavePreview | None = None
        """What the rule would be to pick; None before the first look."""
        self.computing = False
        """A newer preview is on its way."""
        self.releasing = False
        """A release is on its way."""
        self.stale_ok = False
        """Old data is good enough this time."""
        self._number = 0
        self._told = 0.0
        self._stop = threading.Event()
        self._aside: Aside | None = None
        self.form = RuleForm(self.look, window)
        self.form.changed.connect(self._rule_changed)
        self._model = GridModel(
            self.look, "window.waves.column", MODES, partial(mode_cells, self.look), parent=self.form
        )
        self.modes = Grid(self.look, self._model)
        self.modes.chosen = self._mode_chosen
        self.page = QWidget()
        """The rule, and below it the same orders in every mode."""
        self._table = QFrame()
        self._table.setProperty("role", "card")
        inside = QVBoxLayout(self._table)
        inside.setContentsMargins(2, 2, 2, 6)
        inside.addWidget(self.modes)
        self._column = QVBoxLayout(self.page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.form, 3)
        self._column.addWidget(self._table, 2)
        self._later = QTimer(self.form)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        self.progress = QFrame()
        self._bar, self._step = QProgressBar(), label("", "")
        row = QHBoxLayout(self.progress)
        row.addWidget(self._step)
        row.addWidget(self._bar, 1)
        self.progress.setVisible(False)

    @property
    def ready(self) -> bool:
        """Whether there is something to release, and nothing on its way."""
        return self.preview is not None and not self.releasing and bool(self.preview.modes[0].figures.orders)

    def restyle(self) -> None:
        """Take language, colours and size in use."""
        if self.offered is not None:
            self.form.offer(tuple(wave_plan.modes()), self.offered.found.orders, self.offered.zones)
        self.form.restyle()
        self._column.setSpacing(self.look.px(12))
        self.modes.restyle()

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the orders that the rule means and that cannot be released so."""
        found = self.preview
        return (*found.release.left_out, *found.modes[0].left_out) if found is not None else ()

    # --- reading and looking ---

    def read(self) -> Future[Any]:
        """Begin to read what may be chosen from."""
        stale_ok = self.stale_ok

        def run(tx: Any) -> Offered:
            zones = tuple(sorted({zone for zone in warehouse.zones(tx).values() if zone}))
            return Offered(release.preview(tx, Choice(), stale_ok=stale_ok), zones, all_settings(tx)["pick.mode"])

        future: Future[Any] = self._desk.read(run)
        return future

    def put(self, offered: Offered) -> None:
        """Offer it, and look at what the rule is to pick now."""
        self.offered = offered
        if not self.form.mode:
            self.form.values["mode"] = offered.usual
        self.restyle()
        self._look()

    def _rule_changed(self) -> None:
        self._number += 1  # what is still on its way answers another rule
        self.computing = True
        self._later.start(_PAUSE_MS)
        self.changed()

    def _look(self) -> None:
        self._number += 1
        number, desk, choice, mode, stale_ok = (
            self._number,
            self._desk,
            self.form.choice(),
            self.form.mode,
            self.stale_ok,
        )
        aside = self._beside()
        self.computing = True

        def put(found: WavePreview) -> None:
            if number == self._number:
                self.preview, self.computing = found, False
                self._show_modes(found.modes)
                self.changed()
                self._compare(number)

        def failed(error: BaseException) -> None:
            if number == self._number:
                self.computing = False
                self._window.show_error(error)

        self._window.bridge.work(
            lambda: waves.preview(desk, choice, (mode,), stale_ok=stale_ok, aside=aside), put, failed
        )

    def _compare(self, number: int) -> None:
        """Look at the same orders in every mode, once the chosen one is there."""
        found, desk, choice, stale_ok = self.preview, self._desk, self.form.choice(), self.stale_ok
        if found is None or not 0 < len(found.release.orders) < _MANY:
            return

        def put(every: WavePreview) -> None:
            if number == self._number:
                mine = tuple(each for each in every.modes if each.mode == self.form.mode)
                self.preview = replace(every, modes=mine)  # one set of figures: a search may come to others each time
                self._show_modes(every.modes)
                self.changed()

        self._window.bridge.work(lambda: waves.preview(desk, choice, tuple(wave_plan.modes()), stale_ok=stale_ok), put)

    def _show_modes(self, found: tuple[ModePreview, ...]) -> None:
        rows = [ModeRow(each.mode, each) for each in found if each.figures.orders]
        self._model.put(rows)
        self._table.setVisible(bool(rows))
        self.modes.choose({self.form.mode})

    def _mode_chosen(self, row: ModeRow | None) -> None:
        if row is not None:
            self.form.choose("mode", row.id)

    def _beside(self) -> Aside | None:
        """Return a process to compute in, where there is much to compute."""
        if self.offered is None or len(self.offered.found.orders) < _MANY:
            return None
        if self._aside is None:
            self._aside = Aside()
        return self._aside

    def allow_stale(self) -> None:
        """Take old data this time, or not."""
        self.stale_ok = not self.stale_ok
        key = "window.release.stale_ok" if self.stale_ok else "window.release.stale_not"
        self._window.say("info", self.look.say(key))
        self._window.bridge.ask(self.read(), self.put)

    # --- releasing ---

    def confirm(self) -> None:
        """Ask before the release."""
        say, found = self.look.say, self.preview
        if self.releasing:
            self._window.say("info", say("window.release.going"))
        elif self.computing or found is None:
            self._window.say("info", say("window.waves.computing"))
        elif not self.ready:
            why = found.release.nothing or ("release.none_may_go" if self.left_out() else "wave.nothing_to_pick")
            self._window.say("info", say(why, clock=found.release.passed))
        else:
            each = found.modes[0]
            figures = each.figures
            text = say("window.waves.release_ask", mode=say(f"mode.{each.mode}"), orders=figures.orders,
                       pieces=figures.pieces, jobs=figures.jobs)  # fmt: skip
            late = sum(one.orders for one in each.late)
            if late:
                text += "\n" + say("window.waves.release_late", orders=late)
            title = say("window.act.wave_release")
            Confirm(self.look, self._window, title, text, title, lambda _: self._go()).open()

    def _go(self) -> None:
        self.releasing = True
        self._stop.clear()
        self._show_progress("release", 0, 0)
        self.progress.setVisible(True)
        desk, choice, mode, stale_ok, aside = (
            self._desk, self.form.choice(), self.form.mode, self.stale_ok, self._beside(),
        )  # fmt: skip
        self._window.bridge.work(
            lambda: waves.release_wave(
                desk, choice, mode, stale_ok=stale_ok, progress=self._progress, cancelled=self._stop.is_set, aside=aside
            ),
            self._released,
            self._failed,
        )
        self.changed()

    def _progress(self, step: str, done: int, total: int) -> None:
        """Told on the worker thread."""
        now = time.monotonic()
        if now - self._told > _TOLD_S or done >= total:
            self._told = now
            self._window.bridge.send(lambda: self._show_progress(step, done, total))

    def _show_progress(self, step: str, done: int, total: int) -> None:
        say = self.look.say
        words = say(f"wave.step.{step}")
        self._step.setText(say("window.waves.step", step=words, done=done, total=total) if total else words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def stop(self) -> None:
        """Release no more orders; those released so far are planned."""
        if self.releasing:
            self._stop.set()
            self._window.say("info", self.look.say("window.waves.stopping"))

    def _end(self) -> None:
        self.releasing = self.stale_ok = False
        self.progress.setVisible(False)

    def _failed(self, error: BaseException) -> None:
        self._end()
        self._window.show_error(error)
        self.done(None)

    def _released(self, value: WaveReleased) -> None:
        self._end()
        say, batch = self.look.say, value.released.batch
        if batch is None:
            self._window.say("warning", say("window.done.release_none"))
            self.done(None)
            return
        jobs, orders = sum(each.jobs for each in value.planned), len(value.released.ship_numbers)
        text = say("window.waves.released_now", batch=batch, orders=orders, jobs=jobs)
        warned = False
        for each in value.planned:
            if each.without_goods:
                text, warned = text + " " + say("wave.without_goods", number=each.without_goods), True
            for late in each.late:
                times = {"pickup": self.look.clock(late.due), "ready": self.look.clock(late.ready)}
                text, warned = text + " " + say("window.waves.late", orders=late.orders, **times), True
        left = len(value.released.refused) + len(value.left_out)
        if left:
            text, warned = text + " " + say("window.waves.left_now", count=left), True
        self._window.say("warning" if warned else "ok", text)
        self.done(batch)

    def close(self) -> None:
        """Let go of what computes beside: the window is going."""
        self._number += 1
        self._later.stop()
        self._stop.set()
        if self._aside is not None:
            self._aside.close()
