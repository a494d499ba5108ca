"""The last scan, always visible: colour, sign and words, and how much of the order is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.services.answers import Answer, sentence
from app.services.signals import signal_of
from app.ui.lettering import advance, draw_fitted, split_sentence
from app.ui.look import Look
from app.ui.pack.lines import name_of
from app.ui.pack.papers import carrier_name
from app.ui.pack.state import BenchView, kind_of
from app.ui.painted import Painted
from app.ui.shapes import card, sign

__all__ = ["Band", "said"]


def said(look: Look, answer: Answer, view: BenchView) -> tuple[str, str]:
    """Return the headline and the rest of an answer's sentence; products are named in the reader's language."""
    args = dict(answer.args)
    known = list(view.full.lines) if view.full is not None else []
    named = next((name_of(line, look.language) for line in known if line.sku == args.get("sku")), "")
    if named and look.language == "en" and "name" in args:
        args["name"] = named
    for carrier in ("carrier", "wanted_carrier"):  # without the names of their programs: they mean nothing at a bench
        if args.get(carrier):
            args[carrier] = carrier_name(look, str(args[carrier]))
    return split_sentence(sentence(look.words, answer.key, args))


class Band(Painted):
    """A full band for the last answer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.kind = "idle"
        """Kind of colour; ``idle`` before the first answer."""
        self.sign = ""
        """Its sign, one of :data:`app.services.signals.SIGNALS`."""
        self.head = ""
        """Headline."""
        self.rest = ""
        """What else is said."""
        self._view = BenchView()

    def show_view(self, view: BenchView) -> None:
        """Show the last answer, a refusal of the window's own, or that an answer is awaited."""
        self._view = view
        look = self.look
        if view.refused_here:
            self.kind, self.sign = "error", signal_of("refused", view.refused_here)
            self.head, self.rest = split_sentence(sentence(look.words, view.refused_here, view.refused_args))
        elif view.pending:
            self.kind = self.sign = "info"
            self.head, self.rest = look.say("window.band.pending"), view.pending
        elif view.said is not None:
            self.kind, self.sign = kind_of(view.said.level), signal_of(view.said.level, view.said.key)
            self.head, self.rest = said(look, view.said, view)
        else:
            self.kind, self.sign = "idle", ""
            self.head, self.rest = look.say("window.band.ready" if view.answer else "window.band.starting"), ""
        self.tell(f"{self.kind}: {self.head} {self.rest}".strip())
        self.setToolTip(f"{self.head}\n{self.rest}".strip())
        self.paint_if_new(
            self.kind, self.sign, self.head, self.rest, view.answer and (view.answer.done, view.answer.wanted)
        )

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        ink, ground, fill = look.palette.kind(self.kind)
        if self.kind == "idle":
            ground_colour, colour, edge = look.colour("paper"), look.colour("soft"), look.colour("line")
        elif self.kind == "warning":
            ground_colour, colour, edge = QColor(ground), QColor(ink), QColor(ink)
        else:
            ground_colour, colour, edge = QColor(fill), QColor("#FFFFFF"), QColor(fill)
        thick = look.px(3) if self.kind == "warning" else 1
        card(painter, box, ground_colour, edge, look.px(13), thick)
        left = box.left() + look.px(28)
        if self.kind != "idle":
            side = min(float(look.px(72)), box.height() * 0.55)
            sign(painter, QRectF(left, box.center().y() - side / 2, side, side), self.sign, colour)
            left += side + look.px(26)
        right = self._total(painter, box, colour)
        pad = box.height() * 0.1
        room = QRectF(left, box.top() + pad, right - left, box.height() - 2 * pad)
        share = 0.58 if self.rest else 1.0
        top = QRectF(room.left(), room.top(), room.width(), room.height() * share)
        draw_fitted(
            painter, top, self.head, colour, look.px(46), look.px(17), most=2, bold=True,
            vertical="bottom" if self.rest else "centre",
        )  # fmt: skip
        if self.rest:
            under = QRectF(room.left(), top.bottom() + look.px(2), room.width(), room.bottom() - top.bottom())
            draw_fitted(painter, under, self.rest, colour, look.px(23), look.px(14), most=3, vertical="top")

    def _total(self, painter: QPainter, box: QRectF, colour: QColor) -> float:
        """Draw how much of the order is done; return its left edge."""
        look, answer = self.look, self._view.answer
        right = box.right() - look.px(28)
        if answer is None or not answer.wanted:
            return right
        text = f"{answer.done} / {answer.wanted}"
        font = look.font(44, True)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        words = look.say("window.band.whole")
        named = advance(words, look.font(18)) + 2
        label = QRectF(right - named, box.center().y() - look.px(46), named, look.px(24))
        draw_fitted(painter, label, words, colour, look.px(18), look.px(12), most=1, align="right")
        painter.setFont(font)
        painter.setPen(colour)
        figures = QRectF(right - wide, label.bottom() - look.px(4), wide + 1, look.px(56))
        painter.drawText(figures, Qt.AlignmentFlag.AlignVCenter, text)
        return right - max(wide, named) - look.px(24)
