"""The last scan, always visible: colour, sign and words, and how much of the order is done."""

from __future__ import annotations

from app.domain.carton_plan import OWN
from app.services.answers import Answer, sentence
from app.services.signals import signal_of
from app.ui.band import AnswerBand
from app.ui.lettering import split_sentence
from app.ui.look import Look
from app.ui.pack.asked import HANDS, hand_short
from app.ui.pack.boxed import BOXED, boxed_short, extra_name
from app.ui.pack.lines import name_of
from app.ui.pack.papers import carrier_name
from app.ui.pack.state import BenchView, kind_of

__all__ = ["Band", "hinted", "said"]


def said(look: Look, answer: Answer, view: BenchView) -> tuple[str, str]:
    """Return the headline and the rest of an answer's sentence; products are named in the reader's language."""
    args = dict(answer.args)
    known = list(view.full.lines) if view.full is not None else []
    named = next((name_of(line, look.language) for line in known if line.sku == args.get("sku")), "")
    if named and look.language == "en" and "name" in args:
        args["name"] = named
    if look.language == "en" and view.parcel is not None:
        beside = {each.name: extra_name(each, "en") for each in view.parcel.boxes.extras}
        goods = {name: name_of(line, "en") for line in known for name in (line.master_name, line.name)}
        for what, names in (("insert", beside), ("item", goods | beside), ("other_item", goods)):
            if what in args:
                args[what] = names.get(str(args[what]), args[what])
    if args.get("carton") == OWN:
        args |= {"carton": look.say("window.pack.own_carton"), "name": look.say("window.pack.own_carton")}
    for carrier in ("carrier", "wanted_carrier"):  # without the names of their programs: they mean nothing at a bench
        if args.get(carrier):
            args[carrier] = carrier_name(look, str(args[carrier]))
    if answer.key in _HINTED:  # what is wrong with it stands below, see :func:`hinted`
        head, rest = split_sentence(sentence(look.words, "pack.ok", args))
    else:
        head, rest = split_sentence(sentence(look.words, answer.key, args))
    details = _details(look, answer) if answer.level == "ok" else ""
    if details and hinted(look, answer):  # there is room for one line only, and the name stands above
        return head, details
    if not details or not rest:
        return head, details or rest
    # A sentence needs no comma after its full stop.
    between = " " if rest[-1] in "。.!！?？" else look.say("list.comma")
    return head, f"{rest}{between}{details}"


_HINTED = ("pack.ok_later_lot",)
"""Goods that count although something is to be done otherwise next time."""


def _details(look: Look, answer: Answer) -> str:
    """Return what was read of the pieces beside their code."""
    args = answer.args
    lot, expiry, serial = (str(args.get(name) or "") for name in ("lot", "expiry", "serial"))
    told = [look.say("window.lot.until", expiry=expiry)] if expiry else []
    told += [look.say("window.lot.lot", lot=lot)] if lot and lot != expiry else []
    told += [look.say("window.lot.serial", serial=serial)] if serial else []
    return look.say("list.comma").join(told)


def hinted(look: Look, answer: Answer) -> str:
    """Return what is to be done otherwise next time, though this piece counts: take what expires first."""
    first = answer.args.get("first") if answer.level in ("ok", "question") else ""
    if not first or "line_done" not in answer.args:
        return ""
    return look.say("window.band.first", first=first)


class Band(AnswerBand):
    """A full band for the last answer."""

    def show_view(self, view: BenchView) -> None:
        """Show the last answer, a refusal of the window's own, or that an answer is awaited."""
        look = self.look
        if view.refused_here:
            self.kind, self.sign = "error", signal_of("refused", view.refused_here)
            self.head, self.rest = split_sentence(sentence(look.words, view.refused_here, view.refused_args))
        elif view.pending:
            self.kind = self.sign = "info"
            self.head, self.rest = look.say("window.band.pending"), view.pending
        elif view.said is not None:
            self.kind, self.sign = kind_of(view.said.level), signal_of(view.said.level, view.said.key)
            asked = view.said is view.asked
            if asked and view.ask in HANDS:
                self.head, self.rest = hand_short(look, view)
            elif asked and view.ask in BOXED:
                self.head, self.rest = boxed_short(look, view), ""
            else:
                self.head, self.rest = said(look, view.said, view)
            if view.said.level == "noted":
                self.rest = self.head
                self.head = look.say("window.band.noted")
        else:
            self.kind, self.sign = "idle", ""
            self.head, self.rest = look.say("window.band.ready" if view.answer else "window.band.starting"), ""
        plain = self.kind in ("ok", "warning") and view.said is not None
        self.hint = hinted(look, view.said) if plain and view.said is not None else ""
        self.counted = (view.answer.done, view.answer.wanted) if view.answer else (0, 0)
        self.show_set()
