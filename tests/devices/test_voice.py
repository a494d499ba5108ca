"""The voice says what it is given, in a language it has, and stays silent where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.devices.voice import Voice


@pytest.fixture
def voice(qapp: object) -> Iterator[Voice]:
    voice = Voice(on=True, engine="mock")
    yield voice
    voice.close()


def test_it_speaks_and_a_new_sentence_cuts_the_last_one_off(voice: Voice, qtbot: QtBot) -> None:
    assert voice.say("one two three four five six seven eight", "en")
    engine = voice._engine
    assert engine is not None
    said: list[str] = []
    engine.sayingWord.connect(lambda word, *_: said.append(word))
    qtbot.waitUntil(lambda: bool(said), timeout=3_000)
    assert voice.say("Shelf", "en")
    qtbot.waitUntil(lambda: said[-1] == "Shelf", timeout=3_000)
    assert "eight" not in said


def test_a_language_without_a_voice_is_not_read_in_another(voice: Voice) -> None:
    assert voice.languages() == ("en",)
    assert not voice.say("棚 A", "ja")


def test_switched_off_nothing_is_loaded_but_for_a_trial(voice: Voice) -> None:
    voice.use(on=False)
    assert not voice.say("Shelf", "en")
    assert voice._engine is None
    assert voice.say("Shelf", "en", trial=True)


def test_a_computer_without_an_engine_stays_silent(qapp: object) -> None:
    silent = Voice(on=True, engine="no such engine")
    assert silent.languages() == ()
    assert not silent.say("Shelf", "en")
    silent.close()
