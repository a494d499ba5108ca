"""The chains of the journal, row by row: what was changed, is missing, was moved or put in; and against the anchors.

A row carries the hash over all of its columns, its place (station and number) and the hash of the row before it among
them. So a row whose hash fits another place was moved there, one that fits none was changed, and one that fits its
place without fitting the row before stands behind a row that was made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import func, select

from app.domain.anchors import Anchored
from app.storage import tables as t
from app.storage.anchors import database_id
from app.storage.database import Transaction
from app.storage.faults import Fault
from app.storage.stations import chain_hash

__all__ = ["faults"]

_TRIES = 100_000
"""Places at which rows are tried in all, to tell a moved one from a changed one: about two seconds. What is left when
they are used up counts as changed."""
_LOOK = 1_000
"""What looking through the whole journal for a hash counts as."""


@dataclass(slots=True)
class _Seen:
    """How far the chain of one station was followed."""

    seq: int = 0
    hash: str = ""
    before: str = ""
    """Hash of the row before the last one."""
    at: int = 0
    wrong: bool = False
    """Whether something was wrong with its last row: the row after it cannot fit then."""
    rewritten: bool = False
    """Whether an anchor was already found to say otherwise."""
    anchored: int = 0
    """Last number for which the anchors agree."""


@dataclass(slots=True)
class _Work:
    tx: Transaction
    anchored: Anchored
    lengths: dict[str, int]
    """Journal rows of each station."""
    tries: int = _TRIES
    ends_fit: bool = True
    """Whether every station ends where it says that it does."""
    seen: dict[str, _Seen] = field(default_factory=dict)


def faults(tx: Transaction, anchored: Anchored) -> Iterator[Fault]:
    """Yield what is wrong with the chains, station by station, each from its first row on; then what anchors say."""
    counted = select(t.journal.c.station, func.count()).group_by(t.journal.c.station)
    last = anchored.last
    if last is not None and last.database != (name := database_id(tx)):
        yield Fault("verify.anchor_foreign", {"found": last.database, "database": name or "–"})
        anchored = Anchored()
    work = _Work(tx, anchored, {row[0]: int(row[1]) for row in tx.connection.execute(counted)})
    query = select(t.journal).order_by(t.journal.c.station, t.journal.c.seq)
    # The caller may stop at the first fault: the server's cursor is closed with this generator.
    with tx.connection.execution_options(yield_per=1000).execute(query) as rows:
        for row in rows.mappings():
            yield from _row(work, dict(row))
    yield from _ends(work)
    yield from _against_anchors(work)


# --- one row after the other --------------------------------------------------------------------------------------


def _row(work: _Work, row: dict[str, Any]) -> Iterator[Fault]:
    here = work.seen.setdefault(row["station"], _Seen())
    found = _link(work, row, here)
    if found is not None:
        yield found
    here.wrong = found is not None
    here.before, here.hash = here.hash, str(row["hash"])
    here.seq = row["seq"] if isinstance(row["seq"], int) else here.seq + 1
    here.at = row["at"] if isinstance(row["at"], int) else here.at
    anchor = work.anchored.seqs.get(row["station"], {}).get(here.seq)
    if anchor is None or here.rewritten:
        return
    if anchor.heads[row["station"]][1] == here.hash:
        here.anchored = here.seq
        return
    here.rewritten = True
    yield Fault(
        "verify.anchor_rewritten",
        {"station": row["station"], "seq": here.anchored + 1, "last": here.seq, "at": anchor.at},
    )


def _link(work: _Work, row: dict[str, Any], before: _Seen) -> Fault | None:
    """Return what is wrong with a row as the next link of its chain; None where it fits."""
    args = {"station": row["station"], "seq": before.seq + 1, "act": row["act"]}
    if not _sound(row):
        return _not_sound(work, row, before, args)
    if row["seq"] != before.seq + 1:
        return Fault("verify.chain_missing", args | {"last": row["seq"] - 1})
    if (
        row["prev"] != before.hash and not before.wrong
    ):  # the one before was made anew with its hash, this one still knows the old hash
        return Fault("verify.chain_changed", args | {"seq": max(1, before.seq)})
    return None


def _not_sound(work: _Work, row: dict[str, Any], before: _Seen, args: dict[str, object]) -> Fault:
    """Say why a row's hash is not that of its columns: it stood elsewhere, or one of them was changed."""
    if work.tries < _LOOK:
        return Fault("verify.chain_changed", args)
    work.tries -= _LOOK
    if _copied(work.tx, row):
        return Fault("verify.chain_inserted", args)
    place = _place_of(work, row)
    if place is None:
        return Fault("verify.chain_changed", args)
    station, seq = place
    if station != row["station"]:
        return Fault("verify.chain_swapped", args | {"from": station, "old": seq})
    if before.seq and row["prev"] == before.before:
        return Fault("verify.chain_inserted", args | {"seq": before.seq})
    if row["prev"] and not _known(work.tx, row["prev"]):
        return Fault("verify.chain_missing", args | {"last": args["seq"]})
    return Fault("verify.chain_moved", args | {"from": station, "old": seq})


def _sound(row: dict[str, Any]) -> bool:
    """Whether a row's hash is that of its columns; damage may have made it unreadable."""
    try:
        return bool(row["hash"] == chain_hash(row)) and isinstance(row["seq"], int)
    except (TypeError, ValueError):
        return False


def _place_of(work: _Work, row: dict[str, Any]) -> tuple[str, int] | None:
    """Return station and number for which a row's hash is right, the nearest first; None where there is none."""
    tried = dict(row)
    own = row["station"]
    seq = row["seq"] if isinstance(row["seq"], int) else 1
    for station in sorted(work.lengths, key=lambda name: (name != own, name)):
        tried["station"] = station
        for number in _nearest(seq, work.lengths[station] + 1):
            if work.tries == 0:
                return None
            work.tries -= 1
            tried["seq"] = number
            if _sound(tried):
                return station, number
    return None


def _nearest(middle: int, last: int) -> Iterator[int]:
    """Yield 1 to *last*, those near *middle* first."""
    middle = min(max(1, middle), last)
    below, above = iter(range(middle, 0, -1)), iter(range(middle + 1, last + 1))
    while True:
        pair = [number for number in (next(below, None), next(above, None)) if number is not None]
        if not pair:
            return
        yield from chain(pair)


def _copied(tx: Transaction, row: dict[str, Any]) -> bool:
    """Whether another row has the same hash, which belongs to one row only."""
    c = t.journal.c
    return tx.connection.execute(select(c.id).where(c.hash == row["hash"], c.id != row["id"])).first() is not None


def _known(tx: Transaction, hash_: str) -> bool:
    """Whether any row has this hash."""
    query = select(t.journal.c.id).where(t.journal.c.hash == hash_).limit(1)
    return tx.connection.execute(query).first() is not None


# --- where the chains end -----------------------------------------------------------------------------------------


def _ends(work: _Work) -> Iterator[Fault]:
    """A station knows number and hash of its last row."""
    ends = select(t.stations.c.name, t.stations.c.seq, t.stations.c.head)
    heads = {row[0]: (int(row[1]), row[2]) for row in work.tx.connection.execute(ends)}
    for station in sorted(heads.keys() | work.seen.keys()):
        here = work.seen.get(station, _Seen())
        seq, head = heads.get(station, (0, ""))  # without its station a chain has no end to be held against
        if (here.seq, here.hash) == (seq, head):
            continue
        work.ends_fit = False
        if here.seq < seq:
            yield Fault("verify.chain_cut", {"station": station, "seq": here.seq + 1, "last": seq})
        else:
            yield Fault("verify.chain_end", {"station": station, "seq": here.seq})


def _against_anchors(work: _Work) -> Iterator[Fault]:
    """What an anchor saw at the end of a chain must still be there."""
    if work.anchored.broken:
        yield Fault("verify.anchor_broken", {"line": work.anchored.broken})
    cut: dict[str, Fault] = {}
    for station, seqs in sorted(work.anchored.seqs.items()):
        here = work.seen.get(station, _Seen())
        furthest = max(seqs)
        if here.seq < furthest:
            args: dict[str, object] = {"station": station, "seq": here.seq + 1, "last": furthest}
            cut[station] = Fault("verify.anchor_cut", args | {"at": seqs[furthest].at})
    if cut and work.ends_fit and _is_old_copy(work):
        newest = max((here.at for here in work.seen.values()), default=0)
        yield Fault("verify.old_copy", {"at": newest})
    yield from cut.values()


def _is_old_copy(work: _Work) -> bool:
    """Whether the database is as it may have been at one moment: every station ends before one and the same anchor."""

    def ends_before(heads: dict[str, tuple[int, str]]) -> bool:
        return all(here.seq <= heads.get(station, (0, ""))[0] for station, here in work.seen.items())

    def ends_after(heads: dict[str, tuple[int, str]]) -> bool:
        return all(work.seen.get(station, _Seen()).seq >= seq for station, (seq, _) in heads.items())

    anchors = work.anchored.anchors
    after = next((at for at, each in enumerate(anchors) if ends_before(dict(each.heads))), None)
    if after is None:
        return False
    return after == 0 or ends_after(dict(anchors[after - 1].heads))
