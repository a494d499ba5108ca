"""A real day packed, in the long tests; ``make torture`` packs a large one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.shop import seed_of
from tests.torture.uci import DAYS, import_days, pack_day


@pytest.mark.long
def test_a_real_day_imports_once_and_is_packed_without_one_wrong_piece(tmp_path: Path, shared: Path) -> None:
    file = shared / DAYS / "2010-12-22.csv"
    if not file.is_file():
        pytest.skip("the Online Retail days are not in the shared sample data")
    print(import_days(tmp_path, [file]))
    day = pack_day(tmp_path, file, seed_of("a real day"))
    print(day)
    assert day.verified + day.handed_back == day.orders > 0
