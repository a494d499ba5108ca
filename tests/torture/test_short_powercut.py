"""A few hundred simulated power cuts in every run of the tests; ``make torture`` does thousands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.powercut import cut, record, refuses_weaker
from tests.torture.recorder import why_not
from tests.torture.shop import seed_of

pytestmark = pytest.mark.skipif(bool(why_not()), reason=f"power cuts cannot be recorded: {why_not()}")


def test_no_cut_loses_an_answered_scan() -> None:
    seed = seed_of("power cuts")
    made = record(5, seed)
    assert len(made.promised) == len(made.script)
    seen = cut(made, 120, seed)
    print(seen)
    assert (seen.losing, seen.broken) == (0, 0), seen.examples


def test_the_rig_sees_a_weaker_setting() -> None:
    """The control run: the same program with ``synchronous=NORMAL`` must lose something, else the rig is blind."""
    seed = seed_of("power cuts, control")
    seen = cut(record(8, seed, weaker="NORMAL"), 60, seed)
    print(seen)
    assert seen.losing > 0


def test_the_program_refuses_a_weaker_setting(tmp_path: Path) -> None:
    status, said = refuses_weaker(tmp_path)
    assert status == 1, said
    assert "synchronous" in said
    assert "Traceback" not in said
