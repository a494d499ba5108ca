"""The one question of the moment, in the largest type on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.domain.difference import differing
from app.domain.gtin import printable
from app.services.answers import sentence
from app.ui.lettering import advance, draw_fitted, draw_line, split_sentence
from app.ui.look import Look
from app.ui.pack.alike import alike_of, draw_alike, name_marks, named
from app.ui.pack.asked import HANDS, draw_hand, draw_head, hand_told
from app.ui.pack.boxed import BOXED, box_told, boxed_told, draw_box_strip, draw_boxed
from app.ui.pack.drawings import draw_code, draw_slip, grouped
from app.ui.pack.lines import name_of
from app.ui.pack.numbered import lot_words
from app.ui.pack.papers import PAPERS, draw_choices, draw_paper, paper_told
from app.ui.pack.state import CHOICES, BenchView
from app.ui.painted import Tapped
from app.ui.shapes import card, pictured, sign

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.alikes import Head

__all__ = ["Prompt"]


class Prompt(Tapped):
    """What is wanted next."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = BenchView()

    def show_view(self, view: BenchView) -> None:
        """Show the question."""
        self.view = view
        self.tell(" ".join(self._told()))
        self.setToolTip(self._name() if view.ask == "item" else "")
        answer, line = view.answer, view.line()
        told = (answer.ask, answer.args, answer.ship_number, answer.done, answer.wanted) if answer else ()
        row, slips = (view.full.row, view.parcel.slips) if view.full and view.parcel else (None, ())
        way = row and (row.carrier, row.service)
        shown = line and (line.name, line.name_en, line.picture)
        hand = (view.typed, view.person_only, view.asked and view.asked.args, tuple(view.options), view.counts())
        more: object = hand if view.ask in HANDS else None
        if view.ask in BOXED or view.boxes > 1:
            boxes = view.parcel.boxes if view.parcel else None
            more = (view.grams, view.boxes, view.box_before, boxes and boxes.extras, more)
        self.paint_if_new(told, shown, view.waiting, view.finished, view.unlabelled, way, slips, more)

    def _told(self) -> list[str]:
        view, say = self.view, self.look.say
        ask = view.answer.ask if view.answer else {}
        match view.ask:
            case "item":
                name = self._name()
                told = [
                    *box_told(self.look, view),
                    say("window.ask.item"),
                    name,
                    *self._lot(),
                    say("window.ask.left", left=ask.get("left", "")),
                ]
                near = alike_of(view)
                return [*told, say("window.ask.alike"), named(self.look, near)] if near else told
            case "order":
                following = self._following()
                return [following, say("window.ask.order"), say("window.ask.order_or")]
            case "":
                return [say("window.ask.starting")]
        if view.ask in HANDS:
            return hand_told(self.look, view)
        if view.ask in BOXED:
            return boxed_told(self.look, view)
        if view.ask in PAPERS:
            return [*box_told(self.look, view), *paper_told(self.look, view)]
        return list(self._question())

    def _lot(self) -> list[str]:
        """Return the lot to take, in words: one shelf, one date."""
        ask = self.view.answer.ask if self.view.answer else {}
        lot, expiry = str(ask.get("lot") or ""), str(ask.get("expiry") or "")
        big, rest = lot_words(self.look, lot, expiry)
        title = self.look.say("window.lot.take") if expiry else ""
        return [text for text in (title, big, rest) if text]

    def _following(self) -> str:
        """Return which slip lies next on the stack, in words; empty where that is not known."""
        answer = self.view.answer
        number = str(answer.ask.get("next") or "") if answer else ""
        return self.look.say("window.ask.following", number=number) if number else ""

    def _name(self) -> str:
        line = self.view.line()
        if line is not None:
            return name_of(line, self.look.language)
        return str(self.view.answer.ask.get("name", "")) if self.view.answer else ""

    def _question(self) -> tuple[str, str]:
        view = self.view
        assert view.answer is not None
        of = view.answer.args
        args = {**of, **view.answer.ask, "name": self._name() or of.get("name") or of.get("insert", "")}
        if "insert" in of and view.parcel is not None:  # what is missing is no line
            code = str(view.answer.ask.get("code", ""))
            asked = (each for each in view.parcel.boxes.extras if str(each.id) == code)
            args["left"] = next((each.wanted - each.done for each in asked), "")
        args.setdefault("ship_number", view.answer.ship_number or view.answer.order or "")
        return split_sentence(sentence(self.look.words, f"window.ask.{view.ask}", args))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        self.places = []
        view = self.view
        paper = view.ask in PAPERS
        if view.ask in HANDS:
            self.places = draw_hand(painter, self.look, box, view, self.over)
            return
        if view.ask in BOXED:
            self.places = draw_boxed(painter, self.look, box, view, self.over)
            return
        if view.ask in CHOICES and not paper:
            self._draw_question(painter, box)
            return
        self.draw_card(painter, box)
        pad = float(self.look.px(30))
        inner = draw_box_strip(painter, self.look, box.adjusted(pad, pad * 0.8, -pad, -pad * 0.8), view)
        if view.ask == "item":
            self._draw_item(painter, inner)
        elif paper:
            self.places = draw_paper(painter, self.look, inner, view, self.over)
        else:
            self._draw_order(painter, inner)

    # --- the next item ---

    def _draw_item(self, painter: QPainter, box: QRectF) -> None:
        look, view = self.look, self.view
        assert view.answer is not None
        ask, line = view.answer.ask, view.line()
        side = min(box.width() * 0.42, box.height())
        picture = QRectF(box.left(), box.center().y() - side / 2, side, side)
        near, called = alike_of(view), self._name()
        if near is not None:
            gap, strip = float(look.px(12)), box.height() * 0.34
            picture = QRectF(box.left(), box.top(), side, box.height() - strip - gap)
            at = QRectF(box.left(), picture.bottom() + gap, side, strip)
            draw_alike(painter, look, at, near, called)
        pictured(painter, look, picture, line.picture if line else "", str(ask.get("sku", "")), look.px(13))
        left = picture.right() + look.px(30)
        text = QRectF(left, box.top(), box.right() - left, box.height())
        unit = text.height() / 100
        head = QRectF(text.left(), text.top(), text.width(), unit * 9)
        draw_fitted(painter, head, look.say("window.ask.item"), look.colour("soft"), look.px(21), look.px(14), most=1)
        lot = self._lot()
        name = QRectF(
            text.left(),
            head.bottom() + unit * 2,
            text.width(),
            unit * (24 if lot else 45 if self.view.boxes > 1 else 37),
        )
        marks = name_marks(called, named(look, near)) if near is not None else ()
        end = draw_fitted(
            painter, name, called, look.colour("ink"), look.px(50), look.px(14), most=5, bold=True, vertical="top",
            marks=marks, mark_colours=(look.colour("warning_ground"), look.colour("warning")),
        )  # fmt: skip
        code = QRectF(text.left(), end.bottom() + unit * (0.5 if lot else 2), text.width(), unit * (8 if lot else 9))
        self._draw_code(painter, code, str(ask.get("product_code") or ""), str(ask.get("sku", "")), near)
        if shelf := str(ask.get("shelf", "")):
            shelf_box = QRectF(text.left(), code.bottom() + unit, text.width(), unit * 7)
            said = look.say("window.pack.shelf", shelf=shelf)
            draw_fitted(painter, shelf_box, said, look.colour("soft"), look.px(20), look.px(13), most=1)
        foot = unit * (24 if lot or self.view.boxes > 1 else 30)
        if lot:
            at = QRectF(text.left(), text.bottom() - foot - unit * 24, text.width(), unit * 23)
            self._draw_lot(painter, at, lot)
        self._draw_left(painter, QRectF(text.left(), text.bottom() - foot, text.width(), foot), ask)

    def _draw_lot(self, painter: QPainter, box: QRectF, lot: list[str]) -> None:
        """Draw the lot to take, as large as what is printed on the goods must be compared with."""
        look, ink = self.look, self.look.colour("info")
        card(painter, box, look.colour("info_ground"), ink, look.px(10), look.px(2))
        inner = box.adjusted(look.px(14), look.px(4), -look.px(14), -look.px(4))
        title, big, rest = (["", lot[0], ""] if len(lot) == 1 else [*lot, ""])[:3]
        said = " ・ ".join(text for text in (title, rest) if text)
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * (0.36 if said else 0))
        draw_fitted(painter, top, said, ink, look.px(21), look.px(12), most=1, bold=True)
        under = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
        draw_fitted(painter, under, big, ink, look.px(50), look.px(16), most=1, bold=True)

    def _draw_code(self, painter: QPainter, box: QRectF, stored: str, sku: str, near: Head | None) -> None:
        """Draw the printed code: marked where the look-alike's differs, else its last six digits bold."""
        look = self.look
        code = printable(stored) if stored else sku
        if near is not None:
            marks = differing((printable(near.code) if stored else "") or near.sku, code)
            draw_fitted(
                painter, box, code, look.colour("ink"), look.px(27), look.px(12), most=1, bold=True, fixed=True,
                marks=marks, mark_colours=(look.colour("warning_ground"), look.colour("warning")),
            )  # fmt: skip
            return
        draw_code(painter, look, box, code, 6 if stored else 0, min(27.0, box.height() / look.scale))

    def _draw_left(self, painter: QPainter, box: QRectF, ask: Mapping[str, object]) -> None:
        look = self.look
        left = ask.get("left", "")
        before, _, after = look.say("window.ask.left", left="\x00").partition("\x00")
        size = min(box.height() * 0.95, look.px(104))
        big = look.font(size / look.scale, True)
        base = box.bottom() - size * 0.14
        x = box.left()
        small = look.font(30, True)
        for text, font, ink in ((before, look.font(24), "soft"), (str(left), big, "brand"), (after, small, "ink")):
            if not text.strip():
                continue
            x += draw_line(painter, QPointF(x, base), text.strip(), font, look.colour(ink)) + look.px(16)

    # --- no order open ---

    def _draw_order(self, painter: QPainter, box: QRectF) -> None:
        look, view, say = self.look, self.view, self.look.say
        unit = box.height() / 100
        top = box.top() + unit * 4
        following = self._following() if view.ask == "order" else ""
        if view.finished and view.answer is not None:
            top = self._draw_finished(painter, box, top, unit * (28 if following else 36))
        elif view.ask != "" and not following:
            draw_slip(painter, look, QRectF(box.left(), top, box.width(), min(unit * 30, look.px(130.0))))
            top += unit * 34
        if following:
            self._draw_following(painter, QRectF(box.left(), top, box.width(), box.bottom() - top))
            return
        key = {"": "window.ask.starting", "sign_in": "window.ask.sign_in"}.get(view.ask, "window.ask.order")
        high = unit * 26 if view.ask == "order" else box.bottom() - top
        room = QRectF(box.left(), top, box.width(), high)
        end = draw_fitted(
            painter, room, say(key), look.colour("ink"),
            look.px(54), look.px(22), most=2, bold=True, align="centre",
        )  # fmt: skip
        if view.ask != "order":
            return
        under = QRectF(box.left(), max(end.bottom(), room.bottom()) + unit, box.width(), unit * 12)
        draw_fitted(
            painter, under, say("window.ask.order_or"), look.colour("soft"),
            look.px(26), look.px(15), most=2, align="centre",
        )  # fmt: skip
        self._draw_waiting(painter, QRectF(box.left(), box.bottom() - unit * 16, box.width(), unit * 14), 30)

    def _draw_waiting(self, painter: QPainter, box: QRectF, size: float) -> None:
        look, waiting = self.look, self.view.waiting
        if waiting is None:
            return
        text = look.say("window.ask.waiting", count=waiting) if waiting else look.say("window.ask.none_waiting")
        draw_fitted(
            painter, box, text, look.colour("brand"), look.px(size), look.px(16), most=1, bold=True, align="centre"
        )

    def _draw_following(self, painter: QPainter, box: QRectF) -> None:
        """The next slip on the stack: its number large, beside a drawn slip that bears it."""
        look, view, say = self.look, self.view, self.look.say
        assert view.answer is not None
        number = str(view.answer.ask.get("next"))
        unit = box.height() / 100
        foot = QRectF(box.left(), box.bottom() - unit * 27, box.width(), unit * 27)
        body = QRectF(box.left(), box.top(), box.width(), foot.top() - box.top() - unit * 4)
        before, _, after = say("window.ask.following", number="\x00").partition("\x00")
        slip = QRectF(body.left(), body.top(), min(body.height() * 0.8, body.width() * 0.24), body.height())
        font = look.font(34, True)
        words = before.strip() or after.strip()
        wide = advance(words, font)
        big = min(body.height() * 0.7, look.px(110.0))
        number_wide = QFontMetricsF(look.font(big / look.scale, True)).horizontalAdvance(number)
        gap = float(look.px(26))
        whole = slip.width() + gap + wide + gap + number_wide
        if whole > body.width():
            big *= max(0.4, (body.width() - slip.width() - gap * 2 - wide) / number_wide)
            whole = body.width()
        slip.moveLeft(body.center().x() - whole / 2)
        draw_slip(painter, look, slip, number)
        at = QRectF(slip.right() + gap, body.top(), wide + 2, body.height())
        draw_fitted(painter, at, words, look.colour("ink"), look.px(34), look.px(18), most=1, bold=True)
        at = QRectF(at.right() + gap, body.top(), body.right() - at.right() - gap, body.height())
        draw_fitted(painter, at, number, look.colour("brand"), int(big), look.px(28), most=1, bold=True)
        top = QRectF(foot.left(), foot.top(), foot.width(), foot.height() * 0.52)
        draw_fitted(
            painter, top, say("window.ask.following_more"), look.colour("ink"),
            look.px(27), look.px(14), most=1, bold=True, align="centre",
        )  # fmt: skip
        self._draw_waiting(painter, QRectF(foot.left(), top.bottom(), foot.width(), foot.height() - top.height()), 24)

    def _draw_finished(self, painter: QPainter, box: QRectF, top: float, high: float) -> float:
        look, answer = self.look, self.view.answer
        assert answer is not None
        unit = box.height() / 100
        room = QRectF(box.left(), top, box.width(), high)
        card(painter, room, look.colour("ok_ground"), look.colour("ok_ground"), look.px(13))
        side = min(room.height() * 0.5, look.px(80.0))
        key = "window.pack.finished_unlabelled" if self.view.unlabelled else "window.pack.finished"
        text = look.say(key, number=answer.ship_number or answer.order or "")
        font = look.font(48, True)
        wide = min(advance(text, font), room.width() - side - look.px(70))
        left = room.center().x() - (wide + side + look.px(24)) / 2
        sign(painter, QRectF(left, room.center().y() - side / 2, side, side), "ok", look.colour("ok"))
        at = QRectF(left + side + look.px(24), room.top(), wide + 2, room.height())
        draw_fitted(painter, at, text, look.colour("ok"), look.px(48), look.px(18), most=2, bold=True)
        return room.bottom() + unit * 6

    # --- questions ---

    def _draw_question(self, painter: QPainter, box: QRectF) -> None:
        look, view = self.look, self.view
        card(painter, box, look.colour("warning_ground"), look.colour("warning"), look.px(13), look.px(3))
        pad = float(look.px(28))
        inner = box.adjusted(pad, pad * 0.8, -pad, -pad * 0.8)
        choices = CHOICES[view.ask]
        share = 0.4 if choices else 0.62
        area = draw_head(painter, look, inner, share, self._question(), look.colour("warning"))
        if choices:
            self.places = draw_choices(painter, look, area, view.ask, choices, self.over)
        elif view.ask == "hand_waybill" and view.answer is not None:
            card(painter, area, look.colour("paper"), look.colour("warning"), look.px(10), 2)
            number = grouped(str(view.answer.ask.get("code") or ""))
            room = area.adjusted(look.px(20), 0, -look.px(20), 0)
            draw_fitted(
                painter, room, number, look.colour("ink"),
                look.px(64), look.px(18), most=1, bold=True, fixed=True, align="centre",
            )  # fmt: skip
