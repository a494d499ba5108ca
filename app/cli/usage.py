"""A command called in a way that cannot be meant. Imports nothing: the window starts without the rest of this floor."""

from __future__ import annotations

__all__ = ["Usage"]


class Usage(Exception):
    """The sentence is ready to print, the exit status is 2."""
