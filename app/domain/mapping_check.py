"""Everything that is wrong with a mapping (TOML that a shop wrote): each place, and what is allowed there."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["RawCheck"]


class RawCheck:
    """Takes a parsed mapping apart; :attr:`wrong` has what does not fit, for one sentence about all of it."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self.raw = raw
        self.wrong: list[str] = []

    def say(self, path: str, allowed: str) -> None:
        """Note that what stands at *path* is not *allowed*."""
        self.wrong.append(f"{path}: {allowed}")

    def known(self, path: str, part: Mapping[str, object], known: tuple[str, ...]) -> None:
        """Note every key of *part* that is not *known*."""
        for key in part:
            if key not in known:
                self.say(f"{path}.{key}" if path else key, " | ".join(known))

    def section(self, name: str, known: tuple[str, ...]) -> Mapping[str, object]:
        """Return a section at the top, empty where there is none."""
        part = self.raw.get(name, {})
        if not isinstance(part, dict):
            self.say(name, "[…]")
            return {}
        self.known(name, part, known)
        return part

    def text(self, path: str, value: object, allowed: tuple[str, ...] = ()) -> str:
        """Return a text, one of *allowed* where these are given."""
        if not isinstance(value, str) or (allowed and value not in allowed):
            self.say(path, " | ".join(f'"{each}"' for each in allowed) if allowed else '"…"')
            return ""
        return value

    def texts(self, path: str, value: object) -> tuple[str, ...]:
        """Return a list of texts."""
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.say(path, '["…", "…"]')
            return ()
        return tuple(value)

    def switch(self, path: str, value: object) -> bool:
        """Return a truth value."""
        if not isinstance(value, bool):
            self.say(path, "true | false")
        return value is True

    def number(self, path: str, value: object, low: int = 0) -> int:
        """Return a whole number of at least *low*."""
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            self.say(path, f"{low}, {low + 1}, {low + 2} …")
            return low
        return value
