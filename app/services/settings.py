"""Reading and changing what the shop decides."""

from __future__ import annotations

from collections.abc import Mapping

from app.documents._templates import shipped_names
from app.errors import NotFound, SettingsWrong
from app.services import acts
from app.settings import SETTINGS, checked, defaults
from app.storage import carton_plans, templates
from app.storage import settings as storage
from app.storage.database import Transaction
from app.storage.settings import ShopRow, shop_list

__all__ = ["ShopRow", "all_settings", "find_shop", "put", "shop_list"]


def all_settings(tx: Transaction, shop: int | None = None) -> dict[str, str]:
    """Return every setting with its value or default.

    :param shop: with what this shop decides otherwise; None for the house.
    """
    house = defaults() | storage.read(tx)
    return house if shop is None else house | storage.read_shop(tx, shop)


def find_shop(tx: Transaction, name: str) -> ShopRow:
    """Return the shop that *name* means, with or without its channel as ``CHANNEL:NAME``.

    :raises NotFound: none has it, or several do.
    """
    known = shop_list(tx)
    found = [each for each in known if name in (each.name, f"{each.channel}:{each.name}")]
    if len(found) != 1:
        listed = ", ".join(f"{each.channel}:{each.name}" for each in found or known)
        raise NotFound("shop.several" if found else "shop.not_found", name=name, known=listed)
    return found[0]


def put(tx: Transaction, station: str, act: str, values: Mapping[str, str], shop: int | None = None) -> None:
    """Change settings.

    :param shop: for this shop only; an empty value goes back to what the house decides.
    :raises SettingsWrong: some do not fit; all of them are named and nothing is changed.
    """
    good: dict[str, str] = {}
    wrong: list[SettingsWrong] = []
    for key, value in values.items():
        try:
            if shop is not None and key in SETTINGS and not SETTINGS[key].per_shop:
                raise SettingsWrong("settings.of_the_house", name=key)
            good[key] = value if shop is not None and not value else checked(key, value)
            _known_template(tx, key, good[key])
        except SettingsWrong as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise SettingsWrong("settings.several_wrong", names=", ".join(str(e.args_["name"]) for e in wrong))
    state = acts.begin(tx, station, act)
    if state is None:
        return
    if any(key.startswith("carton.") for key in good):
        carton_plans.list_changed(tx)
    if shop is None:
        storage.write(tx, good)
    else:
        kept = storage.read_shop(tx, shop) | good
        storage.write_shop(tx, shop, {key: value for key, value in kept.items() if value})
    acts.end(tx, state, act, "settings", good if shop is None else {"shop": shop, **good})


def _known_template(tx: Transaction, key: str, name: str) -> None:
    """Make sure that a template that a setting ``template.…`` names is there."""
    paper = key.removeprefix("template.")
    if paper == key or not name or name in shipped_names(paper) or templates.read(tx, paper, name) is not None:
        return
    known = sorted({*shipped_names(paper), *(row.name for row in templates.rows(tx, paper))})
    raise SettingsWrong("settings.bad_value", name=key, value=name, known=", ".join(known))
