"""A file of prices before it is taken in, and what a parcel would cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app.domain.carton_list import read_grams, read_size
from app.domain.intake import narrow
from app.domain.rates import Extra, Island, Rate, Zone
from app.domain.shipping import Temperature
from app.errors import NotAllowed, StationError
from app.services import carriers, rates
from app.services.answers import of_error
from app.services.rates import Changed, RateReport, Wanted
from app.services.rates_said import choice_facts, yen
from app.ui.dialogs import Dialog, button, label
from app.ui.fields import Segments, TextField
from app.ui.listing import Fact, Facts
from app.ui.look import Look
from app.ui.para import Para
from app.ui.rates.rows import kind_words, place_words, service_words
from app.ui.report import Report

__all__ = ["QuoteDialog", "RateImport", "value_words"]

_WIDE, _HIGH = 980, 640
_MOST = 60
"""Differences that are shown."""


def value_words(look: Look, value: Rate | Extra | Zone | Island) -> str:
    """Return what a row says, but for its price."""
    match value:
        case Rate():
            _, service = service_words(look, value.carrier, value.service)
            way = f"{place_words(look, value.origin)} → {place_words(look, value.zone)}"
            return f"{service} {value.size or ''} {way} ({value.valid_from})"
        case Extra():
            step = look.say("window.rates.up_to", yen=yen(value.up_to)) if value.up_to else ""
            _, service = service_words(look, value.carrier, value.service)
            return f"{service} {kind_words(look, value.kind)} {value.size or ''} {step} ({value.valid_from})"
        case Zone():
            return value.prefecture
        case _:
            return f"{value.postcode} {value.name}"


def _difference(look: Look, change: Changed) -> str:
    before, after = change.before, change.after
    if isinstance(before, Rate | Extra) and isinstance(after, Rate | Extra):
        return f"{value_words(look, after)}: ¥{yen(before.price)} → ¥{yen(after.price)}"
    if isinstance(before, Zone) and isinstance(after, Zone):
        return f"{after.prefecture}: {before.zone} → {after.zone}"
    return f"{value_words(look, before)} → {value_words(look, after)}"


class RateImport(Dialog):
    """What a file would change; for rows that name none, the carrier and the first day are chosen here."""

    def __init__(self, window: Any, path: Path, kind: str) -> None:
        look = window.look
        say = look.say
        super().__init__(look, window, say(f"window.rates.import_{kind}", file=path.name))
        self._window, self._desk, self._path, self.kind = window, window.desk, path, kind
        self.found: RateReport | None = None
        """What the file would do."""
        self.written: Callable[[RateReport], None] = lambda _report: None
        """Called once it is taken in."""
        self._asked = 0
        self.carrier = Segments(look)
        self.column.addWidget(self.carrier)
        self.day = TextField(window, japanese=False)
        self.day.setPlaceholderText(say("window.rates.day_hint"))
        self.day.editingFinished.connect(self.look_again)
        self.day.setVisible(kind in ("rates", "extras"))
        self.column.addWidget(self.day)
        self.report = Report(look)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        box = QGridLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        self.said, self.changes = Para(look, 17, "error"), Para(look, 16)
        for row, part in enumerate((self.said, self.report, self.changes)):
            box.addWidget(part, row, 0)
        box.setRowStretch(3, 1)
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        self.use_button = button(f"{say('window.rates.take_in')} F8", "go", self.use)
        self.use_button.setEnabled(False)
        self.foot(button(say("window.no"), "", self.reject), self.use_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))
        self.carrier.chosen.connect(self._carrier_chosen)
        self._offer("", ())
        self.said.hide()
        window.bridge.ask(self._desk.read(carriers.used), lambda used: self._offer("", sorted(used)))
        self.look_again()

    def _offer(self, chosen: str, used: Sequence[str]) -> None:
        names = carriers.short_names(self.look.language)
        self._used = tuple(used)
        own = ("", self.look.say("window.rates.as_in_file"))
        self.carrier.offer((own, *((each, names.get(each, each)) for each in used)), chosen)

    def _carrier_chosen(self, carrier: str) -> None:
        self._offer(carrier, self._used)
        self.look_again()

    def look_again(self) -> None:
        """See what the file would do with this carrier and this day."""
        self._run(dry=True, then=self.show_found)

    def _run(self, *, dry: bool, then: Callable[[RateReport], None]) -> None:
        desk, path, kind = self._desk, self._path, self.kind
        carrier, day = self.carrier.value, narrow(self.day.text()).strip()
        self._asked += 1
        number = self._asked

        def current(report: RateReport) -> None:
            if number == self._asked:
                then(report)

        self._window.bridge.work(
            lambda: rates.import_file(desk, path, kind, carrier=carrier, valid_from=day, dry_run=dry),
            current,
            self._failed,
        )

    def show_found(self, found: RateReport) -> None:
        """Show what the file would do."""
        self.found = found
        look, say = self.look, self.look.say
        counts = (("added", len(found.added), "ok"), ("changed", len(found.changed), "info"),
                  ("removed", len(found.removed), "ink"), ("same", found.same, "ink"))  # fmt: skip
        figures = [(say(f"window.rates.{name}"), number, ink) for name, number, ink in counts]
        self.report.show_report(figures, list(found.problems))
        self.said.setText("" if found.usable else say("window.rates.not_usable"))
        self.said.setVisible(not found.usable)
        lines = []
        if found.zones:
            named = ", ".join(dict.fromkeys(service_words(look, each.carrier, "")[0] for each in found.zones))
            lines.append(say("rates.zones_along", carrier=named, count=len(found.zones)))
        lines += [_difference(look, change) for change in found.changed]
        lines += [say("rates.removed", what=value_words(look, each)) for each in found.removed]
        lines += [
            f"+ {value_words(look, each)}" + (f": ¥{yen(each.price)}" if isinstance(each, Rate | Extra) else "")
            for each in found.added
        ]
        self.changes.setText("\n".join(lines[:_MOST]) + ("\n…" if len(lines) > _MOST else ""))
        self.changes.setMinimumHeight(self.changes.heightForWidth(look.px(_WIDE - 120)))
        self.changes.setVisible(not found.problems)
        self.use_button.setEnabled(found.usable)

    def use(self) -> None:
        """Take the file in."""
        if self.found is None or not self.found.usable:
            return
        self.use_button.setEnabled(False)
        self._run(dry=False, then=self._written)

    def _written(self, report: RateReport) -> None:
        if not report.written:
            self.show_found(report)
            return
        self.accept()
        self.written(report)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.said.setText(of_error(self.look.words, error))
        self.said.show()
        self.use_button.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 takes it in."""
        if event.key() == Qt.Key.Key_F8:
            self.use()
        else:
            super().keyPressEvent(event)


class QuoteDialog(Dialog):
    """What a parcel would cost by each service, and which one it would go by."""

    def __init__(self, window: Any) -> None:
        look = window.look
        say = look.say
        super().__init__(look, window, say("window.act.rate_quote"))
        self._window, self._desk = window, window.desk
        form = QWidget()
        self._grid = QGridLayout(form)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(8))
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        self.fields: dict[str, TextField] = {}
        """The fields, by what they are of."""
        places = (("prefecture", 0, 0), ("postcode", 0, 2), ("size", 1, 0), ("weight", 1, 2), ("cod", 2, 0),
                  ("day", 2, 2), ("wish", 3, 0))  # fmt: skip
        for name, row, at in places:
            field = self.fields[name] = TextField(window, japanese=name in ("prefecture", "wish"))
            field.setPlaceholderText(say(f"window.rates.hint.{name}"))
            field.returnPressed.connect(self.ask)
            self._grid.addWidget(label(say(f"window.rates.field.{name}")), row, at)
            self._grid.addWidget(field, row, at + 1)
        self.cold = Segments(look)
        self._colds = tuple((str(each), say(f"window.rates.cold.{each}")) for each in Temperature)
        self.cold.offer(self._colds, str(Temperature.AMBIENT))
        self.cold.chosen.connect(lambda value: self.cold.offer(self._colds, value))
        self._grid.addWidget(self.cold, 3, 2, 1, 2)
        self.column.addWidget(form)
        self.said = Para(look, 17, "error")
        self.said.hide()
        self.column.addWidget(self.said)
        self.answer = Facts(look)
        self.answer.setMinimumHeight(look.px(220))
        self.column.addWidget(self.answer, 1)
        self.ask_button = button(f"{say('window.rates.ask')} F8", "go", self.ask)
        self.foot(button(say("window.close"), "", self.reject), self.ask_button)
        self.resize(min(look.px(_WIDE), window.width() - 40), min(look.px(_HIGH), window.height() - 40))

    def wanted(self) -> Wanted:
        """Return what the form asks for.

        :raises NotAllowed: a field cannot be read.
        """
        text = {name: field.text().strip() for name, field in self.fields.items()}
        cod = narrow(text["cod"]).strip("¥円 ").replace(",", "")
        if cod and not (cod.isascii() and cod.isdigit() and len(cod) < 9):
            raise NotAllowed("rates.bad_step", value=text["cod"][:40], most=yen(99_999_999))
        return Wanted(
            prefecture=text["prefecture"],
            sides_mm=_read(text["size"], read_size, "carton_list.bad_size"),
            weight_g=_read(text["weight"], read_grams, "carton_list.bad_number"),
            postcode=text["postcode"],
            cod=int(cod or 0),
            temperature=Temperature(self.cold.value),
            day=narrow(text["day"]),
            wish=text["wish"],
        )

    def ask(self) -> None:
        """Work it out."""
        for field in self.fields.values():
            field.end()
        try:
            wanted = self.wanted()
        except NotAllowed as error:
            self._refused(error)
            return
        self._window.bridge.ask(self._desk.read(rates.quote, wanted), self._answered, self._refused)

    def _answered(self, choice: Any) -> None:
        self.said.hide()
        if choice is None:
            self.answer.show_facts([Fact(self.look.say("rates.nothing_priced"), kind="warning")])
            return
        self.answer.show_facts([Fact(*each) for each in choice_facts(choice, self.look.language, self.look.say)])

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self._window.show_error(error)
            return
        self.said.setText(of_error(self.look.words, error))
        self.said.setMinimumHeight(self.said.heightForWidth(self.look.px(_WIDE - 80)))
        self.said.show()
        self.answer.show_facts([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 works it out."""
        if event.key() == Qt.Key.Key_F8:
            self.ask()
        else:
            super().keyPressEvent(event)


def _read(text: str, reader: Callable[[str], Any], key: str) -> Any:
    if not text:
        return None
    found = reader(text)
    if found is None:
        raise NotAllowed(key, value=text[:40])
    return found
