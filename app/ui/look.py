"""How everything looks: colours, sizes that grow with the window, and the sentences of the language in use.

One :class:`Look` is handed to every widget; whoever changes it asks the screens to show themselves again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtGui import QColor, QFont, QFontDatabase

from app import fonts
from app.text import Texts, texts

__all__ = ["DARK", "LIGHT", "PALETTES", "Look", "Palette", "register_fonts"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme; text on its ground has a contrast of at least 4.5, in prompts 7."""

    ink: str
    """Text."""
    soft: str
    """Text of less weight."""
    ground: str
    """Behind the cards."""
    paper: str
    """Cards."""
    line: str
    """Edges of cards and rows."""
    brand: str
    """Large figures and what is chosen."""
    chosen: str
    """Ground of what is chosen."""
    rail: str
    rail_ink: str
    ok: str
    ok_ground: str
    ok_fill: str
    """Full ground under white letters; the same for the other kinds."""
    error: str
    error_ground: str
    error_fill: str
    warning: str
    warning_ground: str
    warning_fill: str
    info: str
    info_ground: str
    info_fill: str
    blank: str
    """Stands for what is not there yet: open places, missing pictures."""

    def kind(self, kind: str) -> tuple[str, str, str]:
        """Return text, ground and fill of ``ok``, ``error``, ``warning``, ``info``, else the quiet ones."""
        match kind:
            case "ok":
                return self.ok, self.ok_ground, self.ok_fill
            case "error":
                return self.error, self.error_ground, self.error_fill
            case "warning":
                return self.warning, self.warning_ground, self.warning_fill
            case "info":
                return self.info, self.info_ground, self.info_fill
        return self.soft, self.ground, self.brand


LIGHT = Palette(
    ink="#14212B",
    soft="#44545F",
    ground="#EEF2F4",
    paper="#FFFFFF",
    line="#D3DCE2",
    brand="#123B5D",
    chosen="#E6EFF9",
    rail="#123B5D",
    rail_ink="#E3EDF5",
    ok="#065A42",
    ok_ground="#DDF3EA",
    ok_fill="#08624A",
    error="#8E1B14",
    error_ground="#FCE4E1",
    error_fill="#A11F18",
    warning="#5C3D00",
    warning_ground="#FFF0CC",
    warning_fill="#6B4600",
    info="#123B5D",
    info_ground="#E1EDF9",
    info_fill="#185495",
    blank="#DCE4E9",
)

DARK = Palette(
    ink="#E8F0F4",
    soft="#B9C7D1",
    ground="#0F181E",
    paper="#18242D",
    line="#31424F",
    brand="#A9D1F7",
    chosen="#17344E",
    rail="#0A2135",
    rail_ink="#D5E4EF",
    ok="#79E2B9",
    ok_ground="#113629",
    ok_fill="#08624A",
    error="#FFB4AB",
    error_ground="#4A1714",
    error_fill="#A11F18",
    warning="#FFD88A",
    warning_ground="#4A3500",
    warning_fill="#6B4600",
    info="#A9D1F7",
    info_ground="#12314F",
    info_fill="#185495",
    blank="#2A3A46",
)

PALETTES = {"light": LIGHT, "dark": DARK}
"""Themes by their name in the settings."""

_BASE = 768.0, 1366.0
"""Height and width of the window that sizes are written for."""


class Look:
    """What widgets look at when they paint: palette, scale, sentences."""

    def __init__(self, language: str, theme: str) -> None:
        self.palette = PALETTES.get(theme, LIGHT)
        """Colours in use."""
        self.theme = theme
        """Name of the colours in use."""
        self.scale = 1.0
        """Size of everything; 1 at 1366 × 768."""
        self.words: Texts = texts(language, joined=True)
        """Sentences in use, their readings marked for :mod:`app.ui.lettering`."""
        self.zone: ZoneInfo | None = None
        """The shop's time zone; None while it is not known, then the computer's."""

    @property
    def language(self) -> str:
        """Language in use."""
        return self.words.language

    def speak(self, language: str) -> None:
        """Use another language."""
        self.words = texts(language, joined=True)

    def wear(self, theme: str) -> None:
        """Use other colours."""
        self.theme = theme
        self.palette = PALETTES.get(theme, LIGHT)

    def fit(self, width: int, height: int) -> bool:
        """Take the scale for a window of this size; return whether it changed."""
        scale = max(0.9, min(height / _BASE[0], width / _BASE[1], 4.0))
        if abs(scale - self.scale) < 0.015:
            return False
        self.scale = scale
        return True

    def clock(self, moment: int) -> str:
        """Return a moment (milliseconds since 1970 UTC) as the shop's clock shows it, with the day if it is another."""
        when = datetime.fromtimestamp(moment / 1000, UTC).astimezone(self.zone)
        today = when.date() == datetime.now(UTC).astimezone(self.zone).date()
        return when.strftime("%H:%M") if today else when.strftime("%m/%d %H:%M")

    def today(self) -> str:
        """Return the shop's day as ``YYYY-MM-DD``."""
        return datetime.now(UTC).astimezone(self.zone).date().isoformat()

    def px(self, size: float) -> int:
        """Return *size* of the base window in pixels of this one."""
        return max(1, round(size * self.scale))

    def say(self, key: str, /, **args: object) -> str:
        """Return a sentence."""
        return self.words.say(key, **args)

    def font(self, size: float, bold: bool = False, fixed: bool = False) -> QFont:
        """Return the house font; *size* in pixels of the base window."""
        return make_font(self.px(size), bold, fixed)

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette by its name."""
        return QColor(getattr(self.palette, name))


def make_font(pixels: int, bold: bool = False, fixed: bool = False) -> QFont:
    """Return the house font in real pixels."""
    font = QFont(fonts.FAMILY_FIXED if fixed else fonts.FAMILY)
    font.setPixelSize(max(1, pixels))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # hinting cuts the short tails of g, p and y
    return font


def register_fonts() -> None:
    """Make the shipped fonts known to Qt; a missing file is seen at once in the set-up test, not here."""
    for path in (fonts.regular(), fonts.bold(), fonts.fixed()):
        if path.exists():
            QFontDatabase.addApplicationFont(str(path))
