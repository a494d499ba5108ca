"""What may be believed after a paper was brought to a printer."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.printer_state import report
from app.domain.printing import (
    Delivery,
    Fault,
    PrintAct,
    Printer,
    PrintState,
    SettledBy,
    Transport,
    acts_of,
    pause_ms,
    stands_in,
    verdict,
)

FAULT = Fault("printers.job.stalled")
READY = report(())


def printer(number: int = 1, **more) -> Printer:
    return Printer(
        **{"id": number, "name": str(number), "transport": Transport.RAW, "address": "a", "language": "zpl"} | more
    )


@pytest.mark.parametrize(
    ("delivery", "holds", "answers", "state"),
    [
        (Delivery(0, False, FAULT), 0, True, "failed"),
        (Delivery(90, False, FAULT), 0, True, "unknown"),
        (Delivery(90, False, FAULT), 95, True, "failed"),
        (Delivery(95, False, FAULT), 95, True, "failed"),
        (Delivery(96, False, FAULT), 95, True, "unknown"),
        (Delivery(100, True, out=True), 0, True, "confirmed"),
        (Delivery(100, True, out=False), 0, True, "failed"),
        (Delivery(50, False, FAULT, out=True), 0, True, "unknown"),
        (Delivery(50, False, FAULT, out=False), 0, True, "failed"),
        (Delivery(100, True, report=READY), 0, True, "sent"),
        (Delivery(100, True), 0, True, "unknown"),
        (Delivery(100, True), 0, False, "sent"),
        (Delivery(100, True, FAULT, report=READY), 0, True, "unknown"),
    ],
)
def test_a_delivery_is_believed_as_far_as_it_goes(delivery, holds, answers, state):
    assert verdict(delivery, holds=holds, answers=answers).state == state


deliveries = st.builds(
    Delivery,
    taken=st.integers(0, 200),
    whole=st.booleans(),
    fault=st.sampled_from((None, FAULT)),
    out=st.sampled_from((None, True, False)),
    report=st.sampled_from((None, READY)),
)


@given(delivery=deliveries, holds=st.integers(0, 200), answers=st.booleans())
def test_laws_of_the_verdict(delivery, holds, answers):
    found = verdict(delivery, holds=holds, answers=answers)
    if found.state is PrintState.CONFIRMED:
        assert delivery.out is True, "nothing is confirmed without the printer's word"
        assert delivery.whole, "what was not taken cannot have come out"
    if found.state is PrintState.FAILED:
        surely = delivery.out is False or (not delivery.whole and delivery.taken <= holds)
        assert surely, "only what surely did not come out is tried again"
    if found.state in (PrintState.FAILED, PrintState.UNKNOWN):
        assert found.fault is not None, "what is wrong is always said"
    assert found.state not in (PrintState.WAITING, PrintState.DROPPED)
    assert found.ask_again <= (found.state in (PrintState.SENT, PrintState.UNKNOWN))


@given(delivery=deliveries, holds=st.integers(0, 200))
def test_silence_of_a_printer_that_answers_never_says_more_than_of_one_that_cannot(delivery, holds):
    sure = (PrintState.CONFIRMED, PrintState.FAILED)
    known = verdict(delivery, holds=holds, answers=True).state
    assert known in (*sure, PrintState.UNKNOWN, PrintState.SENT)
    if known in sure:
        assert verdict(delivery, holds=holds, answers=False).state == known


def test_what_may_have_come_out_is_neither_moved_nor_simply_sent_again():
    for state in (PrintState.SENT, PrintState.UNKNOWN, PrintState.CONFIRMED):
        assert PrintAct.MOVE not in acts_of(state)
    for state in (PrintState.WAITING, PrintState.FAILED):
        assert PrintAct.REPRINT not in acts_of(state), "it was not printed yet, so it is not printed again"
    assert acts_of(PrintState.DROPPED) == ()
    assert acts_of(PrintState.DROPPED, SettledBy.PERSON) == (PrintAct.REPRINT,)


def test_every_job_that_is_not_done_can_be_given_up():
    done = (PrintState.CONFIRMED, PrintState.DROPPED)
    for state in PrintState:
        assert (PrintAct.GIVE_UP in acts_of(state)) == (state not in done)


@pytest.mark.parametrize(
    ("down", "other", "may"),
    [
        ({}, {}, True),
        ({"media": "100x150"}, {"media": "100x150"}, True),
        ({"media": "100x150"}, {"media": "62"}, False),
        ({"media": "100x150"}, {"media": ""}, True),
        ({}, {"active": False}, False),
        ({"language": "pdf"}, {"language": "zpl"}, False),
        ({"language": "tspl"}, {"language": "zpl"}, True),
    ],
)
def test_a_printer_stands_in_for_one_of_its_kind_with_the_same_medium(down, other, may):
    assert stands_in(printer(1, **down), printer(2, **other)) is may


def test_no_printer_stands_in_for_itself():
    assert not stands_in(printer(1), printer(1))


def test_pauses_grow_and_have_an_end():
    pauses = [pause_ms(attempts) for attempts in range(1, 40)]
    assert pauses[0] == 2_000
    assert pauses == sorted(pauses)
    assert pauses[-1] == 60_000
    assert all(later <= 2 * before for before, later in pairwise(pauses))


def test_each_state_has_its_acts():
    assert all(isinstance(acts_of(state, by), tuple) for state, by in product(PrintState, ("", *SettledBy)))
