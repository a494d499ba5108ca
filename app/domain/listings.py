"""Listings 出品: what a shop calls a product, at which price it sells it, and how much of the stock it may offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["MOST_KEPT_BACK", "Listing", "ListingDraft", "Wrong", "draft_wrongs", "offered"]

MOST_KEPT_BACK = 1_000_000
"""More pieces than this are never kept back: it is a price or a bar code in the wrong field."""
_LONGEST = {"code": 100, "title": 400}
"""Characters that a field may have."""


@dataclass(frozen=True, slots=True)
class ListingDraft:
    """A listing as a person or a file gives it."""

    code: str
    """The shop's own code."""
    title: str = ""
    """Name in this shop; empty for the product's."""
    price: str = ""
    """Yen with tax as decimal text; empty for the product's."""
    kept_back: int = 0
    """Pieces that are not offered there."""
    active: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns that only this shop has."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One product in one shop, as stored."""

    id: int
    shop: int
    """Id of the shop."""
    channel: str
    shop_name: str
    product: int
    sku: str
    """The product's SKU."""
    draft: ListingDraft
    """What is said of it there."""
    sent: Mapping[str, str] = field(default_factory=dict)
    """Kind of file -> digest of what it said of this listing last."""
    sent_at: int | None = None
    """Milliseconds since 1970 UTC; None where no file had it yet."""
    error: str = ""
    """What the shop's error file said of it last; empty where it was taken."""

    @property
    def code(self) -> str:
        """The shop's own code."""
        return self.draft.code


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that cannot be right about a product or a listing."""

    field: str
    key: str
    """Key of the sentence, which ends with the remedy."""
    args: tuple[tuple[str, str], ...] = ()
    stops: bool = True
    """It cannot be saved so; else it is only worth a look."""


def draft_wrongs(draft: ListingDraft) -> tuple[Wrong, ...]:
    """Return what is wrong with a listing by itself."""
    found: list[Wrong] = []
    if not draft.code.strip():
        found.append(Wrong("code", "listing.no_code"))
    for name, most in _LONGEST.items():
        if len(getattr(draft, name)) > most:
            found.append(Wrong(name, "listing.too_long", (("most", str(most)),)))
    if not 0 <= draft.kept_back <= MOST_KEPT_BACK:
        args = (("value", str(draft.kept_back)), ("most", str(MOST_KEPT_BACK)))
        found.append(Wrong("kept_back", "listing.bad_kept_back", args))
    return tuple(found)


def offered(free: int, kept_back: int, *, on_sale: bool) -> int:
    """Return the pieces that a shop may sell: free ones less those kept back, never below 0.

    :param free: on the shelves and promised to nobody.
    :param on_sale: the listing is on, its product is not retired and within its days of sale.
    """
    return max(free - kept_back, 0) if on_sale else 0
