"""Labels from templates: filled, laid out for one printer, and as a paper for an office printer.

No database is needed here: what a label says and its template come with it, so that many can be drawn in another
process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from os import stat

from PIL import Image

from app.documents._templates import shipped
from app.domain.label import Label, Picture, PrintOptions
from app.domain.label_dots import LaidOut, stopping
from app.domain.label_media import media_mm
from app.domain.label_sets import LabelSet
from app.domain.label_template_reader import read_label_template
from app.domain.label_templates import ADDRESS, Drawing, LabelTemplate, TemplateForm, composed, filled
from app.domain.order_papers import AddressLabels
from app.domain.papers import Rendered
from app.domain.templates import STANDARD
from app.errors import NotAllowed
from app.printers import pdf
from app.printers._layout import lay_out
from app.services.label_values import Values, of_address
from app.text import texts

__all__ = ["SHEETS", "laid", "laid_of", "rendered", "room_of", "standard"]

SHEETS = ("A4", "A5", "A6")
"""What is in office printers: a label is printed on it in its usual size."""
_MOST_LABELS = 20
"""Labels that one thing may go on over; an address that needs more is none."""
_MOST_PIXELS = 600
"""Long side of a logo that is kept: more than a label has dots for it."""
_NO_BARS = frozenset({"label.code_wide", "label.bad_code128"})
"""Faults of a code that can be cells instead."""
_PLAIN = PrintOptions()


@lru_cache(maxsize=32)
def standard(paper: str) -> LabelTemplate:
    """Return the shipped standard template of a kind of label."""
    body = shipped(paper, STANDARD)
    assert body is not None, paper
    return read_label_template(paper, body).template


def room_of(media: str) -> tuple[float, float] | None:
    """Return the size of labels in a printer, mm; None where it has sheets, or nobody said what is in it."""
    return None if media in SHEETS else media_mm(media)


def laid(
    template: LabelTemplate,
    values: Values,
    language: str,
    dpi: int,
    size: tuple[float, float] | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> tuple[LaidOut, ...]:
    """Return a label with its fields, laid out, and the labels on which it goes on.

    Its code is bars where they fit, else cells.

    :param size: of the label in mm, height 0 for a roll; None for the usual size of the template.
    :raises NotAllowed: it cannot be printed, by the key of what stops it.
    """
    form, width, height = template.form_for(size)
    made: list[LaidOut] = []
    kind = "bars"
    label, drawn = _composed(template, form.items, form, (width, height), values, kind, language, pictures)
    found = lay_out(label, dpi)
    if any(fault.key in _NO_BARS for fault in found.faults):
        kind = "qr"
        other, from_ = _composed(template, form.items, form, (width, height), values, kind, language, pictures)
        if other != label:
            label, drawn, found = other, from_, lay_out(other, dpi)
    while True:
        made.append(found)
        fault = stopping(found.faults)
        if fault is not None:
            raise NotAllowed(fault.key, **fault.args)
        if not found.rest:
            return tuple(made)
        if len(made) >= _MOST_LABELS:
            raise NotAllowed("label.too_many", most=_MOST_LABELS)
        rest = _rest(template, found, drawn, language)
        label, drawn = _composed(
            template, form.more, form, (width, height), {**values, "rest": rest}, kind, language, pictures
        )
        found = lay_out(label, dpi)


def _composed(
    template: LabelTemplate,
    items: Sequence[Drawing],
    form: TemplateForm,
    size: tuple[float, float],
    values: Values,
    kind: str,
    language: str,
    pictures: Mapping[str, Picture] | None,
) -> tuple[Label, tuple[Drawing, ...]]:
    return composed(template, items, form, size, {**values, kind: "1"}, language, pictures)


def _rest(template: LabelTemplate, found: LaidOut, drawn: Sequence[Drawing], language: str) -> str:
    """What goes on, each part below what it is called; what went on once already keeps its heading."""
    parts = []
    for number, text in found.rest:
        called = drawn[number].called.get(language, "")
        heading = filled(template.rest.get(language, "{called}"), {"called": called}) if called else ""
        parts.append(f"{heading}\n{text}" if heading else text)
    return "\n".join(parts)


# --- labels of a job ----------------------------------------------------------------------------------------------


def laid_of(value: AddressLabels | LabelSet, language: str, dpi: int, media: str = "") -> tuple[LaidOut, ...]:
    """Return every label of a job, laid out.

    :param language: of labels that name none.
    :param media: what is in the printer; empty for the size that the value names.
    :raises NotAllowed: one cannot be printed, in words.
    """
    made: list[LaidOut] = []
    if isinstance(value, AddressLabels):
        template = value.template or standard(ADDRESS)
        size = room_of(media) or media_mm(value.size)
        for label in value.labels:
            spoken = label.language or language
            logo = _picture(label.sender.logo) if label.sender.logo else None
            pictures = {"logo": logo} if logo is not None else {}
            made += laid(template, of_address(label, texts(spoken)), spoken, dpi, size, pictures)
        return tuple(made)
    size = room_of(media) or (media_mm(value.size) if value.size else None)
    for values in value.labels:
        made += laid(value.template, values, language, dpi, size)
    return tuple(made)


def rendered(value: AddressLabels | LabelSet, language: str, media: str = "") -> Rendered:
    """Return the labels of a job as a PDF, one a page."""
    roll = isinstance(value, AddressLabels) and value.size == "62"
    found = laid_of(value, language, _ROLL_DPI if roll else _DPI, media)
    missing: dict[str, None] = {}
    for label in found:
        for fault in label.faults:
            missing |= dict.fromkeys(str(fault.args.get("characters", "")).split())
    return Rendered(pdf.render(found, 1, _PLAIN), len(found), tuple(missing))


_DPI, _ROLL_DPI = 203, 300
"""Dots of the printers that take labels as PDF: those of rolls of 62 mm have 300."""


def _picture(path: str) -> Picture | None:
    """A logo in grey; None for one that cannot be read."""
    try:
        found = stat(path)
    except (OSError, ValueError):
        return None
    return _opened(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16)
def _opened(path: str, changed: int, size: int) -> Picture | None:  # noqa: ARG001 # another file is another picture
    try:
        with Image.open(path) as image:
            image.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
            seen = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    white = Image.new("RGBA", seen.size, "white")
    white.alpha_composite(seen)
    grey = white.convert("L")
    return Picture(0, 0, 0, 0, grey.width, grey.height, grey.tobytes())
