"""やさしい日本語: complete for everything a packer sees, each word of kanji with its reading, the same placeholders."""

from __future__ import annotations

import re

import pytest

from app.text import FALLBACK, JOINER, NAMES, READING, spoken, texts
from tests.setup.test_texts import PLACEHOLDER, area, catalogue

WHOLE = (
    "bench",
    "loop",
    "pack_window",
    "guards",
    "guard_window",
    "help",
    "window",
    "camera",
    "picking",
    "pick_screen",
    "carton_view",
    "pack_boxes",
)
"""Areas that packers see all of, but for what only leaders see."""
SHOWN = ("command.", "help.", "voice.", "readers.title", "readers.state", "readers.lost", "readers.back",
         "readers.trouble", "readers.mended", "code.bad_count", "code.second_code")  # fmt: skip
"""Beginnings of keys of other areas that packers see."""
LEADERS = ("window.import", "window.settings", "window.people", "window.confirm", "window.done", "window.act",
           "window.hold", "cli.", "setting.", "lots.", "product.")  # fmt: skip
"""Beginnings of keys that only leaders see; they stay in plain Japanese."""
KANJI = re.compile(r"[一-鿿々〆ヶ豈-﫿]+")


def test_every_sentence_a_packer_sees_is_there() -> None:
    easy = catalogue("ja_easy")
    wanted = {key for name in WHOLE for key in area("ja", name)}
    wanted |= {key for key in catalogue("ja") if key.startswith(SHOWN)}
    missing = {key for key in wanted - easy.keys() if not key.startswith(LEADERS)}
    assert not missing, sorted(missing)


def test_every_easy_key_is_a_japanese_one_with_the_same_placeholders() -> None:
    easy, plain = catalogue("ja_easy"), catalogue("ja")
    assert not easy.keys() - plain.keys()
    differing = [key for key in easy if set(PLACEHOLDER.findall(easy[key])) != set(PLACEHOLDER.findall(plain[key]))]
    assert not differing


def test_every_word_of_kanji_has_its_reading() -> None:
    bare = {
        key: words
        for key, sentence in catalogue("ja_easy").items()
        if (words := KANJI.findall(re.sub(r"[一-鿿々〆ヶ豈-﫿]+\([ぁ-ゖー]+\)", "", sentence)))
    }
    assert not bare


def test_sentences_are_short() -> None:
    """Kept to four sentences of one thought each, none longer than a reader of N4 holds in mind."""
    for key, sentence in catalogue("ja_easy").items():
        plain = re.sub(r"\([ぁ-ゖー]+\)|\{[a-z0-9_]+\}", "", sentence)
        longest = max(len(part) for part in re.split(r"[。？：]", plain))
        assert longest <= 42, (key, longest)


@pytest.mark.parametrize("word", ["違う", "確かめ", "梱包", "要り", "登録", "選んで", "該当", "有効", "実行"])
def test_hard_words_are_not_used(word: str) -> None:
    said = [key for key, sentence in catalogue("ja_easy").items() if word in re.sub(r"\([ぁ-ゖー]+\)", "", sentence)]
    assert not said


def test_a_reading_is_told_from_brackets_in_a_name() -> None:
    joined, plain = texts("ja_easy", joined=True), texts("ja_easy")
    said = joined.say("undo.packed", name="抹茶(まっちゃ)", quantity=1)
    assert [found[1] for found in READING.finditer(said)] == ["戻", "箱", "出"]
    assert JOINER not in plain.say("undo.packed", name="抹茶(まっちゃ)", quantity=1)
    assert "戻(もど)し" in plain.say("undo.packed", name="抹茶(まっちゃ)", quantity=1)
    assert spoken(said) == "ひとつもどしました。「抹茶(まっちゃ)」を 1 こ、はこからだしてください。"


def test_what_is_not_there_is_said_in_plain_japanese() -> None:
    assert texts("ja_easy").say("window.settings.saved") == texts("ja").say("window.settings.saved")
    assert NAMES.keys() == set(FALLBACK) | {"ja", "en"}
