"""Which column of an order file holds which part of the receiver's address, so that a report can name the cell.

Told by the columns' names, of whatever channel they are. A part that stands in several columns (a postcode in two) is
in none: a person could not put it right in one cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.intake import fold_name

__all__ = ["receiver_columns"]

_RECEIVER = ("送付先", "お届け先", "届け先", "届先", "配送先", "発送先", "受取人", "ship", "recipient", "delivery")
"""What the name of a column of the receiver has, unlike one of the buyer; folded."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "to.postcode": ("郵便番号", "zip", "postal", "postcode"),
    "to.prefecture": ("都道府県", "prefecture", "province", "state"),
    "to.city": ("市区町村", "都市区", "郡市区", "city"),
    "to.phone": ("電話番号", "tel", "phone"),
    "to.name": ("氏名", "名前", "宛名", "name"),
    "to.address": ("住所1", "住所", "address1", "address-1", "address", "street"),
}
_NOT = (
    "カナ",
    "フリガナ",
    "kana",
    "company",
    "会社",
    "店",
    "コード",
    "code",
    "country",
    "国",
    "service",
    "method",
    "product",
)
"""What other columns have: readings, companies, codes."""


def receiver_columns(header: Sequence[str]) -> Mapping[str, str]:
    """Return the column of each part of the receiver's address, by the part's name (``to.postcode``).

    :param header: cells of the header row as written.
    """
    folded = [(fold_name(name), name) for name in header if name.strip()]
    receivers = [each for each in folded if any(fold_name(word) in each[0] for word in _RECEIVER)]
    found: dict[str, str] = {}
    for part, words in _PARTS.items():
        # Beside columns of the receiver the others are the buyer's or the order's own (Shopify's "Name").
        fitting = [name for fold, name in receivers or folded if _means(fold, words, part)]
        if len(fitting) == 1 or (fitting and part == "to.address"):
            found[part] = fitting[0]
    return found


def _means(folded: str, words: Sequence[str], part: str) -> bool:
    if any(fold_name(word) in folded for word in _NOT if part != "to.postcode" or word not in ("コード", "code")):
        return False
    return any(fold_name(word) in folded for word in words)
