"""Which channel reads a file: the one a person named, or the surest of those that recognise it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Protocol, cast

from app.channels import _parts
from app.channels._source import SourceFile
from app.domain.intake import Head, ReadOptions
from app.domain.orders import IncomingOrder, Problem
from app.domain.reports import ReportRow
from app.errors import FileUnusable, NotFound
from app.plugins import modules_of

__all__ = [
    "Channel",
    "channel",
    "channels",
    "matched",
    "receiver_columns",
    "recognised",
    "report_suffix",
    "reporter",
    "together",
]


class Channel(Protocol):
    """What a module of this folder has.

    A channel with a dispatch report of its own also has ``report(rows: Sequence[ReportRow]) -> bytes``, and
    ``REPORT_SUFFIX`` where the file's name does not end in ``.csv``; the others are reported to by a saved mapping
    (:mod:`app.channels._report`). A channel whose orders come in two files also has
    ``together(files: Sequence[SourceFile]) -> list[SourceFile]``, which joins those that belong together
    (:mod:`app.channels._joined`). One that reads a certain sheet of spreadsheets only has ``SHEET``, its name. One that
    knows better than by their names which columns hold the receiver's address has
    ``receiver_columns(file: SourceFile, options: ReadOptions) -> Mapping[str, str]``.
    """

    ID: str
    TITLE: Mapping[str, str]

    def recognise(self, head: Head) -> int:
        """0: not this channel's file; the higher, the surer."""

    def read(self, file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
        """Stream the orders; raises FileUnusable at once where nothing in the file is usable."""


def channels() -> tuple[Channel, ...]:
    """Every channel, sorted by the name of its module."""
    return tuple(_checked(module) for module in modules_of("app.channels"))


def _checked(module: ModuleType) -> Channel:
    missing = [name for name in ("ID", "TITLE", "recognise", "read") if not hasattr(module, name)]
    if missing:
        raise TypeError(f"{module.__name__} is no channel: it lacks {', '.join(missing)}")
    return cast(Channel, module)


def channel(identity: str, among: Sequence[Channel] = ()) -> Channel:
    """Return the channel with this ID.

    :param among: the channels that there are; those that come with the program where nothing else is said.
    """
    known = among or channels()
    for found in known:
        if identity == found.ID:
            return found
    raise NotFound("channel.unknown", channel=identity, known=", ".join(each.ID for each in known))


def matched(file: SourceFile, among: Sequence[Channel] = (), identity: str = "") -> tuple[Channel, SourceFile]:
    """Return the channel that reads *file*, and of a spreadsheet the sheet that it reads.

    That is the first sheet that a channel recognises, else the first with something in it; a saved mapping may name
    its sheet.

    :param among: as for :func:`channel`.
    :param identity: the channel that a person named; empty: the surest.
    :raises NotFound: there is no such channel.
    :raises FileUnusable: none knows the columns of any sheet, or the sheet that the mapping names is not there.
    """
    known = (channel(identity, among),) if identity else among or channels()
    if identity and (wanted := _sheet_of(known[0])):
        return known[0], file.on_sheet(wanted)
    for name in file.sheets or ("",):
        sheet = file.on_sheet(name)
        fitting = [each for each in known if _sheet_of(each) in ("", name)]
        best = max(fitting, key=lambda each: each.recognise(sheet.head), default=None)
        if best is not None and best.recognise(sheet.head):
            return best, sheet
    return (known[0] if identity else recognised(file, known)), file


def _sheet_of(of: Channel) -> str:
    sheet: str = getattr(of, "SHEET", "")
    return sheet


def recognised(file: SourceFile, among: Sequence[Channel] = ()) -> Channel:
    """Return the channel that is surest of *file*; raises where none knows its columns.

    :param among: as for :func:`channel`.
    """
    head = file.head
    best = max(among or channels(), key=lambda each: each.recognise(head))
    if not best.recognise(head):
        shown = ", ".join(name.strip() for name in head.names if name.strip())[:200]
        raise FileUnusable("file.not_recognised", file=file.name, columns=shown)
    return best


def reporter(of: Channel) -> Callable[[Sequence[ReportRow]], bytes] | None:
    """Return what writes a channel's own dispatch report; None where it is reported to by a mapping."""
    found: Callable[[Sequence[ReportRow]], bytes] | None = getattr(of, "report", None)
    return found


def receiver_columns(of: Channel, file: SourceFile, options: ReadOptions) -> Mapping[str, str]:
    """Return the column of each part of the receiver's address in a file that a channel reads, by the part's name
    (``to.postcode``)."""
    own: Callable[[SourceFile, ReadOptions], Mapping[str, str]] | None = getattr(of, "receiver_columns", None)
    return _parts.receiver_columns(file.header) if own is None else own(file, options)


def report_suffix(of: Channel) -> str:
    """Return how the name of a channel's own dispatch report ends."""
    suffix: str = getattr(of, "REPORT_SUFFIX", ".csv")
    return suffix


def together(found: Sequence[tuple[Channel, SourceFile]]) -> list[tuple[Channel, SourceFile]]:
    """Return what is to be read of files taken in at once: files of one channel that belong together are one.

    The order stays; what is joined stands where its channel's first file stood.
    """
    of_channel: dict[str, list[SourceFile]] = {}
    for each, file in found:
        of_channel.setdefault(each.ID, []).append(file)
    result: list[tuple[Channel, SourceFile]] = []
    for each, file in found:
        join: Callable[[Sequence[SourceFile]], list[SourceFile]] | None = getattr(each, "together", None)
        if join is None:
            result.append((each, file))
        else:
            result += [(each, one) for one in join(of_channel.pop(each.ID, []))]
    return result
