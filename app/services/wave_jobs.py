"""Writing the jobs of a wave: chains of them in one transaction each, without the orders that changed meanwhile."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.modes import FAR, JobPlan, Mode, PickOrder, Stage
from app.domain.people import Right
from app.domain.routing import Wishes
from app.domain.waves import SCANS, SHELF_SCANS, positions, seconds_of, stop_of, strictest
from app.services import acts
from app.services.settings import all_settings
from app.services.wave_plan import Ground
from app.storage import printing
from app.storage import waves as storage
from app.storage.database import Transaction
from app.storage.printing import NewJob
from app.storage.waves import NewPick, NewPickJob

__all__ = ["Chain", "Known", "Written", "chains_of", "cut", "joined", "write"]

Chain = Sequence[JobPlan]
"""A job and those that wait for it; ``after`` counts within the chain."""
_LITRE, _KG = 1_000_000, 1000


def chains_of(jobs: Sequence[JobPlan]) -> list[Chain]:
    """Return jobs with those that wait for them."""
    chain_of: dict[int, int] = {}
    place_of: dict[int, int] = {}
    chains: list[list[JobPlan]] = []
    for at, job in enumerate(jobs):
        if job.after is None:
            chain_of[at] = len(chains)
            chains.append([])
        else:
            chain_of[at] = chain_of[job.after]
        chain = chains[chain_of[at]]
        place_of[at] = len(chain)
        chain.append(job if job.after is None else replace(job, after=place_of[job.after]))
    return list(chains)


def cut(rest: Sequence[Chain], size: int) -> tuple[Sequence[Chain], Sequence[Chain]]:
    """Take the next chains, of at least *size* rows together; return them and the others."""
    rows = 0
    for at, chain in enumerate(rest):
        rows += sum(len(order.lines) for job in chain for order in job.orders)
        if rows >= size:
            return rest[: at + 1], rest[at + 1 :]
    return rest, []


def joined(chains: Sequence[Chain], first: int) -> list[JobPlan]:
    """Return chains as one list, in which ``after`` counts from its beginning.

    :param first: jobs that stand before it.
    """
    made: list[JobPlan] = []
    for chain in chains:
        start = first + len(made)
        made += [job if job.after is None else replace(job, after=start + job.after) for job in chain]
    return made


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan was made with."""

    versions: Mapping[int, int]
    shops: Mapping[int, int]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Written:
    """What one chunk did."""

    jobs: int
    orders: int
    bare: int
    took: float = 0.0


def write(
    tx: Transaction,
    station: str,
    act: str,
    batch: int,
    mode: Mode,
    chains: Sequence[Chain],
    known: Known,
    bare: Sequence[int],
) -> Written:
    """Write some jobs in one transaction, without the orders that changed since they were planned.

    :param bare: orders of which nothing is to be picked.
    """
    began = time.monotonic()
    state = acts.begin(tx, station, act)
    if state is None:
        return Written(*acts.result_of(tx, act))
    acts.require(state, Right.RELEASE)
    wave = storage.wave(tx, batch, lock=True)
    assert wave is not None
    asked = sorted({order.order for chain in chains for job in chain for order in job.orders} | set(bare))
    rows = storage.orders_of(tx, asked, lock=True)
    still = set(storage.to_plan(tx, batch, asked)) if wave.state != "taken_back" and wave.mode == mode.id else set()
    good = {row.id for row in rows if row.id in still and row.version == known.versions[row.id]}
    storage.without_goods(tx, [order for order in bare if order in good])
    sequence = storage.last_sequence(tx, batch)
    written: list[int] = []
    papers: list[NewJob] = []
    for chain in chains:
        ids: dict[int, int] = {}
        for place, job in enumerate(chain):
            kept = _kept(job, good)
            if kept is None:
                continue
            sequence += 1
            ids[place] = _write_job(tx, batch, sequence, mode, kept, ids, known)
            written.append(ids[place])
            if job.stage is Stage.PICK:
                papers += [NewJob(paper, batch=batch, version=sequence) for paper in mode.papers]
    printing.add_jobs(tx, act, station, papers)
    planned = {order.order for chain in chains for job in chain for order in job.orders} & good
    done = Written(len(written), len(planned), len(good.intersection(bare)))
    facts = {"batch": batch, "jobs": written, "orders": done.orders}
    acts.end(tx, state, act, "wave_jobs", facts, result=[done.jobs, done.orders, done.bare])
    return replace(done, took=(time.monotonic() - began) * 1000)


def _kept(job: JobPlan, good: set[int]) -> JobPlan | None:
    """A job without the orders that cannot be picked now; None where nothing is left to take."""
    orders = tuple(each if each.order in good else replace(each, lines=()) for each in job.orders)
    return replace(job, orders=orders) if any(each.lines for each in orders) else None


def _write_job(
    tx: Transaction, batch: int, sequence: int, mode: Mode, job: JobPlan, ids: Mapping[int, int], known: Known
) -> int:
    ground = known.ground
    rows = _sort_rows(job, known) if job.stage is Stage.SORT else _pick_rows(job, mode, ground.wishes, known)
    parted = job.stage is Stage.SORT or not mode.bulk
    after = None
    for place in range(job.after if job.after is not None else -1, -1, -1):
        if place in ids:
            after = ids[place]
            break
    lines = [line for order in job.orders for line in order.lines]
    body = {
        **job.walk.body,
        "seconds": round(seconds_of(job, ground.limits)),
        "litres": round(sum(line.quantity * line.volume_mm3 for line in lines) / _LITRE, 1),
        "kg": round(sum(line.quantity * line.weight_g for line in lines) / _KG, 2),
    }
    shops = {known.shops[order.order] for order in job.orders if order.lines}
    new = storage.add_job(
        tx,
        NewPickJob(
            batch=batch,
            sequence=sequence,
            mode=mode.id,
            stage=str(job.stage),
            zone=job.zone,
            after=after,
            due=min((order.due for order in job.orders if order.lines), default=FAR),
            slots=len(job.orders) if parted else 0,
            rules=json.dumps(_rules(tx, shops)),
            walk=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            lines=len(rows),
            pieces=sum(row.wanted for row in rows),
        ),
    )
    storage.add_picks(tx, new, rows)
    return new


def _rules(tx: Transaction, shops: set[int]) -> dict[str, str]:
    """The strictest of what the shops of a job decided."""
    found = [all_settings(tx, shop) for shop in sorted(shops)]
    return {
        "shelf": strictest((each["pick.shelf"] for each in found), SHELF_SCANS),
        "scan": strictest((each["pick.scan"] for each in found), SCANS),
    }


def _pick_rows(job: JobPlan, mode: Mode, wishes: Wishes, known: Known) -> list[NewPick]:
    places = positions(job, wishes)
    rows = [
        NewPick(
            order=order.order,
            line=line.line,
            product=line.product,
            position=places[stop_of(line, wishes), line.product],
            shelf=line.shelf,
            lot=line.lot,
            slot=0 if mode.bulk else slot,
            wanted=line.quantity,
            version=known.versions[order.order],
        )
        for slot, order in enumerate(job.orders, 1)
        for line in order.lines
    ]
    return sorted(rows, key=lambda row: (row.position, row.slot))


def _sort_rows(job: JobPlan, known: Known) -> list[NewPick]:
    """One row a line, whatever shelves its pieces come from; the goods in the order in which they were taken."""
    met: dict[int, int] = {}
    for order in job.orders:
        for line in order.lines:
            met.setdefault(line.product, len(met) + 1)
    wanted: dict[tuple[int, PickOrder, int, int], int] = {}
    for slot, order in enumerate(job.orders, 1):
        for line in order.lines:
            key = (slot, order, line.line, line.product)
            wanted[key] = wanted.get(key, 0) + line.quantity
    rows = [
        NewPick(
            order=order.order, line=line, product=product, position=met[product], shelf="", lot="", slot=slot,
            wanted=pieces, version=known.versions[order.order],
        )
        for (slot, order, line, product), pieces in wanted.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.position, row.slot))
