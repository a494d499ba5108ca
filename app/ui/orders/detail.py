"""One order of the queue: why it is held, one way to lift that, what is in it, its number to scan from the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.services.attention import said
from app.services.mails import MailItem
from app.services.orders import HoldRow, OrderFull
from app.services.rates import Why
from app.ui.codes import draw_bars
from app.ui.dialogs import button
from app.ui.lettering import draw_fitted, elided_middle
from app.ui.look import Look
from app.ui.orders.address import AddressCard
from app.ui.orders.gift import GiftCard
from app.ui.orders.mails import MailsLine
from app.ui.orders.price import PriceCard
from app.ui.pack.lines import LinesList
from app.ui.pack.reading import ParcelRead
from app.ui.pack.state import BenchView
from app.ui.painted import Painted, Tapped
from app.ui.shapes import card, pill, sign

__all__ = ["Detail"]


class _Head(Painted):
    """Numbers, shop, where it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.full: OrderFull | None = None

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, full = self.look, self.full
        if full is None:
            return
        row = full.row
        bars = bool(row.ship_number) and row.state in ("released", "picked")
        wide = box.width() * (0.5 if bars else 1)
        first = QRectF(box.left(), box.top(), wide, look.px(38))
        draw_fitted(
            painter, first, row.ship_number or row.number, look.colour("ink"),
            look.px(30), look.px(14), most=1, bold=True,
        )  # fmt: skip
        second = QRectF(box.left(), first.bottom(), wide, look.px(24))
        font = look.font(16, fixed=True)
        painter.setFont(font)
        painter.setPen(look.colour("soft"))
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, elided_middle(row.number, font, second.width()))
        state, middle = look.say(f"state.{row.state}"), second.bottom() + look.px(20)
        left = pill(painter, look, box.left(), middle, state, "info", 14)
        if full.back and row.state != "returned":
            back = look.say("orders.part_returned", count=full.back)
            left = pill(painter, look, left + look.px(8), middle, back, "warning", 14)
        shop = QRectF(left + look.px(10), second.bottom() + look.px(6), box.right() - left, look.px(28))
        delivery = str(full.content.get("delivery", ""))
        text = " ・ ".join(part for part in (row.shop, delivery) if part)
        draw_fitted(painter, shop, text, look.colour("soft"), look.px(16), look.px(11), most=1)
        if bars:
            code = f"KO-{row.ship_number}-{full.version}"
            draw_bars(painter, QRectF(box.left() + wide + 4, box.top(), box.width() - wide - 4, look.px(60)), code)


class _Holds(Tapped):
    """Each standing hold with its reason, and one way to lift it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.holds: list[HoldRow] = []

    @property
    def _step(self) -> int:
        """Height of one; several share the room."""
        return 62 if len(self.holds) < 2 else 54

    def show_holds(self, holds: list[HoldRow]) -> None:
        """Show the standing ones."""
        self.holds = [hold for hold in holds if not hold.lifted]
        self.setVisible(bool(self.holds))
        self.setFixedHeight(self.look.px(self._step) * max(1, len(self.holds)))
        self.tell(" ".join(self.look.say(f"hold.{hold.hold}") for hold in self.holds))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.places = []
        step = float(look.px(self._step))
        for number, hold in enumerate(self.holds):
            row = QRectF(box.left(), box.top() + number * step, box.width(), step - look.px(8))
            card(painter, row, look.colour("error_ground"), look.colour("error_ground"), look.px(10))
            side = float(look.px(24))
            at = QRectF(row.left() + look.px(14), row.center().y() - side / 2, side, side)
            sign(painter, at, "error", look.colour("error"))
            wide = float(look.px(142))
            lift = QRectF(row.right() - wide - look.px(8), row.top() + look.px(8), wide, row.height() - look.px(16))
            text = QRectF(at.right() + look.px(12), row.top(), lift.left() - at.right() - look.px(20), row.height())
            if hold.hold in ("bad_address", "missing_phone"):
                self.places.append((text, "address"))
            told = " ".join(said(hold.hold, hold.detail, look.say))
            words = look.say(f"hold.{hold.hold}") + (f"\n{told}" if told else "")
            draw_fitted(painter, text, words, look.colour("error"), look.px(19), look.px(12), most=2, bold=True)
            if hold.hold == "unknown_product":
                word = look.say("window.hold.by_product")
                draw_fitted(painter, lift, word, look.colour("error"), look.px(14), look.px(10), most=2, align="centre")
                continue
            over = self.over == f"lift:{hold.hold}"
            card(painter, lift, look.colour("chosen" if over else "paper"), look.colour("error"), look.px(8), 2)
            word = look.say("window.hold.lift")
            draw_fitted(
                painter, lift.adjusted(4, 0, -4, 0), word, look.colour("error"),
                look.px(16), look.px(11), most=1, bold=True, align="centre",
            )  # fmt: skip
            self.places.append((lift, f"lift:{hold.hold}"))


class _Note(Painted):
    """The customer's remark."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.text = ""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        card(painter, box, look.colour("warning_ground"), look.colour("warning_ground"), look.px(10))
        inner = box.adjusted(look.px(14), look.px(6), -look.px(14), -look.px(6))
        draw_fitted(painter, inner, self.text, look.colour("warning"), look.px(17), look.px(12), most=3, bold=True)


class _Empty(Painted):
    """Nothing is chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.key = "window.orders.choose"

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        inner = box.adjusted(look.px(10), 0, -look.px(10), 0)
        text = look.say(self.key)
        draw_fitted(painter, inner, text, look.colour("soft"), look.px(20), look.px(14), most=3, align="centre")


class Detail(QFrame):
    """The panel at the right of the queue."""

    replayed = Signal()
    """A person wants to see how the order was packed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        """Colours, sizes, sentences."""
        self.setProperty("role", "card")
        self.leads = False
        """Whether the person may see how an order was packed, and correct where it goes."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.full: OrderFull | None = None
        """Order shown."""
        self.head, self.holds, self.note = _Head(look), _Holds(look), _Note(look)
        self.address = AddressCard(look)
        self.gift = GiftCard(look)
        self.mails = MailsLine(look)
        self.price = PriceCard(look)
        self.lines, self.empty = LinesList(look), _Empty(look)
        self._column = QVBoxLayout(self)
        for part in (self.head, self.holds, self.address, self.price, self.note, self.gift, self.mails):
            self._column.addWidget(part)
        self._column.addWidget(self.lines, 1)
        self._column.addWidget(self.empty, 1)
        self.replay_button = button("", "", self.replayed.emit)
        self._column.addWidget(self.replay_button)
        self.show_order(None, [])

    def show_order(
        self,
        full: OrderFull | None,
        holds: list[HoldRow],
        mails: Sequence[MailItem] = (),
        why: Why | None = None,
    ) -> None:
        """Show an order with what was mailed about it and why it goes by its service, or that none is chosen."""
        look = self.look
        pad = look.px(18)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self.full = self.head.full = full
        self.head.setFixedHeight(look.px(98))
        self.head.setVisible(full is not None)
        self.holds.show_holds(holds)
        self.note.text = " ".join(str(full.content.get("note", "")).split()) if full is not None else ""
        self.note.setVisible(bool(self.note.text))
        self.note.setToolTip(self.note.text)
        self.address.show_order(full, self.leads)
        self.gift.show_order(full)
        self.mails.show_mails(mails if full is not None and self.leads else ())
        self.price.show_why(why if full is not None and self.leads else None)
        beside = bool(self.note.text) + self.gift.isVisibleTo(self) + self.price.isVisibleTo(self)
        crowded = len(self.holds.holds) + beside > 2
        self.note.setFixedHeight(look.px(48 if crowded else 72))
        self._column.setSpacing(look.px(4 if crowded else 10))
        self.lines.setVisible(full is not None)
        self.empty.setVisible(full is None)
        self.replay_button.setText(look.say("window.act.replay"))
        # Several holds, or one beside a remark and a gift, take its room; its key does the same.
        room = len(self.holds.holds) < 2 and not crowded
        self.replay_button.setVisible(full is not None and self.leads and room)
        self.lines.show_view(BenchView(parcel=ParcelRead(full, (full.row,)) if full is not None else None))
        told = [full.row.number, full.row.shop, str(full.content.get("delivery", ""))] if full is not None else []
        if full is not None and full.back:
            told.append(look.say("orders.part_returned", count=full.back))
        self.head.setToolTip("\n".join(text for text in told if text))
        self.head.update()
        self.note.update()
        self.empty.update()
