"""The search for an order: proven where every order is compared, never worse than what it was given elsewhere."""

from __future__ import annotations

import random
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import routing_search
from app.domain.routing_search import best_order, length_of_order


def lengths_of(stops: int, seed: int) -> list[list[float]]:
    """Places at random in a plane, uphill twice as far as downhill."""
    chance = random.Random(seed)
    places = [(chance.randrange(100), chance.randrange(100)) for _ in range(stops + 2)]
    return [[abs(a - c) + abs(b - d) + max(0, d - b) for c, d in places] for a, b in places]


def keeping(ranks: list[int], chance: random.Random) -> list[int]:
    return sorted(range(len(ranks)), key=lambda at: (ranks[at], chance.random()))


@given(ranks=st.lists(st.integers(0, 2), max_size=6), seed=st.integers(0, 10**6))
def test_few_stops_are_compared_in_every_order(ranks: list[int], seed: int) -> None:
    lengths = lengths_of(len(ranks), seed)
    order, proven = best_order(lengths, ranks, [])
    assert proven
    kept = [each for each in permutations(range(len(ranks))) if [ranks[at] for at in each] == sorted(ranks)]
    assert [ranks[at] for at in order] == sorted(ranks)
    assert length_of_order(lengths, order) == min(length_of_order(lengths, each) for each in kept)


@settings(max_examples=15)
@given(ranks=st.lists(st.integers(0, 1), min_size=20, max_size=30), seed=st.integers(0, 10**6))
def test_many_stops_keep_their_ranks_and_no_given_order_is_shorter(ranks: list[int], seed: int) -> None:
    chance = random.Random(seed)
    lengths = lengths_of(len(ranks), seed)
    seeds = [keeping(ranks, chance) for _ in range(3)]
    order, proven = best_order(lengths, ranks, seeds)
    assert not proven
    assert sorted(order) == list(range(len(ranks)))
    assert [ranks[at] for at in order] == sorted(ranks)
    assert length_of_order(lengths, order) <= min(length_of_order(lengths, each) for each in seeds)
    assert best_order(lengths, ranks, seeds) == (order, False)


def test_the_search_finds_what_comparing_every_order_finds() -> None:
    """Ten stops of one rank, twelve times: by search, and by the exact method with its limit taken away."""
    searched = proven = 0.0
    for seed in range(12):
        lengths, ranks = lengths_of(10, seed), [0] * 10
        searched += length_of_order(lengths, best_order(lengths, ranks, [])[0])
        proven += length_of_order(lengths, routing_search._held_karp(lengths, [range(10)]))
    assert proven <= searched <= 1.001 * proven
