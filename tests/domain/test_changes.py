"""What changed about an order, and what becomes of lines that are already packed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import (
    ChangeKind,
    Contents,
    Kept,
    KnownLine,
    NewLine,
    Packed,
    Removed,
    difference,
    match_lines,
    surplus_of,
)
from app.domain.orders import Address, Totals

HOME = Contents(ship_to=Address(name="花子", postcode="150-0001"), delivery="宅急便", totals=Totals(total="1000"))


def old(number=1, product=1, wanted=1, done=0, **more):
    return KnownLine(number, f"SKU-{product}", product, wanted, done, **more)


def new(product=1, wanted=1, **more):
    return NewLine(f"SKU-{product}", product, wanted, **more)


# --- kinds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"ship_to": Address(name="花子", postcode="150-0002")}, ChangeKind.ADDRESS),
        ({"delivery": "ネコポス"}, ChangeKind.SERVICE),
        ({"carrier": "sagawa_e3"}, ChangeKind.SERVICE),
        ({"temperature": "chilled"}, ChangeKind.SERVICE),
        ({"promise": ("2026-12-01", "am")}, ChangeKind.SERVICE),
        ({"cod": "1200"}, ChangeKind.COD),
        ({"collect": 1200}, ChangeKind.COD),
        ({"parcels": 2}, ChangeKind.PARCELS),
        ({"note": "急ぎ"}, ChangeKind.OTHER),
        ({"wish": "午前中"}, ChangeKind.OTHER),
        ({"totals": Totals(total="900")}, ChangeKind.OTHER),
        ({"buyer": Address(name="太郎")}, ChangeKind.OTHER),
    ],
)
def test_each_part_of_an_order_has_its_kind_of_change(changed, kind):
    assert difference(HOME, replace(HOME, **changed)).kinds == {kind}


def test_nothing_changed_is_no_change():
    found = difference(HOME, HOME, [old(wanted=2)], [new(wanted=2)])
    assert (found.kinds, found.material) == (frozenset(), False)


def test_a_cancelled_order_changed_in_nothing_else():
    assert difference(HOME, Contents(cancelled=True), [old()], []).kinds == {ChangeKind.CANCEL}


def test_amounts_are_compared_as_amounts():
    assert difference(replace(HOME, cod="1200"), replace(HOME, cod="1200.00")).kinds == frozenset()
    assert difference(HOME, replace(HOME, cod="0")).kinds == frozenset()


def test_on_a_gift_the_buyer_is_the_sender_and_a_change_of_it_is_one_of_the_address():
    gift = replace(HOME, gift=True)
    assert ChangeKind.ADDRESS in difference(gift, replace(gift, buyer=Address(name="太郎"))).kinds
    assert ChangeKind.ADDRESS in difference(HOME, gift).kinds


def test_a_remark_makes_nothing_wrong_that_was_packed():
    assert not difference(HOME, replace(HOME, note="急ぎ")).material
    assert difference(HOME, HOME, [old()], [new(wanted=2)]).material


# --- lines --------------------------------------------------------------------------------------------------------


def test_a_line_with_more_pieces_keeps_what_is_done():
    found = match_lines([old(wanted=2, done=1)], [new(wanted=5)])
    assert (found.kept, found.surplus, found.goods) == ((Kept(1, 0),), {}, True)


def test_a_line_with_fewer_pieces_names_what_must_come_out():
    assert match_lines([old(wanted=5, done=4)], [new(wanted=3)]).surplus == {1: 1}


def test_a_line_that_goes_takes_all_its_goods_out():
    found = match_lines([old(1, 1, 2, 2), old(2, 2)], [new(2)])
    assert found.removed == (Removed(1, 2),)
    assert found.surplus == {1: 2}


def test_of_two_lines_of_one_product_the_one_with_least_packed_goes():
    found = match_lines([old(1, 1, 3, 0), old(2, 1, 3, 3)], [new(1, 3)])
    assert (found.kept, found.removed) == ((Kept(2, 0),), (Removed(1),))


def test_a_line_keeps_its_options_rather_than_its_place():
    given_lines = [old(1, 1, options="赤"), old(2, 1, options="青", done=1)]
    found = match_lines(given_lines, [new(1, options="青"), new(1, options="赤")])
    assert {each.id: each.new for each in found.kept} == {1: 1, 2: 0}
    assert not found.goods


def test_another_option_or_price_of_the_same_goods_is_a_matter_of_words():
    found = difference(HOME, HOME, [old(options="赤")], [new(options="赤 名入れ")])
    assert found.kinds == {ChangeKind.OTHER}
    assert difference(HOME, HOME, [old(said=("茶", "100"))], [new(said=("茶", "90"))]).kinds == {ChangeKind.OTHER}


def test_a_short_line_stays_short_as_far_as_there_is_room():
    assert match_lines([old(wanted=5, done=3, short=2)], [new(wanted=4)]).kept == (Kept(1, 0, 0, 1),)
    assert match_lines([old(wanted=5, done=3, short=2)], [new(wanted=2)]).kept == (Kept(1, 0, 1, 0),)


def test_an_unknown_product_is_known_by_its_sku():
    assert match_lines([KnownLine(1, "X", None, 1)], [NewLine("X", 7, 1)]).kept == (Kept(1, 0),)


KNOWN = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(0, 6), st.integers(0, 6)), max_size=5).map(
    lambda rows: [
        KnownLine(number, f"SKU-{product}", product, wanted, min(done, wanted), min(short, wanted - min(done, wanted)))
        for number, (product, wanted, done, short) in enumerate(rows, 1)
    ]
)
NEW = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6)), max_size=5).map(
    lambda rows: [new(product, wanted) for product, wanted in rows]
)


@given(KNOWN, NEW)
def test_every_line_is_kept_added_or_removed_and_never_holds_more_than_wanted(known, wanted):
    found = match_lines(known, wanted)
    by_id = {line.id: line for line in known}
    assert sorted([each.id for each in (*found.kept, *found.removed)]) == sorted(by_id)
    assert sorted([each.new for each in found.kept] + list(found.added)) == list(range(len(wanted)))
    for each in found.kept:
        done = by_id[each.id].done - each.surplus
        assert 0 <= done + each.short <= wanted[each.new].wanted
        assert by_id[each.id].product == wanted[each.new].product
    for gone in found.removed:
        assert gone.surplus == by_id[gone.id].done


# --- taking out ---------------------------------------------------------------------------------------------------


def step(number, line=1, quantity=1, lot=""):
    return Packed(number, line, 9, 1, lot, "shelf:A-01", quantity)


def test_what_was_packed_last_comes_out_first():
    taken = surplus_of([step(1), step(2, quantity=6), step(3)], {1: 3})
    assert [(each.step.id, each.quantity, each.rest) for each in taken] == [(3, 1, 0), (2, 2, 4)]


def test_only_the_lines_with_surplus_are_touched():
    assert surplus_of([step(1), step(2, line=2)], {2: 1})[0].step.id == 2
    assert surplus_of([step(1)], {}) == ()


@given(st.lists(st.integers(1, 6), max_size=8), st.integers(0, 40))
def test_exactly_the_surplus_comes_out_and_never_more_than_was_packed(quantities, asked):
    steps = [step(number, quantity=each) for number, each in enumerate(quantities, 1)]
    taken = surplus_of(steps, {1: asked})
    assert sum(each.quantity for each in taken) == min(asked, sum(quantities))
    assert all(each.rest >= 0 for each in taken)
