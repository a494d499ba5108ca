"""What the bench screen shows: the last answer, the order as it was read, and which commands make sense now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.services.answers import Answer
from app.services.commands import KEYS

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.services.orders import LineRow, OrderFull
    from app.services.products import ProductRow

__all__ = ["CHOICES", "COMMANDS", "REASONS", "Bar", "BenchView", "bars_of", "commands_now", "kind_of"]

COMMANDS: Mapping[str, str] = {str(name): key for name, key in KEYS.items()}
"""Command code -> its key."""

REASONS = ("KP-R-MISSING", "KP-R-DAMAGED", "KP-R-OTHER")
"""The second command codes, which give a reason."""

_VALID: Mapping[str, tuple[str, ...]] = {
    "": (),
    "sign_in": (),
    "order": ("KP-NEXT",),
    "item": ("KP-SHORT", "KP-UNDO", "KP-REPRINT", "KP-CANCEL"),
    "close_short": ("KP-UNDO", "KP-REPRINT"),
    "short_reason": ("KP-CANCEL",),
    "reprint_reason": ("KP-CANCEL",),
    "take_over": ("KP-CANCEL",),
    "teach": ("KP-CANCEL",),
}


_CLOSED = ("verified", "shipped", "reported", "acknowledged")


@dataclass(slots=True)
class BenchView:
    """Everything the bench shows."""

    answer: Answer | None = None
    """The last answer; None before the desk is there."""
    said: Answer | None = None
    """The last answer that said something, for the band."""
    error: Answer | None = None
    """A refusal that still stands."""
    full: OrderFull | None = None
    """The order on the bench, or the one just closed."""
    scanned: ProductRow | None = None
    """The product of a refused scan."""
    waiting: int | None = None
    """Orders that wait in the queue."""
    refused_here: str = ""
    """Key of a refusal made by the window itself (a dialog is open, the database is away)."""
    refused_args: dict[str, object] = field(default_factory=dict)
    pending: str = ""
    """Code whose answer takes longer than usual."""

    @property
    def ask(self) -> str:
        """What is wanted next."""
        return str(self.answer.ask.get("kind", "")) if self.answer else ""

    @property
    def open_now(self) -> bool:
        """Whether an order is being packed."""
        return self.answer is not None and self.answer.order_id is not None and not self.finished

    @property
    def finished(self) -> bool:
        """Whether the order shown was just closed."""
        answer, full = self.answer, self.full
        if answer is None or answer.order_id is None:
            return False
        read = full is not None and full.row.id == answer.order_id
        return self.ask == "order" or (read and full is not None and full.row.state in _CLOSED)

    def line(self) -> LineRow | None:
        """Return the line that is asked for."""
        if self.answer is None or self.full is None:
            return None
        wanted = self.answer.ask.get("line")
        return next((line for line in self.full.lines if line.id == wanted), None)


def kind_of(level: str) -> str:
    """Return the kind of colour and sign of an answer's level."""
    return {"ok": "ok", "refused": "error", "question": "warning"}.get(level, "info")


CHOICES: Mapping[str, tuple[str, ...]] = {
    "short_reason": REASONS,
    "reprint_reason": REASONS,
    "close_short": ("KP-DONE", "KP-CANCEL"),
    "teach": (),
    "take_over": (),
}
"""Questions that are answered by a code, and the codes: they stand beside the question, not in the bar."""


def commands_now(view: BenchView) -> tuple[str, ...]:
    """Return the commands that make sense now, for the bar."""
    valid = _VALID.get(view.ask, ())
    if view.ask == "order" and view.finished:
        valid = ("KP-NEXT", "KP-UNDO", "KP-REPRINT")
    if view.error is not None and view.ask in CHOICES:
        return (*CHOICES[view.ask], *(code for code in valid if code not in CHOICES[view.ask]))
    if view.ask == "item" and view.error is not None:
        if view.error.key == "code.unknown":
            return ("KP-TEACH", "KP-SHORT", "KP-UNDO", "KP-CANCEL")
        return ("KP-CANCEL", "KP-SHORT", "KP-UNDO")
    return valid


@dataclass(frozen=True, slots=True)
class Bar:
    """A full coloured bar: something that the packer must not miss."""

    kind: str
    key: str
    """Key of its sentence."""
    value: str = ""


_COD = re.compile(r"代引|代金引換|cash on delivery|\bcod\b", re.IGNORECASE)
_FROZEN = re.compile(r"冷凍|frozen", re.IGNORECASE)
_COLD = re.compile(r"クール|冷蔵|チルド|chilled|cool", re.IGNORECASE)


def bars_of(full: OrderFull) -> list[Bar]:
    """Return the bars of an order: cash on delivery, cold, gift."""
    content = full.content
    delivery, payment = str(content.get("delivery", "")), str(content.get("payment", ""))
    bars = []
    amount = str(content.get("cod_amount", "") or "")
    if amount or _COD.search(payment) or _COD.search(delivery):
        shown = f"{int(amount):,}" if amount.isdecimal() else amount
        bars.append(Bar("warning", "window.bar.cod_amount" if amount else "window.bar.cod", shown))
    if _FROZEN.search(delivery):
        bars.append(Bar("info", "window.bar.frozen"))
    elif _COLD.search(delivery):
        bars.append(Bar("info", "window.bar.cold"))
    if full.row.gift:
        bars.append(Bar("gift", "window.bar.gift"))
    return bars
