"""The papers of a pick job: nothing is lost on the way from the value to the page, and every code is read back."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from app.documents import render
from app.documents._walk_map import map_size
from app.domain.pick_papers import JobList, ListOrder, ListPart, ListStop, MapStop, PlaceSheet, PlaceUse, WalkMap
from tests.documents.makers import (
    EN,
    JA,
    JOB_LIST,
    PLACE_SHEET,
    WALK,
    page_texts,
    pictures,
    text_of,
    tight,
    zxing_codes,
)

LONG_NAME = "とても長い商品名の例です。" * 20


def _stops(number: int) -> tuple[ListStop, ...]:
    return tuple(
        ListStop(f"A-{n:03d}", f"SKU-{n:03d}", f"名前{n:03d}" * (n % 9), n + 1, code=f"49012345{n:05d}")
        for n in range(number)
    )


def test_the_list_says_where_what_how_many_and_how_far() -> None:
    shown = text_of(render("job_list", JOB_LIST, JA).pdf)
    for part in (
        "トータルピックリスト", "12-3", "KL-12-3", "紙のリスト", "ゾーン 1F",
        "集荷 07/14 14:00", "歩く距離 42 m", "13 m 短い",
        "A-01-2", "有機ほうじ茶 30包", "TEA-HJ-30", "カラー: 藍", "ロット L-7", "期限 2027/03/31",
        "注文 2 件", "合計 10 点",
    ):  # fmt: skip
        assert part in shown, part
    assert "490123456" in shown
    assert "7894" in shown
    assert shown.index("A-01-2") < shown.index("C-11-1") < shown.index("ここから先の棚")


def test_the_break_down_says_what_each_order_gets() -> None:
    shown = tight(text_of(render("job_list", JOB_LIST, EN).pdf))
    behind = shown.partition("Whateachordergets")[2]
    assert behind.index("12-001") < behind.index("2pieces") < behind.index("12-034") < behind.index("8pieces")
    assert behind.count("有機ほうじ茶30包L-7") == 2


def test_the_code_of_the_list_is_read_as_bars_and_as_a_qr_code() -> None:
    picture = pictures(render("job_list", JOB_LIST, JA).pdf)[0]
    found = [code.format for code in zxingcpp.read_barcodes(picture) if code.text == "KL-12-3"]
    assert sorted(str(each) for each in found) == ["Code 128", "QR Code"]


def test_every_row_has_a_code_that_names_it() -> None:
    pages = pictures(render("job_list", JobList("12-3", _stops(25), ()), JA).pdf)
    found = {text for page in pages for text in zxing_codes(page)}
    assert found == {"KL-12-3"} | {f"49012345{n:05d}" for n in range(25)}


def test_goods_without_a_code_that_can_be_bars_have_a_row_all_the_same() -> None:
    stop = ListStop("A-1", "商品" * 30, "", 3)
    shown = tight(text_of(render("job_list", JobList("12-3", (stop,), ()), JA).pdf))
    assert "商品" * 30 in shown


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_a_long_list_loses_no_row_and_repeats_its_head(words) -> None:  # type: ignore[no-untyped-def]
    parts = tuple(
        ListPart(f"B-{n:03d}", f"S{n}", LONG_NAME if n % 7 == 0 else f"部品{n:03d}", n + 1) for n in range(60)
    )
    orders = tuple(ListOrder(f"12-{n:03d}", parts) for n in range(1, 5))
    done = render("job_list", replace(JOB_LIST, stops=_stops(200), orders=orders, copy_reason="やぶれた"), words)
    pages = page_texts(done.pdf)
    assert done.pages == len(pages)
    whole = "".join(pages)
    assert all(f"A-{n:03d}" in whole and f"SKU-{n:03d}" in whole for n in range(200))
    assert all(whole.count(f"部品{n:03d}") == 4 for n in range(60) if n % 7)
    assert tight(whole).count(LONG_NAME[:13]) >= 4 * 9 * 20 - 4 * 9  # a line may break inside
    assert all(f"12-{n:03d}" in whole for n in range(1, 5))
    assert all(("再発行" if words is JA else "COPY") in page and "KL-12-3" in page for page in pages)
    assert all(words.say("paper.page", page=at, pages=len(pages)) in page for at, page in enumerate(pages, 1))


def test_nothing_of_a_long_list_runs_into_the_foot_of_a_page() -> None:
    parts = tuple(ListPart(f"B-{n:03d}", f"S{n}", "名前" * (n % 60), n + 1) for n in range(90))
    orders = tuple(ListOrder(f"12-{n:03d}", parts[: n * 20]) for n in range(1, 5))
    value = replace(JOB_LIST, stops=tuple(replace(stop, name=stop.name * 9) for stop in _stops(40)), orders=orders)
    with pypdfium2.PdfDocument(render("job_list", value, JA).pdf) as document:
        assert len(document) > 5
        for page in document:
            bottoms = sorted({round(item.get_bounds()[1], 1) for item in page.get_objects()})
            assert bottoms[2] == pytest.approx(43.6, abs=0.3)  # the rule over the code and the page number
            assert bottoms[3] > 50


def test_a_list_whose_shelves_are_all_unknown_to_the_map_is_not_divided() -> None:
    stops = tuple(replace(stop, placed=False) for stop in JOB_LIST.stops)
    assert "ここから先の棚" not in text_of(render("job_list", replace(JOB_LIST, stops=stops), JA).pdf)


def test_an_empty_list_says_so() -> None:
    shown = text_of(render("job_list", JobList("12-3", (), ()), EN).pdf)
    assert "Nothing to pick." in shown
    assert "Walk of" not in shown


def test_the_map_keeps_its_proportions_and_stays_on_the_page() -> None:
    for walk in (
        WALK,
        WalkMap(((0, 0), (200, 3)), ((0, 0), (200, 3))),
        WalkMap((), ((5, 1), (5, 90)), (MapStop(1, (5, 9)),)),
    ):
        wide, high = map_size(walk, 180, 52)
        assert wide <= 180.01
        assert high <= 52.01
    assert render("job_list", replace(JOB_LIST, walk=WALK), JA).pages == 1
    assert map_size(WALK, 180, 52) == pytest.approx((52, 52))


def test_the_walk_is_drawn_where_it_goes() -> None:
    """Without the walk its strokes are gone; with it there is one stroke through all corners."""

    def segments(value: JobList) -> int:
        with pypdfium2.PdfDocument(render("job_list", value, JA).pdf) as document:
            paths = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
            counts = [pdfium.FPDFPath_CountSegments(path) for path in paths]
        return sum(1 for count in counts if count == len(WALK.points))

    assert segments(JOB_LIST) - segments(replace(JOB_LIST, walk=None)) >= 1


def test_a_sheet_of_places_says_which_tote_is_whose() -> None:
    shown = text_of(render("place_sheet", PLACE_SHEET, JA).pdf)
    for part in (
        "カートの置き場表",
        "カート C-02",
        "T-001",
        "12-001",
        "T-009",
        "12-034",
        "3 行",
        "8 点",
        "いっぱい：T-002",
        "空き",
    ):
        assert part in shown, part


def test_a_sheet_of_the_wall_goes_on_over_pages() -> None:
    places = tuple(PlaceUse(n, f"12-{n:03d}", (f"W1-A{n}",), 1, n) for n in range(1, 50))
    pages = page_texts(render("place_sheet", PlaceSheet("12-4", places, wall=True, zone="2F"), EN).pdf)
    assert len(pages) == 3
    whole = "".join(pages)
    assert all(f"12-{n:03d}" in whole and f"W1-A{n}" in whole for n in range(1, 50))
    assert "Places of the sorting wall" in whole
    assert "Zone 2F" in whole


def test_a_job_without_places_says_so() -> None:
    assert "This job has no places." in text_of(render("place_sheet", PlaceSheet("12-4", ()), EN).pdf)
