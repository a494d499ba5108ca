"""What every command gets: the station's settings, the sentences, a desk that opens when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import StationError
from app.services.desk import Desk
from app.services.printers import Ways
from app.services.printing import PrintRunner
from app.services.scales import ScaleAccess
from app.services.station import StationConfig
from app.text import Texts

if TYPE_CHECKING:
    from app.services.mail_accounts import MailWays
    from app.services.mail_runner import MailRunner

__all__ = ["Context", "Opener"]

Opener = Callable[[StationConfig], Desk]
"""Opens the database of a station and gives its desk; handed in by ``main``."""


@dataclass(slots=True)
class Context:
    """What a command works with."""

    config: StationConfig
    words: Texts
    opener: Opener
    ways_to: Callable[[Callable[[], StationConfig]], Ways]
    """Gives the ways to printers, by what gives the station's settings."""
    scales: Callable[[], ScaleAccess]
    """Gives the way to the scales of this computer."""
    mails: Callable[[], MailWays]
    """Gives the ways to mail servers."""
    config_error: StationError | None = None
    """What is wrong with ``station.toml``; only ``doctor`` goes on with it."""
    _desk: Desk | None = field(default=None, init=False)

    @property
    def desk(self) -> Desk:
        """The desk; the database is opened at the first look."""
        if self._desk is None:
            self._desk = self.opener(self.config)
        return self._desk

    @property
    def ways(self) -> Ways:
        """The ways to printers."""
        return self.ways_to(lambda: self.config)

    def runner(self) -> PrintRunner:
        """Return a print runner for this station's outbox."""
        return PrintRunner(self.desk, self.ways)

    def mail_runner(self) -> MailRunner:
        """Return a runner for this station's mails."""
        from app.services.mail_runner import MailRunner  # with all that writes papers: other commands need none of it

        return MailRunner(self.desk, self.mails(), self.config.folder)

    def say(self, key: str, /, **args: object) -> str:
        """Return a sentence."""
        return self.words.say(key, **args)

    def close(self) -> None:
        """Finish what was begun."""
        if self._desk is not None:
            self._desk.stop()
