"""GS1 messages, taken apart by biip: element strings, their human-readable form, Digital Link addresses.

Only texts that can be GS1 come here; :mod:`app.domain.barcode` decides that and makes sense of the parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from biip import ParseConfig, ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString

__all__ = ["SEPARATOR", "Elements", "split_human", "split_link", "split_message"]

SEPARATOR = "\x1d"
"""The group separator, sent for FNC1 between two elements."""

# A date of zeros is met on real goods and must not cost the GTIN beside it.
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)

_HUMAN = re.compile(r"(?:\([0-9]{2,4}\)[^()]+)+", re.ASCII)
_HUMAN_PART = re.compile(r"\(([0-9]{2,4})\)([^()]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Elements:
    """The parts of a message in their order, as application identifier and value."""

    pairs: tuple[tuple[str, str], ...]
    whole: bool
    """False where the text goes on with something that can't be read."""


def split_message(text: str) -> Elements:
    """Take apart an element string such as ``0104901234567894`` + ``17261231``; what can't be read ends it."""
    pairs: list[tuple[str, str]] = []
    rest = text.lstrip(SEPARATOR)
    while rest:
        try:
            element = GS1ElementString.extract(rest, config=_CONFIG)
        except (ParseError, ValueError):
            return Elements(tuple(pairs), whole=False)
        pairs.append((element.ai.ai, element.value))
        rest = rest[len(element) :].lstrip(SEPARATOR)
    return Elements(tuple(pairs), whole=True)


def split_human(text: str) -> Elements | None:
    """Take apart the form printed for people, ``(01)04901234567894(10)A1``; None where *text* is not of that form."""
    if not _HUMAN.fullmatch(text):
        return None
    pairs: list[tuple[str, str]] = []
    for identifier, value in _HUMAN_PART.findall(text):
        try:
            element = GS1ElementString.parse(identifier + value.strip(), config=_CONFIG)
        except (ParseError, ValueError):
            return None
        if element.ai.ai != identifier:
            return None
        pairs.append((identifier, element.value))
    return Elements(tuple(pairs), whole=True)


def split_link(text: str) -> Elements | None:
    """Take apart a GS1 Digital Link such as ``https://id.gs1.org/01/04901234567894/10/A1``; None where it is none."""
    try:
        link = GS1DigitalLinkURI.parse(text, config=_CONFIG)
    except (ParseError, ValueError):
        return None
    return Elements(tuple((part.ai.ai, part.value) for part in link.element_strings), whole=True)
