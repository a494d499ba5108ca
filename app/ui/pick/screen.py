"""The picker's screen: what is shown of a job at the shelves; how a scan goes is the base's."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.modes import Stage
from app.services.answers import Answer
from app.ui.bridge import DeskLike
from app.ui.pick.band import PickBand
from app.ui.pick.header import JobHeader
from app.ui.pick.prompt import PickPrompt
from app.ui.pick.red import STOPPED, PickRefused
from app.ui.pick.side import SidePanel
from app.ui.pick.state import JobView, choices_of, commands_now, words_of
from app.ui.pick.steps import StopSteps
from app.ui.working import WorkScreen

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.ui.floor_plan import FloorPlan
    from app.ui.pick.reading import JobRead

__all__ = ["PickScreen"]


class PickScreen(WorkScreen):
    """Where to go, what to take, where to put it, the last scan; the wall derives from it."""

    stage = Stage.PICK
    """Which jobs are taken here."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """Make the screen; *window* is the :class:`app.ui.window.MainWindow`."""
        self.place = str(self.stage)
        super().__init__(window, desk, JobView(self.stage))

    def _build(self) -> None:
        look = self.look
        self.header, self.prompt, self.steps = JobHeader(look), PickPrompt(look), StopSteps(look)
        self.band, self.refused = PickBand(look), PickRefused(look)
        self._asked, self._right = QVBoxLayout(), QStackedWidget()
        left = QWidget()
        self._asked = QVBoxLayout(left)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.addWidget(self.prompt, 1)
        self._asked.addWidget(self.steps)
        self._asked.addWidget(self.band)
        self._left = QStackedWidget()
        self._left.addWidget(left)
        self._left.addWidget(self.refused)
        self._body = QHBoxLayout()
        self.side = self._make_side()
        self._arrange()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(self._body, 1)
        self.prompt.tapped.connect(self.tapped)

    def _make_side(self) -> Any:
        """Make what stands beside the question."""
        return SidePanel(self.look)

    def _arrange(self) -> None:
        self._body.addWidget(self._left, 57)
        self._body.addWidget(self.side, 43)

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again: after an answer, and when language, colours or size change."""
        look, view = self.look, self.view
        self.header.setFixedHeight(look.px(60))
        self.band.setFixedHeight(look.px(112))
        self.steps.setFixedHeight(look.px(84))
        self._body.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._body.setSpacing(look.px(16))
        self._asked.setSpacing(look.px(12))
        self.header.show_view(view, self.who)
        self.prompt.show_view(view)
        self.steps.show_view(view)
        self.band.show_view(view)
        self.refused.show_view(view)
        self.side.show_view(view)
        self._left.setCurrentIndex(1 if view.error is not None and not view.refused_here else 0)
        self.window_.show_entries()

    def _render_typed(self) -> None:
        self.prompt.show_view(self.view)
        self.refused.show_view(self.view)

    def shown_codes(self) -> tuple[str, ...]:
        """Return the command codes that stand beside the question."""
        return choices_of(self.view)

    def bar_codes(self) -> tuple[str, ...]:
        """Return the command codes that stand in the bar."""
        return commands_now(self.view)

    def words_of(self, code: str) -> str:
        """Return the key of a command's words."""
        return words_of(code)

    def stops(self, answer: Answer) -> bool:
        """Return whether an answer stops the hand: refusals, and news of an order that stopped."""
        return answer.level == "refused" or answer.key in STOPPED

    # --- readings ---

    def _ask_for(self) -> Future[Any]:
        from app.ui.pick.reading import read_job

        return self._desk.read(read_job, self._desk.station, str(self.stage), frozenset(self.view.goods))

    def _hold(self, read: JobRead) -> None:
        self.view.hold(read)
        job = read.view.standing.picker.job
        if job is not None and job.open and job.stage is not self.stage and self.window_.work is self:
            self.window_.go(str(job.stage))  # the work that is open here is done there
            return
        self.render_all()
        if read.view.standing.walk and not self.side.has_hall:
            self._read_hall()

    def _read_hall(self) -> None:
        from app.ui.pick.reading import read_hall

        self.side.has_hall = True
        self._bridge.ask(self._desk.read(read_hall), self._hall_read)

    def _hall_read(self, plan: FloorPlan) -> None:
        self.side.put_hall(plan)
        self.side.show_view(self.view)
