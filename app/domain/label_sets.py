"""Labels of one kind that are printed together: the template, and what the fields of each say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.label_templates import LabelTemplate
from app.domain.place_labels import LabelKind

__all__ = ["KINDS", "PAPER", "PLACES", "LabelSet", "named_printer"]

PAPER = "label"
"""Paper of a print job that prints such labels."""

PLACES = tuple(str(kind) for kind in LabelKind)
KINDS = ("product", *PLACES, "person", "station")
"""What labels are made of."""


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Labels to print."""

    template: LabelTemplate
    labels: tuple[Mapping[str, str], ...]
    """Fields of each."""
    size: str = ""
    """What they are printed on where the printer has no labels of a known size; empty for the template's usual one."""


def named_printer(paper: str, subject: str) -> int | None:
    """Return the printer that whoever wanted labels named for them; None where the rules decide.

    :param subject: of the print job, as it is kept.
    """
    found = json.loads(subject) if paper == PAPER and subject else {}
    named = found.get("printer")
    return named if isinstance(named, int) else None
