"""The long forms: ``make torture``. Each prints its seed; ``KENPIN_SEED=…`` replays it."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.mispicks import RuleSet, rule_sets
from app.services.simulate.run import simulate
from tests.printing.ipp_printer import why_not as no_office_printer
from tests.services.simulated import ERRING, NOT_SKIPPING, STRICT, check_found, compare, today
from tests.torture.disk import damage, fill_disk, no_mount
from tests.torture.failing_io import MODES, Failures, changes_of, fail_at
from tests.torture.file_damage import DAMAGES, LARGE
from tests.torture.file_tables import CHANNELS
from tests.torture.files import rig
from tests.torture.killing import kill_imports, kill_releases, kill_scans
from tests.torture.killing_senders import kill_senders
from tests.torture.odd_files import (
    CARRIERS,
    LISTS,
    changing,
    changing_lists,
    lists,
    mappings,
    no_files,
    numbers,
)
from tests.torture.odd_sheets import SHEETS, sheets
from tests.torture.powercut import cut, record
from tests.torture.printing import inject
from tests.torture.recorder import why_not
from tests.torture.shipping import kill_days
from tests.torture.shop import seed_of
from tests.torture.uci import DAYS, import_days, pack_day

pytestmark = pytest.mark.torture
recordable = pytest.mark.skipif(bool(why_not()), reason=f"power cuts cannot be recorded: {why_not()}")
mountable = pytest.mark.skipif(bool(no_mount()), reason=f"no disk of its own: {no_mount()}")


def test_a_hundred_and_twenty_kills_of_a_shift(tmp_path: Path) -> None:
    print(kill_scans(tmp_path, 120, seed_of("kill scans")))


def test_forty_kills_of_an_import(tmp_path: Path) -> None:
    print(kill_imports(tmp_path, 40, seed_of("kill imports")))


def test_forty_kills_of_a_release(tmp_path: Path) -> None:
    print(kill_releases(tmp_path, 40, seed_of("kill releases")))


def test_two_hundred_kills_of_a_shipping_day(tmp_path: Path) -> None:
    print(kill_days(tmp_path, 120, seed_of("kill shipping")))
    (tmp_path / "large").mkdir()
    print(kill_days(tmp_path / "large", 80, seed_of("kill a large shipping day"), orders=90))


def test_three_hundred_faults_of_printers(tmp_path: Path) -> None:
    faults = {"zpl": 100, "sbpl": 60, "tspl": 40, "escpos": 40, "silent": 40, "ipp": 96}
    if no_office_printer():
        print(f"SKIPPED the real office printer and CUPS: {no_office_printer()}")
    else:
        faults |= {"ippeve": 49, "cups": 27}
    ledger = inject(tmp_path, faults, seed_of("printers"))
    print(ledger)
    assert len(ledger.entries) == sum(faults.values()) >= 300
    assert ledger.wrong == []


def test_thirty_killed_senders(tmp_path: Path) -> None:
    print(kill_senders(tmp_path, 30, seed_of("kill senders")))


@recordable
def test_three_thousand_power_cuts() -> None:
    seed = seed_of("power cuts")
    total = 0
    for part in range(3):
        seen = cut(record(30, seed + part), 1000, seed + part)
        print(seen)
        assert (seen.losing, seen.broken) == (0, 0), seen.examples
        total += seen.cuts
    assert total >= 2_000


@recordable
@pytest.mark.parametrize("weaker", ["NORMAL", "OFF"])
def test_the_rig_sees_weaker_settings(weaker: str) -> None:
    seed = seed_of(f"power cuts, control with {weaker}")
    seen = cut(record(30, seed, weaker=weaker), 500, seed)
    print(seen)
    assert seen.losing > 0
    assert weaker == "NORMAL" or seen.broken > 0


@recordable
@pytest.mark.parametrize("mode", MODES)
def test_every_change_of_a_file_fails(mode: str) -> None:
    seed = seed_of(f"failing disk, {mode}")
    changes = changes_of(2, seed)
    numbers = list(range(1, changes + 1))
    if len(numbers) > 120:  # the first sixty are the opening; of the rest a sample
        numbers = numbers[:60] + sorted(random.Random(seed).sample(numbers[60:], 60))
    seen = Failures()
    for number in numbers:
        fail_at(number, mode, 2, seed, seen)
    print(f"{changes} changes; {seen}")


@mountable
def test_ten_full_disks(tmp_path: Path) -> None:
    seed = seed_of("full disks")
    for part in range(10):
        print(fill_disk(tmp_path / f"disk-{part}", seed + part, size_kib=2048 + 384 * part))


def test_two_thousand_changed_bits(tmp_path: Path) -> None:
    seen = damage(tmp_path, 2_000, seed_of("changed bits"))
    print(seen)
    assert not seen.unseen_ledger


def test_all_real_days_import_and_a_large_one_is_packed(tmp_path: Path, shared: Path) -> None:
    files = sorted((shared / DAYS).glob("*.csv"))
    if not files:
        pytest.skip("the Online Retail days are not in the shared sample data")
    for name in ("all", "day"):
        (tmp_path / name).mkdir()
    print(import_days(tmp_path / "all", files))
    day = pack_day(tmp_path / "day", shared / DAYS / "2010-12-01.csv", seed_of("a real day"))
    print(day)
    assert day.verified + day.handed_back == day.orders


@pytest.mark.parametrize("rules", rule_sets()[1:], ids=lambda rules: rules.name)
def test_a_hundred_and_fifty_thousand_orders_of_a_packer_who_errs(rules: RuleSet) -> None:
    """Every mispick that a control catches is refused each time with it on, and right work never, by the real core."""
    orders = 150_000 if rules in rule_sets()[-2:] else 20_000  # everything, without and with a scale
    found = simulate(
        rules,
        ERRING | NOT_SKIPPING,
        orders=orders,
        seed=seed_of(f"mispicks, {rules.name}"),
        today=today(),
        habits=STRICT,
    )
    print(found)
    check_found(found)


def test_two_thousand_orders_of_a_packer_who_errs_at_the_real_desk(tmp_path: Path) -> None:
    everything = next(each for each in rule_sets() if each.name == "waybill")  # no scale stands at this desk
    found = compare(tmp_path, everything, orders=2_000, seed=seed_of("mispicks at the desk"))
    print(found)
    check_found(found)


def test_twenty_thousand_scans_of_two_noisy_serial_scanners(qtbot: QtBot, tmp_path: Path) -> None:
    from tests.devices.lines import at_work, send_noisy

    with at_work(tmp_path) as bench:
        print(send_noisy(bench, 10_000, seed_of("serial scanners")))


def test_more_than_two_thousand_hostile_files(sqlite_template: Path, tmp_path: Path) -> None:
    seed = seed_of("hostile files")
    (tmp_path / "rig").mkdir()
    with rig(sqlite_template, tmp_path / "rig") as station:
        for part in range(6):
            for kind, channel in product(DAMAGES, CHANNELS):
                station.export(channel, kind, seed + part)
        for kind in LARGE:
            station.export("shopify", kind, seed)
        for part, kind in product(range(8), SHEETS):
            sheets(station, kind, seed + part)
        for kind, name in product(DAMAGES, LISTS):
            lists(station, name, kind, seed)
        for kind, carrier in product(DAMAGES, CARRIERS):
            numbers(station, carrier, kind, seed)
        for part in range(200):
            mappings(station, seed + part)
        for mode, channel in product(
            ("removed", "cut", "exchanged", "broken"), ("shopify", "yahoo", "eccube4", "logiless")
        ):
            changing(station, channel, mode)
        for mode in ("removed", "cut", "broken"):
            changing_lists(station, mode)
        no_files(station, tmp_path / "odd")
        tally = station.close()
    assert tally.wrong == []
    assert tally.files >= 2_000
