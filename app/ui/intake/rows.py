"""The report's lists: problems with what sets them right, imports, and what stands beside one that is chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.services.imports import ImportRow, ImportState, ProblemRow, Remedy
from app.ui.grid import Cell, Column
from app.ui.lettering import split_sentence
from app.ui.look import Look

__all__ = [
    "IMPORTS",
    "MAPPING",
    "PROBLEMS",
    "brief_sentence",
    "can_mend",
    "channel_name",
    "import_cells",
    "problem_cells",
    "remedies_of",
    "remedy_words",
    "sentence_of",
    "state_pill",
    "where",
]

PROBLEMS = (Column("level", 6), Column("place", 19), Column("cell", 21), Column("what", 37), Column("remedy", 33))
"""Columns of the problems; the list can be sorted by each."""
IMPORTS = (
    Column("at", 12),
    Column("file", 30),
    Column("shop", 19),
    Column("by", 14),
    Column("figures", 25),
    Column("state", 24),
)
"""Columns of the imports."""
_STATES = {
    ImportState.DONE: "ok",
    ImportState.BEGUN: "warning",
    ImportState.STOPPED: "warning",
    ImportState.REFUSED: "error",
    ImportState.TAKEN_BACK: "quiet",
}
MAPPING = "mapping"
"""The remedy that only a screen has: the wizard."""
_UNKNOWN_FILE = ("file.not_recognised", "file.no_mapping")
_BRIEF = 36
"""Characters of a value that a sentence in a row names."""
_LONGEST = 500
"""Characters of a value that a tooltip shows."""


def sentence_of(look: Look, row: ProblemRow) -> str:
    """Return what happened, in words."""
    return look.say(row.key, **row.placeholders)


def brief_sentence(look: Look, row: ProblemRow) -> str:
    """Return what happened in one sentence, without the row that the list names anyway."""
    short = {
        name: value[:_BRIEF] + "…" if len(value) > _BRIEF + 1 else value for name, value in row.placeholders.items()
    }
    text = look.say(row.key, **short)
    place = re.match(rf"[^：:「]{{0,20}}\b{row.row}\b[^：:「]{{0,60}}[：:]\s*", text) if row.row else None
    first = split_sentence(text[place.end() :] if place else text)[0]
    return first[:1].upper() + first[1:]


def remedy_words(look: Look, remedy: Remedy) -> str:
    """Return what a remedy's button says."""
    args = dict(remedy.args)
    if "hold" in args:
        args["hold"] = look.say(f"hold.{args['hold']}")
    return look.say(remedy.key, **args)


def remedies_of(row: ProblemRow) -> tuple[Remedy, ...]:
    """Return what can be done about a problem by key, here with the wizard for a file that nobody knows."""
    if row.key in _UNKNOWN_FILE and not row.done:
        return (Remedy(MAPPING, "intake.unknown.yes", {}), *row.remedies)
    return row.remedies


def can_mend(row: ProblemRow) -> bool:
    """Whether it is about a cell that can be given another value."""
    return not row.done and row.row > 0 and bool(row.column)


def where(look: Look, row: ProblemRow) -> str:
    """Return where in its file a problem is."""
    return look.say("intake.row", row=row.row) if row.row else look.say("intake.whole_file")


def problem_cells(
    look: Look, row: ProblemRow, fixes: Mapping[tuple[int, str, int, str], str] | None
) -> tuple[Cell, ...]:
    """Return the cells of a problem; *fixes* are the mended cells that wait."""
    say = look.say
    fixed = (fixes or {}).get((row.import_id, row.file, row.row, row.column))
    value = row.value or (say("intake.empty_value") if row.column else "")
    under = say("intake.becomes", old=value, new=fixed) if fixed is not None else value
    tip = "\n".join(part for part in (row.column, row.value[:_LONGEST], fixed) if part)
    text = brief_sentence(look, row)
    if row.done:
        remedy = Cell(say("intake.done"), "soft")
    elif fixed is not None:
        remedy = Cell(say("intake.waits"), "info", bold=True, lines=2)
    elif remedies_of(row):
        remedy = Cell(buttons=tuple((each.name, remedy_words(look, each)) for each in remedies_of(row)))
    elif can_mend(row):
        remedy = Cell(buttons=(("", say("window.act.intake_mend")),))
    else:
        remedy = Cell("—", "soft")
    return (
        Cell(say(f"intake.level.{row.level}"), sign="ok" if row.done else str(row.level)),
        Cell(row.file, ends=True, under=where(look, row), tip=row.file),
        Cell(row.column or "—", under=under, tip=tip, least=11),
        Cell(text, "soft" if row.done else "ink", bold=not row.done, lines=2, least=12, tip=sentence_of(look, row)),
        remedy,
    )


def channel_name(names: Mapping[str, str], row: ImportRow) -> str:
    """Return the name of an import's channel."""
    return names.get(row.channel, row.channel)


def state_pill(look: Look, row: ImportRow) -> tuple[str, str]:
    """Return how an import stands: words and kind of colour."""
    if row.later is not None and row.state is not ImportState.TAKEN_BACK:
        return look.say("intake.state.again"), "quiet"
    return look.say(f"intake.state.{row.state}"), _STATES[row.state]


def import_cells(look: Look, row: ImportRow) -> tuple[Cell, ...]:
    """Return the cells of an import."""
    say = look.say
    by = say("intake.by_folder", folder=row.folder) if row.folder else say("intake.by_hand")
    counts: Any = row.counts
    figures = [
        say(f"intake.figure.{name}", count=counts[name])
        for name in ("added", "changed", "cancelled")
        if counts.get(name)
    ]
    pills = [state_pill(look, row)]
    if row.later is not None:
        pass  # what still stands is told where it was read again
    elif row.errors:
        pills.append((say("intake.figure.errors", count=row.errors), "error"))
    elif row.warnings:
        pills.append((say("intake.figure.warnings", count=row.warnings), "warning"))
    return (
        Cell(look.clock(row.at), bold=True),
        Cell(row.file, ends=True),
        Cell(row.shop or row.channel or "—", least=11),
        Cell(by, "soft", least=11),
        Cell("　".join(figures) or "—", least=11),
        Cell(pills=tuple(pills)),
    )
