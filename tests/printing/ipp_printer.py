"""The real ``ippeveprinter`` of CUPS as an office printer, and a real CUPS queue before it.

The printer program insists on a bus and Avahi, so all of it runs in network and mount namespaces of its own
(:mod:`tests.printing.inside`); ports in here lead there. The paper that came out lies in :attr:`IppPrinter.out`; its
mechanics jam, fail, die or eat a document by :meth:`IppPrinter.mode`.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.printing.inside import join

__all__ = ["MODES", "NEEDS", "IppPrinter", "why_not"]

ROOT = Path(__file__).resolve().parents[2]
NEEDS = ("ippeveprinter", "cupsd", "lpadmin", "dbus-daemon", "avahi-daemon", "unshare", "ip")
MODES = ("ok", "jam", "empty", "fail", "dies", "hole")
"""What its mechanics do: print, stop until they are told otherwise (jam, empty), end in an error, be killed, or say
that all went well and print nothing."""


@functools.cache
def why_not() -> str:
    """Why the real printer cannot be had here; empty where it can."""
    gone = [name for name in NEEDS if shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") is None]
    if gone:
        return "no " + ", ".join(gone)
    tried = subprocess.run(
        ["unshare", "-n", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"no namespaces: {tried.stderr.strip()}"


class IppPrinter:
    """A printer at :attr:`address`, and, where it is asked for, the queue :attr:`queue` of a CUPS before it."""

    def __init__(self, *, cups: bool = False) -> None:
        """Begin; raises RuntimeError with the reason where it does not."""
        self._cups = cups
        self.folder = Path(tempfile.mkdtemp(prefix="kenpin-ipp-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.port, self.cups_port = _free_port(), _free_port()
        self._ends = [self._door("printer", self.port), self._door("cups", self.cups_port)]
        call = ["unshare", "-n", "-m", sys.executable, "-m", "tests.printing.inside", str(self.folder)]
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        self._process = subprocess.Popen(
            [*call, str(self.port), str(self.cups_port)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env={**os.environ, "PATH": path},
        )  # fmt: skip
        try:
            self._heard()
            self.on()
            if cups:
                self.cups_on()
                self.cups_queue()
        except BaseException:
            self.close()
            raise

    @property
    def address(self) -> str:
        """Of the printer itself."""
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    @property
    def queue(self) -> str:
        """Of the CUPS queue before it."""
        return f"ipp://127.0.0.1:{self.cups_port}/printers/Rig"

    @property
    def out(self) -> list[bytes]:
        """Documents that came out, oldest first."""
        return [path.read_bytes() for path in sorted((self.folder / "out").glob("*.pdf"))]

    def wait(self, documents: int, seconds: float = 20.0) -> bool:
        """Wait until so many documents have come out in all; whether they have."""
        end = time.monotonic() + seconds
        while (there := len(list((self.folder / "out").glob("*.pdf"))) >= documents) is False:
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        return there

    @property
    def holds(self) -> int:
        """Jobs that the queue has and did not end; the printer's program itself is done at once, or stops."""
        if not self._cups:
            return 0
        call = ["lpstat", "-h", f"127.0.0.1:{self.cups_port}", "-o"]
        queued = subprocess.run(call, capture_output=True, text=True, check=False, timeout=20)
        return len(queued.stdout.splitlines())

    # --- hands ---

    def mode(self, mode: str) -> None:
        """Let its mechanics do one of :data:`MODES`."""
        assert mode in MODES
        half = self.folder / "mode.part"
        half.write_text(mode)
        half.replace(self.folder / "mode")

    def on(self) -> None:
        self._tell("printer on")

    def off(self) -> None:
        """Kill the printer's program; what it had not printed is gone."""
        self._tell("printer off")

    def cups_on(self) -> None:
        self._tell("cups on")

    def cups_queue(self) -> None:
        """Set the queue up where it is not there, and start it."""
        self._tell("cups queue")

    def cups_off(self) -> None:
        """Kill the spooler; its spool folder stays."""
        self._tell("cups off")

    @contextlib.contextmanager
    def acting(self, mode: str) -> Iterator[None]:
        """Let its mechanics do so for a while."""
        self.mode(mode)
        try:
            yield
        finally:
            self.mode("ok")

    def spooled(self) -> list[Path]:
        """Every file that CUPS and the printer's program keep, their logs included."""
        return [path for path in self.folder.rglob("*") if path.is_file() and path.parent.name != "out"]

    def close(self) -> None:
        """End everything and remove its folder."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        for each in self._ends:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> IppPrinter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- inside ---

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        self._heard()

    def _heard(self) -> None:
        assert self._process.stdout is not None
        said = self._process.stdout.readline().strip()
        if said != "ok":
            raise RuntimeError(said or "the namespaces ended")

    def _door(self, name: str, port: int) -> socket.socket:
        """Lead connections to a port of this machine to the same port in the namespace."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(32)

        def carry() -> None:
            while True:
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                far = socket.socket(socket.AF_UNIX)
                try:
                    far.connect(str(self.folder / f"{name}.sock"))
                except OSError:
                    near.close()
                    far.close()
                    continue
                join(near, far)

        threading.Thread(target=carry, daemon=True).start()
        return listener


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
