"""Waves ウェーブ: the board with its jobs, and releasing a new one after a look at what it would be to pick."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QTimer

from app.services import job_acts, warehouse, wave_board, waves
from app.services.job_acts import JobDetail
from app.services.release import TakenBack
from app.services.wave_board import JobLine, WaveLine
from app.services.waves import Planned
from app.ui.dialogs import Confirm
from app.ui.fields import Segments
from app.ui.floor_plan import FloorPlan, floor_plan
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.map.compared import Compared
from app.ui.release.rows import LEFT, LeftRow, left_cells
from app.ui.walk_map import WalkMap
from app.ui.waves.job import JobDialog, done_shelves, next_shelf
from app.ui.waves.new import NewWave
from app.ui.waves.panels import job_facts, preview_facts, wave_facts
from app.ui.waves.rows import JOBS, WAVES, JobRow, WaveRow, job_cells, wave_cells

__all__ = ["WavesScreen"]

_ACTS = {
    "waves": (
        Act("wave_new", "F5", "go"),
        Act("wave_jobs", "F6", "main"),
        Act("wave_plan", "F7"),
        Act("wave_done", "F8"),
        Act("wave_back", "F9"),
    ),
    "jobs": (
        Act("job_open", "F5", "main"),
        Act("job_print", "F6"),
        Act("job_free", "F7"),
        Act("wave_list", "F9"),
    ),
    "new": (
        Act("wave_list", "F5"),
        Act("stale", "F6"),
        Act("left_out", "F7"),
        Act("wave_release", "F8", "go"),
        Act("wave_stop", "F9"),
    ),
}
_ACTS["left"] = _ACTS["new"]
_TOPICS = frozenset({"orders", "picking", "printing"})
_REFRESH_MS = 10_000


class WavesScreen(ListScreen):
    """The board, the jobs of one wave, a new wave."""

    name = "waves"
    acts = tuple({act.name: act for acts in _ACTS.values() for act in acts}.values())
    share = 32
    pace_ms = 700

    def __init__(self, window: Any, desk: Any) -> None:
        self.board: tuple[WaveLine, ...] = ()
        """The waves as read."""
        self.open_only = True
        """Whether waves that are done are left out."""
        self.wave: int | None = None
        """Number of the wave whose jobs are listed."""
        self.detail: JobDetail | None = None
        """The chosen job whole."""
        self.plan = FloorPlan()
        """The warehouse, on which walks are drawn."""
        self.busy = False
        """A wave is being taken back or planned."""
        self._brought = True
        """The page was brought to the front, and its rows are not there yet: the keys go to them then."""
        self.new = NewWave(window, desk)
        """A new wave on its way."""
        super().__init__(window, desk)
        self.new.changed = self._new_changed
        self.new.done = self._released
        self._again = QTimer(self)
        self._again.timeout.connect(self._look_again)
        self._again.start(_REFRESH_MS)

    def lists(self) -> dict[str, Listing]:
        """Return the board, a wave's jobs, and what a new wave leaves out."""
        return {
            "waves": Listing("window.waves.column", WAVES, wave_cells, "window.waves.none"),
            "jobs": Listing("window.waves.column", JOBS, job_cells, "window.waves.none_jobs"),
            "new": Listing("window.release.column", LEFT, left_cells, "window.waves.none"),
            "left": Listing("window.release.column", LEFT, left_cells, "window.release.none_left"),
        }

    def strip_widgets(self) -> None:
        """A choice of the page."""
        self.tabs = Segments(self.look)
        self.tabs.chosen.connect(self.bring)
        self._top.addWidget(self.tabs)

    def head_widgets(self) -> None:
        """How far a release is."""
        self._inner.addWidget(self.new.progress)

    def _build(self) -> None:
        super()._build()
        self._body.insertWidget(0, self.new.page, 100 - self.share)
        self.map = WalkMap(self.look)
        self.map.named = False
        self.compared = Compared(self.look)
        self._side_column.insertWidget(0, self.map, 1)
        self._side_column.insertWidget(1, self.compared)

    def bring(self, name: str) -> None:
        """Bring another page to the front."""
        super().bring(name)
        self.render_all()
        self._brought = True
        self.setFocusProxy(self.new.form if name == "new" else self.grid)
        self.setFocus()

    def current_acts(self) -> tuple[Act, ...]:
        """Return the acts of the page in front."""
        return _ACTS[self.showing]

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        say, front = self.look.say, "new" if self.showing == "left" else self.showing
        pages = ("waves", "jobs", "new")
        self.tabs.offer(tuple((name, say(f"window.waves.page.{name}")) for name in pages), front)
        self.new.restyle()
        self.map.setMinimumHeight(self.look.px(150))
        super().render_all()
        roles = {act.name: act.role for act in self.current_acts()}
        for name, each in self.buttons.items():
            each.setVisible(bool(roles.get(name)) and self.window_.station.leads)

    def _show_list(self) -> None:
        super()._show_list()
        self.new.page.setVisible(self.showing == "new")
        self._frame.setVisible(self.showing != "new")

    def _look_again(self) -> None:
        if self.isVisible() and self.showing in ("waves", "jobs"):
            self.refresh()

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the board with the map, or what a new wave may choose from."""
        if self.showing in ("new", "left"):
            return self.new.read()
        open_only = self.open_only and self.showing == "waves"
        chosen = self.job()
        number = chosen.id if chosen is not None else None

        drawn = self.showing == "jobs"

        def run(tx: Any) -> tuple[tuple[WaveLine, ...], FloorPlan | None, JobDetail | None]:
            found = warehouse.warehouse_map(tx) if drawn else None
            plan = floor_plan(found.layout, found.shelves) if found is not None else None
            detail = job_acts.detail(tx, number) if number is not None else None
            return wave_board.board(tx, open_only=open_only), plan, detail

        return self._desk.read(run)

    def put(self, value: Any) -> None:
        """Show it."""
        if self.showing in ("new", "left"):
            self.new.put(value)
            self._new_changed()
            return
        self.board, plan, self.detail = value
        self.plan = plan or self.plan
        self._list()

    def _list(self) -> None:
        """Show the rows; one of them is chosen, so that a key always means something."""
        if self.showing == "waves":
            self.show_rows([WaveRow(each.batch, each) for each in self.board])
            first = next((each.batch for each in self.board), None)
            wanted = self.wave if any(each.batch == self.wave for each in self.board) else first
        else:
            if self.wave is None and self.board:
                self.wave = self.board[0].batch
            line = next((each for each in self.board if each.batch == self.wave), None)
            jobs = line.jobs if line else ()
            self.show_rows([JobRow(each.id, each) for each in jobs])
            wanted = next((each.id for each in (*(job for job in jobs if job.state == "active"), *jobs)), None)
        if wanted is not None and not self.grid.rows_chosen():
            self.grid.choose({wanted})
        if self._brought and self.model.rows and self.hasFocus():
            self.grid.setFocus()
        self._brought = False

    def chosen_wave(self) -> WaveLine | None:
        """Return the wave that is chosen on the board, or whose jobs are listed."""
        if self.showing == "waves":
            rows = self.grid.rows_chosen()
            return rows[0].wave if len(rows) == 1 else None
        return next((each for each in self.board if each.batch == self.wave), None)

    def job(self) -> JobLine | None:
        """Return the chosen job."""
        rows = self.grids["jobs"].rows_chosen() if self.showing == "jobs" else []
        return rows[0].job if len(rows) == 1 else None

    def row_chosen(self, row: Any) -> None:
        """Read another job whole; remember another wave."""
        if isinstance(row, WaveRow):
            self.wave = row.id
        elif isinstance(row, JobRow) and (self.detail is None or self.detail.job.id != row.id):
            self.bridge.ask(self._desk.read(job_acts.detail, row.id), self._detail_read)
        self.show_panel()

    def _detail_read(self, found: JobDetail) -> None:
        chosen = self.job()
        if chosen is not None and chosen.id == found.job.id:
            self.detail = found
            self.show_panel()

    # --- choices ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer the waves whose jobs can be listed, or the board with what is done."""
        say = self.look.say
        if self.showing == "waves":
            return ((("open", say("window.waves.only_open")), ("all", say("window.waves.also_done"))),)
        if self.showing == "jobs" and self.board:
            return (tuple((str(each.batch), say("window.waves.title", batch=each.batch)) for each in self.board),)
        return ()

    def chip_chosen(self, _row: int) -> str:
        """Return which one is in force."""
        if self.showing == "jobs":
            return str(self.wave)
        return "open" if self.open_only else "all"

    def chip_tapped(self, _row: int, name: str) -> None:
        """List another wave's jobs, or other waves."""
        if self.showing == "jobs":
            self.wave = int(name)
            self._list()
            return
        self.open_only = name == "open"
        self.refresh()

    # --- the panel ---

    def show_panel(self) -> None:
        """Show the panel; of a job with its walk."""
        detail, chosen = self.detail, self.job()
        walk = detail.walk if detail is not None and chosen is not None and detail.job.id == chosen.id else {}
        drawn = bool(walk.get("points")) and bool(walk.get("stops"))
        if drawn and detail is not None:
            done, here = done_shelves(detail.job), next_shelf(detail.job)
            self.map.put(self.plan, walk["points"], walk["stops"], done, here)
        self.compared.put(walk if drawn else {})
        self.map.setVisible(drawn)
        super().show_panel()

    def facts(self) -> Sequence[Fact]:
        """Say what the page in front is about."""
        if self.showing in ("new", "left"):
            return self._new_facts()
        job, wave = self.job(), self.chosen_wave()
        if job is not None:
            same = self.detail is not None and self.detail.job.id == job.id
            return job_facts(self.look, job, self.detail if same else None)
        if wave is not None:
            return wave_facts(self.look, wave)
        return [Fact(self.look.say(f"window.waves.about.{name}")) for name in ("what", "how")]

    def _new_facts(self) -> list[Fact]:
        say, new = self.look.say, self.new
        if new.preview is None:
            return [Fact(say("window.waves.computing"))]
        made = preview_facts(self.look, new.preview)
        if new.computing:
            made.insert(1, Fact(say("window.waves.computing"), kind="info"))
        return made

    def fact_tapped(self, name: str) -> None:
        """Go where the row points."""
        if name == "held":
            self.window_.go("attention")
        else:
            self.act(name)

    # --- a new wave ---

    def _new_changed(self) -> None:
        """The preview, or how far the release is, changed."""
        if self.showing == "left":
            self.show_rows([LeftRow(each.order, each) for each in self.new.left_out()])
        self.buttons["wave_release"].setEnabled(self.new.ready)
        if self.showing in ("new", "left"):
            self.show_panel()
            self.window_.show_entries()

    def _released(self, batch: int | None) -> None:
        """Show the new wave on the board."""
        if batch is not None:
            self.wave = batch
            self.bring("waves")
        else:
            self.refresh()

    # --- acting ---

    def act(self, name: str) -> None:
        """Do what a key, the bar or a button means here."""
        if name in ("wave_new", "wave_list", "wave_jobs"):
            self.bring({"wave_new": "new", "wave_list": "waves", "wave_jobs": "jobs"}[name])
        elif name == "left_out":
            self.bring("new" if self.showing == "left" else "left")
        elif name == "wave_done":
            self.chip_tapped(0, "all" if self.open_only else "open")
        elif name in ("stale", "wave_release", "wave_stop"):
            {"stale": self.new.allow_stale, "wave_release": self.new.confirm, "wave_stop": self.new.stop}[name]()
        elif self.showing == "jobs":
            self._act_on_job(name)
        else:
            self._act_on_wave(name)

    def _act_on_wave(self, name: str) -> None:
        say, wave = self.look.say, self.chosen_wave()
        if self.busy:
            self.window_.say("info", say("window.batches.busy"))
        elif wave is None:
            self.window_.say("info", say("window.waves.choose"))
        elif name == "wave_plan":
            self._plan(wave)
        elif wave.state == "taken_back":
            self.window_.say("info", say("window.waves.gone", batch=wave.batch))
        else:
            begun = sum(wave.count(state) for state in ("active", "paused"))
            key = "window.waves.back_ask_begun" if begun or wave.done else "window.waves.back_ask"
            text = say(key, batch=wave.batch, orders=wave.orders, waiting=wave.count("waiting"), begun=begun,
                       pieces=wave.done)  # fmt: skip
            title = say("window.act.wave_back")
            Confirm(self.look, self.window_, title, text, title, lambda _: self._take_back(wave)).open()

    def _plan(self, wave: WaveLine) -> None:
        """Plan the orders that are in no job; where there are none, the jobs that nobody began, on the newest map."""
        desk: Any = self._desk
        self.busy = True
        self.window_.say("info", self.look.say("window.waves.planning", batch=wave.batch))
        self.work(lambda: waves.plan(desk, wave.batch, anew=not wave.unplanned), self._planned, self._failed)

    def _planned(self, done: Planned) -> None:
        self.busy = False
        say = self.look.say
        key = "window.waves.planned" if done.jobs else "window.waves.nothing_planned"
        text = say(key, batch=done.batch, jobs=done.jobs, orders=done.orders)
        self.window_.say("ok" if done.jobs else "info", text)

    def _take_back(self, wave: WaveLine) -> None:
        desk: Any = self._desk
        self.busy = True
        self.work(
            lambda: waves.take_back(desk, wave.batch), lambda done: self._taken_back(done, wave.done), self._failed
        )

    def _taken_back(self, done: TakenBack, picked: int) -> None:
        """*picked*: pieces that had been taken from the shelves."""
        self.busy = False
        say = self.look.say
        key = "window.batches.taken_back_some" if done.refused else "window.batches.taken_back"
        text = say(key, count=len(done.orders), refused=len(done.refused))
        if done.pulled:
            text += " " + say("window.attention.pulls_now", count=len(done.pulled))
        if picked:
            text += " " + say("window.waves.put_back", pieces=picked)
        self.window_.say("warning" if done.refused or done.pulled or picked else "ok", text)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        self.window_.show_error(error)
        self.refresh()

    def _act_on_job(self, name: str) -> None:
        say, job = self.look.say, self.job()
        if job is None:
            self.window_.say("info", say("window.waves.choose_job"))
        elif name == "job_open":
            self.bridge.ask(self._desk.read(job_acts.detail, job.id), self._open)
        elif name == "job_print":
            title = say("window.act.job_print")
            text = say("window.waves.print_ask", job=job.number)
            Confirm(self.look, self.window_, title, text, title, lambda why: self._print(job, why), self.window_).open()
        elif job.state != "active":
            self.window_.say("info", say("window.waves.nobody_has", job=job.number))
        else:
            title = say("window.act.job_free")
            who = job.person or say("window.station", name=job.holder)
            text = say("window.waves.free_ask", job=job.number, who=who, done=job.done)
            Confirm(self.look, self.window_, title, text, title, lambda _: self._free(job)).open()

    def _open(self, found: JobDetail) -> None:
        JobDialog(self.window_, found, self.plan).open()

    def _print(self, job: JobLine, why: str) -> None:
        if not why.strip():
            self.window_.say("error", self.look.say("window.batches.reason_needed"))
            return
        self.do(_TOPICS, job_acts.reprint, job.id, why.strip(), then=self._printed)

    def _printed(self, number: int) -> None:
        self.window_.say("ok", self.look.say("window.waves.printed", count=number))

    def _free(self, job: JobLine) -> None:
        self.do(_TOPICS, job_acts.hand_back, job.id, then=self._freed)

    def _freed(self, number: str) -> None:
        self.window_.say("ok", self.look.say("window.waves.freed", job=number))

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._again.stop()
        self.new.close()
        super().stop()
