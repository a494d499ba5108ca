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
    if kind == "item":
        shelf = str(ask.get("shelf") or "")
        moved = shelf and (before.get("kind"), before.get("sku")) != (kind, ask.get("sku"))
        said = [words.say("voice.shelf", shelf=re.sub(r"[-‐_/.]+", " ", shelf))] if moved else []
        return [*said, words.say("voice.left", left=ask.get("left", ""))]
    if kind in ("waybill", "label"):
        last4 = str(ask.get("last4") or "")
        return [words.say("voice.waybill", last4=" ".join(last4))] if last4 else []
    if kind in ("order", "slip") and answer.level == "ok" and kind != before.get("kind"):
        return [words.say(f"voice.{kind}")]
    if answer.level == "question":
        return [sentence(words, answer.key, answer.args)]
    return []
