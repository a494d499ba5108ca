"""The chart of ``kenpin simulate`` as SVG: wrong parcels by set of rules, and what each set lets out by kind."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.domain.mispicks import MISPICKS, Mispick
from app.services.simulate.run import Result
from app.text import Texts

__all__ = ["draw"]

_INK, _SOFT, _RULE, _PAPER = "#14212B", "#5A6B78", "#D5DDE2", "#FFFFFF"
_BAR, _GOOD, _BAD = "#123B5D", (221, 243, 234), (179, 38, 30)
_WIDTH, _EDGE, _NAME = 1000, 28, 320
_BAR_STEP, _ROW = 40, 28
_FONT = "BIZ UDPGothic, Noto Sans JP, Helvetica, Arial, sans-serif"
_PER = 10_000
"""Orders that the figures by kind are told for."""


def draw(words: Texts, results: Sequence[Result]) -> str:
    """Return the chart of one or several sets of rules."""
    top = 92
    grid = top + _BAR_STEP * len(results) + 84
    height = grid + _ROW * len(Mispick) + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' font-family="{_FONT}" font-size="15" fill="{_INK}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        _text(_EDGE, 40, words.say("simulate.chart.title"), size=22, bold=True),
        _text(_EDGE, 66, words.say("simulate.chart.orders", orders=f"{results[0].orders:,}"), ink=_SOFT),
        *_bars(words, results, top),
        *_grid(words, results, grid),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _text(
    x: float, y: float, text: str, *, size: int = 15, ink: str = _INK, at: str = "start", bold: bool = False
) -> str:
    weight = "bold" if bold else "normal"
    look = f'font-size="{size}" font-weight="{weight}" fill="{ink}" text-anchor="{at}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" rx="3"/>'


def _bars(words: Texts, results: Sequence[Result], top: int) -> list[str]:
    """Share of wrong parcels as bars, with the 95 % interval on each."""
    most = max(each.interval[1] for each in results)
    left, room = _EDGE + _NAME, _WIDTH - 2 * _EDGE - _NAME - 190
    parts = [f'<line x1="{left}" y1="{top}" x2="{left}" y2="{top + _BAR_STEP * len(results)}" stroke="{_RULE}"/>']
    for at, each in enumerate(results):
        middle = top + _BAR_STEP * at + _BAR_STEP / 2
        low, high = (left + room * bound / most for bound in each.interval)
        whisker = f"M{low:.1f} {middle - 6}v12M{low:.1f} {middle}H{high:.1f}M{high:.1f} {middle - 6}v12"
        parts += [
            _text(left - 12, middle + 5, words.say(f"simulate.rules.{each.rules.name}"), at="end"),
            _box(left, middle - 11, room * each.rate / most, 22, _BAR),
            f'<path d="{whisker}" stroke="{_PAPER}" stroke-width="4" fill="none"/>',
            f'<path d="{whisker}" stroke="{_SOFT}" stroke-width="2" fill="none"/>',
            _text(high + 12, middle + 5, f"{100 * each.rate:.3f} %", bold=True),
        ]
    return parts


def _grid(words: Texts, results: Sequence[Result], top: int) -> list[str]:
    """What went out, of 10,000 orders, by kind and set of rules; the darker the more."""
    column = (_WIDTH - 2 * _EDGE - _NAME) / len(results)
    parts = [_text(_EDGE, top - 34, words.say("simulate.chart.by_kind", orders=f"{_PER:,}"), bold=True)]
    most = max(_out(each, kind) for each in results for kind in Mispick) or 1.0
    for at, each in enumerate(results):
        middle = _EDGE + _NAME + column * (at + 0.5)
        parts.append(_text(middle, top - 10, words.say(f"simulate.short.{each.rules.name}"), ink=_SOFT, at="middle"))
    for row, (kind, about) in enumerate(MISPICKS.items()):
        y = top + _ROW * row
        parts.append(_text(_EDGE, y + 19, f"{about.number}", ink=_SOFT))
        parts.append(_text(_EDGE + 28, y + 19, words.say(f"simulate.kind.{kind}")))
        for at, each in enumerate(results):
            out = _out(each, kind)
            x = _EDGE + _NAME + column * at
            made = each.fates[kind].made > 0
            fill, ink = _shade(out / most) if made else (_PAPER, _SOFT)
            shown = f"{out:.1f}" if out else "0"
            parts.append(_box(x + 2, y + 2, column - 4, _ROW - 4, fill))
            parts.append(_text(x + column / 2, y + 19, shown if made else "–", ink=ink, at="middle"))
    return parts


def _out(result: Result, kind: Mispick) -> float:
    return _PER * result.fates[kind].missed / result.orders


def _shade(share: float) -> tuple[str, str]:
    """Return ground and ink of a cell; the root keeps small figures visible."""
    mixed = share**0.5
    red, green, blue = (round(low + (high - low) * mixed) for low, high in zip(_GOOD, _BAD, strict=True))
    return f"#{red:02X}{green:02X}{blue:02X}", _PAPER if mixed > 0.55 else _INK
