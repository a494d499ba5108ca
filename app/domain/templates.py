"""Templates of papers 書式: how a paper looks, as data that a shop copies and changes (TOML).

A template says what differs from the shipped standard of its paper; what it leaves out stays as shipped. It is read
strictly: every key that does not exist, every value of a wrong kind and every impossible measure is named with its
place
and what is allowed there. What the law wants on a qualified invoice cannot be switched off.

Measures are millimetres, sizes of text points. A measure at the top is for every paper size, one under ``[size.A5]``
for that size only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum

from app.domain.paper_sizes import PaperSize
from app.domain.toml_text import read_toml

__all__ = [
    "COLUMNS",
    "FIELDS",
    "LEGAL",
    "LINE_FIELDS",
    "LISTS",
    "LONGEST",
    "NARROW",
    "PAPERS",
    "SHOP_FIELDS",
    "SLIPS",
    "STANDARD",
    "Code",
    "Colours",
    "Form",
    "Template",
    "TemplateFault",
    "TemplateRead",
    "names_of",
    "read_template",
]

STANDARD = "standard"
"""Name of the template that every paper is shipped with."""

SLIPS = ("packing_slip", "gift_slip", "invoice", "return_slip")
"""Papers of one order, on every size."""
LISTS = ("pick_list", "job_list", "place_sheet", "handover_list", "break_sheet")
"""Papers of the house, on A4: title, words, colours."""
PAPERS = SLIPS + LISTS
"""Papers that have templates; labels have theirs beside them."""

FIELDS = (
    "order_number", "ordered_on", "channel", "delivery", "wish", "payment", "buyer", "ship_to", "dealt_on", "note"
)  # fmt: skip
"""Facts of an order below the addressee, in the order of the standard."""
SHOP_FIELDS = ("name", "address", "phone", "mail", "registration")
"""What is said of the shop."""
COLUMNS = ("row", "tick", "name", "sku", "code", "shelf", "quantity", "price", "amount", "rate")
"""Columns of the goods; ``name`` takes the room that the others leave."""
LINE_FIELDS = ("options", "sku", "code", "shelf")
"""What stands small below the name of goods."""

LEGAL = ("registration", "dealt_on", "rates", "tax", "addressee", "reduced")
"""What must stand on a qualified invoice 適格請求書 (消費税法 article 57-4), by the names a template could call it."""
LEAST_NAME = 20.0
"""Millimetres that the names of goods have at the least."""
NARROW = 70.0
"""Millimetres between the margins below which figures stand under the names of goods, not beside them."""
LONGEST = 1000.0
"""Millimetres that a page of a roll has at the most; what is longer goes on on a further one."""

_LANGUAGES = ("ja", "en")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_MOST_TEXT = 2000
"""Characters of a message, at the most."""


class Code(StrEnum):
    """What a QR code on a slip says."""

    NONE = "none"
    SHIP_NUMBER = "ship_number"
    """The same as the bars: opens the order at a bench."""
    LINK = "link"
    """A page of the shop."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of a paper as ``#RRGGBB``."""

    brand: str = "#123B5D"
    """Of titles and rules."""
    ink: str = "#14212B"
    """Of ordinary text."""
    grey: str = "#53636F"
    """Of small text and the names of facts."""


@dataclass(frozen=True, slots=True)
class Form:
    """Measures on one size, millimetres and points."""

    margin: float = 10.0
    stacked: bool = False
    """Whether everything stands below one another: for narrow paper."""
    right: float = 60.0
    """Width of the column that holds the ship number."""
    number: float = 42.0
    """Size of the ship number: its figures are about 0.27 times as many millimetres high."""
    bars: float = 12.0
    """Height of the bar code."""
    qr: float = 20.0
    """Longest side of the QR code."""
    body: float = 8.0
    """Size of ordinary text."""
    label: float = 19.0
    """Width of the names of facts."""
    logo_width: float = 40.0
    logo_height: float = 10.0
    lines: int = 0
    """Lines of goods on a page at the most; 0 for as many as fit."""
    columns: Mapping[str, float] = field(default_factory=dict)
    """Widths of columns by name."""


@dataclass(frozen=True, slots=True)
class Template:
    """How a paper looks."""

    paper: str
    name: str = STANDARD
    title: Mapping[str, str] = field(default_factory=dict)
    """What the paper is called, by language; without one the words of its language."""
    message: Mapping[str, str] = field(default_factory=dict)
    """Words of the shop at the end."""
    footer: Mapping[str, str] = field(default_factory=dict)
    """Words at the foot of every page, one line."""
    code: Code = Code.NONE
    link: str = ""
    """Address of the page that the QR code opens; ``{number}`` is the ship number, ``{order}`` the order number."""
    fields: tuple[str, ...] = ()
    """Facts of the order, in their order."""
    shop: tuple[str, ...] = SHOP_FIELDS
    """What is said of the shop, in its order."""
    columns: tuple[str, ...] = ()
    """Columns of the goods, in their order."""
    line: tuple[str, ...] = ()
    """What stands below the names of goods, in its order."""
    totals: bool = True
    parts: bool = True
    """Whether what a set has in it is listed below it."""
    logo: str = "shop"
    """Where the logo stands: ``shop`` (above its name), ``head`` (above the title) or ``none``."""
    colours: Colours = field(default_factory=Colours)
    forms: Mapping[PaperSize, Form] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a template."""

    place: str
    """Where: a key with its sections, such as ``size.A5.body_pt``."""
    key: str
    """Key of the sentence that says what is allowed there."""
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateRead:
    """A template that was read, and what is wrong with it."""

    template: Template
    """What was understood; the shipped value in place of what was not."""
    faults: tuple[TemplateFault, ...] = ()


_MEASURES_OF = {
    "margin_mm": ("margin", 3.0, 40.0),
    "right_mm": ("right", 20.0, 160.0),
    "number_pt": ("number", 8.0, 120.0),
    "bars_mm": ("bars", 5.0, 40.0),
    "qr_mm": ("qr", 8.0, 60.0),
    "body_pt": ("body", 5.0, 20.0),
    "label_mm": ("label", 8.0, 80.0),
    "logo_width_mm": ("logo_width", 5.0, 180.0),
    "logo_height_mm": ("logo_height", 3.0, 60.0),
}
"""Keys of measures: the form's field, its least and its most."""
_FORM_KEYS = (*_MEASURES_OF, "stacked", "lines", "widths")
_SLIP_KEYS = (
    "title", "message", "footer", "qr", "link", "fields", "shop", "columns", "line", "parts", "logo", "colours",
    "widths", "size", "stacked", "lines", *_MEASURES_OF,
)  # fmt: skip
_KEYS = {
    "packing_slip": (*_SLIP_KEYS, "totals"),
    "gift_slip": _SLIP_KEYS,
    "invoice": tuple(key for key in _SLIP_KEYS if key != "title"),  # what it may be called follows from what it is
    "return_slip": (
        "title", "message", "footer", "fields", "line", "logo", "colours", "size", "margin_mm", "qr_mm", "body_pt",
        "logo_width_mm", "logo_height_mm",
    ),
}  # fmt: skip
"""Keys of each paper of an order."""
_LIST_KEYS = ("title", "message", "footer", "colours")
_ALLOWED_FIELDS = {
    "packing_slip": ("order_number", "ordered_on", "channel", "delivery", "wish", "payment", "buyer", "note"),
    "gift_slip": ("order_number", "ordered_on", "channel", "delivery", "wish", "buyer", "note"),
    "invoice": FIELDS,
    "return_slip": ("order_number", "ordered_on", "channel", "ship_to"),
}
_PRICED = ("price", "amount", "rate")


def names_of(paper: str, key: str) -> tuple[str, ...]:
    """Return what ``fields``, ``shop``, ``columns`` or ``line`` of a paper may list."""
    match key:
        case "fields":
            return _ALLOWED_FIELDS.get(paper, ())
        case "shop":
            return SHOP_FIELDS
        case "line":
            return LINE_FIELDS
    return tuple(name for name in COLUMNS if paper != "gift_slip" or name not in _PRICED)


def read_template(paper: str, body: str, base: Template | None = None, name: str = STANDARD) -> TemplateRead:
    """Read a template.

    :param paper: one of :data:`PAPERS`.
    :param base: the shipped standard, which has what *body* leaves out; None for the standard itself.
    """
    start = replace(base or Template(paper), name=name)
    try:
        raw = read_toml(body)
    except tomllib.TOMLDecodeError as error:
        return TemplateRead(start, (TemplateFault("", "templates.fault.toml", {"said": str(error)}),))
    reader = _Reader(paper, start)
    return TemplateRead(reader.read(raw), tuple(reader.faults))


class _Reader:
    """Takes a template apart; :attr:`faults` has everything that does not fit."""

    def __init__(self, paper: str, base: Template) -> None:
        self.paper, self.base = paper, base
        self.faults: list[TemplateFault] = []

    def read(self, raw: Mapping[str, object]) -> Template:
        known = _KEYS.get(self.paper, _LIST_KEYS)
        for key in raw:
            if self.paper == "invoice" and key in LEGAL:
                self._legal(key, key)
            elif self.paper == "invoice" and key == "title":
                self._say(key, "invoice_title")
            else:
                self._known(key, key, known)
        base = self.base
        made = replace(
            base,
            title=self._words("title", raw, base.title, 30),
            message=self._words("message", raw, base.message, _MOST_TEXT),
            footer=self._words("footer", raw, base.footer, 120),
            colours=self._colours(raw),
        )
        if self.paper not in SLIPS:
            return made
        made = replace(
            made,
            code=Code(self._choice("qr", raw, tuple(Code), base.code)),
            link=self._text("link", raw, base.link, 300),
            fields=self._names("fields", raw, _ALLOWED_FIELDS[self.paper], base.fields),
            shop=self._names("shop", raw, SHOP_FIELDS, base.shop),
            columns=self._names("columns", raw, self._columns_allowed(), base.columns),
            line=self._names("line", raw, LINE_FIELDS, base.line),
            totals=self._switch("totals", raw, base.totals),
            parts=self._switch("parts", raw, base.parts),
            logo=self._choice("logo", raw, ("shop", "head", "none"), base.logo),
            forms=self._forms(raw),
        )
        self._whole(made)
        return made

    # --- what is wrong ----------------------------------------------------------------------------------------------

    def _say(self, place: str, key: str, **args: object) -> None:
        self.faults.append(TemplateFault(place, f"templates.fault.{key}", {n: str(v) for n, v in args.items()}))

    def _known(self, place: str, key: str, known: tuple[str, ...]) -> bool:
        if key in known:
            return True
        close = get_close_matches(key, known, 1)
        self._say(
            place, "unknown_close" if close else "unknown", close=close[0] if close else "", known=", ".join(known)
        )
        return False

    def _legal(self, place: str, what: str) -> None:
        self._say(place, "legal", what=what)

    def _columns_allowed(self) -> tuple[str, ...]:
        return names_of(self.paper, "columns")

    # --- kinds of values --------------------------------------------------------------------------------------------

    def _text(self, key: str, raw: Mapping[str, object], base: str, most: int, place: str = "") -> str:
        value = raw.get(key, base)
        if not isinstance(value, str) or len(value) > most:
            self._say(place or key, "text", most=most)
            return base
        return value

    def _words(self, key: str, raw: Mapping[str, object], base: Mapping[str, str], most: int) -> Mapping[str, str]:
        value = raw.get(key)
        if value is None:
            return base
        if isinstance(value, str):
            text = self._text(key, raw, "", most)
            return dict.fromkeys(_LANGUAGES, text) if text.strip() else {}
        if not isinstance(value, dict):
            self._say(key, "text", most=most)
            return base
        for language in value:
            self._known(f"{key}.{language}", language, _LANGUAGES)
        said = {each: self._text(each, value, "", most, f"{key}.{each}") for each in _LANGUAGES if each in value}
        return {language: text for language, text in said.items() if text.strip()}

    def _choice(self, key: str, raw: Mapping[str, object], known: tuple[str, ...], base: str) -> str:
        value = raw.get(key, base)
        if value not in known:
            self._say(key, "choice", known=", ".join(known))
            return base
        return str(value)

    def _switch(self, key: str, raw: Mapping[str, object], base: bool, place: str = "") -> bool:
        value = raw.get(key, base)
        if not isinstance(value, bool):
            self._say(place or key, "switch")
            return base
        return value

    def _names(
        self, key: str, raw: Mapping[str, object], known: tuple[str, ...], base: tuple[str, ...]
    ) -> tuple[str, ...]:
        value = raw.get(key)
        if value is None:
            return base
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._say(key, "names", known=", ".join(known))
            return base
        for at, each in enumerate(value):
            self._known(f"{key}[{at + 1}]", each, known)
            if each in value[:at]:
                self._say(f"{key}[{at + 1}]", "twice", name=each)
        return tuple(dict.fromkeys(each for each in value if each in known))

    def _number(self, place: str, value: object, least: float, most: float, base: float) -> float:
        good = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
        if not good:
            self._say(place, "number", least=f"{least:g}", most=f"{most:g}")
            return base
        assert isinstance(value, int | float)
        return float(value)

    def _table(self, place: str, value: object) -> Mapping[str, object]:
        if isinstance(value, dict):
            return value
        self._say(place, "table")
        return {}

    def _colours(self, raw: Mapping[str, object]) -> Colours:
        part = self._table("colours", raw.get("colours", {}))
        made = self.base.colours
        for key, value in part.items():
            if not self._known(f"colours.{key}", key, ("brand", "ink", "grey")):
                continue
            if not isinstance(value, str) or not _COLOUR.fullmatch(value):
                self._say(f"colours.{key}", "colour")
            elif _lightness(value) > _LIGHTEST:
                self._say(f"colours.{key}", "pale", value=value)
            else:
                made = replace(made, **{key: value.upper()})
        return made

    # --- measures ---------------------------------------------------------------------------------------------------

    def _forms(self, raw: Mapping[str, object]) -> Mapping[PaperSize, Form]:
        sizes = self._table("size", raw.get("size", {}))
        names = tuple(str(size) for size in PaperSize)
        for size in sizes:
            self._known(f"size.{size}", size, names)
        forms: dict[PaperSize, Form] = {}
        shared = {key: value for key, value in raw.items() if key in _FORM_KEYS}
        own = tuple(key for key in _FORM_KEYS if key in _KEYS[self.paper])
        for size in PaperSize:
            form = self._form("", shared, self.base.forms.get(size, Form()), first=size is PaperSize.A4)
            if str(size) in sizes:
                place = f"size.{size}"
                part = self._table(place, sizes[str(size)])
                for key in part:
                    self._known(f"{place}.{key}", key, own)
                form = self._form(f"{place}.", part, form)
            forms[size] = form
        return forms

    def _form(self, place: str, part: Mapping[str, object], base: Form, *, first: bool = True) -> Form:
        """Read measures.

        :param first: whether what is wrong is said: those at the top are read once for every size.
        """
        said = len(self.faults)
        changes: dict[str, object] = {}
        for key, (name, least, most) in _MEASURES_OF.items():
            if key in part:
                changes[name] = self._number(f"{place}{key}", part[key], least, most, getattr(base, name))
        if "stacked" in part:
            changes["stacked"] = self._switch("stacked", part, base.stacked, f"{place}stacked")
        if "lines" in part:
            whole = part["lines"] if isinstance(part["lines"], int) else None
            changes["lines"] = int(self._number(f"{place}lines", whole, 0, 200, base.lines))
        if "widths" in part:
            widths = dict(base.columns)
            for key, value in self._table(f"{place}widths", part["widths"]).items():
                if self._known(f"{place}widths.{key}", key, tuple(name for name in COLUMNS if name != "name")):
                    widths[key] = self._number(f"{place}widths.{key}", value, 4, 100, widths.get(key, 15.0))
            changes["columns"] = widths
        if not first:
            del self.faults[said:]
        return replace(base, **changes)  # type: ignore[arg-type]

    # --- what does not go together ----------------------------------------------------------------------------------

    def _whole(self, made: Template) -> None:
        if "name" not in made.columns and self.paper != "return_slip":
            self._say("columns", "no_name")
        if made.code is Code.LINK:
            self._link(made.link)
        if self.paper == "invoice":
            for place, names, needed in (
                ("fields", made.fields, ("dealt_on",)),
                ("shop", made.shop, ("name", "registration")),
                ("columns", made.columns, ("name", "amount")),
            ):
                for what in needed:
                    if what not in names:
                        self._legal(place, what)
            if "payment" not in made.fields:  # a receipt that does not say "by card" needs a stamp from 50,000 yen on
                self._say("fields", "payment")
        for size, form in made.forms.items():
            width = size.measures[0] - 2 * form.margin
            if width < _LEAST_WIDTH:
                self._say(
                    f"size.{size}.margin_mm", "no_room", size=size.label, room=f"{width:g}", least=f"{_LEAST_WIDTH:g}"
                )
                continue
            if self.paper == "return_slip":
                continue
            beside = width - form.right
            if not form.stacked and beside < _LEAST_BESIDE:
                self._say(
                    f"size.{size}.right_mm", "no_room", size=size.label, room=f"{beside:g}", least=f"{_LEAST_BESIDE:g}"
                )
            name = width - sum(form.columns.get(each, 15.0) for each in made.columns if each != "name")
            if width >= NARROW and name < LEAST_NAME:
                self._say(f"size.{size}.widths", "no_room", size=size.label, room=f"{name:g}", least=f"{LEAST_NAME:g}")

    def _link(self, link: str) -> None:
        plain = link.replace("{number}", "").replace("{order}", "")
        if not link.startswith("https://") or not plain.isascii() or not plain.isprintable() or " " in plain:
            self._say("link", "link")
        elif "{" in plain or "}" in plain:
            self._say("link", "placeholder", known="{number}, {order}")


_LEAST_WIDTH = 50.0
"""Millimetres between the margins."""
_LEAST_BESIDE = 30.0
"""Millimetres beside the ship number, for whom the parcel goes to."""
_LIGHTEST = 0.72
"""Lightness of a colour that can still be read on white paper (contrast about 2 to 1)."""


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
