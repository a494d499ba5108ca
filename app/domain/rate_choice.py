"""Choosing a service by its price: every one that may be asked, with its price or why not, and which one it is.

:func:`choose` is pure: it gets candidates whose fitness others judged (the gate, the size classes, the price list).
What was chosen and why is kept with the order as JSON (:func:`choice_text`), so that a person sees later what the
choice was made from, whatever the price list says by then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.rates import Part

__all__ = [
    "BY_HAND",
    "BY_PRICE",
    "MOST_TURNS",
    "Candidate",
    "Choice",
    "Reason",
    "carriers_of",
    "choice_of",
    "choice_text",
    "choose",
    "priced",
    "taken",
]

BY_PRICE, BY_HAND, KEPT, NONE = "price", "hand", "kept", "none"
"""What decided: the price, a person, that it stays as it was, or nothing (no service can be priced)."""
MOST_TURNS = 3
"""So often a proposal of cartons may lead to another service; then the one that it has stays as long as it can."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a service is not possible: the key of a sentence with its arguments."""

    key: str
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One service for one order."""

    carrier: str
    service: str
    yen: int | None = None
    """What it costs; None where it is not possible, or the list does not say."""
    parts: tuple[Part, ...] = ()
    sizes: tuple[int, ...] = ()
    """Class of each box; 0 for a service without classes."""
    reasons: tuple[Reason, ...] = ()
    """Why it is not possible; none where it is."""

    @property
    def name(self) -> str:
        """``carrier/service``."""
        return f"{self.carrier}/{self.service}"

    @property
    def possible(self) -> bool:
        """Whether it may be chosen."""
        return self.yen is not None and not self.reasons

    @property
    def pieces(self) -> int:
        """Boxes that it goes in."""
        return max(1, len(self.sizes))


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for an order, and from what."""

    picked: str
    """``carrier/service``."""
    by: str
    """:data:`BY_PRICE`, :data:`BY_HAND`, ``kept`` or ``none``."""
    candidates: tuple[Candidate, ...]
    """The possible ones first, the cheapest at the top."""
    real: bool = False
    """It was made with proposed cartons, and not with an estimate."""
    day: str = ""
    """Day whose prices counted."""
    boxes: tuple[str, ...] = ()
    """What goes out, one text a box, such as ``S60 30×20×15 1.2kg``."""
    turns: int = 0
    """How often a proposal of cartons led to another service."""

    @property
    def chosen(self) -> Candidate | None:
        """The candidate that was chosen, where it is among them."""
        return next((each for each in self.candidates if each.name == self.picked), None)

    @property
    def rate(self) -> int | None:
        """What it is expected to cost."""
        chosen = self.chosen
        return chosen.yen if chosen else None


def choose(
    candidates: Iterable[Candidate],
    prefer: Sequence[str],
    *,
    usual: str,
    stay: str = "",
    fits: Callable[[Candidate], bool] = lambda _: True,
) -> Choice:
    """Return the cheapest possible candidate; alike ones by fewer pieces, then by the shop's order of preference.

    :param prefer: carriers or services (``carrier/service``), the most wanted first.
    :param usual: what the order goes by where nothing can be priced; of two that are alike in all else it goes first.
    :param stay: leave it with this service as long as that is possible; empty: look for the cheapest.
    :param fits: a last look at the winner, where looking at all would take long (what the carrier's file can hold). One
        that does not fit leaves its place to the next; if none fits it is the first one all the same, and the order
        says what is wrong.
    """
    found = sorted(candidates, key=lambda each: _order(each, prefer, usual))
    possible = [each for each in found if each.possible]
    if stay and any(each.name == stay for each in possible):
        return Choice(stay, KEPT, tuple(found))
    if not possible:
        return Choice(usual, NONE, tuple(found))
    first = next((each for each in possible if fits(each)), possible[0])
    if first is not possible[0]:
        passed = possible[: possible.index(first)]
        bad = Reason("rates.why.file")
        found = [replace(each, reasons=(bad,)) if each in passed else each for each in found]
        found.sort(key=lambda each: _order(each, prefer, usual))
    return Choice(first.name, BY_PRICE, tuple(found))


def _order(each: Candidate, prefer: Sequence[str], usual: str) -> tuple[bool, int, int, int, bool]:
    """Sort key: possible, cheap, in few pieces, wanted, usual; the rest stays in the order that it came in."""
    yen = each.yen if each.yen is not None else 0
    return not each.possible, yen, each.pieces, _rank(each, prefer), each.name != usual


def _rank(each: Candidate, prefer: Sequence[str]) -> int:
    places = [at for at, name in enumerate(prefer) if name in (each.carrier, each.name)]
    return min(places, default=len(prefer))


def carriers_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the carriers of a list of carriers and services, each once."""
    return tuple(dict.fromkeys(name.partition("/")[0] for name in names))


# --- kept with the order ------------------------------------------------------------------------------------------


def choice_text(choice: Choice | None) -> str:
    """Return a choice as compact JSON for ``orders.choice``; empty for none."""
    if choice is None:
        return ""
    body = {
        "picked": choice.picked,
        "by": choice.by,
        "real": int(choice.real),
        "day": choice.day,
        "boxes": list(choice.boxes),
        "turns": choice.turns,
        "list": [_plain(each) for each in choice.candidates],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _plain(each: Candidate) -> list[object]:
    parts = [[part.kind, part.yen, part.pieces] for part in each.parts]
    reasons = [[reason.key, dict(reason.args)] for reason in each.reasons]
    return [each.name, each.yen, list(each.sizes), parts, reasons]


def choice_of(text: str) -> Choice | None:
    """Return the choice that *text* holds; None where there is none or the text is damaged."""
    if not text:
        return None
    try:
        body: Mapping[str, object] = json.loads(text)
        return _choice(body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _choice(body: Mapping[str, object]) -> Choice:
    listed = body["list"]
    assert isinstance(listed, list)
    boxes = body.get("boxes", [])
    turns = body.get("turns", 0)
    return Choice(
        str(body["picked"]),
        str(body["by"]),
        tuple(_candidate(*each) for each in listed),
        bool(body.get("real")),
        str(body.get("day", "")),
        tuple(map(str, boxes)) if isinstance(boxes, list) else (),
        turns if isinstance(turns, int) else 0,
    )


def _candidate(
    name: str, yen: int | None, sizes: list[int], parts: list[list[object]], reasons: list[list[object]]
) -> Candidate:
    carrier, _, service = name.partition("/")
    if yen is not None and type(yen) is not int:
        raise ValueError(yen)
    return Candidate(
        carrier,
        service,
        yen,
        tuple(Part(str(kind), int(str(amount)), int(str(pieces))) for kind, amount, pieces in parts),
        tuple(int(size) for size in sizes),
        tuple(Reason(str(key), tuple(dict(args).items())) for key, args in reasons),  # type: ignore[call-overload]
    )


def taken(text: str, carrier: str, service: str) -> tuple[int | None, str]:
    """Return what an order costs, and its choice, once a person (or a packer's carton) took another service.

    The price is that of the choice's own list; what is not in it has none.
    """
    before = choice_of(text)
    if before is None:
        return None, text
    after = replace(before, picked=f"{carrier}/{service}", by=BY_HAND)
    return after.rate, choice_text(after)


def priced(candidate: Candidate, others: Iterable[Candidate]) -> tuple[tuple[Candidate, int], ...]:
    """Return the other possible candidates, each with how much dearer it is than *candidate*, yen."""
    if candidate.yen is None:
        return ()
    return tuple(
        (each, each.yen - candidate.yen)
        for each in others
        if each.yen is not None and each.possible and each is not candidate
    )
