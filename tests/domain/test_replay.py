"""Moments out of journal rows: pauses, places, what was asked and counted, what was taken back."""

from app.domain.replay import Entry, Place, after_pauses, moments


def entry(at=0, kind="scan", act="a", answer=None, level="ok", **more):
    given = {"station": "1", "seq": 1, "person": "", "raw": "x", "key": "item.ok", "facts": [], "hash": "h"}
    return Entry(act=act, at=at, kind=kind, level=level, answer=answer or {}, **(given | more))


def test_the_pause_is_the_time_since_the_moment_before():
    assert [each.pause_ms for each in moments([entry(1000), entry(1400), entry(9000)])] == [None, 400, 7600]


def test_a_clock_that_went_back_gives_no_pause_below_nothing():
    assert moments([entry(1000), entry(900)])[1].pause_ms == 0


def test_the_place_follows_from_the_kind_of_act():
    kinds = ("pick", "scan", "handover", "return", "hold")
    assert [each.place for each in moments([entry(kind=kind) for kind in kinds])] == [
        Place.SHELF, Place.BENCH, Place.DOCK, Place.RETURN, Place.OFFICE,
    ]  # fmt: skip
    assert moments([entry(kind="pick", at_wall=True)])[0].place is Place.WALL


def test_what_was_asked_and_counted_comes_from_the_stored_answer():
    answer = {"args": {"name": "tea"}, "ask": {"kind": "item"}, "done": 2, "wanted": 5}
    (told,) = moments([entry(answer=answer, level="refused")])
    assert (told.args, told.ask, told.done, told.wanted) == ({"name": "tea"}, {"kind": "item"}, 2, 5)
    assert told.refused


def test_an_answer_of_the_dock_is_unwrapped():
    (told,) = moments([entry(kind="handover", answer={"result": {"number": "1001", "piece": 1, "labels": []}})])
    assert told.args == {"number": "1001", "piece": 1}


def test_a_damaged_answer_tells_nothing():
    (told,) = moments([entry(answer={"args": 3, "done": "x"})])
    assert (told.args, told.done) == ({}, 0)


def test_acts_that_were_taken_back_are_marked():
    assert [each.undone for each in moments([entry(act="a"), entry(act="b")], {"a"})] == [True, False]


def test_long_pauses_are_cut_when_played():
    played = after_pauses(moments([entry(0), entry(500), entry(60_500)]), 3000)
    assert played == (0, 500, 3500)
