"""The board's forecast: earlier pickups first, carriers of one pickup share, nothing is promised without a pace."""

from app.domain.board import Load, Pace, forecast

HOUR = 3_600_000
NOW = 1_800_000_000_000


def test_the_pace_is_that_of_the_last_half_hour_and_after_a_pause_that_of_the_hour():
    assert Pace(20, 50).per_hour == 40
    assert Pace(0, 30).per_hour == 30
    assert Pace(0, 0).per_hour == 0


def test_what_fits_until_the_pickup_is_not_late():
    (row,) = forecast([Load(NOW + HOUR, "y", ready=10, to_do=10)], Pace(10, 20), NOW)
    assert (row.late, row.finish, row.overdue) == (0, NOW + HOUR, False)


def test_what_does_not_fit_is_counted():
    (row,) = forecast([Load(NOW + HOUR, "y", ready=15, to_do=10)], Pace(10, 20), NOW)
    assert row.late == 5
    assert row.finish == NOW + 25 * HOUR // 20


def test_an_earlier_pickup_takes_the_pace_first():
    rows = forecast([Load(NOW + 2 * HOUR, "y", ready=30), Load(NOW + HOUR, "s", ready=15)], Pace(10, 20), NOW)
    assert [(row.load.carrier, row.late) for row in rows] == [("s", 0), ("y", 5)]


def test_carriers_of_one_pickup_share_in_proportion():
    rows = forecast([Load(NOW + HOUR, "s", ready=10), Load(NOW + HOUR, "y", ready=30)], Pace(10, 20), NOW)
    assert [(row.load.carrier, row.late) for row in rows] == [("s", 5), ("y", 15)]


def test_a_past_pickup_has_missed_what_is_left_and_is_overdue():
    rows = forecast([Load(NOW - HOUR, "y", ready=3, verified=2), Load(NOW - HOUR, "s", shipped=9)], Pace(50, 90), NOW)
    assert [(row.load.carrier, row.late, row.overdue) for row in rows] == [("s", 0, False), ("y", 3, True)]


def test_packed_boxes_that_missed_their_car_are_overdue_though_nothing_is_to_be_packed():
    (row,) = forecast([Load(NOW, "y", verified=2)], Pace(1, 1), NOW)
    assert (row.late, row.overdue, row.finish) == (0, True, NOW)


def test_without_a_pace_or_a_pickup_nothing_is_foretold():
    rows = forecast([Load(NOW + HOUR, "y", ready=3), Load(None, "y", ready=3)], Pace(0, 0), NOW)
    assert [(row.late, row.finish) for row in rows] == [(None, None), (None, None)]


def test_held_orders_are_no_work_yet():
    (row,) = forecast([Load(NOW + HOUR, "y", held=100)], Pace(1, 1), NOW)
    assert (row.load.remaining, row.late) == (0, 0)


def test_orders_without_a_pickup_come_last():
    rows = forecast([Load(None, "a", ready=1), Load(NOW + 9, "z", ready=1), Load(NOW + 5, "z")], Pace(1, 1), NOW)
    assert [row.load.cut_off for row in rows] == [NOW + 5, NOW + 9, None]
