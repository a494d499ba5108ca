"""Questions about papers: the slip that is wanted, the waybill whose last four digits are looked for, the close."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.codes import draw_matrix
from app.ui.lettering import draw_fitted, fewest_lines
from app.ui.look import Look
from app.ui.pack.drawings import big_pips, draw_label, draw_slip, grouped
from app.ui.pack.state import COMMANDS, BenchView
from app.ui.shapes import card, sign

__all__ = ["PAPERS", "Place", "carrier_name", "draw_choices", "draw_key", "draw_paper", "paper_told", "service_name"]

PAPERS = ("slip", "waybill", "label", "close")
"""Questions that are drawn here."""
Place = tuple[QRectF, str]


def carrier_name(look: Look, carrier: str) -> str:
    """Return a carrier's name in the reader's language, without the name of its program in brackets."""
    from app.services import carriers

    return carriers.short_names(look.language).get(carrier, carrier)


def service_name(look: Look, carrier: str, service: str) -> str:
    """Return carrier and service in words; empty without a carrier."""
    from app.services import carriers

    if not carrier:
        return ""
    key = f"{carrier}/{service}"
    return f"{carrier_name(look, carrier)} {carriers.short_names(look.language).get(key, service)}".strip()


def _ask(view: BenchView) -> Mapping[str, object]:
    return view.answer.ask if view.answer else {}


def _text(view: BenchView, name: str) -> str:
    return str(_ask(view).get(name) or "")


def _count(view: BenchView, name: str) -> int:
    value = _ask(view).get(name)
    return value if isinstance(value, int) else 0


def _headline(look: Look, view: BenchView) -> str:
    """Return the question in words."""
    if view.ask in ("waybill", "label") and not _text(view, "waybill"):
        return look.say("window.ask.no_number" if "waybill" in _ask(view) else "window.ask.no_waybill")
    return look.say(f"window.ask.{view.ask}")


def _of_several(look: Look, view: BenchView) -> tuple[str, int, int]:
    """Return which slip or piece this is in words, how many are done, and of how many; empty for a single one."""
    if view.ask == "slip":
        wanted = len(view.parcel.slips) if view.parcel is not None else 0
        done = max(0, wanted - _count(view, "left"))
        return (look.say("window.ask.slip_of", number=done + 1, of=wanted), done, wanted) if wanted > 1 else ("", 0, 0)
    pieces = _count(view, "pieces")
    if pieces < 2:
        return "", 0, 0
    piece = _count(view, "piece")
    return look.say("window.ask.piece_of", number=piece, of=pieces), pieces - _count(view, "left"), pieces


def paper_told(look: Look, view: BenchView) -> list[str]:
    """Return in words what is drawn."""
    told = [_headline(look, view)]
    if view.ask == "slip":
        told.append(_text(view, "ship_number"))
    elif view.ask != "close":
        told += [_text(view, "last4"), grouped(_text(view, "waybill")), _service(look, view)]
        if not _text(view, "waybill"):
            told.append(look.say("window.ask.no_number_more"))
    told.append(_of_several(look, view)[0])
    return [text for text in told if text]


def _service(look: Look, view: BenchView) -> str:
    full, carrier = view.full, _text(view, "carrier")
    if full is not None and (not carrier or full.row.carrier == carrier):
        return service_name(look, full.row.carrier, full.row.service)
    return carrier_name(look, carrier) if carrier else ""


def draw_paper(painter: QPainter, look: Look, box: QRectF, view: BenchView, over: str) -> list[Place]:
    """Draw the question about a paper; return the places that can be tapped."""
    if view.ask == "slip":
        _draw_slip(painter, look, box, view)
    elif view.ask == "close":
        return _draw_close(painter, look, box, over)
    elif _text(view, "waybill"):
        _draw_waybill(painter, look, box, view)
    else:
        return _draw_no_number(painter, look, box, view, over)
    return []


def _head(painter: QPainter, look: Look, box: QRectF, text: str, size: float = 38) -> QRectF:
    """Draw the question across the top; return what is left below it."""
    head = QRectF(box.left(), box.top(), box.width(), box.height() * 0.2)
    draw_fitted(painter, head, text, look.colour("ink"), look.px(size), look.px(18), most=2, bold=True)
    return QRectF(box.left(), head.bottom() + look.px(14), box.width(), box.bottom() - head.bottom() - look.px(14))


def _halves(look: Look, box: QRectF, share: float) -> tuple[QRectF, QRectF]:
    left = QRectF(box.left(), box.top(), box.width() * share, box.height())
    gap = float(look.px(26))
    return left, QRectF(left.right() + gap, box.top(), box.width() - left.width() - gap, box.height())


def _draw_several(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    words, done, wanted = _of_several(look, view)
    if not words:
        return
    text = QRectF(box.left(), box.top(), box.width(), box.height() * 0.58)
    draw_fitted(painter, text, words, look.colour("ink"), look.px(28), look.px(14), most=1, bold=True)
    pips = QRectF(box.left(), text.bottom() + look.px(4), box.width(), min(box.height() * 0.3, look.px(16.0)))
    # Of a shipment's pieces any may come next; of slips the next one has its place.
    big_pips(painter, look, pips, done, wanted, done + 1)


def _draw_slip(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    body = _head(painter, look, box, _headline(look, view))
    left, right = _halves(look, body, 0.32)
    number = _text(view, "ship_number")
    draw_slip(painter, look, left, number)
    unit = right.height() / 100
    several = bool(_of_several(look, view)[0])
    big = QRectF(right.left(), right.top() + unit * (8 if several else 16), right.width(), unit * 48)
    draw_fitted(painter, big, number, look.colour("brand"), look.px(120), look.px(30), most=1, bold=True)
    rest = QRectF(right.left(), big.bottom() + unit * 2, right.width(), unit * 26)
    if several:
        _draw_several(painter, look, rest, view)
    else:
        draw_fitted(
            painter, rest, look.say("window.ask.slip_more"), look.colour("soft"),
            look.px(23), look.px(14), most=2, vertical="top",
        )  # fmt: skip


def _draw_waybill(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    body = _head(painter, look, box, _headline(look, view))
    left, right = _halves(look, body, 0.34)
    last4 = _text(view, "last4")
    draw_label(painter, look, left, last4)
    unit = right.height() / 100
    small = int(unit * 11 / 1.24)
    title = QRectF(right.left(), right.top(), right.width(), unit * 9)
    least = min(look.px(21), int(unit * 10 / 1.24))
    draw_fitted(painter, title, look.say("window.ask.last4"), look.colour("soft"), least, look.px(13), most=1)
    big = QRectF(right.left(), title.bottom(), right.width(), unit * 46)
    # Figures are 0.6 of their height wide: set as large as the room allows, larger than anything else here.
    size = min(big.height() / 1.22, right.width() / max(1, len(last4)) / 0.56, float(look.px(190)))
    draw_fitted(painter, big, last4, look.colour("brand"), int(size), look.px(40), most=1, bold=True)
    number = QRectF(right.left(), big.bottom() + unit, right.width(), unit * 11)
    draw_fitted(
        painter, number, grouped(_text(view, "waybill")), look.colour("ink"),
        min(look.px(26), small), look.px(13), most=1, fixed=True,
    )  # fmt: skip
    service = QRectF(right.left(), number.bottom() + unit, right.width(), unit * 10)
    text = _service(look, view)
    draw_fitted(painter, service, text, look.colour("ink"), min(look.px(24), small), look.px(13), most=1, bold=True)
    if view.boxes > 1:  # which of them it is stands above
        return
    rest = QRectF(right.left(), service.bottom() + unit, right.width(), right.bottom() - service.bottom() - unit)
    _draw_several(painter, look, rest, view)


def _draw_no_number(painter: QPainter, look: Look, box: QRectF, view: BenchView, over: str) -> list[Place]:
    """No number yet: what the packer can do about it stands beside the empty label."""
    body = _head(painter, look, box, _headline(look, view))
    left, right = _halves(look, body, 0.3)
    paper = draw_label(painter, look, left, "", "warning")
    side = paper.width() * 0.42
    disc = QRectF(paper.center().x() - side / 2, paper.center().y() - side * 0.62, side, side)
    card(painter, disc, look.colour("warning_ground"), look.colour("warning_ground"), side / 2, 0)
    inset = side * 0.18
    sign(painter, disc.adjusted(inset, inset, -inset, -inset), "warning", look.colour("warning"))
    words = QRectF(right.left(), right.top(), right.width(), right.height() * 0.24)
    text = look.say("window.ask.no_number_more")
    draw_fitted(painter, words, text, look.colour("ink"), look.px(24), look.px(14), most=2, bold=True)
    codes = ("KP-LATER", "KP-DONE") if view.ask == "waybill" else ("KP-LATER",)
    area = QRectF(
        right.left(), words.bottom() + look.px(10), right.width(), right.bottom() - words.bottom() - look.px(10)
    )
    return draw_choices(painter, look, area, "no_number", codes, over)


def _draw_close(painter: QPainter, look: Look, box: QRectF, over: str) -> list[Place]:
    body = _head(painter, look, box, look.say("window.ask.close"), 46)
    area = QRectF(body.left() + body.width() * 0.25, body.top(), body.width() * 0.5, body.height())
    return draw_choices(painter, look, area, "close", ("KP-DONE",), over, "ok")


def draw_key(painter: QPainter, look: Look, middle: float, top: float, high: float, code: str) -> QRectF:
    """Draw the cap of a command's key around *middle*; return its box."""
    font, name = look.font(18, True), COMMANDS.get(code, "")
    wide = max(float(look.px(58)), QFontMetricsF(font).horizontalAdvance(name) + look.px(16))
    key = QRectF(middle - wide / 2, top, wide, high)
    card(painter, key, look.colour("ground"), look.colour("soft"), look.px(7), 1.5)
    painter.setPen(look.colour("ink"))
    painter.setFont(font)
    painter.drawText(key, Qt.AlignmentFlag.AlignCenter, name)
    return key


def draw_choices(
    painter: QPainter, look: Look, area: QRectF, ask: str, codes: tuple[str, ...], over: str, edge: str = "warning"
) -> list[Place]:
    """Draw answers side by side, each with its code: a hand's breadth apart, so that a beam meets one."""
    gap = float(look.px(14))
    wide = (area.width() - gap * (len(codes) - 1)) / len(codes)
    places: list[Place] = []
    for number, code in enumerate(codes):
        cell = QRectF(area.left() + number * (wide + gap), area.top(), wide, area.height())
        card(painter, cell, look.colour("chosen" if over == code else "paper"), look.colour(edge), look.px(10), 2)
        places.append((cell, code))
        inner = cell.adjusted(look.px(12), look.px(12), -look.px(12), -look.px(10))
        side = min(inner.height() * 0.5, inner.width() * 0.62, look.px(126.0))
        draw_matrix(painter, QRectF(inner.center().x() - side / 2, inner.top(), side, side), code)
        rest = QRectF(inner.left(), inner.top() + side, inner.width(), inner.bottom() - inner.top() - side)
        key_high = min(float(look.px(32)), rest.height() * 0.34)
        key = draw_key(painter, look, rest.center().x(), rest.top() + rest.height() * 0.07, key_high, code)
        words = QRectF(rest.left(), key.bottom() + 2, rest.width(), rest.bottom() - key.bottom() - 2)
        said = look.say(f"window.choice.{ask}.{code}")
        most = fewest_lines(said, words, look.px(28), look.px(20), 2, bold=True)
        draw_fitted(
            painter, words, said, look.colour("ink"), look.px(28), look.px(15), most=most, bold=True,
            align="centre",
        )  # fmt: skip
    return places
