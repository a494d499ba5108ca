"""Release 出荷指示: which orders may go now, in the sequence of the stacks; what is left out and why; one key to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from app.services import carriers, gate, release
from app.services.gate import ShopAge
from app.services.release import Choice, Planned, Preview, Released
from app.ui.dialogs import Confirm
from app.ui.grid import Cell, Column
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.look import Look
from app.ui.orders.rows import cut_off_cell
from app.ui.release.rows import LEFT, LeftRow, left_cells

__all__ = ["ReleaseScreen"]

_COLUMNS = (
    Column("place", 6),
    Column("cut_off", 9),
    Column("number", 22),
    Column("shop", 15),
    Column("service", 19),
    Column("content", 13),
)
_COLD = {"chilled": "info", "frozen": "info"}


@dataclass(frozen=True, slots=True)
class _Row:
    """An order with its place in the sequence."""

    id: int
    place: int
    planned: Planned


def _cells(look: Look, row: _Row) -> tuple[Cell, ...]:
    each = row.planned
    names = carriers.short_names(look.language)
    service = names.get(f"{each.carrier}/{each.service}", each.service) if each.carrier else "—"
    pills = [(service, "quiet")]
    if each.temperature in _COLD:
        pills.append((look.say(f"window.temperature.{each.temperature}"), "info"))
    if each.lead is not None:
        pills.append((look.say("window.release.merged"), "ok"))
    return (
        Cell(str(row.place), "soft", right=False),
        cut_off_cell(look, each.cut_off, urgent=True),
        Cell(each.number, digits=True),
        Cell(each.shop, least=11),
        Cell(pills=tuple(pills)),
        Cell(look.say("window.orders.content", lines=each.lines, pieces=each.pieces)),
    )


class ReleaseScreen(ListScreen):
    """What would be released now, and releasing it."""

    name = "release"
    acts = (
        Act("stale", "F6"),
        Act("left_out", "F7"),
        Act("release", "F8", "go"),
    )

    def __init__(self, window: Any, desk: Any) -> None:
        self.preview: Preview | None = None
        """What was read; None before the first reading."""
        self.ages: list[ShopAge] = []
        """How old each shop's data is."""
        self.filters = {"pickup": "", "shop": "", "cold": ""}
        """Choices in force, by kind; empty for all."""
        self.stale_ok = False
        """Whether old data is good enough this time."""
        self.releasing = False
        """A release is on its way."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the sequence, and what is left out."""
        return {
            "sequence": Listing("window.release.column", _COLUMNS, _cells, "window.release.none"),
            "left": Listing("window.release.column", LEFT, left_cells, "window.release.none_left"),
        }

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read what a release of everything would do now."""
        stale_ok = self.stale_ok

        def run(tx: Any) -> tuple[Preview, list[ShopAge]]:
            return release.preview(tx, Choice(), stale_ok=stale_ok), gate.data_age(tx)

        return self._desk.read(run)

    def put(self, value: tuple[Preview, list[ShopAge]]) -> None:
        """Show it."""
        self.preview, self.ages = value
        self._show()

    def _show(self) -> None:
        rows: list[Any]
        if self.showing == "left":
            rows = [LeftRow(each.order, each) for each in (self.preview.left_out if self.preview else ())]
        else:
            rows = [_Row(each.order, place, each) for place, each in enumerate(self.chosen(), 1)]
        self.show_rows(rows)
        self.buttons["release"].setEnabled(bool(self.chosen()) and not self.releasing)

    def chosen(self) -> list[Planned]:
        """Return the orders that the choices in force mean, in sequence."""
        if self.preview is None:
            return []
        return [
            each
            for each in self.preview.orders
            if self.filters["pickup"] in ("", _pickup_of(each))
            and self.filters["shop"] in ("", each.shop)
            and self.filters["cold"] in ("", each.temperature)
        ]

    # --- choices ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer the pickups, the shops and the temperatures that are there; names are ``kind:value``."""
        if self.preview is None or not self.preview.orders:
            return ()
        say, orders = self.look.say, self.preview.orders
        pickups = Counter(_pickup_of(each) for each in orders)
        shops = Counter(each.shop for each in orders)
        colds = sorted({each.temperature for each in orders})
        every = ("pickup:", f"{say('window.release.all_pickups')} {len(orders)}")
        found = sorted(pickups.items())
        rows = [(every, *((f"pickup:{name}", f"{self._pickup_words(name)} {number}") for name, number in found))]
        if len(shops) > 1:
            every = ("shop:", say("window.orders.all_shops"))
            rows.append((every, *((f"shop:{name}", f"{name} {number}") for name, number in sorted(shops.items()))))
        if len(colds) > 1:
            every = ("cold:", say("window.release.all_temperatures"))
            rows.append((every, *((f"cold:{name}", say(f"window.temperature.{name}")) for name in colds)))
        return rows

    def chip_chosen(self, row: int) -> str:
        """Return which one is in force."""
        kind = self.chips()[row][0][0].removesuffix(":")
        return f"{kind}:{self.filters[kind]}"

    def chip_tapped(self, _row: int, name: str) -> None:
        """Choose."""
        kind, _, value = name.partition(":")
        self.filters[kind] = value
        self._show()

    def _pickup_words(self, name: str) -> str:
        carrier, _, moment = name.partition("@")
        names = carriers.short_names(self.look.language)
        title = names.get(carrier, carrier) or self.look.say("window.release.no_carrier")
        if moment in ("", "None"):
            return title
        return f"{title} {self.look.clock(int(moment))}"

    # --- the panel ---

    def facts(self) -> list[Fact]:
        """Return how much it is, how it parts, what is left out, and how old the data is."""
        if self.preview is None:
            return []
        say, chosen = self.look.say, self.chosen()
        names = carriers.short_names(self.look.language)
        rows = [
            Fact(say("window.release.ready"), say("window.release.count", count=len(chosen)), head=False),
            Fact(say("window.release.lines"), str(sum(each.lines for each in chosen))),
            Fact(say("window.release.pieces"), str(sum(each.pieces for each in chosen))),
        ]
        groups = Counter((each.carrier, each.service, each.temperature) for each in chosen)
        if groups:
            rows.append(Fact(say("window.release.stacks"), head=True))
        for (carrier, service, cold), number in groups.items():
            words = f"{names.get(carrier, carrier)} {names.get(f'{carrier}/{service}', service)}".strip()
            if cold in _COLD:
                words += " ・ " + say(f"window.temperature.{cold}")
            rows.append(Fact(words or say("window.release.no_carrier"), str(number)))
        rows += self._left_facts()
        if self.ages:
            rows.append(Fact(say("window.release.data"), head=True))
        for age in self.ages:
            kind = "warning" if age.stale else ""
            rows.append(Fact(age.shop, self.look.clock(age.at) if age.at else "—", kind))
        return rows

    def _left_facts(self) -> list[Fact]:
        assert self.preview is not None
        say, rows = self.look.say, []
        left, held = self.preview.left_out, self.preview.held
        if self.preview.passed:
            rows.append(Fact(say("release.pickup_passed", clock=self.preview.passed), kind="error"))
        for stale in self.preview.stale:
            text = say("window.release.stale", shop=stale.shop, clock=stale.clock)
            rows.append(Fact(text, kind="warning", name="stale"))
        if left or held:
            rows.append(Fact(say("window.release.left_out"), head=True))
        if left:
            text = say("window.release.left_see")
            rows.append(Fact(text, str(len(left)), "error", name="left_out"))
        for hold, number in sorted(held.items(), key=lambda item: -item[1]):
            rows.append(Fact(say(f"hold.{hold}"), str(number), name="held"))
        return rows

    def fact_tapped(self, name: str) -> None:
        """Go where the row points."""
        if name == "held":
            self.window_.go("attention")
        else:
            self.act(name)

    # --- acting ---

    def act(self, name: str) -> None:
        """Release, look at what is left out, or take old data."""
        if name == "left_out":
            self.bring("sequence" if self.showing == "left" else "left")
        elif name == "stale":
            self.stale_ok = not self.stale_ok
            key = "window.release.stale_ok" if self.stale_ok else "window.release.stale_not"
            self.window_.say("info", self.look.say(key))
            self.refresh()
        elif self.releasing:
            self.window_.say("info", self.look.say("window.release.going"))
        elif not (chosen := self.chosen()):
            self.window_.say("info", self._nothing())
        else:
            self._confirm(chosen)

    def _nothing(self) -> str:
        preview = self.preview
        if preview is None or not preview.nothing:
            return self.look.say("window.release.none")
        return self.look.say(preview.nothing, **({"clock": preview.passed} if preview.passed else {}))

    def _confirm(self, chosen: list[Planned]) -> None:
        say = self.look.say
        text = say(
            "window.release.confirm",
            count=len(chosen),
            lines=sum(each.lines for each in chosen),
            pieces=sum(each.pieces for each in chosen),
        )
        dialog = Confirm(
            self.look,
            self.window_,
            say("window.act.release"),
            text,
            say("window.act.release"),
            lambda _reason: self._go(tuple(each.order for each in chosen)),
        )
        dialog.open()

    def _go(self, orders: tuple[int, ...]) -> None:
        self.releasing = True
        self.buttons["release"].setEnabled(False)
        self.window_.say("info", self.look.say("window.release.going"))
        desk, stale_ok = self._desk, self.stale_ok
        self.work(
            lambda: release.release(desk, Choice(orders=orders), stale_ok=stale_ok),  # type: ignore[arg-type]
            self._released,
            self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        self.releasing = False
        self.window_.show_error(error)

    def _released(self, done: Released) -> None:
        self.releasing = self.stale_ok = False
        say = self.look.say
        if done.batch is None:
            self.window_.say("warning", say("window.done.release_none"))
            return
        first, last = done.ship_numbers[0], done.ship_numbers[-1]
        key = "window.done.release_some" if done.refused else "window.done.release"
        text = say(key, count=len(done.ship_numbers), first=first, last=last, refused=len(done.refused))
        self.window_.say("warning" if done.refused else "ok", text)


def _pickup_of(each: Planned) -> str:
    return f"{each.carrier}@{each.cut_off}"
