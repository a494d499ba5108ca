"""The scanner check in a real window and a process of its own: says on its output what it found after each scan.

``python -m tests.ui.real_check FOLDER`` says ``UP`` with the number of the window, then ``FOUND`` with what came of
each code, the layouts, the separator, and each code's faults.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.devices.readers import Hub
from app.devices.scanner import WedgeScanner
from app.devices.serial import SerialScanner
from app.devices.sound import Sounds
from app.services.readers import Keyboard, Readers
from app.services.station import StationConfig
from app.ui.settings.doctor import DoctorDialog
from app.ui.window import MainWindow


def main(folder: Path) -> None:
    application = QApplication(["kenpin"])
    # On a busy machine keys are made more slowly than a scanner makes them.
    config = StationConfig(folder, name="3", readers=Readers(Keyboard(gap=400, hold=450, pause=500)))
    window = MainWindow(config, Hub(WedgeScanner(), SerialScanner), Sounds(config.sound, on=False))
    window.show()

    def open_page() -> None:
        window.check_scanner()
        page = QApplication.activeModalWidget()
        assert isinstance(page, DoctorDialog)
        show = page.target.ask

        def ask(kind: str, head: str, under: str) -> None:
            show(kind, head, under)
            found = page.found
            faults = {each.code: [str(fault) for fault in each.faults] for each in found.results}
            came = {code: each.text for code, each in page.came.items()}
            said = [came, found.profile.scanner, found.profile.computer, found.separator, faults]
            print("FOUND", json.dumps(said), flush=True)

        page.target.ask = ask  # type: ignore[method-assign]
        QTimer.singleShot(300, lambda: print("UP", int(page.winId()), flush=True))

    QTimer.singleShot(300, open_page)
    QTimer.singleShot(90_000, application.quit)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
