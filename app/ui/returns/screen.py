"""The screen of returns 返品: which parcel, what came back and why, and the shelf that it is laid on."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.bridge import DeskLike
from app.ui.returns.band import ReturnsBand
from app.ui.returns.header import ReturnsHeader
from app.ui.returns.lines import ReturnsSide
from app.ui.returns.prompt import ReturnsPrompt
from app.ui.returns.red import ReturnsRefused
from app.ui.returns.state import ReturnsView, bar_codes, key_of, shown_codes, words_of
from app.ui.working import WorkScreen

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.ui.returns.reading import ReturnRead

__all__ = ["ReturnsScreen"]


class ReturnsScreen(WorkScreen):
    """The question, the last scan, what is back of the parcel."""

    place = "return"

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """Make the screen; *window* is the :class:`app.ui.window.MainWindow`."""
        super().__init__(window, desk, ReturnsView())

    def _build(self) -> None:
        look = self.look
        self.header, self.prompt = ReturnsHeader(look), ReturnsPrompt(look)
        self.band, self.refused, self.side = ReturnsBand(look), ReturnsRefused(look), ReturnsSide(look)
        left = QWidget()
        self._asked = QVBoxLayout(left)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.addWidget(self.prompt, 1)
        self._asked.addWidget(self.band)
        self._left = QStackedWidget()
        self._left.addWidget(left)
        self._left.addWidget(self.refused)
        self._body = QHBoxLayout()
        self._body.addWidget(self._left, 62)
        self._body.addWidget(self.side, 38)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(self._body, 1)
        self.prompt.tapped.connect(self.tapped)

    def render_all(self) -> None:
        """Show everything again: after an answer, and when language, colours or size change."""
        look, view = self.look, self.view
        self.header.setFixedHeight(look.px(60))
        self.band.setFixedHeight(look.px(112))
        self._body.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._body.setSpacing(look.px(16))
        self._asked.setSpacing(look.px(12))
        self.header.show_view(view, self.who)
        self.prompt.show_view(view)
        self.band.show_view(view)
        self.refused.show_view(view)
        self.side.show_view(view, self.window_.station.leads)
        self._left.setCurrentIndex(1 if view.error is not None and not view.refused_here else 0)
        self.window_.show_entries()

    def _render_typed(self) -> None:
        self.prompt.show_view(self.view)
        self.refused.show_view(self.view)

    def shown_codes(self) -> tuple[str, ...]:
        """Return the command codes that stand beside the question."""
        return shown_codes(self.view)

    def bar_codes(self) -> tuple[str, ...]:
        """Return the command codes that stand in the bar."""
        return bar_codes(self.view)

    def words_of(self, code: str) -> str:
        """Return the key of a command's words."""
        return words_of(self.view, code)

    def key_of(self, code: str) -> str:
        """Return the function key of a command code."""
        return key_of(code)

    def _ask_for(self) -> Future[Any]:
        from app.ui.returns.reading import read_return

        return self._desk.read(read_return, self._desk.station, frozenset(self.view.goods))

    def _hold(self, read: ReturnRead) -> None:
        self.view.hold(read)
        self.render_all()
