"""How goods are packed: the instruction at the first piece of a product, and what protects the goods in the box."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.lines import name_of
from app.ui.pack.state import BenchView
from app.ui.painted import Painted
from app.ui.shapes import card, pictured, pill, pill_width, sign

__all__ = ["Instruction", "Protection"]


class Instruction(Painted):
    """The packing instruction of the piece that was scanned just now, until the next scan.

    One of them is a strip above the lines; where the product has a picture of how it is packed, the other one shows it
    in the place of the lines.
    """

    def __init__(self, look: Look, *, large: bool) -> None:
        """*large* is the one with the picture."""
        super().__init__(look)
        self._large = large
        self.words = ""
        """The instruction."""
        self.picture = ""
        """Path of its picture."""
        self._name = ""

    def show_view(self, view: BenchView) -> None:
        """Show the instruction of the last answer, or nothing."""
        said, parcel = view.said, view.parcel
        self.words = str(said.args.get("note") or "") if said is not None and view.error is None else ""
        self.picture = self._name = ""
        if self.words and said is not None and parcel is not None and said.order_id == parcel.full.row.id:
            line = next((each for each in parcel.full.lines if each.sku == said.args.get("sku")), None)
            if line is not None:
                self._name = name_of(line, self.look.language)
                self.picture = parcel.boxes.pictures.get(line.product or 0, "")
        self.setVisible(bool(self.words) and bool(self.picture) == self._large)
        if not self._large:
            self.setFixedHeight(self.look.px(120))
        self.tell(self.words)
        self.setToolTip(self.words)
        self.paint_if_new(self.words, self.picture, self._name)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, ink = self.look, self.look.colour("warning")
        card(painter, box, look.colour("warning_ground"), ink, look.px(13), look.px(3))
        pad = float(look.px(16))
        inner = box.adjusted(pad, pad * 0.6, -pad, -pad * 0.6)
        if self._large:
            picture = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.62)
            pictured(painter, look, picture, self.picture, self._name, look.px(10))
            inner = QRectF(
                inner.left(), picture.bottom() + pad * 0.6, inner.width(), inner.bottom() - picture.bottom() - pad * 0.6
            )
        head = QRectF(inner.left(), inner.top(), inner.width(), min(inner.height() * 0.3, float(look.px(26))))
        side = head.height() * 0.9
        sign(painter, QRectF(head.left(), head.center().y() - side / 2, side, side), "warning", ink)
        title = QRectF(head.left() + side + look.px(9), head.top(), head.width() - side - look.px(9), head.height())
        words = self.look.say("window.pack.instruction", name=self._name) if self._name else ""
        draw_fitted(painter, title, words, ink, look.px(18), look.px(11), most=1, bold=True)
        body = QRectF(inner.left(), head.bottom() + 2, inner.width(), inner.bottom() - head.bottom() - 2)
        draw_fitted(painter, body, self.words, look.colour("ink"), look.px(40), look.px(13), most=4, bold=True)


class Protection(Painted):
    """Cushioning, wrapping and cold packs to use, where no carton says it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.materials: tuple[str, ...] = ()
        """What to use, in words."""

    def show_view(self, view: BenchView) -> None:
        """Show what protects the goods of the order that is open, or nothing."""
        parcel, look = view.parcel, self.look
        shown = parcel is not None and view.open_now
        extras = [each for each in parcel.boxes.extras if each.shown] if shown and parcel is not None else []
        self.materials = tuple(
            look.say("window.pack.material", name=each.name, count=each.wanted) if each.wanted > 1 else each.name
            for each in extras
            if each.wanted > each.short
        )
        self.setVisible(bool(self.materials))
        self.setFixedHeight(look.px(52))
        self.tell(" ".join(self.materials))
        self.setToolTip("\n".join(self.materials))
        self.paint_if_new(self.materials)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.draw_card(painter, box)
        left, size = box.left() + look.px(14), 19.0
        title = look.say("window.pack.protection")
        wide = pill_width(look, title, 15.0)
        at = QRectF(left, box.top(), wide, box.height())
        draw_fitted(painter, at, title, look.colour("soft"), look.px(16), look.px(11), most=1, bold=True)
        left = at.right() + look.px(8)
        for words in self.materials:
            room = box.right() - left - look.px(12)
            shown = words
            while pill_width(look, shown, size) > room and len(shown) > 2:
                shown = shown.rstrip("…")[:-1] + "…"
            if room < look.px(60):
                break
            left = pill(painter, look, left, box.center().y(), shown, "warning", size) + look.px(8)
