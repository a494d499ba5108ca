"""Plays a picker through the real window, scan by scan: does what is asked for. Part of ``kenpin demo --play``."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.ui.play import Player

__all__ = ["answer_of", "finish", "go_on", "short_walk", "until"]

_MOST = 600
"""Scans after which a job has gone round in a circle."""
_WALL = ("A", "B")
_ORDERS = 6


def answer_of(player: Player) -> str:
    """Return what answers the question that stands: a code to scan, or a function key.

    :raises ValueError: nothing known answers it.
    """
    view = player.window.work.view
    match view.ask:
        case "job":
            return "F2"
        case "totes":
            return f"KT-T-{100 + view.number('place')}"
        case "shelf":
            return f"KS-{view.text('shelf')}"
        case "item" if view.stage == "sort":
            left = next(each for each in view.job.picks if each.left > 0)
            return str(left.code or left.sku)
        case "item":
            return str(view.text("product_code") or view.text("sku"))
        case "confirm" | "empty":
            return "F8"
        case "place" if view.number("held") < view.number("left") and view.stage != "sort":
            return str(view.text("product_code") or view.text("sku"))
        case "place":
            return f"{'KW' if view.stage == 'sort' else 'KT'}-{view.text('tote')}"
        case "list":
            return f"KL-{view.job.number}"
    raise ValueError(f"nothing answers {view.ask}")


def go_on(player: Player) -> str:
    """Do the next thing; return the answer's key."""
    code = answer_of(player)
    return player.key(code) if code[0] == "F" and code[1:].isdecimal() else player.scan(code)


def until(player: Player, ask: str) -> None:
    """Go on until *ask* is asked. :raises TimeoutError: it never is."""
    for _ in range(_MOST):
        if player.asked == ask:
            return
        go_on(player)
    raise TimeoutError(f"{ask} was never asked, now {player.asked}")


def finish(player: Player) -> str:
    """Go on until the job is done; return the last answer's key."""
    said = go_on(player)
    for _ in range(_MOST):
        if player.asked == "job":
            return said
        said = go_on(player)
    raise TimeoutError(f"the job was never done, now {player.asked}")


def short_walk(player: Player) -> None:
    """Lay a warehouse out, pick a wave with a cart, then one for the sorting wall, with what goes wrong on the way."""
    desk: Any = player.window.desk
    _lay_out(desk)
    if not _wave(desk, "cart"):
        return
    player.go("pick")
    player.shot("pick_waiting")
    player.key("F2")
    player.shot("pick_totes")
    until(player, "shelf")
    player.shot("pick_shelf")
    player.scan("KS-Z-99-99")
    player.shot("pick_wrong_shelf")
    until(player, "item")
    player.shot("pick_item")
    until(player, "place")
    player.shot("pick_place")
    until(player, "shelf")
    player.shot("pick_next_shelf")
    finish(player)
    player.shot("pick_finished")
    if not _wave(desk, "total"):
        return
    player.rest(0.3)
    player.key("F2")
    player.shot("pick_total")
    finish(player)
    player.go("sort")
    player.key("F2")
    until(player, "place")
    player.shot("sort_in_hand")
    finish(player)
    player.shot("sort_finished")


def _lay_out(desk: Any) -> None:
    from app.domain.warehouse_layout import Parameters
    from app.services import containers, warehouse
    from app.services.containers import NewContainer

    warehouse.lay_out(
        desk, Parameters(aisles=4, bays=6, levels=4, bay=1200, apart=4000, pattern="{aisle}-{bay:02}-{level:02}")
    )
    slots = [NewContainer("slot", f"{row}{at}", "W1", at) for row in _WALL for at in range(1, 6)]
    desk.do(frozenset(), containers.make_known, desk.station, str(uuid4()), slots).result()


def _wave(desk: Any, mode: str) -> bool:
    """Release some ready orders as a wave; say whether there were any."""
    from app.services import orders, waves
    from app.services.release import Choice

    ready = desk.read(orders.page, states=("ready",), held=False, limit=_ORDERS).result()
    if not ready:
        return False
    return bool(waves.release_wave(desk, Choice(orders=tuple(row.id for row in ready)), mode).released.batches)
