"""The walk to the shelves: the pile of goods and the papers for an order, with what the person does wrong there.

Everything that a mispick changes is real here: the pieces, their labels, the papers. Whether it is seen is the bench's
affair (:mod:`app.services.simulate.packer`). Each order draws from its own chance, before anything is scanned, so that
every set of rules meets the same mispicks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from app.domain.mispicks import MISPICKS, Mispick, Per, Piece
from app.domain.products import LotPolicy
from app.services.simulate.goods import Goods, Order

__all__ = ["WAYS", "Hand", "Line", "Made", "Picker", "Picking"]

WAYS = (Mispick.SCANNED_N_TIMES, Mispick.SHELF_LABEL, Mispick.SKIPPED_SCAN)
"""Ways round scanning each piece of a line."""


@dataclass(slots=True)
class Made:
    """One mispick that was made."""

    kind: Mispick
    product: int = 0
    line: int = -1
    """Place of the line; -1 for what concerns the papers."""
    refused: bool = False
    """The station refused it, or asked."""
    let: bool = False
    """The station saw it and let it pass."""
    insisted: bool = False
    """It was asked and the person waved it through."""


@dataclass(slots=True)
class Hand:
    """A piece on the pile."""

    piece: Piece
    made: Made | None = None
    swap: Piece | None = None
    """What goes in the box in its place, after the scan."""


@dataclass(slots=True)
class Line:
    """A line of the order, the pile that was picked for it, and what of that is in the box."""

    place: int
    product: int
    wanted: int
    pile: list[Hand]
    way: Mispick | None = None
    """How the person gets round scanning each piece; None for honest work."""
    box: list[Piece] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether other goods are in the box than the line wants, or such as may not be."""
        right = len(self.box) == self.wanted and all(each.product == self.product for each in self.box)
        return not right or any(each.unfit or each.damaged for each in self.box)


@dataclass(slots=True)
class Picking:
    """An order as it comes to the bench."""

    order: Order
    beside: Order
    """The order that lies on the same table."""
    lines: list[Line]
    made: list[Made]
    slip: str
    """What a scanner reads on the slip that was taken."""
    label: str
    """The same of the waybill."""


class Picker:
    """One person among the shelves."""

    def __init__(self, goods: Goods, rates: Mapping[Mispick, float]) -> None:
        self._goods = goods
        self._rates = rates
        self._by_line = {each.id: self._kinds_of(each.id) for each in goods.products}
        self._gone: dict[int, str] = {}
        """Serial number of the last piece that left in a right parcel, by product."""
        self._serials = 0

    def _kinds_of(self, product: int) -> tuple[tuple[tuple[Mispick, float], ...], float]:
        """Return what can happen while *product* is picked, and how often anything does."""
        of = self._goods[product]
        per = {Per.LINE}
        per |= {Per.LINE_ALIKE} if of.alike else set()
        per |= {Per.LINE_SHARED} if of.sharing else set()
        per |= {Per.LINE_LOT} if of.policy is LotPolicy.LOT_EXPIRY else set()
        per |= {Per.LINE_SERIAL} if of.policy is LotPolicy.SERIAL else set()
        kinds = tuple(
            (kind, self._rates[kind])
            for kind, about in MISPICKS.items()
            if about.per in per and not about.by_scanner and self._rates[kind]
        )
        return kinds, sum(rate for _, rate in kinds)

    def pick(self, order: Order, beside: Order, chance: Random) -> Picking:
        """Fetch goods and papers of *order*, and err now and then."""
        out = Picking(order, beside, [], [], order.slip, order.label)
        for place, (product, pieces) in enumerate(order.lines):
            line = Line(place, product, pieces, [Hand(self.fresh(product)) for _ in range(pieces)])
            out.lines.append(line)
            kinds, rate = self._by_line[product]
            drawn = chance.random()
            if drawn < rate:
                for kind, each in kinds:
                    if drawn < each:
                        self._err(kind, line, out, chance)
                        break
                    drawn -= each
            line.way = self._way(pieces, chance.random())
        self._take_papers(out, chance)
        return out

    def fresh(self, product: int) -> Piece:
        """Take a good piece from the shelf."""
        self._serials += 1
        return self._goods.piece(product, self._serials)

    def left(self, pieces: list[Piece]) -> None:
        """A right parcel of *pieces* left the house."""
        for piece in pieces:
            if piece.serial:
                self._gone[piece.product] = piece.serial

    def _way(self, pieces: int, drawn: float) -> Mispick | None:
        for kind in WAYS:
            if kind is Mispick.SCANNED_N_TIMES and pieces < 2:
                continue
            if drawn < self._rates[kind]:
                return kind
            drawn -= self._rates[kind]
        return None

    def _err(self, kind: Mispick, line: Line, out: Picking, chance: Random) -> None:
        """Do one thing wrong with the pile of a line; nothing where it would not be wrong."""
        made = Made(kind, line.product, line.place)
        pile, product, wanted = line.pile, line.product, out.order.wanted
        of = self._goods[product]
        some = pile[chance.randrange(len(pile))]
        match kind:
            case Mispick.WRONG_ITEM:
                other = self._other(wanted, chance)
                line.pile = [Hand(self.fresh(other), made) for _ in pile]
            case Mispick.LOOK_ALIKE | Mispick.SHARED_CODE:
                other = of.alike if kind is Mispick.LOOK_ALIKE else of.sharing
                if other in wanted:
                    return
                for hand in pile if chance.random() < 0.5 else [some]:
                    hand.piece, hand.made = self.fresh(other), made
            case Mispick.WRONG_COUNT:
                more = chance.choice((-1, 1, 1, -1, 2))
                if len(pile) + more < 1:
                    more = 1
                line.pile = pile[:more] if more < 0 else pile + [Hand(self.fresh(product), made) for _ in range(more)]
            case Mispick.LEFT_OUT:
                line.pile = []
            case Mispick.WRONG_ORDER:
                theirs = [each for each, _ in out.beside.lines if each not in wanted]
                theirs = [each for each in theirs if self._goods[each].sharing not in wanted]
                if not theirs:
                    return
                line.pile = [*pile, Hand(self.fresh(chance.choice(theirs)), made)]
            case Mispick.WRONG_LOT:
                some.piece, some.made = self._goods.spoilt(product, chance.random() < 0.5), made
            case Mispick.WRONG_SERIAL:
                gone = self._gone.get(product)
                if gone is None:
                    return
                code = some.piece.code.replace(some.piece.serial, gone)
                some.piece, some.made = replace(some.piece, serial=gone, code=code, unfit=True), made
            case Mispick.MISLABELLED:
                some.piece, some.made = replace(some.piece, product=self._other(wanted, chance)), made
            case Mispick.DAMAGED:
                some.piece, some.made = replace(some.piece, damaged=True), made
            case Mispick.SWAPPED_AFTER_SCAN:
                some.swap, some.made = self.fresh(self._other(wanted, chance)), made
            case _:
                raise AssertionError(kind)
        out.made.append(made)

    def _other(self, wanted: Mapping[int, int], chance: Random) -> int:
        """Return a product that has nothing to do with the order."""
        while True:
            other = chance.randint(1, len(self._goods.products))
            of = self._goods[other]
            if other not in wanted and of.alike not in wanted and of.sharing not in wanted:
                return other

    def _take_papers(self, out: Picking, chance: Random) -> None:
        """Take slip and waybill from their stacks."""
        order = out.order
        if chance.random() < self._rates[Mispick.SWAPPED_PAPER]:
            out.made.append(Made(Mispick.SWAPPED_PAPER))
            if chance.random() < 0.5:
                out.slip = out.beside.slip
            else:
                out.label = out.beside.label
        elif order.old_label and chance.random() < self._rates[Mispick.WRONG_LABEL]:
            out.made.append(Made(Mispick.WRONG_LABEL))
            out.label = order.old_label
