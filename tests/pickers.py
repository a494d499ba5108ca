"""Small makers of picking: jobs and scans as values, and somebody who does what the screen asks."""

from __future__ import annotations

from typing import Any

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
from tests.makers import ean, itf, known

__all__ = ["ALL_MODES", "LEADER", "answer_to", "job", "pick", "picker", "seen", "taking"]

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
