"""A refusal that stands: a full red panel with what is wrong, what to do, and the scanned beside the wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.clash import Clash, draw_clash
from app.ui.pack.goods_drawings import draw_thing
from app.ui.painted import Painted
from app.ui.shapes import card, pictured, sign

__all__ = ["RedPanel", "draw_goods"]

_WHITE = QColor("#FFFFFF")


class RedPanel(Painted):
    """The red panel of any work; what it shows is set by who knows the work."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.head = ""
        """What is wrong."""
        self.rest = ""
        """What to do."""
        self.sign = ""
        """Its sign, one of :data:`app.services.signals.SIGNALS`; nothing is drawn while it is empty."""
        self.code = ""
        """What was scanned."""
        self.foot = ""
        """What stands at the bottom: that nothing was counted."""
        self.marks: dict[str, tuple[tuple[int, int], ...]] = {}
        """Pieces that differ, of ``code``, ``wanted_code``, ``name`` and ``wanted_name``."""
        self.compared: dict[str, str] = {}
        """What stands on the cards of two products: ``code``, ``name``, ``sku``, ``picture``, ``foot``, and each of
        them again with ``wanted_`` before it; empty where no products are compared."""
        self.clash: Clash | None = None
        """The two papers or things, where such are compared."""
        self.typing = False
        """A text is being typed: it is shown instead of what is compared."""
        self.allow = ""
        """Who may let it pass, and how."""
        self.own: Callable[[QPainter, QRectF], None] | None = None
        """Draws what a refusal has to show that compares neither goods nor papers."""

    def compare(self, shown: Mapping[str, str]) -> None:
        """Compare two products; pieces of their names and codes that differ are marked."""
        from app.domain.difference import differing, word_differences

        self.compared = dict(shown)
        in_name, in_wanted = word_differences(shown["name"], shown["wanted_name"])
        self.marks = {
            "code": differing(shown["wanted_code"], shown["code"]),
            "wanted_code": differing(shown["code"], shown["wanted_code"]),
            "name": in_name,
            "wanted_name": in_wanted,
        }

    def draw_wanted(self, painter: QPainter, box: QRectF) -> None:
        """Draw what is wanted below what was scanned, where nothing is compared."""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        if not self.sign:
            return
        fill = QColor(look.palette.error_fill)
        card(painter, box, fill, fill, look.px(13))
        pad = float(look.px(24))
        inner = box.adjusted(pad, pad * 0.8, -pad, -pad * 0.7)
        side = min(float(look.px(88)), inner.height() * 0.17)
        head_high = inner.height() * (0.26 if self.compared or self.clash or self.own else 0.34)
        top = QRectF(inner.left(), inner.top(), inner.width(), head_high)
        at = QRectF(top.left(), top.center().y() - side / 2, side, side)
        sign(painter, at, self.sign, _WHITE)
        left = top.left() + side + look.px(24)
        title = QRectF(left, top.top(), top.right() - left, top.height() * (0.56 if self.rest else 1))
        draw_fitted(
            painter, title, self.head, _WHITE, look.px(52), look.px(18), most=2, bold=True,
            vertical="bottom" if self.rest else "centre",
        )  # fmt: skip
        under = QRectF(left, title.bottom() + look.px(2), title.width(), top.bottom() - title.bottom())
        draw_fitted(painter, under, self.rest, _WHITE, look.px(24), look.px(14), most=3, vertical="top")
        foot = QRectF(inner.left(), inner.bottom() - look.px(28), inner.width(), look.px(28))
        body = QRectF(inner.left(), top.bottom() + look.px(12), inner.width(), foot.top() - top.bottom() - look.px(20))
        if self.allow:
            strip = QRectF(body.left(), body.bottom() - look.px(64), body.width(), look.px(64))
            self._draw_allow(painter, strip)
            body.setBottom(strip.top() - look.px(12))
        if self.compared:
            gap = float(look.px(22))
            half = (body.width() - gap) / 2
            self._goods(painter, QRectF(body.left(), body.top(), half, body.height()), wanted=False)
            self._goods(painter, QRectF(body.right() - half, body.top(), half, body.height()), wanted=True)
        elif self.clash is not None and not self.typing:
            draw_clash(painter, look, body, self.clash)
        elif self.own is not None:
            self.own(painter, body)
        else:
            self._plain(painter, body)
        if self.foot:
            draw_fitted(painter, foot, self.foot, _WHITE, look.px(19), look.px(13), most=1)

    def _draw_allow(self, painter: QPainter, box: QRectF) -> None:
        """Somebody may let it pass: a badge, and what to do."""
        look, ink = self.look, self.look.colour("warning")
        card(painter, box, look.colour("warning_ground"), look.colour("warning_ground"), look.px(10), 0)
        inner = box.adjusted(look.px(14), look.px(4), -look.px(14), -look.px(4))
        badge = QRectF(inner.left(), inner.top(), inner.height() * 0.7, inner.height())
        draw_thing(painter, look, badge, "badge")
        text = QRectF(
            badge.right() + look.px(12), inner.top(), inner.right() - badge.right() - look.px(12), inner.height()
        )
        draw_fitted(painter, text, self.allow, ink, look.px(25), look.px(13), most=2, bold=True)

    def _goods(self, painter: QPainter, box: QRectF, wanted: bool) -> None:
        look, shown, before = self.look, self.compared, "wanted_" if wanted else ""
        colour = look.colour("ok" if wanted else "error")
        thick = float(look.px(5))
        card(painter, box, look.colour("paper"), colour if wanted else look.colour("paper"), look.px(13), thick)
        inner = box.adjusted(look.px(20), look.px(14), -look.px(20), -look.px(14))
        unit = inner.height() / 100
        head = QRectF(inner.left(), inner.top(), inner.width(), unit * 8)
        title = look.say("window.refused.wanted" if wanted else "window.refused.scanned")
        draw_fitted(painter, head, title, colour, look.px(20), look.px(13), most=1, bold=True)
        picture = QRectF(inner.left(), head.bottom() + unit * 2, inner.width(), unit * 43)
        pictured(painter, look, picture, shown[before + "picture"], shown[before + "sku"], look.px(10))
        marked = (look.colour("ok_ground" if wanted else "error_ground"), colour)
        name = QRectF(inner.left(), picture.bottom() + unit * 2, inner.width(), unit * 24)
        draw_fitted(
            painter, name, shown[before + "name"], look.colour("ink"),
            look.px(27), look.px(14), most=3, bold=True, marks=self.marks[before + "name"], mark_colours=marked,
        )  # fmt: skip
        code = QRectF(inner.left(), name.bottom() + unit, inner.width(), unit * 11)
        draw_fitted(
            painter, code, shown[before + "code"], look.colour("ink"), look.px(28), look.px(13), most=1,
            bold=True, fixed=True, marks=self.marks[before + "code"], mark_colours=marked,
        )  # fmt: skip
        foot = QRectF(inner.left(), code.bottom() + unit, inner.width(), inner.bottom() - code.bottom() - unit)
        draw_fitted(painter, foot, shown[before + "foot"], look.colour("soft"), look.px(20), look.px(13), most=1)

    def _plain(self, painter: QPainter, box: QRectF) -> None:
        """No second product: what was scanned, and what is wanted."""
        look = self.look
        code = QRectF(box.left(), box.top(), box.width(), box.height() * 0.26)
        veil = QColor(0, 0, 0, 70)
        card(painter, code, veil, veil, look.px(10), 0)
        label = QRectF(code.left() + look.px(18), code.top(), look.px(150), code.height())
        draw_fitted(painter, label, look.say("window.refused.code"), _WHITE, look.px(19), look.px(12), most=2)
        wide = code.right() - label.right() - look.px(30)
        text = QRectF(label.right() + look.px(12), code.top(), wide, code.height())
        draw_fitted(painter, text, self.code, _WHITE, look.px(34), look.px(13), most=2, bold=True, fixed=True)
        rest = QRectF(box.left(), code.bottom() + look.px(16), box.width(), box.bottom() - code.bottom() - look.px(16))
        card(painter, rest, look.colour("paper"), look.colour("paper"), look.px(13), 0)
        inner = rest.adjusted(look.px(20), look.px(16), -look.px(20), -look.px(16))
        self.draw_wanted(painter, inner)


def draw_goods(
    painter: QPainter, look: Look, box: QRectF, picture: str, sku: str, name: str, code: str, foot: str
) -> None:
    """Draw the goods that are wanted: picture, name, code and where and how many of them."""
    side = min(box.height(), box.width() * 0.32)
    at = QRectF(box.left(), box.center().y() - side / 2, side, side)
    pictured(painter, look, at, picture, sku, look.px(10))
    left = at.right() + look.px(22)
    unit = box.height() / 100
    head = QRectF(left, box.top(), box.right() - left, unit * 15)
    draw_fitted(
        painter, head, look.say("window.refused.wanted"), look.colour("ok"),
        look.px(20), look.px(13), most=1, bold=True,
    )  # fmt: skip
    title = QRectF(left, head.bottom(), head.width(), unit * 48)
    draw_fitted(painter, title, name, look.colour("ink"), look.px(34), look.px(15), most=3, bold=True)
    number = QRectF(left, title.bottom(), head.width(), unit * 18)
    draw_fitted(painter, number, code, look.colour("ink"), look.px(25), look.px(13), most=1, fixed=True)
    under = QRectF(left, number.bottom(), head.width(), unit * 17)
    draw_fitted(painter, under, foot, look.colour("soft"), look.px(21), look.px(13), most=1)
