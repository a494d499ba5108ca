"""Sentences: gettext catalogues with symbolic ids, one language at a time.

The rules name a key and arguments; screens and papers make the sentence here. Sources are
``resources/texts/<language>/<area>.po`` (one file per area, so that each floor keeps its own); ``compile_all`` joins
the areas of a language into one ``<language>.mo`` with Babel. A language may lack keys and falls back along
``FALLBACK``.

やさしい日本語 (``ja_easy``) is written with the reading of every kanji word in half-width brackets straight behind it:
``送(おく)り状(じょう)を貼(は)ります。`` Compiling puts :data:`JOINER`, which nobody sees, before such a bracket, so
that the screen can tell a reading from brackets in the name of a product and set it small above its word. Everywhere
else (command line, papers, standard widgets) the brackets are simply read.

``python -m app.text compile`` compiles; :func:`texts` compiles by itself when a source is newer than its catalogue.
"""

from __future__ import annotations

import gettext
import io
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.plugins import resource_root

__all__ = [
    "FALLBACK",
    "JOINER",
    "LANGUAGES",
    "NAMES",
    "READING",
    "Texts",
    "base_of",
    "compile_all",
    "spoken",
    "texts",
]

LANGUAGES = ("ja", "ja_easy", "en")
"""Languages a person may choose, in the order of the settings page."""

NAMES: Mapping[str, str] = {"ja": "日本語", "ja_easy": "やさしい日本語", "en": "English"}
"""What each language is called by those who read it."""

FALLBACK: Mapping[str, str] = {"ja_easy": "ja"}
"""Language -> language asked when a key is missing, and whose names of carriers and forms of dates it shares."""

JOINER = "\u2060"
"""Stands between a word and its reading in brackets; has no width and allows no break (U+2060 WORD JOINER)."""

_KANJI = "一-鿿々〆ヶ豈-﫿"
_WRITTEN = re.compile(rf"([{_KANJI}]+)\(([ぁ-ゖー]+)\)")
READING = re.compile(rf"([{_KANJI}]+){JOINER}\(([ぁ-ゖー]+)\)")
"""A word of kanji and its reading, as :meth:`Texts.say` gives them where readings are kept apart."""


def base_of(language: str) -> str:
    """Return the language whose names and forms *language* shares: ``ja`` for ``ja_easy``, else itself."""
    return FALLBACK.get(language, language)


def spoken(text: str) -> str:
    """Return *text* as a voice reads it: the reading in place of its word, so that no kanji is guessed wrong."""
    return READING.sub(r"\2", text)


class Texts:
    """All sentences of one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations, joined: bool = False) -> None:
        self.language = language
        """Language code, one of :data:`LANGUAGES`."""
        self._catalogue = catalogue
        self._joined = joined

    @property
    def locale(self) -> str:
        """Name by which Babel knows how dates and money are written in this language."""
        return base_of(self.language)

    def has(self, key: str) -> bool:
        """Whether this language has a sentence for *key*; the empty one is the catalogue's own head."""
        return bool(key) and self._catalogue.gettext(key) != key

    def say(self, key: str, /, **args: object) -> str:
        """Return the sentence of *key* with its placeholders filled.

        A key without a sentence comes back as itself, so that a missing text is seen, not hidden by a crash at the
        bench; a test makes sure that it cannot happen for a key the program uses. The *field* of a fault in a shipment
        (``to.phone``) is named in words: reports of imports keep it, whatever language they are read in.
        """
        if key.startswith("fault.") and "field" in args and self.has(part := f"carrier.{args['field']}"):
            args["field"] = self.say(part)
        sentence = self._catalogue.gettext(key)
        if not self._joined:
            sentence = sentence.replace(JOINER, "")
        return sentence.format_map(_Filled(args)) if args or "{" in sentence else sentence


class _Filled(dict[str, object]):
    """Arguments of a sentence; one that is missing stays visible as ``{name}``."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


@cache
def texts(language: str, joined: bool = False) -> Texts:
    """Return the sentences of *language*; an unknown one gives Japanese.

    :param joined: keep :data:`JOINER` before each reading, for a screen that sets readings above their words.
    """
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    catalogue: gettext.NullTranslations = _load(chosen)
    if chosen in FALLBACK:
        catalogue.add_fallback(_load(FALLBACK[chosen]))
    return Texts(chosen, catalogue, joined)


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

    locale = base_of(language)
    whole = Catalog(locale=locale)
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale=locale, abort_invalid=True):
                if not message.id:
                    continue
                if message.id in whole:
                    raise ValueError(f"{source}: the key {message.id} is in two catalogues")
                said = message.string
                if language in FALLBACK and isinstance(said, str):
                    said = _WRITTEN.sub(rf"\1{JOINER}(\2)", said)
                whole.add(message.id, said)
    out = io.BytesIO()
    write_mo(out, whole)
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
