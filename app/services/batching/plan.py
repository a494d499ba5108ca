"""Which orders of a day share a cart: no pickup is missed that can be met, and then as little is walked as can be.

Orders that may not share a cart are planned apart, and so are orders of different pickups where there are many: the
carts of the earliest pickup go first, so that each pickup is met as early as can be. A pickup with more orders than one
search takes is cut into neighbourhoods, twice: the second time by the carts of the first, across its borders.

Everything handed in and out is a plain value, so that a plan may be made in another process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from app.domain.batching import Batch, BatchOrder, Cart, Cost, Pace, Plan, cost_of, fits, timed
from app.domain.warehouse import Layout
from app.services.batching.carts import Carts, Group
from app.services.batching.construct import first_come
from app.services.batching.effort import Effort
from app.services.batching.ground import Ground
from app.services.batching.punctual import punctual
from app.services.batching.search import Found, shortest

__all__ = ["plan_batches"]

Progress = Callable[[int, int], None]
Stopped = Callable[[], bool]

_AT_ONCE = 110
"""Orders in one search: more are cut into neighbourhoods."""
_MIXED = 250
"""Orders up to which it is tried whether pickups in one cart are better."""


def plan_batches(
    orders: Sequence[BatchOrder],
    layout: Layout,
    cart: Cart,
    pace: Pace,
    *,
    now: int,
    seconds: float = 5.0,
    walks: int | None = None,
    seed: int = 1,
    progress: Progress | None = None,
    stopped: Stopped | None = None,
) -> Plan:
    """Return which orders share a cart.

    :param now: when picking starts, milliseconds UTC
    :param seconds: wall clock that planning may take
    :param walks: walks that may be measured; where this ends it first, the same seed gives the same plan
    :param progress: is told how many orders are planned, and of how many
    :param stopped: asked now and then; true ends it with the best plan so far
    """
    if len({each.order for each in orders}) < len(orders):
        raise ValueError("an order stands twice in the orders to plan")
    planner = _Planner(orders, Ground(layout), cart, pace, now, seed)
    return planner.plan(_Share(monotonic() + seconds, walks, len(orders), progress, stopped or (lambda: False)))


@dataclass(slots=True)
class _Share:
    """The effort of the whole plan, given out by the number of orders: what took longer is taken off the rest."""

    until: float
    """By `monotonic`."""
    walks: int | None
    total: int
    progress: Progress | None
    stopped: Stopped
    done: float = 0.0

    def effort(self, orders: int, part: float) -> Effort:
        """Return what a search for so many orders may take, of this part of everything."""
        work = part * orders
        seconds = max(0.0, self.until - monotonic()) * work / max(1.0, work, self.total - self.done)
        walks = None if self.walks is None else round(self.walks * work / max(1, self.total))
        return Effort(seconds, walks, self.stopped)

    def tell(self, orders: int, part: float) -> None:
        """Note that this part of the work for so many orders is done."""
        self.done += orders * part
        if self.progress is not None:
            self.progress(min(self.total, round(self.done)), self.total)


class _Planner:
    """One plan while it is made; groups of orders are tuples of places in ``_orders``."""

    def __init__(
        self, orders: Sequence[BatchOrder], ground: Ground, cart: Cart, pace: Pace, now: int, seed: int
    ) -> None:
        # The most urgent first, then by what is asked: the plan does not depend on how the orders are handed in.
        self._orders = sorted(orders, key=lambda each: (each.due is None, each.due or 0, each.order))
        self._ground, self._cart, self._pace, self._now, self._seed = ground, cart, pace, now, seed
        self._large = [number for number, each in enumerate(self._orders) if not fits([each], cart)]

    def plan(self, share: _Share) -> Plan:
        """Return the plan."""
        kinds: dict[tuple[str, ...], list[int]] = {}
        for number, each in enumerate(self._orders):
            if number not in set(self._large):
                kinds.setdefault(each.apart, []).append(number)
        alone: list[Group] = [(number,) for number in self._large]
        groups, fcfs, bound, exact = list(alone), list(alone), 0, True
        for members in kinds.values():
            part = _Part(self, members, share)
            found = part.solve()
            groups += found.groups
            fcfs += part.first_come()
            exact = exact and found.bound == found.mm
            bound += found.bound or 0
        share.tell(len(self._large), 1.0)
        batches, cost = self.batches(groups)
        before = self.batches(fcfs)[1]
        if before < cost:
            (batches, cost), exact = self.batches(fcfs), False
        ways = sum(self.batches([group])[1].mm for group in alone)
        shelves = (shelf for each in self._orders for shelf in each.shelves)
        return Plan(
            tuple(sorted(batches, key=lambda batch: (batch.start, batch.end, batch.orders))),
            cost,
            before,
            bound + ways if exact else None,
            "stopped" if share.stopped() else "exact" if exact else "search",
            self._ground.unplaced(shelves),
            tuple(self._orders[number].order for number in self._large),
            self._late(batches),
        )

    def carts(self, members: Sequence[int]) -> Carts:
        """Return these orders as the search takes them."""
        some = [self._orders[number] for number in members]
        table = (
            (self._cart.totes, [each.totes for each in some]),
            (self._cart.weight_g, [each.weight_g for each in some]),
            (self._cart.volume_mm3, [each.volume_mm3 for each in some]),
            (self._cart.pieces, [each.pieces for each in some]),
            (self._cart.orders, [1] * len(some)),
        )
        limited = [(limit, used) for limit, used in table if limit] or [(len(some), [1] * len(some))]
        walks = self._ground.walks([each.shelves for each in some])
        return Carts(walks, [used for _, used in limited], [limit for limit, _ in limited])

    def batches(self, groups: Iterable[Group]) -> tuple[list[Batch], Cost]:
        """Return groups as batches with their times, and what they cost, measured on the map itself."""
        made = [self._batch(group) for group in groups]
        seconds = [(each.due, self._pace.seconds(each.mm, each.lines)) for each in made]
        times = timed(seconds, self._pace.pickers, self._now)
        made = [replace(each, start=start, end=end) for each, (start, end) in zip(made, times, strict=True)]
        due = {each.order: each.due for each in self._orders}
        return made, cost_of(made, due.__getitem__)

    def _batch(self, group: Group) -> Batch:
        some = [self._orders[number] for number in group]
        return Batch(
            tuple(each.order for each in some),
            self._ground.length(sorted({shelf for each in some for shelf in each.shelves})),
            sum(each.lines for each in some),
            min((each.due for each in some if each.due is not None), default=None),
            some[0].apart,
        )

    def _late(self, batches: Iterable[Batch]) -> dict[int, int]:
        due = {each.order: each.due for each in self._orders}
        late: dict[int, int] = {}
        for batch in batches:
            for order in batch.orders:
                by = due[order]
                if by is not None and batch.end > by:
                    late[order] = batch.end - by
        return late

    # What a part needs of the planner.

    def order(self, number: int) -> BatchOrder:
        """Return an order by its place."""
        return self._orders[number]

    def punctual(self, members: Sequence[int], plans: Sequence[Sequence[Group]], effort: Effort) -> list[Group]:
        """Return the plan of these that misses fewest pickups, made better where it misses one."""
        carts = self.carts(members)
        places = {number: place for place, number in enumerate(members)}
        found = punctual(
            carts,
            [[tuple(places[number] for number in group) for group in plan] for plan in plans],
            [self._orders[number].due for number in members],
            [self._orders[number].lines for number in members],
            self._pace,
            self._now,
            effort,
            self._seed,
        )
        return [tuple(members[place] for place in group) for group in found]

    def where(self, group: Iterable[int]) -> tuple[float, float]:
        """Return how far the walk of a group goes along the aisles, and where it mostly is, in mm."""
        return self._ground.where(shelf for number in group for shelf in self._orders[number].shelves)

    @property
    def seed(self) -> int:
        """What random choices begin with."""
        return self._seed


class _Part:
    """Orders that may share carts."""

    def __init__(self, planner: _Planner, members: Sequence[int], share: _Share) -> None:
        self._planner, self._members, self._share = planner, members, share
        due: dict[int | None, list[int]] = {}
        for number in members:
            due.setdefault(planner.order(number).due, []).append(number)
        self._pickups = list(due.values())

    def first_come(self) -> list[Group]:
        """Return carts filled by due time."""
        return self._named(self._members, first_come(self._planner.carts(self._members)))

    def solve(self) -> Found:
        """Return the best plan found; its bound counts where due times leave the shortest plan as it is."""
        members, few = self._members, len(self._members) <= _MIXED
        if len(self._pickups) == 1:
            return self._shortest(members, 1.0)
        if not few:
            found = [self._shortest(pickup, 1.0) for pickup in self._pickups]
            groups = tuple(group for each in found for group in each.groups)
            return Found(groups, sum(each.mm for each in found), None, None)
        mixed = self._shortest(members, 0.5)
        if self._planner.batches(mixed.groups)[1].late == 0:
            self._share.tell(len(members), 0.5)
            return mixed
        parted = [group for pickup in self._pickups for group in self._shortest(pickup, 0.3).groups]
        effort = self._share.effort(len(members), 0.2)
        groups = tuple(self._planner.punctual(members, [mixed.groups, parted], effort))
        self._share.tell(len(members), 0.2)
        return Found(groups, mixed.mm, mixed.bound if groups == mixed.groups else None, None)

    def _shortest(self, members: Sequence[int], part: float) -> Found:
        """Return the shortest plan found for these orders."""
        if len(members) <= _AT_ONCE:
            return self._search(members, None, part)
        first = [self._search(some, None, part * 0.5) for some in self._neighbourhoods(members)]
        groups = [group for each in first for group in each.groups]
        second = [
            self._search(sorted(number for group in some for number in group), some, part * 0.5)
            for some in self._across(groups)
        ]
        groups = [group for each in second for group in each.groups]
        return Found(tuple(groups), sum(each.mm for each in second), None, None)

    def _search(self, members: Sequence[int], start: Sequence[Group] | None, part: float) -> Found:
        places = {number: place for place, number in enumerate(members)}
        begin = None if start is None else [tuple(sorted(places[number] for number in group)) for group in start]
        found = shortest(
            self._planner.carts(members), self._share.effort(len(members), part), self._planner.seed, begin
        )
        self._share.tell(len(members), part)
        return replace(found, groups=tuple(self._named(members, found.groups)))

    @staticmethod
    def _named(members: Sequence[int], groups: Iterable[Group]) -> list[Group]:
        return [tuple(members[place] for place in group) for group in groups]

    def _neighbourhoods(self, members: Sequence[int]) -> list[list[int]]:
        """Cut orders into runs by how far their walks go: what lies near is in one."""
        ordered = sorted(members, key=lambda number: self._planner.where([number]))
        return [[number for (number,) in some] for some in _cut([(number,) for number in ordered], _AT_ONCE)]

    def _across(self, groups: Sequence[Group]) -> list[list[Group]]:
        """Cut carts into runs that begin in the middle of where a neighbourhood was."""
        return _cut(sorted(groups, key=self._planner.where), _AT_ONCE // 2, _AT_ONCE)


def _cut(groups: Sequence[Group], first: int, most: int | None = None) -> list[list[Group]]:
    """Cut into runs of so many orders together: the first one, and each of the others."""
    runs: list[list[Group]] = [[]]
    room = first
    for group in groups:
        if runs[-1] and len(group) > room:
            runs.append([])
            room = most or first
        runs[-1].append(group)
        room -= len(group)
    return runs
