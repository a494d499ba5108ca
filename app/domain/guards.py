"""Guards of the bench: what must hold before goods count, beside being the right ones.

Each guard looks at one piece of goods in hand and refuses it with the reason, asks, or lets it pass. Somebody with the
right may let pass what the shop's setting ``override.allowed`` names, with a reason (:data:`GUARDS`); the others hold
always. Which human slip each one catches: ARCHITECTURE.md, "What scanning catches".
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import lots
from app.domain.asking import AskKind, takeable
from app.domain.bench import Bench, Details, KnownLot, Pending, Question, QuestionKind, Rules, Seen
from app.domain.facts import Asked, Fact
from app.domain.gtin import printable
from app.domain.outcome import Outcome, question, refused
from app.domain.products import Handling, KnownCode, LotPolicy

__all__ = ["GUARDS", "Hand", "about", "by_the_piece", "guarded", "plain_pending", "warned"]

GUARDS = ("unit_scan", "short_days", "expired", "recalled", "lot", "lot_order", "serial")
"""Guards that a shop may let its leaders override, one by one."""


def about(known: KnownCode) -> dict[str, object]:
    """Return what sentences and screens say of scanned goods."""
    return {"sku": known.sku, "name": known.name, "item_code": printable(known.code), "shelf": known.shelf}


def by_the_piece(handling: Handling, rules: Rules) -> bool:
    """Return whether every piece of goods must be scanned by itself: no cases, no typed numbers."""
    return handling.each_piece or (handling.alike and rules.alike_units)


def plain_pending(pending: Pending) -> dict[str, object]:
    """Return goods in hand as plain values, for the journal and the station's row."""
    return {
        "code": pending.code,
        "product": pending.product,
        "quantity": pending.quantity,
        "lot": pending.details.lot,
        "expiry": pending.details.expiry,
        "serial": pending.details.serial,
        "how": pending.how,
        "by": pending.by,
        "reason": pending.reason,
        "allowed": list(pending.allowed),
    }


@dataclass(frozen=True, slots=True)
class Hand:
    """Goods in hand, and everything that a guard may look at."""

    bench: Bench
    known: KnownCode
    pending: Pending
    """With what the shelf knew already."""
    seen: Seen
    rules: Rules

    @property
    def given(self) -> Details:
        """What is known of the pieces."""
        return self.pending.details

    @property
    def lot(self) -> KnownLot | None:
        """What is known of their lot."""
        return lots.known_lot(self.seen, self.known.handling, self.given)

    def passes(self, guard: str) -> bool:
        """Whether somebody let this guard pass."""
        return guard in self.pending.allowed


def guarded(hand: Hand) -> Outcome[Fact] | None:
    """Return what stops the goods in hand, or None where nothing does."""
    for guard in (_unit_scan, _pace, _details, _recalled, _lot, _expired, _short_days, _lot_order, _serial):
        stop = guard(hand)
        if stop is not None:
            return stop
    return None


def _stop(hand: Hand, guard: str, key: str, **args: object) -> Outcome[Fact]:
    """Refuse, and say whether somebody with the right may allow it."""
    if guard in hand.rules.overridable:
        args |= {"allow": guard, "pending": plain_pending(hand.pending)}
    return refused(key, **about(hand.known), **args)


def _unit_scan(hand: Hand) -> Outcome[Fact] | None:
    """A case label, or a typed number, where each piece must be scanned."""
    handling, pieces = hand.known.handling, hand.pending.quantity
    if pieces <= 1 or not by_the_piece(handling, hand.rules) or hand.passes("unit_scan"):
        return None
    if handling.lot_policy is LotPolicy.SERIAL:  # a case has not one serial number
        return refused("guard.each_serial", **about(hand.known), quantity=pieces)
    key = "guard.unit_scan" if handling.unit_scan else "guard.unit_scan_alike"
    return _stop(hand, "unit_scan", key, quantity=pieces)


def _pace(hand: Hand) -> Outcome[Fact] | None:
    """The same code again faster than a hand can lift the next piece: was it one more, or the trigger?"""
    since, pending = hand.seen.since, hand.pending
    if since is None or since >= hand.rules.pace_ms or pending.how or hand.passes("pace"):
        return None
    if hand.bench.last_code != pending.code:
        return None
    asked = Asked(Question(QuestionKind.ONE_MORE, pending=pending))
    done = sum(line.done for line in hand.bench.lines if line.product == hand.known.product)
    return question("pace.ask", asked, **about(hand.known), line_done=done)


_DOUBTED = {AskKind.LOT: "lot.ask_doubted", AskKind.SERIAL: "serial.ask_doubted"}
_ASKED = {AskKind.LOT: "lot.ask", AskKind.EXPIRY: "expiry.ask", AskKind.SERIAL: "serial.ask"}


def _details(hand: Hand) -> Outcome[Fact] | None:
    """Ask for the lot, the date or the serial number that the product asks for."""
    wanted = lots.missing(hand.given, hand.known.handling)
    if wanted is None or hand.passes("details"):
        return None
    asked = Asked(Question(QuestionKind(wanted), pending=hand.pending))
    value = lots.doubted(hand.seen.reading, wanted)
    if value:
        return question(_DOUBTED[wanted], asked, **about(hand.known), value=value)
    return question(_ASKED[wanted], asked, **about(hand.known), quantity=hand.pending.quantity)


def _recalled(hand: Hand) -> Outcome[Fact] | None:
    lot = hand.lot
    if lot is None or not lot.recalled or hand.passes("recalled"):
        return None
    return _stop(hand, "recalled", "lot.recalled", lot=lot.lot, why=lot.reason)


def _lot(hand: Hand) -> Outcome[Fact] | None:
    """A lot that contradicts what is known of it, or that nobody has booked in."""
    if hand.passes("lot") or not hand.known.handling.lot_policy.keeps_lot:
        return None
    lot, given = hand.lot, hand.given
    if lot is not None and lot.expiry and given.expiry and lot.expiry != given.expiry:
        return _stop(hand, "lot", "lot.expiry_differs", lot=given.lot, expiry=given.expiry, booked=lot.expiry)
    first = next(iter(takeable(hand.seen.lots, hand.rules.today)), None)
    if lot is None and hand.rules.unknown_lot == "refuse" and first is not None:
        return _stop(hand, "lot", "lot.unknown", lot=given.lot, first=first.lot)
    return None


def _expired(hand: Hand) -> Outcome[Fact] | None:
    expiry = hand.given.expiry
    left = lots.days_left(expiry, hand.rules.today)
    if left is None or left >= 0 or hand.passes("expired"):
        return None
    return _stop(hand, "expired", "lot.expired", expiry=expiry, days=-left)


def _short_days(hand: Hand) -> Outcome[Fact] | None:
    """Goods that would reach the customer too short before they expire."""
    own = hand.known.handling.min_days
    shop = hand.bench.order.min_days if hand.bench.order else 0
    least = shop if own is None else own
    expiry = hand.given.expiry
    left = lots.days_left(expiry, hand.rules.today)
    if left is None or not 0 <= left < least or hand.passes("short_days"):
        return None
    return _stop(hand, "short_days", "lot.short_days", expiry=expiry, days=left, least=least)


def _before(hand: Hand) -> KnownLot | None:
    """Return the lot on the shelf that expires before the one in hand; None where there is none."""
    first = next((each for each in takeable(hand.seen.lots, hand.rules.today) if each.expiry), None)
    expiry = hand.given.expiry
    return first if first is not None and expiry and first.expiry < expiry else None


def _lot_order(hand: Hand) -> Outcome[Fact] | None:
    """Another lot than the one that expires first, where the shop insists 先入先出."""
    if hand.rules.lot_order != "refuse" or hand.passes("lot_order"):
        return None
    first = _before(hand)
    if first is None:
        return None
    return _stop(hand, "lot_order", "lot.not_first", expiry=hand.given.expiry, first=first.expiry, first_lot=first.lot)


def warned(hand: Hand) -> str:
    """Return the earlier expiry that still lies on the shelf, where the shop wants to be told; else empty."""
    first = _before(hand) if hand.rules.lot_order == "warn" else None
    return first.expiry if first else ""


def _serial(hand: Hand) -> Outcome[Fact] | None:
    """A serial number that went into a parcel before, ever."""
    before, order = hand.seen.serial_in, hand.bench.order
    if not hand.given.serial or not before or hand.passes("serial"):
        return None
    key = "serial.twice" if order is not None and before == order.ship_number else "serial.seen"
    return _stop(hand, "serial", key, serial=hand.given.serial, other=before)
