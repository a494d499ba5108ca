"""Plans to begin with and to compare with: first come first served, and savings."""

from __future__ import annotations

import numpy as np

from app.services.batching.carts import Carts, Group, Ints, Loads

__all__ = ["first_come", "plain_savings", "savings"]


def first_come(carts: Carts) -> list[Group]:
    """Fill one cart after the other in the order in which the orders came."""
    groups: list[list[int]] = []
    used = carts.limits + 1
    for order in range(carts.count):
        need = carts.orders.used[:, order : order + 1]
        used = used + need
        if not groups or (used > carts.limits).any():
            groups.append([])
            used = need
        groups[-1].append(order)
    return [tuple(group) for group in groups]


def plain_savings(carts: Carts) -> list[Group]:
    """Join carts by the savings of their pairs of orders, largest first (Clarke & Wright, variant i)."""
    first, second, saved = _pairs(carts)
    cart_of = list(range(carts.count))
    members: dict[int, list[int]] = {order: [order] for order in range(carts.count)}
    used = {order: carts.orders.used[:, order] for order in range(carts.count)}
    for pair in np.argsort(-saved, kind="stable"):
        one, other = cart_of[first[pair]], cart_of[second[pair]]
        if one != other and (used[one] + used[other] <= carts.limits[:, 0]).all():
            used[one] = used[one] + used.pop(other)
            for order in members[other]:
                cart_of[order] = one
            members[one] += members.pop(other)
    return sorted(tuple(sorted(group)) for group in members.values())


def savings(carts: Carts) -> list[Group]:
    """Join the two carts that save most, again and again, with the savings of whole carts (variant ii)."""
    groups = {order: [order] for order in range(carts.count)}
    loads = Loads(carts.orders.words.copy(), carts.orders.used.copy())
    lengths = carts.lengths(loads)
    first, second, gain = _pairs(carts)
    saved = np.full((carts.count, carts.count), -1, dtype=np.int64)
    saved[first, second] = gain
    while True:
        one, other = divmod(int(saved.argmax()), carts.count)
        if saved[one, other] < 0:
            return sorted(tuple(sorted(group)) for group in groups.values())
        groups[one] += groups.pop(other)
        loads.words[:, one] |= loads.words[:, other]
        loads.used[:, one] += loads.used[:, other]
        lengths[one] += lengths[other] - saved[one, other]
        saved[other, :] = saved[:, other] = saved[one, :] = saved[:, one] = -1
        rest = np.array([cart for cart in groups if cart != one], dtype=np.int64)
        joined = loads.take(rest) | loads.take(np.full(len(rest), one))
        fit = carts.fits(joined)
        rest = rest[fit]
        gains = lengths[rest] + lengths[one] - carts.lengths(joined.take(np.flatnonzero(fit)))
        low, high = np.minimum(rest, one), np.maximum(rest, one)
        saved[low, high] = gains


def _pairs(carts: Carts) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of orders that fit one cart, and the mm that each saves."""
    first, second = np.triu_indices(carts.count, 1)
    joined = carts.orders.take(first) | carts.orders.take(second)
    fit = np.flatnonzero(carts.fits(joined))
    alone = carts.lengths(carts.orders)
    first, second = first[fit], second[fit]
    return first, second, alone[first] + alone[second] - carts.lengths(joined.take(fit))
