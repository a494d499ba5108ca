"""Who and where: the station's own settings, and who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.people import Role
from app.ui.look import Look

__all__ = ["GROUPS", "SCREENS", "WORK", "Station", "entry_of"]

SCREENS = ("orders", "intake", "attention", "release", "batches", "waves", "pick", "sort", "pack", "ship", "returns",
           "printing", "mail", "products", "cartons", "inserts", "map",
           "rates", "settings")  # fmt: skip
"""Every screen, in the order of the rail: the way of an order through the day."""

GROUPS: Mapping[str, tuple[str, ...]] = {"masters": ("products", "cartons", "inserts", "map", "rates")}
"""Screens that share an entry of the rail, with tabs in place of their titles (each is a
:class:`app.ui.listing.ListScreen`): what is laid down once and looked at now and then."""

WORK = ("pick", "sort", "pack", "returns")
"""Screens of work that is done by scanning: a scan goes to the one in front, else to the one that was in front last."""


def entry_of(screen: str) -> str:
    """Return the entry of the rail that leads to a screen: its own, or that of its group."""
    return next((group for group, within in GROUPS.items() if screen in within), screen)


class Station:
    """This station and the person at it."""

    def __init__(self, config: Any) -> None:
        """*config* is an :class:`app.services.station.StationConfig`."""
        self.config = config
        """The station's own settings."""
        self.person: Mapping[str, str] = {}
        """Who is signed in: ``name``, ``role``, ``language``; empty for nobody."""

    def who(self, look: Look) -> str:
        """Return person and station for the head of the bench."""
        station = look.say("window.station", name=self.config.name)
        if not self.person:
            return station
        return look.say("window.person", name=self.person["name"]) + " ・ " + station

    @property
    def leads(self) -> bool:
        """Whether lists may be acted on: packers and pickers only scan."""
        return self.person.get("role") not in (Role.PACKER, Role.PICKER)

    def screens(self) -> tuple[str, ...]:
        """Return the screens in this person's rail."""
        return SCREENS if self.leads else ("orders", *WORK)

    def entries(self) -> tuple[str, ...]:
        """Return what stands in this person's rail: screens, and groups of them."""
        return tuple(dict.fromkeys(map(entry_of, self.screens())))

    def opens(self, name: str) -> bool:
        """Whether this person may open a screen: everybody the print board, by its key or a tap on the foot."""
        return name in self.screens() or name == "printing"

    def change(self, **changes: Any) -> None:
        """Change the station's own settings and keep them in its file."""
        changed = self.config.with_(**changes)
        changed.save()
        self.config = changed
