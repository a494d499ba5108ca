"""Text as carriers' software takes it: what CP932 holds, how wide it is, and how it is parted into fields.

A character that a carrier cannot hold is never replaced by itself: it becomes a fault with a proposal, and a person
decides. What is put right without asking is only what CP932 writes with the same sign (``〜`` and ``～``) or what
was typed as two characters instead of one (``か`` and a separate ``゙``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from app.domain.intake import Level, read_line
from app.domain.shipping import Fault

__all__ = ["character_faults", "one_line", "overflow_fault", "proposal", "split", "split_name", "widened", "width"]

# --- what a character is ----------------------------------------------------------------------------------------

_JIS_LEADS = (*range(0x81, 0x85), *range(0x88, 0xA0), *range(0xE0, 0xEB))
"""First bytes of JIS X 0208: signs, kana and the kanji of levels 1 and 2."""
_EXTENSION_LEADS = (0x87, 0xED, 0xEE, *range(0xFA, 0xFD))
"""First bytes of NEC's and IBM's extensions: ① ㈱ 髙 﨑. In CP932, but not in JIS X 0208."""


@cache
def _jis() -> frozenset[str]:
    """Every character of levels 1 and 2, with ASCII and half-width kana."""
    narrow_ones = (*range(0x20, 0x7F), *range(0xA1, 0xE0))
    return frozenset(bytes([byte]).decode("cp932") for byte in narrow_ones) | _doubles(_JIS_LEADS)


@cache
def _cp932() -> frozenset[str]:
    """Every character that Windows writes in CP932, without users' own characters 外字."""
    return _jis() | _doubles(_EXTENSION_LEADS)


@cache
def _extensions() -> frozenset[str]:
    """Every character of CP932 that is not in JIS X 0208."""
    return _cp932() - _jis()


def _doubles(leads: Sequence[int]) -> frozenset[str]:
    found: set[str] = set()
    for lead in leads:
        for trail in range(0x40, 0xFD):
            try:
                text = bytes([lead, trail]).decode("cp932")
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.add(text)
    return frozenset(found)


_TWINS = str.maketrans("¢£¬‖−〜", "￠￡￢∥－～")
"""Six characters that CP932 writes as another one of the same shape (formats.md, 0)."""
_MARKS = re.compile("[^\u3099\u309a][\u3099\u309a]")


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """Return *text* on one line, stripped, as CP932 gives it back; what CP932 lacks stays as it is."""
    clean = read_line(text)[0]
    if clean.isascii():
        return clean
    if "\u3099" in clean or "\u309a" in clean:  # from a Mac's file names and some phones
        clean = _MARKS.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), clean)
    return clean.translate(_TWINS)


# --- proposals --------------------------------------------------------------------------------------------------

_PAIRS = (
    "𠮷吉 髙高 﨑崎 濵浜 瀨瀬 繫繋 鷗鴎 德徳 槗橋 𣘺橋 栁柳 曻昇 桒桑 黑黒 淸清 靑青 敎教 緖緒 閒間 寬寛 增増 悅悦 "
    "稅税 說説 橫横 鄕郷 萊莱 蔣蒋 驒騨 頰頬 剝剥 俠侠 嚙噛 塡填 搔掻 瘦痩 蟬蝉 醬醤 顚顛 麴麹 黃黄 簞箪 焰焔 囊嚢 "
    "屛屏 幷并 攢攅 潑溌 瀆涜 禱祷 繡繍 蠟蝋 軀躯 醱醗 鹼鹸 𡈽土 𠀋丈 靍鶴 靏鶴 步歩 每毎 郞郎 卽即 "
    "—― –- ‑- ‒- •・ ·・ ¥￥ ‾￣"
)
"""Signs and the ones that are proposed for them; beside these, what Unicode calls compatible (㈱ (株), é e), and
circled figures in brackets (① (1))."""
_DROPPED = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Signs that only choose a shape of the one before."""


@cache
def _paired() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in _PAIRS.split()}


@lru_cache(maxsize=1024)
def proposal(character: str) -> str | None:
    """Return what to write for a *character* that a carrier cannot hold; empty: leave it out; None: nobody knows."""
    if character in _paired():
        return _paired()[character]
    if _DROPPED.fullmatch(character):
        return ""
    if unicodedata.name(character, "").startswith("CIRCLED ") and unicodedata.numeric(character, 0.0) > 0:
        # Beside a block number a bare figure would be another number.
        return f"({int(unicodedata.numeric(character))})"
    for form in ("NFKC", "NFKD"):
        plain = "".join(sign for sign in unicodedata.normalize(form, character) if not unicodedata.combining(sign))
        if plain and plain != character and _jis().issuperset(plain):
            return plain
    return None


def character_faults(field: str, text: str, *, jis_only: bool) -> Iterator[Fault]:
    """Report the characters of *text* that the carrier's file cannot hold, each once, with what to write instead.

    :param jis_only: warn also of characters that CP932 holds, but that the carrier does not print (B2: 髙 ① ㈱).
    """
    signs = set(text)
    if signs <= _jis():
        return
    wrong = [sign for sign in dict.fromkeys(text) if sign not in _cp932()]
    known = [sign for sign in wrong if proposal(sign) is not None]
    if unknown := [sign for sign in wrong if sign not in known]:
        yield Fault("fault.character_unknown", field, (("value", text), ("characters", " ".join(map(_shown, unknown)))))
    if known:
        yield Fault("fault.character", field, _proposed(text, known))
    if jis_only and (rare := [sign for sign in dict.fromkeys(text) if sign in _extensions()]):
        args = _proposed(text, [sign for sign in rare if proposal(sign) is not None])
        shown = (("characters", " ".join(map(_shown, rare))), *args[1:])
        yield Fault("fault.rare_character", field, shown, Level.WARNING)


def _proposed(text: str, signs: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = " ".join(f"{_shown(sign)}→{proposal(sign) or '×'}" for sign in signs)
    whole = text.translate({ord(sign): proposal(sign) for sign in signs})
    return ("characters", pairs), ("value", text), ("proposed", whole)


def _shown(sign: str) -> str:
    """The character itself, or its number where it cannot be seen."""
    seen = sign.isprintable() and not sign.isspace() and not unicodedata.combining(sign) and not _DROPPED.match(sign)
    return sign if seen else f"U+{ord(sign):04X}"


# --- widths and fields ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """How many half-width places *text* takes: 1 for ASCII and half-width kana, 2 for everything else."""
    if text.isascii():
        return len(text)
    return sum(1 if sign < "\x7f" or "\uff61" <= sign <= "\uff9f" else 2 for sign in text)


_WIDE = str.maketrans(
    {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000", '"': "”", "'": "’"}
)
"""CP932 has full-width quotation marks only among IBM's extensions, so the typographic ones stand for them."""
_HALF_KANA = re.compile("[\uff61-\uff9f]+")


@lru_cache(maxsize=1024)
def widened(text: str) -> str:
    """Return *text* with every half-width character in its full-width form."""
    wide = text.translate(_WIDE)
    return _HALF_KANA.sub(lambda kana: unicodedata.normalize("NFKC", kana[0]).translate(_KANA_MARKS), wide)


_KANA_MARKS = str.maketrans("\u3099\u309a", "゛゜")
"""A mark that no kana takes (``ｱﾟ``) stays a sign of its own."""


def split(text: str, sizes: Sequence[int]) -> tuple[list[str], str]:
    """Part *text* into fields of *sizes* half-width places; returns the fields and what found no room.

    Parts at a space where the rest then still fits, else between two characters. Spaces at the ends of a field are
    left out; nothing else is ever lost.
    """
    rest, size, later = text.strip(), sizes[0], sizes[1:]
    if width(rest) <= size:
        return [rest, *("" for _ in later)], ""
    edge = _edge(rest, size)
    if not later:
        return [rest[:edge].rstrip()], rest[edge:].lstrip()
    spaces = [at for at, sign in enumerate(rest[: edge + 1]) if sign in " \u3000" and at]
    if spaces:
        parts, over = split(rest[spaces[-1] :], later)
        if not over:
            return [rest[: spaces[-1]].rstrip(), *parts], ""
    parts, over = split(rest[edge:], later)
    return [rest[:edge].rstrip(), *parts], over


def _edge(text: str, size: int) -> int:
    """How many characters from the start fit into *size* places."""
    taken = 0
    for at, sign in enumerate(text):
        taken += width(sign)
        if taken > size:
            return at
    return len(text)


def split_name(name: str, size: int, company: Sequence[int]) -> tuple[list[str], str, str]:
    """Part a name into fields for company and department, and the name; returns them and what found no room.

    Only a name that is too long for its field is parted, and only at a space: what comes before goes to the company.
    """
    if width(name) <= size:
        return ["" for _ in company], name, ""
    for at, sign in enumerate(name):
        if sign in " \u3000" and 0 < width(tail := name[at:].strip()) <= size:
            parts, over = split(name[:at], company)
            if not over:
                return parts, tail, ""
            break
    edge = _edge(name, size)
    return ["" for _ in company], name[:edge], name[edge:]


def overflow_fault(field: str, text: str, overflow: str, places: int) -> Fault:
    """The fault of a *text* of which *overflow* finds no room in *places* half-width places."""
    args = (("value", text), ("overflow", overflow), ("limit", str(places // 2)))
    return Fault("fault.too_long", field, args)
