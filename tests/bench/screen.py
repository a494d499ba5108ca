"""From the last key of a scan to the repainted bench, in the real window with a real desk and a very large file.

A picker works whole orders of the queue: the function key of the next order, then one code after the other as a
scanner types it, with a wrong item in each order. The printer works beside, as on the day. The clock runs from the
Enter key until the first paint that shows the answer is over.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.measure import Row, Sample
from tests.bench.shop import BIG, LIVE, PRODUCTS, big_shop, gtin, scratch

FRAME = 1 / 60
"""Seconds."""


def measure(quick: bool, seed: int) -> list[Row]:
    """Work some orders in a file of a million, most of them shipped, then with all of them in the queue."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    big = 100_000 if quick else BIG
    rows = []
    for live, said in ((LIVE, f"{LIVE:,} live"), (big, "all in the queue")):
        with scratch("screen") as folder:
            shutil.copyfile(big_shop(big, live), folder / "kenpin.db")
            found = _work(folder, 10 if quick else 80, seed)
        of = f"{big:,} orders in the file, {said}"
        rows.append(Row.absolute(f"last key → painted, piece ({of})", found["piece"], FRAME))
        rows.append(Row.absolute("… wrong item", found["wrong"], FRAME))
        rows.append(Row.absolute("… next order", found["next"], FRAME))
    return rows


def _work(folder: Path, orders: int, seed: int) -> dict[str, Sample]:
    from PySide6.QtCore import QEvent, QEventLoop, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from app.devices.printing.ways import PrinterWays
    from app.devices.readers import Hub
    from app.devices.scanner import WedgeScanner
    from app.devices.serial import SerialScanner
    from app.devices.sound import Sounds
    from app.services import settings
    from app.services.desk import Desk
    from app.services.printing import PrintRunner
    from app.services.readers import Keyboard, Readers
    from app.services.station import StationConfig
    from app.storage.database import open_database
    from app.ui.pack.state import COMMANDS
    from app.ui.window import MainWindow

    class TimedWindow(MainWindow):
        """Notes when a paint of the whole window is over."""

        def event(self, event: Any) -> bool:
            done = super().event(event)
            if event.type() == QEvent.Type.UpdateRequest:
                first.setdefault(len(answers), time.perf_counter())
            return done

    answers: list[Any] = []
    first: dict[int, float] = {}  # number of answers -> when the first paint that shows them was over
    sys.setswitchinterval(0.001)  # as app.main does for the window
    application = QApplication.instance() or QApplication(["bench"])
    config = StationConfig(folder, language="ja")
    # Keys made here carry the time at which the program came to make them: on a busy machine they are slow.
    config = replace(config, readers=Readers(Keyboard(gap=500, hold=700, pause=2000)))
    window = TimedWindow(config, Hub(WedgeScanner(), SerialScanner), Sounds(config.sound, on=False))
    window.show()
    desk = Desk(open_database(f"sqlite:///{folder / 'kenpin.db'}"), "1")
    # It scans faster than a hand can lift the next piece; that guard would ask each time.
    desk.do(frozenset({"settings"}), settings.put, desk.station, "pace", {"scan.pace_ms": "0"}).result()
    runner = PrintRunner(desk, PrinterWays(lambda: folder / "papers"))
    runner.start()
    before_sent = window.pack.sent

    def sent(answer: Any) -> None:
        answers.append(answer)
        before_sent(answer)

    window.pack.sent = sent
    window.attach(desk)
    handle = window.windowHandle()
    waiting = QEventLoop.ProcessEventsFlag.WaitForMoreEvents | QEventLoop.ProcessEventsFlag.AllEvents

    def until(done: Any, seconds: float = 20.0) -> None:
        over = time.perf_counter() + seconds
        while not done():
            application.processEvents(waiting)
            assert time.perf_counter() < over, answers[-3:]

    def settle() -> None:
        """Let everything that an answer drags along come in, as between two scans of a person."""
        over = time.perf_counter() + 0.03
        while time.perf_counter() < over:
            application.processEvents()
            time.sleep(0.002)

    def scan(code: str, into: Sample) -> Any:
        for char in code:
            QTest.keyClick(handle, char)
        return press(Qt.Key.Key_Return, into)

    def press(key: Any, into: Sample) -> Any:
        number = len(answers) + 1
        began = time.perf_counter()
        QTest.keyClick(handle, key)
        until(lambda: number in first)
        into.times.append(first[number] - began)
        settle()
        return answers[-1]

    until(lambda: answers)
    for _ in range(15):  # the other screens are made while nobody waits
        settle()
    following = getattr(Qt.Key, f"Key_{COMMANDS['KP-NEXT']}")
    found = {name: Sample() for name in ("piece", "wrong", "next", "warm-up")}
    chance = random.Random(seed)
    for at in range(orders + 3):
        into = found if at >= 3 else dict.fromkeys(found, found["warm-up"])
        answer = press(following, into["next"])
        assert answer.key == "order.opened", answer
        wanted = _codes(folder, answer.order_id)
        other = next(code for code in iter(lambda: gtin(chance.randint(1, PRODUCTS)), "") if code not in wanted)
        assert scan(other, into["wrong"]).level == "refused"
        for code in wanted:
            answer = scan(code, into["piece"])
            assert answer.level == "ok", answer
        assert answer.key == "order.closed", answer
    window.close()
    runner.stop()
    desk.stop()
    window.deleteLater()
    application.processEvents()
    return found


def _codes(folder: Path, order: int) -> list[str]:
    import sqlite3

    raw = sqlite3.connect(folder / "kenpin.db")
    rows = raw.execute("SELECT product_id, wanted FROM order_lines WHERE order_id = ? ORDER BY position", (order,))
    codes = [gtin(product) for product, wanted in rows for _ in range(wanted)]
    raw.close()
    return codes
