"""Sentences: gettext catalogues with symbolic ids, one language at a time.

The rules name a key and arguments; screens and papers make the sentence here. Sources are
``resources/texts/<language>/<area>.po`` (one file per area, so that each floor keeps its own); ``compile_all`` joins
the areas of a language into one ``<language>.mo`` with Babel. A language may lack keys and falls back along
``FALLBACK``.

``python -m app.text compile`` compiles; :func:`texts` compiles by itself when a source is newer than its catalogue.
"""

from __future__ import annotations

import gettext
import io
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.plugins import resource_root

__all__ = ["FALLBACK", "LANGUAGES", "Texts", "compile_all", "texts"]

LANGUAGES = ("ja", "en")
"""Languages a person may choose, in the order of the settings page."""

FALLBACK: Mapping[str, str] = {}
"""Language -> language asked when a key is missing. Empty while every language is complete."""


class Texts:
    """All sentences of one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        """Language code, one of :data:`LANGUAGES`."""
        self._catalogue = catalogue

    def has(self, key: str) -> bool:
        """Whether this language has a sentence for *key*."""
        return self._catalogue.gettext(key) != key

    def say(self, key: str, /, **args: object) -> str:
        """Return the sentence of *key* with its placeholders filled.

        A key without a sentence comes back as itself, so that a missing text is seen, not hidden by a crash at the
        bench; a test makes sure that it cannot happen for a key the program uses.
        """
        sentence = self._catalogue.gettext(key)
        return sentence.format_map(_Filled(args)) if args or "{" in sentence else sentence


class _Filled(dict[str, object]):
    """Arguments of a sentence; one that is missing stays visible as ``{name}``."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


@cache
def texts(language: str) -> Texts:
    """Return the sentences of *language*; an unknown one gives Japanese."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    catalogue: gettext.NullTranslations = _load(chosen)
    if chosen in FALLBACK:
        catalogue.add_fallback(_load(FALLBACK[chosen]))
    return Texts(chosen, catalogue)


def _load(language: str) -> gettext.GNUTranslations:
    folder = resource_root() / "texts"
    compiled = folder / f"{language}.mo"
    sources = sorted((folder / language).glob("*.po"))
    newest = max((source.stat().st_mtime_ns for source in sources), default=0)
    if compiled.exists() and compiled.stat().st_mtime_ns >= newest:
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    packed = _compiled(language, sources)
    try:
        _replace(compiled, packed)
    except OSError:  # an installed program's folder may be read-only: the sentences are used from memory
        return gettext.GNUTranslations(io.BytesIO(packed))
    return gettext.GNUTranslations(io.BytesIO(packed))


def _replace(target: Path, content: bytes) -> None:
    """Write *content* beside *target* and rename, so that two programs starting at once never read half a file."""
    import os

    half = target.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(content)
    half.replace(target)


def _compiled(language: str, sources: list[Path]) -> bytes:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    joined = Catalog(locale=language)
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if not message.id:
                    continue
                if message.id in joined:
                    raise ValueError(f"{source}: the key {message.id} is in two catalogues")
                joined.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, joined)
    return out.getvalue()


def compile_all() -> None:
    """Compile the catalogues of every language."""
    folder = resource_root() / "texts"
    for language in LANGUAGES:
        _replace(folder / f"{language}.mo", _compiled(language, sorted((folder / language).glob("*.po"))))


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        sys.exit("usage: python -m app.text compile")
    compile_all()
