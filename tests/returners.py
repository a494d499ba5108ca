"""Small makers of returns: parcels that came back and scans as values, and a station that takes them in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.domain.barcode import read
from app.domain.bench import Seen
from app.domain.orders import OrderState
from app.domain.people import Person, Role
from app.domain.products import Handling, LotPolicy
from app.domain.return_asking import ReturnAskKind, ask
from app.domain.returning import decide
from app.domain.returns import Receiver, ReturnCandidate, ReturnOrder, ReturnRules, ReturnSeen, Shipped, fold
from app.services import returns
from app.services.answers import Answer
from app.storage.database import Database
from tests.makers import ean, itf, known

RULES = ReturnRules(station="1", today="2026-11-30")
LEADER = Person(2, "L1", "leader", Role.LEADER)
PACKER = Person(1, "P1", "packer", Role.PACKER)
SERIAL = Handling(LotPolicy.SERIAL)
LOT = Handling(LotPolicy.LOT)
EXPIRY = Handling(LotPolicy.EXPIRY)


def shipped(number: int = 1, quantity: int = 1, product: int | None = None, **more: Any) -> Shipped:
    """Return goods that left the house; the line has the product's number unless another is given."""
    product = number if product is None else product
    usual: dict[str, Any] = {
        "sku": f"SKU-{product}", "name": f"Thing {product}", "code": "0" + ean(product), "shelf": f"A-{product:02d}",
        "parcel": 3,
    }  # fmt: skip
    return Shipped(number, product, quantity=quantity, **(usual | more))


def order(*goods: Shipped, state: OrderState = OrderState.SHIPPED, **more: Any) -> ReturnOrder:
    """Return an order that comes back, its return not begun yet."""
    usual: dict[str, Any] = {"id": 7, "number": "A-1001", "ship_number": "12-034", "shop": "shop", "ship_to": "見本"}
    usual |= {"members": ((7, state),), "parcel": 3}
    return ReturnOrder(state=state, shipped=goods, **(usual | more))


def receiver(*goods: Shipped, **more: Any) -> Receiver:
    """Return a station with an open return."""
    return Receiver(order(*(goods or (shipped(),)), return_id=5, **more))


def seen(text: str, *, orders: tuple[ReturnCandidate, ...] = (), handling: dict[int, Handling] | None = None,
         **more: Any) -> ReturnSeen:  # fmt: skip
    """Return a scan; goods are known by :func:`tests.makers.ean` or ``SKU-n``."""
    found: tuple[int, int] | None = None
    if text.isdigit() and len(text) == 13:
        found = next(((n, 1) for n in range(1, 10) if text == ean(n)), None)
    elif text.isdigit() and len(text) == 14:
        found = next(((n, 3) for n in range(1, 10) if text == itf(n)), None)
    elif text.startswith("SKU-"):
        found = (int(text[4:]), 1)
    elif text.startswith("]d201"):
        found = next(((n, 1) for n in range(1, 10) if text[5:19] == "0" + ean(n)), None)
    products = (known(found[0], found[1], handling=(handling or {}).get(found[0], Handling())),) if found else ()
    return ReturnSeen(Seen(read(text), products=products, **more), orders)


def said(here: Receiver, *texts: str | ReturnSeen, rules: ReturnRules = RULES, **more: Any):
    """Scan texts one after the other; return the station and the last outcome."""
    handling = {goods.product: goods.handling for goods in here.goods}
    outcome = None
    for number, text in enumerate(texts):
        code = seen(text, handling=handling, **more) if isinstance(text, str) else text
        outcome = decide(here, code, rules)
        here = fold(here, outcome.facts, f"act-{len(here.trail)}-{number}")
    return here, outcome


def answer_to(here: Receiver, rules: ReturnRules) -> str:
    """Return the code that answers what is asked, as somebody does who has the parcel; empty for an order."""
    wanted = ask(here, rules)
    match wanted.kind:
        case ReturnAskKind.ITEM:
            goods = next(each for each in here.goods if each.left > 0)
            return ean(goods.product)
        case ReturnAskKind.SERIAL:
            return next(each.serial for each in here.goods if each.left > 0 and each.product == wanted.hand.product)
        case ReturnAskKind.WHICH | ReturnAskKind.LINE | ReturnAskKind.LOT | ReturnAskKind.REASON:
            return "KP-1"
        case ReturnAskKind.GRADE:
            return "KP-2" if wanted.why_not else "KP-1"
        case ReturnAskKind.WHOLE | ReturnAskKind.CLOSE:
            return "KP-DONE"
    return ""


class ReturnStation:
    """A station of its own where goods come back."""

    def __init__(self, database: Database, name: str = "back") -> None:
        self.database, self.name = database, name

    def scan(self, text: str, act: str | None = None) -> Answer:
        with self.database.transaction() as tx:
            return returns.scan(tx, self.name, text, act or str(uuid4()))

    def scans(self, *texts: str) -> Answer:
        answer = None
        for text in texts:
            answer = self.scan(text)
        assert answer is not None
        return answer

    def look(self) -> Answer:
        with self.database.transaction() as tx:
            return returns.look(tx, self.name)
