"""Each write, sync, truncation and removal of the database's files fails once, or from there on.

The station says one plain sentence, goes on or ends, and afterwards nothing that was answered is gone.
"""

from __future__ import annotations

import errno
import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.powercut import memory
from tests.torture.recorder import compiled
from tests.torture.shop import DATABASE, Scan, audit, journal_of, judge, kenpin, make_script, make_shop

__all__ = ["MODES", "Failures", "changes_of", "fail_at"]

MODES = {
    "EIO once": {"IOERR_ERRNO": str(errno.EIO)},
    "ENOSPC once, half written": {"IOERR_ERRNO": str(errno.ENOSPC)},
    "EIO from then on": {"IOERR_ERRNO": str(errno.EIO), "IOERR_STICKY": "1"},
}


@dataclass
class Failures:
    """What the runs showed."""

    runs: int = 0
    answered: int = 0
    refused_by_fault: int = 0
    """Scans that the station refused because the disk failed, each with a sentence."""
    kept: int = 0
    """Scans refused for the disk's sake that the file holds all the same: a sync that failed may have written."""
    ended: int = 0
    """Runs that ended with status 1."""
    said: Counter[str] = field(default_factory=Counter)


def _environment(folder: Path, number: int, mode: str) -> dict[str, str]:
    return {
        "LD_PRELOAD": str(compiled("ioerr")),
        "IOERR_DIR": str(folder / DATABASE),
        "IOERR_N": str(number),
        "IOERR_COUNT": str(folder / "count"),
        **MODES[mode],
    }


def changes_of(orders: int, seed: int) -> int:
    """How many changes of files an undisturbed run makes."""
    with tempfile.TemporaryDirectory(prefix="kenpin-io-", dir=memory()) as name:
        folder = Path(name)
        script = make_script(make_shop(folder, orders, seed), seed)
        done = kenpin(folder, "scan", more=_environment(folder, 0, "EIO once"), feed=_feed(script))
        assert done.returncode == 0, done.stderr
        return int((folder / "count").read_text())


def _feed(script: list[Scan]) -> str:
    return "".join(f"{scan.code}\t{scan.act}\n" for scan in script)


def fail_at(number: int, mode: str, orders: int, seed: int, seen: Failures) -> None:
    """Let the *number*-th change fail, look at what was said, then do the whole script again on a good disk."""
    with tempfile.TemporaryDirectory(prefix="kenpin-io-", dir=memory()) as name:
        folder = Path(name)
        script = make_script(make_shop(folder, orders, seed), seed)
        done = kenpin(folder, "scan", more=_environment(folder, number, mode), feed=_feed(script))
        where = f"change {number}, {mode}, seed {seed}"
        said = done.stdout + done.stderr
        assert done.returncode in (0, 1), f"{where}: status {done.returncode}: {done.stderr}"
        assert "Traceback" not in said, f"{where}: {done.stderr}"
        assert not list(folder.glob("crash-*.txt")), f"{where}: {next(folder.glob('crash-*.txt')).read_text()}"
        lines = [line for line in done.stderr.splitlines() if line.startswith("kenpin: ")]
        assert len(lines) <= 1, f"{where}: {done.stderr}"
        if done.returncode:
            assert lines, f"{where}: ended without a word"
            seen.ended += 1
            seen.said[lines[0].split(str(folder))[0]] += 1
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        good, failed = {}, set()
        for answer in answers:
            if answer["key"].startswith("database."):
                assert (answer["level"], bool(answer["text"])) == ("refused", True), f"{where}: {answer}"
                seen.refused_by_fault += 1
                failed.add(answer["act"])
                seen.said[answer["key"]] += 1
            else:
                good[answer["act"]] = answer
        stored = journal_of(folder)
        lost = good.keys() - stored.keys()
        assert not lost, f"{where}: answered and gone: {sorted(lost)[:3]}"
        seen.kept += len(failed & stored.keys() - good.keys())
        faults = audit(folder)
        assert not faults, f"{where}: {faults}"
        _again(folder, script, good, where)
        seen.runs += 1
        seen.answered += len(good)


def _again(folder: Path, script: list[Scan], good: dict[str, dict], where: str) -> None:
    """With the fault gone the same lines are handed in again: what was done counts once, the rest is done now.

    A scan that the fault swallowed makes later ones of the first run wrong (the item before its order, say), so only
    acts that stand as the script has them are compared; the order must come out complete by scanning what it wants.
    """
    clean = [scan for scan in script if not scan.repeat]
    done = kenpin(folder, "scan", feed=_feed(clean))
    assert done.returncode == 0, f"{where}: {done.stderr}"
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["act"] for answer in answers] == [scan.act for scan in clean], where
    for answer in answers:
        if answer["act"] in good:
            assert answer["repeat"], f"{where}: {answer}"
            before = {name: value for name, value in good[answer["act"]].items() if name != "repeat"}
            assert {name: value for name, value in answer.items() if name != "repeat"} == before, where
    whole = len(good) == len(clean)
    if whole or not good:
        wrong = [fault for scan, answer in zip(clean, answers, strict=True) for fault in judge(scan, answer)]
        assert not wrong, f"{where}: {wrong[:3]}"
    faults = audit(folder)
    assert not faults, f"{where}: {faults}"
