"""Small makers of picking: jobs and scans as values, and somebody who does what the screen asks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.domain.barcode import read
from app.domain.bench import Seen
from app.domain.jobs import (
    Job,
    JobCandidate,
    JobRules,
    JobState,
    OtherShelf,
    Pick,
    Picker,
    PickSeen,
    Place,
    ToteInUse,
    WalkRules,
)
from app.domain.modes import Mode, Stage
from app.domain.people import Person, Role
from app.domain.pick_asking import PickAskKind, ask
from app.modes import cart, paper, single, singles, total, zone
from app.services import picking
from app.services.answers import Answer
from app.storage.database import Database
from tests.makers import Station, ean, itf, known

__all__ = ["ALL_MODES", "LEADER", "PickStation", "answer_to", "code_for", "job", "pick", "picker", "seen", "taking"]

ALL_MODES: dict[str, Mode] = {each.MODE.id: each.MODE for each in (paper, single, cart, total, zone, singles)}
LEADER = Person(2, "L1", "leader", Role.LEADER)


def pick(number: int = 1, product: int | None = None, wanted: int = 1, order: int = 1, **more: Any) -> Pick:
    """Return a pick; its product has the pick's number unless another is given, its shelf the product's."""
    product = number if product is None else product
    usual: dict[str, Any] = {
        "line": number,
        "sku": f"SKU-{product}",
        "name": f"Thing {product}",
        "code": "0" + ean(product),
        "shelf": f"A-{product:02d}",
        "slot": order,
        "position": product,
        "ship_number": f"12-{order:03d}",
    }
    return Pick(id=number, product=product, wanted=wanted, order=order, **(usual | more))


def job(*picks: Pick, mode: str = "cart", stage: Stage = Stage.PICK, totes: bool = True, **more: Any) -> Job:
    """Return an open job of *picks*, its totes (or wall slots) in place unless told otherwise."""
    prefix = "A" if stage is Stage.SORT else "T-"
    places = {
        each.slot: Place(each.slot, each.order, each.ship_number, (f"{prefix}{each.slot}",) if totes else ())
        for each in picks
        if each.slot
    }
    usual: dict[str, Any] = {"number": "12-3", "batch": 12, "state": JobState.ACTIVE, "due": 0}
    usual |= {"follows": 4} if stage is Stage.SORT else {}
    return Job(
        id=5, mode=ALL_MODES[mode], stage=stage, picks=picks, places=tuple(places[n] for n in sorted(places)),
        **(usual | more),
    )  # fmt: skip


def picker(*picks: Pick, mode: str = "cart", scan: str = "unit", shelf: str = "required", **more: Any) -> Picker:
    """Return somebody with an open job."""
    return Picker(job(*picks, mode=mode, rules=JobRules(shelf, scan), **more))


def seen(
    text: str, *, others: tuple[tuple[str, int], ...] = (), in_use: ToteInUse | None = None, **more: Any
) -> PickSeen:
    """Return a scan; goods are known by :func:`tests.makers.ean` or ``SKU-n``."""
    products = ()
    if text.isdigit() and len(text) == 13:
        products = next(((known(n),) for n in range(1, 10) if text == ean(n)), ())
    elif text.isdigit() and len(text) == 14:
        products = next(((known(n, 3),) for n in range(1, 10) if text == itf(n)), ())
    elif text.startswith("SKU-"):
        products = (known(int(text[4:])),)
    return PickSeen(
        Seen(read(text), products=products, **{k: v for k, v in more.items() if k in ("person", "lots")}),
        in_use=in_use,
        others=tuple(OtherShelf(*each) for each in others),
        **{k: v for k, v in more.items() if k not in ("person", "lots")},
    )


def taking(job: Job, text: str = "KP-NEXT", **more: Any) -> PickSeen:
    """Return a scan that names a job."""
    held = {k: more.pop(k) for k in ("holder", "leased", "blocked", "after") if k in more}
    return seen(text, jobs=(JobCandidate(job, **held),), **more)


def answer_to(picker: Picker, rules: WalkRules) -> str:
    """Return the code that answers what is asked, as somebody does who has everything in reach; empty for a job."""
    wanted = ask(picker, rules)
    job, place = picker.job, wanted.place
    match wanted.kind:
        case PickAskKind.TOTES | PickAskKind.NEW_TOTE:
            return f"KT-T-{place.number if place else 0}-{sum(len(each.codes) for each in job.places) if job else 0}"
        case PickAskKind.LIST:
            return f"KL-{job.number}" if job else ""
        case PickAskKind.SHELF:
            return f"KS-{wanted.pick.shelf}" if wanted.pick else ""
        case PickAskKind.ITEM | PickAskKind.SHORT_LINE:
            return ean(wanted.pick.product) if wanted.pick else "KP-CANCEL"
        case PickAskKind.PLACE:
            if wanted.held < wanted.quantity and wanted.pick:
                return ean(wanted.pick.product)
            assert place is not None
            return f"{'KW' if job and job.stage is Stage.SORT else 'KT'}-{place.code}"
        case PickAskKind.CONFIRM | PickAskKind.EMPTY | PickAskKind.OTHER_SHELF | PickAskKind.STOPPED:
            return "KP-DONE"
        case PickAskKind.SHORT_REASON:
            return "KP-R-MISSING"
        case PickAskKind.JOB | PickAskKind.TAKE_OVER:
            return ""
        case _:
            return "KP-CANCEL"


class PickStation(Station):
    """A picker's station without threads: each scan is one transaction on this thread."""

    def __init__(self, database: Database, name: str = "cart-1", stage: Stage = Stage.PICK) -> None:
        super().__init__(database, name)
        self.stage = stage

    def scan(self, raw: str, act: str | None = None, since: int | None = None) -> Answer:
        """Scan one code, *since* milliseconds after the one before."""
        with self.database.transaction() as tx:
            return picking.scan(tx, self.name, raw, act or str(uuid4()), since, self.stage)

    def look(self) -> Answer:
        """Return where the station stands."""
        with self.database.transaction() as tx:
            return picking.look(tx, self.name, self.stage)

    def work(self, answer: Answer, most: int = 400) -> list[str]:
        """Do what is asked until the job is done; return the keys of the answers."""
        said = []
        for _ in range(most):
            if answer.ask["kind"] == "job":
                return said
            answer = self.scan(code_for(answer))
            assert answer.level != "refused", (answer.key, answer.args)
            said.append(answer.key)
        raise AssertionError(f"not done: {answer}")

    def work_off(self) -> int:
        """Take one job after the other until none waits; return how many there were."""
        number = 0
        answer = self.scan("KP-NEXT")
        while answer.level != "refused" or answer.key == "job.lost":
            if answer.level != "refused":
                self.work(answer)
                number += 1
            answer = self.scan("KP-NEXT")
        assert answer.key.endswith("none_waiting"), answer
        return number


def code_for(answer: Answer) -> str:
    """Return the code that answers what a station asks, as somebody does who reads the screen."""
    wanted = answer.ask
    match wanted["kind"]:
        case "totes":
            return f"KT-{answer.job}-{wanted['place']}"
        case "new_tote":
            return f"KT-{answer.job}-{wanted['place']}-{answer.act[:8]}"
        case "list":
            return f"KL-{answer.job}"
        case "shelf":
            return f"KS-{wanted['shelf']}"
        case "item":
            return str(wanted["product_code"] or wanted["sku"])
        case "place":
            if wanted["held"] < wanted["left"]:
                return str(wanted["product_code"])
            return f"{'KW' if wanted.get('wall') else 'KT'}-{wanted['tote']}"
        case "short_reason":
            return "KP-R-MISSING"
        case "take_over" | "found" | "quantity" | "short_line":
            return "KP-CANCEL"
        case _:
            return "KP-DONE"
