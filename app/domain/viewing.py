"""A camera that looks all the time: when a code in its picture becomes a scan, and when it becomes one again.

A scanner reads when somebody pulls its trigger; a camera sees whatever lies before it, many times a second. So a code
is a scan once, until it has left the picture; what no order expects must be seen in several pictures, because a
blurred one gives wrong digits; and with two codes in view nobody can say which one is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import barcode
from app.domain.barcode import Plain
from app.domain.decoding import Found, keys_of

__all__ = ["DOUBTED_GONE_MS", "FRAMES", "GONE_MS", "Held", "Sendable", "may_be_meant", "sendable", "watch"]

FRAMES = 3
"""Pictures in which a code must be seen that neither proves itself nor is expected."""
GONE_MS = 700
"""A code that was not seen for this long has left the picture; a hand before it for a moment is no leaving."""
DOUBTED_GONE_MS = 3_000
"""The same for one that was no sure scan: what flickers at the edge of being read is not refused again and again."""
_MISSED = 2
"""Pictures without it that this takes at least: a slow computer looks seldom."""
_LONGEST_PLAIN = 40
"""A longer text that is no code of ours or of goods is an advertisement, not an order number."""


@dataclass(frozen=True, slots=True)
class Held:
    """A code in the picture."""

    frames: int
    """Pictures that it was seen in."""
    seen_at: int
    """When it was seen last, milliseconds."""
    sent: bool = False
    """It was a scan already."""
    sure: bool = False
    """It was so at once."""
    missed: int = 0
    """Pictures without it since."""


@dataclass(frozen=True, slots=True)
class Sendable:
    """What of one picture may be a scan."""

    sure: tuple[Found, ...]
    """At once."""
    maybe: tuple[Found, ...]
    """When it is seen again: the station will answer whatever it is."""


def may_be_meant(found: Found, expected: frozenset[str]) -> bool:
    """Return whether somebody may have meant to show this code, and not what else is printed on the goods.

    While an order is open a text that is neither expected nor a code of ours or of goods (an address of a web page, a
    maker's own number) is not; nor is the lower code of a book.
    """
    look = found.look
    if expected and keys_of(look.scan_text) & expected:
        return True
    kinds = barcode.read(look.scan_text).kinds
    if any(not isinstance(kind, Plain) for kind in kinds):
        return True
    text = look.text
    plain = len(text) <= _LONGEST_PLAIN and " " not in text and "://" not in text and not text.startswith("www.")
    return bool(kinds) and not expected and plain and look.symbology != "itf"


def sendable(found: Sequence[Found], expected: frozenset[str]) -> Sendable:
    """Return what of one picture may be a scan; nothing is sure where two codes are.

    What the order expects goes before everything else in view. An expected code of which the picture is not sure is
    never among the rest: it must not come in by the back door.
    """
    meant = [each for each in found if may_be_meant(each, expected)]
    wanted = [each for each in meant if expected and keys_of(each.look.scan_text) & expected]
    if wanted:
        sure = tuple(each for each in wanted if each.confirmed)
        return Sendable(sure if len({each.look.text for each in sure}) == 1 else (), ())
    confirmed = tuple(each for each in meant if each.confirmed)
    if len({each.look.text for each in meant}) > 1:
        return Sendable((), ())
    return Sendable(confirmed, tuple(each for each in meant if not each.confirmed))


def watch(
    held: Mapping[str, Held], found: Sequence[Found], expected: frozenset[str], now: int
) -> tuple[dict[str, Held], tuple[str, ...]]:
    """Take in what one picture shows; return what is in view from now on, and the texts that are scans now.

    :param held: what the pictures before have left, by the text of the code.
    :param now: milliseconds by any clock that does not go back.
    """
    shown = {each.look.text for each in found}
    kept = {}
    for text, was in held.items():
        missed = 0 if text in shown else was.missed + 1
        if missed < _MISSED or now - was.seen_at <= (GONE_MS if was.sure else DOUBTED_GONE_MS):
            kept[text] = replace(was, missed=missed)
    for text in shown:
        before = kept.get(text, Held(0, now))
        kept[text] = replace(before, frames=before.frames + 1, seen_at=now)
    what = sendable(found, expected)
    sure = {each.look.text for each in what.sure}
    scans: list[str] = []
    for each in (*what.sure, *(each for each in what.maybe if kept[each.look.text].frames >= FRAMES)):
        text = each.look.text  # what is printed twice, as bars and as a square, is one code
        if not kept[text].sent:
            kept[text] = replace(kept[text], sent=True, sure=text in sure)
            scans.append(each.look.scan_text)
    return kept, tuple(scans)
