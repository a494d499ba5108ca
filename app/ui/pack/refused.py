"""A refusal that stands: what is wrong, what to do, and for goods the scanned and the wanted side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.gtin import printable
from app.services.answers import Answer
from app.services.signals import signal_of
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.asked import HANDS, draw_wanted
from app.ui.pack.band import said
from app.ui.pack.boxed import BOXED, draw_boxed_small
from app.ui.pack.clash import clash_of
from app.ui.pack.drawings import draw_label, draw_slip, grouped
from app.ui.pack.lines import name_of
from app.ui.pack.red import RedPanel, draw_goods
from app.ui.pack.state import BenchView
from app.ui.pack.stops import HEADED, allowing, stop_of
from app.ui.pack.weights import OFF, draw_off, is_off, off_told

__all__ = ["RefusedPanel"]

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
    *OFF,
)
"""Refusals with a headline of few words before their whole sentence."""


class RefusedPanel(RedPanel):
    """The red panel of the bench."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = BenchView()

    def show_view(self, view: BenchView) -> None:
        """Show the standing refusal."""
        self.view = view
        error = view.error
        self.setVisible(error is not None)
        self.sign = signal_of(error.level, error.key) if error is not None else ""
        if error is None:
            self.tell("")
            return
        self.head, self.rest = self._said(error)
        self.compared, self.code, answer = {}, error.code, view.answer
        if error.key in _BESIDE and error.args.get("wanted_sku"):
            self.compare(self._products(error.args))
        self.foot = ""
        if answer is not None and answer.wanted:
            self.foot = self.look.say("window.refused.unchanged", done=answer.done, wanted=answer.wanted)
        self.typing = bool(view.typed) and view.ask in HANDS
        self.clash = clash_of(self.look, view) or stop_of(self.look, view)
        self.allow = allowing(self.look, view)
        self.own = self._draw_off if is_off(error) else None
        told = [self.head, self.rest, error.code, *self.compared.values(), *(self.clash.told if self.clash else ())]
        told += off_told(self.look, view, error) if self.own is not None else []
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

    def _products(self, args: Mapping[str, object]) -> dict[str, str]:
        view, language = self.view, self.look.language
        line, scanned = view.line(), view.scanned
        name = str(args.get("name", ""))
        if scanned is not None and language == "en" and scanned.name_en:
            name = scanned.name_en
        return {
            "code": printable(str(args.get("item_code", ""))) or str(args.get("sku", "")),
            "wanted_code": printable(str(args.get("wanted_code", ""))) or str(args.get("wanted_sku", "")),
            "name": name,
            "wanted_name": name_of(line, language) if line is not None else str(args.get("wanted_name", "")),
            "sku": str(args.get("sku", "")),
            "wanted_sku": str(args.get("wanted_sku", "")),
            "foot": self._where(args, wanted=False),
            "wanted_foot": self._where(args, wanted=True),
            "picture": scanned.picture if scanned is not None and scanned.sku == args.get("sku") else "",
            "wanted_picture": line.picture if line is not None else "",
        }

    def _where(self, args: Mapping[str, object], wanted: bool) -> str:
        look = self.look
        if wanted:
            left = look.say("window.refused.left", left=args.get("left", ""))
            shelf = str(args.get("wanted_shelf", ""))
            return look.say("window.pack.shelf", shelf=shelf) + " ・ " + left if shelf else left
        shelf = str(args.get("shelf", ""))
        return look.say("window.refused.put_back", shelf=shelf) if shelf else ""

    def _draw_off(self, painter: QPainter, box: QRectF) -> None:
        if self.view.error is not None:
            draw_off(painter, self.look, box, self.view, self.view.error)

    def draw_wanted(self, painter: QPainter, box: QRectF) -> None:
        """Draw the question that still stands."""
        if self.view.ask == "item":
            self._wanted_item(painter, box)
            return
        ask = self.view.ask or "order"
        if ask in ("slip", "waybill", "label") and self.view.answer is not None:
            self._wanted_paper(painter, box, ask)
            return
        if ask in HANDS:
            draw_wanted(painter, self.look, box, self.view)
            return
        if ask in BOXED:
            draw_boxed_small(painter, self.look, box, self.view)
            return
        key = f"window.ask.{ask}" if ask in ("order", "sign_in", "close") else f"window.ask.{ask}_short"
        draw_fitted(
            painter, box, self.look.say(key), self.look.colour("ink"),
            self.look.px(44), self.look.px(18), most=3, bold=True, align="centre",
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
        name = name_of(line, look.language) if line is not None else str(ask.get("name", ""))
        sku, stored = str(ask.get("sku", "")), str(ask.get("product_code") or "")
        foot = look.say("window.refused.left", left=ask.get("left", ""))
        if shelf := str(ask.get("shelf", "")):
            foot = look.say("window.pack.shelf", shelf=shelf) + " ・ " + foot
        draw_goods(painter, look, box, line.picture if line else "", sku, name, printable(stored) or sku, foot)
