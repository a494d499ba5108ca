"""What 日本郵便's programs have in common: slots with their codes, names of columns, the tracking page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.shipping import AccountField, Slot
from app.domain.size_classes import SizeClass, SizeRule, kilo_classes

__all__ = [
    "COD_COLUMN",
    "NUMBER_COLUMNS",
    "SLOT_CODES",
    "YU_PACKET_SIZE",
    "YU_PACK_SIZE",
    "slot_codes",
    "tracking_url",
]

NUMBER_COLUMNS = ("お問い合わせ番号", "お問合せ番号", "追跡番号")
COD_COLUMN = "代引金額"

YU_PACK_SIZE = SizeRule(kilo_classes(*((size, 25) for size in (60, 80, 100, 120, 140, 160, 170))))
"""ゆうパック: weight does not raise the class (formats.md, C4)."""
YU_PACKET_SIZE = SizeRule(
    tuple(SizeClass(thick, 1000, most_thick_mm=10 * thick) for thick in (1, 2, 3)),
    within_mm=((340, 340, 30),),
    most_sum_mm=600,
)
"""ゆうパケット: 34 cm, 60 cm in all, priced by centimetres of thickness (formats.md, C4)."""

_PAIR = r"(?:am|12-14|14-16|16-18|18-20|19-21|20-21)=[0-9]{2}"
SLOT_CODES = AccountField("slot_codes", rf"{_PAIR}(?:[ ,]+{_PAIR})*", required=False)
"""Codes of times of day that differ from the program's own, such as ``am=51 19-21=57``.

The sources for 日本郵便's codes are weak (formats.md, G), so a shop may correct each.
"""


def slot_codes(usual: Mapping[Slot, str], own: str) -> Mapping[Slot, str]:
    """Return the codes of times of day: the shop's *own* (see :data:`SLOT_CODES`) before the *usual* ones."""
    pairs = (pair.split("=") for pair in re.findall(_PAIR, own))
    return {**usual, **{Slot(slot): code for slot, code in pairs}}


def tracking_url(number: str) -> str:
    """Address of Japan Post's page for *number* (formats.md, B4); printed or shown, never called."""
    return f"https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={number}&locale=ja"
