"""What must hold for any text that a scanner may send, however hostile; for hypothesis and for the fuzzer."""

from __future__ import annotations

import unicodedata

from app.domain.barcode import Command, Gs1, Gtin, OrderCode, Plain, Reading, Waybill, read
from app.domain.gs1 import human, message, split_human, split_message, unsound
from app.domain.gs1_facts import MOST_PIECES
from app.domain.gs1_links import link_of, split_link
from app.domain.gtin import has_good_check_digit
from app.domain.instore import measure
from app.settings import instore_layouts

__all__ = ["LAYOUTS", "check_link", "check_message", "check_text"]

_DASHES = dict.fromkeys("‐‑‒–—―−ー─━⁃﹘", "-")
LAYOUTS = instore_layouts("02=IIIIIVPPPP; 20-22=IIIIIPPPPP; 23-24=IIIIIW.WWWW; 25-29=IIIIICCCCC") or {}


def check_text(text: str) -> Reading:
    """Read *text*: always an answer, never more than the text says, and nothing that a database or screen refuses."""
    reading = read(text)
    assert reading.raw == text
    assert reading.kinds or reading.fault, "kinds or a fault, never neither"
    reading.text.encode()
    assert len(reading.text) <= 1000
    hidden = {each for each in reading.text if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert hidden <= {"\x1d"}, "nothing unseen is shown or stored but the separator of a message"
    plain = unicodedata.normalize("NFKC", text)
    for kind in reading.kinds:
        match kind:
            case Command():
                folded = "".join(_DASHES.get(each, each) for each in plain)
                assert kind.name.value in folded.upper(), "a command is spelled out"
            case Gtin():
                assert has_good_check_digit(kind.gtin14)
                assert len(kind.gtin14) == 14
            case Gs1():
                _check_facts(kind)
            case OrderCode():
                assert kind.ship_number.sequence > 0
            case Waybill():
                assert len(kind.number) == 12
            case Plain():
                assert kind.text == reading.text
                assert kind.text.isprintable() or not any(unicodedata.category(c) == "Cc" for c in kind.text)
            case _:
                assert getattr(kind, "code", "x"), "a label has something after its prefix"
    for gtin14 in (kind.gtin14 for kind in reading.kinds if isinstance(kind, (Gtin, Gs1)) and kind.gtin14):
        found = measure(gtin14, LAYOUTS)
        assert found is None or measure(found.base, LAYOUTS) is not None
    return reading


def _check_facts(gs1: Gs1) -> None:
    assert gs1.gtin14 is None or has_good_check_digit(gs1.gtin14)
    assert gs1.count is None or 0 < gs1.count <= MOST_PIECES
    assert gs1.pieces(1) > 0
    for said in (gs1.lot, gs1.serial):
        assert said is None or (said.isascii() and said.isprintable() and 0 < len(said) <= 20)
    for day in (gs1.expiry, gs1.produced):
        assert day is None or (len(day) == 10 and day[:2] in {"19", "20"})
    assert not gs1.instead or "".join(map("".join, gs1.instead)) == "".join(gs1.pairs[-1]), "the same characters"


def check_message(text: str) -> None:
    """Take an element string apart; what was read goes to each form and comes back the same."""
    found = split_message(text)
    unsound(found.pairs)
    assert split_message(message(found.pairs)).pairs == found.pairs
    shown = human((identifier, value.replace("(", "\\(")) for identifier, value in found.pairs)
    if found.pairs and not any("\\" in value for _, value in found.pairs):
        again = split_human(shown)
        assert again is not None
        assert again.pairs == found.pairs
    link = link_of(found.pairs)
    if link is not None:
        check_link(link)


def check_link(text: str) -> None:
    """Take a web address apart; what was read makes a link that says the same."""
    found = split_link(text)
    if found is None:
        return
    made = link_of(found.elements.pairs)
    if found.proper and made is not None:
        again = split_link(made)
        assert again is not None
        assert again.proper
        assert sorted(again.elements.pairs) == sorted(found.elements.pairs)
