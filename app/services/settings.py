"""Reading and changing what the shop decides."""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import SettingsWrong
from app.services import acts
from app.settings import checked, defaults
from app.storage import settings as storage
from app.storage.database import Transaction

__all__ = ["all_settings", "put"]


def all_settings(tx: Transaction) -> dict[str, str]:
    """Return every setting with its value or default."""
    return defaults() | storage.read(tx)


def put(tx: Transaction, station: str, act: str, values: Mapping[str, str]) -> None:
    """Change settings.

    :raises SettingsWrong: some do not fit; all of them are named and nothing is changed.
    """
    good: dict[str, str] = {}
    wrong: list[SettingsWrong] = []
    for key, value in values.items():
        try:
            good[key] = checked(key, value)
        except SettingsWrong as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise SettingsWrong("settings.several_wrong", names=", ".join(str(e.args_["name"]) for e in wrong))
    state = acts.begin(tx, station, act)
    if state is None:
        return
    storage.write(tx, good)
    acts.end(tx, state, act, "settings", good)
