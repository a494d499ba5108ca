"""Looking for printers."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time

import pytest

from app.devices.printing import _hosts, _mdns, _snmp, find
from app.devices.printing._ipp_message import OPERATION, PRINTER, encode
from app.domain.printer_address import IPP_PORT, RAW_PORT, Place
from app.services.printers import Found
from tests.devices.printing.ipp_printer import QUEUES, Ipp, attributes, served


def test_open_ports_are_found_and_closed_ones_are_not():
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [each.getsockname()[1] for each in listening]
    listening[1].close()
    assert _hosts.open_ports(["127.0.0.1"], ports, 3.0) == {"127.0.0.1": {ports[0]}}
    listening[0].close()


def test_hosts_that_are_not_there_end_in_time():
    started = time.monotonic()
    assert _hosts.open_ports([f"192.0.2.{n}" for n in range(1, 255)], (9100, 631), 1.0, 0.3) == {}
    assert time.monotonic() - started < 2.5


def test_only_private_networks_are_looked_at():
    assert _hosts.neighbours(["192.168.7.20", "192.168.7.21"]) == [
        f"192.168.7.{n}" for n in range(1, 255) if n not in (20, 21)
    ]
    assert all(_hosts._is_ours(each) for each in ("10.1.2.3", "172.16.0.9", "192.168.0.1"))
    assert not any(_hosts._is_ours(each) for each in ("8.8.8.8", "127.0.0.1", "169.254.3.4", "0.0.0.0"))


@pytest.mark.parametrize(
    ("name", "language", "dpi"),
    [
        ("Zebra Technologies ZTC ZD421-203dpi ZPL", "zpl", 203),
        ("TSC TE310 300 dpi", "tspl", 300),
        ("SATO CL4NX-J 12", "sbpl", 0),
        ("EPSON TM-m30III", "escpos", 0),
        ("Brother HL-L2375DW 600 dpi", "", 0),
        ("", "", 0),
    ],
)
def test_a_name_tells_the_language(name, language, dpi):
    assert find.guess(name) == (language, dpi)


def _device(name: bytes):
    """A device that answers SNMP with its description; gives the port."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))

    def work():
        with contextlib.suppress(OSError):
            while True:
                packet, back = line.recvfrom(2000)
                oid = packet[packet.index(b"\x06\x08") : -2]
                pair = b"\x30" + bytes((len(oid) + 2 + len(name),)) + oid + b"\x04" + bytes((len(name),)) + name
                line.sendto(b"\x30\x82\x00\x40\x02\x01\x00\x04\x06public\xa2\x30" + pair, back)

    threading.Thread(target=work, daemon=True).start()
    return line


def test_the_question_for_a_name_is_the_one_of_the_standard():
    # snmpget -v1 -c public HOST 1.3.6.1.2.1.1.1.0, with the request number 1
    assert _snmp.question() == bytes.fromhex(
        "3026 020100 0406 7075626c6963 a019 020101 020100 020100 300e 300c 0608 2b06010201010100 0500".replace(" ", "")
    )
    assert _snmp.read_answer(b"\x06\x08\x2b\x06\x01\x02\x01\x01\x01\x00\x04\x81\x83" + b"x" * 131) == "x" * 120
    for damaged in (
        b"",
        b"\x30",
        b"\x06\x08\x2b\x06\x01\x02\x01\x01\x01\x00",
        b"\x06\x08\x2b\x06\x01\x02\x01\x01\x01\x00\x05",
    ):
        assert _snmp.read_answer(damaged) == ""


def test_hosts_are_named_by_what_they_say_without_printing_anything(monkeypatch):
    monkeypatch.setattr(find, "_NAME_SECONDS", 5.0)
    monkeypatch.setattr(find, "_IPP_SECONDS", 5.0)
    label = _device(b"Zebra ZD421 203dpi")
    with served(Ipp()) as office, socket.create_server(("127.0.0.1", 0)) as raw:
        ports = {RAW_PORT: raw.getsockname()[1], IPP_PORT: office.port}
        until = time.monotonic() + 20
        found = find.of_hosts({"127.0.0.1": ports}, until, label.getsockname()[1])
        assert found == [
            Found("raw", f"127.0.0.1:{ports[RAW_PORT]}", "Zebra ZD421 203dpi", "zpl", 203),
            Found("ipp", f"ipp://127.0.0.1:{office.port}/ipp/print", "Sample 1000", "pdf"),
        ]
        # An office printer is offered by the way on which it says what becomes of a job.
        monkeypatch.setattr(find, "_NAME_SECONDS", 0.1)
        nobody = find.of_hosts({"127.0.0.1": ports}, until, 1)
        assert [each.transport for each in nobody] == ["ipp"]
        raw.settimeout(0.05)
        with pytest.raises(TimeoutError):
            raw.accept()
    label.close()


def test_the_queues_of_the_system_are_asked_for():
    class Cups(Ipp):
        def answer(self, body):
            assert struct.unpack_from(">H", body, 2)[0] == QUEUES
            one = attributes(printer_name="Büro 1", printer_info="Lager", printer_make_and_model="Sample 1000")
            return encode(0, 1, [(OPERATION, {}), (PRINTER, one), (PRINTER, attributes(printer_name="B"))])

    with served(Cups()) as cups:
        found = find.queues(2.0, Place(False, "127.0.0.1", cups.port, "/"))
    assert found == [
        Found("ipp", f"ipp://127.0.0.1:{cups.port}/printers/B%C3%BCro%201", "Lager – Sample 1000", "pdf"),
        Found("ipp", f"ipp://127.0.0.1:{cups.port}/printers/B", "B", "pdf"),
    ]


def _packet() -> bytes:
    """An answer of a printer to the multicast question, with names that point back, as they are sent."""
    service = b"\x04_ipp\x04_tcp\x05local\x00"
    head = struct.pack(">6H", 0, 0x8400, 0, 1, 0, 3)
    pointer = struct.pack(">HHIH", 12, 1, 120, 8) + b"\x05Lager\xc0\x0c"
    instance = 12 + len(service) + 10
    srv = struct.pack(">H", 0xC000 | instance) + struct.pack(">HHIH", 33, 1, 120, 13) + struct.pack(">HHH", 0, 0, 631)
    host = b"\x04prt1\xc0" + bytes((12 + 10,))
    at = 12 + len(service) + len(pointer) + len(srv)
    texts = b"".join(bytes((len(each),)) + each for each in (b"rp=ipp/print", b"ty=Sample 1000", b"Color"))
    txt = struct.pack(">H", 0xC000 | instance) + struct.pack(">HHIH", 16, 1, 120, len(texts)) + texts
    a = struct.pack(">H", 0xC000 | at) + struct.pack(">HHIH", 1, 1, 120, 4) + socket.inet_aton("192.168.7.9")
    return head + service + pointer + srv + host + txt + a


def test_printers_that_tell_of_themselves_are_heard():
    (heard,) = _mdns.read_answers([_packet()])
    assert (heard.kind, heard.name, heard.host, heard.port) == ("ipp", "Lager", "192.168.7.9", 631)
    assert find.of_heard([heard]) == [Found("ipp", "ipp://192.168.7.9:631/ipp/print", "Lager – Sample 1000", "pdf")]
    label = _mdns.Heard("raw", "Zebra ZT411 (300dpi)", "192.168.7.10", 9100)
    assert find.of_heard([label]) == [Found("raw", "192.168.7.10", "Zebra ZT411 (300dpi)", "zpl", 300)]
    twin = _mdns.Heard("ipps", "Lager", "192.168.7.9", 631, heard.texts)
    assert len(find.of_heard([heard, twin])) == 1
    assert len(find.of_heard([twin])) == 1


def test_a_damaged_packet_says_nothing():
    whole = _packet()
    for end in range(len(whole)):
        _mdns.read_answers([whole[:end]])
    loop = struct.pack(">6H", 0, 0x8400, 0, 1, 0, 0) + b"\xc0\x0c" + bytes(10)
    assert _mdns.read_answers([loop, b"", _mdns.question()]) == []


def test_device_files_are_named_by_what_the_printer_told_the_system(tmp_path):
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "lp0").touch()
    (tmp_path / "dev" / "lp1").touch()
    about = tmp_path / "class" / "lp0" / "device"
    about.mkdir(parents=True)
    (about / "ieee1284_id").write_text("MANUFACTURER:Zebra ;MODEL:ZD421;CLS:PRINTER;COMMAND SET:ZPL;")
    assert find.of_devices(tmp_path / "dev", tmp_path / "class") == [
        Found("usb", str(tmp_path / "dev" / "lp0"), "Zebra ZD421", "zpl", 0),
        Found("usb", str(tmp_path / "dev" / "lp1"), str(tmp_path / "dev" / "lp1")),
    ]
    assert find.of_devices(tmp_path / "none", tmp_path) == []


def test_one_way_to_look_that_hangs_does_not_keep_the_others(monkeypatch):
    there = Found("usb", "/dev/usb/lp0", "P")
    hang = threading.Event()
    monkeypatch.setattr(find, "_system", lambda until: hang.wait(20) and [])
    monkeypatch.setattr(find, "_network", lambda until: (_ for _ in ()).throw(OSError("no network")))
    monkeypatch.setattr(find, "_told", lambda until: [there])
    monkeypatch.setattr(find, "_serial", lambda until: [])
    monkeypatch.setattr(find, "_devices", lambda until: [there])
    started = time.monotonic()
    assert find.find(0.3) == (there,)
    assert time.monotonic() - started < 2
    hang.set()
