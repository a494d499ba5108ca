"""Choosing how an order goes: every service of the carriers in use, and in how many parcels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QPushButton

from app.services import carriers
from app.ui.dialogs import Dialog, button
from app.ui.fields import Segments
from app.ui.look import Look
from app.ui.para import Para

__all__ = ["ServiceDialog"]

_COLUMNS = 2
_MOST_PIECES = 6
"""Parcels offered here; more by the command line."""


class ServiceDialog(Dialog):
    """One button a service; a tap chooses."""

    def __init__(
        self,
        look: Look,
        window: Any,
        orders: str,
        pieces: int,
        done: Callable[[str, str, int], None],
        of: Collection[str] = (),
    ) -> None:
        """*done* gets carrier, service and number of parcels; *of* are the carriers to choose from, empty: all."""
        say = look.say
        super().__init__(look, window, say("window.act.service"))
        self._done = done
        words = Para(look, 18)
        words.setText(say("window.service.ask", orders=orders))
        words.setMinimumHeight(words.heightForWidth(look.px(620)))
        self.column.addWidget(words)
        self.pieces = Segments(look)
        counts = tuple((str(n), say("window.service.pieces", count=n)) for n in range(1, _MOST_PIECES + 1))
        self.pieces.offer(counts, str(min(max(1, pieces), _MOST_PIECES)))
        self.column.addWidget(self.pieces)
        grid = QGridLayout()
        grid.setSpacing(look.px(10))
        self.services: dict[str, QPushButton] = {}
        """The button of each service."""
        short = carriers.short_names(look.language)
        offered = {f"{each.carrier}/{each.service}": each for each in carriers.services(look.language, of)}
        labels = {key: f"{short[each.carrier]} {short[key]}" for key, each in offered.items()}
        twice = Counter(labels.values())
        for place, (key, each) in enumerate(offered.items()):
            # Two programs of one carrier offer the same service: then the program is named, too.
            label = labels[key] if twice[labels[key]] == 1 else each.title
            made = button(label, "main", partial(self.take, key))
            self.services[key] = made
            grid.addWidget(made, place // _COLUMNS, place % _COLUMNS)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.foot(button(say("window.no"), "", self.reject))
        self.setMinimumWidth(look.px(880))

    def take(self, key: str) -> None:
        """Choose a service by ``carrier/service``."""
        carrier, _, service = key.partition("/")
        self.accept()
        self._done(carrier, service, int(self.pieces.value))
