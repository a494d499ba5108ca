"""A refusal that stands where goods come back: shelf against shelf, serial against serial, goods that were not sent."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.services.answers import Answer
from app.services.signals import signal_of
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.clash import Clash, Paper
from app.ui.pack.red import RedPanel
from app.ui.returns.band import question_texts, said
from app.ui.returns.state import QUESTIONS, ReturnsView

__all__ = ["ReturnsRefused"]


def _text(error: Answer, name: str) -> str:
    return str(error.args.get(name) or "")


def _clash(look: Look, error: Answer) -> Clash | None:
    """Return the two things that are compared, where such are."""
    from app.domain.difference import differing

    say = look.say
    match error.key:
        case "return.shelf_wrong":
            here, there, thing = _text(error, "code"), _text(error, "wanted_shelf"), "shelf"
            title = say("window.returns.lay_here")
        case "return.serial_other":
            here, there, thing = _text(error, "serial"), _text(error, "shipped"), "print.serial"
            title = say("window.returns.was_shipped")
        case "return.lot_other":
            here, there, thing = _text(error, "lot"), _text(error, "shipped"), "print.lot"
            title = say("window.returns.was_shipped")
        case _:
            return None
    on = thing == "shelf"
    scanned = Paper(say("window.stop.scanned"), here, thing=thing, on=here if on else "")
    wanted = Paper(title, there, thing=thing, on=there if on else "")
    marks = differing(there, here), differing(here, there)
    return Clash(replace(scanned, marks=marks[0]), replace(wanted, marks=marks[1]), "thing")


class ReturnsRefused(RedPanel):
    """The red panel of a station for returns."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = ReturnsView()

    def show_view(self, view: ReturnsView) -> None:
        """Show the standing refusal."""
        self.view = view
        error, look = view.error, self.look
        self.sign = signal_of(error.level, error.key) if error is not None else ""
        if error is None:
            self.tell("")
            return
        self.head, self.rest = said(look, error, view)
        self.code, self.compared = error.code, {}
        self.clash = _clash(look, error)
        self.typing = bool(view.typed)
        self.allow = look.say("window.returns.allow") if error.args.get("allow") else ""
        counted = {"done": error.done, "wanted": error.wanted}
        self.foot = look.say("window.returns.unchanged", **counted) if error.wanted else ""
        clash = self.clash.told if self.clash else ()
        told = [self.head, self.rest, error.code, *clash, self.allow, view.typed]
        self.tell(" ".join(text for text in told if text))
        self.setToolTip(f"{self.head}\n{self.rest}\n{error.code}".strip())
        self.paint_if_new(tuple(told), error.act, view.scanned, dict(view.asks))

    def draw_wanted(self, painter: QPainter, box: QRectF) -> None:
        """Draw what is still wanted."""
        look, view = self.look, self.view
        if view.ask in QUESTIONS:
            head, rest = question_texts(look, view)
        elif view.ask in ("item", "close", "order"):
            head, rest = look.say(f"window.returns.ask.{view.ask}"), ""
        else:
            head, rest = look.say("window.ask.sign_in"), ""
        rest = view.typed or rest
        top = QRectF(box.left(), box.top(), box.width(), box.height() * (0.6 if rest else 1))
        draw_fitted(
            painter, top, head, look.colour("ink"), look.px(44), look.px(18), most=2, bold=True, align="centre",
            vertical="bottom" if rest else "centre",
        )  # fmt: skip
        under = QRectF(box.left(), top.bottom() + look.px(6), box.width(), box.bottom() - top.bottom() - look.px(6))
        draw_fitted(
            painter, under, rest, look.colour("soft"), look.px(26), look.px(14), most=2, align="centre", vertical="top"
        )
