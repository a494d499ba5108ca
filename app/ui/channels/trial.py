"""What a mapping makes of the first orders of a file: the orders as they will look, beside their problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.intake import Level, level_of, placeholders
from app.domain.orders import Address, IncomingOrder, Problem
from app.services.channels import FIELDS, Trial, WrongEntry
from app.ui.channels.draft_words import field_words
from app.ui.channels.sheet import one_line
from app.ui.grid import Cell, Column, Grid, GridModel
from app.ui.listing import Fact, Facts
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["TrialView", "trial_words"]

_COLUMNS = (
    *(Column("sign", 7), Column("number", 19), Column("ship_to", 30), Column("lines", 17)),
    *(Column("payment", 14), Column("wish", 14)),
)
_TALL = 58
"""Height of a row: two lines."""
_KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}
_WORST = (Level.ERROR, Level.WARNING, Level.INFO)
_MOST = 40
"""Problems that are said beside the list."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    order: IncomingOrder
    problems: tuple[Problem, ...]


def problem_kind(found: Problem) -> str:
    """Return the kind of colour of a problem."""
    return _KINDS[level_of(found)]


def wrong_words(look: Look, wrong: WrongEntry) -> str:
    """Say what in a mapping cannot be right."""
    section, _, name = wrong.place.partition(".")
    if not wrong.place:
        return look.say("window.channels.no_toml", reason=wrong.allowed)
    words = field_words(look, wrong.place) if name in FIELDS.get(section, ()) else wrong.place
    return look.say("window.channels.wrong", place=words, allowed=wrong.allowed)


def trial_words(look: Look, trial: Trial, *, named: bool) -> tuple[str, str]:
    """Return the kind of colour and one sentence of what came of the first orders; *named*: the mapping has a name."""
    if trial.wrong:
        return "error", wrong_words(look, trial.wrong[0])
    kinds = [problem_kind(each) for each in trial.problems]
    counts = {kind: kinds.count(kind) for kind in ("error", "warning")}
    worst = next((kind for kind in ("error", "warning") if counts[kind]), "ok")
    if not trial.orders:
        return ("warning" if worst == "ok" else worst), look.say("window.channels.no_orders", **counts)
    if not named:
        return "info", look.say("window.channels.name_it", count=len(trial.orders), **counts)
    key = "window.channels.result_good" if worst == "ok" else "window.channels.result"
    return worst, look.say(key, count=len(trial.orders), **counts)


def _address_line(address: Address) -> str:
    parts = (address.postcode, address.prefecture + address.city + address.street)
    return " ".join(filter(None, parts))


class TrialView(QWidget):
    """Orders at the left; at the right the one that is chosen with its problems, else all problems."""

    def __init__(self, window: Any) -> None:
        """*window* is the main window."""
        super().__init__()
        self.look: Look = window.look
        self.trial = Trial()
        """What was found last."""
        look = self.look
        model = GridModel(look, "window.channels.trial.column", _COLUMNS, self._cells, parent=self)
        self.grid = Grid(look, model)
        """The orders."""
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.tall = _TALL
        self.grid.restyle()
        self.grid.chosen = lambda _row: self._show_side()
        self.empty = Para(look, 19, "soft", align="centre")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)
        left = QFrame()
        left.setProperty("role", "card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(2, 2, 2, 6)
        inside.addWidget(self.stack)
        self.panel = Facts(look)
        right = QFrame()
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        pad = look.px(14)
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(self.panel, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(14))
        whole.addWidget(left, 66)
        whole.addWidget(right, 34)
        self.setFocusProxy(self.grid)

    def show_trial(self, trial: Trial, said: str, numbers: Mapping[int, str]) -> None:
        """Show what was found.

        :param said: stands there where no order was found.
        :param numbers: row -> the order number in it, as far as rows are at hand.
        """
        self.trial = trial
        by_number = {order.number: number for number, order in enumerate(trial.orders)}
        at = {row: by_number[text] for row, text in numbers.items() if text in by_number}
        for number, order in enumerate(trial.orders):
            for row in (order.row, *(line.row for line in order.lines)):
                at[row] = number
        of: dict[int, list[Problem]] = {}
        for found in trial.problems:
            of.setdefault(at.get(found.row, -1) if found.row else -1, []).append(found)
        keep = {row.id for row in self.grid.rows_chosen()}
        self.grid.model_.put(
            [_Row(number, order, tuple(of.get(number, ()))) for number, order in enumerate(trial.orders)]
        )
        self.grid.choose(keep)
        self.empty.setText(said)
        self.stack.setCurrentWidget(self.grid if trial.orders else self.empty)
        self._show_side()

    def restyle(self) -> None:
        """Take the size of the window."""
        self.grid.restyle()

    def _cells(self, row: _Row) -> tuple[Cell, ...]:
        order, say = row.order, self.look.say
        to = order.ship_to
        kinds = [problem_kind(each) for each in row.problems]
        kind = next((each for each in ("error", "warning") if each in kinds), "ok")
        pieces = sum(line.quantity for line in order.lines)
        lines = say("list.comma").join(f"{line.sku} ×{line.quantity}" for line in order.lines)
        cash = say("window.channels.cod", amount=order.cod_amount) if order.cod_amount else ""
        stands = say("window.channels.is_cancelled") if order.cancelled else order.ship_to_key
        return (
            Cell(sign=kind),
            Cell(order.number, least=10, tip=order.number, under=one_line(stands)),
            Cell(to.name or "—", least=10, under=one_line(_address_line(to))),
            Cell(say("window.channels.pieces", pieces=pieces), under=one_line(lines), tip=lines),
            Cell(order.payment or "—", least=10, under=cash),
            Cell(order.wish or "—", least=10, lines=2),
        )

    # --- beside the list ---

    def _show_side(self) -> None:
        rows = self.grid.rows_chosen()
        self.panel.show_facts(self._order_facts(rows[0]) if rows else self._file_facts())

    def _file_facts(self) -> list[Fact]:
        say, trial = self.look.say, self.trial
        made = [Fact(wrong_words(self.look, each), kind="error") for each in trial.wrong]
        if trial.orders or trial.problems:
            made.append(Fact(say("window.channels.trial_head", count=len(trial.orders)), head=True))
        if trial.orders and not trial.problems:
            made.append(Fact(say("window.channels.trial_good"), kind="ok"))
        return [*made, *self._problem_facts(trial.problems)]

    def _problem_facts(self, problems: Sequence[Problem]) -> list[Fact]:
        worst = sorted(problems, key=lambda each: _WORST.index(level_of(each)))
        return [Fact(self._said(each), kind=problem_kind(each)) for each in worst[:_MOST]]

    def _said(self, found: Problem) -> str:
        say = self.look.say
        text = say(found.key, **placeholders(found))
        if not found.row or str(found.row) in text:
            return text
        key = "window.channels.at_cell" if found.column else "window.channels.at_row"
        return say(key, row=found.row, column=found.column, said=text)

    def _order_facts(self, row: _Row) -> list[Fact]:
        say, order = self.look.say, row.order
        made = [Fact(order.number, head=True), *self._problem_facts(row.problems)]
        if order.cancelled:
            made.append(Fact(say("window.channels.is_cancelled"), kind="warning"))
        made += [Fact(say(f"hold.{hold}"), kind="warning") for hold in order.holds]
        if order.gift:
            made.append(Fact(say("window.channels.is_gift"), kind="info"))
        ordered = ""
        if order.ordered_at is not None:
            moment = datetime.fromtimestamp(order.ordered_at / 1000, UTC).astimezone(self.look.zone)
            ordered = moment.strftime("%Y-%m-%d %H:%M")
        facts = (
            ("field.order.ordered_at", ordered),
            ("section.ship_to", order.ship_to.name),
            ("address", _address_line(order.ship_to)),
            ("field.ship_to.phone", order.ship_to.phone),
            ("section.buyer", order.buyer.name),
            ("field.order.email", order.email),
            ("field.order.payment", order.payment),
            ("field.order.cod_amount", order.cod_amount),
            ("field.order.delivery", order.delivery),
            ("field.order.wish", order.wish),
            ("field.totals.total", order.totals.total),
            ("field.order.note", " ".join(order.note.split())),
        )
        made += [Fact(say(f"window.channels.{name}"), value) for name, value in facts if value]
        made.append(Fact(say("window.channels.section.line"), head=True))
        made += [
            Fact(" ".join(filter(None, (line.sku, line.name, line.options))), f"×{line.quantity}")
            for line in order.lines
        ]
        return made
