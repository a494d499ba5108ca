"""Printers for the tests: each reads the bytes of one language strictly and gives the picture that comes out.

They share no code with what writes those bytes: they are written from the makers' manuals, know only the commands that
we mean to send, and refuse everything else. What a firmware does beyond its manual is not seen here.
"""

from __future__ import annotations

import re

import numpy as np
import pypdfium2
from PIL import Image

from tests.printers import zpl as zebra
from tests.printers.zpl import need as _need


def _white(width: int, height: int) -> np.ndarray:
    return np.zeros((height, width), dtype=bool)


def _picture(black: np.ndarray) -> Image.Image:
    return Image.fromarray(np.where(black, 0, 255).astype(np.uint8))


# --- ZPL ----------------------------------------------------------------------------------------------------------


def zpl(data: bytes, dpi: int) -> Image.Image:
    """Print a label."""
    return _picture(zebra.printed(data, dpi))


# --- TSPL ---------------------------------------------------------------------------------------------------------


def tspl(data: bytes, dpi: int) -> Image.Image:
    """Print a label: ``BITMAP`` in mode 0 overwrites whole bytes, 0 is black; ``BAR`` is black."""
    at = 0

    def line() -> bytes:
        nonlocal at
        end = data.index(b"\r\n", at)
        got, at = data[at:end], end + 2
        return got

    size = re.fullmatch(rb"SIZE (\d+(?:\.\d+)?) mm,(\d+(?:\.\d+)?) mm", line())
    _need(size, "SIZE")
    here = line()
    if here.startswith(b"GAP"):
        _need(re.fullmatch(rb"GAP \d+(\.\d+)? mm,0 mm", here), "GAP")
        here = line()
    _need(here == b"DIRECTION 0,0", "DIRECTION")
    _need(line() == b"REFERENCE 0,0", "REFERENCE")
    here = line()
    if here in (b"SET CUTTER BATCH", b"SET CUTTER OFF"):
        here = line()
    _need(here == b"CLS", "CLS")
    width, height = (round(float(each) * dpi / 25.4) for each in size.groups())
    black = _white(width + 8, height)
    while True:
        if data[at:].startswith(b"BITMAP "):
            head = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),0,").match(data, at)
            _need(head, "BITMAP")
            x, y, across, down = map(int, head.groups())
            rows = np.frombuffer(data[head.end() : head.end() + across * down], dtype=np.uint8)
            at = head.end() + across * down
            _need(data[at : at + 2] == b"\r\n", "bitmap of another length")
            at += 2
            _need(y + down <= height and x + across * 8 < width + 8, "bitmap outside the label")
            black[y : y + down, x : x + across * 8] = np.unpackbits(rows).reshape(down, across * 8) == 0
            continue
        here = line()
        bar = re.fullmatch(rb"BAR (\d+),(\d+),(\d+),(\d+)", here)
        if bar is None:
            break
        x, y, wide, high = map(int, bar.groups())
        _need(wide and high and x + wide <= width and y + high <= height, "bar outside the label")
        black[y : y + high, x : x + wide] = True
    _need(re.fullmatch(rb"PRINT 1,[1-9]\d*", here) and at == len(data), here)
    return _picture(black[:, :width])


# --- SBPL ---------------------------------------------------------------------------------------------------------


def sbpl(data: bytes, dpi: int, size: tuple[int, int]) -> Image.Image:
    """Print a label of *size* dots: positions count from 1, everything is black upon black."""
    _need(data.startswith(b"\x1bA"), "no start")
    end = re.compile(rb"(?:\x1b~A\d{4})?\x1bQ[1-9]\d{0,5}\x1bZ\Z").search(data)
    _need(end, "no end")
    body = data[2 : end.start()]
    width, height = size
    black = _white(width + 8, height + 8)
    field = re.compile(
        rb"\x1bV(\d{4})\x1bH(\d{4})(?:\x1bFW(\d\d)([VH])(\d{4})|\x1bGH(\d{3})(\d{3})([0-9A-F]*))", re.ASCII
    )
    at = 0
    while at < len(body):
        found = field.match(body, at)
        _need(found, body[at : at + 40])
        at = found.end()
        y, x = int(found[1]) - 1, int(found[2]) - 1
        _need(x >= 0 and y >= 0, "position 0")
        if found[3]:
            thick, long = int(found[3]), int(found[5])
            wide, high = (thick, long) if found[4] == b"V" else (long, thick)
            _need(thick and long and x + wide <= width and y + high <= height, "line outside the label")
            black[y : y + high, x : x + wide] = True
        else:
            across, down = int(found[6]), int(found[7])
            _need(len(found[8]) == across * down * 16, "graphic of another length")
            bits = np.unpackbits(np.frombuffer(bytes.fromhex(found[8].decode()), dtype=np.uint8))
            bits = bits.reshape(down * 8, across * 8)
            _need(x + across * 8 < width + 8 and y + down * 8 < height + 8, "graphic outside the label")
            black[y : y + down * 8, x : x + across * 8] |= bits == 1
    _need(not black[height:].any() and not black[:, width:].any(), "ink outside the label")
    return _picture(black[:height, :width])


def split(language: str, data: bytes) -> list[bytes]:
    """The labels of a job, each by itself."""
    ends = {"zpl": b"^XZ\n", "sbpl": b"\x1bZ"}
    if language == "tspl":  # a bitmap may hold any bytes, but not a whole line that only ends a label
        return list(re.findall(rb"SIZE \d.*?\r\nPRINT 1,\d+\r\n", data, re.DOTALL))
    return [each + ends[language] for each in data.split(ends[language])[:-1]]


# --- ESC/POS ------------------------------------------------------------------------------------------------------


def escpos(data: bytes) -> list[Image.Image]:
    """Print what comes between two cuts or feeds."""
    _need(data.startswith(b"\x1b@"), "no start")
    at, bands, out = 2, [], []
    while at < len(data):
        if data[at : at + 4] == b"\x1dv0\x00":
            across, down = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
            rows = np.frombuffer(data[at + 8 : at + 8 + across * down], dtype=np.uint8)
            bands.append(np.unpackbits(rows).reshape(down, across * 8) == 1)
            at += 8 + across * down
            continue
        end = re.compile(rb"\x1dVB\x00|\x1bd\x04").match(data, at)
        _need(end, data[at : at + 10])
        at = end.end()
        out.append(_picture(np.concatenate(bands)))
        bands = []
    _need(not bands, "no cut at the end")
    return out


# --- PDF ----------------------------------------------------------------------------------------------------------


def pdf(data: bytes, dpi: int) -> list[Image.Image]:
    """Every page in dots, black or white."""
    with pypdfium2.PdfDocument(data) as document:
        grey = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    return [page.convert("L").point(lambda dot: 255 if dot > 127 else 0) for page in grey]
