"""A full disk, a read-only one, and a damaged file: each is named, and never taken for a first start."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import StationError
from app.services.verify import verify
from app.storage.database import open_database
from tests.torture.powercut import memory
from tests.torture.shop import DATABASE, audit, journal_of, judge, kenpin, make_script, make_shop

__all__ = ["Damage", "damage", "fill_disk", "no_mount", "read_only_disk", "unusable_files"]


def no_mount() -> str:
    """Why no disk can be mounted here; empty where it can."""
    if not sys.platform.startswith("linux"):
        return "mounting needs Linux"
    if os.geteuid() != 0:
        return "mounting needs root"
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", name], capture_output=True, text=True, check=False
        )
        if done.returncode:
            return f"mounting failed: {done.stderr.strip()}"
        subprocess.run(["umount", "-l", name], check=False)
    return ""


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of *size* in memory."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    """Change a mounted disk."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def fill_disk(folder: Path, seed: int, size_kib: int = 3072) -> dict[str, object]:
    """Scan until the disk is full, make room, go on with what was not answered; nothing is lost."""
    with small_disk(folder, f"{size_kib}k") as disk:
        script = [scan for scan in make_script(make_shop(disk, 200, seed), seed) if not scan.repeat]
        feed = "".join(f"{scan.code}\t{scan.act}\n" for scan in script)
        done = kenpin(disk, "scan", feed=feed)
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        full = [answer for answer in answers if answer["key"].startswith("database.")]
        keys = Counter(answer["key"] for answer in full)
        assert full or done.returncode == 1, "the disk was not full: make it smaller"
        assert set(keys) <= {"database.full"}, keys
        for answer in full:
            assert answer["level"] == "refused"
            assert answer["text"]
        first = next((at for at, answer in enumerate(answers) if answer["key"].startswith("database.")), len(answers))
        for scan, answer in zip(script[:first], answers[:first], strict=False):
            assert not judge(scan, answer), answer
        remount(disk, f"size={size_kib * 8}k")
        stored = journal_of(disk)
        lost = [scan.act for scan in script[:first] if scan.act not in stored]
        assert not lost, lost[:3]
        faults = audit(disk)
        assert not faults, faults
        # Beyond the first refusal a later line may have gone in (a refusal needs less room); from there on a person
        # looks at the screen. The order in hand is finished by a fresh look at it.
        rest = script[max(0, first - 1) :]
        if all(answer["key"].startswith("database.") for answer in answers[first:]):
            again = kenpin(disk, "scan", feed="".join(f"{scan.code}\t{scan.act}\n" for scan in rest))
            assert again.returncode == 0, again.stderr
            for scan, line in zip(rest, again.stdout.splitlines(), strict=True):
                assert not judge(scan, json.loads(line)), line
        else:
            again = kenpin(disk, "scan", feed="KP-CANCEL\n")
            assert again.returncode == 0, again.stderr
        faults = audit(disk)
        assert not faults, faults
        said = full[0]["text"] if full else done.stderr.strip()
        return {"answered": first, "refused": len(full), "status": done.returncode, "said": said}


def read_only_disk(folder: Path, seed: int) -> dict[str, object]:
    """Start on a disk that became read-only: one sentence, status 1, and the shop is whole afterwards."""
    with small_disk(folder, "16m") as disk:
        script = make_script(make_shop(disk, 5, seed), seed)
        assert kenpin(disk, "scan", feed=f"{script[0].code}\t{script[0].act}\n").returncode == 0
        before = set(journal_of(disk))
        remount(disk, "ro")
        said = {}
        for arguments in (("scan",), ("orders", "list"), ("verify",), ("doctor",)):
            done = kenpin(disk, *arguments, feed=f"{script[1].code}\n" if arguments == ("scan",) else "")
            assert "Traceback" not in done.stdout + done.stderr, done.stderr
            said[" ".join(arguments)] = (done.returncode, (done.stderr or done.stdout).strip()[:200])
        assert said["scan"][0] == 1, said["scan"]
        assert said["scan"][1].startswith("kenpin: "), said["scan"]
        remount(disk, "rw")
        assert set(journal_of(disk)) == before
        assert not audit(disk)
        return said


# --- damaged files ------------------------------------------------------------------------------------------------

_LEDGER = {
    "moves": "id, product_id, lot, source, target, quantity",
    "balances": "product_id, place, lot, quantity",
    "order_lines": "id, done",
    "journal": "*",
    "stations": "name, seq, head",
    "tallies": "shop_id, state, number",
}
"""What ``verify`` answers for: quantities of stock and of packed pieces, and who did what."""
_STANDING = "SELECT id, line_id, quantity FROM steps WHERE line_id IS NOT NULL AND undone = ''"
_CONTENT = ("moves", "steps", "order_lines", "orders", "products", "product_codes", "parcels", "print_jobs", "stations")


@dataclass
class Damage:
    """What happened to a file with one bit changed."""

    flips: int = 0
    refused: int = 0
    """The program did not open it, with a sentence."""
    named: int = 0
    """It was opened and ``verify`` named a fault."""
    harmless: int = 0
    """Nothing that is stored has changed: free space."""
    crashed: Counter[str] = field(default_factory=Counter)
    """``verify`` stumbled over what it read instead of naming it: seen, but with no sentence."""
    unseen: Counter[str] = field(default_factory=Counter)
    """Changed content that no check saw, by table."""
    unseen_ledger: list[str] = field(default_factory=list)
    """The same in the ledger, the journal and the counts: must stay empty."""


def damage(folder: Path, flips: int, seed: int) -> Damage:
    """Flip single bits of the file; the program or ``verify`` must name what matters, and never start an empty shop."""
    chance = random.Random(seed)
    script = make_script(make_shop(folder, 30, seed), seed)[:150]
    kenpin(folder, "scan", feed="".join(f"{scan.code}\t{scan.act}\n" for scan in script))
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    good = (folder / DATABASE).read_bytes()
    before = _dump(folder / DATABASE)
    seen = Damage()
    with tempfile.TemporaryDirectory(prefix="kenpin-flip-", dir=memory()) as name:
        target = Path(name) / DATABASE
        for _ in range(flips):
            place, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
            broken = bytearray(good)
            broken[place] ^= bit
            for left in target.parent.glob("*"):
                left.unlink()
            target.write_bytes(broken)
            seen.flips += 1
            _one_flip(target, before, place, seen)
    return seen


def _one_flip(target: Path, before: dict[str, Any], place: int, seen: Damage) -> None:
    try:
        database = open_database(f"sqlite:///{target}")
    except StationError:
        seen.refused += 1
        return
    except Exception as error:  # noqa: BLE001 - counted and shown
        seen.crashed[f"open: {type(error).__name__}: {str(error)[:60]}"] += 1
        return
    try:
        with database.reading() as tx:
            figures, faults = verify(tx)
        assert figures.orders == len(before["orders"]) or faults, f"byte {place}: an empty shop passes"
    except StationError:
        seen.named += 1
        return
    except AssertionError:
        raise
    except Exception as error:  # noqa: BLE001 - counted and shown
        seen.crashed[f"verify: {type(error).__name__}: {str(error)[:60]}"] += 1
        return
    finally:
        database.close()
    if faults:
        seen.named += 1
        return
    try:
        after = _dump(target)
    except sqlite3.Error as error:
        seen.unseen[f"unreadable: {error}"] += 1
        return
    changed = [table for table in before if before[table] != after[table]]
    if not changed:
        seen.harmless += 1
    for table in changed:
        seen.unseen[table] += 1
        if table.startswith("ledger: "):
            seen.unseen_ledger.append(f"byte {place}: {table}: {_difference(before[table], after[table])}")


def _difference(before: list[Any], after: list[Any]) -> str:
    return next((f"{one} became {two}" for one, two in zip(before, after, strict=False) if one != two), "rows missing")


def _dump(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as connection:
        found: dict[str, Any] = {}
        for table, columns in _LEDGER.items():
            found[f"ledger: {table}"] = _rows(connection, f"SELECT {columns} FROM {table}")
        found["ledger: steps"] = _rows(connection, _STANDING)
        for table in _CONTENT:
            found[table] = _rows(connection, f"SELECT * FROM {table}")
        found["schema"] = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    return found


def _rows(connection: sqlite3.Connection, query: str) -> list[Any]:
    return sorted(connection.execute(query).fetchall(), key=repr)


def unusable_files(folder: Path, seed: int) -> dict[str, str]:
    """Files that are no shop any more: each is refused by its own sentence, and stays as it is."""
    make_shop(folder, 30, seed)
    target = folder / DATABASE
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    good = target.read_bytes()
    foreign = sqlite3.connect(":memory:")
    foreign.execute("CREATE TABLE contacts (name TEXT)")
    foreign.commit()
    alien = foreign.serialize()
    foreign.close()
    cases = {
        "empty": b"",
        "half of it": good[: len(good) // 2],
        "only the header": good[:100],
        "a quarter page": good[:1024],
        "first page wiped": bytes(4096) + good[4096:],
        "second page wiped": good[:4096] + bytes(4096) + good[8192:],
        "no database": random.Random(seed).randbytes(8192),
        "another program's": alien,
    }
    said = {}
    for name, content in cases.items():
        for left in folder.glob(f"{DATABASE}*"):
            left.unlink()
        target.write_bytes(content)
        scan = kenpin(folder, "scan", feed="T-00001\n")
        verified = kenpin(folder, "verify")
        for done in (scan, verified):
            assert "Traceback" not in done.stdout + done.stderr, f"{name}: {done.stderr}"
        assert not list(folder.glob("crash-*.txt")), f"{name}: {next(folder.glob('crash-*.txt')).read_text()}"
        assert verified.returncode == 1, f"{name}: verify says {verified.returncode}: {verified.stdout}"
        if scan.returncode == 0:
            assert '"order.unknown"' not in scan.stdout, f"{name}: taken for an empty shop: {scan.stdout}"
        if name not in ("second page wiped", "half of it"):  # these open; then verify names the damage
            assert scan.returncode == 1, f"{name}: scan says {scan.returncode}: {scan.stdout}"
            if name != "another program's":  # SQLite notes in the file's head that it was opened in WAL mode
                assert target.read_bytes() == content, f"{name}: the file was changed"
        said[name] = (scan.stderr or scan.stdout).strip()[:160] + " | " + verified.stderr.strip()[:120]
    return said
