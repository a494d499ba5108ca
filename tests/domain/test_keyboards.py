"""The layouts are those that systems ship, and what they do to codes is what people see."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from app.domain.keyboards import COMPUTERS, PRINTABLE, SCANNERS, control, mending, pairs, stroke, typed, unsure

# Seen at benches, and in every list of such questions: what a scanner set to English types on a Japanese computer,
# and the other way round.
US_ON_JIS = {'"': "*", "&": "'", "'": ":", "(": ")", "*": "(", "+": "~", ":": "+", "=": "^", "@": '"', "[": "@"}
US_ON_JIS |= {"\\": "]", "]": "[", "^": "&", "_": "=", "{": "`", "|": "}", "}": "{"}
JIS_ON_US = {":": "'", "@": "[", "[": "]", "^": "=", "+": ":", "*": '"', "(": "*", ")": "(", "=": "_", "&": "^"}


def test_a_scanner_set_to_english_types_other_signs_on_a_japanese_computer() -> None:
    assert {char: typed(char, "us", "jis") for char in US_ON_JIS} == US_ON_JIS


def test_a_scanner_set_to_japanese_types_other_signs_on_an_english_computer() -> None:
    assert {char: typed(char, "jis", "us") for char in JIS_ON_US} == JIS_ON_US


def test_letters_digits_and_the_hyphen_are_the_same_everywhere() -> None:
    same = "ABCXYZabcxyz0123456789-,./ "
    assert all(typed(same, scanner, computer) == same for scanner, computer in pairs())


@pytest.mark.parametrize("layout", SCANNERS)
def test_a_scanner_has_a_key_for_every_character(layout: str) -> None:
    assert not [char for char in PRINTABLE if stroke(char, layout) is None]
    assert typed(PRINTABLE, layout, layout) == PRINTABLE


def test_keys_that_the_computer_does_not_know_give_nothing() -> None:
    assert typed("a_b\\c", "jis", "us") == "abc"
    assert typed("a)b", "us", "jis") == "ab"


def test_the_separator_is_another_control_character_where_the_bracket_is_elsewhere() -> None:
    assert control("\x1d", "us", "us") == control("\x1d", "jis", "jis") == control("\x1d", "uk", "us") == "\x1d"
    assert control("\x1d", "us", "jis") == "\x1b"
    assert control("\x1d", "jis", "us") == "\x1c"
    assert control("\x1d", "jis", "uk") == "#"


@pytest.mark.parametrize(("scanner", "computer"), pairs())
def test_every_character_is_either_mended_exactly_or_named_as_unsure(scanner: str, computer: str) -> None:
    table, doubtful = mending(scanner, computer), unsure(scanner, computer)
    for char in PRINTABLE:
        came = typed(char, scanner, computer)
        assert (table.get(came) == char) != (char in doubtful)


_NAMES = {
    "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
    "apostrophe": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "minus": "-",
    "period": ".", "slash": "/", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">",
    "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]", "asciicircum": "^",
    "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
    "sterling": "£", "notsign": "¬",
}  # fmt: skip
_PLACES = {"TLDE": "E00", "BKSL": "C12", "LSGT": "B00"}


@pytest.mark.skipif(not shutil.which("xkbcomp"), reason="no X keyboard tools here")
@pytest.mark.parametrize(("layout", "system"), [("us_x11", "us"), ("uk", "gb"), ("jis_x11", "jp")])
def test_the_layouts_are_those_of_the_x_window_system(layout: str, system: str) -> None:
    keymap = _keymap(system)
    if keymap is None:
        pytest.skip("no X keyboard data here")
    ours = {place: keys for place, keys in COMPUTERS[layout].items() if place != "A03"}
    assert {place: keys for place, keys in keymap.items() if place in ours} == ours
    given = {place for place, keys in keymap.items() if keys and place not in ours}
    assert not given, "the computer has keys that the layout lacks"


def _keymap(system: str) -> dict[str, str] | None:
    """Return the characters of each key, without and with Shift, as the system's own compiler gives them."""
    source = (
        f'xkb_keymap {{ xkb_keycodes {{ include "evdev+aliases(qwerty)" }}; xkb_types {{ include "complete" }}; '
        f'xkb_compat {{ include "complete" }}; xkb_symbols {{ include "pc+{system}+inet(evdev)" }}; }};'
    )
    done = subprocess.run(
        ["xkbcomp", "-w", "0", "-xkb", "-", "-"], input=source, capture_output=True, text=True, check=False, timeout=30
    )
    found = {}
    for name, keys in re.findall(r"key <(\w+)> \{(.*?)\};", done.stdout, re.DOTALL):
        place = _PLACES.get(name) or (name[1:] if re.fullmatch(r"A[B-E]\d\d", name) else "")
        levels = [each for each in re.findall(r"\[([^\]]*)\]", keys) if each != "Group1"]
        if place and levels:
            chars = [each.strip() for each in levels[0].split(",")][:2]
            found[place] = "".join(_NAMES.get(c, c if len(c) == 1 else "") for c in chars)
    return found or None
