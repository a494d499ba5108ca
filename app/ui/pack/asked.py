"""Questions about the goods in hand: which of several, one more, lot, date, serial, how many, no code, why allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.services.answers import sentence
from app.ui.codes import draw_matrix
from app.ui.lettering import advance, draw_fitted, split_sentence
from app.ui.look import Look
from app.ui.pack.drawings import big_pips
from app.ui.pack.goods_drawings import draw_disc, draw_keys_pad, draw_thing
from app.ui.pack.lines import name_of
from app.ui.pack.numbered import asked_of, draw_keys, draw_lots, draw_options, lot_words, lots_of, options_of
from app.ui.pack.papers import Place, draw_choices, draw_key
from app.ui.pack.state import COMMANDS, BenchView, choices_of
from app.ui.shapes import card, pictured, pill, sign

__all__ = ["HANDS", "PRESSED", "draw_hand", "draw_head", "draw_wanted", "hand_head", "hand_short", "hand_told"]

_TYPED = ("lot", "expiry", "serial", "quantity")
"""Questions that a text answers."""
PRESSED = "figure:"
"""Before what a drawn key says: that key was tapped."""
HANDS = ("which", "one_more", *_TYPED, "no_code", "allow_reason")
"""Questions that are drawn here."""


def _name(look: Look, view: BenchView) -> str:
    """Return what the goods in hand are called."""
    line = view.line()
    if line is not None:
        return name_of(line, look.language)
    asked = view.asked or view.stopped
    return str(asked.args.get("name", "")) if asked is not None else ""


def hand_head(look: Look, view: BenchView) -> tuple[str, str]:
    """Return the question in a few words, and what to do."""
    if view.ask == "no_code" and view.person_only:
        return split_sentence(look.say("window.ask.no_code_person"))
    head, rest = split_sentence(look.say(f"window.ask.{view.ask}"))
    if len(lots_of(look, view)) > 2:  # no room for a row of its own, and the field says what to do
        return head, _name(look, view)
    if view.ask == "allow_reason":
        what, _ = split_sentence(sentence(look.words, f"allow.{asked_of(view).get('code', '')}", {}))
        goods = look.say("list.comma").join(text for text in (_name(look, view), _stopped_by(look, view)) if text)
        rest = look.say("window.ask.allowing", what=what, goods=goods) if goods else what
    return head, rest


def _stopped_by(look: Look, view: BenchView) -> str:
    """Return what of the goods is to be allowed: their date, lot or serial, or how many are in the case."""
    args = view.stopped.args if view.stopped is not None else {}
    if args.get("serial"):
        return look.say("window.lot.serial", serial=args["serial"])
    if args.get("quantity"):
        return look.say("window.lot.pieces", count=args["quantity"])
    said = lot_words(look, str(args.get("lot") or ""), str(args.get("expiry") or ""))
    return " ".join(text for text in said if text)


def hand_short(look: Look, view: BenchView) -> tuple[str, str]:
    """Return the question and what it is about as short as they go, for the band below the prompt."""
    what = "" if view.ask in ("which", "allow_reason") else _name(look, view)
    return look.say(f"window.ask.{view.ask}_short"), what


def hand_told(look: Look, view: BenchView) -> list[str]:
    """Return in words what is drawn."""
    told = [*hand_head(look, view), _name(look, view) if view.ask not in ("which", "allow_reason") else ""]
    if view.ask == "which":
        told += [f"{COMMANDS[code]} {each.name} {each.shelf}" for code, each in options_of(look, view)]
    told += [f"{COMMANDS[code]} {' '.join(words)}" for code, *words in lots_of(look, view)]
    if view.ask in _TYPED:
        told += [view.typed, _understood(view)]
    if view.ask == "quantity":
        told.append(_counted(look, view))
    told.append(_leader(look, view))
    return [text for text in told if text]


def _leader(look: Look, view: BenchView) -> str:
    leader = view.asked.args.get("leader") if view.asked is not None and view.ask == "allow_reason" else ""
    return look.say("window.ask.allowed_by", name=leader) if leader else ""


# --- the parts of a question --------------------------------------------------------------------------------------


def draw_head(
    painter: QPainter, look: Look, box: QRectF, share: float, texts: tuple[str, str], ink: QColor, kind: str = "warning"
) -> QRectF:
    """Draw a sign, the question and what to do across the top *share* of a box; return what is left below.

    :param kind: the sign; empty for none.
    """
    head, rest = texts
    top = QRectF(box.left(), box.top(), box.width(), box.height() * share)
    left = top.left()
    if kind:
        side = min(top.height() * 0.8, look.px(84.0))
        sign(painter, QRectF(left, top.center().y() - side / 2, side, side), kind, ink)
        left += side + look.px(24)
    title = QRectF(left, top.top(), top.right() - left, top.height() * (0.55 if rest else 1))
    draw_fitted(
        painter, title, head, ink, look.px(46), look.px(18), most=2, bold=True,
        vertical="bottom" if rest else "centre",
    )  # fmt: skip
    if rest:
        under = QRectF(left, title.bottom() + look.px(4), title.width(), top.bottom() - title.bottom())
        draw_fitted(painter, under, rest, ink, look.px(24), look.px(14), most=3, vertical="top")
    gap = float(look.px(12))
    return QRectF(box.left(), top.bottom() + gap, box.width(), box.bottom() - top.bottom() - gap)


def _goods(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    """Draw the picture and the name of the goods in hand in one row."""
    line, name = view.line(), _name(look, view)
    side = min(box.height(), float(look.px(96)))
    sku = line.sku if line is not None else str(asked_of(view).get("scanned") or "")
    picture = QRectF(box.left(), box.center().y() - side / 2, side, side)
    pictured(painter, look, picture, line.picture if line is not None else "", sku, look.px(8))
    left, right = picture.right() + look.px(14), box.right()
    pieces = asked_of(view).get("pieces_asked")
    if isinstance(pieces, int) and pieces > 1:
        words = look.say("window.lot.pieces", count=pieces)
        wide = advance(words, look.font(22, True)) + look.px(40)
        pill(painter, look, right - wide, box.center().y(), words, "info", 22)
        right -= wide + look.px(10)
    at = QRectF(left, box.top(), right - left, box.height())
    draw_fitted(painter, at, name, look.colour("ink"), look.px(28), look.px(14), most=2, bold=True)


def _field(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    """Draw what is being typed as large as it goes, an example while nothing is, and what it is taken for."""
    card(painter, box, look.colour("paper"), look.colour("brand"), look.px(10), look.px(3))
    inner = box.adjusted(look.px(18), look.px(4), -look.px(18), -look.px(4))
    if not view.typed:
        hint = look.say(f"window.ask.{view.ask}_type")
        draw_fitted(painter, inner, hint, look.colour("soft"), look.px(26), look.px(14), most=2)
        return
    note = _understood(view)
    if note:
        wide = min(inner.width() * 0.5, advance(note, look.font(30, True)) + 4)
        at = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        draw_fitted(painter, at, note, look.colour("ok"), look.px(30), look.px(14), most=1, bold=True, align="right")
        inner.setRight(at.left() - look.px(10))
    size = int(min(look.px(86.0), inner.height() * 0.8))
    text = f"{view.typed[-30:]}▏"
    draw_fitted(painter, inner, text, look.colour("ink"), size, look.px(16), most=1, bold=True, fixed=True)


def _understood(view: BenchView) -> str:
    """Return the day that the typed figures mean."""
    if view.ask != "expiry" or not view.typed:
        return ""
    from app.domain.lots import parse_day

    day = parse_day(view.typed)
    return f"→ {day}" if day else ""


# --- lot, date, serial, number ------------------------------------------------------------------------------------


def _draw_typed(painter: QPainter, look: Look, area: QRectF, view: BenchView, over: str) -> list[Place]:
    """A text is wanted: the lots on the shelf as cards, or where on the package to look; and what is being typed."""
    lots = lots_of(look, view)
    gap = float(look.px(12))
    if lots:
        roomy = len(lots) <= 2
        goods = QRectF(area.left(), area.top(), area.width(), area.height() * 0.17 if roomy else -gap)
        if roomy:
            _goods(painter, look, goods, view)
        field = QRectF(area.left(), area.bottom() - area.height() * 0.2, area.width(), area.height() * 0.2)
        _field(painter, look, field, view)
        room = QRectF(area.left(), goods.bottom() + gap, area.width(), field.top() - goods.bottom() - 2 * gap)
        return draw_lots(painter, look, room, lots, over)
    left = QRectF(area.left(), area.top(), area.width() * 0.3, area.height())
    places: list[Place] = []
    if view.ask == "quantity":
        cells = draw_keys_pad(painter, look, left, over.removeprefix(PRESSED))
        places = [(box, f"{PRESSED}{figure}") for box, figure in cells]
    else:
        draw_thing(painter, look, left, f"print.{view.ask}")
    right = QRectF(left.right() + look.px(24), area.top(), area.right() - left.right() - look.px(24), area.height())
    goods = QRectF(right.left(), right.top(), right.width(), right.height() * 0.34)
    _goods(painter, look, goods, view)
    share = 0.36 if view.ask == "quantity" else 0.42
    field = QRectF(right.left(), goods.bottom() + gap, right.width(), right.height() * share)
    _field(painter, look, field, view)
    if view.ask == "quantity":
        _draw_counted(
            painter, look, QRectF(right.left(), field.bottom() + gap, right.width(), right.height() * 0.2), view
        )
    return places


def _counted(look: Look, view: BenchView) -> str:
    done, wanted = view.counts()
    return look.say("window.ask.counted", done=done, wanted=wanted) if wanted else ""


def _draw_counted(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    done, wanted = view.counts()
    if not wanted:
        return
    text = QRectF(box.left(), box.top(), box.width(), box.height() * 0.6)
    draw_fitted(painter, text, _counted(look, view), look.colour("ink"), look.px(26), look.px(14), most=1, bold=True)
    if wanted <= 40:
        pips = QRectF(box.left(), text.bottom() + look.px(3), box.width(), box.height() * 0.3)
        big_pips(painter, look, pips, done, wanted)


# --- one more, no code, why allowed -------------------------------------------------------------------------------


def _draw_one_more(painter: QPainter, look: Look, area: QRectF, view: BenchView, over: str) -> list[Place]:
    """The same piece twice, the second one doubtful: yes is another scan, no is a code."""
    gap = float(look.px(14))
    yes = QRectF(area.left(), area.top(), area.width() * 0.62, area.height())
    card(painter, yes, look.colour("paper"), look.colour("ok"), look.px(10), look.px(3))
    inner = yes.adjusted(look.px(16), look.px(12), -look.px(16), -look.px(10))
    line = view.line()
    side = min(inner.height() * 0.52, inner.width() * 0.4)
    shift = side * 0.62
    left = inner.center().x() - side - shift * 0.2
    sku, path = (line.sku, line.picture) if line is not None else (str(asked_of(view).get("scanned") or ""), "")
    for number in range(2):
        at = QRectF(left + number * side * 1.16, inner.top(), side, side)
        pictured(painter, look, at, path, sku, look.px(10))
        small = side * 0.36
        disc = QRectF(at.right() - small * 0.7, at.top() - small * 0.12, small, small)
        draw_disc(painter, disc, "warning" if number else "ok")
    text = QRectF(inner.left(), inner.top() + side + look.px(6), inner.width(), inner.height() - side - look.px(6))
    words = look.say("window.choice.one_more.yes")
    draw_fitted(painter, text, words, look.colour("ink"), look.px(28), look.px(14), most=2, bold=True, align="centre")
    no = QRectF(yes.right() + gap, area.top(), area.right() - yes.right() - gap, area.height())
    return draw_choices(painter, look, no, "one_more", ("KP-CANCEL",), over)


def _draw_no_code(painter: QPainter, look: Look, area: QRectF, view: BenchView, over: str) -> list[Place]:
    """The goods, the other person's badge, and where they are enough the reasons."""
    codes, gap = choices_of(view), float(look.px(14))
    share = 0.27 if codes else 0.46
    goods = QRectF(area.left(), area.top(), area.width() * share, area.height())
    unit = goods.height() / 100
    line = view.line()
    draw_thing(painter, look, QRectF(goods.left(), goods.top(), goods.width(), unit * 52), "bare")
    name = QRectF(goods.left(), goods.top() + unit * 55, goods.width(), unit * 32)
    draw_fitted(
        painter,
        name,
        _name(look, view),
        look.colour("ink"),
        look.px(26),
        look.px(13),
        most=3,
        bold=True,
        align="centre",
    )
    shelf = line.shelf if line is not None else ""
    if shelf:
        at = QRectF(goods.left(), name.bottom(), goods.width(), unit * 13)
        words = look.say("window.pack.shelf", shelf=shelf)
        draw_fitted(painter, at, words, look.colour("ink"), look.px(22), look.px(12), most=1, align="centre")
    person = QRectF(goods.right() + gap, area.top(), area.width() * share, area.height())
    if not codes:
        person.setRight(area.right())
    card(painter, person, look.colour("paper"), look.colour("warning"), look.px(10), look.px(2))
    inner = person.adjusted(look.px(10), look.px(10), -look.px(10), -look.px(8))
    draw_thing(painter, look, QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.62), "badge")
    under = QRectF(inner.left(), inner.top() + inner.height() * 0.66, inner.width(), inner.height() * 0.34)
    words = look.say("window.choice.no_code.person")
    draw_fitted(painter, under, words, look.colour("ink"), look.px(26), look.px(13), most=3, bold=True, align="centre")
    if not codes:
        return []
    rows = QRectF(person.right() + gap, area.top(), area.right() - person.right() - gap, area.height())
    return _draw_rows(painter, look, rows, "no_code", codes, over)


def _draw_rows(painter: QPainter, look: Look, area: QRectF, ask: str, codes: Sequence[str], over: str) -> list[Place]:
    """Draw answers one below the other, each with its code."""
    gap = float(look.px(10))
    high = (area.height() - gap * (len(codes) - 1)) / len(codes)
    places: list[Place] = []
    for number, code in enumerate(codes):
        cell = QRectF(area.left(), area.top() + number * (high + gap), area.width(), high)
        ground = look.colour("chosen" if over == code else "paper")
        card(painter, cell, ground, look.colour("warning"), look.px(10), 2)
        places.append((cell, code))
        inner = cell.adjusted(look.px(10), look.px(6), -look.px(12), -look.px(6))
        side = min(inner.height(), float(look.px(100)))
        draw_matrix(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), code)
        left = inner.left() + side + look.px(12)
        key_high = min(float(look.px(30)), inner.height() * 0.36)
        key = draw_key(painter, look, left + look.px(29), inner.top() + look.px(2), key_high, code)
        text = QRectF(left, key.bottom() + 2, inner.right() - left, inner.bottom() - key.bottom() - 2)
        words = look.say(f"window.choice.{ask}.{code}")
        draw_fitted(painter, text, words, look.colour("ink"), look.px(24), look.px(13), most=2, bold=True)
    return places


def _draw_allow(painter: QPainter, look: Look, area: QRectF, view: BenchView, over: str) -> list[Place]:
    """Who allows it, and the reasons."""
    leader = str(view.asked.args.get("leader") or "") if view.asked is not None else ""
    person = QRectF(area.left(), area.top(), area.width() * 0.2, area.height())
    draw_thing(painter, look, person.adjusted(0, 0, 0, -area.height() * 0.16), "badge", leader)
    under = QRectF(person.left(), person.bottom() - area.height() * 0.14, person.width(), area.height() * 0.14)
    words = _leader(look, view)
    draw_fitted(painter, under, words, look.colour("ink"), look.px(20), look.px(12), most=1, align="centre")
    rest = QRectF(person.right() + look.px(18), area.top(), area.right() - person.right() - look.px(18), area.height())
    about = "allow_weight" if view.weight_stopped else "allow_reason"
    return draw_choices(painter, look, rest, about, choices_of(view), over)


_DRAW: Mapping[str, Callable[[QPainter, Look, QRectF, BenchView, str], list[Place]]] = {
    "which": draw_options,
    "one_more": _draw_one_more,
    "no_code": _draw_no_code,
    "allow_reason": _draw_allow,
} | dict.fromkeys(_TYPED, _draw_typed)


def draw_hand(painter: QPainter, look: Look, box: QRectF, view: BenchView, over: str) -> list[Place]:
    """Draw the question over the whole prompt; return the places that can be tapped.

    What belongs to the work (lot, date, serial, number) is calm; what is doubtful has the colours of a warning.
    """
    doubt = view.ask not in _TYPED
    ground, edge = ("warning_ground", "warning") if doubt else ("paper", "brand")
    card(painter, box, look.colour(ground), look.colour(edge), look.px(13), look.px(3))
    pad = float(look.px(26))
    inner = box.adjusted(pad, pad * 0.7, -pad, -pad * 0.8)
    ink = look.colour("warning" if doubt else "ink")
    share = 0.42 if view.ask == "allow_reason" else 0.27
    area = draw_head(painter, look, inner, share, hand_head(look, view), ink, "warning" if doubt else "")
    return _DRAW[view.ask](painter, look, area, view, over)


def draw_wanted(painter: QPainter, look: Look, box: QRectF, view: BenchView) -> None:
    """Draw the question small, below a refusal: what is still wanted, and what is being typed."""
    if view.ask == "which":
        head = QRectF(box.left(), box.top(), box.width(), box.height() * 0.3)
        words = look.say("window.ask.which_short")
        draw_fitted(painter, head, words, look.colour("ink"), look.px(36), look.px(18), most=1, bold=True)
        rest = QRectF(box.left(), head.bottom() + look.px(6), box.width(), box.bottom() - head.bottom() - look.px(6))
        draw_keys(painter, look, rest, [(code, each.name, each.marks) for code, each in options_of(look, view)])
        return
    if view.ask not in _TYPED:
        words = look.say(f"window.ask.{view.ask}_short")
        draw_fitted(
            painter, box, words, look.colour("ink"), look.px(44), look.px(18), most=3, bold=True, align="centre"
        )
        return
    left = QRectF(box.left(), box.top(), min(box.height() * 0.85, box.width() * 0.3), box.height())
    draw_thing(painter, look, left, "keys" if view.ask == "quantity" else f"print.{view.ask}")
    right = QRectF(left.right() + look.px(22), box.top(), box.right() - left.right() - look.px(22), box.height())
    head = QRectF(right.left(), right.top(), right.width(), right.height() * 0.3)
    title, _ = hand_head(look, view)
    draw_fitted(painter, head, title, look.colour("ink"), look.px(38), look.px(18), most=1, bold=True)
    rows = lots_of(look, view)
    name = QRectF(right.left(), head.bottom(), right.width(), right.height() * 0.24 if len(rows) <= 2 else 0)
    if len(rows) <= 2:
        draw_fitted(painter, name, _name(look, view), look.colour("ink"), look.px(24), look.px(13), most=2, bold=True)
    rest = QRectF(right.left(), name.bottom() + look.px(6), right.width(), right.bottom() - name.bottom() - look.px(6))
    if not rows or view.typed:
        _field(painter, look, rest, view)
    else:
        draw_keys(painter, look, rest, [(code, f"{big}  {more}".strip(), ()) for code, big, more, _ in rows])
