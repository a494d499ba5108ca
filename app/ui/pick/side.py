"""What stands beside a picker's question: the cart or the stops, and the way; while no job is open how it goes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.modes import PickStep
from app.ui.floor_plan import FloorPlan
from app.ui.look import Look
from app.ui.pick.cart import CartPanel
from app.ui.pick.guide import PickGuide
from app.ui.pick.state import JobView
from app.ui.pick.stops import StopsPanel
from app.ui.pick.way import WayPanel

__all__ = ["SidePanel"]


class SidePanel(QWidget):
    """Cart or stops above, the way below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        """Colours, sizes, sentences."""
        self.has_hall = False
        """Whether the warehouse was read, or is being read."""
        self.guide, self.cart, self.stops, self.way = PickGuide(look), CartPanel(look), StopsPanel(look), WayPanel(look)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.guide, 1)
        self._layout.addWidget(self.cart, 10)
        self._layout.addWidget(self.stops, 10)
        self._layout.addWidget(self.way, 9)

    def put_hall(self, plan: FloorPlan) -> None:
        """Show the way in this warehouse."""
        self.way.put_hall(plan)

    def show_view(self, view: JobView) -> None:
        """Show what belongs to the job."""
        self._layout.setSpacing(self.look.px(12))
        job = view.job if view.open_now or view.finished else None
        self.guide.setVisible(job is None)
        carried = job is not None and PickStep.PLACE in job.steps and bool(job.places)
        self.cart.setVisible(carried)
        self.stops.setVisible(job is not None and not carried)
        self.guide.show_view(view)
        self.cart.show_view(view)
        self.stops.show_view(view)
        self.way.show_view(view)
