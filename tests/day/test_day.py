"""The test day: 400 orders of four shops from their files to the dispatch reports, with everything going wrong.

What the program says is held against what really is in the boxes and on them (:mod:`tests.day.bench`), and both
against what the shops wanted (:mod:`tests.day.orders`).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.orders import Hold
from app.services import release
from tests.day.bench import Key
from tests.day.carriers import good_number
from tests.day.house import PICKUPS
from tests.day.orders import SAGAWA, SHOPS, YAMATO, Order
from tests.day.shift import Shift, the_books_are_right
from tests.torture.shop import seed_of

pytestmark = pytest.mark.long

HOLD_OF = {"?": "service"}


@pytest.fixture
def shift(url: str, tmp_path: Path) -> Iterator[Shift]:
    day = Shift(url, tmp_path / "files")
    day.begin()
    yield day
    day.end()


def plain(order: Order) -> bool:
    return order.kind == "plain"


def paid(order: Order) -> bool:
    return order.kind == "plain" and order.carrier == YAMATO


def several(order: Order) -> bool:
    return order.kind == "plain" and len(order.sold) > 1


def by_sagawa(order: Order) -> bool:
    return order.kind == "plain" and order.carrier == SAGAWA


def test_a_day_of_four_hundred_orders_ends_with_every_parcel_under_its_own_waybill(shift: Shift) -> None:
    run(shift, shift.work)
    assert shift.world.said.keys() >= MUST_BE_SAID
    assert shift.refused_scans > 40


MUST_BE_SAID = {
    *("order.opened", "order.resumed", "order.closed", "pack.ok", "pack.all_in", "slip.ok", "waybill.piece"),
    *("item.wrong", "item.other_order", "item.complete", "order.cancelled", "order.old_version", "order.held_by"),
    *("order.cancelled_meanwhile", "order.changed_meanwhile", "order.held_meanwhile", "order.handed_back"),
    *("waybill.next_one", "waybill.stack_off", "waybill.other_order", "waybill.on_another", "waybill.old_version"),
    *(
        "dock.cancelled",
        "waybill.cancelled",
        "waybill.hand_ask",
        "undo.reopened_label",
        "later.parked",
        "parcel.added",
        "service.parked",
    ),
}
"""Answers without which the day was too quiet."""


@pytest.mark.torture
@pytest.mark.parametrize("at", range(12))
def test_any_other_day_ends_so_too(url: str, tmp_path: Path, at: int) -> None:
    seed = seed_of(f"day {at}")
    day = Shift(url, tmp_path / "files", seed, 600, ("", "M", "B", "A")[at % 4])
    day.begin()
    try:
        run(day, day.work_at_once if at % 3 else day.work)
    finally:
        day.end()


def run(shift: Shift, work: Callable[[], None]) -> None:
    """Live through a day and hold everything against everything."""
    the_gate_holds_what_must_not_go(shift)
    in_the_morning(shift)
    for choice in (
        release.Choice(carrier=YAMATO, pickup_to=shift.pickup(YAMATO), limit=240 if shift.at_close else 120),
        release.Choice(carrier=YAMATO),
        release.Choice(carrier=SAGAWA, temperature="frozen"),
        release.Choice(carrier=SAGAWA),
    ):
        assert shift.release(choice).ship_numbers
    nothing_more_is_released(shift)
    papers_are_made_again(shift)
    shift.spoil()
    in_flight(shift)
    work()
    assert not shift.world.wrong, "\n".join(shift.world.wrong)
    assert shift.world.moments == [], "something that was planned did not happen"
    at_the_dock(shift)
    after_the_dock(shift)
    assert shift.audit() == []
    the_books_are_right(shift)
    the_reports_agree(shift)
    print(shift.world.said, shift.changed, f"{shift.refused_scans} refusals changed nothing")


def the_gate_holds_what_must_not_go(shift: Shift) -> None:
    """Every order is held for just the reason that it has, and no other is."""
    rows = shift.sql(
        "SELECT o.id, h.hold FROM orders o JOIN holds h ON h.order_id = o.id WHERE h.lifted_at IS NULL AND o.held > 0"
    )
    holds: dict[int, set[str]] = {}
    for order, hold in rows:
        holds.setdefault(order, set()).add(hold)
    states = dict(shift.sql("SELECT id, state FROM orders"))
    wrong = []
    for key, order in shift.world.truth.items():
        found, state = holds.get(shift.ids[key], set()), states[shift.ids[key]]
        wanted = {HOLD_OF.get(order.stays, order.stays)} - {"", "cancelled"}
        if order.group:
            wanted.add("merge_proposed")
        if found != wanted:
            wrong.append((key, order.kind, found, wanted))
        if state != ("cancelled" if order.cancelled else "received" if wanted else "ready"):
            wrong.append((key, order.kind, {state}, wanted))
    assert wrong == []


def in_the_morning(shift: Shift) -> None:
    """A person reads remarks and merges; the shops change their minds before anything is released."""
    remarks = [key for key, order in shift.world.truth.items() if order.kind == "remark"]
    for key in remarks[:6]:
        shift.lift(key, Hold.REMARK)
    assert shift.merge_groups() == 6
    free: Iterator[Key] = iter([key for key, order in shift.world.truth.items() if several(order)])
    for what in ("cancel", "cancel", "address", "more", "less", "other goods", "cash"):
        shift.change("before", next(free), what)
    half = next(key for key, order in shift.world.truth.items() if order.group == "together-5")
    shift.change("before", half, "cancel")
    shift.before_export = lambda batch: between_release_and_file(shift, batch)


def between_release_and_file(shift: Shift, batch: int) -> None:
    """The carriers' programs will refuse three; changes come in before the file is written."""
    slips = [slip for bench in shift.benches for slip in bench.slips if slip.ship_number.startswith(f"{batch}-")]
    slips = [slip for slip in slips if slip.key[0] not in shift.at_close]
    fresh = [slip for slip in slips if plain(shift.world.truth[slip.key])]
    if batch == 1:
        shift.refusals |= {f"{slip.ship_number}-1": "お届け先の住所がありません" for slip in fresh[:2]}
        shift.forgotten |= {f"{slip.ship_number}-1" for slip in fresh[2:4]}
        shift.left_alone |= {slip.key for slip in fresh[:10]}
        for slip, what in zip(fresh[4:8], ("cancel", "address", "more", "cash"), strict=True):
            shift.change("released", slip.key, what)
        by_hand(shift, fresh[0].key)
        shift.world.plans[fresh[9].key] = "pieces"
        shift.pieces[fresh[9].key] = 2
    if batch == 4:
        shift.refusals[f"{fresh[0].ship_number}-1"] = "重量の指定がありません"
        shift.left_alone |= {slip.key for slip in fresh[:10]}
        shift.world.plans[fresh[9].key] = "pieces"
        shift.pieces[fresh[9].key] = 2
    for slip in [slip for slip in slips if shift.world.truth[slip.key].kind == "thin"][:1]:
        shift.world.plans[slip.key] = "thick"


def by_hand(shift: Shift, key: Key) -> None:
    """One order that the carrier's program refused goes with a waybill written by hand."""
    shift.world.pad.append(good_number(77_000_000_001))
    shift.world.plans[key] = "hand"


def nothing_more_is_released(shift: Shift) -> None:
    """A second leader presses the same button, and picks what is held by hand: nothing goes twice or too early."""
    desk = shift.benches[0].desk
    assert release.release(desk, release.Choice(carrier=YAMATO)).ship_numbers == ()
    held = [shift.ids[key] for key, order in shift.world.truth.items() if order.stays and not order.cancelled]
    sent = [shift.ids[key] for key in list(shift.slips_made)[:20]]
    done = release.release(desk, release.Choice(orders=(*held, *sent)))
    assert done.ship_numbers == ()
    assert {each.order for each in done.refused} == {*held, *sent}


def papers_are_made_again(shift: Shift) -> None:
    """A whole stack of labels comes out unreadable; some orders are taken back and released again."""
    frozen = [key for key, slip in shift.slips_made.items() if slip.ship_number.startswith("3-")]
    frozen = [key for key in frozen if key[0] not in shift.at_close]
    run = shift.labels(SAGAWA, None, [shift.ids[key] for key in frozen], "ラベルがかすれて読めない")
    assert run is not None
    assert len(run.labels) == len(frozen)
    back = [slip for slip in shift.benches[1].slips if slip.ship_number.startswith("4-")][-40:]
    back = [slip for slip in back if not shift.world.truth[slip.key].group and slip.version == 1][:3]
    done = shift.office(release.unrelease, orders=[shift.ids[slip.key] for slip in back])
    assert (len(done.orders), done.refused) == (3, ())
    # Their old slips stay in the stack: the bench must know them for what they are.
    assert len(shift.release(release.Choice(orders=done.orders)).ship_numbers) == 3


def in_flight(shift: Shift) -> None:
    """Every change, at every state."""
    for point in ("slip", "half", "label", "closed"):
        for what in ("cancel", "address", "more", "other goods", "gone"):
            shift.plan(point, what, plain)
        shift.plan(point, "less", several)
        shift.plan(point, "cash", paid)
        shift.plan(point, "cancel", by_sagawa)
    for _ in range(3):
        shift.plan_foreign()
    shift.plan_half("slip", "lead", "cancel")
    shift.plan_half("half", "follower", "address")
    shift.plan_half("closed", "lead", "cancel")


def at_the_dock(shift: Shift) -> None:
    """Yamato's driver scans, Sagawa's counts; a parcel of each is cancelled while it stands there."""
    for carrier in PICKUPS:
        box = next(box for box in shift.closed(carrier) if plain(shift.world.truth[box.keys[0]]))
        shift.change("dock", box.keys[0], "cancel")
    held = next(box for box in shift.closed(YAMATO) if box.keys)
    shift.hold_at_the_dock(held)
    shift.dock_by_scan(YAMATO)
    shift.dock_by_count(SAGAWA, shift.pickup(SAGAWA))
    for carrier in PICKUPS:
        left = shift.close_out(carrier).left
        assert (left.waiting, left.held, left.unlabelled, left.labels, left.pulls) == ((), (), (), (), ()), left


def after_the_dock(shift: Shift) -> None:
    """A change that comes too late is said and changes nothing."""
    gone = [key for key, box in shift.world.boxes.items() if box.gone and plain(shift.world.truth[key])]
    before = shift.digest()
    for key, what in zip(gone, ("cancel", "address", "more"), strict=False):
        report = shift.too_late(key, what)
        assert report.orders["flagged"] == 1, (what, report.orders)
    assert shift.digest() == before


def the_reports_agree(shift: Shift) -> None:
    """Each shop's file names every order that left with the numbers on its box, and nothing else."""
    told: dict[Key, set[str]] = {}
    for shop, path in shift.send_reports().items():
        for number, ship_to, tracking, carrier, day in rows_of(shop, path):
            key = next(k for k in shift.world.truth if k[:2] == (shop, number) and ship_to in ("", k[2]))
            assert day == shift.house.day.today.strftime("%Y-%m-%d"), (key, day)
            assert carrier == CALLED[shop][shift.world.truth[key].carrier], (key, carrier)
            assert tracking not in told.setdefault(key, set()), (key, tracking)
            told[key].add(tracking)
    wanted = {
        key: {label.number for label in box.labels}
        for box in shift.world.boxes.values()
        if box.gone
        for key in box.keys
    }
    assert told == wanted
    states = Counter(state for (state,) in shift.sql("SELECT state FROM orders"))
    assert states["reported"] == len(wanted)
    assert states["shipped"] == 0
    shift.answers_of_the_shop()
    states = Counter(state for (state,) in shift.sql("SELECT state FROM orders"))
    assert states["acknowledged"] == len(wanted)
    assert states["reported"] == 0


CALLED = {
    "A": {YAMATO: "1001", SAGAWA: "1002"},
    "B": {YAMATO: "1001", SAGAWA: "1002"},
    "S": {YAMATO: "ヤマト運輸", SAGAWA: "佐川急便"},
    "M": {YAMATO: "ヤマト", SAGAWA: "佐川"},
}


def rows_of(shop: str, path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Read a report as its shop does: order number, ship-to, tracking number, carrier, day."""
    data = path.read_bytes()
    assert data.endswith(b"\r\n")
    text = data.decode("utf-8" if shop == "S" else "cp932")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if SHOPS[shop].channel == "rakuten":
        assert rows[0] == ["注文番号", "送付先ID", "発送明細ID", "お荷物伝票番号", "配送会社", "発送日"]
        for number, ship_to, _, tracking, carrier, day in rows[1:]:
            yield number, ship_to, tracking, carrier, day
        return
    for number, tracking, carrier, day in rows[1:]:
        yield number, "", tracking, carrier, day.replace("/", "-")
