"""The head of a picker's screen: which job, how many orders, the time to the pickup, who works here."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.modes import FAR, Stage
from app.ui.lettering import advance, draw_fitted
from app.ui.look import Look
from app.ui.pack.header import left_until
from app.ui.painted import Painted
from app.ui.pick.state import JobView
from app.ui.shapes import pill, pill_width

__all__ = ["JobHeader", "until_pickup"]


def until_pickup(look: Look, due: int) -> tuple[str, str]:
    """Return the time to a pickup in words with its kind of colour; both empty where there is none to be caught."""
    if not due or due >= FAR:
        return "", ""
    left, kind = left_until(due, int(time.time() * 1000))
    if left:
        return look.say("window.pack.cut_off", left=left), kind
    return (look.say("window.pack.cut_off_past"), kind) if kind else ("", "")


class JobHeader(Painted):
    """Way of picking and number of the job, its orders, the time left, person, cart."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = JobView()
        self.who = ""
        """Person and station."""

    def show_view(self, view: JobView, who: str) -> None:
        """Show a job, or none."""
        self.view, self.who = view, who
        told = [self._title(), *(text for text, _ in self._labels()), self._who()]
        self.tell(" ".join(told))
        self.paint_if_new(told, view.job is not None)

    def _title(self) -> str:
        job, say = self.view.job, self.look.say
        if job is None:
            return say("window.sort.title" if self.view.stage is Stage.SORT else "window.pick.title")
        way = say("window.sort.title") if job.stage is Stage.SORT else say(f"window.pick.mode.{job.mode.id}")
        return f"{way} {job.number}"

    def _who(self) -> str:
        job, say = self.view.job, self.look.say
        cart = say("window.pick.cart", cart=job.cart) if job is not None and job.cart else ""
        return " ・ ".join(text for text in (self.who, cart) if text)

    def _labels(self) -> list[tuple[str, str]]:
        job, say = self.view.job, self.look.say
        if job is None:
            return []
        orders = {each.order for each in job.picks}
        labels = [(say("window.pick.orders", count=len(orders)), "quiet")]
        if job.zone:
            labels.append((say("window.pick.zone", zone=job.zone), "info"))
        if job.stage is Stage.SORT:
            whole = sum(all(each.left <= 0 for each in job.picks if each.order == order) for order in orders)
            labels.append((say("window.sort.pieces", done=job.done, count=job.wanted), "quiet"))
            labels.append((say("window.sort.complete", count=whole), "ok"))
        due, kind = until_pickup(self.look, job.due)
        if due:
            labels.append((due, kind))
        if job.short:
            labels.append((say("window.pick.short", count=job.short), "warning"))
        return labels

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        painter.fillRect(box, look.colour("paper"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), look.colour("line"))
        left, right = float(look.px(20)), box.right() - look.px(20)
        who = self._who()
        wide = min(advance(who, look.font(16)) + 2, (right - left) * 0.4)
        at = QRectF(right - wide, 0, wide, box.height())
        draw_fitted(painter, at, who, look.colour("ink"), look.px(16), look.px(12), most=2, align="right")
        right = at.left() - look.px(16)
        title, gap = self._title(), float(look.px(10))
        labels = self._labels()
        needed = sum(pill_width(look, text) + gap for text, _ in labels)
        wide = min(advance(title, look.font(28, True)) + 2, max((right - left) * 0.34, right - left - needed))
        name = QRectF(left, 0, wide, box.height())
        draw_fitted(painter, name, title, look.colour("ink"), look.px(28), look.px(15), most=1, bold=True)
        left += wide + look.px(14)
        for text, kind in labels:
            if left + pill_width(look, text) > right + 1:
                break
            left = pill(painter, look, left, box.center().y(), text, kind) + gap
