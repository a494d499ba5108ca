"""Words inside Rakuten's cells: statuses, time slots, and the block the order form puts into コメント."""

from __future__ import annotations

import re

from app.domain.intake import narrow

__all__ = ["comment_parts", "slot", "status_code"]

_STATUS = {
    "注文確認待ち": "100",
    "楽天処理中": "200",
    "発送待ち": "300",
    "変更確定待ち": "400",
    "発送済": "500",
    "発送済み": "500",
    "支払手続き中": "600",
    "支払手続き済": "700",
    "支払手続き済み": "700",
    "キャンセル確定待ち": "800",
    "キャンセル確定": "900",
    "キャンセル": "900",
}
_SLOT = {"": "", "0": "", "1": "午前中", "2": "午後", "9": "その他"}
_HEADING = re.compile(r"\[([^\]\n]{1,20})[:\uff1a]\]")
_NONE = "(?:日時|日|時間)?指定(?:なし|しない)|なし"
_DAY = re.compile(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?: *[(\uff08][月火水木金土日][)\uff09])?|" + _NONE)
_HOURS = re.compile(r"午前中?|午後|夜間|AM|PM|\d{1,2}(?::00|時)? *[-~\u301c\uff5e] *\d{1,2}(?::00|時)?|" + _NONE)
_NOTHING = re.compile("(?:.*指定)?(?:なし|しない)")


def status_code(written: str) -> str:
    """Return the three digits of a status that is given as digits or as its name."""
    plain = narrow(written)
    return _STATUS.get(written.strip(), plain.removesuffix(".0"))


def slot(written: str) -> str:
    """Return a time slot in words: ``1`` is 午前中, ``1416`` is 14:00-16:00; a shop's own wording stays."""
    plain = narrow(written)
    if plain in _SLOT:
        return _SLOT[plain]
    if plain.isascii() and plain.isdigit() and len(plain) in {3, 4}:  # a spreadsheet makes 812 of 0812
        hours = plain.zfill(4)
        return f"{hours[:2]}:00-{hours[2:]}:00"
    return written.strip()


def comment_parts(comment: str) -> tuple[str, str, str]:
    """Split a comment into what the customer wrote, the wished day and the wished time.

    The order form writes ``[配送日時指定:]``, the day and the slot on lines of their own, and other headings with
    nothing under them. Only text that is none of these needs a person.
    """
    remark: list[str] = []
    day = hours = heading = ""
    for line in comment.splitlines():
        text = line.strip()
        headed = _HEADING.match(text)
        if headed:
            heading, text = headed[1], text[headed.end() :].strip()
        if not text:
            continue
        if heading == "配送日時指定" and not day and _DAY.fullmatch(text):
            day = text
        elif heading == "配送日時指定" and not hours and _HOURS.fullmatch(narrow(text)):
            hours = text
        else:
            remark.append(text)
    day, hours = ("" if _NOTHING.fullmatch(part) else part for part in (day, hours))
    return "\n".join(remark), day, hours
