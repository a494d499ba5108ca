"""Symbology identifiers: the three characters such as ``]C1`` by which a scanner says what kind of symbol it read.

Source: ISO/IEC 15424 and the GS1 General Specifications, figure 5.1.2-2; J is DotCode's.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["GS1_MESSAGES", "symbology_name"]

GS1_MESSAGES = frozenset({"C1", "d2", "d5", "d8", "Q3", "Q4", "e0", "e1", "e2", "J1", "z1"})
"""Identifiers of symbols whose data is a GS1 message; zxing-cpp says d8 for some GS1 DataMatrix."""

_EXACT: Mapping[str, str] = {
    "C1": "GS1-128",
    "E0": "EAN-13 / UPC",
    "E1": "EAN add-on, 2 digits",
    "E2": "EAN add-on, 5 digits",
    "E3": "EAN-13 / UPC with add-on",
    "E4": "EAN-8",
    "I1": "ITF, check digit read",
    "J1": "GS1 DotCode",
    "Q3": "GS1 QR Code",
    "d2": "GS1 DataMatrix",
    "e0": "GS1 DataBar",
    "z1": "GS1 Aztec",
}
_FAMILIES: Mapping[str, str] = {
    "A": "Code 39",
    "B": "Telepen",
    "C": "Code 128",
    "D": "Code One",
    "E": "EAN / UPC",
    "F": "NW-7 (Codabar)",
    "G": "Code 93",
    "H": "Code 11",
    "I": "ITF",
    "J": "DotCode",
    "K": "Code 16K",
    "L": "PDF417",
    "M": "MSI",
    "N": "Anker",
    "O": "Codablock",
    "P": "Plessey",
    "Q": "QR Code",
    "R": "2 of 5",
    "S": "2 of 5",
    "T": "Code 49",
    "U": "MaxiCode",
    "X": "other bar code",
    "Z": "no bar code",
    "c": "Channel Code",
    "d": "DataMatrix",
    "e": "GS1 DataBar / Composite",
    "o": "OCR",
    "p": "PosiCode",
    "s": "SuperCode",
    "z": "Aztec",
}


def symbology_name(identifier: str) -> str:
    """Return what kind of symbol an identifier without its bracket names; empty for none or an unknown one."""
    return _EXACT.get(identifier) or _FAMILIES.get(identifier[:1], "")
