"""Writing a carrier's file: all or nothing, in the form that its software reads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.intake import Level
from app.domain.shipping import Fault, Shipment, Written
from app.errors import NotAllowed

__all__ = ["FileForm", "file_of"]


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a carrier's software wants its file; the usual way is CP932, CRLF, one header row (formats.md, 0)."""

    header: bool = True
    quote_all: bool = False
    encoding: str = "cp932"
    newline: str = "\r\n"
    delimiter: str = ","
    most_rows: int = 0
    """Most rows without the header; 0: any number."""


_USUAL = FileForm()


def file_of(
    identity: str,
    today: date,
    shipments: Sequence[Shipment],
    header: Sequence[str],
    check: Callable[[Shipment, date], tuple[Fault, ...]],
    rows_of: Callable[[Shipment], Iterator[list[str]]],
    form: FileForm = _USUAL,
) -> Written:
    """Make a carrier's file; raises NotAllowed, and writes nothing, where a shipment is wrong or the rows are too many.

    Nothing is guarded against spreadsheets' formulas here: the carrier's software reads what stands in the cell.
    """
    if not shipments:
        raise NotAllowed("carrier.nothing_to_write")
    keys: set[str] = set()
    refused: list[str] = []
    rows: list[list[str]] = []
    for shipment in shipments:
        if shipment.key in keys:
            raise NotAllowed("carrier.key_twice", value=shipment.key)
        keys.add(shipment.key)
        if any(fault.level is Level.ERROR for fault in check(shipment, today)):
            refused.append(shipment.key)
        elif not refused:  # right after the check, which has laid its texts out
            rows += rows_of(shipment)
    if refused:
        raise NotAllowed("carrier.refused", count=len(refused), keys=", ".join(refused[:10]))
    if form.most_rows and len(rows) > form.most_rows:
        raise NotAllowed("carrier.too_many_rows", count=len(rows), limit=form.most_rows)
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=form.delimiter,
        lineterminator=form.newline,
        quoting=csv.QUOTE_ALL if form.quote_all else csv.QUOTE_MINIMAL,
    )
    if form.header:
        writer.writerow(header)
    writer.writerows(rows)
    first = re.sub("[^A-Za-z0-9-]", "_", shipments[0].key)
    return Written(f"{identity}_{today:%Y%m%d}_{first}.csv", text.getvalue().encode(form.encoding), len(rows))
