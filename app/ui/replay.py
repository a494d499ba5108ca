"""A parcel is played again 再生: each act as the packer saw it, on a line of time; what was refused stands in red."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.domain.replay import Moment, after_pauses
from app.services.signals import signal_of
from app.ui.band import AnswerBand
from app.ui.dialogs import Dialog, button
from app.ui.fields import Segments
from app.ui.lettering import draw_fitted, split_sentence
from app.ui.look import Look
from app.ui.pack.state import kind_of
from app.ui.painted import Painted, Tapped
from app.ui.shapes import card, pill, sign

if TYPE_CHECKING:  # it comes with the database's library, which is loaded after the first paint
    from app.services.replay import Replay

__all__ = ["ReplayDialog", "TimeLine"]

_LONGEST_MS = 3_000
"""Pauses are shown in full and waited for no longer than this."""
_SHORTEST_MS = 120
SPEEDS = ("1", "4", "16")
"""How many times faster than it was."""
_PHOTO = (300, 225)


class TimeLine(Tapped):
    """Every act as a mark on a line; what was refused stands out in red and with a cross."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.moments: tuple[Moment, ...] = ()
        self.at = 0
        self._times: tuple[int, ...] = ()
        self.setFixedHeight(look.px(84))

    def show_moments(self, moments: tuple[Moment, ...]) -> None:
        """Show these."""
        self.moments = moments
        self._times = after_pauses(moments, _LONGEST_MS)
        self.tell(" ".join("×" if each.refused else "·" for each in moments))
        self.update()

    def place(self, number: int) -> float:
        """Return where a moment stands, from 0 to 1: by its time, but never on top of its neighbours."""
        last = max(1, len(self.moments) - 1)
        whole = max(1, self._times[-1]) if self._times else 1
        return 0.5 * number / last + 0.5 * self._times[number] / whole

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        pad, middle = float(look.px(16)), box.center().y()
        wide = box.width() - 2 * pad
        painter.fillRect(QRectF(pad, middle - 1.5, wide, 3), look.colour("line"))
        self.places = []
        for number, moment in sorted(enumerate(self.moments), key=lambda each: each[1].refused):  # red ones on top
            x = pad + wide * self.place(number)
            side = float(look.px(20 if moment.refused else 11))
            mark = QRectF(x - side / 2, middle - side / 2, side, side)
            if number == self.at:
                tall = QRectF(x - look.px(2), box.top() + look.px(6), look.px(4), box.height() - look.px(12))
                card(painter, tall, look.colour("brand"), look.colour("brand"), look.px(2), 0)
            if moment.refused:
                card(painter, mark, look.colour("error"), look.colour("error"), side / 2, 0)
                inner = mark.adjusted(side * 0.22, side * 0.22, -side * 0.22, -side * 0.22)
                sign(painter, inner, "error", self.colour("#FFFFFF"))
            else:
                done = number <= self.at
                colour = look.colour("ok" if done and moment.entry.level == "ok" else "soft" if done else "line")
                card(painter, mark, colour, colour, side / 2, 0)
            hit = max(side, float(look.px(14)))
            self.places.append((QRectF(x - hit / 2, box.top(), hit, box.height()), str(number)))
        self.places.reverse()  # what is drawn last is on top


class _Facts(Painted):
    """What was scanned, by whom and where, how long after the one before, and what was put in."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.rows: tuple[tuple[str, str], ...] = ()
        self.undone = False

    def show_rows(self, rows: tuple[tuple[str, str], ...], *, undone: bool) -> None:
        """Show names with values."""
        self.rows, self.undone = rows, undone
        self.tell("\n".join(f"{name}: {value}" for name, value in rows))
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        step, top = float(look.px(38)), box.top()
        for name, value in self.rows:
            left = QRectF(box.left(), top, look.px(150), step)
            draw_fitted(painter, left, name, look.colour("soft"), look.px(17), look.px(11), most=1)
            right = QRectF(left.right() + look.px(10), top, box.right() - left.right() - look.px(10), step)
            draw_fitted(painter, right, value, look.colour("ink"), look.px(21), look.px(12), most=1, bold=True)
            top += step
        if self.undone:
            word = look.say("replay.undone")
            pill(painter, look, box.left(), top + step / 2, word, "warning", 15)


class ReplayDialog(Dialog):
    """Plays the acts on an order at one's own pace."""

    def __init__(self, look: Look, window: Any, replay: Replay, photos: Path) -> None:
        """*window* is the main window; *photos* is where this station's photos lie."""
        name = " ・ ".join(part for part in (replay.ship_number, replay.number, replay.shop) if part)
        super().__init__(look, window, look.say("replay.title", name=name))
        self.replay = replay
        """What is played."""
        self.at = 0
        """Number of the moment shown."""
        self.playing = False
        self._window, self._photos = window, photos
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self.line, self.band, self.facts = TimeLine(look), AnswerBand(look), _Facts(look)
        self.band.setFixedHeight(look.px(150))
        self.facts.setMinimumHeight(look.px(38) * 6)
        self.photo = QLabel()
        self.photo.setFixedSize(look.px(_PHOTO[0]), look.px(_PHOTO[1]))
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.line)
        self.column.addWidget(self.band)
        body = QHBoxLayout()
        body.setSpacing(look.px(20))
        body.addWidget(self.facts, 1)
        body.addWidget(self.photo)
        holder = QWidget()
        holder.setLayout(body)
        self.column.addWidget(holder, 1)
        self.speed = Segments(look)
        self.speed.offer(tuple((each, f"× {each}") for each in SPEEDS), SPEEDS[0])
        self.back_button = button(look.say("replay.back"), "", lambda: self.step(-1))
        self.play_button = button("", "main", self.toggle)
        self.next_button = button(look.say("replay.next"), "", lambda: self.step(1))
        foot = QHBoxLayout()
        foot.setSpacing(look.px(12))
        for each in (self.back_button, self.play_button, self.next_button, self.speed):
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(button(look.say("window.close"), "", self.reject))
        self.column.addLayout(foot)
        self.line.tapped.connect(lambda number: self.show_at(int(number)))
        self.finished.connect(lambda _: self._timer.stop())
        self.setMinimumSize(look.px(1040), look.px(690))
        self.line.show_moments(replay.moments)
        self._show_photo()
        self.show_at(0)

    # --- playing ---

    def toggle(self) -> None:
        """Play, or stop; at the end it begins anew."""
        if not self.playing and self.at >= len(self.replay.moments) - 1:
            self.show_at(0)
        self.playing = not self.playing
        self._say_button()
        if self.playing:
            self._wait()
        else:
            self._timer.stop()

    def step(self, by: int) -> None:
        """Go on or back by hand; playing stops."""
        self.playing = False
        self._timer.stop()
        self.show_at(self.at + by)

    def _next(self) -> None:
        if self.at + 1 < len(self.replay.moments):
            self.show_at(self.at + 1)
        if self.at + 1 < len(self.replay.moments):
            self._wait()
        else:
            self.playing = False
            self._say_button()

    def _wait(self) -> None:
        if self.at + 1 < len(self.replay.moments):
            pause = min(self.replay.moments[self.at + 1].pause_ms or 0, _LONGEST_MS)
            self._timer.start(max(_SHORTEST_MS, pause // int(self.speed.value)))

    def _say_button(self) -> None:
        self.play_button.setText(self.look.say("replay.pause" if self.playing else "replay.play"))

    # --- showing ---

    def show_at(self, number: int) -> None:
        """Show one moment, as the packer saw it."""
        moments = self.replay.moments
        self._say_button()
        if not moments:
            self.band.head = self.look.say("replay.nothing")
            self.band.show_set()
            for each in (self.back_button, self.play_button, self.next_button):
                each.setEnabled(False)
            return
        self.at = self.line.at = min(max(0, number), len(moments) - 1)
        moment = moments[self.at]
        self.line.update()
        self._show_band(moment)
        self.facts.show_rows(self._rows(moment), undone=moment.undone)
        self.back_button.setEnabled(self.at > 0)
        self.next_button.setEnabled(self.at + 1 < len(moments))

    def _show_band(self, moment: Moment) -> None:
        from app.services.replay import told

        band, entry = self.band, moment.entry
        band.kind, band.sign = kind_of(entry.level), signal_of(entry.level, entry.key)
        band.head, band.rest = split_sentence(told(self.look.words, moment))
        band.counted = (moment.done, moment.wanted)
        band.show_set()

    def _rows(self, moment: Moment) -> tuple[tuple[str, str], ...]:
        from app.services.replay import carried, pause_said

        say, entry = self.look.say, moment.entry
        at = datetime.fromtimestamp(entry.at / 1000, UTC).astimezone(self.look.zone)
        pause = pause_said(self.look.words, moment.pause_ms)
        where = f"{say(f'replay.place.{moment.place}')}　{say('proof.station', station=entry.station)}"
        put = carried(self.replay, moment, self.look.language == "en")
        named = say("list.comma").join(say("proof.put", name=name, pieces=pieces) for _, name, pieces, _ in put)
        rows = (
            ("replay.number", f"{self.at + 1} / {len(self.replay.moments)}"),
            ("replay.time", f"{at:%Y-%m-%d %H:%M:%S}　{pause}".rstrip("　")),
            ("replay.where", where),
            ("replay.person", entry.person or say("proof.nobody")),
            ("replay.scanned", entry.raw or "–"),
            ("replay.put", named or "–"),
        )
        return tuple((say(key), value) for key, value in rows)

    def _show_photo(self) -> None:
        """Show the newest photo of the parcel that is still here."""
        files = [self._photos / each.file for each in reversed(self.replay.photos) if each.gone_at is None]
        path = next((each for each in files if each.is_file()), None)
        picture = QPixmap(str(path)) if path is not None else QPixmap()
        self.photo.setVisible(not picture.isNull())
        if not picture.isNull():
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.photo.setPixmap(picture.scaled(self.photo.size(), kept, smooth))
