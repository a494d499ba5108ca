"""One act at the bench on its way through the services: what it carries from step to step."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.bench import Bench, PickedGoods, Rules
from app.domain.weights import Contents
from app.services.scans import MINUTE
from app.storage.database import Transaction
from app.storage.stations import StationState

__all__ = ["Work"]


@dataclass(slots=True)
class Work:
    """What one act carries from step to step."""

    tx: Transaction
    state: StationState
    settings: dict[str, str]
    """What the house decided; the shop's own comes with the order, as its papers."""
    rules: Rules
    act: str
    bench: Bench = field(default_factory=Bench)
    taken_by: str = ""
    """Station that took the open order away meanwhile."""
    picked: tuple[PickedGoods, ...] = ()
    """What was picked for the open order and was not packed before this act."""
    contents: Contents = ()
    """What should be in the box that was weighed by this act."""

    @property
    def lease_until(self) -> int:
        """End of the lease that this act gives."""
        return self.tx.now + int(self.settings["lease.minutes"]) * MINUTE
