"""Invoices: what an order comes to, and what the paper may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.invoice import (
    Bill,
    InvoiceKind,
    InvoiceRefused,
    InvoiceRules,
    InvoiceTitle,
    PaidBy,
    Points,
    Prices,
    Rounding,
    bill_of,
    invoice_of,
    paid_by,
    registration_fault,
    rounded,
    spread,
    title_of,
)
from app.domain.order_papers import language_of
from app.domain.orders import Address, ShipNumber, Totals
from app.domain.papers import ShopBlock, Slip, SlipLine, SlipPart
from app.domain.print_rules import OrderPaper, sheets_of

RULES = InvoiceRules()
TEA = SlipLine("ほうじ茶", "TEA", 2, price="1080", tax_rate="0.08")
CLOTH = SlipLine("クロス", "CLOTH", 1, price="1650", tax_rate="0.1")
BOOKLET = SlipLine("切手", "STAMP", 3, price="100", tax_rate="0")
SLIP = Slip(
    shop=ShopBlock("見本商店", registration="T7120001168421"),
    number=ShipNumber(12, 34),
    version=1,
    order_number="A-1",
    ship_to=Address(name="佐藤 花子"),
    lines=(TEA, CLOTH),
    payment="銀行振込",
    totals=Totals("3810", "550", "", "", "", "", "4360"),
)


def keys(bill: Bill) -> list[str]:
    return [each.key.rpartition(".")[2] for each in bill.warnings]


def refusal(call: object) -> str:
    with pytest.raises(InvoiceRefused) as told:
        call()  # type: ignore[operator]
    return told.value.key


def rates(bill: Bill) -> dict[str, tuple[int, int, int, int]]:
    return {each.percent: (each.gross, each.discount, each.base, each.tax) for each in bill.rates}


# --- registration number ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "T7120001168421",
        "T4011001098993",
        "T7010705000725",
        "T2120901007402",
        "Ｔ７１２０００１１６８４２１",
        "t7-1200-0116-8421",
    ],
)
def test_registration_numbers_of_companies_have_their_check_digit(number: str) -> None:
    assert registration_fault(number) == ""


@pytest.mark.parametrize(
    ("number", "fault"),
    [("", "missing"), (" ", "missing"), ("7120001168421", "form"), ("T712000116842", "form"),
     ("T71200011684211", "form"), ("TX120001168421", "form"), ("T8120001168421", "check"),
     ("T7120001168422", "check"), ("T0000000000000", "check")],
)  # fmt: skip
def test_a_wrong_registration_number_is_named(number: str, fault: str) -> None:
    assert registration_fault(number) == fault


@given(st.text("0123456789", min_size=12, max_size=12))
def test_exactly_one_first_digit_fits_twelve_others(base: str) -> None:
    assert [registration_fault(f"T{first}{base}") for first in range(10)].count("") == 1


def test_a_wrong_check_digit_warns_and_blocks_nothing() -> None:
    shop = replace(SLIP.shop, registration="T8120001168421")
    made = invoice_of(replace(SLIP, shop=shop), InvoiceRules(kind=InvoiceKind.INVOICE), None)
    assert (made.title, keys(made.bill)) == (InvoiceTitle.QUALIFIED, ["registration_check"])


def test_without_a_registration_number_the_paper_is_no_qualified_invoice() -> None:
    """Article 57-5: whoever is not registered must not issue what could be taken for one."""
    made = invoice_of(replace(SLIP, shop=ShopBlock("見本商店")), InvoiceRules(kind=InvoiceKind.INVOICE), None)
    assert (made.title, keys(made.bill)) == (InvoiceTitle.PLAIN, ["registration_missing"])


# --- rounding and spreading ---------------------------------------------------------------------------------------


def test_tax_is_rounded_once_for_a_rate_and_not_for_each_line() -> None:
    """Three times 105 yen: 31.5, so 31; by line it would be 10 + 10 + 10 (Q&A 57 forbids that)."""
    lines = [SlipLine("a", f"A{at}", 1, price="105", tax_rate="0.1") for at in range(3)]
    bill = bill_of(lines, Totals(), InvoiceRules(prices=Prices.WITHOUT_TAX))
    assert (bill.tax, bill.total) == (31, 346)


@pytest.mark.parametrize(
    ("rounding", "down", "half", "up"),
    [(Rounding.DOWN, 0, 0, 0), (Rounding.HALF_UP, 0, 1, 1), (Rounding.UP, 1, 1, 1)],
)
def test_the_shop_chooses_how_tax_is_rounded(rounding: Rounding, down: int, half: int, up: int) -> None:
    made = [rounded(part, rounding) for part in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))]
    assert made == [down, half, up]
    assert rounded(Fraction(7), rounding) == 7


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.data())
def test_shares_add_up_to_the_yen_and_none_is_more_than_its_weight(weights: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(weights)))
    shares = spread(amount, weights)
    assert sum(shares) == amount
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))
    whole = sum(weights)
    assert all(
        abs(share * whole - amount * weight) < max(whole, 1) for share, weight in zip(shares, weights, strict=True)
    )


def test_the_largest_remainders_get_the_yen_that_are_left() -> None:
    assert spread(10, [1, 1, 1 + 97]) == (0, 0, 10)
    assert spread(2, [100, 100, 100]) == (1, 1, 0)
    assert spread(100, [333, 333, 334]) == (33, 33, 34)
    assert spread(2, [1, 3]) == (0, 2)  # equal remainders: to the greater weight


@pytest.mark.parametrize("amount", [-1, 4])
def test_more_than_there_is_cannot_be_spread(amount: int) -> None:
    with pytest.raises(ValueError, match="cannot be spread"):
        spread(amount, [1, 2])


# --- an order -----------------------------------------------------------------------------------------------------


def test_shipping_and_fee_are_at_the_standard_rate() -> None:
    bill = bill_of([TEA], Totals(shipping="550", fee="330", total="3040"), RULES)
    assert rates(bill) == {"10": (880, 0, 880, 80), "8": (2160, 0, 2160, 160)}
    assert (bill.total, keys(bill)) == (3040, [])


def test_discount_and_points_are_spread_over_the_rates_in_proportion() -> None:
    bill = bill_of([TEA, CLOTH], Totals("3810", "550", "", "-300", "70", "", "3990"), RULES)
    assert rates(bill) == {"10": (2200, 187, 2013, 183), "8": (2160, 183, 1977, 146)}
    assert (bill.total, bill.due, keys(bill)) == (3990, 3990, [])


def test_points_may_be_money_that_leaves_the_tax_alone() -> None:
    bill = bill_of([CLOTH], Totals("1650", "", "", "", "500", "150", "1150"), InvoiceRules(points=Points.PAYMENT))
    assert (bill.total, bill.tax, bill.due, bill.paid_in_points, keys(bill)) == (1650, 150, 1150, True, [])


@pytest.mark.parametrize(
    ("total", "prices"), [("3810", Prices.WITH_TAX), ("4147", Prices.WITHOUT_TAX), ("", Prices.WITH_TAX)]
)
def test_prices_are_with_tax_or_without_as_the_total_says(total: str, prices: Prices) -> None:
    bill = bill_of([TEA, CLOTH], Totals(total=total), RULES)
    assert (bill.prices, keys(bill)) == (prices, [])


def test_a_total_that_fits_neither_is_no_reason_to_add_tax() -> None:
    bill = bill_of([TEA, CLOTH], Totals(total="4100"), RULES)
    assert (bill.prices, keys(bill)) == (Prices.WITH_TAX, ["total"])


def test_a_shop_that_rounds_otherwise_is_still_seen_to_add_its_tax() -> None:
    bill = bill_of([TEA, CLOTH], Totals(total="4148"), RULES)
    assert (bill.prices, keys(bill)) == (Prices.WITHOUT_TAX, ["total"])


def test_prices_without_tax_get_it_added_by_rate() -> None:
    bill = bill_of([TEA, CLOTH], Totals(shipping="500"), InvoiceRules(prices=Prices.WITHOUT_TAX))
    assert rates(bill) == {"10": (2150, 0, 2150, 215), "8": (2160, 0, 2160, 172)}
    assert bill.total == 2150 + 215 + 2160 + 172


def test_three_rates_stand_apart() -> None:
    bill = bill_of([TEA, CLOTH, BOOKLET], Totals(), RULES)
    assert [each.percent for each in bill.rates] == ["10", "8", "0"]
    assert bill.rates[2].tax == 0


def test_another_total_than_the_shops_is_a_warning_that_names_both() -> None:
    bill = bill_of([TEA], Totals(total="2000", tax="1"), RULES)
    assert [(each.key, dict(each.args)) for each in bill.warnings] == [
        ("invoice.warned.total", {"ours": "2160", "theirs": "2000"}),
        ("invoice.warned.tax", {"ours": "160", "theirs": "1"}),
    ]


def test_a_discount_larger_than_everything_takes_off_only_what_there_is() -> None:
    bill = bill_of([TEA], Totals(shipping="500", discount="9000", points="100", total="0"), RULES)
    assert (bill.total, bill.tax, bill.discount, bill.points) == (0, 0, 2660, 0)
    assert [(each.key, dict(each.args)) for each in bill.warnings] == [("invoice.warned.discount", {"rest": "6440"})]


def test_a_discount_larger_than_the_goods_is_taken_off_the_shipping_too() -> None:
    bill = bill_of([TEA], Totals(shipping="500", discount="2400", total="260"), RULES)
    assert (bill.total, keys(bill)) == (260, [])


@pytest.mark.parametrize(
    ("line", "totals", "key"),
    [
        (TEA, Totals(currency="USD"), "invoice.currency"),
        (TEA, Totals(shipping="-9999"), "invoice.not_settled"),
        (TEA, Totals(shipping="12.5"), "invoice.bad_amount"),
        (TEA, Totals(shipping="-10"), "invoice.bad_amount"),
        (TEA, Totals(total="viel"), "invoice.bad_amount"),
        (TEA, Totals(total="9" * 40), "invoice.bad_amount"),
        (replace(TEA, price=""), Totals(), "invoice.no_price"),
        (replace(TEA, price="-9999", quantity=1), Totals(), "invoice.not_settled"),
        (replace(TEA, price="-5"), Totals(), "invoice.bad_amount"),
        (replace(TEA, tax_rate=""), Totals(), "invoice.no_rate"),
        (replace(TEA, tax_rate="8"), Totals(), "invoice.bad_rate"),
    ],
)
def test_what_no_true_invoice_can_be_made_of_is_refused_by_name(line: SlipLine, totals: Totals, key: str) -> None:
    assert refusal(lambda: bill_of([line], totals, RULES)) == key


def test_goods_without_a_rate_get_the_shops_and_a_warning() -> None:
    bill = bill_of([replace(TEA, tax_rate="")], Totals(), InvoiceRules(rate=Decimal("0.1")))
    assert (bill.rates[0].percent, keys(bill)) == ("10", ["rate"])


LINES = st.lists(
    st.builds(
        SlipLine,
        name=st.just("品"),
        sku=st.sampled_from("ABCDE"),
        quantity=st.integers(1, 99),
        price=st.one_of(
            st.integers(0, 10**6).map(str), st.integers(0, 10**7).map(lambda each: f"{Decimal(each) / 100}")
        ),
        tax_rate=st.sampled_from(["0.1", "0.08", "0", "0.10", "0.080"]),
    ),
    min_size=1,
    max_size=12,
)
MONEY = st.one_of(st.just(""), st.integers(0, 10**6).map(str))
TOTALS = st.builds(Totals, shipping=MONEY, fee=MONEY, discount=MONEY, points=MONEY, tax=MONEY, total=MONEY)
ANY_RULES = st.builds(
    InvoiceRules,
    rounding=st.sampled_from(Rounding),
    prices=st.sampled_from(Prices),
    points=st.sampled_from(Points),
)


@given(LINES, TOTALS, ANY_RULES)
def test_the_parts_of_every_bill_add_up_to_the_whole(
    lines: list[SlipLine], totals: Totals, rules: InvoiceRules
) -> None:
    bill = bill_of(lines, totals, rules)
    taken = bill.discount + (0 if bill.paid_in_points or rules.points is Points.PAYMENT else bill.points)
    assert sum(each.gross for each in bill.rates) == bill.goods + bill.shipping + bill.fee
    assert sum(each.discount for each in bill.rates) == taken
    assert bill.total == sum(each.net + each.tax for each in bill.rates)
    assert bill.total - (bill.tax if bill.prices is Prices.WITHOUT_TAX else 0) == (
        bill.goods + bill.shipping + bill.fee - taken
    )
    assert bill.discount >= 0
    assert bill.points >= 0
    assert bill.due >= 0
    assert all(each.discount >= 0 and each.base >= 0 and each.tax >= 0 for each in bill.rates)


@given(LINES, TOTALS, ANY_RULES)
def test_the_tax_of_every_rate_is_rounded_once(lines: list[SlipLine], totals: Totals, rules: InvoiceRules) -> None:
    for each in bill_of(lines, totals, rules).rates:
        rate = Fraction(each.rate)
        exact = each.base * rate / (1 + rate) if each.prices is Prices.WITH_TAX else each.base * rate
        low, high = {
            Rounding.DOWN: (Fraction(-1), Fraction(0)),
            Rounding.UP: (Fraction(0), Fraction(1)),
            Rounding.HALF_UP: (Fraction(-1, 2), Fraction(1, 2)),
        }[rules.rounding]
        assert low <= each.tax - exact <= high


@given(LINES, TOTALS, ANY_RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(
    lines: list[SlipLine], totals: Totals, rules: InvoiceRules, chance: object
) -> None:
    other = list(lines)
    chance.shuffle(other)  # type: ignore[attr-defined]
    one, two = bill_of(lines, totals, rules), bill_of(other, totals, rules)
    assert (one.rates, one.total, one.tax, one.warnings) == (two.rates, two.total, two.tax, two.warnings)


# --- the paper ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payment", "cod", "paid"),
    [("銀行振込", "", PaidBy.CASH), ("現金", "", PaidBy.CASH), ("代金引換", "", PaidBy.CARRIER),
     ("現金", "100", PaidBy.CARRIER), ("Cash on Delivery", "", PaidBy.CARRIER), ("コンビニ後払い", "", PaidBy.LATER),
     ("クレジットカード", "0", PaidBy.OTHER),
     ("", "", PaidBy.OTHER)],
)  # fmt: skip
def test_how_an_order_is_paid_is_read_off_its_payment_method(payment: str, cod: str, paid: PaidBy) -> None:
    assert paid_by(payment, cod) is paid


@pytest.mark.parametrize(
    ("paid", "title"),
    [(PaidBy.CASH, InvoiceTitle.RECEIPT), (PaidBy.OTHER, InvoiceTitle.RECEIPT), (PaidBy.LATER, InvoiceTitle.BILL),
     (PaidBy.CARRIER, InvoiceTitle.DELIVERY)],
)  # fmt: skip
def test_nothing_is_called_a_receipt_before_the_money_is_there(paid: PaidBy, title: InvoiceTitle) -> None:
    assert title_of(InvoiceKind.RECEIPT, "", paid) is title


def stamped(price: str, payment: str = "銀行振込", **rules: object) -> bool:
    line = replace(CLOTH, price=price)
    slip = replace(SLIP, lines=(line,), totals=Totals(), payment=payment)
    return invoice_of(slip, InvoiceRules(**rules), None).stamp  # type: ignore[arg-type]


def test_a_revenue_stamp_has_a_field_from_fifty_thousand_yen_without_tax_in_cash() -> None:
    assert not stamped("54998")
    assert stamped("55000")
    assert not stamped("99000", "クレジットカード")
    assert not stamped("99000", "代金引換")
    assert not stamped("99000", "後払い")
    assert not stamped("99000", kind=InvoiceKind.INVOICE)


def test_an_invoice_is_for_the_buyer_and_for_the_recipient_where_there_is_none() -> None:
    assert invoice_of(SLIP, RULES, None).to.name == "佐藤 花子"
    made = invoice_of(replace(SLIP, buyer=Address(name="山田 太郎")), RULES, date(2026, 7, 14))
    assert (made.to.name, made.dealt_on) == ("山田 太郎", date(2026, 7, 14))


def test_an_invoice_for_nobody_and_one_of_short_goods_warn() -> None:
    kit = replace(CLOTH, parts=(SlipPart("部品", "P", 3, 2),))
    made = invoice_of(replace(SLIP, ship_to=Address(), lines=(replace(TEA, short=1), kit)), RULES, None)
    assert keys(made.bill) == ["nobody", "short"]
    assert dict(made.bill.warnings[1].args) == {"pieces": "3"}


def test_another_amount_collected_on_delivery_than_there_is_to_pay_warns() -> None:
    assert keys(invoice_of(replace(SLIP, cod_amount="4360"), RULES, None).bill) == []
    assert keys(invoice_of(replace(SLIP, cod_amount="4000"), RULES, None).bill) == ["cod"]


def test_a_gift_has_no_invoice() -> None:
    assert refusal(lambda: invoice_of(replace(SLIP, gift=True), RULES, None)) == "invoice.gift"


# --- which papers -------------------------------------------------------------------------------------------------

S, N, R = OrderPaper.SLIP, OrderPaper.INVOICE, OrderPaper.RETURN_SLIP


@pytest.mark.parametrize(
    ("wanted", "gift", "sheets"),
    [({S}, False, (S,)), ({N}, False, (N,)), ({S, N, R}, False, (S, N, R)), ({N, R}, True, (S, R)),
     ({S, N}, True, (S,)), ({R}, True, (R,)), ({"address_label"}, False, ()), (set(), True, ())],
)  # fmt: skip
def test_a_gift_gets_its_slip_in_place_of_the_invoice(wanted: set[str], gift: bool, sheets: tuple[str, ...]) -> None:
    assert sheets_of(wanted, gift=gift) == sheets


@pytest.mark.parametrize(
    ("setting", "country", "language"),
    [
        ("shop", "US", ""),
        ("recipient", "", ""),
        ("recipient", "jp", "ja"),
        ("recipient", "日本", "ja"),
        ("recipient", "US", "en"),
    ],
)
def test_papers_speak_the_language_of_the_recipients_country_where_the_shop_wants_it(
    setting: str, country: str, language: str
) -> None:
    assert language_of(setting, country) == language
