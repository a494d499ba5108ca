"""Rows of the list of rules, and what the panel says of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.insert_rules import RuleItem
from app.services.insert_words import adds, conditions
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look

__all__ = ["RULES", "InsertItem", "list_facts", "rule_cells", "rule_facts"]

RULES = (
    Column("place", 5),
    Column("rule", 20),
    Column("when", 44),
    Column("adds", 31),
    Column("stock", 8),
    Column("applied", 9),
)


@dataclass(frozen=True, slots=True)
class InsertItem:
    """One rule at its place."""

    id: int
    place: int
    item: RuleItem


def rule_cells(look: Look, row: InsertItem) -> tuple[Cell, ...]:
    """Return the cells of a rule."""
    say, item = look.say, row.item
    on = item.rule.active
    parts = conditions(say, item.draft)
    held = say("inserts.and").join(parts[1:] if item.rule.conditions.shared and parts[1:] else parts)
    stock = "—" if item.row.stock is None else f"{item.row.stock:,}"
    name = (
        Cell(item.rule.name, bold=True)
        if on
        else Cell(pills=((item.rule.name, "quiet"), (say("inserts.off"), "warning")), tip=item.rule.name)
    )
    return (
        Cell(str(row.place), "soft", right=True),
        name,
        Cell(held, "ink" if on else "soft", least=11, tip=held),
        Cell(adds(say, item.draft, item.rule.product_name), "ink" if on else "soft", least=11),
        Cell(stock, "error" if item.is_out else "ink", right=True, bold=item.is_out),
        Cell(f"{item.applied:,}", right=True),
    )


def rule_facts(look: Look, row: InsertItem) -> list[Fact]:
    """Say what a rule does, and what is to be known of it."""
    say, item = look.say, row.item
    made = [Fact(item.rule.name, head=True), Fact(say("window.inserts.if"), head=True)]
    made += [Fact(text) for text in conditions(say, item.draft)]
    made.append(Fact(say("window.inserts.then"), head=True))
    made.append(Fact(adds(say, item.draft, item.rule.product_name), kind="info"))
    if item.rule.text:
        made.append(Fact(" ".join(item.rule.text.split())))
    made.append(Fact(say(f"inserts.{'shown' if item.rule.shown else 'scanned'}")))
    if item.is_out:
        text = say("inserts.run_out", rule=item.rule.name, sku=item.row.sku, stock=item.row.stock)
        made.append(Fact(text, kind="warning"))
    elif item.row.stock is not None:
        made.append(Fact(say("inserts.column.stock"), f"{item.row.stock:,}"))
    made.append(Fact(say("inserts.column.applied"), f"{item.applied:,}"))
    if not item.rule.active:
        made.append(Fact(say("window.inserts.is_off"), kind="warning"))
    return made


def list_facts(look: Look, items: Sequence[InsertItem]) -> list[Fact]:
    """Say how many rules there are, which have run out, and how they work together."""
    say = look.say
    on = [each for each in items if each.item.rule.active]
    made = [Fact(say("window.inserts.rules"), str(len(items))), Fact(say("window.inserts.on"), str(len(on)))]
    made += [
        Fact(
            say("inserts.run_out", rule=each.item.rule.name, sku=each.item.row.sku, stock=each.item.row.stock),
            kind="warning",
        )
        for each in on
        if each.item.is_out
    ]
    return [*made, Fact(say("window.inserts.about.order")), Fact(say("window.inserts.about.shop"))]
