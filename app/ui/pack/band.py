"""The last scan, always visible: colour, sign and words, and how much of the order is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.services.answers import Answer, sentence
from app.services.signals import signal_of
from app.ui.lettering import advance, draw_fitted, split_sentence
from app.ui.look import Look
from app.ui.pack.asked import HANDS, hand_short
from app.ui.pack.lines import name_of
from app.ui.pack.papers import carrier_name
from app.ui.pack.state import BenchView, kind_of
from app.ui.painted import Painted
from app.ui.shapes import card, sign

__all__ = ["Band", "hinted", "said"]


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
    if answer.key in _HINTED:  # what is wrong with it stands below, see :func:`hinted`
        head, rest = split_sentence(sentence(look.words, "pack.ok", args))
    else:
        head, rest = split_sentence(sentence(look.words, answer.key, args))
    details = _details(look, answer) if answer.level == "ok" else ""
    if details and hinted(look, answer):  # there is room for one line only, and the name stands above
        return head, details
    if not details or not rest:
        return head, details or rest
    # A sentence needs no comma after its full stop.
    between = " " if rest[-1] in "。.!！?？" else look.say("list.comma")
    return head, f"{rest}{between}{details}"


_HINTED = ("pack.ok_later_lot",)
"""Goods that count although something is to be done otherwise next time."""


def _details(look: Look, answer: Answer) -> str:
    """Return what was read of the pieces beside their code."""
    args = answer.args
    lot, expiry, serial = (str(args.get(name) or "") for name in ("lot", "expiry", "serial"))
    told = [look.say("window.lot.until", expiry=expiry)] if expiry else []
    told += [look.say("window.lot.lot", lot=lot)] if lot and lot != expiry else []
    told += [look.say("window.lot.serial", serial=serial)] if serial else []
    return look.say("list.comma").join(told)


def hinted(look: Look, answer: Answer) -> str:
    """Return what is to be done otherwise next time, though this piece counts: take what expires first."""
    first = answer.args.get("first") if answer.level in ("ok", "question") else ""
    if not first or "line_done" not in answer.args:
        return ""
    return look.say("window.band.first", first=first)


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
        self.hint = ""
        """What is to be done otherwise next time."""
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
            asked = view.said is view.asked and view.ask in HANDS
            self.head, self.rest = hand_short(look, view) if asked else said(look, view.said, view)
        else:
            self.kind, self.sign = "idle", ""
            self.head, self.rest = look.say("window.band.ready" if view.answer else "window.band.starting"), ""
        plain = self.kind in ("ok", "warning") and view.said is not None
        self.hint = hinted(look, view.said) if plain and view.said is not None else ""
        self.tell(f"{self.kind}: {self.head} {self.rest} {self.hint}".strip())
        self.setToolTip(f"{self.head}\n{self.rest}\n{self.hint}".strip())
        counted = view.answer and (view.answer.done, view.answer.wanted)
        self.paint_if_new(self.kind, self.sign, self.head, self.rest, self.hint, counted)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        if self.hint:
            strip = QRectF(box.left(), box.bottom() - look.px(46), box.width(), look.px(46))
            box = QRectF(box.left(), box.top(), box.width(), strip.top() - box.top() - look.px(6))
            self._draw_hint(painter, strip)
        ink, ground, fill = look.palette.kind(self.kind)
        if self.kind == "idle":
            ground_colour, colour, edge = look.colour("paper"), look.colour("soft"), look.colour("line")
        elif self.kind == "warning":
            ground_colour, colour, edge = QColor(ground), QColor(ink), QColor(ink)
        else:
            ground_colour, colour, edge = QColor(fill), QColor("#FFFFFF"), QColor(fill)
        thick = look.px(3) if self.kind == "warning" else 1
        card(painter, box, ground_colour, edge, look.px(13), thick)
        left = box.left() + look.px(20)
        if self.kind != "idle":
            side = min(float(look.px(72)), box.height() * 0.55)
            sign(painter, QRectF(left, box.center().y() - side / 2, side, side), self.sign, colour)
            left += side + look.px(20)
        right = self._total(painter, box, colour)
        pad = box.height() * 0.06
        room = QRectF(left, box.top() + pad, right - left, box.height() - 2 * pad)
        share = 0.64 if self.rest else 1.0
        top = QRectF(room.left(), room.top(), room.width(), room.height() * share)
        draw_fitted(
            painter, top, self.head, colour, look.px(46), look.px(17), most=2, bold=True,
            vertical="bottom" if self.rest else "centre",
        )  # fmt: skip
        if self.rest:
            under = QRectF(room.left(), top.bottom() + look.px(2), room.width(), room.bottom() - top.bottom())
            draw_fitted(painter, under, self.rest, colour, look.px(23), look.px(14), most=3, vertical="top")

    def _draw_hint(self, painter: QPainter, box: QRectF) -> None:
        look, ink = self.look, self.look.colour("warning")
        card(painter, box, look.colour("warning_ground"), ink, look.px(10), look.px(2))
        side = box.height() * 0.62
        left = box.left() + look.px(16)
        sign(painter, QRectF(left, box.center().y() - side / 2, side, side), "guard", ink)
        left += side + look.px(12)
        text = QRectF(left, box.top(), box.right() - left - look.px(14), box.height())
        draw_fitted(painter, text, self.hint, ink, look.px(23), look.px(13), most=2, bold=True)

    def _total(self, painter: QPainter, box: QRectF, colour: QColor) -> float:
        """Draw how much of the order is done; return its left edge."""
        look, answer = self.look, self._view.answer
        right = box.right() - look.px(20)
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
