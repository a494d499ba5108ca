"""An order's mails in one line of its panel: the newest with its state, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.services.mails import MailItem
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.mail.rows import kind_words, state_pill
from app.ui.painted import Tapped
from app.ui.shapes import card, icon

__all__ = ["MailsLine"]


class MailsLine(Tapped):
    """What was mailed to the buyer last; a tap shows every mail as it went out."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.mails: Sequence[MailItem] = ()

    def show_mails(self, mails: Sequence[MailItem]) -> None:
        """Show the mails of an order, newest first; hidden where there are none."""
        self.mails = mails
        said = [f"{kind_words(self.look, row.kind)} {state_pill(self.look, row)[0]}" for row in mails]
        self.tell(" / ".join(said))
        self.setToolTip("\n".join(said))
        self.setFixedHeight(self.look.px(34))
        self.setVisible(bool(mails))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, self.places = self.look, [(box, "mails")]
        if not self.mails:
            return
        row = self.mails[0]
        words, kind = state_pill(look, row)
        card(painter, box, look.colour("chosen" if self.over else "ground"), look.colour("line"), look.px(8))
        side = float(look.px(20))
        at = QRectF(box.left() + look.px(10), box.center().y() - side / 2, side, side)
        icon(painter, at, "mail", look.colour("soft"))
        more = f" +{len(self.mails) - 1}" if len(self.mails) > 1 else ""
        said = look.say("window.mail.of_order.line", kind=kind_words(look, row.kind), state=words) + more
        text = QRectF(at.right() + look.px(10), box.top(), box.right() - at.right() - look.px(18), box.height())
        ink = look.colour("soft" if kind == "quiet" else kind)
        draw_fitted(painter, text, said, ink, look.px(16), look.px(11), most=1, bold=True)
