"""What the ear gets: the sound of an answer and, where the station wants it, a voice that reads what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from app.services.answers import Answer
from app.ui.look import Look
from app.ui.station import Station

__all__ = ["Feedback", "Sounds", "Voice"]


class Sounds(Protocol):
    """What is used of :class:`app.devices.sound.Sounds`."""

    def play(self, kind: str) -> None:
        """Play the sound of an answer."""

    def use(self, settings: Any) -> None:
        """Go by other settings."""

    def outputs(self) -> list[str]:
        """Return the devices that sound can come out of."""

    def own(self) -> list[str]:
        """Return the signals that have a file of the shop's own."""

    def close(self) -> None:
        """Let go of the device."""


class Voice(Protocol):
    """What is used of :class:`app.devices.voice.Voice`."""

    on: bool

    def use(self, on: bool) -> None:
        """Speak from now on, or be silent."""

    def languages(self) -> tuple[str, ...]:
        """Return the languages that can be spoken."""

    def say(self, text: str, language: str, trial: bool = False) -> bool:
        """Say something; as a trial also while the voice is off."""

    def close(self) -> None:
        """Be silent."""


class Feedback:
    """Sounds and voice of one station."""

    def __init__(self, look: Look, station: Station, sounds: Sounds, voice: Voice | None) -> None:
        self.sounds = sounds
        """The sounds."""
        self._look, self._station, self._voice = look, station, voice
        self._asked: Mapping[str, object] = {}
        self._listen()

    def _listen(self) -> None:
        config = self._station.config
        self.sounds.use(config.sound)
        if self._voice is not None:
            self._voice.use(config.voice == "on")

    def answered(self, answer: Answer) -> None:
        """Read aloud what is to be known after an answer, in the language of the person."""
        if self._voice is not None and self._voice.on:
            from app.services.aloud import aloud

            words = self._look.words
            self._voice.say(aloud(words, answer, self._asked), words.locale)
        self._asked = answer.ask

    def keep(self, **changes: str) -> None:
        """Keep settings in the station's file and go by them.

        :raises StationError: a value is not allowed.
        :raises OSError: the file cannot be written.
        """
        self._station.change(**changes)
        self._listen()

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the voice speaks; empty where the computer has none."""
        return self._voice.languages() if self._voice is not None else ()

    def try_voice(self) -> None:
        """Say something as an example."""
        if self._voice is not None:
            self._voice.say(self._look.say("voice.trial"), self._look.words.locale, trial=True)

    def close(self) -> None:
        """Let go of the devices."""
        self.sounds.close()
        if self._voice is not None:
            self._voice.close()
