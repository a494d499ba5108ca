"""What a guard stopped, beside what is wanted instead: dates, lots, serials, cases, labels, numbers, badges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.domain.people import Right
from app.services.answers import Answer
from app.ui.look import Look
from app.ui.pack.boxed import extra_name, thing_of
from app.ui.pack.clash import Clash, Paper
from app.ui.pack.goods_drawings import PRINTS
from app.ui.pack.state import BenchView, commands_now

__all__ = ["HEADED", "allowing", "stop_of"]

_LONG = 14
"""From so many characters on a code is set small."""
_UNREADABLE = ("lot.unreadable", "expiry.unreadable", "serial.unreadable", "quantity.unreadable")


def stop_of(look: Look, view: BenchView) -> Clash | None:
    """Return what is compared for the standing refusal; None where it is about nothing of this kind."""
    error = view.error
    made = _MAKERS.get(error.key) if error is not None else None
    return made(look, view, error) if made is not None and error is not None else None


def allowing(look: Look, view: BenchView) -> str:
    """Return who may let the standing refusal pass, and how; empty where nobody may."""
    error = view.error
    if error is None or not error.args.get("allow"):
        return ""
    if "KP-ALLOW" in commands_now(view) and view.may(Right.ALLOW):
        return look.say("window.refused.allow_self")
    return look.say("window.refused.allow") if view.people else ""


def _text(error: Answer, name: str) -> str:
    return str(error.args.get(name) or "")


def _number(error: Answer, name: str) -> int:
    value = error.args.get(name)
    return value if isinstance(value, int) else 0


def _moved(day: str, days: int) -> str:
    """Return the day so many days later; empty where *day* is none."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _beside(scanned: Paper, wanted: Paper, marked: bool = False) -> Clash:
    if marked:
        from app.domain.difference import differing

        there, here = differing(wanted.big, scanned.big), differing(scanned.big, wanted.big)
        scanned, wanted = replace(scanned, marks=there), replace(wanted, marks=here)
    return Clash(scanned, wanted, "thing" if scanned.thing else "")


# --- dates and lots -----------------------------------------------------------------------------------------------


def _expired(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, days, expiry = look.say, _number(error, "days"), _text(error, "expiry")
    past = say("window.stop.past", days=days)
    hand = Paper(say("window.stop.in_hand"), expiry, note=past, thing="print.expiry")
    today = Paper(say("window.stop.today"), _moved(expiry, days), note=say("window.stop.another"), thing="piece")
    return _beside(hand, today, marked=True)


def _short_days(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, days, least, expiry = look.say, _number(error, "days"), _number(error, "least"), _text(error, "expiry")
    left = say("window.stop.days_left", days=days)
    hand = Paper(say("window.stop.in_hand"), expiry, note=left, thing="print.expiry")
    needed = _moved(expiry, least - days)
    note = say("window.stop.days_least", days=least)
    return _beside(hand, Paper(say("window.stop.or_later"), needed, note=note, thing="piece"), marked=True)


def _not_first(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, lot, first = look.say, _text(error, "first_lot"), _text(error, "first")
    hand = Paper(say("window.stop.in_hand"), _text(error, "expiry"), thing="print.expiry")
    note = say("window.lot.lot", lot=lot) if lot != first else ""
    return _beside(hand, Paper(say("window.stop.take_first"), first, note=note, thing="piece"), marked=True)


def _expiry_differs(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, note = look.say, look.say("window.lot.lot", lot=_text(error, "lot"))
    read = Paper(say("window.stop.date_read"), _text(error, "expiry"), note=note, thing="print.expiry")
    booked = Paper(say("window.stop.date_booked"), _text(error, "booked"), note=note, thing="piece")
    return _beside(read, booked, marked=True)


def _lot(look: Look, _view: BenchView, error: Answer) -> Clash:
    say = look.say
    read = Paper(say("window.stop.lot_read"), _text(error, "lot"), thing="print.lot")
    if error.key == "lot.recalled":
        stamped = replace(read, stamp=say("window.stamp.recalled"), note=_text(error, "why")[:60], thing="piece")
        return _beside(stamped, Paper(say("window.stop.wanted"), say("window.stop.another_lot"), thing="piece"))
    return _beside(read, Paper(say("window.stop.lot_on_shelf"), _text(error, "first"), thing="piece"), marked=True)


def _serial(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, other = look.say, _text(error, "other")
    where = say("window.stop.in_this_box") if error.key == "serial.twice" else ""
    if not where and other != "?":
        where = say("window.stop.went_with", number=other)
    read = Paper(say("window.stop.serial_read"), _text(error, "serial"), note=where, thing="print.serial")
    return _beside(read, Paper(say("window.stop.wanted"), say("window.stop.another_serial"), thing="piece"))


# --- cases, labels, other codes -----------------------------------------------------------------------------------


def _case(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, pieces = look.say, _number(error, "quantity")
    case = Paper(say("window.stop.scanned"), say("window.stop.case", count=pieces), thing="case", on=f"× {pieces}")
    note = say("window.stop.alike") if error.key == "guard.unit_scan_alike" else ""
    return _beside(case, Paper(say("window.stop.to_scan"), say("window.stop.each"), note=note, thing="pieces"))


def _scanned(look: Look, code: str, thing: str, on: str = "") -> Paper:
    """Return the side of a scanned code; a long one is no word to be read from afar."""
    title, long = look.say("window.stop.scanned"), len(code) > _LONG
    return Paper(title, "" if long else code, code[:40] if long else "", thing=thing, on=on[:_LONG])


def _label(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, code = look.say, _text(error, "code")
    thing = {"label.shelf": "shelf", "label.case": "case"}.get(error.key, "label")
    on = "SSCC" if thing == "case" else code
    scanned = _scanned(look, code, thing, on)
    return _beside(scanned, Paper(say("window.stop.to_scan"), say("window.stop.code_of_goods"), thing="print.code"))


def _other_print(look: Look, view: BenchView, error: Answer) -> Clash | None:
    """The bar code of the goods where another print on them is asked for."""
    if view.ask not in PRINTS:
        return None
    say = look.say
    scanned = _scanned(look, error.code, "print.code")
    return _beside(
        scanned, Paper(say("window.stop.to_scan"), say(f"window.print.{view.ask}"), thing=f"print.{view.ask}")
    )


# --- boxes and what goes in beside the goods ---------------------------------------------------------------------


def _insert_first(look: Look, view: BenchView, error: Answer) -> Clash:
    say, name = look.say, _in_words(look, view, _text(error, "insert"))
    waybill = error.code.startswith("KP-")
    scanned = _scanned(look, "" if waybill else error.code, "sealed" if waybill else "label")
    if waybill:
        scanned = replace(scanned, title=say("window.stop.not_yet"), big=say("window.stop.close_box"))
    kind = str(view.answer.ask.get("insert_kind") or "insert") if view.answer is not None else "insert"
    note = say("window.refused.left", left=_number(error, "inserts"))
    return _beside(scanned, Paper(say("window.stop.put_first"), name, note=note, thing=thing_of(kind)))


def _in_words(look: Look, view: BenchView, name: str) -> str:
    """Return what an insert is called in the reader's language."""
    extras = view.parcel.boxes.extras if view.parcel is not None else ()
    return next((extra_name(each, look.language) for each in extras if each.name == name), name)


def _not_here(look: Look, view: BenchView, error: Answer) -> Clash:
    say, asked = look.say, view.answer.ask if view.answer is not None else {}
    scanned = Paper(say("window.stop.scanned"), say("window.stop.other_order"), _text(error, "code"), thing="insert")
    if view.ask == "insert":
        kind, code = str(asked.get("insert_kind") or "insert"), str(asked.get("insert_code") or "")
        name = _in_words(look, view, str(asked.get("name", "")))
        return _beside(scanned, Paper(say("window.stop.to_scan"), name, code, thing=thing_of(kind)))
    return _beside(scanned, Paper(say("window.stop.to_scan"), say("window.stop.own_paper"), thing="noshi"))


def _weigh_first(look: Look, view: BenchView, error: Answer) -> Clash:
    say, closing = look.say, error.code.startswith("KP-")
    scanned = Paper(
        say("window.stop.not_yet"), say("window.stop.close_box" if closing else "window.stop.waybill"),
        thing="sealed" if closing else "label",
    )  # fmt: skip
    return _beside(scanned, _on_scale(look, view))


def _scale_empty(look: Look, view: BenchView, error: Answer) -> Clash:
    say, grams = look.say, look.say("window.weight.grams", grams=_number(error, "grams"))
    bare = Paper(say("window.weight.measured"), say("window.stop.no_box"), thing="no_scale", on=grams)
    return _beside(bare, _on_scale(look, view))


def _on_scale(look: Look, view: BenchView) -> Paper:
    words = look.say("window.stop.box_on_scale", box=view.box)
    return Paper(look.say("window.stop.to_do"), words, thing="scale")


def _carton_unknown(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, code = look.say, _text(error, "code").removeprefix("KX-")
    scanned = Paper(say("window.stop.scanned"), code[:_LONG], thing="box", on="?")
    return _beside(scanned, Paper(say("window.stop.to_scan"), say("window.stop.carton_code"), thing="box"))


# --- numbers and people -------------------------------------------------------------------------------------------


def _number_typed(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, many = look.say, error.key == "quantity.too_many"
    typed = Paper(say("window.stop.typed"), str(_number(error, "number")))
    wanted = _number(error, "most" if many else "line_done")
    title = say("window.stop.order_wants" if many else "window.stop.counted")
    return _beside(typed, Paper(title, str(wanted)))


def _no_number(look: Look, _view: BenchView, _error: Answer) -> Clash:
    say = look.say
    typed = Paper(say("window.stop.not_here"), say("window.stop.typing"), thing="keys")
    return _beside(typed, Paper(say("window.stop.to_scan"), say("window.stop.each"), thing="pieces"))


def _own_badge(look: Look, _view: BenchView, error: Answer) -> Clash:
    say, name = look.say, _text(error, "name")
    own = Paper(say("window.stop.scanned"), name, thing="badge", on=name)
    return _beside(own, Paper(say("window.stop.to_scan"), say("window.stop.another_badge"), thing="badge", on="?"))


def _reason_only(look: Look, _view: BenchView, _error: Answer) -> Clash:
    say = look.say
    bare = Paper(say("window.stop.not_enough"), say("window.stop.reason"), thing="bare")
    return _beside(bare, Paper(say("window.stop.to_scan"), say("window.stop.another_badge"), thing="badge", on="?"))


def _leader_needed(look: Look, view: BenchView, _error: Answer) -> Clash:
    say = look.say
    what = Paper(say("window.stop.to_allow"), "", thing="piece")
    made = _MAKERS.get(view.stopped.key) if view.stopped is not None else None
    if made is not None and view.stopped is not None and (clash := made(look, view, view.stopped)):
        what = replace(clash.scanned, title=what.title, marks=())
    return _beside(what, Paper(say("window.stop.to_scan"), say("window.stop.leader_badge"), thing="badge"))


Maker = Callable[[Look, BenchView, Answer], Clash | None]

_MAKERS: Mapping[str, Maker] = {
    "lot.expired": _expired,
    "lot.short_days": _short_days,
    "lot.not_first": _not_first,
    "lot.expiry_differs": _expiry_differs,
    "lot.unknown": _lot,
    "lot.recalled": _lot,
    "serial.twice": _serial,
    "serial.seen": _serial,
    "guard.unit_scan": _case,
    "guard.unit_scan_alike": _case,
    "guard.each_serial": _case,
    "label.shelf": _label,
    "label.not_goods": _label,
    "label.case": _label,
    "lot.that_is_the_item": _other_print,
    "expiry.that_is_the_item": _other_print,
    "serial.that_is_the_item": _other_print,
    "detail.first": _other_print,
    "quantity.too_many": _number_typed,
    "quantity.too_few": _number_typed,
    "quantity.not_this": _no_number,
    "quantity.leader_needed": _no_number,
    "insert.first": _insert_first,
    "insert.not_here": _not_here,
    "weight.first": _weigh_first,
    "weight.empty": _scale_empty,
    "carton.unknown": _carton_unknown,
    "nocode.another_person": _own_badge,
    "nocode.person_needed": _reason_only,
    "allow.leader_needed": _leader_needed,
}
"""Refusals that compare what was scanned with what is wanted."""

HEADED = (*(key for key in _MAKERS if key != "allow.leader_needed"), *_UNREADABLE)
"""Refusals with a headline of few words before their whole sentence."""
