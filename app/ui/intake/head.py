"""What stands above the report's list: what it is of, and its figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.services.import_report import Head
from app.ui.figures import FigureCard
from app.ui.intake.rows import state_pill
from app.ui.look import Look

__all__ = ["LEVELS", "TOUCHED", "cards_of", "what_of"]

_ORDER_CARDS = {"added": "ok", "changed": "info", "same": "soft", "cancelled": "soft", "held": "warning"}
_PRODUCT_CARDS = {"added": "ok", "changed": "info", "same": "soft", "stocked": "ok"}
LEVELS = {"errors": "error", "warnings": "warning", "infos": "info"}
"""Figure -> level of the problems that it counts, which is its colour, too."""
TOUCHED = ("added", "changed", "cancelled", "held")
"""Figures behind which there are orders to list."""


def what_of(look: Look, metrics: QFontMetrics, head: Head) -> str:
    """Return which files of which shop a report is of, and how they stand."""
    say, rows = look.say, head.imports
    first = rows[0]
    files = first.file if len(rows) == 1 else say("intake.files", count=len(rows))
    parts = [metrics.elidedText(files, Qt.TextElideMode.ElideMiddle, look.px(300))]
    if first.shop or first.channel:
        parts.append(metrics.elidedText(first.shop or first.channel, Qt.TextElideMode.ElideRight, look.px(130)))
    if first.folder:
        parts.append(metrics.elidedText(first.folder, Qt.TextElideMode.ElideRight, look.px(110)))
    lines = sum(row.lines for row in rows)
    if lines:
        parts.append(say("intake.lines", count=lines))
    state, kind = state_pill(look, first)
    if kind != "ok":
        parts.append(state)
    return "　".join(parts)


def cards_of(look: Look, head: Head) -> list[FigureCard]:
    """Return the figures of a report."""
    say, made = look.say, list[FigureCard]()
    goods = bool(head.imports) and all(row.kind == "products" for row in head.imports)
    for name, colour in (_PRODUCT_CARDS if goods else _ORDER_CARDS).items():
        number = head.counts.get(name, 0)
        if name in ("held", "stocked") and not number:
            continue
        tapped = name if not goods and name in TOUCHED and number else ""
        words = say(f"intake.card.{'products' if goods else 'orders'}.{name}")
        made.append(FigureCard(tapped, words, number, colour if number else "soft"))
    for name, level in LEVELS.items():
        number = getattr(head, name)
        if number or name != "infos":
            made.append(FigureCard(name, say(f"intake.card.{name}"), number, level if number else "soft"))
    return made
