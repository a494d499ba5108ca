"""Rows of the print board: what a job is, where it comes out, and what may be believed about it."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.printing import FOLDER, PrintState, SettledBy
from app.services.answers import sentence
from app.services.printing import BoardRow
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look
from app.ui.machines import brief

__all__ = [
    "COLUMNS",
    "HISTORY",
    "STATES",
    "cells_of",
    "fault_words",
    "history_cells",
    "job_facts",
    "paper_words",
    "state_pill",
    "subject_words",
]

COLUMNS = (
    Column("at", 10),
    Column("paper", 18),
    Column("subject", 13),
    Column("printer", 19),
    Column("state", 22),
    Column("notes", 18),
)
HISTORY = (
    Column("at", 12),
    Column("paper", 18),
    Column("subject", 12),
    Column("version", 6),
    Column("station", 10),
    Column("printer", 16),
    Column("state", 22),
    Column("notes", 16),
)
STATES: Mapping[str, tuple[str, str]] = {
    PrintState.WAITING: ("○", "info"),
    PrintState.SENT: ("→", "info"),
    PrintState.UNKNOWN: ("？", "warning"),
    PrintState.CONFIRMED: ("●", "ok"),
    PrintState.FAILED: ("×", "error"),
    PrintState.DROPPED: ("—", "quiet"),
}
"""A state's own mark and kind of colour; its words are ``board.state.<state>``."""
_MOST_SAID = 3
"""Sentences about a job that have room beside the rest."""
_NAME = 14
"""Characters of a printer's name in a row."""


def paper_words(look: Look, paper: str) -> str:
    """Return what people call a paper."""
    key = f"board.paper.{paper}"
    return look.say(key) if look.words.has(key) else paper


def subject_words(look: Look, row: BoardRow) -> str:
    """Return what a job is about: a ship number, an order, a batch, a hand-over."""
    if row.ship_number or row.number:
        return row.ship_number or row.number
    if row.batch is None:
        return "—"
    return look.say("board.handover" if row.paper == "handover_list" else "board.batch", number=row.batch)


def state_pill(look: Look, row: BoardRow) -> tuple[str, str]:
    """Return the words of a job's state, with its mark, and the kind of colour."""
    mark, kind = STATES[row.state]
    by = ""
    if row.state == PrintState.CONFIRMED and row.settled_by:
        by = ".folder" if row.printer == FOLDER and row.settled_by == SettledBy.PRINTER else f".{row.settled_by}"
    return f"{mark} {look.say(f'board.state.{row.state}{by}')}", kind


def fault_words(look: Look, row: BoardRow) -> tuple[str, ...]:
    """Return what there is to say about a job as sentences with their remedy, what is wrong first."""
    return tuple(sentence(look.words, fault.key, fault.args) for fault in row.said)


def _notes(look: Look, row: BoardRow) -> tuple[tuple[str, str], ...]:
    say, made = look.say, list[tuple[str, str]]()
    if row.copy_reason:
        made.append((say("board.copy"), "warning"))
    if row.papers > 1 and row.state in (PrintState.SENT, PrintState.UNKNOWN, PrintState.CONFIRMED):
        made.append((say("board.scanned", count=row.scanned, of=row.papers), "quiet"))
    if row.copies > 1:
        made.append((say("board.copies", count=row.copies), "quiet"))
    if row.attempts > 1 and row.state != PrintState.CONFIRMED:
        made.append((say("board.attempts", count=row.attempts), "error" if row.state == PrintState.FAILED else "quiet"))
    return tuple(made)


def _printer(look: Look, row: BoardRow) -> Cell:
    name = row.printer_name or look.say("board.folder")
    if row.routed_name and row.routed_name != row.printer_name:
        tip = look.say("board.instead", printer=name, routed=row.routed_name)
        return Cell(f"▶{brief(name, _NAME)}", "info", least=11, tip=tip)
    return Cell(brief(name, _NAME), least=11, tip=name)


def cells_of(look: Look, row: BoardRow) -> tuple[Cell, ...]:
    """Return the cells of one job."""
    fault = "\n".join(fault_words(look, row))
    return (
        Cell(look.clock(row.at), least=11),
        Cell(paper_words(look, row.paper), bold=True, least=11),
        Cell(subject_words(look, row), bold=True, least=12, tip=" ".join(filter(None, (row.ship_number, row.number)))),
        _printer(look, row),
        Cell(pills=(state_pill(look, row),), tip=fault),
        Cell(pills=_notes(look, row)),
    )


def history_cells(look: Look, row: BoardRow) -> tuple[Cell, ...]:
    """Return the cells of one job of an order's history."""
    at, paper, subject, printer, state, notes = cells_of(look, row)
    version = Cell(str(row.version) if row.version else "—")
    return (
        at,
        paper,
        subject,
        version,
        Cell(look.say("window.station", name=row.station), least=11),
        printer,
        state,
        notes,
    )


def job_facts(look: Look, row: BoardRow, trouble: str = "") -> list[Fact]:
    """Say everything about one job: what is wrong first, then where it went, then why it is a copy.

    :param trouble: what its printer has just now, as a sentence; empty where it is well.
    """
    say = look.say
    made = [Fact(f"{paper_words(look, row.paper)} {subject_words(look, row)}", head=True)]
    words, kind = state_pill(look, row)
    made.append(Fact(words, kind="" if kind == "quiet" else kind))
    made += [Fact(words) for words in fault_words(look, row)[:_MOST_SAID] if words != trouble]
    if trouble and row.state in (PrintState.FAILED, PrintState.WAITING):
        made += [Fact(trouble, kind="error"), Fact(say("board.do.mended"))]
    elif row.state in (PrintState.UNKNOWN, PrintState.SENT, PrintState.FAILED, PrintState.WAITING):
        made.append(Fact(say(f"board.do.{row.state}")))
    made.append(Fact(say("board.fact.printer"), brief(row.printer_name, _NAME) or say("board.folder")))
    if row.routed_name and row.routed_name != row.printer_name:
        made.append(Fact(say("board.fact.routed"), brief(row.routed_name, _NAME)))
    if row.copy_reason:
        key = f"reason.{row.copy_reason}"
        made.append(Fact(say("board.fact.copy"), say(key) if look.words.has(key) else row.copy_reason))
    if row.number and row.ship_number:
        made.append(Fact(say("board.fact.order"), brief(row.number, 22)))
    if row.version and row.order is not None:
        made.append(Fact(say("board.fact.version"), str(row.version)))
    if row.papers > 1:
        made.append(Fact(say("board.fact.scanned"), say("board.scanned", count=row.scanned, of=row.papers)))
    if row.pages:
        made.append(Fact(say("board.fact.pages"), str(row.pages)))
    if row.copies > 1:
        made.append(Fact(say("board.fact.copies"), str(row.copies)))
    made.append(Fact(say("board.fact.attempts"), str(row.attempts)))
    made.append(Fact(say("board.fact.station"), say("window.station", name=row.station)))
    if row.sent_at:
        made.append(Fact(say("board.fact.sent"), look.clock(row.sent_at)))
    if row.settled_at:
        made.append(Fact(say("board.fact.settled"), look.clock(row.settled_at)))
    if row.result:
        made.append(Fact(brief(row.result, 60)))
    made.append(Fact(say("board.fact.number"), f"{row.id:06d}"))
    return made
