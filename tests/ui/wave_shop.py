"""A shop with a map and goods all over it, for the screens of waves and of the map: real import, real planning."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.warehouse_layout import Parameters
from app.services import warehouse
from app.services.answers import Answer
from app.services.desk import Desk, Work
from tests.makers import ean
from tests.ui import makers

AISLES, BAYS = 6, 12
HALL = Parameters(aisles=AISLES, bays=BAYS, levels=2)
"""144 shelves, ``A-01-1`` … ``F-12-2``."""
GOODS = 40
TOKYO = ZoneInfo("Asia/Tokyo")
"""The shop's time zone, in which files write times."""

_NAMES = (
    "ガラス茶漉し 350ml",
    "有機抹茶パウダー 業務用 詰替 1kg",
    "茶せん 八十本立",
    "湯のみ なみ紋 青",
    "南部鉄器 急須",
)


def shelf_of(number: int) -> str:
    """Shelf of goods *number*, 1 to GOODS: spread over all aisles."""
    at = number * 7
    return f"{'ABCDEF'[at % AISLES]}-{at % BAYS + 1:02}-{number % 2 + 1}"


def fill(desk: Desk, folder: Path, *, hall: bool = True) -> None:
    """Take goods in, and make the map of the hall."""
    rows = [
        (f"G-{n:03}", _NAMES[n % len(_NAMES)], f"Thing {n}", ean(100 + n), "", shelf_of(n), 500)
        for n in range(1, GOODS + 1)
    ]
    makers.add_products(desk, folder, rows)
    if hall:
        assert warehouse.lay_out(desk, HALL).written


def take_orders(desk: Desk, folder: Path, number: int, *, seed: int = 1, due: int | None = None, **more: Any) -> None:
    """Take *number* orders of one to four lines in.

    :param due: hours until their pickup.
    """
    pick = random.Random(seed)
    if due is not None:
        more["cut_off"] = f"{datetime.now(TOKYO) + timedelta(hours=due):%Y-%m-%d %H:%M}"
    orders = [
        makers.order(
            f"W{seed}-{at:04}",
            *((f"G-{n:03}", pick.randint(1, 3)) for n in pick.sample(range(1, GOODS + 1), pick.randint(1, 4))),
            **more,
        )
        for at in range(1, number + 1)
    ]
    makers.add_orders(desk, folder, *orders, shop=f"店舗 {seed}")


def work_on(desk: Desk, stage: str = "pick", *, most: int = 10_000, take: str = "KP-NEXT") -> Answer:
    """Work on the next job with real scans, as the station of *desk*; return the last answer.

    :param most: stop after so many scans: the job stays open.
    """
    at = Work(stage)
    answer = desk.scan(take, at=at).result()
    for number in range(most):
        code = _wanted(answer, number)
        if not code:
            break
        answer = desk.scan(code, at=at).result()
    return answer


def _wanted(answer: Answer, number: int) -> str:
    """Return the code that is asked for next; empty where no job is open."""
    asked = answer.ask
    match asked["kind"]:
        case "totes":
            return f"KT-{answer.job}-{number}"
        case "shelf":
            return f"KS-{asked['shelf']}"
        case "item":
            return str(asked["product_code"])
        case "place":
            return f"KT-{asked['tote']}"
        case "list":
            return f"KL-{answer.job}"
        case "job":
            return ""
    raise AssertionError(f"nothing answers {asked}")
