"""The head of the bench: which order, for whom it matters, what must not be missed, and where in the parcel we are."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.ui.lettering import advance, draw_fitted, elided_middle
from app.ui.look import Look
from app.ui.pack.papers import service_name
from app.ui.pack.state import Bar, BenchView, Step, bars_of, steps_of
from app.ui.painted import Painted
from app.ui.shapes import pill, pill_width, sign

__all__ = ["Bars", "Header", "Remark", "Steps", "left_until", "short_date"]

_HOUR_MS = 3_600_000
_MANY = 5
"""Steps from which there is little room for each."""
_FILLS = {"gift": "#7A2E6B", "many": "#3B4A54", "shadow": "#4D4D4D"}
"""Colours of bars that are no kind of answer."""


def left_until(cut_off: int, now_ms: int) -> tuple[str, str]:
    """Return the time to a cut-off as ``h:mm`` and its kind of colour; ``error`` and no time when it is past.

    Both are empty when it is more than a day away.
    """
    left = cut_off - now_ms
    if left >= 24 * _HOUR_MS:
        return "", ""
    if left < 0:
        return "", "error"
    minutes = left // 60_000
    return f"{minutes // 60}:{minutes % 60:02d}", "warning" if left < _HOUR_MS else "info"


def short_date(day: str) -> str:
    """Return ``YYYY-MM-DD`` as month and day, as bench people say it."""
    _, _, rest = day.partition("-")
    month, _, date = rest.partition("-")
    return f"{int(month)}/{int(date)}" if month.isdecimal() and date.isdecimal() else day


class Header(Painted):
    """Ship number large, the shop's number small, what belongs to the order, and who works here."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.view = BenchView()
        self.who = ""
        """Person and station."""

    def show_view(self, view: BenchView, who: str) -> None:
        """Show an order, or none."""
        self.view, self.who = view, who
        row = view.full.row if view.full else None
        told = [row.ship_number, self._numbers(), *(text for text, _ in self._labels())] if row else []
        self.setToolTip("\n".join(text for text in told if text))
        self.tell(" ".join(text for text in told if text) if row else self.look.say("window.pack.title"))
        shown = view.full and (view.full.row, view.full.content)
        self.paint_if_new(shown, view.parcel and view.parcel.members, who, self._totes(), self._cold())

    def _numbers(self) -> str:
        """Return the shop's numbers of every order in the parcel."""
        full, parcel = self.view.full, self.view.parcel
        if full is None or not full.row.ship_number:
            return ""
        return " + ".join(dict.fromkeys(row.number for row in (parcel.members if parcel else (full.row,))))

    def _labels(self) -> list[tuple[str, str]]:
        full = self.view.full
        if full is None:
            return []
        look, say, row = self.look, self.look.say, full.row
        parcel = self.view.parcel
        shops = dict.fromkeys(each.shop for each in (parcel.members if parcel else (row,)))
        labels = [(" + ".join(shops), "quiet")]
        if cold := self._cold():
            labels.append(cold)
        if totes := self._totes():
            # Whoever fetches one of several must see that there are more.
            text = say("window.pack.totes", totes=say("list.comma").join(totes))
            labels.append((text, "warning" if len(totes) > 1 else "info"))
        service = service_name(look, row.carrier, row.service)
        labels.append((service or str(full.content.get("delivery", "")), "info"))
        if row.cut_off is not None:
            left, kind = left_until(row.cut_off, int(time.time() * 1000))
            if left:
                labels.append((say("window.pack.cut_off", left=left), kind))
            elif kind:
                labels.append((say("window.pack.cut_off_past"), kind))
        if row.ship_date:
            labels.append((say("window.pack.ship_date", date=short_date(row.ship_date)), "quiet"))
        wish = " ".join(text for text in (short_date(row.wish_date), self._slot(row.slot)) if text)
        wish = wish or str(full.content.get("wish", ""))
        if wish:
            labels.append((say("window.pack.wish", wish=wish), "info"))
        return [(text, kind) for text, kind in labels if text]

    def _cold(self) -> tuple[str, str] | None:
        """Return how long cold goods have been out, in words, and its kind of colour; None where there are none."""
        seconds, parcel = self.view.cold_seconds(), self.view.parcel
        if seconds is None or parcel is None:
            return None
        most = parcel.counting.cold_minutes
        out = f"{seconds // 60}:{seconds % 60:02d}"
        if not most:
            return self.look.say("window.pack.cold_out", out=out), "info"
        kind = "error" if self.view.too_warm else "warning" if seconds >= most * 45 else "info"
        return self.look.say("window.pack.cold_out_of", out=out, most=most), kind

    def _totes(self) -> tuple[str, ...]:
        """Return the totes in which goods of the order on the bench wait."""
        answer, full = self.view.answer, self.view.full
        here = answer is not None and full is not None and answer.order_id == full.row.id
        return tuple(answer.totes) if answer is not None and here else ()

    def _slot(self, slot: str) -> str:
        """Return a time of day in words: ``am`` has its own, the others are hours."""
        if slot == "am":
            return self.look.say("window.pack.slot_am")
        return self.look.say("window.pack.slot", hours=slot.replace("-", "–")) if slot else ""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        painter.fillRect(box, look.colour("paper"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), look.colour("line"))
        middle, left, right = box.center().y(), float(look.px(20)), box.right() - look.px(20)
        font = look.font(16)
        wide = advance(self.who, font)
        at = QRectF(right - wide - 2, 0, wide + 2, box.height())
        draw_fitted(painter, at, self.who, look.colour("ink"), look.px(16), look.px(12), most=1, align="right")
        right -= wide + look.px(20)
        full = self.view.full
        if full is None:
            title = look.say("window.pack.title")
            draw_fitted(
                painter, QRectF(left, 0, right - left, box.height()), title, look.colour("ink"),
                look.px(26), look.px(18), most=1, bold=True,
            )  # fmt: skip
            return
        ship = full.row.ship_number or full.row.number
        big = look.font(34, True)
        wide = min(QFontMetricsF(big).horizontalAdvance(ship), (right - left) * 0.4)
        draw_fitted(
            painter, QRectF(left, 0, wide + 2, box.height()), ship, look.colour("ink"),
            look.px(34), look.px(16), most=1, bold=True,
        )  # fmt: skip
        left += wide + look.px(14)
        self._draw_rest(painter, left, right, middle)

    def _draw_rest(self, painter: QPainter, left: float, right: float, middle: float) -> None:
        look, full = self.look, self.view.full
        assert full is not None
        labels = self._labels()
        size, gap = 15.0, float(look.px(10))
        longest = float(look.px(280))
        # What can be spared goes first, what cannot is never cut for it: the ship date, then the shop.
        for spared in (len(labels) - 2, 0):
            wide = sum(min(pill_width(look, text, size), longest) + gap for text, _ in labels)
            if wide + look.px(110) > right - left and len(labels) > 2 and labels[spared][1] == "quiet":
                del labels[spared]
        number = self._numbers()
        needed = sum(min(pill_width(look, text, size), longest) + gap for text, _ in labels)
        if number:
            font = look.font(16, fixed=True)
            room = max(look.px(90.0), right - left - needed - look.px(12))
            room = min(room, QFontMetricsF(font).horizontalAdvance(number) + 2)
            painter.setFont(font)
            painter.setPen(look.colour("soft"))
            text = elided_middle(number, font, room)
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, middle - look.px(20), room, look.px(40)), flags, text)
            left += room + look.px(14)
        for text, kind in labels:
            room = min(longest, right - left)
            if room < look.px(60):
                break
            shown = text
            while pill_width(look, shown, size) > room and len(shown) > 2:
                shown = shown.rstrip("…")[:-1] + "…"
            left = pill(painter, look, left, middle, shown, kind, size) + gap


class Bars(Painted):
    """Full coloured bars: cash on delivery, cold, gift, what has been out of the cold for too long, shadow mode."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._bars: list[Bar] = []

    def show_view(self, view: BenchView) -> None:
        """Show the bars of the order."""
        self._bars = bars_of(view.full, view.parcel.members if view.parcel else ()) if view.full else []
        proposed = view.parcel is not None and view.parcel.boxes.guide is not None
        if proposed and view.boxes > 1:  # which of them is meant stands above the question, and there is little room
            self._bars = [bar for bar in self._bars if bar.key != "window.bar.pieces"]
        if too_warm := view.too_warm:
            self._bars.insert(0, Bar("error", "window.bar.too_warm", str(too_warm)))
        if view.shadow:
            self._bars.append(Bar("shadow", "window.bar.shadow"))
        self.setVisible(bool(self._bars))
        self.setFixedHeight(self.look.px(40))
        self.tell(" / ".join(self._said()))
        self.paint_if_new(tuple(self._bars))

    def _said(self) -> list[str]:
        return [self.look.say(bar.key, value=bar.value) for bar in self._bars]

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        gap = float(look.px(8))
        said = self._said()
        font = look.font(21, True)
        wide = [advance(text, font) + look.px(24) for text in said]
        room = box.width() - gap * (len(said) - 1)
        spare = max(0.0, room - sum(wide)) / max(1, len(said))
        factor = min(1.0, room / max(1.0, sum(wide)))
        left = box.left()
        for bar, text, natural in zip(self._bars, said, wide, strict=True):
            cell = QRectF(left, box.top(), natural * factor + spare, box.height())
            left = cell.right() + gap
            fill = _FILLS.get(bar.kind) or look.palette.kind(bar.kind)[2]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(cell, look.px(10), look.px(10))
            inner = cell.adjusted(look.px(12), 0, -look.px(12), 0)
            draw_fitted(
                painter, inner, text, QColor("#FFFFFF"), look.px(21), look.px(13), most=1, bold=True, align="centre"
            )


class Steps(Painted):
    """Where in the parcel we are: ① slip ② goods ③ inserts ④ weight ⑤ waybill ⑥ done, those that it needs."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.steps: tuple[Step, ...] = ()
        """The steps, in their order."""

    def show_view(self, view: BenchView) -> None:
        """Show the steps."""
        self.steps = steps_of(view)
        self.setFixedHeight(self.look.px(44))
        self.tell(" / ".join(f"{self._words(step)}: {step.state}" for step in self.steps))
        self.paint_if_new(self.steps)

    def _words(self, step: Step) -> str:
        words = self.look.say(f"window.step.{'order' if step.name == 'slip' else step.name}")
        if step.state == "done" and len(self.steps) >= _MANY:
            return words
        return f"{words} {min(step.done + (step.state == 'current'), step.of)}/{step.of}" if step.of > 1 else words

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look, gap = self.look, float(self.look.px(8 if len(self.steps) < _MANY else 5))
        room = box.width() - gap * (len(self.steps) - 1)
        wide = [room / max(1, len(self.steps))] * len(self.steps)
        if len(self.steps) >= _MANY:  # words have their room where all of them must be small
            font = look.font(18, True)
            natural = [advance(self._words(step), font) + look.px(38) for step in self.steps]
            wide = [each * room / sum(natural) for each in natural]
        left = box.left()
        for number, step in enumerate(self.steps):
            self._draw_step(painter, look, QRectF(left, box.top(), wide[number], box.height()), number + 1, step)
            left += wide[number] + gap

    def _draw_step(self, painter: QPainter, look: Look, cell: QRectF, number: int, step: Step) -> None:
        done, current = step.state == "done", step.state == "current"
        many = len(self.steps) >= _MANY
        ground = "chosen" if current else "ok_ground" if done else "paper"
        edge = "brand" if current else "ok_ground" if done else "line"
        self.draw_card(painter, cell, ground, edge, look.px(2.4) if current else 1)
        ink = look.colour("brand" if current else "ok" if done else "soft")
        side = float(look.px(19 if many else 24))
        disc = QRectF(cell.left() + look.px(5 if many else 10), cell.center().y() - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("ok_fill") if done else ink if current else look.colour("blank"))
        painter.drawEllipse(disc)
        inside = QColor("#FFFFFF") if done else look.colour("paper") if current else look.colour("soft")
        if done:
            sign(painter, disc.adjusted(side * 0.24, side * 0.24, -side * 0.24, -side * 0.24), "ok", inside)
        else:
            painter.setPen(inside)
            painter.setFont(look.font(13 if many else 15, True))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))
        left = disc.right() + look.px(4 if many else 7)
        rest = QRectF(left, cell.top(), cell.right() - left - look.px(3 if many else 5), cell.height())
        draw_fitted(painter, rest, self._words(step), ink, look.px(18), look.px(11), most=1, bold=True)


class Remark(Painted):
    """The customer's remark, whole where there is room."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.text = ""
        """The remark."""

    def show_view(self, view: BenchView) -> None:
        """Show the remark, or nothing."""
        text = str(view.full.content.get("note", "")) if view.full else ""
        self.text = " ".join(text.split())
        self.setVisible(bool(self.text))
        self.setFixedHeight(self.look.px(86))
        self.setToolTip(text)
        self.tell(self.text)
        self.paint_if_new(self.text)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw."""
        look = self.look
        self.draw_card(painter, box, "warning_ground", "warning_ground")
        inner = box.adjusted(look.px(16), look.px(8), -look.px(16), -look.px(8))
        head = QRectF(inner.left(), inner.top(), inner.width(), look.px(20))
        ink = look.colour("warning")
        draw_fitted(painter, head, look.say("window.pack.remark"), ink, look.px(14), look.px(11), most=1, bold=True)
        body = QRectF(inner.left(), head.bottom() + 2, inner.width(), inner.bottom() - head.bottom() - 2)
        draw_fitted(painter, body, self.text, ink, look.px(19), look.px(13), most=3, bold=True, vertical="top")
