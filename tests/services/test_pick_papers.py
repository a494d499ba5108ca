"""Papers of a real wave on both databases: what the planned job says stands on its list and its sheet of places."""

from datetime import date
from uuid import uuid4

import pytest

from app.domain.jobs import JobState
from app.domain.pick_papers import MapStop
from app.domain.place_labels import LabelKind, Zone
from app.domain.warehouse import Shelf
from app.errors import NotAllowed, NotFound
from app.services import containers, papers, pick_papers, printing, waves
from app.services.containers import NewContainer
from app.services.printing import PrintRunner
from app.services.release import Choice
from app.storage import shelves as shelves_storage
from app.text import texts
from tests.documents.makers import page_texts, text_of, tight
from tests.makers import change, query, set_to
from tests.printing_ways import FolderWays
from tests.services.shipping import Warehouse, order

JA, EN = texts("ja"), texts("en")
HOUSE = (
    Shelf("A-01", "1F", "A", "01", "", 0, 5000),
    Shelf("A-02", "1F", "A", "02", "", 0, 9000),
    Shelf("B-01", "1F", "B", "01", "", 4000, 5000),
)
"""The goods' shelf A-03 is not on the map."""


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    with database.transaction() as tx:
        shelves_storage.replace_all(tx, HOUSE)
    return made


def wave(house, mode):
    with house.desk() as desk:
        return waves.release_wave(desk, Choice(), mode)


def the_list(house, sequence=1, words=JA, reason=""):
    with house.database.reading() as tx:
        return pick_papers.job_list(tx, 1, sequence, words, reason)


def places(house, sequence=1):
    with house.database.reading() as tx:
        return pick_papers.place_sheet(tx, 1, sequence)


@pytest.fixture
def released(house):
    """Two orders of three products, picked by one list."""
    house.take_in(order("1", ("SKU-1", 2), ("SKU-3", 1)), order("2", ("SKU-2", 4), ("SKU-1", 1)))
    wave(house, "paper")
    return house


def test_the_list_adds_up_per_shelf_and_says_what_each_order_gets(released):
    found = the_list(released)
    assert (found.number, found.code, found.mode) == ("1-1", "KL-1-1", JA.say("mode.paper"))
    assert {(stop.shelf, stop.sku, stop.quantity) for stop in found.stops} == {
        ("A-01", "SKU-1", 3),
        ("A-02", "SKU-2", 4),
        ("A-03", "SKU-3", 1),
    }
    assert found.pieces == 8
    assert [stop.placed for stop in found.stops] == [True, True, False]
    assert found.stops[-1].sku == "SKU-3"
    assert {each.ship_number: sorted((part.sku, part.quantity) for part in each.parts) for each in found.orders} == {
        f"1-{released.sequence(1).index('1') + 1:03d}": [("SKU-1", 2), ("SKU-3", 1)],
        f"1-{released.sequence(1).index('2') + 1:03d}": [("SKU-1", 1), ("SKU-2", 4)],
    }
    assert [each.ship_number for each in found.orders] == ["1-001", "1-002"]
    assert isinstance(found.issued_on, date)


def test_a_shelf_that_fell_off_the_map_since_then_comes_last(released):
    with released.database.transaction() as tx:
        shelves_storage.replace_all(tx, [HOUSE[1]])
    found = the_list(released)
    assert found.stops[0].shelf == "A-02"
    assert [stop.placed for stop in found.stops] == [True, False, False]


def test_the_map_has_the_walk_and_the_rows_of_the_list(released):
    found = the_list(released)
    assert found.walk is not None
    assert found.walk.shelves == ((0.0, 5.0), (0.0, 9.0), (4.0, 5.0))
    numbers = {stop.shelf: at for at, stop in enumerate(found.stops, 1)}
    assert {(each.number, each.at) for each in found.walk.stops} == {
        (numbers["A-01"], (0.0, 5.0)),
        (numbers["A-02"], (0.0, 9.0)),
    }
    assert all(isinstance(each, MapStop) for each in found.walk.stops)
    (length,) = query(released.database, "SELECT walk FROM jobs")[0]
    assert f'"metres":{found.metres}' in length.replace(" ", "")
    assert found.metres > 0
    assert found.saved >= 0


def test_what_was_cancelled_or_is_short_is_not_taken(released):
    change(released.database, "UPDATE orders SET state = 'cancelled' WHERE number = '2'")
    change(released.database, "UPDATE picks SET short = 1 WHERE order_id = ? AND wanted = 2", released.id("1"))
    found = the_list(released)
    assert {(stop.sku, stop.quantity) for stop in found.stops} == {("SKU-1", 1), ("SKU-3", 1)}
    assert len(found.orders) == 1


def test_goods_have_their_english_name_on_an_english_list(released):
    change(released.database, "UPDATE products SET name_en = 'Green tea' WHERE sku = 'SKU-1'")
    assert "Green tea" in {stop.name for stop in the_list(released, words=EN).stops}
    assert "Green tea" not in {stop.name for stop in the_list(released, words=JA).stops}


def test_the_same_goods_in_other_colours_are_rows_apart(released):
    change(
        released.database,
        "UPDATE order_lines SET options = 'blue' WHERE sku = 'SKU-1' AND order_id = ?",
        released.id("1"),
    )
    rows = {(stop.options, stop.quantity) for stop in the_list(released).stops if stop.sku == "SKU-1"}
    assert rows == {("blue", 2), ("", 1)}


class Printer:
    """Keeps what comes out, by its title."""

    def __init__(self):
        self.papers = {}

    def send(self, title, pdf):
        self.papers[title] = pdf
        return title


def printed(house):
    printer = Printer()
    with house.desk() as desk:
        PrintRunner(desk, FolderWays(printer)).work_off()
    return printer.papers


def test_a_release_in_paper_mode_prints_the_list_of_each_job(released):
    papers_ = printed(released)
    (name,) = [title for title in papers_ if "job_list" in title]
    assert name.endswith("job_list-job-1-1")
    shown = tight(text_of(papers_[name]))
    for part in ("KL-1-1", "SKU-1", "SKU-2", "SKU-3", "1-001", "1-002"):
        assert part in shown, part


def test_a_list_that_came_out_before_is_known(released):
    def came_out(sequence):
        with released.database.reading() as tx:
            return printing.came_out(tx, "job_list", 1, sequence)

    assert not came_out(1)
    printed(released)
    assert came_out(1)
    assert not came_out(2)


def test_the_list_of_a_job_that_was_taken_back_never_comes_out(released):
    change(released.database, "UPDATE jobs SET state = ?", str(JobState.TAKEN_BACK))
    assert not [title for title in printed(released) if "job_list" in title]
    states = dict(query(released.database, "SELECT paper, state FROM print_jobs WHERE paper = 'job_list'"))
    assert states == {"job_list": "dropped"}


def test_a_cart_says_which_tote_is_whose_as_they_are_scanned(house):
    house.take_in(order("1", ("SKU-1", 2)), order("2", ("SKU-2", 4), ("SKU-1", 1)))
    wave(house, "cart")
    before = places(house)
    assert (before.wall, before.cart) == (False, "")
    used = [place for place in before.places if place.ship_number]
    assert sorted((place.ship_number, place.lines, place.pieces, place.codes) for place in used) == [
        ("1-001", *_amounts(house, "1-001"), ()),
        ("1-002", *_amounts(house, "1-002"), ()),
    ]
    change(house.database, "UPDATE jobs SET totes = ?, cart = 'C-2'", '{"1": ["T-8", "T-9"]}')
    after = places(house)
    assert after.cart == "C-2"
    assert after.places[0].codes == ("T-8", "T-9")


def _amounts(house, ship_number):
    """Lines and pieces of an order by its ship number."""
    number = house.sequence(1)[int(ship_number[-3:]) - 1]
    return {"1": (1, 2), "2": (2, 5)}[number]


def test_the_sort_after_a_total_pick_has_a_sheet_of_the_wall(house):
    house.take_in(order("1", ("SKU-1", 2)), order("2", ("SKU-2", 4), ("SKU-1", 1)))
    wave(house, "total")
    found = places(house, 2)
    assert found.wall
    assert [place.ship_number for place in found.places if place.ship_number] == ["1-001", "1-002"]
    with house.database.reading() as tx:
        drawn = papers.paper_of_job(tx, "place_sheet", order=None, batch=1, version=2, copy_reason="missing").draw()
    assert "種まき棚の置き場表" in "".join(page_texts(drawn.pdf))


def test_an_unknown_job_is_named(house):
    with house.database.reading() as tx:
        for text in ("3-1", "KL-3-1", "12", "x", "9" * 12 + "-1"):
            with pytest.raises(NotFound, match=r"job\.no_such") as refused:
                pick_papers.job_named(tx, text)
            assert refused.value.args_["job"] == text


def test_a_job_is_named_by_its_list_or_by_its_number(released):
    with released.database.reading() as tx:
        assert {pick_papers.job_named(tx, text) for text in ("1-1", " kl-1-1", "KL-1-1")} == {(1, 1)}


# --- labels -------------------------------------------------------------------------------------------------------


def labels(house, *codes, **more):
    with house.database.reading() as tx:
        return pick_papers.shelf_labels(tx, codes, **more)


def test_shelves_of_the_map_and_of_the_goods_have_labels(house):
    found = labels(house)
    assert [label.code for label in found] == ["A-01", "A-02", "A-03", "B-01"]
    assert (found[0].kind, found[0].zone, found[0].aisle, found[0].bay) == (LabelKind.SHELF, "1F", "A", "01")
    assert [label.code for label in labels(house, aisle="B")] == ["B-01"]
    assert [label.code for label in labels(house, "Z-9", "A-02")] == ["Z-9", "A-02"]


def test_levels_of_a_bay_get_arrows(house):
    with house.database.transaction() as tx:
        shelves_storage.replace_all(tx, [Shelf(f"C-1-{level}", "", "C", "1", str(level)) for level in (1, 2)])
    assert [label.arrow for label in labels(house, "C-1-1", "C-1-2")] == ["down", "up"]
    assert [label.arrow for label in labels(house, "C-1-1", pointing=False)] == [""]


def test_a_shelf_that_a_scan_would_not_name_is_refused(house):
    change(house.database, "UPDATE products SET shelf = 'Ａ－９' WHERE sku = 'SKU-1'")
    with pytest.raises(NotAllowed, match=r"labels\.wide") as refused:
        labels(house)
    assert (refused.value.args_["code"], refused.value.args_["plain"]) == ("Ａ－９", "A-9")
    with pytest.raises(NotFound, match=r"labels\.no_shelves"):
        labels(house, zone="9F")


def test_zones_come_from_the_map(house):
    with house.database.reading() as tx:
        assert pick_papers.zones(tx) == (Zone("1F", ("A", "B"), 3),)
        with pytest.raises(NotFound, match=r"labels\.no_zone\b"):
            pick_papers.zones(tx, ["1F", "2F"])


def test_a_house_without_zones_says_so(house):
    with house.database.transaction() as tx:
        shelves_storage.replace_all(tx, [Shelf("A")])
    with house.database.reading() as tx, pytest.raises(NotFound, match=r"labels\.no_zones"):
        pick_papers.zones(tx)


def test_a_bound_slot_stands_on_the_sheet_of_the_wall(house):
    set_to(house.database, wall_slots="4")
    house.take_in(order("1", ("SKU-1", 2)))
    wave(house, "total")
    with house.database.transaction() as tx:
        containers.make_known(tx, "leader", str(uuid4()), [NewContainer("slot", "A1", "", 1)])
    change(house.database, "UPDATE jobs SET totes = ? WHERE stage = 'sort'", '{"1": ["A1"]}')
    (place,) = [place for place in places(house, 2).places if place.ship_number]
    assert place.codes == ("A1",)
