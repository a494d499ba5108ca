"""A warehouse whose orders are picked in waves before they are packed: the real core at the shelves, wall and bench."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from app.domain.modes import Stage
from app.services import picking, waves
from app.services.answers import Answer
from app.services.release import Choice
from app.storage.database import Database
from tests.makers import Station, faults_of, query, set_to
from tests.services.shipping import Warehouse


class PickedWarehouse(Warehouse):
    """The warehouse of the shipping tests, where nothing but goods is scanned at the bench."""

    def __init__(self, database: Database, another: Callable[[], Database]) -> None:
        super().__init__(database, another)
        set_to(database, waybill_required="off", slip_required="off", pick_shelf="off")
        self.bench = Station(database, "bench")

    def wave(self, mode: str = "cart", *numbers: str) -> int:
        """Release orders (all without names) as a wave; return its number."""
        choice = Choice(orders=self.ids(*numbers)) if numbers else Choice()
        with self.desk() as desk:
            done = waves.release_wave(desk, choice, mode, stale_ok=True)
        assert done.released.batch is not None, done
        return done.released.batch

    def pick(self, raw: str, station: str = "cart", stage: Stage = Stage.PICK) -> Answer:
        """Scan one code at the shelves or at the wall."""
        with self.database.transaction() as tx:
            return picking.scan(tx, station, raw, str(uuid4()), stage=stage)

    def walk(self, station: str = "cart", *, most: int = 500, stage: Stage = Stage.PICK) -> list[Answer]:
        """Do what the screen asks, job after job, until none is left or so many scans were made; return the answers."""
        said = [self.pick("KP-NEXT", station, stage)]
        while len(said) < most and not said[-1].key.endswith(".none_waiting"):
            said.append(self.pick(self.answer_to(said[-1], station), station, stage))
            assert said[-1].level != "refused" or said[-1].key.endswith(".none_waiting"), said[-1]
        return said

    def answer_to(self, last: Answer, station: str) -> str:
        """Return the code that answers what is asked."""
        ask = last.ask
        match ask["kind"]:
            case "totes":
                return f"KT-{station}-{ask['place']}-{last.job}"
            case "list":
                return f"KL-{last.job}"
            case "shelf":
                return f"KS-{ask['shelf']}"
            case "item":
                return str(ask["product_code"])
            case "place":
                if int(str(ask.get("held", 0))) < int(str(ask.get("left", 0))):
                    return str(ask["product_code"])
                slot = str(ask["tote"])
                return f"KT-{slot}" if slot.startswith(station) else f"KW-{slot}"
            case "job":
                return "KP-NEXT"
            case _:
                return "KP-DONE"

    def sort(self) -> list[Answer]:
        """Part what was picked together."""
        return self.walk("wall", stage=Stage.SORT)

    def places(self, sku: str) -> dict[str, int]:
        """Where the ledger has the pieces of a product, but for the supplier."""
        found = query(
            self.database,
            "SELECT place, sum(quantity) FROM balances JOIN products ON products.id = product_id "
            "WHERE sku = ? AND place <> 'supplier' GROUP BY place HAVING sum(quantity) <> 0",
            sku,
        )
        return {row[0]: int(row[1]) for row in found}

    def faults(self) -> list[str]:
        """What ``verify`` finds."""
        return faults_of(self.database)
