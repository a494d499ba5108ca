"""Which signal an answer gives: each kind has a sound, a shape and, with its level, a colour of its own.

A packer who looks at the goods hears what is wrong before reading it, so refusals are told apart by what the hand must
do next: put the piece away, stop adding, scan again, look at the paper, or look at what protects the customer. One
table says it, by the whole key or by the area before its first dot; what stands in neither is ``refused``: nothing is
wrong with what was scanned, only it is not its turn.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REFUSALS", "SIGNALS", "signal_of"]

REFUSALS = ("wrong", "enough", "unreadable", "paper", "guard", "refused")
"""Kinds of refusal: other goods, another shelf, tote or slot; no more of them; no known code; another slip, waybill,
list, job or insert; expiry, lot, serial, pace, look-alikes, labels and weights; anything else that is not its turn."""

SIGNALS = ("ok", "closed", "question", "info", *REFUSALS)
"""Every signal."""

_CLOSED = frozenset(
    {
        "order.closed",
        "order.closed_short",
        "order.closed_label_later",
        "order.closed_unlabelled",
        "label.attached",
        "put.order_complete",
        "pick.finished",
        "pick.finished_short",
        "sort.finished",
        "sort.finished_short",
        "return.closed",
        "return.closed_part",
    }
)
"""Answers after which a box leaves the bench, a tote or slot is complete, or a job is done."""

_ASKED: Mapping[str, str] = {
    "pace.ask": "guard",
    "pick.stopped_cancelled": "guard",
    "pick.stopped_changed": "guard",
    "pick.stopped_held": "guard",
}
"""Questions that stop a hand that is already on its way, and so must not sound like any other question."""

_OF_KEY: Mapping[str, str] = {
    "item.wrong": "wrong",
    "item.other_order": "wrong",
    "item.wrong_pick": "wrong",
    "item.other_shelf": "wrong",
    "shelf.wrong": "wrong",
    "shelf.comes_later": "wrong",
    "return.not_in_parcel": "wrong",
    "return.shelf_wrong": "wrong",
    "return.came_back_already": "enough",
    "return.too_many": "enough",
    "return.serial_back": "enough",
    "return.serial_other": "guard",
    "return.lot_other": "guard",
    "return.each_serial": "guard",
    "return.not_good_recalled": "guard",
    "return.not_good_expired": "guard",
    "return.not_good_no_shelf": "guard",
    "return.code_unknown": "unreadable",
    "return.unknown": "paper",
    "return.several": "paper",
    "return.not_shipped": "paper",
    "return.on_dock": "paper",
    "return.cancelled": "paper",
    "return.all_back_already": "paper",
    "return.nothing_packed": "paper",
    "return.other_open": "paper",
    "return.held_by": "paper",
    "return.lost": "paper",
    "return.gone": "paper",
    "tote.already_here": "wrong",
    "tote.in_use": "wrong",
    "tote.full_of": "wrong",
    "teach.not_in_order": "wrong",
    "lot.that_is_the_item": "wrong",
    "expiry.that_is_the_item": "wrong",
    "serial.that_is_the_item": "wrong",
    "item.complete": "enough",
    "item.complete_short": "enough",
    "item.too_many": "enough",
    "item.complete_job": "enough",
    "hand.enough": "enough",
    "hand.enough_short": "enough",
    "quantity.too_many": "enough",
    "quantity.too_few": "enough",
    "code.second_code": "guard",
    "command.unknown": "unreadable",
    "person.unknown": "unreadable",
    "quantity.unreadable": "unreadable",
    "lot.unreadable": "unreadable",
    "expiry.unreadable": "unreadable",
    "serial.unreadable": "unreadable",
    "waybill.misread": "unreadable",
    "dock.unknown": "unreadable",
    "dock.already": "enough",
    "order.unknown": "paper",
    "order.several": "paper",
    "order.old_version": "paper",
    "order.cancelled": "paper",
    "order.cancelled_meanwhile": "paper",
    "order.cancelled_scan_again": "paper",
    "order.changed_meanwhile": "paper",
    "order.changed_scan_again": "paper",
    "order.already_verified": "paper",
    "order.held": "paper",
    "order.held_meanwhile": "paper",
    "order.not_released": "paper",
    "order.cannot_open": "paper",
    "order.held_by": "paper",
    "order.being_picked": "paper",
    "order.to_be_picked": "paper",
    "container.several": "paper",
    "container.empty": "paper",
    "order.taken_over": "paper",
    "job.unknown": "paper",
    "job.held": "paper",
    "job.lost": "paper",
    "job.gone": "paper",
    "job.other_open": "paper",
    "job.done_already": "paper",
    "job.taken_back": "paper",
    "job.blocked": "paper",
    "job.at_the_wall": "paper",
    "job.at_the_shelves": "paper",
    "cart.in_use": "paper",
    "label.gone": "paper",
    "insert.first": "refused",
    "insert.gone": "refused",
    "weight.first": "refused",
    "weight.empty": "refused",
    "weight.not_asked": "refused",
    "carton.unknown": "unreadable",
    "label.not_wanted": "guard",
    "label.shelf": "guard",
    "label.not_goods": "guard",
    "label.case": "guard",
}
_OF_AREA: Mapping[str, str] = {
    "code": "unreadable",
    "readers": "unreadable",
    "slip": "paper",
    "waybill": "paper",
    "dock": "paper",
    "guard": "guard",
    "lot": "guard",
    "expiry": "guard",
    "serial": "guard",
    "pace": "guard",
    "detail": "guard",
    "which": "guard",
    "weight": "guard",
    "insert": "paper",
    "place": "wrong",
}


def signal_of(level: str, key: str) -> str:
    """Return the signal of an answer, one of :data:`SIGNALS`.

    :param level: level of the answer: ``ok``, ``refused``, ``question``, ``info`` or ``noted``.
    :param key: key of its sentence.
    """
    if level == "noted":  # recorded only: heard as little as it stops anybody
        return "info"
    if level != "refused":
        return _ASKED.get(key) or ("closed" if key in _CLOSED else level)
    return _OF_KEY.get(key) or _OF_AREA.get(key.partition(".")[0], "refused")
