"""Some failing calls in every run of the tests; ``make torture`` lets every one fail."""

from __future__ import annotations

import random

import pytest

from tests.torture.failing_io import MODES, Failures, changes_of, fail_at
from tests.torture.recorder import why_not
from tests.torture.shop import seed_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(why_not()), reason=f"calls cannot be made to fail: {why_not()}"),
]


@pytest.mark.parametrize("mode", MODES)
def test_a_failing_disk_loses_nothing(mode: str) -> None:
    seed = seed_of(f"failing disk, {mode}")
    changes = changes_of(1, seed)
    seen = Failures()
    for number in sorted(random.Random(seed).sample(range(1, changes + 1), 3)):
        fail_at(number, mode, 1, seed, seen)
    print(f"{changes} changes; {seen}")
    assert seen.runs == 3
