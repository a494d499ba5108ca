"""The printed report of an import: what came of files, and what is left to set right, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.intake import Level

__all__ = ["ImportPaper", "PaperProblem"]


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """One problem on the list."""

    level: Level
    file: str
    row: int
    """As a spreadsheet counts; 0 is the file as a whole."""
    column: str
    value: str
    key: str
    """Key of its sentence."""
    args: Mapping[str, str]
    """Everything that the sentence may name."""
    number: str = ""
    """The order's number; empty where it is about none."""
    fixed: str | None = None
    """What the mended cell is to say when the file is read again; None where it was not mended."""
    remedies: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Key and placeholders of each remedy's words."""


@dataclass(frozen=True, slots=True)
class ImportPaper:
    """The report of files that were taken in together."""

    files: tuple[str, ...]
    at: datetime
    """When the first was taken in, in the shop's time zone."""
    shops: tuple[str, ...]
    figures: tuple[tuple[str, int], ...]
    """Key of the words and number of each."""
    problems: tuple[PaperProblem, ...]
    """What stands, the worst first."""
    left_out: int = 0
    """Problems that are not on the paper."""
