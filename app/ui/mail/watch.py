"""What those who lead are told about mails: a server that is not to be had, mails that want a person; once each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.ui.machines import brief
from app.ui.watching import TOLD_MS, Watch

__all__ = ["MailWatch"]

SCREEN = "mail"
_OK, _BAD = "ok", ("off", "refused")
_NAME = 12
"""Characters of an account's name in the foot."""
_MOST = 99


class MailWatch(Watch):
    """Reads how the mails stand for foot and rail, compares it with how they stood, and says what is new."""

    topics = frozenset({"mails", "mailed", "settings"})

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, strip, rail, desk and bridge, and shows the foot."""
        super().__init__(window)
        self.accounts: Sequence[Any] = ()
        """Accounts that are in use."""
        self.counts: Mapping[str, int] = {}
        """Mails that are not done, by state."""
        self.down: dict[int, str] = {}
        """State of each account that cannot send and was told."""
        self.unsure = 0
        """Mails that wanted a person last time."""

    @staticmethod
    def now(tx: Any, _station: str) -> tuple[Mapping[str, int], Sequence[Any]]:
        """Return the mails that are not done by state, and the accounts."""
        from app.services import mail_accounts, mails

        return mails.counts(tx), mail_accounts.every(tx)

    @property
    def _wanting(self) -> int:
        """Mails that only a person brings further."""
        return self.counts.get("unknown", 0) + self.counts.get("stuck", 0)

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return what the foot says about mails; nothing while all is well."""
        say = self.look.say
        bad = [each for each in self.accounts if each.state in _BAD]
        if bad:
            count = self.counts.get("waiting", 0) + self.counts.get("failed", 0)
            return (("error", say("window.mail.foot.off", name=brief(bad[0].name, _NAME), count=min(count, _MOST))),)
        if self._wanting:
            return (("warning", say("window.mail.foot.wanting", count=min(self._wanting, _MOST))),)
        return ()

    def was_read(self, value: tuple[Mapping[str, int], Sequence[Any]]) -> None:
        """Keep it, and say what is new."""
        self.counts, every = value
        self.accounts = [each for each in every if each.active]
        self._window.rail.mark(SCREEN, self._wanting)
        if not self._window.station.leads:
            return
        bad = {each.id: each for each in self.accounts if each.state in _BAD}
        new = [account for number, account in bad.items() if self.down.get(number) != account.state]
        if new and self.kept:
            return
        mended = [each for each in self.accounts if each.id in self.down and each.state == _OK]
        self.down = {number: account.state for number, account in bad.items()}
        grown, self.unsure = self._wanting > self.unsure, self._wanting
        if mended and not bad:
            self.say_mended(self.look.say("window.mail.notice.mended", name=brief(mended[0].name, 24)))
        if new:
            self._tell_down(new[0])
        elif grown and not self.kept:
            self.say("warning", self.look.say("window.mail.notice.wanting", count=self._wanting), TOLD_MS)
        elif self.standing and not bad and not self._wanting and not mended:
            self.notice.clear()

    def _tell_down(self, account: Any) -> None:
        from app.ui.mail.rows import account_words

        what = account_words(self.look, account)
        text = self.look.say("window.mail.notice.down", name=brief(account.name, 24), what=what)
        self.say("warning", text, TOLD_MS)
