"""Templates of papers: kept, copied, removed; refused with every fault named."""

from uuid import uuid4

import pytest

from app.documents._templates import shipped
from app.domain.mail_templates import MAILS
from app.domain.people import Role
from app.domain.templates import PAPERS
from app.errors import NotAllowed, NotFound, SettingsWrong
from app.services import people, settings, templates
from app.services.templates import TemplateItem, TemplateWrong
from app.storage import templates as storage
from app.text import texts
from tests.makers import change, query

RED = '[colours]\nbrand = "#B00000"\n'


def act(database, function, *args):
    with database.transaction() as tx:
        return function(tx, "office", str(uuid4()), *args)


def test_every_paper_ships_a_standard_template(database):
    with database.reading() as tx:
        found = templates.items(tx)
    papers = [(each.paper, each.name, each.own) for each in found if not each.paper.startswith("label:")]
    assert papers == [(paper, "standard", False) for paper in (*PAPERS, *MAILS)]


def test_a_template_is_copied_changed_and_taken_away(database):
    act(database, templates.copy, "packing_slip", "standard", "ギフト用")
    with database.reading() as tx:
        assert templates.body_of(tx, "packing_slip", "ギフト用") == shipped("packing_slip", "standard")
        assert templates.of_paper(tx, "packing_slip", "ギフト用").colours.brand == "#123B5D"
    act(database, templates.save, "packing_slip", "ギフト用", RED)
    with database.reading() as tx:
        assert templates.names(tx, "packing_slip") == ("standard", "ギフト用")
        made = templates.of_paper(tx, "packing_slip", "ギフト用")
        assert (made.name, made.colours.brand, made.colours.ink) == ("ギフト用", "#B00000", "#14212B")
        (row,) = storage.rows(tx)
        assert (row.paper, row.name, row.body) == ("packing_slip", "ギフト用", RED)
    act(database, templates.remove, "packing_slip", "ギフト用")
    with database.reading() as tx:
        assert templates.names(tx, "packing_slip") == ("standard",)


def test_an_own_template_stands_in_for_the_shipped_one_until_it_is_taken_away(database):
    act(database, templates.save, "invoice", "standard", RED)
    with database.reading() as tx:
        assert templates.of_paper(tx, "invoice", "").colours.brand == "#B00000"
        assert templates.items(tx, "invoice") == (
            TemplateItem("invoice", "standard", own=True, at=storage.rows(tx)[0].at),
        )
    act(database, templates.remove, "invoice", "standard")
    with database.reading() as tx:
        assert templates.of_paper(tx, "invoice", "").colours.brand == "#123B5D"


def test_an_act_that_comes_twice_is_done_once(database):
    for _ in range(2):
        with database.transaction() as tx:
            templates.copy(tx, "office", "same", "packing_slip", "standard", "mine")
    assert query(database, "SELECT count(*) FROM journal WHERE kind='template'")[0][0] == 1


def test_a_template_with_faults_is_refused_with_all_of_them(database):
    with pytest.raises(TemplateWrong) as refused:
        act(database, templates.save, "packing_slip", "mine", 'colour = "red"\nqr = "maybe"\n[size.A5]\nbody_pt = 99\n')
    assert [(fault.place, fault.key) for fault in refused.value.faults] == [
        ("colour", "templates.fault.unknown_close"),
        ("qr", "templates.fault.choice"),
        ("size.A5.body_pt", "templates.fault.number"),
    ]
    said = texts("ja").say(refused.value.key, **refused.value.args_)
    assert "「colour」という項目はありません" in said
    assert "「colours」のことですか" in said
    with database.reading() as tx:
        assert storage.rows(tx) == ()


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 41, "a\nb", "a:b"])
def test_a_name_that_cannot_be_one_is_refused(database, name):
    with pytest.raises(NotAllowed) as refused:
        act(database, templates.save, "packing_slip", name, RED)
    assert refused.value.key == "templates.bad_name"


def test_what_is_not_there_is_said_with_what_is(database):
    for function, args, key in (
        (templates.copy, ("packing_slip", "none", "mine"), "templates.none"),
        (templates.copy, ("nothing", "standard", "mine"), "templates.no_paper"),
        (templates.save, ("../packing_slip", "mine", RED), "templates.no_paper"),
        (templates.remove, ("packing_slip", "standard"), "templates.not_own"),
    ):
        with pytest.raises(NotFound) as refused:
            act(database, function, *args)
        assert refused.value.key == key
    with pytest.raises(NotAllowed) as taken:
        act(database, templates.copy, "packing_slip", "standard", "standard")
    assert taken.value.key == "templates.taken"


def test_a_template_in_use_is_not_taken_away(database):
    act(database, templates.save, "packing_slip", "mine", RED)
    act(database, settings.put, {"template.packing_slip": "mine"})
    with pytest.raises(NotAllowed) as refused:
        act(database, templates.remove, "packing_slip", "mine")
    assert (refused.value.key, refused.value.args_["where"]) == ("templates.used", "template.packing_slip")
    act(database, settings.put, {"template.packing_slip": "standard"})
    act(database, templates.remove, "packing_slip", "mine")


def test_a_setting_names_only_templates_that_are_there(database):
    with pytest.raises(SettingsWrong) as refused:
        act(database, settings.put, {"template.invoice": "none"})
    assert refused.value.args_["known"] == "standard"


def test_who_may_not_change_settings_may_not_change_templates(database):
    act(database, people.add, "見本 太郎", "7", Role.PACKER)
    change(database, "UPDATE stations SET person_id = (SELECT id FROM people)")
    for function, *args in (
        (templates.save, "packing_slip", "mine", RED),
        (templates.copy, "packing_slip", "standard", "mine"),
        (templates.remove, "packing_slip", "standard"),
    ):
        with pytest.raises(NotAllowed, match="right"):
            act(database, function, *args)
