"""Noshi paper のし紙: 表書き above the knot, 名入れ below it, written from the top down; the knot in its colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.documents._gift_strip import STRIP, strip
from app.documents._sheet import Sheet, Style
from app.documents._upright import column, column_size
from app.domain.gift_papers import NoshiPaper, NoshiPapers
from app.domain.noshi import Cover, Knot, cords, has_ornament
from app.domain.papers import Rendered
from app.text import Texts

__all__ = ["ID", "render"]

ID = "noshi"
"""Name of the paper."""

SIZES = {"A5": (210.0, 148.0), "B5": (257.0, 182.0), "A4": (297.0, 210.0)}
"""Papers, lying, in millimetres."""
_RED, _WHITE, _YELLOW, _BLACK, _EDGE = "#C4122F", "#FFFFFF", "#E3B100", "#1B1B1B", "#8D99A2"
_COLOURS = {
    Knot.BOW: (_WHITE, _RED),
    Knot.TIED: (_WHITE, _RED),
    Knot.YELLOW: (_WHITE, _YELLOW),
    Knot.BLACK: (_WHITE, _BLACK),
}
"""Colours of the cords at the left and at the right."""
_EDGE_MM = 4.5
"""Nearer to its edge no printer prints."""
_ONE_COLUMN = 12
"""Characters of a name that stand well in one column."""
Point = tuple[float, float]


def render(value: NoshiPapers, words: Texts) -> Rendered:
    """Draw the papers, one a page."""
    sheet = Sheet(words.say("paper.noshi.title"), words)
    for paper in value.papers:
        _page(sheet, paper, words)
    return sheet.finish()


def _page(sheet: Sheet, paper: NoshiPaper, words: Texts) -> None:
    size = SIZES[paper.size]
    width, face = size[0], size[1] - STRIP
    sheet.page(size)
    middle, scale = face * 0.5, face / 132.0
    if paper.knot is not Knot.PLAIN:
        _cords(sheet, paper, width, middle, scale)
    if has_ornament(paper.knot, paper.title):
        _ornament(sheet, width * 0.86, face * 0.06, 22 * scale)
    if paper.title:
        top, high = face * 0.06, face * (0.33 if paper.knot is not Knot.PLAIN else 0.4)
        style = Style(column_size(sheet, paper.title, high, 60 * scale))
        column(sheet, width / 2, top, paper.title, style, high)
    if paper.names:
        _names(sheet, paper, width, face, scale)
    said = [words.say(f"noshi.knot.{paper.knot}")]
    said += [words.say(f"noshi.cover.{paper.cover}")] if paper.cover is not Cover.ANY else []
    strip(sheet, words, size, paper.code, paper.number, " / ".join([*said, *filter(None, (paper.title,))]),
          paper.copy_reason)  # fmt: skip


def _names(sheet: Sheet, paper: NoshiPaper, width: float, face: float, scale: float) -> None:
    """Names side by side, the first at the right, all in one size; a long one alone takes several columns."""
    top, high = face * 0.66, face * 0.31
    columns = paper.names if len(paper.names) > 1 else _parted(paper.names[0])
    most = {1: 40.0, 2: 34.0}.get(len(columns), 28.0) * scale
    size = min(column_size(sheet, text, high, most) for text in columns)
    apart = max(size * 0.5, 11 * scale) if len(paper.names) > 1 else size * 0.5
    style = Style(size)
    for place, text in enumerate(columns):
        x = width / 2 + ((len(columns) - 1) / 2 - place) * apart
        column(sheet, x, top, text, style, high if len(columns) == 1 else 0.0)


def _parted(name: str) -> tuple[str, ...]:
    """Part a long name, such as a company with the name of its head, into at most three columns."""
    if len(name) <= _ONE_COLUMN:
        return (name,)
    words = name.split()
    if len(words) == 1:
        half = -(-len(name) // 2)
        return name[:half], name[half:]
    return (words[0], words[1], " ".join(words[2:])) if len(words) > 2 else (words[0], words[1])


# --- the knot -----------------------------------------------------------------------------------------------------


def _cords(sheet: Sheet, paper: NoshiPaper, width: float, middle: float, scale: float) -> None:
    number = cords(paper.knot, paper.title)
    left, right = _COLOURS[paper.knot]
    pitch = (1.55 if number <= 5 else 1.15) * scale
    weight, cx = pitch * 0.78, width / 2

    def cord(points: Sequence[Point], colour: str) -> None:
        if colour == _WHITE:
            sheet.track(points, weight, _EDGE)
            sheet.track(points, weight * 0.7, _WHITE)
        else:
            sheet.track(points, weight, colour)

    for at in range(number):
        y = middle + (at - (number - 1) / 2) * pitch
        cord([(_EDGE_MM, y), (cx, y)], left)
        cord([(cx, y), (width - _EDGE_MM, y)], right)
    draw = _bow if paper.knot is Knot.BOW else _tied
    for at in range(number):
        draw(cord, cx, middle, at, number, pitch, scale, (left, right))
    band = number * pitch * 0.5
    for at in range(number):
        x = cx + (at - (number - 1) / 2) * pitch * 0.8
        cord([(x, middle - band * 1.15), (x, middle + band * 1.15)], left if at < number / 2 else right)


Draw = Callable[[Sequence[Point], str], None]


def _bow(
    cord: Draw, cx: float, cy: float, at: int, number: int, pitch: float, scale: float, colours: tuple[str, str]
) -> None:
    """One cord of a bow: two loops outwards and up, two ends outwards and down."""
    out = (at - (number - 1) / 2) * pitch
    for side, colour in zip((-1, 1), colours, strict=True):
        wide, up, down = 34 * scale + out, 13 * scale + out, 3 * scale + out
        tip = (cx + side * wide, cy - up * 0.15)
        over = _curve((cx, cy), (cx + side * wide * 0.7, cy - up * 1.7), (cx + side * wide * 1.25, cy - up * 0.9), tip)
        under = _curve(tip, (cx + side * wide * 0.86, cy + down), (cx + side * wide * 0.4, cy + down * 0.6), (cx, cy))
        cord(over + under, colour)
        end = (cx + side * (25 * scale - out * 0.6), cy + 17 * scale + out * 0.5)
        bent = (cx + side * (19 * scale - out * 0.6), cy + 6 * scale + out)
        cord(_curve((cx, cy), (cx + side * 8 * scale, cy + out * 0.4), bent, end), colour)


def _tied(
    cord: Draw, cx: float, cy: float, at: int, number: int, pitch: float, scale: float, colours: tuple[str, str]
) -> None:
    """One cord of a knot that does not come undone: both ends outwards and up."""
    out = (at - (number - 1) / 2) * pitch
    for side, colour in zip((-1, 1), colours, strict=True):
        end = (cx + side * (27 * scale + out * 0.75), cy - 19 * scale + out * 0.75)
        first = (cx + side * 9 * scale, cy + 5 * scale + out)
        second = (cx + side * (21 * scale + out), cy + 2 * scale + out)
        cord(_curve((cx, cy + out * 0.3), first, second, end), colour)


def _curve(start: Point, first: Point, second: Point, end: Point, steps: int = 20) -> list[Point]:
    """Points along a Bézier curve."""
    made = []
    for at in range(steps + 1):
        t = at / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        made.append(
            (
                a * start[0] + b * first[0] + c * second[0] + d * end[0],
                a * start[1] + b * first[1] + c * second[1] + d * end[1],
            )
        )
    return made


def _ornament(sheet: Sheet, x: float, top: float, high: float) -> None:
    """The folded noshi: red and white paper around a strip of abalone, wide above and narrow below."""
    wide = high * 0.36

    def shape(points: Sequence[Point], colour: str) -> None:
        sheet.shape([(x + right * wide, top + down * high) for right, down in points], colour)

    shape([(-0.5, 0.1), (0.0, 0.0), (0.5, 0.1), (0.24, 0.92), (0.0, 1.0), (-0.24, 0.92)], _EDGE)
    shape([(-0.47, 0.11), (0.0, 0.015), (0.47, 0.11), (0.22, 0.91), (0.0, 0.985), (-0.22, 0.91)], _WHITE)
    shape([(-0.47, 0.11), (-0.16, 0.05), (-0.05, 0.94), (-0.22, 0.91)], _RED)
    shape([(0.47, 0.11), (0.16, 0.05), (0.05, 0.94), (0.22, 0.91)], _RED)
    shape([(-0.07, 0.04), (0.07, 0.04), (0.03, 0.96), (-0.03, 0.96)], _YELLOW)
    sheet.line(x - 0.33 * wide, top + 0.55 * high, x + 0.33 * wide, top + 0.55 * high, 0.7, _WHITE)
    sheet.line(x - 0.33 * wide, top + 0.55 * high, x + 0.33 * wide, top + 0.55 * high, 0.3, _RED)
