"""What carries goods: totes かご, carts カート, slots of the sorting wall; known by their labels, used by pick jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.orders import ShipNumber
from app.storage.database import Transaction
from app.storage.tables import containers, jobs, orders, people

__all__ = ["ContainerRow", "NewContainer", "add", "find", "free", "page"]

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class NewContainer:
    """A container that has a label now."""

    kind: str
    """``tote``, ``cart`` or ``slot``."""
    code: str
    within: str = ""
    """The wall of a slot."""
    position: int = 0
    """The place of a slot in its wall, from 1."""


@dataclass(frozen=True, slots=True)
class ContainerRow:
    """One container, and who has it."""

    kind: str
    code: str
    within: str
    position: int
    """Of a slot its place in the wall, of a tote in use its place on the cart."""
    job: str
    """Number of the pick job that uses it, such as ``12-3``; empty for none."""
    job_state: str
    station: str
    """Station that works that job now; empty for none."""
    person: str
    """Who took that job; empty for nobody."""
    order: int | None
    """Order whose goods are in it."""
    ship_number: str
    order_state: str
    since: int | None
    """When it was taken, milliseconds since 1970 UTC."""

    @property
    def used(self) -> bool:
        """Whether it carries something, or a job counts on it."""
        return bool(self.job) or self.order is not None


def add(tx: Transaction, given: Sequence[NewContainer]) -> int:
    """Make containers known and return how many were not; a slot that is known gets its place in the wall anew."""
    kind = postgresql if tx.dialect == "postgresql" else sqlite
    known = set()
    wanted = list({(each.kind, each.code): each for each in given}.values())
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        query = select(containers.c.kind, containers.c.code).where(
            containers.c.kind.in_({each.kind for each in chunk}), containers.c.code.in_([each.code for each in chunk])
        )
        known |= {(row[0], row[1]) for row in tx.connection.execute(query)}
        made = kind.insert(containers).values(
            [{"kind": each.kind, "code": each.code, "within": each.within, "position": each.position} for each in chunk]
        )
        moved = {"within": made.excluded.within, "position": made.excluded.position}
        tx.connection.execute(
            made.on_conflict_do_update(
                index_elements=["kind", "code"],
                set_={
                    name: case((containers.c.kind == "slot", new), else_=containers.c[name])
                    for name, new in moved.items()
                },
            )
        )
    return len({(each.kind, each.code) for each in wanted} - known)


def _rows() -> Select[*tuple[Any, ...]]:
    return select(
        containers.c.kind,
        containers.c.code,
        containers.c.within,
        containers.c.position,
        jobs.c.batch,
        jobs.c.sequence,
        func.coalesce(jobs.c.state, ""),
        func.coalesce(jobs.c.holder, ""),
        func.coalesce(people.c.name, ""),
        containers.c.order_id,
        orders.c.batch,
        orders.c.sequence,
        func.coalesce(orders.c.state, ""),
        containers.c.taken_at,
    ).select_from(
        containers.outerjoin(jobs, jobs.c.id == containers.c.job_id)
        .outerjoin(people, people.c.id == jobs.c.person_id)
        .outerjoin(orders, orders.c.id == containers.c.order_id)
    )


def _made(row: Sequence[Any]) -> ContainerRow:
    kind, code, within, position, batch, sequence, state, station, person, order, ship, place, order_state, since = row
    return ContainerRow(
        kind=kind,
        code=code,
        within=within,
        position=position,
        job=f"{batch}-{sequence}" if batch is not None else "",
        job_state=state,
        station=station,
        person=person,
        order=order,
        ship_number=str(ShipNumber(ship, place)) if ship is not None else "",
        order_state=order_state,
        since=since,
    )


def page(tx: Transaction, *, kind: str = "", used: bool | None = None, limit: int | None = None) -> list[ContainerRow]:
    """Return containers: carts, slots wall by wall, totes; each by code, slots by their place."""
    query = _rows().order_by(
        containers.c.kind,
        containers.c.within,
        case((containers.c.kind == "slot", containers.c.position), else_=0),
        func.length(containers.c.code),
        containers.c.code,
    )
    if kind:
        query = query.where(containers.c.kind == kind)
    in_use = or_(containers.c.job_id.is_not(None), containers.c.order_id.is_not(None))
    if used is not None:
        query = query.where(in_use if used else ~in_use)
    if limit is not None:
        query = query.limit(limit)
    return [_made(row) for row in tx.connection.execute(query)]


def find(tx: Transaction, code: str, kind: str = "") -> list[ContainerRow]:
    """Return the containers with this code: several only where kinds share it."""
    query = _rows().where(containers.c.code == code).order_by(containers.c.kind)
    if kind:
        query = query.where(containers.c.kind == kind)
    return [_made(row) for row in tx.connection.execute(query)]


def free(tx: Transaction, kind: str, code: str) -> None:
    """Let a container go: no job counts on it, no order's goods are in it."""
    tx.connection.execute(
        update(containers)
        .where(containers.c.kind == kind, containers.c.code == code)
        .values(
            job_id=None,
            order_id=None,
            taken_at=None,
            position=case((containers.c.kind == "slot", containers.c.position), else_=literal_column("0")),
        )
    )
