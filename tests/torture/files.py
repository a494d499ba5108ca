"""Hostile files into a real station: whatever a file is, orders come in whole, held, or not at all.

Each file is made by a seed (:mod:`tests.torture.file_tables`, :mod:`tests.torture.file_damage`), taken in twice by the
real desk into a real database, and compared with what a careful reader says (:mod:`tests.torture.careful`) and with
what the file said before it was damaged.

The law for one file:

* no crash: what is wrong is a sentence that names the file, and can be said in every language;
* an order that is free to be packed says just what the undamaged file said, or all that the careful reader sees of it,
  with no fewer lines than before; one touched by damage is held or not there;
* an order whose rows are whole is there, unless the file is refused as a whole;
* the same file once more changes nothing;
* no file stays behind in the folder for temporary ones.
"""

from __future__ import annotations

import gc
import random
import re
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.intake import placeholders
from app.domain.orders import Problem
from app.errors import FileUnusable, StationError
from app.services.desk import Desk
from app.services.intake import Report, import_files, settle
from app.services.verify import verify
from app.storage.database import Database, open_database
from app.text import LANGUAGES, texts
from tests.makers import Goods, query, stocked
from tests.torture.careful import Careful, careful
from tests.torture.file_damage import damaged
from tests.torture.file_tables import PRODUCTS, Order, Table, export, export_names

_SLOW_BYTES = 5_000_000
"""The careful reader takes a second for a megabyte."""
__all__ = ["Rig", "Tally", "rig", "said"]


@dataclass(slots=True)
class Tally:
    """What became of the files."""

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(kind, verdict) -> files."""
    orders: Counter[str] = field(default_factory=Counter)
    """What became of the orders that whole rows name."""
    wrong: list[str] = field(default_factory=list)
    """Where the law was broken, with what replays it."""
    slowest: tuple[float, str] = (0.0, "")

    @property
    def files(self) -> int:
        """How many files."""
        return sum(self.verdicts.values())

    def __str__(self) -> str:
        kinds = sorted({kind for kind, _ in self.verdicts})
        lines = [
            f"{self.files} files; orders: {dict(self.orders)}; slowest {self.slowest[0]:.1f} s ({self.slowest[1]})"
        ]
        for kind in kinds:
            of = {verdict: number for (each, verdict), number in sorted(self.verdicts.items()) if each == kind}
            lines.append(f"  {kind}: {of}")
        return "\n".join([*lines, *self.wrong[:40]])


def said(found: Problem | StationError) -> str:
    """Return the sentence, in every language; fails where there is none or a placeholder stays."""
    args = (
        placeholders(found) if isinstance(found, Problem) else {name: str(each) for name, each in found.args_.items()}
    )
    plain = re.compile(r"\{\w+\}")
    for language in LANGUAGES:
        assert texts(language).has(found.key), found.key
        sentence = texts(language).say(found.key, **args)
        assert not plain.search(sentence) or any("{" in each for each in args.values()), sentence
    return sentence


@contextmanager
def rig(template: Path, folder: Path) -> Iterator[Rig]:
    """Yield a rig with a database of its own, whose temporary files lie within *folder*."""
    (folder / "temporary").mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder / "temporary")
    path = folder / "kenpin.db"
    path.write_bytes(template.read_bytes())
    database = open_database(f"sqlite:///{path}")
    desk = Desk(database, "office")
    station = Rig(desk, database, folder)
    try:
        stocked(database, [Goods(at, stock=1_000_000) for at in range(1, PRODUCTS + 1)])
        yield station
    finally:
        print(station.tally)
        desk.stop()
        database.close()
        tempfile.tempdir = before


class Rig:
    """A station to which files are given."""

    def __init__(self, desk: Desk, database: Database, folder: Path) -> None:
        self.desk, self.database, self.folder = desk, database, folder
        self.tally = Tally()
        self.number = 0
        self._temporary = folder / "temporary"

    # --- exports ---

    def export(self, channel: str, kind: str, seed: int) -> None:
        """Damage an export of *channel*, take it in twice, and keep what became of it."""
        chance = random.Random(f"{seed}/{channel}/{kind}")
        table = export(channel, chance)
        original = {number: list(lines) for number, lines in table.orders.items()}
        data = damaged(kind, table, chance)
        parts = [data, table.beside] if table.beside else [data]
        if table.beside and kind != "nothing at all" and chance.random() < 0.2:
            parts = [export(channel, chance).data, data]  # the other half is the damaged one, of quite another kind
        paths = self.put(export_names(channel), parts)
        reading = careful(parts[0], table.shape) if len(parts[0]) < _SLOW_BYTES else None
        self.judge(f"{kind} ({channel}, seed {seed})", kind, paths, table, reading, original)

    def put(self, names: Sequence[str], parts: Sequence[bytes]) -> list[Path]:
        """Write files into a folder of their own."""
        self.number += 1
        place = self.folder / f"{self.number:05d}"
        place.mkdir()
        paths = [place / name for name in names[: len(parts)]]
        for path, part in zip(paths, parts, strict=True):
            path.write_bytes(part)
        return paths

    def judge(
        self,
        what: str,
        kind: str,
        paths: list[Path],
        table: Table,
        reading: Careful | None,
        original: dict[str, Order],
    ) -> None:
        """Take files in twice and compare."""
        shop = f"shop {self.number}"

        def once() -> Report:
            return import_files(self.desk, paths, shop=shop, then_settle=False)

        began = time.monotonic()
        report = self._heard(what, once)
        self.tally.slowest = max(self.tally.slowest, (time.monotonic() - began, what))
        if report is None:
            self.tally.verdicts[kind, "CRASH"] += 1
            return
        came = self.orders(shop)
        self._compare(what, report, came, table, reading, original)
        first = self._digest(shop)
        again = self._heard(what, once)
        if again is not None:
            changed = {name: again.orders[name] for name in ("added", "changed", "cancelled") if again.orders[name]}
            self.law(what, not changed, f"the same file again: {changed}")
            self.law(what, self._digest(shop) == first, "the same file again changed the database")
        self.swept(what)
        for path in paths:
            if path.suffix != ".xlsx":
                path.unlink(missing_ok=True)
        held = sum(bool(holds) for _, holds in came.values())
        refused = next((each.key for each in report.problems), "nothing said") if not report.usable else ""
        verdict = f"refused: {refused}" if refused else f"{'some' if held else 'none'} held" if came else "no orders"
        self.tally.verdicts[kind, verdict] += 1

    def _heard(self, what: str, act: Callable[[], Report]) -> Report | None:
        try:
            report = act()
        except FileUnusable as error:
            self.law(what, False, f"raised instead of told: {error}")
        except StationError as error:
            self.law(what, False, f"raised instead of told: {error}: {said(error)}")
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            self.crashed(what, error)
        else:
            self.sayable(what, report.problems)
            return report
        return None

    def crashed(self, what: str, error: Exception) -> None:
        """Keep a crash, and where it was."""
        last = traceback.extract_tb(error.__traceback__)[-4:]
        where = "; ".join(f"{Path(each.filename).name}:{each.lineno}" for each in last)
        self.law(what, False, f"CRASH {type(error).__name__}: {error} at {where}")

    def sayable(self, what: str, problems: Sequence[Problem]) -> None:
        """Everything that is told can be said, and names its file."""
        for each in problems[:200]:
            try:
                said(each)
                assert each.file, each
                assert each.row >= 0, each
            except Exception as error:  # noqa: BLE001 - the law is broken by whatever it is
                self.law(what, False, f"cannot be said: {each.key}: {error!r}"[:600])

    def orders(self, shop: str) -> dict[str, tuple[Order, list[str]]]:
        """What the database has: number -> lines (of all ship-tos), and the holds."""
        heads = query(
            self.database,
            "SELECT o.id, o.number, o.state FROM orders o JOIN shops s ON s.id = o.shop_id WHERE s.name = ?"
            " ORDER BY o.id",
            shop,
        )
        came: dict[str, tuple[Order, list[str]]] = {}
        for identity, number, state in heads:
            lines, holds = came.setdefault(number, ([], []))
            lines += query(
                self.database, "SELECT sku, wanted FROM order_lines WHERE order_id = ? ORDER BY position", identity
            )
            holds += [each for (each,) in query(self.database, "SELECT hold FROM holds WHERE order_id = ?", identity)]
            holds += [state] if state == "cancelled" else []
        return came

    def _digest(self, shop: str) -> object:
        return query(
            self.database,
            "SELECT o.*, (SELECT group_concat(l.sku || '/' || l.wanted) FROM order_lines l WHERE l.order_id = o.id),"
            " (SELECT group_concat(h.hold || h.detail) FROM holds h WHERE h.order_id = o.id)"
            " FROM orders o JOIN shops s ON s.id = o.shop_id WHERE s.name = ? ORDER BY o.id",
            shop,
        )

    def _compare(
        self,
        what: str,
        report: Report,
        came: dict[str, tuple[Order, list[str]]],
        table: Table,
        reading: Careful | None,
        original: dict[str, Order],
    ) -> None:
        seen = reading.orders if reading else {}
        for number, (lines, holds) in came.items():
            if holds:
                continue
            was, now = original.get(number), seen.get(number)
            got = sorted(lines)
            right = was is not None and got == sorted(was)
            fewer = was is not None and now is not None and len(now) < len(was)
            at_end = reading is not None and number == reading.last  # a file that ends after a row says nothing of more
            # Bytes that are missing from the beginning of one row to that of another leave nothing to be seen.
            unseen = "a hole" in what and reading is not None and not reading.odd
            right = right or (now is not None and got == sorted(now) and (not fewer or at_end or unseen))
            self.law(what, right, f"{number!r} is free with {got}, was {was}, careful {now}")
        if not report.usable or reading is None:
            self.tally.orders["refused with their file"] += len(original)
            return
        for number in reading.whole:
            if number not in original or sorted(seen[number]) != sorted(original[number]):
                continue
            there = came.get(number)
            # A row that cannot be read may be anybody's; and of the last one nobody knows whether it is whole.
            doubtful = reading.odd or number == reading.last
            self.law(what, there is not None or doubtful, f"whole order {number!r} is not there: {report.problems[:3]}")
            if there is not None:
                right = sorted(there[0]) == sorted(original[number]) or bool(there[1])
                self.law(what, right, f"whole order {number!r} has {there[0]}")
            fate = "not there" if there is None else "held" if there[1] else "free"
            self.tally.orders[f"whole, {fate}"] += 1

    def swept(self, what: str) -> None:
        """No temporary file is left."""

        def left() -> list[Path]:
            return [path for path in self._temporary.rglob("*") if path.is_file() and path.name != "lock"]

        for pause in (0.0, 0.05, 0.5):  # the writer lets go of an act after it has told its result
            time.sleep(pause)
            if not left():
                return
            gc.collect()  # takes a third of a second in a process that has loaded everything
        self.law(what, not left(), f"left behind: {left()[:3]}")

    def law(self, what: str, held: bool, why: str) -> None:
        """Keep it where the law was broken."""
        if not held:
            self.tally.wrong.append(f"  WRONG {what}: {why}"[:900])

    # --- at the end ---

    def close(self) -> Tally:
        """Settle what came in, and look at the whole database."""
        settle(self.desk, Report(usable=True))
        with self.database.reading() as tx:
            _, faults = verify(tx)
        self.law("at the end", not faults, f"verify: {[(each.key, each.args) for each in faults[:5]]}")
        return self.tally
