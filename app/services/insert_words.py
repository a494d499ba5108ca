"""A rule of inserts in plain words: 「もし…なら、…を入れる」."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.insert_draft import RuleDraft
from app.domain.insert_rules import Conditions, InsertKind

__all__ = ["adds", "conditions", "sentence"]

Say = Callable[..., str]


def conditions(say: Say, draft: RuleDraft) -> list[str]:
    """Return each condition of a rule in words."""
    when = draft.rule.conditions
    listed = say("list.comma").join
    made = [say("inserts.if.every_shop") if when.shared else say("inserts.if.shops", text=listed(draft.shops) or "?")]
    lists = ("any_of", "all_of", "campaign", "prefectures", "carriers")
    made += [say(f"inserts.if.{name}", text=listed(value)) for name in lists if (value := getattr(when, name))]
    numbers = {name: getattr(when, name) for name in ("pieces", "amount_from", "amount_to")}
    made += [say(f"inserts.if.{name}", number=f"{value:,}") for name, value in numbers.items() if value is not None]
    if when.date_from or when.date_to:
        made.append(say(f"inserts.if.date_{when.date_of}", first=when.date_from or "…", last=when.date_to or "…"))
    if when.language:
        made.append(say(f"inserts.if.language_{when.language}"))
    made += _nth(say, when)
    for name in ("gift", "fragile", "cod"):
        if (switch := getattr(when, name)) is not None:
            made.append(say(f"inserts.if.{name}" if switch else f"inserts.if.no_{name}"))
    made += [say(f"inserts.if.wish_{each}") for each in when.wish]
    if when.temperature:
        made.append(
            say("inserts.if.temperature", text=listed(say(f"inserts.cold.{each}") for each in when.temperature))
        )
    if draft.rule.printed and draft.rule.kind is InsertKind.NOSHI and "noshi" not in when.wish:
        made.append(say("inserts.if.wish_noshi"))
    if when.not_with:
        made.append(say("inserts.if.not_with", text=listed(when.not_with)))
    return made


def _nth(say: Say, when: Conditions) -> list[str]:
    low, high = when.nth_from, when.nth_to
    if low is None and high is None:
        return []
    if (low or 1, high) == (1, 1):
        return [say("inserts.if.first")]
    if high is None:
        return [say("inserts.if.from_nth", number=low)]
    return [say("inserts.if.nth", first=low or 1, last=high)]


def adds(say: Say, draft: RuleDraft, name: str = "") -> str:
    """Return what a rule puts in, such as ``夏のちらし ×2（1 箱ごと）``.

    :param name: of its product, where that is known.
    """
    rule = draft.rule
    what = name or draft.sku or say(f"inserts.kind.{rule.kind}")
    return say("inserts.adds", what=what, quantity=rule.quantity, per=say(f"inserts.per.{rule.per}"))


def sentence(say: Say, draft: RuleDraft, name: str = "") -> str:
    """Return a whole rule as one sentence."""
    held = say("inserts.and").join(conditions(say, draft))
    return say("inserts.sentence", conditions=held, adds=adds(say, draft, name))
