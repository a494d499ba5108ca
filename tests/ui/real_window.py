"""The station's real window in a process of its own, for tests that need a real window system.

``python -m tests.ui.real_window FOLDER SCREEN [busy] [type]`` opens it on a desk with a few products, brings SCREEN to
the front and says on its output what happens: ``UP``, ``SCAN text``, ``TROUBLE key``, ``PRESSED``, ``FIELD text``,
``ANSWER key``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.devices.readers import Hub
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.devices.sound import Sounds
from app.services.station import StationConfig
from app.ui.painted import Tapped
from app.ui.station import SCREENS
from app.ui.window import MainWindow
from tests.ui import makers


def say(word: str, *what: object) -> None:
    print(word, *(json.dumps(each) for each in what), flush=True)


def main(folder: Path, screen: str, *how: str) -> None:
    application = QApplication(["kenpin"])
    desk = makers.open_desk(folder)
    makers.add_products(desk, folder)
    makers.add_orders(desk, folder, makers.order("A-1", ("TEA-050", 60)))
    config = StationConfig(folder, name="3")
    hub = Hub(WedgeScanner(), SerialScanner)
    hub.scanned.connect(lambda scan: say("SCAN", scan.text))
    hub.trouble.connect(lambda trouble: say("TROUBLE", trouble.key))
    window = MainWindow(config, hub, Sounds(config.sound, on=False))
    window.show()
    window.attach(desk)
    window.pack.sent = lambda answer: say("ANSWER", answer.key)

    def ready() -> None:
        if len(window.screens) < len(SCREENS):
            QTimer.singleShot(100, ready)
            return
        for each in window.findChildren(QAbstractButton):
            each.clicked.connect(lambda _=False: say("PRESSED"))
        for each in window.findChildren(Tapped):
            each.tapped.connect(lambda _: say("PRESSED"))
        for keys in ("Ctrl+]", "F8", "Space", "N"):
            QShortcut(QKeySequence(keys), window).activated.connect(lambda: say("PRESSED"))
        window.go(screen)
        window.activateWindow()
        if "type" in how:
            field = window.screens["settings"].fields["shop.name"]
            field.setFocus()
            field.begin()
            field.textChanged.connect(lambda text: say("FIELD", text))
        if "busy" in how:
            busy = QTimer(window)
            busy.timeout.connect(lambda: time.sleep(0.4))
            busy.start(700)
        QTimer.singleShot(300, lambda: say("UP", int(window.winId())))

    ready()
    QTimer.singleShot(90_000, application.quit)
    application.exec()
    window.close()
    desk.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
