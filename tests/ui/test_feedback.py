"""Sound, sign, voice and language of the bench: told apart, kept in the station's file, and each person's own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from uuid import uuid4

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from app.services import people
from app.services.desk import Desk
from app.services.signals import SIGNALS
from app.services.station import load
from app.text import READING, texts
from app.ui.feedback import Feedback
from app.ui.lettering import advance, fitted, read_apart
from app.ui.look import make_font
from app.ui.play import Player
from app.ui.shapes import sign
from tests.ui.makers import CUP, TEA, WHISK, order

Add = Callable[..., None]


class Heard:
    """A voice that remembers."""

    def __init__(self) -> None:
        self.on = False
        self.said: list[tuple[str, str]] = []

    def use(self, on: bool) -> None:
        self.on = on

    def languages(self) -> tuple[str, ...]:
        return ("ja", "en")

    def say(self, text: str, language: str, trial: bool = False) -> bool:
        if text and (self.on or trial):
            self.said.append((text, language))
        return bool(text)

    def close(self) -> None:
        pass


@pytest.fixture
def voice(player: Player) -> Heard:
    voice, window = Heard(), player.window
    window.feedback = Feedback(window.look, window.station, window._sounds, voice)
    return voice


def person(desk: Desk, code: str, language: str) -> None:
    topics = frozenset({"people"})
    desk.do(topics, people.add, desk.station, str(uuid4()), f"Person {code}", code, "packer", language).result()


def picture(kind: str) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    sign(painter, QRectF(0, 0, 64, 64), kind, QColor("#000000"))
    painter.end()
    return image


def test_every_signal_has_a_shape_of_its_own(qapp: object) -> None:
    drawn = {kind: picture(kind) for kind in SIGNALS}

    def ink(image: QImage) -> set[tuple[int, int]]:
        return {(x, y) for y in range(64) for x in range(64) if image.pixelColor(x, y).lightness() < 128}

    for one, other in combinations(SIGNALS, 2):
        a, b = ink(drawn[one]), ink(drawn[other])
        assert len(a ^ b) > 0.25 * len(a | b), (one, other)


def test_each_refusal_is_heard_and_seen_by_its_own_signal_and_stays(player: Player, add_orders: Add) -> None:
    add_orders(order("A-1", ("TEA-050", 1), ("CUP-BLU", 1)))
    player.key("F2")
    player.scan(TEA)
    sounds, band = player.window._sounds.played, player.window.pack.band  # type: ignore[attr-defined]
    for code, signal in ((WHISK, "wrong"), (TEA, "enough"), ("4569951110016", "unreadable"), ("KO-9-999-1", "paper")):
        player.scan(code)
        assert sounds[-1] == band.sign == signal
        player.rest(0.2)
        assert player.window.pack.refused.isVisible()
    assert player.scan(CUP) == "order.closed"
    assert sounds[-1] == band.sign == "closed"
    assert not player.window.pack.refused.isVisible()


def test_the_voice_reads_shelf_and_count_in_the_language_of_the_badge(
    player: Player, add_orders: Add, desk: Desk, voice: Heard
) -> None:
    for code, language in (("J1", "ja"), ("E1", "ja_easy"), ("N1", "en")):
        person(desk, code, language)
    add_orders(order("A-1", ("TEA-050", 2), ("CUP-BLU", 1)))
    player.scan("KU-N1")
    player.key("F2")
    assert voice.said == []
    player.window.feedback.keep(voice="on")
    player.scan(TEA)
    assert voice.said[-1] == ("1 to go.", "en")
    player.scan(WHISK)
    assert voice.said[-1][0].startswith("Wrong item.")
    player.scan("KU-E1")
    player.scan(WHISK)
    assert voice.said[-1] == (
        "ちがうしょうひんです。はこにいれないでください。ただしいしょうひんをスキャンしてください。",
        "ja",
    )
    assert load(player.window.station.config.folder).voice == "on"


def test_the_window_speaks_easy_japanese_after_the_badge_with_readings_above(
    player: Player, add_orders: Add, desk: Desk
) -> None:
    person(desk, "E1", "ja_easy")
    add_orders(order("A-1", ("TEA-050", 1)))
    player.scan("KU-E1")
    pack = player.window.pack
    assert player.window.look.language == "ja_easy"
    assert "納品書(のうひんしょ)をスキャンしてください" in pack.prompt.accessibleName()
    player.key("F2")
    player.scan(WHISK)
    head, readings = read_apart(pack.refused.head)
    assert head == "ちがう商品です"
    assert readings == ((3, 5, "しょうひん"),)


def test_a_reading_stays_with_its_word_and_goes_into_brackets_where_a_box_is_low(qapp: object) -> None:
    text = texts("ja_easy", joined=True).say("waybill.unknown", ship_number="1-001", last4="0013")
    shown, readings = read_apart(text)
    assert "(" not in shown
    assert len(readings) == len(READING.findall(text)) > 5
    for width in range(120, 700, 37):
        high = fitted(text, width, 2_000, 40, 40, 30)
        assert high.readings == readings
        for start, end, _ in readings:
            assert any(left <= start and end <= right for left, right in high.lines), (width, shown[start:end])
    low = fitted(text, 3_000, 22, 18, 18, 1)
    assert not low.readings
    assert "番号(ばんごう)" in low.shown
    narrow = fitted(text, 700, 22, 18, 18, 1)
    assert narrow.cut
    assert "番号の" in narrow.shown


def test_a_word_is_as_wide_as_its_reading_needs(qapp: object) -> None:
    easy = texts("ja_easy", joined=True)
    font = make_font(40)
    assert advance(easy.say("window.step.goods"), font) > advance("商品", font)
    assert advance("抹茶(まっちゃ)", font) > advance("抹茶", font) * 1.5  # a name's own brackets stay


def test_the_card_keeps_what_is_chosen_and_lets_it_be_heard(player: Player, voice: Heard) -> None:
    window = player.window
    player.go("settings")
    card = window.screens["settings"].feedback
    card.fields["volume"].choose("30")
    card.fields["pitch"].choose("4")
    card.fields["voice"].choose("on")
    kept = load(window.station.config.folder)
    assert (kept.volume, kept.pitch, kept.voice) == ("30", "4", "on")
    assert window._sounds.settings.volume == 30  # type: ignore[attr-defined]
    assert window._sounds.settings.pitch == 3  # type: ignore[attr-defined]
    assert card.notes["output"].text() == window.look.say("feedback.output.none")
    for signal in SIGNALS:
        card.trials[signal].click()
    assert window._sounds.played[-len(SIGNALS) :] == list(SIGNALS)  # type: ignore[attr-defined]
    card.fields["voice"].choose("off")
    card.speak.click()
    assert voice.said == [("棚 A 1 2。あと 3 点。", "ja")]


def test_a_computer_without_a_voice_is_said_so(player: Player) -> None:
    player.go("settings")
    card = player.window.screens["settings"].feedback
    assert card.notes["voice"].text() == player.window.look.say("feedback.voice.none")
    assert not card.speak.isEnabled()


def test_a_tap_gives_somebody_the_next_language(player: Player, desk: Desk) -> None:
    person(desk, "J1", "ja")
    player.go("settings")
    listed = player.window.screens["settings"].people.list
    player.wait(lambda: len(listed.people) == 1)
    listed.grab()
    box, code = listed.places[0]
    assert code == "J1"
    QTest.mouseClick(listed, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    player.wait(lambda: listed.people[0].language == "ja_easy")
