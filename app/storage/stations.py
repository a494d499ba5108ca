"""Stations 台 and their journal: where a station stands, and the hash-chained row that every act leaves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from sqlalchemy import String, bindparam, exists, insert, literal_column, select, update

from app.domain.people import Person, Role
from app.storage.database import Transaction
from app.storage.prepared import Prepared, db_now, joined
from app.storage.tables import journal, people, settings, stations

__all__ = ["Entry", "StationState", "Stored", "answer_of", "append", "chain_hash", "enter", "leave"]

_SEPARATOR, _END = "\x1f", "\x1e"

_settings_text = (
    select(joined(settings.c.key + literal_column("'\x1f'") + settings.c.value)).select_from(settings).scalar_subquery()
)
_ENTER = Prepared(
    select(
        stations.c.seq,
        stations.c.head,
        stations.c.order_id,
        stations.c.parcel_id,
        stations.c.question,
        stations.c.last_key,
        stations.c.last_level,
        stations.c.unknown,
        people.c.id,
        people.c.code,
        people.c.name,
        people.c.role,
        people.c.language,
        exists(select(people.alias("anybody").c.id)).label("anybody"),
        _settings_text.label("settings"),
        journal.c.raw,
        journal.c.answer,
        journal.c.station,
        db_now().label("now"),
        stations.c.off_by,
        stations.c.off_order,
        stations.c.last_code,
        stations.c.refused,
        stations.c.job_id,
        stations.c.picking,
        stations.c.scale,
        stations.c.return_id,
        stations.c.return_ask,
    )
    .select_from(
        stations.outerjoin(people, people.c.id == stations.c.person_id).outerjoin(
            journal, journal.c.act == bindparam("act_", "")
        )
    )
    .where(stations.c.name == bindparam("name", ""))
    .with_for_update(of=stations)
)
_MAKE = Prepared(
    insert(stations).values(
        name=bindparam("name"),
        seq=bindparam("zero"),
        head=bindparam("head"),
        question=bindparam("empty"),
        last_key=bindparam("empty"),
        last_level=bindparam("empty"),
        unknown=bindparam("empty"),
        last_code=bindparam("empty"),
        refused=bindparam("empty"),
        picking=bindparam("empty"),
        return_ask=bindparam("empty"),
        seen_at=bindparam("zero"),
    )
)
_LEAVE = Prepared(
    update(stations)
    .where(stations.c.name == bindparam("name_"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "seq",
                "head",
                "order_id",
                "parcel_id",
                "person_id",
                "question",
                "last_key",
                "last_level",
                "unknown",
                "seen_at",
                "off_by",
                "off_order",
                "last_code",
                "refused",
                "job_id",
                "picking",
                "return_id",
                "return_ask",
            )
        }
    )
)
_ANSWER = Prepared(select(journal.c.answer).where(journal.c.act == bindparam("act_", type_=String)))
_CHAINED = (
    "prev",
    "act",
    "station",
    "seq",
    "at",
    "person_id",
    "order_id",
    "kind",
    "raw",
    "key",
    "level",
    "answer",
    "facts",
)
"""Columns of a journal row that its hash is over, in the order of the hash."""
_APPEND = Prepared(insert(journal).values({name: bindparam(name) for name in (*_CHAINED, "hash")}))


@dataclass(frozen=True, slots=True)
class Stored:
    """What an act that was already done left."""

    raw: str
    answer: str
    station: str


@dataclass(slots=True)
class StationState:
    """One station inside a transaction, its row locked. Changed by the act and written back by :func:`leave`."""

    name: str
    seq: int
    """Number of its last journal row."""
    head: str
    """Hash of its last journal row."""
    order: int | None = None
    """Open order, or the one just closed."""
    parcel: int | None = None
    person: Person | None = None
    question: str = ""
    """Standing question as JSON; empty for none."""
    last_key: str = ""
    last_level: str = ""
    unknown: str = ""
    """GTIN-14, or number of a waybill, that the last act refused as unknown."""
    off_by: int = 0
    """How far the last wrong waybill was away in the printed stack."""
    off_order: int | None = None
    """Order that it was scanned for."""
    last_code: str = ""
    """What the last act scanned, where it was goods and was counted."""
    refused: str = ""
    """What the last act refused and somebody with the right may allow, as JSON; empty for nothing."""
    job: int | None = None
    """Pick job that is open here, or the one just finished."""
    picking: str = ""
    """The question that stands in it and the code counted last, as JSON; empty for neither."""
    scale: str = ""
    """``ok`` or ``fault`` where a scale is set up here."""
    return_id: int | None = None
    """Return that is open here."""
    return_ask: str = ""
    """The question that stands in it, as JSON; empty for none."""
    anybody: bool = False
    """Whether any person was entered."""
    settings: dict[str, str] = field(default_factory=dict)
    """What the shop decided, without defaults."""
    stored: Stored | None = None
    """Set when this act id was already done."""
    now: int = 0
    """The database's clock, milliseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act for the journal."""

    act: str
    kind: str
    """``scan``, ``import``, ``release`` …"""
    raw: str
    """Text as received, or what the command was given."""
    key: str
    level: str
    answer: str
    """The whole answer as JSON, returned again when the act is delivered twice."""
    facts: str
    """What became true, as JSON; ``[]`` for a refusal."""
    order: int | None = None


def enter(tx: Transaction, station: str, act: str) -> StationState:
    """Lock a station's row and read where it stands; a new station begins here."""
    row = tx.one(_ENTER, name=station, act_=act)
    if row is None:
        tx.run(_MAKE, name=station, zero=0, head="", empty="")
        row = tx.one(_ENTER, name=station, act_=act)
        assert row is not None
    state = StationState(
        station,
        seq=row[0],
        head=row[1],
        order=row[2],
        parcel=row[3],
        question=row[4],
        last_key=row[5],
        last_level=row[6],
        unknown=row[7],
        off_by=row[19],
        off_order=row[20],
        last_code=row[21],
        refused=row[22],
        job=row[23],
        picking=row[24],
        scale=row[25],
        return_id=row[26],
        return_ask=row[27],
    )
    if row[8] is not None:
        state.person = Person(row[8], row[9], row[10], Role(row[11]), row[12])
    state.anybody = bool(row[13])
    if row[14]:
        state.settings = dict(pair.split(_SEPARATOR, 1) for pair in row[14].split(_END))
    if row[15] is not None:
        state.stored = Stored(row[15], row[16], row[17])
    state.now = int(row[18])
    tx.set_now(state.now)
    return state


def answer_of(tx: Transaction, act: str) -> str:
    """Return the stored answer of an act that was done, as JSON."""
    row = tx.one(_ANSWER, act_=act)
    assert row is not None
    return str(row[0])


def append(tx: Transaction, state: StationState, entry: Entry) -> None:
    """Add the act's row to the station's chain."""
    seq = state.seq + 1
    person = state.person.id if state.person else None
    values = {
        "act": entry.act,
        "station": state.name,
        "seq": seq,
        "at": state.now,
        "person_id": person,
        "order_id": entry.order,
        "kind": entry.kind,
        "raw": entry.raw,
        "key": entry.key,
        "level": entry.level,
        "answer": entry.answer,
        "facts": entry.facts,
        "prev": state.head,
    }
    values["hash"] = chain_hash(values)
    tx.run(_APPEND, **values)
    state.seq, state.head = seq, str(values["hash"])
    state.last_key, state.last_level = entry.key, entry.level


def chain_hash(row: dict[str, object]) -> str:
    """Return the hash of one journal row: SHA-256 over every column and the hash before it."""
    parts = [row[name] for name in _CHAINED]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def leave(tx: Transaction, state: StationState) -> None:
    """Write the station's row back."""
    tx.run(
        _LEAVE,
        name_=state.name,
        seq=state.seq,
        head=state.head,
        order_id=state.order,
        parcel_id=state.parcel,
        person_id=state.person.id if state.person else None,
        question=state.question,
        last_key=state.last_key,
        last_level=state.last_level,
        unknown=state.unknown,
        seen_at=state.now,
        off_by=state.off_by,
        off_order=state.off_order,
        last_code=state.last_code,
        refused=state.refused,
        job_id=state.job,
        picking=state.picking,
        return_id=state.return_id,
        return_ask=state.return_ask,
    )
