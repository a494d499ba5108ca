"""What each row of a file of numbers means."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.intake import Level
from app.domain.numbers import MATCH_LEVELS, Asked, Status, level_of_match, match
from app.domain.orders import Problem, WaybillState
from app.domain.shipping import NumberRow

GOOD, OTHER, THIRD = "400000000006", "400000000010", "400000000021"


def asked(key: str = "1-001-1", piece: int = 1, **more: Any) -> Asked:
    usual: dict[str, Any] = {
        "id": piece, "order": "A", "carrier": "yamato_b2", "service": "takkyubin", "cod": 0,
        "state": WaybillState.EXPORTED, "number": "",
    }  # fmt: skip
    return Asked(key=key, piece=piece, **(usual | more))


def row(number: str = GOOD, key: str = "1-001-1", at: int = 2, **more: Any) -> NumberRow:
    return NumberRow(at, key, number, **more)


def matched(*rows: NumberRow, known: tuple[Asked, ...] = (asked(),), taken: Any = None, **more: Any) -> list[Any]:
    by_key: dict[str, list[Asked]] = {}
    for each in known:
        by_key.setdefault(each.key, []).append(each)
    return match(rows, by_key, taken or {}, "yamato_b2", **more)


def told(found: Any) -> list[str]:
    return [key for key, _ in found.told]


def test_a_number_belongs_to_the_waybill_of_its_key() -> None:
    (found,) = matched(row())
    assert (found.status, found.ids, found.told) == (Status.NUMBERED, (1,), ())


def test_the_same_number_again_says_nothing_new() -> None:
    (found,) = matched(row(), known=(asked(number=GOOD, state=WaybillState.NUMBERED),))
    assert (found.status, found.ids) == (Status.SAME, ())


@pytest.mark.parametrize("state", [WaybillState.NUMBERED, WaybillState.ATTACHED, WaybillState.HANDED_OVER])
def test_another_number_for_a_waybill_that_has_one_is_refused(state: WaybillState) -> None:
    (found,) = matched(row(OTHER), known=(asked(number=GOOD, state=state),))
    assert (found.status, told(found)) == (Status.REFUSED, ["numbers.different"])


def test_a_void_waybill_takes_no_number() -> None:
    (found,) = matched(row(), known=(asked(state=WaybillState.VOID),))
    assert told(found) == ["numbers.old"]


def test_a_key_without_a_waybill_is_unknown_and_another_text_is_not_ours() -> None:
    unknown, strange = matched(row(key="9-001-1"), row(OTHER, key="ABC-1"))
    assert (told(unknown), told(strange)) == (["numbers.unknown"], ["numbers.not_ours"])


def test_a_waybill_of_another_carrier_takes_no_number() -> None:
    (found,) = matched(row(), known=(asked(carrier="sagawa_e3"),))
    assert told(found) == ["numbers.other_carrier"]


def test_a_number_on_two_keys_is_refused_for_both() -> None:
    both = matched(row(), row(key="1-002-1"), known=(asked(), asked("1-002-1", id=9)))
    assert [told(found) for found in both] == [["numbers.taken"]] * 2


def test_a_number_that_another_waybill_has_is_refused() -> None:
    (found,) = matched(row(), taken={GOOD: ["1-009-1"]})
    assert told(found) == ["numbers.taken"]
    assert dict(found.told[0][1])["other"] == "1-009-1"


def test_lengths_and_check_digits_decide_what_is_taken() -> None:
    def of(number: str, **more: Any) -> tuple[Status, list[str]]:
        (found,) = matched(row(number, doubtful=True), **more)
        return found.status, told(found)

    assert of("400000000007") == (Status.REFUSED, ["numbers.bad_check_digit"])
    assert of("400000000007", accept=True) == (Status.REFUSED, ["numbers.bad_check_digit"])
    assert of("12345678901") == (Status.NUMBERED, ["numbers.odd_length"])
    assert of("EE123456785JP") == (Status.NUMBERED, ["numbers.odd_length"])
    assert of("1234567890123") == (Status.REFUSED, ["numbers.unconfirmed"])
    assert of("1234567890123", accept=True) == (Status.NUMBERED, ["numbers.odd_length"])


def test_each_piece_takes_one_row_and_further_rows_are_too_many() -> None:
    pieces = (asked(piece=1, id=1), asked(piece=2, id=2))
    found = matched(row(GOOD), row(OTHER), row(THIRD), known=pieces)
    assert [each.ids for each in found] == [(1,), (2,), ()]
    assert told(found[2]) == ["numbers.extra"]


def test_a_row_that_says_its_pieces_numbers_all_of_them() -> None:
    pieces = (asked(piece=1, id=1), asked(piece=2, id=2))
    (found,) = matched(row(pieces=2), known=pieces)
    assert (found.ids, found.told) == ((1, 2), ())
    (fewer,) = matched(row(pieces=3), known=pieces)
    assert (fewer.ids, told(fewer)) == ((1, 2), ["numbers.pieces"])


def test_what_was_printed_otherwise_is_said_and_the_number_kept() -> None:
    (cash,) = matched(row(cod=500), known=(asked(cod=400),))
    assert (cash.status, told(cash)) == (Status.NUMBERED, ["numbers.cod"])
    (unsaid,) = matched(row(), known=(asked(cod=400),))
    assert told(unsaid) == ["numbers.cod_unsaid"]
    (service,) = matched(row(service="nekopos"))
    assert told(service) == ["numbers.service"]
    (early,) = matched(row(), known=(asked(state=WaybillState.REQUESTED),))
    assert (early.status, told(early)) == (Status.NUMBERED, ["numbers.not_exported"])


def test_a_row_without_a_number_is_accepted_or_rejected_with_the_carriers_words() -> None:
    (accepted,) = matched(row(""))
    assert (accepted.status, accepted.ids) == (Status.ACCEPTED, (1,))
    (rejected,) = matched(row("", reason="住所不備"))
    assert (rejected.status, rejected.ids, told(rejected)) == (Status.REJECTED, (1,), ["numbers.rejected"])
    (again,) = matched(row("", reason="住所不備"), known=(asked(state=WaybillState.REJECTED),))
    assert (again.status, again.told) == (Status.SAME, ())
    (late,) = matched(row("", reason="住所不備"), known=(asked(number=GOOD, state=WaybillState.NUMBERED),))
    assert (late.status, told(late)) == (Status.SAME, ["numbers.rejected_late"])


def test_every_key_has_a_level() -> None:
    assert level_of_match(Problem("f", 1, "", "", "numbers.old")) is Level.ERROR
    assert level_of_match(Problem("f", 1, "", "", "number.zeros_restored")) is Level.INFO
    assert level_of_match(Problem("f", 1, "", "", "never.heard_of")) is Level.ERROR
    assert all(key.startswith("numbers.") for key in MATCH_LEVELS)
