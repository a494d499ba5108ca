"""Cells that a spreadsheet would run: text from orders and products that begins like a formula (formats.md, 0).

What people open in a spreadsheet is guarded: returns, print rules, a shop's file whose mapping says so. What a program
of a carrier or a shop reads never is: there the apostrophe would be part of the name.
"""

from __future__ import annotations

__all__ = ["guarded", "unguarded"]

_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet calculates with."""
    return f"'{text}" if text.startswith(_SIGNS) else text


def unguarded(text: str) -> str:
    """Return a cell of a file that was written guarded as it was before."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_SIGNS) else text
