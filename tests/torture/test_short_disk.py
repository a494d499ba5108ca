"""A full and a read-only disk, and damaged files, in a short form; ``make torture`` has more of each."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from app.services import folder_watch, folders
from app.services.desk import new_act
from app.services.folder_watch import FolderWatch
from app.services.folders import FolderDraft
from tests.torture.disk import damage, fill_disk, no_mount, read_only_disk, small_disk, unusable_files
from tests.torture.file_tables import export
from tests.torture.files import rig
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


@mountable
def test_files_of_a_watched_folder_on_a_full_disk_stay_until_there_is_room(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A good one is taken in once though it cannot be moved, a bad one once its report can lie beside it."""
    monkeypatch.setattr(folder_watch, "AGAIN_SECONDS", 0.0)
    (tmp_path / "rig").mkdir()
    with rig(sqlite_template, tmp_path / "rig") as station, small_disk(tmp_path / "disk", "256k") as disk:
        watched = disk / "in"
        watched.mkdir()
        draft = FolderDraft("shop", path=str(watched), channel="base", shop="shop")
        station.desk.do(frozenset(), folders.save, station.desk.station, new_act(), draft).result()
        watch = FolderWatch(station.desk, tmp_path / "rig", "en")
        table = export("base", random.Random(3))
        (watched / "good.csv").write_bytes(table.data)
        (watched / "bad.csv").write_bytes(b"%PDF-1.7")
        watch.once()
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        for _ in range(3):
            watch.once()
        assert {path.name for path in watched.glob("*.csv")} >= {"bad.csv"}
        assert sorted(station.orders("shop")) == sorted(table.orders)
        filler.unlink()
        for _ in range(4):
            watch.once()
        assert not list(watched.glob("*.csv"))
        assert {number: sorted(lines) for number, (lines, _) in station.orders("shop").items()} == {
            number: sorted(lines) for number, lines in table.orders.items()
        }
        assert sorted(path.name for path in watched.rglob("bad.csv*")) == ["bad.csv", "bad.csv.txt"]
        assert station.close().wrong == []
