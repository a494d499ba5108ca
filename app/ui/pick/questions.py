"""Questions to a picker: why goods are short, another shelf, is the shelf empty, a new tote, how many, who goes on."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.modes import Stage
from app.services.answers import sentence
from app.ui.lettering import draw_fitted, split_sentence
from app.ui.look import Look
from app.ui.pack.asked import PRESSED, draw_head
from app.ui.pack.goods_drawings import draw_keys_pad, draw_thing
from app.ui.pack.papers import Place, draw_choices
from app.ui.pick.state import NUMBERED, JobView, choices_of
from app.ui.shapes import card, pictured

__all__ = ["draw_question", "draw_question_small", "question_texts", "question_told"]

_CALM = ("new_tote", "quantity", "found", "short_line")
"""Questions that belong to the work; the others are doubtful."""


def question_texts(look: Look, view: JobView) -> tuple[str, str]:
    """Return the question in a few words, and what it is about or what to do."""
    say, name = look.say, view.asked_name(look.language)
    match view.ask:
        case "take_over":
            rest = sentence(look.words, view.asked.key, view.asked.args) if view.asked is not None else ""
            return say("window.pick.ask.take_over"), rest or say("window.pick.ask.take_over_more")
        case "other_shelf" | "empty":
            head = say(f"window.pick.ask.{view.ask}", shelf=view.text("other_shelf"))
            pieces = view.asked.args.get("pieces") if view.asked is not None else None
            rest = say("window.pick.ask.other_pieces", name=name, count=pieces) if pieces else name
            return head, rest
        case "new_tote":
            tote, place = view.text("tote"), view.number("place")
            return split_sentence(say("window.pick.ask.new_tote", tote=tote, place=place))
        case "short_line":
            wall = view.stage is Stage.SORT
            return split_sentence(say("short.which_slot" if wall else "window.pick.ask.short_line"))
    about = say("window.pick.ask.about", name=name, count=view.number("left")) if name else ""
    return say(f"window.pick.ask.{view.ask}"), about


def question_told(look: Look, view: JobView) -> list[str]:
    """Return in words what is drawn."""
    told = [*question_texts(look, view), view.typed]
    return [text for text in told if text]


def draw_question(painter: QPainter, look: Look, box: QRectF, view: JobView, over: str) -> list[Place]:
    """Draw the question over the whole prompt; return the places that can be tapped."""
    doubt = view.ask not in _CALM
    ground, edge = ("warning_ground", "warning") if doubt else ("paper", "brand")
    card(painter, box, look.colour(ground), look.colour(edge), look.px(13), look.px(3))
    inner = box.adjusted(look.px(24), look.px(14), -look.px(24), -look.px(16))
    ink = look.colour("warning" if doubt else "ink")
    area = draw_head(painter, look, inner, 0.3, question_texts(look, view), ink, "warning" if doubt else "")
    if view.ask in NUMBERED:
        return _draw_number(painter, look, area, view, over)
    choices = choices_of(view)
    if choices:
        return _draw_choices(painter, look, area, view, choices, over)
    line = ("slot", "?") if view.stage is Stage.SORT else ("print.code", "")
    things = {"new_tote": ("tote", "?"), "short_line": line, "take_over": ("list", "")}
    thing, words = things[view.ask]
    draw_thing(painter, look, area.adjusted(0, area.height() * 0.06, 0, 0), thing, words)
    return []


def _draw_choices(
    painter: QPainter, look: Look, area: QRectF, view: JobView, choices: tuple[str, ...], over: str
) -> list[Place]:
    """The goods or the shelf at the left, the answers beside them."""
    share = 0.24 if len(choices) < 3 or area.width() > look.px(600) else 0.0
    left = QRectF(area.left(), area.top(), area.width() * share, area.height())
    if not share:
        return draw_choices(painter, look, area, view.ask, choices, over)
    if view.ask == "short_reason":
        side = min(left.width(), left.height())
        picture = QRectF(left.left(), left.center().y() - side / 2, side, side)
        pick = view.pick
        pictured(painter, look, picture, pick.picture if pick else "", view.text("sku"), look.px(10))
    else:
        draw_thing(painter, look, left, "shelf", view.text("other_shelf"))
    rest = QRectF(left.right() + look.px(18), area.top(), area.right() - left.right() - look.px(18), area.height())
    return draw_choices(painter, look, rest, view.ask, choices, over)


def _draw_number(painter: QPainter, look: Look, area: QRectF, view: JobView, over: str) -> list[Place]:
    """A keyboard for fingers, and what was typed."""
    left = QRectF(area.left(), area.top(), area.width() * 0.42, area.height())
    cells = draw_keys_pad(painter, look, left, over.removeprefix(PRESSED))
    right = QRectF(left.right() + look.px(20), area.top(), area.right() - left.right() - look.px(20), area.height())
    _draw_typed(painter, look, right.adjusted(0, right.height() * 0.14, 0, -right.height() * 0.3), view)
    foot = QRectF(right.left(), right.bottom() - right.height() * 0.26, right.width(), right.height() * 0.26)
    draw_fitted(
        painter, foot, look.say("window.pick.ask.number_end"), look.colour("soft"), look.px(22), look.px(13), most=2
    )
    return [(box, f"{PRESSED}{figure}") for box, figure in cells]


def _draw_typed(painter: QPainter, look: Look, box: QRectF, view: JobView) -> None:
    card(painter, box, look.colour("paper"), look.colour("brand"), look.px(10), look.px(3))
    size = int(min(look.px(96.0), box.height() * 0.8))
    inner = box.adjusted(look.px(18), 0, -look.px(18), 0)
    draw_fitted(
        painter, inner, f"{view.typed[-4:]}▏", look.colour("ink"), size, look.px(18), most=1, bold=True, fixed=True
    )


def draw_question_small(painter: QPainter, look: Look, box: QRectF, view: JobView) -> None:
    """Draw the question below a refusal: what is still wanted, and what is being typed."""
    head, rest = question_texts(look, view)
    typed = view.ask in NUMBERED and bool(view.typed)
    top = QRectF(box.left(), box.top(), box.width(), box.height() * (0.4 if typed or rest else 1))
    draw_fitted(painter, top, head, look.colour("ink"), look.px(38), look.px(18), most=2, bold=True)
    under = QRectF(box.left(), top.bottom() + look.px(6), box.width(), box.bottom() - top.bottom() - look.px(6))
    if typed:
        _draw_typed(painter, look, under, view)
    elif rest:
        draw_fitted(painter, under, rest, look.colour("soft"), look.px(24), look.px(14), most=3, vertical="top")
