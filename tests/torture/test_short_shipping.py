"""Every step of a shipping day is killed once in every run of the tests; ``make torture`` does it hundreds of times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.shipping import STEPS, kill_days
from tests.torture.shop import seed_of


@pytest.mark.long
def test_a_killed_step_of_a_shipping_day_loses_and_doubles_nothing(tmp_path: Path) -> None:
    seen = kill_days(tmp_path, len(STEPS), seed_of("kill shipping"), orders=2)
    print(seen)
    assert set(seen.kills) == set(STEPS)
