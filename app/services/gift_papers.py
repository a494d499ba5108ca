"""Papers that go into gifts: what the noshi and cards of a batch or of one order say."""

from __future__ import annotations

import json
from collections.abc import Collection

from app.domain.gift_papers import GiftCard, GiftCards, NoshiPaper, NoshiPapers
from app.domain.insert_rules import USUAL_SIZE
from app.domain.noshi import Cover, Knot
from app.domain.orders import ShipNumber
from app.errors import NotFound
from app.services import acts, inserts
from app.services.drawing import Paper
from app.storage import inserts as storage
from app.storage import orders as orders_storage
from app.storage import printing
from app.storage.database import Transaction
from app.storage.inserts import PaperRow
from app.storage.printing import NewJob
from app.text import Texts

__all__ = ["gift_papers", "paper_of", "reprint"]


def paper_of(
    tx: Transaction,
    paper: str,
    words: Texts,
    *,
    order: int | None,
    batch: int | None,
    copy_reason: str = "",
    orders: Collection[int] | None = None,
) -> Paper:
    """Return a paper with every noshi, or every card, of a batch or of one order.

    :param paper: ``noshi`` or ``gift_card``.
    :param copy_reason: why it is printed again, in words.
    :param orders: only these; None for all.
    """
    kind = next(kind for kind, name in inserts.PAPERS.items() if name == paper)
    rows = storage.papers_of(tx, kind, batch=batch, order=order)
    if orders is not None:
        rows = [row for row in rows if row.order in orders]
    if kind == "noshi":
        return Paper(paper, NoshiPapers(tuple(_noshi(row, copy_reason) for row in rows)), words.language)
    return Paper(paper, GiftCards(tuple(_card(row, copy_reason) for row in rows)), words.language)


def _noshi(row: PaperRow, copy_reason: str) -> NoshiPaper:
    said = json.loads(row.text)
    return NoshiPaper(
        code=f"KN-{row.extra}",
        number=ShipNumber(row.batch, row.sequence),
        knot=Knot(said["knot"]),
        title=said["title"],
        names=tuple(said["names"]),
        cover=Cover(said["cover"]),
        size=said.get("size", USUAL_SIZE),
        copy_reason=copy_reason,
    )


def _card(row: PaperRow, copy_reason: str) -> GiftCard:
    said = json.loads(row.text)
    number = ShipNumber(row.batch, row.sequence)
    return GiftCard(f"KN-{row.extra}", number, said["message"], said.get("size", USUAL_SIZE), copy_reason)


def gift_papers(tx: Transaction, order: int, words: Texts) -> tuple[Paper, ...]:
    """Return the papers that go into an order's gift, as far as there are any."""
    made = [paper_of(tx, paper, words, order=order, batch=None) for paper in inserts.PAPERS.values()]
    return tuple(each for each in made if getattr(each.value, "papers", ()) or getattr(each.value, "cards", ()))


def reprint(tx: Transaction, station: str, act: str, order: int, reason: str) -> tuple[str, ...]:
    """Print the noshi and cards of an order again, marked as copies on their strips; return the papers.

    :raises NotFound: it has none.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return tuple(acts.result_of(tx, act))
    kinds = {kind for kind in inserts.PAPERS if storage.papers_of(tx, kind, order=order)}
    papers = [inserts.PAPERS[kind] for kind in sorted(kinds)]
    if not papers:
        full = orders_storage.load(tx, order)
        raise NotFound("gift.no_papers", number=full.row.number if full else str(order))
    printing.add_jobs(tx, act, station, [NewJob(paper, order, copy_reason=reason) for paper in papers])
    acts.end(tx, state, act, "reprint", {"reason": reason, "papers": papers}, order=order, result=papers)
    return tuple(papers)
