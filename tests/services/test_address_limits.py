"""What carriers cannot hold of an address, and what is proposed: nothing is ever left out."""

from dataclasses import replace

import pytest

from app.carriers._choose import carriers
from app.domain.intake import Level
from app.services.addresses import findings
from app.services.shipments import receiver_faults
from tests.services.shipping import HOME, YAMATO

COMPANY = "株式会社見本総合物流研究所東日本営業本部第三営業課山田太郎"
TOWER = "神宮前１丁目２番３号見本総合グランドタワーレジデンスサウスウイング東京原宿パークサイド１２３４号室"


def found(key, **parts):
    """The one finding of a key on B2, with the address as it would be."""
    address = replace(HOME, **parts)
    (finding,) = [each for each in findings(address, YAMATO, "takkyubin") if each.key == key]
    return finding, [one.address for one in finding.proposals]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("𠮷田 花子", "吉田 花子"),
        ("繫田 花子", "繋田 花子"),
        ("見本—花子", "見本―花子"),
        ("見本\u00a0花子", "見本 花子"),
    ],
)
def test_a_character_that_the_file_cannot_hold_is_an_error_with_its_replacement(name, written):
    finding, proposed = found("fault.character", name=name)
    assert finding.level is Level.ERROR
    assert proposed == [replace(HOME, name=written)]
    assert not findings(proposed[0], YAMATO, "takkyubin")


def test_what_b2_may_not_print_is_a_warning_with_its_replacement():
    finding, proposed = found("fault.rare_character", name="髙﨑 ①")
    assert finding.level is Level.WARNING
    assert [one.name for one in proposed] == ["高崎 (1)"]


def test_a_character_of_the_street_is_replaced_there_and_nowhere_else():
    _, (proposed,) = found("fault.character", street="神宮前1-2-3 𠮷田ビル", name="見本 花子")
    assert proposed == replace(HOME, street="神宮前1-2-3 吉田ビル", name="見本 花子")


def test_a_name_that_is_too_long_is_parted_where_a_person_would():
    finding, (proposed,) = found("fault.too_long", name=COMPANY)
    assert proposed.name == COMPANY.replace("営業課", "営業課 ")
    assert finding.proposals[0].key == "address.propose.parted"


def test_an_address_that_is_too_long_is_written_shorter_or_with_its_building_before_the_name():
    _, (proposed,) = found("fault.too_long", street=TOWER)
    assert proposed.street == "神宮前1-2-3"
    assert proposed.name == "見本総合グランドタワーレジデンスサウスウイング東京原宿パークサイド1234号室 見本 花子"


def test_a_name_that_has_no_edge_is_left_to_the_person():
    assert found("fault.too_long", name="あ" * 60)[1] == []


@pytest.mark.parametrize("carrier", [each.ID for each in carriers()])
def test_what_is_proposed_for_a_length_is_taken_by_every_carrier_that_asked(carrier):
    module = next(each for each in carriers() if carrier == each.ID)
    service = module.SERVICES[0].id
    for parts in ({"name": COMPANY}, {"street": TOWER}, {"name": COMPANY + "係", "street": TOWER + "別館"}):
        for finding in findings(replace(HOME, **parts), carrier, service):
            for one in finding.proposals if finding.key == "fault.too_long" else ():
                assert all(each.key != "fault.too_long" for each in receiver_faults(module, one.address, service))
