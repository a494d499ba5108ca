"""How a template of a label is written (TOML), and reading it strictly.

::

    title = { ja = "商品ラベル", en = "Product label" }

    [[size.60x40.items]]                  # mm; 4x6 is inches
    text = { ja = "品名 {name}", en = "{name}" }   # or one text for all languages
    box = [2, 2, 56, 9]                   # left, top, width, height
    letters = 3.6                         # height of a character
    least = 2.4                           # smallest that it becomes before it counts as too long
    lines = 2
    one_line = 3.0                        # stays on one line as long as its letters are so high at least
    bold = true
    align = "left"                        # left, centre, right
    over = "cut"                          # stop: the label is not printed; cut: … and that is said; next: goes on
    if = "lot and not copy"               # only where these fields are filled, or are not

    [[size.60x40.items]]
    code = "{code}"
    symbology = "gtin"                    # code128, gs1_128, gtin, itf14, code39, nw7, qr, datamatrix, gs1_datamatrix …
    box = [1, 15, 58, 18]
    below = true                          # whether its text stands below the bars

    [[size.60x40.items]]
    line = [2, 34, 56]                    # left, top, length; upright = true for one from top to bottom
    thick = 0.3

    [[size.60x40.items]]
    frame = [1, 1, 58, 38]

    [[size.60x40.items]]
    picture = "logo"
    box = [40, 2, 18, 9]

``[[size.60x40.more]]`` is the label that follows where a text with ``over = "next"`` goes on; ``{rest}`` on it is what
goes on, ``called`` of an item is what it is called there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from typing import Any, cast

from app.domain.label import Align, Over, Symbology
from app.domain.label_media import media_mm
from app.domain.label_templates import FIELDS, GTIN, PICTURES, Condition, Drawing, LabelTemplate, TemplateForm, Words
from app.domain.templates import STANDARD, TemplateFault
from app.domain.toml_text import read_toml

__all__ = ["LabelRead", "read_label_template"]

_LANGUAGES = ("ja", "en")
_TOP = ("title", "goes_on", "rest", "size")
_COMMON = ("box", "if")
_KEYS = {
    "text": ("text", "letters", "least", "bold", "align", "lines", "over", "one_line", "called", *_COMMON),
    "code": ("code", "symbology", "below", "align", *_COMMON),
    "picture": ("picture", *_COMMON),
    "line": ("line", "thick", "upright", "if"),
    "frame": ("frame", "thick", "if"),
}
_ALWAYS = ("bars", "qr")
"""Fields of every label that only conditions ask for."""
_SYMBOLOGIES = (GTIN, *(str(each) for each in Symbology))
_ALIGNS = ("left", "centre", "right")
_FIELD = re.compile(r"\{([^{}]*)\}")
_MOST_TEXT, _MOST_ITEMS, _MOST_SIZES = 500, 100, 20
_LEAST_LABEL, _LARGEST_LABEL = 10.0, 300.0
"""Sides of a label, mm."""
_LEAST_LETTERS, _LARGEST_LETTERS = 1.5, 80.0
_SLACK = 0.05
_SHARED = frozenset({"unknown", "unknown_close", "text", "choice", "switch", "number", "table"})
"""Faults that templates of papers have too; their sentences are the same."""
_Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LabelRead:
    """A template that was read, and what is wrong with it."""

    template: LabelTemplate
    """What was understood."""
    faults: tuple[TemplateFault, ...] = ()


def read_label_template(paper: str, body: str, name: str = STANDARD) -> LabelRead:
    """Read a template of a label.

    :param paper: one of :data:`~app.domain.label_templates.LABELS`.
    """
    try:
        raw = read_toml(body)
    except tomllib.TOMLDecodeError as error:
        fault = TemplateFault("", "templates.fault.toml", {"said": str(error)})
        return LabelRead(LabelTemplate(paper, name), (fault,))
    reader = _Reader(paper)
    return LabelRead(reader.read(raw, name), tuple(reader.faults))


class _Reader:
    """Takes a template apart; :attr:`faults` has everything that does not fit."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self.faults: list[TemplateFault] = []

    def read(self, raw: Mapping[str, Any], name: str) -> LabelTemplate:
        """Read all of it."""
        for key in raw:
            self._known(key, key, _TOP)
        sizes = raw.get("size")
        if not isinstance(sizes, dict) or not sizes or len(sizes) > _MOST_SIZES:
            self._say("size", "no_size", most=_MOST_SIZES)
            sizes = {}
        forms = {size: form for size, inside in sizes.items() if (form := self._form(size, inside)) is not None}
        made = LabelTemplate(
            self.paper,
            name,
            self._words("title", raw, 60),
            self._words("goes_on", raw, 60),
            self._words("rest", raw, 60, own=("called",)),
            forms,
        )
        going_on = any(item.over is Over.NEXT for form in forms.values() for item in form.items)
        for size, form in forms.items():
            if any(item.over is Over.NEXT for item in form.items) and not any("rest" in it.fields for it in form.more):
                self._say(f"size.{size}.more", "no_more")
        if going_on:
            for key in ("goes_on", "rest"):
                if key not in raw:
                    self._say(key, "lacks")
        return made

    # --- what is wrong ----------------------------------------------------------------------------------------------

    def _say(self, place: str, key: str, **args: object) -> None:
        said = {name: str(value) for name, value in args.items()}
        full = f"templates.fault.{key}" if key in _SHARED else f"label_template.fault.{key}"
        self.faults.append(TemplateFault(place, full, said))

    def _known(self, place: str, key: str, known: tuple[str, ...]) -> bool:
        if key in known:
            return True
        close = get_close_matches(key, known, 1)
        if close:
            self._say(place, "unknown_close", close=close[0], known=", ".join(known))
        else:
            self._say(place, "unknown", known=", ".join(known))
        return False

    # --- sizes ------------------------------------------------------------------------------------------------------

    def _form(self, size: str, inside: object) -> TemplateForm | None:
        place = f"size.{size}"
        measures = media_mm(size)
        if measures is None or not all(_LEAST_LABEL <= side <= _LARGEST_LABEL for side in measures):
            self._say(place, "size", least=f"{_LEAST_LABEL:g}", most=f"{_LARGEST_LABEL:g}")
            return None
        if not isinstance(inside, dict):
            self._say(place, "table")
            return None
        for key in inside:
            self._known(f"{place}.{key}", key, ("items", "more"))
        items = self._items(f"{place}.items", inside.get("items"), measures, needed=True)
        more = self._items(f"{place}.more", inside.get("more", []), measures, needed=False)
        return TemplateForm(*measures, items, more)

    def _items(self, place: str, raw: object, size: tuple[float, float], *, needed: bool) -> tuple[Drawing, ...]:
        if not isinstance(raw, list) or len(raw) > _MOST_ITEMS or (needed and not raw):
            self._say(place, "items", most=_MOST_ITEMS)
            return ()
        made = (self._item(f"{place}[{number}]", each, size) for number, each in enumerate(raw, 1))
        return tuple(each for each in made if each is not None)

    # --- items ------------------------------------------------------------------------------------------------------

    def _item(self, place: str, raw: object, size: tuple[float, float]) -> Drawing | None:
        kinds = [kind for kind in _KEYS if isinstance(raw, dict) and kind in raw]
        if not isinstance(raw, dict) or len(kinds) != 1:
            self._say(place, "item", kinds=", ".join(_KEYS))
            return None
        kind = kinds[0]
        known_keys = [self._known(f"{place}.{key}", key, _KEYS[kind]) for key in raw]
        if not all(known_keys):
            return None
        box = self._box(place, kind, raw, size)
        if box is None:
            return None
        conditions = self._conditions(f"{place}.if", raw.get("if", ""))
        if kind == "text":
            return self._text(place, raw, box, conditions)
        if kind == "code":
            symbology = self._choice(f"{place}.symbology", raw.get("symbology", "code128"), _SYMBOLOGIES)
            return Drawing(
                kind, *box, words=self._words("code", raw, _MOST_TEXT, place, own=FIELDS[self.paper]),
                symbology=symbology, below=self._switch(place, "below", raw, base=True),
                align=self._align(place, raw, "centre"), conditions=conditions,
            )  # fmt: skip
        if kind == "picture":
            known = PICTURES.get(self.paper, ())
            picture = raw["picture"]
            if not isinstance(picture, str) or picture not in known:
                self._say(f"{place}.picture", "choice", known=", ".join(known) or "–")
                return None
            return Drawing(kind, *box, words={"": picture}, conditions=conditions)
        thick = self._number(f"{place}.thick", raw.get("thick", 0.3), 0.1, 10.0)
        upright = self._switch(place, "upright", raw, base=False)
        return Drawing(kind, *box, thick=thick, upright=upright, conditions=conditions)

    def _text(
        self,
        place: str,
        raw: Mapping[str, Any],
        box: _Place,
        conditions: tuple[Condition, ...],
    ) -> Drawing:
        letters = self._number(f"{place}.letters", raw.get("letters", 3.0), _LEAST_LETTERS, _LARGEST_LETTERS)
        least = self._number(f"{place}.least", raw.get("least", min(2.0, letters)), _LEAST_LETTERS, letters)
        over = Over(self._choice(f"{place}.over", raw.get("over", "stop"), tuple(str(each) for each in Over)))
        one_line = self._number(f"{place}.one_line", raw.get("one_line", 0), 0, letters)
        lines = int(self._number(f"{place}.lines", raw.get("lines", 1), 1, 40))
        if over is Over.NEXT and lines < 2:
            self._say(f"{place}.lines", "next_lines")
        called = self._words("called", raw, 60, place) if "called" in raw else {}
        if over is Over.NEXT and not called and ".more[" not in place:
            self._say(f"{place}.called", "lacks")
        return Drawing(
            "text", *box, words=self._words("text", raw, _MOST_TEXT, place, own=FIELDS[self.paper]), letters=letters,
            least=least, bold=self._switch(place, "bold", raw, base=False), align=self._align(place, raw, "left"),
            lines=lines, over=over, one_line=one_line, called=called, conditions=conditions,
        )  # fmt: skip

    def _box(self, place: str, kind: str, raw: Mapping[str, Any], size: tuple[float, float]) -> _Place | None:
        key = kind if kind in ("line", "frame") else "box"
        given = raw.get(key)
        count = 3 if kind == "line" else 4
        numbers = isinstance(given, list) and len(given) == count and all(_is_number(each) for each in given)
        if not numbers or min(cast("list[float]", given)[2:]) <= 0:
            self._say(f"{place}.{key}", "line" if kind == "line" else "box")
            return None
        x, y, width, *height = (float(each) for each in cast("list[float]", given))
        high = height[0] if height else 0.0
        if kind == "line" and raw.get("upright") is True:
            width, high = 0.0, width
        beyond = max(-x, -y, x + width - size[0], y + high - size[1])
        if beyond > _SLACK:
            self._say(f"{place}.{key}", "outside", over=f"{beyond:.1f}", width=f"{size[0]:g}", height=f"{size[1]:g}")
            return None
        return x, y, width, high

    # --- kinds of values --------------------------------------------------------------------------------------------

    def _words(
        self, key: str, raw: Mapping[str, Any], most: int, place: str = "", own: tuple[str, ...] | None = None
    ) -> Words:
        """Words for all languages, or by language; *own* are the fields that may stand in them."""
        value = raw.get(key)
        where = f"{place}.{key}" if place else key
        if value is None:
            return {}
        given = value if isinstance(value, dict) else dict.fromkeys(_LANGUAGES, value)
        for language, text in given.items():
            at = f"{where}.{language}" if isinstance(value, dict) else where
            if not self._known(at, language, _LANGUAGES):
                return {}
            if not isinstance(text, str) or not text.strip() or len(text) > most:
                self._say(at, "text", most=most)
                return {}
            if not self._fields(at, text, own or ()):
                return {}
        if set(given) != set(_LANGUAGES):
            self._say(where, "languages", languages=", ".join(_LANGUAGES))
            return {}
        return dict(given)

    def _fields(self, place: str, text: str, known: tuple[str, ...]) -> bool:
        if _FIELD.sub("", text).count("{") or _FIELD.sub("", text).count("}"):
            self._say(place, "brace")
            return False
        found = [self._field(place, name, known) for name in _FIELD.findall(text)]
        return all(found)

    def _field(self, place: str, name: str, known: tuple[str, ...]) -> bool:
        if name in known:
            return True
        self._say(place, "field", field=name, known=", ".join(known) or "–")
        return False

    def _conditions(self, place: str, given: object) -> tuple[Condition, ...]:
        if given == "":
            return ()
        if not isinstance(given, str):
            self._say(place, "condition")
            return ()
        made: list[Condition] = []
        for part in given.split(" and "):
            words = part.split()
            name = words[-1] if words else ""
            if len(words) not in (1, 2) or (len(words) == 2 and words[0] != "not"):
                self._say(place, "condition")
                return ()
            if self._field(place, name, (*FIELDS[self.paper], *_ALWAYS)):
                made.append((name, len(words) == 1))
        return tuple(made)

    def _choice(self, place: str, value: object, known: tuple[str, ...]) -> str:
        if value not in known:
            self._say(place, "choice", known=", ".join(known))
            return known[0]
        return str(value)

    def _align(self, place: str, raw: Mapping[str, Any], base: str) -> Align:
        return cast("Align", self._choice(f"{place}.align", raw.get("align", base), _ALIGNS))

    def _switch(self, place: str, key: str, raw: Mapping[str, Any], *, base: bool) -> bool:
        value = raw.get(key, base)
        if not isinstance(value, bool):
            self._say(f"{place}.{key}", "switch")
            return base
        return value

    def _number(self, place: str, value: object, least: float, most: float) -> float:
        if not _is_number(value) or not least <= cast("float", value) <= most:
            self._say(place, "number", least=f"{least:g}", most=f"{most:g}")
            return least
        return float(cast("float", value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
