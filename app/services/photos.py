"""Photos of the open box, taken when it is closed: when one is wanted, keeping it, and letting old ones go.

A photo is a file beside the database and a row that names it with its hash; the file comes first, so that a row is
never without one. Names hold no personal data, and the picture no data of the camera. Packing never waits for a photo:
what goes wrong is an error with a remedy, and the parcel stays closed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo

from app.errors import FileUnusable
from app.services import acts
from app.services.desk import Desk, new_act
from app.services.settings import all_settings
from app.settings import words
from app.storage import photos as storage
from app.storage import settings as settings_storage
from app.storage.database import Transaction
from app.storage.photos import PhotoRow, Signs

__all__ = ["FOLDER", "PhotoRow", "Tidied", "encoded", "export", "folder_of", "page", "take", "tidy", "wanted"]

FOLDER = "photos"
"""Name of the folder within the station's own."""
RESERVE = 200 << 20
"""Bytes that photos leave free on the disk: the database needs them more."""
_LONGEST, _QUALITY = 1600, 80
"""Long side in pixels and JPEG quality: a label in the box can still be read, 1,000 photos take some 300 MB."""
_DAY_MS = 86_400_000
_PART = 100
"""Photos that are let go of in one act."""
_ORDER_OF_RULES = ("override", "short", "gift", "fragile", "dear")


@dataclass(frozen=True, slots=True)
class Tidied:
    """What letting go of photos came to."""

    gone: int
    bytes: int
    held: int
    """Photos that are old enough, and stay because something is open about their order."""


def folder_of(folder: Path) -> Path:
    """Return where a station keeps its photos.

    :param folder: the station's own folder.
    """
    return folder / FOLDER


# --- when one is wanted -------------------------------------------------------------------------------------------


def wanted(tx: Transaction, order: int) -> str:
    """Return why a photo of an order's box is wanted: ``always`` or a word of ``photo.rule``; empty where none is.

    Asked after the close, beside the next scan: three statements where photos are on, two where they are off.
    """
    house = all_settings(tx)
    signs = storage.signs_of(tx, order)
    if signs is None:
        return ""
    settings = house | settings_storage.read_shop(tx, signs.shop)
    if settings["photo.when"] != "rule":
        return "always" if settings["photo.when"] == "always" else ""
    rules = words(settings["photo.rule"])
    return next((name for name in _ORDER_OF_RULES if name in rules and _holds(name, signs, settings)), "")


def _holds(name: str, signs: Signs, settings: dict[str, str]) -> bool:
    if name == "dear":
        return _amount(signs.content) >= int(settings["photo.dear_yen"])
    return bool(getattr(signs, name))


def _amount(content: str) -> Decimal:
    """Return what an order costs, by the shop's own total; 0 where it gives none."""
    totals = json.loads(content).get("totals") or {}
    try:
        amount = Decimal(str(totals.get("total") or totals.get("subtotal") or "0"))
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)


# --- keeping one --------------------------------------------------------------------------------------------------


def encoded(pixels: bytes, size: tuple[int, int], row_bytes: int) -> bytes:
    """Return a picture as a JPEG to be kept: no larger than is useful, without any data beside the picture.

    :param pixels: red, green, blue, one byte each; *row_bytes* is the length of a row with its filling.
    """
    from PIL import Image

    picture = Image.frombuffer("RGB", size, pixels, "raw", "RGB", row_bytes, 1).copy()
    picture.thumbnail((_LONGEST, _LONGEST))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def take(desk: Desk, folder: Path, order: int, jpeg: bytes, box: int | None = None, act: str = "") -> str:
    """Keep the photo of one box: first the file, then the row and its act. Return the file's name.

    :param folder: the station's own folder.
    :param box: number of the box; None for the one that was filled last.
    :raises FileUnusable: the disk is full, or the folder cannot be written; nothing is kept then.
    """
    act = act or new_act()
    now, zone, parcel, last = desk.read(_about, order).result()
    box = last if box is None else box
    month = f"{datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(zone)):%Y-%m}"
    name = f"{month}/{order}-{box}-{act[:8]}.jpg"
    target = folder_of(folder) / name
    write(target, jpeg)
    try:
        desk.do(frozenset(), _record, desk.station, act, order, parcel, box, name, jpeg).result()
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return name


def _about(tx: Transaction, order: int) -> tuple[int, str, int | None, int]:
    return (tx.now, all_settings(tx)["shop.timezone"], *storage.parcel_of(tx, order))


def _record(
    tx: Transaction, station: str, act: str, order: int, parcel: int | None, box: int, name: str, jpeg: bytes
) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    hash_ = hashlib.sha256(jpeg).hexdigest()
    storage.add(tx, act, station, order, parcel, box, name, hash_, len(jpeg))
    facts = {"file": name, "sha256": hash_, "size": len(jpeg), "parcel": parcel, "box": box}
    acts.end(tx, state, act, "photo", facts, order=order)


def write(target: Path, content: bytes) -> None:
    """Write a picture whole or not at all; it is on the disk when this returns.

    :raises FileUnusable: the disk has no room to spare, or the folder cannot be written.
    """
    half = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < RESERVE + len(content):
            raise FileUnusable("photo.no_room", folder=str(target.parent), mb=RESERVE >> 20)
        with half.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        why = error.strerror or str(error)
        raise FileUnusable("photo.not_writable", folder=str(target.parent), why=why) from error


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk as well; systems that cannot open a folder do it by themselves."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


# --- reading and letting go ---------------------------------------------------------------------------------------


def page(tx: Transaction, orders: Sequence[int] = (), limit: int | None = None) -> list[PhotoRow]:
    """Return photos, newest first; of some orders only where any are named."""
    return storage.page(tx, orders_=orders, limit=limit)


def export(desk: Desk, folder: Path, order: int, target: Path) -> list[Path]:
    """Copy the photos of an order into a folder; return the copies. Those that are gone or elsewhere are left out.

    :raises FileUnusable: the folder cannot be written.
    """
    made = []
    for row in reversed(desk.read(page, (order,)).result()):
        source = folder_of(folder) / row.file
        if row.gone_at is None and source.is_file():
            copy = target / Path(row.file).name
            write(copy, source.read_bytes())
            made.append(copy)
    return made


def tidy(desk: Desk, folder: Path) -> Tidied:
    """Delete what was kept long enough or is too much, the oldest first; the rows stay and say when.

    Photos of orders about which something is open stay: a return that is looked at, a question to the customer.
    """
    values, now, size = desk.read(_limits, desk.station).result()
    before = now - int(values["photo.keep_days"]) * _DAY_MS
    over = size - (int(values["photo.most_mb"]) << 20)
    gone = freed = held = 0
    after = (0, 0)
    ended = False
    while not ended:
        rows, free = desk.read(_oldest, desk.station, after).result()
        ended = not rows
        chosen: list[PhotoRow] = []
        for row in rows:
            if row.at >= before and over <= 0:
                ended = True
                break
            after = (row.at, row.id)
            if row.order in free:
                chosen.append(row)
                over -= row.size
            else:
                held += 1
        gone += _let_go(desk, folder, chosen)
        freed += sum(row.size for row in chosen)
    return Tidied(gone, freed, held)


def _limits(tx: Transaction, station: str) -> tuple[dict[str, str], int, int]:
    return all_settings(tx), tx.now, storage.kept_size(tx, station)


def _oldest(tx: Transaction, station: str, after: tuple[int, int]) -> tuple[list[PhotoRow], frozenset[int]]:
    rows = storage.oldest(tx, station, after=after, limit=_PART)
    return rows, storage.may_go(tx, sorted({row.order for row in rows}))


def _let_go(desk: Desk, folder: Path, rows: Sequence[PhotoRow]) -> int:
    """Delete files, then say so: a crash between leaves a row whose file is gone, never a picture nobody knows of.

    :raises FileUnusable: a file cannot be deleted; those before it are.
    """
    done: list[int] = []
    try:
        for row in rows:
            _delete(folder_of(folder) / row.file)
            done.append(row.id)
    finally:
        if done:
            desk.chunk(frozenset(), _mark_gone, desk.station, new_act(), done).result()
    return len(done)


def _delete(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise FileUnusable("photo.not_deleted", file=str(file), why=error.strerror or str(error)) from error


def _mark_gone(tx: Transaction, station: str, act: str, ids: Sequence[int]) -> int:
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    done = storage.gone(tx, ids)
    acts.end(tx, state, act, "photos_gone", {"photos": list(ids)}, result=done)
    return done
