"""A channel that is made of a saved mapping: its files are read as the channel ``csv`` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from app.channels import csv
from app.channels._mapping import Table, mapping_from
from app.channels._source import SourceFile
from app.domain.intake import Head, ReadOptions
from app.domain.orders import IncomingOrder, Problem
from app.errors import SettingsWrong

__all__ = ["MappedChannel", "mapped"]


class MappedChannel:
    """What a module of a channel has, from the TOML of a mapping; its ID is the mapping's name."""

    def __init__(self, name: str, body: str) -> None:
        """*body* was right when it was saved; an older or newer program may think otherwise."""
        self.ID: str = name
        self.body = body
        self.SHEET = ""
        try:
            title, self.SHEET = dict(self.table.title), self.table.sheet
        except SettingsWrong:
            title = {}
        usual = next(iter(title.values()), name)
        self.TITLE: Mapping[str, str] = {language: title.get(language, usual) for language in ("ja", "en")}

    @cached_property
    def table(self) -> Table:
        """The mapping; raises :class:`~app.errors.SettingsWrong` where it is not right any more."""
        return mapping_from(self.body, self.ID)

    def recognise(self, head: Head) -> int:
        """Below every channel of its own, above the mappings that come with the program, of which it may be a copy.

        A mapping that is not right any more recognises nothing; reading a file by it says what is wrong.
        """
        try:
            named = self.table.recognise
        except SettingsWrong:
            return 0
        return len(named) + 1 if named and head.has(*named) else 0

    def read(self, file: SourceFile, options: ReadOptions) -> Iterator[IncomingOrder | Problem]:
        """Stream the orders of *file*; raises at once where the mapping does not fit it."""
        return csv.read(file, replace(options, mapping="", mapping_text=self.body))

    def receiver_columns(self, file: SourceFile, options: ReadOptions) -> Mapping[str, str]:
        """Return the columns of the receiver's address as the mapping names them."""
        return csv.receiver_columns(file, replace(options, mapping="", mapping_text=self.body))


@lru_cache(maxsize=64)
def mapped(name: str, body: str) -> MappedChannel:
    """Return the channel of a saved mapping; the same one while the mapping says the same."""
    return MappedChannel(name, body)
