"""What an import leaves on record on its way: the file, what it did to each order, and what was odd in it.

The row of the import is written with its first chunk, so that one that was killed on the way is on record too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from app.domain.intake import problem
from app.domain.orders import IncomingOrder, Problem
from app.errors import FileUnusable
from app.services import acts
from app.services.desk import Desk
from app.storage import import_back as back_storage
from app.storage import imports as storage
from app.storage.database import Transaction

__all__ = [
    "MOST_PROBLEMS",
    "Record",
    "begin_with",
    "close_with",
    "digest_of",
    "orders_by_place",
    "plain_path",
    "refused",
    "tell_merges",
]

MOST_PROBLEMS = 2000
"""Problems of one file that are kept; all are counted."""


_TOPICS = frozenset({"orders", "products", "imports"})


@dataclass(slots=True)
class Record:
    """One file's import, as far as it is on record. What changes here is undone where its transaction is tried again
    (:meth:`mark`, :meth:`back_to`)."""

    station: str
    file: str
    paths: tuple[Path, ...]
    size: int
    channel: str = ""
    shop: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    """How the file is read, for reading it again."""
    folder: int | None = None
    again: int | None = None
    sha256: str = ""
    id: int = 0
    """0 until it is on record."""
    looked: int = 0
    """Problems of the report that were looked at."""
    kept: int = 0
    """Problems that are on record."""
    _begun_by: str = ""
    """The act that put it on record."""
    _before: dict[int, str] = field(default_factory=dict)
    """What the known orders of the chunk in hand were before it."""
    _done: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Order -> what the chunk in hand did to it, and what it was."""

    def mark(self) -> tuple[int, int]:
        """Return how far it is."""
        return self.looked, self.kept

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget what a try that failed had put on record."""
        self.looked, self.kept = mark
        self._before.clear()
        self._done.clear()

    def begin(self, tx: Transaction, act: str) -> None:
        """Put the file on record, unless it is; an act that is tried again does it again."""
        if self.id and self._begun_by != act:
            return
        self._begun_by = act
        self.id = storage.add(
            tx,
            act=act,
            file=self.file,
            sha256=self.sha256,
            channel=self.channel,
            shop=self.shop,
            result="{}",
            kind=storage.BEGUN,
            station=self.station,
            path="\n".join(map(plain_path, self.paths)),
            size=self.size,
            options=json.dumps(dict(self.options), ensure_ascii=False),
            folder_id=self.folder,
            again_id=self.again,
        )

    def look_at(self, tx: Transaction, orders: Iterable[int]) -> None:
        """Remember what known orders are before the chunk in hand changes them."""
        self._before |= back_storage.snapshots(tx, orders)

    def did(self, order: int, what: str) -> None:
        """Say what the chunk in hand did to a known order."""
        self._done.setdefault(order, (what, self._before.get(order, "")))

    def keep(
        self,
        tx: Transaction,
        added: Sequence[int],
        problems: Sequence[Problem],
        about: Callable[[], Mapping[object, int]] = dict,
    ) -> None:
        """Put on record what the chunk in hand did.

        :param added: ids of its new orders.
        :param problems: every problem of the report so far; those not looked at before are kept.
        :param about: makes the ids of the chunk's orders by number and by row, where a problem asks for them.
        """
        storage.add_new_orders(tx, self.id, added)
        storage.add_orders(tx, self.id, [(order, *done) for order, done in self._done.items()])
        self._before.clear()
        self._done.clear()
        fresh = problems[self.looked :]
        self.looked = len(problems)
        if room := fresh[: max(0, MOST_PROBLEMS - self.kept)]:
            orders = about()
            named = [(each, orders.get(dict(each.args).get("number", ""), orders.get(each.row))) for each in room]
            storage.add_problems(tx, self.id, named)
            self.kept += len(room)

    def keep_known(self, tx: Transaction, orders: Iterable[int], what: str) -> None:
        """Put on record what was done to known orders after the last chunk."""
        storage.add_orders(tx, self.id, [(order, what, self._before.get(order, "")) for order in orders])
        self._before.clear()

    def close(self, tx: Transaction, figures: Mapping[str, object], kind: str, *, complete: bool = False) -> None:
        """Say that the import is at its end, and what it came to."""
        storage.change(tx, self.id, result=json.dumps(figures), kind=kind, complete=int(complete))


def digest_of(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of files, one after the other.

    :raises FileUnusable: one of them cannot be read any more.
    """
    digest = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as raw:
                while part := raw.read(1 << 20):
                    digest.update(part)
        except OSError as error:
            reason = error.strerror or str(error)
            raise FileUnusable("file.unreadable", file=path.name, reason=reason) from error
    return digest.hexdigest()


def plain_path(path: Path) -> str:
    """Return where a file lies, as it can be stored; a name in another encoding loses what cannot."""
    return str(path.absolute()).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def orders_by_place(batch: Iterable[IncomingOrder], ids: Mapping[int, int]) -> dict[object, int]:
    """Return the ids of a chunk's orders by number and by row.

    :param ids: identity of the value read -> id.
    """
    found: dict[object, int] = {}
    for order in batch:
        identity = ids.get(id(order))
        if identity is not None:
            found.setdefault(order.number, identity)
            found |= dict.fromkeys((order.row, *(line.row for line in order.lines)), identity)
    return found


def tell_merges(desk: Desk, ids: Sequence[int]) -> list[Problem]:
    """Put on the record of imports which of their orders could share a parcel; return what the report says of it."""
    if not ids:
        return []
    found: list[tuple[int, int, str, str]] = desk.read(storage.proposed, ids).result()
    told: dict[frozenset[str], tuple[int, int, Problem]] = {}
    for import_id, order, number, others in found:
        group = frozenset((number, *others.split(", ")))
        if group not in told:
            args = {"number": number, "others": others}
            said = problem("", 0, "", f"{number}, {others}", "order.merge_proposed", **args)
            told[group] = import_id, order, said
    if told:
        desk.chunk(_TOPICS, _tell_merges, desk.station, list(told.values())[:MOST_PROBLEMS], str(uuid4())).result()
    return [said for _, _, said in told.values()]


def _tell_merges(tx: Transaction, station: str, told: Sequence[tuple[int, int, Problem]], act: str) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    for import_id in {each for each, _, _ in told}:
        of_import = [(replace(said, file=storage.file_of(tx, import_id)), order)
                     for each, order, said in told if each == import_id]  # fmt: skip
        storage.add_problems(tx, import_id, of_import)
        storage.count_more(tx, import_id, len(of_import))
    acts.end(tx, state, act, "import", {"merges": len(told)})


def refused(desk: Desk, record: Record, told: Problem) -> int:
    """Put a file on record that could not be used; return the id of its row."""
    with suppress(FileUnusable, OSError):  # what cannot be read has no digest, and is on record all the same
        record.sha256 = digest_of(record.paths)
        record.size = sum(path.stat().st_size for path in record.paths)
    return desk.chunk(_TOPICS, _refused, record, told, str(uuid4())).result()


def _refused(tx: Transaction, record: Record, told: Problem, act: str) -> int:
    state = acts.begin(tx, record.station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    record.id = record.looked = record.kept = 0
    record.begin(tx, act)
    record.keep(tx, (), [told])
    record.close(tx, {"problems": 1}, "refused")
    facts = {"file": record.file, "sha256": record.sha256, "refused": told.key}
    acts.end(tx, state, act, "import", facts, result=record.id)
    return record.id


def begin_with(desk: Desk, record: Record) -> None:
    """Put a file on record in an act of its own: one that brings no orders."""
    desk.chunk(_TOPICS, _begin, record, str(uuid4())).result()


def _begin(tx: Transaction, record: Record, act: str) -> None:
    state = acts.begin(tx, record.station, act)
    if state is None:
        return
    record.begin(tx, act)
    acts.end(tx, state, act, "import", {"file": record.file, "sha256": record.sha256, "begun": record.id})


def close_with(
    desk: Desk, record: Record, problems: Sequence[Problem], figures: Mapping[str, object], kind: str
) -> None:
    """Say in an act of its own what the import of a file came to that brought no orders."""
    desk.chunk(_TOPICS, _close, record, tuple(problems), dict(figures), kind, str(uuid4())).result()


def _close(
    tx: Transaction, record: Record, problems: Sequence[Problem], figures: Mapping[str, object], kind: str, act: str
) -> None:
    state = acts.begin(tx, record.station, act)
    if state is None:
        return
    record.looked = record.kept = 0
    record.keep(tx, (), problems)
    record.close(tx, {**figures, "problems": len(problems)}, kind)
    acts.end(tx, state, act, "import", {"file": record.file, "sha256": record.sha256, **figures})
