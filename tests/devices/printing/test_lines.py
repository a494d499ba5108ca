"""Printers at a serial port and at a device file, played by the far end of a pseudo-terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import threading
import time
import tty

import pytest

from app.devices.printing import _talk
from app.devices.printing._net import BrokenOff
from app.devices.printing.serial import serial_way
from app.devices.printing.usb import usb_way
from app.domain.printer_state import PrinterState
from app.errors import PrinterUnreachable
from tests.devices.printing.printers import LABEL, Zpl, printer


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    for name, seconds in (("_AFTER", 2.0), ("_AGAIN", 0.05), ("_PERHAPS", 2.0), ("_BEFORE", 2.0)):
        monkeypatch.setattr(_talk, name, seconds)


class _Far:
    """The printer's end of the line, as a socket would look."""

    def __init__(self, file):
        self._file = os.dup(file)  # of its own: the number of one that is closed may be the next test's line

    def recv(self, size):
        try:
            return os.read(self._file, size)
        except OSError:  # the near end is closed
            os.close(self._file)
            return b""

    def sendall(self, data):
        os.write(self._file, data)


@pytest.fixture
def port():
    far, near = pty.openpty()
    tty.setraw(near)
    yield far, os.ttyname(near)
    for file in (far, near):
        with contextlib.suppress(OSError):
            os.close(file)


@pytest.fixture(params=["serial", "usb"])
def way(request, port):
    make = serial_way if request.param == "serial" else usb_way

    def build(**more):
        return make(printer(0, address=port[1], transport=request.param, **more))

    return build


def test_a_label_goes_over_the_line_and_is_counted_down(way, port):
    zpl = Zpl()
    threading.Thread(target=zpl, args=(_Far(port[0]),), daemon=True).start()
    assert way().state().state is PrinterState.READY
    done = way().send("1", LABEL)
    assert (done.taken, done.whole, done.out) == (len(LABEL), True, True)
    assert zpl.job == LABEL
    zpl.state = {"pause": True}
    done = way().send("2", LABEL)
    assert (done.taken, done.fault.key) == (0, "label_printer.paused")


def test_a_line_on_which_nothing_moves_is_given_up(way):
    started = time.monotonic()
    done = way(language="pdf").send("1", bytes(500_000), seconds=0.4)
    assert time.monotonic() - started < 3
    assert (done.whole, done.fault.key) == (False, "printers.broke.stalled")
    assert 0 <= done.taken < 500_000


def test_one_that_is_not_there_says_so():
    for make, transport in ((serial_way, "serial"), (usb_way, "usb")):
        there = make(printer(0, address="/dev/no-such-printer", transport=transport))
        with pytest.raises(PrinterUnreachable) as caught:
            there.state()
        assert caught.value.key == "printers.off.no_device"
        done = there.send("1", LABEL)
        assert (done.taken, done.fault.key) == (0, "printers.off.no_device")


def test_a_silent_printer_ends_the_question(way):
    started = time.monotonic()
    assert way().state(0.3) is None
    assert time.monotonic() - started < 2


def test_the_port_that_windows_uses_sends_reads_and_gives_up_too(port, qapp):
    """Qt's own port, which is tried here on the far end's system."""
    from PySide6.QtCore import QThread

    from app.devices.printing.serial import QtPort

    far, name = port
    found = {}

    def work():
        def answer():
            found["got"] = os.read(far, 4096)
            os.write(far, b"ready")

        line = QtPort(name, 9600, "none")
        helper = threading.Thread(target=answer, daemon=True)
        helper.start()
        found["taken"] = line.write(LABEL, 2.0)
        helper.join(3)
        found["said"] = line.read(2.0)
        found["silent"] = line.read(0.05)
        try:
            line.write(bytes(500_000), 0.3)
        except BrokenOff as broken:
            found["fault"] = broken.fault.key
        line.abort()
        with pytest.raises(PrinterUnreachable) as caught:
            QtPort("/dev/no-such-port", 9600, "hardware")
        found["gone"] = caught.value.key

    class Thread(QThread):
        def run(self):
            work()

    thread = Thread()
    thread.start()
    assert thread.wait(15_000)
    assert found == {
        "got": LABEL,
        "taken": len(LABEL),
        "said": b"ready",
        "silent": b"",
        "fault": "printers.broke.stalled",
        "gone": "printers.off.no_device",
    }
