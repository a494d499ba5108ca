"""A voice that reads the next shelf and count aloud, where the station wants it and the computer has one.

It only ever says what stands on the screen. A new sentence cuts the last one off: an old count is worse than silence.
The library is loaded at the first word.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

if TYPE_CHECKING:  # loading it asks the system for its voices: only when something is to be said
    from PySide6.QtTextToSpeech import QTextToSpeech

__all__ = ["Voice"]

log = logging.getLogger(__name__)
_LOCALES = {"ja": QLocale.Language.Japanese, "en": QLocale.Language.English}


class Voice:
    """Says sentences."""

    def __init__(self, on: bool = False, engine: str = "") -> None:
        """*engine* is one of Qt's by name; empty takes the system's own."""
        self.on = on
        """Whether anything is said."""
        self._name = engine
        self._engine: QTextToSpeech | None = None
        self._broken = False

    def use(self, on: bool) -> None:
        """Speak from now on, or be silent."""
        self.on = on
        if not on and self._engine is not None:
            self._engine.stop()

    def languages(self) -> tuple[str, ...]:
        """Return the languages that can be spoken, of ``ja`` and ``en``; empty where the computer has no voice."""
        engine = self._loaded()
        if engine is None:
            return ()
        spoken = {locale.language() for locale in engine.availableLocales()}
        return tuple(name for name, language in _LOCALES.items() if language in spoken)

    def say(self, text: str, language: str, trial: bool = False) -> bool:
        """Say *text* in *language* (``ja`` or ``en``), in place of what is being said; return whether it is.

        Never raises and never waits. A language without a voice is not read out in another one.

        :param trial: say it although the voice is off, to be heard in the settings.
        """
        engine = self._loaded() if (self.on or trial) and text else None
        if engine is None or language not in self.languages():
            return False
        engine.stop()
        wanted = _LOCALES[language]
        if engine.locale().language() != wanted:
            engine.setLocale(next(each for each in engine.availableLocales() if each.language() == wanted))
        engine.say(text)
        return True

    def close(self) -> None:
        """Be silent and let go of the engine."""
        if self._engine is not None:
            self._engine.stop()
            self._engine.deleteLater()
            self._engine = None

    def _loaded(self) -> QTextToSpeech | None:
        if self._engine is None and not self._broken:
            self._engine = self._load()
            self._broken = self._engine is None
        return self._engine

    def _load(self) -> QTextToSpeech | None:
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError as error:  # a system library is missing
            log.warning("no voice: %s", error)
            return None
        known = QTextToSpeech.availableEngines()
        name = self._name or next((each for each in known if each != "mock"), "")
        if name not in known:
            return None
        engine = QTextToSpeech(name)
        if engine.state() == QTextToSpeech.State.Error:
            log.warning("no voice: %s", engine.errorString())
            engine.deleteLater()
            return None
        return engine
