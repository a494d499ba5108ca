"""The rig itself: its printers print what they are told, and each of their faults is one."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from app.printers import escpos, sbpl, tspl, zpl
from tests.printing.ipp_printer import IppPrinter, why_not
from tests.printing.ipp_server import IppServer
from tests.printing.jobs import codes_of_job, job_of, printer_of
from tests.printing.raw_printer import LANGUAGES, RawPrinter

TONGUES = {"zpl": zpl, "tspl": tspl, "sbpl": sbpl, "escpos": escpos}


def pour(printer: RawPrinter, data: bytes, listen: float = 0.0) -> bytes:
    """Send bytes and go; what it said."""
    with socket.create_connection(("127.0.0.1", printer.port), 1) as line:
        line.settimeout(0.05)
        line.sendall(data)
        said, until = b"", time.monotonic() + listen
        while time.monotonic() < until:
            try:
                said += line.recv(4096)
            except TimeoutError:
                continue
    return said


@pytest.fixture
def zebra() -> Iterator[RawPrinter]:
    with printer_of("zpl") as printer:
        yield printer


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_is_sent_comes_out_once_and_reads_back(tongue: str) -> None:
    with printer_of(tongue) as printer:
        pour(printer, job_of(tongue, "A", 3))
        assert printer.wait(3)
        assert [label.codes() for label in printer.out] == [[code] for code in codes_of_job("A", 3)]
        assert (printer.rubbish, printer.unreadable()) == (b"", [])
        pour(printer, job_of(tongue, "B", 1, copies=2))
        assert printer.wait(5)
        assert [label.codes() for label in printer.out[3:]] == [["B-1"], ["B-1"]]


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("cause", ["", "head_open", "paper_out", "jam"])
def test_it_says_how_it_is_as_its_language_has_it(tongue: str, cause: str) -> None:
    with printer_of(tongue) as printer:
        if cause:
            printer.stop_for(cause)
        said = TONGUES[tongue].read_status(pour(printer, TONGUES[tongue].STATUS_QUERY, 0.12))
        if cause == "jam" and tongue == "escpos":
            assert said.state == "fault"  # its language has no word for it
        else:
            assert said.state == (cause or "ready")


def test_it_stands_still_and_goes_on_when_it_is_mended(zebra: RawPrinter) -> None:
    zebra.faults.stops_after = (1, "jam")
    pour(zebra, job_of("zpl", "A", 3))
    assert zebra.wait(1)
    assert not zebra.wait(2, 0.1)
    assert zebra.holds == 2
    zebra.mend()
    assert zebra.wait(3)


def test_without_power_it_forgets_and_refuses(zebra: RawPrinter) -> None:
    zebra.stop_for("paper_out")
    pour(zebra, job_of("zpl", "A", 2))
    while zebra.holds < 2:
        time.sleep(0.005)
    zebra.off()
    with pytest.raises(ConnectionRefusedError):
        pour(zebra, b"")
    zebra.mend()
    assert not zebra.wait(1, 0.1)
    assert len(zebra.lost) == 2


def test_a_label_that_lacks_its_end_never_comes_out(zebra: RawPrinter) -> None:
    pour(zebra, job_of("zpl", "A")[:-4])
    pour(zebra, job_of("zpl", "B"))
    assert zebra.wait(1)
    assert [label.codes() for label in zebra.out] == [["B-1"]]


def test_off_the_network_nobody_answers(zebra: RawPrinter) -> None:
    zebra.vanish()
    with pytest.raises(TimeoutError):
        socket.create_connection(("127.0.0.1", zebra.port), 0.15)
    zebra.mend()
    pour(zebra, job_of("zpl", "A"))
    assert zebra.wait(1)


def test_deaf_slow_broken_and_swallowing_lines(zebra: RawPrinter) -> None:
    data = job_of("zpl", "A")
    zebra.faults.deaf_at = 100
    pour(zebra, data)
    time.sleep(0.05)
    assert (zebra.taken, zebra.out) == (100, [])
    zebra.power_cycle()
    zebra.faults.deaf_at, zebra.faults.reset_at = None, 200
    with pytest.raises(ConnectionResetError):
        pour(zebra, data, 0.3)
    zebra.faults.reset_at, zebra.faults.hole = None, True
    assert pour(zebra, data + zpl.STATUS_QUERY, 0.1) == b""
    assert zebra.out == []
    zebra.mend()
    zebra.faults.garbage = b"HTTP/1.1 400\r\n"
    assert pour(zebra, zpl.STATUS_QUERY, 0.1).startswith(b"HTTP")


needs_cups = pytest.mark.skipif(bool(why_not()), reason=f"the real IPP printer: {why_not()}")


@needs_cups
def test_the_real_printer_and_its_queue_print_jam_die_and_come_back() -> None:
    with IppPrinter(cups=True) as printer:
        assert ipptool(printer.address) == ipptool(printer.queue) == 0
        assert printer.wait(2)
        with printer.acting("jam"):
            assert ipptool(printer.address) == 0
            assert not printer.wait(3, 0.3)
        assert printer.wait(3)
        printer.off()
        assert ipptool(printer.queue) == 0
        printer.on()
        assert printer.wait(4)
        printer.cups_off()
        assert ipptool(printer.queue) != 0
        printer.cups_on()
        assert ipptool(printer.queue) == 0
        assert printer.wait(5)


@needs_cups
def test_a_client_of_another_house_understands_the_small_server() -> None:
    with IppServer() as printer:
        assert ipptool(printer.address) == 0
        assert printer.wait(1)
        assert printer.out == [PAGE]
        with printer.broken(refuses=0x040A):
            assert ipptool(printer.address) != 0
        with printer.broken(garbage=True):
            assert ipptool(printer.address) != 0
            assert printer.wait(2)  # it said nonsense, and printed
        with printer.broken(reasons=("media-jam-error",)):
            assert ipptool(printer.address) == 0
            assert not printer.wait(3, 0.1)
        assert printer.wait(3)


PAGE = b"%PDF-1.4\n%%EOF\n"


def ipptool(address: str) -> int:
    """Print a page with the tool of CUPS; its status."""
    import subprocess
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(PAGE)
        file.flush()
        call = ["ipptool", "-f", file.name, "-d", "filetype=application/pdf", address, "print-job.test"]
        return subprocess.run(call, capture_output=True, check=False, timeout=20).returncode
