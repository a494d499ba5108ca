"""Labels of one kind that are printed together: the template, and what the fields of each say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.label_templates import LabelTemplate
from app.domain.place_labels import MOST_LABELS, LabelKind, numbered
from app.errors import NotAllowed

__all__ = ["CONTAINERS", "KINDS", "PAPER", "PLACES", "LabelSet", "codes_of", "named_printer"]

PAPER = "label"
"""Paper of a print job that prints such labels."""

PLACES = tuple(str(kind) for kind in LabelKind)
KINDS = ("product", *PLACES, "person", "station")
"""What labels are made of."""
CONTAINERS = ("tote", "cart", "slot")
"""Places that become known with their label."""
_RANGE = re.compile(r"(.*?)(\d{1,9})(?:\.\.|…|～|〜)(.*?)(\d{1,9})")


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


def codes_of(text: str) -> tuple[str, ...]:
    """Return the codes that somebody typed, parted by blanks or commas, each once; ``T-01..T-40`` is a row of them.

    :raises NotAllowed: ``labels.bad_codes``: a row that has no beginning and end, or has too many.
    """
    found: list[str] = []
    for word in re.split(r"[\s,，、;；]+", text.strip()):
        row = _RANGE.fullmatch(word)
        if row is None:
            found += [word] if word else []
            continue
        before, first, again, last = row.groups()
        count = int(last) - int(first) + 1
        if again not in ("", before) or not 0 < count <= MOST_LABELS:
            raise NotAllowed("labels.bad_codes", text=word, most=MOST_LABELS)
        found += numbered(before, int(first), count, len(first))
    return tuple(dict.fromkeys(found))
