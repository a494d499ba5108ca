"""What is said of a choice by price: sentences in the language of the reader, on screens and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.rate_choice import BY_HAND, BY_PRICE, Candidate, Choice, Reason
from app.domain.rates import KINDS
from app.services.carriers import short_names

__all__ = ["choice_facts", "detail_of", "headline", "name_of", "parts_of", "reason_of", "reasons_of", "yen"]

Say = Callable[..., str]
"""Makes a sentence of a key and its arguments (:meth:`app.text.Texts.say`)."""
_SHORT = frozenset(
    {"no_slot", "no_day", "no_cod", "cod_limit", "no_chilled", "no_frozen", "no_lead_time", "no_sender", "missing"}
)
"""Faults of the gate that have a short sentence here."""
_AT_MOST = 2
"""Reasons that are told of one service."""


def yen(amount: int) -> str:
    """Return an amount as figures are written."""
    return f"{amount:,}".replace("-", "−")


def name_of(candidate: Candidate, names: Mapping[str, str], say: Say, *, whole: bool = False) -> str:
    """Return what a service is called, with the classes of its boxes: ``宅急便 60``.

    :param names: as :func:`app.services.carriers.short_names` gives them.
    :param whole: with the carrier before it.
    """
    service = names.get(candidate.name, candidate.service)
    if whole:
        service = f"{names.get(candidate.carrier, candidate.carrier)} {service}"
    sizes = [size for size in candidate.sizes if size]
    if not sizes:
        return say("rates.said.boxes", service=service, boxes=candidate.pieces) if candidate.pieces > 1 else service
    return f"{service} {'+'.join(map(str, sizes))}"


def reason_of(reason: Reason, say: Say) -> str:
    """Return why a service is not possible, as part of a sentence."""
    args = dict(reason.args)
    area, _, name = reason.key.partition(".")
    if area == "fault" and name in _SHORT:
        args["value"] = args.get("value", "")
        args["limit"] = args.get("limit", "")
        return say(f"rates.why.{name}", **args)
    if "field" in args:
        args["field"] = say(f"carrier.{args['field']}")
    return say(reason.key, **args)


def reasons_of(candidate: Candidate, say: Say) -> str:
    """Return why a service is not possible, at most two reasons; empty where it is."""
    return say("rates.said.and").join(reason_of(reason, say) for reason in candidate.reasons[:_AT_MOST])


def headline(choice: Choice, names: Mapping[str, str], say: Say) -> str:
    """Return what was chosen and why, in one sentence."""
    chosen = choice.chosen
    possible = [each for each in choice.candidates if each.possible]
    picked = name_of(chosen, names, say) if chosen else names.get(choice.picked, choice.picked)
    why = reasons_of(chosen, say) if chosen else ""
    if chosen is None or chosen.yen is None:
        return (
            say("rates.said.no_price_why", service=picked, why=why)
            if why
            else say("rates.said.no_price", service=picked)
        )
    if not chosen.possible and choice.by != BY_HAND:
        return say("rates.said.none", service=picked, yen=yen(chosen.yen), why=why)
    others = [each for each in possible if each is not chosen]
    if choice.by == BY_HAND:
        best = min(possible, key=lambda each: each.yen or 0, default=chosen)
        if best is chosen or best.yen is None or best.yen >= chosen.yen:
            return say("rates.said.hand", service=picked, yen=yen(chosen.yen))
        more = yen(chosen.yen - best.yen)
        return say(
            "rates.said.hand_dearer", service=picked, yen=yen(chosen.yen), other=name_of(best, names, say), more=more
        )
    if choice.by != BY_PRICE:
        return say("rates.said.kept", service=picked, yen=yen(chosen.yen))
    if not others or others[0].yen is None:
        return say("rates.said.only", service=picked, yen=yen(chosen.yen))
    less, other = others[0].yen - chosen.yen, name_of(others[0], names, say)
    if less > 0:
        return say("rates.said.cheapest", service=picked, yen=yen(chosen.yen), other=other, less=yen(less))
    if less < 0:  # the cheaper one's file could not hold the order
        return say("rates.said.kept", service=picked, yen=yen(chosen.yen))
    return say("rates.said.alike", service=picked, yen=yen(chosen.yen), other=other)


def parts_of(candidate: Candidate, say: Say) -> str:
    """Return what a price is made of: ``運賃 940 + 代引 330``; empty where it is one part."""
    if len(candidate.parts) < 2:
        return ""
    told = []
    for part in candidate.parts:
        known = part.kind in (*KINDS, "base")
        name = say(f"rates.part.{part.kind}") if known else part.kind
        told.append(f"{name} {yen(part.yen)}" + (f" ({part.pieces})" if part.pieces > 1 else ""))
    return " + ".join(told)


def choice_facts(choice: Choice, language: str, say: Say) -> list[tuple[str, str, str]]:
    """Return a choice as rows of a panel: words, what stands at the right, and the kind of colour."""
    names = short_names(language)
    chosen = choice.chosen
    made = [(headline(choice, names, say), "", "ok" if chosen is not None and chosen.possible else "warning")]
    if chosen is not None and (parts := parts_of(chosen, say)):
        made.append((parts, "", ""))
    for each in choice.candidates:
        if each is chosen:
            continue
        if not each.possible:
            made.append((say("rates.said.not", service=name_of(each, names, say), why=reasons_of(each, say)), "", ""))
            continue
        told = parts_of(each, say)
        words = name_of(each, names, say) + (f"  {told}" if told else "")
        made.append((words, f"¥{yen(each.yen or 0)}", ""))
    return made


def detail_of(candidate: Candidate, choice: Choice, names: Mapping[str, str], say: Say) -> str:
    """Return what is to be said of one service beside the chosen one."""
    service = name_of(candidate, names, say)
    if not candidate.possible:
        return say("rates.said.not", service=service, why=reasons_of(candidate, say))
    chosen = choice.chosen
    assert candidate.yen is not None
    if chosen is None or chosen.yen is None or chosen is candidate:
        return say("rates.said.price", service=service, yen=yen(candidate.yen))
    difference = candidate.yen - chosen.yen
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return say("rates.said.other", service=service, yen=yen(candidate.yen), difference=f"{sign}{yen(abs(difference))}")
