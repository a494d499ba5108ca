"""The leader's board on both databases: kept counters, yesterday's leftovers, days of 23 and 25 hours."""

from datetime import UTC, datetime

import pytest

from app.services import board as service
from app.services.board import board
from tests.makers import change
from tests.services.dock import HOUR, SAGAWA, YAMATO, Dock, dock_of

DAY = 24 * HOUR
NOON = int(datetime(2026, 7, 14, 3, tzinfo=UTC).timestamp() * 1000)
"""Noon in Japan."""


@pytest.fixture
def dock(database) -> Dock:
    return dock_of(database, *(f"A-{at}" for at in range(1, 7)))


def shown(dock: Dock, now: int = NOON):
    with dock.database.reading() as tx:
        return board(tx, now)


def put(dock: Dock, number: str, state: str, cut_off: int | None, carrier: str = YAMATO) -> None:
    dock.going(number, carrier, cut_off, state=state)


def lines(made):
    return [
        (row.load.cut_off, row.load.carrier, row.load.held, row.load.ready, row.load.to_do, row.load.verified,
         row.load.shipped)
        for row in made.rows
    ]  # fmt: skip


def test_every_state_has_its_column(dock):
    at = NOON + 2 * HOUR
    for number, state in zip(
        ("A-1", "A-2", "A-3", "A-4", "A-5", "A-6"),
        ("received", "ready", "released", "picked", "verified", "reported"),
        strict=True,
    ):
        put(dock, number, state, at)
    assert lines(shown(dock)) == [(at, YAMATO, 1, 1, 2, 1, 1)]
    assert shown(dock).remaining == 3


def test_pickups_and_carriers_are_lines_of_their_own_and_no_carrier_is_on_no_board(dock):
    put(dock, "A-1", "ready", NOON + 5 * HOUR)
    put(dock, "A-2", "ready", NOON + 2 * HOUR)
    put(dock, "A-3", "ready", NOON + 2 * HOUR, SAGAWA)
    assert [(at, carrier) for at, carrier, *_ in lines(shown(dock))] == [
        (NOON + 2 * HOUR, SAGAWA), (NOON + 2 * HOUR, YAMATO), (NOON + 5 * HOUR, YAMATO),
    ]  # fmt: skip


def test_what_is_left_of_yesterday_shows_and_what_went_does_not(dock):
    put(dock, "A-1", "verified", NOON - DAY)
    put(dock, "A-2", "shipped", NOON - DAY)
    put(dock, "A-3", "shipped", NOON - 2 * DAY)
    put(dock, "A-4", "ready", NOON - 400 * DAY)
    change(dock.database, "UPDATE orders SET queue_at = cut_off WHERE cut_off IS NOT NULL")
    made = shown(dock)
    assert lines(made) == [(NOON - 400 * DAY, YAMATO, 0, 1, 0, 0, 0), (NOON - DAY, YAMATO, 0, 0, 0, 1, 1)]
    assert [row.overdue for row in made.rows] == [True, True]
    assert made.late == 1


def test_tomorrow_is_not_on_the_board_and_orders_without_a_pickup_are(dock):
    put(dock, "A-1", "ready", NOON + DAY)
    put(dock, "A-2", "ready", None)
    put(dock, "A-3", "shipped", None)
    assert lines(shown(dock)) == [(None, YAMATO, 0, 1, 0, 0, 0)]


def test_the_pace_counts_parcels_closed_in_this_hour(dock):
    put(dock, "A-1", "ready", NOON + HOUR)
    ago = {1: 10, 2: 20, 3: 40, 4: 59, 5: 61, 6: 600}
    for at, minutes in ago.items():
        change(
            dock.database,
            "UPDATE parcels SET closed_at = ? WHERE order_id = ?",
            NOON - minutes * 60_000, dock.order(f"A-{at}"),
        )  # fmt: skip
    made = shown(dock)
    assert (made.pace.last_30, made.pace.last_60, made.pace.per_hour) == (2, 4, 4)
    assert made.rows[0].late == 0


def test_counters_of_many_stations_are_added_and_come_back_to_nothing(dock):
    put(dock, "A-1", "released", NOON + HOUR)
    change(dock.database, "UPDATE orders SET holder = '9', state = 'verified' WHERE number = 'A-1'")
    change(dock.database, "UPDATE orders SET holder = '' WHERE number = 'A-1'")
    change(dock.database, "UPDATE orders SET state = 'released' WHERE number = 'A-1'")
    assert lines(shown(dock)) == [(NOON + HOUR, YAMATO, 0, 0, 1, 0, 0)]


def test_the_databases_own_clock_is_used_without_a_moment(dock):
    put(dock, "A-1", "ready", dock.now())
    with dock.database.reading() as tx:
        assert board(tx).rows[0].load.ready == 1


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Tokyo", datetime(2026, 7, 14, 12, tzinfo=UTC), 24),
        ("Europe/London", datetime(2026, 3, 29, 12, tzinfo=UTC), 23),
        ("Europe/London", datetime(2026, 10, 25, 12, tzinfo=UTC), 25),
        ("America/Santiago", datetime(2026, 9, 6, 12, tzinfo=UTC), 23),  # midnight itself does not exist
    ],
)
def test_a_day_has_the_hours_that_the_clocks_give_it(zone, day, hours):
    start, end = service._day(int(day.timestamp() * 1000), zone)
    assert end - start == hours * HOUR
    assert start <= day.timestamp() * 1000 < end


def test_just_after_midnight_the_evening_pickup_is_yesterdays(dock):
    evening = int(datetime(2026, 7, 14, 9, tzinfo=UTC).timestamp() * 1000)  # 18:00 in Japan
    midnight = int(datetime(2026, 7, 14, 15, 1, tzinfo=UTC).timestamp() * 1000)
    put(dock, "A-1", "verified", evening)
    put(dock, "A-2", "shipped", evening)
    change(dock.database, "UPDATE orders SET queue_at = cut_off WHERE cut_off IS NOT NULL")
    assert [row.overdue for row in shown(dock, midnight).rows] == [True]
    assert shown(dock, midnight - DAY).rows[0].overdue is False, "the clock went back: it is still to come"
