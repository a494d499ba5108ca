"""A real mail server on this computer, with the troubles that a test asks for, and a ledger of what it took."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from app.domain.mails import Account, Security

__all__ = ["Certificates", "MailServer", "Took", "account_at", "certificates", "raw_server"]


@dataclass(frozen=True)
class Took:
    """A mail that the server took, whatever it answered."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.raw, policy=default)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def body(self) -> str:
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """Takes mails; each of :attr:`plan` is the trouble that the next mail meets.

    ``mail:NNN``, ``rcpt:NNN``, ``data:NNN`` answer so there; ``close:mail`` and so on close instead. ``lost`` takes the
    mail and closes before the answer, ``vanish`` closes there without taking it, ``garbage`` takes it and answers
    nonsense, ``slow`` takes it after a while, ``hang`` takes it and says nothing.
    """

    tls: ssl.SSLContext | None = None
    security: Security = Security.NONE
    login: tuple[str, str] | None = None
    size: int = 1_000_000
    plan: deque[str] = field(default_factory=deque)
    took: list[Took] = field(default_factory=list)
    connections: int = 0
    hang_seconds: float = 3.0
    hanging: threading.Event = field(default_factory=threading.Event)
    now: str = ""
    """The trouble of the mail in hand."""

    def __post_init__(self) -> None:
        outer = self

        class Server(SMTP):
            def connection_made(self, transport: Any) -> None:
                outer.connections += 1
                super().connection_made(transport)

        class Running(Controller):
            def factory(self) -> SMTP:
                more: dict[str, Any] = {}
                if outer.login:
                    more = {"authenticator": outer._knows, "auth_required": True, "auth_require_tls": False}
                if outer.security is Security.STARTTLS:
                    more |= {"tls_context": outer.tls, "require_starttls": True}
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # that login needs no STARTTLS: the line is encrypted already
                    return self._made(more)

            def _made(self, more: dict[str, Any]) -> SMTP:
                return Server(self.handler, data_size_limit=outer.size, ident="test", hostname="mail.test", **more)

        context = self.tls if self.security is Security.TLS else None
        self._controller = Running(self, hostname="127.0.0.1", port=_free_port(), ssl_context=context)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def start(self) -> MailServer:
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop()

    def clear(self) -> None:
        self.plan.clear()
        self.took.clear()
        self.hanging.clear()
        self.connections = 0

    def recipients(self) -> list[str]:
        return [each.recipient for each in self.took]

    # --- what it does ---

    def _knows(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert self.login is not None
        good = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == self.login
        return AuthResult(success=good, handled=False, message=None if good else "535 5.7.8 wrong password")

    def _says(self, server: Any, place: str) -> str:
        if self.now == f"close:{place}":
            server.transport.abort()
            return "250 gone"
        if self.now.startswith(f"{place}:"):
            return f"{self.now.partition(':')[2]} planned trouble"
        return ""

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:
        self.now = self.plan.popleft() if self.plan else ""
        if said := self._says(server, "mail"):
            return said
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:
        if said := self._says(server, "rcpt"):
            return said
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        import asyncio

        if said := self._says(server, "data"):
            return said
        if self.now == "vanish":
            server.transport.abort()
            return "250 gone"
        if self.now == "slow":
            await asyncio.sleep(0.3)
        self.took.append(Took(envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content))
        if self.now == "lost":
            server.transport.abort()
        if self.now == "hang":
            self.hanging.set()
            await asyncio.sleep(self.hang_seconds)
        return "hello there" if self.now == "garbage" else "250 OK queued"


def account_at(server: MailServer | None = None, **more: Any) -> Account:
    """Return an account at a server, or at whatever port is named."""
    usual: dict[str, Any] = {
        "id": 1, "name": "info", "address": "info@shop.example.jp", "host": "127.0.0.1", "station": "1",
        "port": server.port if server else 25, "security": server.security if server else Security.NONE,
        "login": server.login[0] if server and server.login else "",
    }  # fmt: skip
    return Account(**(usual | more))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# --- certificates -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Certificates:
    """A certificate for ``localhost`` and ``127.0.0.1`` that only :meth:`trusting` knows."""

    certificate: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


def certificates(folder: Path) -> Certificates:
    """Make a certificate."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return Certificates(certificate, key)


# --- no mail server at all ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Listen and let *talk* do with each connection what it wants; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line, contextlib.suppress(OSError):
                    talk(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            listener.shutdown(socket.SHUT_RDWR)


def black_hole(line: socket.socket) -> None:
    """Take everything and say nothing."""
    line.settimeout(5.0)
    while line.recv(4096):
        pass


def dripping(line: socket.socket) -> None:
    """Say a greeting that never ends, a byte at a time."""
    for _ in range(100):
        line.sendall(b"2")
        time.sleep(0.05)
