"""The last scan at a station for returns, always visible."""

from __future__ import annotations

from app.services.answers import Answer, sentence
from app.services.signals import signal_of
from app.ui.band import AnswerBand
from app.ui.lettering import split_sentence
from app.ui.look import Look
from app.ui.pack.state import kind_of
from app.ui.returns.state import QUESTIONS, ReturnsView

__all__ = ["ReturnsBand", "question_texts", "said"]

_MOST, _MOST_LATIN = 20, 36
"""Characters of a product's name in a sentence; the whole name stands beside its picture."""


def said(look: Look, answer: Answer, view: ReturnsView) -> tuple[str, str]:
    """Return the headline and the rest of an answer's sentence; products are named in the reader's language."""
    args = dict(answer.args)
    if "name" in args:
        rows = [*view.goods.values(), *([view.scanned] if view.scanned is not None else [])]
        row = next((each for each in rows if each.sku == args.get("sku")), None)
        name = row.name_en if look.language == "en" and row is not None and row.name_en else str(args["name"])
        most = _MOST_LATIN if look.language == "en" else _MOST
        args["name"] = name if len(name) <= most else name[: most - 1].rstrip() + "…"
    return split_sentence(sentence(look.words, answer.key, args))


def question_texts(look: Look, view: ReturnsView, *, short: bool = False) -> tuple[str, str]:
    """Return the question in a few words, and what it is about.

    :param short: with the name of the goods as short as a list bears it.
    """
    head = look.say(f"window.returns.ask.{view.ask}")
    named = view.short_name_of if short else view.name_of
    name = named(view.asks.get("product"), view.text("name"), look.language)
    if view.ask == "grade" and view.text("why_not"):
        return look.say(f"window.returns.ask.grade_{view.text('why_not')}"), name
    if view.ask == "reason" and name:
        return head, look.say("window.returns.about", name=name, count=view.number("quantity"))
    if view.ask == "whole":
        boxes = look.say("window.returns.of_boxes", count=view.number("pieces"), boxes=max(1, view.number("boxes")))
        return head, boxes
    if name:
        return head, name
    if view.asked is not None and view.ask == "take_over":
        return head, sentence(look.words, view.asked.key, view.asked.args)
    return head, ""


class ReturnsBand(AnswerBand):
    """A full band for the last answer."""

    def show_view(self, view: ReturnsView) -> None:
        """Show the last answer, a refusal of the window's own, or that an answer is awaited."""
        look = self.look
        self.whole = "window.returns.whole"
        if view.refused_here:
            self.kind, self.sign = "error", signal_of("refused", view.refused_here)
            self.head, self.rest = split_sentence(sentence(look.words, view.refused_here, view.refused_args))
        elif view.pending:
            self.kind = self.sign = "info"
            self.head, self.rest = look.say("window.band.pending"), view.pending
        elif view.said is not None and view.said.key:
            self.kind, self.sign = kind_of(view.said.level), signal_of(view.said.level, view.said.key)
            asked = view.said is view.asked and view.ask in QUESTIONS  # its sentence is long, and stands above
            self.head, self.rest = question_texts(look, view, short=True) if asked else said(look, view.said, view)
        else:
            self.kind, self.sign = "idle", ""
            self.head, self.rest = look.say("window.band.ready" if view.answer else "window.band.starting"), ""
        answer = view.answer
        self.counted = (answer.done, answer.wanted) if answer is not None and view.open_now else (0, 0)
        self.show_set()
