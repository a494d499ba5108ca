"""Checking the whole database: what ``kenpin verify`` does."""

from __future__ import annotations

from app.storage.database import Transaction
from app.storage.verify import Fault, Figures, faults, figures

__all__ = ["Fault", "Figures", "verify"]


def verify(tx: Transaction) -> tuple[Figures, list[Fault]]:
    """Recompute every balance and read every chain again, all in one snapshot; no fault means all is well."""
    found = list(faults(tx))
    return figures(tx), found
