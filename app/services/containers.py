"""Totes かご, carts カート and slots of the sorting wall: make them known, see who has them, free one by hand."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.barcode import CartCode, ToteCode, WallCode, read
from app.domain.people import Right
from app.domain.place_labels import LabelKind, checked
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.storage import containers as storage
from app.storage.containers import ContainerRow, NewContainer, page
from app.storage.database import Transaction

__all__ = ["ContainerRow", "NewContainer", "free", "make_known", "page"]

_OPEN_JOBS = ("waiting", "active", "paused")
_UNPACKED = ("released", "picked")
"""States of orders whose goods still wait to be packed."""


def make_known(tx: Transaction, station: str, act: str, given: Sequence[NewContainer]) -> int:
    """Make containers known and return how many are new. What is known already stays as it is used.

    :raises NotAllowed: the person lacks the right, or a code could not be scanned back (``labels.unreadable``).
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    for each in given:
        if checked(LabelKind(each.kind), each.code) != each.code:
            raise NotAllowed("labels.wide", code=each.code, plain=checked(LabelKind(each.kind), each.code))
    new = storage.add(tx, given)
    facts = {"kind": given[0].kind, "first": given[0].code, "last": given[-1].code} if given else {}
    acts.end(tx, state, act, "containers", {**facts, "count": len(given), "new": new}, result=new)
    return new


def free(tx: Transaction, station: str, act: str, text: str, reason: str = "") -> str:
    """Free a container by hand, because it is empty whatever the books say; return its code.

    :param text: its code as on the label, with or without ``KT-``, ``KC-``, ``KW-``.
    :param reason: why; needed where the goods of an order that is not packed yet are in it by the books.
    :raises NotFound: nobody knows it.
    :raises NotAllowed: it is free already, its job is not done, the reason is missing, or several have this code.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return str(acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    found = _find(tx, text)
    if not found.used:
        raise NotAllowed("containers.free_already", code=found.code)
    if found.job_state in _OPEN_JOBS:
        key = "containers.in_work" if found.station else "containers.in_job"
        raise NotAllowed(key, code=found.code, job=found.job, station=found.station)
    if found.order_state in _UNPACKED and not reason.strip():
        raise NotAllowed("containers.carries_goods", code=found.code, order=found.ship_number)
    storage.free(tx, found.kind, found.code)
    facts = {"kind": found.kind, "code": found.code, "job": found.job, "reason": reason.strip()}
    acts.end(tx, state, act, "free", facts, raw=text, order=found.order, result=found.code)
    return found.code


def _find(tx: Transaction, text: str) -> ContainerRow:
    """The one container that *text* names."""
    reading = read(text)
    code, kind = reading.text, ""
    for read_as, name in ((ToteCode, "tote"), (CartCode, "cart"), (WallCode, "slot")):
        if isinstance(named := reading.kind(read_as), ToteCode | CartCode | WallCode):
            code, kind = named.code, name
    found = storage.find(tx, code, kind)
    if not found:
        raise NotFound("containers.unknown", code=text)
    if len(found) > 1:
        raise NotAllowed("containers.several", code=code)
    return found[0]
