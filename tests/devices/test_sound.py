"""Sounds differ per kind of answer, and a machine without sound stays quiet."""

from __future__ import annotations

import pytest

from app.devices.sound import NOTES, Sounds, samples


def test_every_kind_sounds_different() -> None:
    assert len({samples(kind) for kind in NOTES}) == len(NOTES)
    assert set(NOTES) >= {"ok", "refused", "question", "info", "closed"}


@pytest.mark.parametrize("kind", list(NOTES))
def test_a_sound_is_short_and_not_clipped(kind: str) -> None:
    found = memoryview(samples(kind)).cast("h")
    assert len(found) < 22_050 * 0.6
    assert 8_000 < max(found) <= 16_000


def test_switched_off_nothing_is_loaded() -> None:
    sounds = Sounds(on=False)
    sounds.play("ok")
    assert sounds._effects == {}
    assert sounds._folder is None
    sounds.close()
