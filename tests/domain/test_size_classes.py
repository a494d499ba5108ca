"""Size classes: the larger of size and weight, limits, cartons that name a service; the carriers' own numbers."""

import pytest

from app.carriers._choose import carriers
from app.domain.size_classes import ParcelSize, SizeRule, Unfit, class_of, kilo_classes

SERVICES = {f"{each.ID}/{one.id}": one for each in carriers() for one in each.SERVICES}


def parcel(sides, kilos=0.5, **more):
    return ParcelSize(tuple(round(side * 10) for side in sides), round(kilos * 1000), **more)


def found(service, sides, kilos=0.5, cold=False, **more):
    return class_of(SERVICES[service].size, parcel(sides, kilos, **more), service, cold=cold)


def why(service, *args, **more):
    unfit = found(service, *args, **more)
    assert isinstance(unfit, Unfit)
    return unfit.key.removeprefix("rates.why.")


@pytest.mark.parametrize(
    ("service", "kilos", "size"),
    [
        ("yamato_b2/takkyubin", 2, 60),
        ("yamato_b2/takkyubin", 2.1, 80),
        ("yamato_b2/takkyubin", 12, 120),
        ("sagawa_e3/hikyaku", 12, 140),  # Sagawa has no 120
        ("sagawa_e3/hikyaku", 31, 170),
        ("japanpost_yupri/yu_pack", 12, 60),  # weight does not raise the class
        ("japanpost_yupri/yu_pack", 25, 60),
    ],
)
def test_a_heavy_small_box_goes_up_where_the_carrier_says_so(service, kilos, size):
    assert found(service, (30, 20, 10), kilos) == size


def test_the_class_is_that_of_the_sum_of_sides_rounded_up():
    assert found("yamato_b2/takkyubin", (30, 20, 10)) == 60
    assert found("yamato_b2/takkyubin", (30, 20, 10.1)) == 80
    assert why("yamato_b2/takkyubin", (100, 60, 41)) == "sum_too_large"
    assert why("yamato_b2/takkyubin", (171, 5, 5)) == "too_long"
    assert why("japanpost_yupri/yu_pack", (30, 20, 10), 25.1) == "too_heavy"


def test_cold_parcels_stop_at_their_largest_class():
    assert found("yamato_b2/takkyubin", (50, 40, 30), cold=True) == 120
    assert why("yamato_b2/takkyubin", (50, 40, 31), cold=True) == "cold_size"


def test_thin_services_say_what_is_too_much():
    assert found("yamato_b2/nekopos", (31.2, 22.8, 3)) == 0
    assert why("yamato_b2/nekopos", (31.2, 22.8, 3.1)) == "too_thick"
    assert why("yamato_b2/nekopos", (31.3, 22.8, 3)) == "too_large"
    assert why("yamato_b2/nekopos", (31.2, 22.8, 3), 1.1) == "too_heavy"
    assert found("japanpost_clickpost/click_post", (25, 3, 34)) == 0  # turned as one likes
    assert [found("japanpost_yupri/yu_packet", (30, 20, thick)) for thick in (1, 1.1, 3)] == [1, 2, 3]
    assert why("japanpost_yupri/yu_packet", (34, 24, 3)) == "sum_too_large"


def test_an_estimate_is_never_too_small_but_a_carton_can_be():
    assert found("yamato_b2/nekopos", (10, 10, 1)) == 0
    assert why("yamato_b2/nekopos", (10, 10, 1), real=True) == "too_small"


def test_a_service_with_its_own_box_takes_only_a_carton_that_names_it():
    compact = "yamato_b2/compact"
    assert found(compact, (25, 20, 5), 30) == 0  # no limit of weight
    assert why(compact, (25, 20, 5), real=True) == "own_box"
    assert found(compact, (25.4, 20.2, 5.1), real=True, by=frozenset({compact})) == 0  # taken at its word
    assert why("yamato_b2/nekopos", (25, 20, 2), real=True, by=frozenset({compact})) == "carton"


def test_what_is_not_known_has_no_class_where_it_matters():
    rule = SizeRule(kilo_classes((60, 2)))
    assert class_of(rule, ParcelSize(None, 500), "x/y") == Unfit("rates.why.no_size")
    assert class_of(rule, ParcelSize((1, 1, 1), None), "x/y") == Unfit("rates.why.no_weight")
    assert class_of(SizeRule(), ParcelSize(None, None), "x/y") == 0
