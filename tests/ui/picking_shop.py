"""A small warehouse for the picker's screens: the demo's goods on a map, orders with pickups, waves by the service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.domain.warehouse_layout import Parameters
from app.plugins import resource_root
from app.services import containers, products, warehouse, waves
from app.services.containers import NewContainer
from app.services.desk import Desk
from app.services.release import Choice
from app.ui.pick import play
from app.ui.play import Player
from tests.makers import set_to
from tests.ui import makers

SKUS = ("MAT-050", "MAT-100", "SEN-100", "COF-DRP", "YUZ-150", "SHO-300", "HON-180", "JAM-ICH", "CUP-BLU", "TOW-IND",
        "FUR-045", "CHA-SEN")  # fmt: skip
"""Goods of the orders; COF-DRP and TOW-IND may be counted by number, MAT-050 and MAT-100 keep lots."""


def fill(desk: Desk, folder: Path, orders: int = 8, lines: int = 3, pieces: int = 3, **settings: str) -> None:
    """Take goods and orders in, lay the warehouse out, make totes and a wall known.

    :param settings: settings of the shop, underscores for dots.
    """
    set_to(desk.database, **{"pick_shelf": "required", "quantity_keyed": "anyone", **settings})
    report = products.import_products(
        desk, [resource_root() / "demo" / "products.csv"], pictures=resource_root() / "demo"
    )
    assert report.usable
    warehouse.lay_out(
        desk, Parameters(aisles=4, bays=6, levels=4, apart=4000, bay=1200, pattern="{aisle}-{bay:02}-{level:02}")
    )
    add_orders(desk, folder, orders, lines, pieces)
    for kind, codes in (("slot", [f"{row}{at}" for row in "AB" for at in range(1, 6)]), ("tote", ["T-1", "T-2"])):
        known = [NewContainer(kind, code, "W1" if kind == "slot" else "", at) for at, code in enumerate(codes, 1)]
        desk.do(frozenset(), containers.make_known, desk.station, str(uuid4()), known).result()


def add_orders(desk: Desk, folder: Path, orders: int = 8, lines: int = 3, pieces: int = 3, first: int = 1) -> None:
    """Take orders in: each of several lines of up to so many pieces, to be picked up in an hour and a half."""
    cut_off = f"{datetime.now(ZoneInfo('Asia/Tokyo')) + timedelta(minutes=90):%Y-%m-%d %H:%M}"
    rows = []
    for at in range(first - 1, first - 1 + orders):
        wanted = [(SKUS[(at * 5 + step * 3) % len(SKUS)], 1 + (at + step) % pieces) for step in range(lines)]
        rows.append(makers.order(f"R-2607-{at + 1:05}", *dict(wanted).items(), cut_off=cut_off))
    makers.add_orders(desk, folder, *rows)


def wave(desk: Desk, mode: str, orders: Sequence[int] = ()) -> None:
    """Release what is ready as a wave of *mode*."""
    done = waves.release_wave(desk, Choice(orders=tuple(orders)), mode)
    assert done.released.batches, done


class Picker(Player):
    """A picker who does what the screen asks for."""

    def wanted(self) -> str:
        """Return what answers the question."""
        return play.answer_of(self)

    def go_on(self) -> str:
        """Do the next thing; return the answer's key."""
        return play.go_on(self)

    def until(self, ask: str) -> None:
        """Go on until *ask* is asked."""
        play.until(self, ask)

    def finish(self) -> str:
        """Go on until the job is done; return the last answer's key."""
        return play.finish(self)
