"""What rules of inserts and of prints share: their shops (people name them, rules keep their ids), and their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.intake import Level, level_of
from app.domain.orders import Problem
from app.storage import inserts as storage
from app.storage.database import Transaction

__all__ = ["Imported", "Wrong", "names_of", "shop_choices", "tied"]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a rule cannot be kept."""

    field: str
    key: str
    args: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking a file of rules in did, or would do."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    problems: tuple[Problem, ...]
    written: bool

    @property
    def usable(self) -> bool:
        """Whether every row is sound: half a set of rules would do what nobody meant."""
        return not any(level_of(each) is Level.ERROR for each in self.problems) and bool(self.added or self.changed)


def names_of(shops: Iterable[int], known: Mapping[int, tuple[str, str]]) -> tuple[str, ...]:
    """Return shops as rules name them, with the channel where two have one name; those that are gone are left out.

    :param known: channel and name of every shop.
    """
    names = [name for _, name in known.values()]
    found = (known[shop] for shop in shops if shop in known)
    return tuple(name if names.count(name) == 1 else f"{channel}:{name}" for channel, name in found)


def shop_choices(tx: Transaction) -> tuple[str, ...]:
    """Return every shop as rules name it."""
    known = storage.shop_names(tx)
    return names_of(known, known)


def tied(tx: Transaction, names: Sequence[str]) -> tuple[tuple[int, ...], list[Wrong]]:
    """Return the shops that names mean, with or without their channel, and those names that mean none or several."""
    known = storage.shop_names(tx)
    by_name: dict[str, list[int]] = {}
    for shop, (channel, name) in known.items():
        by_name.setdefault(name, []).append(shop)
        by_name.setdefault(f"{channel}:{name}", []).append(shop)
    wrong: list[Wrong] = []
    shops: list[int] = []
    for name in names:
        found = by_name.get(name, [])
        if len(found) != 1:
            key = "inserts.fault.shop_unknown" if not found else "inserts.fault.shop_unclear"
            listed = ", ".join(f"{channel}:{each}" for channel, each in known.values()) or "–"
            wrong.append(Wrong("shops", key, {"name": name, "known": listed}))
        shops += found[:1]
    return tuple(dict.fromkeys(shops)), wrong
