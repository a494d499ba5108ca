"""What is doubtful about all products, looked for beside the work and kept for the list."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.product_doubts import KINDS, Doubt
from app.services import product_doubts
from app.ui.newest import Newest

__all__ = ["DoubtBook"]

_REST_S = 30.0
"""All products are looked through at most once in so many seconds."""


class DoubtBook(QObject):
    """Every doubt that was found last."""

    changed = Signal()
    """Other doubts are known now."""

    def __init__(self, window: Any, desk: Any) -> None:
        """*window* is the main window."""
        super().__init__(window)
        self._window, self._desk = window, desk
        self.all: list[Doubt] | None = None
        """Everything that is doubtful, by kind and SKU; None until it was looked for."""
        self._of: dict[int, tuple[str, ...]] = {}
        self._wanted: object = None
        self._seen: object = None
        self._when = 0.0
        self._finder = Newest(window.bridge, self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(lambda: self.look(self._wanted))

    def of(self, product: int) -> tuple[str, ...]:
        """Return the kinds of what is doubtful about a product."""
        return self._of.get(product, ())

    def counts(self) -> dict[str, int]:
        """Return how many doubts of each kind there are, what stops a scan first."""
        counted = Counter(each.kind for each in self.all or ())
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def listed(self, kind: str, text: str) -> list[Doubt]:
        """Return the doubts of a kind (all where it is empty) of products with this in their SKU."""
        text = text.strip().casefold()
        return [
            each
            for each in self.all or ()
            if (not kind or each.kind == kind) and (not text or text in each.sku.casefold())
        ]

    def look(self, stamp: object) -> None:
        """Look all products through, on a worker's thread beside the scans, where *stamp* says that they changed."""
        self._wanted = stamp
        if stamp == self._seen or self._finder.busy:
            return
        rest = _REST_S - (time.monotonic() - self._when)
        if self.all is not None and rest > 0:
            self._again.start(int(rest * 1000) + 50)
            return
        self._seen, self._when = stamp, time.monotonic()
        desk = self._desk
        self._finder.ask(lambda: product_doubts.find(desk), self._found, self._window.show_error)

    def _found(self, found: list[Doubt]) -> None:
        self.all = found
        self._of = {}
        kinds: dict[int, list[str]] = {}
        for each in found:
            kinds.setdefault(each.product, []).append(each.kind)
        self._of = {product: tuple(dict.fromkeys(named)) for product, named in kinds.items()}
        self.changed.emit()
        self.look(self._wanted)  # it may have changed meanwhile

    def mended(self, product: int) -> None:
        """Look again at one product that was changed just now; the others follow when all are looked through."""
        if self.all is None:
            return

        def put(found: list[Doubt]) -> None:
            order = {kind: at for at, kind in enumerate(KINDS)}
            kept = [each for each in self.all or () if each.product != product]
            self._found(sorted([*kept, *found], key=lambda each: (order[each.kind], each.sku)))

        self._window.bridge.ask(self._desk.read(product_doubts.doubts, product), put)

    def stop(self) -> None:
        """Look no more: the window is going."""
        self._again.stop()
        self._finder.forget()
