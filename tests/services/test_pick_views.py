"""What a picker's screen reads beside the scans: the job that comes next, what is open, the wall; on both databases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.domain.modes import Stage
from app.services import containers, people, pick_views, waves
from app.services.answers import Answer
from app.services.containers import NewContainer
from app.services.desk import Desk, Work
from app.services.release import Choice
from tests.makers import set_to
from tests.services.shipping import Warehouse, order


@pytest.fixture
def house(database, open_another):  # type: ignore[no-untyped-def]
    house = Warehouse(database, open_another)
    house.take_in(order("1", ("SKU-1", 2)), order("2", ("SKU-2", 1), ("SKU-1", 1)), order("3", ("SKU-1", 1)))
    return house


def scan(desk: Desk, *codes: str, at: Work = Work.PICK) -> Answer:
    for code in codes:
        answer = desk.scan(code, at=at).result()
    return answer


def seen(desk: Desk, stage: Stage = Stage.PICK) -> pick_views.PickView:
    return desk.read(pick_views.view, desk.station, stage).result()


def test_the_job_that_f2_takes_is_told_before_it_is_taken(house: Warehouse) -> None:
    with house.desk() as desk:
        assert seen(desk).waits.waiting == 0
        waves.release_wave(desk, Choice(), "single")
        waits = seen(desk).waits
        assert (waits.waiting, waits.paused, waits.mode) == (3, 0, "single")
        assert scan(desk, "KP-NEXT").job == waits.number
        assert desk.read(pick_views.open_stage, desk.station).result() == "pick"
        assert desk.read(pick_views.open_stage, "another").result() == ""
        assert scan(desk, "KP-CANCEL").key == "job.paused"
        again = seen(desk).waits
        assert (again.waiting, again.paused, again.number) == (3, 1, waits.number)
        assert (again.orders, again.pieces) == (waits.orders, waits.pieces)


def test_a_blocked_job_does_not_wait_and_the_whole_wall_is_told(house: Warehouse) -> None:
    known = [NewContainer("slot", f"A{at}", "W1", at) for at in range(1, 6)] + [NewContainer("slot", "Z1", "W2", 1)]
    set_to(house.database, pick_shelf="off", pick_scan="off")
    with house.desk() as desk:
        desk.do(frozenset(), containers.make_known, desk.station, str(uuid4()), known).result()
        waves.release_wave(desk, Choice(), "total")
        assert seen(desk, Stage.SORT).waits.waiting == 0  # the walk comes first
        scan(desk, "KP-NEXT")
        while desk.read(pick_views.open_stage, desk.station).result():
            answer = scan(desk, "KP-DONE")
        assert answer.key == "pick.finished"
        assert seen(desk, Stage.SORT).waits.orders == 3
        assert scan(desk, "KP-NEXT", at=Work.SORT).key == "job.taken"
        here = seen(desk, Stage.SORT)
        assert here.slots == (("A1", True), ("A2", True), ("A3", True), ("A4", False), ("A5", False))
        assert desk.read(pick_views.open_stage, desk.station).result() == "sort"


def test_numbers_are_offered_only_to_who_may_type_them(house: Warehouse) -> None:
    with house.desk() as desk:
        set_to(house.database, quantity_keyed="anyone")
        assert seen(desk).keyed
        set_to(house.database, quantity_keyed="off")
        assert not seen(desk).keyed


def test_a_badge_is_asked_for_only_where_somebody_has_one(house: Warehouse) -> None:
    set_to(house.database, signin_required="on")
    with house.desk() as desk:
        assert seen(desk).standing.ask == {"kind": "job"} == dict(desk.look(at=Work.PICK).result().ask)
        desk.do(frozenset(), people.add, desk.station, str(uuid4()), "花子", "H1", "picker").result()
        assert seen(desk).standing.ask == {"kind": "sign_in"} == dict(desk.look(at=Work.PICK).result().ask)
