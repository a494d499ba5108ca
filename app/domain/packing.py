"""Verification at the bench 検品: what a scan means for the open order.

A frozen snapshot (:class:`~app.domain.bench.Bench`) and a code that has been looked up
(:class:`~app.domain.bench.Seen`) go in; a sentence and facts come out. Which function answers is one table,
:data:`ANSWERS`; a missing entry is the refusal.

No clock, no random, no input or output. Laws (tests/domain/test_packing_laws.py): a refusal has no facts; never more
than wanted; never the wrong thing; every order can be finished, shorted or handed back; undo restores the snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain import boxes, closing, extras, goods, opening, weighing
from app.domain.asking import AskKind, ask, next_line
from app.domain.barcode import Fault, Gs1, Gtin, ShelfCode, is_part_of
from app.domain.bench import Bench, BenchLine, Question, QuestionKind, Rules, Seen, Step, StepKind
from app.domain.closing import Answer, names, order_while_open
from app.domain.facts import (
    Asked,
    Dismissed,
    Dropped,
    Fact,
    HandedBack,
    Parked,
    ReprintWanted,
    Shorted,
    SignedIn,
    Taught,
    Undone,
)
from app.domain.guards import about
from app.domain.orders import OrderState, WaybillState
from app.domain.outcome import Outcome, info, ok, question, refused
from app.domain.people import RIGHTS, Right
from app.domain.reader_faults import ReaderFault, suspect
from app.domain.seen import LABELLING, REASONS, SeenKind, command_of, kind_of
from app.domain.unreadable import unreadable

__all__ = ["ANSWERS", "decide"]


# --- deciding -----------------------------------------------------------------------------------------------------


def decide(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Answer one code. Never raises for anything that can be scanned."""
    wanted = ask(bench, rules)
    kind = kind_of(seen, wanted.kind)
    stopped = _meanwhile(bench, seen, kind) if bench.order and kind is not SeenKind.PERSON else None
    if stopped:
        return stopped
    answer = ANSWERS.get((wanted.kind, kind)) or _REFUSALS[kind]
    return answer(bench, seen, rules)


def _meanwhile(bench: Bench, seen: Seen, kind: SeenKind) -> Outcome[Fact] | None:
    """Stop what was changed at another station while it was on this bench."""
    order = bench.order
    assert order is not None
    args = names(order)
    here = {each.id for each in bench.members}
    another = next((each.order for each in seen.candidates if each.order.id not in here), None)
    if another is not None:
        args["again"] = another.named  # its slip was not taken: it is to be scanned again
    if order.state is OrderState.CANCELLED:
        return info("order.cancelled_meanwhile", Dropped(), **args)
    if bench.lost:
        return info("order.changed_meanwhile", Dropped(), **args)
    if bench.changed:
        # What is in the box stays counted: its new slip opens it again.
        return info("order.changed_meanwhile", Parked(), **args)
    labelling = bench.question is not None and not order.open and AskKind(bench.question.kind) in LABELLING
    if labelling and order.state is not OrderState.VERIFIED:
        return info("label.gone", Dropped(), **names(order))
    if bench.held and (order.open or labelling) and kind not in _WHILE_HELD:
        return refused("order.held_meanwhile", **names(order))
    return None


_WHILE_HELD = (SeenKind.CANCEL, SeenKind.UNDO, SeenKind.LATER)


def _next_while_open(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    assert bench.order is not None
    return refused("next.while_open", **names(bench.order))


def _item_before_order(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    if seen.single is None and bench.order and bench.order.state is OrderState.VERIFIED:
        return refused("order.complete_scan_next", **about(seen.products[0]), **names(bench.order))
    if seen.single is not None:
        return opening.single(bench, seen, rules)
    return refused("order.scan_first", **about(seen.products[0]))


def _done_early(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    line = next_line(bench)
    assert line is not None
    left = sum(each.left for each in bench.lines)
    return refused("done.still_wanted", left=left, name=line.name, sku=line.sku)


def _undo(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Take back the last act's steps; a standing question is an act's only effect and goes first."""
    if bench.question:
        return info("question.dismissed", Dismissed())
    if not bench.trail or bench.order is None:
        return refused("undo.nothing")
    if not bench.order.open and bench.order.state is not OrderState.VERIFIED:
        return refused("undo.handed_over", **names(bench.order))
    act = bench.trail[-1].act
    steps = tuple(step for step in bench.trail if step.act == act)
    first, last = min(steps, key=_about_first), steps[-1]
    gone = {each.id for each in bench.waybills if each.state is WaybillState.HANDED_OVER}
    if gone and (last.kind is StepKind.CLOSE or any(step.waybill in gone for step in steps)):
        return refused("undo.handed_over", **names(bench.order))  # a piece of it is with the carrier already
    named = {line.id: line.name for line in bench.lines}
    args: dict[str, object] = {**names(bench.order), "quantity": sum(s.quantity for s in steps if s.kind is first.kind)}
    args["name"] = named.get(first.line or 0, "")
    undone = Undone(steps)
    if last.kind is StepKind.CLOSE:
        labelled = any(step.kind is StepKind.ATTACH for step in steps)
        return ok("undo.reopened_label" if labelled else "undo.reopened", undone, **args)
    if last.kind is StepKind.ATTACH:
        again = () if bench.order.open else (Asked(Question(QuestionKind.LABEL, order=bench.order.id)),)
        return ok("undo.label", undone, *again, **args, last4=last.code[-4:])
    if first.extra is not None:
        args["name"] = next((each.name for each in bench.extras if each.id == first.extra), "")
    return ok(
        _UNDONE.get(first.kind, "undo.packed"), undone, **args, slip=first.code, box=first.box, carton=first.source
    )


_UNDONE = {
    StepKind.SHORT: "undo.short",
    StepKind.SLIP: "undo.slip",
    StepKind.ACCEPT: "undo.accepted",
    StepKind.INSERT: "undo.insert",
    StepKind.NO_INSERT: "undo.insert_short",
    StepKind.BOX: "undo.box",
    StepKind.CARTON: "undo.carton",
    StepKind.MOVE: "undo.moved",
    StepKind.WEIGH: "undo.weight",
}


def _about_first(step: Step) -> bool:
    """Sort what a box had to be opened for before its opening."""
    return step.kind is StepKind.BOX


def _all_in(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-SHORT`` where nothing is wanted any more."""
    return refused("short.all_in")


def _slip_first(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Goods, or a command about goods, before the slip was scanned."""
    wanted = ask(bench, rules).slip
    assert wanted is not None
    return refused("slip.first", **names(wanted))


def _short(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    line = next_line(bench)
    assert line is not None
    return question(
        "short.ask",
        Asked(Question(QuestionKind.SHORT_REASON, line=line.id)),
        name=line.name,
        sku=line.sku,
        left=line.left,
    )


def _reason(seen: Seen) -> str:
    command = command_of(seen.reading)
    return REASONS.get(command, "") if command else ""


def _short_reason(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    reason = _reason(seen)
    if not reason:
        return refused("reason.another")
    assert bench.question is not None
    if bench.question.line is None:
        return extras.ran_out(bench, bench.question.code, reason, rules)
    line = next(each for each in bench.lines if each.id == bench.question.line)
    fact = Shorted(line.id, line.left, reason)
    rest = [each for each in bench.lines if each.id != line.id and each.left]
    args: dict[str, object] = {"name": line.name, "sku": line.sku, "quantity": line.left, "reason": fact.reason}
    if line.set_name:
        args["set"] = line.set_name
    if rest:
        return ok("short.noted", fact, **args)
    missing = sum(each.short for each in bench.lines) + line.left
    return question("short.only_left", fact, **args, missing=missing)


def _cancel(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Hand the order back; with something declared short it goes under the hold ``short``."""
    assert bench.order is not None
    short = bench.short > 0
    key = "order.handed_back_short" if short else "order.handed_back"
    if any(each.attached for each in bench.waybills):
        key = "order.handed_back_label"
    return ok(key, HandedBack(short, bench.order.state), **names(bench.order), put_back=bench.done)


def _dismiss(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    return info("question.dismissed", Dismissed())


def _reprint(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    if bench.order is None:
        return refused("reprint.nothing")
    asked = Asked(Question(QuestionKind.REPRINT_REASON, order=bench.order.id))
    return question("reprint.ask", asked, **names(bench.order))


def _reprint_reason(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    assert bench.order is not None
    reason = _reason(seen)
    if not reason:
        return refused("reason.another")
    return ok("reprint.queued", ReprintWanted(bench.order.id, reason), **names(bench.order), reason=reason)


def _teach(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """``KP-TEACH``, or a leader's badge straight after an unknown JAN: which product is it?"""
    line = next_line(bench)
    if not bench.unknown or line is None or line.product is None:
        return refused("teach.nothing")
    may = rules.rights if seen.person is None else rules.rights | {Right.TEACH}
    if Right.TEACH not in may:
        return refused("teach.leader_needed")
    asked = Asked(Question(QuestionKind.TEACH, line=line.id, code=bench.unknown))
    return question("teach.ask", asked, code=bench.unknown, name=line.name, sku=line.sku)


def _taught(bench: Bench, line: BenchLine) -> Outcome[Fact]:
    assert bench.question is not None
    assert line.product is not None
    fact = Taught(bench.question.code, line.product)
    return ok("teach.done", fact, code=bench.question.code, name=line.name, sku=line.sku)


def _teach_again(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """The same unknown code again ties it to the proposed product."""
    assert bench.question is not None
    gtins = {kind.gtin14 for kind in seen.reading.kinds if isinstance(kind, (Gtin, Gs1))}
    if bench.question.code not in gtins:
        return _unknown(bench, seen, rules)
    line = next(each for each in bench.lines if each.id == bench.question.line)
    return _taught(bench, line)


def _teach_product(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A known code of another product of this order (its SKU on the shelf label) ties the code to that one."""
    products = {known.product for known in seen.products}
    line = next((each for each in bench.lines if each.product in products), None)
    if len(products) != 1 or line is None:
        return refused("teach.not_in_order", code=seen.reading.text)
    return _taught(bench, line)


def _badge(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    if seen.person is None:
        return refused("person.unknown", code=seen.reading.text)
    rights = RIGHTS[seen.person.role]
    if bench.refused is not None and Right.ALLOW in rights:
        return goods.allow_ask(bench, seen.person)
    if bench.unknown and ask(bench, rules).kind in (AskKind.WAYBILL, AskKind.LABEL):
        if Right.WAYBILL_BY_HAND in rights:
            return closing.hand_ask(bench)
    elif bench.unknown and Right.TEACH in rights and next_line(bench):
        return _teach(bench, seen, rules)
    # The label is still wanted, whoever holds the scanner; and so is what goods in hand wait for.
    asked = bench.question
    again = (Asked(asked),) if asked and (asked.kind is QuestionKind.LABEL or asked.pending) else ()
    return ok("person.signed_in", SignedIn(seen.person), *again, name=seen.person.name, role=str(seen.person.role))


def _label_for_goods(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """A label of ours where goods are wanted: what is on the shelf says nothing of what is in the hand."""
    shelf = next((kind.code for kind in seen.reading.kinds if isinstance(kind, ShelfCode)), "")
    return refused("label.shelf" if shelf else "label.not_goods", code=shelf or seen.reading.text[:80])


# --- refusals -----------------------------------------------------------------------------------------------------


_MAY_BE_SPOILT = (None, Fault.BAD_CHECK_DIGIT, Fault.CODE_BROKEN, Fault.COMMAND_UNKNOWN, Fault.CONTROL_CHARACTERS)
_SPOILT: Mapping[ReaderFault | None, str] = {
    ReaderFault.INPUT_METHOD: "code.spoilt_by.input_method",
    ReaderFault.LAYOUT: "code.spoilt_by.layout",
    ReaderFault.CAPS_LOCK: "code.spoilt_by.caps_lock",
    ReaderFault.SEPARATOR: "code.spoilt_by.separator",
    ReaderFault.PREFIX: "code.spoilt_by.prefix",
    ReaderFault.SUFFIX: "code.spoilt_by.suffix",
}
"""What the scanner or the keyboard did to a code that nothing has, where it looks like it."""


def _unknown(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
    """Nothing has this code: say what is wrong with it, as far as can be told."""
    reading = seen.reading
    shown = reading.text[:80]
    fault = reading.fault
    spoilt = suspect(reading.raw) if fault in _MAY_BE_SPOILT else None
    if spoilt in _SPOILT and not is_part_of(reading.text, seen.parts):
        return refused("code.spoilt", code=shown, why=_SPOILT[spoilt])
    if fault is not None and fault is not Fault.BAD_CHECK_DIGIT:
        return unreadable(fault, shown)
    if is_part_of(reading.text, seen.parts):
        return refused("code.half", code=shown)
    if fault is not None:
        return unreadable(fault, shown)
    gtin = next((k.gtin14 for k in reading.kinds if isinstance(k, (Gtin, Gs1)) and k.gtin14), "")
    if not gtin and any(isinstance(kind, Gs1) and kind.sscc for kind in reading.kinds):
        return refused("label.case", code=shown)
    return refused("code.unknown", code=shown, gtin=gtin)


def _simple(key: str) -> Answer:
    """Return an answer that always refuses with *key*."""

    def refuse(bench: Bench, seen: Seen, rules: Rules) -> Outcome[Fact]:
        return refused(key, code=seen.reading.text[:80])

    return refuse


_REFUSALS: Mapping[SeenKind, Answer] = MappingProxyType(
    {
        SeenKind.NEXT: _simple("answer.first"),
        SeenKind.DONE: _simple("done.nothing_open"),
        SeenKind.UNDO: _simple("undo.nothing"),
        SeenKind.SHORT: _simple("short.nothing"),
        SeenKind.CANCEL: _simple("cancel.nothing_open"),
        SeenKind.REPRINT: _simple("reprint.nothing"),
        SeenKind.TEACH: _simple("teach.nothing"),
        SeenKind.LATER: _simple("later.nothing"),
        SeenKind.PARCEL: _simple("parcel.nothing"),
        SeenKind.SERVICE: _simple("service.nothing"),
        SeenKind.BOX: _simple("box.nothing"),
        SeenKind.SWITCH: _simple("box.nothing"),
        SeenKind.MOVE: _simple("box.nothing"),
        SeenKind.MAKER: _simple("box.nothing"),
        SeenKind.SPLIT: _simple("box.nothing"),
        SeenKind.NO_FIT: _simple("box.nothing"),
        SeenKind.CARTON: _simple("carton.nothing"),
        SeenKind.INSERT: _simple("insert.not_here"),
        SeenKind.WEIGHT: _simple("weight.not_asked"),
        SeenKind.QUANTITY: _simple("quantity.nothing"),
        SeenKind.NO_CODE: _simple("nocode.nothing"),
        SeenKind.ALLOW: _simple("allow.nothing"),
        SeenKind.CHOICE: _simple("choice.not_asked"),
        SeenKind.DETAIL: _unknown,
        SeenKind.REASON: _simple("reason.not_asked"),
        SeenKind.PERSON: _simple("person.unknown"),
        SeenKind.PRODUCT: _simple("answer.first"),
        SeenKind.ORDER: _simple("answer.first"),
        SeenKind.WAYBILL: closing.waybill_too_early,
        SeenKind.LABEL: _simple("label.not_wanted"),
        SeenKind.UNKNOWN: _unknown,
    }
)
"""The refusal of a kind of code where :data:`ANSWERS` has no entry for it."""

_QUESTIONS = (
    AskKind.SHORT_REASON,
    AskKind.REPRINT_REASON,
    AskKind.TAKE_OVER,
    AskKind.TEACH,
    AskKind.LABEL,
    AskKind.HAND_WAYBILL,
    AskKind.OVERRIDE_REASON,
    AskKind.SERVICE_REASON,
    AskKind.WHICH,
    AskKind.ONE_MORE,
    AskKind.LOT,
    AskKind.EXPIRY,
    AskKind.SERIAL,
    AskKind.QUANTITY,
    AskKind.NO_CODE,
    AskKind.ALLOW_REASON,
    AskKind.BOX,
    AskKind.MOVE,
)
_WORK = (
    AskKind.SLIP,
    AskKind.ITEM,
    AskKind.INSERT,
    AskKind.CLOSE_SHORT,
    AskKind.WEIGHT,
    AskKind.WAYBILL,
    AskKind.CLOSE,
)
"""Asks while an order is open and no question stands."""
_PACKING = tuple(kind for kind in _WORK if kind is not AskKind.SLIP)
"""Asks while goods may go into boxes."""
_ANY_TEXT = (AskKind.LOT, AskKind.EXPIRY, AskKind.SERIAL)
"""Asks that any text about the goods in hand answers."""
_WORK_COMMANDS = (
    SeenKind.NEXT,
    SeenKind.DONE,
    SeenKind.SHORT,
    SeenKind.REPRINT,
    SeenKind.TEACH,
    SeenKind.LATER,
    SeenKind.PARCEL,
    SeenKind.SERVICE,
    SeenKind.BOX,
    SeenKind.SWITCH,
    SeenKind.MOVE,
    SeenKind.MAKER,
    SeenKind.SPLIT,
    SeenKind.NO_FIT,
    SeenKind.QUANTITY,
    SeenKind.NO_CODE,
    SeenKind.ALLOW,
)

_ABOUT_BOXES: Mapping[SeenKind, Answer] = {
    SeenKind.CARTON: boxes.carton,
    SeenKind.NO_FIT: boxes.no_fit,
    SeenKind.SWITCH: boxes.switch,
    SeenKind.MOVE: boxes.move_ask,
    SeenKind.MAKER: boxes.maker,
}
_AFTER_SLIP = (SeenKind.DONE, SeenKind.SHORT, SeenKind.BOX, SeenKind.SPLIT, SeenKind.INSERT, *_ABOUT_BOXES)
"""Codes that wait until the slip was scanned, as goods do."""
_AFTER_ANSWER = (*_WORK_COMMANDS, SeenKind.CARTON, SeenKind.INSERT)
"""Codes that wait until the question was answered."""

ANSWERS: Mapping[tuple[AskKind, SeenKind], Answer] = MappingProxyType(
    {
        (AskKind.ORDER, SeenKind.NEXT): opening.next_order,
        (AskKind.ORDER, SeenKind.ORDER): opening.open_order,
        (AskKind.ORDER, SeenKind.LABEL): opening.list_or_label,
        (AskKind.ORDER, SeenKind.PRODUCT): _item_before_order,
        (AskKind.ORDER, SeenKind.UNDO): _undo,
        (AskKind.ORDER, SeenKind.REPRINT): _reprint,
    }
    | {(kind, SeenKind.NEXT): _next_while_open for kind in _WORK}
    | {(kind, SeenKind.UNDO): _undo for kind in (*_WORK, *_QUESTIONS)}
    | {(kind, SeenKind.CANCEL): _cancel for kind in _WORK}
    | {(kind, SeenKind.REPRINT): _reprint for kind in _WORK}
    | {(kind, SeenKind.LATER): closing.later for kind in _WORK}
    | {(kind, SeenKind.PARCEL): closing.parcel for kind in _WORK}
    | {(kind, SeenKind.SERVICE): closing.service for kind in _WORK}
    | {(kind, SeenKind.ORDER): order_while_open for kind in _WORK}
    | {(kind, SeenKind.PRODUCT): goods.item for kind in _WORK}
    | {(kind, SeenKind.BOX): boxes.menu for kind in _PACKING}
    | {(kind, SeenKind.INSERT): extras.paper for kind in _PACKING}
    | {(kind, SeenKind.SPLIT): closing.split for kind in _PACKING}
    | {(kind, SeenKind.CANCEL): _dismiss for kind in _QUESTIONS}
    | {(kind, code): _simple("answer.first") for kind in _QUESTIONS for code in _AFTER_ANSWER}
    | {(kind, code): answer for kind in (*_PACKING, AskKind.BOX) for code, answer in _ABOUT_BOXES.items()}
    | {(AskKind.BOX, SeenKind.PARCEL): closing.parcel, (AskKind.BOX, SeenKind.REASON): boxes.too_thick}
    | {(AskKind.MOVE, SeenKind.PRODUCT): boxes.move}
    | {(AskKind.SLIP, code): _slip_first for code in _AFTER_SLIP}
    | {
        (AskKind.SLIP, SeenKind.ORDER): closing.slip,
        (AskKind.SLIP, SeenKind.PRODUCT): _slip_first,
        (AskKind.ITEM, SeenKind.DONE): _done_early,
        (AskKind.ITEM, SeenKind.SHORT): _short,
        (AskKind.ITEM, SeenKind.TEACH): _teach,
        (AskKind.ITEM, SeenKind.LABEL): _label_for_goods,
        (AskKind.ITEM, SeenKind.QUANTITY): goods.quantity_ask,
        (AskKind.ITEM, SeenKind.NO_CODE): goods.no_code,
        (AskKind.INSERT, SeenKind.DONE): extras.first,
        (AskKind.INSERT, SeenKind.SHORT): extras.short_ask,
        (AskKind.INSERT, SeenKind.LABEL): _label_for_goods,
        (AskKind.INSERT, SeenKind.WAYBILL): extras.first,
        (AskKind.WEIGHT, SeenKind.WEIGHT): weighing.weigh,
        (AskKind.WEIGHT, SeenKind.DONE): weighing.first,
        (AskKind.WEIGHT, SeenKind.SHORT): _all_in,
        (AskKind.WEIGHT, SeenKind.WAYBILL): weighing.first,
        (AskKind.CLOSE_SHORT, SeenKind.DONE): closing.close_short,
        (AskKind.WAYBILL, SeenKind.WAYBILL): closing.waybill,
        (AskKind.WAYBILL, SeenKind.DONE): closing.override,
        (AskKind.WAYBILL, SeenKind.SHORT): _all_in,
        (AskKind.CLOSE, SeenKind.DONE): closing.close,
        (AskKind.CLOSE, SeenKind.SHORT): _all_in,
        (AskKind.SHORT_REASON, SeenKind.REASON): _short_reason,
        # The goods turned up after all: a good scan never needs an answer.
        (AskKind.SHORT_REASON, SeenKind.PRODUCT): goods.item,
        (AskKind.REPRINT_REASON, SeenKind.REASON): _reprint_reason,
        (AskKind.TAKE_OVER, SeenKind.ORDER): opening.take_over,
        (AskKind.TEACH, SeenKind.UNKNOWN): _teach_again,
        (AskKind.TEACH, SeenKind.PRODUCT): _teach_product,
        (AskKind.LABEL, SeenKind.WAYBILL): closing.waybill,
        (AskKind.LABEL, SeenKind.LATER): closing.label_later,
        (AskKind.HAND_WAYBILL, SeenKind.WAYBILL): closing.hand_again,
        (AskKind.OVERRIDE_REASON, SeenKind.REASON): closing.override_reason,
        (AskKind.OVERRIDE_REASON, SeenKind.WAYBILL): closing.waybill,
        (AskKind.SERVICE_REASON, SeenKind.REASON): closing.service_reason,
        (AskKind.WHICH, SeenKind.CHOICE): goods.choose,
        (AskKind.WHICH, SeenKind.PRODUCT): goods.which,
        (AskKind.WHICH, SeenKind.LABEL): goods.which_shelf,
        (AskKind.ONE_MORE, SeenKind.PRODUCT): goods.one_more,
        (AskKind.QUANTITY, SeenKind.DETAIL): goods.quantity,
        # Another piece instead of a number counts as such.
        (AskKind.QUANTITY, SeenKind.PRODUCT): goods.item,
        (AskKind.NO_CODE, SeenKind.REASON): goods.no_code_reason,
        (AskKind.NO_CODE, SeenKind.PRODUCT): goods.item,
        (AskKind.ALLOW_REASON, SeenKind.REASON): goods.allow_reason,
    }
    | {(kind, SeenKind.ALLOW): goods.allow for kind in (*_WORK, *_ANY_TEXT)}
    | {(kind, SeenKind.DETAIL): goods.detail for kind in _ANY_TEXT}
    | {(kind, SeenKind.PRODUCT): goods.detail_of_goods for kind in _ANY_TEXT}
    | {(kind, SeenKind.CHOICE): goods.choose_lot for kind in (AskKind.LOT, AskKind.EXPIRY)}
    | {(kind, SeenKind.PERSON): _badge for kind in AskKind}
    | {(AskKind.NO_CODE, SeenKind.PERSON): goods.no_code_person}
    | {
        (AskKind.SIGN_IN, kind): _simple("signin.needed")
        for kind in SeenKind
        if kind not in (SeenKind.PERSON, SeenKind.UNKNOWN)
    }
)
"""What is wanted and what was scanned give the function that answers; a missing entry is the refusal."""
