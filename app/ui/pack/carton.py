"""The carton at the bench: which one, with what protection, and where the pieces go; large before the first piece goes
in, a strip above the picture afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QResizeEvent

from app.domain.cartons import CartonKind, Item, Orientation, Parcel, Size
from app.ui.carton_marks import draw_glass, draw_up
from app.ui.carton_view import CartonView, Goods, size_words, title_words
from app.ui.lettering import advance, draw_fitted, fewest_lines, fitted, read_apart, split_sentence
from app.ui.look import Look
from app.ui.painted import Painted
from app.ui.shapes import card, pictured, pill, pill_width, sign

__all__ = ["CartonGuide", "CartonPanel", "Step", "steps_of"]

_MOST_STEPS = 4
"""Steps shown: more is not kept in mind."""


@dataclass(frozen=True, slots=True)
class CartonGuide:
    """What is shown of one carton at one moment."""

    box: int
    """Which carton of the order it is, from 1."""
    boxes: int
    """How many the order has."""
    code: str
    """The carton's code; empty where none is chosen."""
    name: str = ""
    """What the warehouse calls it beside its code; empty for nothing."""
    inner_mm: Size | None = None
    """Its inside; None where it is not known, such as a maker's own carton."""
    kind: CartonKind = CartonKind.BOX
    parcel: Parcel | None = None
    """Where each piece goes; None where there is no plan."""
    placed: tuple[str, ...] = ()
    """Keys of the pieces that are in."""
    now: str | None = None
    """Key of the piece that goes in now."""
    materials: tuple[str, ...] = ()
    """Protection to use, in words, such as ``プチプチ × 2``."""
    problem: str = ""
    """A sentence on what is wrong, and the remedy; in place of the picture, or below it where there is a plan."""
    goods: tuple[tuple[str, Goods], ...] = ()
    """What is shown of each product, by its name in the parcel."""


@dataclass(frozen=True, slots=True)
class Step:
    """Pieces of one product that go in one after the other."""

    numbers: tuple[int, ...]
    """Their places in the order in which all go in, from 1."""
    item: Item
    now: bool
    """Whether one of them goes in now."""


def steps_of(guide: CartonGuide) -> list[Step]:
    """Return what is still to go in, the piece in hand first, like pieces that follow each other together."""
    if guide.parcel is None:
        return []
    left = [
        (number, one.item)
        for number, one in enumerate(guide.parcel.placements, 1)
        if one.item.key not in guide.placed or one.item.key == guide.now
    ]
    left.sort(key=lambda each: (each[1].key != guide.now, each[0]))
    found = []
    for _, alike in groupby(left, lambda each: each[1].product):
        pieces = list(alike)
        now = any(item.key == guide.now for _, item in pieces)
        found.append(Step(tuple(number for number, _ in pieces), pieces[0][1], now))
    return found


class CartonPanel(Painted):
    """Carton, protection, picture and the next pieces; a sentence where there can be no picture."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.guide: CartonGuide | None = None
        """What is shown."""
        self.view = CartonView(look)
        """The picture."""
        self.view.titled = False
        self.view.setParent(self)
        self.view.hide()
        self._goods: dict[str, Goods] = {}
        self._boxes: dict[str, QRectF] = {}

    def show_guide(self, guide: CartonGuide | None) -> None:
        """Show a carton; None hides the panel."""
        self.guide = guide
        self.setVisible(guide is not None)
        if guide is None:
            return
        self._goods = dict(guide.goods)
        names = [self._named(step) for step in steps_of(guide)[:_MOST_STEPS]]
        self.setToolTip("\n".join(names))  # whole, where a row has to shorten them
        pictured = True
        if guide.parcel is not None:
            self.view.show_parcel(guide.parcel, guide.placed, guide.now, self._goods)
        elif guide.code and guide.inner_mm is not None and not guide.problem:
            self.view.show_empty(guide.code, guide.kind, guide.inner_mm)
        else:
            pictured = False
        self._arrange()
        self.view.setVisible(pictured)
        self.tell(" ".join(filter(None, (self._title(guide), self._of(guide), *guide.materials, self._sentence(guide),
                                         self.view.accessibleName() if pictured else ""))))  # fmt: skip
        self.paint_if_new(guide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in its place."""
        super().resizeEvent(event)
        self._arrange()

    # --- words ---

    def _title(self, guide: CartonGuide) -> str:
        return title_words(self.look, guide.code, guide.kind) if guide.code else ""

    def _of(self, guide: CartonGuide) -> str:
        return self.look.say("carton_view.of", box=guide.box, boxes=guide.boxes) if guide.boxes > 1 else ""

    def _named(self, step: Step) -> str:
        """Return the name of goods, and how many of them go in."""
        goods = self._goods.get(step.item.product) or Goods(step.item.product)
        return f"{goods.name} × {len(step.numbers)}" if len(step.numbers) > 1 else goods.name

    def _sentence(self, guide: CartonGuide) -> str:
        """Return what is said in place of the picture or below it."""
        if guide.problem or guide.parcel is not None:
            return guide.problem
        return self.look.say("carton_view.no_plan" if guide.code else "carton_view.no_carton")

    def _care(self, item: Item, box: QRectF) -> str:
        """Return in words how a piece is handled; in a narrow box only what no sign says."""
        say, look = self.look.say, self.look
        signed = (
            (say("carton_view.care.fragile"), item.fragile),
            (say("carton_view.care.upright"), _upright(item)),
        )
        others = (
            (say("carton_view.care.cushion"), item.cushion_mm > 0),
            (say("carton_view.care.lying"), item.orientation is Orientation.LYING),
        )
        words = [words for words, there in (*signed, *others) if there]
        whole = " ・ ".join(words)
        if not fitted(whole, int(box.width()), int(box.height()), look.px(16), look.px(13), 1).cut:
            return whole
        return " ・ ".join(words for words, there in others if there)

    # --- where things are ---

    def _arrange(self) -> None:
        """Share the panel among its parts."""
        guide = self.guide
        if guide is None:
            return
        look, gap = self.look, float(self.look.px(12))
        pad = float(look.px(18 if self.width() > look.px(420) else 10))
        box = QRectF(self.rect()).adjusted(pad, pad * 0.7, -pad, -pad * 0.7)
        wide = box.width() >= look.px(540)
        small = bool(guide.placed)
        boxes: dict[str, QRectF] = {}
        top = box.top()
        if guide.code or guide.boxes > 1:
            high = min(float(look.px((46 if wide else 66) if small else 92)), box.height() * 0.2)
            boxes["head"] = QRectF(box.left(), top, box.width(), high)
            top += high + gap * 0.4
        if guide.materials:
            rows = 1 if small or wide else min(2, len(guide.materials))
            row = min(float(look.px(38 if not small else 30)), box.height() * 0.09)
            boxes["materials"] = QRectF(box.left(), top, box.width(), row * rows)
            top += row * rows + gap * 0.5
        rest = QRectF(box.left(), top, box.width(), box.bottom() - top)
        steps = steps_of(guide)[:_MOST_STEPS]
        if self._sentence(guide) and guide.parcel is None and (guide.problem or guide.inner_mm is None):
            boxes["problem"] = rest
            rest = QRectF()
        elif self._sentence(guide):
            low = min(float(look.px(84 if wide else 96)), rest.height() * 0.32)
            boxes["note"] = QRectF(rest.left(), rest.bottom() - low, rest.width(), low)
            rest.setBottom(rest.bottom() - low - gap * 0.6)
        if guide.parcel is not None and rest.height() > look.px(60):
            if wide and rest.height() > look.px(150):
                side = max(rest.width() * 0.38, float(look.px(240)))
                boxes["steps"] = QRectF(rest.right() - side, rest.top(), side, rest.height())
                rest.setRight(rest.right() - side - gap)
            else:
                each = float(look.px(44))
                most = int(rest.height() * (0.3 if small else 0.42) / each)
                low = each * min(most, 1 if small else len(steps) or 1)
                boxes["steps"] = QRectF(rest.left(), rest.bottom() - low, rest.width(), low)
                rest.setBottom(rest.bottom() - low - gap * 0.3)
        self._boxes = boxes
        self.view.setGeometry(rest.toAlignedRect())

    # --- drawing ---

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        guide = self.guide
        if guide is None:
            return
        self.draw_card(painter, box)
        if "head" in self._boxes:
            self._draw_head(painter, self._boxes["head"], guide)
        if "materials" in self._boxes:
            self._draw_materials(painter, self._boxes["materials"], guide.materials)
        if "problem" in self._boxes:
            self._draw_problem(painter, self._boxes["problem"], self._sentence(guide))
        if "note" in self._boxes:
            self._draw_note(painter, self._boxes["note"], self._sentence(guide))
        if "steps" in self._boxes:
            self._draw_steps(painter, self._boxes["steps"], steps_of(guide))

    def _draw_head(self, painter: QPainter, box: QRectF, guide: CartonGuide) -> None:
        """The code as large as it can be, what it is called, its inside, which of how many."""
        look = self.look
        of = self._of(guide)
        right = box.right()
        if of:
            size = 22.0 if box.width() > look.px(700) else 18.0 if box.width() > look.px(520) else 15.0
            wide = pill_width(look, of, size)
            middle = box.top() + min(box.height() * (0.5 if box.width() >= look.px(520) else 0.31), float(look.px(28)))
            pill(painter, look, right - wide, middle, of, "info", size)
            right -= wide + look.px(12)
        title = self._title(guide)
        size_text = size_words(look, guide.inner_mm, guide.kind) if guide.inner_mm is not None else ""
        beside = box.width() >= look.px(520)
        rest = ("\n" if beside else " ・ ").join(filter(None, (guide.name, size_text)))
        room = right - box.left()
        largest = int(box.height() * (0.8 if beside else 0.56))
        least = look.px(14)
        head = QRectF(box.left(), box.top(), room, box.height() if beside else box.height() * 0.62)
        if beside:
            font = look.font(1, True)
            font.setPixelSize(largest)
            head.setWidth(min(advance(title, font) + 2, room * (0.62 if rest else 1.0)))
        draw_fitted(painter, head, title, look.colour("brand"), largest, least, most=1, bold=True)
        if not rest:
            return
        if beside:
            left = head.right() + look.px(16)
            under = QRectF(left, box.top(), right - left, box.height())
        else:
            under = QRectF(box.left(), head.bottom(), box.width(), box.bottom() - head.bottom())
        size = look.px(26 if not guide.placed else 19)
        if size_text and fitted(rest, int(under.width()), int(under.height()), size, look.px(11)).cut:
            rest = size_text  # what it is called can be spared
        draw_fitted(painter, under, rest, look.colour("soft"), size, look.px(11))

    def _draw_materials(self, painter: QPainter, box: QRectF, materials: Sequence[str]) -> None:
        """Draw what protects the goods, one label each; what has no room is counted."""
        look = self.look
        size = min(20.0, max(11.5, box.height() / look.scale / 2.1)) if box.height() < look.px(45) else 17.0
        step = look.px(size * 1.75) + look.px(4)
        left, middle = box.left(), box.top() + step / 2
        for number, words in enumerate(materials):
            wide = pill_width(look, words, size)
            if left > box.left() and left + wide > box.right():
                if middle + step > box.bottom() + look.px(6):
                    more = look.say("carton_view.more", count=len(materials) - number)
                    draw_fitted(painter, QRectF(left, middle - step / 2, box.right() - left, step), more,
                                look.colour("soft"), look.px(16), look.px(10), most=1)  # fmt: skip
                    return
                left, middle = box.left(), middle + step
            left = pill(painter, look, left, middle, words, "warning", size) + look.px(8)

    def _draw_problem(self, painter: QPainter, box: QRectF, sentence: str) -> None:
        """Say in large letters what is wrong and what to do."""
        look = self.look
        self.draw_card(painter, box, "warning_ground", "warning", look.px(3))
        pad = float(look.px(18))
        inner = box.adjusted(pad, pad, -pad, -pad)
        side = min(inner.height() * 0.26, inner.width() * 0.22, float(look.px(84)))
        ink = look.colour("warning")
        sign(painter, QRectF(inner.left(), inner.top(), side, side), "warning", ink)
        first, rest = split_sentence(sentence)
        beside = QRectF(inner.left() + side + pad, inner.top(), inner.width() - side - pad, inner.height() * 0.46)
        if not rest:
            beside.setBottom(inner.bottom())
        taken = draw_fitted(painter, beside, first, ink, look.px(38), look.px(13), most=5, bold=True, vertical="top")
        top = max(taken.bottom(), inner.top() + side) + pad
        below = QRectF(inner.left(), top, inner.width(), inner.bottom() - top)
        draw_fitted(painter, below, rest, look.colour("ink"), look.px(32), look.px(12), most=8, vertical="top")

    def _draw_note(self, painter: QPainter, box: QRectF, sentence: str) -> None:
        """Say below the picture what is not sure."""
        look = self.look
        self.draw_card(painter, box, "warning_ground", "warning", look.px(2))
        side = min(box.height() * 0.5, float(look.px(40)))
        sign(painter, QRectF(box.left() + look.px(10), box.center().y() - side / 2, side, side), "warning",
             look.colour("warning"))  # fmt: skip
        left = box.left() + look.px(20) + side
        inner = QRectF(left, box.top() + look.px(5), box.right() - left - look.px(8), box.height() - look.px(10))
        draw_fitted(painter, inner, sentence, look.colour("warning"), look.px(21), look.px(11), most=5, bold=True)

    # --- the next pieces ---

    def _draw_steps(self, painter: QPainter, box: QRectF, steps: Sequence[Step]) -> None:
        look = self.look
        if not steps:
            self._draw_full(painter, box)
            return
        shown = list(steps[:_MOST_STEPS])
        large = box.height() > look.px(150)
        head = float(look.px(30)) if large else 0.0
        if large:
            title = QRectF(box.left(), box.top(), box.width(), head)
            draw_fitted(painter, title, look.say("carton_view.order"), look.colour("soft"), look.px(19), look.px(11),
                        most=1)  # fmt: skip
        gap = float(look.px(8 if large else 4))
        rest = sum(len(step.numbers) for step in steps[_MOST_STEPS:])
        foot = float(look.px(28)) if rest and large else 0.0
        room = box.height() - head - foot
        each = min(room / len(shown), float(look.px(150 if len(shown) < 3 else 118))) if large else float(look.px(44))
        shown = shown[: max(1, int((room + 1) / each))]
        top = box.top() + head
        for step in shown:
            self._draw_step(painter, QRectF(box.left(), top + gap / 2, box.width(), each - gap), step)
            top += each
        if foot:
            more = QRectF(box.left(), top, box.width(), foot)
            draw_fitted(painter, more, look.say("carton_view.more", count=rest), look.colour("soft"), look.px(20),
                        look.px(11), most=1)  # fmt: skip

    def _draw_full(self, painter: QPainter, box: QRectF) -> None:
        look = self.look
        high = min(box.height(), float(look.px(130)))
        box = QRectF(box.left(), box.center().y() - high / 2, box.width(), high)
        self.draw_card(painter, box, "ok_ground", "ok", look.px(2))
        side = min(box.height() * 0.6, box.width() * 0.2, float(look.px(64)))
        at = QRectF(box.left() + look.px(16), box.center().y() - side / 2, side, side)
        sign(painter, at, "ok", look.colour("ok"))
        left = at.right() + look.px(14)
        words = QRectF(left, box.top(), box.right() - left - look.px(10), box.height())
        said = look.say("carton_view.full")
        most = 2 if read_apart(said)[1] else fewest_lines(said, words, look.px(32), look.px(16), 2, bold=True)
        draw_fitted(painter, words, said, look.colour("ok"), look.px(32), look.px(12), most=most, bold=True)

    def _draw_step(self, painter: QPainter, box: QRectF, step: Step) -> None:
        """Draw one row: number, picture, name, care."""
        look = self.look
        self.draw_card(painter, box, "chosen" if step.now else "paper", "brand" if step.now else "line",
                       look.px(3 if step.now else 1))  # fmt: skip
        pad = min(float(look.px(10)), box.height() * 0.12)
        inner = box.adjusted(pad, pad, -pad, -pad)
        side = min(inner.height(), float(look.px(52)))
        words = _numbers(step.numbers)
        badge = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        fill = QColor(look.palette.info_fill) if step.now else look.colour("blank")
        card(painter, badge, fill, fill, side * 0.2, 0)
        ink = QColor("#FFFFFF") if step.now else look.colour("ink")
        draw_fitted(painter, badge.adjusted(2, 0, -2, 0), words, ink, int(side * 0.56), 8, most=1, bold=True,
                    align="centre")  # fmt: skip
        left = badge.right() + pad
        goods = self._goods.get(step.item.product) or Goods(step.item.product)
        shown_side = min(inner.height(), float(look.px(84)), inner.width() * 0.2)
        if goods.picture and inner.width() > look.px(190):
            frame = QRectF(left, inner.center().y() - shown_side / 2, shown_side, shown_side)
            pictured(painter, look, frame, goods.picture, goods.name, look.px(6))
            left = frame.right() + pad
        right = self._draw_cares(painter, inner, step.item) if inner.width() > look.px(190) else inner.right()
        words = self._named(step)
        largest = look.px(32 if step.now else 23)
        care = self._care(step.item, QRectF(left, 0, right - left, look.px(24))) if box.height() > look.px(70) else ""
        name = QRectF(left, inner.top(), right - left, inner.height() * (0.64 if care else 1))
        most = fewest_lines(words, name, largest, int(largest * 0.85), 3, bold=True)
        draw_fitted(painter, name, words, look.colour("ink"), largest, look.px(11), most=most, bold=True)
        if care:
            under = QRectF(left, name.bottom(), right - left, inner.bottom() - name.bottom())
            draw_fitted(painter, under, care, look.colour("ink" if step.now else "soft"), look.px(16), look.px(10),
                        most=2)  # fmt: skip

    def _draw_cares(self, painter: QPainter, inner: QRectF, item: Item) -> float:
        """Draw the signs of care at the right end of a row; return how far its words may reach."""
        look = self.look
        side = min(inner.height() * 0.6, float(look.px(34)))
        right = inner.right()
        for draw, there in ((draw_glass, item.fragile), (draw_up, _upright(item))):
            if there:
                draw(painter, QRectF(right - side, inner.center().y() - side / 2, side, side), look.colour("ink"))
                right -= side + look.px(4)
        return right


def _upright(item: Item) -> bool:
    return item.liquid or item.orientation is Orientation.UPRIGHT


def _numbers(numbers: Sequence[int]) -> str:
    """Return places in the order as words: ``3`` or ``3-5``; with gaps the first one."""
    run = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    return f"{numbers[0]}-{numbers[-1]}" if run else str(numbers[0])
