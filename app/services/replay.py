"""Playing a parcel again 再生: every act on an order as the journal has it, and in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.orders import ShipNumber
from app.domain.proof import ProofPhoto
from app.domain.replay import Moment, moments
from app.errors import NotFound
from app.services.answers import sentence
from app.storage import orders as orders_storage
from app.storage import proof as storage
from app.storage.database import Transaction
from app.storage.orders import OrderFull
from app.text import Texts

__all__ = ["Replay", "carried", "lead_of", "of_order", "pause_said", "plain", "told"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What happened to the orders of one parcel."""

    order: int
    """The order whose parcel it is."""
    number: str
    ship_number: str
    shop: str
    moments: tuple[Moment, ...]
    goods: dict[str, tuple[storage.Goods, ...]]
    """By act what it put in or said to be short."""
    photos: tuple[ProofPhoto, ...]

    @property
    def refusals(self) -> int:
        """How often the station refused something."""
        return sum(each.refused for each in self.moments)


def lead_of(tx: Transaction, order: int) -> tuple[OrderFull, list[int]]:
    """Return the order whose parcel *order* is in, and all orders that share it.

    :raises NotFound: there is no such order.
    """
    members = storage.members_of(tx, order)
    full = orders_storage.load(tx, members[0]) if members else None
    if full is None:
        raise NotFound("order.not_found", name=str(order))
    return full, members


def of_order(tx: Transaction, order: int) -> Replay:
    """Return every act on an order and on those that share its parcel, oldest first.

    :raises NotFound: there is no such order.
    """
    full, members = lead_of(tx, order)
    told_ = moments(storage.journal_of(tx, members), storage.undone_acts(tx, members))
    goods: dict[str, list[storage.Goods]] = {}
    for each in storage.steps_of(tx, members):
        goods.setdefault(each.act, []).append(each)
    ship = str(ShipNumber(full.batch, full.sequence)) if full.batch is not None and full.sequence is not None else ""
    return Replay(
        members[0],
        full.row.number,
        ship,
        full.row.shop,
        told_,
        {act: tuple(put) for act, put in goods.items()},
        tuple(storage.photos_of(tx, members)),
    )


def told(words: Texts, moment: Moment) -> str:
    """Return what was said at a moment; of an act of the office what it was."""
    entry = moment.entry
    if entry.key and words.has(entry.key):
        return sentence(words, entry.key, moment.args)
    kind = f"replay.act.{entry.kind}"
    return words.say(kind) if words.has(kind) else words.say("replay.other", kind=entry.key or entry.kind)


def carried(replay: Replay, moment: Moment, english: bool) -> list[tuple[str, str, int, int]]:
    """Return what an act put into a box: SKU, name in the reader's language, pieces, box; nothing for other acts."""
    return [
        (each.sku, each.name_en if english and each.name_en else each.name, each.quantity, each.box)
        for each in replay.goods.get(moment.entry.act, ())
        if each.kind in ("pack", "insert")
    ]


def pause_said(words: Texts, pause_ms: int | None) -> str:
    """Return how long after the one before a moment came, for a line of text; empty for the first."""
    if pause_ms is None:
        return ""
    seconds = pause_ms / 1000
    if seconds < 60:
        return words.say("replay.seconds", seconds=f"{seconds:.1f}")
    if seconds < 3600:
        return words.say("replay.minutes", minutes=f"{seconds / 60:.0f}")
    return words.say("replay.hours", hours=f"{seconds / 3600:.0f}")


def plain(words: Texts, moment: Moment) -> dict[str, object]:
    """Return a moment as plain values, with its sentence in the language of *words*."""
    entry = moment.entry
    return {
        "at": entry.at,
        "pause_ms": moment.pause_ms,
        "place": str(moment.place),
        "station": entry.station,
        "seq": entry.seq,
        "act": entry.act,
        "person": entry.person or None,
        "kind": entry.kind,
        "raw": entry.raw,
        "level": entry.level,
        "key": entry.key,
        "text": told(words, moment),
        "ask": dict(moment.ask),
        "done": moment.done,
        "wanted": moment.wanted,
        "undone": moment.undone,
    }
