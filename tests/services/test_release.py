"""Release on both databases: preview, sequence, chunks, a kill in between, two leaders at once, taking back."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.people import Role
from app.errors import NotAllowed, NotFound
from app.services import papers, people, printing, release, waybills
from app.services.desk import Desk
from app.services.printing import PrintRunner
from app.services.release import Choice
from app.services.settings import all_settings
from tests.makers import Station, change, faults_of, query, set_to
from tests.printing_ways import FolderWays, said
from tests.services.shipping import HOME, SAGAWA, YAMATO, Warehouse, abroad, order

HOUR = 3_600_000


@pytest.fixture
def house(database, open_another):
    return Warehouse(database, open_another)


def preview(house, choice=None, **more):
    with house.database.reading() as tx:
        return release.preview(tx, choice or Choice(), **more)


# --- preview ------------------------------------------------------------------------------------------------------


def test_the_preview_counts_what_would_go_and_names_what_would_not(house):
    house.take_in(
        order("1", ("SKU-1", 2)),
        order("2", ("SKU-3", 1)),
        order("3", ("SKU-1", 1), ("SKU-2", 4)),
        order("4", note="急いで", holds=("remark",)),
    )
    found = preview(house)
    assert [each.number for each in found.orders] == ["1", "3", "2"]
    assert (found.lines, found.pieces) == (4, 8)
    groups = [(group.carrier, group.service, group.temperature, group.orders) for group in found.groups]
    assert groups == [(YAMATO, "takkyubin", "ambient", 2), (YAMATO, "takkyubin", "frozen", 1)]
    assert dict(found.held) == {"remark": 1}
    assert found.nothing == ""


def test_nothing_to_release_has_its_sentence(house):
    assert preview(house).nothing == "release.nothing"
    house.take_in(order("1", holds=("remark",)))
    assert preview(house).nothing == "release.none_may_go"
    done = house.release()
    assert (done.batch, done.ship_numbers) == (None, ())
    assert query(house.database, "SELECT count(*) FROM batches")[0][0] == 0


def test_a_pickup_that_has_passed_is_said(house):
    house.take_in(order("1"))
    now = query(house.database, "SELECT max(at) FROM imports")[0][0]
    change(house.database, "UPDATE orders SET cut_off = ?, queue_at = ?", now - HOUR, now - HOUR)
    found = preview(house, Choice(pickup_from=now - HOUR, pickup_to=now - HOUR))
    assert found.nothing == "release.pickup_passed"
    assert len(found.passed) == 5
    assert [each.why for each in found.left_out] == ["release.left.pickup_passed"]


def test_an_order_that_the_gate_moves_to_another_pickup_stays_out(house):
    house.take_in(order("1"))
    soon = query(house.database, "SELECT max(at) FROM imports")[0][0] + HOUR
    change(house.database, "UPDATE orders SET cut_off = ?, queue_at = ?", soon, soon)
    choice = Choice(pickup_from=soon, pickup_to=soon)
    assert [each.number for each in preview(house, choice).orders] == ["1"]
    done = house.release(choice)  # no carrier comes at that time: the gate finds out when it judges again
    assert done.batch is None
    assert [(each.number, each.why) for each in done.refused] == [("1", "release.left.pickup_passed")]


def test_old_data_of_a_shop_keeps_its_orders_back_until_somebody_says_otherwise(house):
    house.take_in(order("1"))
    house.take_in(order("2"), shop="other")
    change(house.database, "UPDATE imports SET at = at - ? WHERE shop = 'other'", 4 * HOUR)
    found = preview(house)
    assert [each.number for each in found.orders] == ["1"]
    assert [(each.number, each.why, each.args["shop"]) for each in found.left_out] == [
        ("2", "release.left.stale", "other")
    ]
    assert [stale.shop for stale in found.stale] == ["other"]
    assert len(preview(house, stale_ok=True).orders) == 2
    assert house.release().ship_numbers == ("1-001",)
    assert house.release(stale_ok=True).ship_numbers == ("2-001",)


def test_what_the_carrier_forbids_and_a_missing_account_are_named(house):
    house.take_in(order("1"), order("2"))
    change(house.database, "UPDATE orders SET parcel_count = 3, temperature = 'chilled' WHERE number = '2'")
    change(house.database, "UPDATE orders SET service_by = 'hand' WHERE number = '2'")
    left = preview(house).left_out
    assert [(each.number, each.why, each.faults[0].key) for each in left] == [
        ("2", "release.left.fault", "fault.cool_in_pieces")
    ]
    change(house.database, "DELETE FROM carrier_accounts WHERE carrier = ?", YAMATO)
    left = preview(house).left_out
    assert [(each.number, each.why) for each in left] == [("1", "release.left.account"), ("2", "release.left.account")]
    assert left[0].faults[0].key == "fault.account_missing"


def test_a_choice_is_by_carrier_shop_size_cold_and_limit(house):
    house.take_in(order("1"), order("2", ("SKU-3", 1)))
    house.take_in(order("3"), order("4"), shop="other")
    change(house.database, "UPDATE orders SET carrier = ?, service = 'hikyaku' WHERE number = '4'", SAGAWA)
    change(house.database, "UPDATE orders SET size = 80 WHERE number = '3'")

    def chosen(**by):
        return [each.number for each in preview(house, Choice(**by)).orders]

    assert chosen(carrier=SAGAWA) == ["4"]
    assert chosen(carrier=f"{YAMATO}/takkyubin", shop="shop") == ["1", "2"]
    assert chosen(temperature="frozen") == ["2"]
    assert chosen(size=80) == ["3"]
    assert chosen(size=60) == []
    assert len(chosen(limit=3)) == 3
    with pytest.raises(NotFound):
        chosen(shop="nobody")


# --- releasing ----------------------------------------------------------------------------------------------------


def test_the_sequence_is_carrier_service_cold_then_the_walk(house):
    set_to(house.database, stock_tracked="off")
    house.take_in(
        order("ice", ("SKU-3", 1)),
        order("both", ("SKU-1", 1), ("SKU-2", 1)),
        order("cup", ("SKU-2", 1)),
        order("tea", ("SKU-1", 1)),
        order("other", ("SKU-1", 1), delivery="佐川"),
    )
    change(
        house.database, "UPDATE orders SET carrier = ?, service = 'hikyaku', service_by = 'hand' WHERE number = ?",
        SAGAWA, "other",
    )  # fmt: skip
    done = house.release()
    assert done.ship_numbers == ("1-001", "1-002", "1-003", "1-004", "1-005")
    assert house.sequence(1) == ["other", "tea", "both", "cup", "ice"]


def test_a_release_freezes_a_version_gives_numbers_asks_for_waybills_and_queues_papers(house):
    house.take_in(order("1"), order("2"))
    done = house.release()
    assert (done.batch, done.batches, done.refused) == (1, (1,), ())
    rows = query(house.database, "SELECT number, state, version, batch, sequence FROM orders ORDER BY sequence")
    assert rows == [("1", "released", 1, 1, 1), ("2", "released", 1, 1, 2)]
    released = query(house.database, "SELECT batch, sequence, order_id, version, taken_back FROM releases")
    assert sorted(released) == [(1, 1, house.id("1"), 1, None), (1, 2, house.id("2"), 1, None)]
    asked = house.waybills("1")
    assert [(row.key, row.state, row.piece, row.pieces, row.carrier) for row in asked] == [
        ("1-001-1", "requested", 1, 1, YAMATO)
    ]
    assert house.jobs() == [("pick_list", 1, 0), ("slips", 1, 0)]
    assert query(house.database, "SELECT size, station FROM batches") == [(2, "leader")]
    assert query(house.database, "SELECT sum(reserved) FROM order_lines")[0][0] == 2
    assert not faults_of(house.database)


def test_a_shop_that_needs_no_waybill_or_makes_it_at_the_close_gets_none_now(house):
    set_to(house.database, waybill_when="close")
    house.take_in(order("1"))
    house.release()
    assert house.waybills("1") == []
    with house.database.transaction() as tx:
        made = waybills.request_for(tx, house.id("1"))
    assert [row.id for row in house.waybills("1")] == made
    set_to(house.database, waybill_required="off", waybill_when="release")
    house.take_in(order("2"))
    house.release()
    assert house.waybills("2") == []


def test_a_merged_order_comes_right_after_its_lead_and_shares_its_waybill(house):
    house.take_in(order("lead", ("SKU-1", 1)), order("between", ("SKU-1", 1)), order("with", ("SKU-2", 1)))
    lead = house.id("lead")
    change(house.database, "UPDATE orders SET lead_id = ?, cod = 0 WHERE number = 'with'", lead)
    done = house.release(Choice(orders=house.ids("with", "between")))
    assert house.sequence(done.batch) == ["between", "lead", "with"]
    assert len(house.waybills("lead")) == 1
    assert house.waybills("with") == []


def test_a_merge_goes_together_or_not_at_all(house):
    house.take_in(order("lead"), order("with", holds=("remark",)), order("alone"))
    change(house.database, "UPDATE orders SET lead_id = ? WHERE number = 'with'", house.id("lead"))
    done = house.release()
    assert house.sequence(done.batch) == ["alone"]
    assert {(each.number, each.why) for each in done.refused} == {
        ("lead", "release.left.merge"),
        ("with", "order.held_short"),
    }


def test_the_gate_and_the_stock_are_asked_again_before_the_release(house):
    house.take_in(order("1", ("SKU-3", 400)), order("2", ("SKU-3", 400)), order("3", ship_to=abroad()))
    done = house.release()
    assert house.sequence(done.batch) == ["1"]
    assert house.state("2") == "received"
    assert query(house.database, "SELECT hold FROM holds WHERE order_id = ?", house.id("2")) == [("no_stock",)]


def test_the_same_act_again_releases_nothing_more(house):
    house.take_in(order("1"))
    act = str(uuid4())
    first = house.release(act=act)
    house.take_in(order("2"))
    assert house.release(act=act) == first
    assert house.state("2") == "ready"


def test_one_transaction_releases_by_the_same_code_and_tells_again_what_it_did(house):
    house.take_in(order("1"), order("2", holds=("remark",)))
    act = str(uuid4())
    told = []
    for _ in range(2):
        with house.database.transaction() as tx:
            told.append(release.at_once(tx, "leader", act, house.ids("1", "2")))
    assert told[0].ship_numbers == told[1].ship_numbers == ("1-001",)
    assert [(each.number, each.why) for each in told[0].refused] == [("2", "order.held_short")]
    assert house.jobs() == [("pick_list", 1, 0), ("slips", 1, 0)]


def test_a_person_without_the_right_releases_nothing(house):
    house.take_in(order("1"))
    with house.database.transaction() as tx:
        people.add(tx, "leader", str(uuid4()), "見本 一郎", "9", Role.PACKER, "ja")
    Station(house.database, "leader").scan("KU-9")
    with pytest.raises(NotAllowed, match=r"right\.missing"):
        house.release()
    assert house.state("1") == "ready"


# --- a kill in between --------------------------------------------------------------------------------------------


class Killed(Exception):
    pass


@pytest.fixture
def killed(monkeypatch):
    """Let a release die before its chunk of this number."""

    def at(number):
        real, calls = release._chunk, []

        def dying(*args, **named):
            calls.append(args)
            if len(calls) == number:
                raise Killed
            return real(*args, **named)

        monkeypatch.setattr(release, "_chunk", dying)

    monkeypatch.setattr(release, "_FIRST_CHUNK", 10)
    monkeypatch.setattr(release, "_LARGEST_CHUNK", 10)
    monkeypatch.setattr(Desk, "next_size", lambda self, size, *took, **more: size)  # however busy the machine is
    return at


def test_a_kill_leaves_a_batch_whose_papers_come_out_by_themselves(house, killed, monkeypatch):
    house.take_in(*[order(str(n)) for n in range(35)])
    killed(3)
    with pytest.raises(Killed):
        house.release()
    assert len(house.sequence(1)) == 20
    assert house.jobs() == [("pick_list", 1, 1), ("slips", 1, 1)]
    assert not faults_of(house.database)
    printed = []

    class Sender:
        def send(self, title, pdf):
            printed.append(title)
            return title

    with house.desk() as desk:
        assert printing.PrintRunner(desk, FolderWays(Sender())).work_off() == []
        change(house.database, "UPDATE print_jobs SET not_before = not_before - ?", release.HELD_BACK_MS + 1000)
        assert len(printing.PrintRunner(desk, FolderWays(Sender())).work_off()) == 2
    assert [title.split("-", 1)[1] for title in printed] == ["pick_list-batch-1", "slips-batch-1"]


def test_the_same_act_goes_on_in_the_same_batch(house, killed, monkeypatch):
    house.take_in(*[order(str(n)) for n in range(35)])
    killed(3)
    act = str(uuid4())
    with pytest.raises(Killed):
        house.release(act=act)
    monkeypatch.undo()
    done = house.release(act=act)
    assert done.batches == (1,)
    assert done.ship_numbers == tuple(f"1-{n:03d}" for n in range(1, 36))
    assert len(house.sequence(1)) == 35
    assert house.jobs() == [("pick_list", 1, 0), ("slips", 1, 0)]
    assert query(house.database, "SELECT size FROM batches") == [(35,)]


def test_where_the_papers_came_out_meanwhile_a_new_batch_is_begun(house, killed, monkeypatch):
    house.take_in(*[order(str(n)) for n in range(15)])
    killed(2)
    act = str(uuid4())
    with pytest.raises(Killed):
        house.release(act=act)
    change(house.database, "UPDATE print_jobs SET state = 'confirmed' WHERE paper = 'slips'")
    monkeypatch.undo()
    done = house.release(act=act)
    assert done.batches == (1, 2)
    assert (len(house.sequence(1)), len(house.sequence(2))) == (10, 5)
    assert sorted(house.jobs()) == [("pick_list", 1, 0), ("pick_list", 2, 0), ("slips", 2, 0)]


def test_a_merge_is_never_cut_between_two_chunks(house, killed):
    house.take_in(*[order(f"{n:02d}") for n in range(12)])
    change(house.database, "UPDATE orders SET lead_id = ? WHERE number = '10'", house.id("09"))
    killed(2)
    with pytest.raises(Killed):
        house.release()
    assert house.sequence(1)[-2:] == ["09", "10"]


def test_a_limit_counts_over_an_interruption(house, killed, monkeypatch):
    house.take_in(*[order(f"{n:02d}", ordered_at=n) for n in range(40)])
    killed(2)
    act = str(uuid4())
    with pytest.raises(Killed):
        house.release(Choice(limit=25), act=act)
    monkeypatch.undo()
    assert len(house.release(Choice(limit=25), act=act).ship_numbers) == 25


def test_a_bench_goes_on_while_orders_are_released(house, monkeypatch):
    monkeypatch.setattr(release, "_FIRST_CHUNK", 5)
    monkeypatch.setattr(release, "_LARGEST_CHUNK", 5)
    house.take_in(*[order(f"{n:03d}") for n in range(60)])
    with house.desk() as desk:
        answers = []

        def between(done, _whole):
            answers.append((done, desk.scan("KP-CANCEL").result().key))

        finished = release.release(desk, Choice(), progress=between)
    assert len(finished.ship_numbers) == 60
    assert len(answers) > 5
    assert all(key for _, key in answers)


# --- two leaders --------------------------------------------------------------------------------------------------


def test_two_leaders_release_every_order_once_and_each_is_told(house, monkeypatch):
    house.take_in(*[order(f"{n:03d}") for n in range(60)])
    together = threading.Barrier(2)
    real = release._settle

    def settled(*args):
        found = real(*args)
        together.wait(timeout=20)
        return found

    monkeypatch.setattr(release, "_settle", settled)
    done = {}

    def lead(name):
        with house.desk(name) as desk:
            done[name] = release.release(desk, Choice())

    threads = [threading.Thread(target=lead, args=(name,)) for name in ("east", "west")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [number for each in done.values() for number in each.ship_numbers]
    assert len(numbers) == len(set(numbers)) == 60
    assert sum(len(each.refused) for each in done.values()) == 60
    assert {left.why for each in done.values() for left in each.refused} == {"state.released"}
    assert query(house.database, "SELECT count(*) FROM waybills")[0][0] == 60
    assert not faults_of(house.database)


# --- taking back --------------------------------------------------------------------------------------------------


def test_a_release_taken_back_is_ready_again_and_its_papers_are_void(house):
    house.take_in(order("1"), order("2"))
    house.release()
    with house.desk() as desk:
        done = release.take_back(desk, batch=1)
    assert done.ship_numbers == ("1-001", "1-002")
    assert (done.refused, done.pulled) == ((), ())
    rows = query(house.database, "SELECT state, version, batch, sequence FROM orders")
    assert rows == [("ready", 1, None, None)] * 2
    assert all(row[0] for row in query(house.database, "SELECT taken_back FROM releases"))
    assert [row.state for row in house.waybills("1")] == ["void"]
    assert query(house.database, "SELECT sum(reserved) FROM order_lines")[0][0] == 2
    again = house.release()
    assert again.ship_numbers == ("2-001", "2-002")
    assert [row.key for row in house.waybills("1")] == ["1-001-1", "2-001-2"]
    assert not faults_of(house.database)


def test_waybills_that_were_exported_go_on_the_pull_list(house):
    house.take_in(order("1"))
    house.release()
    house.export(batch=1)
    with house.desk() as desk:
        done = release.take_back(desk, orders=house.ids("1"))
    assert done.pulled == ("1-001-1",)
    assert query(house.database, "SELECT kind, text, carrier FROM pulls") == [("waybill", "1-001-1", YAMATO)]


def test_what_was_begun_is_not_taken_back(house):
    house.take_in(order("1", ("SKU-1", 2)), order("2"), order("3"))
    house.release()
    bench = Station(house.database)
    assert bench.scan("1-001").order == "1"
    with house.desk() as desk:
        done = release.take_back(desk, batch=1)
    assert done.ship_numbers == ("1-002", "1-003")
    assert [(each.number, each.why) for each in done.refused] == [("1", "release.left.begun")]
    assert house.state("1") == "released"


def test_an_unknown_batch_is_named(house):
    with house.desk() as desk, pytest.raises(NotFound, match=r"batch\.not_found"):
        release.take_back(desk, batch=99)


# --- papers -------------------------------------------------------------------------------------------------------


def slips_of(house, batch):
    with house.database.reading() as tx:
        return papers.paper_of_job(tx, "slips", order=None, batch=batch, copy_reason="").value


def test_slips_come_in_sequence_with_break_sheets(house):
    set_to(house.database, release_break_every="2")
    house.take_in(*[order(str(n)) for n in range(1, 6)], order("ice", ("SKU-3", 1)))
    house.release()
    made = slips_of(house, 1)
    assert [slip.order_number for slip in made.slips] == ["1", "2", "3", "4", "5", "ice"]
    assert [(place, str(sheet.first), str(sheet.last), sheet.count) for place, sheet in made.breaks] == [
        (0, "1-001", "1-002", 2),
        (2, "1-003", "1-004", 2),
        (4, "1-005", "1-005", 1),
        (5, "1-006", "1-006", 1),
    ]
    assert [(sheet.place, sheet.sheets) for _, sheet in made.breaks] == [(n, 4) for n in range(1, 5)]
    assert (made.breaks[0][1].temperature, made.breaks[3][1].temperature) == ("", "冷凍")
    assert made.breaks[0][1].service == "宅急便"


def test_without_the_setting_there_is_no_break_sheet_and_each_shop_has_its_own_block(house):
    house.take_in(order("1"))
    house.take_in(order("2"), shop="other")
    change(house.database, "UPDATE shops SET settings = ? WHERE name = 'other'", '{"shop.name":"別の店"}')
    house.release()
    made = slips_of(house, 1)
    assert made.breaks == ()
    assert [slip.shop.name for slip in made.slips] == ["見本商店", "別の店"]
    with house.database.reading() as tx:
        assert papers.paper_of_job(tx, "slips", order=None, batch=1, copy_reason="").draw().pages == 2


def test_settings_are_those_of_the_shop(house):
    """A shop that prints no slips gets none, whatever the house does."""
    house.take_in(order("1"))
    shop = query(house.database, "SELECT id FROM shops")[0][0]
    change(house.database, "UPDATE shops SET settings = ? WHERE id = ?", '{"slip.when":"off"}', shop)
    with house.database.reading() as tx:
        assert all_settings(tx, shop)["slip.when"] == "off"
    house.release()
    assert house.jobs() == [("pick_list", 1, 0)]


def test_a_slip_of_an_order_whose_release_was_taken_back_does_not_come_out(house):
    house.take_in(order("1"), order("2"))
    house.release()
    house.take_in(order("1", ship_to=replace(HOME, street="神宮前9-9-9")))
    assert ("packing_slip", None, 0) in house.jobs()
    with house.database.transaction() as tx:
        release.unrelease(tx, "leader", str(uuid4()), orders=house.ids("1"))
    with house.desk("office") as desk:
        assert PrintRunner(desk, FolderWays(Paper())).work_off() == []
    assert query(house.database, "SELECT state, error FROM print_jobs WHERE paper = 'packing_slip'") == [
        ("dropped", said("taken_back"))
    ]


class Paper:
    """A printer that prints everything."""

    def send(self, title, pdf):
        return title
