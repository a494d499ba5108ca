"""The whole day: morning import, releases, carriers' programs, two benches, changes in between, the dock, the reports.

Benches and office take turns by a seeded draw, one scan at a time, so that a run can be repeated; every turn is a
transaction of its own on its own desk, as on several computers.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.domain.orders import Hold
from app.errors import FileUnusable, NotAllowed
from app.services import (
    changes,
    handover,
    intake,
    merge,
    numbers,
    orders,
    pulls,
    release,
    reports,
    settings,
    stop,
    waybills,
)
from app.services.answers import Answer
from app.services.desk import Desk
from app.storage.database import open_database
from tests.day.bench import Bench, Box, Key, Slip, World, ship_number_on
from tests.day.carriers import B2, Ehiden3, Label, Program, Run
from tests.day.house import House, morning, zone_of_morning
from tests.day.orders import EVERY_SHOP, PRODUCTS, SAGAWA, SHOPS, YAMATO, Order, Person, Sold, make_day
from tests.makers import faults_of, query

__all__ = ["Shift", "key_of", "the_books_are_right"]

OFFICE = frozenset({"orders", "bench", "printing"})
_WATCHED = (
    *("order_lines", "holds", "parcels", "steps", "moves", "balances", "waybills", "pulls", "print_jobs", "releases"),
)
_LETTER = {shop.name: letter for letter, shop in EVERY_SHOP.items()}


@dataclass(slots=True)
class Shift:
    """One day in one warehouse."""

    url: str
    folder: Path
    seed: int = 4
    size: int = 400
    at_close: str = ""
    """Letters of the shops whose waybills are made at the close."""
    house: House = field(init=False)
    world: World = field(init=False)
    benches: list[Bench] = field(init=False, default_factory=list)
    programs: dict[str, Program] = field(init=False)
    chance: random.Random = field(init=False)
    ids: dict[Key, int] = field(init=False, default_factory=dict)
    cancelled: set[Key] = field(init=False, default_factory=set)
    """Orders whose shop (or office) cancelled them before they left."""
    stopped: set[Key] = field(init=False, default_factory=set)
    """Orders that are gone from their shop's list and were not let go."""
    slips_made: dict[Key, Slip] = field(init=False, default_factory=dict)
    """The newest slip of each order."""
    last_job: int = field(init=False, default=0)
    refusals: dict[str, str] = field(init=False, default_factory=dict)
    """Customer keys that the carrier's program will not take, with its reason."""
    forgotten: set[str] = field(init=False, default_factory=set)
    """Customer keys that the carrier's program leaves out of its file the first time."""
    pending: dict[str, list[Label]] = field(init=False, default_factory=dict)
    """Labels by carrier whose numbers the file left out, for the next file."""
    pieces: dict[Key, int] = field(init=False, default_factory=dict)
    """Orders that go in more than one piece."""
    left_alone: set[Key] = field(init=False, default_factory=set)
    """Orders that something else is meant for already: no change comes in flight."""
    before_export: Callable[[int], None] | None = field(init=False, default=None)
    """Done between a release and the carriers' files, with the batch."""
    spoilt: int = field(init=False, default=0)
    """Files of numbers that were tried in bad shapes."""
    doubtful: int = field(init=False, default=0)
    """Scans that should be refused."""
    refused_scans: int = field(init=False, default=0)
    """Refusals that were held against the database."""
    changed: Counter[str] = field(init=False, default_factory=Counter)
    """What was changed in flight, by point and kind."""

    # --- the beginning ---

    def begin(self) -> None:
        """Open the house, take every file in."""
        zone = zone_of_morning()
        day = make_day(morning(zone), self.seed, self.size)
        self.chance = random.Random(self.seed)
        self.house = House.opened(self.url, self.folder, day, zone)
        truth = {key_of(each): each for each in day.orders if not each.shipped}
        shelves = Counter({sku: each.stock for sku, each in PRODUCTS.items() if each.stock})
        self.world = World(truth, shelves, at_close=frozenset(self.at_close))
        self.programs = {YAMATO: B2(day.today), SAGAWA: Ehiden3(day.today)}
        for name in ("bench-1", "bench-2"):
            desk = Desk(open_database(self.url), name)
            self.benches.append(Bench(desk, self.world, self.chance.randrange(1 << 30), self.scan))
        for letter in self.at_close:
            shop = self.sql("SELECT id FROM shops WHERE name = ?", SHOPS[letter].name)[0][0]
            self.office(settings.put, {"waybill.when": "close"}, shop)
        self.house.take_in_all()
        self.read_ids()

    def end(self) -> None:
        """Stop every desk."""
        for bench in self.benches:
            bench.desk.stop()
        self.house.stop()

    def read_ids(self) -> None:
        """Learn the orders' ids in the database."""
        rows = self.sql("SELECT o.id, s.name, o.number, o.ship_to_key FROM orders o JOIN shops s ON s.id = o.shop_id")
        self.ids = {(_LETTER[shop], number, ship_to): order for order, shop, number, ship_to in rows}

    def sql(self, statement: str, *values: Any) -> Sequence[Any]:
        """Ask the database in plain SQL, beside the program."""
        return query(self.house.desk.database, statement, *values)

    def office(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Do one act of the office."""
        return self.house.desk.do(OFFICE, function, "office", str(uuid4()), *arguments, **named).result()

    # --- scans, and what a refusal may do ---

    def plan_foreign(self) -> None:
        """Let the other bench scan a slip whose order is open at this one."""

        def happen(key: Key) -> bool:
            here = next(bench for bench in self.benches if bench.box is not None and key in bench.box.keys)
            other = next(bench for bench in self.benches if bench is not here)
            if other.asked not in {"", "order"}:
                return False
            answer = self.scan(other.desk, self.slips_made[key].bars, True)
            self.world.said[answer.key] += 1
            if answer.level != "refused":
                self.world.wrong.append(f"{key} is open at one bench and answers {answer.key} at the other")
            return True

        self.world.moments.append(("open", happen))

    def scan(self, desk: Desk, text: str, doubtful: bool) -> Answer:
        """Scan; every fourth that should be refused is held against the database, before and after."""
        self.doubtful += doubtful
        if not doubtful or self.doubtful % 4:
            act = str(uuid4())
            answer = desk.scan(text, act).result()
            if self.chance.random() < 0.02:  # the reader delivers it twice: it counts once
                again = desk.scan(text, act).result()
                if not again.repeat or (again.key, again.done) != (answer.key, answer.done):
                    self.world.wrong.append(f"one scan counted twice: {text} {answer.key} {again.key}")
            return answer
        before = self.digest()
        answer = desk.scan(text).result()
        if answer.level == "refused":
            self.refused_scans += 1
            if self.digest() != before:
                self.world.wrong.append(f"a refusal changed something: {answer.key} for {text}")
        return answer

    def digest(self) -> str:
        """What the books say, in one figure; leases and journals aside."""
        found = hashlib.blake2b(digest_size=16)
        with self.house.desk.database.reading() as tx:
            for table in _WATCHED:
                rows = tx.connection.exec_driver_sql(f"SELECT * FROM {table}")
                found.update(repr(sorted(tuple(row) for row in rows)).encode())
            heads = tx.connection.exec_driver_sql(
                "SELECT id, state, held, version, batch, sequence, cod, parcel_count, lead_id, parked FROM orders"
            )
            found.update(repr(sorted(tuple(row) for row in heads)).encode())
        return found.hexdigest()

    # --- release and papers ---

    def going(self) -> set[Key]:
        """Orders that must leave today, as things stand."""
        return {
            key
            for key, order in self.world.truth.items()
            if not order.stays and key not in self.cancelled and key not in self.stopped
        }

    def lift(self, key: Key, hold: Hold) -> None:
        """A person looked and lets the order go."""
        assert self.office(orders.lift, self.ids[key], [hold]) == 1, (key, hold)
        self.world.truth[key] = replace(self.world.truth[key], stays="")

    def merge_groups(self) -> int:
        """Merge what may go in one parcel; return how many pairs."""
        groups: dict[str, list[Key]] = {}
        for key, order in self.world.truth.items():
            if order.group and key not in self.cancelled:
                groups.setdefault(order.group, []).append(key)
        for members in groups.values():
            self.office(merge.merge, [self.ids[key] for key in members])
        return len(groups)

    def release(self, choice: release.Choice) -> release.Released:
        """Release, and put the slips on the stack as they come out of the printer."""
        done = release.release(self.house.desk, choice)
        for batch in done.batches:
            self.papers(batch)
        return done

    def papers(self, batch: int) -> None:
        """Slips of a batch, then its labels, cut into one part for each bench."""
        rows = self.sql(
            "SELECT s.name, o.number, o.ship_to_key, r.sequence, r.version, o.lead_id FROM releases r "
            "JOIN orders o ON o.id = r.order_id JOIN shops s ON s.id = o.shop_id WHERE r.batch = ? ORDER BY r.sequence",
            batch,
        )
        slips: list[list[Slip]] = []
        for shop, number, ship_to, sequence, version, lead in rows:
            slip = Slip(f"{batch}-{sequence:03d}", version, (_LETTER[shop], number, ship_to))
            self.slips_made[slip.key] = slip
            if lead is None:
                slips.append([slip])
            else:
                slips[-1].append(slip)
                assert self.world.truth[slip.key].group == self.world.truth[slips[-1][0].key].group != ""
        cut = len(slips) // 2
        for bench, part in zip(self.benches, (slips[:cut], slips[cut:]), strict=True):
            bench.slips.extend(slip for group in part for slip in group)
        if self.before_export is not None:
            self.before_export(batch)
        for carrier in self.house.pickups:
            self.labels(carrier, batch)

    def labels(self, carrier: str, batch: int | None, orders_: Sequence[int] = (), reason: str = "") -> Run | None:
        """Export, let the carrier's program print, take its numbers back, and lay the labels on the stacks."""
        desk = self.house.desk
        try:
            done = waybills.export_many(desk, carrier, batch=batch, orders=tuple(orders_), reason=reason)
        except NotAllowed as error:
            if error.key != "export.nothing":
                raise
            return None
        for kept in done.kept_out:
            self.world.wrong.append(f"kept out of the carrier's file: {kept}")
        whole = Run()
        program = self.programs[carrier]
        for file in done.files:
            path = waybills.write_out(desk, file.id, self.folder / "to-carrier")
            run = program.take(path.read_bytes(), lambda key: self.refusals.get(key, ""))
            for refused in run.refused:
                if refused.key not in self.refusals:
                    self.world.wrong.append(f"{carrier} refuses what it need not: {refused}")
            whole.labels += run.labels
            whole.refused += run.refused
            back = [label for label in run.labels if label.key not in self.forgotten]
            how: dict[str, object] = {"header": bool(file.id % 2)}
            if carrier == SAGAWA:
                how["deleted"] = tuple(each.key for each in run.refused)
            returned = self.folder / f"numbers-{carrier}-{file.id}.csv"
            half = back[: len(back) // 2] if file.id == 1 else []
            if half:
                returned.write_bytes(program.returned(half, **how))
                assert numbers.take_numbers(desk, returned).counts["numbered"] == len(half)
            returned.write_bytes(program.returned(back, **how))
            report = numbers.take_numbers(desk, returned)
            assert report.carrier == carrier
            assert report.counts["numbered"] == len({(each.key, each.number) for each in back}) - len(half), report
            self.bad_files(carrier, returned, back)
            left_out = [label for label in run.labels if label.key in self.forgotten]
            if left_out:
                assert {each.key for each in report.missing} >= {each.key for each in left_out}, report
                self.pending.setdefault(carrier, []).extend(left_out)
        self.lay(whole.labels)
        return whole

    def bad_files(self, carrier: str, returned: Path, labels: Sequence[Label]) -> None:
        """The file once more, as another carrier's, as a spreadsheet left it, with other numbers: nothing changes."""
        if self.spoilt > 3 or len(labels) < 10:
            return
        self.spoilt += 1
        before = self.digest()
        desk = self.house.desk
        assert numbers.take_numbers(desk, returned).counts["numbered"] == 0
        other = SAGAWA if carrier == YAMATO else YAMATO
        try:
            assert numbers.take_numbers(desk, returned, other).counts["numbered"] == 0
        except FileUnusable as error:
            self.world.said[error.key] += 1
        text = returned.read_bytes().decode("cp932")
        for at, old in enumerate((labels[0].number, labels[1].key)):
            new = ("4.40E+11", "12月3日")[at]
            path = returned.with_name(f"damaged-{at}-{returned.name}")
            path.write_bytes(text.replace(old, new, 1).encode("cp932"))
            report = numbers.take_numbers(desk, path)
            assert report.counts["numbered"] == 0, report
            assert report.problems
        strange = self.programs[carrier].returned([replace(label, key=f"9{label.key}") for label in labels])
        path = returned.with_name(f"strange-{returned.name}")
        path.write_bytes(strange)
        assert numbers.take_numbers(desk, path).counts["numbered"] == 0
        if self.digest() != before:
            self.world.wrong.append(f"a bad file of numbers changed something: {returned.name}")

    def lay(self, labels: Iterable[Label]) -> None:
        """Lay labels where their slips lie, in the sequence in which they were printed."""
        owner = {slip.ship_number: bench for bench in self.benches for slip in bench.slips}
        for label in labels:
            bench = owner.get(ship_number_on(label), self.benches[0])
            bench.labels.setdefault(label.carrier, []).append(label)

    # --- changes ---

    def tell(self, order: Order, **how: Any) -> None:
        """The shop's next file has this order as it is now."""
        self.house.take_in(order.shop, [order], **how)
        self.house.settle()

    def change(self, point: str, key: Key, what: str) -> None:
        """Change an order in its shop, and take the file in."""
        before = self.world.truth[key]
        after = CHANGES[what](before)
        self.changed[f"{point} {what}"] += 1
        if what == "cancel":
            self.cancelled.add(key)
            self.world.leaves_box(key)
        elif what != "gone":
            self.world.truth[key] = after
        if what == "gone":
            self.stopped.add(key)
            rest = [
                order
                for other, order in self.world.truth.items()
                if other[0] == key[0] and other not in self.cancelled and other not in self.stopped
            ]
            self.house.take_in(key[0], rest, complete=True)
        else:
            self.tell(after)

    def too_late(self, key: Key, what: str) -> intake.Report:
        """A change of an order that has left comes in."""
        after = CHANGES[what](self.world.truth[key])
        return self.house.take_in(key[0], [after])

    def spoil(self) -> None:
        """What happens to paper: labels in each other's place, lost, printed twice, one in the wrong place."""
        for bench in self.benches:
            for carrier, stack in bench.labels.items():
                if len(stack) < 30:
                    continue
                stack[4], stack[9] = stack[9], stack[4]
                stack[12], stack[13] = stack[13], stack[12]
                stack.insert(20, stack[18])
                stack.append(stack.pop(23))  # from here on the stack is off by one
                if carrier == YAMATO:
                    lost = stack.pop(16)
                    self.world.lost.add(lost.number)

    def plan(self, point: str, what: str, wanted: Callable[[Order], bool]) -> None:
        """Let a change come when the box of a fitting order is at *point*."""

        def happen(key: Key) -> bool:
            order = self.world.truth[key]
            fits = key not in self.cancelled | self.stopped | self.left_alone and not order.group and wanted(order)
            if fits and self.slips_made[key].version == 1:
                self.change(point, key, what)
                return True
            return False

        self.world.moments.append((point, happen))

    def plan_half(self, point: str, whom: str, what: str) -> None:
        """Let one half of a merge leave it when its box is at *point*.

        :param whom: ``lead`` or ``follower``.
        :param what: ``cancel`` or ``address``.
        """

        def happen(key: Key) -> bool:
            group = self.world.truth[key].group
            both = [other for other, order in self.world.truth.items() if group and order.group == group]
            if len(both) != 2 or any(each in self.cancelled or self.slips_made[each].version > 1 for each in both):
                return False
            (other,) = (each for each in both if each != key)
            leaving = key if whom == "lead" else other
            self.change(f"{point}, {whom} of a merge", leaving, what)
            if what == "address":  # it has a box of its own from now on
                self.world.leaves_box(leaving)
            for each in both:
                self.world.truth[each] = replace(self.world.truth[each], group="")
            return True

        self.world.moments.append((point, happen))

    # --- the office between two scans ---

    def round(self) -> None:
        """Everything that waits in the office: questions, the pull list, new slips, new labels, boxes that wait."""
        self.decide()
        self.late_numbers()
        self.pull()
        new = self.new_slips()
        for carrier in self.house.pickups:
            self.labels(carrier, None)
        self.take_up_again(new)

    def decide(self) -> None:
        """What a person decides: orders that are gone from their shop, services that do not fit."""
        for key in sorted(self.stopped):
            if self.chance.random() < 0.5:
                self.office(stop.stop, self.ids[key], "店に確認: 取消", True)
                self.cancelled.add(key)
                self.world.leaves_box(key)
            else:
                self.office(orders.lift, self.ids[key], [Hold.GONE_FROM_SHOP])
            self.stopped.discard(key)
        for slip, why in list(self.world.aside):
            if why == "service.parked":
                self.world.aside.remove((slip, why))
                if slip.key not in self.cancelled:
                    self.office(changes.change_service, self.ids[slip.key], YAMATO, "takkyubin")
                    self.world.truth[slip.key] = replace(self.world.truth[slip.key], method="")
                    self.world.aside.append((slip, "service changed"))

    def late_numbers(self) -> None:
        """The carrier's next file has the numbers that the one before left out."""
        for carrier, labels in self.pending.items():
            if not labels:
                continue
            path = self.folder / f"late-{carrier}-{uuid4()}.csv"
            path.write_bytes(self.programs[carrier].returned(labels))
            report = numbers.take_numbers(self.house.desk, path)
            assert report.counts["numbered"] + report.counts["refused"] == len(labels), report
            labels.clear()

    def new_slips(self) -> list[Slip]:
        """Slips that came out of the printer one by one since the last look."""
        rows = self.sql(
            "SELECT j.id, s.name, o.number, o.ship_to_key, o.batch, o.sequence, j.version FROM print_jobs j "
            "JOIN orders o ON o.id = j.order_id JOIN shops s ON s.id = o.shop_id "
            "WHERE j.paper = 'packing_slip' AND j.id > ? ORDER BY j.id",
            self.last_job,
        )
        found: dict[Key, Slip] = {}
        for job, shop, number, ship_to, batch, sequence, version in rows:
            self.last_job = job
            slip = Slip(f"{batch}-{sequence:03d}", version, (_LETTER[shop], number, ship_to))
            self.slips_made[slip.key] = found[slip.key] = slip
        return list(found.values())

    def take_up_again(self, new: Sequence[Slip]) -> None:
        """Bring the benches new slips, and those that were set aside and may go on now."""
        again = list(new)
        for slip, why in list(self.world.aside):
            if self.slips_made.get(slip.key) != slip or slip.key in self.cancelled or slip.key in self.stopped:
                continue
            order = self.world.truth[slip.key]
            if why == "label later" and not self.has_label(slip):
                continue
            if why == "no label" and not self.has_label(slip):
                self.labels(order.carrier, None, [self.ids[slip.key]], "紛失")
            self.world.aside.remove((slip, why))
            again.append(slip)
        last = ""
        bench = self.benches[0]
        for slip in sorted(dict.fromkeys(again), key=lambda each: each.ship_number):
            group = self.world.truth[slip.key].group
            if not group or group != last:  # what shares a parcel stays together
                bench = self.chance.choice(self.benches)
            last = group
            bench.slips.append(slip)
            for other in self.benches:  # its labels go with it
                for stack in other.labels.values():
                    mine = [label for label in stack if ship_number_on(label) == slip.ship_number]
                    for label in mine:
                        stack.remove(label)
                        bench.labels.setdefault(label.carrier, []).append(label)

    def has_label(self, slip: Slip) -> bool:
        """Whether a label with the slip's number lies on some stack."""
        return any(
            ship_number_on(label) == slip.ship_number and label.number not in self.world.lost
            for bench in self.benches
            for stack in bench.labels.values()
            for label in stack
        )

    def pull(self) -> None:
        """Work the pull list off: find each thing where it really is, and scan it out."""
        in_hand = {id(bench.box) for bench in self.benches if bench.box is not None}
        with self.house.desk.database.reading() as tx:
            rows = pulls.open_pulls(tx)
        keys = {order: key for key, order in self.ids.items()}
        for row in rows:
            key = keys[row.order]
            box = self.world.left_in.get(key) or self.world.boxes.get(key)
            if any(id(each) in in_hand for each in (box, self.world.boxes.get(key)) if each is not None):
                continue
            text = f"#{row.id}"
            if row.kind == "slip":
                text = row.text if self.pull_slip(row.text, box) else text
            elif row.kind == "waybill":
                if any(bench.hand and row.text in (bench.hand.number, bench.hand.key) for bench in self.benches):
                    continue  # a packer has it in the hand just now
                label = self.pull_label(row.text, box)
                text = label.bars if label else text
            else:
                self.pull_goods(row.text, row.quantity, box)
            done = self.office(pulls.scan, text)
            assert done.pull == row.id or row.kind == "goods", (row, done)
        waiting = {row.order for row in rows if id(self.world.left_in.get(keys[row.order])) in in_hand}
        for key, box in list(self.world.left_in.items()):
            if self.ids[key] not in waiting and id(box) not in in_hand and (box.keys or not +box.goods):
                del self.world.left_in[key]

    def pull_slip(self, bars: str, box: Box | None) -> bool:
        """Find a slip: on a stack, set aside, or at a box."""
        for bench in self.benches:
            for slip in bench.slips:
                if slip.bars == bars:
                    bench.slips.remove(slip)
                    return True
        for entry in self.world.aside:
            if entry[0].bars == bars:
                self.world.aside.remove(entry)
                return True
        for slip in box.slips if box else ():
            if slip.bars == bars:
                assert box is not None
                box.slips.remove(slip)
                return True
        return False

    def pull_label(self, text: str, box: Box | None) -> Label | None:
        """Find a label: on its box, on a stack, in the bin.

        The box first: of a label that was printed twice only one is asked for, and the one on the box must come off.
        """
        piles = [box.labels] if box else []
        piles += [stack for bench in self.benches for stack in bench.labels.values()]
        for pile in piles:
            for label in pile:
                if text in (label.number, label.key) and label.number not in self.world.lost:
                    pile.remove(label)
                    self.world.waste.append(label)
                    if box is not None and pile is box.labels:
                        box.closed = False
                    return label
        return next((label for label in self.world.waste if text in (label.number, label.key)), None)

    def pull_goods(self, sku: str, pieces: int, box: Box | None) -> None:
        """Put goods back on their shelf: out of the box, or from where they were put aside."""
        source = box.goods if box is not None and box.goods[sku] >= pieces else self.world.returned
        assert source[sku] >= pieces, (sku, pieces, box)
        source[sku] -= pieces
        self.world.shelves[sku] += pieces
        if box is not None and source is box.goods:
            box.closed = False

    # --- the benches ---

    def work(self) -> None:
        """Let both benches work, with the office in between, until nothing is left to do."""
        for _ in range(60):
            steps = [bench.work() for bench in self.benches]
            while steps:
                step = self.chance.choice(steps)
                with suppress(StopIteration):
                    next(step)
                    if self.chance.random() < 0.01:
                        self.round()
                    continue
                steps.remove(step)
            self.round()
            if not any(bench.slips for bench in self.benches):
                return
        raise AssertionError(f"the day does not end: {[list(bench.slips) for bench in self.benches]}")

    def work_at_once(self) -> None:
        """The same with every bench and the office on threads of their own: scans really run side by side.

        Whoever touches paper or goods has the lock; it is let go while the program works on a scan.
        """
        self.spoilt = 99  # nor can a bad file of numbers
        lock = threading.Lock()
        failed: list[BaseException] = []
        busy = [len(self.benches)]

        def scan(desk: Desk, text: str, doubtful: bool) -> Answer:
            del doubtful  # while others write, a refusal cannot be held against the whole database
            lock.release()
            try:
                return desk.scan(text).result()
            finally:
                lock.acquire()

        def at_bench(bench: Bench) -> None:
            try:
                with lock:
                    for _ in bench.work():
                        pass
            except BaseException as error:  # noqa: BLE001 - told by the main thread
                failed.append(error)
            finally:
                busy[0] -= 1

        for _ in range(60):
            busy[0] = len(self.benches)
            threads = [threading.Thread(target=at_bench, args=(bench,)) for bench in self.benches]
            for bench in self.benches:
                bench.use(scan)
            for thread in threads:
                thread.start()
            while busy[0]:
                time.sleep(0.2)
                with lock:
                    self.round()
            for thread in threads:
                thread.join()
            if failed:
                raise failed[0]
            self.round()
            if not any(bench.slips for bench in self.benches):
                return
        raise AssertionError(f"the day does not end: {[list(bench.slips) for bench in self.benches]}")

    # --- the dock ---

    def closed(self, carrier: str) -> list[Box]:
        """Boxes that stand at the dock for a carrier."""
        there = [box for box in self.world.all_boxes if box.closed and not box.gone and box.labels]
        return [box for box in there if box.labels[0].carrier == carrier]

    def dock_by_scan(self, carrier: str) -> None:
        """The driver scans every label."""
        boxes = self.closed(carrier)
        self.chance.shuffle(boxes)
        for box in boxes:
            if not box.keys:
                said = self.office(handover.scan_out, box.labels[0].bars, carrier=carrier)
                self.world.said[said.key] += 1
                if said.level == "ok":
                    self.world.wrong.append(f"a cancelled box leaves: {box.slips}")
                continue
            for label in box.labels:
                said = self.office(handover.scan_out, label.bars, carrier=carrier)
                if said.level != "ok":
                    self.world.wrong.append(f"{box.keys} may not leave: {said}")
            again = self.office(handover.scan_out, box.labels[0].bars, carrier=carrier)
            if again.level == "ok":
                self.world.wrong.append(f"{box.keys} left twice")
            box.gone = True

    def hold_at_the_dock(self, box: Box) -> None:
        """Somebody stops an order whose box stands at the dock, and lets it go again."""
        order = self.ids[box.keys[0]]
        self.office(stop.stop, order, "電話で確認中", False)
        said = self.office(handover.scan_out, box.labels[0].bars)
        self.world.said[said.key] += 1
        if said.level == "ok":
            self.world.wrong.append(f"a held box leaves: {box.keys}")
        assert self.office(orders.lift, order, [Hold.BY_HAND]) == 1

    def dock_by_count(self, carrier: str, pickup: int, miscounted: int = 0) -> None:
        """The driver counts; a wrong figure hands nothing over.

        :param miscounted: pieces that the driver sees too many of, where no cancelled parcel makes the figure wrong.
        """
        before = self.digest()
        pieces = sum(len(box.labels) for box in self.closed(carrier))  # one that was cancelled just now among them
        pieces += miscounted
        told = self.office(handover.hand_over_counted, carrier, pickup, pieces)
        assert not told.agreed, told
        assert self.digest() == before
        self.round()
        boxes = self.closed(carrier)
        pieces = sum(len(box.labels) for box in boxes)
        told = self.office(handover.hand_over_counted, carrier, pickup, pieces)
        assert told.agreed, (told, pieces)
        for box in boxes:
            box.gone = True

    def send_reports(self) -> dict[str, Path]:
        """Write every shop's dispatch report; return the files by shop."""
        found: dict[str, Path] = {}
        for name, shop in self.sql("SELECT name, id FROM shops"):
            made = self.office(reports.write_report, shop)
            assert not made.left_out, made
            found[_LETTER[name]] = reports.write_out(self.house.desk, made.id, self.folder / "reports")
        return found

    def answers_of_the_shop(self) -> None:
        """The catalogue shop refuses one order of its report; it is reported again, and then all is taken."""
        shop = self.sql("SELECT id FROM shops WHERE name = ?", SHOPS["M"].name)[0][0]
        refused = self.sql("SELECT number FROM orders WHERE shop_id = ? AND state = 'reported' ORDER BY id", shop)[0][0]
        path = self.folder / "errors.csv"
        path.write_bytes(f"受注番号,エラー\r\n{refused},番号の形式が違います\r\n".encode("cp932"))
        read = reports.read_errors(self.house.desk, path, shop)
        assert [each.number for each in read.failed] == [refused], read
        made = self.office(reports.write_report, shop)
        assert (made.orders, made.left_out) == (1, ()), made
        reports.write_out(self.house.desk, made.id, self.folder / "reports")
        for (each,) in self.sql("SELECT id FROM shops"):
            self.office(reports.acknowledge, each)

    def close_out(self, carrier: str) -> handover.ClosedOut:
        """Close the carrier's first pickup."""
        found: handover.ClosedOut = self.office(handover.close_out, carrier, self.pickup(carrier))
        return found

    def pickup(self, carrier: str) -> int:
        """The first pickup of a carrier."""
        return self.house.at(self.house.pickups[carrier][0])

    # --- what must be true at the end ---

    def audit(self) -> list[str]:
        """Hold the boxes against what was wanted; return everything that is wrong."""
        wrong = list(self.world.wrong)
        gone: dict[Key, Box] = {key: box for box in self.world.boxes.values() if box.gone for key in box.keys}
        kinds = {key: self.world.truth[key].kind for key in self.world.truth}
        wrong += [f"{key} {kinds[key]} did not leave" for key in sorted(self.going() - gone.keys())]
        wrong += [f"{key} {kinds[key]} left, and must not" for key in sorted(gone.keys() - self.going())]
        for box in {id(box): box for box in gone.values()}.values():
            wrong += self.audit_box(box)
        return wrong

    def audit_box(self, box: Box) -> list[str]:
        """One box: its goods, its label."""
        inside = [self.world.truth[key] for key in box.keys]
        wanted: Counter[str] = Counter()
        for order in inside:
            wanted += order.goods
        wrong = [f"{box.keys}: {+box.goods} in the box, wanted {wanted}"] if +box.goods != wanted else []
        lead = inside[0]
        numbers_ = [label.number for label in box.labels]
        if not box.labels:
            return [*wrong, f"{box.keys} left without a label"]
        if len(box.labels) != self.pieces.get(box.keys[0], 1):
            wrong.append(f"{box.keys} has {len(box.labels)} labels, not {self.pieces.get(box.keys[0], 1)}")
        if [label.piece for label in sorted(box.labels, key=lambda each: each.piece)] != list(
            range(1, box.labels[0].pieces + 1)
        ):
            wrong.append(f"{box.keys} has not each of its labels once")
        if lead.carrier == YAMATO and len(set(numbers_)) != len(numbers_):
            wrong.append(f"{box.keys} has the same label twice")
        for label in box.labels:
            wrong += [f"{box.keys}: {what}" for what in _label_faults(label, lead, sum(o.to_collect for o in inside))]
        return wrong


def the_books_are_right(shift: Shift) -> None:
    """The program's own check, and its books against the shelves and boxes as they are."""
    assert faults_of(shift.house.desk.database) == []
    states = dict(shift.sql("SELECT id, state FROM orders"))
    going = shift.going()
    wrong = {
        key: states[shift.ids[key]]
        for key in shift.world.truth
        if (states[shift.ids[key]] == "shipped") != (key in going)
        or (key in shift.cancelled and states[shift.ids[key]] != "cancelled")
    }
    assert wrong == {}
    skus = dict(shift.sql("SELECT id, sku FROM products"))
    books = Counter[str]()
    for product, place, quantity in shift.sql("SELECT product_id, place, quantity FROM balances"):
        if place.startswith("shelf:"):
            books[skus[product]] += quantity
        else:
            assert not quantity or place in {"supplier", "customer"}, (skus[product], place, quantity)
    assert {sku: books[sku] for sku in books if books[sku] != shift.world.shelves[sku]} == {}
    assert +shift.world.returned == Counter()
    sent = Counter[str]()
    for box in {id(box): box for box in shift.world.boxes.values() if box.gone}.values():
        sent += box.goods
    assert sent == Counter({sku: each.stock - books[sku] for sku, each in PRODUCTS.items() if each.stock != books[sku]})
    cash = shift.sql(
        "SELECT carrier, sum(cod) FROM waybills WHERE state = 'handed_over' AND piece = 1 GROUP BY carrier"
    )
    wanted = Counter[str]()
    for key in going:
        wanted[shift.world.truth[key].carrier] += shift.world.truth[key].to_collect
    assert {carrier: int(amount) for carrier, amount in cash} == wanted
    printed = Counter[str]()
    for box in {id(box): box for box in shift.world.boxes.values() if box.gone}.values():
        printed[box.labels[0].carrier] += box.labels[0].cod
    assert printed == wanted


def key_of(order: Order) -> Key:
    """How the world calls an order."""
    return order.shop, order.number, order.ship_to


def _plain(text: str) -> str:
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", text).split())


def _label_faults(label: Label, order: Order, cash: int) -> list[str]:
    wrong = []
    if _plain(label.name) != _plain(order.to.name):
        wrong.append(f"label for {label.name}, not {order.to.name}")
    if label.carrier != order.carrier:
        wrong.append(f"label of {label.carrier}, not {order.carrier}")
    if label.cod != cash:
        wrong.append(f"label collects {label.cod}, not {cash}")
    if label.cool != {"ambient": "", "chilled": "2", "frozen": "1"}[order.temperature]:
        wrong.append(f"label is {label.cool or 'not cold'}, goods are {order.temperature}")
    day = label.deliver_on.replace("/", "")
    if day != (f"{order.wish:%Y%m%d}" if order.wish else ""):
        wrong.append(f"label says {label.deliver_on}, wished {order.wish}")
    codes = {"am": "0812 01 51", "14-16": "1416 14 53", "16-18": "1618 16 54", "18-20": "1820 18 55"}
    codes["19-21"] = "1921 19 57"
    if label.slot not in (codes[order.slot].split() if order.slot else ("", "00")):
        wrong.append(f"label says {label.slot or 'no time'}, wished {order.slot or 'none'}")
    if bool(order.sender) != (_plain(label.sender) != _plain("見本倉庫")):
        wrong.append(f"label is sent by {label.sender}, gift {order.gift}")
    if order.sender and _plain(label.sender) != _plain(order.sender):
        wrong.append(f"label is sent by {label.sender}, not {order.sender}")
    return wrong


# --- changes ------------------------------------------------------------------------------------------------------


def _moved(person: Person) -> Person:
    return replace(person, street=f"新{person.street}")


def _less(order: Order) -> Order:
    lines = list(order.sold)
    at = max(range(len(lines)), key=lambda place: lines[place].pieces)
    if lines[at].pieces > 1:
        lines[at] = replace(lines[at], pieces=lines[at].pieces - 1)
    else:
        del lines[at]
    return replace(order, sold=tuple(lines))


CHANGES: dict[str, Callable[[Order], Order]] = {
    "cancel": lambda order: replace(order, cancelled=True),
    "gone": lambda order: order,
    "address": lambda order: replace(order, to=_moved(order.to), buyer=_moved(order.to)),
    "more": lambda order: replace(
        order, sold=(replace(order.sold[0], pieces=order.sold[0].pieces + 1), *order.sold[1:])
    ),
    "less": _less,
    "other goods": lambda order: replace(order, sold=(Sold("D-009", 1), *order.sold[1:])),
    "cash": lambda order: replace(order, cod=not order.cod),
}
"""What may change about an order."""
