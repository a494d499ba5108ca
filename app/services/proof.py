"""The proof of a parcel 検品証明: gathered, drawn, and written into the journal as an act of its own.

The paper says the SHA-256 of its content; the act keeps that and the SHA-256 of the file. So a file can be held against
the chain later (:func:`check`): one that was changed by a single byte is not known there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.documents import render
from app.domain.papers import Rendered
from app.domain.people import Right
from app.domain.proof import (
    Proof,
    ProofBox,
    ProofOverride,
    ProofPaper,
    ProofRow,
    ProofScan,
    ProofSheet,
    chains,
    code_of,
    digest,
    masked,
)
from app.domain.replay import Moment
from app.errors import NotAllowed, NotFound
from app.services import acts, carriers, replay
from app.services.desk import Desk, new_act
from app.services.overrides import reason_said
from app.services.replay import Replay
from app.services.settings import all_settings
from app.storage import proof as storage
from app.storage.database import Transaction
from app.storage.orders import OrderFull
from app.storage.proof import Made
from app.text import Texts

__all__ = ["Checked", "Drawn", "check", "gather", "make", "plain"]

_PAPER = "proof_sheet"
_KIND, _KEY = "proof", "proof.made"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished proof."""

    proof: Proof
    content: str
    """SHA-256 of what it says."""
    file: str
    """SHA-256 of the PDF."""
    paper: Rendered


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file that is said to be a proof is."""

    file: str
    """Its SHA-256."""
    made: Made | None
    """The act by which it was made; None where none is known: it is not ours, or was changed."""
    number: str = ""
    """The shop's number of its order."""
    current: bool = False
    """Whether the records still say what the paper says."""

    @property
    def good(self) -> bool:
        """Whether the file is one of ours, unchanged, and the journal row that says so as well."""
        return self.made is not None and self.made.sound


# --- the content --------------------------------------------------------------------------------------------------


def gather(tx: Transaction, order: int, *, full: bool = False) -> Proof:
    """Return everything that is proven of the parcel of an order.

    :param full: with the receiver's whole name.
    :raises NotFound: there is no such order.
    :raises NotAllowed: it is not packed yet: there is nothing to prove.
    """
    return _gather(tx, *replay.lead_of(tx, order), replay.of_order(tx, order), full=full)


def _gather(tx: Transaction, head: OrderFull, members: Sequence[int], told: Replay, *, full: bool) -> Proof:
    parcel = storage.parcel_of(tx, members[0])
    if parcel is None:
        raise NotAllowed("proof.not_packed", number=head.row.number)
    ship_to = head.content.get("ship_to") or {}
    name = str(ship_to.get("name", ""))
    scans = tuple(_scan(told, moment) for moment in told.moments)
    at_bench = [scan.person for scan in scans if scan.place == "bench" and scan.person]
    return Proof(
        order=head.row.number,
        ship_number=told.ship_number,
        version=parcel.version,
        shop=head.row.shop,
        state=head.row.state,
        receiver=name if full else masked(name),
        town=f"{ship_to.get('prefecture', '')}{ship_to.get('city', '')}",
        parcel=parcel.id,
        station=parcel.station,
        opened_at=parcel.opened_at,
        closed_at=parcel.closed_at,
        packers=tuple(dict.fromkeys(at_bench)),
        orders=tuple(storage.numbers_of(tx, members)),
        lines=tuple(storage.lines_of(tx, members)),
        extras=tuple(storage.extras_of(tx, members)),
        boxes=tuple(storage.boxes_of(tx, parcel.id)),
        waybills=tuple(storage.waybills_of(tx, parcel.id)),
        unlabelled=parcel.unlabelled,
        scans=scans,
        overrides=tuple(storage.overrides_of(tx, members)),
        papers=tuple(storage.papers_of(tx, members)),
        photos=told.photos,
        handover=storage.handover_of(tx, parcel.handover),
        chains=chains(scans),
    )


def _scan(told: Replay, moment: Moment) -> ProofScan:
    entry = moment.entry
    return ProofScan(
        at=entry.at,
        place=str(moment.place),
        station=entry.station,
        seq=entry.seq,
        hash=entry.hash,
        person=entry.person,
        kind=entry.kind,
        raw=entry.raw,
        level=entry.level,
        key=entry.key,
        goods=tuple(
            (each.sku, each.name, each.name_en, each.quantity, each.box)
            for each in told.goods.get(entry.act, ())
            if each.kind in ("pack", "insert")
        ),
        undone=moment.undone,
    )


def plain(proof: Proof) -> dict[str, Any]:
    """Return the content as plain values, with its hash."""
    return asdict(proof) | {"sha256": digest(proof)}


# --- making it ----------------------------------------------------------------------------------------------------


def make(
    desk: Desk, order: int, words: Texts, photos: Path, *, full: bool = False, act: str = "", station: str = ""
) -> Drawn:
    """Draw the proof of an order's parcel and write into the journal that it was made.

    :param photos: folder in which this station's photos lie.
    :param full: with the receiver's whole name; not everybody may have that.
    :raises NotFound: there is no such order.
    :raises NotAllowed: it is not packed yet, or the person may not see names.
    """
    proof, sheet = desk.read(_sheet, order, words, photos, full=full).result()
    paper = render(_PAPER, sheet, words)
    made = Drawn(proof, sheet.digest, hashlib.sha256(paper.pdf).hexdigest(), paper)
    desk.do(frozenset(), _record, station or desk.station, act or new_act(), order, made, full=full).result()
    return made


def _record(tx: Transaction, station: str, act: str, order: int, made: Drawn, *, full: bool) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    if full:
        acts.require(state, Right.EXPORT)
    facts = {"parcel": made.proof.parcel, "content": made.content, "file": made.file, "full": full}
    acts.end(tx, state, act, _KIND, facts | {"pages": made.paper.pages}, order=order, result=made.file, key=_KEY)


def check(tx: Transaction, data: bytes) -> Checked:
    """Say whether a file is a proof that was made here and is unchanged."""
    hash_ = hashlib.sha256(data).hexdigest()
    made = storage.made_with(tx, hash_)
    if made is None:
        return Checked(hash_, None)
    try:
        full, _ = replay.lead_of(tx, made.order)
        same = made.content in (digest(gather(tx, made.order)), digest(gather(tx, made.order, full=True)))
    except (NotFound, NotAllowed):  # it was taken apart, or deleted, since
        return Checked(hash_, made)
    return Checked(hash_, made, full.row.number, same)


# --- what is drawn ------------------------------------------------------------------------------------------------


def _sheet(tx: Transaction, order: int, words: Texts, photos: Path, *, full: bool) -> tuple[Proof, ProofSheet]:
    told = replay.of_order(tx, order)
    proof = _gather(tx, *replay.lead_of(tx, order), told, full=full)
    zone = all_settings(tx)["shop.timezone"]
    writer = _Writer(words, ZoneInfo(zone), len(proof.boxes) > 1)
    sheet = ProofSheet(
        proof=proof,
        digest=digest(proof),
        code=code_of(proof),
        zone=zone,
        rows=tuple(writer.row(told, moment) for moment in told.moments),
        facts=tuple(writer.facts(proof)),
        boxes=tuple(writer.box(proof, box) for box in proof.boxes),
        notes=tuple(writer.notes(proof)),
        pictures=tuple(writer.pictures(proof, photos)),
    )
    return proof, sheet


class _Writer:
    """Says what a proof holds in the reader's language."""

    def __init__(self, words: Texts, zone: ZoneInfo, several: bool) -> None:
        self._words, self._zone, self._several = words, zone, several
        self._say = words.say
        self._english = words.locale == "en"
        self._carriers = carriers.short_names(words.language)

    def when(self, moment: int) -> str:
        """Day and time in the shop's time zone."""
        return f"{datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone):%Y-%m-%d %H:%M:%S}"

    def _clock(self, moment: int) -> str:
        return self.when(moment)[11:]

    def row(self, told: Replay, moment: Moment) -> ProofRow:
        """One act: what it put in, else what was said."""
        entry = moment.entry
        put = replay.carried(told, moment, self._english)
        text = self._put(put) if put and entry.level == "ok" else replay.told(self._words, moment)
        station = self._say("proof.station", station=entry.station)
        where = "　".join(part for part in (self._say(f"replay.place.{moment.place}"), station, entry.person) if part)
        return ProofRow(entry.at, entry.level, text, entry.raw, moment.undone, where)

    def _put(self, put: Sequence[tuple[str, str, int, int]]) -> str:
        parts = []
        for _, name, pieces, box in put:
            text = self._say("proof.put", name=name, pieces=pieces)
            parts.append(text + (self._say("proof.in_box", box=box) if self._several else ""))
        return self._say("list.comma").join(parts)

    def facts(self, proof: Proof) -> list[tuple[str, str]]:
        """What stands at the top."""
        say = self._say
        named = self._say("proof.nobody") if not proof.packers else self._say("list.comma").join(proof.packers)
        closed = self.when(proof.closed_at) if proof.closed_at else ""
        found = [
            ("proof.shop", proof.shop),
            ("proof.order", say("list.comma").join(proof.orders)),
            ("proof.receiver", f"{proof.receiver}　{proof.town}".strip()),
            ("proof.state", say(f"state.{proof.state}")),
            ("proof.packed", f"{self.when(proof.opened_at)} – {closed[11:] if closed else ''}"),
            ("proof.packers", f"{named}　{say('proof.station', station=proof.station)}"),
        ]
        if proof.handover is not None:
            over = proof.handover
            carrier = self._carriers.get(over.carrier, over.carrier)
            text = say("proof.handed_over", carrier=carrier, at=self.when(over.at), number=over.number)
            found.append(("proof.handover", text))
        return [(say(key), value) for key, value in found]

    def box(self, proof: Proof, box: ProofBox) -> tuple[str, ...]:
        """One box: number, carton, what it weighed, what it was to weigh, waybills, pieces."""
        say = self._say
        weight = say("proof.grams", grams=f"{box.weight_g:,}") if box.weight_g is not None else say("proof.not_weighed")
        if box.why:
            weight = say("proof.with", text=weight, more=self._why(box.why))
        expected = ""
        if box.expected_g is not None:
            grams, tolerance = f"{box.expected_g:,}", f"{box.tolerance_g or 0:,}"
            expected = say("proof.expected", grams=grams, tolerance=tolerance)
        numbers = [
            f"{self._carriers.get(each.carrier, each.carrier)} {each.number}".strip()
            for each in proof.waybills
            if each.piece == box.piece or len(proof.boxes) == 1
        ]
        waybill = say("list.comma").join(numbers) or "–"
        return (str(box.piece), box.carton_name or box.carton or "–", weight, expected or "–", waybill, str(box.pieces))

    def _why(self, why: str) -> str:
        own = f"proof.why.{why}"
        return self._say(own) if self._words.has(own) else reason_said(why, self._say, self._words.has)

    def notes(self, proof: Proof) -> list[tuple[str, str, bool]]:
        """What went otherwise than by a scan, what went in beside the goods, and which papers came out."""
        say = self._say
        found: list[tuple[str, str, bool]] = []
        for line in proof.lines:
            if line.short:
                name = line.name_en if self._english and line.name_en else line.name
                found.append((say("proof.short"), say("proof.short_of", name=name, pieces=line.short), True))
        if proof.unlabelled:
            found.append((say("proof.unlabelled"), self._why(proof.unlabelled), True))
        found += [(say("proof.override"), self._override(each), True) for each in proof.overrides]
        inserts = [self._insert(each.name, each.done, each.wanted, each.scanned) for each in proof.extras]
        if inserts:
            found.append((say("proof.inserts"), say("list.comma").join(inserts), False))
        if proof.papers:
            found.append((say("proof.papers"), say("list.comma").join(self._papers(proof.papers)), False))
        return found

    def _override(self, given: ProofOverride) -> str:
        what = f"overrides.what.{given.what}"
        text = self._say(
            "proof.override_of",
            at=self._clock(given.at),
            what=self._say(what) if self._words.has(what) else given.what,
            leader=given.leader or given.person or self._say("proof.nobody"),
            reason=reason_said(given.reason, self._say, self._words.has) or "–",
        )
        return " ".join(part for part in (text, given.sku, given.detail) if part)

    def _insert(self, name: str, done: int, wanted: int, scanned: bool) -> str:
        return self._say("proof.insert" if scanned else "proof.insert_shown", name=name, done=done, wanted=wanted)

    def _papers(self, papers: Sequence[ProofPaper]) -> list[str]:
        def named(paper: ProofPaper) -> str:
            key = f"proof.paper.{paper.paper}"
            text = self._say(key) if self._words.has(key) else paper.paper
            return self._say("proof.copy", paper=text) if paper.copy_reason else text

        return [f"{name} ×{times}" if times > 1 else name for name, times in Counter(map(named, papers)).items()]

    def pictures(self, proof: Proof, folder: Path) -> list[tuple[str, str]]:
        """Path and caption of each photo; no path for one that is gone, elsewhere, or not as it was taken."""
        found = []
        for photo in proof.photos:
            caption = self._say("proof.photo", box=photo.box, at=self._clock(photo.at))
            path = folder / photo.file
            if photo.gone_at is not None:
                found.append(("", f"{caption}　{self._say('proof.photo_gone')}"))
            elif not path.is_file():
                found.append(("", f"{caption}　{self._say('proof.photo_elsewhere')}"))
            elif hashlib.sha256(path.read_bytes()).hexdigest() != photo.sha256:
                found.append(("", f"{caption}　{self._say('proof.photo_changed')}"))
            else:
                found.append((str(path), caption))
        return found
