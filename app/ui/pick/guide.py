"""What stands beside the question while no job is open: the whole work in three pictures, for a newcomer."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.modes import Stage
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.goods_drawings import draw_thing
from app.ui.painted import Painted
from app.ui.pick.state import JobView
from app.ui.shapes import card

__all__ = ["PickGuide"]

_STEPS = {
    Stage.PICK: (("job", "list"), ("shelf", "shelf"), ("tote", "tote")),
    Stage.SORT: (("job", "list"), ("goods", "piece"), ("slot", "slot")),
}
"""Steps of the work, and what is drawn for each."""


class PickGuide(Painted):
    """① take a job ② shelf and goods ③ tote; at the wall ① take a job ② scan goods ③ slot."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._stage = Stage.PICK

    def show_view(self, view: JobView) -> None:
        """Show the guide of this work."""
        self._stage = view.stage
        self.tell(" ".join(self._title(step) for step, _ in _STEPS[self._stage]))
        self.paint_if_new(self._stage)

    def _title(self, step: str) -> str:
        return self.look.say(f"window.{self._stage}.guide.{step}")

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, gap = self.look, float(self.look.px(12))
        high = (box.height() - 2 * gap) / 3
        for number, (step, thing) in enumerate(_STEPS[self._stage]):
            row = QRectF(box.left(), box.top() + number * (high + gap), box.width(), high)
            self.draw_card(painter, row)
            side = min(high - look.px(24), row.width() * 0.3)
            picture = QRectF(row.left() + look.px(18), row.center().y() - side / 2, side, side)
            card(painter, picture, look.colour("chosen"), look.colour("chosen"), look.px(12), 0)
            inset = side * 0.12
            draw_thing(painter, look, picture.adjusted(inset, inset, -inset, -inset), thing)
            left = picture.right() + look.px(18)
            head = QRectF(left, row.top() + high * 0.1, row.right() - left - look.px(12), high * 0.46)
            title = f"{number + 1}  {self._title(step)}"
            draw_fitted(
                painter, head, title, look.colour("brand"), look.px(27), look.px(14), most=2, bold=True,
                vertical="bottom",
            )  # fmt: skip
            under = QRectF(left, head.bottom() + look.px(3), head.width(), high * 0.38)
            text = look.say(f"window.{self._stage}.guide.{step}_more")
            draw_fitted(painter, under, text, look.colour("soft"), look.px(18), look.px(12), most=3, vertical="top")
