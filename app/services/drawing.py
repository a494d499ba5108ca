"""Drawing papers of many pages in a process of its own, so that a scan never waits for the interpreter.

Only the papers' own modules are loaded there: no database, no Qt. Where no such process can be had the paper is drawn
here, between the scans.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from app.documents import render
from app.domain.papers import PickList, Rendered, SlipBatch
from app.text import texts

__all__ = ["Drawer", "Paper"]

log = logging.getLogger(__name__)

MANY_SLIPS = 20
"""From so many slips on, drawing them takes longer than beginning a process."""
_MANY_ROWS = 150
"""The same for the rows of a pick list."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can be drawn anywhere: its name, what it shows, and the language."""

    id: str
    value: object
    language: str

    @property
    def many(self) -> bool:
        """Whether drawing it takes seconds."""
        if isinstance(self.value, PickList):
            return len(self.value.rows) >= _MANY_ROWS
        return isinstance(self.value, SlipBatch) and len(self.value.slips) >= MANY_SLIPS

    def draw(self, between: Callable[[], None] = lambda: None) -> Rendered:
        """Draw it here.

        :param between: called now and then while a paper of many pages is drawn.
        """
        more = {"between": between} if isinstance(self.value, SlipBatch) else {}
        return render(self.id, self.value, texts(self.language), **more)


def _begin() -> None:
    """Stand behind the program that scans, and go when it goes: who waits for work would never hear of it."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    threading.Thread(target=_go_with_parent, name="kenpin-parent", daemon=True).start()


def _go_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


class Drawer:
    """Draws papers; those of many pages in a process of its own, which is kept for the next."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._alone = False
        """No process can be had: everything is drawn here."""

    def draw(self, paper: Paper, between: Callable[[], None]) -> Rendered:
        """Draw a paper.

        :param between: called now and then while it is drawn here.
        """
        if not paper.many or self._alone:
            return paper.draw(between)
        try:
            if self._pool is None:
                spawn = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin)
            return self._pool.submit(Paper.draw, paper).result()
        except (BrokenProcessPool, OSError) as error:
            log.warning("papers are drawn beside the scans: %s", error)
            self._alone = True
            self.close()
            return paper.draw(between)

    def close(self) -> None:
        """Let the process go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
