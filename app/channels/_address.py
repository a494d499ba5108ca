"""Japanese postcodes, phone numbers and prefectures as shops write them.

Puts right what is certain (width, apostrophes, zeros a spreadsheet dropped) and leaves everything else as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.domain.intake import narrow

__all__ = ["PREFECTURES", "apart", "is_japan", "phone_number", "postcode", "prefecture"]

PREFECTURES = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県"),
    *("埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県"),
    *("岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県"),
    *("佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
)
"""In the order of ISO 3166-2: ``JP-01`` is Hokkaido, ``JP-47`` Okinawa."""

_ROMAN_WORDS = (
    "hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa "
    "niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara wakayama "
    "tottori shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita "
    "miyazaki kagoshima okinawa"
)
_BY_ROMAN = dict(zip(_ROMAN_WORDS.split(), PREFECTURES, strict=True))
_BY_STEM = {name[:-1]: name for name in PREFECTURES if name != "北海道"}
_ISO = re.compile(r"JP-?(\d{2})")


@lru_cache(maxsize=1024)
def prefecture(written: str) -> str:
    """Return the prefecture in Japanese for ``JP-13``, ``Tokyo``, ``Tōkyō-to`` or ``東京``; else the text itself."""
    text = written.strip()
    if text in PREFECTURES:
        return text
    if text in _BY_STEM:
        return _BY_STEM[text]
    iso = _ISO.fullmatch(text)
    if iso and 1 <= int(iso[1]) <= len(PREFECTURES):
        return PREFECTURES[int(iso[1]) - 1]
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isascii())
    return _BY_ROMAN.get(re.sub(r"[\s-]*(?:to|fu|ken|prefecture)$", "", plain), _BY_ROMAN.get(plain, text))


def apart(region: str, city: str, street: str) -> tuple[str, str, str]:
    """Return prefecture, city and street of a Japanese address whose prefecture may stand in the text after it."""
    if region:
        return prefecture(region), city, street
    whole = city or street
    for name in PREFECTURES:
        if whole.startswith(name):
            rest = whole.removeprefix(name).lstrip()
            return (name, rest, street) if city else (name, "", rest)
    return "", city, street


@lru_cache(maxsize=1024)
def is_japan(country: str) -> bool:
    """Whether *country* is Japan; an empty one is the shop's own."""
    return country.strip().casefold() in {"", "jp", "jpn", "japan", "日本", "日本国"}


@lru_cache(maxsize=1024)
def postcode(written: str, *, japan: bool = True) -> tuple[str, bool]:
    """Return a postcode as ``150-0001`` and whether leading zeros had to be put back."""
    text = narrow(written).strip("'\"〒 ")
    if not japan:
        return text, False
    digits = re.sub(r"\.0$", "", text).replace("-", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 7):
        return text, False
    full = digits.zfill(7)
    return f"{full[:3]}-{full[3:]}", len(digits) < 7


@lru_cache(maxsize=1024)
def phone_number(written: str, *, japan: bool = True) -> tuple[str, bool]:
    """Return a phone number in Japanese form and whether a leading zero had to be put back."""
    text = re.sub(r"\.0$", "", narrow(written).strip("'\" "))
    if not japan:
        return text, False
    abroad = re.fullmatch(r"(?:\+|00)81[- ]?(?:\(0\)|0)?[- ]?(\d[\d -]*)", text)
    if abroad:
        return "0" + abroad[1].replace(" ", ""), False
    if text.isascii() and text.isdigit() and len(text) in {9, 10} and text[0] != "0":
        return "0" + text, True
    return text, False
