"""Every sentence the program uses exists in every language, with the same placeholders, and none is left over."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app import errors
from app.domain.barcode import CommandName
from app.domain.intake import LEVELS
from app.domain.orders import Hold, OrderState
from app.domain.people import Role
from app.settings import SETTINGS
from app.text import FALLBACK, LANGUAGES, base_of, texts

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"[a-z][a-z_]*(\.[A-Za-z0-9_-]+)+")
PLACEHOLDER = re.compile(r"\{([a-z_0-9]*)\}")
SAYS = {"say", "ok", "refused", "question", "info", "then", "then_ask", "then_tell", "_simple", "Say", "Fault"} | set(
    errors.__all__
)
FAMILIES = ("hold.", "state.", "reason.", "role.", "setting.", "command.")
"""Keys that are made from values of the rules; their members are listed in :func:`made_keys`."""


def area(language: str, name: str = "*") -> dict[str, str]:
    """Return the sentences of one area of a language, or of all."""
    found: dict[str, str] = {}
    for source in sorted((ROOT / "resources" / "texts" / language).glob(f"{name}.po")):
        with source.open("rb") as file:
            found |= {message.id: message.string for message in read_po(file, locale=base_of(language)) if message.id}
    return found


@cache
def catalogue(language: str) -> dict[str, str]:
    return area(language)


def made_keys() -> set[str]:
    """Keys that the program puts together from values."""
    made = {f"hold.{hold}" for hold in Hold} | {f"state.{state}" for state in OrderState}
    made |= {f"reason.{reason}" for reason in ("missing", "damaged", "other", "short")}
    made |= {f"role.{role}" for role in Role} | {f"setting.{key}" for key in SETTINGS}
    return made | {f"command.{name}" for name in CommandName} | set(LEVELS)


@cache
def source() -> tuple[tuple[Path, tuple[ast.AST, ...]], ...]:
    """Return what of every file of the program may hold a key; each is read once."""
    wanted = (ast.Constant, ast.Call, ast.JoinedStr)
    return tuple(
        (
            path,
            tuple(node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, wanted)),
        )
        for path in (ROOT / "app").rglob("*.py")
    )


@cache
def constants() -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys given to something that says or raises, and every text of the program that looks like a key."""
    said: set[str] = set()
    looks: set[str] = set()
    for path, nodes in source():
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                looks.add(node.value)
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                # A reader's own ``say`` names the column first, then the key; a mapping's check names the place.
                plug_in = {"channels", "carriers"} & set(path.parts)
                place = 1 if plug_in and name == "say" and len(node.args) > 1 else 0
                leaves = (leaf.value for leaf in _constants_of(node.args[place]))
                if name in SAYS:
                    said |= {leaf for leaf in leaves if KEY.fullmatch(leaf)}
    return frozenset(said), frozenset(looks)


def _constants_of(node: ast.expr) -> list[ast.Constant]:
    """The text itself, or both sides of ``a if b else c``."""
    if isinstance(node, ast.IfExp):
        return _constants_of(node.body) + _constants_of(node.orelse)
    return [node] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each not in FALLBACK])
def test_every_key_that_is_said_has_a_sentence(language: str) -> None:
    missing = (constants()[0] | made_keys()) - catalogue(language).keys()
    assert not missing, f"{language} lacks {sorted(missing)}"


def test_every_language_has_the_same_keys_and_placeholders() -> None:
    japanese = catalogue("ja")
    for language in LANGUAGES:
        other = catalogue(language)
        if language not in FALLBACK:
            assert other.keys() == japanese.keys()
        for key, sentence in other.items():
            assert set(PLACEHOLDER.findall(sentence)) == set(PLACEHOLDER.findall(japanese[key])), key


def test_no_sentence_is_empty() -> None:
    for language in LANGUAGES:
        assert not [key for key, sentence in catalogue(language).items() if not sentence]


def test_no_sentence_is_left_over() -> None:
    used = constants()[0] | constants()[1] | made_keys()
    left = {key for key in catalogue("ja") if key not in used and not key.startswith(FAMILIES)}
    left -= {key for key in left if any(key.startswith(prefix) for prefix in _prefixes())}
    left -= {key for key in left if key.rpartition(".")[0] in used}  # a list names its words, and each column one
    assert not left, sorted(left)


@cache
def _prefixes() -> frozenset[str]:
    """Beginnings of keys that the program completes itself, as in ``f"verify.{what}"``."""
    found: set[str] = set()
    for _, nodes in source():
        for node in nodes:
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                begin = str(node.values[0].value)
                if re.fullmatch(r"[a-z][a-z_]*\.([a-z_]+\.)*[a-z_]*", begin):
                    found.add(begin)
    return frozenset(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_no_sentence(language: str) -> None:
    """Gettext keeps the head of a catalogue under the empty key."""
    assert not texts(language).has("")
