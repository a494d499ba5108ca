"""From the start of the process to the painted window, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measure import Row, Sample, interleaved
from tests.bench.shop import big_shop, copy_of, scratch

ROOT = Path(__file__).resolve().parents[2]

WATCH = """
def watch(application):
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    class Watcher(QObject):
        seen = False

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and not self.seen and isinstance(watched, QMainWindow):
                self.seen = True
                QTimer.singleShot(0, said)
            return False

    def said():
        import os
        os.write(1, b"painted\\n")

    watcher = Watcher(application)
    application.installEventFilter(watcher)
    return watcher
"""

OURS = (
    WATCH
    + """
import sys
import app.main

window = app.main._window

def watched(*arguments, **named):
    from PySide6.QtWidgets import QApplication
    run = QApplication.exec

    def exec_(self=None):
        self = QApplication.instance()
        self.watcher = watch(self)
        return run()

    QApplication.exec = exec_
    return window(*arguments, **named)

app.main._window = watched
sys.exit(app.main.main(["--data", sys.argv[1]]))
"""
)

BASE = (
    WATCH
    + """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("Kenpin"))
window.resize(1366, 768)
window.show()
watcher = watch(application)
sys.exit(application.exec())
"""
)


def measure(quick: bool, seed: int) -> list[Row]:
    """Alternate the two programs, each a fresh process."""
    rounds = 4 if quick else 20
    with scratch("window") as folder:
        copy_of(big_shop(1_000, 1_000), folder).rename(folder / "kenpin.db")
        works = {"ours": lambda: _until_painted(OURS, folder), "base": lambda: _until_painted(BASE, folder)}
        for work in works.values():
            work()
        found: dict[str, Sample] = interleaved(rounds, seed, **works)
    return [Row.of("start → window painted / bare PySide6 window", found["ours"], found["base"], 2.0)]


def _until_painted(program: str, folder: Path) -> float:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = time.perf_counter() - began
        process.kill()
        errors = process.stderr.read().decode() if process.stderr else ""
    assert said == b"painted\n", errors
    return took
