"""The list of cartons 箱 in the back office: taking files in, single entries, stock, use, and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from app.carriers._choose import carriers
from app.channels._cartons import column_of, read_cartons
from app.channels._source import SourceFile, open_source
from app.domain.carton_list import (
    IncomingCarton,
    ListedCarton,
    Wrong,
    changed_fields,
    is_code,
    merged,
    read_code,
    wrongs_of,
)
from app.domain.intake import Level, fold_name, level_of, problem
from app.domain.orders import Problem
from app.domain.people import Right
from app.domain.place_labels import LabelKind, PlaceLabel
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.services.carriers import short_names
from app.services.desk import Desk
from app.services.settings import all_settings
from app.storage import carton_plans
from app.storage import cartons as storage
from app.storage.cartons import Used
from app.storage.database import Transaction
from app.text import LANGUAGES

__all__ = [
    "DAYS",
    "CartonReport",
    "CartonRow",
    "Changed",
    "add",
    "book",
    "import_cartons",
    "labels_of",
    "page",
    "retire",
    "service_of",
]

TOPICS = frozenset({"cartons", "orders"})
"""What an act on the list changes."""
DAYS = 30
"""Days that use is counted over."""
_DAY_MS = 86_400_000
_PLANNED_BY = ("kind", "inner_mm", "max_g", "cost_yen", "carriage_yen", "services", "retired")
"""What a proposal depends on; a stock that only falls is looked after by the proposals themselves."""


@dataclass(frozen=True, slots=True)
class CartonRow:
    """One carton with what became of it."""

    carton: ListedCarton
    use: Used
    """In the last :data:`DAYS` days."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a file changes of one carton."""

    before: ListedCarton
    after: ListedCarton
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CartonReport:
    """What taking a list in did, or would do."""

    added: tuple[ListedCarton, ...] = ()
    changed: tuple[Changed, ...] = ()
    same: tuple[str, ...] = ()
    """Codes of cartons that the file has as they are."""
    kept: tuple[str, ...] = ()
    """Codes of cartons that the file does not have: they stay."""
    problems: tuple[Problem, ...] = ()
    written: bool = False

    @property
    def usable(self) -> bool:
        """Whether it may be written: with a row that cannot be right, goods would be packed wrong."""
        wrong = any(level_of(each) is Level.ERROR for each in self.problems)
        return not wrong and bool(self.added or self.changed or self.same)


# --- looking ------------------------------------------------------------------------------------------------------


def page(tx: Transaction, *, retired: bool = False, days: int = DAYS) -> list[CartonRow]:
    """Return the cartons from the smallest to the largest, with how often each was used and refused.

    :param retired: those too that are proposed no longer.
    :param days: over how many days use is counted.
    """
    used = storage.used_since(tx, tx.now - days * _DAY_MS)
    found = [each for each in storage.all_cartons(tx) if retired or not each.retired]
    found.sort(key=lambda each: (each.retired, each.carton.volume, each.code))
    return [CartonRow(each, used.get(each.code, Used())) for each in found]


def labels_of(tx: Transaction, codes: Sequence[str] = ()) -> tuple[PlaceLabel, ...]:
    """Return the labels ``KX-…`` of cartons; of all that are not retired where no code is given.

    :raises NotFound: there is no such carton (``carton_list.unknown``).
    """
    known = {each.code: each for each in storage.all_cartons(tx)}
    wanted = [read_code(code) for code in codes] or [code for code, each in known.items() if not each.retired]
    for code in wanted:
        if code not in known:
            raise NotFound("carton_list.unknown", code=code)
    return tuple(
        PlaceLabel(LabelKind.CARTON, code, size=" \u00d7 ".join(map(str, known[code].inner_mm))) for code in wanted
    )


# --- a file -------------------------------------------------------------------------------------------------------


def import_cartons(desk: Desk, path: Path, *, dry_run: bool = False, act: str = "") -> CartonReport:
    """Take a list of cartons in; nothing is written where a row cannot be right, or for a *dry_run*.

    Cartons that the file does not have stay, and cells that are empty leave what is stored.

    :raises FileUnusable: it cannot be read as a whole.
    :raises NotAllowed: the person signed in may not.
    """
    settings = desk.read(all_settings).result()
    file = open_source(path, max_bytes=int(settings["intake.max_mb"]) * 1_000_000)
    found = list(read_cartons(file, _service_names()))
    given = tuple(each for each in found if isinstance(each, IncomingCarton))
    problems = tuple(each for each in found if isinstance(each, Problem))
    report: CartonReport = desk.read(_compared, file, given, problems).result()
    if dry_run or not report.usable:
        return report
    desk.do(TOPICS, _write, desk.station, act or str(uuid4()), file.name, report).result()
    return replace(report, written=True)


def _service_names() -> dict[str, str]:
    """Return ``carrier/service`` by everything that a service is called, in the form in which names are compared."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for service, name in short_names(language).items():
            if "/" in service:
                found.setdefault(fold_name(name), service)
    return found | {fold_name(service): service for service in _services()}


def service_of(text: str) -> str:
    """Return the ``carrier/service`` that is written or named; the text itself where there is none."""
    return _service_names().get(fold_name(text), text)


def _services() -> frozenset[str]:
    return frozenset(f"{each.ID}/{service.id}" for each in carriers() for service in each.SERVICES)


def _compared(
    tx: Transaction, file: SourceFile, given: Sequence[IncomingCarton], problems: Sequence[Problem]
) -> CartonReport:
    known = {each.code: each for each in storage.all_cartons(tx)}
    services = _services()
    added: list[ListedCarton] = []
    changed: list[Changed] = []
    same: list[str] = []
    found = list(problems)
    for each in given:
        before = known.get(each.code)
        after = merged(before, each)
        if after is None:
            column = column_of(file, "inner_mm" if each.inner_mm is None else "max_g")
            found.append(problem(file.name, each.row, column, each.code, "carton_list.new_incomplete"))
            continue
        wrong = wrongs_of(after, services)
        found += [_problem(file, each.row, one) for one in wrong]
        if wrong:
            continue
        if before is None:
            added.append(after)
        elif fields := changed_fields(before, after):
            changed.append(Changed(before, after, fields))
        else:
            same.append(each.code)
    named = {each.code for each in given}
    kept = tuple(code for code, each in known.items() if code not in named and not each.retired)
    return CartonReport(tuple(added), tuple(changed), tuple(same), kept, tuple(sorted(found, key=lambda one: one.row)))


def _problem(file: SourceFile, row: int, wrong: Wrong) -> Problem:
    return problem(file.name, row, column_of(file, wrong.field), wrong.value, wrong.key, **dict(wrong.args))


def _write(tx: Transaction, station: str, act: str, name: str, report: CartonReport) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    for each in report.added:
        storage.put(tx, each)
    for change in report.changed:
        storage.put(tx, change.after)
    if report.added or any(_matters(each.fields, each.before, each.after) for each in report.changed):
        carton_plans.list_changed(tx)
    facts = {
        "file": name,
        "added": [each.code for each in report.added],
        "changed": {each.after.code: list(each.fields) for each in report.changed},
    }
    acts.end(tx, state, act, "cartons", facts)


def _matters(fields: Sequence[str], before: ListedCarton, after: ListedCarton) -> bool:
    """Whether other cartons may be proposed because of a change."""
    return any(name in _PLANNED_BY for name in fields) or _gone(before) != _gone(after)


def _gone(carton: ListedCarton) -> bool:
    return carton.stock is not None and carton.stock <= 0


# --- single cartons -----------------------------------------------------------------------------------------------


def add(tx: Transaction, station: str, act: str, given: IncomingCarton, *, new: bool = False, change: str = "") -> str:
    """Enter a carton, or change what is given of one; return its code.

    :param new: refuse a code that is there already.
    :param change: what to make of its stock, as in :func:`book`; empty leaves it.
    :raises NotAllowed: something cannot be right, a new one lacks its inner size or the weight that it carries, or the
        person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return str(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    code = read_code(given.code)
    if not is_code(code):
        raise NotAllowed("carton_list.bad_code", value=given.code[:40])
    before = storage.one(tx, code)
    if new and before is not None:
        raise NotAllowed("carton_list.known_already", code=code)
    after = merged(before, replace(given, code=code))
    if after is None:
        raise NotAllowed("carton_list.new_incomplete", value=code)
    if change.strip():
        after = replace(after, stock=_booked(after, change))
    for wrong in wrongs_of(after, _services()):
        raise NotAllowed(wrong.key, value=wrong.value, **dict(wrong.args))
    fields = changed_fields(before, after) if before is not None else ()
    storage.put(tx, after)
    if before is None or _matters(fields, before, after):
        carton_plans.list_changed(tx)
    acts.end(tx, state, act, "carton", {"code": code, "new": before is None, "fields": list(fields)}, result=code)
    return code


def retire(tx: Transaction, station: str, act: str, code: str, *, back: bool = False) -> str:
    """Propose a carton no longer, or again; what is recorded of it stays. Return its code.

    :raises NotFound: there is no such carton (``carton_list.unknown``).
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return str(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    carton = _known(tx, code)
    storage.retire(tx, carton.code, retired=not back)
    if carton.retired is back:
        carton_plans.list_changed(tx)
    acts.end(tx, state, act, "carton", {"code": carton.code, "retired": not back}, result=carton.code)
    return carton.code


def book(tx: Transaction, station: str, act: str, code: str, change: str) -> int | None:
    """Correct the stock of a carton and return it; None where nobody counts it any more.

    :param change: ``+50`` came in, ``-3`` went to waste, ``120`` were counted, ``none`` counts no longer.
    :raises NotFound: there is no such carton (``carton_list.unknown``).
    :raises NotAllowed: that is no number of cartons, or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        stored = acts.result_of(tx, act)
        return None if stored is None else int(stored)
    acts.require(state, Right.SETTINGS)
    carton = _known(tx, code)
    stock = _booked(carton, change)
    storage.put_stock(tx, carton.code, stock)
    if _gone(carton) != _gone(replace(carton, stock=stock)):
        carton_plans.list_changed(tx)
    acts.end(tx, state, act, "carton", {"code": carton.code, "stock": stock, "before": carton.stock}, result=stock)
    return stock


def _booked(carton: ListedCarton, change: str) -> int | None:
    plain = fold_name(change).replace("\u2212", "-")
    if plain in ("none", "なし"):
        return None
    sign, digits = (plain[0], plain[1:]) if plain[:1] in ("+", "-") else ("", plain)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise NotAllowed("carton_list.bad_stock", value=change[:40])
    number = int(digits)
    if not sign:
        return number
    stock = (carton.stock or 0) + (number if sign == "+" else -number)
    if stock < 0:
        raise NotAllowed("carton_list.less_than_none", code=carton.code, stock=carton.stock or 0, value=change)
    return stock


def _known(tx: Transaction, code: str) -> ListedCarton:
    found = storage.one(tx, read_code(code))
    if found is None:
        raise NotFound("carton_list.unknown", code=code[:40])
    return found
