"""What is known of one parcel, from whatever table it stands in: for its proof and for playing it again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.domain.proof import (
    ProofBox,
    ProofExtra,
    ProofHandover,
    ProofLine,
    ProofOverride,
    ProofPaper,
    ProofPhoto,
    ProofWaybill,
)
from app.domain.replay import Entry
from app.storage import tables as t
from app.storage.database import Transaction
from app.storage.stations import chain_hash

__all__ = [
    "Goods",
    "Made",
    "ParcelHead",
    "boxes_of",
    "extras_of",
    "handover_of",
    "journal_of",
    "lines_of",
    "made_with",
    "members_of",
    "numbers_of",
    "overrides_of",
    "papers_of",
    "parcel_of",
    "photos_of",
    "steps_of",
    "undone_acts",
    "waybills_of",
]

_OWN_KINDS = ("proof",)
"""Acts that only look: a proof that was made before is no part of the next one."""


@dataclass(frozen=True, slots=True)
class ParcelHead:
    """A parcel without what is in it."""

    id: int
    version: int
    state: str
    station: str
    opened_at: int
    closed_at: int | None
    unlabelled: str
    handover: int | None


@dataclass(frozen=True, slots=True)
class Goods:
    """What one act put in, by its product."""

    act: str
    kind: str
    sku: str
    name: str
    name_en: str
    quantity: int
    box: int
    lot: str
    expiry: str
    serial: str
    how: str
    reason: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A proof that was made before, as the journal has it."""

    order: int
    at: int
    station: str
    seq: int
    content: str
    file: str
    sound: bool
    """Whether its row in the journal is as it was written."""


def members_of(tx: Transaction, order: int) -> list[int]:
    """Return the orders that share the parcel of *order*, the lead first."""
    c = t.orders.c
    lead = select(func.coalesce(c.lead_id, c.id)).where(c.id == order).scalar_subquery()
    query = select(c.id).where(or_(c.id == lead, c.lead_id == lead)).order_by(c.lead_id.is_not(None), c.id)
    return [row[0] for row in tx.connection.execute(query)]


def numbers_of(tx: Transaction, orders: Sequence[int]) -> list[str]:
    """Return the shops' numbers of orders."""
    c = t.orders.c
    found = {row[0]: row[1] for row in tx.connection.execute(select(c.id, c.number).where(c.id.in_(orders)))}
    return [found[order] for order in orders]


def parcel_of(tx: Transaction, order: int) -> ParcelHead | None:
    """Return the newest parcel of a lead order that was closed and not taken apart again; None where there is none."""
    c = t.parcels.c
    columns = (c.id, c.version, c.state, c.station, c.opened_at, c.closed_at, c.unlabelled, c.handover_id)
    query = select(*columns).where(c.order_id == order, c.closed_at.is_not(None), c.state != "pulled")
    row = tx.connection.execute(query.order_by(c.id.desc()).limit(1)).first()
    return ParcelHead(*row) if row else None


def journal_of(tx: Transaction, orders: Sequence[int]) -> list[Entry]:
    """Return every act on the orders, oldest first: at shelf, wall, bench and dock, and in the office."""
    j = t.journal.c
    picked = (
        select(t.pick_steps.c.act)
        .select_from(t.pick_steps.join(t.picks, t.picks.c.id == t.pick_steps.c.pick_id))
        .where(t.picks.c.order_id.in_(orders))
    )
    sorting = (
        select(t.jobs.c.stage)
        .select_from(t.pick_steps.join(t.jobs, t.jobs.c.id == t.pick_steps.c.job_id))
        .where(t.pick_steps.c.act == j.act)
        .limit(1)
        .scalar_subquery()
    )
    stage = func.coalesce(sorting, "")
    query = (
        select(
            j.act, j.station, j.seq, j.at, func.coalesce(t.people.c.name, ""), j.kind, j.raw, j.key, j.level,
            j.answer, j.facts, j.hash, stage,
        )
        .select_from(t.journal.outerjoin(t.people, t.people.c.id == j.person_id))
        .where(or_(j.order_id.in_(orders), j.act.in_(picked)), j.kind.not_in(_OWN_KINDS))
        .order_by(j.at, j.id)
    )  # fmt: skip
    return [
        Entry(*row[:9], answer=_json(row[9], {}), facts=_json(row[10], []), hash=row[11], at_wall=row[12] == "sort")
        for row in tx.connection.execute(query)
    ]


def _values(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row)


def _json(text: str, otherwise: Any) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # damaged: `kenpin verify` names the row
        return otherwise


def undone_acts(tx: Transaction, orders: Sequence[int]) -> frozenset[str]:
    """Return the acts on the orders that a later act took back."""
    s, p = t.steps.c, t.pick_steps.c
    packed = select(s.act).where(s.order_id.in_(orders), s.undone != "")
    picked = (
        select(p.act)
        .select_from(t.pick_steps.join(t.picks, t.picks.c.id == p.pick_id))
        .where(t.picks.c.order_id.in_(orders), p.undone != "")
    )
    return frozenset(row[0] for query in (packed, picked) for row in tx.connection.execute(query))


def steps_of(tx: Transaction, orders: Sequence[int]) -> list[Goods]:
    """Return what was put in and what was said to be short, oldest first."""
    s, e = t.steps.c, t.extras.c
    query = (
        select(
            s.act, s.kind, func.coalesce(t.products.c.sku, t.lines.c.sku, ""),
            func.coalesce(t.products.c.name, t.lines.c.name, e.name, ""), func.coalesce(t.products.c.name_en, ""),
            s.quantity, s.box, s.lot, s.expiry, s.serial, s.how, s.reason, s.undone != "",
        )
        .select_from(
            t.steps.outerjoin(t.products, t.products.c.id == s.product_id)
            .outerjoin(t.lines, t.lines.c.id == s.line_id)
            .outerjoin(t.extras, e.id == s.extra_id)
        )
        .where(s.order_id.in_(orders))
        .order_by(s.id)
    )  # fmt: skip
    return [Goods(*_values((*row[:12], bool(row[12])))) for row in tx.connection.execute(query)]


def lines_of(tx: Transaction, orders: Sequence[int]) -> list[ProofLine]:
    """Return what was ordered and what went in."""
    c = t.lines.c
    query = (
        select(c.sku, c.name, func.coalesce(t.products.c.name_en, ""), c.wanted, c.done, c.short)
        .select_from(t.lines.outerjoin(t.products, t.products.c.id == c.product_id))
        .where(c.order_id.in_(orders))
        .order_by(c.order_id, c.position)
    )
    return [ProofLine(*row) for row in tx.connection.execute(query)]


def extras_of(tx: Transaction, orders: Sequence[int]) -> list[ProofExtra]:
    """Return what went in beside the goods."""
    c = t.extras.c
    query = select(c.kind, c.name, c.wanted, c.done, c.short, c.shown).where(c.order_id.in_(orders))
    found = tx.connection.execute(query.order_by(c.order_id, c.position))
    return [ProofExtra(*row[:5], scanned=not row[5]) for row in found]


def boxes_of(tx: Transaction, parcel: int) -> list[ProofBox]:
    """Return what is known of each box of a parcel, and how many pieces are in it."""
    c, s = t.boxes.c, t.steps.c
    inside = {
        row[0]: int(row[1])
        for row in tx.connection.execute(
            select(s.box, func.sum(s.quantity))
            .where(s.parcel_id == parcel, s.kind == "pack", s.undone == "")
            .group_by(s.box)
        )
    }
    columns = (c.piece, c.carton, func.coalesce(t.cartons.c.name, ""), c.weight_g, c.expected_g, c.tolerance_g, c.why)
    query = (
        select(*columns)
        .select_from(t.boxes.outerjoin(t.cartons, t.cartons.c.code == c.carton))
        .where(c.parcel_id == parcel)
    )
    known = {row[0]: _values(row[1:]) for row in tx.connection.execute(query)}
    nothing: tuple[Any, ...] = ("", "", None, None, None, "")
    pieces = sorted(known.keys() | inside.keys())
    return [ProofBox(*_values((piece, *known.get(piece, nothing), inside.get(piece, 0)))) for piece in pieces]


def waybills_of(tx: Transaction, parcel: int) -> list[ProofWaybill]:
    """Return the waybills on a parcel."""
    c = t.waybills.c
    query = select(c.piece, c.pieces, c.carrier, c.service, c.number, c.state, c.by_hand).where(c.parcel_id == parcel)
    found = tx.connection.execute(query.order_by(c.piece, c.id))
    return [ProofWaybill(*row[:6], by_hand=bool(row[6])) for row in found]


def handover_of(tx: Transaction, handover: int | None) -> ProofHandover | None:
    """Return to whom a parcel was given; None where it is still here."""
    c = t.handovers.c
    query = (
        select(c.id, c.at, c.carrier, c.station, func.coalesce(t.people.c.name, ""), c.pickup)
        .select_from(t.handovers.outerjoin(t.people, t.people.c.id == c.person_id))
        .where(c.id == handover)
    )
    row = tx.connection.execute(query).first()
    return ProofHandover(*row) if row else None


def overrides_of(tx: Transaction, orders: Sequence[int]) -> list[ProofOverride]:
    """Return what was let pass, oldest first."""
    c, person, leader = t.overrides.c, t.people.alias("person"), t.people.alias("leader")
    query = (
        select(
            c.at, c.station, func.coalesce(person.c.name, ""), func.coalesce(leader.c.name, ""), c.what, c.reason,
            c.detail, func.coalesce(t.products.c.sku, ""),
        )
        .select_from(
            t.overrides.outerjoin(person, person.c.id == c.person_id)
            .outerjoin(leader, leader.c.id == c.leader_id)
            .outerjoin(t.products, t.products.c.id == c.product_id)
        )
        .where(c.order_id.in_(orders))
        .order_by(c.at, c.id)
    )  # fmt: skip
    return [ProofOverride(*row) for row in tx.connection.execute(query)]


def papers_of(tx: Transaction, orders: Sequence[int]) -> list[ProofPaper]:
    """Return the papers of the orders that came out, or were to; those of a whole batch are counted with it.

    A job of a batch counts where the orders are on it: it may have been split by printers.
    """
    c, o = t.print_jobs.c, t.orders.c
    placed = {row[0]: (row[1], row[2]) for row in tx.connection.execute(
        select(o.id, o.batch, o.sequence).where(o.id.in_(orders), o.batch.is_not(None))
    )}  # fmt: skip
    batches = {batch for batch, _ in placed.values()}
    query = select(c.paper, c.at, c.version, c.copy_reason, c.state, c.order_id, c.batch, c.subject).where(
        or_(c.order_id.in_(orders), c.order_id.is_(None) & c.batch.in_(batches) & (c.paper == "slips"))
    )
    found = []
    for paper, at, version, reason, state, order, batch, subject in tx.connection.execute(query.order_by(c.at, c.id)):
        if order is not None or _on(_json(subject, {}), batch, placed):
            found.append(ProofPaper(paper, at, version, reason, state))
    return found


def _on(subject: Any, batch: int | None, placed: Mapping[int, tuple[int | None, int | None]]) -> bool:
    """Whether one of the orders is on a batch's job, as far as the job says."""
    if not isinstance(subject, dict):
        return True
    for order, (within, sequence) in placed.items():
        on = order in subject.get("orders", (order,)) and sequence in subject.get("on", (sequence,))
        if within == batch and on:
            return True
    return False


def photos_of(tx: Transaction, orders: Sequence[int]) -> list[ProofPhoto]:
    """Return the photos of the orders' boxes, oldest first."""
    c = t.photos.c
    query = select(c.at, c.box, c.file, c.sha256, c.gone_at).where(c.order_id.in_(orders)).order_by(c.id)
    return [ProofPhoto(*row) for row in tx.connection.execute(query)]


def made_with(tx: Transaction, file_hash: str) -> Made | None:
    """Return the newest act by which the proof with this SHA-256 was made; None where none was."""
    j = t.journal
    query = select(j).where(j.c.kind == "proof", j.c.facts.contains(file_hash, autoescape=True)).order_by(j.c.id.desc())
    for row in tx.connection.execute(query).mappings():
        facts = _json(row["facts"], {})
        if isinstance(facts, dict) and facts.get("file") == file_hash:
            sound = row["hash"] == chain_hash(dict(row))
            return Made(
                row["order_id"], row["at"], row["station"], row["seq"], facts.get("content", ""), file_hash, sound
            )
    return None
