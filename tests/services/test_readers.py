"""Readers in ``station.toml``: what is written is read again, and everything wrong is named at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import SettingsWrong
from app.services.readers import BAUDS, ENDS, Camera, Keyboard, Readers, Serial, shown, typed
from app.services.station import StationConfig, load

affix = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
common = {"prefix": affix, "suffix": affix, "strict": st.booleans(), "repairs": st.tuples(affix)}
readers = st.builds(
    Readers,
    st.builds(Keyboard, on=st.booleans(), gap=st.integers(5, 500), **common),  # type: ignore[arg-type]
    st.lists(
        st.builds(
            Serial,
            port=st.sampled_from(["COM3", "/dev/ttyACM0", "/dev/serial/by-id/棚"]),
            name=affix,
            baud=st.sampled_from(BAUDS),
            end=st.sampled_from(ENDS),
            **common,  # type: ignore[arg-type]
        ),
        max_size=3,
        unique_by=lambda each: each.port,
    ).map(tuple),
    st.builds(Camera, on=st.booleans(), device=affix, **common),  # type: ignore[arg-type]
)


@given(readers)
def test_what_is_written_is_read_again(tmp_path: Path, chosen: Readers) -> None:
    config = StationConfig(tmp_path, name="3").with_(readers=chosen)
    config.save()
    assert load(tmp_path) == config


def test_a_file_without_readers_has_the_scanner_that_types(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text('name = "1"\n', encoding="utf-8")
    assert load(tmp_path).readers == Readers()
    assert load(tmp_path).readers.keyboard.on


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(
        'camera = 1\n[keyboard]\ngap = true\npause = 1\nprefix = "123456789012345678901"\nnonsense = ""\n'
        'repairs = [1]\n[[serial]]\nport = " "\nbaud = 5\nend = "x"\n[[serial]]\nport = "a"\n[[serial]]\nport = "a"\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsWrong) as caught:
        load(tmp_path)
    wrong = str(caught.value.args_["wrong"])
    assert all(
        each in wrong
        for each in ("camera = 1", "keyboard.gap = True", "keyboard.pause = 1", "keyboard.prefix", "keyboard.nonsense")
    )
    assert "keyboard.repairs" in wrong
    assert all(each in wrong for each in ("serial.port = ' '", "serial.baud = 5", "serial.end = 'x'", "port = 'a'"))


def test_a_port_is_changed_and_taken_away_by_its_path() -> None:
    one, two = Serial(port="a"), Serial(port="b")
    both = Readers().with_serial(one).with_serial(two)
    assert both.with_serial(Serial(port="a", baud=115200)).serial == (Serial(port="a", baud=115200), two)
    assert both.without_serial("a").serial == (two,)


@given(st.text(st.characters(max_codepoint=255)))
def test_any_character_can_be_shown_and_typed(text: str) -> None:
    assert typed(shown(text)) == text
    assert shown(text).isprintable()


def test_a_mark_that_is_none_stays_as_typed() -> None:
    assert typed(r"\q \x1 \x1d") == "\\q \\x1 \x1d"
