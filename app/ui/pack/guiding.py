"""From what was read of a parcel to what its carton panel shows: which box, what is in, where the next goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.carton_plan import OWN
from app.domain.cartons import CartonKind, Parcel
from app.services.answers import sentence
from app.ui.carton_view import Goods
from app.ui.look import Look
from app.ui.pack.carton import CartonGuide
from app.ui.pack.lines import name_of
from app.ui.pack.state import BenchView

if TYPE_CHECKING:  # comes with the database's library, which is loaded after the first paint
    from app.services.carton_plans import GuideBox
    from app.ui.pack.reading import ParcelRead

__all__ = ["guide_of"]

_AFTER_GOODS = (
    "waybill",
    "close",
    "label",
    "hand_waybill",
    "override_reason",
    "service_reason",
    "allow_reason",
    "slip",
    "order",
    "",
)
"""Questions at which nothing goes into a box any more, or nothing yet."""


def guide_of(look: Look, view: BenchView) -> CartonGuide | None:
    """Return what is shown of the box in hand; None where nothing is proposed and no carton was said."""
    parcel, answer = view.parcel, view.answer
    if parcel is None or answer is None or not view.open_now or view.ask in _AFTER_GOODS:
        return None
    read, data, box = parcel.boxes, parcel.boxes.guide, view.box
    said = read.carton_said(box)
    if data is None and not said:
        return None
    planned = data.boxes[box - 1] if data is not None and box <= len(data.boxes) else None
    code = said or (planned.code if planned is not None else "")
    as_planned = planned is not None and planned.code == code
    placed = _placed(parcel, planned, box)
    shown = _left(parcel, planned.parcel, placed) if planned is not None and as_planned and not read.free else None
    other = read.cartons.get(code)
    return CartonGuide(
        box=box,
        boxes=max(view.boxes, len(data.boxes) if data is not None else 1),
        code=look.say("window.pack.own_carton") if code == OWN else code,
        name=planned.name if planned is not None and as_planned else other.name if other is not None else "",
        inner_mm=shown.carton.inner_mm if shown is not None else other.inner_mm if other is not None else None,
        kind=shown.carton.kind if shown is not None else other.kind if other is not None else CartonKind.BOX,
        parcel=shown,
        placed=placed,
        now=_now(view, planned, placed) if shown is not None else None,
        materials=tuple(_material(look, each.name, each.pieces) for each in data.materials) if data is not None else (),
        problem=look.say("window.pack.own_carton_more") if said == OWN else _problems(look, parcel),
        goods=tuple(
            {line.sku: Goods(name_of(line, look.language), line.picture) for line in parcel.full.lines}.items()
        ),
    )


def _material(look: Look, name: str, pieces: int) -> str:
    return look.say("window.pack.material", name=name, count=pieces) if pieces > 1 else name


def _line_of(key: str) -> int:
    return int(key.partition(":")[0])


def _placed(parcel: ParcelRead, planned: GuideBox | None, box: int) -> tuple[str, ...]:
    """Return the keys of the pieces that lie in a box: of each line the first ones, in the order of the proposal."""
    left = {line.id: parcel.boxes.inside.get((line.id, box), 0) for line in parcel.full.lines}
    found = []
    for key, _ in planned.pieces if planned is not None else ():
        line = _line_of(key)
        if left.get(line, 0) > 0:
            left[line] -= 1
            found.append(key)
    return tuple(found)


def _left(parcel: ParcelRead, planned: Parcel | None, placed: Iterable[str]) -> Parcel | None:
    """Leave out of a picture the pieces that will not come any more: they are missing, or lie in another box."""
    if planned is None:
        return None
    there = set(placed)
    coming = {line.id for line in parcel.full.lines if line.wanted > line.done + line.short}
    kept = tuple(one for one in planned.placements if one.item.key in there or _line_of(one.item.key) in coming)
    return planned if len(kept) == len(planned.placements) else replace(planned, placements=kept)


def _now(view: BenchView, planned: GuideBox | None, placed: tuple[str, ...]) -> str | None:
    """Return the key of the piece that is asked for, where it goes into this box."""
    line = view.line()
    if line is None or planned is None:
        return None
    return next((key for key, _ in planned.pieces if _line_of(key) == line.id and key not in placed), None)


def _problems(look: Look, parcel: ParcelRead) -> str:
    """Return what is wrong with the proposal, in words, each once."""
    data = parcel.boxes.guide
    told = [sentence(look.words, key, args) for key, args in data.problems] if data is not None else []
    end = ". " if look.language == "en" else "。"
    return end.join(dict.fromkeys(told[:2]))
