"""How closely a box is held to its weight: the shop's settings, and what is measured and simulated with."""

from app.domain.weights import RULES
from app.services.weighing import rules_of
from app.settings import defaults


def test_a_shop_that_sets_nothing_has_the_rules_that_are_measured_and_simulated_with():
    assert rules_of(defaults()) == RULES


def test_each_setting_of_the_tolerance_is_heeded():
    rules = rules_of(defaults() | {"weight.least_g": "20", "weight.percent": "3", "weight.sigmas": "4"})
    assert (rules.min_g, rules.percent, rules.sigmas) == (20, 3, 4)
