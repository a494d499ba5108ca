"""The mail runner: sends what stands in the mail outbox, after the commit and beside the scans.

Every account that this station sends by has a worker of its own, so that a server that hangs keeps back nothing but
its own mails. A worker writes the text, takes the mail, sends, settles; only take and settle write to the database, and
nothing is locked while a server is talked to. What was on its way when the program died is ``unknown`` and never sent
again by itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.domain.mails import (
    NEVER,
    ON_ITS_WAY_MS,
    Account,
    MailDelivery,
    MailState,
    Taken,
    masked_refusal,
    verdict,
)
from app.domain.printing import Fault
from app.errors import DatabaseLocked, DatabaseOffline, FileUnusable, MailUnreachable, StationError
from app.services import mail_accounts, mail_queue
from app.services.desk import Changes, Desk, new_act
from app.services.mail_accounts import MailLine, MailWays
from app.services.mail_letters import Letter, compose, obstacle
from app.services.mail_message import build, new_message_id
from app.services.mail_passwords import Passwords
from app.services.print_said import of_error, stored
from app.services.settings import all_settings
from app.settings import masked_domains
from app.storage import mails as storage
from app.storage.database import Transaction
from app.storage.mails import MailRow, Settled
from app.storage.notices import notify
from app.storage.settings import shop_list

__all__ = ["MailRunner", "Ran"]

log = logging.getLogger(__name__)
_IDLE_SECONDS = 5.0
_READ_SECONDS = 5.0
"""How often accounts and shops are read again though nothing was said to have changed."""
_KEEP_SECONDS = 10.0
"""How long a connection is kept after a burst."""
_STOP_SECONDS = 20.0
_DOWN_SECONDS = (10.0, 30.0, 60.0, 300.0)
"""Pauses after a server that could not be reached, growing."""
_REFUSED_SECONDS = (300.0, 900.0, 3600.0)
"""The same after a refused login or sender: servers lock accounts that knock too often."""
_BAD = (mail_accounts.OFF, mail_accounts.REFUSED)
_ODD_PAUSE_MS = 3_600_000
_SETTLE_TRIES = 5
_SETTLE_PAUSE = 1.0
_WAKING = frozenset({"mails", "orders", "settings"})


@dataclass(slots=True)
class Ran:
    """What a run did."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    dropped: int = 0


@dataclass(slots=True)
class _Worker:
    """One account at work: its connection, its pauses, how fast it may go."""

    account: Account
    shops: tuple[int, ...]
    line: MailLine | None = None
    used_at: float = 0.0
    sent: deque[float] = field(default_factory=deque)
    """When the mails of the last minute went."""
    down_until: float = 0.0
    downs: int = 0
    thread: threading.Thread | None = None
    wake: threading.Event = field(default_factory=threading.Event)
    gone: bool = False

    def hang_up(self) -> None:
        """Close the connection."""
        line, self.line = self.line, None
        if line is not None:
            line.close()

    def slowed(self, now: float) -> bool:
        """Whether the account has sent as much in the last minute as it may."""
        while self.sent and now - self.sent[0] >= 60.0:
            self.sent.popleft()
        return 0 < self.account.per_minute <= len(self.sent)

    def rest(self, pauses: tuple[float, ...]) -> None:
        """Leave the server alone for a while, longer each time."""
        self.down_until = time.monotonic() + pauses[min(self.downs, len(pauses) - 1)]
        self.downs += 1


class MailRunner:
    """Sends one station's mails."""

    def __init__(self, desk: Desk, ways: MailWays, folder: Path) -> None:
        """
        :param folder: the station's own: passwords lie there.
        """
        self._desk, self._ways, self._passwords = desk, ways, Passwords(folder)
        self._workers: dict[int, _Worker] = {}
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._read_at = -_READ_SECONDS
        self._lost = False
        self._thread = threading.Thread(target=self._run, name="kenpin-mails", daemon=True)
        desk.listen(self._heard)

    def start(self) -> None:
        """Begin; what was on its way when the program died is unknown now."""
        self._thread.start()

    def stop(self) -> None:
        """End after the mails in hand."""
        self._stopping.set()
        self._wake.set()
        until = time.monotonic() + _STOP_SECONDS
        if self._thread.is_alive():
            self._thread.join(timeout=_STOP_SECONDS)
        for worker in list(self._workers.values()):
            worker.wake.set()
            if worker.thread is not None:
                worker.thread.join(timeout=max(0.1, until - time.monotonic()))
        for worker in self._workers.values():
            if worker.thread is None or not worker.thread.is_alive():
                worker.hang_up()

    def work_off(self, seconds: float = 600.0) -> Ran:
        """Send everything that is due now, on the caller's thread.

        A server that is down is left alone: its mails wait.

        :param seconds: begin no further mail after this time; what is left stays in the outbox.
        """
        done = Ran()
        until = time.monotonic() + seconds
        self._read()
        self._lose()
        for worker in list(self._workers.values()):
            if worker.thread is not None:
                continue
            while time.monotonic() < until and self._step(worker, done):
                pass
            worker.hang_up()
        self._desk.database.release()
        return done

    def tell_delays(self) -> None:
        """Queue what the contact list asks for, as :class:`~app.services.upkeep.Upkeep` does beside a window."""
        if self._desk.read(mail_queue.delays_due).result():
            self._desk.chunk(frozenset({"mails"}), mail_queue.tell_delays, self._desk.station, new_act()).result()

    def _heard(self, changes: Changes) -> None:
        if not changes.topics or changes.topics & _WAKING:
            if not changes.topics or "settings" in changes.topics:
                self._read_at = -_READ_SECONDS
            self._wake.set()

    # --- the dispatcher ---

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if time.monotonic() - self._read_at >= _READ_SECONDS:
                    self._read()
                self._lose()
                for worker in self._workers.values():
                    self._begin(worker)
                    worker.wake.set()
            except StationError as error:  # the database is away: the mails wait in it
                log.warning("mails wait: %s", error)
            except Exception:
                log.exception("the mail runner stumbled")
            self._desk.database.release()
            self._wake.wait(_IDLE_SECONDS)
        self._desk.database.release()

    def _begin(self, worker: _Worker) -> None:
        if worker.thread is None:
            name = f"kenpin-mail-{worker.account.id}"
            worker.thread = threading.Thread(target=self._work, args=(worker,), name=name, daemon=True)
            worker.thread.start()

    def _read(self) -> None:
        """Learn which accounts this station sends by, and for which shops."""
        with self._desk.database.reading() as tx:
            known = mail_accounts.every(tx)
            shops: dict[int, list[int]] = {}
            for row in shop_list(tx):
                settings = all_settings(tx, row.id)
                account = mail_accounts.account_of(settings, known)
                if account is not None and settings["mail.hold"] != "on":
                    shops.setdefault(account.id, []).append(row.id)
        mine = {each.id: each for each in known if each.active and each.station == self._desk.station}
        for number, account in mine.items():
            worker = self._workers.get(number)
            if worker is None:
                self._workers[number] = _Worker(account, tuple(shops.get(number, ())))
                continue
            worker.gone, worker.shops = False, tuple(shops.get(number, ()))
            if _apart(worker.account) != _apart(account):
                worker.account, worker.down_until, worker.downs = account, 0.0, 0
                worker.used_at = 0.0  # its connection is another server's
            elif worker.account.state in _BAD and account.state not in _BAD:  # tried by a person, or another password
                worker.account, worker.down_until, worker.downs = account, 0.0, 0
        for number, worker in self._workers.items():
            if number not in mine:
                worker.gone, worker.shops = True, ()
        self._read_at = time.monotonic()

    def _lose(self) -> None:
        """What was on its way when the program began, or so long that nobody can answer for it, is unknown."""
        accounts = list(self._workers)
        if not accounts:
            return
        said = stored([Fault("mails.why.ended")])
        first, self._lost = not self._lost, True

        def lose(tx: Transaction) -> int:
            return storage.lost(tx, accounts, said, before=None if first else tx.now - ON_ITS_WAY_MS)

        if first or self._any_on_its_way(accounts):
            self._write(lose)

    def _any_on_its_way(self, accounts: list[int]) -> bool:
        with self._desk.database.reading() as tx:
            return storage.has_on_their_way(tx, accounts, tx.now - ON_ITS_WAY_MS)

    def _write(self, function: Callable[[Transaction], Any]) -> Any:
        """Run a short writing transaction, and let everybody know; a scan in hand goes first."""
        self._desk.give_way()
        with self._desk.database.transaction() as tx:
            found = function(tx)
            notify(tx, {"topics": ["mailed"], "station": self._desk.station, "act": ""})
        self._desk.announce(Changes(frozenset({"mailed"}), self._desk.station, new_act()))
        return found

    # --- one account ---

    def _work(self, worker: _Worker) -> None:
        while not self._stopping.is_set():
            worker.wake.clear()
            try:
                while not self._stopping.is_set() and self._step(worker, Ran()):
                    pass
                if worker.line is not None and time.monotonic() - worker.used_at > _KEEP_SECONDS:
                    worker.hang_up()
            except StationError as error:
                log.warning("mails wait: %s", error)
            except Exception:
                log.exception("mails of account %s stumbled", worker.account.id)
                worker.hang_up()
                worker.rest(_DOWN_SECONDS)
            self._desk.database.release()
            worker.wake.wait(_IDLE_SECONDS)
        worker.hang_up()
        self._desk.database.release()

    def _step(self, worker: _Worker, done: Ran) -> bool:
        """Deal with one mail; False where there is nothing to do for now."""
        now = time.monotonic()
        if worker.gone or now < worker.down_until or worker.slowed(now):
            return False
        with self._desk.database.reading() as tx:
            found = storage.due(tx, worker.shops)
            if not found:
                return False
            mail = found[0]
            settings = all_settings(tx, mail.shop)
            if settings["mail.hold"] == "on":  # since the shops were read; they are again when it is let go
                worker.shops = tuple(shop for shop in worker.shops if shop != mail.shop)
                return True
            why, wrong, letter = obstacle(tx, mail, settings), None, None
            try:
                if why is None:
                    letter = compose(tx, mail.order, mail.kind, about=mail.about, language=mail.language, at=mail.at)
            except (DatabaseLocked, DatabaseOffline):
                raise
            except Exception as error:  # noqa: BLE001 - this mail alone waits, not all behind it
                wrong = error
        if wrong is not None:
            return self._cannot_say(mail, wrong)
        if why is not None:
            done.dropped += self._write(lambda tx: storage.drop(tx, mail.id, stored([why])))
            return True
        assert letter is not None
        return self._go(worker, mail, letter, settings["mail.masked"], done)

    def _cannot_say(self, mail: MailRow, error: Exception) -> bool:
        log.error("mail %s cannot be written", mail.id, exc_info=error)
        said = stored([of_error(error) if isinstance(error, StationError) else Fault("mails.why.unwritable")])
        self._write(lambda tx: storage.put_off(tx, mail.id, said, tx.now + _ODD_PAUSE_MS))
        return True

    def _go(self, worker: _Worker, mail: MailRow, letter: Letter, masked: str, done: Ran) -> bool:
        account = worker.account
        # A person may have named another address for a mail that is sent again; else the order's own counts.
        named = mail.recipient if mail.repeats is not None or not letter.recipient else letter.recipient
        if not named:
            said = stored([Fault("mails.why.no_address")])
            done.dropped += self._write(lambda tx: storage.drop(tx, mail.id, said))
            return True
        if server := masked_refusal(named, account.host, masked_domains(masked) or ()):
            said = stored([Fault("mails.why.masked", {"address": named, "server": server})])
            self._write(lambda tx: storage.put_off(tx, mail.id, said, tx.now + _ODD_PAUSE_MS))
            return True
        line = self._line(worker)
        if line is None:
            return False
        message_id = mail.message_id or new_message_id(account, mail.id)
        try:
            message = build(
                account, named, letter.subject, letter.body, message_id=message_id, shop=letter.shop,
                reply_to=letter.reply_to, now=time.time_ns() // 1_000_000,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - the same
            return self._cannot_say(mail, error)
        taken: MailRow | None = self._write(
            lambda tx: storage.take(
                tx, mail, account=account.id, recipient=named, language=letter.language, subject=letter.subject,
                body=letter.body, message_id=message_id,
            )
        )  # fmt: skip
        if taken is None:
            return True  # another program or a person was quicker
        delivery = line.send(account.address, named, message)
        worker.used_at = time.monotonic()
        worker.sent.append(worker.used_at)
        self._settle(worker, taken, delivery, done)
        return True

    def _line(self, worker: _Worker) -> MailLine | None:
        """Return an open connection; None where none comes about now."""
        if worker.line is not None:
            if time.monotonic() - worker.used_at <= _KEEP_SECONDS and worker.line.ready():
                return worker.line
            worker.hang_up()
        account = worker.account
        try:
            worker.line = mail_accounts.open_line(self._ways, self._passwords, account)
        except (MailUnreachable, FileUnusable) as error:
            failure = error
            log.warning("mail account %s: %s", account.id, error.key)
            self._write(lambda tx: mail_accounts.note_failure(tx, account.id, failure))
            worker.account = replace(account, state=mail_accounts.OFF)
            worker.rest(_REFUSED_SECONDS if error.key in mail_accounts.REFUSALS else _DOWN_SECONDS)
            return None
        worker.used_at = time.monotonic()
        if worker.downs or account.state != mail_accounts.OK:
            worker.downs = 0
            worker.account = replace(account, state=mail_accounts.OK)
            self._write(lambda tx: mail_accounts.note(tx, account.id))
        return worker.line

    def _for_sure(self, settle: Callable[[Transaction], None]) -> None:
        """Keep what a server said, also where the database is busy for a moment: nobody could find it out again."""
        for left in range(_SETTLE_TRIES, -1, -1):
            try:
                self._write(settle)
                return
            except (DatabaseLocked, DatabaseOffline):
                if not left:
                    raise
            time.sleep(_SETTLE_PAUSE)

    def _settle(self, worker: _Worker, mail: MailRow, delivery: MailDelivery, done: Ran) -> None:
        made = verdict(delivery, mail.attempts)
        said = stored([made.fault]) if made.fault else ""
        by = "server" if made.state is MailState.CONFIRMED else ""

        def settle(tx: Transaction) -> None:
            not_before = NEVER if made.pause_ms < 0 else tx.now + made.pause_ms
            storage.settle(tx, mail, Settled(str(made.state), said, not_before, by))
            if delivery.taken is Taken.ACCOUNT:
                mail_accounts.note(tx, worker.account.id, made.fault, mail_accounts.REFUSED)

        self._for_sure(settle)
        done.sent += made.state is MailState.CONFIRMED
        done.failed += made.state is MailState.FAILED
        done.unknown += made.state is MailState.UNKNOWN
        if delivery.taken is Taken.ACCOUNT:
            worker.account = replace(worker.account, state=mail_accounts.REFUSED)
            worker.rest(_REFUSED_SECONDS)
        if delivery.closed or delivery.taken is Taken.UNKNOWN:
            worker.hang_up()


def _apart(account: Account) -> Account:
    """An account without what its server said: whether anything of it was changed."""
    return replace(account, state="", told={}, seen_at=None)
