"""What the screen of returns reads beside the scans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.services import products, return_views
from app.services.products import ProductRow
from app.services.return_views import ReturnView

__all__ = ["ReturnRead", "read_return"]


@dataclass(frozen=True, slots=True)
class ReturnRead:
    """Where the station stands, and the goods of its return as products."""

    view: ReturnView
    goods: Mapping[int, ProductRow] = field(default_factory=dict)
    """The products of the return that were not known before."""


def read_return(tx: Any, station: str, known: Collection[int] = ()) -> ReturnRead:
    """Read where a station stands.

    :param known: products that were read before and need not be read again.
    """
    view = return_views.view(tx, station)
    wanted = {each.product for each in view.lines} - set(known)
    found = {each: products.show(tx, each) for each in sorted(wanted)}
    return ReturnRead(view, {each: row for each, row in found.items() if row is not None})
