"""What a voice reads of an answer: why it was refused, else the next shelf and how many are still wanted.

A shelf is read once, when the hand has to go there; while pieces of the same goods follow one another only their number
is read. Signs that a voice would name (the hyphens of a shelf) become pauses, and figures that are compared one by one
(the end of a waybill's number) are parted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.services.answers import Answer, sentence
from app.text import Texts, spoken

__all__ = ["aloud"]


def aloud(words: Texts, answer: Answer, before: Mapping[str, object]) -> str:
    """Return what is to be said after *answer*, in the language of *words*; empty for nothing.

    :param before: what was asked before, so that a shelf is not read twice.
    """
    if answer.level == "refused":
        return spoken(sentence(words, answer.key, answer.args))
    return spoken(" ".join(_asked(words, answer, before)))


def _asked(words: Texts, answer: Answer, before: Mapping[str, object]) -> list[str]:
    ask = answer.ask
    kind = ask.get("kind")
    if kind in ("item", "shelf", "confirm"):
        return _goods(words, ask, before)
    if kind == "place":
        return [words.say("voice.put", place=_place(ask), held=ask.get("held", ""))]
    if kind in ("waybill", "label"):
        last4 = str(ask.get("last4") or "")
        return [words.say("voice.waybill", last4=" ".join(last4))] if last4 else []
    if kind in ("order", "slip") and answer.level == "ok" and kind != before.get("kind"):
        return [words.say(f"voice.{kind}")]
    if answer.level == "question":
        return [sentence(words, answer.key, answer.args)]
    return []


def _goods(words: Texts, ask: Mapping[str, object], before: Mapping[str, object]) -> list[str]:
    """Return the shelf, where it is another one, and how many; nothing at the wall, where any goods may come next."""
    shelf = str(ask.get("shelf") or "")
    if not shelf and "place" in ask:
        return []
    moved = shelf and (before.get("shelf"), before.get("sku")) != (shelf, ask.get("sku"))
    said = [words.say("voice.shelf", shelf=_parted(shelf))] if moved else []
    return [*said, words.say("voice.left", left=ask.get("left", ""))]


def _place(ask: Mapping[str, object]) -> str:
    """Return where goods are put: the number of the place on the cart, or the name of the wall's slot."""
    on_cart = bool(ask.get("shelf")) or not ask.get("tote")
    return str(ask.get("place", "")) if on_cart else _parted(str(ask["tote"]))


def _parted(code: str) -> str:
    return re.sub(r"[-‐_/.]+", " ", code)
