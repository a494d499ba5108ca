"""The paper of a job for the screen, as it comes out."""

from __future__ import annotations

from typing import Any

from app.ui.look import Look
from app.ui.preview import PAPER_DPI, Sheet, Shown, told_of

__all__ = ["shown_of_job"]


def shown_of_job(look: Look, desk: Any, job: int) -> Shown:
    """Return the pages of a job's paper. Blocks: not on Qt's thread."""
    from app.services import print_preview  # loads the PDF library, which nobody needs before

    read = desk.read(print_preview.read, job).result()
    seen = print_preview.draw(read.work, PAPER_DPI, desk.give_way)

    def page(place: int) -> Sheet:
        found = seen.page(place)
        return Sheet(found.width, found.height, found.grey, seen.dpi)

    told = told_of(look, seen.rendered)
    if read.outdated:
        told = (("warning", look.say("preview.newer", now=read.now, version=read.version)), *told)
    return Shown(seen.rendered.pages, page, told)
