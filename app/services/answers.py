"""The answer to one act at a station: stored with the act, returned again when the act is delivered twice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.errors import StationError
from app.text import Texts

__all__ = ["Answer", "of_error", "sentence"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a station says to one scan."""

    code: str
    """Text as received."""
    act: str
    """Id of the act."""
    level: str
    """``ok``, ``refused``, ``question`` or ``info``."""
    key: str
    """Stable reason key; every key is listed in ARCHITECTURE.md."""
    args: Mapping[str, object] = field(default_factory=dict)
    ask: Mapping[str, object] = field(default_factory=dict)
    """What is asked next; ``kind`` and what belongs to it."""
    order: str | None = None
    """The shop's number of the order that is open or was just closed."""
    order_id: int | None = None
    ship_number: str = ""
    done: int = 0
    """Pieces verified."""
    wanted: int = 0
    """Pieces ordered."""
    person: Mapping[str, str] = field(default_factory=dict)
    """Who is signed in at the station: ``name``, ``role``, ``language``; empty for nobody."""
    totes: Sequence[str] = ()
    """Totes and wall slots in which goods of the order on the bench wait: all of them must be fetched."""
    job: str = ""
    """Number of the pick job that is open or was just finished; empty at the bench."""
    repeat: bool = False
    """The act had been done before; this is the stored answer."""

    def stored(self) -> str:
        """Return it as JSON for the journal."""
        body: dict[str, object] = {
            "level": self.level,
            "key": self.key,
            "args": dict(self.args),
            "ask": dict(self.ask),
            "order": self.order,
            "order_id": self.order_id,
            "ship_number": self.ship_number,
            "done": self.done,
            "wanted": self.wanted,
            "person": dict(self.person),
        }
        if self.job:
            body["job"] = self.job
        if self.totes:
            body["totes"] = list(self.totes)
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_stored(code: str, act: str, text: str) -> Answer:
        """Return the answer that an act left, marked as a repeat."""
        return replace(Answer(code, act, "", ""), repeat=True, **json.loads(text))

    def plain(self, words: Texts) -> dict[str, object]:
        """Return the object that ``kenpin scan`` prints, its sentence in the language of *words*."""
        return {
            "code": self.code,
            "act": self.act,
            "repeat": self.repeat,
            "level": self.level,
            "key": self.key,
            "text": sentence(words, self.key, self.args),
            "ask": dict(self.ask),
            "order": self.order,
            "ship_number": self.ship_number,
            "done": self.done,
            "wanted": self.wanted,
            **({"job": self.job} if self.job else {}),
            **({"totes": list(self.totes)} if self.totes else {}),
        }


_NAMED = {"reason": "reason.", "state": "state.", "role": "role."}
"""Arguments whose values may be keys of further texts; a system's own words stay."""
_CARRIERS = ("carrier", "wanted_carrier")
"""Arguments that are ids of carriers."""
_YEN: Mapping[str, tuple[str, ...]] = {
    "waybill.cod_differs": ("printed", "wanted"),
    "numbers.cod": ("asked", "printed"),
    "numbers.cod_unsaid": ("asked",),
    "service.no_cash": ("cod",),
    "fault.no_cod": ("value",),
    "fault.cod_limit": ("value", "limit"),
    "fault.cod_tax": ("value", "cod"),
}
"""Arguments that are amounts of money, by the sentence that says them."""
_WITH: Mapping[str, tuple[str, str]] = {
    "order.closed": ("waybill", "order.closed_labelled"),
    "order.cancelled_meanwhile": ("again", "order.cancelled_scan_again"),
    "order.changed_meanwhile": ("again", "order.changed_scan_again"),
    "hand.taken": ("wall", "hand.taken_wall"),
    "hand.put_first": ("wall", "hand.put_first_wall"),
    "hand.enough": ("wall", "hand.enough_wall"),
    "hand.enough_short": ("wall", "hand.enough_short_wall"),
    "put.ok": ("wall", "put.ok_wall"),
    "put.order_complete": ("wall", "put.order_complete_wall"),
    "place.wrong": ("wall", "place.wrong_wall"),
    "place.foreign": ("wall", "place.foreign_wall"),
}
"""Answers that are said by another sentence where they have this argument."""


def _carrier(language: str, carrier: str) -> str:
    """Return a carrier's name; the carriers take longer to load than a window may take to show itself."""
    from app.services import carriers

    return carriers.names(language).get(carrier, carrier)


def sentence(words: Texts, key: str, args: Mapping[str, object]) -> str:
    """Make the sentence of *key*; values that are themselves keys (reasons, holds, states) are put into words."""
    said: dict[str, object] = {}
    named, other = _WITH.get(key, ("", ""))
    yen = _YEN.get(key, ())
    for name, value in args.items():
        if name == "holds" and isinstance(value, (list, tuple)):
            said[name] = words.say("list.comma").join(words.say(f"hold.{hold}") for hold in value)
        elif name in _NAMED and words.has(f"{_NAMED[name]}{value}"):
            said[name] = words.say(_NAMED[name] + str(value))
        elif name in _CARRIERS:
            said[name] = _carrier(words.language, str(value))
        elif name in ("why", "state") and words.has(str(value)):
            said[name] = words.say(str(value))
        elif name in yen and str(value).isdecimal():
            said[name] = f"{int(str(value)):,}"
        else:
            said[name] = value
    return words.say(other if named and args.get(named) else key, **said)


def of_error(words: Texts, error: StationError) -> str:
    """Make the sentence of an error."""
    return sentence(words, error.key, error.args_)
