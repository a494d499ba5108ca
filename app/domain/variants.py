"""What a product's name says beside what the thing is: size, colour, number, version.

Names that are one name but for these words belong to goods that look alike: 50g and 100g, S and M, 赤 and 青.
The lists are the words of Japanese and English shops; a word that is in no list only makes two names less alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.difference import words

__all__ = ["Named", "parted"]

_WIDE = "\u2e7f"
"""Characters from here on are full-width: a kanji says as much as two letters."""

_NUMBER = re.compile(r"[^\W\d_]{0,2}[0-9][0-9.,]*[^\W\d_%]*%?|[ivx]{2,4}|[a-z]")
"""A number with its unit or a short mark (50g, v2, no3), a roman number, a single letter (type A)."""

_COLOURS = """
red blue green yellow black white pink orange purple violet brown gray grey navy beige ivory cream gold silver bronze
copper khaki olive turquoise teal mint lavender lilac rose wine burgundy charcoal camel coral aqua cyan magenta clear
transparent light dark pale deep natural
赤 青 緑 黄 黒 白 紫 茶 紺 灰 金 銀 桃 橙 朱 藍 紅 レッド ブルー グリーン イエロー ブラック ホワイト ピンク オレンジ
パープル ブラウン グレー グレイ ネイビー ベージュ アイボリー クリーム ゴールド シルバー ブロンズ カーキ オリーブ
ターコイズ ミント ラベンダー ローズ ワイン ボルドー チャコール キャメル コーラル アクア
クリア ライト ダーク ナチュラル ミックス
"""
_SIZES = """
xxs xs ss small medium large ll xl xxl xxxl mini midi maxi jumbo big regular half double single king queen short long
tall slim wide narrow ミニ スモール ミディアム ラージ ジャンボ ビッグ レギュラー ハーフ ダブル シングル クイーン キング
ショート ロング スリム ワイド 極 特 微
"""
_KINDS = """
left right front rear inner outer upper lower mens womens ladies kids baby men women boys girls old new ver version mark
type vol volume pro plus lite one two three four five six seven eight nine ten dozen
メンズ レディース キッズ ベビー タイプ プラス プロ ライト 甘 辛
一 二 三 四 五 六 七 八 九 十 百 千
"""
_VARIANT = frozenset(f"{_COLOURS} {_SIZES} {_KINDS}".split())
_ALONE = frozenset(
    [
        "大",
        "中",
        "小",
        "上",
        "下",
        "前",
        "後",
        "左",
        "右",
        "男",
        "女",
        "新",
        "旧",
        "長",
        "短",
        "内",
        "外",
        "表",
        "裏",
        "初",
        "改",
        "強",
        "弱",
        "濃",
        "淡",
        "厚",
        "薄",
        "太",
        "細",
    ]
)
"""Kanji that say size or side where they stand by themselves; in 大豆 and 小豆 they are part of the word."""
_AFTER = frozenset("型色号袋瓶缶本箱枚個口粒用目サ味判字")
"""Kanji that may follow such a one."""
_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
_KATAKANA = "|".join(
    sorted((word for word in _VARIANT if re.fullmatch("[ァ-ヺー]{3,}", word)), key=lambda word: (-len(word), word))
)
_JOINED = re.compile(rf"(?P<before>{_KATAKANA})?(?P<stem>[ァ-ヺー]{{2,}}?)(?P<after>{_KATAKANA})?")
"""Katakana are written without spaces: ブルーシャツ is ブルー and シャツ."""
_FILLERS = frozenset(["the", "an", "of", "and", "with", "for", "in", "to", "by", "de", "la", "le", "et", "の", "と"])
"""Words that say nothing of the thing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its two parts."""

    stem: tuple[str, ...]
    """What the thing is, as words without width and case, in their order."""
    variant: tuple[str, ...]
    """Sizes, colours, numbers, versions, in their order."""
    words: frozenset[str]
    """The words of the stem."""
    widths: Mapping[str, int]
    """How wide each of them is: a letter is 1, a kanji or kana 2."""
    width: int
    """Width of its words together."""


def _width(word: str) -> int:
    return len(word) if word.isascii() else len(word) + sum(char > _WIDE for char in word)


def parted(name: str) -> Named:
    """Part a name into what the thing is and what tells its variants apart.

    Signs and small words that say nothing (of, の) are left out.
    """
    places, found = words(name)
    stem: list[str] = []
    variant: list[str] = []
    for at, word in enumerate(found):
        if word in _FILLERS or (len(word) == 1 and not word.isalnum()):
            continue
        number = (len(word) < 5 or word[0].isdecimal()) and _NUMBER.fullmatch(word)
        if number or word in _VARIANT or (word in _ALONE and _stands_alone(name, places[at])):
            variant.append(word)
        elif word[0] > _WIDE and (joined := _JOINED.fullmatch(word)):
            variant += [each for each in (joined["before"], joined["after"]) if each]
            stem.append(joined["stem"].replace("ー", "") or word)  # サーバー and サーバ are one word
        else:
            stem.append(word)
    widths = {word: _width(word) for word in stem}
    return Named(tuple(stem), tuple(variant), frozenset(stem), widths, sum(widths.values()))


def _stands_alone(name: str, place: tuple[int, int]) -> bool:
    before, after = name[: place[0]][-1:], name[place[1] :][:1]
    return not _KANJI.match(before) and (after in _AFTER or not _KANJI.match(after))
