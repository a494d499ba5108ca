"""What every way of picking keeps: every piece is in exactly one walk, nothing more fits on a cart than fits."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.modes import JobPlan, Limits, Mode, PickLine, PickOrder, PickStep, PlanKit, Stage, Walked
from app.domain.routing import Stop
from app.modes import zone as zone_mode
from app.plugins import modules_of
from app.text import LANGUAGES, texts

MODES = modules_of("app.modes")
every_mode = pytest.mark.parametrize("mode", MODES, ids=lambda module: module.__name__.rpartition(".")[2])


def kit(limits: Limits) -> PlanKit:
    """Tours in the order given, walks in the order of the shelves' names."""

    def batch(orders, most):
        tours, free = [], 0
        for each in orders:
            if not tours or each.totes > free:
                tours.append([])
                free = most
            tours[-1].append(each)
            free -= each.totes
        return tours

    def walk(orders):
        return Walked(tuple(Stop(shelf) for shelf in sorted({line.shelf for each in orders for line in each.lines})))

    return PlanKit(limits, batch, walk)


@st.composite
def waves(draw, single: bool = False):
    """Orders with lines on shelves of several zones."""
    made = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        lines = [
            PickLine(
                line=number * 10 + at,
                product=draw(st.integers(1, 9)),
                quantity=1 if single else draw(st.integers(1, 4)),
                shelf=f"S{draw(st.integers(1, 9))}",
                zone=draw(st.sampled_from(("", "A", "B", "B10"))),
            )
            for at in range(1 if single else draw(st.integers(1, 4)))
        ]
        due = draw(st.sampled_from((1000, 2000)))
        made.append(PickOrder(number, due, 0, number, tuple(lines), totes=draw(st.integers(1, 2))))
    return made


LIMITS = st.builds(
    Limits,
    totes=st.integers(2, 5),
    slots=st.integers(1, 6),
    list_orders=st.integers(1, 6),
    zone_merge=st.booleans(),
)


def pieces(orders) -> Counter:
    return Counter({(o.order, line.line, line.shelf): 0 for o in orders for line in o.lines}) + Counter(
        key for o in orders for line in o.lines for key in [(o.order, line.line, line.shelf)] * line.quantity
    )


def picked(jobs: tuple[JobPlan, ...]) -> Counter:
    return pieces([order for job in jobs if job.stage is Stage.PICK for order in job.orders])


def test_every_mode_of_the_issue_is_here():
    ids = {module.MODE.id for module in MODES}
    assert ids >= {"paper", "single", "cart", "total", "zone", "singles"}
    assert len({module.MODE.rank for module in MODES}) == len(MODES)
    assert min(MODES, key=lambda module: module.MODE.rank).MODE.id == "paper"


@every_mode
def test_a_mode_is_named_as_its_file_and_can_be_said(mode: ModuleType):
    assert isinstance(mode.MODE, Mode)
    assert mode.MODE.id == mode.__name__.rpartition(".")[2]
    assert mode.MODE.steps
    for language in LANGUAGES:
        assert texts(language).has(f"mode.{mode.MODE.id}")


@every_mode
def test_what_is_put_into_totes_asks_for_totes_first(mode: ModuleType):
    if PickStep.PLACE in mode.MODE.steps:
        assert mode.MODE.steps[0] is PickStep.TOTES
    assert not mode.MODE.sorts or mode.MODE.bulk


@every_mode
@given(data=st.data(), limits=LIMITS)
def test_every_piece_is_picked_once(mode: ModuleType, data, limits: Limits):
    orders = data.draw(waves(single=mode.MODE.singles))
    jobs = mode.plan(orders, kit(limits))
    assert picked(jobs) == pieces(orders)
    assert not orders or jobs
    for job in jobs:
        assert job.orders
        if job.stage is Stage.PICK:
            assert {stop.shelf for stop in job.walk.stops} == {
                line.shelf for order in job.orders for line in order.lines
            }


@every_mode
@given(data=st.data(), limits=LIMITS)
def test_a_job_that_waits_for_another_has_the_same_places(mode: ModuleType, data, limits: Limits):
    jobs = mode.plan(data.draw(waves(single=mode.MODE.singles)), kit(limits))
    assert mode.MODE.sorts == any(job.stage is Stage.SORT for job in jobs) or not jobs
    for at, job in enumerate(jobs):
        if job.stage is Stage.SORT:
            assert job.after is not None
        if job.after is not None:
            assert job.after < at
            assert [each.order for each in jobs[job.after].orders] == [each.order for each in job.orders]
        if job.stage is Stage.SORT:
            assert pieces(job.orders) == pieces(jobs[job.after].orders)


@every_mode
@given(data=st.data(), limits=LIMITS)
def test_no_job_is_larger_than_what_carries_it(mode: ModuleType, data, limits: Limits):
    jobs = mode.plan(data.draw(waves(single=mode.MODE.singles)), kit(limits))
    most = {"paper": limits.list_orders, "single": 1, "total": limits.slots, "singles": limits.list_orders}
    for job in jobs:
        if mode.MODE.id in most:
            assert len(job.orders) <= most[mode.MODE.id]
        else:
            assert sum(each.totes for each in job.orders) <= limits.totes


def test_singles_refuse_an_order_of_two_pieces():
    module = next(each for each in MODES if each.MODE.singles)
    with pytest.raises(ValueError, match=r"\[7\]"):
        module.plan([PickOrder(7, 0, 0, 1, (PickLine(1, 1, 2, "A"),))], kit(Limits()))


def test_zones_are_passed_on_in_the_order_of_their_names_or_picked_at_once():
    order = PickOrder(1, 0, 0, 1, tuple(PickLine(n, n, 1, f"S{n}", zone=z) for n, z in enumerate(("", "Z10", "Z2"))))
    passed = zone_mode.plan([order], kit(Limits()))
    assert [(job.zone, job.after) for job in passed] == [("Z2", None), ("Z10", 0), ("", 1)]
    merged = zone_mode.plan([order], kit(Limits(zone_merge=True)))
    assert [(job.zone, job.after) for job in merged] == [("Z2", None), ("Z10", None), ("", None)]
