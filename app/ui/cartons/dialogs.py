"""One carton in a form, and a file of cartons before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QSpacerItem, QWidget

from app.domain.carton_list import IncomingCarton, ListedCarton, read_grams, read_size
from app.domain.cartons import CartonKind, Size
from app.errors import NotAllowed, StationError
from app.services import carton_list
from app.services.answers import of_error
from app.services.carton_list import CartonReport
from app.ui.cartons.rows import shown_size
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.para import Para
from app.ui.report import Report

__all__ = ["CartonDialog", "ImportPreview"]

_WIDE, _HIGH = 900, 600
_FIGURES = (("added", "ok"), ("changed", "info"), ("same", "ink"), ("kept", "ink"))
_MOST_DIFFERENCES = 40
_NO_LIMIT = 16_777_215
"""Qt's own highest height."""


class CartonDialog(Dialog):
    """Enters a carton or changes one; what cannot be right is said in the form."""

    def __init__(self, window: Any, carton: ListedCarton | None) -> None:
        """*carton* is the one to be changed; None enters a new one."""
        super().__init__(window.look, window, window.look.say(f"window.cartons.{'edit' if carton else 'new'}_title"))
        self._window, self._desk, self._carton = window, window.desk, carton
        self.saved: Callable[[str], None] = lambda _code: None
        """Called with the code of what was kept."""
        look = self.look
        form = QWidget()
        self._grid = QGridLayout(form)
        self._grid.setContentsMargins(0, 0, look.px(12), 0)
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.fields: dict[str, TextField] = {}
        """The fields, by what they are of."""
        self.kind = Segments(look)
        kinds = tuple((str(each), look.say(f"carton_list.kind.{each}")) for each in CartonKind)
        self.kind.offer(kinds, str(carton.kind if carton else CartonKind.BOX))
        self.kind.chosen.connect(lambda value: self.kind.offer(kinds, value))
        self._field("code", 0, 0, carton.code if carton else "", japanese=False)
        self.fields["code"].setEnabled(carton is None)
        self._field("name", 0, 2, carton.name if carton else "")
        self._grid.addWidget(label(look.say("carton_list.field.kind")), 1, 0)
        self._grid.addWidget(self.kind, 1, 1, 1, 3)
        self._field("inner_mm", 2, 0, _size(carton.inner_mm) if carton else "", hint="window.cartons.size_hint")
        self._field("outer_mm", 2, 2, _size(carton.outer_mm) if carton else "", hint="window.cartons.size_hint")
        self._field("max_g", 3, 0, str(carton.max_g) if carton else "", hint="window.cartons.weight_hint")
        self._field("tare_g", 3, 2, str(carton.tare_g) if carton else "", hint="window.cartons.weight_hint")
        self._field("cost_yen", 4, 0, str(carton.cost_yen) if carton else "", japanese=False)
        self._field("carriage_yen", 4, 2, str(carton.carriage_yen) if carton else "", japanese=False)
        self._field("carrier_class", 5, 0, carton.carrier_class if carton else "")
        self._field("services", 5, 2, ", ".join(carton.services) if carton else "", hint="window.cartons.service_hint")
        stock = "" if carton is None or carton.stock is None else str(carton.stock)
        self._field("stock", 6, 0, stock, hint="window.cartons.stock_hint")
        self._field("low", 6, 2, str(carton.low) if carton else "", japanese=False)
        self._grid.setRowStretch(7, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(form)
        self.column.addWidget(area, 1)
        self.said = Para(look, 17, "error")
        self.said.hide()
        self.column.addWidget(self.said)
        say = look.say
        self.save_button = button(f"{say('window.cartons.save')} F8", "go", self.save)
        self.retire_button = button("", "", self.retire)
        self.retire_button.setVisible(carton is not None)
        if carton is not None:
            self.retire_button.setText(say("window.cartons.bring_back" if carton.retired else "window.cartons.retire"))
        self.foot(self.retire_button, button(say("window.no"), "", self.reject), self.save_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))

    def _field(self, name: str, row: int, column: int, value: str, *, japanese: bool = True, hint: str = "") -> None:
        say = self.look.say
        words = "carton_list.column.code" if name == "code" else f"carton_list.field.{name}"
        field = self.fields[name] = TextField(self._window, japanese=japanese)
        field.setText(value)
        if hint:
            field.setPlaceholderText(say(hint))
        self._grid.addWidget(label(say(words)), row, column)
        self._grid.addWidget(field, row, column + 1)

    def given(self) -> IncomingCarton:
        """Return what the form says.

        :raises NotAllowed: a field cannot be read.
        """
        text = {name: field.text().strip() for name, field in self.fields.items()}
        services = [part.strip() for part in text["services"].replace("、", ",").replace(";", ",").split(",")]
        return IncomingCarton(
            text["code"],
            name=text["name"],
            kind=CartonKind(self.kind.value),
            inner_mm=_read(text["inner_mm"], read_size, "carton_list.bad_size"),
            outer_mm=_read(text["outer_mm"], read_size, "carton_list.bad_size"),
            max_g=_read(text["max_g"], read_grams, "carton_list.bad_number"),
            tare_g=_read(text["tare_g"], read_grams, "carton_list.bad_number"),
            cost_yen=_read(text["cost_yen"], _whole, "carton_list.bad_number"),
            carriage_yen=_read(text["carriage_yen"], _whole, "carton_list.bad_number"),
            carrier_class=text["carrier_class"],
            services=tuple(dict.fromkeys(carton_list.service_of(each) for each in services if each)),
            low=_read(text["low"], _whole, "carton_list.bad_number"),
        )

    def save(self) -> None:
        """Keep the carton, or say what cannot be right."""
        for field in self.fields.values():
            field.end()
        try:
            given = self.given()
        except NotAllowed as error:
            self._refused(error)
            return
        stock = self.fields["stock"].text().strip()
        if self._carton is not None and self._carton.stock is not None:
            stock = "" if stock == str(self._carton.stock) else stock or "none"
        future = self._desk.do(
            carton_list.TOPICS, carton_list.add, self._desk.station, str(uuid4()), given,
            new=self._carton is None, change=stock,
        )  # fmt: skip
        self._window.bridge.ask(future, self._done, self._refused)

    def retire(self) -> None:
        """Propose the carton no longer, or again."""
        if self._carton is None:
            return
        future = self._desk.do(
            carton_list.TOPICS, carton_list.retire, self._desk.station, str(uuid4()), self._carton.code,
            back=self._carton.retired,
        )  # fmt: skip
        self._window.bridge.ask(future, self._done, self._refused)

    def _done(self, code: str) -> None:
        self.accept()
        self.saved(code)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.said.setText(of_error(self.look.words, error))
        self.said.setMinimumHeight(self.said.heightForWidth(self.look.px(640)))
        self.said.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 keeps it, as it releases elsewhere."""
        if event.key() == Qt.Key.Key_F8:
            self.save()
        else:
            super().keyPressEvent(event)


def _size(size: Size) -> str:
    return shown_size(size).replace(" ", "")


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _read(text: str, reader: Callable[[str], Any], key: str) -> Any:
    if not text:
        return None
    found = reader(text)
    if found is None:
        raise NotAllowed(key, value=text[:40])
    return found


class ImportPreview(Dialog):
    """What a file of cartons would change, before it is taken in."""

    def __init__(self, window: Any, path: Path, found: CartonReport) -> None:
        super().__init__(window.look, window, window.look.say("window.cartons.import_title", file=path.name))
        self._window, self._desk, self._path, self.found = window, window.desk, path, found
        self.written: Callable[[CartonReport], None] = lambda _report: None
        """Called when the list was taken in."""
        look, say = self.look, self.look.say
        self.report = Report(look)
        area = self._area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.report)
        self.said = Para(look, 17, "error")
        self.changes = Para(look, 17)
        self.column.addWidget(self.said)
        self.column.addWidget(area, 4)
        self.column.addWidget(self.changes)
        self._rest = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.column.addItem(self._rest)
        self.use_button = button(f"{say('window.cartons.take_in')} F8", "go", self.use)
        self.foot(button(say("window.no"), "", self.reject), self.use_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))
        self.show_found(found)

    def show_found(self, found: CartonReport) -> None:
        """Show what the file would do."""
        self.found = found
        say = self.look.say
        figures = [(say(f"window.cartons.{name}"), len(getattr(found, name)), colour) for name, colour in _FIGURES]
        self.report.show_report(figures, list(found.problems))
        self._area.setMaximumHeight(_NO_LIMIT if found.problems else self.look.px(106))
        self.said.setText("" if found.usable else say("window.cartons.not_usable"))
        self.said.setVisible(not found.usable)
        lines = [
            say(
                "carton_list.difference",
                code=change.after.code,
                field=say(f"carton_list.field.{name}"),
                before=_plain(getattr(change.before, name)),
                after=_plain(getattr(change.after, name)),
            )
            for change in found.changed
            for name in change.fields
        ]
        self.changes.setText("\n".join(lines[:_MOST_DIFFERENCES]))
        self.changes.setVisible(not found.problems)
        self.changes.setMinimumHeight(min(self.look.px(220), self.look.px(24) * len(lines)))
        self.use_button.setEnabled(found.usable)

    def use(self) -> None:
        """Take the file in."""
        if not self.found.usable:
            return
        self.use_button.setEnabled(False)
        desk, path = self._desk, self._path
        self._window.bridge.work(lambda: carton_list.import_cartons(desk, path), self._written, self._failed)

    def _written(self, report: CartonReport) -> None:
        if not report.written:
            self.show_found(report)
            return
        self.accept()
        self.written(report)

    def _failed(self, error: BaseException) -> None:
        self.use_button.setEnabled(True)
        self._window.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 takes it in."""
        if event.key() == Qt.Key.Key_F8:
            self.use()
        else:
            super().keyPressEvent(event)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        whole = [str(each) for each in value]
        return ("\u00d7" if value and isinstance(value[0], int) else ", ").join(whole) or "–"
    return "–" if value is None or value == "" else str(value)
