"""Japanese addresses: what must be right before a carrier can take a parcel, and when two are the same.

Only the form is judged here: postcode, prefecture, that nothing is empty. Whether the town belongs to the postcode is
not known here, and how much a carrier's file holds is the carrier's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from app.domain.intake import narrow
from app.domain.orders import Address
from app.domain.shipping import Fault

__all__ = [
    "PREFECTURES",
    "address_faults",
    "is_japan",
    "leading_prefecture",
    "phone_fault",
    "prefecture_of",
    "recipient_key",
]

PREFECTURES = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県"),
    *("埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県"),
    *("岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県"),
    *("佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
)
"""The 47 prefectures in the order of ISO 3166-2."""

_KNOWN = frozenset(PREFECTURES)
_BY_STEM = {name[:-1]: name for name in PREFECTURES if name != "北海道"}
_JAPAN = frozenset({"", "jp", "jpn", "japan", "日本", "日本国"})
_POSTCODE = re.compile(r"[0-9]{3}-?[0-9]{4}")
_PHONE = re.compile(r"0[25-9]0[0-9]{8}|0(?![5-9]0[0-9]{7}$)[1-9][0-9]{8}|0{10,11}")
"""Eleven digits of mobile, IP and toll-free numbers (020, 050 … 090, 0800), ten of every other; zeros are a filler."""
_FILLERS = frozenset({"0000000", "9999999"})
"""Postcodes that shops' apps fill in where none was given (formats.md, A3)."""


@lru_cache(maxsize=256)
def prefecture_of(written: str) -> str:
    """Return the prefecture that *written* is, ``東京`` as well as ``東京都``; empty where it is none of the 47."""
    text = unicodedata.normalize("NFKC", written).strip()
    return text if text in _KNOWN else _BY_STEM.get(text, "")


def leading_prefecture(text: str) -> str:
    """Return the prefecture that *text* begins with in full, as where an address stands in one piece; else empty."""
    head = unicodedata.normalize("NFKC", text).lstrip()
    return next((name for size in (3, 4) if (name := head[:size]) in _KNOWN), "")


def is_japan(address: Address) -> bool:
    """Whether the address is in Japan; an empty country is the shop's own."""
    return address.country.strip().casefold() in _JAPAN


def address_faults(address: Address) -> tuple[Fault, ...]:
    """Return what is wrong with the form of a receiver's address (not with the phone number).

    At most one fault a part, the first that is found: the receiver's name, the postcode's seven digits, one of the 47
    prefectures which the next part does not contradict, something after the prefecture.
    """
    return tuple(_faults(address))


def _faults(address: Address) -> Iterator[Fault]:
    if not is_japan(address):
        yield Fault("fault.abroad", "to.country", (("value", address.country),))
        return
    if not address.name.strip():
        yield Fault("fault.missing", "to.name")
    code = narrow(address.postcode)
    if not code:
        yield Fault("fault.missing", "to.postcode")
    elif not _POSTCODE.fullmatch(code) or code.replace("-", "") in _FILLERS:
        yield Fault("fault.bad_postcode", "to.postcode", (("value", code),))
    rest = address.city + address.street
    if not (address.prefecture + rest).strip():
        yield Fault("fault.missing", "to.address")
        return
    named = prefecture_of(address.prefecture)
    leading = leading_prefecture(rest)
    if address.prefecture.strip() and not named:
        yield Fault("fault.bad_prefecture", "to.address", (("value", address.prefecture),))
    elif not named and not leading:
        yield Fault("fault.no_prefecture", "to.address", (("value", rest),))
    elif named and leading and named != leading:
        yield Fault("fault.two_prefectures", "to.address", (("value", named), ("other", leading)))
    elif not rest.strip() or unicodedata.normalize("NFKC", rest).strip() == leading:
        yield Fault("fault.no_town", "to.address", (("value", named or leading),))


def phone_fault(address: Address) -> Fault | None:
    """Return what is wrong with a Japanese phone number: it is missing, or it is not 0 and nine or ten more digits."""
    number = re.sub(r"[-()\s.]+", "", narrow(address.phone))
    if not number:
        return Fault("fault.missing", "to.phone")
    if not _PHONE.fullmatch(number):
        return Fault("fault.bad_phone", "to.phone", (("value", number),))
    return None


def recipient_key(address: Address) -> str:
    """Return a key that is the same for two orders only if one parcel can serve both receivers.

    Name, postcode and whole address, without width, case, spaces, hyphens and the difference of ``丁目``, ``番地`` and
    ``号`` from hyphens; a phone number is left out (shops mask it in different ways). Empty where a part is missing:
    such orders are never proposed for a merge.
    """
    code = re.sub(r"\D", "", narrow(address.postcode))
    place = leading_prefecture(address.city + address.street) or prefecture_of(address.prefecture)
    rest = _plain(address.city + address.street).removeprefix(_plain(place))
    name = _plain(address.name)
    if not (name and len(code) == 7 and place and rest and is_japan(address)):
        return ""
    return hashlib.blake2b("\x1f".join((name, code, place, rest)).encode(), digest_size=12).hexdigest()


_KANJI_DIGITS = str.maketrans("一二三四五六七八九〇", "1234567890")
_PARTS = re.compile(r"(?<=[0-9])(?:丁目|番地の?|番|号室|号)")
_BEFORE_PART = re.compile(r"[一二三四五六七八九](?=丁目)")
_NOISE = re.compile(r"[\s\-‐-―−ーｰ_.,、。・]+")


def _plain(text: str) -> str:
    """Text as it is compared: one width, one case; block numbers joined by single hyphens; no other signs."""
    narrowed = unicodedata.normalize("NFKC", text).casefold()
    narrowed = _BEFORE_PART.sub(lambda found: found[0].translate(_KANJI_DIGITS), narrowed)
    parted = _PARTS.sub("-", narrowed)
    # A hyphen between two numbers counts (1-23 is not 12-3); every other sign is noise.
    parted = re.sub(r"(?<=[0-9])[-‐-―−ーｰ\s]+(?=[0-9])", "|", parted)
    return _NOISE.sub("", parted)
