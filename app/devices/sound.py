"""Sounds of the kinds of answer, made here from waves or taken from the shop's own files; silent without a device.

Every sound has its twin on the screen, so nothing depends on hearing it. They differ by what an ear tells apart in a
noisy hall: pure tone, buzz or hiss; rising, falling, steady or trembling; one, two or three strokes. Each bench plays
them at its own pitch, so that a packer hears the own bench among its neighbours. The library is loaded at the first
sound.
"""

from __future__ import annotations

import logging
import math
import struct
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from app.services.station import PITCHES, SoundSettings

if TYPE_CHECKING:  # these load the multimedia libraries and more: only at the first sound
    from tempfile import TemporaryDirectory

    from PySide6.QtMultimedia import QAudioDevice, QSoundEffect

__all__ = ["RATE", "STROKES", "Sounds", "Stroke", "own_file", "samples"]

log = logging.getLogger(__name__)

RATE = 22_050
"""Samples a second."""
_LOUD = 16_000
_SEMITONE = 2 ** (1 / 12)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a sound, from one height to another."""

    hertz: int
    """Height at its beginning; 0 is silence."""
    milliseconds: int
    to: int = 0
    """Height at its end; 0 stays."""
    wave: str = "sine"
    """``sine``, ``reed`` (odd overtones), ``saw`` (all overtones) or ``hiss`` (noise around the height)."""
    tremble: int = 0
    """How many times a second its loudness goes up and down."""


STROKES: dict[str, tuple[Stroke, ...]] = {
    "ok": (Stroke(1320, 90),),
    "closed": (Stroke(880, 90), Stroke(1175, 90), Stroke(1568, 180)),
    "question": (Stroke(440, 140), Stroke(0, 60), Stroke(523, 200, 784)),
    "info": (Stroke(740, 45), Stroke(0, 45), Stroke(740, 45)),
    "wrong": (Stroke(311, 150, wave="reed"), Stroke(0, 50), Stroke(208, 260, wave="reed")),
    "enough": (Stroke(1046, 340, 262, wave="saw"),),
    "unreadable": tuple(part for _ in range(3) for part in (Stroke(2600, 60, wave="hiss"), Stroke(0, 55))),
    "paper": tuple(part for _ in range(2) for part in (Stroke(988, 85, wave="reed"), Stroke(587, 85, wave="reed"))),
    "guard": (Stroke(494, 430, wave="saw", tremble=16),),
    "refused": (Stroke(233, 220, wave="reed"),),
}
"""Signal -> its strokes."""

_OVERTONES = {"sine": ((1, 1.0),), "reed": ((1, 1.0), (3, 0.6), (5, 0.4), (7, 0.25)), "saw": tuple(
    (number, 1 / number) for number in range(1, 9)
)}  # fmt: skip


def samples(kind: str, pitch: int = 0) -> bytes:
    """Return the sound of *kind* as 16-bit mono samples.

    :param kind: one of :data:`app.services.signals.SIGNALS`.
    :param pitch: semitones up or down.
    """
    factor = _SEMITONE**pitch
    out = array("d")
    for stroke in STROKES[kind]:
        out.extend(_stroke(stroke, factor))
    peak = max(map(abs, out))
    return struct.pack(f"<{len(out)}h", *(round(_LOUD * each / peak) for each in out))


def _stroke(stroke: Stroke, factor: float) -> list[float]:
    count = RATE * stroke.milliseconds // 1000
    if not stroke.hertz:
        return [0.0] * count
    edge = max(1, min(count // 4, RATE // 125))
    begin, end = stroke.hertz * factor, (stroke.to or stroke.hertz) * factor
    from random import Random  # loads the hashes, which the first sight of the window must not wait for

    noise = Random(1) if stroke.wave == "hiss" else None
    angle = low = band = 0.0
    out = []
    for number in range(count):
        hertz = begin * (end / begin) ** (number / count)
        angle += 2 * math.pi * hertz / RATE
        if noise is not None:  # white noise through a resonance: a hiss whose height can be heard
            high = noise.uniform(-1, 1) - low - 0.05 * band
            width = 2 * math.sin(math.pi * hertz / RATE)
            band += width * high
            low += width * band
            tone = band
        else:
            tone = sum(share * math.sin(angle * number_) for number_, share in _OVERTONES[stroke.wave])
        if stroke.tremble:
            tone *= 0.55 - 0.45 * math.cos(2 * math.pi * stroke.tremble * number / RATE)
        out.append(tone * min(1.0, number / edge, (count - number) / edge))
    return out


def own_file(folder: str, kind: str) -> Path | None:
    """Return the shop's own sound of *kind*, ``<kind>.wav`` in *folder*; None where there is none that can be played.

    Played are WAV files of plain samples of at most three seconds: a longer one would sound into the next scan.
    """
    path = Path(folder) / f"{kind}.wav"
    if not folder or not path.is_file():
        return None
    import wave

    try:
        with wave.open(str(path), "rb") as file:
            seconds = file.getnframes() / file.getframerate()
    except (OSError, EOFError, wave.Error, ZeroDivisionError) as error:
        log.warning("%s cannot be played: %s", path, error)
        return None
    return path if 0 < seconds <= 3 else None


class Sounds:
    """Plays the sound of an answer."""

    def __init__(self, settings: SoundSettings, on: bool = True) -> None:
        self.on = on
        """Whether anything is played; off where the machine cannot."""
        self._settings = settings
        self._folder: TemporaryDirectory[str] | None = None
        self._effects: dict[str, QSoundEffect] = {}

    def use(self, settings: SoundSettings) -> None:
        """Go by these settings from the next sound on."""
        if settings != self._settings:
            self._settings = settings
            self.close()

    def play(self, kind: str) -> None:
        """Play the sound of *kind*, one of :data:`STROKES`; never raises and never waits."""
        if not self.on or kind not in STROKES or not self._settings.volume:
            return
        try:
            effect = self._effects.get(kind) or (self._load(kind) if self.outputs() else None)
            if effect is not None:
                effect.play()
        except (ImportError, OSError, RuntimeError) as error:
            log.warning("no sound: %s", error)
            self.on = False

    def outputs(self) -> list[str]:
        """Return the names of the devices that sound can come out of; empty where there is none."""
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ImportError:  # a system library is missing: this machine stays silent
            return []
        return [device.description() for device in QMediaDevices.audioOutputs()]

    def own(self) -> list[str]:
        """Return the signals that have a file of the shop's own."""
        return [kind for kind in STROKES if own_file(self._settings.folder, kind) is not None]

    def close(self) -> None:
        """Let go of the device and the sound files."""
        for effect in self._effects.values():
            effect.stop()
            effect.setSource(QUrl())
        self._effects.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _load(self, kind: str) -> QSoundEffect:
        from PySide6.QtMultimedia import QSoundEffect

        device = self._device()
        effect = QSoundEffect(device) if device is not None else QSoundEffect()
        path = own_file(self._settings.folder, kind) or self._made(kind)
        effect.setSource(QUrl.fromLocalFile(str(path)))
        effect.setVolume(self._settings.volume / 100)
        self._effects[kind] = effect
        return effect

    def _device(self) -> QAudioDevice | None:
        """Return the chosen device; None for the computer's own choice, also while a headset is pulled out."""
        from PySide6.QtMultimedia import QMediaDevices

        found = QMediaDevices.audioOutputs()
        return next((each for each in found if each.description() == self._settings.output), None)

    def _made(self, kind: str) -> Path:
        from tempfile import TemporaryDirectory

        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="kenpin-sound-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / f"{kind}.wav"
        import wave

        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(kind, PITCHES[self._settings.pitch]))
        return path
