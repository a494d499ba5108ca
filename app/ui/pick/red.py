"""A refusal to a picker that stands: shelf against shelf, goods against goods, tote against tote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.gtin import printable
from app.domain.modes import Stage
from app.services.answers import Answer
from app.services.signals import signal_of
from app.ui.lettering import draw_fitted
from app.ui.look import Look
from app.ui.pack.clash import Clash, Paper
from app.ui.pack.red import RedPanel, draw_goods
from app.ui.pick.band import said
from app.ui.pick.questions import draw_question_small
from app.ui.pick.state import NUMBERED, QUESTIONS, JobView
from app.ui.pick.steps import instruction

__all__ = ["STOPPED", "PickRefused"]

STOPPED = ("pick.stopped_cancelled", "pick.stopped_changed", "pick.stopped_held")
"""News that an order must not be picked on: it stops the hand as a refusal does."""


def _text(error: Answer, name: str) -> str:
    return str(error.args.get(name) or "")


def _place(look: Look, view: JobView, number: object, label: str) -> str:
    """Return a place in a few words: the slot of the wall, or its number on the cart."""
    return label if view.stage is Stage.SORT or not number else look.say("window.pick.place", place=number)


def _marked(scanned: Paper, wanted: Paper) -> tuple[Paper, Paper]:
    from app.domain.difference import differing

    there, here = differing(wanted.big, scanned.big), differing(scanned.big, wanted.big)
    return replace(scanned, marks=there), replace(wanted, marks=here)


def _shelves(look: Look, _view: JobView, error: Answer) -> Clash | None:
    say, code, wanted = look.say, _text(error, "code"), _text(error, "wanted_shelf")
    if not wanted:
        return None
    if error.key == "shelf.first":  # goods before the shelf: what was scanned is no shelf
        here = Paper(say("window.stop.scanned"), "", code[:40], thing="piece")
        return Clash(here, Paper(say("window.pick.go_to"), wanted, thing="shelf", on=wanted), "thing")
    note = say("window.pick.comes_later") if error.key == "shelf.comes_later" else ""
    here = Paper(say("window.pick.you_are"), code, note=note, thing="shelf", on=code)
    return Clash(*_marked(here, Paper(say("window.pick.go_to"), wanted, thing="shelf", on=wanted)), "thing")


def _places(look: Look, view: JobView, error: Answer) -> Clash:
    """Another tote or slot than the one that the goods go into."""
    say, code, tote = look.say, _text(error, "code"), _text(error, "tote")
    thing = "slot" if view.stage is Stage.SORT else "tote"
    other = error.args.get("other")
    here = {
        "place.wrong": _place(look, view, other, code),
        "place.full_one": say("window.pick.full"),
        "place.foreign": say("window.pick.foreign"),
    }.get(error.key, code)
    whose = _text(error, "other_ship") if error.key == "place.wrong" else ""
    scanned = Paper(say("window.stop.scanned"), here, code if here != code else "", whose, thing=thing, on=code)
    there = _place(look, view, error.args.get("place"), tote)
    ship = _text(error, "ship_number")
    wanted = Paper(say("window.pick.put_into"), there, tote if there != tote else "", ship, thing=thing, on=tote)
    return Clash(scanned, wanted, "thing")


def _hand(look: Look, view: JobView, error: Answer) -> Clash:
    """Goods in hand that are to be put first."""
    scanned = Paper(look.say("window.stop.scanned"), "", error.code[:40], thing="piece")
    return replace(_places(look, view, error), scanned=scanned)


def _totes(look: Look, view: JobView, error: Answer) -> Clash:
    """A tote that cannot be taken for this place."""
    say, tote = look.say, _text(error, "tote")
    note = {
        "tote.already_here": _place(look, view, error.args.get("place"), ""),
        "tote.in_use": say("window.pick.used_by", job=_text(error, "job")),
        "tote.full_of": _text(error, "ship_number"),
    }[error.key]
    scanned = Paper(say("window.stop.scanned"), tote, note=note, thing="tote", on=tote)
    return Clash(
        scanned, Paper(say("window.stop.to_scan"), say("window.pick.empty_tote"), thing="tote", on="?"), "thing"
    )


def _stopped(look: Look, view: JobView, error: Answer) -> Clash:
    """An order that must not be picked on, what is in its tote already, and what comes next."""
    say, tote, count = look.say, _text(error, "tote"), error.args.get("put_back")
    place = _place(look, view, error.args.get("place"), tote)
    note = say("window.pick.inside", count=count) if count else ""
    whose = " ".join(text for text in (place, tote if tote != place else "") if text)
    thing = "slot" if view.stage is Stage.SORT else "tote" if tote else "list"
    stopped = Paper(say("window.pick.stopped_order"), _text(error, "ship_number"), whose, note, thing=thing, on=tote)
    return Clash(stopped, _next(look, view), "thing")


def _next(look: Look, view: JobView) -> Paper:
    """Return what is wanted next as one side of the panel."""
    title, shelf, tote = look.say("window.pick.then"), view.text("shelf"), view.text("tote")
    match view.ask:
        case "shelf":
            return Paper(title, shelf, thing="shelf", on=shelf)
        case "place":
            return Paper(title, _place(look, view, view.number("place"), tote), thing="tote", on=tote)
        case "item" | "confirm":
            return Paper(title, "", whose=view.asked_name(look.language), note=shelf, thing="piece")
        case "list":
            return Paper(title, "", thing="list")
    return Paper(title, look.say("window.pick.nothing_more"), thing="piece")


_MAKERS: Mapping[str, Callable[[Look, JobView, Answer], Clash | None]] = {
    **dict.fromkeys(("shelf.wrong", "shelf.comes_later", "shelf.first"), _shelves),
    **dict.fromkeys(("place.wrong", "place.foreign", "place.full_one"), _places),
    **dict.fromkeys(("hand.put_first", "hand.enough"), _hand),
    **dict.fromkeys(STOPPED, _stopped),
    **dict.fromkeys(("tote.already_here", "tote.in_use", "tote.full_of"), _totes),
}
"""Refusals that compare two things; goods are compared by :meth:`PickRefused._products`."""

_HEADED = ("hand.put_first", "place.foreign")
"""Refusals with a headline of few words before their whole sentence."""

_GOODS = ("item.wrong_pick", "item.other_shelf", "item.complete_job")
"""Refusals that compare two products."""


class PickRefused(RedPanel):
    """The red panel of a picker."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = JobView()

    def show_view(self, view: JobView) -> None:
        """Show the standing refusal."""
        self.view = view
        error, look = view.error, self.look
        self.sign = signal_of(error.level, error.key) if error is not None else ""
        if error is None:
            self.tell("")
            return
        self.head, self.rest = said(look, error, view)
        if error.key in _HEADED:
            end = ". " if look.language == "en" else "。"
            self.rest = f"{self.head}{end}{self.rest}".strip()
            self.head = look.say(f"window.pick.head.{error.key}")
        self.code, self.compared = error.code, {}
        if error.key in _GOODS and error.args.get("wanted_sku"):
            self.compare(self._products(error))
        made = _MAKERS.get(error.key)
        self.clash = made(look, view, error) if made is not None else None
        self.typing = bool(view.typed) and view.ask in NUMBERED
        self.foot = look.say("window.pick.unchanged", done=error.done, wanted=error.wanted) if error.wanted else ""
        told = [self.head, self.rest, error.code, *self.compared.values(), *(self.clash.told if self.clash else ())]
        told.append(view.typed)
        self.tell(" ".join(text for text in told if text))
        self.setToolTip(f"{self.head}\n{self.rest}\n{error.code}".strip())
        pick = view.pick
        self.paint_if_new(tuple(told), error.act, view.scanned, pick and pick.picture, dict(view.asks))

    def _products(self, error: Answer) -> dict[str, str]:
        look, view, scanned = self.look, self.view, self.view.scanned
        args, language = error.args, look.language
        english = language == "en" and scanned is not None and bool(scanned.name_en)
        shelf, wanted_shelf = _text(error, "shelf"), _text(error, "wanted_shelf")
        wanted = next((row for row in view.goods.values() if row.sku == args.get("wanted_sku")), None)
        wanted_name = _text(error, "wanted_name")
        if language == "en" and wanted is not None and wanted.name_en:
            wanted_name = wanted.name_en
        return {
            "code": printable(_text(error, "item_code")) or _text(error, "sku"),
            "wanted_code": printable(_text(error, "wanted_code")) or _text(error, "wanted_sku"),
            "name": scanned.name_en if english and scanned is not None else _text(error, "name"),
            "wanted_name": wanted_name,
            "sku": _text(error, "sku"),
            "wanted_sku": _text(error, "wanted_sku"),
            "picture": scanned.picture if scanned is not None else "",
            "wanted_picture": wanted.picture if wanted is not None else "",
            "foot": look.say("window.refused.put_back", shelf=shelf) if shelf else "",
            "wanted_foot": look.say("window.pack.shelf", shelf=wanted_shelf) if wanted_shelf else "",
        }

    def draw_wanted(self, painter: QPainter, box: QRectF) -> None:
        """Draw what is still wanted."""
        look, view = self.look, self.view
        if view.ask in QUESTIONS:
            draw_question_small(painter, look, box, view)
            return
        if view.ask in ("item", "confirm") and view.pick is not None:
            stored = view.text("product_code")
            code = printable(stored) if stored else view.text("sku")
            said_left = look.say("window.refused.left", left=view.wants)
            shelf = view.text("shelf")
            foot = look.say("window.pack.shelf", shelf=shelf) + " ・ " + said_left if shelf else said_left
            name = view.asked_name(look.language)
            draw_goods(painter, look, box, view.pick.picture, view.pick.sku, name, code, foot)
            return
        words = instruction(look, view) or look.say(
            "window.ask.sign_in" if view.ask == "sign_in" else "window.pick.ask.job_or"
        )
        draw_fitted(
            painter, box, words, look.colour("ink"), look.px(44), look.px(18), most=3, bold=True, align="centre"
        )
