"""Hostile files in a short form: some of each kind; ``make torture`` has thousands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.torture.file_damage import DAMAGES
from tests.torture.file_tables import CHANNELS
from tests.torture.files import rig
from tests.torture.odd_files import changing, changing_lists, lists, mappings, no_files, numbers
from tests.torture.odd_sheets import sheets

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")


def test_a_sample_of_hostile_files_comes_in_whole_held_or_not_at_all(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "rig").mkdir()
    with rig(sqlite_template, tmp_path / "rig") as station:
        for at, kind in enumerate(DAMAGES):
            station.export(CHANNELS[at % len(CHANNELS)], kind, 1)
        for at, kind in enumerate(DAMAGES):
            if at % 8 == 0:
                lists(station, "products.csv", kind, 1)
                numbers(station, "yamato_b2", kind, 1)
        sheets(station, "spreadsheet as it is", 1)
        sheets(station, "spreadsheet that is a bomb", 1)
        for seed in range(5):
            mappings(station, seed)
        changing(station, "shopify", "broken")
        changing_lists(station, "removed", "numbers.csv")
        no_files(station, tmp_path / "odd")
        tally = station.close()
    assert tally.wrong == []
    assert tally.files >= 100
