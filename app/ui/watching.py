"""What happens beside the work is told once, in a strip that stands in nobody's way: gone when all is well, or soon.

A watch reads how things stand whenever something was announced that may have changed them, and says what is new.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QTimer

from app.ui.look import Look
from app.ui.notice import Notice

__all__ = ["MENDED_MS", "TOLD_MS", "Watch"]

_SOON_MS = 250
MENDED_MS = 6_000
"""How long good news stand."""
TOLD_MS = 60_000
"""After so long the foot alone goes on telling: the strip takes room from the work."""


class Watch:
    """Reads how something stands for the foot of the window, and says what is new in the strip."""

    topics: frozenset[str] = frozenset()
    """What is announced when it may have changed."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, strip, desk and bridge, and shows the foot."""
        self._window = window
        self.look: Look = window.look
        self.notice: Notice = window.notice
        self._said = ""
        """What was said last from here."""
        self._soon = QTimer()
        """Gathers what is announced: it is read once for much of it."""
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.read)

    # --- for each watch to say ---

    @staticmethod
    def now(_tx: Any, _station: str) -> Any:
        """Return how it stands; what that needs is loaded on the reader's thread."""
        raise NotImplementedError

    def was_read(self, _value: Any) -> None:
        """Keep what :meth:`now` returned, and say what is new."""
        raise NotImplementedError

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return what the foot says: kind of colour and words of each line, the worst first."""
        raise NotImplementedError

    # --- reading ---

    def heard(self, topics: Collection[str]) -> None:
        """Something was announced: read soon, where it is about this."""
        if (not topics or not self.topics.isdisjoint(topics)) and not self._soon.isActive():
            self._soon.start(_SOON_MS)

    def read(self) -> None:
        """Read how it stands now."""
        desk = self._window.desk
        if desk is not None:
            self._window.bridge.ask(desk.read(self.now, desk.station), self._was_read)

    def _was_read(self, value: Any) -> None:
        self.was_read(value)
        self._window.show_state()

    def stop(self) -> None:
        """Read no more: the window is going."""
        self._soon.stop()

    # --- saying ---

    @property
    def kept(self) -> bool:
        """Whether something worse stands in the strip: what is new is told once that is gone."""
        return self.notice.kind == "error" and bool(self.notice.text)

    @property
    def standing(self) -> bool:
        """Whether a sentence from here stands in the strip."""
        return bool(self._said) and self.notice.text == self._said

    def say(self, kind: str, text: str, milliseconds: int) -> None:
        """Say something in the strip."""
        self._said = text
        self.notice.say(kind, text, milliseconds)

    def say_mended(self, text: str) -> None:
        """Say good news: whatever else is being said is not pushed away by them."""
        if self.standing or not self.notice.text:
            self.say("ok", text, MENDED_MS)
