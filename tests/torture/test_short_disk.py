"""A full and a read-only disk, and damaged files, in a short form; ``make torture`` has more of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.disk import damage, fill_disk, no_mount, read_only_disk, unusable_files
from tests.torture.shop import seed_of

pytestmark = pytest.mark.long

mountable = pytest.mark.skipif(bool(no_mount()), reason=f"no disk of its own: {no_mount()}")


@mountable
def test_a_full_disk_has_its_own_sentence_and_work_goes_on_once_there_is_room(tmp_path: Path) -> None:
    print(fill_disk(tmp_path / "disk", seed_of("full disk")))


@mountable
def test_a_read_only_disk_is_said_and_changes_nothing(tmp_path: Path) -> None:
    print(read_only_disk(tmp_path / "disk", seed_of("read-only disk")))


def test_a_changed_bit_is_named_wherever_it_counts(tmp_path: Path) -> None:
    seen = damage(tmp_path, 40, seed_of("changed bits"))
    print(seen)
    assert not seen.unseen_ledger
    assert seen.refused + seen.named > 0


def test_what_is_no_shop_any_more_is_never_taken_for_a_first_start(tmp_path: Path) -> None:
    for name, said in unusable_files(tmp_path, seed_of("unusable files")).items():
        print(f"{name}: {said}")
