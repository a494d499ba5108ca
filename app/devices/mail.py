"""Ways to mail servers: SMTP by the standard library, with an end to every wait and a sentence for every trouble.

What may be believed is decided here from where the talk broke off: before the last byte of the mail the server surely
has not taken it, after it and without a clear answer nobody knows.
"""

from __future__ import annotations

import contextlib
import errno
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

from app.domain.mails import Account, MailDelivery, Security, Taken
from app.domain.printing import Fault
from app.errors import MailUnreachable
from app.services.mail_accounts import MailLine

__all__ = ["SmtpWays"]

_CLOSING_SECONDS = 2.0
_SPARE = 1.0
"""Seconds that a single wait may take beyond the deadline over all of them: that one says best what happened."""
_READY_SECONDS = 5.0
_MOST_REPLY = 160
"""Characters of a server's words that are kept."""
_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL)
_DOT = re.compile(rb"^\.", re.MULTILINE)
"""A dot at the beginning of a line is doubled (RFC 5321, 4.5.2)."""
_TROUBLE = (OSError, smtplib.SMTPException, ssl.SSLError, ValueError)
"""What the library raises where a server is gone, silent, or talks nonsense."""


class SmtpWays:
    """Opens connections to mail servers."""

    def __init__(self, context: Callable[[], ssl.SSLContext] = ssl.create_default_context) -> None:
        """
        :param context: makes what checks certificates; the system's own authorities, unless a test has others.
        """
        self._context = context

    def open(self, account: Account, password: str, *, seconds: float = 20.0) -> MailLine:
        """Connect and sign in; see :class:`~app.services.mail_accounts.MailWays`."""
        talk = _Talk(account, self._context(), seconds)
        try:
            with talk.until(seconds):
                talk.greet()
                if account.login:
                    talk.sign_in(account.login, password)
        except MailUnreachable:
            talk.break_off()
            raise
        except _TROUBLE as error:
            talk.break_off()
            raise talk.trouble(error) from error
        return _Line(talk)


class _Talk(smtplib.SMTP):
    """A connection to one server: its own look-up of names, and one deadline over everything that is said."""

    def __init__(self, account: Account, context: ssl.SSLContext, seconds: float) -> None:
        super().__init__(timeout=seconds, local_hostname="localhost")
        self.account = account
        self._tls = context
        self._late = False
        self._plain: socket.socket | None = None
        """The line while it comes about."""

    # --- an end to every wait ---

    @contextlib.contextmanager
    def until(self, seconds: float) -> Iterator[None]:
        """Give everything within up after so long, also a server that sends a byte now and then."""
        self.timeout = seconds
        if self.sock is not None:
            self.sock.settimeout(seconds + _SPARE)
        timer = threading.Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._late = True
        line = self.sock or self._plain
        if line is not None:
            with contextlib.suppress(OSError):
                # The line itself: an encrypted one would wait to say goodbye.
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    def break_off(self) -> None:
        """End at once."""
        with contextlib.suppress(*_TROUBLE):
            self.close()
        if self._plain is not None:
            with contextlib.suppress(OSError):
                self._plain.close()

    # --- connecting ---

    def greet(self) -> None:
        """Connect, hear the greeting, encrypt, say who we are."""
        account = self.account
        self._host = account.host
        until = time.monotonic() + float(self.timeout)
        self.sock = self._connected(until)
        # Who we are, without asking for a name of this computer: that look-up knows no deadline (RFC 5321, 4.1.3).
        own = str(self.sock.getsockname()[0]).partition("%")[0]
        self.local_hostname = f"[IPv6:{own}]" if ":" in own else f"[{own}]"
        if account.security == Security.TLS:
            self._encrypt(self.sock)
        code, said = self.getreply()
        if code != 220:
            raise self._turned_away(code, said)
        self._hello()
        if account.security == Security.STARTTLS:
            if not self.has_extn("starttls"):
                raise MailUnreachable("mails.off.no_starttls", host=account.host, port=account.port)
            code, said = self.docmd("STARTTLS")
            if code != 220:
                raise self._turned_away(code, said)
            assert self.sock is not None
            self._encrypt(self.sock)
            self.ehlo_resp = self.helo_resp = None
            self.esmtp_features = {}
            self._hello()

    def _connected(self, until: float) -> socket.socket:
        account = self.account
        last: OSError = TimeoutError()
        for family, address in _resolved(account.host, account.port, max(0.1, until - time.monotonic())):
            line = socket.socket(family, socket.SOCK_STREAM)
            line.settimeout(max(0.05, until - time.monotonic()))
            self._plain = line
            try:
                line.connect(address)
            except OSError as error:
                line.close()
                last = error
                continue
            line.settimeout(max(0.05, until - time.monotonic()) + _SPARE)
            return line
        raise last

    def _encrypt(self, line: socket.socket) -> None:
        """Go on encrypted; what was said before in the clear counts for nothing."""
        # Known before the handshake, so that the deadline can end that as well.
        self.sock = made = self._tls.wrap_socket(line, server_hostname=self.account.host, do_handshake_on_connect=False)
        self.file = None
        made.do_handshake()

    def _turned_away(self, code: int, said: bytes) -> MailUnreachable:
        account, reply = self.account, _words(code, said)
        if self._late:  # the answer was cut off by our own deadline
            return MailUnreachable("mails.off.timeout", host=account.host, port=account.port)
        if 400 <= code < 500:
            return MailUnreachable("mails.off.busy", host=account.host, reply=reply)
        if 500 <= code < 600:
            return MailUnreachable("mails.off.refuses_us", host=account.host, reply=reply)
        return MailUnreachable("mails.off.not_smtp", host=account.host, port=account.port, reply=reply)

    def _hello(self) -> None:
        code, said = self.ehlo()
        if not 200 <= code < 300:
            code, said = self.helo()
        if not 200 <= code < 300:
            raise self._turned_away(code, said)

    def sign_in(self, login: str, password: str) -> None:
        """Sign in by whatever way the server offers."""
        account = self.account
        try:
            self.login(login, password)
        except smtplib.SMTPAuthenticationError as error:
            reply = _words(error.smtp_code, error.smtp_error)
            if 400 <= error.smtp_code < 500:
                raise MailUnreachable("mails.off.busy", host=account.host, reply=reply) from None
            raise MailUnreachable("mails.off.password", host=account.host, reply=reply) from None
        except (smtplib.SMTPNotSupportedError, UnicodeEncodeError) as error:
            raise MailUnreachable("mails.off.no_login", host=account.host) from error
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            raise MailUnreachable("mails.off.no_login", host=account.host) from error

    def trouble(self, error: Exception) -> MailUnreachable:
        """Say why no connection came about."""
        at = {"host": self.account.host, "port": self.account.port}
        if self._timed_out(error):
            return MailUnreachable("mails.off.timeout", **at)
        if isinstance(error, ssl.SSLCertVerificationError):
            return MailUnreachable("mails.off.certificate", host=self.account.host, why=error.verify_message)
        if isinstance(error, ssl.SSLError):
            if error.reason in ("WRONG_VERSION_NUMBER", "UNEXPECTED_EOF_WHILE_READING", "HTTP_REQUEST"):
                return MailUnreachable("mails.off.wrong_tls", **at)
            return MailUnreachable("mails.off.tls", host=self.account.host, why=error.reason or "SSL")
        if isinstance(error, ConnectionRefusedError):
            return MailUnreachable("mails.off.refused", **at)
        if isinstance(error, socket.gaierror):
            return MailUnreachable("mails.off.unknown_name", host=self.account.host)
        if isinstance(error, smtplib.SMTPResponseException):
            # The library's own words for a line that never ends: whatever speaks there, it is no mail server.
            return MailUnreachable("mails.off.not_smtp", **at, reply=_words(0, error.smtp_error))
        if isinstance(error, OSError) and error.errno in _NO_ROUTE:
            return MailUnreachable("mails.off.no_route", **at)
        return MailUnreachable("mails.off.other", **at, why=_reason(error))

    # --- one mail ---

    def offer(self, sender: str, recipient: str, message: bytes) -> MailDelivery:
        """Say from whom, to whom, and the mail; return what is known then."""
        last = b"" if message.endswith(b"\r\n") else b"\r\n"
        body = _DOT.sub(b"..", message) + last
        over = False
        try:
            early = self._envelope(sender, recipient, len(body))
            if early is not None:
                return early
            code, said = self.docmd("DATA")
            if code != 354:
                return self._refused(code, said, "mails.send.content")
            self.sock.sendall(body)  # type: ignore[union-attr]
            # From here on the server may have all of it.
            over = True
            self.sock.sendall(b".\r\n")  # type: ignore[union-attr]
            code, said = self.getreply()
            if self._late:  # half an answer is none
                raise TimeoutError
        except _TROUBLE as error:
            why = self._why(error)
            if over:
                return MailDelivery(Taken.UNKNOWN, Fault("mails.send.no_answer", {"why": why}), closed=True)
            return MailDelivery(Taken.LATER, Fault("mails.send.broke", {"why": why}), closed=True)
        if 200 <= code < 300:
            return MailDelivery(Taken.TAKEN)
        if 400 <= code < 600:
            return self._refused(code, said, "mails.send.content")
        fault = Fault("mails.send.odd_answer", {"reply": _words(code, said)})
        return MailDelivery(Taken.UNKNOWN, fault, closed=True)

    def _envelope(self, sender: str, recipient: str, size: int) -> MailDelivery | None:
        limit = self.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            return MailDelivery(Taken.REFUSED, Fault("mails.send.large", {"reply": f"SIZE {limit}"}))
        code, said = self.docmd("MAIL", f"FROM:<{sender}>" + (f" SIZE={size}" if "size" in self.esmtp_features else ""))
        if not 200 <= code < 300:
            return self._refused(code, said, "mails.send.sender", address=sender)
        code, said = self.docmd("RCPT", f"TO:<{recipient}>")
        if not 200 <= code < 300:
            return self._refused(code, said, "mails.send.recipient", address=recipient)
        return None

    def _refused(self, code: int, said: bytes, key: str, **more: str) -> MailDelivery:
        """What a refusal before or after the mail means: 4xx later, 5xx never; anything else is no mail server."""
        reply = _words(code, said)
        closing = code == 421
        if not closing:
            with contextlib.suppress(*_TROUBLE):
                closing = self.docmd("RSET")[0] != 250
        if 500 <= code < 600:
            # From a recipient's side 552 is a full mailbox.
            if key != "mails.send.recipient" and (code == 552 or b"5.3.4" in said):
                return MailDelivery(Taken.REFUSED, Fault("mails.send.large", {"reply": reply}), closing)
            # Without signing in, or with a sender that is not ours, no mail of this account goes out.
            account = key == "mails.send.sender" or code == 530
            taken = Taken.ACCOUNT if account else Taken.REFUSED
            return MailDelivery(taken, Fault(key, {**more, "reply": reply}), closing or account)
        return MailDelivery(Taken.LATER, Fault("mails.send.later", {"reply": reply}), closing or not 400 <= code < 500)

    def _why(self, error: Exception) -> str:
        return "timeout" if self._timed_out(error) else _reason(error)

    def _timed_out(self, error: Exception) -> bool:
        both = (error, error.__context__)  # the library wraps it in an error of its own
        return self._late or any(
            isinstance(each, TimeoutError) or getattr(each, "errno", None) == errno.ETIMEDOUT for each in both
        )


class _Line:
    """An open connection, signed in."""

    def __init__(self, talk: _Talk) -> None:
        self._talk = talk

    def ready(self) -> bool:
        """Whether the server still answers."""
        try:
            with self._talk.until(_READY_SECONDS):
                return self._talk.noop()[0] == 250
        except _TROUBLE:
            return False

    def send(self, sender: str, recipient: str, message: bytes, *, seconds: float = 120.0) -> MailDelivery:
        """Offer one mail; see :class:`~app.services.mail_accounts.MailLine`."""
        with self._talk.until(seconds):
            return self._talk.offer(sender, recipient, message)

    def close(self) -> None:
        """End in peace, a moment at most."""
        with contextlib.suppress(*_TROUBLE), self._talk.until(_CLOSING_SECONDS):
            self._talk.docmd("QUIT")
        self._talk.break_off()


def _resolved(host: str, port: int, seconds: float) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Return the addresses of a name. The system's own look-up knows no deadline, so it has a thread of its own."""
    found: list[tuple[socket.AddressFamily, tuple[str, int]]] = []
    over = threading.Event()

    def look() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append((family, (str(address[0]), port)))
        over.set()

    threading.Thread(target=look, name="kenpin-name", daemon=True).start()
    if not over.wait(seconds):
        raise TimeoutError
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, host)
    return list(found)


def _words(code: int, said: bytes | str) -> str:
    """Return what a server said, in one short line of characters that can be seen."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return f"{code if code > 0 else ''} {plain}".strip()[:_MOST_REPLY] or "–"


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _words(0, str(text))
