"""Settings, papers: what comes out of a template that is not kept yet, drawn beside the window."""

from __future__ import annotations

from typing import Any

from app.domain.paper_sizes import PaperSize
from app.services import label_templates, orders, template_preview
from app.services.drawing import Paper
from app.ui.bridge import DeskLike
from app.ui.look import Look
from app.ui.preview import PAPER_DPI, Shown, sheet_of_png, shown_of

__all__ = ["label_shown", "paper_shown"]


def paper_shown(look: Look, desk: DeskLike, paper: str, body: str, language: str, size: str, number: str) -> Shown:
    """Return a paper by a template, with an order of the shop or a made-up one.

    :param number: of the order; empty for the newest.
    :raises StationError: it cannot be drawn so; in words.
    """

    def read(tx: Any) -> Paper:
        order = orders.find_one(tx, number.strip()) if number.strip() else None
        return template_preview.paper_of(tx, paper, body, order, language=language, size=size)

    dpi = PaperSize(size).dpi if size else 0
    return shown_of(look, desk.read(read).result().draw(), dpi or PAPER_DPI)


def label_shown(paper: str, body: str, language: str, dpi: int) -> Shown:
    """Return a label as its printer gets it, with made-up fields.

    :raises StationError: it cannot be printed; in words.
    """
    return Shown.of([sheet_of_png(label_templates.preview(paper, body, language=language, dpi=dpi), dpi)])
