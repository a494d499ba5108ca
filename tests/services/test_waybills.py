"""Waybills on both databases: into the carrier's file once, numbers back whatever the file is, by hand, on a parcel."""

import csv
import io
import threading
import time
from uuid import uuid4

import pytest

from app.carriers._yamato_columns import COLUMNS
from app.domain.people import Role
from app.errors import FileUnusable, NotAllowed
from app.services import changes, merge, people, waybills, writing
from app.services.release import Choice
from app.storage import carriers as carriers_storage
from tests.makers import Station, change, faults_of, query, set_to
from tests.services.shipping import SAGAWA, YAMATO, Warehouse, order, tracking


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


@pytest.fixture
def files(tmp_path):
    """A folder for files, beside the database."""
    made = tmp_path / "files"
    made.mkdir()
    return made


@pytest.fixture
def released(house):
    """Three orders of one batch, released."""
    house.take_in(order("1"), order("2"), order("3"))
    house.release()
    return house


def rows_of(path):
    """Rows of a carrier's file without the header."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("cp932"), newline="")))[1:]


def exported(house, folder, **more):
    done = house.export(**more)
    return [house.write_out(each.id, folder) for each in done.files]


def issued(path, folder, numbers, name="issued.csv", changes=None):
    """Write the file of numbers that B2 makes of *path*: the same columns with numbers in them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS["95"])
    for at, row in enumerate(rows_of(path)):
        row[3] = numbers[at]
        for column, value in (changes or {}).get(at, {}).items():
            row[column] = value
        writer.writerow(row)
    made = folder / name
    made.write_bytes(text.getvalue().encode("cp932"))
    return made


def keys(report):
    return [found.key for found in report.problems]


# --- into the carrier's file --------------------------------------------------------------------------------------


def test_the_file_has_every_waybill_once_in_the_printed_sequence(released, files):
    done = released.export(batch=1)
    assert (done.kept_out, done.pulled) == ((), ())
    assert [(each.rows, each.shipments) for each in done.files] == [(3, 3)]
    path = released.write_out(done.files[0].id, files / "yamato")
    assert [row[0] for row in rows_of(path)] == ["1-001-1", "1-002-1", "1-003-1"]
    assert [row[32] for row in rows_of(path)] == ["1-001 1", "1-002 2", "1-003 3"]
    assert path.name.startswith("yamato_b2_1_")
    assert [path.name for path in path.parent.iterdir()] == [path.name]
    made = [released.waybills(number)[0] for number in "123"]
    assert [(row.state, row.position, row.export) for row in made] == [
        ("exported", 1, done.files[0].id), ("exported", 2, done.files[0].id), ("exported", 3, done.files[0].id)
    ]  # fmt: skip
    assert query(released.database, "SELECT state, data FROM exports") == [("written", None)]
    assert not faults_of(released.database)


def test_nothing_is_exported_twice_by_accident(released, files):
    exported(released, files, batch=1)
    with pytest.raises(NotAllowed, match=r"export\.nothing"):
        released.export(batch=1)
    with pytest.raises(NotAllowed, match=r"export\.nothing"):
        released.export()
    with pytest.raises(NotAllowed, match=r"export\.written"):
        released.write_out(1, files)
    assert len(list(files.iterdir())) == 1


def test_two_stations_export_at_once_and_each_waybill_is_in_one_file(house, files):
    house.take_in(*[order(f"{n:02d}") for n in range(30)])
    house.release()
    done, failed = [], []
    together = threading.Barrier(2)

    def work(name):
        with house.desk(name) as desk:
            together.wait(timeout=20)
            try:
                made = waybills.export_many(desk, YAMATO)
                done.extend(waybills.write_out(desk, each.id, files / name) for each in made.files)
            except NotAllowed as error:
                failed.append(error.key)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("east", "west")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert failed == ["export.nothing"]
    assert len(rows_of(done[0])) == 30


def test_two_stations_write_the_same_export_and_one_file_is_there(released, files):
    export = released.export(batch=1).files[0].id
    done, failed = [], []
    together = threading.Barrier(2)

    def work(name):
        with released.desk(name) as desk:
            together.wait(timeout=20)
            try:
                done.append(waybills.write_out(desk, export, files))
            except NotAllowed as error:
                failed.append(error.key)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("east", "west")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) + len(failed) == 2
    assert [path for path in files.iterdir() if path.suffix == ".csv"] == sorted(set(done))
    assert not list(files.glob(".*"))


def test_a_crash_between_commit_and_file_loses_nothing(released, files):
    export = released.export(batch=1).files[0].id
    # Nothing was written: the bytes wait in the database.
    with released.database.reading() as tx:
        assert [row.id for row in waybills.made_exports(tx, YAMATO, 1)] == [export]
    path = released.write_out(export, files)
    assert len(rows_of(path)) == 3


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_while_writing_is_finished_by_the_next_call(released, files, monkeypatch, moment):
    export = released.export(batch=1).files[0].id
    real = waybills._say_written

    class Crash(BaseException):
        pass

    def dying(tx, *args):
        if moment == "before":
            raise Crash
        return real(tx, *args)

    monkeypatch.setattr(waybills, "_say_written", dying)
    if moment == "after":
        monkeypatch.setattr(writing, "finish", lambda *_: (_ for _ in ()).throw(Crash))
    with pytest.raises(Crash):
        released.write_out(export, files)
    assert not list(files.glob("*.csv"))
    monkeypatch.undo()
    assert released.bring_out("sagawa_e3", files) == []
    (path,) = released.bring_out(YAMATO, files)
    assert len(rows_of(path)) == 3
    assert released.bring_out(YAMATO, files) == []
    assert [each.name for each in files.iterdir()] == [path.name]
    with pytest.raises(NotAllowed):
        released.write_out(export, files)


def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_lost(released, files):
    export = released.export(batch=1).files[0].id
    (files / "file").write_text("")
    with pytest.raises(FileUnusable, match=r"file\.not_writable"):
        released.write_out(export, files / "file")
    assert len(rows_of(released.write_out(export, files))) == 3


def test_exporting_again_needs_a_reason_and_gives_new_keys(released, files):
    exported(released, files, batch=1)
    again = exported(released, files, batch=1, reason="B2 が止まった")
    assert [row[0] for row in rows_of(again[0])] == ["1-001-1-2", "1-002-1-2", "1-003-1-2"]
    assert [(row.issue, row.state) for row in released.waybills("1")] == [(1, "void"), (2, "exported")]
    assert query(released.database, "SELECT version FROM orders") == [(1,)] * 3
    assert query(released.database, "SELECT count(*) FROM pulls")[0][0] == 0


def test_a_numbered_waybill_that_is_made_again_goes_on_the_pull_list(released, files):
    paths = exported(released, files, batch=1)
    released.take_numbers(issued(paths[0], files, [tracking(n) for n in range(3)]))
    done = released.export(orders=released.ids("2"), reason="汚れた")
    assert done.pulled == (tracking(1),)
    assert [row.state for row in released.waybills("2")] == ["void", "exported"]
    assert [row.state for row in released.waybills("1")] == ["numbered"]


def test_what_the_carrier_forbids_stays_out_and_comes_along_when_it_is_mended(released, files):
    change(released.database, "UPDATE orders SET cod = 999999 WHERE number = '2'")
    done = released.export(batch=1)
    assert [(each.number, each.why, each.faults[0].key) for each in done.kept_out] == [
        ("2", "release.left.fault", "fault.cod_limit")
    ]
    assert done.files[0].rows == 2
    row = released.waybills("2")[0]
    assert (row.state, row.export) == ("rejected", None)
    assert [fault.key for fault in waybills.reason_faults(row.reason)] == ["fault.cod_limit"]
    still = released.export(batch=1)
    assert (still.files, [each.number for each in still.kept_out]) == ((), ["2"])
    assert len(released.waybills("2")) == 1
    change(released.database, "UPDATE orders SET cod = 0 WHERE number = '2'")
    mended = released.export(batch=1)
    path = released.write_out(mended.files[0].id, files)
    assert [row[0] for row in rows_of(path)] == ["1-002-1-2"]


def test_an_order_on_hold_stays_out_of_the_file(released):
    with released.database.transaction() as tx:
        from app.services import orders

        orders.hold(tx, "office", str(uuid4()), list(released.ids("2")))
    done = released.export(batch=1)
    assert [(each.number, each.why) for each in done.kept_out] == [("2", "order.held_short")]
    assert released.waybills("2")[0].state == "requested"


def test_shops_with_accounts_of_their_own_get_files_of_their_own(house, files):
    house.take_in(order("1"))
    house.take_in(order("2"), shop="other")
    shop = query(house.database, "SELECT id FROM shops WHERE name = 'other'")[0][0]
    with house.database.transaction() as tx:
        carriers_storage.put_account(tx, YAMATO, shop, {"customer_code": "0399999999"})
    house.release()
    done = house.export(batch=1)
    codes = {rows_of(house.write_out(each.id, files))[0][39] for each in done.files}
    assert codes == {"0312345678", "0399999999"}


def test_the_sender_is_the_shop_and_on_a_gift_the_buyer(house, files):
    from dataclasses import replace

    from tests.services.shipping import HOME

    buyer = replace(HOME, name="贈主 太郎", phone="")
    house.take_in(order("1"), order("2", gift=True, buyer=buyer))
    house.release()
    (path,) = exported(house, files, batch=1)
    senders = [(row[24], row[19]) for row in rows_of(path)]
    assert senders == [("見本商店", "03-1111-2222"), ("贈主 太郎", "03-1111-2222")]


def test_cash_has_its_tax_from_the_totals_or_by_the_usual_rate(house, files):
    from app.domain.orders import Totals

    house.take_in(
        order("1", cod_amount="1100", payment="代金引換", totals=Totals(total="1100", tax="81")),
        order("2", cod_amount="1100", payment="代金引換"),
    )
    house.release()
    (path,) = exported(house, files, batch=1)
    assert [(row[33], row[34]) for row in rows_of(path)] == [("1100", "81"), ("1100", "100")]


def test_a_person_without_the_right_exports_nothing(released):
    with released.database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "見本 一郎", "9", Role.PACKER, "ja")
    Station(released.database, "leader").scan("KU-9")
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        released.export(batch=1)
    assert released.waybills("1")[0].state == "requested"


def test_a_small_export_may_be_part_of_one_act(released):
    act = str(uuid4())
    told = []
    for _ in range(2):
        with released.database.transaction() as tx:
            told.append(waybills.export(tx, "leader", act, YAMATO, orders=released.ids("1")))
    assert told[0] == told[1]
    assert [row.state for row in released.waybills("2")] == ["requested"]


# --- numbers back -------------------------------------------------------------------------------------------------


@pytest.fixture
def out(released, files):
    """The three orders' file, written."""
    return exported(released, files, batch=1)[0]


def test_numbers_come_to_their_waybills(released, out, files):
    report = released.take_numbers(issued(out, files, [tracking(n) for n in range(3)]))
    assert (report.carrier, report.rows, report.counts["numbered"]) == (YAMATO, 3, 3)
    assert (report.problems, report.missing, report.batches) == ([], [], [1])
    assert [released.waybills(number)[0].number for number in "123"] == [tracking(n) for n in range(3)]
    kept = query(released.database, "SELECT kind, channel, file FROM imports WHERE kind = 'numbers'")
    assert kept == [("numbers", YAMATO, "issued.csv")]
    assert not faults_of(released.database)


def test_the_same_file_twice_adds_nothing(released, out, files):
    path = issued(out, files, [tracking(n) for n in range(3)])
    released.take_numbers(path)
    again = released.take_numbers(path)
    assert (again.counts["numbered"], again.counts["same"]) == (0, 3)
    assert keys(again) == ["numbers.read_before"]


def test_a_dry_run_says_the_same_and_changes_nothing(released, out, files):
    path = issued(out, files, [tracking(n) for n in range(3)])
    assert released.take_numbers(path, dry_run=True).counts["numbered"] == 3
    assert released.waybills("1")[0].state == "exported"
    assert query(released.database, "SELECT count(*) FROM imports WHERE kind = 'numbers'")[0][0] == 0


def test_half_a_file_takes_its_half_and_names_what_is_missing(released, out, files):
    path = issued(out, files, [tracking(n) for n in range(3)])
    path.write_bytes(b"\r\n".join(path.read_bytes().split(b"\r\n")[:2]) + b"\r\n")
    report = released.take_numbers(path)
    assert report.counts["numbered"] == 1
    assert [(each.ship_number, each.number) for each in report.missing] == [("1-002", "2"), ("1-003", "3")]
    assert keys(report) == ["numbers.missing"]


def test_another_number_for_a_numbered_key_is_refused(released, out, files):
    released.take_numbers(issued(out, files, [tracking(n) for n in range(3)]))
    report = released.take_numbers(issued(out, files, [tracking(0), tracking(9), tracking(2)], "other.csv"))
    assert (report.counts["same"], report.counts["refused"]) == (2, 1)
    (found,) = report.problems
    assert (found.key, found.row, found.value) == ("numbers.different", 3, tracking(9))
    assert dict(found.args)["known"] == tracking(1)
    assert released.waybills("2")[0].number == tracking(1)


def test_a_number_on_two_orders_is_refused_for_both(released, out, files):
    report = released.take_numbers(issued(out, files, [tracking(7), tracking(7), tracking(2)]))
    assert report.counts["numbered"] == 1
    assert keys(report) == ["numbers.taken", "numbers.taken"]
    assert released.waybills("1")[0].number == ""
    released.take_numbers(issued(out, files, [tracking(7), tracking(8), tracking(2)], "mended.csv"))
    later = released.take_numbers(issued(out, files, [tracking(7), tracking(8), tracking(2)], "x.csv"))
    assert later.counts["same"] == 3


def test_a_void_key_is_refused_by_name(released, out, files):
    path = issued(out, files, [tracking(n) for n in range(3)])
    released.export(orders=released.ids("2"), reason="住所違い")
    report = released.take_numbers(path)
    assert keys(report) == ["numbers.old"]
    assert dict(report.problems[0].args)["order"] == "2"
    assert [row.number for row in released.waybills("2")] == ["", ""]


def test_an_unknown_key_and_one_that_is_not_ours_are_named(released, out, files):
    changes = {0: {0: "9-001-1"}, 1: {0: "ABC"}}
    report = released.take_numbers(issued(out, files, [tracking(n) for n in range(3)], changes=changes))
    assert keys(report) == ["numbers.missing", "numbers.unknown", "numbers.not_ours"]
    assert report.counts["numbered"] == 1


def test_a_file_of_numbers_that_broke_off_after_its_header_is_named(released, files):
    path = exported(released, files, batch=1)[0]
    back = issued(path, files, [tracking(at) for at in range(3)])
    back.write_bytes(back.read_bytes().split(b"\r\n")[0] + b"\r\n")
    report = released.take_numbers(back)
    assert keys(report) == ["numbers.no_rows"]
    assert report.rows == 0


def test_a_file_of_which_nothing_fits_is_said_whole(released, out, files):
    changes = {at: {0: f"9-00{at + 1}-1"} for at in range(3)}
    report = released.take_numbers(issued(out, files, [tracking(n) for n in range(3)], changes=changes))
    assert keys(report)[0] == "numbers.nothing_fits"


def test_another_days_file_is_said_whole(released, out, files):
    path = issued(out, files, [tracking(n) for n in range(3)])
    released.take_numbers(path)
    change(released.database, "UPDATE waybills SET state = 'handed_over'")
    report = released.take_numbers(path)
    assert "numbers.another_day" in keys(report)


def test_the_wrong_carriers_file_is_refused_whole(released, out, files):
    path = issued(out, files, [tracking(n) for n in range(3)])
    with pytest.raises(FileUnusable, match=r"number\.not_e3"):
        released.take_numbers(path, SAGAWA)
    change(released.database, "UPDATE waybills SET carrier = ?", SAGAWA)
    report = released.take_numbers(path)
    assert keys(report)[1:] == ["numbers.other_carrier"] * 3
    assert report.counts["numbered"] == 0


def test_a_bad_check_digit_is_refused_and_eleven_digits_are_taken_with_a_notice(released, out, files):
    wrong = tracking(0)[:-1] + str((int(tracking(0)[-1]) + 1) % 7)
    report = released.take_numbers(issued(out, files, [wrong, "12345678901", "1234567890123"]))
    assert [key for key in keys(report) if key != "numbers.missing"] == [
        "numbers.bad_check_digit", "numbers.odd_length", "numbers.unconfirmed"
    ]  # fmt: skip
    assert [released.waybills(number)[0].number for number in "123"] == ["", "12345678901", ""]
    accepted = released.take_numbers(issued(out, files, [wrong, "12345678901", "1234567890123"]), accept=True)
    assert accepted.counts["numbered"] == 1
    assert released.waybills("3")[0].number == "1234567890123"


def test_what_a_spreadsheet_damaged_is_named_and_not_used(released, out, files):
    report = released.take_numbers(issued(out, files, ["4.00E+11", tracking(1), tracking(2)]))
    assert "number.excel_damage" in keys(report)
    assert released.waybills("1")[0].number == ""
    assert report.counts["numbered"] == 2


def test_cash_and_pieces_as_printed_are_kept_and_compared(house, files):
    house.take_in(order("1", cod_amount="1100", payment="代金引換"))
    house.release()
    (path,) = exported(house, files, batch=1)
    report = house.take_numbers(issued(path, files, [tracking(1)], changes={0: {33: "9900"}}))
    assert keys(report) == ["numbers.cod"]
    row = house.waybills("1")[0]
    assert (row.state, row.cod, row.carrier_cod) == ("numbered", 1100, 9900)


def test_each_piece_of_a_shipment_gets_its_own_number(house, files):
    house.take_in(order("1"))
    change(house.database, "UPDATE orders SET parcel_count = 3")
    house.release()
    (path,) = exported(house, files, batch=1)
    assert [row.position for row in house.waybills("1")] == [1, 2, 3]
    half = issued(path, files, [tracking(1), tracking(2), tracking(3)])
    half.write_bytes(b"\r\n".join(half.read_bytes().split(b"\r\n")[:3]) + b"\r\n")
    assert house.take_numbers(half).counts["numbered"] == 2
    whole = house.take_numbers(issued(path, files, [tracking(1), tracking(2), tracking(3)]))
    assert (whole.counts["same"], whole.counts["numbered"]) == (2, 1)
    assert [row.number for row in house.waybills("1")] == [tracking(1), tracking(2), tracking(3)]
    more = house.take_numbers(issued(path, files, [tracking(1), tracking(4), tracking(3)], "more.csv"))
    assert keys(more) == ["numbers.extra"]


def test_pieces_that_share_one_number_all_get_it(house, files):
    house.take_in(order("1"))
    change(
        house.database,
        "UPDATE orders SET carrier = ?, service = 'hikyaku', service_by = 'hand', parcel_count = 3",
        SAGAWA,
    )
    house.release()
    house.export(carrier=SAGAWA)
    path = files / "e3.csv"
    text = f"お問い合せ送り状No.,お客様管理番号,個数,代引金額\r\n{tracking(1)},1-001-1,3,\r\n"
    path.write_bytes(text.encode("cp932"))
    report = house.take_numbers(path)
    assert (report.carrier, report.problems) == (SAGAWA, [])
    assert [row.number for row in house.waybills("1")] == [tracking(1)] * 3
    assert [row.carrier_pieces for row in house.waybills("1")] == [3] * 3


def test_two_stations_take_the_same_file_and_every_number_is_there_once(house, files):
    house.take_in(*[order(f"{n:02d}") for n in range(40)])
    house.release()
    (path,) = exported(house, files, batch=1)
    file = issued(path, files, [tracking(n) for n in range(40)])
    reports = []
    together = threading.Barrier(2)

    def work(name):
        with house.desk(name) as desk:
            together.wait(timeout=20)
            reports.append(waybills.take_numbers(desk, file))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("east", "west")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.counts["numbered"] for report in reports) == 40
    found = query(house.database, "SELECT count(DISTINCT number), count(*) FROM waybills WHERE state = 'numbered'")
    assert found == [(40, 40)]


# --- by hand, on the parcel ---------------------------------------------------------------------------------------


def by_hand(house, number, value, station="leader"):
    with house.database.transaction() as tx:
        return waybills.number_by_hand(tx, station, str(uuid4()), house.id(number), value)


def test_a_number_is_entered_by_hand_once(released):
    row = by_hand(released, "1", f"A{tracking(5)}A")
    assert (row.number, row.state, row.by_hand) == (tracking(5), "numbered", True)
    with pytest.raises(NotAllowed, match=r"waybill\.has_number"):
        by_hand(released, "1", tracking(6))
    with pytest.raises(NotAllowed, match=r"waybill\.number_taken"):
        by_hand(released, "2", tracking(5))
    with pytest.raises(NotAllowed, match=r"waybill\.bad_number"):
        by_hand(released, "2", "123456789012")


def test_what_is_not_on_its_way_takes_no_number_by_hand(released):
    with released.database.transaction() as tx:
        changes.cancel(tx, "leader", str(uuid4()), released.id("1"))
    change(released.database, "UPDATE orders SET state = 'shipped' WHERE number = '2'")
    for number in ("1", "2"):
        with pytest.raises(NotAllowed, match=r"waybill\.too_late"):
            by_hand(released, number, tracking(5))
    assert query(released.database, "SELECT count(*) FROM waybills WHERE number <> ''") == [(0,)]


def test_a_number_by_hand_for_a_merged_order_is_its_parcels(house):
    cash = {"cod_amount": "1200", "payment": "代金引換"}
    house.take_in(order("1", **cash), order("2", **cash))
    with house.database.transaction() as tx:
        made = merge.merge(tx, "leader", str(uuid4()), house.ids("1", "2"))
    house.release()
    (follower,) = {"1", "2"} - {str(query(house.database, "SELECT number FROM orders WHERE id = ?", made.lead)[0][0])}
    row = by_hand(house, follower, tracking(5))
    assert (row.order, row.number, row.cod) == (made.lead, tracking(5), 2400)
    assert query(house.database, "SELECT count(*) FROM waybills") == [(1,)]
    with pytest.raises(NotAllowed, match=r"waybill\.number_taken"):
        by_hand(house, follower, tracking(5))


def test_cash_of_a_merge_is_on_a_waybill_that_is_made_by_hand(house):
    cash = {"cod_amount": "1200", "payment": "代金引換"}
    set_to(house.database, waybill_when="close")
    house.take_in(order("1", **cash), order("2", **cash))
    with house.database.transaction() as tx:
        merge.merge(tx, "leader", str(uuid4()), house.ids("1", "2"))
    house.release()
    assert query(house.database, "SELECT count(*) FROM waybills") == [(0,)]
    assert by_hand(house, "2", tracking(5)).cod == 2400


def test_pieces_of_one_shipment_may_share_their_number_by_hand(released):
    with released.database.transaction() as tx:
        changes.change_service(tx, "leader", str(uuid4()), released.id("1"), SAGAWA, "hikyaku", 2)
    assert [by_hand(released, "1", tracking(5)).piece for _ in range(2)] == [1, 2]
    with pytest.raises(NotAllowed, match=r"waybill\.number_taken"):
        by_hand(released, "1", tracking(5))
    with pytest.raises(NotAllowed, match=r"waybill\.number_taken"):
        by_hand(released, "2", tracking(5))


def test_a_hand_written_number_needs_a_right(released):
    with released.database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "見本 一郎", "9", Role.PACKER, "ja")
    Station(released.database, "leader").scan("KU-9")
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        by_hand(released, "1", tracking(5))
    by_hand(released, "1", tracking(5), station="office")


def test_a_waybill_sticks_on_one_parcel_and_comes_off_again(released):
    by_hand(released, "1", tracking(5))
    waybill = released.waybills("1")[0].id
    with released.database.transaction() as tx:
        waybills.attach(tx, waybill, 77)
    with pytest.raises(NotAllowed, match=r"waybill\.cannot_attach"), released.database.transaction() as tx:
        waybills.attach(tx, waybill, 78)
    assert released.waybills("1")[0].parcel == 77
    with released.database.transaction() as tx:
        waybills.detach(tx, waybill)
        gone = waybills.void_for(tx, released.id("1"), "test")
    assert [(each.number, each.state_before) for each in gone] == [(tracking(5), "numbered")]
    with pytest.raises(NotAllowed, match=r"waybill\.cannot_attach"), released.database.transaction() as tx:
        waybills.attach(tx, waybill, 77)


# --- how long it takes --------------------------------------------------------------------------------------------


def test_a_thousand_orders_are_released_and_exported_in_seconds(house, files):
    """A generous limit: it is a measure's business to hold the real one."""
    house.take_in(*[order(f"{n:04d}") for n in range(300)])
    began = time.monotonic()
    house.release(Choice(limit=300))
    (path,) = exported(house, files, batch=1)
    house.take_numbers(issued(path, files, [tracking(n) for n in range(300)]))
    assert time.monotonic() - began < 30
    assert query(house.database, "SELECT count(*) FROM waybills WHERE state = 'numbered'")[0][0] == 300
