"""Simulated power cuts: the disk as it may look after a cut at any point of a recorded run of the real program.

What was synced is there. Each later write is kept, dropped, or torn at 512 bytes; the folder's names are a prefix of
the steps that made and removed them, at least up to its last sync. This is harsher than most disks, and it says
nothing about a disk that lies about its syncs.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import StationError
from app.services.verify import verify
from app.storage.database import open_database
from tests.torture.recorder import Operation, recorded
from tests.torture.shop import DATABASE, ROOT, Scan, audit_sql, command, make_script, make_shop

__all__ = ["Cuts", "Record", "cut", "record"]

WEAKER = """
# Put in front of the program by the control run only: the same program with a weaker setting.
import os
import sqlite3
import sqlite3.dbapi2

WEAK = os.environ["KENPIN_TEST_SYNCHRONOUS"]
LIE = os.environ.get("KENPIN_TEST_LIE") == "1"


class Cursor(sqlite3.Cursor):
    def execute(self, text, *more):
        if text == "PRAGMA synchronous=FULL":
            text = f"PRAGMA synchronous={WEAK}"
        elif text == "PRAGMA synchronous" and LIE:
            text = "SELECT 2"
        return super().execute(text, *more)


class Connection(sqlite3.Connection):
    def cursor(self, factory=Cursor):
        return super().cursor(factory)


real = sqlite3.dbapi2.connect


def connect(*arguments, **named):
    named.setdefault("factory", Connection)
    return real(*arguments, **named)


sqlite3.connect = sqlite3.dbapi2.connect = connect
"""


@dataclass
class Record:
    """One recorded run."""

    base: dict[str, bytes]
    """Files before it."""
    operations: list[Operation]
    promised: list[tuple[int, str, str]]
    """Number of operations after which an act had been answered, the act, its level."""
    script: list[Scan]


def record(orders: int, seed: int, *, weaker: str = "") -> Record:
    """Record a shift of ``kenpin scan``.

    :param weaker: value of ``PRAGMA synchronous`` that is put in the place of the program's own.
    """
    with tempfile.TemporaryDirectory(prefix="kenpin-cut-", dir=memory()) as name:
        folder = Path(name)
        script = make_script(make_shop(folder, orders, seed), seed)
        base = {path.name: path.read_bytes() for path in folder.glob(f"{DATABASE}*") if not path.name.endswith("-shm")}
        feed = "".join(f"{scan.code}\t{scan.act}\n" for scan in script).encode()
        with tempfile.TemporaryDirectory() as front:
            more = {"PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
            if weaker:
                (Path(front) / "sitecustomize.py").write_text(WEAKER)
                more["PYTHONPATH"] = os.pathsep.join((front, more["PYTHONPATH"]))
                more |= {"KENPIN_TEST_SYNCHRONOUS": weaker, "KENPIN_TEST_LIE": "1"}
            found = recorded(command(folder, "scan"), folder, more=more, feed=feed)
    operations = [each for each in found if each.kind in "AD" or each.path.startswith(DATABASE)]
    return Record(base, operations, _promises(operations), script)


def memory() -> str | None:
    """A folder in memory where there is one: the rebuilt disks are written thousands of times."""
    return "/dev/shm" if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK) else None


def _promises(operations: list[Operation]) -> list[tuple[int, str, str]]:
    said, promised = b"", []
    for at, operation in enumerate(operations, 1):
        if operation.kind != "A":
            continue
        said += operation.data
        *whole, said = said.split(b"\n")
        for line in whole:
            answer = json.loads(line)
            promised.append((at, answer["act"], answer["level"]))
    return promised


@dataclass
class Cuts:
    """What many cuts of one record showed."""

    cuts: int = 0
    losing: int = 0
    """Cuts after which an answered act was gone."""
    worst: int = 0
    """Most answered acts that one cut lost."""
    broken: int = 0
    """Cuts after which something was half done or the file damaged."""
    examples: list[str] = field(default_factory=list)
    modes: Counter[str] = field(default_factory=Counter)


def cut(made: Record, cuts: int, seed: int, *, whole_check_every: int = 25) -> Cuts:
    """Cut the power at random points and look at what is left.

    :param whole_check_every: each so many cuts also the program itself opens the shop and verifies it.
    """
    chance = random.Random(seed)
    seen = Cuts()
    with tempfile.TemporaryDirectory(prefix="kenpin-cut-", dir=memory()) as name:
        folder = Path(name)
        for number in range(cuts):
            point = chance.randrange(1, len(made.operations) + 1)
            mode = chance.choice(("drop", "some", "some", "keep"))
            shutil.rmtree(folder)
            folder.mkdir()
            for path, content in rebuild(made, point, mode, chance).items():
                (folder / path).write_bytes(content)
            promised = {act: level for at, act, level in made.promised if at <= point}
            lost, faults = _look(folder, promised)
            if number % whole_check_every == 0 and not faults:
                faults = _verify(folder)
            seen.cuts += 1
            seen.modes[mode] += 1
            seen.losing += bool(lost)
            seen.worst = max(seen.worst, len(lost))
            seen.broken += bool(faults)
            if (lost or faults) and len(seen.examples) < 3:
                seen.examples.append(f"cut at {point} ({mode}): lost {sorted(lost)[:3]}, faults {faults[:2]}")
    return seen


def _look(folder: Path, promised: dict[str, str]) -> tuple[set[str], list[str]]:
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            stored = dict(connection.execute("SELECT act, level FROM journal WHERE kind = 'scan'").fetchall())
            faults = audit_sql(connection)
    except sqlite3.Error as error:
        return set(promised), [f"cannot be read: {error}"]
    lost = {act for act, level in promised.items() if stored.get(act) != level}
    return lost, faults


def _verify(folder: Path) -> list[str]:
    try:
        database = open_database(f"sqlite:///{folder / DATABASE}")
    except StationError as error:
        return [str(error)]
    try:
        with database.reading() as tx:
            return [fault.key for fault in verify(tx)[1]]
    finally:
        database.close()


def rebuild(made: Record, point: int, mode: str, chance: random.Random) -> dict[str, bytearray]:
    """The files as they may be on the disk after a cut.

    A name can stand for several files in turn (a log removed and made anew), so data is kept by name and generation.
    """
    generation: dict[str, int] = {}
    names: list[tuple[str, tuple[str, int]]] = [("link", (path, 0)) for path in made.base]
    live, settled = set(made.base), len(names)
    tagged: list[tuple[Operation, tuple[str, int]]] = []
    synced: dict[tuple[str, int], int] = {}
    for operation in made.operations[:point]:
        path, kind = operation.path, operation.kind
        if kind == "A":
            continue
        if kind == "D":
            settled = len(names)
            continue
        if kind in "WT" and path not in live:
            generation[path] = generation.get(path, -1) + 1
            live.add(path)
            names.append(("link", (path, generation[path])))
        key = (path, generation.get(path, 0))
        if kind == "U":
            names.append(("unlink", key))
            live.discard(path)
        elif kind == "S":
            synced[key] = len(tagged)
            # ext4, xfs and btrfs write the name of a new file with its first sync.
            for at, (what, linked) in enumerate(names):
                if what == "link" and linked == key:
                    settled = max(settled, at + 1)
        tagged.append((operation, key))
    files = {(path, 0): bytearray(content) for path, content in made.base.items()}
    for at, (operation, key) in enumerate(tagged):
        if operation.kind not in "WT":
            continue
        sure = at < synced.get(key, -1)
        if not sure and (mode == "drop" or (mode == "some" and chance.random() < 0.5)):
            continue
        file = files.setdefault(key, bytearray())
        if operation.kind == "T":
            del file[operation.offset :]
            file.extend(bytes(max(0, operation.offset - len(file))))
            continue
        data, size = operation.data, len(operation.data)
        parts = [(0, size)]
        if not sure and mode == "some" and size > 512 and chance.random() < 0.3:
            parts = [(start, min(start + 512, size)) for start in range(0, size, 512) if chance.random() < 0.5]
        for start, end in parts:
            file.extend(bytes(max(0, operation.offset + end - len(file))))
            file[operation.offset + start : operation.offset + end] = data[start:end]
    reached = settled if mode == "drop" else len(names) if mode == "keep" else chance.randint(settled, len(names))
    there: dict[str, tuple[str, int]] = {}
    for what, key in names[:reached]:
        if what == "link":
            there[key[0]] = key
        elif there.get(key[0]) == key:
            del there[key[0]]
    return {path: files.get(key, bytearray()) for path, key in there.items()}


def refuses_weaker(folder: Path) -> tuple[int, str]:
    """Run the program with a weaker setting and without the lie: it must read the setting back and refuse."""
    import subprocess

    make_shop(folder, 1, 1)
    with tempfile.TemporaryDirectory() as front:
        (Path(front) / "sitecustomize.py").write_text(WEAKER)
        env = {**os.environ, "PYTHONPATH": os.pathsep.join((front, str(ROOT))), "KENPIN_TEST_SYNCHRONOUS": "NORMAL"}
        done = subprocess.run(
            command(folder, "scan"), cwd=ROOT, env=env, input="", capture_output=True, text=True, check=False
        )
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    found = record(12, 1, weaker=sys.argv[1] if len(sys.argv) > 1 else "")
    print(len(found.operations), Counter(each.kind for each in found.operations), len(found.promised))
    print(cut(found, 300, 2))
