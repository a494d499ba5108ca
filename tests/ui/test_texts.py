"""Every key that a screen or an answer uses has its sentence, in both languages, with the same placeholders."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from app.domain.orders import Hold, OrderState
from app.domain.people import Role
from app.settings import SETTINGS, Kind
from app.text import LANGUAGES, texts
from app.ui.attention.screen import AttentionScreen
from app.ui.batches.screen import BatchesScreen
from app.ui.lettering import phrases, split_sentence
from app.ui.mail.screen import MailScreen
from app.ui.map.screen import MapScreen
from app.ui.orders.rows import COLUMNS
from app.ui.printing.screen import PrintingScreen
from app.ui.products.screen import ProductsScreen
from app.ui.release.screen import ReleaseScreen
from app.ui.ship.screen import ShipScreen
from app.ui.waves.screen import WavesScreen

ROOT = Path(__file__).resolve().parents[2]
_USED = re.compile(r'"((?:window|pack|item|order|code|short|done|undo|cancel|reprint|teach|person|takeover|next|answer|'
                   r'command|waybill|label|reason|signin|question|refusal|act)\.[a-z_.]+)"')  # fmt: skip


def used() -> set[str]:
    """Keys written out in the screens and in the rules of the bench."""
    files = [*(ROOT / "app/ui").rglob("*.py"), ROOT / "app/domain/packing.py", ROOT / "app/services/packing.py"]
    found = {key for path in files for key in _USED.findall(path.read_text(encoding="utf-8"))}
    return {key for key in found if not key.endswith((".", ".png", ".column"))}


def made() -> set[str]:
    """Keys put together from values."""
    keys = {f"hold.{hold}" for hold in Hold} | {f"state.{state}" for state in OrderState} | {f"role.{r}" for r in Role}
    keys |= {f"reason.{reason}" for reason in ("missing", "damaged", "other")} | {f"setting.{key}" for key in SETTINGS}
    for key, setting in SETTINGS.items():
        if setting.kind is Kind.CHOICE and key != "shop.language":
            keys |= {f"window.settings.{key}.{choice}" for choice in setting.choices}
    keys |= {f"window.orders.column.{column.name}" for column in COLUMNS}
    for screen in (
        *(AttentionScreen, BatchesScreen, MailScreen, MapScreen, PrintingScreen, ProductsScreen, ReleaseScreen),
        *(ShipScreen, WavesScreen),
    ):
        keys |= {f"window.nav.{screen.name}"} | {f"window.act.{act.name}" for act in screen.acts}
        for listing in screen.lists(None).values():
            keys |= {f"{listing.words}.{column.name}" for column in listing.columns} | {listing.empty}
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_sentence(language: str) -> None:
    words = texts(language)
    settings = {"shop.", "release.", "scan."}
    missing = {key for key in used() | made() if not words.has(key) and not key.startswith(tuple(settings))}
    assert {key for key in missing if key not in SETTINGS} == set()


def sentences(language: str, area: str) -> dict[str, str]:
    text = (ROOT / "resources/texts" / language / f"{area}.po").read_text(encoding="utf-8")
    return dict(re.findall(r'msgid "([^"]+)"\nmsgstr "((?:[^"\\]|\\.)*)"', text))


@pytest.mark.parametrize("area", ["bench", "loop", "pack_window", "window"])
def test_both_languages_have_the_same_keys_and_placeholders(area: str) -> None:
    ja, en = sentences("ja", area), sentences("en", area)
    assert set(ja) == set(en)

    def names(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence)} - {None}

    assert {key for key in ja if names(ja[key]) != names(en[key])} == set()


def test_pieces_of_japanese_stay_together() -> None:
    assert phrases("有機抹茶パウダー 100g")[-1] == "100g"
    assert "パウダー" in phrases("有機抹茶パウダー 100g")
    text = "この商品はもうそろっています。箱に「1 点」入れる（例）"
    assert "".join(phrases(text)) == text
    assert "「1 点」" in phrases(text)


def test_the_first_sentence_is_the_headline() -> None:
    assert split_sentence("違う商品です。箱に入れないでください。") == ("違う商品です", "箱に入れないでください。")
    assert split_sentence("Wrong item. Do not pack it. Go on.") == ("Wrong item", "Do not pack it. Go on.")
    assert split_sentence("OK 1 / 2") == ("OK 1 / 2", "")
