"""One evening of six shops: their files through watched folders to handed-over parcels, reports, mails and stock files.

Everything that a shop, a carrier's program or a buyer would do happens outside of the program: files are dropped into
folders while somebody looks into them, mails go to a real server on this computer. What must come of it is known
beforehand (:mod:`tests.day.evening_orders`).
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from app.domain.listings import ListingDraft
from app.domain.orders import Hold
from app.errors import NotAllowed
from app.services import (
    channels,
    folders,
    import_report,
    imports,
    mail_accounts,
    mails,
    product_listings,
    rates,
    release,
    settings,
    shop_files,
    waybills,
)
from app.services import merge as merge_service
from app.services.desk import Desk
from app.services.folders import FolderDraft
from app.storage.database import open_database
from app.text import texts
from tests.day.backroom import WATCHER, InThisProgram
from tests.day.bench import Bench, Key, World
from tests.day.carriers import B2, Ehiden3, Run, YuPri
from tests.day.evening_files import files_of, workbook
from tests.day.evening_orders import BY_PRICE, CODES, RECOGNISED, EveningOrders, make_evening, write_prices
from tests.day.house import House, morning, zone_of_morning
from tests.day.orders import EVENING_SHOPS, JAPAN_POST, MAPPING, PRODUCTS, SAGAWA, YAMATO, Day, Order, Person
from tests.day.shift import Shift, key_of
from tests.mail_server import MailServer, account_at

__all__ = ["MAILED", "STOCK_SHOPS", "Backroom", "Evening"]

PICKUPS = {YAMATO: ("14:00", "17:00"), SAGAWA: ("15:00",), JAPAN_POST: ("16:00",)}
MAILED = "RYHEX"
"""Letters of the shops whose mails are ours; Amazon writes its own."""
_STOCK = """
kind = "stock"
[file]
encoding = "cp932"
columns = [{ name = "商品コード", value = "listing.code" }, { name = "在庫数", value = "stock.offered" }]
"""
STOCK_SHOPS = "RH"
PATIENCE = 180.0
_DONE, _ASIDE = (texts("ja").say(f"folders.{each}_name") for each in ("done", "aside"))


class Backroom(Protocol):
    """Whoever looks into the folders and sends the mails."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End in peace."""


@dataclass(slots=True)
class Evening(Shift):
    """One evening in one warehouse."""

    backroom_of: Callable[[str, Path], Backroom] = InThisProgram
    made: EveningOrders = field(init=False)
    backroom: Backroom = field(init=False)
    servers: dict[str, MailServer] = field(init=False, default_factory=dict)
    """Mail servers: of the mall, and of the house."""
    seconds: dict[str, float] = field(init=False, default_factory=dict)
    """How long each stage took."""
    first: dict[Key, Order] = field(init=False, default_factory=dict)
    """Every order as its file had it first."""
    paid: set[Key] = field(init=False, default_factory=set)
    """Orders whose money came in the evening."""

    # --- the beginning ---

    def begin(self) -> None:
        """Open the house and its folders; no order is there yet."""
        zone = zone_of_morning()
        self.made = make_evening(morning(zone), self.seed, self.size)
        self.chance = random.Random(self.seed)
        self.house = House.opened(self.url, self.folder, self.made.day, zone, EVENING_SHOPS, PICKUPS)
        self.first = {key_of(each): each for each in self.made.day.orders}
        shelves = Counter({sku: each.stock for sku, each in PRODUCTS.items() if each.stock})
        self.world = World(dict(self.first), shelves)
        today = self.made.day.today
        self.programs = {YAMATO: B2(today), SAGAWA: Ehiden3(today), JAPAN_POST: YuPri(today)}
        for name in ("bench-1", "bench-2"):
            desk = Desk(open_database(self.url), name)
            self.benches.append(Bench(desk, self.world, self.chance.randrange(1 << 30), self.scan))
        self.servers = {each: MailServer().start() for each in ("mall", "house")}
        self._enter()
        self.backroom = self.backroom_of(self.url, self.folder / "backroom")
        self.backroom.start()

    def _enter(self) -> None:
        self.office(channels.save_mapping, "orders", EVENING_SHOPS["X"].channel, MAPPING)
        self.office(channels.save_mapping, "stock", "stock_file", _STOCK)
        for name, host in (("mall", "127.0.0.1"), ("house", "localhost")):
            draft = account_at(self.servers[name], name=name, host=host, address=f"{name}@shop.example.jp")
            self.office(mail_accounts.save, replace(draft, id=0, station=WATCHER))
        self.office(settings.put, {"mail.masked": "fw.example.jp=127.0.0.1"})
        for path, kind in zip(write_prices(self.folder, self.made.day.today), ("rates", "extras"), strict=True):
            report = rates.import_file(self.house.desk, path, kind)
            assert report.written, report.problems
        for letter in BY_PRICE:
            self.office(settings.put, {"carrier.choose": "cheapest"}, self.shop(letter))
        for letter in MAILED:
            account = "mall" if letter == "R" else "house"
            kinds = "received,pay_info,paid,shipped,delivered"
            self.office(settings.put, {"mail.kinds": kinds, "mail.account": account}, self.shop(letter))
        for letter, sku in RECOGNISED:
            self.list_product(letter, sku, CODES[letter, sku])
        for letter in STOCK_SHOPS:
            for sku, product in PRODUCTS.items():
                if product.jan:
                    self.list_product(letter, sku, sku)
        for letter, shop in EVENING_SHOPS.items():
            folder = str(self.inbox(letter))
            self.office(folders.save, FolderDraft(shop.name, "orders", folder, WATCHER, shop.channel, shop.name))
        self.office(folders.save, FolderDraft("送り状番号", "numbers", str(self.inbox("numbers")), WATCHER))

    def list_product(self, letter: str, sku: str, code: str) -> None:
        """Say which code a shop has for a product."""
        product = self.sql("SELECT id FROM products WHERE sku = ?", sku)[0][0]
        self.office(product_listings.put, product, self.shop(letter), ListingDraft(code))

    def shop(self, letter: str) -> int:
        """Return a shop's id."""
        return int(self.sql("SELECT id FROM shops WHERE name = ?", EVENING_SHOPS[letter].name)[0][0])

    def inbox(self, name: str) -> Path:
        """Return the folder of a shop's files, or of those with numbers; it is there."""
        path = self.folder / "in" / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def end(self) -> None:
        """Stop everything."""
        self.backroom.stop()
        for server in self.servers.values():
            server.stop()
        Shift.end(self)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage."""
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    # --- files ---

    def drop(self, letter: str, orders: Sequence[Order], name: str = "") -> None:
        """Drop a shop's files into its folder, in whatever order its software writes them."""
        day = Day(self.made.day.today, list(orders))
        made = files_of(day, self.house.zone, letter, orders, name or f"{letter}-{uuid4().hex[:8]}")
        for file, data in made.items():
            (self.inbox(letter) / file).write_bytes(data)

    def lying(self) -> list[Path]:
        """Return the files that wait in the folders."""
        there = (path for path in (self.folder / "in").glob("*/*") if path.is_file())
        return sorted(path for path in there if not path.name.startswith("."))

    def aside(self) -> list[Path]:
        """Return the files that were put aside, with their reports."""
        return sorted(path for path in (self.folder / "in").glob(f"*/{_ASIDE}/**/*") if path.is_file())

    def archived(self) -> list[Path]:
        """Return the files that were taken in."""
        return sorted(path for path in (self.folder / "in").glob(f"*/{_DONE}/**/*") if path.is_file())

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                states = self.sql("SELECT name, state, told FROM folders")
                raise AssertionError(
                    f"{what}: {self.lying()} {states} {self.sql('SELECT state, kind, not_before, error FROM mails')}"
                )
            time.sleep(0.02)

    def taken_in(self) -> None:
        """Wait until nothing lies in any folder."""
        self.until(lambda: not self.lying(), "files stay where they are")

    def tell(self, order: Order, **how: Any) -> None:
        """The shop's next file has this order as it is now."""
        assert not how
        self.drop(order.shop, [order])
        self.taken_in()

    def half_written(self, letter: str, orders: Sequence[Order]) -> None:
        """A file whose shop is slow to write it: nothing of it comes in before it is whole."""
        day = Day(self.made.day.today, list(orders))
        ((name, data),) = files_of(day, self.house.zone, letter, orders, "slow").items()
        path = self.inbox(letter) / name
        with path.open("wb") as file:
            file.write(data[: len(data) * 3 // 5])
            file.flush()
            self.looks(5)
            assert path.exists()
            assert self.sql("SELECT count(*) FROM orders WHERE shop_id = ?", self.shop(letter))[0][0] == 0
            file.write(data[len(data) * 3 // 5 :])

    def looks(self, number: int) -> None:
        """Let the watcher look so many times."""
        time.sleep(number * 0.06)

    def spreadsheet(self, letter: str, orders: Sequence[Order]) -> None:
        """The same shop's orders as a spreadsheet, put there whole as a browser does it."""
        hidden = workbook(self.made.day, orders, self.inbox(letter) / ".half.xlsx")
        hidden.rename(hidden.with_name("catalogue.xlsx"))

    def pay(self, key: Key) -> None:
        """The money of an order is there: the shop's next file says so."""
        self.world.truth[key] = replace(self.world.truth[key], unpaid=False)
        self.paid.add(key)
        self.tell(self.world.truth[key])

    # --- the import report ---

    def newest(self, file: str) -> int:
        """Return the newest import whose file's name has this in it."""
        return int(self.sql("SELECT max(id) FROM imports WHERE file LIKE ?", f"%{file}%")[0][0])

    def problem(self, key: str, number: str) -> imports.ProblemRow:
        """Return the newest open problem of an order."""
        with self.house.desk.database.reading() as tx:
            for row in imports.page(tx, limit=200):
                found = imports.problems(tx, row.id, open_only=True, limit=1000)
                for each in found:
                    if each.key == key and number in (each.number, each.args.get("number")):
                        return each
        raise AssertionError(f"no problem {key} of {number}")

    def accept_proposal(self, key: Key, good: Person) -> None:
        """A person takes the postcode that the check proposes."""
        found = self.problem("fault.postcode_prefecture", key[1])
        remedy = next(each for each in found.remedies if good.postcode in "".join(each.args.values()))
        assert imports.apply(self.house.desk, found.id, remedy.name).settled
        self.world.truth[key] = replace(self.world.truth[key], to=good)

    def mend_phone(self, key: Key, good: Person) -> int:
        """A person types the number that is missing; return the import that is to be read again."""
        found = self.problem("fault.missing", key[1])
        self.office(imports.mend, found.id, good.phone)
        truth = self.world.truth[key]
        self.world.truth[key] = replace(truth, to=good)
        return found.import_id

    def tie(self, letter: str, sku: str) -> None:
        """A person says which product a shop's code means."""
        code = CODES[letter, sku]
        order = next(each for each in self.first.values() if any(line.code == code for line in each.sold))
        with self.house.desk.database.reading() as tx:
            rows = [row for row in imports.page(tx, limit=200) if row.shop == EVENING_SHOPS[letter].name]
            found = [each for row in rows for each in imports.problems(tx, row.id, open_only=True, limit=1000)]
        wanted = next(each for each in found if each.key == "line.unknown_product" and each.value == code)
        remedy = next(each for each in wanted.remedies if each.name == "tie_product")
        assert imports.apply(self.house.desk, wanted.id, remedy.name, sku).settled, order

    def standing(self) -> import_report.Standing:
        """What the import report's badge says."""
        with self.house.desk.database.reading() as tx:
            return import_report.standing(tx)

    # --- the carriers' files ---

    def labels(self, carrier: str, batch: int | None, orders_: Sequence[int] = (), reason: str = "") -> Run | None:
        """Export, let the carrier's program print, drop its numbers into their folder, lay the labels on the stacks."""
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
            run = program.take(path.read_bytes())
            self.world.wrong += [f"{carrier} refuses what it need not: {each}" for each in run.refused]
            whole.labels += run.labels
            returned = self.inbox("numbers") / f"{carrier}-{file.id}.csv"
            returned.write_bytes(program.returned(run.labels, header=bool(file.id % 2)))
            self.taken_in()
        self.lay(whole.labels)
        return whole

    # --- mails ---

    def mails_out(self) -> None:
        """Wait until every mail that may go has gone; what nobody knows is looked up at the server, by a person."""

        def done() -> bool:
            self.answer_unknown()
            with self.house.desk.database.reading() as tx:
                now = tx.now
            rows = self.sql("SELECT state, not_before FROM mails")
            return all(state in ("confirmed", "dropped") or not_before > now for state, not_before in rows)

        self.until(done, "mails stay")

    def answer_unknown(self) -> None:
        """Killed while it was on its way: the server's ledger tells whether the buyer has it."""
        with self.house.desk.database.reading() as tx:
            found = mails.page(tx, states=("unknown",))
        if found:
            time.sleep(0.3)  # what the dead program had sent may still be on the line
        for mail in found:
            taken = [each for each in self.took() if each.recipient == mail.recipient]
            if any(str(each.message["Subject"]) == mail.subject for each in taken):
                self.office(mails.arrived, mail.id)
            else:
                self.office(mails.send_again, mail.id, "届いていない")

    def took(self) -> list[Any]:
        """Return every mail that the servers took."""
        return [each for server in self.servers.values() for each in server.took]

    # --- the stages ---

    def merge_all(self) -> int:
        """Merge what the program proposes, where it is right."""
        with self.house.desk.database.reading() as tx:
            proposed = merge_service.proposals_of(tx)
        keys = {order: key for key, order in self.ids.items()}
        for each in proposed:
            groups = {self.world.truth[keys[order.id]].group for order in each.orders}
            assert len(groups) == 1, each
            assert groups != {""}, each
            self.office(merge_service.merge, [order.id for order in each.orders])
        return len(proposed)

    def lift_remarks(self) -> None:
        """A person reads the remarks that need nothing."""
        for key, order in self.world.truth.items():
            if order.kind == "remark":
                self.lift(key, Hold.REMARK)

    def release_all(self) -> None:
        """Release carrier by carrier; slips, carriers' files and numbers come with it."""
        for carrier in PICKUPS:
            assert self.release(release.Choice(carrier=carrier)).ship_numbers

    def stock_files(self) -> dict[str, Path]:
        """Write the stock files of two shops."""
        found = {}
        for letter in STOCK_SHOPS:
            sent = shop_files.write(self.house.desk, self.shop(letter), "stock_file", self.folder / "stock")
            (found[letter],) = sent.paths
        return found
