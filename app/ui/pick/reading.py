"""What the screens of picking read beside the scans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.modes import Stage
from app.services import pick_views, products
from app.services.pick_views import PickView
from app.services.products import ProductRow
from app.ui.floor_plan import FloorPlan, floor_plan

__all__ = ["JobRead", "read_hall", "read_job"]


@dataclass(frozen=True, slots=True)
class JobRead:
    """Where the station stands, and the goods of its job as products."""

    view: PickView
    goods: Mapping[int, ProductRow] = field(default_factory=dict)
    """The products of the job that were not known before."""


def read_job(tx: Any, station: str, stage: str, known: Collection[int] = ()) -> JobRead:
    """Read where a station stands.

    :param known: products that were read before and need not be read again.
    """
    view = pick_views.view(tx, station, Stage(stage))
    job = view.standing.picker.job
    wanted = {each.product for each in job.picks} - set(known) if job is not None else set()
    found = {each: products.show(tx, each) for each in sorted(wanted)}
    return JobRead(view, {each: row for each, row in found.items() if row is not None})


def read_hall(tx: Any) -> FloorPlan:
    """Read the warehouse as it is drawn."""
    found = pick_views.hall(tx)
    return floor_plan(found.layout, found.shelves)
