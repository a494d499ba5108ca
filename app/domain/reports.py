"""Dispatch reports 発送完了報告: what a shop is told about an order that left, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["ErrorRow", "ReportRow"]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One tracking number of one shipped order, for the shop's file."""

    number: str
    """The shop's order number."""
    ship_to_key: str
    """The shop's key of the ship-to; empty where an order has only one."""
    tracking: str
    """Tracking number, digits without hyphens; empty for a parcel that has none."""
    carrier: str
    """Id of the carrier's module; empty where none is known."""
    service: str
    """Id of the carrier's service."""
    shipped_on: date
    """Day of the hand-over in the shop's time zone."""


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One row of the file in which the shop says what it did not take."""

    row: int
    """Row as a spreadsheet counts."""
    number: str
    """The shop's order number."""
    ship_to_key: str
    tracking: str
    """Empty where the file does not say which number it means: then the whole order is meant."""
    reason: str
    """The shop's own words."""
