"""Pictures and camera frames to codes: the first decoder, then a ladder of further looks for what it misses.

A picture that the first decoder reads costs hardly more than that decoder. What it does not read, or reads without
being sure, is looked at again: by the second decoder, cut out upright and enlarged, sharpened, smoothed, with another
way of telling black from white. How many looks agree decides what is kept (:mod:`app.domain.decoding`).
"""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from PIL import Image, UnidentifiedImageError

from app.decoders._bars import Bars, find_bars, upright
from app.decoders._views import View, padded, scaled, sharpened, smoothed, whole
from app.domain import barcode
from app.domain.barcode import Gs1, Gtin
from app.domain.decoding import MATRIX, RETAIL, Found, Look, is_settled, judge, looks_doubtful, share_place
from app.errors import FileUnusable
from app.plugins import modules_of
from app.services.explain import kinds_of

__all__ = ["PATIENCE", "decode", "decoders", "open_picture", "plain", "read_picture"]

PATIENCE = 3.0
"""Seconds of computing for a still picture before it counts as unread. What else the machine does is not counted, so
that the same picture gives the same answer on a busy day."""
MOST_PIXELS = 50_000_000
"""A larger picture is refused before it is unpacked: 50 million grey pixels take 50 MB, a few bytes of file can claim
any number of them."""
MOST_BYTES = 64 * 1024 * 1024
_LARGE = 2000
"""Longest side with which a picture is looked at as a whole again."""
_CLOSE_WIDTH, _CLOSE_ROWS = 450, 24
"""Size of the closer look at a code that was read already, in pixels: enough for its modules, and fast."""
_SPAN = 0.5
"""Share of the width of a region of bars that a short code in it must have."""
_BANDS = ((0.0, 1.0), (0.1, 0.4), (0.35, 0.65), (0.6, 0.9))
"""Stretches along the bars: the whole, and thirds for codes that are bent, dirty or seen at a slant."""


@cache
def decoders() -> tuple[ModuleType, ...]:
    """Return the decoders that this machine has, the first one first."""
    found = sorted(modules_of("app.decoders"), key=lambda each: each.RANK)
    return tuple(each for each in found if each.available())


def decode(
    image: Image.Image, expected: frozenset[str] = frozenset(), *, patience: float = PATIENCE
) -> tuple[Found, ...]:
    """Return the codes of a picture, best supported first; empty where none is seen.

    :param expected: what the open order expects, as :func:`app.domain.decoding.keys_of` gives it: a code that is not
        among it stays unconfirmed unless its symbol proves it.
    :param patience: seconds of computing for further looks after the first one; 0 takes the first look only.
    """
    seen = whole(image)
    first, *_ = decoders()
    looks: list[Look] = first.read(seen)
    ends = time.thread_time() + patience
    sure = bool(looks)
    for look in tuple(looks):
        if look.symbology not in MATRIX and (expected or looks_doubtful(look) or _has_rival(look, looks)):
            looks += _look_closer(seen, look)
            sure = sure and not _has_rival(look, looks)
    if looks and all(look.symbology in RETAIL and not barcode.read(look.text).kinds for look in looks):
        # The lower code of a book: there is another one above it.
        for decoder in decoders()[1:]:
            looks += decoder.read(seen)
    if expected:
        sure = any(found.confirmed for found in judge(looks, expected))
    if not sure and patience > 0:
        for more in _ladder(seen):
            looks += more
            if is_settled(looks, expected) or time.thread_time() > ends:
                break
    return judge(looks, expected)


def _has_rival(look: Look, looks: list[Look]) -> bool:
    """Return whether another code was seen in the same place."""
    return any(other.text != look.text and share_place(look, other) for other in looks)


def _look_closer(seen: View, look: Look) -> list[Look]:
    """Look again at the middle of one linear code, upright and enlarged; by the next decoder where one sees nothing."""
    (left, top), (right, right_y), (low, low_y), (low_left, low_left_y) = look.corners
    width = math.hypot(right - left, right_y - top)
    height = math.hypot(low - right, low_y - right_y)
    x, y = (left + right + low + low_left) / 4, (top + right_y + low_y + low_left_y) / 4
    bars = Bars(x, y, max(width, 8.0), min(max(height, 4.0), _CLOSE_ROWS), math.atan2(right_y - top, right - left))
    view = upright(seen, bars, widest=_CLOSE_WIDTH)
    for decoder in decoders():
        if again := decoder.read(view, decoder.WAYS[0], linear=True):
            return list(again)
    return []


def _ladder(seen: View) -> Iterator[list[Look]]:
    """Yield what further looks see, from those that help most often for their time to those that seldom do."""
    first, *others = decoders()
    longest = max(seen.image.size)
    whole_again = seen if longest <= _LARGE else scaled(seen, _LARGE / longest)
    edged = padded(whole_again, 16)
    for decoder in others:
        yield decoder.read(whole_again)
    yield first.read(edged)
    for bars in find_bars(seen.image):
        for top, bottom in _BANDS:
            view = upright(seen, bars, top, bottom)
            row = _as_one_row(view)
            for each in (view, sharpened(view, 4, 200), row, sharpened(row, 4, 200)):
                for looks in _every_way(each):
                    yield [look for look in looks if not looks_doubtful(look) or _spans(look, bars)]
    if longest > _LARGE:
        return
    for view in (edged, scaled(edged, 2), smoothed(scaled(edged, 2), 2), sharpened(edged, 2, 250), scaled(edged, 0.5)):
        for way in first.WAYS:
            yield first.read(view, way)


def _every_way(view: View) -> Iterator[list[Look]]:
    """Yield what each decoder sees in upright bars, in each of its ways."""
    for decoder in decoders():
        for way in decoder.WAYS:
            yield decoder.read(view, way, linear=True)


def _spans(look: Look, bars: Bars) -> bool:
    """Return whether a short code is as wide as its bars: out of long ones that are blurred, short ones are read."""
    (left, top), (right, right_y), *_ = look.corners
    return math.hypot(right - left, right_y - top) >= _SPAN * bars.width


def _as_one_row(view: View) -> View:
    """Return upright bars as means over their whole length: scratches and grain go, straight bars stay."""
    width, height = view.image.size
    rows = view.image.resize((width, 8), Image.Resampling.BOX).resize((width, 48))
    a, b, c, d, e, f = view.to_whole
    return View(rows, (a, b * height / 48, c, d, e * height / 48, f))


# --- files --------------------------------------------------------------------------------------------------------


def open_picture(path: Path) -> Image.Image:
    """Read a picture file.

    :raises FileUnusable: it cannot be read, is no picture, is cut short, or claims more pixels than any photograph has.
    """
    name = path.name
    try:
        if not path.is_file():
            raise FileUnusable("file.missing", file=name)
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sizes that are checked here, and about broken extra data
            with Image.open(path) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _too_large(name)
                image.load()
                return image.copy() if getattr(image, "is_animated", False) else image
    except FileUnusable:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except UnidentifiedImageError as error:
        raise FileUnusable("picture.unknown", file=name) from error
    except Exception as error:  # Pillow raises whatever a cut or made-up file leads it to
        raise FileUnusable("picture.broken", file=name) from error


def _too_large(name: str) -> FileUnusable:
    return FileUnusable("picture.too_large", file=name, limit=MOST_PIXELS // 1_000_000, size=MOST_BYTES >> 20)


def read_picture(path: Path, expected: frozenset[str] = frozenset()) -> tuple[Found, ...]:
    """Return the codes of a picture file; see :func:`decode`.

    :raises FileUnusable: see :func:`open_picture`.
    """
    return decode(open_picture(path), expected)


def plain(found: Found) -> dict[str, object]:
    """Return a found code as plain values, for JSON, with everything that the station may take it for."""
    look = found.look
    reading = barcode.read(look.scan_text)
    return {
        "text": look.text,
        "symbology": look.symbology,
        "identifier": look.identifier or None,
        "gtin14": next((kind.gtin14 for kind in reading.kinds if isinstance(kind, Gtin | Gs1)), None),
        "confirmed": found.confirmed,
        "proven": found.proven,
        "looks": found.looks,
        "corners": [list(corner) for corner in look.corners],
        "kinds": kinds_of(reading),
        "fault": str(reading.fault) if reading.fault else None,
    }
