"""A label printer over TCP: what it takes, what it says, and what may be believed of it."""

from __future__ import annotations

import dataclasses
import socket
import threading
import time

import pytest

from app.devices.printing import _talk
from app.devices.printing.raw import raw_way
from app.domain.printer_state import PrinterState
from app.domain.printing import Delivery
from app.errors import PrinterUnreachable
from tests.devices.printing.printers import LABEL, Zpl, printer, reset, server


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    for name, seconds in (("_AFTER", 1.2), ("_AGAIN", 0.05), ("_REFUSED", 0.1), ("_PERHAPS", 2.0), ("_BEFORE", 2.0)):
        monkeypatch.setattr(_talk, name, seconds)


@pytest.fixture
def impatient(monkeypatch):
    """For printers that do not answer: nothing is lost by not waiting for them."""
    for name in ("_AFTER", "_PERHAPS", "_BEFORE"):
        monkeypatch.setattr(_talk, name, 0.25)


def test_a_label_that_the_printer_counted_down_to_nothing_came_out():
    zpl = Zpl()
    with server(zpl) as port:
        done = raw_way(printer(port)).send("1", LABEL)
    assert (done.taken, done.whole, done.out, done.fault) == (len(LABEL), True, True, None)
    assert zpl.job == LABEL
    assert zpl.lines == 1  # question, job and question on one line


def test_one_calm_answer_just_behind_the_job_is_not_believed():
    zpl, asked = Zpl(), []

    def count(line):  # a printer that begins to count a moment after it took the job
        while data := line.recv(4096):
            zpl.job += data.replace(b"~HQES\r\n~HS\r\n", b"")
            for _ in range(data.count(b"~HS")):
                asked.append(bool(zpl.job))
                line.sendall(zpl_answer(1 if sum(asked) > 1 else 0))

    with server(count) as port:
        done = raw_way(printer(port)).send("1", LABEL)
    assert done.out is None
    assert done.report.left == 1


def zpl_answer(left):
    from tests.devices.printing.printers import hs

    return hs(0, left)


def test_a_printer_that_is_out_of_paper_gets_nothing():
    zpl = Zpl(paper_out=True)
    with server(zpl) as port:
        done = raw_way(printer(port)).send("1", LABEL)
    assert (done.taken, done.whole, done.fault.key) == (0, False, "label_printer.paper_out")
    assert zpl.job == b""


def test_one_that_always_answers_and_is_silent_gets_nothing(impatient):
    zpl = Zpl()
    zpl.mute = True
    with server(zpl) as port:
        done = raw_way(printer(port, answers=True)).send("1", LABEL)
        assert (done.taken, done.whole, done.fault.key) == (0, False, "printers.broke.silent")
        assert zpl.job == b""
        # One that never answered may be one that does not know the question: it gets its label.
        done = raw_way(printer(port)).send("1", LABEL)
    assert (done.whole, done.out, done.report) == (True, None, None)
    assert zpl.job == LABEL


def test_a_late_answer_from_before_the_job_confirms_nothing(impatient):
    def slow(line):
        while data := line.recv(4096):
            if b"~HS" in data:
                time.sleep(0.4)  # after the way has given up waiting
                line.sendall(zpl_answer(0))

    with server(slow) as port:
        done = raw_way(printer(port)).send("1", LABEL)
    assert done.out is None


def test_what_is_left_in_it_is_asked_for_until_nothing_is():
    zpl = Zpl()
    zpl.stuck = True
    with server(zpl) as port:
        way = raw_way(printer(port))
        done = way.send("1", LABEL)
        assert (done.whole, done.out, done.report.left) == (True, None, 1)
        done = way.follow(done)
        assert (done.out, done.report.left) == (None, 1)
        zpl.state = {"paper_out": True}
        done = way.follow(done)
        assert (done.out, done.fault.key) == (None, "label_printer.paper_out")
        zpl.state, zpl.left = {}, 0
        done = way.follow(done)
    assert (done.out, done.fault) == (True, None)


def test_nothing_left_in_one_that_was_away_confirms_nothing():
    zpl = Zpl()
    zpl.stuck = True
    with server(zpl) as port:
        way = raw_way(printer(port))
        sent = way.send("1", LABEL)
        zpl.left = 0
        assert way.follow(dataclasses.replace(sent, heard=sent.heard - 60)).fault.key == "printers.broke.away"
        assert way.follow(Delivery(len(LABEL), whole=True)).out is None
    gone = way.follow(sent, 0.5)
    assert (gone.out, gone.fault.key, gone.heard) == (None, "printers.off.refused", 0.0)
    with server(zpl) as port:
        back = raw_way(printer(port)).follow(gone)
    assert (back.out, back.fault.key, back.report.state) == (None, "printers.broke.away", PrinterState.READY)


def test_silence_while_it_is_followed_is_told_and_keeps_what_was_heard():
    zpl = Zpl()
    zpl.stuck = True
    with server(zpl) as port:
        way = raw_way(printer(port))
        sent = way.send("1", LABEL)
        zpl.mute = True
        silent = way.follow(sent, 0.2)
        assert (silent.report, silent.out) == (None, None)
        zpl.mute, zpl.left = False, 0
        assert way.follow(silent).out is True


def test_a_printer_that_stops_taking_is_given_up_and_gets_nothing_later():
    stop, got = threading.Event(), []

    def stall(line):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        got.append(line.recv(1000))
        stop.wait(5)
        try:
            while data := line.recv(65536):
                got.append(data)
        except ConnectionResetError:
            got.append("reset")

    job = b"%PDF" + bytes(20_000_000)
    with server(stall) as port:
        started = time.monotonic()
        done = raw_way(printer(port, "pdf")).send("1", job, seconds=0.5)
        assert time.monotonic() - started < 3
        stop.set()
    assert not done.whole
    assert 1000 <= done.taken < len(job)
    assert done.fault.key == "printers.broke.stalled"
    assert got[-1] == "reset"  # what the system still held was thrown away, and comes out of no printer later


def test_what_only_the_system_took_is_not_with_the_printer():
    stop = threading.Event()

    def deaf(line):
        stop.wait(5)

    with server(deaf, receive=2048) as port:
        done = raw_way(printer(port, "pdf")).send("1", bytes(200_000), seconds=0.4)
        stop.set()
    # All of it left the program, the printer acknowledged a part: the rest may have been lost, or just its answer.
    assert (done.whole, done.out, done.fault.key) == (True, None, "printers.broke.stalled")
    assert done.fault.args["bytes"] < 200_000


def test_a_line_that_is_reset_half_way_is_told_with_what_was_sent():
    def broken(line):
        line.recv(1000)
        reset(line)

    with server(broken) as port:
        done = raw_way(printer(port, "pdf")).send("1", bytes(20_000_000))
    assert not done.whole
    assert done.fault.key == "printers.broke.reset"
    assert 0 < done.taken < 20_000_000


def test_a_line_that_breaks_behind_the_last_byte_leaves_it_unknown():
    def broken(line):
        while True:
            data = line.recv(4096)
            if b"^XZ" in data:
                reset(line)
                return
            line.sendall(zpl_answer(0))

    with server(broken) as port:
        done = raw_way(printer(port)).send("1", LABEL)
    assert (done.whole, done.out) == (True, None)
    assert done.fault is not None


def test_an_office_printer_takes_all_and_says_nothing_that_is_believed():
    got = []

    def sink(line):
        while data := line.recv(65536):
            got.append(data)
        line.sendall(b"OK, printed!")

    with server(sink) as port:
        way = raw_way(printer(port, "pdf"))
        done = way.send("1", b"%PDF-1.4 a page")
        assert way.state() is None
        assert way.follow(done) == done
    assert (done.whole, done.out, done.report, done.fault) == (True, None, None, None)
    assert b"".join(got) == b"%PDF-1.4 a page"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("127.0.0.1:1", "printers.off.refused"),
        ("no-such-printer.invalid", "printers.off.unknown_name"),
    ],
)
def test_one_that_is_not_there_says_why(address, key):
    way = raw_way(printer(0, address=address))
    with pytest.raises(PrinterUnreachable) as caught:
        way.state(1.0)
    assert caught.value.key == key
    done = way.send("1", LABEL, seconds=1.0)
    assert (done.taken, done.whole, done.fault.key) == (0, False, key)


def test_one_that_does_not_take_the_connection_in_time_is_a_time_out():
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(0)
    waiting = [socket.socket() for _ in range(4)]
    for each in waiting:  # fill what the system accepts on behalf of the program
        each.setblocking(False)
        each.connect_ex(listening.getsockname())
    try:
        with pytest.raises(PrinterUnreachable) as caught:
            raw_way(printer(listening.getsockname()[1])).state(0.3)
        assert caught.value.key == "printers.off.timeout"
    finally:
        for each in (*waiting, listening):
            each.close()


def test_a_name_that_is_looked_up_for_ever_ends_in_time(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: release.wait(10) and [])
    started = time.monotonic()
    with pytest.raises(PrinterUnreachable) as caught:
        raw_way(printer(0, address="slow.example")).state(0.2)
    release.set()
    assert caught.value.key == "printers.off.unknown_name"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("language", ["tspl", "escpos"])
def test_a_language_that_counts_no_labels_never_confirms(language, impatient):
    ready = {"tspl": b"\x00", "escpos": b"\x12\x12\x12\x12"}[language]

    def answer(line):
        while data := line.recv(4096):
            if b"!?" in data or b"\x10\x04" in data:
                line.sendall(ready)

    with server(answer) as port:
        way = raw_way(printer(port, language))
        assert way.state().state is PrinterState.READY
        done = way.send("1", b"PRINT 1\r\n")
        assert (done.whole, done.out) == (True, None)
        assert way.follow(done).out is None


def test_a_printer_that_takes_one_line_at_a_time_is_tried_again(monkeypatch):
    monkeypatch.setattr(_talk, "_REFUSED", 5.0)
    with server(lambda line: line.recv(10)) as port:
        pass  # now nobody listens there
    came = []

    def late():
        time.sleep(0.3)
        listening = socket.create_server(("127.0.0.1", port))
        listening.settimeout(5)
        with listening, listening.accept()[0] as line:
            while data := line.recv(4096):
                came.append(data)

    thread = threading.Thread(target=late, daemon=True)
    thread.start()
    done = raw_way(printer(port, "pdf")).send("1", b"%PDF")
    thread.join(5)
    assert (done.whole, b"".join(came)) == (True, b"%PDF")


def test_what_is_said_after_the_last_question_does_not_reset_the_line(impatient, monkeypatch):
    """The system resets a line that is closed with something unread: a printer may lose what it has not read yet."""
    monkeypatch.setattr(_talk, "_AGAIN", 0.5)
    monkeypatch.setattr(_talk, "_PERHAPS", 2.0)
    ended = []

    def talkative(line):
        try:
            while data := line.recv(4096):
                line.sendall(zpl_answer(1) * data.count(b"~HS"))
                time.sleep(0.05)
                line.sendall(b"and one thing more")
            ended.append("end")
        except ConnectionResetError:
            ended.append("reset")

    with server(talkative) as port:
        done = raw_way(printer(port)).send("1", LABEL)
        assert done.report.left == 1
    assert ended[0] == "end"
