"""The one question of the moment to a picker, in the largest type on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.gtin import printable
from app.domain.modes import Stage
from app.ui.lettering import draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.pack.drawings import draw_code
from app.ui.pack.goods_drawings import draw_thing
from app.ui.pack.numbered import lot_words
from app.ui.painted import Tapped
from app.ui.pick.header import until_pickup
from app.ui.pick.questions import draw_question, question_told
from app.ui.pick.state import QUESTIONS, JobView
from app.ui.pick.steps import instruction, place_words
from app.ui.shapes import card, pictured, pill, sign

__all__ = ["PickPrompt"]

_COLD = ("chilled", "frozen")


class PickPrompt(Tapped):
    """Where to go, what to take and how many of it; or where to put it; or a question."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = JobView()

    def show_view(self, view: JobView) -> None:
        """Show the question."""
        self.view = view
        told = self._told()
        self.tell(" ".join(told))
        name = view.asked_name(self.look.language)
        self.setToolTip(name)
        pick = view.pick
        shown = (dict(view.asks), pick and (pick.picture, pick.temperature), name, view.typed, view.waits)
        self.paint_if_new(tuple(told), shown, view.asked and view.asked.act, view.finished)

    def _told(self) -> list[str]:
        """Return in words what is drawn."""
        view, say = self.view, self.look.say
        if view.ask in QUESTIONS:
            return question_told(self.look, view)
        told = [instruction(self.look, view)]
        match view.ask:
            case "shelf" | "item" | "confirm":
                told += [view.text("shelf"), view.asked_name(self.look.language), *self._lot()]
                told += [self._number_title(), str(view.wants)]
            case "place":
                told += [place_words(self.look, view), view.text("tote"), self._number_title(), str(view.wants)]
            case "totes":
                told += [view.text("ship_number") or self._place_order()]
            case "job":
                told += self._job_words()
            case "sign_in":
                told.append(say("window.ask.sign_in"))
            case "":
                told.append(say("window.ask.starting"))
        return [text for text in told if text]

    def _number_title(self) -> str:
        return self.look.say("window.pick.put" if self.view.ask == "place" else "window.pick.take")

    def _place_order(self) -> str:
        place = self.view.place
        return place.ship_number if place is not None else ""

    def _lot(self) -> list[str]:
        big, rest = lot_words(self.look, self.view.text("lot"), self.view.text("expiry"))
        return [text for text in (big, rest) if text]

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        self.places = []
        look, view = self.look, self.view
        if view.ask in QUESTIONS:
            self.places = draw_question(painter, look, box, view, self.over)
            return
        self.draw_card(painter, box)
        inner = box.adjusted(look.px(28), look.px(16), -look.px(24), -look.px(16))
        if view.ask in ("shelf", "item", "confirm"):
            self._draw_stop(painter, inner)
        elif view.ask == "place":
            self._draw_place(painter, inner)
        elif view.ask == "totes":
            self._draw_totes(painter, inner)
        elif view.ask == "list":
            self._draw_list(painter, inner)
        else:
            self._draw_none(painter, inner)

    def _columns(self, box: QRectF, share: float = 0.7) -> tuple[QRectF, QRectF]:
        gap = float(self.look.px(18))
        left = QRectF(box.left(), box.top(), box.width() * share, box.height())
        return left, QRectF(left.right() + gap, box.top(), box.right() - left.right() - gap, box.height())

    def _draw_number(self, painter: QPainter, box: QRectF, under: str = "") -> None:
        """The number of pieces, as large as the column allows."""
        look, unit = self.look, box.height() / 100
        title = QRectF(box.left(), box.top() + unit * 8, box.width(), unit * 14)
        soft = look.colour("soft")
        draw_fitted(
            painter, title, self._number_title(), soft, look.px(24), look.px(13), most=1, align="centre",
            vertical="bottom",
        )  # fmt: skip
        figure = QRectF(box.left(), title.bottom(), box.width(), unit * (48 if under else 58))
        size = int(min(figure.height() * 0.82, look.px(190.0)))
        draw_fitted(
            painter, figure, str(self.view.wants), look.colour("ink"), size, look.px(30), most=1, bold=True,
            align="centre",
        )  # fmt: skip
        if under:
            at = QRectF(box.left(), figure.bottom(), box.width(), unit * 22)
            draw_fitted(painter, at, under, look.colour("ink"), look.px(24), look.px(13), most=2, align="centre")

    # --- at a stop ---

    def _draw_stop(self, painter: QPainter, box: QRectF) -> None:
        view, look = self.view, self.look
        if view.stage is Stage.SORT:
            self._draw_any(painter, box)
            return
        left, right = self._columns(box)
        unit, here = left.height() / 100, view.ask != "shelf"
        shelf = view.text("shelf")
        title = QRectF(left.left(), left.top(), left.width(), unit * (0 if here else 11))
        if not here:
            draw_fitted(
                painter,
                title,
                look.say("window.pick.next_shelf"),
                look.colour("soft"),
                look.px(22),
                look.px(13),
                most=1,
            )
        big = QRectF(left.left(), title.bottom(), left.width(), unit * (24 if here else 41))
        if here and shelf:
            side = big.height() * 0.62
            sign(painter, QRectF(big.left(), big.center().y() - side / 2, side, side), "ok", look.colour("ok"))
            big.setLeft(big.left() + side * 1.35)
        size = int(min(big.height() * 0.84, look.px(64.0 if here else 150.0)))
        words, ink = shelf or look.say("window.pick.no_shelf"), "ok" if here and shelf else "brand"
        most = fewest_lines(words, big, size, look.px(26 if here else 44), 2, bold=True)
        draw_fitted(painter, big, words, look.colour(ink), size, look.px(16), most=most, bold=True)
        goods = QRectF(left.left(), big.bottom() + unit * 3, left.width(), left.bottom() - big.bottom() - unit * 3)
        self._draw_goods(painter, goods)
        self._draw_number(painter, right)

    def _draw_goods(self, painter: QPainter, box: QRectF) -> None:
        """Picture, name, code, lot and cold of the goods."""
        look, view, pick = self.look, self.view, self.view.pick
        said = self._lot()
        if said:
            box = self._draw_lot(painter, box, "  ".join(said))
        side = min(box.height(), box.width() * 0.36)
        picture = QRectF(box.left(), box.top() + (box.height() - side) / 2, side, side)
        pictured(painter, look, picture, pick.picture if pick else "", view.text("sku"), look.px(10))
        left = picture.right() + look.px(18)
        text = QRectF(left, box.top(), box.right() - left, box.height())
        unit = text.height() / 100
        cold = pick.temperature if pick is not None and pick.temperature in _COLD else ""
        name = QRectF(text.left(), text.top(), text.width(), unit * (46 if cold else 64))
        called = view.asked_name(look.language)
        draw_fitted(painter, name, called, look.colour("ink"), look.px(38), look.px(13), most=6, bold=True)
        stored = view.text("product_code")
        code = QRectF(text.left(), name.bottom(), text.width(), unit * (22 if cold else 28))
        draw_code(painter, look, code, printable(stored) if stored else view.text("sku"), 6 if stored else 0)
        foot = QRectF(text.left(), code.bottom() + unit * 2, text.width(), text.bottom() - code.bottom() - unit * 2)
        if cold:
            pill(painter, look, foot.left(), foot.center().y(), look.say(f"window.pick.cold.{cold}"), "info", 20)

    def _draw_lot(self, painter: QPainter, box: QRectF, said: str) -> QRectF:
        """Draw the lot to take across the bottom, as large as it must be compared with; return what is left above."""
        look = self.look
        high = min(box.height() * 0.26, float(look.px(56)))
        strip = QRectF(box.left(), box.bottom() - high, box.width(), high)
        card(painter, strip, look.colour("info_ground"), look.colour("info"), look.px(8), look.px(2))
        inner = strip.adjusted(look.px(14), 0, -look.px(12), 0)
        size = int(min(look.px(34.0), high * 0.78))
        draw_fitted(painter, inner, said, look.colour("info"), size, look.px(13), most=1, bold=True)
        return QRectF(box.left(), box.top(), box.width(), box.height() - high - look.px(8))

    def _draw_any(self, painter: QPainter, box: QRectF) -> None:
        """At the wall any of the goods comes next."""
        look = self.look
        picture = QRectF(box.left(), box.top(), box.width(), box.height() * 0.5)
        draw_thing(painter, look, picture, "print.code")
        words = QRectF(box.left(), picture.bottom(), box.width(), box.height() * 0.28)
        draw_fitted(
            painter, words, look.say("window.sort.ask_item"), look.colour("ink"), look.px(40), look.px(18), most=2,
            bold=True, align="centre",
        )  # fmt: skip
        job = self.view.job
        left = sum(each.left for each in job.picks) if job is not None else 0
        rest = QRectF(box.left(), words.bottom(), box.width(), box.bottom() - words.bottom())
        draw_fitted(
            painter, rest, look.say("window.sort.left", count=left), look.colour("brand"), look.px(28), look.px(15),
            most=1, bold=True, align="centre",
        )  # fmt: skip

    # --- where it goes ---

    def _draw_place(self, painter: QPainter, box: QRectF) -> None:
        look, view = self.look, self.view
        if view.stage is Stage.SORT:
            self._draw_in_hand(painter, box)
            return
        left, right = self._columns(box)
        unit, ink = left.height() / 100, look.colour("ok")
        title = QRectF(left.left(), left.top(), left.width(), unit * 11)
        draw_fitted(painter, title, look.say("window.pick.into"), look.colour("soft"), look.px(22), look.px(13), most=1)
        big = QRectF(left.left(), title.bottom(), left.width(), unit * 48)
        half = QRectF(big.left(), big.top(), big.width() * 0.42, big.height())
        size = int(min(big.height() * 0.84, look.px(150.0)))
        draw_fitted(painter, half, place_words(look, view), ink, size, look.px(30), most=1, bold=True)
        rest = QRectF(half.right(), big.top(), big.right() - half.right(), big.height())
        draw_thing(painter, look, rest.adjusted(0, unit * 4, -rest.width() * 0.1, 0), "tote", view.text("tote"))
        goods = QRectF(left.left(), big.bottom() + unit * 5, left.width(), left.bottom() - big.bottom() - unit * 5)
        side = goods.height()
        picture = QRectF(goods.left(), goods.top(), side, side)
        pick = view.pick
        pictured(painter, look, picture, pick.picture if pick else "", view.text("sku"), look.px(10))
        name = QRectF(picture.right() + look.px(16), goods.top(), goods.right() - picture.right() - look.px(16), side)
        called = view.asked_name(look.language)
        draw_fitted(painter, name, called, look.colour("ink"), look.px(30), look.px(12), most=5, bold=True)
        more = view.number("left") - view.number("held")
        self._draw_number(painter, right, look.say("window.pick.more", count=more) if more > 0 else "")

    def _draw_in_hand(self, painter: QPainter, box: QRectF) -> None:
        """At the wall: the goods in hand, and how many more of them there are for how many slots."""
        look, view, job, pick = self.look, self.view, self.view.job, self.view.pick
        unit = box.height() / 100
        title = QRectF(box.left(), box.top(), box.width(), unit * 8)
        draw_fitted(
            painter, title, look.say("window.sort.in_hand"), look.colour("soft"), look.px(21), look.px(13), most=1
        )
        picture = QRectF(box.left(), title.bottom() + unit * 2, box.width(), unit * 42)
        pictured(painter, look, picture, pick.picture if pick else "", view.text("sku"), look.px(12))
        name = QRectF(box.left(), picture.bottom() + unit * 2, box.width(), unit * 22)
        called = view.asked_name(look.language)
        draw_fitted(painter, name, called, look.colour("ink"), look.px(36), look.px(13), most=6, bold=True)
        stored = view.text("product_code")
        code = QRectF(box.left(), name.bottom(), box.width(), unit * 10)
        draw_code(painter, look, code, printable(stored) if stored else view.text("sku"), 6 if stored else 0)
        rest = QRectF(box.left(), code.bottom() + unit, box.width(), box.bottom() - code.bottom() - unit)
        if job is not None and pick is not None:
            wanting = [each for each in job.picks if each.product == pick.product and each.left > 0]
            words = look.say(
                "window.sort.of_these", count=sum(each.left for each in wanting),
                slots=len({each.slot for each in wanting}),
            )  # fmt: skip
            draw_fitted(painter, rest, words, look.colour("ink"), look.px(24), look.px(13), most=1)

    # --- totes and lists ---

    def _draw_totes(self, painter: QPainter, box: QRectF) -> None:
        look, view, job = self.look, self.view, self.view.job
        left, right = self._columns(box, 0.48)
        unit = left.height() / 100
        title = QRectF(left.left(), left.top(), left.width(), unit * 12)
        draw_fitted(
            painter, title, look.say("window.pick.tote_onto"), look.colour("soft"), look.px(22), look.px(13), most=1
        )
        big = QRectF(left.left(), title.bottom(), left.width(), unit * 50)
        size = int(min(big.height() * 0.84, look.px(150.0)))
        words = look.say("window.pick.place", place=view.number("place"))
        draw_fitted(painter, big, words, look.colour("brand"), size, look.px(34), most=1, bold=True)
        whose = QRectF(left.left(), big.bottom(), left.width(), unit * 16)
        number = self._place_order()
        if number:
            said = look.say("window.pick.order", number=number)
            draw_fitted(painter, whose, said, look.colour("ink"), look.px(26), look.px(14), most=1, bold=True)
        foot = QRectF(left.left(), whose.bottom(), left.width(), left.bottom() - whose.bottom())
        if job is not None:
            ready = sum(bool(each.codes) for each in job.places)
            said = look.say("window.pick.totes_done", count=ready, of=len(job.places))
            draw_fitted(painter, foot, said, look.colour("soft"), look.px(24), look.px(14), most=1)
        draw_thing(painter, look, right.adjusted(0, unit * 14, 0, -unit * 14), "tote", "?")

    def _draw_list(self, painter: QPainter, box: QRectF) -> None:
        look, job = self.look, self.view.job
        left, right = self._columns(box, 0.3)
        draw_thing(painter, look, left, "list", job.number if job is not None else "")
        unit = right.height() / 100
        head = QRectF(right.left(), right.top() + unit * 6, right.width(), unit * 42)
        draw_fitted(
            painter, head, look.say("window.pick.ask.list"), look.colour("ink"), look.px(46), look.px(20), most=3,
            bold=True,
        )  # fmt: skip
        rest = QRectF(right.left(), head.bottom() + unit * 2, right.width(), unit * 26)
        draw_fitted(
            painter, rest, look.say("window.pick.ask.list_more"), look.colour("soft"), look.px(25), look.px(14), most=3,
            vertical="top",
        )  # fmt: skip
        left_over = QRectF(right.left(), rest.bottom(), right.width(), right.bottom() - rest.bottom())
        said = look.say("window.pick.list_left", count=self.view.wants)
        draw_fitted(painter, left_over, said, look.colour("brand"), look.px(32), look.px(16), most=1, bold=True)

    # --- no job open ---

    def _job_words(self) -> list[str]:
        """Return what is said while no job is open: what was finished, what to do, what waits."""
        view, say = self.view, self.look.say
        made = []
        if view.finished and view.job is not None:
            made += [say("window.pick.finished", job=view.job.number), say(self._bring_key())]
        return [*made, say("window.pick.ask.job"), say("window.pick.ask.job_or"), *self._waits()]

    def _bring_key(self) -> str:
        job = self.view.job
        if job is not None and job.stage is Stage.SORT:
            return "window.pick.bring_wall"
        return "window.pick.bring_sort" if job is not None and job.mode.sorts else "window.pick.bring_pack"

    def _waits(self) -> list[str]:
        """Return which job comes next, and how many wait."""
        waits, say = self.view.waits, self.look.say
        if waits is None:
            return []
        if not waits.waiting:
            return [say("window.pick.none_waiting")]
        way = say("window.sort.title" if self.view.stage is Stage.SORT else f"window.pick.mode.{waits.mode}")
        said = say("window.pick.next_job", way=way, job=waits.number, orders=waits.orders, pieces=waits.pieces)
        due, _ = until_pickup(self.look, waits.due)
        return [said, due, say("window.pick.waiting", count=waits.waiting)]

    def _draw_none(self, painter: QPainter, box: QRectF) -> None:
        look, view, say = self.look, self.view, self.look.say
        unit, centre = box.height() / 100, "centre"
        if view.ask in ("", "sign_in"):
            words = say("window.ask.starting" if view.ask == "" else "window.ask.sign_in")
            if view.ask == "sign_in":
                draw_thing(painter, look, QRectF(box.left(), box.top(), box.width(), unit * 48), "badge")
                box = QRectF(box.left(), box.top() + unit * 50, box.width(), unit * 50)
            draw_fitted(
                painter, box, words, look.colour("ink"), look.px(50), look.px(20), most=2, bold=True, align=centre
            )
            return
        top = box.top()
        if view.finished:
            top = self._draw_finished(painter, box, unit * 38)
        else:
            draw_thing(painter, look, QRectF(box.left(), top, box.width(), unit * 30), "list")
            top += unit * 32
        room = box.bottom() - top
        head = QRectF(box.left(), top, box.width(), room * 0.34)
        draw_fitted(
            painter, head, say("window.pick.ask.job"), look.colour("ink"), look.px(48), look.px(20), most=2, bold=True,
            align=centre,
        )  # fmt: skip
        under = QRectF(box.left(), head.bottom(), box.width(), room * 0.2)
        draw_fitted(
            painter, under, say("window.pick.ask.job_or"), look.colour("soft"), look.px(24), look.px(14), most=2,
            align=centre,
        )  # fmt: skip
        foot = QRectF(box.left(), under.bottom(), box.width(), box.bottom() - under.bottom())
        self._draw_waits(painter, foot)

    def _draw_waits(self, painter: QPainter, box: QRectF) -> None:
        look, said = self.look, self._waits()
        if not said:
            return
        if len(said) == 1:
            draw_fitted(
                painter, box, said[0], look.colour("brand"), look.px(30), look.px(16), most=2, bold=True, align="centre"
            )
            return
        following, due, count = said
        top = QRectF(box.left(), box.top() + box.height() * 0.06, box.width(), box.height() * 0.52)
        card(painter, top, look.colour("chosen"), look.colour("chosen"), look.px(10), 0)
        inner = top.adjusted(look.px(16), 0, -look.px(16), 0)
        if due:
            _, kind = until_pickup(look, self.view.waits.due if self.view.waits else 0)
            edge = pill(painter, look, inner.left(), inner.center().y(), due, kind or "info", 18)
            inner.setLeft(edge + look.px(12))
        draw_fitted(
            painter, inner, following, look.colour("brand"), look.px(28), look.px(14), most=2, bold=True, align="centre"
        )
        rest = QRectF(box.left(), top.bottom(), box.width(), box.bottom() - top.bottom())
        draw_fitted(painter, rest, count, look.colour("soft"), look.px(21), look.px(13), most=1, align="centre")

    def _draw_finished(self, painter: QPainter, box: QRectF, high: float) -> float:
        """What was done, and where it goes; return the lower edge."""
        look, job = self.look, self.view.job
        assert job is not None
        area = QRectF(box.left(), box.top(), box.width(), high)
        card(painter, area, look.colour("ok_ground"), look.colour("ok"), look.px(12), look.px(2))
        inner = area.adjusted(look.px(20), look.px(8), -look.px(20), -look.px(8))
        side = min(inner.height() * 0.7, float(look.px(84)))
        sign(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), "closed", look.colour("ok"))
        left = inner.left() + side + look.px(22)
        head = QRectF(left, inner.top(), inner.right() - left, inner.height() * 0.5)
        said = look.say("window.pick.finished", job=job.number)
        draw_fitted(
            painter, head, said, look.colour("ok"), look.px(38), look.px(17), most=2, bold=True, vertical="bottom"
        )
        rest = QRectF(left, head.bottom() + 2, head.width(), inner.bottom() - head.bottom() - 2)
        words = look.say(self._bring_key())
        draw_fitted(
            painter, rest, words, look.colour("ink"), look.px(25), look.px(14), most=2, bold=True, vertical="top"
        )
        return area.bottom() + look.px(10)
