"""Rules of inserts 同梱ルール as the office handles them: entering, ordering, taking in from a file, looking ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from app.channels._rules import column_name, read_rules
from app.channels._source import open_source
from app.domain.insert_draft import FIELDS, RuleDraft, draft_of
from app.domain.insert_rules import InsertRule, plan, rule_faults
from app.domain.intake import problem
from app.domain.orders import Problem
from app.domain.people import Right
from app.domain.products import sku_fold
from app.errors import NotAllowed, NotFound
from app.services import acts, inserts
from app.services.desk import Desk
from app.services.rule_shops import Imported, Wrong, names_of, shop_choices, tied
from app.services.settings import all_settings
from app.storage import inserts as storage
from app.storage.database import Transaction
from app.storage.inserts import RuleRow

__all__ = [
    "Imported",
    "Preview",
    "RuleItem",
    "RunOut",
    "Wrong",
    "drafts",
    "drop",
    "import_rules",
    "move",
    "preview",
    "rule_items",
    "run_out",
    "save",
    "shop_choices",
    "switch",
    "wrongs",
]

APPLIED_DAYS = 30
"""Days over which it is counted how often a rule applied."""
_DAY_MS = 86_400_000
_PREVIEWED = 500
"""Orders that a preview looks at, those that go first."""
_TOPICS = frozenset({"settings", "orders"})


@dataclass(frozen=True, slots=True)
class RuleItem:
    """One rule, as the office sees it."""

    row: RuleRow
    shops: tuple[str, ...]
    """Names of its shops; none for every shop."""
    applied: int
    """Orders of the last 30 days into which it put something."""

    @property
    def rule(self) -> InsertRule:
        """The rule."""
        return self.row.rule

    @property
    def draft(self) -> RuleDraft:
        """The rule with its shops and goods by name."""
        return RuleDraft(self.rule, self.row.sku, self.shops)

    @property
    def is_out(self) -> bool:
        """Whether its stock is used up."""
        return self.row.stock is not None and self.row.stock < self.rule.quantity and not self.rule.shown


def rule_items(tx: Transaction) -> tuple[RuleItem, ...]:
    """Return every rule in its order, with stock and how often it applied."""
    names = storage.shop_names(tx)
    applied = storage.applied(tx, tx.now - APPLIED_DAYS * _DAY_MS)
    return tuple(
        RuleItem(row, names_of(row.rule.conditions.shops, names), applied.get(row.rule.id, 0))
        for row in storage.rule_rows(tx)
    )


def drafts(tx: Transaction) -> dict[str, RuleDraft]:
    """Return every rule by its name, with shops and goods by name."""
    names = storage.shop_names(tx)
    return {
        row.rule.name: RuleDraft(row.rule, row.sku, names_of(row.rule.conditions.shops, names))
        for row in storage.rule_rows(tx)
    }


@dataclass(frozen=True, slots=True)
class RunOut:
    """An insert that a rule wants and that is used up."""

    rule: str
    sku: str
    name: str
    stock: int


def run_out(tx: Transaction) -> tuple[RunOut, ...]:
    """Return the inserts of active rules of which the stock is used up: orders go without them."""
    return tuple(
        RunOut(row.rule.name, row.sku, row.rule.product_name, row.stock)
        for row in storage.rule_rows(tx)
        if row.rule.active and row.stock is not None and row.stock < row.rule.quantity and not row.rule.shown
    )


# --- checking -----------------------------------------------------------------------------------------------------


def _tied(tx: Transaction, draft: RuleDraft) -> tuple[InsertRule, list[Wrong]]:
    """Tie a rule to the shops and the goods that it names."""
    shops, wrong = tied(tx, draft.shops)
    when = draft.rule.conditions
    folds = {sku_fold(sku): sku for sku in (*when.any_of, *when.all_of, *([draft.sku] if draft.sku else []))}
    there = storage.products_by_sku(tx, folds)
    for field, skus in (("any_of", when.any_of), ("all_of", when.all_of), ("sku", (draft.sku,) if draft.sku else ())):
        wrong += [Wrong(field, "inserts.fault.sku_unknown", {"sku": sku}) for sku in skus if sku_fold(sku) not in there]
    conditions = replace(when, shops=shops)
    product = there.get(sku_fold(draft.sku)) if draft.sku else None
    rule = replace(draft.rule, conditions=conditions, product=product)
    if draft.sku and product is None:
        rule = replace(rule, product=0)  # it is named: that it is unknown is said already
    if draft.shops and not shops:
        rule = replace(rule, conditions=replace(conditions, shops=(0,)))
    return rule, wrong


def wrongs(tx: Transaction, texts: Mapping[str, str], rule: int = 0) -> tuple[Wrong, ...]:
    """Return what is wrong with a rule as it is being written.

    :param rule: the rule that is changed; 0 for a new one.
    """
    return _checked(tx, texts, rule)[1]


def _checked(
    tx: Transaction, texts: Mapping[str, str], rule: int, also: Sequence[str] = ()
) -> tuple[InsertRule, tuple[Wrong, ...]]:
    there = drafts(tx)
    before = next((each for each in there.values() if each.rule.id == rule), None) if rule else None
    if rule and before is None:
        raise NotFound("inserts.gone")
    draft, mistakes = draft_of(texts, before)
    found = [Wrong(each.field, each.key, {"value": each.value, "known": each.known}) for each in mistakes]
    made, unknown = _tied(tx, draft)
    others = [name for name, each in there.items() if each.rule.id != rule] + list(also)
    faults = [Wrong(each.field, each.key, dict(each.args)) for each in rule_faults(made, others)]
    return made, (*found, *unknown, *faults)


# --- changing -----------------------------------------------------------------------------------------------------


def save(tx: Transaction, station: str, act: str, texts: Mapping[str, str], rule: int = 0) -> int:
    """Enter a rule, or change one; return its id. It counts for what is released from now on.

    :param texts: one text a field (:data:`app.domain.insert_draft.FIELDS`); of a rule that is changed only those that
        change.
    :raises NotAllowed: something in it makes no sense, or the person may not.
    :raises NotFound: the rule is gone.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    made, wrong = _checked(tx, texts, rule)
    if wrong:
        raise NotAllowed(wrong[0].key, **{**wrong[0].args, "field": wrong[0].field})
    kept = _put(tx, made)
    acts.end(tx, state, act, "insert_rule", {"rule": kept, **dict(texts)}, result=kept)
    return kept


def _put(tx: Transaction, rule: InsertRule) -> int:
    if not rule.id:
        return storage.add_rule(tx, rule)
    before = next(row.rule.name for row in storage.rule_rows(tx) if row.rule.id == rule.id)
    storage.put_rule(tx, rule)
    if before != rule.name:
        storage.renamed(tx, before, rule.name)
    return rule.id


def switch(tx: Transaction, station: str, act: str, rule: int, *, on: bool) -> None:
    """Switch a rule on or off.

    :raises NotFound: it is gone.
    """
    save(tx, station, act, {"active": "yes" if on else "no"}, rule)


def drop(tx: Transaction, station: str, act: str, rule: int) -> None:
    """Take a rule away; what it put on orders that are released stays until they are renewed.

    :raises NotFound: it is gone already.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    name = next((row.rule.name for row in storage.rule_rows(tx) if row.rule.id == rule), "")
    if not storage.drop_rule(tx, rule):
        raise NotFound("inserts.gone")
    acts.end(tx, state, act, "insert_rule", {"rule": rule, "name": name, "dropped": True})


def move(tx: Transaction, station: str, act: str, rule: int, place: int) -> None:
    """Put a rule at a place, 1 for the first: of two that exclude each other the upper one counts.

    :raises NotFound: it is gone.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    ids = [row.rule.id for row in storage.rule_rows(tx)]
    if rule not in ids:
        raise NotFound("inserts.gone")
    ids.remove(rule)
    ids.insert(max(0, place - 1), rule)
    storage.number_rules(tx, ids)
    acts.end(tx, state, act, "insert_rule", {"rule": rule, "place": place})


# --- from a file --------------------------------------------------------------------------------------------------


def import_rules(desk: Desk, path: Path, *, dry_run: bool = False, act: str = "") -> Imported:
    """Take a file of rules in: new names are added, known ones changed. Nothing is written where a row is wrong.

    :raises FileUnusable: it cannot be read as a whole.
    :raises NotAllowed: the person signed in may not.
    """
    settings = desk.read(all_settings).result()
    file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    found = list(read_rules(file, FIELDS, ("name", "kind"), draft_of))
    rows = [each for each in found if not isinstance(each, Problem)]
    problems = [each for each in found if isinstance(each, Problem)]
    names = [draft.rule.name for _, draft in rows]

    def look(tx: Transaction) -> tuple[list[InsertRule], list[Problem]]:
        there = drafts(tx)
        made: list[InsertRule] = []
        wrong: list[Problem] = []
        for number, draft in rows:
            rule, unknown = _tied(tx, draft)
            known = there.get(rule.name)
            rule = replace(rule, id=known.rule.id if known else 0)
            others = [name for name in (*there, *names) if name != rule.name]
            faults = [Wrong(each.field, each.key, dict(each.args)) for each in rule_faults(rule, others)]
            wrong += [
                problem(
                    file.name, number, column_name(file, FIELDS, each.field), rule.name, each.key,
                    **{name: str(value) for name, value in each.args.items()},
                )
                for each in (*unknown, *faults)
            ]  # fmt: skip
            made.append(rule)
        return made, wrong

    rules, more = desk.read(look).result()
    problems += more
    added = tuple(rule.name for rule in rules if not rule.id)
    changed = tuple(rule.name for rule in rules if rule.id)
    report = Imported(added, changed, tuple(problems), written=False)
    if dry_run or not report.usable:
        return report
    desk.do(_TOPICS, _take_in, desk.station, act or str(uuid4()), rules, file.name).result()
    return replace(report, written=True)


def _take_in(tx: Transaction, station: str, act: str, rules: Sequence[InsertRule], file: str) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    for rule in rules:
        _put(tx, rule)
    acts.end(tx, state, act, "insert_rule", {"file": file, "rules": len(rules)})


# --- looking ahead ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would do to the orders that go next."""

    looked_at: int
    orders: tuple[str, ...]
    """Numbers of those that would get it."""


def preview(tx: Transaction, texts: Mapping[str, str], rule: int = 0) -> Preview:
    """Say which of the orders that wait for their release, or are released and not begun, a rule would apply to.

    :param rule: the rule that is changed; 0 for a new one.
    :raises NotFound: the rule is gone.
    """
    made, _ = _checked(tx, texts, rule)
    made = replace(made, active=True)
    ready = storage.ready_orders(tx, _PREVIEWED)
    found = [facts.order for facts in inserts.facts_of(tx, ready, [made]) if plan([made], facts, {}).wanted]
    numbers = {head.id: head.number for head in storage.facts_of(tx, found)}
    return Preview(len(ready), tuple(numbers[order] for order in ready if order in numbers))
