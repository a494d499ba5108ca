"""What the station understands of one code, told field by field: for JSON and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from app.domain.barcode import Command, Gs1, Gtin, Kind
from app.domain.gs1 import Pair, amount, clashes, day_of, human, time_of, unsound
from app.domain.gs1_dictionary import entry_of
from app.domain.gs1_links import link_of
from app.domain.gtin import printable
from app.domain.instore import instore, measure
from app.domain.issuers import company_prefix, issuer, sscc_spaced
from app.domain.orders import ShipNumber
from app.text import Texts

__all__ = ["lines_of", "values_of"]

_TITLED = "00 01 02 10 11 13 15 16 17 21 30 37 310 240 241 7003 400 410"
_SHOWN = tuple(_TITLED.split())
"""Identifiers with a title in the reader's language; the others have the standard's."""


def values_of(kind: Kind, laid_out: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that is known of *kind* as plain values for JSON; what says nothing is left out.

    *laid_out*: how the shop lays out its in-store numbers (:func:`app.settings.instore_layouts`).
    """
    values = {"kind": type(kind).__name__.lower()} | _fields(kind)
    if isinstance(kind, Gtin):
        values |= _number(kind.gtin14, laid_out)
    elif isinstance(kind, Gs1):
        values |= _message(kind)
        if kind.gtin14:
            values |= _number(kind.gtin14, laid_out)
    return values


def _fields(kind: object) -> dict[str, Any]:
    if not is_dataclass(kind) or isinstance(kind, type):
        return {}
    values: dict[str, Any] = {}
    for name, value in asdict(kind).items():
        given = getattr(kind, name)
        if isinstance(given, ShipNumber):
            values[name] = str(given)
            if given.version is not None:
                values["version"] = str(given.version)
        elif value is not None and value not in ("", ()) and name != "pairs":
            values[name] = value if isinstance(value, (bool, int)) else str(value)
    return values


def _number(gtin14: str, laid_out: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "printed": printable(gtin14),
        "issuer": issuer(gtin14),
        "company_prefix": company_prefix(gtin14[1:]),
    }
    inside = measure(gtin14, laid_out)
    if inside is not None:
        told = {"item": inside.item, "price": inside.price, "weight_g": inside.weight_g, "count": inside.count}
        values["instore"] = {name: str(value) for name, value in told.items() if value is not None}
        values["instore"] |= {"goods": printable(inside.base), "sound": inside.sound}
    return {name: value for name, value in values.items() if value}


def _message(gs1: Gs1) -> dict[str, Any]:
    return {
        "instead": human(gs1.instead) or None,
        "elements": [_element(pair) for pair in gs1.pairs],
        "unsound": list(unsound(gs1.pairs)),
        "clashes": list(clashes(gs1.pairs)),
        "human": human(gs1.pairs),
        "link": link_of(gs1.pairs),
    }


def _element(pair: Pair) -> dict[str, str]:
    identifier, value = pair
    entry = entry_of(identifier)
    number = amount(identifier, value)
    told = {
        "identifier": identifier,
        "title": entry.title if entry else "",
        "value": value,
        "day": day_of(identifier, value),
        "time": time_of(identifier, value),
        "amount": None if number is None else str(number),
    }
    return {name: said for name, said in told.items() if said}


# --- in words ----------------------------------------------------------------------------------------------------


def lines_of(words: Texts, kind: Kind, laid_out: Mapping[str, str]) -> list[str]:
    """Return the same in words: the kind in a line that begins with a dot, more about it in the lines below."""
    name = words.say(f"cli.kind.{type(kind).__name__.lower()}")
    if isinstance(kind, Gtin):
        first = words.say(f"explain.was.{kind.was}", number=printable(kind.gtin14))
        more = [words.say("explain.add_on", digits=kind.add_on)] if kind.add_on else []
        more += _number_lines(words, kind.gtin14, laid_out)
    elif isinstance(kind, Gs1):
        first = human(kind.pairs)
        more = _message_lines(words, kind)
        if kind.gtin14:
            more += _number_lines(words, kind.gtin14, laid_out)
    elif isinstance(kind, Command):
        first, more = f"{kind.name.value} {words.say(f'command.{kind.name}')}", []
    else:
        first, more = words.say("list.comma").join(str(value) for value in _fields(kind).values()), []
    return [f"  · {name}: {first}", *(f"      {line}" for line in more)]


def _number_lines(words: Texts, gtin14: str, laid_out: Mapping[str, str]) -> list[str]:
    out = []
    who, company = issuer(gtin14), company_prefix(gtin14[1:])
    if who and not instore(gtin14):
        out.append(words.say("explain.issuer", issuer=who, company=company or "–"))
    inside = measure(gtin14, laid_out)
    if inside is None:
        return out
    out.append(words.say("explain.instore", item=inside.item, goods=printable(inside.base)))
    if inside.price is not None:
        out.append(words.say("explain.price", price=inside.price))
    if inside.weight_g is not None:
        out.append(words.say("explain.weight", grams=inside.weight_g))
    if inside.count is not None:
        out.append(words.say("explain.count", count=inside.count))
    if not inside.sound:
        out.append(words.say("explain.instore_unsound"))
    return out


def _message_lines(words: Texts, gs1: Gs1) -> list[str]:
    out = [_element_line(words, pair) for pair in gs1.pairs]
    if not gs1.whole:
        out.append(words.say("explain.partial"))
    if gs1.instead:
        out.append(words.say("explain.doubtful", instead=human(gs1.instead)))
    elif gs1.doubtful:
        out.append(words.say("explain.run_on"))
    if bad := unsound(gs1.pairs):
        out.append(words.say("explain.unsound", identifiers=" ".join(f"({each})" for each in bad)))
    if bad := clashes(gs1.pairs):
        out.append(words.say("explain.clashes", identifiers=" ".join(f"({each})" for each in bad)))
    link = link_of(gs1.pairs)
    if link:
        out.append(words.say("explain.link", link=link))
    return out


def _element_line(words: Texts, pair: Pair) -> str:
    told = _element(pair)
    identifier, value = pair
    known = next((each for each in _SHOWN if identifier.startswith(each)), None)
    title = words.say(f"explain.element.{known}") if known else told.get("title", "")
    meaning = " ".join(told[name] for name in ("day", "time", "amount") if name in told)
    if identifier == "00":
        meaning = sscc_spaced(value)
    return f"({identifier}) {title}: {value}" + (f" = {meaning}" if meaning and meaning != value else "")
