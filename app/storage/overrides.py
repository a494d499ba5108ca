"""What leaders are told of: guards that were let pass, typed numbers, goods counted without their code."""

from __future__ import annotations

from sqlalchemy import bindparam, insert

from app.domain.facts import Allowed
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import overrides

__all__ = ["add"]

_NAMES = ("act", "at", "station", "person_id", "leader_id", "order_id", "product_id", "what", "reason", "detail")
_ADD = Prepared(insert(overrides).values({name: bindparam(name) for name in _NAMES}))


def add(tx: Transaction, act: str, station: str, person: int | None, order: int | None, fact: Allowed) -> None:
    """Keep that goods were counted otherwise than by a scan that every guard let pass.

    :param person: who is signed in; *fact* says who vouched for it.
    """
    given = (act, tx.now, station, person, fact.by, order, fact.product, fact.what, fact.reason, fact.detail)
    tx.run(_ADD, **dict(zip(_NAMES, given, strict=True)))
