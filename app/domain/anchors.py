"""Anchors 控え: where every station's chain ended, kept outside the database; a cut tail shows only against one.

The rows of the journal are chained, so that nothing in the middle is changed unseen; but whoever can write the
database can cut the end off, make every hash anew, or put an old copy back. An anchor is one line of JSON in a file
elsewhere: when, which database, and number and hash of every station's last row. The lines are chained as well, so
that one that is changed or taken out of the middle shows.

Nothing here is secret. Whoever can write the database *and* every copy of the file can make both anew: a copy on
another machine, or the printed last line, is what protects against that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Anchor", "Anchored", "Head", "next_anchor", "read_anchors"]

Head = tuple[int, str]
"""Number and hash of a station's last journal row."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line of the file."""

    at: int
    """Milliseconds since 1970 UTC, by the database's clock."""
    database: str
    """Which database, as 16 hexadecimal digits."""
    heads: Mapping[str, Head]
    """By station."""
    prev: str
    """Hash of the line before; empty for the first."""
    hash: str

    def line(self) -> str:
        """Return it as it stands in the file, without the end of the line."""
        return json.dumps(self._body() | {"hash": self.hash}, ensure_ascii=True, separators=(",", ":"))

    def sound(self) -> bool:
        """Whether its hash is that of what it says."""
        return self.hash == _hash(self._body())

    def _body(self) -> dict[str, object]:
        heads = {station: list(self.heads[station]) for station in sorted(self.heads)}
        return {"at": self.at, "database": self.database, "heads": heads, "prev": self.prev}


@dataclass(frozen=True, slots=True)
class Anchored:
    """What a file of anchors says."""

    anchors: tuple[Anchor, ...] = ()
    broken: int = 0
    """Number of the first line that was changed or does not follow the one before it, from 1; 0 for none."""
    seqs: Mapping[str, Mapping[int, Anchor]] = field(default_factory=dict)
    """By station, which number was its last row, and the first line in which that stands."""

    @property
    def last(self) -> Anchor | None:
        """The newest line."""
        return self.anchors[-1] if self.anchors else None


def _hash(body: Mapping[str, object]) -> str:
    text = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def next_anchor(at: int, database: str, heads: Mapping[str, Head], last: Anchor | None) -> Anchor:
    """Return the line that follows *last*."""
    made = Anchor(at, database, dict(heads), last.hash if last else "", "")
    return Anchor(at, database, made.heads, made.prev, _hash(made._body()))


def read_anchors(lines: Iterable[str]) -> Anchored:
    """Read the lines of a file; what follows a line that was changed still counts for what it says."""
    anchors: list[Anchor] = []
    broken = 0
    seqs: dict[str, dict[int, Anchor]] = {}
    for number, text in enumerate(lines, 1):
        anchor = _parsed(text)
        follows = anchor is not None and anchor.sound() and anchor.prev == (anchors[-1].hash if anchors else "")
        if not follows and not broken:
            broken = number
        if anchor is None:
            continue
        anchors.append(anchor)
        for station, (seq, _) in anchor.heads.items():
            seqs.setdefault(station, {}).setdefault(seq, anchor)
    return Anchored(tuple(anchors), broken, seqs)


def _parsed(text: str) -> Anchor | None:
    """Return one line as a value; None where it is no anchor at all."""
    try:
        body = json.loads(text)
        heads = {str(station): (int(seq), str(head)) for station, (seq, head) in body["heads"].items()}
        return Anchor(int(body["at"]), str(body["database"]), heads, str(body["prev"]), str(body["hash"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
