"""A few kills in every run of the tests; ``make torture`` does hundreds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.killing import kill_imports, kill_releases, kill_scans
from tests.torture.shop import seed_of


def test_a_killed_station_loses_nothing_and_does_nothing_by_halves(tmp_path: Path) -> None:
    seen = kill_scans(tmp_path, 3, seed_of("kill scans"))
    print(seen)
    assert seen.kills == 3


@pytest.mark.long
def test_a_killed_import_leaves_whole_orders(tmp_path: Path) -> None:
    print(kill_imports(tmp_path, 2, seed_of("kill imports"), orders=1000))


@pytest.mark.long
def test_a_killed_release_is_whole_or_nothing(tmp_path: Path) -> None:
    print(kill_releases(tmp_path, 2, seed_of("kill releases")))
