"""The sorting wall 種まき棚: goods in hand at the left, every slot at the right, the wanted one large and green."""

from __future__ import annotations

from app.domain.modes import Stage
from app.ui.pick.screen import PickScreen
from app.ui.sort.wall import WallPanel

__all__ = ["SortScreen"]


class SortScreen(PickScreen):
    """The screen of the wall: the same work with other jobs and another panel beside the question."""

    stage = Stage.SORT
    """Which jobs are taken here."""

    def _make_side(self) -> WallPanel:
        return WallPanel(self.look)

    def _arrange(self) -> None:
        self._body.addWidget(self._left, 36)
        self._body.addWidget(self.side, 64)
