"""The columns of a file above the fields of an order; columns go to fields by the mouse or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.services.channels import Draft
from app.ui.channels.board import FieldBoard
from app.ui.channels.choose import ColumnsDialog, FieldDialog, Taken
from app.ui.channels.draft_words import ColumnNames, column_id, field_stacks, field_words, fields_of_screen
from app.ui.channels.ghost import Ghost
from app.ui.channels.sheet import FileSheet, one_line
from app.ui.drop_area import DropArea
from app.ui.look import Look

__all__ = ["ColumnsView"]

_EDGE, _STEP_MS = 30, 40
"""A column that is dragged this near to an edge of the fields scrolls them, so often."""


class ColumnsView(QWidget):
    """Which columns go to which fields."""

    changed = Signal()
    """A person changed it: :attr:`draft` has it."""

    def __init__(self, window: Any, wizard: QWidget) -> None:
        """*window* is the main window; a column under way is drawn over the whole of *wizard*."""
        super().__init__()
        self.look: Look = window.look
        self.draft = Draft()
        """The mapping as it stands."""
        self._window, self._wizard = window, wizard
        self._names = ColumnNames()
        self._over = QPoint()
        self._scroll = QTimer(self)
        self._scroll.timeout.connect(self._scroll_on)
        self._build()

    def _build(self) -> None:
        look = self.look
        self.drop = DropArea(look, "window.channels.drop")
        self.sheet = FileSheet(look)
        """The file's columns and rows."""
        self.sheet.asked.connect(self.ask_field)
        self.sheet.cleared.connect(self._clear)
        self.sheet.dragged.connect(self._drag)
        self.sheet.dropped.connect(lambda name, at: self._let_go(name, "", at))
        self.sheet.given_up.connect(self._end_drag)
        self.above = QStackedWidget()
        self.above.addWidget(self.drop)
        self.above.addWidget(self.sheet)
        self.board = FieldBoard(look)
        """The fields."""
        self.board.asked.connect(self.ask_columns)
        self.board.taken_out.connect(lambda field: self._take(field, self._taken(field)[:-1]))
        self.board.dragged.connect(self._drag)
        self.board.dropped.connect(self._let_go)
        self.board.given_up.connect(self._end_drag)
        self.board.went.connect(self.bring)
        self.board.show_fields(field_stacks(look))
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.board)
        self.ghost = Ghost(look, self._wizard)
        """The column under way."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self.above, 36)
        column.addWidget(self.area, 64)
        self.setFocusProxy(self.board)

    def show_draft(self, draft: Draft, names: ColumnNames, *, here: bool) -> None:
        """Show a mapping; *here* says whether there is a file, whose columns are *names*."""
        say = self.look.say
        self.draft, self._names = draft, names
        self.above.setCurrentWidget(self.sheet if here else self.drop)
        self.setFocusProxy(self.sheet if here else self.board)
        used: dict[str, list[str]] = {}
        shown: dict[str, list[tuple[str, str]]] = {}
        for field, keys in draft.fields.items():
            for key in keys:
                same = names.same(key)
                used.setdefault(column_id(same), []).append(field_words(self.look, field))
                missing = here and names.place(key) is None
                words = one_line(names.words(key))
                mark = say("window.channels.not_in_file", column=words) if missing else words
                shown.setdefault(field, []).append((column_id(same), mark))
        for field, text in draft.fixed.items():
            shown[field] = [("", say("window.channels.fixed_text", text=one_line(text)))]
        for rule, conditions in draft.rules.items():
            for each in conditions:
                words = say(f"window.channels.rule.{rule}")
                used.setdefault(column_id(names.same(each.column)), []).append(words)
        self.sheet.show_used({name: say("list.comma").join(words) for name, words in used.items()})
        self.board.show_columns(shown)

    # --- changing ---

    def _change(self, draft: Draft) -> None:
        self.draft = draft
        self.changed.emit()

    def _taken(self, field: str) -> tuple[str | int, ...]:
        return tuple(self.draft.fields.get(field, ()))

    def _take(self, field: str, keys: Sequence[str | int]) -> None:
        """Let a field take these columns."""
        fields = {**self.draft.fields, field: tuple(dict.fromkeys(keys))}
        fixed = {name: text for name, text in self.draft.fixed.items() if name != field}
        self._change(replace(self.draft, fields={name: each for name, each in fields.items() if each}, fixed=fixed))

    def _clear(self, number: int) -> None:
        """Take a column out of every field."""
        name = self.sheet.columns[number].key
        fields = {
            field: tuple(key for key in keys if column_id(self._names.same(key)) != name)
            for field, keys in self.draft.fields.items()
        }
        self._change(replace(self.draft, fields={field: keys for field, keys in fields.items() if keys}))

    def ask_field(self, number: int) -> None:
        """Ask for the field of a column."""
        column = self.sheet.columns[number]
        key = self._names.key(column.key)
        now = next((f for f, keys in self.draft.fields.items() if key in map(self._names.same, keys)), "")
        title = self.look.say("window.channels.field_of", column=one_line(column.words)[:40])

        def chosen(field: str) -> None:
            self._take(field, [*self._taken(field), key])
            self.board.go(field)

        FieldDialog(self._window, title, fields_of_screen(self.look), now, chosen).open()

    def ask_columns(self, field: str) -> None:
        """Ask for the columns of a field."""
        draft, taken = self.draft, [self._names.same(key) for key in self._taken(field)]
        offered = [(column_id(key), one_line(words)) for key, words in self._names.known]
        known = dict(offered)
        offered += [(column_id(key), one_line(self._names.words(key))) for key in taken if column_id(key) not in known]
        title = self.look.say("window.channels.columns_of", field=field_words(self.look, field))
        now = Taken(tuple(map(column_id, taken)), draft.joins.get(field, " "), draft.fixed.get(field, ""))

        def done(then: Taken) -> None:
            fields = {**draft.fields, field: tuple(map(self._names.key, then.columns))}
            fixed = {**draft.fixed, field: then.fixed}
            joins = {**draft.joins, field: then.join}
            self._change(
                replace(
                    draft,
                    fields={name: each for name, each in fields.items() if each},
                    fixed={name: each for name, each in fixed.items() if each},
                    joins={name: each for name, each in joins.items() if each != " "},
                )
            )

        ColumnsDialog(self._window, title, offered, now, done).open()

    # --- dragging ---

    def _field_at(self, at: QPoint) -> str:
        """Return the field at a place on the screen, if it is in view."""
        inside = self.area.viewport()
        if not inside.rect().contains(inside.mapFromGlobal(at)):
            return ""
        return self.board.field_at(QPointF(self.board.mapFromGlobal(at)))

    def _drag(self, name: str, at: QPoint) -> None:
        key = self._names.key(name)
        self.ghost.show_at(one_line(self._names.words(key)), self._wizard.mapFromGlobal(at))
        self.board.hover(self._field_at(at))
        self._over = at
        if not self._scroll.isActive():
            self._scroll.start(_STEP_MS)

    def _scroll_on(self) -> None:
        """Scroll the fields while a column is held at their upper or lower edge."""
        view, edge = self.area.viewport(), self.look.px(_EDGE)
        at, bar = view.mapFromGlobal(self._over), self.area.verticalScrollBar()
        if 0 <= at.x() < view.width() and -edge <= at.y() < edge:
            bar.setValue(bar.value() - self.look.px(10))
        elif 0 <= at.x() < view.width() and view.height() - edge <= at.y() < view.height() + 2 * edge:
            bar.setValue(bar.value() + self.look.px(10))
        self.board.hover(self._field_at(self._over))

    def _end_drag(self) -> None:
        self._scroll.stop()
        self.ghost.hide()
        self.board.hover("")

    def _let_go(self, name: str, source: str, at: QPoint) -> None:
        """A column was let go: one of the file goes behind the others of a field, one of a field to where it is put."""
        field, key = self._field_at(at), self._names.key(name)
        self._end_drag()
        if not field and not source:
            return
        if not field:
            self._take(source, [each for each in self._taken(source) if self._names.same(each) != key])
            return
        here = self.board.mapFromGlobal(at).x()
        rest = [each for each in self._taken(field) if self._names.same(each) != key]
        boxes = [box for box, chip in self.board.chip_boxes(field) if chip not in (name, "")]
        place = sum(1 for box in boxes if box.center().x() < here) if source else len(rest)
        if source and source != field:
            left = tuple(each for each in self._taken(source) if self._names.same(each) != key)
            self.draft = replace(self.draft, fields={**self.draft.fields, source: left})
        self._take(field, [*rest[:place], key, *rest[place:]])
        self.board.go(field)

    def bring(self, box: QRectF) -> None:
        """Bring a place of the fields into view."""
        centre = box.center().toPoint()
        self.area.ensureVisible(centre.x(), centre.y(), 0, int(box.height()) + self.look.px(8))
