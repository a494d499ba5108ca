"""Guards of the bench: lots, dates, serials, look-alikes, pace, typed numbers, goods without a code, and overrides."""

from dataclasses import replace

import pytest

from app.domain.asking import AskKind, ask
from app.domain.barcode import read
from app.domain.bench import Details, KnownLot, Pending, Question, QuestionKind, Refused, Rules, Seen
from app.domain.facts import Allowed, Asked, Packed, fold
from app.domain.guards import GUARDS
from app.domain.lots import parse_day
from app.domain.outcome import Level
from app.domain.packing import decide
from app.domain.people import EVERYONE, Person, Right, Role
from app.domain.products import Handling, LotFrom, LotPolicy
from tests.makers import command, ean, goods, known, line, on_bench, text

TODAY = "2026-11-30"
RULES = Rules(station="1", today=TODAY, pace_ms=400, overridable=frozenset(GUARDS), people=True)
PACKER = Person(1, "P1", "山田", Role.PACKER)
LEADER = Person(2, "L1", "佐藤", Role.LEADER)
BENCH = frozenset({Right.PACK, Right.TAKE_OVER})
LOT, EXPIRY, BOTH, SERIAL = (Handling(policy) for policy in list(LotPolicy)[1:])
NEW = KnownLot("L2", "2027-06-30", 5)
OLD = KnownLot("L1", "2027-03-31", 5)


def kept(handling, raw="", quantity=1, **more):
    """A scan of product 1, handled so."""
    found = known(1, quantity, handling=handling)
    return Seen(read(raw or found.code), products=(found,), **more)


def about(handling, raw, **more):
    """A text that answers what is asked of product 1."""
    return Seen(read(raw), asked=(known(1, handling=handling),), **more)


def asking(kind, **more):
    pending = more.pop("pending", Pending("0" + ean(1), 1))
    return on_bench(line(wanted=3), line(2), question=Question(QuestionKind(kind), pending=pending, **more))


def said(bench, seen, rules=RULES):
    return decide(bench, seen, rules).say.key


def packed(outcome):
    return next(fact for fact in outcome.facts if isinstance(fact, Packed))


def message(**parts):
    """A GS1 message of product 1."""
    names = {"lot": "10", "expiry": "17", "serial": "21"}
    return f"(01)0{ean(1)}" + "".join(f"({names[name]}){value}" for name, value in parts.items())


# --- lot, date, serial --------------------------------------------------------------------------------------------


def test_the_code_itself_gives_lot_and_date():
    outcome = decide(on_bench(line(wanted=2)), kept(BOTH, message(expiry="270331", lot="L1")), RULES)
    assert outcome.say.key == "pack.ok"
    fact = packed(outcome)
    assert (fact.lot, fact.expiry) == ("L1", "2027-03-31")
    assert (outcome.say.args["lot"], outcome.say.args["expiry"]) == ("L1", "2027-03-31")


@pytest.mark.parametrize(
    ("handling", "key"), [(LOT, "lot.ask"), (EXPIRY, "expiry.ask"), (BOTH, "lot.ask"), (SERIAL, "serial.ask")]
)
def test_what_the_code_does_not_say_is_asked_for(handling, key):
    start = on_bench(line(wanted=2))
    outcome = decide(start, kept(handling), RULES)
    assert (outcome.say.key, outcome.say.level) == (key, Level.QUESTION)
    bench = fold(start, outcome.facts, "a")
    assert ask(bench, RULES).kind == AskKind(key.split(".")[0])
    assert bench.done == 0


def test_one_shelf_with_one_lot_gives_it():
    outcome = decide(on_bench(line(wanted=2)), kept(BOTH, lots=(OLD,)), RULES)
    assert (packed(outcome).lot, packed(outcome).expiry) == ("L1", "2027-03-31")
    day = replace(EXPIRY, min_days=5)
    outcome = decide(on_bench(line(wanted=2)), kept(day, lots=(KnownLot("2027-03-31", "2027-03-31", 4),)), RULES)
    assert (packed(outcome).lot, packed(outcome).expiry) == ("2027-03-31", "2027-03-31")


@pytest.mark.parametrize(
    "seen",
    [
        kept(BOTH, lots=(OLD, NEW)),
        kept(BOTH, lots=(KnownLot("", "", 9), OLD)),
        kept(replace(BOTH, lot_from=LotFrom.SCAN), lots=(OLD,)),
        kept(BOTH, lots=(replace(OLD, pieces=0),)),
    ],
)
def test_a_shelf_with_several_lots_or_none_gives_nothing(seen):
    assert said(on_bench(line(wanted=2)), seen) == "lot.ask"


def test_a_scanned_or_typed_lot_answers_and_its_known_date_comes_with_it():
    outcome = decide(asking("lot"), about(BOTH, "L2", lots=(OLD, NEW)), replace(RULES, lot_order="off"))
    assert (packed(outcome).lot, packed(outcome).expiry) == ("L2", "2027-06-30")
    unknown = decide(asking("lot"), about(BOTH, "L9", lots=(OLD, NEW)), RULES)
    assert unknown.say.key == "expiry.ask"
    (fact,) = unknown.facts
    assert isinstance(fact, Asked)
    assert fact.question.pending.details.lot == "L9"


def test_another_code_of_the_same_piece_answers():
    bench = asking("lot")
    given = kept(BOTH, message(expiry="270331", lot="L1"), asked=(known(1, handling=BOTH),))
    assert packed(decide(bench, given, RULES)).lot == "L1"
    again = kept(BOTH, asked=(known(1, handling=BOTH),))
    assert said(bench, again) == "lot.that_is_the_item"
    assert said(asking("expiry"), replace(again, asked=(known(1, handling=EXPIRY),))) == "expiry.that_is_the_item"
    assert said(asking("serial"), replace(again, asked=(known(1, handling=SERIAL),))) == "serial.that_is_the_item"
    assert said(bench, goods(2, asked=(known(1, handling=BOTH),))) == "detail.first"


def test_a_lot_that_may_have_swallowed_the_date_is_asked_for_unless_it_is_known():
    """The scanner lost the separator after the lot: ``10L1`` and ``17270331`` came as one."""
    raw = f"]C1010{ean(1)}10L117270331"
    start = on_bench(line(wanted=2))
    asked = decide(start, kept(LOT, raw), RULES)
    assert (asked.say.key, asked.say.args["value"]) == ("lot.ask_doubted", "L117270331")
    again = kept(LOT, raw, asked=(known(1, handling=LOT),))
    assert packed(decide(fold(start, asked.facts, "a"), again, RULES)).lot == "L117270331"
    assert packed(decide(on_bench(line(wanted=2)), kept(LOT, raw, lots=(OLD, NEW)), RULES)).lot == "L1"
    whole = KnownLot("L117270331", "", 4)
    assert packed(decide(on_bench(line(wanted=2)), kept(LOT, raw, lots=(whole, NEW)), RULES)).lot == "L117270331"
    serial = f"]C1010{ean(1)}21S117270331"
    assert said(on_bench(line(wanted=2)), kept(SERIAL, serial)) == "serial.ask_doubted"
    running = f"]d2010{ean(1)}21S110945"
    assert packed(decide(start, kept(SERIAL, running), RULES)).serial == "S110945"
    sent = f"]C1010{ean(1)}10L1\x1d17270331"
    assert packed(decide(on_bench(line(wanted=2)), kept(BOTH, sent), RULES)).lot == "L1"


def test_a_message_without_a_gtin_answers_as_far_as_it_goes():
    outcome = decide(asking("lot"), about(BOTH, "]C1" + "10L1"), RULES)
    assert outcome.say.key == "expiry.ask"
    assert packed(decide(asking("expiry"), about(EXPIRY, "]C1" + "17270331"), RULES)).expiry == "2027-03-31"


def test_a_lot_on_the_shelf_is_chosen_by_its_number():
    rules = replace(RULES, lot_order="off")
    outcome = decide(asking("lot"), replace(command("2"), asked=(known(1, handling=BOTH),), lots=(NEW, OLD)), rules)
    assert (packed(outcome).lot, packed(outcome).expiry) == ("L2", "2027-06-30")
    none = replace(command("3"), asked=(known(1, handling=BOTH),), lots=(NEW, OLD))
    assert said(asking("lot"), none) == "choice.none"
    assert said(on_bench(), command("1")) == "choice.not_asked"


@pytest.mark.parametrize(
    ("kind", "raw", "key"),
    [
        ("lot", "x" * 31, "lot.unreadable"),
        ("expiry", "soon", "expiry.unreadable"),
        ("expiry", "2027-02-30", "expiry.unreadable"),
        ("serial", "s" * 31, "serial.unreadable"),
    ],
)
def test_what_can_be_no_answer_is_refused(kind, raw, key):
    handling = {"lot": LOT, "expiry": EXPIRY, "serial": SERIAL}[kind]
    assert said(asking(kind), about(handling, raw)) == key


def test_an_answer_for_goods_that_left_the_list_is_refused():
    assert said(asking("lot"), text("L1")) == "detail.product_gone"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-03-31", "2027-03-31"),
        ("2027/3/1", "2027-03-01"),
        ("27.03.31", "2027-03-31"),
        ("2027年3月31日", "2027-03-31"),
        ("2028年2月", "2028-02-29"),
        ("20270331", "2027-03-31"),
        ("270331", "2027-03-31"),
        ("202703", "2027-03-31"),
        ("2027.03", "2027-03-31"),
        ("209912", "2099-12-31"),
        ("201332", None),
        ("2027-13-01", None),
        ("1999-01-01", None),
        ("12345", None),
        ("٢٠٢٧-٠٣-٣١", None),
        ("", None),
    ],
)
def test_dates_are_read_as_they_stand_on_goods(written, day):
    assert parse_day(written) == day


def test_expired_goods_are_refused_from_the_day_after():
    scan = kept(EXPIRY, message(expiry="261129"))
    assert said(on_bench(line(wanted=2)), scan) == "lot.expired"
    assert said(on_bench(line(wanted=2)), kept(EXPIRY, message(expiry="261130"))) == "pack.ok"


def test_goods_that_keep_too_short_are_refused_by_the_shops_days_or_their_own():
    bench = on_bench(line(wanted=2))
    strict = replace(bench, order=replace(bench.order, min_days=30))
    scan = kept(EXPIRY, message(expiry="261229"))
    assert said(bench, scan) == "pack.ok"
    outcome = decide(strict, scan, RULES)
    assert outcome.say.key == "lot.short_days"
    assert (outcome.say.args["days"], outcome.say.args["least"]) == (29, 30)
    assert said(strict, kept(EXPIRY, message(expiry="261230"))) == "pack.ok"
    assert said(strict, kept(replace(EXPIRY, min_days=0), message(expiry="261229"))) == "pack.ok"
    assert said(bench, kept(replace(EXPIRY, min_days=30), message(expiry="261229"))) == "lot.short_days"


def test_a_recalled_lot_is_refused_with_the_reason():
    recalled = replace(OLD, recalled=True, reason="異物")
    outcome = decide(on_bench(line(wanted=2)), kept(BOTH, message(expiry="270331", lot="L1"), lots=(recalled,)), RULES)
    assert outcome.say.key == "lot.recalled"
    assert outcome.say.args["why"] == "異物"


def test_a_lot_whose_date_contradicts_the_books_is_refused():
    scan = kept(BOTH, message(expiry="270430", lot="L1"), lots=(OLD,))
    assert said(on_bench(line(wanted=2)), scan) == "lot.expiry_differs"


def test_a_lot_that_nobody_booked_in_is_refused_where_the_shop_wants_that():
    scan = kept(LOT, message(lot="L9"), lots=(OLD,))
    assert said(on_bench(line(wanted=2)), scan) == "pack.ok"
    assert said(on_bench(line(wanted=2)), scan, replace(RULES, unknown_lot="refuse")) == "lot.unknown"
    nothing = kept(LOT, message(lot="L9"))
    assert said(on_bench(line(wanted=2)), nothing, replace(RULES, unknown_lot="refuse")) == "pack.ok"


def test_the_lot_that_expires_first_goes_first():
    scan = kept(BOTH, message(expiry="270630", lot="L2"), lots=(OLD, NEW))
    bench = on_bench(line(wanted=2), lots=(NEW, OLD))
    assert ask(bench, RULES).lot == OLD
    outcome = decide(bench, scan, RULES)
    assert (outcome.say.key, outcome.say.args["first"]) == ("pack.ok_later_lot", "2027-03-31")
    assert said(bench, scan, replace(RULES, lot_order="refuse")) == "lot.not_first"
    assert said(bench, scan, replace(RULES, lot_order="off")) == "pack.ok"
    first = kept(BOTH, message(expiry="270331", lot="L1"), lots=(OLD, NEW))
    assert said(bench, first, replace(RULES, lot_order="refuse")) == "pack.ok"
    recalled = kept(BOTH, message(expiry="270630", lot="L2"), lots=(replace(OLD, recalled=True), NEW))
    assert said(bench, recalled, replace(RULES, lot_order="refuse")) == "pack.ok"


def test_a_serial_that_went_before_is_refused_ever():
    scan = kept(SERIAL, message(serial="S1"))
    assert packed(decide(on_bench(line(wanted=2)), scan, RULES)).serial == "S1"
    assert said(on_bench(line(wanted=2)), replace(scan, serial_in="3-007")) == "serial.seen"
    assert said(on_bench(line(wanted=2)), replace(scan, serial_in="12-034")) == "serial.twice"
    assert said(asking("serial"), about(SERIAL, "S1", serial_in="?")) == "serial.seen"


# --- each piece by itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("handling", "key"),
    [
        (Handling(unit_scan=True), "guard.unit_scan"),
        (Handling(alike=True), "guard.unit_scan_alike"),
        (SERIAL, "guard.each_serial"),
        (Handling(), "pack.ok"),
    ],
)
def test_a_case_is_refused_where_each_piece_is_scanned(handling, key):
    assert said(on_bench(line(wanted=6), line(2)), kept(handling, quantity=6)) == key


def test_a_shop_may_take_cases_of_goods_that_have_a_look_alike():
    calm = replace(RULES, alike_units=False)
    assert said(on_bench(line(wanted=6), line(2)), kept(Handling(alike=True), quantity=6), calm) == "pack.ok"
    both = kept(Handling(alike=True, unit_scan=True), quantity=6)
    assert said(on_bench(line(wanted=6), line(2)), both, calm) == "guard.unit_scan"


def test_a_label_of_ours_is_no_goods():
    assert said(on_bench(), text("KS-A01")) == "label.shelf"
    assert said(on_bench(), text("KT-7")) == "label.not_goods"
    assert said(on_bench(), text("00345678901234567895")) == "label.case"


def test_the_orders_own_slip_is_no_goods():
    from tests.makers import candidate

    scan = Seen(read("KO-12-034-1"), candidates=(candidate(),))
    outcome = decide(on_bench(line(wanted=2)), scan, RULES)
    assert not any(isinstance(fact, Packed) for fact in outcome.facts)
    assert outcome.say.key == "order.already_open"


# --- pace ---------------------------------------------------------------------------------------------------------


ONE = "0" + ean(1)


def at_pace(since, last=ONE, raw=""):
    bench = on_bench(line(wanted=3, done=1), line(2), last_code=last)
    return decide(bench, goods(1, raw=raw or "0" + ean(1), since=since), RULES)


def test_the_same_code_faster_than_a_hand_is_asked_about():
    assert at_pace(399).say.key == "pace.ask"
    assert at_pace(400).say.key == "pack.ok"
    assert at_pace(None).say.key == "pack.ok"
    assert at_pace(10, last="").say.key == "pack.ok"
    assert at_pace(10, last="0" + ean(2)).say.key == "pack.ok"
    assert (
        decide(
            on_bench(line(wanted=3), last_code="0" + ean(1)), goods(1, raw="0" + ean(1), since=10), Rules("1")
        ).say.key
        == "pack.ok"
    )


def test_the_same_code_again_in_a_hands_time_is_one_more():
    bench = fold(on_bench(line(wanted=3, done=1), line(2)), at_pace(80).facts, "a")
    scan = goods(1, raw="0" + ean(1), since=900)
    assert said(bench, scan) == "pack.ok"
    assert said(bench, replace(scan, since=None)) == "pack.ok"
    assert said(bench, replace(scan, since=70)) == "pace.ask"
    assert said(bench, goods(2)) == "pack.ok"
    assert said(bench, command("cancel")) == "question.dismissed"


# --- one code on several products ---------------------------------------------------------------------------------


def both():
    return Seen(read(ean(1)), products=(known(1), known(2, shelf="B-01")))


def test_a_code_of_several_products_is_asked_about_and_answered_by_choice_label_or_other_code():
    start = on_bench(line(wanted=2), line(3))
    outcome = decide(start, both(), RULES)
    assert outcome.say.key == "which.ask"
    bench = replace(fold(start, outcome.facts, "a"), options=both().products)
    chosen = decide(bench, command("1"), RULES)
    assert (chosen.say.key, packed(chosen).how, packed(chosen).product) == ("pack.ok", "chosen", 1)
    assert said(bench, command("2")) == "item.wrong"
    assert said(bench, command("3")) == "choice.none"
    assert said(bench, text("KS-A-01")) == "pack.ok"
    assert said(bench, text("KS-Z-99")) == "which.not_told"
    assert said(bench, Seen(read("SKU-1"), products=(known(1),))) == "pack.ok"
    assert said(bench, both()) == "which.ask"
    assert said(bench, goods(3)) == "pack.ok"


# --- a typed number -----------------------------------------------------------------------------------------------

KEYED = Handling(keyed=True)


def keying(handling=KEYED, rights=EVERYONE, last=ONE, **of_line):
    bench = on_bench(line(wanted=6, **of_line), line(2), last_code=last)
    scan = replace(command("quantity"), asked=(known(1, handling=handling),))
    return said(bench, scan, replace(RULES, rights=rights))


def test_a_number_is_typed_only_for_goods_and_by_people_that_may():
    assert keying(done=1) == "quantity.ask"
    assert keying(Handling(), done=1) == "quantity.not_this"
    assert keying(replace(KEYED, alike=True), done=1) == "quantity.not_this"
    assert keying(rights=BENCH, done=1) == "quantity.leader_needed"
    assert keying(last="", done=1) == "quantity.scan_first"
    assert keying(done=6) == "item.complete"
    assert said(on_bench(line(done=1)), command("quantity")) == "quantity.nothing"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("6", "pack.ok"),
        ("7", "quantity.too_many"),
        ("1", "quantity.too_few"),
        ("0", "quantity.too_few"),
        ("x", "quantity.unreadable"),
        ("99999", "quantity.unreadable"),
    ],
)
def test_the_number_is_all_pieces_in_the_box_and_never_more_than_wanted(typed, key):
    question = Question(QuestionKind.QUANTITY, line=1, pending=Pending("0" + ean(1), 1, how="keyed"))
    bench = on_bench(line(wanted=6, done=1), line(2), question=question, person=LEADER)
    outcome = decide(bench, about(KEYED, typed), RULES)
    assert outcome.say.key == key
    if key == "pack.ok":
        fact, told = outcome.facts
        assert (fact.quantity, fact.how, fact.by) == (5, "keyed", LEADER.id)
        assert isinstance(told, Allowed)
        assert (told.what, told.quantity) == ("keyed", 5)


# --- goods without a code -----------------------------------------------------------------------------------------


CODELESS = Handling(no_code=True)


def without(handling=CODELESS, rules=RULES, **of_line):
    bench = on_bench(line(wanted=2, handling=handling, **of_line), line(2), person=PACKER)
    outcome = decide(bench, command("nocode"), rules)
    return outcome.say.key, fold(bench, outcome.facts, "a")


def vouching(raw, person=None):
    return Seen(read(raw), person=person, asked=(known(1, handling=Handling(no_code=True)),))


def test_goods_without_a_code_need_a_second_person_or_a_reason():
    key, bench = without()
    assert key == "nocode.ask"
    by_person = decide(bench, vouching("KU-L1", LEADER), RULES)
    assert (packed(by_person).how, packed(by_person).by) == ("no_code", LEADER.id)
    assert said(bench, vouching("KU-P1", PACKER)) == "nocode.another_person"
    assert said(bench, vouching("KU-XX")) == "person.unknown"
    by_reason = decide(bench, vouching("KP-R-DAMAGED"), RULES)
    assert (packed(by_reason).reason, packed(by_reason).quantity) == ("damaged", 1)
    assert any(isinstance(fact, Allowed) and fact.what == "no_code" for fact in by_reason.facts)
    assert said(bench, vouching("KP-R-THICK")) == "reason.another"


def test_goods_that_do_have_a_code_need_the_second_person():
    key, bench = without(Handling())
    assert key == "nocode.ask_person"
    assert ask(bench, RULES).plain()["second"] is True
    assert said(bench, vouching("KP-R-DAMAGED")) == "nocode.person_needed"
    assert said(bench, vouching("KU-L1", LEADER)) == "pack.ok"
    key, bench = without(Handling(), code="")
    assert key == "nocode.ask"
    key, bench = without(rules=replace(RULES, nocode="second"))
    assert said(bench, vouching("KP-R-DAMAGED"), replace(RULES, nocode="second")) == "nocode.person_needed"
    alone = replace(RULES, people=False)
    key, bench = without(Handling(), alone)
    assert said(bench, vouching("KP-R-DAMAGED"), alone) == "pack.ok"


def test_a_shop_may_forbid_goods_without_a_code():
    assert without(rules=replace(RULES, nocode="off"))[0] == "nocode.off"
    assert said(on_bench(line(product=None, wanted=1)), command("nocode")) == "nocode.ask_person"
    unknown = replace(line(wanted=1), product=None)
    assert said(on_bench(unknown), command("nocode")) == "nocode.unknown_product"
    assert said(on_bench(line(done=1)), command("nocode")) == "nocode.nothing"


# --- overrides ----------------------------------------------------------------------------------------------------

REFUSALS = {
    "unit_scan": kept(Handling(unit_scan=True), quantity=2),
    "short_days": kept(replace(EXPIRY, min_days=90), message(expiry="261231")),
    "expired": kept(EXPIRY, message(expiry="261101")),
    "recalled": kept(LOT, message(lot="L1"), lots=(replace(OLD, recalled=True),)),
    "lot": kept(BOTH, message(expiry="270228", lot="L1"), lots=(OLD,)),
    "lot_order": kept(BOTH, message(expiry="270630", lot="L2"), lots=(OLD, NEW)),
    "serial": kept(SERIAL, message(serial="S1"), serial_in="3-007"),
}
STRICT = replace(RULES, lot_order="refuse")
ALLOWING = {
    "unit_scan": "allow.unit_scan",
    "short_days": "allow.short_days",
    "expired": "allow.expired",
    "recalled": "allow.recalled",
    "lot": "allow.lot",
    "lot_order": "allow.lot_order",
    "serial": "allow.serial",
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_leader_lets_pass_what_the_shop_allows_with_a_reason_and_is_named(guard):
    scan = REFUSALS[guard]
    start = on_bench(line(wanted=3), line(2), person=PACKER)
    outcome = decide(start, scan, STRICT)
    assert (outcome.say.level, outcome.say.args["allow"], outcome.facts) == (Level.REFUSED, guard, ())
    plain = outcome.say.args["pending"]
    details = Details(plain["lot"], plain["expiry"], plain["serial"])
    refused = Refused(guard, Pending(plain["code"], plain["product"], plain["quantity"], details))
    again = replace(start, refused=refused)
    assert said(again, command("allow"), replace(STRICT, rights=BENCH)) == "allow.leader_needed"
    asked = decide(again, Seen(read("KU-L1"), person=LEADER), replace(STRICT, rights=BENCH))
    assert asked.say.key == ALLOWING[guard]
    bench = fold(again, asked.facts, "b")
    assert bench.person == PACKER
    reason = replace(scan, reading=read("KP-R-OTHER"), products=(), asked=scan.products)
    assert said(bench, replace(reason, reading=read("KP-R-THICK")), STRICT) == "reason.another"
    done = decide(bench, reason, STRICT)
    assert done.say.key == "pack.ok"
    assert (packed(done).how, packed(done).reason, packed(done).by) == ("allowed", "other", LEADER.id)
    assert any(isinstance(fact, Allowed) and fact.what == guard for fact in done.facts)


@pytest.mark.parametrize("guard", GUARDS)
def test_what_the_shop_does_not_allow_nobody_lets_pass(guard):
    outcome = decide(on_bench(line(wanted=3)), REFUSALS[guard], replace(STRICT, overridable=frozenset()))
    assert "allow" not in outcome.say.args
    assert said(on_bench(line(wanted=3)), command("allow"), STRICT) == "allow.nothing"


def test_what_is_refused_while_a_date_is_asked_for_may_be_allowed_there_too():
    bench = asking("expiry")
    outcome = decide(bench, about(EXPIRY, "2026-11-01"), RULES)
    assert (outcome.say.key, outcome.facts) == ("lot.expired", ())
    plain = outcome.say.args["pending"]
    pending = Pending(plain["code"], plain["product"], plain["quantity"], Details(expiry=plain["expiry"]))
    refused = replace(bench, refused=Refused("expired", pending))
    assert said(refused, command("allow")) == "allow.expired"
    assert said(refused, Seen(read("KU-L1"), person=LEADER), replace(RULES, rights=BENCH)) == "allow.expired"


def test_who_signs_in_while_goods_wait_goes_on_with_them():
    bench = asking("lot")
    outcome = decide(bench, Seen(read("KU-P1"), person=PACKER), RULES)
    now = fold(bench, outcome.facts, "a")
    assert (outcome.say.key, now.person, now.question) == ("person.signed_in", PACKER, bench.question)


def test_one_override_lets_only_one_guard_pass():
    scan = replace(REFUSALS["expired"], lots=(KnownLot("2026-11-01", "2026-11-01", 3, recalled=True),))
    question = Question(
        QuestionKind.ALLOW_REASON,
        code="expired",
        pending=Pending(scan.reading.text, 1, 1, Details(expiry="2026-11-01")),
    )
    bench = on_bench(line(wanted=3), question=question)
    reason = replace(scan, reading=read("KP-R-OTHER"), products=(), asked=scan.products)
    outcome = decide(bench, reason, STRICT)
    assert outcome.say.key == "lot.recalled"
    assert outcome.say.args["pending"]["allowed"] == ["expired"]
