"""Headless benches and the real things around them: shelves, boxes, stacks of slips and of labels.

What is in a box and which label sticks on it is kept here as it really is, from what the hands did; the program is
only asked. At the end the two are held against each other.
"""

from __future__ import annotations

import random
import re
from collections import Counter, deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from app.services.answers import Answer
from app.services.desk import Desk
from tests.day.carriers import Label
from tests.day.orders import PRODUCTS, Order

__all__ = ["Bench", "Box", "Key", "Slip", "World", "ship_number_on"]

Key = tuple[str, str, str]
"""Shop's letter, order number, ship-to."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A packing slip as it lies on the stack."""

    ship_number: str
    version: int
    key: Key
    """Order whose address and goods stand on it."""

    @property
    def bars(self) -> str:
        """What a scanner reads of it."""
        return f"KO-{self.ship_number}-{self.version}"


def ship_number_on(label: Label) -> str:
    """The ship number that a person reads on a label."""
    found = re.search(r"\b\d+-\d{3,}\b", label.remark)
    assert found, label
    return found[0]


@dataclass(slots=True)
class Box:
    """A box, and what really is in and on it."""

    keys: list[Key]
    """Orders that go in it, the one whose slip opened it first."""
    slips: list[Slip] = field(default_factory=list)
    goods: Counter[str] = field(default_factory=Counter)
    labels: list[Label] = field(default_factory=list)
    closed: bool = False
    gone: bool = False


@dataclass(slots=True)
class World:
    """Everything that lies about in the warehouse."""

    truth: dict[Key, Order]
    """What each order wants now."""
    shelves: Counter[str]
    boxes: dict[Key, Box] = field(default_factory=dict)
    """Order -> the box that its goods are in."""
    left_in: dict[Key, Box] = field(default_factory=dict)
    """Order -> a box that it is no longer packed in; its goods may still be there."""
    returned: Counter[str] = field(default_factory=Counter)
    """Goods on the return shelf."""
    aside: list[tuple[Slip, str]] = field(default_factory=list)
    """Slips that no bench would take, with the answer's key."""
    waste: list[Label] = field(default_factory=list)
    """Labels that were taken out of the stacks or off the boxes."""
    lost: set[str] = field(default_factory=set)
    """Numbers of labels that nobody can find."""
    plans: dict[Key, str] = field(default_factory=dict)
    """Orders for which something else is done when the goods are in: ``pieces``, ``thick``, ``hand``."""
    at_close: frozenset[str] = frozenset()
    """Shops whose waybills are made at the close."""
    pad: list[str] = field(default_factory=list)
    """Numbers of blank waybills to be written by hand."""
    said: Counter[str] = field(default_factory=Counter)
    """Answer keys, counted."""
    wrong: list[str] = field(default_factory=list)
    """What the program let happen that it must not, or would not let happen that it must."""
    moments: list[tuple[str, Callable[[Key], bool]]] = field(default_factory=list)
    """What happens elsewhere while a box is at a certain point. It says whether it did anything; once is enough."""

    def leaves_box(self, key: Key) -> None:
        """An order is no longer to be packed with what is in its box."""
        box = self.boxes.pop(key, None)
        if box is not None:
            box.keys.remove(key)
            self.left_in[key] = box

    @property
    def all_boxes(self) -> list[Box]:
        """Every box that stands about, each once."""
        return list({id(box): box for box in (*self.boxes.values(), *self.left_in.values())}.values())

    def box_of(self, key: Key) -> Box:
        """The box of an order, or of the one that it is merged with; a new one where there is none."""
        group = self.truth[key].group
        found = self.boxes.get(key)
        if found is None and group:
            found = next((box for other, box in self.boxes.items() if self.truth[other].group == group), None)
        if found is None:
            found = Box([key])
        elif key not in found.keys:
            found.keys.append(key)
        self.boxes[key] = found
        return found

    def at(self, point: str, key: Key) -> None:
        """Let happen what was meant for this point."""
        for moment in list(self.moments):
            if moment[0] == point and moment[1](key):
                self.moments.remove(moment)
                return


Steps = Generator[None, None, None]
OPENED = frozenset({"order.opened", "order.opened_skipped", "order.resumed"})
STOPPED = frozenset(
    {"order.cancelled_meanwhile", "order.changed_meanwhile", "order.held_meanwhile", "order.taken_over"}
)


class Bench:
    """One packer. :meth:`work` is a generator that stops after each scan, so that others come in between."""

    def __init__(
        self, desk: Desk, world: World, seed: int, scan: Callable[[Desk, str, bool], Answer], mistakes: float = 0.05
    ) -> None:
        self.desk = desk
        self.world = world
        self.chance = random.Random(seed)
        self.slips: deque[Slip] = deque()
        """Its stack of slips, the next one first."""
        self.labels: dict[str, list[Label]] = {}
        """Its stacks of labels by carrier, the next one first."""
        self.mistakes = mistakes
        self._scan = scan
        self.last: Answer | None = None
        self.asked_after_undo: Counter[str] = Counter()
        """What the screen asked for after a close was taken back."""
        self.packed = 0
        self.slipped = 0
        """How far the hand reaches into the stack of labels: 0 takes the top one."""
        self.hand: Label | None = None
        """The label in its hand."""
        self.box: Box | None = None
        """The box in its hands."""

    def use(self, scan: Callable[[Desk, str, bool], Answer]) -> None:
        """Scan by another function from now on."""
        self._scan = scan

    def scan(self, text: str, *, doubtful: bool = False) -> Answer:
        """Scan one text and remember the answer.

        :param doubtful: it should be refused, and then nothing may have changed.
        """
        answer = self.last = self._scan(self.desk, text, doubtful)
        self.world.said[answer.key] += 1
        return answer

    @property
    def asked(self) -> str:
        """What the screen asks for."""
        return str(self.last.ask.get("kind", "")) if self.last else ""

    def wrong(self, text: str) -> None:
        """Note something that must not be."""
        self.world.wrong.append(f"{self.desk.station}: {text} ({self.last.key if self.last else '-'})")

    # --- the day ---

    def work(self) -> Steps:
        """Take slip after slip from the stack until there is none."""
        while self.slips:
            # For some orders on end the hand takes the second label: the stack is off by one.
            self.slipped = int(self.packed % 12 in {6, 7, 8, 9})
            self.packed += 1
            yield from self.pack(self.slips.popleft())
            self.box = None

    def pack(self, slip: Slip) -> Steps:
        """Open one slip, pack its goods, close with its label."""
        self.world.at("slip", slip.key)
        answer = self.scan(slip.bars)
        if answer.key in STOPPED or answer.key == "label.gone":
            yield
            answer = self.scan(slip.bars)  # that was of the box before, which stands closed at the dock
        closed = self.world.boxes.get(slip.key)
        if answer.key == "order.already_verified" and closed is not None and closed.closed:
            closed.slips.append(slip)  # its box went on under the other slip of the merge
            yield
            return
        if answer.key == "label.ask" and closed is not None:
            yield from self.label_last(closed, slip)
            return
        if answer.key not in OPENED:
            self.world.aside.append((slip, answer.key))
            yield
            return
        box = self.box = self.world.box_of(slip.key)
        box.slips.append(slip)
        yield
        self.world.at("open", slip.key)
        yield from self.members(box)
        if not box.slips or not (yield from self.goods(box)):
            return
        if self.asked == "close":  # everything was in already when it was opened again
            self.scan("KP-DONE")
            yield
        if self.last is not None and self.last.key == "order.closed_label_later":
            self.closed_first(box)
        elif self.asked == "waybill":
            yield from self.label(box)
        else:
            self.wrong(f"{box.keys} has everything and wants {self.asked}")

    def members(self, box: Box) -> Steps:
        """Scan the other slips of a merge: the one that the screen names, most often the next of the stack."""
        while self.asked == "slip":
            assert self.last is not None
            wanted = (self.last.ask["ship_number"], self.last.ask["version"])
            following = next((each for each in self.slips if (each.ship_number, each.version) == wanted), None)
            if following is None:
                self.scan("KP-LATER")
                self.world.aside += [(slip, "slip missing") for slip in box.slips]
                box.slips = []
                yield
                return
            self.slips.remove(following)
            answer = self.scan(following.bars)
            if answer.level != "ok":
                self.wrong(f"{following} is not taken for {box.keys}")
                return
            box.slips.append(following)
            assert self.world.box_of(following.key) is box
            yield

    def stopped(self, box: Box, answer: Answer) -> bool:
        """Deal with an answer that takes the order away from the bench; whether it was one."""
        if answer.key == "order.cancelled_meanwhile" and not box.keys:  # what others want of it stays in the box
            self.world.returned += box.goods
            box.goods = Counter()
        if answer.key == "order.held_meanwhile":
            self.scan("KP-LATER")
        if answer.key in STOPPED:
            self.world.aside += [(slip, answer.key) for slip in box.slips]
            box.slips = []
            return True
        return False

    # --- goods ---

    def wanted(self, box: Box) -> Counter[str]:
        """What the slips ask for, as the packer reads them: the orders as they are now, less what is in the box."""
        found: Counter[str] = Counter()
        for key in box.keys:
            found += self.world.truth[key].goods
        return found - box.goods

    def goods(self, box: Box) -> Generator[None, None, bool]:
        """Fetch and scan every piece, now and then a wrong one or one too many; False where the order was lost."""
        pieces = [sku for sku, number in sorted(self.wanted(box).items()) for _ in range(number)]
        self.chance.shuffle(pieces)
        lead = box.keys[0]
        for at, sku in enumerate(pieces):
            if at == len(pieces) // 2:
                self.world.at("half", lead)
            if at and box.slips[0].version == 1 and self.chance.random() < self.mistakes / 4:
                yield from self.hand_back(box)
                return False
            if self.chance.random() < self.mistakes and not (yield from self.wrong_piece(box)):
                return False
            answer = self.scan(PRODUCTS[sku].jan)
            if answer.level == "ok":
                self.world.shelves[sku] -= 1
                box.goods[sku] += 1
                yield
            elif self.stopped(box, answer):
                return False
            else:
                self.wrong(f"{sku} is not taken for {box.keys}")
                self.scan("KP-LATER")
                return False
        if pieces and self.asked == "waybill" and self.chance.random() < self.mistakes:
            return (yield from self.refused(box, PRODUCTS[pieces[-1]].jan, "one piece too many"))
        return True

    def hand_back(self, box: Box) -> Steps:
        """Give the order up: everything goes back to its shelf, the slips under the stack."""
        answer = self.scan("KP-CANCEL")
        if answer.key == "order.handed_back":
            self.world.shelves += box.goods
            for key in box.keys:
                self.world.boxes.pop(key, None)
            self.slips.extend(box.slips)
        elif not self.stopped(box, answer):
            self.wrong(f"{box.keys} cannot be handed back")
        yield

    def wrong_piece(self, box: Box) -> Generator[None, None, bool]:
        """Scan something that is not in the order."""
        inside = set(self.wanted(box)) | set(box.goods)
        others = [each.jan for each in PRODUCTS.values() if each.jan and each.sku not in inside]
        return (yield from self.refused(box, self.chance.choice(others), "wrong goods"))

    def refused(self, box: Box, text: str, what: str) -> Generator[None, None, bool]:
        """Scan what must be refused; False where the order is lost."""
        answer = self.scan(text, doubtful=True)
        if answer.level == "ok":
            self.wrong(f"{what} for {box.keys}: {text} was taken")
        lost = self.stopped(box, answer)
        yield
        return not lost

    # --- labels ---

    def is_mine(self, box: Box, label: Label) -> bool:
        """Whether the ship number that is printed on the label is that of one of this box's slips."""
        return ship_number_on(label) in {slip.ship_number for slip in box.slips} and label.number not in self.world.lost

    def label(self, box: Box) -> Steps:
        """Close with the label: the next of the stack; where that is another one's, the box's own from further down."""
        lead = box.keys[0]
        plan = self.world.plans.pop(lead, "")
        if plan:
            yield from self.other_plan(box, plan)
            return
        carrier = self.world.truth[lead].carrier
        self.world.at("label", lead)
        stack = self.labels.setdefault(carrier, [])
        tried: list[str] = []
        while self.asked == "waybill":
            own = next((each for each in stack if self.is_mine(box, each) and each.bars not in tried), None)
            top = stack[min(self.slipped, len(stack) - 1)] if stack and not tried else own
            if top is None:
                yield from self.no_label(box)
                return
            tried.append(top.bars)
            self.hand = top
            answer = self.scan(top.bars, doubtful=top is not own)
            self.hand = None
            if answer.level == "question":  # not known yet, and nobody wrote it by hand
                self.scan("KP-CANCEL")
                yield from self.no_label(box, "no number")
                return
            if answer.level == "ok":
                stack.remove(top)
                if not self.is_mine(box, top):
                    self.wrong(f"label of {top.key} was taken for {box.keys}")
                box.labels.append(top)
            elif self.stopped(box, answer):
                return
            elif answer.key in {"waybill.on_another", "waybill.handed_over", "waybill.cancelled"} or (
                top is own and answer.key in {"waybill.old_version", "waybill.void"}
            ):
                stack.remove(top)  # a second print, or an old one: into the bin
                self.world.waste.append(top)
            elif top is own:
                self.wrong(f"own label {top} is not taken for {box.slips}: {answer.args}")
                self.scan("KP-LATER")
                return
            yield
        if self.last is not None and self.last.key == "order.closed":
            box.closed = True
            if self.chance.random() < self.mistakes:
                yield from self.undo(box)
            self.world.at("closed", lead)

    def closed_first(self, box: Box) -> None:
        """The shop has its waybills made at the close, which came with the last piece: the label comes later."""
        if all(key[0] not in self.world.at_close for key in box.keys):
            self.wrong(f"{box.keys} closed without a waybill")
        box.closed = True
        self.world.aside.append((box.slips.pop(0), "label later"))
        self.world.at("closed", box.keys[0])

    def label_last(self, box: Box, slip: Slip) -> Steps:
        """The label of a box that is closed already."""
        stack = self.labels.setdefault(self.world.truth[slip.key].carrier, [])
        box.slips.append(slip)
        if stack and ship_number_on(stack[0]) != slip.ship_number:
            yield from self.refused(box, stack[0].bars, "another's label")
        while self.asked == "label":
            own = next((each for each in stack if self.is_mine(box, each)), None)
            if own is None:
                self.scan("KP-LATER")
                box.slips.remove(slip)
                self.world.aside.append((slip, "label later"))
                yield
                return
            answer = self.scan(own.bars)
            stack.remove(own)
            if answer.level == "ok":
                box.labels.append(own)
            else:
                self.world.waste.append(own)
                if answer.key not in {"waybill.old_version", "waybill.void"}:
                    self.wrong(f"own label {own} is not taken for the closed {box.slips}")
            yield

    def no_label(self, box: Box, why: str = "no label") -> Steps:
        """There is none: set the box aside until the office has another."""
        answer = self.scan("KP-LATER")
        if answer.key == "later.parked":
            self.world.aside += [(slip, why) for slip in box.slips]
            box.slips = []
        elif not self.stopped(box, answer):
            self.wrong(f"{box.keys} cannot be set aside")
        yield

    def undo(self, box: Box) -> Steps:
        """Take the close back, and close again with the same label."""
        answer = self.scan("KP-UNDO")
        if answer.level == "refused":
            self.wrong(f"{box.keys} cannot be opened again")
            return
        box.closed = False
        self.asked_after_undo[self.asked] += 1
        answer = self.scan(box.labels[-1].bars)
        if answer.key == "order.closed":
            box.closed = True
        else:
            self.wrong(f"{box.keys} cannot be closed again")
        yield

    def other_plan(self, box: Box, plan: str) -> Steps:
        """One piece more, or another service: the office makes new papers, the box waits. Or a waybill by hand."""
        if plan == "hand":
            yield from self.by_hand(box)
            return
        if plan == "pieces":
            answer = self.scan("KP-PARCEL")
        else:
            self.scan("KP-SERVICE")
            yield
            answer = self.scan("KP-R-THICK")
        if answer.level == "refused":
            self.wrong(f"{plan} is refused for {box.keys}")
        self.world.aside += [(slip, answer.key) for slip in box.slips]
        box.slips = []
        yield

    def by_hand(self, box: Box) -> Steps:
        """The carrier's program gave no label: one is written by hand and scanned twice."""
        order = self.world.truth[box.keys[0]]
        number = self.world.pad.pop()
        label = Label(
            order.carrier, "by hand", number, 1, 1, order.to.name, order.sender or "見本倉庫", box.slips[0].ship_number,
            "2" if order.cod else "0", {"chilled": "2", "frozen": "1"}.get(order.temperature, ""), order.to_collect,
            f"{order.wish:%Y/%m/%d}" if order.wish else "", "",
        )  # fmt: skip
        answer = self.scan(label.bars)
        if answer.key == "waybill.hand_ask":
            answer = self.scan(label.bars)
        if answer.key == "order.closed":
            box.labels.append(label)
            box.closed = True
        else:
            self.wrong(f"a waybill by hand is not taken for {box.keys}")
        yield
