"""Five thousand hostile codes through the real desk into a real file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.storage.database import open_database
from tests.fuzz.hostile import hostile
from tests.makers import Goods, incoming, stocked
from tests.services.test_hostile import scan_all, told

MANY = 5_000


@pytest.mark.torture
def test_five_thousand_hostile_codes_change_nothing_and_stay_visible(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "kenpin.db"
    shutil.copyfile(sqlite_template, path)
    opened = [open_database(f"sqlite:///{path}") for _ in range(2)]
    try:
        stocked(
            opened[0], [Goods(1, stock=50), Goods(2)], incoming("1001", ("SKU-2", 2)), incoming("1002", ("SKU-2", 1))
        )
        codes = told(hostile(MANY + 500, seed=7))[:MANY]
        assert len(codes) == MANY
        scan_all(opened[0], lambda: opened[1], codes, tmp_path)
    finally:
        for each in opened:
            each.close()
