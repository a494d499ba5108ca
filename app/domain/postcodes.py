"""Japan's postcodes 郵便番号: which places a code means, which codes a place has, and when two spellings are one place.

The table is handed in as bytes (`resources/postcodes`, made by `packaging/postcodes.py`); nothing is read here. A code
may mean several towns, even in two prefectures; a town may have several codes; a large company has one of its own.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["City", "Found", "Place", "Postcodes", "city_names", "fold_place"]

_HEAD_BYTES = 64
_MAGIC = "kenpin postcodes 1"


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a postcode means."""

    postcode: str
    """Seven digits without the hyphen."""
    prefecture: str
    city: str
    """市区町村 as Japan Post writes it: with 郡, and a large city's ward."""
    town: str = ""
    """町域; empty where the code stands for what has no code of its own in the city."""
    note: str = ""
    """Which part of the town it is (``1〜19丁目``), or of a company the place within the town (``1丁目2-3``)."""
    company: str = ""
    """Company that the code belongs to 大口事業所; empty for an area."""

    @property
    def written(self) -> str:
        """The postcode as it is written: ``150-0001``."""
        return f"{self.postcode[:3]}-{self.postcode[3:]}"


@dataclass(frozen=True, slots=True)
class City:
    """One city, ward, town or village."""

    number: int
    """Its number in the table."""
    prefecture: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A city that a text begins with."""

    cities: tuple[City, ...]
    """Several where a district 郡 is left out or only a large city is named, without its ward."""
    rest: str
    """What follows it, folded."""
    whole: bool = True
    """Whether the city's own name is there in full; False where the ward is missing."""


class Postcodes:
    """The table of postcodes.

    :param data: the table as `packaging/postcodes.py` packs it, decompressed.
    :raises ValueError: it is no such table.
    """

    def __init__(self, data: bytes) -> None:
        head = data[:_HEAD_BYTES].decode("ascii", "replace")
        if not head.startswith(f"{_MAGIC} "):
            raise ValueError("not a table of postcodes")
        count, names_size, self.source = head.removeprefix(_MAGIC).split()
        number = int(count)
        starts_at = _HEAD_BYTES + 4 * number
        cities_at = starts_at + 4 * (number + 1)
        names_at = cities_at + 2 * (number + number % 2)
        self._texts_at = names_at + int(names_size)
        self._data = data
        view = memoryview(data)
        self._codes = view[_HEAD_BYTES:starts_at].cast("I")
        self._starts = view[starts_at:cities_at].cast("I")
        self._cities = view[cities_at : cities_at + 2 * number].cast("H")
        pairs = (line.split("\t") for line in data[names_at : self._texts_at].decode().split("\n"))
        self.cities = tuple(City(at, prefecture, name) for at, (prefecture, name) in enumerate(pairs))
        """Every city, by prefecture and name."""
        self._of_city: dict[int, list[int]] = {}
        self._variants: dict[str, dict[str, tuple[tuple[City, ...], bool]]] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def places(self, postcode: str) -> tuple[Place, ...]:
        """Return what a postcode means, written with or without its hyphen; nothing where there is no such code."""
        digits = postcode.replace("-", "")
        if len(digits) != 7 or not (digits.isascii() and digits.isdigit()):
            return ()
        code = int(digits)
        first = bisect_left(self._codes, code)
        return tuple(self._place(at) for at in range(first, bisect_right(self._codes, code, first)))

    def _place(self, at: int) -> Place:
        begin, end = self._starts[at], self._starts[at + 1]
        town, note, *company = self._data[self._texts_at + begin : self._texts_at + end].decode().split("\t")
        city = self.cities[self._cities[at]]
        return Place(f"{self._codes[at]:07}", city.prefecture, city.name, town, note, *company)

    def every(self) -> Iterator[Place]:
        """Go through all places by code."""
        return map(self._place, range(len(self._codes)))

    def of_city(self, city: City) -> tuple[Place, ...]:
        """Return every place of a city by code, companies too."""
        if not self._of_city:
            of_city: dict[int, list[int]] = {each.number: [] for each in self.cities}
            for at, number in enumerate(self._cities):
                of_city[number].append(at)
            self._of_city = of_city
        return tuple(self._place(at) for at in self._of_city[city.number])

    def city(self, prefecture: str, name: str) -> City | None:
        """Return a city by its name in full; None where there is none."""
        return next((each for each in self.cities if (each.prefecture, each.name) == (prefecture, name)), None)

    # --- from an address to its codes ---------------------------------------------------------------------------

    def codes_of(self, prefecture: str, text: str) -> tuple[Place, ...]:
        """Return the places that an address after its prefecture may mean, by its city and town.

        Of a town with several codes those come first whose blocks 丁目 fit, of a high building that of the floor.
        """
        found = self.find_city(prefecture, text)
        if found is None:
            return ()
        towns = self.towns(found.cities, found.rest)
        block = _BLOCK.search(found.rest)
        floor = _FLOOR.search(found.rest)
        number, storey = int(block[1]) if block else 0, f"{floor[1]}階" if floor else "?"
        return tuple(sorted(towns, key=lambda each: not (each.note == storey or _has_block(each.note, number))))

    def find_city(self, prefecture: str, text: str) -> Found | None:
        """Return the city of a prefecture that *text* begins with, whatever way it is written; None for none.

        The district 郡 may be left out, and so may a large city's ward 政令市の区 or the city before the ward.
        """
        folded = fold_place(text)
        variants = self._variants.get(prefecture)
        if variants is None:
            variants = self._variants[prefecture] = self._made_variants(prefecture)
        for size in range(min(len(folded), _LONGEST), 1, -1):
            found = variants.get(folded[:size])
            if found is not None:
                return Found(found[0], folded[size:], found[1])
        return None

    def _made_variants(self, prefecture: str) -> dict[str, tuple[tuple[City, ...], bool]]:
        full: dict[str, list[City]] = {}
        wardless: dict[str, list[City]] = {}
        for each in self.cities:
            if each.prefecture != prefecture:
                continue
            name = each.name
            for variant in city_names(name):
                full.setdefault(fold_place(variant), []).append(each)
            if ward := _WARD.fullmatch(name):
                wardless.setdefault(fold_place(ward[1]), []).append(each)
                full.setdefault(fold_place(ward[2]), []).append(each)
        return {key: (tuple(found), False) for key, found in wardless.items()} | {
            key: (tuple(found), True) for key, found in full.items()
        }

    def towns(self, cities: tuple[City, ...], rest: str) -> tuple[Place, ...]:
        """Return the areas of *cities* whose town *rest* begins with, else has within it; the longest town's only.

        :param rest: what follows the city, folded (:attr:`Found.rest`).
        """
        best: list[Place] = []
        longest = 0
        for city in cities:
            for folded, place in self._folded(city.number):
                if len(folded) >= max(longest, 1) and rest.startswith(folded):
                    if len(folded) > longest:
                        best, longest = [], len(folded)
                    best.append(place)
        if not best:
            # In Kyoto the street goes before the town; elsewhere an old name of the place may.
            inside = [
                (len(folded), place)
                for city in cities
                for folded, place in self._folded(city.number)
                if len(folded) > 2 and folded in rest
            ]
            most = max((size for size, _ in inside), default=0)
            best = [place for size, place in inside if size == most]
        return tuple(best)

    @lru_cache(maxsize=128)  # noqa: B019 - there is one table, as long as the program runs
    def _folded(self, city: int) -> tuple[tuple[str, Place], ...]:
        return tuple((fold_place(each.town), each) for each in self.of_city(self.cities[city]) if not each.company)


_BLOCK = re.compile(r"([0-9]{1,3})(?:丁目|-|$|番)")
_FLOOR = re.compile(r"([0-9]{1,2})(?:階|F)")
_BLOCKS = re.compile(r"([0-9]{1,3})(?:〜([0-9]{1,3}))?丁目")


def _has_block(note: str, number: int) -> bool:
    """Whether the part of a town that a code stands for has this block."""
    return any(int(first) <= number <= int(last or first) for first, last in _BLOCKS.findall(note))


_LONGEST = 14
"""Longest name of a city, characters; folding makes none longer."""
_DISTRICT = re.compile(r"^[^市区]+?郡(?=.+[町村]$)")
_ISLANDS = ("三宅島", "八丈島")
"""Islands of Tokyo that stand before their villages like a district."""
_WARD = re.compile(r"(.+市)(.+区)")


def city_names(name: str) -> tuple[str, ...]:
    """Return the names of a city, the full one first: its district 郡 may be left out."""
    short = (_DISTRICT.sub("", name), *(name.removeprefix(island) for island in _ISLANDS))
    return tuple(dict.fromkeys((name, *short)))


# --- spellings ----------------------------------------------------------------------------------------------------

_OLD_FORMS = (
    "澤沢 龍竜 瀧滝 國国 邊辺 邉辺 嶋島 嶌島 濱浜 濵浜 瀨瀬 﨑崎 嵜崎 髙高 德徳 壽寿 廣広 櫻桜 淵渕 藪薮 蘆芦 "
    "檜桧 萬万 鹽塩 曾曽 條条 眞真 齋斎 齊斉 鷄鶏 莊荘 舘館 桒桑 諫諌 麴麹 頸頚 鰺鯵 禰祢 籠篭 槇槙 檮梼 堯尭 "
    "遙遥 灣湾 榮栄 圓円 學学 寶宝 與与 來来 豐豊 彌弥 應応 藏蔵 驒騨 鄕郷 惠恵 步歩 黑黒 淸清 靑青 增増 橫横 "
    "驛駅 澁渋 鐵鉄 佛仏 團団 經経 縣県 區区 專専 對対 會会 將将 從従 拂払 攝摂 據拠 數数 當当 發発 秊年 穗穂 "
    "稻稲 竝並 粹粋 總総 聲声 臺台 舊旧 萠萌 蠶蚕 覺覚 讀読 豫予 辯弁 遲遅 邨村 關関 鬪闘 雙双 靈霊 顯顕 飜翻 "
    "驗験 鹼鹸 黃黄 龜亀 祗祇 鷗鴎 磯礒 冨富 凞煕 峯峰 埜野 壷壺 曻昇 柏栢 桝枡 梅楳 穐秋 竃竈 籔薮 舩船 苅刈 "
    "葢蓋 迯逃 逹達 鎭鎮 隣鄰 靏鶴 鳫雁 麪麺 頬頰 蛎蠣 礪砺 𠮷吉 栁柳 莱萊 溪渓 濤涛 繩縄 瑤瑶 菴庵 讃讚 嶽岳"
)
"""Old forms of characters 旧字体 and variants, each with the one that stands for it here."""
_FORMS = {ord(pair[0]): pair[1] for pair in _OLD_FORMS.split()}
_HIRAGANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
_SMALL = dict(zip(map(ord, "ァィゥェォッャュョヮ"), "アイウエオツヤユヨワ", strict=True))
_ALIKE = {
    **dict.fromkeys(map(ord, "ヶヵガカゲ箇ケ"), "ケ"),
    **dict.fromkeys(map(ord, "之乃ノ"), "ノ"),
    **dict.fromkeys(map(ord, "ヅ"), "ズ"),
    **dict.fromkeys(map(ord, "ヂ"), "ジ"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−ー－"), "-"),
}
"""Signs that stand for one another in names of places: 霞ヶ関 霞が関, 山之内 山ノ内."""
_HIRAGANA_FIRST = {code: _SMALL.get(ord(wide), wide) for code, wide in _HIRAGANA.items()}
_TABLE = {
    code: text.translate(_ALIKE)
    for code, text in {**_FORMS, **_HIRAGANA_FIRST, **_SMALL, **{code: chr(code) for code in _ALIKE}}.items()
}
_DROPPED = re.compile(r"大字|小字|字|[\s、,.・]+|\(.*?\)")
_NUMERAL = re.compile(r"[一二三四五六七八九十〇]+")
_DIGITS = dict(zip("一二三四五六七八九〇", "1234567890", strict=True))


@lru_cache(maxsize=8192)
def fold_place(text: str) -> str:
    """Return the name of a place, or an address, as two spellings of it are compared.

    One width, no spaces, new forms of characters 新字体, ヶ ケ が as one, ノ 之 の as one, numerals as digits, without
    大字 and 字. Both sides of a comparison have to be folded.
    """
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", text).translate(_TABLE))
    return _NUMERAL.sub(_figure, folded)


def _figure(found: re.Match[str]) -> str:
    """A numeral of kanji as digits: 二十四 is 24, 一〇 is 10."""
    text = found[0]
    if "十" not in text:
        return "".join(_DIGITS[sign] for sign in text)
    if text.count("十") > 1:
        return "".join("10" if sign == "十" else _DIGITS[sign] for sign in text)
    tens, ones = ("".join(_DIGITS[sign] for sign in part) for part in text.split("十"))
    return str(int(tens or "1") * 10 + int(ones or "0"))
