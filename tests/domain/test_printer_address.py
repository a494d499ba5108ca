"""Addresses of printers, and what is checked of one before it is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.printer_address import Place, host_of, ipp_place, printer_faults, queue_of, serial_port
from app.domain.printing import Printer, Transport
from app.errors import NotAllowed

LANGUAGES = {"zpl": (203, 300), "pdf": (203,)}
LABEL = Printer(1, "Label", Transport.RAW, "192.168.0.20", "zpl", 203, "60x40")
OFFICE = Printer(2, "Office", Transport.IPP, "ipp://office.local/ipp/print", "pdf", 0, "A4")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("192.168.0.20", ("192.168.0.20", 9100)),
        (" 192.168.0.20:6101 ", ("192.168.0.20", 6101)),
        ("zebra-1.local", ("zebra-1.local", 9100)),
        ("PRT_1:9101", ("PRT_1", 9101)),
        ("[fe80::1]:9100", ("fe80::1", 9100)),
        ("fe80::1", ("fe80::1", 9100)),
    ],
)
def test_a_host_is_read_with_its_port(address, read):
    assert host_of(address) == read


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a b",
        "192.168.0.256",
        "192.168.0",
        "host:0",
        "host:65536",
        "host:９100",
        "host:",
        "http://host",
        "-x",
        "a:b:c:",
    ],
)
def test_what_is_no_host_is_refused(address):
    with pytest.raises(NotAllowed) as caught:
        host_of(address)
    assert caught.value.key == "printers.fault.address_raw"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("ipp://192.168.0.20/ipp/print", Place(False, "192.168.0.20", 631, "/ipp/print")),
        ("ipps://office.local", Place(True, "office.local", 631, "/ipp/print")),
        ("http://office.local:8080/x", Place(False, "office.local", 8080, "/x")),
        ("https://office.local/x", Place(True, "office.local", 443, "/x")),
        ("ipp://[fe80::1]/ipp", Place(False, "fe80::1", 631, "/ipp")),
    ],
)
def test_an_address_of_ipp_is_read(address, place):
    assert ipp_place(address) == place


def test_the_queue_of_a_server_is_known_by_its_path():
    assert queue_of(ipp_place("ipp://localhost/printers/B%C3%BCro")) == "Büro"
    assert queue_of(ipp_place("ipp://localhost/ipp/print")) == ""
    assert ipp_place("ipp://[fe80::1]/ipp").uri == "ipp://[fe80::1]:631/ipp"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "office",
        "ftp://office/x",
        "ipp://",
        "ipp://a b/x",
        "ipp://u@h/x",
        "ipp://h/x?y",
        "ipp://h:0/x",
        "ipp://h/a\nb",
    ],
)
def test_what_is_no_address_of_ipp_is_refused(address):
    with pytest.raises(NotAllowed):
        ipp_place(address)


def test_a_serial_port_is_read_with_its_speed():
    assert serial_port("COM3") == ("COM3", 9600)
    assert serial_port("/dev/serial/by-id/usb-x-if00@115200") == ("/dev/serial/by-id/usb-x-if00", 115200)
    for wrong in ("", "COM", "ttyUSB0", "/dev/ttyS0@9601", "/dev/ttyS0@", "/dev/a b"):
        with pytest.raises(NotAllowed):
            serial_port(wrong)


def keys(printer, *others):
    return [
        (each.field, each.fault.key.removeprefix("printers.fault."))
        for each in printer_faults(printer, LANGUAGES, others)
    ]


def test_a_good_printer_has_no_faults():
    assert keys(LABEL, OFFICE) == []
    assert keys(OFFICE, LABEL) == []
    told = {"gap_mm": "3", "cut": "yes", "flow": "none", "duplex": "long", "tray": "tray-2"}
    assert keys(replace(LABEL, media="62", options=told)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": " "}, ("name", "name")),
        ({"name": "a\tb"}, ("name", "name")),
        ({"name": "x" * 61}, ("name", "name")),
        ({"name": "OFFICE"}, ("name", "name_twice")),
        ({"address": "x" * 201}, ("address", "long")),
        ({"address": "a b"}, ("address", "address_raw")),
        ({"transport": Transport.IPP}, ("address", "address_ipp")),
        ({"transport": Transport.SERIAL}, ("address", "address_serial")),
        ({"transport": Transport.USB}, ("address", "address_usb")),
        ({"transport": Transport.FOLDER, "address": "papers"}, ("address", "address_folder")),
        ({"language": "klingon"}, ("language", "language")),
        ({"dpi": 600}, ("dpi", "dpi")),
        ({"language": "pdf"}, ("dpi", "dpi_office")),
        ({"transport": Transport.SPOOLER}, ("language", "spooler_language")),
        ({"media": ""}, ("media", "media_missing")),
        ({"media": "huge"}, ("media", "media")),
        ({"media": "5x5"}, ("media", "media")),
        ({"media": "60x999"}, ("media", "media")),
        ({"options": {"colour": "red"}}, ("options", "option")),
        ({"options": {"gap_mm": "wide"}}, ("options", "option_value")),
        ({"takeover": 1}, ("takeover", "takeover_unknown")),
        ({"takeover": 9}, ("takeover", "takeover_unknown")),
        ({"takeover": 2}, ("takeover", "takeover_kind")),
    ],
)
def test_every_field_is_checked(changes, fault):
    assert keys(replace(LABEL, **changes), OFFICE) == [fault]


def test_printers_do_not_pass_a_job_round_in_a_circle():
    second = replace(LABEL, id=3, name="B", takeover=4)
    third = replace(LABEL, id=4, name="C", takeover=1)
    assert keys(replace(LABEL, takeover=3), second, third) == [("takeover", "takeover_circle")]
    assert keys(replace(LABEL, takeover=3), second, replace(third, takeover=None)) == []
    # A circle that others made is not this one's fault, and is no endless way either.
    assert keys(replace(LABEL, takeover=3), second, replace(third, takeover=3)) == []
