"""Who gave out a GS1 number: the organisation of its prefix and the company prefix, from the tables of biip.

Only for finding out what a code is; nothing is decided by it. The tables load on the first question.
"""

from __future__ import annotations

from app.domain.gtin import forms, is_digits

__all__ = ["company_prefix", "issuer", "prefix_usage", "sscc_spaced"]


def issuer(gtin14: str) -> str:
    """Return which GS1 organisation gives out the prefix of a GTIN; empty where it is given out by none."""
    short = forms(gtin14)[0]
    return prefix_usage(short, eight=True) if len(short) == 8 else prefix_usage(gtin14[1:], eight=False)


def prefix_usage(number: str, *, eight: bool) -> str:
    """Return what the prefix of a number is for, or ''; *eight*: by the table for numbers of eight digits."""
    from biip.gs1_prefixes import GS1Prefix, GS18Prefix

    if not is_digits(number):
        return ""
    found = GS18Prefix.extract(number) if eight else GS1Prefix.extract(number)
    return found.usage if found else ""


def company_prefix(number: str) -> str:
    """Return the company prefix that a number of 13 digits or an SSCC without its first digit begins with, or ''."""
    from biip.gs1_prefixes import GS1CompanyPrefix

    found = GS1CompanyPrefix.extract(number) if is_digits(number) else None
    return found.value if found else ""


def sscc_spaced(sscc: str) -> str:
    """Return an SSCC in the groups in which it is printed: extension, company prefix, serial, check digit."""
    company = company_prefix(sscc[1:])
    groups = (sscc[0], company, sscc[1 + len(company) : -1], sscc[-1])
    return " ".join(group for group in groups if group)
