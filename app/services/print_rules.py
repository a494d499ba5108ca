"""Print rules at work: which papers an order gets when, and which printer each of them comes out of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.bench import BenchOrder, Extra, Papers
from app.domain.label_sets import PAPER as LABEL
from app.domain.label_sets import named_printer
from app.domain.orders import OrderState, ShipNumber
from app.domain.print_rules import (
    GIFT_PAPERS,
    Out,
    PrintFacts,
    PrintRule,
    Ruled,
    When,
    decide,
    may_come_out_at_release,
    outs_of,
)
from app.domain.printing import Printer
from app.services import printers
from app.services.settings import all_settings, shop_list
from app.storage import inserts as inserts_storage
from app.storage import print_rules as storage
from app.storage import printing as printing_storage
from app.storage import release as release_storage
from app.storage import waybills as waybill_storage
from app.storage.database import Transaction
from app.storage.printing import JobRow, NewJob
from app.storage.release import CandidateRow

__all__ = [
    "BATCH_PAPERS",
    "Routed",
    "Ruling",
    "again",
    "at_close",
    "at_start",
    "due",
    "due_of_batch",
    "may_be_out",
    "of_new_version",
    "route",
    "set_aside",
    "usual_printer",
]

BATCH_PAPERS: Mapping[str, str] = {
    "slips": "packing_slip",
    **{name: name for name in ("invoice", "return_slip", "address_label", *GIFT_PAPERS)},
}
"""Papers of a batch that are made of its orders' own, with the paper of one order that each is made of."""
_SHEETS = ("packing_slip", "invoice", "return_slip")
_PAPER_OF = {"noshi": "noshi", "card": "gift_card"}
"""Papers of gifts, by the kind of insert."""
_KINDS = {paper: kind for kind, paper in _PAPER_OF.items()}
_WAITING = (OrderState.RELEASED, OrderState.PICKED)
"""States in which a hold keeps papers back."""
_REPLACED = ("", "short")
"""Reasons to print that replace what came out before: as many copies as at first. Whoever wants a paper again wants
it once."""


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a job comes out, or the part of it that is for some orders."""

    printer: int | None
    """None for the station's folder."""
    copies: int = 1
    template: str = ""
    """Name of the template; empty for the usual form, or where each sheet has its own."""
    orders: tuple[int, ...] | None = None
    """Orders of a batch that it is for, in their sequence; None for all of the job."""


class Ruling:
    """Decides about papers by the rules as they are now, for one station."""

    def __init__(
        self,
        tx: Transaction,
        station: str,
        house: Mapping[str, str] | None = None,
        shops: Mapping[int, Mapping[str, str]] | None = None,
    ) -> None:
        self.station = station
        """Where the papers were caused."""
        self.house = all_settings(tx) if house is None else house
        """What the house decided."""
        self.rules: tuple[PrintRule, ...] = storage.current(tx, self.house)
        """The rules that are on."""
        self._tx = tx
        self._shops = shops
        self._facts: dict[int, PrintFacts] = {}

    def settings(self, shop: int) -> Mapping[str, str]:
        """Return what a shop decided; every shop is read at once."""
        if self._shops is None:
            self._shops = {each.id: {**self.house, **each.settings} for each in shop_list(self._tx)}
        return self._shops.get(shop, self.house)

    def look_at(self, orders: Iterable[int] = (), *, batch: int | None = None) -> None:
        """Learn what rules look at in some orders, or in those of a batch: nothing where there are no rules."""
        if not self.rules:
            return
        if batch is not None:
            self._facts |= storage.facts_of_batch(self._tx, batch, self.station)
        elif missing := set(orders) - set(self._facts):
            self._facts |= storage.facts_of(self._tx, missing, self.station)

    def facts(self, order: int, shop: int, *, gift: bool) -> PrintFacts:
        """Return what rules look at in an order."""
        if self.rules and order not in self._facts:
            self.look_at([order])
        return self._facts.get(order) or PrintFacts(order=order, station=self.station, shop=shop, gift=gift)

    def outs(self, order: int, shop: int, *, gift: bool) -> tuple[Out, ...]:
        """Return what comes out for an order at some time."""
        return outs_of(self.rules, self.settings(shop), self.facts(order, shop, gift=gift))

    def out(self, order: int, shop: int, paper: str, *, gift: bool) -> Out | None:
        """Return the job of this paper that an order gets; None where it gets none."""
        return next((each for each in self.outs(order, shop, gift=gift) if each.paper == paper), None)

    def decide(self, paper: str, order: int = 0, shop: int = 0, *, gift: bool = False) -> Ruled:
        """Decide about a paper: of an order, or of none."""
        if not order:
            return decide(self.rules, paper, PrintFacts(station=self.station), self.house)
        return decide(self.rules, paper, self.facts(order, shop, gift=gift), self.settings(shop))


def due_of_batch(
    tx: Transaction, paper: str, batch: int, ruling: Ruling, *, copies: bool = False
) -> list[tuple[CandidateRow, Out]]:
    """Return the orders of a batch for which a paper of it comes out, in their sequence, each with its share in it.

    Not those that were cancelled meanwhile, nor those whose paper is a job of its own: changed or held.

    :param paper: one of :data:`BATCH_PAPERS`.
    :param copies: the batch is printed again: with those that have a job of their own.
    """
    own = BATCH_PAPERS[paper]
    rows = [row for row in release_storage.of_batch(tx, batch) if row.state != OrderState.CANCELLED]
    aside = set() if copies else printing_storage.with_own_slip(tx, [row.id for row in rows], own)
    rows = [row for row in rows if row.id not in aside]
    ruling.look_at(batch=batch)
    if own in GIFT_PAPERS:
        has = {each.order for each in inserts_storage.papers_of(tx, _KINDS[own], batch=batch)}
        gifts = [(row, ruling.decide(own, row.id, row.shop_id, gift=row.gift)) for row in rows if row.id in has]
        found = [(row, Out(own, ruled)) for row, ruled in gifts]
    else:
        outs = [(row, ruling.out(row.id, row.shop_id, own, gift=row.gift)) for row in rows]
        found = [(row, out) for row, out in outs if out is not None]
    return [(row, out) for row, out in found if out.ruled.when is When.RELEASE]


# --- the papers of one order, as jobs -----------------------------------------------------------------------------


def due(papers: Papers, order: int, version: int, *when: When) -> list[NewJob]:
    """Return the print jobs of an order that is released, opened or closed at a bench; noshi and cards aside."""
    return [NewJob(paper, order, version=version) for paper in papers.due(*when) if paper not in GIFT_PAPERS]


def again(papers: Papers, order: int, version: int, reason: str) -> list[NewJob]:
    """Return the jobs that print an order's papers again, its slip in any case; noshi and cards aside."""
    wanted = dict.fromkeys(("packing_slip", *(paper for _, paper in papers.out if paper not in GIFT_PAPERS)))
    return [NewJob(paper, order, version=version, copy_reason=reason) for paper in wanted]


def at_start(tx: Transaction, order: BenchOrder, extras: Iterable[Extra], settings: Mapping[str, str]) -> list[NewJob]:
    """Return the print jobs of an order that a bench opens, but for those that this version of it had already.

    An order is opened again after it was handed back, set aside or taken over: that prints nothing twice.

    :param extras: what goes into the box: noshi and cards come out for those that are wanted.
    :param settings: those of the house.
    """
    wanted = list(order.papers.due(When.START))
    if not wanted:
        return []
    kinds = {_PAPER_OF.get(each.kind) for each in extras if each.paper and each.order == order.id}
    had = storage.papers_had(tx, order.id, order.version)
    wanted = [each for each in wanted if each not in had and (each not in GIFT_PAPERS or each in kinds)]
    reason = _reason(tx, order, settings) if wanted else ""
    return [NewJob(paper, order.id, version=order.version, copy_reason=reason) for paper in wanted]


def at_close(tx: Transaction, order: BenchOrder, settings: Mapping[str, str], *, short: bool) -> list[NewJob]:
    """Return the print jobs of an order whose parcel closes. What this version of it had already is marked as a copy.

    A slip printed before a shortage was known would be a lie in the box: it is printed again.

    :param settings: those of the house.
    :param short: pieces are short.
    """
    wanted = order.papers.due(When.CLOSE)
    reason = _reason(tx, order, settings) if wanted else ""
    again = "short" if short else "other"  # it was closed before, and opened again
    made = [NewJob(each, order.id, version=order.version, copy_reason=reason, again=again) for each in wanted]
    if short and "packing_slip" in order.papers.due(When.RELEASE, When.START):
        made.append(NewJob("packing_slip", order.id, version=order.version, copy_reason="short"))
    return made


def _reason(tx: Transaction, order: BenchOrder, settings: Mapping[str, str]) -> str:
    """Return why a paper that comes out after the release is marked as a copy; empty where it is surely the first.

    Rules that changed since the release may have let it come out with its batch.
    """
    changed = storage.changed_at(settings)
    if not changed:
        return ""
    at, version = storage.released(tx, *order.place)
    return "other" if at <= changed and version == order.version else ""


def of_new_version(
    tx: Transaction, station: str, order: int, shop: int, version: int, settings: Mapping[str, str]
) -> list[NewJob]:
    """Return the print jobs of an order that changed after its release: what its release would print now.

    :param settings: what its shop decided.
    """
    # A gift has other sheets in its stack, and the same jobs.
    outs = Ruling(tx, station, settings, {shop: settings}).outs(order, shop, gift=False)
    return [NewJob(each.paper, order, version=version) for each in outs if each.ruled.when is When.RELEASE]


def may_be_out(
    tx: Transaction, order: int, shop: int, number: ShipNumber, settings: Mapping[str, str]
) -> tuple[bool, bool]:
    """Whether a sheet of a released order, and whether its address label, may lie printed somewhere.

    By what was printed for it alone, and by what its release may have printed: with its content as it was then, which
    nobody knows any more, and with any rules where they changed since.

    :param settings: what its shop decided.
    """
    found = storage.papers_had(tx, order)
    changed = storage.changed_at(settings)
    if changed and storage.released(tx, number.batch, number.sequence)[0] <= changed:
        found |= {"packing_slip", "address_label"}
    rules = storage.current(tx, settings)
    papers = (*_SHEETS, "address_label")
    found |= {paper for paper in papers if may_come_out_at_release(rules, paper, settings, shop)}
    return not found.isdisjoint(_SHEETS), "address_label" in found


def set_aside(tx: Transaction, job: JobRow, *, among: Collection[int] | None = None, dry: bool = False) -> int:
    """Give each held order of a batch a job of its own for its share in a paper, which waits for its holds.

    The batch's paper comes out without them then. A job that prints again what came out sets nothing aside. Noshi and
    cards come out for held orders too: they lie beside until the box is packed.

    :param among: the orders that the job is for; None for all of its batch.
    :param dry: count only.
    :return: how many.
    """
    own = BATCH_PAPERS.get(job.paper, "")
    if job.batch is None or job.order is not None or job.copy_reason or not own or own in GIFT_PAPERS:
        return 0
    if not storage.has_held(tx, job.batch):
        return 0
    shares = due_of_batch(tx, job.paper, job.batch, Ruling(tx, job.station))
    held = [row.id for row, _ in shares if row.held and row.state in _WAITING and (among is None or row.id in among)]
    if not dry and held:
        heads = waybill_storage.heads(tx, held)
        new = [NewJob(own, order, version=heads[order].version) for order in held]
        printing_storage.add_jobs(tx, job.act, job.station, new)
    return len(held)


# --- printers -----------------------------------------------------------------------------------------------------

_ON_LABELS = frozenset({"address_label", LABEL})
_LABEL_SIZES = frozenset({"4x6", "100x150", "62"})
"""Sizes that come off a roll."""
_UNSIZED = frozenset({*GIFT_PAPERS, LABEL})


def _size(paper: str, settings: Mapping[str, str]) -> str:
    """Return what a paper is printed on; empty where its own content says it, or where it takes any."""
    if paper in _UNSIZED:
        return ""
    if paper in _ON_LABELS:
        return settings["address_label.size"]
    return settings["slip.size"] if paper in _SHEETS else "A4"


def usual_printer(known: Sequence[Printer], paper: str, size: str) -> int | None:
    """Return the printer of a paper that no rule names one for; None for the station's folder.

    The first that has just this size in it, else the first of the right kind of which nobody said what is in it. An
    office printer takes another size rather than none: it can shrink a page; a label printer would cut it off.

    :param known: printers that the station may print on, in their order.
    :param size: one of :data:`app.domain.printing.MEDIA`; empty where the paper takes any.
    """
    labels = paper in _ON_LABELS or size in _LABEL_SIZES
    fitting = [each for each in known if size and each.media == size]
    fitting += [each for each in known if not each.media and each.for_labels is labels]
    fitting += [each for each in known if not size and each.for_labels is labels]
    if paper not in _ON_LABELS:
        fitting += [each for each in known if not each.for_labels]
    return fitting[0].id if fitting else None


def _printer(ruled: Ruled, known: Sequence[Printer], every: Collection[int], paper: str, size: str) -> int | None:
    """The printer that a rule names, if it is still there and on; it may be another station's."""
    if ruled.printer is not None and ruled.printer in every:
        return ruled.printer
    return usual_printer(known, paper, size)


def route(tx: Transaction, job: JobRow) -> tuple[Routed, ...]:
    """Return where a job comes out: one for each printer, number of copies and template that its orders need.

    Every order of a batch is in just one of them; a fixed number of statements, however many orders there are. Labels
    for which somebody named a printer come out of that one.
    """
    everything = printers.every(tx)
    known = [each for each in everything if each.active and each.station in ("", job.station)]
    on = {each.id for each in everything if each.active}
    named = named_printer(job.paper, job.subject)
    if named in on:
        return (Routed(named, job.copies),)
    ruling = Ruling(tx, job.station)
    if job.order is None and job.batch is not None and job.paper in BATCH_PAPERS:
        return _route_batch(tx, job, ruling, known, on)
    size, ruled = _size(job.paper, ruling.house), ruling.decide(job.paper)
    if job.order is not None:
        head = waybill_storage.heads(tx, [job.order]).get(job.order)
        if head is not None:
            size = _size(job.paper, ruling.settings(head.shop_id))
            out = ruling.out(job.order, head.shop_id, job.paper, gift=head.gift)
            ruled = out.ruled if out else ruling.decide(job.paper, job.order, head.shop_id, gift=head.gift)
    copies = ruled.copies if job.copy_reason in _REPLACED else 1
    return (Routed(_printer(ruled, known, on, job.paper, size), copies, ruled.template),)


def _route_batch(
    tx: Transaction, job: JobRow, ruling: Ruling, known: Sequence[Printer], on: Collection[int]
) -> tuple[Routed, ...]:
    assert job.batch is not None
    own = BATCH_PAPERS[job.paper]
    if not ruling.rules and not known:
        return (Routed(None),)
    groups: dict[tuple[int | None, int, str], list[int]] = {}
    for row, out in due_of_batch(tx, job.paper, job.batch, ruling, copies=bool(job.copy_reason)):
        size, ruled = _size(own, ruling.settings(row.shop_id)), out.ruled
        copies = ruled.copies if job.copy_reason in _REPLACED else 1
        key = (_printer(ruled, known, on, own, size), copies, ruled.template)
        groups.setdefault(key, []).append(row.id)
    if not groups:
        return (Routed(usual_printer(known, own, _size(own, ruling.house))),)
    if len(groups) == 1:
        return (Routed(*next(iter(groups))),)
    return tuple(Routed(*key, tuple(orders)) for key, orders in groups.items())
