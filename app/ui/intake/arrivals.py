"""What the window does about files: takes in what is dropped on it, shows what came of it, and says what arrived.

The report comes to the front only where nobody is in the middle of work; else a strip says what there is. What a
watched folder brought is said when something of it needs mending, and the rail has the number of open errors.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.dialogs import Confirm
from app.ui.intake.taking import Taken, Taking, TakingStrip
from app.ui.machines import brief

if TYPE_CHECKING:
    from app.services.import_report import Head, Standing

__all__ = ["SCREEN", "Arrivals"]

SCREEN = "intake"
"""Name of the report's screen."""
_TAKEN_IN = frozenset({"orders", "products"})
"""What an import announces; what is mended in its report is announced as ``imports``."""
_SOON_MS = 600
"""What is announced is gathered so long: an import announces each of its chunks."""
_SAID_MS = 20_000
_MOST_FILES = 200
"""Files taken in at once."""


class Arrivals(QObject):
    """Stands between the window and files."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window: it gives look, strip, desk, bridge and rail, and shows screens."""
        super().__init__(window)
        self._window = window
        self.taking = Taking(window)
        """Files on their way in."""
        self.taking.done.connect(self.taken)
        self.strip = TakingStrip(window.look, self.taking)
        """How far they are, for the window to place."""
        self._seen: int | None = None
        """Newest import with an error that was told; None until it was read for the first time."""
        self.errors = 0
        """Errors that stand."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.read)

    # --- taking in ---

    def drop(self, paths: Sequence[Path]) -> None:
        """Take in files that were dropped on the window."""
        window = self._window
        files = [path for path in paths if path.is_file()][:_MOST_FILES]
        if not window.station.leads:
            window.say("info", window.look.say("intake.not_you"))
        elif window.desk is None:
            window.say("info", window.look.say("intake.not_yet"))
        elif not files:
            window.say("info", window.look.say("intake.no_file"))
        else:
            self.begin(files)

    def begin(self, paths: Sequence[Path], kind: str = "", channel: str = "") -> None:
        """Take files in; *kind* is ``orders`` or ``products``, empty recognises each by its content."""
        self.taking.begin(paths, kind, channel)

    def taken(self, taken: Taken) -> None:
        """Files are taken in: show what came of them."""
        window = self._window
        if window.desk is not None:
            from app.services import import_report

            future = window.desk.read(import_report.head, taken.ids, True)
            window.bridge.ask(future, lambda head: self._show(head, taken))

    @property
    def busy(self) -> bool:
        """Whether somebody is in the middle of work, or a dialog is open: nothing may come to the front then."""
        window = self._window
        if QApplication.activeModalWidget() is not None:
            return True
        return bool(window.at_work and (window.work is not window.pack or window.pack.view.open_now))

    def _show(self, head: Head, taken: Taken) -> None:
        window, say = self._window, self._window.look.say
        counts = {name: head.counts.get(name, 0) for name in ("added", "changed", "same")}
        if self.busy or not window.station.leads or not head.imports:
            kind = "warning" if head.errors or taken.unknown else "ok"
            window.notice.say(kind, say("intake.notice.taken", errors=head.errors, **counts), _SAID_MS)
            return
        self.open(head.ids)
        if taken.again:
            window.say("ok", say("intake.was_read_again", **counts))
        if taken.stopped:
            window.say("warning", say("window.import.stopped"))
        if taken.unknown:
            self.offer_wizard(taken.unknown)

    def open(self, ids: Sequence[int]) -> None:
        """Bring the report of these imports to the front; none for the newest."""
        screen = self._window._screen(SCREEN)
        if screen is not None:
            screen.show_report(ids)
            self._window.go(SCREEN)

    def choose(self) -> None:
        """Open the dialog that asks for files."""
        from app.ui.intake.dialog import ImportDialog

        ImportDialog(self._window).open()

    # --- files that nobody knows ---

    def offer_wizard(self, paths: Sequence[Path]) -> None:
        """Ask whether a mapping is to be made for a file whose columns nobody knows."""
        window, look = self._window, self._window.look
        text = look.say("intake.unknown.text", file=paths[0].name)
        Confirm(
            look, window, look.say("intake.unknown.title"), text, look.say("intake.unknown.yes"),
            lambda _: self.wizard(paths[0]),
        ).open()  # fmt: skip

    def wizard(self, path: Path) -> None:
        """Open the mapping wizard with a file."""
        from app.ui.channels import open_wizard

        open_wizard(self._window, self._window.desk, path)

    # --- what arrives ---

    def heard(self, topics: Collection[str]) -> None:
        """Something was announced: read soon, where it is about imports."""
        told = not topics or "imports" in topics or _TAKEN_IN.issubset(topics)
        if told and not self._soon.isActive():
            self._soon.start(_SOON_MS)

    def read(self) -> None:
        """Read what needs mending anywhere."""
        window = self._window
        if window.desk is not None and window.station.leads:
            from app.services import import_report

            window.bridge.ask(window.desk.read(import_report.standing), self._was_read)
        elif not window.station.leads:
            window.rail.mark(SCREEN, 0)

    def stop(self) -> None:
        """Read no more: the window is going."""
        self._soon.stop()

    def _was_read(self, standing: Standing) -> None:
        window = self._window
        self.errors = standing.errors
        window.rail.mark(SCREEN, standing.errors)
        row = standing.newest
        newest = row.id if row is not None else 0
        new, self._seen = self._seen is not None and newest > self._seen, max(newest, self._seen or 0)
        if new and row is not None and row.folder and not self._seen_there(row.id):
            names = {"file": brief(row.file, 40), "folder": brief(row.folder, 24), "count": row.errors}
            window.notice.say("warning", window.look.say("intake.notice.arrived", **names), _SAID_MS)

    def _seen_there(self, import_id: int) -> bool:
        """Whether a person sees an import in the report that is in front."""
        screen = self._window.screens.get(SCREEN)
        return screen is not None and screen is self._window.stack.currentWidget() and screen.shows(import_id)
