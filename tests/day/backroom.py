"""The evening's backroom as a program of its own, which is killed at random moments and begun again.

``python -m tests.day.backroom URL FOLDER`` begins one for each line of its input.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

from app.devices.mail import SmtpWays
from app.services import folder_watch, mail_runner
from app.services.desk import Desk
from app.services.folder_watch import FolderWatch
from app.services.mail_runner import MailRunner
from app.storage.database import open_database

__all__ = ["WATCHER", "InThisProgram", "KilledAgain"]

WATCHER = "watcher"
"""Station that looks into the folders and sends the mails."""
ROOT = Path(__file__).resolve().parents[2]


class InThisProgram:
    """The backroom on threads of this program."""

    def __init__(self, url: str, folder: Path) -> None:
        self.desk = Desk(open_database(url), WATCHER)
        self.watch = FolderWatch(self.desk, folder)
        self.mails = MailRunner(self.desk, SmtpWays(), folder)

    def start(self) -> None:
        """Begin."""
        self.watch.start()
        self.mails.start()

    def stop(self) -> None:
        """End in peace."""
        self.watch.stop()
        self.mails.stop()
        self.desk.stop()


class KilledAgain:
    """The backroom in a program of its own that dies at a random moment, again and again, all evening.

    A mother that has everything loaded begins each of them, so that they die at work and not while they load.
    """

    def __init__(self, url: str, folder: Path, seed: int) -> None:
        self._call = [sys.executable, "-m", "tests.day.backroom", url, str(folder)]
        self._said = folder.parent / "backroom.txt"
        self._chance = random.Random(seed)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live_and_die, daemon=True)
        self.kills = 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Kill it no more; the one that lives ends in peace."""
        self._ending.set()
        self._thread.join(timeout=60)
        assert not self._thread.is_alive(), "the backroom does not end"

    def _live_and_die(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (
            self._said.open("ab") as said,
            subprocess.Popen(
                self._call, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            ) as mother,
        ):
            assert mother.stdin is not None
            assert mother.stdout is not None
            while not self._ending.is_set():
                print("live", file=mother.stdin, flush=True)
                child = int(mother.stdout.readline())
                # Most die within their first steps; some live long enough on a busy computer to come to an end.
                seconds = (
                    self._chance.uniform(0.0, 0.8) if self._chance.random() < 0.7 else self._chance.uniform(1.0, 5.0)
                )
                ended = self._ending.wait(seconds)
                os.kill(child, signal.SIGTERM if ended else signal.SIGKILL)
                assert mother.stdout.readline() == "gone\n"
                self.kills += not ended


def main(url: str, folder: str) -> None:
    """Begin a backroom for each line that is read, and wait for its end."""
    folder_watch.EVERY_SECONDS = 0.05
    mail_runner._IDLE_SECONDS = 0.1
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            live(url, Path(folder))
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def live(url: str, folder: Path) -> None:
    """Work until told to end."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])  # for every thread that comes
    backroom = InThisProgram(url, folder)
    backroom.start()
    signal.sigwait([signal.SIGTERM])
    backroom.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
