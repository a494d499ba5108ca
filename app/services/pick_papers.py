"""What the papers of a pick job and the labels of places show, as values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.barcode import printable, read
from app.domain.jobs import Job, Pick
from app.domain.modes import FAR, Stage
from app.domain.own_codes import ListCode
from app.domain.pick_papers import JobList, ListOrder, ListPart, ListStop, MapStop, PlaceSheet, PlaceUse, WalkMap
from app.domain.place_labels import LabelKind, PlaceLabel, Zone, arrows, checked, zones_of
from app.domain.shelves import shelf_key
from app.domain.warehouse import Shelf
from app.errors import NotAllowed, NotFound
from app.services.containers import NewContainer
from app.services.picking import modes
from app.services.settings import all_settings
from app.storage import pick_papers as storage
from app.storage import picking, shelves
from app.storage.database import Transaction
from app.text import Texts

__all__ = ["container_labels", "job_list", "job_named", "place_sheet", "shelf_labels", "zones"]

_MM = 1000


def job_named(tx: Transaction, text: str) -> tuple[int, int]:
    """Return batch and sequence of the pick job that a person names: ``12-3``, with or without ``KL-``.

    :raises NotFound: there is no such job.
    """
    listed = read(text).kind(ListCode)
    batch, _, sequence = getattr(listed, "code", text).strip().partition("-")
    if batch.isdecimal() and sequence.isdecimal() and max(len(batch), len(sequence)) < 10:
        number = int(batch), int(sequence)
        if storage.named_by(tx, *number) is not None:
            return number
    raise NotFound("job.no_such", job=text)


def _load(tx: Transaction, batch: int, sequence: int) -> Job:
    found = storage.named_by(tx, batch, sequence)
    loaded = picking.load_job(tx, found, modes(), lock=False) if found is not None else None
    if loaded is None:
        raise NotFound("job.no_such", job=f"{batch}-{sequence}")
    return loaded.job


def job_list(tx: Transaction, batch: int, sequence: int, words: Texts, copy_reason: str = "") -> JobList:
    """Return the list of a pick job, without what stopped since it was planned.

    :param copy_reason: why it is printed again, in words.
    :raises NotFound: there is no such job.
    """
    job = _load(tx, batch, sequence)
    settings = all_settings(tx)
    zone = ZoneInfo(settings["shop.timezone"])
    wanted = [pick for pick in job.picks if not pick.stopped and pick.wanted > pick.short]
    house = shelves.all_shelves(tx)
    said = storage.words_of(tx, job.id)
    way = picking.walk_of(tx, job.id)
    metres = float(way.get("metres", 0))
    stops = _stops(wanted, said, _reached(house, way), words)
    return JobList(
        number=job.number,
        stops=stops,
        orders=_orders(wanted, said, words),
        mode=words.say(f"mode.{job.mode.id}"),
        zone=job.zone,
        pickup=datetime.fromtimestamp(job.due / 1000, UTC).astimezone(zone) if 0 < job.due < FAR else None,
        issued_on=_today(tx, zone),
        metres=metres,
        saved=max(0.0, float(way.get("s_shape") or 0) - metres),
        walk=_walk_map(house, way, stops),
        copy_reason=copy_reason,
    )


def _today(tx: Transaction, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(tx.now / 1000, UTC).astimezone(zone).date()


def _name(pick: Pick, said: Mapping[int, tuple[str, str]], words: Texts) -> str:
    english = said.get(pick.line, ("", ""))[1] if words.language == "en" else ""
    return english or pick.name or pick.sku


def _options(pick: Pick, said: Mapping[int, tuple[str, str]]) -> str:
    return said.get(pick.line, ("", ""))[0]


def _reached(house: Sequence[Shelf], way: Mapping[str, Any]) -> set[str]:
    """Shelves that the walk can lead to."""
    placed = {shelf.code for shelf in house if shelf.x is not None and shelf.y is not None}
    return placed - {*way.get("without_place", ()), *way.get("unreachable", ())}


def _stops(
    wanted: Sequence[Pick], said: Mapping[int, tuple[str, str]], reached: Collection[str], words: Texts
) -> tuple[ListStop, ...]:
    """One row per shelf, product, lot and options, in the order of the walk; shelves that it leaves out come last."""
    rows: dict[tuple[str, int, str, str], list[Pick]] = {}
    for pick in sorted(wanted, key=lambda each: (each.position, each.slot, each.id)):
        rows.setdefault((pick.shelf, pick.product, pick.lot, _options(pick, said)), []).append(pick)
    made = [
        ListStop(
            shelf=shelf,
            sku=picks[0].sku,
            name=_name(picks[0], said, words),
            quantity=sum(pick.wanted - pick.short for pick in picks),
            options=options,
            code=printable(picks[0].code),
            lot=lot,
            expiry=picks[0].expiry,
            placed=shelf in reached,
        )
        for (shelf, _, lot, options), picks in rows.items()
    ]
    return tuple(sorted(made, key=lambda stop: not stop.placed))


def _orders(wanted: Sequence[Pick], said: Mapping[int, tuple[str, str]], words: Texts) -> tuple[ListOrder, ...]:
    """What each parcel gets, in the order of the ship numbers: that of slips and waybills."""
    found: dict[str, list[ListPart]] = {}
    for pick in wanted:
        part = ListPart(
            pick.shelf, pick.sku, _name(pick, said, words), pick.wanted - pick.short, _options(pick, said), pick.lot
        )
        found.setdefault(pick.ship_number, []).append(part)
    return tuple(ListOrder(number, tuple(found[number])) for number in sorted(found, key=shelf_key))


def _walk_map(house: Sequence[Shelf], way: Mapping[str, Any], stops: Sequence[ListStop]) -> WalkMap | None:
    """The map with the walk; None where nobody has measured the house, or the walk goes nowhere."""
    points = tuple((float(x), float(y)) for x, y in way.get("points", ()))
    if len(points) < 2:
        return None
    spots = {(shelf.x, shelf.y) for shelf in house}
    placed = sorted((x / _MM, y / _MM) for x, y in spots if x is not None and y is not None)
    stands = {shelf: (float(x), float(y)) for shelf, x, y in way.get("stops", ())}
    met: dict[tuple[float, float], int] = {}
    for number, stop in enumerate(stops, 1):
        if stop.shelf in stands:
            met.setdefault(stands[stop.shelf], number)
    return WalkMap(tuple(placed), points, tuple(MapStop(number, at) for at, number in met.items()))


def place_sheet(tx: Transaction, batch: int, sequence: int, copy_reason: str = "") -> PlaceSheet:
    """Return which place of a job's cart, or which slot of the wall, is for which order.

    :raises NotFound: there is no such job.
    """
    job = _load(tx, batch, sequence)
    zone = ZoneInfo(all_settings(tx)["shop.timezone"])
    picks: dict[int, list[Pick]] = {}
    for pick in job.picks:
        if not pick.stopped:
            picks.setdefault(pick.slot, []).append(pick)
    places = tuple(
        PlaceUse(
            place.number,
            place.ship_number if place.number in picks else "",
            place.codes,
            len({pick.line for pick in picks.get(place.number, ())}),
            sum(pick.wanted - pick.short for pick in picks.get(place.number, ())),
        )
        for place in job.places
    )
    return PlaceSheet(job.number, places, job.stage is Stage.SORT, job.cart, job.zone, _today(tx, zone), copy_reason)


# --- labels -------------------------------------------------------------------------------------------------------


def shelf_labels(
    tx: Transaction, codes: Collection[str] = (), *, zone: str = "", aisle: str = "", pointing: bool = True
) -> tuple[PlaceLabel, ...]:
    """Return labels of shelves, in shelf order: of the map, and those that goods lie on or have as theirs.

    :param codes: just these; one that nobody knows yet gets a label too, before it is put up.
    :param zone: only those of this zone.
    :param aisle: only those of this aisle.
    :param pointing: whether labels of bays with several levels have an arrow to theirs.
    :raises NotFound: there is no such shelf.
    :raises NotAllowed: a code could not be scanned back.
    """
    mapped = {shelf.code: shelf for shelf in shelves.all_shelves(tx)}
    wanted = dict.fromkeys(checked(LabelKind.SHELF, code) for code in codes)
    if not codes:
        every = {*mapped, *shelves.used(tx)}
        wanted = dict.fromkeys(sorted(every, key=shelf_key))
    found = [mapped.get(code, Shelf(code)) for code in wanted]
    found = [shelf for shelf in found if zone in ("", shelf.zone) and aisle in ("", shelf.aisle)]
    if not found:
        raise NotFound("labels.no_shelves")
    for shelf in found:
        if (plain := checked(LabelKind.SHELF, shelf.code)) != shelf.code:
            raise NotAllowed("labels.wide", code=shelf.code, plain=plain)
    pointed = arrows(mapped.values()) if pointing else {}
    return tuple(
        PlaceLabel(
            LabelKind.SHELF,
            shelf.code,
            shelf.zone,
            shelf.aisle,
            shelf.bay,
            shelf.level,
            pointed.get(shelf.code, ""),
        )
        for shelf in found
    )


def container_labels(given: Sequence[NewContainer]) -> tuple[PlaceLabel, ...]:
    """Return labels of totes, carts or slots of a wall."""
    return tuple(PlaceLabel(LabelKind(each.kind), each.code, within=each.within) for each in given)


def zones(tx: Transaction, names: Collection[str] = ()) -> tuple[Zone, ...]:
    """Return the zones of the map, for their signs.

    :param names: just these.
    :raises NotFound: there is no such zone.
    """
    found = zones_of(shelves.all_shelves(tx))
    for name in names:
        if name not in {zone.name for zone in found}:
            raise NotFound("labels.no_zone", zone=name)
    if not found:
        raise NotFound("labels.no_zones")
    return tuple(zone for zone in found if not names or zone.name in names)
