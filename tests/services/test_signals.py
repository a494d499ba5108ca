"""Each kind of answer has its signal, and no key of the table is one that nothing says."""

from __future__ import annotations

import pytest

from app.services.signals import _ASKED, _CLOSED, _OF_AREA, _OF_KEY, REFUSALS, SIGNALS, signal_of
from tests.setup.test_texts import catalogue


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        ("item.wrong", "wrong"),
        ("item.complete", "enough"),
        ("item.too_many", "enough"),
        ("code.unknown", "unreadable"),
        ("code.check_digit", "unreadable"),
        ("readers.trouble.two_at_once", "unreadable"),
        ("waybill.other_order", "paper"),
        ("waybill.misread", "unreadable"),
        ("order.old_version", "paper"),
        ("slip.later_one", "paper"),
        ("lot.expired", "guard"),
        ("serial.seen", "guard"),
        ("label.shelf", "guard"),
        ("guard.unit_scan_alike", "guard"),
        ("shelf.wrong", "wrong"),
        ("place.foreign", "wrong"),
        ("item.complete_job", "enough"),
        ("job.other_open", "paper"),
        ("shelf.first", "refused"),
        ("order.scan_first", "refused"),
        ("answer.first", "refused"),
    ],
)
def test_a_refusal_tells_what_the_hand_must_do(key: str, signal: str) -> None:
    assert signal_of("refused", key) == signal


def test_good_answers_and_questions_keep_their_own() -> None:
    assert signal_of("ok", "pack.ok") == "ok"
    assert signal_of("ok", "order.closed") == "closed"
    assert signal_of("info", "slip.already") == "info"
    assert signal_of("question", "lot.ask") == "question"
    assert signal_of("question", "pace.ask") == "guard"


def test_every_key_of_the_table_is_said_somewhere_and_gives_a_known_signal() -> None:
    known = catalogue("ja")
    assert not {*_OF_KEY, *_ASKED, *_CLOSED} - known.keys()
    areas = {key.partition(".")[0] for key in known}
    assert set(_OF_AREA) <= areas
    assert {*_OF_KEY.values(), *_OF_AREA.values(), *_ASKED.values()} | {"refused"} == set(REFUSALS)
    assert set(REFUSALS) < set(SIGNALS)
