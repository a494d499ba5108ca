"""The checks that the GS1 dictionary names for parts of a value: check digits, dates, times, countries, currencies.

Each takes the part as text and says whether it is right; what they mean is in the GS1 General Specifications under the
same subject. Left open on purpose, because nothing at a bench depends on it: the inner form of North American coupons
(8110, 8112) and the list of UN package types (7041).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from app.domain.gtin import has_good_check_digit, is_digits

__all__ = ["CHARACTERS", "CHECKS", "calendar_day"]

_SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_SET_32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_FIRST_PAST_YEAR = 80

CHARACTERS: Mapping[str, Callable[[str], object]] = {
    "N": is_digits,
    "X": re.compile("[" + re.escape(_SET_82) + "]+").fullmatch,
    "Y": re.compile(r"[#\-/0-9A-Z]+").fullmatch,
    "Z": re.compile(r"[A-Za-z0-9_\-]+={0,2}").fullmatch,
}
"""Whether a text has only the characters of a part's letter."""

# ISO 3166-1 by number and by letters, and ISO 4217 by number.
_COUNTRIES = """
004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 060 064 068 070 072 074 076 084 086 090 092
096 100 104 108 112 116 120 124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 191 192 196 203
204 208 212 214 218 222 226 231 232 233 234 238 239 242 246 248 250 254 258 260 262 266 268 270 275 276 288 292 296
300 304 308 312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368 372 376 380 384 388 392 398 400 404 408
410 414 417 418 422 426 428 430 434 438 440 442 446 450 454 458 462 466 470 474 478 480 484 492 496 498 499 500 504
508 512 516 520 524 528 531 533 534 535 540 548 554 558 562 566 570 574 578 580 581 583 584 585 586 591 598 600 604
608 612 616 620 624 626 630 634 638 642 643 646 652 654 659 660 662 663 666 670 674 678 682 686 688 690 694 702 703
704 705 706 710 716 724 728 729 732 740 744 748 752 756 760 762 764 768 772 776 780 784 788 792 795 796 798 800 804
807 818 826 831 832 833 834 840 850 854 858 860 862 876 882 887 894
"""
_COUNTRY_LETTERS = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
_CURRENCIES = """
008 012 032 036 044 048 050 051 052 060 064 068 072 084 090 096 104 108 116 124 132 136 144 152 156 170 174 188 191
192 203 208 214 222 230 232 238 242 262 270 292 320 324 328 332 340 344 348 352 356 360 364 368 376 388 392 398 400
404 408 410 414 417 418 422 426 430 434 446 454 458 462 480 484 496 498 504 512 516 524 532 533 548 554 558 566 578
586 590 598 600 604 608 634 643 646 654 682 690 694 702 704 706 710 728 748 752 756 760 764 776 780 784 788 800 807
818 826 834 840 858 860 882 886 901 925 927 928 929 930 931 932 933 934 936 938 940 941 943 944 946 947 948 949 950
951 952 953 955 956 957 958 959 960 961 962 963 964 965 967 968 969 970 971 972 973 975 976 977 978 979 980 981 984
985 986 990 994 997 999
"""


def calendar_day(text: str, *, day_may_be_zero: bool) -> date | None:
    """Return the day that six digits ``YYMMDD`` name, or None where there is no such day.

    Day 00 is the last one of the month, where it is allowed. The century follows from the number alone, so that a
    reading never depends on the day it is made: 80-99 are past.
    """
    if len(text) != 6 or not is_digits(text):
        return None
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    year += 1900 if year >= _FIRST_PAST_YEAR else 2000
    try:
        if day == 0 and day_may_be_zero and month:
            return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return date(year, month, day)
    except ValueError:
        return None


def _long_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _below(limit: int) -> Callable[[str], bool]:
    return lambda text: int(text) < limit


def _time(text: str) -> bool:
    return int(text[:2]) < 24 and int(text[2:4]) < 60


def _company_prefix(text: str) -> bool:
    """At least the first four characters of a company prefix are digits."""
    return len(text) >= 4 and is_digits(text[:4])


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _check_pair(text: str) -> bool:
    """Two check characters at the end: sum of the others by rising primes from the right, modulo 1021."""
    body, pair = text[:-2], text[-2:]
    if len(text) < 2 or not all(each in _SET_82 for each in body):
        return False
    weights = reversed(_primes(len(body)))
    total = sum(_SET_82.index(each) * weight for each, weight in zip(body, weights, strict=True)) % 1021
    return pair == _SET_32[total >> 5] + _SET_32[total & 31]


def _iban(text: str) -> bool:
    """Country, check digits, account: letters count as 10-35, the number modulo 97 is 1 (ISO 13616)."""
    if (
        len(text) <= 10
        or not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", text)
        or text[:2] not in _COUNTRY_LETTERS.split()
    ):
        return False
    return int("".join(str(int(each, 36)) for each in text[4:] + text[:4])) % 97 == 1


def _piece_of_total(text: str) -> bool:
    return 0 < int(text[:2]) <= int(text[2:])


def _percent_encoded(text: str) -> bool:
    return re.search(r"%(?![0-9A-Fa-f]{2})", text) is None


def _position(text: str) -> bool:
    """One digit of one digit, such as ``1/2``."""
    return re.fullmatch(r"[1-9]/[1-9]", text, re.ASCII) is not None and text[0] <= text[2]


def _open(_text: str) -> bool:
    return True


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "csum": has_good_check_digit,
    "csumalpha": _check_pair,
    "gcppos1": _company_prefix,
    "gcppos2": lambda text: _company_prefix(text[1:]),
    "yymmd0": lambda text: calendar_day(text, day_may_be_zero=True) is not None,
    "yymmdd": lambda text: calendar_day(text, day_may_be_zero=False) is not None,
    "yyyymmdd": _long_day,
    "hhmi": _time,
    "hh": _below(24),
    "mi": _below(60),
    "ss": _below(60),
    "iso3166": frozenset(_COUNTRIES.split()).__contains__,
    "iso3166999": frozenset(["999", *_COUNTRIES.split()]).__contains__,
    "iso3166alpha2": frozenset(_COUNTRY_LETTERS.split()).__contains__,
    "iso4217": frozenset(_CURRENCIES.split()).__contains__,
    "iso5218": lambda text: text in "0129",
    "iban": _iban,
    "pcenc": _percent_encoded,
    "latitude": lambda text: int(text) <= 1_800_000_000,
    "longitude": lambda text: int(text) <= 3_600_000_000,
    "yesno": lambda text: text in "01",
    "hyphen": lambda text: text == "-",
    "zero": lambda text: not text.strip("0"),
    "nonzero": lambda text: bool(text.strip("0")),
    "nozeroprefix": lambda text: text == "0" or text[:1] != "0",
    "winding": lambda text: text in "019",
    "pieceoftotal": _piece_of_total,
    "posinseqslash": _position,
    "importeridx": lambda text: re.fullmatch(r"[A-Za-z0-9_\-]", text) is not None,
    "mediatype": lambda text: 1 <= int(text) <= 10 or 80 <= int(text) <= 99,
    "hasnondigit": lambda text: not is_digits(text),
    "packagetype": _open,
    "couponcode": _open,
    "couponposoffer": _open,
}
"""Every check that an entry may name."""
