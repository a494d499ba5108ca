"""The one question of the moment where goods come back, in the largest type on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.lettering import draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.pack.asked import draw_head
from app.ui.pack.goods_drawings import draw_thing
from app.ui.pack.numbered import lot_words
from app.ui.painted import Tapped
from app.ui.returns.answers import AnswerCard, draw_answers
from app.ui.returns.band import question_texts
from app.ui.returns.state import QUESTIONS, REASONS, ReturnsView, shown_codes
from app.ui.shapes import card, pictured, sign

__all__ = ["ReturnsPrompt", "cards_of"]


def cards_of(look: Look, view: ReturnsView) -> list[AnswerCard]:
    """Return the answers that stand beside the question."""
    say, codes = look.say, shown_codes(view)
    match view.ask:
        case "reason":
            return [AnswerCard(code, say(f"returns.reason.{REASONS[code]}")) for code in codes]
        case "grade":
            good = AnswerCard(
                "KP-1", say("returns.grade.good"), say("window.returns.shelf", shelf=view.text("good_shelf")), "ok"
            )
            words = say("window.returns.shelf", shelf=view.text("bad_shelf"))
            bad = AnswerCard("KP-2", say("returns.grade.bad"), words, "warning")
            return [each for each in (good, bad) if each.code in codes]
        case "whole":
            return [AnswerCard("KP-DONE", say("window.returns.yes_whole"), kind="ok")]
        case "close":
            return [AnswerCard("KP-DONE", say("command.KP-DONE"), kind="ok")]
    return [_option(look, view, code, each) for code, each in zip(codes, view.options, strict=True)]


def _option(look: Look, view: ReturnsView, code: str, given: Mapping[str, Any]) -> AnswerCard:
    left = look.say("window.returns.left", count=given.get("count", 0))
    if view.ask == "lot":
        big, rest = lot_words(look, str(given.get("lot") or ""), str(given.get("expiry") or ""))
        return AnswerCard(code, big or look.say("window.returns.no_lot"), " ".join(t for t in (rest, left) if t))
    product = given.get("product")
    name = view.short_name_of(product, str(given.get("name", "")), look.language)
    return AnswerCard(code, name, left, sku=str(given.get("sku", "")), picture=view.picture_of(product))


class ReturnsPrompt(Tapped):
    """What to scan next; where the last piece is laid; or a question with its answers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = ReturnsView()

    def show_view(self, view: ReturnsView) -> None:
        """Show the question."""
        self.view = view
        told = self._told()
        self.tell(" ".join(told))
        self.setToolTip("\n".join(told))
        self.paint_if_new(tuple(told), dict(view.asks), view.typed, len(view.goods))

    def _told(self) -> list[str]:
        """Return in words what is drawn."""
        view, say = self.view, self.look.say
        if view.ask in QUESTIONS:
            cards = [text for each in cards_of(self.look, view) for text in (each.words, each.more)]
            told = [*question_texts(self.look, view), *cards, view.typed]
        elif view.ask in ("item", "close"):
            told = [*self._lay_words(), *self._next_words()]
        elif view.ask == "order":
            told = [say("window.returns.ask.order"), say("window.returns.ask.order_more")]
        else:
            told = [say("window.ask.sign_in" if view.ask == "sign_in" else "window.ask.starting")]
        return [text for text in told if text]

    def _lay_words(self) -> list[str]:
        lay, say = self.view.lay, self.look.say
        if not lay:
            return []
        key = "window.returns.lay" if lay["grade"] == "good" else "window.returns.lay_bad"
        name = self.view.name_of(lay["product"], str(lay["name"]), self.look.language)
        return [say(key), str(lay["shelf"]), say("window.returns.about", name=name, count=lay["quantity"])]

    def _next_words(self) -> list[str]:
        view, say = self.view, self.look.say
        if view.ask == "close":
            return [say("window.returns.ask.close"), say("window.returns.ask.close_more")]
        left = say("window.returns.left", count=view.number("left"))
        if view.lay:
            return [say("window.returns.ask.next"), left]
        whole = not view.number("taken") and not self._partly()
        return [say("window.returns.ask.item"), left, say("window.returns.ask.item_more") if whole else ""]

    def _partly(self) -> bool:
        answer = self.view.answer
        return answer is not None and answer.done > 0

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        self.places = []
        look, view = self.look, self.view
        if view.ask in QUESTIONS:
            self._draw_question(painter, box)
            return
        self.draw_card(painter, box)
        inner = box.adjusted(look.px(26), look.px(16), -look.px(24), -look.px(16))
        if view.ask in ("item", "close"):
            self._draw_open(painter, inner)
        else:
            self._draw_none(painter, inner)

    def _draw_none(self, painter: QPainter, box: QRectF) -> None:
        """Nothing is open: which parcel came back?"""
        look, told = self.look, self._told()
        unit = box.height() / 100
        thing = {"order": "label", "sign_in": "badge"}.get(self.view.ask, "")
        top = box.top()
        if thing:
            draw_thing(painter, look, QRectF(box.left(), top, box.width(), unit * 46), thing)
            top += unit * 50
        head = QRectF(box.left(), top, box.width(), unit * (26 if len(told) > 1 else 46))
        most = fewest_lines(told[0], head, look.px(58), look.px(34), 2, bold=True)
        draw_fitted(
            painter, head, told[0], look.colour("ink"), look.px(58), look.px(20), most=most, bold=True, align="centre"
        )
        if len(told) > 1:
            under = QRectF(box.left(), head.bottom(), box.width(), box.bottom() - head.bottom())
            draw_fitted(
                painter, under, told[1], look.colour("soft"), look.px(26), look.px(14), most=3, align="centre",
                vertical="top",
            )  # fmt: skip

    def _draw_open(self, painter: QPainter, box: QRectF) -> None:
        """Where the last piece is laid, and what comes next."""
        look, view = self.look, self.view
        area = QRectF(box)
        if view.lay:
            high = box.height() * 0.56
            self._draw_lay(painter, QRectF(box.left(), box.top(), box.width(), high))
            area.setTop(box.top() + high + look.px(14))
        words = self._next_words()
        if view.ask == "close":
            wide = area.width() * 0.42
            self.places = draw_answers(
                painter, look, QRectF(area.right() - wide, area.top(), wide, area.height()), cards_of(look, view),
                self.over,
            )  # fmt: skip
            area.setRight(area.right() - wide - look.px(18))
        elif not view.lay:
            picture = QRectF(area.left(), area.top(), area.width(), area.height() * 0.38)
            draw_thing(painter, look, picture, "print.code")
            area.setTop(picture.bottom() + look.px(10))
        unit, centre = area.height() / 100, "left" if view.ask == "close" else "centre"
        head = QRectF(area.left(), area.top(), area.width(), unit * 52)
        most = fewest_lines(words[0], head, look.px(58), look.px(34), 2, bold=True)
        draw_fitted(
            painter, head, words[0], look.colour("ink"), look.px(58), look.px(20), most=most, bold=True, align=centre,
            vertical="bottom",
        )  # fmt: skip
        rest = [text for text in words[1:] if text]
        row = QRectF(area.left(), head.bottom() + unit * 2, area.width(), unit * 24)
        for number, text in enumerate(rest):
            ink = look.colour("brand" if number == 0 and view.ask == "item" else "soft")
            draw_fitted(
                painter, row, text, ink, look.px(32 if number == 0 else 24), look.px(13), most=2, bold=number == 0,
                align=centre, vertical="top",
            )  # fmt: skip
            row.translate(0, row.height())

    def _draw_lay(self, painter: QPainter, box: QRectF) -> None:
        """The shelf, large: it is read over an arm full of goods."""
        look, lay = self.look, self.view.lay
        title, shelf, about = self._lay_words()
        kind = "ok" if lay["grade"] == "good" else "warning"
        card(painter, box, look.colour(f"{kind}_ground"), look.colour(kind), look.px(12), look.px(3))
        inner = box.adjusted(look.px(20), look.px(12), -look.px(18), -look.px(12))
        unit, ink = inner.height() / 100, look.colour(kind)
        side = min(inner.height() * 0.72, inner.width() * 0.28)
        picture = QRectF(inner.right() - side, inner.top(), side, side)
        pictured(painter, look, picture, self.view.picture_of(lay["product"]), str(lay["sku"]), look.px(10))
        left = QRectF(inner.left(), inner.top(), picture.left() - inner.left() - look.px(16), inner.height())
        mark = unit * 17
        sign(painter, QRectF(left.left(), left.top(), mark, mark), "ok" if kind == "ok" else "warning", ink)
        head = QRectF(left.left() + mark + look.px(10), left.top(), left.width() - mark - look.px(10), mark)
        draw_fitted(painter, head, title, ink, look.px(26), look.px(14), most=1, bold=True)
        big = QRectF(left.left(), head.bottom(), left.width(), unit * 56)
        size = int(min(big.height() * 0.86, look.px(130.0)))
        draw_fitted(painter, big, shelf, ink, size, look.px(24), most=1, bold=True)
        foot = QRectF(inner.left(), big.bottom(), inner.width(), inner.bottom() - big.bottom())
        draw_fitted(painter, foot, about, look.colour("ink"), look.px(28), look.px(13), most=2, bold=True)

    def _draw_question(self, painter: QPainter, box: QRectF) -> None:
        """A question over the whole prompt, its answers as cards."""
        look, view = self.look, self.view
        doubt = view.ask in ("take_over", "whole")
        ground, edge = ("warning_ground", "warning") if doubt else ("paper", "brand")
        card(painter, box, look.colour(ground), look.colour(edge), look.px(13), look.px(3))
        inner = box.adjusted(look.px(24), look.px(14), -look.px(24), -look.px(16))
        ink = look.colour("warning" if doubt else "ink")
        head, rest = question_texts(look, view)
        area = draw_head(painter, look, inner, 0.32, (head, rest), ink, "warning" if doubt else "")
        cards = cards_of(look, view)
        if cards:
            if len(cards) == 1:
                area = area.adjusted(area.width() * 0.14, 0, -area.width() * 0.14, -area.height() * 0.12)
            self.places = draw_answers(painter, look, area, cards, self.over)
            return
        if view.typed and view.ask == "serial":
            line = QRectF(area.left(), area.top() + area.height() * 0.2, area.width(), area.height() * 0.4)
            card(painter, line, look.colour("paper"), look.colour("brand"), look.px(10), look.px(3))
            text = line.adjusted(look.px(18), 0, -look.px(18), 0)
            size = int(min(look.px(64.0), line.height() * 0.7))
            draw_fitted(
                painter, text, f"{view.typed}▏", look.colour("ink"), size, look.px(16), most=1, bold=True, fixed=True
            )
            return
        thing = "print.serial" if view.ask == "serial" else "label"
        draw_thing(painter, look, area.adjusted(0, area.height() * 0.04, 0, 0), thing)
