"""Printing, as the rest of the program sees it: the runner, what people do with jobs, and what screens show of them.

How a job goes is said in :mod:`app.services.print_runner`; what may be believed in :mod:`app.domain.printing`.
"""

from __future__ import annotations

from app.services.print_acts import (
    Shown,
    came_out_for_sure,
    confirm_by_scan,
    did_not,
    give_up,
    move,
    move_all,
    reprint_batch,
    reprint_job,
    reprint_order,
)
from app.services.print_board import BoardRow, PrinterLine, board, history, open_counts, outbox, printer_lines
from app.services.print_room import title_of
from app.services.print_runner import PrintRunner
from app.storage.printing import came_out

__all__ = [
    "BoardRow",
    "PrintRunner",
    "PrinterLine",
    "Shown",
    "board",
    "came_out",
    "came_out_for_sure",
    "confirm_by_scan",
    "did_not",
    "give_up",
    "history",
    "move",
    "move_all",
    "open_counts",
    "outbox",
    "printer_lines",
    "reprint_batch",
    "reprint_job",
    "reprint_order",
    "title_of",
]
