"""What was scanned beside what is wanted: last four digits against last four digits, amount against amount.

Here are the papers; goods, lots and badges are in :mod:`app.ui.pack.stops`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.services.answers import Answer
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.drawings import draw_boxes, draw_label, draw_neighbours, draw_shifted, draw_slip, draw_stamp, grouped
from app.ui.pack.goods_drawings import draw_thing
from app.ui.pack.papers import carrier_name
from app.ui.pack.state import BenchView
from app.ui.shapes import card

__all__ = ["Clash", "Paper", "clash_of", "draw_clash"]

Marks = tuple[tuple[int, int], ...]
_WORDS = re.compile("[ ぁ-ゖ]")


@dataclass(frozen=True, slots=True)
class Paper:
    """One of the two papers."""

    title: str
    big: str
    """What is compared."""
    number: str = ""
    """The whole number."""
    whose: str = ""
    note: str = ""
    """What else tells it apart: version, piece, carrier, reason."""
    stamp: str = ""
    """Word stamped on a paper that must not be used."""
    marks: Marks = ()
    """Pieces of :attr:`big` that differ."""
    count: int = 0
    """Boxes to draw."""
    thing: str = ""
    """What is drawn instead of a paper, a name of :func:`~app.ui.pack.goods_drawings.draw_thing`."""
    on: str = ""
    """What stands on the drawn thing."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What was scanned and what is wanted."""

    scanned: Paper
    wanted: Paper
    sheet: str = ""
    """``label``, ``slip``, ``boxes`` or ``thing``: what is drawn on each card; empty for nothing."""
    stack: str = ""
    """``after``, ``before``: the neighbour in the stack; ``shifted``: the whole stack is off; empty: none of them."""
    after: bool = True
    """Whether the scanned one lies after the wanted one."""
    ship_numbers: tuple[str, str] = ("", "")
    """Whose the wanted one is, and whose the scanned one."""

    @property
    def told(self) -> tuple[str, ...]:
        """What is drawn, in words."""
        sides = (self.scanned, self.wanted)
        said = ((side.title, side.big, side.number, side.whose, side.note, side.stamp) for side in sides)
        return tuple(text for side in said for text in side)


_STAMPS = {
    "waybill.old_version": "old",
    "waybill.void": "void",
    "waybill.cancelled": "cancelled",
    "waybill.handed_over": "handed_over",
    "waybill.on_another": "used",
    "waybill.already": "used",
    "order.old_version": "old",
    "slip.replaced": "old",
}
_STACKS = {"waybill.next_one": "after", "waybill.previous_one": "before", "waybill.stack_off": "shifted"}


def clash_of(look: Look, view: BenchView) -> Clash | None:
    """Return the two papers of the standing refusal; None where it is about no paper."""
    error = view.error
    made = _MAKERS.get(error.key) if error is not None else None
    return made(look, view, error) if made is not None and error is not None else None


def _marked(scanned: Paper, wanted: Paper) -> tuple[Paper, Paper]:
    from dataclasses import replace

    from app.domain.difference import differing

    there, here = differing(wanted.big, scanned.big), differing(scanned.big, wanted.big)
    return replace(scanned, marks=there), replace(wanted, marks=here)


def _stamp(look: Look, key: str) -> str:
    return look.say(f"window.stamp.{_STAMPS[key]}") if key in _STAMPS else ""


def _said(args: Mapping[str, object], name: str) -> str:
    return str(args.get(name) or "")


def _ours(view: BenchView) -> str:
    """Ship number of the order on the bench."""
    return (view.answer.ship_number or view.answer.order or "") if view.answer else ""


def _waybills(look: Look, view: BenchView, error: Answer) -> Clash | None:
    args, ask = error.args, dict(view.answer.ask) if view.answer else {}
    say, ours, other = look.say, _ours(view), _said(error.args, "other")
    wanted_number, scanned_number = _said(ask, "waybill"), _said(args, "waybill")
    if not scanned_number or not (wanted_number or "waybill" in ask):
        return None
    whose = say("window.refused.of_order", number=other) if other else ""
    note = mine = ""
    match error.key:
        case "waybill.unknown" | "waybill.misread":
            whose = say("window.refused.of_nobody")
        case "waybill.old_version":
            note = say("window.refused.version", version=_said(args, "version"))
            mine = say("window.refused.version", version=_said(args, "current"))
        case "waybill.void":
            why = _said(args, "why")
            note = say(why) if look.words.has(why) else why
        case "waybill.other_carrier_order":
            note, mine = (carrier_name(look, _said(args, name)) for name in ("carrier", "wanted_carrier"))
        case "waybill.already":
            note = say("window.ask.piece_of", number=_said(args, "piece"), of=_said(args, "pieces"))
    pieces = ask.get("pieces")
    if isinstance(pieces, int) and pieces > 1:
        mine = say("window.ask.piece_of", number=ask.get("piece"), of=pieces)
    stamp = _stamp(look, error.key)
    scanned = Paper(
        say("window.refused.waybill_scanned"), scanned_number[-4:], grouped(scanned_number), whose, note, stamp
    )  # fmt: skip
    last4 = wanted_number[-4:] or say("window.refused.no_number")
    ours_of = say("window.refused.of_order", number=ours)
    wanted = Paper(say("window.refused.waybill_wanted"), last4, grouped(wanted_number), ours_of, mine)
    if wanted_number:
        scanned, wanted = _marked(scanned, wanted)
    offset = args.get("offset")
    after = not (isinstance(offset, int) and offset < 0)
    return Clash(scanned, wanted, "label", _STACKS.get(error.key, ""), after, (ours, other))


def _slips(look: Look, view: BenchView, error: Answer) -> Clash:
    args, say = error.args, look.say
    wanted, other = _said(args, "ship_number") or _ours(view), _said(args, "other")
    if error.key == "slip.replaced":
        wanted, other = _said(args, "current"), _said(args, "ship_number")
    scanned_paper = Paper(say("window.refused.slip_scanned"), other, stamp=_stamp(look, error.key))
    state = "" if error.key == "slip.replaced" else say("window.refused.open_now")
    papers = _marked(scanned_paper, Paper(say("window.refused.slip_wanted"), wanted, whose=state))
    stack = "after" if error.key == "slip.next_one" else ""
    return Clash(*papers, "slip", stack, True, (wanted, other))


def _versions(look: Look, _view: BenchView, error: Answer) -> Clash:
    args, say = error.args, look.say
    whose = _said(args, "ship_number") or _said(args, "number")
    scanned = Paper(
        say("window.refused.slip_scanned"), say("window.refused.version", version=_said(args, "version")), "", whose,
        stamp=_stamp(look, error.key),
    )  # fmt: skip
    wanted = say("window.refused.version", version=_said(args, "current"))
    return Clash(*_marked(scanned, Paper(say("window.refused.slip_wanted"), wanted, "", whose)), "slip")


def _amounts(look: Look, view: BenchView, error: Answer) -> Clash:
    args, say = error.args, look.say
    name = "cod" if error.key == "waybill.cod_differs" else "pieces"

    def amount(value: object) -> str:
        shown = f"{value:,}" if isinstance(value, int) else str(value)
        return say(f"window.refused.{name}_amount", value=shown)

    printed, wanted = args.get("printed"), args.get("wanted")
    number = grouped(_said(args, "waybill"))
    scanned = Paper(say(f"window.refused.{name}_printed"), amount(printed), number, count=_count(printed))
    ours = Paper(say(f"window.refused.{name}_wanted"), amount(wanted), "", _ours(view), count=_count(wanted))
    return Clash(*_marked(scanned, ours), "boxes" if name == "pieces" else "")


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _carriers(look: Look, view: BenchView, error: Answer) -> Clash:
    args, say = error.args, look.say
    number = grouped(_said(args, "waybill"))
    scanned = Paper(say("window.refused.carrier_printed"), carrier_name(look, _said(args, "carrier")), number)
    wanted = carrier_name(look, _said(args, "wanted_carrier"))
    return Clash(scanned, Paper(say("window.refused.carrier_wanted"), wanted, "", _ours(view)))


_MAKERS: Mapping[str, Callable[[Look, BenchView, Answer], Clash | None]] = {
    **dict.fromkeys(
        (
            "waybill.other_order",
            "waybill.next_one",
            "waybill.previous_one",
            "waybill.stack_off",
            "waybill.on_another",
            "waybill.already",
            "waybill.old_version",
            "waybill.void",
            "waybill.cancelled",
            "waybill.handed_over",
            "waybill.other_carrier_order",
            "waybill.unknown",
            "waybill.misread",
        ),
        _waybills,
    ),
    **dict.fromkeys(("slip.next_one", "slip.later_one", "slip.earlier_one", "slip.replaced"), _slips),
    "order.old_version": _versions,
    "waybill.cod_differs": _amounts,
    "waybill.pieces_differ": _amounts,
    "waybill.other_carrier": _carriers,
}
"""Refusals that compare two papers."""


def draw_clash(painter: QPainter, look: Look, box: QRectF, clash: Clash) -> None:
    """Draw the two papers side by side, and below them where the scanned one lies in the stack."""
    cards = box
    if clash.stack:
        cards = QRectF(box.left(), box.top(), box.width(), box.height() * 0.6)
        strip = QRectF(
            box.left(), cards.bottom() + look.px(12), box.width(), box.bottom() - cards.bottom() - look.px(12)
        )
        wanted, scanned = clash.ship_numbers
        if clash.stack == "shifted":
            words = (look.say("window.refused.slips"), look.say("window.refused.labels"))
            draw_shifted(painter, look, strip, wanted, scanned, clash.after, words)
        else:
            draw_neighbours(painter, look, strip, wanted, scanned, clash.stack == "after")
    gap = float(look.px(22))
    if not clash.sheet:  # words and amounts are long: one above the other, so that they can be large
        gap = float(look.px(12))
        half = (cards.height() - gap) / 2
        upper = QRectF(cards.left(), cards.top(), cards.width(), half)
        _draw_side(painter, look, upper, clash, clash.scanned, False)
        _draw_side(painter, look, upper.translated(0, half + gap), clash, clash.wanted, True)
        return
    half = (cards.width() - gap) / 2
    _draw_side(painter, look, QRectF(cards.left(), cards.top(), half, cards.height()), clash, clash.scanned, False)
    _draw_side(
        painter, look, QRectF(cards.right() - half, cards.top(), half, cards.height()), clash, clash.wanted, True
    )


def _draw_side(painter: QPainter, look: Look, box: QRectF, clash: Clash, paper: Paper, wanted: bool) -> None:
    colour = look.colour("ok" if wanted else "error")
    edge = colour if wanted else look.colour("paper")
    card(painter, box, look.colour("paper"), edge, look.px(13), look.px(5))
    inner = box.adjusted(look.px(18), look.px(10), -look.px(18), -look.px(10))
    title = QRectF(inner.left(), inner.top(), inner.width(), look.px(32))
    draw_fitted(painter, title, paper.title, colour, look.px(20), look.px(13), most=1, bold=True)
    rows = [(paper.number, 24.0, True), (paper.whose, 25.0, False), (paper.note, 23.0, False)]
    if not clash.sheet:
        rows = [("  ".join(text for text in (paper.number, paper.whose) if text), 24.0, True)]
    under = sum(look.px(size * 1.35) for text, size, _ in rows if text)
    room = inner.bottom() - title.bottom() - under
    stamped = 0.0
    if clash.sheet and not clash.stack:  # the paper itself, so that the two differ by shape as well
        stamped = min(room * 0.5, float(look.px(150)))
        if paper.thing:
            stamped = room if not paper.big else room - min(room * 0.4, float(look.px(130)))
    big = QRectF(inner.left(), title.bottom(), inner.width(), room - stamped)
    marked = (look.colour("ok_ground" if wanted else "error_ground"), colour)
    # Words may take two lines; a number or the name of a lot never breaks.
    most = 2 if paper.thing and _WORDS.search(paper.big) else 1
    draw_fitted(
        painter, big, paper.big, look.colour("ink"), int(min(look.px(108.0), big.height() / 1.24)), look.px(20),
        most=most, bold=True, marks=paper.marks, mark_colours=marked,
    )  # fmt: skip
    top = big.bottom()
    for text, size, fixed in rows:
        if text:
            at = QRectF(inner.left(), top, inner.width(), look.px(size * 1.35))
            ink = look.colour("soft" if fixed else "ink")
            draw_fitted(painter, at, text, ink, look.px(size), look.px(13), most=1, bold=not fixed, fixed=fixed)
            top = at.bottom()
    if stamped:
        at = QRectF(inner.left(), top + look.px(6), inner.width(), inner.bottom() - top - look.px(6))
        _draw_sheet(painter, look, at, clash.sheet, paper, wanted)


def _draw_sheet(painter: QPainter, look: Look, box: QRectF, sheet: str, paper: Paper, wanted: bool) -> None:
    if paper.thing:
        at = draw_thing(painter, look, box, paper.thing, paper.on, "ok" if wanted else "error")
    elif sheet == "slip":
        at = draw_slip(painter, look, box)
    elif sheet == "boxes":
        draw_boxes(painter, look, box, paper.count, look.colour("ok" if wanted else "error"))
        return
    else:
        digits = paper.big if paper.big.isdecimal() else paper.number[-4:]
        at = draw_label(painter, look, box, digits, "ok" if wanted else "error")
    if paper.stamp:
        wide = min(box.width(), at.width() * 2.2)
        frame = QRectF(at.center().x() - wide / 2, at.top(), wide, at.height())
        draw_stamp(painter, look, frame, paper.stamp)
