"""A printer that speaks IPP, and a queue of CUPS before one: what it is told, and what of its word is believed."""

from __future__ import annotations

import io
import socket
import struct
import threading
import time

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.devices.printing import ipp
from app.devices.printing._ipp_says import printer_report
from app.devices.printing.ipp import IppWay
from app.domain.printer_state import PrinterState as P
from app.domain.printing import Delivery, Printer, Transport
from app.errors import PrinterUnreachable
from tests.devices.printing.ipp_printer import PRINT, VALIDATE, Ipp, served
from tests.devices.printing.printers import reset, server


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    monkeypatch.setattr(ipp, "_AFTER", 0.3)
    monkeypatch.setattr(ipp, "_AGAIN", 0.02)


@pytest.fixture
def there():
    with served(Ipp()) as printer:
        yield printer


@pytest.fixture
def queue(there):
    """A queue of CUPS before the printer that ``there`` is."""
    before = Ipp()
    before.state |= {"printer_type": 4, "device_uri": there.place}
    with served(before):
        yield before


def pdf(pages: int = 1) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, (200, 100), invariant=True)
    for page in range(pages):
        canvas.drawString(20, 40, f"page {page}")
        canvas.rect(100, 20, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def way(to: Ipp | str, language: str = "pdf", **more) -> IppWay:
    address = to if isinstance(to, str) else to.place
    return IppWay(Printer(1, "P", Transport.IPP, address, language, **more))


# --- a printer itself ---------------------------------------------------------------------------------------------


def test_a_job_that_the_printer_counted_every_page_of_came_out(there):
    there.after = [{"job_state": 5}, {"job_state": 9, "job_impressions_completed": 2}]
    done = way(there, media="A4").send("000017-packing_slip", pdf(2))
    assert (done.whole, done.out, done.fault, done.job) == (True, True, None, "1/2")
    assert there.documents == [pdf(2)]
    _, about, job = next(each for each in there.asked if each[0] == PRINT)
    assert about["job-name"] == ("000017-packing_slip",)
    assert about["document-format"] == ("application/pdf",)
    assert job == {"print-scaling": ("none",), "sides": ("one-sided",), "media": ("iso_a4_210x297mm",)}


@pytest.mark.parametrize(
    ("said", "out", "fault"),
    [
        ({"job_state": 9, "job_impressions_completed": 1}, None, "printers.broke.few_pages"),
        ({"job_state": 9, "job_impressions_completed": 0}, None, "printers.broke.few_pages"),
        ({"job_state": 9}, None, None),
        (
            {"job_state": 9, "job_impressions_completed": 2, "job_state_reasons": "job-completed-with-errors"},
            None,
            "printers.broke.with_errors",
        ),
        ({"job_state": 8, "job_impressions_completed": 0}, False, "printers.broke.aborted"),
        ({"job_state": 7, "job_impressions_completed": 0}, False, "printers.broke.canceled"),
        ({"job_state": 8, "job_impressions_completed": 1}, None, "printers.broke.aborted"),
        ({"job_state": 8}, None, "printers.broke.aborted"),
        ({"job_state": 3}, None, None),
        ({"job_state": 5}, None, None),
    ],
)
def test_its_word_is_believed_only_as_far_as_it_counted(there, said, out, fault):
    there.after = [said]
    done = way(there).send("t", pdf(2))
    assert (done.whole, done.out, done.fault and done.fault.key) == (True, out, fault)


def test_after_a_jam_nobody_says_that_nothing_came_out(there):
    there.after = [{"job_state": 8, "job_impressions_completed": 0}]
    there.state["printer_state_reasons"] = "media-jam-report"
    done = way(there).send("t", pdf())
    assert (done.out, done.fault.key) == (None, "printers.broke.aborted")


def test_a_printer_that_stands_still_gets_nothing(there):
    there.state |= {"printer_state": 5, "printer_state_reasons": ("media-empty-error",)}
    done = way(there).send("t", pdf())
    assert (done.taken, done.whole, done.fault.key) == (0, False, "label_printer.paper_out")
    assert there.documents == []


def test_a_fault_while_it_prints_is_told_and_what_follows_too(there):
    there.after = [{"job_state": 6}]
    sending = way(there)
    there.state |= {"printer_state_reasons": ("cover-open",)}  # it still says that it stands idle
    done = sending.send("t", pdf())
    assert (done.out, done.fault.key, done.report.state) == (None, "label_printer.cover_open", P.COVER_OPEN)
    there.state["printer_state_reasons"] = "none"
    there.after = [{"job_state": 9, "job_impressions_completed": 1}]
    assert sending.follow(done).out is True
    # The number is enough: another way to the same printer knows what to ask.
    assert way(there).follow(Delivery(0, whole=True, job=done.job)).out is True


def test_a_document_that_it_does_not_take_is_not_sent(there):
    there.status[VALIDATE] = 0x040A
    done = way(there).send("t", pdf())
    assert (done.taken, done.fault.key) == (0, "printers.broke.format")
    there.status = {PRINT: 0x0507}
    done = way(there).send("t", pdf())
    assert (done.out, done.fault.key) == (False, "printers.broke.not_accepting")
    there.state["document_format_supported"] = ("image/jpeg",)
    done = way(there).send("t", pdf())
    assert done.fault.key == "printers.broke.format"
    assert done.fault.args["known"] == "image/jpeg"
    assert there.documents == []


def test_a_tray_that_it_has_is_asked_for_and_another_one_refused(there):
    way(there, media="60x40", options={"tray": "main"}).send("t", pdf())
    job = next(each for each in there.asked if each[0] == PRINT)[2]
    size = {"x-dimension": (6000,), "y-dimension": (4000,)}
    assert job["media-col"] == ({"media-source": ("main",), "media-size": (size,)},)
    done = way(there, options={"tray": "attic"}).send("t", pdf())
    assert (done.taken, done.fault.key, done.fault.args["known"]) == (0, "printers.broke.no_tray", "auto, main")


def test_a_label_language_goes_as_bytes_and_is_never_confirmed(there, queue):
    there.state["document_format_supported"] = ("application/vnd.zebra-zpl", "application/octet-stream")
    assert way(there, "zpl").send("t", b"^XA^XZ").out is None
    assert way(queue, "zpl").send("t", b"^XA^XZ").out is None
    kinds = [about["document-format"][0] for operation, about, _ in there.asked + queue.asked if operation == PRINT]
    assert kinds == ["application/vnd.zebra-zpl", "application/octet-stream"]
    assert there.documents == [b"^XA^XZ"]


def test_a_printer_that_knows_the_older_protocol_only_is_spoken_to_in_it(there):
    there.oldest = True
    assert way(there).state().state is P.READY
    assert way(there).send("t", pdf()).out is True
    assert there.documents == [pdf()]


def test_a_job_that_the_printer_forgot_is_told(there):
    there.after = [{"job_state": 5}]
    sending = way(there)
    done = sending.send("t", pdf())
    there.keeps = False
    assert sending.follow(done).fault.key == "printers.broke.job_gone"


# --- pages as pictures --------------------------------------------------------------------------------------------


def _pictures(data: bytes) -> list[tuple[int, int, int, bytes]]:
    """Read PWG raster: resolution, width, bytes a dot, and the rows."""
    assert data[:4] == b"RaS2"
    at, found = 4, []
    while at < len(data):
        head = data[at : at + 1796]
        assert head[:10] == b"PwgRaster\0"
        at += 1796
        dpi = struct.unpack_from(">I", head, 276)[0]
        width, height = struct.unpack_from(">II", head, 372)
        dot = struct.unpack_from(">I", head, 388)[0] // 8
        assert struct.unpack_from(">I", head, 392)[0] == width * dot
        assert struct.unpack_from(">I", head, 400)[0] == {1: 18, 3: 19}[dot]
        rows: list[bytes] = []
        while len(rows) < height:
            times, row = data[at] + 1, b""
            at += 1
            while len(row) < width * dot:
                count = data[at]
                at += 1
                if count < 128:
                    row += data[at : at + dot] * (count + 1)
                    at += dot
                else:
                    row += data[at : at + dot * (257 - count)]
                    at += dot * (257 - count)
            assert len(row) == width * dot
            rows += [row] * times
        assert len(rows) == height
        found.append((dpi, width, dot, b"".join(rows)))
    return found


@pytest.mark.parametrize("dot", [1, 3])
def test_a_printer_that_takes_no_pdf_gets_the_pages_as_dots(there, dot):
    from app.services.pages import pages

    there.state |= {
        "document_format_supported": ("image/pwg-raster",),
        "pwg_raster_document_type_supported": ("srgb_8",) if dot == 3 else ("black_1", "sgray_8"),
    }
    there.after = [{"job_state": 9, "job_impressions_completed": 2}]
    assert way(there).send("t", pdf(2)).out is True
    found = _pictures(there.documents[0])
    assert [(dpi, width, size) for dpi, width, size, _ in found] == [(300, 834, dot)] * 2
    for (_, _, _, dots), page in zip(found, pages(pdf(2), 300), strict=True):
        assert dots[::dot] == page.grey
        assert 0 in page.grey  # there is something black on it


# --- a queue ------------------------------------------------------------------------------------------------------


def test_a_queue_that_says_completed_is_believed_only_with_the_printers_own_word(there, queue):
    there.jobs = [{"job_name": "t", "job_id": 7}]
    done = way(queue).send("t", pdf())
    assert (done.out, done.fault) == (True, None)
    there.after = [{"job_state": 8, "job_impressions_completed": 0}]
    done = way(queue).send("t", pdf())
    assert (done.out, done.fault.key) == (False, "printers.broke.aborted")
    there.jobs = [{"job_name": "another", "job_id": 8}]
    done = way(queue).send("t", pdf())
    assert (done.out, done.fault) == (None, None)


def test_a_queue_before_a_printer_without_ipp_is_never_believed(queue):
    queue.state["device_uri"] = "socket://127.0.0.1:9100"
    done = way(queue).send("t", pdf())
    assert (done.whole, done.out, done.fault) == (True, None, None)
    queue.after = [{"job_state": 8, "job_impressions_completed": 0, "time_at_processing": 12}]
    done = way(queue).send("t", pdf())
    assert (done.out, done.fault.key) == (None, "printers.broke.aborted")


def test_what_an_idle_queue_remembers_of_its_last_job_does_not_stop_the_next(queue):
    queue.state |= {"device_uri": "usb://Zebra/ZD421", "printer_state_reasons": ("media-jam-error",)}
    assert way(queue).state().state is P.READY
    assert way(queue).send("t", pdf()).whole
    queue.state |= {"printer_state": 5, "printer_state_reasons": ("paused",)}
    assert way(queue).state().state is P.PAUSED
    assert way(queue).send("t", pdf()).fault.key == "label_printer.paused"


def test_behind_a_queue_the_printer_itself_is_asked_how_it_is(there, queue):
    there.state |= {"printer_state": 5, "printer_state_reasons": ("door-open-error",)}
    assert way(queue).state().state is P.COVER_OPEN
    done = way(queue).send("t", pdf())
    assert (done.taken, done.fault.key, queue.documents) == (0, "label_printer.cover_open", [])


def test_a_queue_whose_printer_is_gone_gets_nothing(queue):
    queue.state["device_uri"] = "ipp://127.0.0.1:1/ipp/print"
    with pytest.raises(PrinterUnreachable) as caught:
        way(queue).state()
    assert caught.value.key == "printers.off.refused"
    done = way(queue).send("t", pdf())
    assert (done.taken, done.fault.key, queue.documents) == (0, "printers.off.refused", [])


# --- lines that break ---------------------------------------------------------------------------------------------


def test_a_printer_that_never_answers_ends_the_question(there):
    there.hang[0x0B] = threading.Event()
    started = time.monotonic()
    with pytest.raises(PrinterUnreachable) as caught:
        way(there).state(0.3)
    assert caught.value.key == "printers.off.silent"
    assert time.monotonic() - started < 1.5


def test_one_that_answers_drop_by_drop_ends_the_question_too():
    def drip(line: socket.socket) -> None:
        line.recv(4096)
        for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500:
            line.send(bytes((byte,)))
            time.sleep(0.05)

    with server(drip) as port:
        started = time.monotonic()
        with pytest.raises(PrinterUnreachable):
            way(f"ipp://127.0.0.1:{port}/ipp/print").state(0.4)
        assert time.monotonic() - started < 2


def test_a_document_whose_answer_never_came_is_looked_for_by_its_title(there):
    there.hang[PRINT] = threading.Event()
    there.jobs = [{"job_name": "t", "job_id": 5}]
    sending = way(there)
    done = sending.send("t", pdf(), seconds=0.4)
    assert (done.whole, done.out, done.job, done.fault.key) == (True, None, "5/1", "printers.broke.stalled")
    assert sending.follow(done).out is True


def test_a_document_that_broke_off_half_way_is_told_with_what_was_sent():
    about = Ipp()
    with served(about):

        def broken(line: socket.socket) -> None:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (part := line.recv(1000)):
                    return
                head += part
            size = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
            if size > 1_000_000:
                reset(line)
                return
            body = head.split(b"\r\n\r\n", 1)[1]
            while len(body) < size:
                body += line.recv(4096)
            said = about.answer(body)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(said) + said)

        with server(broken) as port:
            done = way(f"ipp://127.0.0.1:{port}/ipp/print", "zpl").send("t", bytes(30_000_000))
    assert not done.whole
    assert done.fault.key == "printers.broke.reset"
    assert 0 <= done.taken < 30_000_000


@pytest.mark.parametrize(
    ("status", "key"),
    [
        (404, "printers.off.no_queue"),
        (401, "printers.off.not_allowed"),
        (426, "printers.off.wants_tls"),
        (503, "printers.off.http"),
    ],
)
def test_an_answer_of_http_is_told_in_words(there, status, key):
    there.http = status
    with pytest.raises(PrinterUnreachable) as caught:
        way(there).state()
    assert caught.value.key == key


def test_something_that_is_no_printer_says_so():
    def greeting(line: socket.socket) -> None:
        line.recv(4096)
        line.sendall(b"220 mail ready\r\n")

    with server(greeting) as port:
        with pytest.raises(PrinterUnreachable) as caught:
            way(f"ipp://127.0.0.1:{port}/ipp/print").state(1)
        assert caught.value.key == "printers.off.no_ipp"
        with pytest.raises(PrinterUnreachable) as caught:
            way(f"ipps://127.0.0.1:{port}/ipp/print").state(1)
        assert caught.value.key == "printers.off.no_tls"


# --- what it says of itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reasons", "states"),
    [
        (3, ("none",), (P.READY,)),
        (4, ("none",), (P.BUSY,)),
        (5, ("none",), (P.FAULT,)),
        (5, ("paused",), (P.PAUSED,)),
        (5, ("media-jam-error", "cover-open-report"), (P.COVER_OPEN, P.JAM)),
        (3, ("media-empty-report",), (P.READY, P.PAPER_LOW)),
        (3, ("media-empty-error",), (P.PAPER_OUT,)),
        (5, ("media-needed-warning",), (P.PAPER_OUT,)),
        (3, ("input-tray-missing-warning",), (P.READY,)),
        (5, ("input-tray-missing",), (P.TRAY_MISSING,)),
        (4, ("toner-low-warning",), (P.BUSY, P.TONER_LOW)),
        (5, ("toner-empty-error",), (P.TONER_OUT,)),
        (3, ("marker-supply-low-report",), (P.READY, P.TONER_LOW)),
        (5, ("marker-supply-empty-error", "output-area-full-error"), (P.TONER_OUT, P.OUTPUT_FULL)),
        (3, ("offline-report",), (P.OFFLINE,)),
        (3, ("fuser-over-temp-error",), (P.OVERHEATED,)),
        (5, ("com.example.strange-error",), (P.FAULT,)),
        (3, ("com.example.strange-report",), (P.READY,)),
        (5, ("tray-2-media-empty-error",), (P.PAPER_OUT,)),
        (0, (), (P.UNKNOWN,)),
    ],
)
def test_its_reasons_are_put_in_words(state, reasons, states):
    assert printer_report({"printer-state": (state,), "printer-state-reasons": reasons}).all == states


def test_one_that_takes_no_jobs_is_paused():
    said = {"printer-state": (3,), "printer-state-reasons": ("none",), "printer-is-accepting-jobs": (False,)}
    assert printer_report(said).state is P.PAUSED
