"""Mispicks: the list of them, what each set of rules adds, and how a parcel is judged by what is in it."""

from itertools import pairwise

import pytest

from app.domain.mispicks import CONTROLS, MISPICKS, Control, Fault, Mispick, Piece, faults, rule_sets, wilson

TEA, CUP = Piece(1, "4901234567894"), Piece(2, "4909876543214")
NUMBERED = Piece(3, "]d201049012345678942117", serial="17")


def test_the_list_has_all_eighteen_kinds_in_the_order_of_their_numbers():
    assert list(MISPICKS) == list(Mispick)
    assert [about.number for about in MISPICKS.values()] == list(range(1, 19))
    assert all(0 < about.rate < 1 for about in MISPICKS.values())


def test_each_set_of_rules_has_the_controls_of_the_one_before_and_one_more():
    sets = rule_sets()
    assert [each.name for each in sets] == [name for name, _ in CONTROLS]
    for before, after in pairwise(sets):
        assert before.controls < after.controls
        assert len(after.controls - before.controls) == 1
    assert sets[-1].controls == frozenset(Control)


def test_paper_catches_nothing_and_everything_together_what_a_scan_can():
    paper, *_, everything = rule_sets()
    assert not [kind for kind in Mispick if paper.catches(kind)]
    unseen = {kind for kind in Mispick if not everything.catches(kind)}
    assert unseen == {
        Mispick.SHARED_CODE,
        Mispick.MISLABELLED,
        Mispick.DAMAGED,
        Mispick.SWAPPED_AFTER_SCAN,
        Mispick.SKIPPED_SCAN,
    }


def judged(*pieces, slip=True, label=True, wanted=None):
    return faults(wanted or {1: 2, 2: 1}, pieces, slip=slip, label=label)


def test_a_parcel_with_what_was_ordered_and_its_own_papers_is_right():
    assert judged(TEA, CUP, TEA) == set()


@pytest.mark.parametrize(
    ("pieces", "papers", "found"),
    [
        ((TEA, TEA), {}, {Fault.GOODS}),
        ((TEA, TEA, CUP, CUP), {}, {Fault.GOODS}),
        ((TEA, CUP, CUP), {}, {Fault.GOODS}),
        ((TEA, TEA, Piece(9, CUP.code)), {}, {Fault.GOODS}),
        ((TEA, Piece(1, TEA.code, unfit=True), CUP), {}, {Fault.UNFIT}),
        ((TEA, Piece(1, TEA.code, damaged=True), CUP), {}, {Fault.DAMAGED}),
        ((TEA, TEA, CUP), {"slip": False}, {Fault.SLIP}),
        ((TEA, CUP, TEA), {"label": False}, {Fault.LABEL}),
        ((TEA,), {"label": False}, {Fault.GOODS, Fault.LABEL}),
    ],
)
def test_a_wrong_parcel_says_what_is_wrong_with_it(pieces, papers, found):
    assert judged(*pieces, **papers) == found


def test_one_serial_number_twice_is_wrong():
    assert judged(NUMBERED, wanted={3: 1}) == set()
    assert judged(NUMBERED, NUMBERED, wanted={3: 2}) == {Fault.SERIAL}


@pytest.mark.parametrize(
    ("wrong", "parcels", "low", "high"),
    [(0, 100, 0.0, 0.036995), (1, 100, 0.001767, 0.054486), (50, 100, 0.403830, 0.596170), (100, 100, 0.963005, 1.0)],
)
def test_the_interval_is_wilsons(wrong, parcels, low, high):
    assert wilson(wrong, parcels) == pytest.approx((low, high), abs=2e-6)


def test_nothing_seen_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
