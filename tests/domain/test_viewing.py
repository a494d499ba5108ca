"""When a code before the camera is a scan."""

from __future__ import annotations

from app.domain.decoding import Found, Look
from app.domain.viewing import DOUBTED_GONE_MS, FRAMES, GONE_MS, sendable, watch

PLACE = ((0, 0), (100, 0), (100, 30), (0, 30))
GOODS = Look("4901234567894", "ean-13", "E0", PLACE)
OTHER = Look("4599990001013", "ean-13", "E0", PLACE)
SLIP = Look("KO-12-034-1", "qr", "Q1", PLACE)
PAGE = Look("https://example.com/campaign", "qr", "Q1", PLACE)
WANTED = frozenset({"04901234567894"})


def found(look: Look, confirmed: bool = False, proven: bool = False) -> Found:
    return Found(look, 2, confirmed or proven, proven)


def scans(frames, expected=frozenset(), every=100):
    """Feed pictures, one each *every* milliseconds; return the scans of each."""
    held, out = {}, []
    for at, each in enumerate(frames):
        held, said = watch(held, each, expected, at * every)
        out.append(said)
    return out


def test_an_expected_code_is_a_scan_at_once_and_only_once_while_it_is_held():
    said = scans([[found(GOODS, confirmed=True)]] * 20, WANTED)
    assert said[0] == ("]E04901234567894",)
    assert not any(said[1:])


def test_it_is_one_again_after_it_left_the_picture():
    seen, away = [found(GOODS, confirmed=True)], []
    gone = GONE_MS // 100 + 1
    said = scans([seen, *[away] * gone, seen], WANTED)
    assert [bool(each) for each in said] == [True, *[False] * gone, True]


def test_a_hand_before_it_for_a_moment_is_no_leaving():
    seen, away = [found(GOODS, confirmed=True)], []
    said = scans([seen, *[away] * (GONE_MS // 100 - 1), seen], WANTED)
    assert sum(map(bool, said)) == 1


def test_a_computer_that_looks_seldom_does_not_forget_what_is_held():
    said = scans([[found(GOODS, confirmed=True)]] * 4, WANTED, every=3_000)
    assert sum(map(bool, said)) == 1
    assert scans([[found(OTHER)]] * FRAMES, WANTED, every=3_000)[-1]


def test_a_wrong_piece_is_told_after_some_pictures_so_that_the_station_refuses_it():
    said = scans([[found(OTHER)]] * 6, WANTED)
    assert [bool(each) for each in said] == [False] * (FRAMES - 1) + [True] + [False] * (6 - FRAMES)


def test_a_wrong_piece_that_flickers_is_told_once():
    seen, away = [found(OTHER)], []
    flicker = [seen, seen, seen, *([*[away] * (GONE_MS // 100 + 2), seen] * 6)]
    assert sum(map(bool, scans(flicker, WANTED))) == 1
    assert sum(map(bool, scans([*[seen] * 3, *[away] * (DOUBTED_GONE_MS // 100 + 2), *[seen] * 3], WANTED))) == 2


def test_an_expected_code_that_is_not_sure_never_comes_in_by_being_held_long():
    assert not any(scans([[found(GOODS)]] * 50, WANTED))


def test_something_else_in_view_is_not_told_while_the_expected_piece_is_there():
    said = scans([[found(GOODS, confirmed=True), found(OTHER)]] * 9, WANTED)
    assert said[0] == ("]E04901234567894",)
    assert not any(said[1:])


def test_two_codes_in_view_are_none():
    assert not any(scans([[found(GOODS), found(OTHER)]] * 9))
    both = WANTED | {"04599990001013"}
    assert not any(scans([[found(GOODS, confirmed=True), found(OTHER, confirmed=True)]] * 9, both))
    commands = [found(Look(text, "datamatrix", "d1", PLACE), proven=True) for text in ("KP-DONE", "KP-CANCEL")]
    assert not any(scans([commands] * 9))


def test_one_code_printed_twice_is_one():
    bars = Look("KO-12-034-1", "code-128", "", PLACE)
    both = [found(SLIP, proven=True), found(bars)]
    assert sendable(both, frozenset()).sure
    assert [len(said) for said in scans([both] * 5)] == [1, 0, 0, 0, 0]
    expected = frozenset({"12-034"})
    assert [len(said) for said in scans([[found(SLIP, proven=True), found(bars, confirmed=True)]] * 3, expected)] == [
        1,
        0,
        0,
    ]


def test_a_proven_code_of_ours_is_a_scan_at_once():
    assert scans([[found(SLIP, proven=True)]])[0] == ("]Q1KO-12-034-1",)


def test_what_is_printed_on_goods_for_their_buyers_is_no_scan():
    assert not any(scans([[found(PAGE, proven=True)]] * 9))
    assert not any(scans([[found(PAGE, proven=True)]] * 9, WANTED))
    maker = Look("SN-99812", "code-128", "C0", PLACE)
    assert not any(scans([[found(maker)]] * 9, WANTED))
    assert any(scans([[found(maker)]] * 9))


def test_the_lower_code_of_a_book_is_no_scan():
    assert not any(scans([[found(Look("1920081045006", "ean-13", "E0", PLACE))]] * 9))


def test_an_expected_number_is_a_scan_whatever_it_looks_like():
    sku = Look("SN-99812", "code-128", "C0", PLACE)
    assert scans([[found(sku, confirmed=True)]], frozenset({"SN-99812"}))[0]
