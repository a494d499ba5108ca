"""Seeded orders and a carton list, for the measurements and the tests of `services/cartons`."""

from __future__ import annotations

import random
from dataclasses import replace

from app.domain.cartons import Carton, CartonKind, Item, Orientation, Size
from app.domain.shipping import Temperature

__all__ = ["CARTONS", "WAREHOUSE", "careful_order", "plain_order"]

_INNER: tuple[Size, ...] = (
    (160, 110, 60),
    (200, 140, 80),
    (230, 160, 100),
    (250, 180, 120),
    (270, 190, 150),
    (310, 220, 120),
    (320, 230, 180),
    (350, 260, 200),
    (380, 270, 240),
    (400, 300, 250),
    (450, 330, 300),
    (550, 400, 350),
)


def _box(number: int, inner: Size) -> Carton:
    length, width, height = inner
    class_cm = sum(inner) // 10 + 3
    size = next((size for size in (60, 80, 100, 120, 140) if class_cm <= size), 160)
    return Carton(
        f"M-{number}",
        inner,
        (length + 8, width + 8, height + 14),
        80 + length * width // 500,
        5_000 + 60 * size,
        600 + 4 * size + length * width * height // 150_000,
        carrier_class=str(size),
    )


CARTONS = tuple(_box(number, inner) for number, inner in enumerate(_INNER, 1))
"""Twelve cartons from 1 to 77 l."""

WAREHOUSE = (
    *CARTONS,
    Carton("N", (300, 215, 27), (312, 228, 30), 40, 1_000, 210, CartonKind.MAILER, "nekopos"),
    Carton("E", (310, 228, 30), (340, 248, 30), 20, 4_000, 370, CartonKind.ENVELOPE, "letterpack"),
)
"""The same, with a letter-box carton and a flat-rate envelope."""


def plain_order(chance: random.Random, most: int = 8) -> list[Item]:
    """Return 1 to *most* pieces of sides from 15 to 200 mm without care, some of them alike."""
    wanted = chance.randint(1, most)
    pieces: list[Item] = []
    while len(pieces) < wanted:
        sides = sorted((chance.randint(30, 200) for _ in range(3)), reverse=True)
        length, width, height = (round(side * chance.uniform(0.5, 1)) for side in sides)
        weight = max(10, length * width * height // chance.randint(1_500, 6_000))
        product = f"p{len(pieces)}"
        for _ in range(min(chance.choice((1, 1, 1, 2, 3)), wanted - len(pieces))):
            pieces.append(Item(str(len(pieces)), product, (length, width, height), weight))
    return pieces


def careful_order(chance: random.Random, most: int = 8) -> list[Item]:
    """Return an order of goods with care: flat, fragile, liquid, cold, dangerous and soft ones."""
    products: dict[str, Item] = {}
    pieces = plain_order(chance, most)
    for item in pieces:
        if item.product not in products:
            products[item.product] = _with_care(item, chance)
    return [replace(products[item.product], key=item.key) for item in pieces]


def _with_care(item: Item, chance: random.Random) -> Item:
    length, width, height = item.size_mm
    if chance.random() < 0.3:
        item = replace(item, size_mm=(length, width, max(4, height // 5)), weight_g=max(5, item.weight_g // 5))
    kind = chance.random()
    if kind < 0.15:
        item = replace(item, fragile=True, cushion_mm=chance.choice((5, 10, 20)))
    elif kind < 0.25:
        item = replace(item, liquid=True)
    elif kind < 0.35:
        item = replace(item, orientation=Orientation.LYING)
    elif kind < 0.42:
        item = replace(item, orientation=Orientation.UPRIGHT)
    elif kind < 0.52:
        item = replace(item, pressed_mm=max(1, min(item.size_mm) // 2))
    if chance.random() < 0.04:
        item = replace(item, dangerous=True)
    if chance.random() < 0.08:
        item = replace(item, temperature=Temperature.CHILLED)
    return item
