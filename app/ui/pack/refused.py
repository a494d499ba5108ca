"""A refusal that stands: what is wrong, what to do, and for goods the scanned and the wanted side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.domain.gtin import printable
from app.services.answers import Answer
from app.services.signals import signal_of
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.asked import HANDS, draw_wanted
from app.ui.pack.band import said
from app.ui.pack.clash import Clash, clash_of, draw_clash
from app.ui.pack.drawings import draw_label, draw_slip, grouped
from app.ui.pack.goods_drawings import draw_thing
from app.ui.pack.lines import name_of
from app.ui.pack.state import BenchView
from app.ui.pack.stops import HEADED, allowing, stop_of
from app.ui.painted import Painted
from app.ui.shapes import card, pictured, sign

__all__ = ["RefusedPanel"]

_WHITE = QColor("#FFFFFF")
_BESIDE = ("item.wrong", "item.other_order")
"""Refusals that compare two products."""
_HEADS = (
    "waybill.already",
    "waybill.cancelled",
    "waybill.cod_differs",
    "waybill.handed_over",
    "waybill.next_one",
    "waybill.old_version",
    "waybill.on_another",
    "waybill.other_carrier",
    "waybill.other_carrier_order",
    "waybill.other_order",
    "waybill.pieces_differ",
    "waybill.previous_one",
    "waybill.stack_off",
    "waybill.unknown",
    "waybill.void",
)
"""Refusals with a headline of few words instead of their first sentence: the papers below it say the rest."""
_WHOLE = (
    "waybill.goods_first",
    "waybill.none",
    "waybill.not_numbered",
    "waybill.rejected",
    "waybill.slip_first",
    *HEADED,
)
"""Refusals with a headline of few words before their whole sentence."""


class RefusedPanel(Painted):
    """The red panel."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = BenchView()
        self.head = ""
        """What is wrong."""
        self.rest = ""
        """What to do."""
        self.marks: dict[str, tuple[tuple[int, int], ...]] = {}
        """Pieces that differ, of ``code``, ``wanted_code``, ``name`` and ``wanted_name``."""
        self.compared: dict[str, str] = {}
        """What stands on the two cards."""
        self.clash: Clash | None = None
        """The two papers or things, where such are compared."""
        self.allow = ""
        """Who may let it pass, and how."""

    def show_view(self, view: BenchView) -> None:
        """Show the standing refusal."""
        self.view = view
        error = view.error
        self.setVisible(error is not None)
        if error is None:
            self.tell("")
            return
        self.head, self.rest = self._said(error)
        self.compared = self._compare(error.args) if error.key in _BESIDE and error.args.get("wanted_sku") else {}
        self.clash = clash_of(self.look, view) or stop_of(self.look, view)
        self.allow = allowing(self.look, view)
        told = [self.head, self.rest, error.code, *self.compared.values(), *(self.clash.told if self.clash else ())]
        told += [self.allow, view.typed if view.ask in HANDS else ""]
        self.tell(" ".join(text for text in told if text))
        self.setToolTip(f"{self.head}\n{self.rest}\n{error.code}".strip())
        self.paint_if_new(tuple(told), error.act, view.scanned, view.line(), view.full and view.full.lines, view.ask)

    def _said(self, error: Answer) -> tuple[str, str]:
        """Return headline and rest; papers have a headline of few words here, to be read from two metres."""
        look = self.look
        head, rest = said(look, error, self.view)
        if error.key in _WHOLE:
            end = ". " if look.language == "en" else "。"
            return look.say(f"window.head.{error.key}"), f"{head}{end}{rest}".strip()
        return (look.say(f"window.head.{error.key}", **error.args), rest) if error.key in _HEADS else (head, rest)

    def _compare(self, args: Mapping[str, object]) -> dict[str, str]:
        view, language = self.view, self.look.language
        line, scanned = view.line(), view.scanned
        name = str(args.get("name", ""))
        if scanned is not None and language == "en" and scanned.name_en:
            name = scanned.name_en
        shown = {
            "code": printable(str(args.get("item_code", ""))) or str(args.get("sku", "")),
            "wanted_code": printable(str(args.get("wanted_code", ""))) or str(args.get("wanted_sku", "")),
            "name": name,
            "wanted_name": name_of(line, language) if line is not None else str(args.get("wanted_name", "")),
            "sku": str(args.get("sku", "")),
            "wanted_sku": str(args.get("wanted_sku", "")),
            "shelf": str(args.get("shelf", "")),
            "wanted_shelf": str(args.get("wanted_shelf", "")),
            "picture": scanned.picture if scanned is not None and scanned.sku == args.get("sku") else "",
            "wanted_picture": line.picture if line is not None else "",
        }
        from app.domain.difference import differing, word_differences

        in_name, in_wanted = word_differences(shown["name"], shown["wanted_name"])
        self.marks = {
            "code": differing(shown["wanted_code"], shown["code"]),
            "wanted_code": differing(shown["code"], shown["wanted_code"]),
            "name": in_name,
            "wanted_name": in_wanted,
        }
        return shown

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, error = self.look, self.view.error
        if error is None:
            return
        fill = QColor(look.palette.error_fill)
        card(painter, box, fill, fill, look.px(13))
        pad = float(look.px(24))
        inner = box.adjusted(pad, pad * 0.8, -pad, -pad * 0.7)
        side = min(float(look.px(88)), inner.height() * 0.17)
        head_high = inner.height() * (0.26 if self.compared else 0.26 if self.clash else 0.34)
        top = QRectF(inner.left(), inner.top(), inner.width(), head_high)
        at = QRectF(top.left(), top.center().y() - side / 2, side, side)
        sign(painter, at, signal_of(error.level, error.key), _WHITE)
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
            self._product(painter, QRectF(body.left(), body.top(), half, body.height()), wanted=False)
            self._product(painter, QRectF(body.right() - half, body.top(), half, body.height()), wanted=True)
        elif self.clash is not None and not (self.view.typed and self.view.ask in HANDS):
            draw_clash(painter, look, body, self.clash)
        else:
            self._plain(painter, body)
        if self.view.answer is not None and self.view.answer.wanted:
            answer = self.view.answer
            text = look.say("window.refused.unchanged", done=answer.done, wanted=answer.wanted)
            draw_fitted(painter, foot, text, _WHITE, look.px(19), look.px(13), most=1)

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

    def _product(self, painter: QPainter, box: QRectF, wanted: bool) -> None:
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
        text = self._where(wanted)
        draw_fitted(painter, foot, text, look.colour("soft"), look.px(20), look.px(13), most=1)

    def _where(self, wanted: bool) -> str:
        look, shown = self.look, self.compared
        assert self.view.error is not None
        if wanted:
            left = look.say("window.refused.left", left=self.view.error.args.get("left", ""))
            shelf = shown["wanted_shelf"]
            return look.say("window.pack.shelf", shelf=shelf) + " ・ " + left if shelf else left
        shelf = shown["shelf"]
        return look.say("window.refused.put_back", shelf=shelf) if shelf else ""

    def _plain(self, painter: QPainter, box: QRectF) -> None:
        """No second product: what was scanned, and what is wanted."""
        look, error = self.look, self.view.error
        assert error is not None
        code = QRectF(box.left(), box.top(), box.width(), box.height() * 0.26)
        veil = QColor(0, 0, 0, 70)
        card(painter, code, veil, veil, look.px(10), 0)
        label = QRectF(code.left() + look.px(18), code.top(), look.px(150), code.height())
        draw_fitted(painter, label, look.say("window.refused.code"), _WHITE, look.px(19), look.px(12), most=2)
        wide = code.right() - label.right() - look.px(30)
        text = QRectF(label.right() + look.px(12), code.top(), wide, code.height())
        draw_fitted(painter, text, error.code, _WHITE, look.px(34), look.px(13), most=2, bold=True, fixed=True)
        rest = QRectF(box.left(), code.bottom() + look.px(16), box.width(), box.bottom() - code.bottom() - look.px(16))
        card(painter, rest, look.colour("paper"), look.colour("paper"), look.px(13), 0)
        inner = rest.adjusted(look.px(20), look.px(16), -look.px(20), -look.px(16))
        if self.view.ask == "item":
            self._wanted_item(painter, inner)
            return
        ask = self.view.ask or "order"
        if ask in ("slip", "waybill", "label") and self.view.answer is not None:
            self._wanted_paper(painter, inner, ask)
            return
        if ask in HANDS:
            draw_wanted(painter, look, inner, self.view)
            return
        key = f"window.ask.{ask}" if ask in ("order", "sign_in", "close") else f"window.ask.{ask}_short"
        draw_fitted(
            painter, inner, look.say(key), look.colour("ink"),
            look.px(44), look.px(18), most=3, bold=True, align="centre",
        )  # fmt: skip

    def _wanted_paper(self, painter: QPainter, box: QRectF, ask: str) -> None:
        """The slip or waybill that is wanted, drawn small, and what tells it from others."""
        look, asked = self.look, self.view.answer.ask if self.view.answer else {}
        last4 = str(asked.get("last4") or "")
        left = QRectF(box.left(), box.top(), min(box.height() * 0.8, box.width() * 0.3), box.height())
        if ask == "slip":
            draw_slip(painter, look, left)
        else:
            draw_label(painter, look, left, last4)
        right = QRectF(left.right() + look.px(22), box.top(), box.right() - left.right() - look.px(22), box.height())
        unit = right.height() / 100
        head = QRectF(right.left(), right.top(), right.width(), unit * 20)
        number = str(asked.get("waybill") or "")
        key = "window.refused.slip_wanted" if ask == "slip" else "window.refused.waybill_wanted"
        draw_fitted(painter, head, look.say(key), look.colour("ok"), look.px(22), look.px(13), most=1, bold=True)
        big = QRectF(right.left(), head.bottom(), right.width(), unit * 56)
        text = str(asked.get("ship_number") or "") if ask == "slip" else last4 or look.say("window.refused.no_number")
        size = int(min(look.px(96.0), big.height() / 1.24))
        draw_fitted(painter, big, text, look.colour("ink"), size, look.px(18), most=2, bold=True)
        foot = QRectF(right.left(), big.bottom(), right.width(), unit * 22)
        draw_fitted(painter, foot, grouped(number), look.colour("soft"), look.px(24), look.px(13), most=1, fixed=True)

    def _wanted_item(self, painter: QPainter, box: QRectF) -> None:
        look, view = self.look, self.view
        assert view.answer is not None
        ask, line = view.answer.ask, view.line()
        side = min(box.height(), box.width() * 0.32)
        picture = QRectF(box.left(), box.center().y() - side / 2, side, side)
        pictured(painter, look, picture, line.picture if line else "", str(ask.get("sku", "")), look.px(10))
        left = picture.right() + look.px(22)
        unit = box.height() / 100
        head = QRectF(left, box.top(), box.right() - left, unit * 15)
        draw_fitted(
            painter, head, look.say("window.refused.wanted"), look.colour("ok"),
            look.px(20), look.px(13), most=1, bold=True,
        )  # fmt: skip
        name = QRectF(left, head.bottom(), head.width(), unit * 48)
        said_name = name_of(line, look.language) if line is not None else str(ask.get("name", ""))
        draw_fitted(painter, name, said_name, look.colour("ink"), look.px(34), look.px(15), most=3, bold=True)
        code = QRectF(left, name.bottom(), head.width(), unit * 18)
        stored = str(ask.get("product_code") or "")
        draw_fitted(
            painter, code, printable(stored) or str(ask.get("sku", "")), look.colour("ink"),
            look.px(25), look.px(13), most=1, fixed=True,
        )  # fmt: skip
        foot = QRectF(left, code.bottom(), head.width(), unit * 17)
        text = look.say("window.refused.left", left=ask.get("left", ""))
        if shelf := str(ask.get("shelf", "")):
            text = look.say("window.pack.shelf", shelf=shelf) + " ・ " + text
        draw_fitted(painter, foot, text, look.colour("soft"), look.px(21), look.px(13), most=1)
