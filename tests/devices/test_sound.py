"""Sounds can be told apart by ear: kinds at every bench, and benches from each other; a machine without stays quiet."""

from __future__ import annotations

import cmath
import math
import wave
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from app.devices.sound import RATE, STROKES, Sounds, own_file, samples
from app.services.signals import SIGNALS
from app.services.station import PITCHES, SoundSettings, StationConfig

_FRAME = 512
"""Samples of one look at a sound, at half the rate: 46 ms, about what an ear takes as one moment."""
_BANDS = [100 * 2 ** (step / 3) for step in range(18)]
"""Lower edges of third octaves from 100 Hz, the width in which an ear hears loudness, up to 5 kHz."""


def fft(values: list[complex]) -> list[complex]:
    if len(values) == 1:
        return values
    even, odd = fft(values[::2]), fft(values[1::2])
    half = len(values) // 2
    turned = [cmath.exp(-2j * math.pi * place / len(values)) * odd[place] for place in range(half)]
    return [even[place] + turned[place] for place in range(half)] + [even[p] - turned[p] for p in range(half)]


@cache
def heard(kind: str, pitch: int) -> tuple[tuple[float, ...], ...]:
    """Return what is heard: the loudness of each third octave, moment by moment, in steps above the threshold."""
    found = memoryview(samples(kind, pitch)).cast("h").tolist()
    slow = [(found[place] + found[place + 1]) / 2 for place in range(0, len(found) - 1, 2)]
    moments = []
    for start in range(0, 11 * _FRAME, _FRAME):
        piece = slow[start : start + _FRAME] + [0.0] * max(0, _FRAME - len(slow[start : start + _FRAME]))
        shaped = [value * (0.5 - 0.5 * math.cos(2 * math.pi * n / _FRAME)) for n, value in enumerate(piece)]
        power = [abs(value) ** 2 for value in fft([complex(value) for value in shaped])[: _FRAME // 2]]
        bands = [0.0] * len(_BANDS)
        for place, value in enumerate(power):
            hertz = place * RATE / 2 / _FRAME
            if hertz >= _BANDS[0]:
                bands[min(len(_BANDS) - 1, int(3 * math.log2(hertz / _BANDS[0])))] += value
        moments.append(tuple(max(0.0, 10 * math.log10(value + 1) - 80) for value in bands))
    return tuple(moments)


def apart(one: tuple[str, int], other: tuple[str, int]) -> float:
    """Return how far two sounds are apart: 0 the same, 1 nothing in common."""
    a = [value for moment in heard(*one) for value in moment]
    b = [value for moment in heard(*other) for value in moment]
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / (sum(a) + sum(b))


def test_there_is_a_sound_for_every_signal() -> None:
    assert set(STROKES) == set(SIGNALS)


@pytest.mark.parametrize("kind", SIGNALS)
def test_a_sound_is_short_and_not_clipped(kind: str) -> None:
    for pitch in PITCHES:
        found = memoryview(samples(kind, pitch)).cast("h")
        assert len(found) < RATE * 0.5
        assert max(map(abs, found.tolist())) == 16_000


def test_kinds_are_told_apart_even_between_benches() -> None:
    nearest = min(
        (apart((one, p), (other, q)), one, other, p, q)
        for one, other in combinations(SIGNALS, 2)
        for p in PITCHES
        for q in PITCHES
    )
    assert nearest[0] > 0.35, nearest


def test_a_refusal_is_never_near_a_good_sound() -> None:
    good = ("ok", "closed", "info")
    refusals = [kind for kind in SIGNALS if kind not in (*good, "question")]
    nearest = min((apart((a, p), (b, p)), a, b) for a in good for b in refusals for p in PITCHES)
    assert nearest[0] > 0.5, nearest


def test_benches_beside_each_other_are_told_apart() -> None:
    for kind in SIGNALS:
        for place, pitch in enumerate(PITCHES):
            beside = PITCHES[(place + 1) % len(PITCHES)]
            assert apart((kind, pitch), (kind, beside)) > 0.15, (kind, pitch, beside)
            assert abs(pitch - beside) >= 4


def test_neighbours_have_their_own_pitch_by_name(tmp_path: Path) -> None:
    def pitch(name: str, setting: str = "auto") -> int:
        return StationConfig(tmp_path, name=name, pitch=setting).sound.pitch

    assert [pitch(str(number)) for number in range(1, 8)] == [0, 1, 2, 3, 4, 5, 0]
    assert pitch("B-2") == 1
    assert pitch("5", "2") == 1
    assert pitch("検品台 東") in range(len(PITCHES))


def test_own_files_are_taken_where_they_can_be_played(tmp_path: Path) -> None:
    assert own_file("", "ok") is None
    assert own_file(str(tmp_path), "ok") is None
    (tmp_path / "ok.wav").write_bytes(b"RIFF no sound")
    assert own_file(str(tmp_path), "ok") is None
    for name, seconds in (("wrong", 1), ("paper", 9)):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8_000)
            file.writeframes(bytes(16_000 * seconds))
    assert own_file(str(tmp_path), "wrong") == tmp_path / "wrong.wav"
    assert own_file(str(tmp_path), "paper") is None


@pytest.mark.parametrize(("on", "volume"), [(False, 80), (True, 0)])
def test_switched_off_nothing_is_loaded(on: bool, volume: int) -> None:
    sounds = Sounds(SoundSettings(volume), on=on)
    sounds.play("ok")
    assert sounds._effects == {}
    assert sounds._folder is None
    sounds.close()


def test_a_machine_without_a_device_stays_silent(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sounds, "outputs", lambda _self: [])
    sounds = Sounds(SoundSettings())
    sounds.play("ok")
    assert sounds._effects == {}


@pytest.mark.qt_log_ignore("playback of this format is not supported", extend=True)
def test_a_changed_setting_is_heard_from_the_next_sound_on(qapp: object) -> None:
    sounds = Sounds(SoundSettings(40, pitch=0))
    before = sounds._load("wrong")
    assert round(before.volume(), 2) == 0.4
    first = Path(before.source().toLocalFile()).read_bytes()
    sounds.use(SoundSettings(90, pitch=1))
    assert sounds._effects == {}
    after = sounds._load("wrong")
    assert round(after.volume(), 2) == 0.9
    assert Path(after.source().toLocalFile()).read_bytes() != first
    sounds.close()
