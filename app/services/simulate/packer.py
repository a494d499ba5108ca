"""The simulated packer: hands that err on the way from the shelf to the parcel, and do what the station asks.

The box is what the hands put in it; the station only sees what is scanned. A packer believes the slip or the screen, so
that a mispick is one whatever the station says; what the station refuses is put right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import ClassVar

from app.domain.asking import AskKind
from app.domain.mispicks import Control, Fault, Mispick, Piece, RuleSet, faults
from app.domain.outcome import Level
from app.services.simulate.goods import Goods, Order
from app.services.simulate.picker import Hand, Line, Made, Picker
from app.services.simulate.scale import Scale
from app.services.simulate.station import Said, Station

__all__ = ["ANSWERED", "HABITS", "Habits", "Packed", "Packer"]


@dataclass(frozen=True, slots=True)
class Habits:
    """How the modelled person works; assumptions, as the rates are."""

    lift_ms: float = 1400.0
    """Median time from one piece to the next."""
    spread: float = 0.35
    """Its spread: the standard deviation of the logarithm."""
    mixes: float = 0.3
    """Share of the orders whose pieces are taken from the pile as they come, not line by line."""
    heeds: float = 0.7
    """Share of the times in which somebody who scans one piece for all goes back to each piece when asked."""
    chooses: float = 0.9
    """Share of right answers when two products have one code and the station asks which it is."""
    walks_on: float = 0.3
    """Share of the times in which "one more?" after a bounce is left standing and the next piece is scanned."""
    trusts: float = 0.5
    """Share of the times in which a right piece that the station has counted already is put back on the shelf."""
    checks: float = 0.95
    """Share of the wrong boxes in which what is wrong is found when the scale has stopped them."""


HABITS = Habits()
"""The usual ones."""


@dataclass(slots=True)
class Packed:
    """One parcel that left the bench."""

    wrong: frozenset[Fault]
    made: list[Made]
    missed: list[Made]
    """Those that went out with it."""
    scans: int = 0
    pieces: int = 0
    lines: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    """Right work that was refused, by the answer's key; what the scale stops is counted apart."""
    weighed: bool = False
    """It was on the scale."""
    wrong_weighed: bool = False
    """There were other goods in it then than were ordered."""
    stopped: bool = False
    """The scale stopped it."""
    asked: Counter[str] = field(default_factory=Counter)
    """Right pieces about which the station asked, by what it asked; the person may really be that fast."""
    stuck: bool = False
    """The station would not let the order be finished; it was handed back and did not leave."""


ANSWERED = (AskKind.ONE_MORE, AskKind.WHICH, AskKind.LOT, AskKind.EXPIRY, AskKind.SERIAL)
"""Questions about a piece that the person knows how to answer."""

_BOUNCE_MS = (15, 60)
_REPEAT_MS = (120, 350)
"""Time between two pulls of the trigger at one piece."""
_CARE_MS = 1500
"""Least time for an answer: the hand goes to the keys and back."""
_MOST_ANSWERS = 3
"""Answers to the station about one piece before the person gives it up."""
_MISSING = (Mispick.WRONG_COUNT, Mispick.LEFT_OUT)
_UNWEIGHED = (Mispick.WRONG_LOT, Mispick.WRONG_SERIAL, Mispick.DAMAGED)
"""What is not seen by counting the pieces in a box."""


class Packer:
    """One person at one station, under one set of rules."""

    def __init__(
        self,
        goods: Goods,
        rules: RuleSet,
        rates: Mapping[Mispick, float],
        habits: Habits,
        station: Station | None,
        scale: Scale | None = None,
    ) -> None:
        """Put a person at *station*; None for one who has only paper.

        :param scale: what the box is put on when the station asks for its weight.
        """
        self._goods, self._rules, self._habits, self._station = goods, rules, habits, station
        self._scale = scale
        self._rates = rates
        self._asked = ""
        """What the station asked about the last piece; empty for nothing."""
        self._text = ""
        """What was scanned last."""
        self._unscanned: set[str] = set()
        """Serial numbers that went out without a scan: the station can't know them again."""
        self._mu = math.log(habits.lift_ms)
        self._picker = Picker(goods, rates)

    # --- one order ---

    def pack(self, order: Order, beside: Order, chance: Random) -> Packed:
        """Pick and pack *order*; the one *beside* it lies on the same table."""
        picking = self._picker.pick(order, beside, chance)
        self._order, self._lines, self._made, self._chance = order, picking.lines, picking.made, chance
        self._out = out = Packed(frozenset(), picking.made, [], lines=len(order.lines))
        out.pieces = sum(pieces for _, pieces in order.lines)
        if self._station is None:
            for line in self._lines:
                self._box_all(line, line.pile)
            slip, label = picking.slip, picking.label
        else:
            self._station.offer(order, beside)
            slip, label = self._work(picking.slip, picking.label)
        box = [piece for line in self._lines for piece in line.box]
        out.wrong = faults(order.wanted, box, slip=slip == order.slip, label=label == order.label)
        if not out.wrong:
            self._picker.left([piece for piece in box if piece.serial not in self._unscanned])
        elif not out.stuck:
            out.missed = [each for each in self._made if self._went_out(each)]
        return out

    def _went_out(self, made: Made) -> bool:
        if made.refused and not made.insisted:
            return False
        if made.kind is Mispick.SWAPPED_PAPER:
            return not self._out.wrong.isdisjoint((Fault.SLIP, Fault.LABEL))
        if made.kind is Mispick.WRONG_LABEL:
            return Fault.LABEL in self._out.wrong
        return self._lines[made.line].wrong

    # --- at the bench ---

    def _work(self, slip: str, label: str) -> tuple[str, str]:
        """Pack at the station; return slip and waybill that the parcel has in the end."""
        self._scan("KP-NEXT")
        if self._said.ask == AskKind.SLIP:
            slip = self._paper(slip, self._order.slip)
        rest = [(line, hand) for line in self._lines for hand in self._short_cut(line)]
        if self._chance.random() < self._habits.mixes:
            self._chance.shuffle(rest)
        for line, hand in rest:
            self._show(line, hand)
        self._fetch_missing()
        if self._said.ask == AskKind.WEIGHT:
            self._weigh()
        if self._said.ask == AskKind.WAYBILL:
            label = self._paper(label, self._order.label)
        if self._said.ask != AskKind.ORDER:
            self._out.stuck = True
            self._scan("KP-CANCEL")
        return slip, label

    def _paper(self, taken: str, right: str) -> str:
        """Scan a slip or waybill; return the one that stays with the parcel."""
        said = self._scan(taken)
        if taken != right:
            made = next(each for each in self._made if each.line < 0)
            if said.level != Level.REFUSED:
                made.let = True
                return taken
            made.refused = True
            said = self._scan(right)
        if said.level == Level.REFUSED:
            self._out.alarms[said.key] += 1
        return right

    def _scan(self, text: str, since: int = 0) -> Said:
        assert self._station is not None
        self._out.scans += 1
        self._text = text
        self._said = self._station.scan(text, since or self._lift())
        return self._said

    def _lift(self) -> int:
        """How long the hand takes to the next piece, milliseconds."""
        return max(1, int(self._chance.lognormvariate(self._mu, self._habits.spread)))

    # --- the scale ---

    def _weigh(self) -> None:
        """Put the box on the scale; where it is stopped, look into it, and call a leader where nothing is found."""
        out = self._out
        out.weighed, out.wrong_weighed = True, self._inside() != self._order.wanted
        said = self._put_on_scale()
        out.stopped = said.level == Level.REFUSED
        if out.stopped and out.wrong_weighed and self._chance.random() < self._habits.checks:
            self._put_right()
            said = self._put_on_scale()
        if said.level == Level.REFUSED:
            self._scan("KP-ALLOW")
            self._scan("KP-R-OTHER")

    def _inside(self) -> Counter[int]:
        return Counter(piece.product for line in self._lines for piece in line.box)

    def _put_on_scale(self) -> Said:
        assert self._scale is not None
        return self._scan(f"KG-{self._scale.put(self._order.wanted, self._inside(), self._chance)}")

    def _put_right(self) -> None:
        """Compare the box with the order, piece by piece: what is wrong comes out, what is missing goes in."""
        for line in self._lines:
            if not line.wrong:
                continue
            # A piece that was scanned and not put in still lies there; another one is taken from the shelf.
            lying = [hand.piece for hand in line.pile if hand.swap is not None]
            right = [piece for piece in (*line.box, *lying) if piece.product == line.product][: line.wanted]
            fresh = [self._picker.fresh(line.product) for _ in range(line.wanted - len(right))]
            self._unscanned.update(piece.serial for piece in fresh if piece.serial)
            line.box = right + fresh
            for made in self._made:
                if made.line == line.place and made.kind not in _UNWEIGHED:
                    made.refused, made.insisted = True, False

    # --- what the station asks about goods ---

    def _present(self, code: str, piece: Piece, *, since: int = 0, more: bool = True) -> Said:
        """Scan *code* for *piece* and answer what is asked, until the station has taken or refused it.

        :param more: what the person says when asked whether it is one more piece.
        """
        said = self._scan(code, since)
        self._asked = ""
        for _ in range(_MOST_ANSWERS):
            if said.level != Level.QUESTION or said.ask not in ANSWERED:
                break
            self._asked = self._asked or said.ask
            said = self._answer(said, code, piece, more)
        if said.level == Level.REFUSED:
            self._dismiss()
        return said

    def _dismiss(self) -> None:
        """Put away a question about a piece: first what was refused, then the question that still stands."""
        for _ in range(_MOST_ANSWERS):
            if self._said.ask in ANSWERED:
                self._scan("KP-CANCEL")

    def _answer(self, said: Said, code: str, piece: Piece, more: bool) -> Said:
        """Answer what the station asks about a piece; one that is not there is waved away."""
        if not more:
            return self._scan("KP-CANCEL")
        if said.ask == AskKind.ONE_MORE:
            return self._scan(code, self._slow())
        if said.ask == AskKind.WHICH:
            return self._scan(self._which(said.options, piece))
        return self._scan(getattr(piece, said.ask) or "-", self._slow())  # lot, date, serial: as printed on the piece

    def _which(self, options: tuple[str, ...], piece: Piece) -> str:
        """Look at the piece and say what it is; now and then say what it should be."""
        of = self._goods[piece.product]
        wanted = of.id if of.id in self._order.wanted else of.sharing
        meant = of.id if self._chance.random() < self._habits.chooses else wanted
        sku = self._goods[meant].sku
        return f"KP-{options.index(sku) + 1}" if sku in options else "KP-CANCEL"

    def _slow(self) -> int:
        """A hand's time, taken with care because the station asked."""
        return max(self._lift(), _CARE_MS)

    # --- goods ---

    def _short_cut(self, line: Line) -> list[Hand]:
        """Pack a line in the way the person has round scanning each piece; return what is left to be scanned."""
        if line.way is not None and line.pile:
            return self._WAYS[line.way](self, line)
        if Control.PIECE not in self._rules.controls and len(line.pile) > 1 and line.wanted > 1:
            return self._type_quantity(line)
        return line.pile

    def _type_quantity(self, line: Line) -> list[Hand]:
        """Scan the first piece and type the number that is wanted; the whole pile goes in the box."""
        if not self._show(line, line.pile[0]) or self._said.ask != AskKind.ITEM:
            return line.pile[1:]
        if self._scan("KP-QUANTITY").ask != AskKind.QUANTITY:
            return line.pile[1:]
        inside = sum(len(each.box) for each in self._lines if each.product == line.product)
        if self._scan(str(inside - 1 + line.wanted)).level == Level.REFUSED:
            self._scan("KP-CANCEL")
            return line.pile[1:]
        self._box_all(line, line.pile[1:])
        return []

    def _make(self, kind: Mispick, line: Line) -> Made:
        made = Made(kind, line.product, line.place)
        self._made.append(made)
        return made

    def _repeat(self, line: Line) -> list[Hand]:
        """Hold the first piece under the scanner for all of them."""
        first = line.pile[0].piece
        if not self._show(line, line.pile[0]):
            return line.pile[1:]
        insists = self._chance.random() >= self._habits.heeds
        made: Made | None = None
        for done in range(1, line.wanted):
            if self._text != first.code:  # the hand had to leave the piece: it takes up the next one
                return line.pile[done:]
            made = made or self._make(Mispick.SCANNED_N_TIMES, line)
            said = self._present(first.code, first, since=self._chance.randint(*_REPEAT_MS), more=insists)
            made.refused |= bool(self._asked) or said.level == Level.REFUSED
            if said.level != Level.OK:
                return line.pile[done:]
            made.insisted |= bool(self._asked)
            made.let |= not self._asked
        self._box_all(line, line.pile[1:])
        return []

    def _scan_label(self, line: Line) -> list[Hand]:
        """Scan the label of the shelf, or of the case the goods came in, instead of the goods."""
        made = self._make(Mispick.SHELF_LABEL, line)
        of = self._goods[line.product]
        case = of.case > 0 and self._chance.random() < 0.5
        # Now and then it is another label that lies about: of a tote, a cart, a wall or a list.
        other = self._chance.choice((f"KS-{of.shelf}", f"KS-{of.shelf}", "KT-0012", "KC-3", "KW-7", "KL-9000"))
        said = self._scan(of.case_gtin14 if case else other)
        made.refused = said.level != Level.OK
        if made.refused:
            if said.level == Level.QUESTION:
                self._scan("KP-CANCEL")
            return line.pile
        made.let = True
        counted = of.case if case else 1
        self._box_all(line, line.pile[:counted])
        return line.pile[counted:]

    def _type_code(self, line: Line) -> list[Hand]:
        """Type the code that the screen shows, piece by piece, and look at none of them."""
        made = self._make(Mispick.SKIPPED_SCAN, line)
        for at, hand in enumerate(line.pile):
            if self._present(self._goods[line.product].printed, hand.piece).level != Level.OK:
                made.refused = True
                return line.pile[at:]
            made.let = True
            self._box(line, hand)
        return []

    _WAYS: ClassVar[Mapping[Mispick, Callable[[Packer, Line], list[Hand]]]] = {
        Mispick.SCANNED_N_TIMES: _repeat,
        Mispick.SHELF_LABEL: _scan_label,
        Mispick.SKIPPED_SCAN: _type_code,
    }

    def _box_all(self, line: Line, hands: Iterable[Hand]) -> None:
        for hand in hands:
            self._box(line, hand)

    def _box(self, line: Line, hand: Hand) -> None:
        line.box.append(hand.swap or hand.piece)

    def _show(self, line: Line, hand: Hand) -> bool:
        """Scan one piece as it should be done, and put it in the box if it is taken; say whether it was."""
        piece, chance = hand.piece, self._chance
        if chance.random() < self._rates[Mispick.MISREAD] and self._misread(line, hand):
            return True
        said = self._present(piece.code, piece)
        if said.level != Level.OK:
            return self._set_aside(line, hand, said)
        if self._asked:
            self._out.asked[self._asked] += 1
        if hand.made and hand.made.kind is not Mispick.WRONG_COUNT:  # of too many, any one may be the last
            hand.made.let = True
        self._box(line, hand)
        if chance.random() < self._rates[Mispick.DOUBLE_SCAN]:
            made = self._make(Mispick.DOUBLE_SCAN, line)
            again = self._scan(piece.code, chance.randint(*_BOUNCE_MS))
            made.refused = again.level != Level.OK
            made.let = not made.refused
            if again.ask != AskKind.ONE_MORE or chance.random() >= self._habits.walks_on:
                self._dismiss()  # nobody walks past a field that waits for a text
        return True

    def _misread(self, line: Line, hand: Hand) -> bool:
        """The scanner gives other characters than are printed; say whether the piece was counted so."""
        printed = self._goods[hand.piece.product].printed
        if printed not in hand.piece.code:  # it bears the label of other goods
            printed = self._goods[line.product].printed
        # GS1-128 and DataMatrix have checks of their own over all characters: it is the GTIN that is misread.
        how = self._chance.randrange(4) if hand.piece.code == printed else 0
        wrong = self._garbled(printed, how)
        if wrong == printed:
            return False
        made = self._make(Mispick.MISREAD, line)
        said = self._present(hand.piece.code.replace(printed, wrong), hand.piece, more=False)
        made.refused = said.level != Level.OK
        made.let = not made.refused
        if made.let:
            self._box(line, hand)
        return made.let

    def _garbled(self, code: str, how: int) -> str:
        """Return *code* with one or two other digits, two changed over, cut short, or run into itself."""
        chance = self._chance
        if how == 0:
            digits = list(code)
            for at in chance.sample(range(len(digits)), chance.choice((1, 2))):
                digits[at] = chance.choice([each for each in "0123456789" if each != digits[at]])
            return "".join(digits)
        at = chance.randrange(4, len(code) - 1)
        if how == 1:
            return code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        return code[:at] if how == 2 else code + code[:at]

    def _set_aside(self, line: Line, hand: Hand, said: Said) -> bool:
        """A piece is not taken: put it away if it is a wrong one; say whether it is in the box all the same."""
        made = hand.made or self._surplus(hand.piece)
        if made is not None:
            made.refused = True
            return False
        inside = sum(each.product == hand.piece.product for of in self._lines for each in of.box)
        if inside >= self._order.wanted.get(hand.piece.product, 0):
            return False
        if not any(each.let for each in self._made):
            self._out.alarms[said.key] += 1
            return False
        # The station counted a piece that is not there: the right one that is left over stays or goes, as one trusts.
        if self._chance.random() < self._habits.trusts:
            return False
        self._box(line, hand)
        return True

    def _surplus(self, piece: Piece) -> Made | None:
        """Return the mistake by which there are too many of *piece*."""
        several = (each for each in self._made if each.kind is Mispick.WRONG_COUNT and each.product == piece.product)
        return next((each for each in several if not each.refused), None)

    def _fetch_missing(self) -> None:
        """Finish; what the station still wants is fetched from the shelf."""
        tried = False
        self._dismiss()
        while self._said.ask == AskKind.ITEM:
            missing = [each for each in self._made if each.kind in _MISSING and not each.refused]
            if missing and not tried:
                tried = True
                refused = self._scan("KP-DONE").level == Level.REFUSED
                for each in missing:
                    each.refused, each.let = refused, not refused
                continue
            product = self._goods.by_sku[self._said.sku].id
            line = next((each for each in self._lines if each.product == product and len(each.box) < each.wanted), None)
            line = line or next(each for each in self._lines if each.product == product)
            taken = self._show(line, Hand(self._picker.fresh(product)))
            self._dismiss()
            if not taken:
                return
