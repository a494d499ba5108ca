"""The list of printers: adding, changing, removing, and what each said last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.people import Role
from app.domain.printer_state import PrinterState, report
from app.domain.printing import Fault, Printer, Transport
from app.errors import NotAllowed, NotFound, PrinterUnreachable
from app.services import people, printers
from app.services.printers import OFF, Standing
from app.storage import printing
from app.storage.printing import NewJob
from tests.makers import change, query

LABEL = Printer(0, " Label ", Transport.RAW, " 192.168.0.20 ", "zpl", 203, "60x40", options={"gap_mm": "3"})
OFFICE = Printer(0, "Office", Transport.IPP, "ipp://office.local/ipp/print", "pdf", 0, "A4")


@pytest.fixture
def save(database):
    count = iter(range(1000))

    def saved(printer, act=""):
        with database.transaction() as tx:
            return printers.save(tx, "1", act or f"act-{next(count)}", printer)

    return saved


@pytest.fixture
def do(database):
    count = iter(range(1000, 2000))

    def done(function, *given):
        with database.transaction() as tx:
            return function(tx, "1", f"act-{next(count)}", *given)

    return done


def names(database):
    with database.reading() as tx:
        return [each.name for each in printers.every(tx)]


def one(database, printer):
    with database.reading() as tx:
        return printers.one(tx, printer)


def test_a_printer_is_kept_as_it_was_written_and_changed_as_an_act(database, save):
    kept = save(LABEL, "a")
    assert save(LABEL, "a") == kept  # the same act again
    there = one(database, kept)
    assert there == replace(LABEL, id=kept, name="Label", address="192.168.0.20", position=1)
    office = save(OFFICE)
    save(replace(there, media="100x150", takeover=None))
    assert one(database, kept).media == "100x150"
    assert names(database) == ["Label", "Office"]
    assert office != kept
    kinds = query(database, "SELECT kind FROM journal ORDER BY id")
    assert [row[0] for row in kinds] == ["printer"] * 3


def test_what_makes_no_sense_is_refused_with_its_field(database, save):
    save(LABEL)
    with pytest.raises(NotAllowed) as caught:
        save(replace(OFFICE, name="label"))
    assert (caught.value.key, caught.value.args_["field"]) == ("printers.fault.name_twice", "name")
    with pytest.raises(NotAllowed) as caught:
        save(replace(OFFICE, language="png"))
    assert caught.value.args_["field"] == "language"
    with database.reading() as tx:
        assert [each.field for each in printers.wrongs(tx, replace(OFFICE, address="", name=""))] == ["name", "address"]
    assert names(database) == ["Label"]
    with pytest.raises(NotFound):
        save(replace(OFFICE, id=999))


def test_printers_stand_in_the_order_that_people_give_them(database, save, do):
    ids = [save(replace(LABEL, name=name)) for name in "ABC"]
    do(printers.move, ids[2], 1)
    assert names(database) == ["C", "A", "B"]
    do(printers.move, ids[2], 99)
    assert names(database) == ["A", "B", "C"]
    with pytest.raises(NotFound):
        do(printers.move, 999, 1)


def test_a_station_sees_those_that_it_reaches(database, save):
    save(replace(LABEL, name="A"))
    save(replace(LABEL, name="B", station="2"))
    save(replace(LABEL, name="C", active=False))
    with database.reading() as tx:
        assert [each.name for each in printers.of_station(tx, "1")] == ["A"]
        assert [each.name for each in printers.of_station(tx, "2")] == ["A", "B"]
        assert printers.named(tx, " b ").station == "2"
        with pytest.raises(NotFound) as caught:
            printers.named(tx, "Z")
    assert caught.value.args_["known"] == "A、B、C"


def test_a_printer_that_something_waits_for_is_not_removed(database, save, do):
    kept, other = save(LABEL), save(replace(LABEL, name="B"))
    save(replace(one(database, other), takeover=kept))
    with database.transaction() as tx:
        printing.add_jobs(tx, "job", "1", [NewJob("packing_slip", 1)])
    change(database, "UPDATE print_jobs SET printer_id = ?", kept)
    with pytest.raises(NotAllowed) as caught:
        do(printers.drop, kept)
    assert (caught.value.key, caught.value.args_["count"]) == ("printers.jobs_wait", 1)
    change(database, "UPDATE print_jobs SET state = 'confirmed'")
    rule = "INSERT INTO print_rules (name, paper, printer_id) VALUES ('Gifts', 'noshi', ?)"
    change(database, rule, kept)
    with pytest.raises(NotAllowed) as caught:
        do(printers.drop, kept)
    assert (caught.value.key, caught.value.args_["rules"]) == ("printers.rules_name_it", "Gifts")
    change(database, "DELETE FROM print_rules")
    do(printers.drop, kept)
    assert names(database) == ["B"]
    assert one(database, other).takeover is None
    with pytest.raises(NotFound):
        do(printers.drop, kept)


def test_the_id_of_one_that_is_gone_is_given_to_no_other(database, save, do):
    kept = save(LABEL)
    with database.transaction() as tx:
        printing.add_jobs(tx, "job", "1", [NewJob("packing_slip", 1)])
    change(database, "UPDATE print_jobs SET state = 'confirmed', printer_id = ?", kept)
    do(printers.drop, kept)
    assert save(OFFICE) != kept


def test_only_who_may_change_settings_changes_printers(database, save, do):
    with database.transaction() as tx:
        people.add(tx, "1", "p", "Packer", "packer", Role.PACKER)
        people.sign_in(tx, "1", "s", "packer")
    with pytest.raises(NotAllowed) as caught:
        save(LABEL)
    assert caught.value.key == "right.missing"


class _Way:
    def __init__(self, said):
        self.said = said

    def state(self, seconds=3.0):
        if isinstance(self.said, Exception):
            raise self.said
        return self.said


def note(database, printer, standing):
    with database.transaction() as tx:
        return printers.note_state(tx, printer, standing)


def test_what_a_printer_says_is_kept_and_its_answer_for_ever(database, save):
    kept = save(LABEL)
    assert printers.ask(_Way(None)) == Standing("")
    assert printers.ask(_Way(None)).key == "printers.says_nothing"
    note(database, kept, printers.ask(_Way(None)))
    there = one(database, kept)
    assert (there.state, there.answers, there.seen_at is not None) == ("", False, True)

    said = printers.ask(_Way(report({PrinterState.PAPER_OUT, PrinterState.HEAD_OPEN}, 2)))
    assert (said.state, said.key) == ("head_open", "label_printer.head_open")
    note(database, kept, said)
    there = one(database, kept)
    assert (there.state, there.told, there.answers) == ("head_open", {"all": "head_open paper_out"}, True)

    gone = printers.ask(_Way(PrinterUnreachable("printers.off.refused", host="h", port=9100)))
    assert gone == Standing(OFF, Fault("printers.off.refused", {"host": "h", "port": "9100"}))
    note(database, kept, gone)
    off = one(database, kept)
    assert (off.state, off.told["key"], off.answers, off.seen_at) == (OFF, "printers.off.refused", True, there.seen_at)
    assert not note(database, 999, gone)


def test_a_change_of_name_keeps_what_it_said_and_another_address_forgets_it(database, save):
    kept = save(LABEL)
    note(database, kept, Standing("ready", report=report((), 0)))
    save(replace(one(database, kept), name="B", media="100x150"))
    assert (one(database, kept).state, one(database, kept).answers) == ("ready", True)
    save(replace(one(database, kept), address="192.168.0.21"))
    assert (one(database, kept).state, one(database, kept).answers) == ("", False)
