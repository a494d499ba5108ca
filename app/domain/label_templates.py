"""Templates of labels ラベルのひな形: what stands where on a label, as data that a shop copies and changes (TOML).

One template is one kind of label (:data:`FIELDS`) in one or several sizes; how it is written is in
:mod:`app.domain.label_template_reader`. Words come from fields in braces and from the template itself; a text all of
whose fields are empty does not stand on the label. A label of another size than those of the template is the one most
like it, stretched: its boxes become wider and higher, its letters as large as the smaller of both lets them be. One of
quite another shape stays white at its end.

Every label may have two fields beside its own: ``bars``, filled where its code can be bars on it, and ``qr``, filled
where it can only be cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from app.domain.label import Align, Box, Code, Item, Label, Line, Over, Picture, Symbology, Text

__all__ = [
    "ADDRESS",
    "FIELDS",
    "LABELS",
    "PERSON",
    "PICTURES",
    "PLACE",
    "PRODUCT",
    "STATION",
    "Condition",
    "Drawing",
    "LabelTemplate",
    "TemplateForm",
    "composed",
    "filled",
    "symbology_of",
]

ADDRESS, PLACE, PRODUCT = "label:address", "label:place", "label:product"
PERSON, STATION = "label:person", "label:station"

FIELDS: Mapping[str, tuple[str, ...]] = {
    ADDRESS: (
        "postcode", "address", "name", "phone", "sender", "sender_name", "ship_number", "code", "piece", "cod", "wish",
        "delivery", "copy", "rest",
    ),
    PLACE: (
        "about", "shown", "code", "plain", "zone", "aisle", "bay", "level", "within", "inside", "up", "down", "shelf",
        "tote", "cart", "slot", "carton", "copy",
    ),
    PRODUCT: ("name", "sku", "gtin", "code", "gs1", "lot", "expiry", "price", "copy"),
    PERSON: ("name", "role", "code", "plain", "warehouse", "copy"),
    STATION: ("name", "code", "plain", "warehouse", "copy"),
}  # fmt: skip
"""Fields of each kind of label. ``code`` is what its code says, ``plain`` what people call it; ``copy`` is the mark of
a label that is printed again. Of a place one of ``shelf`` … ``carton`` is filled, and ``up`` or ``down`` where its
level lies above or below the label; of an address ``rest`` is what goes on from the label before."""
LABELS = tuple(FIELDS)
PICTURES: Mapping[str, tuple[str, ...]] = {ADDRESS: ("logo",)}
"""Pictures of each kind of label."""
GTIN = "gtin"
"""Stands for the symbology of a trade item number, by its number of digits."""

_FIELD = re.compile(r"\{(\w+)\}")
_BY_LENGTH = {8: Symbology.EAN8, 12: Symbology.UPCA, 13: Symbology.EAN13, 14: Symbology.ITF14}
_EXACT_MM = 0.6
_MOST_STRETCH = 1.4
"""One side is stretched so much more than the other at the most; the rest of such a label stays white."""

Condition = tuple[str, bool]
"""A field, and whether it is filled."""
Words = Mapping[str, str]
"""Words by language."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One thing on a label, before its fields are filled."""

    kind: str
    """``text``, ``code``, ``picture``, ``line`` or ``frame``."""
    x: float
    y: float
    width: float
    height: float
    words: Words = field(default_factory=dict)
    """Of a text by language; of a code and a picture the same in all."""
    letters: float = 3.0
    least: float = 2.0
    bold: bool = False
    align: Align = "left"
    lines: int = 1
    over: Over = Over.STOP
    one_line: float = 0.0
    """It stays on one line as long as its letters are so high at least."""
    called: Words = field(default_factory=dict)
    """What it is called where it goes on on the next label."""
    symbology: str = str(Symbology.CODE128)
    below: bool = True
    """Whether people can read a code below its bars."""
    thick: float = 0.3
    upright: bool = False
    conditions: tuple[Condition, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it shows."""
        return frozenset(name for words in self.words.values() for name in _FIELD.findall(words))


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """A label in one size."""

    width: float
    height: float
    items: tuple[Drawing, ...]
    more: tuple[Drawing, ...] = ()
    """The label that follows where something goes on."""


@dataclass(frozen=True, slots=True)
class LabelTemplate:
    """A kind of label in its sizes."""

    paper: str
    name: str
    title: Words = field(default_factory=dict)
    goes_on: Words = field(default_factory=dict)
    """Last line of what goes on on the next label."""
    rest: Words = field(default_factory=dict)
    """Heading of what goes on there; ``{called}`` is what it is called."""
    forms: Mapping[str, TemplateForm] = field(default_factory=dict)
    """By size, the usual one first."""

    def shows(self, name: str) -> bool:
        """Whether any of its labels has a place for a field."""
        return any(name in item.fields for form in self.forms.values() for item in form.items)

    def form_for(self, size: tuple[float, float] | None) -> tuple[TemplateForm, float, float]:
        """Return the form for a label, and how wide and high that is.

        :param size: width and height in mm, height 0 for a roll; None for the usual size.
        """
        forms = list(self.forms.values())
        if size is None:
            return forms[0], forms[0].width, forms[0].height
        wide, high = size

        def unlike(form: TemplateForm) -> float:
            if not high:
                return abs(log(wide / form.width))
            across, down = log(wide / form.width), log(high / form.height)
            return abs(across - down) + abs(across + down) / 4  # its shape counts more than its size

        best = min(forms, key=unlike)
        if not high:
            high = best.height if abs(wide - best.width) <= _EXACT_MM else best.height * wide / best.width
        if abs(wide - best.width) <= _EXACT_MM and abs(high - best.height) <= _EXACT_MM:
            wide, high = best.width, best.height
        return best, wide, high


def symbology_of(name: str, data: str) -> Symbology:
    """Return the symbology of a code: itself, or by the digits of a trade item number."""
    return _BY_LENGTH.get(len(data), Symbology.EAN13) if name == GTIN else Symbology(name)


def filled(words: str, values: Mapping[str, str]) -> str:
    """Fill fields in braces; empty where there are fields and none of them has a value.

    Lines that only hold fields without a value are left out.
    """
    names = _FIELD.findall(words)
    if not names:
        return words
    if not any(values.get(name) for name in names):
        return ""
    lines = []
    for line in words.split("\n"):
        inside = _FIELD.findall(line)
        if inside and not any(values.get(name) for name in inside):
            continue
        lines.append(_FIELD.sub(lambda found: values.get(found[1], ""), line))
    return "\n".join(lines).strip()


def composed(
    template: LabelTemplate,
    items: Sequence[Drawing],
    form: TemplateForm,
    size: tuple[float, float],
    values: Mapping[str, str],
    language: str,
    pictures: Mapping[str, Picture] | None = None,
) -> tuple[Label, tuple[Drawing, ...]]:
    """Return a label with its fields filled, and what each of its items was drawn from.

    :param items: those of *form*, or its ``more``.
    :param size: of the label, mm.
    """
    across, down = size[0] / form.width, size[1] / form.height
    across, down = min(across, down * _MOST_STRETCH), min(down, across * _MOST_STRETCH)
    scale = min(across, down)
    made: list[Item] = []
    drawn: list[Drawing] = []
    for each in items:
        if all(bool(values.get(name)) is wanted for name, wanted in each.conditions):
            item = _item(each, template, values, language, pictures or {}, across, down, scale)
            if item is not None:
                made.append(item)
                drawn.append(each)
    return Label(size[0], size[1], tuple(made)), tuple(drawn)


def _said(words: Words, language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def _item(
    each: Drawing,
    template: LabelTemplate,
    values: Mapping[str, str],
    language: str,
    pictures: Mapping[str, Picture],
    across: float,
    down: float,
    scale: float,
) -> Item | None:
    x, y, width, height = each.x * across, each.y * down, each.width * across, each.height * down
    match each.kind:
        case "text":
            text = filled(_said(each.words, language), values)
            if not text:
                return None
            more = _said(template.goes_on, language) if each.over is Over.NEXT else ""
            least = min(each.least, each.letters * scale)
            return Text(
                x, y, width, height, text, each.letters * scale, each.bold, each.align, each.lines, least, each.over,
                each.one_line * scale, more,
            )  # fmt: skip
        case "code":
            data = filled(_said(each.words, language), values)
            if not data:
                return None
            return Code(x, y, width, height, data, symbology_of(each.symbology, data), each.below, each.align)
        case "picture":
            found = pictures.get(_said(each.words, language))
            if found is None:
                return None
            return Picture(x, y, width, height, found.pixels_wide, found.pixels_high, found.grey)
        case "line":
            return Line(x, y, height if each.upright else width, each.thick * min(1.0, scale), each.upright)
        case _:
            return Box(x, y, width, height, each.thick * min(1.0, scale))
