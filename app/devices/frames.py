"""Where one code ends and the next begins in the bytes of a serial line, and what text they are."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BROKEN", "CODE", "LONG", "Frame", "Framer", "text_of"]

CODE, BROKEN, LONG = "code", "broken", "long"
"""A whole code; one that broke off; one longer than any code is."""

LONGEST = 4096
"""Bytes of a code: the fullest QR code holds fewer."""
_ENDS: dict[str, bytes] = {"line": b"\r\n", "tab": b"\t", "etx": b"\x03", "pause": b""}
_AROUND: dict[str, bytes] = {"line": b"", "tab": b"\r\n", "etx": b"\r\n\x02", "pause": b"\r\n"}
"""What may stand around a code beside its end: STX goes with ETX, and an empty line with anything."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stood between two ends."""

    kind: str
    """:data:`CODE`, :data:`BROKEN` or :data:`LONG`."""
    data: bytes
    """The bytes, without their end; the first ones of what is too long."""
    began: int
    """When its first byte came, in milliseconds by the clock that was handed in."""


class Framer:
    """Cuts what one line sends into codes. It knows no clock: times are handed in, and so is a silence."""

    def __init__(self, end: str = "line", longest: int = LONGEST) -> None:
        """*end* is one of :data:`app.services.readers.ENDS`."""
        self._ends, self._around, self._longest = _ENDS[end], _AROUND[end], longest
        self._bytes = bytearray()
        self._began = 0
        self._over = False

    @property
    def waiting(self) -> bool:
        """Whether the beginning of a code is there and its end is not."""
        return bool(self._bytes)

    def feed(self, data: bytes, now: int) -> list[Frame]:
        """Take bytes as they come; return the codes that they complete."""
        frames: list[Frame] = []
        for byte in data:
            if byte in self._ends:
                frames += self._cut(CODE)
            elif not self._over:
                if not self._bytes:
                    self._began = now
                self._bytes.append(byte)
                if len(self._bytes) > self._longest:
                    frames += self._cut(LONG)
                    self._over = True
        return frames

    def silence(self) -> list[Frame]:
        """The line has been silent for long: a code that needs an end broke off, one that needs none is whole."""
        return self._cut(BROKEN if self._ends else CODE)

    def _cut(self, kind: str) -> list[Frame]:
        data, over = bytes(self._bytes).strip(self._around), self._over
        self._bytes.clear()
        self._over = False
        return [Frame(kind, data, self._began)] if data and not over else []


def text_of(data: bytes) -> str:
    """Return the text of a code: UTF-8, else the code page of Japanese scanners.

    What is neither keeps a mark (U+FFFD) where characters were lost, by which the code is refused: another guess might
    make a digit of noise.
    """
    for encoding in ("utf-8", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any("\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff" for char in text):
            return text  # cp932 knows no such characters, but its table gives them for bytes that are none
    return data.decode("ascii", "replace")
