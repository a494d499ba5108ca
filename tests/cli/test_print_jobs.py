"""``kenpin print jobs|confirm|retry|move|drop|reprint``: the outbox from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Kenpin:
    """A batch of two orders whose papers came out into the folder; worked on by the tests of this file in order."""
    kenpin = Kenpin(tmp_path_factory.mktemp("papers"))
    products = kenpin.file("products.csv", "sku,name,code,shelf,stock\nTEA-050,緑茶,4599990001013,A-01,40\n")
    assert kenpin("products", "import", products).status == 0
    file = kenpin.orders("day.csv", "1,TEA-050,TEA,2", "2,TEA-050,TEA,1")
    assert kenpin("import", file, "--shop", "UK").status == 0
    assert kenpin("orders", "release", "--all", "--limit", "2", "--json").status == 0
    return kenpin


def test_the_list_says_where_each_paper_came_out_and_who_said_so(printed: Kenpin) -> None:
    slips, pick_list = printed("print", "jobs", "--json").json
    assert (pick_list["paper"], slips["paper"]) == ("pick_list", "slips")
    assert (slips["state"], slips["settled_by"], slips["pages"], slips["papers"]) == ("confirmed", "printer", 2, 2)
    assert Path(slips["result"]).is_file()
    assert slips["acts"] == ["reprint"]
    shown = printed("print", "jobs").out
    assert "confirmed (printer)" in shown
    assert "0/2" in shown
    assert printed("print", "jobs", "--printer", "-", "--json").json == [slips, pick_list]
    assert printed("print", "jobs", "--printer", "nowhere").status == 1


def test_what_came_out_is_printed_again_only_with_a_reason(printed: Kenpin) -> None:
    assert printed("print", "reprint", "--job", "2").status == 2
    assert printed("print", "reprint", "--job", "2", "--reason", "missing").status == 0
    assert printed("print", "reprint", "--order", "1-001", "--reason", "damaged").status == 0
    assert printed("print", "reprint", "--batch", "1", "--paper", "pick-list", "--reason", "other").status == 0
    assert printed("print", "reprint", "--batch", "1", "--paper", "no-such", "--reason", "other").status == 1
    again = [job for job in printed("print", "jobs", "--json").json if job["copy_reason"]]
    assert [(job["paper"], job["repeats"], job["state"]) for job in again] == [
        ("pick_list", None, "confirmed"), ("packing_slip", None, "confirmed"), ("slips", 2, "confirmed"),
    ]  # fmt: skip


def test_jobs_are_given_up_and_moved_and_what_is_done_is_left_alone(printed: Kenpin) -> None:
    for command in ("confirm", "retry"):
        refused = printed("print", command, "2")
        assert (refused.status, refused.error) == (1, "kenpin: Print job 2 is confirmed, so this cannot be done.\n")
    dead = ("--address", "127.0.0.1:1", "--transport", "raw", "--language", "pdf", "--media", "A4")
    assert printed("printers", "add", "A4", *dead).status == 0
    for _ in range(2):
        assert printed("print", "reprint", "--order", "1-002", "--reason", "missing").status == 0
    waiting = [job["job"] for job in printed("print", "jobs", "--printer", "A4", "--json").json]
    assert len(waiting) == 2
    moved = printed("print", "move", str(waiting[0]), "--to", "-")
    assert moved.status == 0
    assert moved.out.endswith(".pdf\n"), "it came out into the folder at once"
    assert printed("print", "drop", str(waiting[1])).status == 0
    assert printed("print", "drop", "99").status == 1
    (dropped,) = printed("print", "jobs", "--state", "dropped", "--json").json
    assert (dropped["settled_by"], [each["key"] for each in dropped["said"]]) == ("person", ["outbox.given_up"])
    assert printed("verify").status == 0
