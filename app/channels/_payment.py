"""What the name of a payment method says, as Japanese shops word it."""

from __future__ import annotations

import re

__all__ = ["is_cod", "is_prepaid"]

_COD = re.compile(r"代金引換|代引|cash on delivery|\bcod\b", re.IGNORECASE)
_PREPAID = re.compile("振込|振替|前払|コンビニ|ペイジー|現金書留")
_LATER = re.compile("後払|あと払")


def is_cod(method: str) -> bool:
    """Whether the carrier collects the money."""
    return _COD.search(method) is not None


def is_prepaid(method: str) -> bool:
    """Whether the goods stay until the customer's money is there (bank transfer, convenience store …)."""
    return _PREPAID.search(method) is not None and _LATER.search(method) is None
