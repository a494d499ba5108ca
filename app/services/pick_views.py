"""What the screens of picking read beside the scans: where the station stands, what waits, how the hall looks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.modes import Stage
from app.domain.people import Right, rights_of
from app.services import containers, people, picking
from app.services.picking import Standing
from app.services.settings import all_settings
from app.services.warehouse import WarehouseMap, warehouse_map
from app.storage.database import Transaction
from app.storage.takeable import Takeable, takeable

__all__ = ["PickView", "Standing", "Takeable", "WarehouseMap", "hall", "open_stage", "view"]


@dataclass(frozen=True, slots=True)
class PickView:
    """One reading for a screen."""

    standing: Standing
    waits: Takeable
    """Jobs that wait; read only while none is open."""
    keyed: bool
    """Whether the person may type numbers of pieces."""
    slots: tuple[tuple[str, bool], ...] = ()
    """Every slot of the walls that an open sort uses, in their places, and whether somebody uses it."""


def view(tx: Transaction, station: str, stage: Stage) -> PickView:
    """Return where a station stands at a stage; nothing is locked."""
    here = picking.standing(tx, station, stage)
    job = here.picker.job
    waits = takeable(tx, stage) if job is None or not job.open else Takeable()
    settings = all_settings(tx)
    rights = rights_of(here.picker.person, bool(people.everyone(tx)), keyed=settings["quantity.keyed"])
    slots = _walls(tx, {code for place in job.places for code in place.codes}) if job and stage is Stage.SORT else ()
    return PickView(here, waits, Right.KEY_QUANTITY in rights, slots)


def _walls(tx: Transaction, used: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """Return every slot of the walls to which the *used* slots belong."""
    slots = containers.page(tx, kind="slot")
    walls = {each.within for each in slots if each.code in used}
    return tuple((each.code, each.used) for each in slots if each.within in walls)


def open_stage(tx: Transaction, station: str) -> str:
    """Return at which stage, ``pick`` or ``sort``, a job is open at a station; empty where none is."""
    job = picking.standing(tx, station).picker.job
    return str(job.stage) if job is not None and job.open else ""


def hall(tx: Transaction) -> WarehouseMap:
    """Return the map that a walk is drawn on."""
    return warehouse_map(tx)
