"""The end of the day at the command line: hand-over by scan and count, close-out, board, reports; JSON as promised."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.domain.gtin import check_digit
from tests.cli.kenpin import Kenpin
from tests.services.dock import number_of

TEA = "459999000101" + check_digit("459999000101")
NUMBERS = {f"7000{at}": number_of(at) for at in range(1, 7)}
ANSWER = {
    "code", "act", "repeat", "level", "key", "text", "order", "ship_number", "carrier", "handover", "piece", "pieces",
    "counted",
}  # fmt: skip
LISTS = {"pieces", "waiting", "held", "unlabelled", "labels", "pulls"}


@pytest.fixture(scope="module")
def kenpin(tmp_path_factory: pytest.TempPathFactory) -> Kenpin:
    """A shop with six packed orders that go by Yamato, worked on by the tests of this file in their order."""
    made = Kenpin(tmp_path_factory.mktemp("ship"))
    products = made.file("products.csv", f"sku,name,code,shelf,stock\nTEA-050,緑茶 50g,{TEA},A-01,40\n")
    assert made("products", "import", products).status == 0
    day = made.orders("day.csv", *(f"{number},TEA-050,GREEN TEA,1" for number in NUMBERS))
    assert made("import", day, "--shop", "UK").status == 0
    codes = [code for number in NUMBERS for code in (number, TEA)]
    assert made.keys(*codes)[1::2] == ["order.closed"] * len(NUMBERS)
    with database(made) as raw:
        raw.execute("UPDATE orders SET carrier = 'yamato_b2', service = 'takkyubin'")
        for number, waybill in NUMBERS.items():
            raw.execute(
                "INSERT INTO waybills (order_id, batch, sequence, version, issue, key, piece, pieces, carrier, "
                "service, cod, state, number, parcel_id, requested_at) SELECT o.id, o.batch, o.sequence, o.version, 1, "
                "o.batch || '-' || o.id, 1, 1, 'yamato_b2', 'takkyubin', 0, 'attached', ?, p.id, 1 "
                "FROM orders o JOIN parcels p ON p.order_id = o.id WHERE o.number = ?",
                (waybill, number),
            )
    return made


def database(kenpin: Kenpin) -> sqlite3.Connection:
    (path,) = kenpin.folder.glob("*.db")
    return sqlite3.connect(path, isolation_level=None)


def dock(kenpin: Kenpin, *more: str) -> tuple[str, ...]:
    return ("handover", "--carrier", "yamato_b2", "--pickup", "23:59", *more)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("handover",), "exactly one"),
        (("handover", "70001", "--check"), "exactly one"),
        (("handover", "--check"), "--carrier"),
        (("handover", "--carrier", "yamato_b2", "--pickup", "noon", "--check"), "14:00"),
        (("handover", "--paper", "1"), "-o"),
        (("report", "write"), "--shop"),
    ],
)
def test_what_cannot_be_meant_is_said(kenpin, arguments, said):
    result = kenpin(*arguments)
    assert result.status == 2
    assert said in result.error


def test_an_unknown_carrier_and_shop_are_named(kenpin):
    for arguments in (("handover", "--carrier", "pigeon", "--check"), ("report", "write", "--shop", "nobody")):
        result = kenpin(*arguments)
        assert result.status == 1
        assert result.error


def test_the_check_lists_what_may_go(kenpin):
    found = kenpin(*dock(kenpin, "--check", "--json")).json
    assert set(found) == LISTS
    assert found["pieces"] == 6
    assert set(found["waiting"][0]) == {"number", "ship_number", "pieces", "waybills", "reason"}
    assert "70001" in kenpin(*dock(kenpin, "--check")).out


def test_scans_hand_over_line_by_line(kenpin):
    given = f"{NUMBERS['70001']}\n{NUMBERS['70001']}\nnonsense\n{NUMBERS['70002']}\tact-7\n{NUMBERS['70002']}\tact-7\n"
    result = kenpin.run(*dock(kenpin, "--scan", "--json"), given=given)
    assert result.status == 0, result.error
    answers = result.lines
    assert [each["key"] for each in answers] == [
        "dock.handed_over", "dock.already", "dock.unknown", "dock.handed_over", "dock.handed_over",
    ]  # fmt: skip
    assert all(set(each) == ANSWER for each in answers)
    assert [each["repeat"] for each in answers] == [False] * 4 + [True]
    assert answers[3]["counted"] == answers[4]["counted"] == 2
    assert not [each for each in answers if each["text"] == each["key"]]


def test_a_count_that_differs_hands_over_nothing(kenpin):
    result = kenpin(*dock(kenpin, "--count", "5", "--json"))
    assert result.status == 1
    assert set(result.json) == {"agreed", "ours", "driver", "orders", "handover", "left"}
    assert (result.json["ours"], result.json["driver"], result.json["orders"]) == (6, 5, 0)
    told = kenpin(*dock(kenpin, "--count", "5"))
    assert "6" in told.error
    assert "70003" in told.out


def test_an_order_handed_over_by_name_is_done_as_ever(kenpin):
    assert kenpin("handover", "70003", "--json").json == {"orders": 1}
    again = kenpin("handover", "70003")
    assert again.status == 1
    assert "70003" in again.error


def test_the_board_shows_the_day(kenpin):
    found = kenpin("board", "--json").json
    assert set(found) == {"at", "pace", "remaining", "late", "rows"}
    assert set(found["pace"]) == {"last_30", "last_60", "per_hour"}
    (row,) = found["rows"]
    assert set(row) == {
        "cut_off", "carrier", "held", "ready", "to_do", "verified", "shipped", "finish", "late", "overdue",
    }  # fmt: skip
    assert (row["verified"], found["pace"]["last_60"]) == (3, 6)
    shown = kenpin("board").out
    assert "Yamato Transport" in shown
    assert "ヤマト運輸" in kenpin("board", "--lang", "ja").out


def test_the_drivers_figure_then_the_close_out_with_its_paper(kenpin):
    done = kenpin(*dock(kenpin, "--count", "5", "--json")).json
    assert (done["agreed"], done["orders"]) == (True, 3)
    closed = kenpin(*dock(kenpin, "--close", "--json"))
    assert set(closed.json) == {"handover", "counted", "driver", "left", "papers"}
    assert (closed.json["counted"], closed.json["driver"], closed.json["left"]["waiting"]) == (5, 5, [])
    (paper,) = closed.json["papers"]
    assert Path(paper).read_bytes().startswith(b"%PDF")
    assert kenpin(*dock(kenpin, "--close")).status == 1
    drawn = kenpin.folder / "list.pdf"
    assert kenpin("handover", "--paper", closed.json["handover"], "-o", drawn).status == 0
    assert drawn.read_bytes().startswith(b"%PDF")
    rows = kenpin("handover", "--list", "--json").json
    assert set(rows[0]) == {"handover", "at", "station", "carrier", "pickup", "counted", "driver", "closed_at"}
    assert kenpin("handover", "--list").status == 0


def test_a_report_is_written_refused_in_part_and_acknowledged(kenpin):
    assert kenpin("report", "list", "--json").json == {"due": {"UK": 6}, "reports": []}
    told = kenpin("report", "write", "--shop", "UK")
    assert told.status == 1
    assert "report.mapping" in told.error
    assert kenpin("settings", "set", "report.mapping", "plain").status == 0
    out = kenpin.folder / "reports"
    made = kenpin("report", "write", "--shop", "UK", "-o", out, "--json").json
    assert set(made) == {"report", "orders", "rows", "files", "left_out"}
    (file,) = made["files"]
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "order_number,tracking_number,carrier,ship_date"
    assert [line.split(",")[:3] for line in lines[1:]] == [[n, w, "ヤマト運輸"] for n, w in NUMBERS.items()]
    again = kenpin("report", "write", "--shop", "UK", "-o", out)
    assert again.status == 1
    assert "Nothing is due" in again.error
    refused = kenpin.file("refused.csv", f"order_number,tracking_number,error\n70002,{NUMBERS['70002']},late\nX,,?\n")
    read = kenpin("report", "errors", refused, "--shop", "UK", "--json").json
    assert set(read) == {"file", "failed", "problems"}
    assert read["failed"] == [{"number": "70002", "tracking": [NUMBERS["70002"]], "reason": "late"}]
    assert [(each["row"], each["key"]) for each in read["problems"]] == [(3, "report_error.unknown_order")]
    assert kenpin("report", "ack", "--shop", "UK", "--json").json == {"orders": 5}
    found = kenpin("report", "list", "--json").json
    assert found["due"] == {"UK": 1}
    assert set(found["reports"][0]) == {"report", "at", "shop", "channel", "file", "orders", "rows", "errors", "state"}
    assert kenpin("report", "list").status == 0
    assert kenpin("report", "write", "--again", made["report"], "-o", out).status == 1
    assert kenpin("report", "write", "--shop", "UK", "-o", out).status == 0
    states = {row["number"]: row["state"] for row in kenpin("orders", "list", "--json").json}
    assert states == {number: "reported" if number == "70002" else "acknowledged" for number in NUMBERS}
    assert kenpin("verify").status == 0


def test_the_same_error_file_is_not_read_twice(kenpin):
    told = kenpin("report", "errors", kenpin.folder / "refused.csv", "--shop", "UK")
    assert told.status == 1
    assert "--again" in told.error
    assert kenpin("report", "errors", kenpin.folder / "refused.csv", "--shop", "UK", "--again").status == 0


def test_a_list_of_reports_that_is_empty_says_so(tmp_path):
    found = Kenpin(tmp_path)("report", "list")
    assert (found.status, found.out) == (0, "")
    assert "no report" in found.error
