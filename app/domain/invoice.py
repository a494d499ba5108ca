"""Invoices 適格請求書 and receipts 納品書兼領収書: what an order comes to, with its tax by rate.

What must stand on a qualified invoice says the Consumption Tax Act 消費税法, article 57-4, paragraph 1: who issues it
and the registration number; the day of the transaction; what was sold, with a mark where the reduced rate applies; the
amounts added up by rate, and the rates; the tax by rate; who it is for. Whoever is not registered must not issue what
could be taken for one (article 57-5), so that without a number the paper is never called 適格請求書.

Tax is rounded once for each rate of an invoice, never line by line; whether down, up or half up is the shop's choice
(消費税法施行令 article 70-10, 消費税法基本通達 1-8-15, and Q&A 57 of the National Tax Agency's 国税庁
インボイス制度に関するQ&A, which forbids to add up tax that was rounded by line). What is taken off an order as a whole
is spread over the rates in proportion to their amounts, as the agency's notes on the reduced rate have it (一括値引きの
価額の比率によるあん分).

How sure this is. The six items, the rounding and its articles were found alike with several publishers of invoice
checkers; that amounts by rate are those after a discount taken off as a whole, that the tax is reckoned from these, and
that the discount is spread where it names no rate, with two tax offices that quote the agency's answer about discount
vouchers (割引券). That receipts below 50,000 yen need no stamp, that tax which is stated as an amount does not count,
and that a receipt for a payment by card needs none *as long as it says so*, is said alike by guides and shops that
quote 国税庁 No.7105 and No.7141. The agency's own pages were not at hand: a shop with an unusual case asks its tax
office.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from app.domain.orders import Address, Totals
from app.domain.papers import Slip, SlipLine, is_reduced_rate
from app.errors import StationError

__all__ = [
    "STAMP_FROM",
    "STANDARD",
    "Bill",
    "Billed",
    "Invoice",
    "InvoiceKind",
    "InvoiceRefused",
    "InvoiceRules",
    "InvoiceTitle",
    "PaidBy",
    "Points",
    "Prices",
    "RateSum",
    "Rounding",
    "Warned",
    "bill_of",
    "invoice_of",
    "paid_by",
    "registration_fault",
    "rounded",
    "spread",
    "title_of",
]

STANDARD = Decimal("0.1")
"""Japan's standard rate, which applies to shipping and to the fee of cash on delivery."""

STAMP_FROM = 50_000
"""Yen without tax from which a receipt for money bears a revenue stamp 収入印紙: below them it is exempt (印紙税法
別表第一 第17号), and tax that is stated apart does not count (国税庁 消費税法の改正等に伴う印紙税の取扱いについて)."""

_NOT_GIVEN = Decimal(-9999)
"""Written by some shops for an amount that is not settled yet."""
_REGISTRATION = re.compile(r"T[0-9]{13}")
_CASH = re.compile(r"現金|店頭払|店舗払|振込|振替|\bcash\b|bank transfer|bank deposit", re.IGNORECASE)
_CARRIER = re.compile(r"代金引換|代引|cash on delivery|\bcod\b", re.IGNORECASE)
_LATER = re.compile(r"後払|あと払|掛け払|掛払|請求書払|月末締|pay later|\bnet ?\d+\b", re.IGNORECASE)


class InvoiceRefused(StationError):
    """An order of which no true invoice can be made; its sentence names what is missing."""


class Rounding(StrEnum):
    """How the tax of a rate becomes whole yen, the setting ``invoice.rounding``."""

    DOWN = "down"
    """切捨て."""
    HALF_UP = "half_up"
    """四捨五入."""
    UP = "up"
    """切上げ."""


class Prices(StrEnum):
    """Whether the prices of a shop have the tax in them, the setting ``invoice.prices``."""

    AUTO = "auto"
    """Without tax where only that adds up to the shop's own total; else with it, as shops show prices to buyers."""
    WITH_TAX = "with_tax"
    """内税."""
    WITHOUT_TAX = "without_tax"
    """外税."""


class Points(StrEnum):
    """What points are, the setting ``invoice.points``."""

    DISCOUNT = "discount"
    """They lower the price, and the tax with it."""
    PAYMENT = "payment"
    """They are money: somebody else pays the shop for them, and the tax stays."""


class InvoiceKind(StrEnum):
    """Which paper a shop gives, the setting ``invoice.kind``."""

    RECEIPT = "receipt"
    """納品書兼領収書."""
    INVOICE = "invoice"
    """適格請求書."""


class InvoiceTitle(StrEnum):
    """What the paper may call itself."""

    QUALIFIED = "qualified"
    """適格請求書."""
    PLAIN = "plain"
    """請求書: the shop gave no registration number."""
    RECEIPT = "receipt"
    """納品書兼領収書."""
    BILL = "bill"
    """納品書兼請求書: paid later."""
    DELIVERY = "delivery"
    """納品書（明細）: the carrier collects the money and gives the receipt."""


class PaidBy(StrEnum):
    """How an order is paid, as far as a receipt must know."""

    CASH = "cash"
    """Cash or a transfer to the shop's account: a receipt for money."""
    CARRIER = "carrier"
    """The carrier collects it on delivery and gives the receipt."""
    LATER = "later"
    """After the delivery: nothing was received yet."""
    OTHER = "other"
    """By card and the like: a receipt, but of no money (no stamp)."""


@dataclass(frozen=True, slots=True)
class InvoiceRules:
    """What a shop decided about its invoices."""

    kind: InvoiceKind = InvoiceKind.RECEIPT
    rounding: Rounding = Rounding.DOWN
    prices: Prices = Prices.AUTO
    points: Points = Points.DISCOUNT
    rate: Decimal | None = None
    """Rate of goods for which the shop's file names none; None refuses such orders."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something about an invoice that a person should look at; it is printed all the same."""

    key: str
    """Key of the sentence."""
    args: tuple[tuple[str, str], ...] = ()
    """Its placeholders, as name and value."""


@dataclass(frozen=True, slots=True)
class Billed:
    """One line of goods: what it comes to."""

    amount: int
    """Yen, with or without tax as the bill's prices are."""
    rate: Decimal
    """Tax rate as a part of one."""


@dataclass(frozen=True, slots=True)
class RateSum:
    """Everything of one tax rate."""

    rate: Decimal
    """As a part of one."""
    gross: int
    """Goods, shipping and fee before anything is taken off, yen."""
    discount: int
    """This rate's share of what is taken off the order, yen, never negative."""
    tax: int
    """Rounded once, yen."""
    prices: Prices
    """Whether :attr:`gross` and :attr:`discount` have the tax in them."""

    @property
    def base(self) -> int:
        """Amount of which the tax is reckoned, yen, with or without it as the prices are."""
        return self.gross - self.discount

    @property
    def total(self) -> int:
        """What is paid for this rate, tax included, yen."""
        return self.base + (self.tax if self.prices is Prices.WITHOUT_TAX else 0)

    @property
    def net(self) -> int:
        """The same without tax, yen."""
        return self.total - self.tax

    @property
    def percent(self) -> str:
        """The rate in percent, such as ``8``."""
        return f"{(self.rate * 100).normalize():f}"


@dataclass(frozen=True, slots=True)
class Bill:
    """What an order comes to. Yen throughout."""

    lines: tuple[Billed, ...]
    """In the order of the lines given."""
    rates: tuple[RateSum, ...]
    """Highest first; together they are the whole bill."""
    prices: Prices
    """Whether the amounts of lines, shipping, fee and discount have the tax in them."""
    shipping: int
    fee: int
    discount: int
    """Taken off by the shop, as far as there was anything to take it off."""
    points: int
    """Used by the buyer: taken off too, or paid with."""
    paid_in_points: bool
    """Whether the points are money, which :attr:`total` knows nothing of."""
    warnings: tuple[Warned, ...] = ()

    @property
    def goods(self) -> int:
        """Sum of the lines."""
        return sum(line.amount for line in self.lines)

    @property
    def tax(self) -> int:
        """Tax of all rates."""
        return sum(each.tax for each in self.rates)

    @property
    def total(self) -> int:
        """Price of everything, tax included."""
        return sum(each.total for each in self.rates)

    @property
    def due(self) -> int:
        """What is paid in money."""
        return self.total - (self.points if self.paid_in_points else 0)


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice or receipt, as printed; it stands in for the packing slip and carries its code."""

    slip: Slip
    """The order: who sends, what, to whom. Its lines carry the bill's amounts."""
    bill: Bill
    title: InvoiceTitle
    to: Address
    """Who it is for: the buyer."""
    dealt_on: date | None = None
    """Day of the transaction 取引年月日."""
    received: bool = False
    """Whether the paper says that the money was received."""
    stamp: bool = False
    """Whether there is a field for a revenue stamp 収入印紙."""

    @property
    def language(self) -> str:
        """Language of the recipient; empty for the shop's."""
        return self.slip.language


# --- numbers ------------------------------------------------------------------------------------------------------


def registration_fault(text: str) -> str:
    """Return what is wrong with a registration number 登録番号; empty where nothing is.

    ``missing``, ``form`` (it is not T and 13 digits) or ``check`` (its first digit is not what the other twelve give).
    Companies have their corporate number 法人番号 behind the T, whose check digit is ``9 - (Σ Pn × Qn mod 9)`` with Pn
    the n-th digit from the right of the last twelve and Qn 1 for an odd n, 2 for an even one (平成26年財務省令第70号
    第2条, 国税庁 チェックデジットの計算). For the numbers of other businesses 国税庁 publishes no rule, so that
    a wrong digit is worth a warning and never a refusal.
    """
    number = re.sub(r"[\s‐-―−ー-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        return "missing"
    if not _REGISTRATION.fullmatch(number):
        return "form"
    digits = [int(digit) for digit in reversed(number[2:])]
    added = sum(digit * (2 if at % 2 else 1) for at, digit in enumerate(digits))
    return "" if int(number[1]) == 9 - added % 9 else "check"


def rounded(amount: Fraction, rounding: Rounding) -> int:
    """Return an amount that is not negative in whole yen."""
    whole, rest = divmod(amount.numerator, amount.denominator)
    if rounding is Rounding.UP:
        return whole + (rest > 0)
    return whole + (rounding is Rounding.HALF_UP and 2 * rest >= amount.denominator)


def spread(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Spread an amount in proportion to weights, exact to the yen: the largest remainders get the yen that are left.

    Equal remainders go to the greater weight, then to the earlier one. No share is greater than its weight.

    :param amount: from 0 to the sum of the weights.
    :param weights: none negative.
    """
    whole = sum(weights)
    if not 0 <= amount <= whole:
        raise ValueError(f"{amount} of {whole} cannot be spread")
    if not whole:
        return (0,) * len(weights)
    shares = [amount * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % whole), -weights[at], at))
    for at in by_rest[: amount - sum(shares)]:
        shares[at] += 1
    return tuple(shares)


# --- what an order comes to ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the shop's own totals say, yen; None for what they do not say."""

    shipping: int
    fee: int
    discount: int
    points: int
    tax: int | None
    total: int | None


def bill_of(lines: Sequence[SlipLine], totals: Totals, rules: InvoiceRules) -> Bill:
    """Return what an order comes to.

    :raises InvoiceRefused: no true bill can be made: another currency than yen, an amount that is missing, not settled
        or no amount, a tax rate that nobody knows.
    """
    if totals.currency.strip().upper() not in ("", "JPY"):
        raise InvoiceRefused("invoice.currency", currency=totals.currency.strip().upper())
    given = _Sums(
        shipping=_yen(totals.shipping, "paper.slip.shipping") or 0,
        fee=_yen(totals.fee, "paper.slip.fee") or 0,
        discount=abs(_yen(totals.discount, "paper.slip.discount", below=True) or 0),
        points=abs(_yen(totals.points, "paper.slip.points", below=True) or 0),
        tax=_yen(totals.tax, "paper.slip.tax"),
        total=_yen(totals.total, "paper.slip.total"),
    )
    billed = tuple(_billed(line, rules) for line in lines)
    bill = _added(billed, given, rules, Prices.WITH_TAX if rules.prices is Prices.AUTO else rules.prices)
    if rules.prices is Prices.AUTO and _off(bill, given.total):
        other = _added(billed, given, rules, Prices.WITHOUT_TAX)
        if (_off(other, given.total) or 0) <= len(other.rates):  # a yen a rate: the shop may round otherwise
            bill = other
    warnings = list(bill.warnings)
    unknown = sorted({line.sku for line in lines if not line.tax_rate.strip()})
    if unknown and rules.rate is not None:
        percent = f"{(rules.rate * 100).normalize():f}"
        warnings.append(_warned("invoice.warned.rate", percent=percent, skus=", ".join(unknown[:5])))
    if _off(bill, given.total):
        warnings.append(_warned("invoice.warned.total", ours=bill.total, theirs=given.total))
    if given.tax and given.tax != bill.tax:
        warnings.append(_warned("invoice.warned.tax", ours=bill.tax, theirs=given.tax))
    return replace(bill, warnings=tuple(warnings))


def _off(bill: Bill, total: int | None) -> int | None:
    """How far a bill is from the shop's own total; None where it gives none. Points may be off that already."""
    return None if total is None else min(abs(bill.total - total), abs(bill.due - total))


def _warned(key: str, **args: object) -> Warned:
    return Warned(key, tuple((name, str(value)) for name, value in args.items()))


def _decimal(text: str, what: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value.adjusted() > 11:
        raise InvoiceRefused("invoice.bad_amount", what=what, value=text.strip()[:40])
    if value == _NOT_GIVEN:
        raise InvoiceRefused("invoice.not_settled", what=what)
    return value


def _yen(text: str, what: str, *, below: bool = False) -> int | None:
    """Return an amount of the shop's totals in whole yen.

    :param below: it may be written below zero.
    """
    value = _decimal(text, what)
    if value is None:
        return None
    if value != value.to_integral_value() or (value < 0 and not below):
        raise InvoiceRefused("invoice.bad_amount", what=what, value=text.strip()[:40])
    return int(value)


_MODES = {Rounding.DOWN: ROUND_DOWN, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_UP}


def _billed(line: SlipLine, rules: InvoiceRules) -> Billed:
    """The amount of a line; one finer than a yen is rounded as tax is (it is a price, which the law leaves free)."""
    name = line.sku or line.name
    amount = _decimal(line.total(), name)
    if amount is None:
        raise InvoiceRefused("invoice.no_price", sku=name)
    if amount < 0:
        raise InvoiceRefused("invoice.bad_amount", what=name, value=line.total())
    rate = rules.rate
    if line.tax_rate.strip():
        rate = _decimal(line.tax_rate, name)
    if rate is None:
        raise InvoiceRefused("invoice.no_rate", sku=name)
    if not 0 <= rate < 1:
        raise InvoiceRefused("invoice.bad_rate", sku=name, value=line.tax_rate.strip())
    return Billed(int(amount.quantize(Decimal(1), _MODES[rules.rounding])), rate)


def _added(lines: tuple[Billed, ...], given: _Sums, rules: InvoiceRules, prices: Prices) -> Bill:
    """Add everything up by rate. Shipping and fee are at the standard rate."""
    gross: dict[Decimal, int] = {}
    for line in lines:
        gross[line.rate] = gross.get(line.rate, 0) + line.amount
    if given.shipping or given.fee:
        gross[STANDARD] = gross.get(STANDARD, 0) + given.shipping + given.fee
    rates = sorted(gross, reverse=True)
    amounts = [gross[rate] for rate in rates]
    whole = sum(amounts)
    discount = min(given.discount, whole)
    points = given.points
    as_discount = rules.points is Points.DISCOUNT
    if as_discount:
        points = min(points, whole - discount)
    shares = spread(discount + (points if as_discount else 0), amounts)
    sums = tuple(
        RateSum(rate, amount, share, rounded(_tax(amount - share, rate, prices), rules.rounding), prices)
        for rate, amount, share in zip(rates, amounts, shares, strict=True)
    )
    bill = Bill(lines, sums, prices, given.shipping, given.fee, discount, points, not as_discount and points > 0)
    if bill.due < 0:
        points = bill.total
        bill = replace(bill, points=points)
    rest = given.discount - discount + given.points - points
    return replace(bill, warnings=(_warned("invoice.warned.discount", rest=rest),)) if rest else bill


def _tax(base: int, rate: Decimal, prices: Prices) -> Fraction:
    part = Fraction(rate)
    return base * part / (1 + part) if prices is Prices.WITH_TAX else base * part


# --- the paper ----------------------------------------------------------------------------------------------------


def paid_by(payment: str, cod_amount: str) -> PaidBy:
    """Return how an order is paid, by the name of its payment method and whether the carrier collects anything."""
    if cod_amount.strip(" 0.") or _CARRIER.search(payment):
        return PaidBy.CARRIER
    if _LATER.search(payment):
        return PaidBy.LATER
    return PaidBy.CASH if _CASH.search(payment) else PaidBy.OTHER


def title_of(kind: InvoiceKind, registration: str, paid: PaidBy) -> InvoiceTitle:
    """Return what the paper may call itself; see :class:`InvoiceTitle`."""
    if kind is InvoiceKind.INVOICE:
        return InvoiceTitle.PLAIN if registration_fault(registration) in ("missing", "form") else InvoiceTitle.QUALIFIED
    if paid is PaidBy.CARRIER:
        return InvoiceTitle.DELIVERY
    return InvoiceTitle.BILL if paid is PaidBy.LATER else InvoiceTitle.RECEIPT


def invoice_of(slip: Slip, rules: InvoiceRules, dealt_on: date | None) -> Invoice:
    """Return the invoice of an order, with what a person should look at among its bill's warnings.

    :param dealt_on: the day of the transaction: when the goods leave.
    :raises InvoiceRefused: see :func:`bill_of`; and a gift, whose papers never show a price.
    """
    if slip.gift:
        raise InvoiceRefused("invoice.gift")
    bill = bill_of(slip.lines, slip.totals, rules)
    to = slip.buyer if slip.buyer.name.strip() else slip.ship_to
    paid = paid_by(slip.payment, slip.cod_amount)
    title = title_of(rules.kind, slip.shop.registration, paid)
    warnings = list(bill.warnings)
    if fault := registration_fault(slip.shop.registration):
        key = {
            "missing": "invoice.warned.registration_missing",
            "form": "invoice.warned.registration_form",
            "check": "invoice.warned.registration_check",
        }[fault]
        warnings.append(_warned(key, number=slip.shop.registration.strip()))
    if not to.name.strip():
        warnings.append(_warned("invoice.warned.nobody"))
    collected = _yen(slip.cod_amount, "paper.slip.cod")
    if collected and collected != bill.due:
        warnings.append(_warned("invoice.warned.cod", ours=bill.due, theirs=collected))
    short = sum(line.short + sum(part.short for part in line.parts) for line in slip.lines)
    if short:
        warnings.append(_warned("invoice.warned.short", pieces=short))
    received = title is InvoiceTitle.RECEIPT and bill.due > 0
    lines = tuple(
        replace(line, amount=str(each.amount), reduced=is_reduced_rate(str(each.rate)))
        for line, each in zip(slip.lines, bill.lines, strict=True)
    )
    return Invoice(
        slip=replace(slip, lines=lines),
        bill=replace(bill, warnings=tuple(warnings)),
        title=title,
        to=to,
        dealt_on=dealt_on,
        received=received,
        stamp=received and paid is PaidBy.CASH and min(sum(each.net for each in bill.rates), bill.due) >= STAMP_FROM,
    )
