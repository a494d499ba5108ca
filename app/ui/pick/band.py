"""The last scan of a picker, always visible."""

from __future__ import annotations

from app.domain.modes import Stage
from app.services.answers import Answer, sentence
from app.services.signals import signal_of
from app.ui.band import AnswerBand
from app.ui.lettering import split_sentence
from app.ui.look import Look
from app.ui.pack.state import kind_of
from app.ui.pick.questions import question_texts
from app.ui.pick.state import QUESTIONS, JobView

__all__ = ["PickBand", "said"]

_MOST, _MOST_LATIN = 20, 36
"""Characters of a product's name in a sentence; the whole name stands beside its picture."""


def said(look: Look, answer: Answer, view: JobView) -> tuple[str, str]:
    """Return the headline and the rest of an answer's sentence; products are named in the reader's language."""
    args = dict(answer.args)
    by_sku = {row.sku: row for row in view.goods.values()}
    if view.scanned is not None:
        by_sku[view.scanned.sku] = view.scanned
    if look.language == "en":
        for name, sku in (("name", "sku"), ("wanted_name", "wanted_sku")):
            row = by_sku.get(str(args.get(sku, "")))
            if name in args and row is not None and row.name_en:
                args[name] = row.name_en
        by_name = {row.name: row for row in view.goods.values()}
        for name in ("name", "held_name"):  # of goods in hand, told by their name alone
            row = by_name.get(str(args.get(name, "")))
            if row is not None and row.name_en:
                args[name] = row.name_en
    for name in ("name", "held_name", "wanted_name"):
        args[name] = _short(str(args.get(name, "")), look.language)
    return split_sentence(sentence(look.words, answer.key, args))


def _short(name: str, language: str) -> str:
    """Return a product's name as short as a sentence bears it: malls have names of a hundred characters."""
    most = _MOST_LATIN if language == "en" else _MOST
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


class PickBand(AnswerBand):
    """A full band for the last answer to a picker."""

    def show_view(self, view: JobView) -> None:
        """Show the last answer, a refusal of the window's own, or that an answer is awaited."""
        look = self.look
        self.whole = "window.pick.whole"
        if view.refused_here:
            self.kind, self.sign = "error", signal_of("refused", view.refused_here)
            self.head, self.rest = split_sentence(sentence(look.words, view.refused_here, view.refused_args))
        elif view.pending:
            self.kind = self.sign = "info"
            self.head, self.rest = look.say("window.band.pending"), view.pending
        elif view.said is not None and view.said.key:
            self.kind, self.sign = kind_of(view.said.level), signal_of(view.said.level, view.said.key)
            asked = (
                view.said is view.asked and view.ask in QUESTIONS
            )  # its sentence is long, and the question stands above
            self.head, self.rest = question_texts(look, view) if asked else said(look, view.said, view)
        else:
            self.kind, self.sign = "idle", ""
            self.head, self.rest = look.say("window.band.ready" if view.answer else "window.band.starting"), ""
        job = view.job
        walking = job is not None and job.stage is Stage.PICK  # at the wall the head says it
        self.counted = (job.done, job.wanted) if job is not None and walking else (0, 0)
        self.show_set()
