"""The live echo: what a reader sent, from which reader, after how long, and what the station understands of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.services import explain
from app.services.readers import shown
from app.ui.bridge import DeskLike
from app.ui.dialogs import label
from app.ui.lettering import draw_fitted, elided_middle
from app.ui.look import Look
from app.ui.machines import reader_title
from app.ui.painted import Painted
from app.ui.para import Para
from app.ui.shapes import sign

__all__ = ["EchoCard"]

_CODE_LINES = 2
_MOST = 4
"""Earlier scans that stay in view."""


@dataclass(frozen=True, slots=True)
class _Came:
    """One thing that came from a reader."""

    reader: str
    text: str
    since: int | None
    good: bool


class _Earlier(Painted):
    """What came before, newest first: sign, reader, time since its last, text."""

    def __init__(self, look: Look, title: Callable[[str], str]) -> None:
        super().__init__(look)
        self.rows: list[_Came] = []
        """Newest first."""
        self._title = title

    def show_rows(self) -> None:
        """Show the rows as they are now."""
        self.setFixedHeight(self.look.px(36) * _MOST)
        self.tell("\n".join(f"{self._title(row.reader)} {shown(row.text)}" for row in self.rows))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, step = self.look, float(self.look.px(36))
        for number, row in enumerate(self.rows):
            top, side = number * step, float(look.px(16))
            painter.fillRect(QRectF(0, top + step - 1, box.width(), 1), look.colour("line"))
            mark = QRectF(0, top + (step - side) / 2, side, side)
            sign(painter, mark, "ok" if row.good else "error", look.colour("ok" if row.good else "error"))
            left = side + look.px(10)
            name = QRectF(left, top, box.width() * 0.3, step)
            draw_fitted(painter, name, self._title(row.reader), look.colour("ink"), look.px(15), look.px(11), most=1)
            after = QRectF(name.right() + look.px(8), top, look.px(90), step)
            since = "" if row.since is None else look.say("readers.try.since", milliseconds=f"{row.since:,}")
            draw_fitted(painter, after, since, look.colour("soft"), look.px(15), look.px(10), most=1, align="right")
            text = QRectF(after.right() + look.px(14), top, box.right() - after.right() - look.px(14), step)
            font = look.font(16, fixed=True)
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            words = elided_middle(shown(row.text), font, text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class _Code(Painted):
    """What came, in letters of one width, broken anywhere: a code has no words."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.text, self.good = "", True

    def show_code(self, text: str, good: bool) -> None:
        """Show a code; one that is no scan in the colour of errors."""
        self.text, self.good = text, good
        self.setFixedHeight(self.look.px(40) * _CODE_LINES)
        self.tell(text)
        self.update()

    def _set(self, size: int, width: float) -> tuple[QFont, int]:
        """Return the font of a size, and how many characters fit a line."""
        font = self.look.font(size, bold=True, fixed=True)
        metrics = QFontMetricsF(font)
        widest = max((metrics.horizontalAdvance(char) for char in set(self.text)), default=1.0)
        return font, max(3, int(width / widest))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw, smaller where it is long; the middle of what is longer still is left out."""
        look = self.look
        font, fits = self._set(18, box.width())
        for size in (22, 26, 30):
            larger, fewer = self._set(size, box.width())
            if len(self.text) <= fewer * _CODE_LINES:
                font, fits = larger, fewer
        painter.setFont(font)
        lines = [self.text[at : at + fits] for at in range(0, len(self.text), fits)]
        if len(lines) > _CODE_LINES:
            lines = [*lines[: _CODE_LINES - 1], "…" + self.text[1 - fits :]]
        painter.setPen(look.colour("ink" if self.good else "error"))
        step = box.height() / _CODE_LINES
        for number, line in enumerate(lines):
            at = QRectF(box.left(), box.top() + number * step, box.width(), step)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


class EchoCard(QFrame):
    """Shows each scan while readers are tried out; nothing of it reaches the bench."""

    def __init__(self, window: Any, desk: DeskLike) -> None:
        """*window* is the main window: it gives look, bridge and readers."""
        super().__init__()
        self.setProperty("role", "card")
        self._window, self._desk = window, desk
        self.look: Look = window.look
        self.head, self.about = label("", "section"), Para(self.look, 16, "soft")
        self.waiting = Para(self.look, 30, "soft", bold=True)
        self.code = _Code(self.look)
        self.whence = Para(self.look, 17)
        self.meaning = Para(self.look, 17)
        self.earlier_head = label("", "section")
        self.earlier = _Earlier(self.look, self._title)
        self.last: Any = None
        """The scan or the trouble that is shown."""
        self._sentences: list[str] = []
        self._column = QVBoxLayout(self)
        for part in (self.head, self.about, self.waiting, self.code, self.whence):
            self._column.addWidget(part)
        inside = QWidget()
        self._meaning = QVBoxLayout(inside)
        self._meaning.setContentsMargins(0, 0, 0, 0)
        self._meaning.addWidget(self.meaning)
        self._meaning.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._column.addWidget(area, 1)
        self._column.addWidget(self.earlier_head)
        self._column.addWidget(self.earlier)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _title(self, reader: str) -> str:
        return reader_title(self.look, self._window.readers.settings, reader)

    # --- what comes ---

    def echo(self, scan: Any) -> None:
        """Show a scan, and soon what it means."""
        self.last, self._sentences = scan, []
        self._keep(_Came(scan.reader, scan.text, scan.since, True))
        self._window.bridge.ask(self._desk.read(explain.explain, scan.text), lambda found: self._explained(scan, found))

    def echo_trouble(self, trouble: Any) -> None:
        """Show what came and is no scan."""
        self.last, self._sentences = trouble, []
        self._keep(_Came(trouble.reader, trouble.text, None, False))

    def _keep(self, came: _Came) -> None:
        self.earlier.rows = [came, *self.earlier.rows][:_MOST]
        self.render_all()

    def _explained(self, scan: Any, found: explain.Explained) -> None:
        if scan is self.last:
            # The first line repeats the text, which stands above in large type; whatever has the code comes first.
            lines = [each.strip() for each in explain.sentences(self.look.words, found)][1:]
            names = [known.sku for known in found.products] + [number for _, number, *_ in found.orders]
            self._sentences = sorted(lines, key=lambda line: not any(name in line for name in names))
            self.render_all()

    # --- showing ---

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        look, say = self.look, self.look.say
        self._column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self._column.setSpacing(look.px(10))
        self.head.setText(say("readers.try.title"))
        self.about.setText(say("readers.try.about"))
        self.earlier_head.setText(say("readers.try.earlier"))
        for part in (self.earlier_head, self.earlier):
            part.setVisible(bool(self.earlier.rows))
        self.waiting.setText(say("readers.try.waiting"))
        self.waiting.setVisible(self.last is None)
        self.code.setVisible(self.last is not None)
        if self.last is not None:
            self.code.show_code(shown(self.last.text) or "–", hasattr(self.last, "since"))
        self.whence.setText("" if self.last is None else self._whence())
        self.meaning.setText("\n".join(self._sentences))
        self.meaning.setMinimumHeight(self.meaning.heightForWidth(max(self.meaning.width(), look.px(400))))
        self.earlier.show_rows()

    def _whence(self) -> str:
        """Return which reader it was, how long after its last scan, and what was done to the text."""
        say, last = self.look.say, self.last
        if not hasattr(last, "since"):
            return say(last.key, reader=self._title(last.reader), code=shown(last.text))
        parts = [say("readers.try.from", reader=self._title(last.reader), count=len(last.text))]
        if last.since is not None:
            parts.append(say("readers.try.after", milliseconds=f"{last.since:,}"))
        lines = [say("list.comma").join(parts)]
        if last.raw != last.text:
            lines.append(say("readers.try.raw", text=shown(last.raw)))
        lines += [say(f"readers.mended.{fault}") for fault in last.repaired]
        return "\n".join(lines)
