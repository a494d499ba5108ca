"""The list of cartons on both databases: files, single entries, stock, use, labels, and who may."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from app.domain.carton_list import IncomingCarton
from app.domain.cartons import CartonKind
from app.domain.intake import placeholders
from app.errors import FileUnusable, NotAllowed, NotFound
from app.services import carton_list
from app.services.carton_list import CartonReport, import_cartons
from app.services.desk import Desk
from app.text import texts
from tests.makers import change, query

ENGLISH = "code,name,kind,inner,outer,tare_g,max_g,cost_yen,carriage_yen,carrier_class,services,stock,low\n"
S60 = "S60,Small,box,240x160x110,246x166x122,140,10kg,60,700,60,yamato_b2/takkyubin,40,20\n"


class List:
    """A desk and files for it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self._folder = desk, folder

    def take(self, text: str, *, dry_run: bool = False, encoding: str = "utf-8") -> CartonReport:
        path = self._folder / "cartons.csv"
        path.write_bytes(text.encode(encoding))
        return import_cartons(self.desk, path, dry_run=dry_run)

    def do(self, function, *args, **named):
        return self.desk.do(carton_list.TOPICS, function, "1", str(uuid4()), *args, **named).result()

    def rows(self, **named):
        return {row.carton.code: row for row in self.desk.read(carton_list.page, **named).result()}


@pytest.fixture
def cartons(database, tmp_path):
    desk = Desk(database, "1")
    yield List(desk, tmp_path)
    desk.stop()


def keys(report: CartonReport) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.key.removeprefix("carton_list.")) for each in report.problems]


def test_a_list_is_taken_in_whole(cartons: List) -> None:
    report = cartons.take(ENGLISH + S60)
    assert (report.written, len(report.added), report.problems) == (True, 1, ())
    carton = cartons.rows()["S60"].carton
    assert (carton.inner_mm, carton.outer_mm, carton.tare_g, carton.max_g) == (
        (240, 160, 110),
        (246, 166, 122),
        140,
        10_000,
    )
    assert (carton.cost_yen, carton.carriage_yen, carton.carrier_class) == (60, 700, "60")
    assert (carton.services, carton.stock, carton.low) == (("yamato_b2/takkyubin",), 40, 20)


def test_a_japanese_list_in_cp932_is_taken_in(cartons: List) -> None:
    head = "箱コード,箱名,種類,内寸縦,内寸横,内寸高さ,外寸,耐荷重,箱代,送料,サイズ,配送サービス,在庫数,発注点\n"
    row = "ﾈｺ-1,ネコポス箱,メール便箱,304,220,26,312×228×30,950,38,250,ネコポス,ネコポス,なし,\n"
    bad = cartons.take(head + row, encoding="cp932")
    assert keys(bad) == [(2, "箱コード", "bad_code")]
    report = cartons.take(head + row.replace("ﾈｺ-1", "ｎｐ-１"), encoding="cp932")
    assert report.problems == ()
    carton = cartons.rows()["NP-1"].carton
    assert (carton.kind, carton.outer_mm, carton.services) == (
        CartonKind.MAILER,
        (312, 228, 30),
        ("yamato_b2/nekopos",),
    )
    assert carton.stock is None


def test_a_dry_run_tells_the_differences_and_writes_nothing(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    report = cartons.take("code,stock,cost_yen,max_g\nS60,50,60,12kg\n", dry_run=True)
    assert not report.written
    assert [(each.after.code, each.fields) for each in report.changed] == [("S60", ("max_g", "stock"))]
    assert cartons.rows()["S60"].carton.stock == 40


def test_what_the_file_does_not_have_stays(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    report = cartons.take(ENGLISH + S60.replace("S60", "S61", 1))
    assert (report.kept, sorted(cartons.rows())) == (("S60",), ["S60", "S61"])


def test_the_same_list_twice_changes_nothing(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    report = cartons.take(ENGLISH + S60)
    assert (report.same, report.changed, report.added) == (("S60",), (), ())


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (S60.replace("S60", "", 1), ("code", "no_code")),
        (S60.replace("S60", "OWN", 1), ("code", "bad_code")),
        (S60.replace("box", "crate"), ("kind", "bad_kind")),
        (S60.replace("240x160x110", "24x16x11"), ("inner", "size_in_cm")),
        (S60.replace("240x160x110", "240x160"), ("inner", "bad_size")),
        (S60.replace("240x160x110", "256x160x110"), ("inner", "inner_larger")),
        (S60.replace("10kg", "0"), ("max_g", "carries_nothing")),
        (S60.replace("10kg", "10"), ("max_g", "weight_in_kg")),
        (S60.replace("10kg", ""), ("max_g", "new_incomplete")),
        (S60.replace("yamato_b2/takkyubin", "post/letter"), ("services", "unknown_service")),
        (S60.replace(",40,", ",many,"), ("stock", "bad_number")),
        (S60.replace(",60,700,", ",sixty,700,"), ("cost_yen", "bad_number")),
    ],
)
def test_a_row_that_cannot_be_right_is_named_and_nothing_is_written(
    cartons: List, row: str, found: tuple[str, str]
) -> None:
    report = cartons.take(ENGLISH + S60.replace("S60", "GOOD", 1) + row)
    assert keys(report) == [(3, *found)]
    assert not report.written
    assert cartons.rows() == {}
    for language in ("ja", "en"):
        text = texts(language).say(report.problems[0].key, **placeholders(report.problems[0]))
        assert "{" not in text


def test_a_code_that_stands_twice_is_named_with_the_first_row(cartons: List) -> None:
    report = cartons.take(ENGLISH + S60 + S60.replace("S60", "kx-s60", 1))
    assert keys(report) == [(3, "code", "code_twice")]
    assert dict(report.problems[0].args) == {"first": "2"}


def test_half_a_size_in_three_columns_is_named(cartons: List) -> None:
    report = cartons.take("code,inner_length_mm,inner_width_mm,inner_height_mm,max_g\nS60,240,160,,10kg\n")
    assert keys(report) == [(2, "inner_length_mm", "size_incomplete")]


def test_a_file_without_codes_or_rows_is_refused_whole(cartons: List) -> None:
    for text in ("name,max_g\nSmall,10kg\n", ENGLISH):
        with pytest.raises(FileUnusable):
            cartons.take(text)


def test_one_carton_can_be_entered_and_changed(cartons: List) -> None:
    assert cartons.do(carton_list.add, IncomingCarton("kx-a1", inner_mm=(200, 150, 100), max_g=5_000), new=True) == "A1"
    cartons.do(carton_list.add, IncomingCarton("A1", cost_yen=70))
    carton = cartons.rows()["A1"].carton
    assert (carton.cost_yen, carton.max_g, carton.inner_mm) == (70, 5_000, (200, 150, 100))


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (IncomingCarton("", inner_mm=(200, 150, 100), max_g=5_000), "bad_code"),
        (IncomingCarton("A1"), "new_incomplete"),
        (IncomingCarton("A1", inner_mm=(20, 15, 10), max_g=5_000), "size_in_cm"),
        (IncomingCarton("S60", inner_mm=(240, 160, 110), max_g=5_000), "known_already"),
    ],
)
def test_an_entry_that_cannot_be_right_is_refused(cartons: List, given: IncomingCarton, key: str) -> None:
    cartons.take(ENGLISH + S60)
    with pytest.raises(NotAllowed) as refused:
        cartons.do(carton_list.add, given, new=True)
    assert refused.value.key == f"carton_list.{key}"


def test_a_retired_carton_is_listed_only_on_demand_and_comes_back(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    cartons.do(carton_list.retire, "s60")
    assert cartons.rows() == {}
    assert cartons.rows(retired=True)["S60"].carton.retired
    cartons.do(carton_list.retire, "S60", back=True)
    assert "S60" in cartons.rows()


@pytest.mark.parametrize(
    ("change_", "stock"),
    [("+50", 90), ("-3", 37), ("120", 120), ("\u22123", 37), ("＋５", 45), ("none", None), ("なし", None)],
)
def test_stock_is_corrected_as_people_say_it(cartons: List, change_: str, stock: int | None) -> None:
    cartons.take(ENGLISH + S60)
    assert cartons.do(carton_list.book, "S60", change_) == stock
    assert cartons.rows()["S60"].carton.stock == stock


@pytest.mark.parametrize(("change_", "key"), [("many", "bad_stock"), ("-41", "less_than_none"), ("", "bad_stock")])
def test_a_stock_that_cannot_be_is_refused(cartons: List, change_: str, key: str) -> None:
    cartons.take(ENGLISH + S60)
    with pytest.raises(NotAllowed) as refused:
        cartons.do(carton_list.book, "S60", change_)
    assert refused.value.key == f"carton_list.{key}"


def test_an_unknown_carton_is_named(cartons: List) -> None:
    for function, args in ((carton_list.retire, ("NO",)), (carton_list.book, ("NO", "+1"))):
        with pytest.raises(NotFound):
            cartons.do(function, *args)
    with pytest.raises(NotFound):
        cartons.desk.read(carton_list.labels_of, ["NO"]).result()


def test_the_same_act_twice_books_once(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    act = str(uuid4())
    booked = [cartons.desk.do(carton_list.TOPICS, carton_list.book, "1", act, "S60", "+10").result() for _ in range(2)]
    assert booked == [50, 50]
    assert cartons.rows()["S60"].carton.stock == 50


def test_a_packer_may_not_change_the_list(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    database = cartons.desk.database
    change(database, "INSERT INTO people (code, name, role) VALUES ('1', '田中', 'packer')")
    change(database, "UPDATE stations SET person_id = (SELECT id FROM people) WHERE name = '1'")
    with pytest.raises(NotAllowed) as refused:
        cartons.do(carton_list.book, "S60", "+10")
    assert refused.value.key == "right.missing"


def test_use_and_refusals_are_counted(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    database = cartons.desk.database
    with database.transaction() as tx:
        now = tx.now
    for reason, undone in (("no_fit", ""), ("", ""), ("thick", "x")):
        change(
            database,
            "INSERT INTO carton_choices (at, act, station, order_id, goods, proposed, chosen, reason, undone) "
            "VALUES (?, 'a', '1', 1, '1x1', 'S60', 'S80', ?, ?)",
            now, reason, undone,
        )  # fmt: skip
    use = cartons.rows()["S60"].use
    assert (use.used, use.refused, use.too_small) == (0, 2, 1)


@pytest.mark.parametrize(("stock", "renewed"), [("+1", False), ("0", True)])
def test_only_a_stock_that_ends_makes_proposals_again(cartons: List, stock: str, renewed: bool) -> None:
    cartons.take(ENGLISH + S60)
    ((before,),) = query(cartons.desk.database, "SELECT value FROM marks WHERE name = 'cartons.changed'")
    change(cartons.desk.database, "UPDATE marks SET value = 1 WHERE name = 'cartons.changed'")
    cartons.do(carton_list.book, "S60", stock)
    ((after,),) = query(cartons.desk.database, "SELECT value FROM marks WHERE name = 'cartons.changed'")
    assert (after >= before) is renewed


def test_labels_have_the_code_that_the_bench_reads(cartons: List) -> None:
    cartons.take(ENGLISH + S60)
    (label,) = cartons.desk.read(carton_list.labels_of).result()
    assert (label.text, label.shown, label.size) == ("KX-S60", "S60", "240 \u00d7 160 \u00d7 110")
