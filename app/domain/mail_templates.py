"""Templates of mails: a subject and a body in each language, with fields in braces; read strictly, filled safely.

A line in which fields stand is left out where all of them are empty: an order without a wish says nothing of wishes.
So is a heading of whose paragraph nothing else is left. Braces themselves are written twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from app.domain.mails import KINDS, MailKind
from app.domain.templates import TemplateFault
from app.domain.toml_text import read_toml

__all__ = [
    "MAILS",
    "PREFIX",
    "MailTemplate",
    "MailTemplateRead",
    "MailWords",
    "fields_of",
    "fill",
    "fill_line",
    "plain_line",
    "read_mail_template",
]

PREFIX = "mail_"
"""Beginning of the names of templates of mails."""
MAILS = tuple(f"{PREFIX}{kind}" for kind in KINDS)
"""Templates of mails by the names that they are kept under."""
_LANGUAGES = ("ja", "en")
_PARTS = ("subject", "body")
_MOST_SUBJECT = 200
_MOST_BODY = 20_000

_ALWAYS = (
    "shop", "number", "buyer", "ordered_on", "contact", "shop_name", "shop_email", "shop_phone", "shop_address",
)  # fmt: skip
_OF_THE_ORDER = (
    "lines", "subtotal", "shipping", "fee", "discount", "points", "total", "tax", "payment", "cod", "ship_to", "wish",
    "delivery", "ship_on",
)  # fmt: skip
_OF_THE_PARCEL = ("carrier", "numbers", "links", "tracking", "shipped_on", "boxes", "together")
_OF: Mapping[str, tuple[str, ...]] = {
    MailKind.RECEIVED: _OF_THE_ORDER,
    MailKind.PAY_INFO: (*_OF_THE_ORDER, "pay_to"),
    MailKind.PAID: _OF_THE_ORDER,
    MailKind.SHIPPED: (*_OF_THE_ORDER, *_OF_THE_PARCEL),
    MailKind.DELAY: (*_OF_THE_ORDER, "reason", "earliest", "missing"),
    MailKind.PARTIAL: (*_OF_THE_ORDER, *_OF_THE_PARCEL, "rest"),
    MailKind.DELIVERED: (*_OF_THE_ORDER, *_OF_THE_PARCEL),
}
_NOT_IN_SUBJECT = frozenset({"lines", "rest", "tracking", "links", "contact"})
"""Fields of several lines: they cannot stand in a subject."""


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields that a mail of this kind may name."""
    return (*_ALWAYS, *_OF[MailKind(kind)])


@dataclass(frozen=True, slots=True)
class MailWords:
    """What a mail says in one language, with its fields in braces."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """A mail in every language that it has."""

    kind: str
    words: Mapping[str, MailWords] = field(default_factory=dict)

    def of(self, language: str) -> MailWords:
        """Return its words in a language, or in another one where it has no such."""
        return self.words.get(language) or next(iter(self.words.values()))


@dataclass(frozen=True, slots=True)
class MailTemplateRead:
    """A template, and everything that is wrong with it."""

    template: MailTemplate
    faults: tuple[TemplateFault, ...] = ()


_PIECE = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")


def read_mail_template(paper: str, body: str) -> MailTemplateRead:
    """Read a template of mails.

    :param paper: one of :data:`MAILS`.
    """
    kind = paper.removeprefix(PREFIX)
    empty = MailTemplate(kind)
    try:
        raw = read_toml(body)
    except tomllib.TOMLDecodeError as error:
        return MailTemplateRead(empty, (TemplateFault("", "templates.fault.toml", {"said": str(error)}),))
    faults: list[TemplateFault] = []
    words: dict[str, MailWords] = {}
    for key in raw:
        _known(faults, key, key, _LANGUAGES)
    for language in _LANGUAGES:
        if language not in raw:
            continue
        part = raw[language]
        if not isinstance(part, dict):
            faults.append(TemplateFault(language, "templates.fault.table"))
            continue
        for key in part:
            _known(faults, f"{language}.{key}", key, _PARTS)
        subject = _text(faults, kind, language, "subject", part, _MOST_SUBJECT)
        text = _text(faults, kind, language, "body", part, _MOST_BODY)
        words[language] = MailWords(subject, text)
    if not words and not faults:
        faults.append(TemplateFault("", "mails.fault.no_language", {"known": ", ".join(_LANGUAGES)}))
    return MailTemplateRead(MailTemplate(kind, words), tuple(faults))


def _known(faults: list[TemplateFault], place: str, key: str, known: tuple[str, ...]) -> None:
    if key not in known:
        close = get_close_matches(key, known, 1)
        args = {"close": close[0] if close else "", "known": ", ".join(known)}
        faults.append(
            TemplateFault(place, "templates.fault.unknown_close" if close else "templates.fault.unknown", args)
        )


def _text(
    faults: list[TemplateFault], kind: str, language: str, name: str, part: Mapping[str, object], most: int
) -> str:
    place = f"{language}.{name}"
    value = part.get(name)
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        faults.append(TemplateFault(place, "mails.fault.missing"))
        return ""
    if not isinstance(value, str) or len(value) > most:
        faults.append(TemplateFault(place, "templates.fault.text", {"most": str(most)}))
        return ""
    text = value.replace("\r\n", "\n").strip("\n")
    if name == "subject" and any(not char.isprintable() for char in text):
        faults.append(TemplateFault(place, "mails.fault.one_line"))
    elif any(not char.isprintable() and char not in "\n\t" for char in text):
        faults.append(TemplateFault(place, "mails.fault.control"))
    for at, line in enumerate(text.split("\n"), 1):
        _fields(faults, kind, place if name == "subject" else f"{place}:{at}", line, subject=name == "subject")
    return text


def _fields(faults: list[TemplateFault], kind: str, place: str, line: str, *, subject: bool) -> None:
    known = fields_of(kind)
    for found in _PIECE.finditer(line):
        name = found[1]
        if found[0] in ("{{", "}}"):
            continue
        if name is None:
            faults.append(TemplateFault(place, "mails.fault.brace"))
        elif name not in known:
            close = get_close_matches(name, known, 1)
            args = {"name": name[:40], "close": close[0] if close else "–", "known": ", ".join(known)}
            faults.append(TemplateFault(place, "mails.fault.field", args))
        elif subject and name in _NOT_IN_SUBJECT:
            faults.append(TemplateFault(place, "mails.fault.not_in_subject", {"name": name}))


# --- filling ------------------------------------------------------------------------------------------------------


def plain_line(text: str) -> str:
    """Return a value as one line: whatever ends a line or is no character to see becomes a space."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def fill_line(line: str, values: Mapping[str, str]) -> str:
    """Return one line with its fields filled."""

    def put(found: re.Match[str]) -> str:
        if found[1] is not None:
            return values.get(found[1], "")
        return found[0][0]

    return _PIECE.sub(put, line)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled; lines whose fields are all empty are left out.

    :param values: by field; those of one line hold no end of a line.
    """
    parts = ["\n".join(_filled(part.split("\n"), values)) for part in text.split("\n\n")]
    # What was left out leaves no hole: never more than one empty line where one was meant, never one at an end.
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(parts)).strip("\n")


def _filled(lines: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Fill the lines of one paragraph; a heading below which all was left out goes as well."""
    made: list[str] = []
    for line in lines:
        names = _names(line)
        if not names or any(values.get(name, "") for name in names):
            made.append(fill_line(line, values).rstrip())
    return [] if len(made) == 1 < len(lines) and not _names(lines[0]) else made


def _names(line: str) -> list[str]:
    return [found[1] for found in _PIECE.finditer(line) if found[1] is not None]
