"""Remedies: what a key press does about a problem of an import, beside another value for its cell.

:data:`REMEDIES` says which problems have which; each has a name under which :func:`apply` does it. What a remedy needs
is read when it is shown and read again when it is done, so that nothing is done on what was true once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from app.domain.listings import ListingDraft
from app.domain.orders import Hold
from app.domain.people import Right
from app.errors import NotAllowed, NotFound
from app.services import acts, addresses, merge, orders, product_edit, product_listings
from app.services.desk import Desk
from app.storage import imports as storage
from app.storage import merge as merge_storage
from app.storage import orders as orders_storage
from app.storage.database import Transaction
from app.storage.imports import Told

__all__ = ["REMEDIES", "Done", "Remedy", "apply", "remedies"]

_TOPICS = frozenset({"orders", "products", "imports"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to set a problem right that a key press does."""

    name: str
    """What to hand to :func:`apply`."""
    key: str
    """Key of what its button says."""
    args: Mapping[str, str]
    """Placeholders of the sentence."""
    asks: str = ""
    """What it needs from the person: ``text`` (another value) or ``product`` (an SKU); empty for nothing."""
    proposed: str = ""
    """What the field holds at first."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a remedy came to."""

    again: bool
    """It counts only when the file is read again."""
    settled: bool
    """The problem is done with."""


Offer = Callable[[Transaction, Told], Iterator[Remedy]]
"""Yields the remedies that a problem has here and now, the best first."""
Act = Callable[[Desk, Told, str, str], Done]
"""Does one: with the problem, what stands behind the colon of the remedy's name, and what the person typed."""


# --- what is offered ----------------------------------------------------------------------------------------------


def remedies(tx: Transaction, found: Told) -> Iterator[Remedy]:
    """Yield what can be done about a problem, the best first; another value for its cell is the last."""
    for beginning, offers in REMEDIES.items():
        if found.key.startswith(beginning):
            for offer in offers:
                yield from offer(tx, found)
    if found.row > 0 and found.column:
        yield Remedy("value", "remedy.value", {"column": found.column}, asks="text", proposed=found.value)


def _product(tx: Transaction, found: Told) -> Iterator[Remedy]:
    """The product master lacks a code: make the product, or tie the code to one that is there."""
    yield Remedy("make_product", "remedy.make_product", {"sku": found.value})
    if _shop_of(tx, found) is not None:
        yield Remedy("tie_product", "remedy.tie_product", {"sku": found.value}, asks="product")


def _tie(tx: Transaction, found: Told) -> Iterator[Remedy]:
    """A code fits several products: say which one this shop means by it."""
    if _shop_of(tx, found) is not None:
        first = found.args.get("skus", "").partition(", ")[0]
        yield Remedy("tie_product", "remedy.tie_product", {"sku": found.value}, asks="product", proposed=first)


def _address(tx: Transaction, found: Told) -> Iterator[Remedy]:
    """The receiver's address: what the check proposes for this very fault."""
    for place, proposal in enumerate(_proposals(tx, found)):
        yield Remedy(f"address:{place}", proposal.key, dict(proposal.args))


def _lift(hold: Hold) -> Offer:
    """Lift what holds the order, where it still does."""

    def offer(tx: Transaction, found: Told) -> Iterator[Remedy]:
        full = orders_storage.load(tx, found.order) if found.order is not None else None
        if full is not None and hold in full.row.holds:
            yield Remedy(f"lift:{hold}", "remedy.lift", {"hold": str(hold), "number": full.row.number})

    return offer


def _cancel(tx: Transaction, found: Told) -> Iterator[Remedy]:
    """Cancel the order as its buyer wishes."""
    full = orders_storage.load(tx, found.order) if found.order is not None else None
    if full is not None and full.row.state in ("received", "ready"):
        yield Remedy("cancel", "remedy.cancel", {"number": full.row.number})


def _merge(tx: Transaction, found: Told) -> Iterator[Remedy]:
    """Pack orders to one recipient together."""
    group = _proposed_with(tx, found.order)
    if group:
        yield Remedy("merge", "remedy.merge", {"orders": ", ".join(number for _, number in group)})


REMEDIES: dict[str, tuple[Offer, ...]] = {
    "line.unknown_product": (_product,),
    "line.sku_ambiguous": (_tie,),
    "line.option_ambiguous": (_tie,),
    "fault.": (_address,),
    "order.cancel_": (_cancel, _lift(Hold.CANCEL_REQUESTED)),
    "order.gone": (_cancel, _lift(Hold.GONE_FROM_SHOP)),
    "order.merge_proposed": (_merge,),
}
"""Key of a problem, or what it begins with -> what makes its remedies."""


# --- what is done -------------------------------------------------------------------------------------------------


def apply(desk: Desk, problem: int, remedy: str, value: str = "") -> Done:
    """Do a remedy; runs on a worker thread.

    :param remedy: its name.
    :param value: what it asked for.
    :raises NotFound: there is no such problem, or it has no such remedy any more.
    :raises NotAllowed: what it does is refused; or the person may not.
    """
    found = desk.read(storage.problem_of, problem).result()
    if found is None:
        raise NotFound("imports.problem_not_found", id=problem)
    offered = desk.read(lambda tx: [each for each in remedies(tx, found) if each.name == remedy]).result()
    if not offered:
        raise NotFound("imports.no_such_remedy", id=problem)
    if offered[0].asks and offered[0].asks != "text" and not value.strip():
        raise NotAllowed("imports.remedy_needs_value", id=problem)
    name, _, rest = remedy.partition(":")
    done = _ACTS[name](desk, found, rest, value.strip())
    if done.settled:
        desk.do(_TOPICS, _settle, desk.station, str(uuid4()), found, remedy).result()
    return done


def _settle(tx: Transaction, station: str, act: str, found: Told, remedy: str) -> None:
    """A remedy is done: so is its problem, and every other of this import that says the same of the same code."""
    state = acts.begin(tx, station, act)
    if state is None:
        return
    same = storage.same_code(tx, found) if remedy.endswith("_product") else [found.id]
    storage.done(tx, same)
    facts = {"import": found.import_id, "problem": found.id, "remedy": remedy, "settled": len(same)}
    acts.end(tx, state, act, "remedy", facts, order=found.order)


def _do_value(desk: Desk, found: Told, _: str, value: str) -> Done:
    desk.do(frozenset({"imports"}), put_value, desk.station, str(uuid4()), found, value).result()
    return Done(again=True, settled=False)


def put_value(tx: Transaction, station: str, act: str, found: Told, value: str) -> None:
    """Keep what the cell of a problem is to say.

    :raises NotAllowed: it names no cell, or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    if found.row < 1 or not found.column:
        raise NotAllowed("imports.no_cell", row=found.row)
    storage.put_fix(tx, act, found.import_id, (found.file, found.row, found.column), value)
    facts = {"import": found.import_id, "file": found.file, "row": found.row, "column": found.column, "value": value}
    acts.end(tx, state, act, "mend", facts, order=found.order)


def _do_make(desk: Desk, found: Told, _: str, value: str) -> Done:
    name = desk.read(storage.name_of_code, found).result()
    product_edit.edit(desk, {"sku": found.value, "name": value or name or found.value})
    return Done(again=False, settled=True)


def _do_tie(desk: Desk, found: Told, _: str, value: str) -> Done:
    def known(tx: Transaction) -> tuple[int, int | None]:
        return product_edit.by_sku(tx, value), _shop_of(tx, found)

    product, shop = desk.read(known).result()
    assert shop is not None
    product_listings.put_and_follow(desk, product, shop, ListingDraft(found.value))
    return Done(again=False, settled=True)


def _do_address(desk: Desk, found: Told, rest: str, _: str) -> Done:
    def correct(tx: Transaction, act: str) -> None:
        proposed = list(_proposals(tx, found))
        if int(rest) >= len(proposed) or found.order is None:
            raise NotFound("imports.no_such_remedy", id=found.id)
        addresses.correct(tx, desk.station, act, found.order, proposed[int(rest)].address)

    desk.do(_TOPICS, correct, str(uuid4())).result()
    return Done(again=False, settled=True)


def _do_lift(desk: Desk, found: Told, rest: str, _: str) -> Done:
    desk.do(_TOPICS, orders.lift, desk.station, str(uuid4()), found.order, [rest]).result()
    return Done(again=False, settled=True)


def _do_cancel(desk: Desk, found: Told, _rest: str, _: str) -> Done:
    desk.do(_TOPICS, orders.cancel, desk.station, str(uuid4()), found.order).result()
    return Done(again=False, settled=True)


def _do_merge(desk: Desk, found: Told, _rest: str, _: str) -> Done:
    def together(tx: Transaction, act: str) -> None:
        merge.merge(tx, desk.station, act, [order for order, _ in _proposed_with(tx, found.order)])

    desk.do(_TOPICS, together, str(uuid4())).result()
    return Done(again=False, settled=True)


_ACTS: dict[str, Act] = {
    "value": _do_value,
    "make_product": _do_make,
    "tie_product": _do_tie,
    "address": _do_address,
    "lift": _do_lift,
    "cancel": _do_cancel,
    "merge": _do_merge,
}
"""Name of a remedy -> what it does."""


# --- what is there ------------------------------------------------------------------------------------------------


def _shop_of(tx: Transaction, found: Told) -> int | None:
    """Return the shop whose file it is, once the shop is known."""
    return storage.shop_of(tx, found.import_id)


def _proposals(tx: Transaction, found: Told) -> Iterator[Any]:
    """Yield what could be written instead of the part of the address that a problem names."""
    if found.order is None:
        return
    there = addresses.of_order(tx, found.order)
    if not there.correctable:
        return
    for each in there.findings:
        if each.key == found.key and each.field == found.args.get("field", each.field):
            yield from each.proposals


def _proposed_with(tx: Transaction, order: int | None) -> list[tuple[int, str]]:
    """Return the orders, with their numbers, that a merge is proposed of with this one; none where none is."""
    key = merge_storage.key_of(tx, order) if order is not None else ""
    for each in merge.proposals_of(tx, [key]) if key else ():
        if any(row.id == order for row in each.orders):
            return [(row.id, row.number) for row in each.orders]
    return []
