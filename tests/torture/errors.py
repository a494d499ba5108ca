"""A picker who errs in every way that a scan can catch, at the real service: all of it is refused, good work never is.

The numbers are the rows of the list of human errors: 1 wrong item, 2 look-alike, 3 two items with one code, 4 too many
or too few, 6 the label of a shelf or box instead of the goods, 7 left out, 15 the same scan twice, 17 misread.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from app.domain.products import CodeKind, IncomingProduct, ProductCode
from app.services import packing
from app.services.answers import Answer
from app.storage import products
from app.storage.database import Database, open_database
from tests.bench.shop import gtin, new_order, shop_with_products
from tests.torture.shop import DATABASE, audit

__all__ = ["Erring", "work"]

PRODUCTS = 60
SHARED = 71_000
"""Number of the code that two products have, and what is added for the codes of cases of six."""
CASE = 80_000


@dataclass
class Erring:
    """What happened, by the number of the error."""

    orders: int = 0
    good: int = 0
    tried: Counter[int] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)


class _Picker:
    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.chance = random.Random(seed)
        self.seen = Erring()
        self.left: dict[int, int] = {}
        self.done = 0
        self.number = ""
        self.last: tuple[str, str, Answer] | None = None

    def scan(self, code: str, act: str = "") -> Answer:
        act = act or str(uuid4())
        with self.database.transaction() as tx:
            answer = packing.scan(tx, "1", code, act)
        self.last = self.last if answer.repeat else (code, act, answer)
        return answer

    def good(self, product: int) -> None:
        """Right work: must be accepted, and count by one."""
        answer = self.scan(gtin(product))
        self.done += 1
        self.left[product] -= 1
        assert answer.level == "ok", (self.number, answer)
        assert answer.done == self.done, (self.number, answer)
        self.seen.good += 1

    def bad(self, row: int, code: str, *keys: str) -> None:
        """Wrong work: must be refused, and change nothing."""
        answer = self.scan(code)
        self.seen.tried[row] += 1
        self.seen.keys[answer.key] += 1
        assert answer.level == "refused", (self.number, row, code, answer)
        assert answer.done == self.done, (self.number, row, code, answer)
        assert not keys or answer.key in keys, (row, code, answer.key)

    # --- the errors ---

    def wrong_item(self) -> None:
        other = self.chance.choice([each for each in range(1, PRODUCTS + 1) if each not in self.left])
        self.bad(1, gtin(other), "item.wrong", "item.other_order")

    def look_alike(self) -> None:
        like = (self.chance.choice(list(self.left)) - 1 ^ 1) + 1
        if like not in self.left and like <= PRODUCTS:
            self.bad(2, gtin(like), "item.wrong", "item.other_order")

    def shared_code(self) -> None:
        self.bad(3, gtin(SHARED + self.chance.randrange(10)), "code.ambiguous")

    def too_many(self) -> None:
        product = self.chance.choice(list(self.left))
        if self.left[product] < 6:
            self.bad(4, gtin(CASE + product), "item.too_many", "item.complete")
        complete = [each for each, rest in self.left.items() if not rest]
        if complete:
            self.bad(4, gtin(self.chance.choice(complete)), "item.complete")

    def too_few(self) -> None:
        code, key = self.chance.choice((("KP-DONE", "done.still_wanted"), ("KP-NEXT", "next.while_open")))
        self.bad(7 if code == "KP-DONE" else 4, code, key)

    def label(self) -> None:
        label = self.chance.choice(
            (f"KS-A-{self.chance.choice(list(self.left)):04d}", "KT-0012", "KC-3", "KW-7", "KL-9")
        )
        self.bad(6, label)

    def again(self) -> None:
        """The trigger bounced: the reader hands the same act in twice."""
        if self.last is None:
            return
        last = code, act, before = self.last
        answer = self.scan(code, act)
        self.seen.tried[15] += 1
        assert answer.repeat, answer
        assert (answer.level, answer.key, answer.done) == (before.level, before.key, before.done)
        # … and the same id with another code is nobody's scan.
        other = self.scan(gtin(PRODUCTS + 5), act)
        assert (other.level, other.key) == ("refused", "act.reused"), other
        self.last = last

    def misread(self) -> None:
        right = gtin(self.chance.choice([each for each, rest in self.left.items() if rest]))
        at = self.chance.randrange(12)
        kind = self.chance.randrange(4)
        if kind == 0:
            digit = self.chance.choice([each for each in "0123456789" if each != right[at]])
            wrong = right[:at] + digit + right[at + 1 :]
        elif kind == 1:
            wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
        elif kind == 2:
            wrong = right[: self.chance.randint(4, 11)]
        else:
            wrong = right + right[: self.chance.randint(3, 13)]
        if wrong not in {gtin(each) for each in range(1, PRODUCTS + 1)} and wrong != right:
            self.bad(17, wrong)

    @property
    def errors(self) -> tuple[Callable[[], None], ...]:
        return (
            self.wrong_item, self.look_alike, self.shared_code, self.too_many, self.too_few, self.label, self.again,
            self.misread,
        )  # fmt: skip

    def pack(self, number: str, lines: list[tuple[int, int]]) -> None:
        """Pack one order, erring on the way."""
        answer = self.scan(number)
        assert answer.level == "ok", answer
        self.number, self.left, self.done = number, dict(lines), 0
        pieces = [product for product, wanted in lines for _ in range(wanted)]
        self.chance.shuffle(pieces)
        for piece in pieces:
            while self.chance.random() < 0.35:
                self.chance.choice(self.errors)()
            self.good(piece)
        assert self.last is not None
        assert self.last[2].key == "order.closed", self.last
        self.seen.orders += 1


def work(folder: Path, orders: int, seed: int) -> Erring:
    """Pack *orders* orders, erring at a third of the pieces."""
    database = open_database(f"sqlite:///{folder / DATABASE}")
    _shop(database)
    picker = _Picker(database, seed)
    chance = random.Random(seed + 1)
    for start in range(0, orders, 100):
        made = []
        with database.transaction() as tx:
            for at in range(start, min(start + 100, orders)):
                chosen = chance.sample(range(1, PRODUCTS + 1), chance.randint(1, 5))
                lines = [(product, chance.randint(1, 4)) for product in chosen]
                new_order(tx, f"E-{at:06d}", lines)
                made.append((f"E-{at:06d}", lines))
        for number, lines in made:
            picker.pack(number, lines)
    database.close()
    faults = audit(folder)
    assert not faults, faults
    return picker.seen


def _shop(database: Database) -> None:
    """Sixty products with a JAN code and a case of six each; ten codes that the supplier gave to two of them."""
    shop_with_products(database, PRODUCTS)
    with database.transaction() as tx:
        for at in range(1, PRODUCTS + 1):
            codes = [
                ProductCode(f"0{gtin(at)}", 1, CodeKind.GTIN),
                ProductCode(f"0{gtin(CASE + at)}", 6, CodeKind.GTIN),
            ]
            if at <= 20:
                codes.append(ProductCode(f"0{gtin(SHARED + (at - 1) % 10)}", 1, CodeKind.GTIN))
            products.save(tx, IncomingProduct(f"SKU-{at:05d}", codes=tuple(codes)))
