"""What a leader does about a pick job from outside, on both databases."""

import pytest

from app.domain.modes import Stage
from app.errors import NotAllowed, NotFound
from app.services import job_acts, picking, waves
from app.services.release import Choice
from tests.makers import ean, query
from tests.services.shipping import Warehouse, order


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


def wave(house, mode):
    house.take_in(order("1", ("SKU-1", 2)), order("2", ("SKU-2", 1), ("SKU-1", 1)))
    with house.desk() as desk:
        waves.release_wave(desk, Choice(), mode)
    return [row[0] for row in query(house.database, "SELECT id FROM jobs ORDER BY sequence")]


def scan(house, station, *codes):
    """Scan codes at a station; return the keys of the answers."""
    said = []
    for at, code in enumerate(codes):
        with house.database.transaction() as tx:
            said.append(picking.scan(tx, station, code, f"{station}-{code}-{at}").key)
    return said


def act(house, function, *args, name="act"):
    with house.database.transaction() as tx:
        return function(tx, "leader", name, *args)


def test_a_job_that_is_taken_from_its_picker_can_be_gone_on_with(house):
    (job,) = wave(house, "cart")
    scan(house, "7", "KP-NEXT", "KT-1", "KT-2", "KS-A-01")
    assert act(house, job_acts.hand_back, job) == "1-1"
    with house.database.reading() as tx:
        found = job_acts.detail(tx, job)
    assert (str(found.job.state), found.holder) == ("paused", "")
    assert [place.codes for place in found.job.places] == [("1",), ("2",)]  # the totes stay
    (late,) = scan(house, "7", ean(1))
    assert late == "job.gone"
    assert scan(house, "8", "KP-NEXT") == ["job.resumed"]


def test_the_same_act_delivered_twice_takes_a_job_once(house):
    (job,) = wave(house, "cart")
    scan(house, "7", "KP-NEXT")
    act(house, job_acts.hand_back, job)
    scan(house, "8", "KP-NEXT")
    assert act(house, job_acts.hand_back, job) == "1-1"
    with house.database.reading() as tx:
        assert job_acts.detail(tx, job).holder == "8"


def test_nobody_is_freed_of_a_job_that_nobody_has(house):
    (job,) = wave(house, "cart")
    with pytest.raises(NotAllowed, match=r"job\.not_open"):
        act(house, job_acts.hand_back, job)
    with pytest.raises(NotFound, match=r"job\.no_such"):
        act(house, job_acts.hand_back, job + 1000)


def test_a_list_is_printed_again_as_a_copy_in_any_way_of_picking(house):
    jobs = wave(house, "total")
    assert act(house, job_acts.reprint, jobs[0], "torn") == 1
    found = query(house.database, "SELECT batch, version, copy_reason FROM print_jobs WHERE paper = 'job_list'")
    assert found == [(1, 1, "torn")]
    with house.database.reading() as tx:
        assert job_acts.detail(tx, jobs[1]).job.stage is Stage.SORT
    with pytest.raises(NotAllowed, match=r"job\.no_papers"):
        act(house, job_acts.reprint, jobs[1], "torn", name="another")
