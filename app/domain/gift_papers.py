"""Papers that go into a gift: what a noshi paper and a message card show, as plain values without sentences."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.noshi import Cover, Knot
from app.domain.orders import ShipNumber

__all__ = ["GiftCard", "GiftCards", "NoshiPaper", "NoshiPapers"]


@dataclass(frozen=True, slots=True)
class NoshiPaper:
    """One noshi paper のし紙."""

    code: str
    """What the bench scans, ``KN-57``: on the strip that is cut or folded away."""
    number: ShipNumber
    knot: Knot
    title: str = ""
    """表書き, above the knot."""
    names: tuple[str, ...] = ()
    """名入れ, below it; the first stands at the right."""
    cover: Cover = Cover.ANY
    size: str = "A5"
    """``A5``, ``B5`` or ``A4``, lying."""
    copy_reason: str = ""
    """Why it is printed again; on the strip only."""


@dataclass(frozen=True, slots=True)
class NoshiPapers:
    """Noshi papers in the sequence of their orders, one a page."""

    papers: tuple[NoshiPaper, ...]


@dataclass(frozen=True, slots=True)
class GiftCard:
    """One message card."""

    code: str
    number: ShipNumber
    message: str
    size: str = "A5"
    """Paper of which the card is one half: an ``A5`` makes a card of A6."""
    copy_reason: str = ""


@dataclass(frozen=True, slots=True)
class GiftCards:
    """Message cards in the sequence of their orders, one a page."""

    cards: tuple[GiftCard, ...]
