"""Conditions of rules: whether each holds for an order, and what the order has instead.

Rules of inserts and of prints look at orders in the same way and say in the same way why they do not apply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

__all__ = ["Reason", "as_data", "by_carrier", "from_data", "one_of", "switched", "within"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition, whether it holds, and what the order has instead."""

    name: str
    """Its sentence is ``inserts.why.<name>``, or ``print_rules.why.<name>``."""
    holds: bool
    wanted: str = ""
    found: str = ""


def one_of(name: str, wanted: Sequence[str], found: str, between: str = ", ") -> Iterator[Reason]:
    """Any of some words; none asks for nothing."""
    if wanted:
        yield Reason(name, found in wanted, between.join(wanted), found)


def by_carrier(wanted: Sequence[str], carrier: str, service: str) -> Iterator[Reason]:
    """Any of some carriers, or of their services as ``carrier/service``."""
    if wanted:
        by = f"{carrier}/{service}" if service else carrier
        yield Reason("carrier", bool(carrier) and (carrier in wanted or by in wanted), ", ".join(wanted), by)


def within(name: str, low: int | None, high: int | None, found: int | None, *, least: int = 0) -> Iterator[Reason]:
    """A number from … to; one that is not known lies in no span.

    :param least: the lowest number that there is, shown where only the end is asked for.
    """
    if low is None and high is None:
        return
    start = least if low is None else low
    held = found is not None and start <= found and (high is None or found <= high)
    span = str(start) if start == high else f"{start} – {'' if high is None else high}".strip()
    yield Reason(name, held, span, "" if found is None else str(found))


def switched(name: str, wanted: bool | None, found: bool) -> Iterator[Reason]:
    """Yes or no; None asks for nothing."""
    if wanted is not None:
        yield Reason(name if wanted else f"no_{name}", wanted == found)


def as_data(conditions: Any) -> dict[str, object]:
    """Return what is set in a dataclass of conditions, as plain values for JSON."""
    made: dict[str, object] = {}
    for each in fields(conditions):
        value = getattr(conditions, each.name)
        if value != each.default:
            made[each.name] = list(value) if isinstance(value, tuple) else value
    return made


def from_data(kind: type[T], data: Mapping[str, Any]) -> T:
    """Return the conditions that :func:`as_data` made plain values of; what is not known any more is left out."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in data.items() if name in names})
