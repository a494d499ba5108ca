"""Print rules as the office handles them: entering, ordering, files, and why an order's papers come out as they do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from app.channels._rules import column_name, read_rules
from app.channels._source import open_source
from app.domain.formulas import guarded
from app.domain.intake import problem
from app.domain.orders import Problem
from app.domain.people import Right
from app.domain.print_draft import FIELDS, PrintDraft, draft_of, texts_of
from app.domain.print_rules import (
    OF_ORDER,
    Judged,
    Out,
    PrintRule,
    Ruled,
    covered_by,
    explain,
    rule_faults,
)
from app.domain.printing import Printer
from app.errors import NotAllowed, NotFound
from app.services import acts, carriers, printers, templates
from app.services.channels import known_channels
from app.services.desk import Desk
from app.services.print_rules import Ruling
from app.services.rule_shops import Imported, Wrong, names_of, shop_choices, tied
from app.services.settings import all_settings
from app.storage import inserts as shops_storage
from app.storage import print_rules as storage
from app.storage import waybills as waybill_storage
from app.storage.database import Transaction

__all__ = [
    "TOPICS",
    "Explained",
    "Imported",
    "PaperExplained",
    "RuleItem",
    "Wrong",
    "drafts",
    "drop",
    "explain_order",
    "export",
    "id_of",
    "import_rules",
    "move",
    "rule_items",
    "save",
    "shop_choices",
    "switch",
    "wrongs",
]

TOPICS = frozenset({"settings", "printing"})
"""What changes where a rule does."""


@dataclass(frozen=True, slots=True)
class RuleItem:
    """One rule, as the office sees it."""

    draft: PrintDraft
    """The rule with its shops and its printer by name."""
    warnings: tuple[Wrong, ...] = ()
    """Why it does not do what it says: an earlier one covers it, its printer is off, a shop is gone."""

    @property
    def rule(self) -> PrintRule:
        """The rule."""
        return self.draft.rule


def _draft(rule: PrintRule, shops: Mapping[int, tuple[str, str]], known: Mapping[int, Printer]) -> PrintDraft:
    printer = known.get(rule.printer) if rule.printer is not None else None
    return PrintDraft(rule, names_of(rule.conditions.shops, shops), printer.name if printer else "")


def drafts(tx: Transaction) -> dict[str, PrintDraft]:
    """Return every rule by its name, with shops and printer by name, in their order."""
    shops = shops_storage.shop_names(tx)
    known = {each.id: each for each in printers.every(tx)}
    return {rule.name: _draft(rule, shops, known) for rule in storage.every(tx)}


def id_of(tx: Transaction, name: str) -> int:
    """Return the id of the rule of that name.

    :raises NotFound: there is none.
    """
    known = drafts(tx)
    if name not in known:
        raise NotFound("print_rules.none", name=name, known="、".join(known) or "–")
    return known[name].rule.id


def rule_items(tx: Transaction) -> tuple[RuleItem, ...]:
    """Return every rule in its order, with what keeps it from doing what it says."""
    rules = storage.every(tx)
    shops = shops_storage.shop_names(tx)
    known = {each.id: each for each in printers.every(tx)}
    stations = storage.station_names(tx)
    return tuple(
        RuleItem(_draft(rule, shops, known), tuple(_warnings(tx, rule, rules, shops, known, stations)))
        for rule in rules
    )


def _warnings(
    tx: Transaction,
    rule: PrintRule,
    rules: Sequence[PrintRule],
    shops: Mapping[int, tuple[str, str]],
    known: Mapping[int, Printer],
    stations: frozenset[str],
) -> Iterable[Wrong]:
    if not rule.active:
        return
    wider = covered_by(rule, rules)
    if wider is not None:
        yield Wrong("name", "print_rules.warn.covered", {"name": rule.name, "other": wider.name})
    if any(shop not in shops for shop in rule.conditions.shops):
        yield Wrong("shops", "print_rules.warn.shop_gone", {"name": rule.name})
    printer = known.get(rule.printer) if rule.printer is not None else None
    if rule.printer is not None and printer is None:
        yield Wrong("printer", "print_rules.warn.printer_gone", {"name": rule.name})
    elif printer is not None and not printer.active:
        yield Wrong("printer", "print_rules.warn.printer_off", {"name": rule.name, "printer": printer.name})
    for station in rule.conditions.stations:
        if station not in stations:
            said = {"name": rule.name, "station": station, "known": "、".join(sorted(stations)) or "–"}
            yield Wrong("stations", "print_rules.warn.station", said)
    if rule.template and rule.template not in templates.names(tx, rule.paper):
        yield Wrong("template", "print_rules.warn.template_gone", {"name": rule.name, "template": rule.template})


# --- checking -----------------------------------------------------------------------------------------------------


def wrongs(tx: Transaction, texts: Mapping[str, str], rule: int = 0) -> tuple[Wrong, ...]:
    """Return what is wrong with a rule as it is being written.

    :param rule: the rule that is changed; 0 for a new one.
    """
    return _checked(tx, texts, rule)[1]


def _checked(tx: Transaction, texts: Mapping[str, str], rule: int) -> tuple[PrintRule, tuple[Wrong, ...]]:
    there = drafts(tx)
    before = next((each for each in there.values() if each.rule.id == rule), None) if rule else None
    if rule and before is None:
        raise NotFound("print_rules.gone")
    draft, mistakes = draft_of(texts, before)
    found = [Wrong(each.field, each.key, {"value": each.value, "known": each.known}) for each in mistakes]
    made, unknown = _tied(tx, draft)
    others = [name for name, each in there.items() if each.rule.id != rule]
    faults = [] if mistakes else [Wrong(each.field, each.key, dict(each.args)) for each in rule_faults(made, others)]
    return made, (*found, *unknown, *faults)


def _tied(tx: Transaction, draft: PrintDraft) -> tuple[PrintRule, list[Wrong]]:
    """Tie a rule to the shops and the printer that it names, and look whether there is all the rest that it names."""
    shops, wrong = tied(tx, draft.shops)
    rule, when = draft.rule, draft.rule.conditions
    printer = None
    if draft.printer:
        known = {each.name.casefold(): each for each in printers.every(tx)}
        found = known.get(draft.printer.casefold())
        printer = found.id if found else None
        if found is None:
            listed = "、".join(each.name for each in known.values()) or "–"
            wrong.append(Wrong("printer", "printers.no_printer", {"name": draft.printer, "known": listed}))
    named = (
        ("channels", when.channels, {each.ID for each in known_channels(tx)}, "print_rules.fault.channel"),
        ("carriers", when.carriers, set(carriers.names("ja")), "print_rules.fault.carrier"),
        ("template", (rule.template,) if rule.template else (), set(templates.names(tx, rule.paper)),
         "print_rules.fault.template"),
    )  # fmt: skip
    for field, names, there, key in named:
        listed = ", ".join(sorted(each for each in there if "/" not in each)) or "–"
        wrong += [Wrong(field, key, {"name": name, "known": listed}) for name in names if name not in there]
    # A shop that is not known must not make the rule one for every shop.
    kept = shops if shops or not draft.shops else (0,)
    return replace(rule, conditions=replace(when, shops=kept), printer=printer), wrong


# --- changing -----------------------------------------------------------------------------------------------------


def save(tx: Transaction, station: str, act: str, texts: Mapping[str, str], rule: int = 0) -> int:
    """Enter a rule, or change one; return its id. It counts for what is released, opened and closed from now on.

    :param texts: one text a field (:data:`app.domain.print_draft.FIELDS`); of a rule that is changed only those that
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
    acts.end(tx, state, act, "print_rule", {"rule": kept, **dict(texts)}, result=kept)
    return kept


def _put(tx: Transaction, rule: PrintRule) -> int:
    if not rule.id:
        return storage.add(tx, rule)
    storage.change(tx, rule)
    return rule.id


def switch(tx: Transaction, station: str, act: str, rule: int, *, on: bool) -> None:
    """Switch a rule on or off.

    :raises NotFound: it is gone.
    """
    save(tx, station, act, {"active": "yes" if on else "no"}, rule)


def drop(tx: Transaction, station: str, act: str, rule: int) -> None:
    """Take a rule away.

    :raises NotFound: it is gone already.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    name = next((each.name for each in storage.every(tx) if each.id == rule), "")
    if not storage.drop(tx, rule):
        raise NotFound("print_rules.gone")
    acts.end(tx, state, act, "print_rule", {"rule": rule, "name": name, "dropped": True})


def move(tx: Transaction, station: str, act: str, rule: int, place: int) -> None:
    """Put a rule at a place, 1 for the first: of two that apply the upper one decides.

    :raises NotFound: it is gone.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    ids = [each.id for each in storage.every(tx)]
    if rule not in ids:
        raise NotFound("print_rules.gone")
    ids.remove(rule)
    ids.insert(max(0, place - 1), rule)
    storage.number(tx, ids)
    acts.end(tx, state, act, "print_rule", {"rule": rule, "place": place})


# --- files --------------------------------------------------------------------------------------------------------


def import_rules(desk: Desk, path: Path, *, dry_run: bool = False, act: str = "") -> Imported:
    """Take a file of rules in: new names are added in its order, known ones changed; all of it or nothing.

    :raises FileUnusable: it cannot be read as a whole.
    :raises NotAllowed: the person signed in may not.
    """
    settings = desk.read(all_settings).result()
    file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    found = list(read_rules(file, FIELDS, ("name", "paper"), draft_of))
    rows = [each for each in found if not isinstance(each, Problem)]
    problems = [each for each in found if isinstance(each, Problem)]

    def look(tx: Transaction) -> tuple[list[PrintRule], list[Problem]]:
        there = drafts(tx)
        made: list[PrintRule] = []
        wrong: list[Problem] = []
        for number, draft in rows:
            rule, unknown = _tied(tx, draft)
            known = there.get(rule.name)
            rule = replace(rule, id=known.rule.id if known else 0)
            faults = [Wrong(each.field, each.key, dict(each.args)) for each in rule_faults(rule)]
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
    desk.do(TOPICS, _take_in, desk.station, act or str(uuid4()), rules, file.name).result()
    return replace(report, written=True)


def _take_in(tx: Transaction, station: str, act: str, rules: Sequence[PrintRule], file: str) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    for rule in rules:
        _put(tx, rule)
    acts.end(tx, state, act, "print_rule", {"file": file, "rules": len(rules)})


def export(tx: Transaction) -> bytes:
    """Return every rule in its order as CSV that Excel and :func:`import_rules` read: UTF-8 with its mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(FIELDS), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({field: guarded(text) for field, text in texts_of(each).items()} for each in drafts(tx).values())
    return out.getvalue().encode("utf-8-sig")


# --- one order ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperExplained:
    """What was decided about one paper of an order."""

    paper: str
    ruled: Ruled
    printer: str
    """Name of the printer that a rule names; empty for the one that stands first at the station."""
    out: Out | None
    """The job that it comes out with; None where it does not come out, or a gift paper that its wishes decide."""
    judged: tuple[Judged, ...]
    """Every rule of the paper in order, with why it does or does not apply; the first that does decides."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why an order's papers come out as they do."""

    order: int
    number: str
    shop: str
    papers: tuple[PaperExplained, ...]


def explain_order(tx: Transaction, order: int, station: str) -> Explained:
    """Say of each paper of an order when it comes out, how often and where, and why.

    :param station: where it would be printed.
    :raises NotFound: there is no such order.
    """
    head = waybill_storage.heads(tx, [order]).get(order)
    if head is None:
        raise NotFound("order.not_found", name=str(order))
    ruling = Ruling(tx, station)
    facts = ruling.facts(order, head.shop_id, gift=head.gift)
    outs = ruling.outs(order, head.shop_id, gift=head.gift)
    known = {each.id: each.name for each in printers.every(tx)}
    every = storage.every(tx)
    papers = []
    for paper in OF_ORDER:
        ruled = ruling.decide(paper, order, head.shop_id, gift=head.gift)
        out = next((each for each in outs if each.has(paper)), None)
        printer = known.get(ruled.printer, "") if ruled.printer is not None else ""
        papers.append(PaperExplained(paper, ruled, printer, out, explain(every, paper, facts)))
    return Explained(order, head.number, head.shop, tuple(papers))
