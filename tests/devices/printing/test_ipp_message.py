"""Messages of IPP as bytes: against the examples of RFC 8010, and whatever else may come."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.devices.printing._ipp_message import JOB, OPERATION, PRINTER, BadAnswer, Kind, Value, encode, parse

# RFC 8010, appendix A.1 (version 2.0 here), as far as its operation and job attributes go.
REQUEST = bytes.fromhex(
    "0200 0002 00000001 01"
    "47 0012 617474726962757465732d63686172736574 0005 7574662d38"
    "48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0005 656e2d7573"
    "45 000b 7072696e7465722d757269 0023 6970703a2f2f7072696e7465722e6578616d706c652e636f6d2f6970702f7072696e74"
    "42 0008 6a6f622d6e616d65 0006 666f6f626172"
    "02"
    "21 0006 636f70696573 0004 00000014"
    "44 0005 7369646573 0013 74776f2d73696465642d6c6f6e672d65646765"
    "03".replace(" ", "")
)
# Appendix A.5: Get-Jobs answer with a collection put in, and values that a printer does not have.
ANSWER = bytes.fromhex(
    "0101 0000 00000123 01"
    "47 0012 617474726962757465732d63686172736574 0005 7574662d38"
    "02"
    "21 0006 6a6f622d6964 0004 00000093"
    "36 0008 6a6f622d6e616d65 000c 0005 66722d6361 0003 666f75"
    "23 0009 6a6f622d7374617465 0004 00000009"
    "13 0012 74696d652d61742d70726f63657373696e67 0000"
    "44 0011 6a6f622d73746174652d726561736f6e73 0004 6e6f6e65"
    "44 0000 0003 616263"
    "02"
    "21 0006 6a6f622d6964 0004 00000094"
    "34 0009 6d656469612d636f6c 0000"
    "4a 0000 000a 6d656469612d73697a65"
    "34 0000 0000"
    "4a 0000 000b 782d64696d656e73696f6e 21 0000 0004 00005208"
    "37 0000 0000"
    "4a 0000 000b 6d656469612d636f6c6f72 44 0000 0004 626c7565"
    "37 0000 0000"
    "32 0001 72 0009 0000012c 0000012c 03"
    "32 0001 63 0009 00000076 00000076 04"
    "22 0001 62 0001 01"
    "33 0001 76 0008 00000001 00000005"
    "03".replace(" ", "")
)


def test_a_request_is_written_as_the_standard_shows_it():
    operation = {
        "attributes-charset": Value(Kind.CHARSET, ("utf-8",)),
        "attributes-natural-language": Value(Kind.LANGUAGE, ("en-us",)),
        "printer-uri": Value(Kind.URI, ("ipp://printer.example.com/ipp/print",)),
        "job-name": Value(Kind.NAME, ("foobar",)),
    }
    job = {
        "copies": Value(Kind.INTEGER, (20,)),
        "sides": Value(Kind.KEYWORD, ("two-sided-long-edge",)),
    }
    assert encode(2, 1, [(OPERATION, operation), (JOB, job)]) == REQUEST


def test_an_answer_is_read_with_every_kind_of_value():
    answer = parse(ANSWER)
    assert answer.good
    first, second = answer.all_of(JOB)
    assert first == {
        "job-id": (147,),
        "job-name": ("fou",),
        "job-state": (9,),
        "time-at-processing": (None,),
        "job-state-reasons": ("none", "abc"),
    }
    assert second["job-id"] == (148,)
    assert second["media-col"] == ({"media-size": ({"x-dimension": (21000,)},), "media-color": ("blue",)},)
    assert (second["r"], second["c"], second["b"], second["v"]) == (((300, 300),), ((300, 300),), (True,), ((1, 5),))
    assert answer.of(PRINTER) == {}


def test_what_is_written_is_read_back_with_collections():
    size = {"x-dimension": Value(Kind.INTEGER, (6000,)), "y-dimension": Value(Kind.INTEGER, (4000,))}
    media = {"media-source": Value(Kind.KEYWORD, ("main",)), "media-size": Value(Kind.COLLECTION, (size,))}
    many = Value(Kind.KEYWORD, ("a", "b"))
    body = encode(0, 7, [(JOB, {"media-col": Value(Kind.COLLECTION, (media,)), "many": many})])
    assert parse(body).of(JOB) == {
        "media-col": ({"media-source": ("main",), "media-size": ({"x-dimension": (6000,), "y-dimension": (4000,)},)},),
        "many": ("a", "b"),
    }


@pytest.mark.parametrize("end", range(8, len(ANSWER) - 1, 7))
def test_an_answer_that_is_cut_short_is_none(end):
    with pytest.raises(BadAnswer):
        parse(ANSWER[:end])


@given(st.integers(0, len(ANSWER) - 1), st.integers(0, 255), st.binary(max_size=40))
@settings(max_examples=25)
def test_a_damaged_answer_is_read_or_refused_and_nothing_else(at, byte, tail):
    for data in (ANSWER[:at] + bytes((byte,)) + ANSWER[at + 1 :], ANSWER[:at] + tail, tail):
        with contextlib.suppress(BadAnswer):
            parse(data)


def test_collections_without_an_end_are_refused():
    deep = b"\x34\x00\x01a\x00\x00" + b"\x4a\x00\x00\x00\x01a\x34\x00\x00\x00\x00" * 50
    with pytest.raises(BadAnswer):
        parse(b"\x02\x00\x00\x00\x00\x00\x00\x01\x02" + deep)
