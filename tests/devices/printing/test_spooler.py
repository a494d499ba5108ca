"""The system's spooler: asked in a process that is ended when it hangs."""

from __future__ import annotations

import time

import pytest

from app.devices.printing import _worker
from app.devices.printing.spooler import SpoolerWay
from app.domain.printer_state import PrinterState
from app.errors import PrinterUnreachable
from tests.devices.printing.printers import printer


@pytest.fixture
def way():
    return SpoolerWay(printer(0, "pdf", transport="spooler", address="Office"))


@pytest.fixture
def says(monkeypatch):
    """Lets the other process say something."""

    def say(answer):
        def run(function, *args, seconds):
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(_worker, "run", run)

    return say


def test_a_question_that_takes_too_long_is_ended_with_its_process():
    started = time.monotonic()
    with pytest.raises(_worker.NotDone):
        _worker.run(time.sleep, 60, seconds=0.6)
    assert time.monotonic() - started < 5


def test_what_was_asked_there_comes_back():
    assert _worker.run(_worker.state_of, "no such printer", seconds=20) == "gone"
    assert _worker.run(_worker.print_pdf, "no such printer", "t", b"%PDF", 0, seconds=20) == "gone"


def test_an_error_of_the_queue_is_told_and_its_idleness_says_nothing(way, says):
    says("error")
    assert way.state().state is PrinterState.FAULT
    says("idle")
    assert way.state() is None
    says("gone")
    with pytest.raises(PrinterUnreachable) as caught:
        way.state()
    assert caught.value.key == "printers.off.no_such_queue"


@pytest.mark.parametrize(
    ("answer", "taken", "whole", "fault"),
    [
        ("", 4, True, None),
        ("gone", 0, False, "printers.off.no_such_queue"),
        ("unreadable", 0, False, "printers.broke.unreadable"),
        ("refused", 4, True, "printers.broke.spooler_refused"),
        (_worker.NotDone("time"), 4, True, "printers.broke.spooler"),
    ],
)
def test_a_job_is_never_said_to_be_out(way, says, answer, taken, whole, fault):
    says(answer)
    done = way.send("t", b"%PDF")
    assert (done.taken, done.whole, done.out, done.fault and done.fault.key) == (taken, whole, None, fault)
    assert way.follow(done) == done
