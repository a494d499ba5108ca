"""The pull list 抜き取り: what must be taken out of stacks, boxes and hands because an order changed or was cancelled.

Papers stay on it until they are scanned out, goods until they are back on their shelf. The void list is
for the carrier: numbers that it gave and that will not travel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import barcode
from app.domain.barcode import OrderCode
from app.domain.shipping import number_of, read_key
from app.domain.stock import RETURN_SHELF, Move, shelf_place
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.services.settings import all_settings
from app.storage import goods
from app.storage import packing as packing_storage
from app.storage import pulls as storage
from app.storage.database import Transaction
from app.storage.pulls import PullRow, VoidRow, open_pulls

__all__ = ["PullRow", "Pulled", "VoidRow", "open_pulls", "scan", "void_list"]


@dataclass(frozen=True, slots=True)
class Pulled:
    """One thing that was taken out."""

    pull: int
    kind: str
    """``slip``, ``label`` (with an address), ``waybill``, ``goods``, or ``paper`` for a noshi or a card."""
    text: str
    order: int
    number: str
    """The shop's order number."""
    ship_number: str
    quantity: int
    """Pieces of goods."""
    shelf: str
    """Shelf that goods go back to; empty where they have none."""
    left: int
    """Things of this order that are still to be taken out."""

    @property
    def key(self) -> str:
        """Key of the sentence that says it."""
        return f"pull.done_{self.kind}"


def scan(tx: Transaction, station: str, act: str, text: str) -> Pulled:
    """Scan one thing out: a slip, an address label, a noshi or card, a waybill, or goods that go back on their shelf.

    :param text: code of the slip, number or key of the waybill, a code of the goods; or ``#`` and the row's number,
        where a thing cannot be scanned because it was never printed or is lost. Goods are confirmed as a whole row.
    :raises NotFound: it is not on the list.
    :raises NotAllowed: it was taken out already.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return Pulled(*acts.result_of(tx, act))
    found = _find(tx, text)
    waiting = [row for row in found if not row.done]
    if not waiting:
        raise NotAllowed("pull.already", text=text.strip()) if found else NotFound("pull.unknown", text=text.strip())
    if waiting[0].kind == "label" and any(tx.now - each.done_at < _TWICE_MS for each in found if each.done):
        raise NotAllowed("pull.already", text=text.strip())  # the slip once more, as readers do
    row = storage.lock(tx, waiting[0].id)
    assert row is not None
    if not storage.mark_done(tx, row.id):
        raise NotAllowed("pull.already", text=text.strip())
    if row.kind == "goods":
        _put_back(tx, act, row)
    left = len(open_pulls(tx, row.order))
    result = [row.id, row.kind, row.text, row.order, row.number, row.ship_number, row.quantity, row.shelf, left]
    facts = {"pull": row.id, "kind": row.kind, "text": row.text, "quantity": row.quantity}
    acts.end(tx, state, act, "pull", facts, raw=text, order=row.order, result=result)
    return Pulled(row.id, row.kind, row.text, row.order, row.number, row.ship_number, row.quantity, row.shelf, left)


def _put_back(tx: Transaction, act: str, row: PullRow) -> None:
    """Goods go from the return shelf to their own; those whose stock is not tracked lie on none in the ledger."""
    assert row.product is not None
    pieces = min(row.quantity, storage.lying(tx, row.product, RETURN_SHELF, row.lot))
    if pieces > 0:
        move = Move(row.product, row.lot, RETURN_SHELF, shelf_place(row.shelf), pieces)
        packing_storage.book(tx, act, row.order, [move])


_TWICE_MS = 1_000
"""Within this time the same code is the same paper: no hand takes the next one so fast."""
_ROW = re.compile(r"#(\d{1,15})")


def _find(tx: Transaction, text: str) -> Sequence[PullRow]:
    """Return what a text may mean: a row, a slip, a paper, a waybill, goods; the first kind that is on the list."""
    plain = text.strip()
    chosen = _ROW.fullmatch(plain)
    if chosen:
        row = storage.lock(tx, int(chosen[1]))
        return [row] if row else []
    reading = barcode.read(plain)
    codes = _slip_codes(plain, reading)
    # An address label has the code of its slip: of the two that come out of the stack one goes after the other.
    if papers := [*storage.of_text(tx, "slip", codes), *storage.of_text(tx, "label", codes)]:
        return papers
    if plain.upper().startswith("KN-"):
        return storage.of_text(tx, "paper", [plain.upper()])
    keys = [number_of(plain), plain]
    key = read_key(plain)
    labels = storage.of_text(tx, "waybill", [*keys, str(key)] if key else keys)
    if labels:
        return labels
    with_sku = all_settings(tx)["scan.sku"] == "on"
    products = [known.product for known in goods.find_products(tx, reading, with_sku)]
    return storage.of_text(tx, "goods", [], products) if products else []


def _slip_codes(plain: str, reading: barcode.Reading) -> list[str]:
    """The code of a slip as it is stored; a ship number without its version means any version of it."""
    codes = [plain.upper()]
    for kind in reading.kinds:
        if isinstance(kind, OrderCode):
            ship = kind.ship_number
            versions = [ship.version] if ship.version is not None else range(1, 100)
            codes += [ship.coded(version) for version in versions]
    return codes


def void_list(tx: Transaction, carrier: str, since: int | None = None, limit: int | None = None) -> list[VoidRow]:
    """Return the numbers that a carrier gave and that will not travel, newest first, for telling the carrier.

    :param carrier: id of the carrier; empty for every one.
    :param since: only those requested since this time, milliseconds since 1970 UTC.
    """
    return storage.void_numbers(tx, carrier, since, limit)
