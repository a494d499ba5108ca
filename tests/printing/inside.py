"""What runs inside the namespaces of :mod:`tests.printing.ipp_printer`: a bus, Avahi, the printer program and CUPS.

``python -m tests.printing.inside FOLDER PORT CUPS_PORT`` reads commands from its standard input, one a line: ``printer
on``, ``printer off``, ``cups on``, ``cups off``, ``cups queue``; it answers ``ok`` or ``no …``. At the end of its input
it ends everything that it started.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

CUPSD = """Listen 127.0.0.1:{port}
Listen {folder}/state/cups.sock
DefaultAuthType None
Browsing Off
LogLevel info
PreserveJobHistory Yes
DirtyCleanInterval 0
JobRetryInterval 1
JobRetryLimit 1000
MaxJobTime 0
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
FILES = """ServerRoot {folder}/etc
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
ErrorLog {folder}/log/error_log
AccessLog {folder}/log/access_log
PageLog {folder}/log/page_log
SystemGroup root
"""
COMMAND = """#!/bin/sh
# The printer's mechanics. Its program gives it a clean environment and the file; what {folder}/mode says goes.
mode=$(cat {folder}/mode)
case "$mode" in
  fail) echo "ERROR: no" >&2; exit 1 ;;
  dies) kill -9 $$ ;;
  hole) exit 0 ;;
esac
while [ "$(cat {folder}/mode)" = jam ] || [ "$(cat {folder}/mode)" = empty ]; do
  reason=media-jam-error; [ "$(cat {folder}/mode)" = empty ] && reason=media-empty-error
  echo "STATE: +$reason" >&2; sleep 0.1; stopped=$reason
done
[ -n "$stopped" ] && echo "STATE: -media-jam-error,media-empty-error" >&2
pages=$(LC_ALL=C grep -a -c -E '/Type */Page([^s]|$)' "$1")
echo "ATTR: job-impressions=$pages job-impressions-completed=$pages" >&2
name=$(date +%s%N)
cp "$1" {folder}/out/.$name && mv {folder}/out/.$name {folder}/out/$name.pdf
exit 0
"""


class Inside:
    """The programs in the namespaces."""

    def __init__(self, folder: Path, port: int, cups_port: int) -> None:
        self.folder, self.port, self.cups_port = folder, port, cups_port
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def begin(self) -> None:
        """A network of its own with a bus and Avahi: the printer program insists on announcing itself."""
        for call in (
            ("ip", "link", "set", "lo", "up"),
            ("ip", "link", "set", "lo", "multicast", "on"),
        ):
            subprocess.run(call, check=True)
        for place in ("/run/dbus", "/run/avahi-daemon"):
            Path(place).mkdir(parents=True, exist_ok=True)
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=True)
        subprocess.run(["chown", "avahi:avahi", "/run/avahi-daemon"], check=True)
        self.start("dbus", "dbus-daemon", "--system", "--nofork", "--nopidfile")
        self.until(lambda: Path("/run/dbus/system_bus_socket").exists(), "dbus")
        self.start("avahi", "avahi-daemon", "--no-rlimits", "--no-chroot")
        self.until(lambda: Path("/run/avahi-daemon/socket").exists(), "avahi")
        for name, port in (("printer", self.port), ("cups", self.cups_port)):
            threading.Thread(target=relay, args=(self.folder / f"{name}.sock", port), daemon=True).start()

    def start(self, name: str, *call: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                call,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_go_with_me,  # noqa: PLW1509 - it only makes a system call
            )

    def until(self, true: object, what: str, seconds: float = 10.0) -> None:
        end = time.monotonic() + seconds
        while not true():  # type: ignore[operator]
            if time.monotonic() > end:
                raise TimeoutError(f"{what} does not begin")
            time.sleep(0.03)

    def stop(self, name: str) -> None:
        """Kill it, and what it started."""
        process = self.running.pop(name, None)
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def command(self, line: str) -> None:
        if line.endswith(" on") and (process := self.running.get(line.partition(" ")[0])) and process.poll() is None:
            return
        match line:
            case "printer on":
                formats = "application/pdf,application/octet-stream"
                self.start(
                    "printer", "ippeveprinter", "-p", str(self.port), "-r", "off", "-n", "localhost", "-c",
                    str(self.folder / "print.sh"), "-f", formats, "-d", str(self.folder / "spooled"), "Rig",
                )  # fmt: skip
                self.until(lambda: listens(self.port), "ippeveprinter")
            case "cups on":
                etc = self.folder / "etc"
                self.start("cups", "cupsd", "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf"))
                self.until(lambda: listens(self.cups_port), "cupsd")
            case "cups queue":
                host = f"127.0.0.1:{self.cups_port}"
                there = ["lpstat", "-h", host, "-p", "Rig"]
                if subprocess.run(there, check=False, capture_output=True, timeout=20).returncode:
                    uri = f"ipp://127.0.0.1:{self.port}/ipp/print"
                    more = ["-E", "-v", uri, "-m", "raw", "-o", "printer-error-policy=retry-job"]
                    made = ["lpadmin", "-h", host, "-p", "Rig", *more]
                    subprocess.run(made, check=True, capture_output=True, timeout=20)
                for each in ("cupsenable", "cupsaccept"):
                    subprocess.run([each, "-h", host, "Rig"], check=True, capture_output=True, timeout=20)
            case "printer off" | "cups off":
                self.stop(line.partition(" ")[0])
            case _:
                raise ValueError(line)

    def end(self) -> None:
        for name in list(self.running)[::-1]:
            self.stop(name)


def _go_with_me() -> None:
    """Let the system kill a program when this one is gone."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def relay(path: Path, port: int) -> None:
    """Carry connections from a socket in the file system, which every namespace sees, to a port in here."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(32)
    while True:
        near, _ = listener.accept()
        far = socket.socket()
        if far.connect_ex(("127.0.0.1", port)):
            near.close()
            continue
        join(near, far)


def join(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until both ends are done."""

    def carry(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            for each in (source, sink):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def both() -> None:
        back = threading.Thread(target=carry, args=(other, one), daemon=True)
        back.start()
        carry(one, other)
        back.join()
        one.close()
        other.close()

    threading.Thread(target=both, daemon=True).start()


def main() -> None:
    folder, port, cups_port = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rig = Inside(folder, port, cups_port)
    for each in ("spool/tmp", "cache", "state", "etc", "log", "out", "spooled"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    (folder / "etc" / "cupsd.conf").write_text(CUPSD.format(folder=folder, port=cups_port))
    (folder / "etc" / "cups-files.conf").write_text(FILES.format(folder=folder))
    (folder / "print.sh").write_text(COMMAND.format(folder=folder))
    (folder / "print.sh").chmod(0o755)
    (folder / "mode").write_text("ok")
    subprocess.run(["chown", "-R", "root:lp", str(folder)], check=True)
    subprocess.run(["chmod", "-R", "g+rwX", str(folder)], check=True)
    try:
        rig.begin()
        print("ok", flush=True)
        for line in sys.stdin:
            try:
                rig.command(line.strip())
            except (OSError, ValueError, TimeoutError, subprocess.SubprocessError) as error:
                print(f"no {error} {getattr(error, 'stderr', b'')!r}".replace("\n", " "), flush=True)
            else:
                print("ok", flush=True)
    except (OSError, TimeoutError, subprocess.SubprocessError) as error:
        print(f"no {error}".replace("\n", " "), flush=True)
    finally:
        rig.end()


if __name__ == "__main__":
    main()
