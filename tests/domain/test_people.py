"""What each role may do."""

import pytest

from app.domain.people import EVERYONE, RIGHTS, Person, Right, Role, rights_of


def person(role):
    return Person(1, "1", "x", role)


def test_a_shop_without_people_may_do_everything():
    assert rights_of(None, anybody_entered=False) == EVERYONE


def test_every_role_has_its_rights():
    assert set(RIGHTS) == set(Role)


def test_nobody_signed_in_is_a_packer():
    assert rights_of(None, anybody_entered=True) == RIGHTS[Role.PACKER]


@pytest.mark.parametrize("role", [Role.PACKER, Role.PICKER])
def test_the_bench_packs_and_decides_nothing(role):
    assert rights_of(person(role), True) == {Right.PACK, Right.TAKE_OVER}


def test_a_leader_may_do_everything():
    assert rights_of(person(Role.LEADER), True) == EVERYONE


def test_the_office_does_not_work_at_the_bench():
    assert EVERYONE - rights_of(person(Role.OFFICE), True) == {
        Right.TAKE_OVER,
        Right.TEACH,
        Right.KEY_QUANTITY,
        Right.ALLOW,
    }


@pytest.mark.parametrize("who", [None, *Role])
def test_the_setting_lets_anyone_close_short(who):
    signed_in = person(who) if who else None
    assert Right.CLOSE_SHORT in rights_of(signed_in, True, "anyone")
    assert (Right.CLOSE_SHORT in rights_of(signed_in, True, "leader")) == (who in (Role.LEADER, Role.OFFICE))
