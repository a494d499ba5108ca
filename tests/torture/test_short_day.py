"""A real day packed, and a picker who errs, in a short form; ``make torture`` packs a large day and 20,000 orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.errors import work
from tests.torture.shop import seed_of
from tests.torture.uci import DAYS, import_days, pack_day


def test_a_real_day_imports_once_and_is_packed_without_one_wrong_piece(tmp_path: Path, shared: Path) -> None:
    file = shared / DAYS / "2010-12-22.csv"
    if not file.is_file():
        pytest.skip("the Online Retail days are not in the shared sample data")
    print(import_days(tmp_path, [file]))
    day = pack_day(tmp_path, file, seed_of("a real day"))
    print(day)
    assert day.verified + day.handed_back == day.orders > 0


def test_every_error_that_a_scan_can_catch_is_refused(tmp_path: Path) -> None:
    seen = work(tmp_path, 250, seed_of("human errors"))
    print(seen)
    assert set(seen.tried) == {1, 2, 3, 4, 6, 7, 15, 17}
