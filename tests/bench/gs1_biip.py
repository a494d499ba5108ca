"""The tests of biip by their function's name; only what a station does with a code is compared.

Not compared, because no station needs it: titles and formats of identifiers as texts, enum names, error sentences.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from app.domain.barcode import Gs1, Gtin, read
from app.domain.gs1 import (
    SEPARATOR,
    Pair,
    amount,
    day_of,
    human,
    message,
    parts_of,
    split_human,
    split_message,
    time_of,
    unsound,
)
from app.domain.gs1_dictionary import entry_at, entry_of
from app.domain.gs1_links import link_of, split_link
from app.domain.gtin import check_digit, expand_upce, forms, has_good_check_digit, is_digits, shorten_upca, to_14
from app.domain.instore import Measured, measure, measure_check_digit
from app.domain.issuers import company_prefix, prefix_usage, sscc_spaced
from app.domain.symbologies import GS1_MESSAGES
from app.settings import instore_layouts
from tests.bench.gs1_vectors import Unsuited, plain, value_of

__all__ = ["BIIP"]

_BALTIC = "23=IIIIIIW.WWW; 24=IIIIIIWW.WW; 25=IIIIIIWWW.W"
_NORDIC = "20=IIIIIIPP.PP; 21=IIIIIIPPP.P; 22=IIIIIIPPPP;" + _BALTIC
_REGIONS = {
    "DENMARK": "21-24=IIIIPPPP.PP; 26,28=IIIIWWW.WWW; 27=IIIIIWW.WWW",
    "ESTONIA": _BALTIC,
    "FINLAND": _BALTIC,
    "LATVIA": _BALTIC,
    "LITHUANIA": _BALTIC,
    "NORWAY": _NORDIC,
    "SWEDEN": _NORDIC,
    "GERMANY": "22,23=IIIIVPPP.PP; 25,26=IIIIVCCCCC; 28,29=IIIIVWW.WWW",
    "GREAT_BRITAIN": "20=IIIIIVPP.PP",
}
"""The in-store layouts of the regions that biip knows, as a shop would set them."""


def _cells(vector: Any) -> dict[str, str]:
    return dict(zip(vector.names, map(str, vector.arguments), strict=False))


def _value(vector: Any) -> str:
    return plain(vector.arguments[0])


def _expected(vector: Any) -> Any:
    return value_of(vector.arguments[-1])


# --- GTIN, UPC, SSCC, GLN ----------------------------------------------------------------------------------------


def _in_form(length: int) -> Callable[[Any], bool]:
    def check(vector: Any) -> bool:
        long = _upc(_value(vector)) if "upc" in vector.source else to_14(_value(vector))
        made = next((form for form in forms(long) if len(form) == length), None) if long else None
        return made == (vector.arguments[1] if len(vector.arguments) > 1 else None)

    return check


def _upc(text: str) -> str | None:
    """A UPC-A or UPC-E as GTIN of 14 digits."""
    long = text if len(text) == 12 and has_good_check_digit(text) else expand_upce(text)
    return long.zfill(14) if long else None


def _has_shortest(vector: Any) -> bool:
    """The station's shortest form of the GTIN is the one that the test's name says."""
    found = re.search(r"gtin_(\d+)", vector.test)
    long = to_14(_value(vector))
    return found is not None and long is not None and len(forms(long)[0]) == int(found[1])


def _no_number(vector: Any) -> bool:
    value = _value(vector)
    return to_14(value) is None and not has_good_check_digit(value)


def _upc_a(vector: Any) -> bool:
    found = _upc(_value(vector))
    return found is not None and found[2:] == vector.arguments[1]


def _upc_e(vector: Any) -> bool:
    found = _upc(_value(vector))
    return found is not None and shorten_upca(found[2:]) == vector.arguments[1]


def _no_system(vector: Any) -> bool:
    return all(expand_upce(f"{_value(vector)}425261{digit}") is None for digit in range(10))


def _parsed_upc(vector: Any) -> bool:
    return _upc(_value(vector)) is not None


def _check_digit(vector: Any) -> bool:
    return check_digit(_value(vector)) == vector.arguments[1]


def _no_digits(vector: Any) -> bool:
    return not is_digits(_value(vector)) and not has_good_check_digit(_value(vector) + "0")


def _measure_digit(vector: Any) -> bool:
    return measure_check_digit(_value(vector)) == (vector.arguments[1] if len(vector.arguments) > 1 else None)


def _as_printed(vector: Any) -> bool:
    """Both SSCC and messages have a form for people."""
    value = _value(vector)
    return (sscc_spaced(value) if "sscc" in vector.source else human(_pairs(value))) == vector.arguments[1]


# --- in-store numbers --------------------------------------------------------------------------------------------


def _region(text: str) -> dict[str, str]:
    layouts = instore_layouts(_REGIONS[text.rpartition(".")[2].upper()])
    assert layouts is not None
    return dict(layouts)


def _measured(region: str, value: str) -> Measured | None:
    return measure(to_14(value) or "", _region(region))


def _says(found: Measured | None, weight: Any, price: Any, count: Any) -> bool:
    if found is None:
        return weight is None and price is None and count is None
    kilograms = None if found.weight_g is None else found.weight_g / 1000
    return found.sound and (kilograms, found.price, found.count) == (weight, price, count)


def _instore_parsed(vector: Any) -> bool:
    cells, expected = _cells(vector), _expected(vector)
    region = cells["rcn_region"]
    found = None if region == "None" else _measured(region, cells["value"])
    return to_14(cells["value"]) == expected["value"].zfill(14) and _says(
        found, expected["weight"], expected["price"], expected["count"]
    )


def _instore_region(vector: Any) -> bool:
    cells = _cells(vector)
    region = cells.get("rcn_region") or vector.test.removeprefix("test_region_")
    values = {name: value_of(cells[name]) for name in ("weight", "price", "count") if name in cells}
    return _says(_measured(region, cells["value"]), values.get("weight"), values.get("price"), values.get("count"))


def _stripped(vector: Any) -> bool:
    cells = _cells(vector)
    found = _measured(cells["rcn_region"], cells["value"])
    return found is not None and found.base == to_14(cells["expected"])


def _kept(vector: Any) -> bool:
    """A number with nothing that varies stands for itself, in every region or in the given one."""
    cells = _cells(vector)
    regions = [cells["rcn_region"]] if "rcn_region" in cells else list(_REGIONS)
    if "nonvariable_prefixes" in cells:
        bodies = [f"{prefix}1111111111" for prefix in value_of(cells["nonvariable_prefixes"])]
        values = [body + check_digit(body) for body in bodies]
    else:
        values = [cells["value"]]
    return all(_measured(region, value) is None for region in regions for value in values)


# --- messages and links ------------------------------------------------------------------------------------------


def _pairs(value: str) -> tuple[Pair, ...]:
    if value.startswith("http"):
        link = split_link(value)
        return link.elements.pairs if link else ()
    if value.startswith("("):
        elements = split_human("".join(value.split()))
        return elements.pairs if elements else ()
    elements = split_message(value.strip())
    return elements.pairs if elements.whole else ()


def _same_element(pair: Pair, expected: Any) -> bool:
    """What biip has found out about one element, against the station's answer to the same question."""
    identifier, value = pair
    entry = entry_of(identifier)
    if entry is None or identifier != expected["ai"]["ai"] or value != expected["value"]:
        return False
    if entry.separated != expected["ai"]["separator_required"]:
        return False
    if "".join(parts_of(entry, value) or ()) != "".join(expected["pattern_groups"]):
        return False
    for number in ("gln", "gtin", "sscc"):
        if (expected[number] or expected[f"{number}_error"]) and bool(expected[number]) == bool(unsound((pair,))):
            return False
    day = expected["date"].isoformat() if expected["date"] else None
    return day_of(identifier, value) == day and amount(identifier, value) == expected["decimal"]


def _same(pairs: tuple[Pair, ...], expected: Any) -> bool:
    return len(pairs) == len(expected) and all(map(_same_element, pairs, expected))


def _first_element(vector: Any) -> bool:
    return _same(_pairs(_value(vector))[:1], [_expected(vector)])


def _whole_message(vector: Any) -> bool:
    return _same(_pairs(_value(vector)), _expected(vector)["element_strings"])


def _no_message(vector: Any) -> bool:
    return not _pairs(_value(vector))


def _unfit_value(vector: Any) -> bool:
    cells = _cells(vector)
    pairs = _pairs(cells["ai_code"] + cells["bad_value"])
    return not pairs or cells["ai_code"] in unsound(pairs)


def _dates(vector: Any) -> bool:
    cells = _cells(vector)
    ((identifier, value),) = _pairs(_value(vector)) or (("", ""),)
    day, moment = value_of(cells["expected_date"]), value_of(cells["expected_datetime"])
    assert isinstance(day, dt.date)
    return day_of(identifier, value) == day.isoformat() and time_of(identifier, value) == (
        moment.time().isoformat() if moment else None
    )


def _day(vector: Any) -> bool:
    ((identifier, value),) = _pairs(_value(vector)) or (("", ""),)
    return day_of(identifier, value) == _expected(vector).isoformat()


def _decimal(vector: Any) -> bool:
    ((identifier, value),) = _pairs(_value(vector)) or (("", ""),)
    return amount(identifier, value) == _expected(vector)


def _from_elements(vector: Any) -> bool:
    pairs = tuple((each["ai"]["ai"], each["value"]) for each in value_of(vector.arguments[0]))
    expected = _expected(vector)["value"]
    return (link_of(pairs) if expected.startswith("http") else message(pairs)) == plain(expected)


def _chosen(vector: Any, wanted: Callable[[Pair], bool]) -> bool:
    """The elements that fit, all of them (a list is expected) or the first."""
    given = value_of(_value(vector)) if vector.arguments[0].startswith("[") else None
    pairs = _pairs(_value(vector)) if given is None else [(each["ai"]["ai"], each["value"]) for each in given]
    values = [pair[1] for pair in pairs if wanted(pair)]
    expected = vector.arguments[-1]
    if expected.startswith("["):
        return values == value_of(expected)
    return (values[:1] or [None]) == [None if expected == "None" else expected]


def _by_identifier(vector: Any) -> bool:
    wanted = value_of(_cells(vector)["ai"])
    prefix = wanted["ai"] if isinstance(wanted, dict) else _cells(vector)["ai"]
    return _chosen(vector, lambda pair: pair[0].startswith(prefix))


def _by_title(vector: Any) -> bool:
    def titled(pair: Pair) -> bool:
        entry = entry_of(pair[0])
        return entry is not None and _cells(vector)["data_title"] in entry.title

    return _chosen(vector, titled)


def _human(vector: Any) -> bool:
    cells = _cells(vector)
    value = _value(vector)
    for separator in value_of(cells["separator_chars"]) if "separator_chars" in cells else ():
        value = value.replace(plain(separator), SEPARATOR)
    return human(_pairs(value)) == vector.arguments[-1]


def _canonical(vector: Any) -> bool:
    return link_of(_pairs(_value(vector))) == vector.arguments[-1]


def _under(vector: Any) -> bool:
    cells = _cells(vector)
    prefix = "" if cells["prefix"] == "None" else "/" + cells["prefix"]
    return link_of(_pairs(_value(vector)), f"https://{cells['domain']}{prefix}") == cells["expected"]


def _no_human(vector: Any) -> bool:
    return not _value(vector) or split_human(_value(vector)) is None


def _no_link(vector: Any) -> bool:
    return split_link(_value(vector)) is None


def _identifier(vector: Any) -> bool:
    entry, expected = entry_at(_value(vector)), _expected(vector)
    return entry is not None and (entry.identifier, entry.separated) == (expected["ai"], expected["separator_required"])


def _no_identifier(vector: Any) -> bool:
    return entry_at(_value(vector)) is None


# --- any text ----------------------------------------------------------------------------------------------------


def _any(vector: Any) -> bool:
    """Everything biip takes a text for is among what the station takes it for."""
    reading, expected = read(_value(vector)), _expected(vector)
    gs1 = reading.kind(Gs1)
    gtins = {kind.gtin14 for kind in reading.kinds if isinstance(kind, (Gtin, Gs1))}
    wanted = {expected[name]["value"] for name in ("gtin",) if expected[name]}
    if not {value.zfill(14) for value in wanted} <= gtins:
        return False
    if expected["sscc"] and not (isinstance(gs1, Gs1) and gs1.sscc == expected["sscc"]["value"]):
        return False
    said = expected["gs1_message"] or expected["gs1_digital_link_uri"]
    if not said or wanted:
        return bool(wanted or expected["sscc"]) or not gtins
    return isinstance(gs1, Gs1) and _same(gs1.pairs, said["element_strings"])


def _symbology(vector: Any) -> bool:
    expected = _expected(vector)
    found = read(_value(vector)).symbology
    gs1 = expected["gs1_symbology"] is not None
    return "]" + found == expected["value"] and gs1 == (found in GS1_MESSAGES or found[:1] in {"E", "I"})


def _identifier_length(vector: Any) -> bool:
    return "]" + read(_value(vector) + "TEXT").symbology == _value(vector)


def _prefix(eight: bool) -> Callable[[Any], bool]:
    def check(vector: Any) -> bool:
        expected = _expected(vector) if len(vector.arguments) > 1 else None
        found = prefix_usage(_value(vector), eight=eight)
        return found == (expected["usage"] if expected else "")

    return check


def _company(vector: Any) -> bool:
    value = _value(vector)
    expected = _expected(vector) if len(vector.arguments) > 1 else None
    return company_prefix(value) == (expected["value"] if expected else "")


def _by_source(**checks: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Tests of one name in several files."""

    def check(vector: Any) -> bool:
        return next(each for part, each in checks.items() if part in vector.source)(vector)

    return check


def _words_of_biip(vector: Any) -> bool:
    raise Unsuited("how biip's own arguments are written")


BIIP: dict[str, Callable[[Any], bool]] = {
    **{f"test_as_gtin_{n}": _in_form(n) for n in (8, 12, 13, 14)},
    **{f"test_as_gtin_{n}_fails_for_too_long_values": _in_form(n) for n in (8, 12, 13)},
    **{f"test_parse_gtin_{n}_with_{zeros}_leading_zero": _has_shortest for n in (12, 13) for zeros in range(1, 6)},
    "test_parse_gtin_12_without_leading_zero": _has_shortest,
    "test_parse_gtin_13_without_leading_zero": _has_shortest,
    "test_parse_gtin_8_with_leading_zeros": _has_shortest,
    **{f"test_parse_gtin_{n}": _has_shortest for n in (8, 12, 13, 14)},
    "test_parse_nonnumeric_value": _no_number,
    "test_as_upc_a": _upc_a,
    "test_as_upc_e": _upc_e,
    "test_parse_upc_e": _parsed_upc,
    "test_parse_upc_a": _parsed_upc,
    "test_parse_upc_e_with_invalid_number_system": _no_system,
    "test_gs1_standard_check_digit": _check_digit,
    "test_gs1_standard_check_digit_with_nonnumeric_value": _no_digits,
    "test_gs1_price_weight_check_digit": _measure_digit,
    "test_gs1_price_weight_check_digit_on_values_with_wrong_length": _measure_digit,
    "test_gs1_price_weight_check_digit_with_nonnumeric_value": _measure_digit,
    "test_parse_rcn": _instore_parsed,
    **{f"test_region_{name.lower()}": _instore_region for name in (*_REGIONS, "baltics")},
    "test_without_variable_measure_strips_variable_parts": _stripped,
    "test_without_variable_measure_keeps_nonvariable_rcn_unchanged": _kept,
    "test_without_variable_measure_keeps_company_rcn_unchanged": _kept,
    "test_without_variable_measure_keeps_gtin_unchanged": _kept,
    "test_rcn_region_can_be_specified_as_string": _words_of_biip,
    "test_extract": _by_source(element_strings=_first_element, symbology=_symbology),
    "test_extract_with_nested_error": _first_element,
    "test_extract_handles_min_and_max_year_correctly": _first_element,
    "test_extract_handles_zero_day_as_last_day_of_month": _day,
    "test_extract_date_and_datetime": _dates,
    "test_extract_fails_when_not_matching_pattern": _unfit_value,
    "test_extract_fails_with_invalid_date": _unfit_value,
    "test_extract_variable_measures": _decimal,
    "test_extract_amount_payable": _decimal,
    "test_extract_amount_payable_and_currency": _decimal,
    "test_extract_percentage_discount": _decimal,
    "test_as_hri": _as_printed,
    "test_from_element_strings": _from_elements,
    "test_parse": _by_source(digital_link=_whole_message, messages=_whole_message, test_parse=_any),
    "test_parse_hri": _whole_message,
    "test_parse_error": _no_link,
    "test_parse_with_invalid_element_values": _whole_message,
    "test_parse_with_separator_char": _human,
    "test_parse_ignores_redundant_separator_chars": _human,
    "test_parse_fails_if_unparsed_data_left": _no_message,
    "test_parse_hri_fails_if_ai_is_unknown": _no_message,
    "test_parse_hri_fails_if_no_pattern_matches": _no_message,
    "test_parse_hri_fails_if_not_starting_with_parenthesis": _no_human,
    "test_as_gs1_message": _human,
    "test_as_gs1_digital_link_uri": _canonical,
    "test_as_canonical_uri": _canonical,
    "test_as_uri": _under,
    **{
        f"test_{way}_by_{what}": check
        for way in (
            "get_element_string",
            "get_element_strings",
            "filter_element_strings",
            "list_get_element_strings",
            "list_filter_element_strings",
        )
        for what, check in (("ai", _by_identifier), ("data_title", _by_title))
    },
    "test_extract_gs1_ai": _identifier,
    "test_extract_unknown_gs1_ai": _no_identifier,
    "test_gs1_prefix": _prefix(eight=False),
    "test_gs1_8_prefix": _prefix(eight=True),
    "test_gs1_company_prefix": _company,
    "test_invalid_gs1_prefix": _prefix(eight=False),
    "test_invalid_gs1_8_prefix": _prefix(eight=True),
    "test_invalid_gs1_company_prefix": _company,
    "test_len": _identifier_length,
    "test_str": _identifier_length,
}
