"""The printed report of imports: its value, and the PDF in the papers folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.import_paper import ImportPaper, PaperProblem
from app.errors import FileUnusable
from app.services import import_report
from app.services.drawing import Drawer, Paper
from app.services.import_report import Filter, Head
from app.services.imports import ProblemRow
from app.services.settings import all_settings
from app.storage.database import Transaction

__all__ = ["paper_of", "write"]

_MOST_PRINTED = 2_000
_PRINTED = {"orders": ("added", "changed", "same", "cancelled"), "products": ("added", "changed", "stocked")}


def paper_of(tx: Transaction, ids: Sequence[int]) -> ImportPaper:
    """Return the printed report of imports: what stands, the worst first.

    :raises NotFound: one of them is not there.
    """
    found = import_report.head(tx, ids, open_only=True)
    standing_now = import_report.lines(tx, ids, Filter(), limit=_MOST_PRINTED)
    zone = ZoneInfo(all_settings(tx)["shop.timezone"])
    first = min(row.at for row in found.imports)
    goods = all(row.kind == "products" for row in found.imports)
    kinds = "products" if goods else "orders"
    figures = [(f"intake.card.{kinds}.{name}", found.counts.get(name, 0)) for name in _PRINTED[kinds]]
    figures += [("intake.card.errors", found.errors), ("intake.card.warnings", found.warnings)]
    return ImportPaper(
        files=tuple(row.file for row in reversed(found.imports)),
        at=datetime.fromtimestamp(first / 1000, UTC).astimezone(zone),
        shops=tuple(dict.fromkeys(row.shop or row.channel for row in found.imports if row.shop or row.channel)),
        figures=tuple(figures),
        problems=tuple(_printed(each, found) for each in standing_now),
        left_out=max(0, found.errors + found.warnings + found.infos - len(standing_now)),
    )


def _printed(row: ProblemRow, found: Head) -> PaperProblem:
    return PaperProblem(
        level=row.level,
        file=row.file,
        row=row.row,
        column=row.column,
        value=row.value,
        key=row.key,
        args=row.placeholders,
        number=row.number,
        fixed=(found.fixes or {}).get((row.import_id, row.file, row.row, row.column)),
        remedies=tuple((each.key, each.args) for each in row.remedies),
    )


def write(value: ImportPaper, folder: Path, language: str) -> Path:
    """Draw a report and write it into the papers folder; return where it is.

    Runs on a worker thread: a long report is drawn in a process of its own.

    :raises FileUnusable: the folder cannot be written.
    """
    drawer = Drawer()
    try:
        drawn = drawer.draw(Paper("import_report", value, language), lambda: None)
    finally:
        drawer.close()
    path = folder / f"import-report-{value.at:%Y%m%d-%H%M%S}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn.pdf)
    except OSError as error:
        raise FileUnusable("file.not_writable", file=str(path), reason=error.strerror or str(error)) from error
    return path
