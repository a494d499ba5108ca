"""The proposal as the bench reads it: which cartons, what goes into which, in which order.

Where each piece lies stands in ``carton_plans``; this is the short form in ``orders.plan``, which comes with the open
order. It is advice: a line that it does not know, or more pieces than it counted, stop nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

__all__ = ["INSTEAD", "OWN", "Plan", "PlannedBox", "goods_key", "plan_of", "plan_text"]

OWN = "OWN"
"""Code of the maker's own carton: a piece that is shipped as it came."""
INSTEAD = 4
"""Most other cartons that are named for one box."""
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class PlannedBox:
    """One proposed box."""

    carton: str
    """Code of its carton; `OWN` for the maker's own."""
    pieces: tuple[tuple[int, int], ...]
    """Order line id and quantity, in the order in which they go in; a line may come again."""
    instead: tuple[str, ...] = ()
    """Codes of other cartons that hold the same, the cheapest first; at most `INSTEAD`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The proposed boxes of one order, in the order in which they are packed."""

    boxes: tuple[PlannedBox, ...]

    def box_of(self, line: int, done: int) -> int:
        """Return the box, from 1, that the next piece of *line* goes into when *done* of it are in; 0: unknown."""
        counted = 0
        for box, each, quantity in self._in_turn():
            if each == line:
                counted += quantity
                if counted > done:
                    return box
        return 0

    def next_line(self, left: Mapping[int, int], done: Mapping[int, int]) -> tuple[int, int] | None:
        """Return the line of the next piece in the order of the plan and its box; None where the plan names none.

        :param left: by line id, the pieces that are still wanted
        :param done: by line id, the pieces that are in
        """
        counted: dict[int, int] = {}
        for box, line, quantity in self._in_turn():
            counted[line] = counted.get(line, 0) + quantity
            if left.get(line, 0) > 0 and counted[line] > done.get(line, 0):
                return line, box
        return None

    def _in_turn(self) -> Iterator[tuple[int, int, int]]:
        for number, box in enumerate(self.boxes, 1):
            for line, quantity in box.pieces:
                yield number, line, quantity


def goods_key(pieces: Mapping[int, int]) -> str:
    """Return what is the same for orders that want the same goods: ``12x2,15x1``, a digest of it where it is long.

    :param pieces: by product id; lines without a known product under 0.
    """
    text = ",".join(f"{product}x{number}" for product, number in sorted(pieces.items()))
    return text if len(text) <= _LONGEST_KEY else f"#{sha256(text.encode()).hexdigest()[:40]}"


def plan_text(plan: Plan) -> str:
    """Return *plan* as compact JSON for ``orders.plan``; `plan_of` reads it."""
    boxes = [[box.carton, [list(piece) for piece in box.pieces], list(box.instead)] for box in plan.boxes]
    return json.dumps(boxes, ensure_ascii=False, separators=(",", ":"))


def plan_of(text: str) -> Plan | None:
    """Return the plan that *text* holds; None where there is none or the text is damaged."""
    if not text:
        return None
    try:
        boxes = tuple(_box(given) for given in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return None
    return Plan(boxes) if boxes else None


def _box(given: Any) -> PlannedBox:
    carton, pieces, instead = given
    if not isinstance(carton, str) or not all(isinstance(code, str) for code in instead):
        raise ValueError(given)
    counted = tuple((line, quantity) for line, quantity in pieces)
    if any(type(each) is not int or each < 1 for piece in counted for each in piece):
        raise ValueError(given)
    return PlannedBox(carton, counted, tuple(instead))
