"""What leaders see of the guards at the bench: pairs of look-alike goods, and what was let pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.services.alikes import PairRow, sureness
from app.services.overrides import OverrideRow, Overrides, reason_said
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look
from app.ui.pair import side_of

__all__ = ["ALIKES", "OVERRIDES", "alike_cells", "alike_facts", "override_cells", "override_chips", "override_facts"]

ALIKES = (
    Column("product", 27),
    Column("other", 27),
    Column("alike_why", 24),
    Column("times", 11),
    Column("sure", 17),
)
OVERRIDES = (
    Column("at", 12),
    Column("passed", 23),
    Column("goods", 24),
    Column("reason", 13),
    Column("number", 12),
    Column("person", 13),
    Column("leader", 13),
)

_MOST = 4
"""Names in a count of the panel."""


def alike_cells(look: Look, row: PairRow) -> tuple[Cell, ...]:
    """Return the cells of a pair."""
    say = look.say
    a, b = side_of(look, row.a), side_of(look, row.b)
    why = [say(f"alikes.why.{reason}") for reason in row.why]
    more = ((f"+{len(why) - 1}", "quiet"),) if len(why) > 1 else ()
    sure = (say(f"alikes.sure.{sureness(row.score)}"), "warning" if row.score else "info")
    if row.decided == "no":
        sure = (say("window.act.not_alike"), "quiet")
    elif row.decided == "yes":
        sure = (say("window.act.alike"), "info")
    return (
        Cell(a.name, ends=True, least=11, tip=f"{row.a.sku}\n{a.name}"),
        Cell(b.name, ends=True, least=11, tip=f"{row.b.sku}\n{b.name}"),
        Cell(pills=((why[0], "quiet"), *more) if why else (), tip="\n".join(why)),
        Cell(str(row.confused) if row.confused else "—", "error" if row.confused else "soft", bold=bool(row.confused)),
        Cell(pills=(sure,)),
    )


def alike_facts(look: Look, row: PairRow) -> list[Fact]:
    """Say why two products are a pair, and what that means at the bench."""
    say = look.say
    state = {"no": ("alike_off", "info"), "yes": ("alike_hand", "warning")}.get(row.decided, ("alike_is", "warning"))
    made = [Fact(say(f"window.attention.{state[0]}"), kind=state[1])]
    if row.decided == "yes":
        made.append(Fact(say("window.attention.alike_is"), kind="warning"))
    if row.confused:
        made.append(Fact(say("window.attention.alike_times", count=row.confused), kind="error"))
    return made + [Fact(say(f"alikes.why.{reason}")) for reason in row.why]


def override_cells(look: Look, row: OverrideRow) -> tuple[Cell, ...]:
    """Return the cells of what was let pass."""
    name = (row.name_en if look.language == "en" else "") or row.name
    return (
        Cell(look.clock(row.at)),
        Cell(pills=((look.say(f"overrides.what.{row.what}"), "warning"),)),
        Cell(name or row.sku, ends=True, least=11, tip=f"{row.sku}\n{name}"),
        Cell(reason_said(row.reason, look.say, look.words.has) or "—", least=11),
        Cell(row.ship_number or row.number or "—", digits=True, tip=row.number),
        Cell(row.person or "—", least=11),
        Cell(row.leader or "—", least=11),
    )


def override_chips(look: Look, counts: Mapping[str, Counter[str]]) -> tuple[tuple[str, str], ...]:
    """Return one chip a guard with how often it was let pass; empty where nothing was."""
    found = counts.get("what") or Counter()
    chips = tuple((what, f"{look.say(f'overrides.what.{what}')} {number}") for what, number in found.most_common())
    return (("", look.say("window.attention.all_overrides")), *chips) if chips else ()


def override_facts(look: Look, shown: Overrides, row: OverrideRow | None) -> list[Fact]:
    """Say how often, why and by whom; of a chosen row its details first."""
    say = look.say
    made: list[Fact] = []
    if row is not None:
        made.append(Fact(say(f"overrides.what.{row.what}"), kind="warning"))
        made.append(Fact(row.sku, row.detail if row.detail != row.sku else ""))
        made.append(Fact(say("window.station", name=row.station)))
    number = sum(shown.counts.get("what", Counter()).values())
    made.append(Fact(say("window.attention.about_overrides", count=number)))
    for name in ("reason", "leader", "person") if number else ():
        counted = shown.counts[name].most_common(_MOST)
        made.append(Fact(say(f"window.attention.by.{name}"), head=True))
        for value, times in counted:
            words = reason_said(value, say, look.words.has) if name == "reason" else value
            made.append(Fact(words or say("overrides.nobody"), str(times)))
    return made
