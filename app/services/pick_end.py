"""The end of a pick job: its orders go to the bench, what waits for it may begin, its cart is free."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.jobs import Job
from app.domain.modes import Stage
from app.domain.orders import Hold
from app.services.settings import all_settings
from app.storage import attention, holds, waves
from app.storage import picking as storage
from app.storage.database import Transaction

__all__ = ["end", "finish_orders"]


def end(tx: Transaction, act: str, job: Job) -> None:
    """Do what follows when everything of a job is picked, short or told, within the caller's act."""
    if not (job.mode.sorts and job.stage is Stage.PICK):
        finish_orders(tx, act, job, {each.order for each in job.picks})
    following = storage.unblock(tx, job)
    if not following or job.stage is Stage.SORT or job.mode.sorts:
        storage.release_totes(tx, job.id)
    waves.settle(tx, job.batch)


def finish_orders(tx: Transaction, act: str, job: Job, orders: Collection[int]) -> None:
    """Hand orders on to the bench whose goods are all there; where the shop wants it, those that lack some are held."""
    whole = {
        order: not any(each.stopped for each in job.picks if each.order == order)
        for order in orders
        if all(each.left <= 0 for each in job.picks if each.order == order)
    }
    for order, shop, short in storage.finish_orders(tx, whole):
        if short and all_settings(tx, shop)["pick.short"] == "hold":
            holds.add_hold(tx, order, Hold.SHORT)
            attention.ask_about(tx, act, order, "short")
