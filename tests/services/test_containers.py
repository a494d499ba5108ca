"""Totes, carts and wall slots on both databases: made known by their labels, who has them, freed by hand."""

from uuid import uuid4

import pytest

from app.domain.people import Role
from app.domain.place_labels import wall_slots
from app.errors import NotAllowed, NotFound
from app.services import containers, people
from app.services.containers import NewContainer
from tests.makers import Station, change, faults_of, query
from tests.services.shipping import Warehouse, order


def known(database, *given, act=""):
    with database.transaction() as tx:
        return containers.make_known(tx, "leader", act or str(uuid4()), given)


def totes(*codes):
    return [NewContainer("tote", code) for code in codes]


def free(database, text, reason="", act=""):
    with database.transaction() as tx:
        return containers.free(tx, "leader", act or str(uuid4()), text, reason)


def listed(database, **more):
    with database.reading() as tx:
        return containers.page(tx, **more)


@pytest.fixture
def job(database, open_another):
    """A released order, and a job of it that has the tote T-1 on its second place."""
    house = Warehouse(database, open_another)
    house.take_in(order("1"))
    house.release()
    known(database, *totes("T-1", "T-2"))
    change(
        database,
        "INSERT INTO jobs (batch, sequence, mode, state, due, holder) VALUES (1, 3, 'cart', 'active', 0, 'cart-1')",
    )
    (number,) = query(database, "SELECT id FROM jobs")[0]
    change(
        database,
        "UPDATE containers SET job_id = ?, order_id = ?, position = 2, taken_at = 5 WHERE code = 'T-1'",
        number,
        house.id("1"),
    )
    return number


def test_what_has_a_label_is_known_once(database):
    assert known(database, *totes("T-1", "T-2")) == 2
    assert known(database, *totes("T-2", "T-3")) == 1
    assert known(database, *totes("T-4", "T-4")) == 1
    assert [row.code for row in listed(database)] == ["T-1", "T-2", "T-3", "T-4"]
    assert faults_of(database) == []


def test_more_than_one_statement_takes_are_made_known(database):
    assert known(database, *totes(*(f"T-{n:05d}" for n in range(1000)))) == 1000
    assert query(database, "SELECT count(*) FROM containers")[0][0] == 1000


def test_an_act_that_comes_twice_counts_once(database):
    assert known(database, *totes("T-1"), act="a") == 1
    assert known(database, *totes("T-1"), act="a") == 1
    assert query(database, "SELECT count(*) FROM journal WHERE kind = 'containers'")[0][0] == 1


def test_a_wall_is_listed_in_its_order_and_may_be_laid_out_anew(database):
    def slots(rows, columns):
        return [NewContainer("slot", slot.code, slot.within, slot.position) for slot in wall_slots("W1", rows, columns)]

    known(database, *slots(2, 11), *totes("T-10", "T-9"), NewContainer("cart", "C-1"))
    found = listed(database)
    assert [row.kind for row in found] == ["cart"] + ["slot"] * 22 + ["tote"] * 2
    assert [row.code for row in found[1:13]] == [f"W1-A{n}" for n in range(1, 12)] + ["W1-B1"]
    assert [row.code for row in found[-2:]] == ["T-9", "T-10"]
    change(database, "UPDATE containers SET job_id = 7, position = 3 WHERE code = 'T-9'")
    assert known(database, *slots(2, 5), *totes("T-9")) == 0
    places = {row.code: row.position for row in listed(database)}
    assert places["W1-B1"] == 6  # now behind A1 to A5
    assert places["T-9"] == 3  # its place on the cart, which no label changes


def test_the_list_says_who_has_it(database, job):
    with database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "Ana", "7", Role.PICKER, "en")
    change(database, "UPDATE jobs SET person_id = (SELECT id FROM people)")
    (row,) = listed(database, used=True)
    assert (row.code, row.job, row.station, row.person, row.position) == ("T-1", "1-3", "cart-1", "Ana", 2)
    assert (row.ship_number, row.order_state, row.since) == ("1-001", "released", 5)
    assert [each.code for each in listed(database, used=False)] == ["T-2"]
    assert listed(database, kind="cart") == []
    assert len(listed(database, limit=1)) == 1


def test_one_of_a_job_in_work_is_not_freed(database, job):
    with pytest.raises(NotAllowed, match=r"containers\.in_work") as refused:
        free(database, "T-1", "lost")
    assert (refused.value.args_["job"], refused.value.args_["station"]) == ("1-3", "cart-1")
    change(database, "UPDATE jobs SET holder = '', state = 'paused'")
    with pytest.raises(NotAllowed, match=r"containers\.in_job"):
        free(database, "T-1", "lost")


def test_one_that_holds_goods_by_the_books_is_freed_with_a_reason(database, job):
    change(database, "UPDATE jobs SET holder = '', state = 'done'")
    with pytest.raises(NotAllowed, match=r"containers\.carries_goods") as refused:
        free(database, "KT-T-1", "  ")
    assert refused.value.args_["order"] == "1-001"
    assert free(database, "kt-T-1", "looked: empty", act="a") == "T-1"
    assert free(database, "kt-T-1", "looked: empty", act="a") == "T-1"  # delivered twice
    assert listed(database, used=True) == []
    (row,) = query(database, "SELECT facts FROM journal WHERE kind = 'free'")
    assert "looked: empty" in row[0]
    assert faults_of(database) == []


def test_a_slot_keeps_its_place_when_it_is_freed(database):
    known(database, NewContainer("slot", "A2", "", 2))
    change(database, "UPDATE containers SET job_id = 99")  # a job that is long gone
    assert [row.used for row in listed(database)] == [False]
    change(database, "INSERT INTO jobs (batch, sequence, mode, state, due) VALUES (1, 1, 'total', 'done', 0)")
    change(database, "UPDATE containers SET job_id = (SELECT id FROM jobs)")
    assert free(database, "KW-A2") == "A2"
    assert [(row.position, row.used) for row in listed(database)] == [(2, False)]


def test_a_free_one_an_unknown_one_and_two_of_a_name_are_refused(database):
    known(database, *totes("7"))
    known(database, NewContainer("cart", "7"))
    change(database, "INSERT INTO jobs (batch, sequence, mode, state, due) VALUES (1, 1, 'cart', 'done', 0)")
    change(database, "UPDATE containers SET job_id = (SELECT id FROM jobs)")
    with pytest.raises(NotFound, match=r"containers\.unknown"):
        free(database, "KT-8")
    with pytest.raises(NotAllowed, match=r"containers\.several"):
        free(database, "7")
    assert free(database, "KC-7") == "7"
    with pytest.raises(NotAllowed, match=r"containers\.free_already"):
        free(database, "KC-7")
    assert [(row.kind, row.used) for row in listed(database)] == [("cart", False), ("tote", True)]


@pytest.mark.parametrize("code", ["", "T\n1", "x" * 31])
def test_a_code_that_could_not_be_scanned_back_is_refused(database, code):
    with pytest.raises(NotAllowed, match=r"labels\.unreadable"):
        known(database, *totes("T-1", code))
    assert listed(database) == []


def test_a_wide_code_is_refused_by_what_it_would_be_read_as(database):
    with pytest.raises(NotAllowed, match=r"labels\.wide") as refused:
        known(database, *totes("Ｔ－１"))
    assert refused.value.args_["plain"] == "T-1"


def test_only_who_may_release_makes_containers_known_and_frees_them(database):
    known(database, *totes("T-1"))
    station = Station(database, "leader")
    with database.transaction() as tx:
        people.add(tx, "office", str(uuid4()), "Ben", "8", Role.PACKER, "en")
    station.scan("KU-8")
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        known(database, *totes("T-2"))
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        free(database, "T-1")
