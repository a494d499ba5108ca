"""What the station does by itself while it is open: what time, new settings or stock that came free have changed, and
which goods look alike; anchors of the journal, photos that were kept long enough, and what killed programs left.

Nothing is written where nothing is due, so that several stations may do it side by side.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from app.domain.orders import Hold
from app.errors import StationError
from app.services import (
    alikes,
    anchors,
    attention,
    carton_plans,
    gate,
    inserts,
    mail_queue,
    photos,
    proposals,
    reservation,
)
from app.services.desk import Changes, Desk, new_act
from app.sheets.book import sweep

__all__ = ["Upkeep"]

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
"""How often the clock is looked at: holds whose day came, pickups that have passed."""
PLANNING_SECONDS = 20.0
"""How long cartons are worked out in one go; what is left comes right after everything else was looked at again."""
SETTLE_SECONDS = 3.0
"""Wait after a change of settings or stock, so that several changes are worked in together."""
TIDY_SECONDS = 3600.0
"""How often old photos, and texts of spreadsheets that a killed program left, are looked for."""


class Upkeep:
    """Works beside the window, in chunks that let scans through."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        """*folder* is the station's own: anchors and photos lie there."""
        self._desk, self._folder = desk, folder
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._settings_changed = False
        self._said = ""
        self._tidy_at = 0.0
        self._thread = threading.Thread(target=self._run, name="kenpin-upkeep", daemon=True)
        desk.listen(self._heard)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the chunk in hand."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=20)
        self._apart(lambda: anchors.keep(self._desk, self._folder))

    def once(self) -> int:
        """Do everything that is due now; return how many orders came out otherwise.

        :raises SettingsWrong: a setting that the gate goes by does not make sense.
        """
        changed = 0
        if self._settings_changed:
            self._settings_changed = False
            changed += gate.recheck_open(self._desk)
        changed += gate.recheck_due(self._desk)
        if self._desk.read(attention.attention_counts).result().get(Hold.NO_STOCK):
            changed += len(reservation.reserve_waiting(self._desk).covered)
        if changed:  # days and carriers moved: other orders could share a parcel now
            changed += proposals.settle_all(self._desk)
        if self._desk.read(mail_queue.delays_due).result():
            topics = frozenset({"mails"})
            self._desk.chunk(topics, mail_queue.tell_delays, self._desk.station, new_act()).result()
        alikes.keep(self._desk)
        inserts.know_buyers(self._desk)
        if carton_plans.settle(self._desk, most_seconds=PLANNING_SECONDS).left:
            self._wake.set()
        self._apart(self._anchor)
        self._apart(self._tidy)
        return changed

    def _anchor(self) -> None:
        if anchors.due(self._desk, self._folder):
            anchors.keep(self._desk, self._folder)

    def _tidy(self) -> None:
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + TIDY_SECONDS
            photos.tidy(self._desk, self._folder)
            sweep()

    def _apart(self, work: Callable[[], object]) -> None:
        """Do work with files: a disk that is full or away must not keep the rest from being done."""
        try:
            work()
        except StationError as error:
            if str(error) != self._said:  # every minute again it would fill the log
                log.warning("upkeep: %s", error)
            self._said = str(error)

    def _heard(self, changes: Changes) -> None:
        if "settings" in changes.topics:
            self._settings_changed = True
            self._wake.set()
        elif changes.topics & {"products", "cartons"}:
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.once()
            except StationError as error:  # away, or a wrong setting that imports and releases name as well
                log.warning("upkeep waits: %s", error)
            except RuntimeError:
                if not self._stopping.is_set():
                    raise
            self._wake.wait(EVERY_SECONDS)
            self._wake.clear()
            self._stopping.wait(SETTLE_SECONDS)
