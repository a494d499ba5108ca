"""Templates of labels: the shop's own and the shipped ones, and seeing what one looks like.

Templates are kept beside those of papers (:mod:`app.services.templates`) under ``label:address``, ``label:place``,
``label:product``, ``label:person`` and ``label:station``.
"""

from __future__ import annotations

from functools import lru_cache

from app.domain.label import PrintOptions
from app.domain.label_template_reader import LabelRead, read_label_template
from app.domain.label_templates import LabelTemplate
from app.domain.templates import STANDARD
from app.printers import png
from app.services import templates
from app.services.label_drawing import laid, room_of
from app.services.label_values import Values, sample
from app.storage.database import Transaction
from app.text import texts

__all__ = ["of_name", "preview", "read"]

_PLAIN = PrintOptions()


@lru_cache(maxsize=64)
def read(paper: str, body: str, name: str = STANDARD) -> LabelRead:
    """Read a template, and what is wrong with it."""
    return read_label_template(paper, body, name)


def of_name(tx: Transaction, paper: str, name: str = "") -> LabelTemplate:
    """Return a template, the shop's own before a shipped one.

    :param name: empty for the standard.
    :raises NotFound: there is none of that name.
    """
    name = name or STANDARD
    return read(paper, templates.body_of(tx, paper, name), name).template


def preview(
    paper: str,
    body: str,
    values: Values | None = None,
    *,
    language: str = "ja",
    dpi: int = 203,
    media: str = "",
    copy: bool = False,
) -> bytes:
    """Return a label as a PNG, dot by dot as a printer would print it; labels that follow stand below it.

    :param paper: kind of label, such as ``label:product``.
    :param body: the template, which need not be kept yet.
    :param values: its fields; None for made-up ones.
    :param media: what is in the printer; empty for the usual size of the template.
    :param copy: whether it carries the mark of a copy.
    :raises TemplateWrong: something in the template cannot be.
    :raises NotAllowed: the label cannot be printed, in words.
    """
    found = read(paper, body)
    if found.faults:
        raise templates.TemplateWrong(paper, STANDARD, found.faults)
    given = sample(paper, texts(language), copy=copy) if values is None else values
    return png.render(laid(found.template, given, language, dpi, room_of(media)), 1, _PLAIN)
