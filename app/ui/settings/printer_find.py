"""Settings, printers: looking for printers, beside the window and with a deadline; one that is found can be added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QProgressBar

from app.domain.printing import Printer, Transport
from app.services.printers import Found, Ways
from app.ui.dialogs import Dialog, button
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.para import Para

__all__ = ["FindDialog"]

_SECONDS = 8.0
"""How long is looked at the most."""
_TICK_MS = 200
_WIDE, _HIGH = 860, 480
_COLUMNS = (Column("name", 34), Column("where", 44), Column("known", 22))


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    found: Found
    known: str
    """Name of the printer of that address that the house has already."""


class FindDialog(Dialog):
    """What was found, and a bar that says how long it still takes."""

    def __init__(
        self,
        window: Any,
        ways: Ways,
        known: Mapping[tuple[str, str], str],
        chosen: Callable[[Printer], None],
        seconds: float = _SECONDS,
    ) -> None:
        """*window* is the main window.

        :param known: names of the printers that the house has, by way and address.
        :param chosen: gets the printer that was chosen, as far as it is known.
        """
        look = window.look
        super().__init__(look, window, look.say("window.act.printer_find"))
        self._window, self._ways, self._known, self._chosen, self._seconds = window, ways, known, chosen, seconds
        self._number = 0
        self.looking = False
        """Whether it is still being looked."""
        self.said = Para(look, 17)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        model = GridModel(look, "window.printers.found.column", _COLUMNS, self._cells, parent=self)
        self.grid = Grid(look, model)
        """The printers that were found."""
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.doubleClicked.connect(lambda _index: self.take())
        self.column.addWidget(self.said)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.grid, 1)
        self.stop_button = button("", "", self.stop_or_again)
        self.take_button = button(look.say("window.printers.take"), "main", self.take)
        self.foot(self.stop_button, button(look.say("window.close"), "", self.reject), self.take_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self.start()

    def _cells(self, row: _Row) -> tuple[Cell, ...]:
        say, found = self.look.say, row.found
        way = say(f"window.printers.transport.{found.transport}")
        speaks = " ".join(filter(None, (found.language.upper(), str(found.dpi or ""))))
        known = say("window.printers.known", name=row.known) if row.known else speaks
        return (
            Cell(found.name or found.address, bold=not row.known, least=11),
            Cell(f"{way}  {found.address}", "soft", ends=True),
            Cell(known, "soft", least=11),
        )

    # --- looking ---

    def start(self) -> None:
        """Look; what an earlier look still brings is dropped."""
        self._number += 1
        number, ways, seconds = self._number, self._ways, self._seconds
        self.looking, self._since = True, monotonic()
        self.grid.model_.put([])
        self._window.bridge.work(
            lambda: ways.find(seconds),
            lambda found: self._found(found) if number == self._number else None,
            lambda error: self._failed(error) if number == self._number else None,
        )
        self._timer.start(_TICK_MS)
        self._show()

    def stop_or_again(self) -> None:
        """Stop looking, or look once more."""
        if self.looking:
            self._number += 1  # what still comes is dropped: the look itself ends by its own deadline
            self._end("window.printers.find.stopped")
        else:
            self.start()

    def _found(self, found: Sequence[Found]) -> None:
        rows = [
            _Row(place, each, self._known.get((str(each.transport), each.address), ""))
            for place, each in enumerate(found)
        ]
        rows.sort(key=lambda row: (bool(row.known), row.found.name.casefold()))
        self.grid.model_.put(rows)
        self.grid.restyle()
        if rows:
            self.grid.choose({rows[0].id})
        self._end("window.printers.find.found" if rows else "window.printers.find.nothing", count=len(rows))
        self.grid.setFocus()

    def _failed(self, error: BaseException) -> None:
        self._end("window.printers.find.failed")
        self._window.show_error(error)

    def _end(self, key: str, **args: object) -> None:
        self.looking = False
        self._timer.stop()
        self._show(key, **args)

    def _tick(self) -> None:
        self.bar.setValue(min(100, round((monotonic() - self._since) / self._seconds * 100)))

    def _show(self, key: str = "window.printers.find.looking", **args: object) -> None:
        say = self.look.say
        self.said.setText(say(key, **args))
        self.bar.setVisible(self.looking)
        self.bar.setValue(0)
        self.stop_button.setText(say("window.printers.find.stop" if self.looking else "window.printers.find.again"))
        self.take_button.setEnabled(bool(self.grid.model_.rows))

    # --- choosing ---

    def take(self) -> None:
        """Go on with the printer that is chosen: what it did not say is filled in by hand."""
        rows = self.grid.rows_chosen()
        if not rows:
            return
        found = rows[0].found
        transport = Transport(found.transport)
        language = found.language or ("pdf" if transport in (Transport.IPP, Transport.SPOOLER) else "zpl")
        office = language in ("pdf", "png")
        draft = Printer(
            0,
            (found.name or found.address)[:60],
            transport,
            found.address,
            language,
            dpi=0 if office else found.dpi or 203,
            station=self._window.desk.station if transport in (Transport.SERIAL, Transport.USB) else "",
        )
        self.accept()
        self._chosen(draft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the printer, F5 stops or looks again."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_F5:
            self.stop_or_again()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Closed: what still comes is dropped."""
        self._number += 1
        self._timer.stop()
        super().done(result)
