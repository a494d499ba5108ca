"""What the open order of a station waits for: by this a camera knows a code from a blurred one."""

from __future__ import annotations

from app.storage import expected as storage
from app.storage.database import Transaction

__all__ = ["expected_codes"]


def expected_codes(tx: Transaction, station: str) -> frozenset[str]:
    """Return the codes that the order open at *station* may be answered with, as ``keys_of`` of a scan gives them.

    These are all codes and SKUs of goods that are still wanted, ship numbers (of merged orders too) and tracking
    numbers. Empty where no order is open.
    """
    return frozenset(storage.expected_codes(tx, station))
