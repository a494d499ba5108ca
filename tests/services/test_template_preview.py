"""Seeing what a template looks like before it is kept."""

import pypdfium2
import pytest

from app.domain.paper_sizes import PaperSize
from app.domain.templates import PAPERS
from app.errors import NotFound
from app.services import orders, papers, settings, template_preview, templates
from app.services.looks import Looks
from app.services.templates import TemplateWrong
from tests.documents.makers import text_of, tight
from tests.makers import change, query
from tests.services.shipping import Warehouse, order

TITLED = 'title = { ja = "お買い上げ明細", en = "Your goods" }\nmessage = "またどうぞ。"\nfooter = "見本の足元"\n'


def shown(database, paper, body, order_=None, **more):
    with database.reading() as tx:
        return text_of(template_preview.preview(tx, paper, body, order_, **more).pdf)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_shown_with_a_made_up_order_where_the_shop_has_none(database, paper, language):
    body = TITLED if paper != "invoice" else TITLED.split("\n", 1)[1]
    found = shown(database, paper, body, language=language)
    assert ("お買い上げ明細" if language == "ja" else "Your goods") in found or paper == "invoice"
    assert "12-034" in found or paper in ("job_list", "place_sheet", "pick_list")
    if paper != "break_sheet":
        assert "見本の足元" in found
        assert "またどうぞ。" in found


@pytest.mark.parametrize("size", PaperSize)
def test_a_size_may_be_chosen(database, size):
    with database.reading() as tx:
        drawn = template_preview.preview(tx, "packing_slip", "", size=str(size))
    with pypdfium2.PdfDocument(drawn.pdf) as document:
        wide, high = (points / 72 * 25.4 for points in document[0].get_size())
    assert wide == pytest.approx(size.measures[0], abs=0.1)
    assert high == pytest.approx(size.measures[1] or high, abs=0.1)
    assert high < 400


@pytest.fixture
def house(database, open_another):
    made = Warehouse(database, open_another)
    made.take_in(order("R-1", ("SKU-1", 3)), order("R-2", ("SKU-1", 60)))
    return made


def test_an_order_that_the_shop_has_is_shown_released_or_not_and_nothing_changes(house):
    before = query(house.database, "SELECT count(*) FROM journal"), query(house.database, "SELECT * FROM print_jobs")
    with house.database.reading() as tx:
        known = orders.find_one(tx, "R-1")
    assert "R-1" in shown(house.database, "packing_slip", "", known)
    assert "260713-0001" in shown(house.database, "packing_slip", "")  # none was released: the made-up one
    change(house.database, f"UPDATE orders SET batch = 7, sequence = 9, version = 1 WHERE id = {known}")
    assert "7-009" in shown(house.database, "packing_slip", "")
    assert before == (
        query(house.database, "SELECT count(*) FROM journal"),
        query(house.database, "SELECT * FROM print_jobs"),
    )


def test_a_template_with_faults_and_a_paper_without_templates_are_refused(database):
    with pytest.raises(TemplateWrong) as wrong:
        shown(database, "packing_slip", "foo = 1")
    assert wrong.value.faults[0].place == "foo"
    with pytest.raises(NotFound):
        shown(database, "zone_sign", "")


def act(database, function, *args):
    act.count += 1
    with database.transaction() as tx:
        return function(tx, "office", f"act-{act.count}", *args)


act.count = 0


def test_a_shop_chooses_its_template_and_a_rule_may_name_another(house):
    database = house.database
    act(database, templates.save, "packing_slip", "mine", 'title = "わたしの納品書"\n')
    act(database, templates.save, "packing_slip", "other", 'title = "べつの納品書"\n')
    act(database, settings.put, {"template.packing_slip": "mine"})
    with database.reading() as tx:
        known = orders.find_one(tx, "R-1")
    change(database, f"UPDATE orders SET batch = 7, sequence = 9, version = 1 WHERE id = {known}")
    with database.reading() as tx:
        assert "わたしの納品書" in text_of(papers.slip_of(tx, known).pdf)
        values = settings.all_settings(tx)
        looks = Looks(tx)
        assert looks.of("packing_slip", values, "other").title["ja"] == "べつの納品書"
        assert looks.of("packing_slip", values, "gone").title["ja"] == "わたしの納品書"


def test_the_pick_list_of_the_house_has_its_template(house):
    database = house.database
    act(database, templates.save, "pick_list", "mine", 'title = "集める紙"\n[colours]\nbrand = "#B00000"\n')
    act(database, settings.put, {"template.pick_list": "mine"})
    with database.reading() as tx:
        known = orders.find_one(tx, "R-1")
    change(database, f"UPDATE orders SET batch = 7, sequence = 9, version = 1, state = 'released' WHERE id = {known}")
    with database.reading() as tx:
        paper = papers.paper_of_job(tx, "pick_list", order=None, batch=7, copy_reason="")
    assert "集める紙" in tight(text_of(paper.draw().pdf))
