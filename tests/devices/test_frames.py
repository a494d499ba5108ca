"""Bytes of a serial line: where one code ends, and what text it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.frames import BROKEN, CODE, LONG, Framer, text_of


def codes(framer: Framer, *parts: bytes) -> list[tuple[str, bytes]]:
    return [(frame.kind, frame.data) for part in parts for frame in framer.feed(part, 0)]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_cr_lf_or_both_end_a_code(end: bytes) -> None:
    assert codes(Framer(), b"4901" + end + b"4902" + end) == [(CODE, b"4901"), (CODE, b"4902")]


def test_a_code_may_come_in_any_pieces() -> None:
    assert codes(Framer(), b"49", b"", b"01\r", b"\n4", b"902\n") == [(CODE, b"4901"), (CODE, b"4902")]


def test_the_separator_of_gs1_stays() -> None:
    assert codes(Framer(), b"\x1d10AB\x1d21X\r") == [(CODE, b"\x1d10AB\x1d21X")]


def test_a_tab_ends_a_code_where_that_was_chosen() -> None:
    assert codes(Framer("tab"), b"A\r\t\r\nB\t") == [(CODE, b"A"), (CODE, b"B")]


def test_stx_and_etx_stand_around_a_code() -> None:
    assert codes(Framer("etx"), b"\x02A\x03\r\n\x02B\x03") == [(CODE, b"A"), (CODE, b"B")]


def test_a_pause_ends_a_code_where_nothing_else_does() -> None:
    framer = Framer("pause")
    assert framer.feed(b"4901\r\n", 0) == []
    assert [(frame.kind, frame.data) for frame in framer.silence()] == [(CODE, b"4901")]


def test_a_pause_within_a_code_that_has_an_end_breaks_it_off() -> None:
    framer = Framer()
    framer.feed(b"490", 0)
    assert framer.waiting
    assert [(frame.kind, frame.data) for frame in framer.silence()] == [(BROKEN, b"490")]
    assert codes(framer, b"4902\r") == [(CODE, b"4902")]


def test_what_is_longer_than_any_code_is_thrown_away_to_its_end() -> None:
    framer = Framer(longest=10)
    assert codes(framer, b"Z" * 25, b"4901\r", b"4902\r") == [(LONG, b"Z" * 11), (CODE, b"4902")]


def test_silence_ends_what_is_too_long() -> None:
    framer = Framer(longest=10)
    framer.feed(b"Z" * 25, 0)
    assert framer.silence() == []
    assert codes(framer, b"4902\r") == [(CODE, b"4902")]


def test_a_code_began_when_its_first_byte_came() -> None:
    framer = Framer()
    framer.feed(b"49", 100)
    assert [frame.began for frame in framer.feed(b"01\r49", 120) + framer.feed(b"\r", 150)] == [100, 120]


@given(
    st.lists(st.binary(min_size=1, max_size=30).map(lambda b: b.replace(b"\r", b"x").replace(b"\n", b"x"))),
    st.randoms(),
)
def test_every_code_comes_out_once_however_it_is_cut(sent: list[bytes], how: random.Random) -> None:
    stream = b"".join(code + how.choice((b"\r", b"\n", b"\r\n")) for code in sent)
    framer, got = Framer(), []
    while stream:
        size = how.randrange(1, 9)
        got += framer.feed(stream[:size], 0)
        stream = stream[size:]
    assert [frame.data for frame in got] == sent
    assert not framer.waiting


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"4901\x1d21", "4901\x1d21"),
        ("棚A".encode(), "棚A"),
        ("棚A".encode("cp932"), "棚A"),
        (b"\xff49012", "\ufffd49012"),
        (b"\x0049", "\x0049"),
    ],
)
def test_bytes_become_text_and_what_is_lost_stays_marked(data: bytes, text: str) -> None:
    assert text_of(data) == text


@given(st.binary())
def test_any_bytes_become_text_that_can_be_stored(data: bytes) -> None:
    text_of(data).encode()
