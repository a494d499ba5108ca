"""Cells of a file of numbers: keys, tracking numbers and amounts as spreadsheets and people leave them.

A carrier says where its columns are (:class:`Places`); what is wrong with a cell is the same for every carrier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.carriers._file import ReturnedFile
from app.domain.intake import Head, excel_damaged, fold_name, narrow, problem, read_money
from app.domain.orders import Problem
from app.domain.shipping import NumberRow, has_good_check_digit, number_of
from app.errors import FileUnusable

__all__ = ["Places", "has_columns", "place_of", "places_of", "plain", "read_rows"]


def plain(cell: str) -> str:
    """Return a cell of digits or letters without what spreadsheets and people put around it."""
    return narrow(cell).strip("'\"=` ")


def place_of(head: Head, names: Sequence[str]) -> int | None:
    """Place of the first column, from 0, that has one of *names* in whatever width, case and spacing."""
    folded = [fold_name(name) for name in head.names]
    return next((folded.index(name) for name in map(fold_name, names) if name in folded), None)


def has_columns(head: Head, wanted: Sequence[Sequence[str]]) -> bool:
    """Whether a file has each of the *wanted* columns under one of its names."""
    return all(place_of(head, names) is not None for names in wanted)


def places_of(file: ReturnedFile, wanted: Sequence[Sequence[str]], refusal: str, **args: str) -> tuple[int, ...]:
    """Places of the *wanted* columns, each by its names, the usual one first.

    :param refusal: key of the sentence for a file that lacks some; *args* are placeholders of it.
    :raises FileUnusable: columns are missing; all of them are named.
    """
    found = [(names[0], place_of(file.head, names)) for names in wanted]
    if missing := [name for name, at in found if at is None]:
        raise FileUnusable(refusal, file=file.name, columns=", ".join(missing), **args)
    return tuple(at for _, at in found if at is not None)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a carrier's file has what; places count from 0."""

    key: int
    number: int
    columns: Sequence[str]
    """Names of the columns, for reports."""
    cod: int | None = None
    pieces: int | None = None
    header: bool = True
    """Whether the first row is a header."""
    service: Callable[[list[str]], str] = lambda _: ""
    """Service id of a row."""
    mail: Callable[[list[str]], bool] = lambda _: False
    """Whether a row is of a mail service, which may have numbers of 11 digits: no zero is put before them."""
    key_of: Callable[[str], str] = plain
    """Customer key in the text of its cell; empty where there is none."""
    reason: Callable[[list[str]], str] = lambda _: ""
    """Why the carrier's software did not keep the row."""


_DATE = re.compile(r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}|[0-9]{1,2}-(?:[A-Za-z]{3}|[0-9]{1,2}月)(?:-[0-9]+)?|.*[年月日].*")
"""What a spreadsheet makes of ``12-03-1``."""
_NUMBER = re.compile(r"[0-9]{8,20}|[A-Z]{2}[0-9]{9}[A-Z]{2}")
"""Digits, or an S10 number of a parcel abroad."""


def read_rows(file: ReturnedFile, places: Places) -> Iterator[NumberRow | Problem]:
    """Stream the rows of *file*.

    A row that stands there twice counts once. The same number under another key comes with a warning; which of the
    two is right only the parcels can tell.
    """
    width = len(file.first)
    seen: dict[str, tuple[str, int]] = {}
    open_end = width - 1 in (places.key, places.number) and not file.text.endswith(("\n", "\r"))
    for number, row, last in _with_last(file.records()):
        if number < file.at or (number == file.at and places.header):
            continue
        if row is None:
            yield problem(file.name, number, "", "", "number.row_broken")
            continue
        if len(row) in {1, width} and not any(map(str.strip, row)):
            continue  # a blank row; with fewer cells it is the beginning of one that is cut off
        if len(row) < width or any(map(str.strip, row[width:])):
            yield _wrong_length(file, places, number, row, width)
            continue
        if open_end and last:
            # The cell that counts may lack its end, and what is left of it may be somebody else's key.
            yield problem(file.name, number, places.columns[width - 1], row[-1], "number.row_unfinished")
            continue
        for found in _row(file, places, number, row):
            if isinstance(found, NumberRow) and found.number:
                key, first = seen.setdefault(found.number, (found.key, number))
                at = (file.name, number, places.columns[places.number], found.number)
                if first != number and key == found.key:
                    yield problem(*at, "number.row_repeated", first=str(first), customer_key=key)
                    continue
                if first != number:
                    yield problem(*at, "number.on_two_keys", first=str(first), other=key, customer_key=found.key)
            yield found


def _with_last(rows: Iterator[tuple[int, list[str] | None]]) -> Iterator[tuple[int, list[str] | None, bool]]:
    """Yield every row with whether it is the last one."""
    before = next(rows, None)
    for row in rows:
        if before is not None:
            yield *before, False
        before = row
    if before is not None:
        yield *before, True


def _wrong_length(file: ReturnedFile, places: Places, number: int, row: list[str], width: int) -> Problem:
    key = places.key_of(row[places.key]) if places.key < len(row) else ""
    args = {"cells": str(len(row)), "columns": str(width), "customer_key": key or "-"}
    name = "number.row_short" if len(row) < width else "number.row_long"
    return problem(file.name, number, "", key, name, **args)


def _row(file: ReturnedFile, places: Places, number: int, row: list[str]) -> Iterator[NumberRow | Problem]:
    columns = places.columns
    key = places.key_of(row[places.key])
    if not key:
        yield problem(file.name, number, columns[places.key], row[places.number], "number.no_key")
        return
    if excel_damaged(key) or _DATE.fullmatch(key):
        yield problem(file.name, number, columns[places.key], row[places.key], "number.key_damaged")
        return
    tracking, odd = _tracking(row[places.number], restore=not places.mail(row))
    if odd:
        at = (file.name, number, columns[places.number], row[places.number])
        yield problem(*at, odd, customer_key=key, restored=tracking)
        if odd in {"number.excel_damage", "number.unreadable"}:
            return
    amounts: dict[int, int] = {}
    for place in (places.cod, places.pieces):
        if place is None:
            continue
        amount = read_money(plain(row[place]))
        if amount is None or not re.fullmatch("[0-9]*", amount):
            yield problem(file.name, number, columns[place], row[place], "number.bad_amount", customer_key=key)
        elif amount or place == places.cod:
            amounts[place] = int(amount or 0)  # no amount to collect is written as nothing
    yield NumberRow(
        row=number,
        key=key,
        number=tracking,
        reason=places.reason(row),
        service=places.service(row),
        cod=amounts.get(places.cod) if places.cod is not None else None,
        pieces=amounts.get(places.pieces) if places.pieces is not None else None,
        doubtful=bool(tracking) and not has_good_check_digit(tracking),
    )


def _tracking(cell: str, *, restore: bool) -> tuple[str, str]:
    """Return a tracking number and the key of what is odd about its cell."""
    text = plain(cell)
    if not text:
        return "", ""
    if excel_damaged(text):
        return "", "number.excel_damage"
    number = number_of(re.sub(r"\.0$", "", text).replace(" ", ""))
    if not number.isascii() or not _NUMBER.fullmatch(number) or not number.strip("0"):
        return "", "number.unreadable"
    if restore and len(number) == 11 and has_good_check_digit(f"0{number}"):
        return f"0{number}", "number.zeros_restored"
    return number, "" if has_good_check_digit(number) else "number.check_digit"
