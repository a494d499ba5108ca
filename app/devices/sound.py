"""Sounds of the four kinds of answer, made here from sine waves; a machine without sound stays silent.

Every sound has its twin on the screen, so nothing depends on hearing it. The library is loaded at the first sound.
"""

from __future__ import annotations

import logging
import math
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

if TYPE_CHECKING:  # these load the multimedia libraries and more: only at the first sound
    from tempfile import TemporaryDirectory

    from PySide6.QtMultimedia import QSoundEffect

__all__ = ["NOTES", "Sounds", "samples"]

log = logging.getLogger(__name__)
_RATE = 22_050

NOTES: dict[str, tuple[tuple[int, int], ...]] = {
    "ok": ((1320, 90),),
    "closed": ((880, 90), (1175, 90), (1568, 180)),
    "refused": ((196, 220), (0, 60), (196, 220)),
    "question": ((660, 110), (0, 40), (880, 110)),
    "info": ((740, 70),),
}
"""Kind of answer -> notes as hertz (0 is silence) and milliseconds: they differ in number, height and length."""


def samples(kind: str) -> bytes:
    """Return the notes of *kind* as 16-bit mono samples."""
    out: list[int] = []
    for hertz, milliseconds in NOTES[kind]:
        count = _RATE * milliseconds // 1000
        edge = max(1, min(count // 4, _RATE // 125))
        for number in range(count):
            loud = min(1.0, number / edge, (count - number) / edge)
            angle = 2 * math.pi * hertz * number / _RATE
            tone = math.sin(angle) + (0.35 * math.sin(3 * angle) if kind == "refused" else 0.0)
            out.append(int(16_000 * loud * tone / 1.35) if hertz else 0)
    return struct.pack(f"<{len(out)}h", *out)


class Sounds:
    """Plays the sound of an answer."""

    def __init__(self, on: bool = True) -> None:
        self.on = on
        """Whether anything is played."""
        self._folder: TemporaryDirectory[str] | None = None
        self._effects: dict[str, QSoundEffect] = {}

    def play(self, kind: str) -> None:
        """Play the sound of *kind*, one of :data:`NOTES`; never raises and never waits."""
        if not self.on or kind not in NOTES:
            return
        try:
            effect = self._effects.get(kind) or self._load(kind)
            effect.play()
        except (ImportError, OSError, RuntimeError) as error:
            log.warning("no sound: %s", error)
            self.on = False

    def close(self) -> None:
        """Let go of the sound files."""
        self._effects.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _load(self, kind: str) -> QSoundEffect:
        import wave
        from tempfile import TemporaryDirectory

        from PySide6.QtMultimedia import QSoundEffect

        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="kenpin-sound-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / f"{kind}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_RATE)
            file.writeframes(samples(kind))
        effect = QSoundEffect()
        effect.setSource(QUrl.fromLocalFile(str(path)))
        effect.setVolume(0.8)
        self._effects[kind] = effect
        return effect
