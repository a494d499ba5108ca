"""Missing pictures of products, taken by the bench's camera when the first piece is scanned.

They lie in a folder of their own until a leader has looked at them: what was in front of the camera at that moment may
have been a hand. Nothing else ever replaces a picture that a product has.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.people import Right
from app.errors import NotFound
from app.services import acts
from app.services.desk import Desk, new_act
from app.services.photos import write
from app.services.settings import all_settings
from app.storage import pictures as storage
from app.storage.database import Transaction
from app.storage.pictures import Pictured

__all__ = ["Pictured", "Settled", "discard", "keep", "put_picture", "put_shot", "unchecked", "wanted"]

_FOLDER, _NEW = "pictures", "new"
_TOPICS = frozenset({"orders"})
"""What a new picture is seen in: the products themselves are the same for whoever compares or plans them."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a picture that was looked at."""

    sku: str
    picture: str
    """Where it lies now; empty where it was thrown away."""


def _new_folder(folder: Path) -> Path:
    return (folder / _FOLDER / _NEW).absolute()


def wanted(tx: Transaction, sku: str) -> bool:
    """Whether the camera may take the picture of a product: it has none, and the shop wants it."""
    found = storage.of_sku(tx, sku)
    return found is not None and not found.picture and all_settings(tx)["picture.take"] == "on"


def put_picture(desk: Desk, folder: Path, sku: str, jpeg: bytes, act: str = "") -> str:
    """Keep the first picture of a product; return its path, empty where none is wanted or another was faster.

    :param folder: the station's own folder.
    :raises FileUnusable: the disk is full, or the folder cannot be written.
    """
    act = act or new_act()
    if not desk.read(wanted, sku).result():
        return ""
    target = _new_folder(folder) / f"{_plain(sku)}-{act[:8]}.jpg"
    write(target, jpeg)
    put = False
    try:
        put = desk.do(_TOPICS, _put, desk.station, act, sku, str(target)).result()
    finally:
        if not put:
            target.unlink(missing_ok=True)
    return str(target) if put else ""


def put_shot(folder: Path, sku: str, jpeg: bytes) -> str:
    """Keep a picture that a person took and looked at while entering a product; return its path.

    :param folder: the station's own folder.
    :raises FileUnusable: the disk is full, or the folder cannot be written.
    """
    target = _new_folder(folder).parent / f"{_plain(sku)}-{new_act()[:8]}.jpg"
    write(target, jpeg)
    return str(target)


def _plain(sku: str) -> str:
    """Return a SKU as a part of a file's name that every system takes."""
    return "".join(char if char.isascii() and char.isalnum() else "_" for char in sku)[:40]


def _put(tx: Transaction, station: str, act: str, sku: str, picture: str) -> bool:
    state = acts.begin(tx, station, act)
    if state is None:
        return bool(acts.result_of(tx, act))
    found = storage.of_sku(tx, sku)
    put = found is not None and storage.put(tx, found.id, picture)
    if put:
        acts.end(tx, state, act, "picture", {"sku": sku, "picture": picture}, result=True)
    return put


def unchecked(tx: Transaction, folder: Path) -> list[Pictured]:
    """Return the products whose picture a camera took here and nobody has looked at."""
    return storage.within(tx, str(_new_folder(folder)))


def keep(desk: Desk, folder: Path, sku: str) -> Settled:
    """Say that the picture of a product is good.

    :raises NotFound: no picture of it waits to be looked at.
    :raises NotAllowed: the person at the station may not.
    """
    found = _waiting(desk, folder, sku)
    old = Path(found.picture)
    new = old.parent.parent / old.name
    if old.is_file():
        write(new, old.read_bytes())
    try:
        desk.do(_TOPICS, _settle, desk.station, new_act(), found, str(new)).result()
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    old.unlink(missing_ok=True)
    return Settled(sku, str(new))


def discard(desk: Desk, folder: Path, sku: str) -> Settled:
    """Throw the picture of a product away; the camera takes another one when it is scanned next.

    :raises NotFound: no picture of it waits to be looked at.
    :raises NotAllowed: the person at the station may not.
    """
    found = _waiting(desk, folder, sku)
    desk.do(_TOPICS, _settle, desk.station, new_act(), found, "").result()
    Path(found.picture).unlink(missing_ok=True)
    return Settled(sku, "")


def _waiting(desk: Desk, folder: Path, sku: str) -> Pictured:
    found = next((each for each in desk.read(unchecked, folder).result() if each.sku == sku), None)
    if found is None:
        raise NotFound("picture.none_waits", sku=sku)
    return found


def _settle(tx: Transaction, station: str, act: str, found: Pictured, picture: str) -> None:
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    storage.change(tx, found.id, found.picture, picture)
    acts.end(tx, state, act, "picture", {"sku": found.sku, "picture": picture})
