"""What the workers of a station share, and what is kept and said of a job's paper."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.domain.orders import ShipNumber
from app.domain.printing import Fault
from app.services import print_said
from app.services.desk import Changes, Desk, new_act
from app.services.drawing import Drawer
from app.services.printers import Ways
from app.services.printing_data import Data
from app.storage import printing
from app.storage.database import Transaction
from app.storage.notices import notify
from app.storage.printing import JobRow

__all__ = [
    "Room",
    "holds_of",
    "kept",
    "numbers_on",
    "remarks_of",
    "subject_of",
    "subject_of_text",
    "title_of",
]


@dataclass(slots=True)
class Room:
    """What all workers of a station share."""

    desk: Desk
    ways: Ways
    drawer: Drawer
    drawing: threading.Lock = field(default_factory=threading.Lock)
    """One paper is drawn at a time; nothing waits for a printer while it is held."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def tell(self) -> None:
        """Say that something changed in the outbox."""
        self.desk.announce(Changes(frozenset({"printed"}), self.desk.station, new_act()))

    def write(self, function: Callable[[Transaction], Any]) -> Any:
        """Run a short writing transaction, and let other stations know."""
        with self.desk.database.transaction() as tx:
            found = function(tx)
            notify(tx, {"topics": ["printed"], "station": self.desk.station, "act": ""})
        return found


def title_of(job: JobRow) -> str:
    """Return a job's title: ids, never names."""
    what = f"order-{job.order}" if job.order is not None else "alone"
    if job.order is None and job.batch is not None:
        what = f"batch-{job.batch}"
    if job.paper in printing.PICK_PAPERS:
        what = f"job-{job.batch}-{job.version}"
    copy = "-copy" if job.copy_reason else ""
    return f"{job.id:06d}-{job.paper}-{what}{copy}"


def subject_of(job: JobRow) -> dict[str, Any]:
    """Return what is kept about a job's paper.

    ``orders``: ids of the orders of its batch that it is for; ``template``; ``printer`` that somebody asked for;
    ``pages`` of one copy; ``on``: places in the batch of the orders whose papers are in it. A paper without an order or
    batch says what it shows in others.
    """
    return subject_of_text(job.subject)


def subject_of_text(text: str) -> dict[str, Any]:
    """The same of the text that is kept."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def numbers_on(value: object) -> list[ShipNumber]:
    """Return the ship numbers of the papers of a batch, in their order."""
    for name in ("slips", "labels", "papers", "cards"):
        if isinstance(parts := getattr(value, name, None), tuple):
            found = [getattr(getattr(part, "slip", part), "number", None) for part in parts]
            return list(dict.fromkeys(number for number in found if isinstance(number, ShipNumber)))
    return []


def kept(subject: dict[str, Any]) -> str:
    """Return it as the outbox keeps it."""
    return json.dumps(subject, ensure_ascii=False, separators=(",", ":")) if subject else ""


_ENDS = {"zpl": b"^XZ", "tspl": b"PRINT ", "sbpl": b"\x1bZ"}
"""The command of a language that lets a label come out: nothing does before the first of them was taken."""


def holds_of(data: Data) -> int:
    """Return how many bytes of a job can be taken before anything of it comes out."""
    end = _ENDS.get(data.format)
    return max(0, data.data.find(end)) if end is not None else 0


def remarks_of(data: Data) -> str:
    """What the paper could not show, for the print board: characters the font lacks, pictures it could not read.

    And what a person of the shop should look at.
    """
    said: list[Fault | str] = []
    if data.missing:
        said.append(Fault("outbox.missing", {"characters": " ".join(data.missing)}))
    said += [Fault("outbox.unusable", {"file": file}) for file in data.unusable]
    said += data.warnings
    said += [Fault(note.key, {name: _text(value) for name, value in note.args.items()}) for note in data.notes]
    return print_said.stored(said)


def _text(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)
