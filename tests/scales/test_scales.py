"""Protocols of scales: every line of the manuals, none that is damaged, and which protocol lines are of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.frames import CODE, Framer
from app.devices.watch import Watch
from app.domain.scale import Reading, grams
from app.services.scales import protocol, protocols, recognise
from tests.scales.samples import LINES, NOT_LINES, PLAYED


def read(name: str, line: bytes) -> Reading | None:
    maker = protocol(name)
    assert maker is not None
    return maker.read(line)


@pytest.mark.parametrize(("name", "line", "says"), LINES, ids=[f"{name} {line!r}" for name, line, _ in LINES])
def test_a_line_of_the_manual_says_what_the_manual_says(name: str, line: bytes, says: Reading) -> None:
    assert read(name, line) == says


@pytest.mark.parametrize(("name", "line"), NOT_LINES)
def test_a_line_that_does_not_fit_as_a_whole_says_nothing(name: str, line: bytes) -> None:
    assert read(name, line) is None


def test_every_protocol_says_how_it_is_called_and_reached() -> None:
    assert len(protocols()) == len({each.ID for each in protocols()}) == 8
    for each in protocols():
        assert {"ja", "en"} <= each.TITLE.keys()
        assert each.WIRES
        assert {wire.bits for wire in each.WIRES} <= {7, 8}


@pytest.mark.parametrize("played", PLAYED)
def test_a_scale_is_recognised_by_its_lines_alone(played: str) -> None:
    name, play = PLAYED[played]
    lines = [play(grams, stable).rstrip(b"\r\n") for grams, stable in ((0.0, True), (512.34, False), (532.1, True))]
    assert [each.ID for each in recognise(lines)] == [name]


@pytest.mark.parametrize(("name", "line", "says"), LINES)
def test_no_other_protocol_takes_a_line_but_where_both_are_told(name: str, line: bytes, says: Reading) -> None:
    found = {each.ID for each in recognise([line])}
    assert name in found
    assert found == {name} or line[:1] in b" -"  # a number and a unit alone do not say whose they are


def test_no_lines_are_of_no_protocol() -> None:
    assert recognise([]) == ()
    assert recognise([b"hello", b"world"]) == ()


WEIGHTS = [(name, line) for name, line, says in LINES if says.milligrams and protocol(name).EXACT]  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "line"), WEIGHTS)
def test_no_lost_byte_no_noise_and_no_lost_end_makes_another_weight(name: str, line: bytes) -> None:
    """Every place of a line, one after the other."""
    true, other = read(name, line), line.replace(b"1", b"3")
    assert true is not None
    places = range(len(line))
    bad = [line[:at] + line[at + 1 :] for at in places]
    bad += [line[:at] + noise + line[at:] for at in places for noise in (b"\x00", b"\xff", b"#", b"8", b".")]
    bad += [line[:at] for at in places] + [line[at:] for at in places]
    bad += [line + other, line + other[:7], line[9:] + other, line + line]
    for each in bad:
        says = read(name, each)
        assert says is None or says.milligrams in (true.milligrams, None), each


_GRAMS = st.integers(0, 9_999_99).map(lambda each: each / 100)
_NOISE = st.binary(min_size=1, max_size=4)


@st.composite
def bad_lines(draw: st.DrawFn) -> tuple[str, list[bytes], set[int]]:
    """A scale on a bad wire, line by line: bytes put in, bytes lost, ends lost; and the weights really on it."""
    name, play = PLAYED[draw(st.sampled_from(sorted(PLAYED)))]
    lines: list[bytes] = []
    true = set()
    for weight in draw(st.lists(_GRAMS, min_size=1, max_size=4)):
        says = read(name, play(weight, True).rstrip(b"\r\n"))
        assert says is not None
        assert says.milligrams is not None
        true.add(says.milligrams)
        for _ in range(draw(st.integers(1, 4))):
            line = play(weight, True)
            hurt = draw(st.sampled_from(["not", "noise", "lost", "no end", "cut"]))
            at = draw(st.integers(0, len(line) - 1))
            if hurt == "noise":
                line = line[:at] + draw(_NOISE.filter(lambda each: not set(each) & set(b" -.,0123456789"))) + line[at:]
            elif hurt == "lost":
                line = line[:at] + line[at + 1 :]
            elif hurt == "no end":
                line = line.rstrip(b"\r\n")
            elif hurt == "cut":
                line = line[:at]
            lines += [line, play(weight, True)] if hurt != "not" else [line]
    return name, lines, true


@given(bad_lines())
def test_a_bad_wire_never_makes_a_weight_that_was_not_there(given_: tuple[str, list[bytes], set[int]]) -> None:
    name, lines, true = given_
    maker = protocol(name)
    assert maker is not None
    framer, watch = Framer("line", 64), Watch()
    watch.exact = maker.EXACT
    told: list[int] = []
    for number, line in enumerate(lines):
        for frame in framer.feed(line, 0):
            says = maker.read(frame.data) if frame.kind == CODE else None
            if maker.EXACT and says is not None and says.milligrams is not None:
                assert says.milligrams in true
            news = watch.line(says, "", number * 100)
            told += [news.weight] if news.weight is not None else []
    assert set(told) <= {grams(each) for each in true}


@given(st.binary(max_size=80))
def test_noise_is_read_without_an_error(line: bytes) -> None:
    for maker in protocols():
        maker.read(line)
