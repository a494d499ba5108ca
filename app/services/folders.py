"""Watched folders 監視フォルダ: files that a shop's or a carrier's software puts there are taken in by themselves.

One station looks into a folder. A file is taken in once it is whole; it goes to the folder of finished files
afterwards, one that could not be used aside with its report. Nothing is ever deleted.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.domain.people import Right
from app.errors import NotFound, SettingsWrong
from app.services import acts
from app.storage import folders as storage
from app.storage.database import Transaction
from app.storage.folders import Watched

__all__ = [
    "FOLDER_KINDS",
    "FolderDraft",
    "FolderRow",
    "FolderState",
    "drop",
    "folder_list",
    "look_now",
    "save",
    "wrongs",
]

FOLDER_KINDS = ("orders", "products", "numbers", "errors")
"""What files of a folder can be: orders of a channel, products, numbers back from a carrier, errors of dispatch
reports back from a shop."""


class FolderState(StrEnum):
    """How the last look into a folder went."""

    NEW = ""
    """Nobody looked yet."""
    GOOD = "good"
    AWAY = "away"
    """It cannot be reached: a share that is off, a folder that was renamed."""
    FULL = "full"
    """A finished file could not be moved away: no room, or no right to write. It stays and is not taken in again."""
    REFUSED = "refused"
    """A file could not be used; it lies aside with its report."""
    WAITING = "waiting"
    """A file waits for the one that belongs to it, or is still being written."""


@dataclass(frozen=True, slots=True)
class FolderDraft:
    """A watched folder as a person wants it."""

    name: str
    kind: str = "orders"
    path: str = ""
    station: str = ""
    """The station that looks into it; empty for the one at which it is saved."""
    channel: str = ""
    """Channel, for ``numbers`` carrier; empty recognises each file. For ``errors`` the shop's channel."""
    shop: str = ""
    mapping: str = ""
    """For ``orders`` of channel ``csv``, and for ``errors``: name of the mapping."""
    create_products: bool = False
    """For ``orders``: make a product for each SKU that is unknown."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A watched folder as a list shows it."""

    id: int
    draft: FolderDraft
    state: FolderState
    said_key: str
    """Key of the sentence that says how the last look went; empty where there is nothing to say."""
    said_args: Mapping[str, str] = field(default_factory=dict)
    seen_at: int | None = None
    """When it was last looked into, milliseconds since 1970 UTC."""


def folder_list(tx: Transaction) -> list[FolderRow]:
    """Return every watched folder, by name."""
    return [_row(found) for found in storage.list_all(tx)]


def _row(found: Watched) -> FolderRow:
    told = dict(found.told)
    key = str(told.pop("key", ""))
    return FolderRow(
        found.id,
        _draft(found),
        FolderState(found.state),
        key,
        {name: str(value) for name, value in told.items()},
        found.seen_at,
    )


def _draft(found: Watched) -> FolderDraft:
    return FolderDraft(
        name=found.name,
        kind=found.kind,
        path=found.path,
        station=found.station,
        channel=found.channel,
        shop=found.shop,
        mapping=str(found.options.get("mapping", "")),
        create_products=bool(found.options.get("create_products", False)),
        active=found.active,
    )


def wrongs(tx: Transaction, draft: FolderDraft, folder: int = 0) -> dict[str, tuple[str, dict[str, str]]]:
    """Return what is wrong with a draft: field -> key and placeholders of its sentence; empty where all is well.

    :param folder: the folder that it changes; 0 for a new one.
    """
    found: dict[str, tuple[str, dict[str, str]]] = {}
    others = [each for each in storage.list_all(tx) if each.id != folder]
    if not draft.name.strip():
        found["name"] = ("folders.wrong.no_name", {})
    elif any(each.name == draft.name.strip() for each in others):
        found["name"] = ("folders.wrong.name_taken", {"name": draft.name.strip()})
    if draft.kind not in FOLDER_KINDS:
        found["kind"] = ("folders.wrong.kind", {"kind": draft.kind, "known": ", ".join(FOLDER_KINDS)})
    if not draft.path.strip() or not Path(draft.path).is_absolute():
        found["path"] = ("folders.wrong.path", {"path": draft.path})
    else:
        for each in others:
            if _inside(draft.path, each.path):
                found["path"] = ("folders.wrong.path_taken", {"name": each.name, "station": each.station})
    if draft.kind == "errors" and not (draft.channel and draft.shop):
        found["shop"] = ("folders.wrong.errors_need_shop", {})
    return found


def _inside(one: str, other: str) -> bool:
    """Whether one folder is the other, or lies in it: both would take in the same files."""
    a, b = (os.path.normcase(os.path.normpath(each)) for each in (one, other))
    return a == b or a.startswith(b.rstrip(os.sep) + os.sep) or b.startswith(a.rstrip(os.sep) + os.sep)


def save(tx: Transaction, station: str, act: str, draft: FolderDraft, folder: int = 0) -> int:
    """Keep a watched folder; return its id.

    :param folder: the one that changes; 0 makes a new one.
    :raises SettingsWrong: something about it does not fit; everything is named at once.
    :raises NotFound: there is no such folder.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return int(acts.result_of(tx, act))
    acts.require(state, Right.SETTINGS)
    if folder and storage.load(tx, folder) is None:
        raise NotFound("folders.not_found", folder=folder)
    for key, args in wrongs(tx, draft, folder).values():
        raise SettingsWrong(key, **args)
    options = {"mapping": draft.mapping, "create_products": draft.create_products}
    values = {
        "name": draft.name.strip(),
        "kind": draft.kind,
        "path": os.path.normpath(draft.path.strip()),
        "station": draft.station or station,
        "channel": draft.channel,
        "shop": draft.shop,
        "options": storage.as_text({name: value for name, value in options.items() if value}),
        "active": int(draft.active),
        "state": "",
        "told": "",
    }
    if folder:
        storage.change(tx, folder, **values)
    else:
        folder = storage.add(tx, **values)
    acts.end(tx, state, act, "folder", {"folder": folder, **values}, result=folder)
    return folder


def look_now(tx: Transaction, station: str, act: str, folder: int) -> None:
    """Let the folder's station look with its next round at everything in it, also at what was to wait a while.

    :raises NotFound: there is no such folder.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.IMPORT)
    if storage.load(tx, folder) is None:
        raise NotFound("folders.not_found", folder=folder)
    storage.change(tx, folder, state=str(FolderState.NEW), told="")
    acts.end(tx, state, act, "folder", {"folder": folder, "looked": True})


def drop(tx: Transaction, station: str, act: str, folder: int) -> None:
    """Look into a folder no longer; its files and what came by it stay.

    :raises NotFound: there is no such folder.
    :raises NotAllowed: the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    found = storage.load(tx, folder)
    if found is None:
        raise NotFound("folders.not_found", folder=folder)
    storage.drop(tx, folder)
    acts.end(tx, state, act, "folder", {"folder": folder, "dropped": found.name})
