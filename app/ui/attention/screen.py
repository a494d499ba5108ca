"""What needs a person 要確認: orders on hold, customers to ask, things to take out, merges, and stopping an order.

Leaders also find here which goods look alike and what was let pass at the benches. On the lists of things to take out
and of orders to stop a scan is taken here; everything else that is scanned goes to the bench.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer

from app.errors import StationError
from app.services import alikes, attention, carriers, changes, counts, gate, insert_rules, merge, pulls, stop
from app.services.alikes import Decided, PairRow
from app.services.answers import of_error, sentence
from app.services.attention import Answered, ContactRow, Lifted
from app.services.counts import Counted, CountRow
from app.services.insert_rules import RunOut
from app.services.merge import Merged
from app.services.overrides import OverrideRow, Overrides, overrides
from app.services.pulls import Pulled, PullRow
from app.services.stop import Stopped
from app.ui.attention.answer import AnswerDialog
from app.ui.attention.counting import COUNTS, CountDialog, count_cells, count_facts
from app.ui.attention.guards import (
    ALIKES,
    OVERRIDES,
    alike_cells,
    alike_facts,
    override_cells,
    override_chips,
    override_facts,
)
from app.ui.attention.rows import (
    CONTACTS,
    HELD,
    MERGES,
    PULLS,
    STOPS,
    VOIDS,
    HeldRow,
    MergeRow,
    StopRow,
    VoidNumber,
    contact_cells,
    contact_words,
    held_cells,
    held_rows,
    merge_cells,
    pull_cells,
    reason_words,
    stop_cells,
    void_cells,
)
from app.ui.attention.service import ServiceDialog
from app.ui.dialogs import Confirm
from app.ui.fields import Segments, TextField
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.pair import PairCard, side_of

__all__ = ["AttentionScreen"]

_PAGE = 200
_TOPICS = frozenset({"orders", "bench", "printing"})
_ACTS = {
    "held": (Act("lift", "F6", "go"), Act("lift_hold", "F7"), Act("service", "F8"), Act("cancel", "F9")),
    "contacts": (Act("answer", "F6", "go"),),
    "pulls": (Act("taken_out", "F6", "go"),),
    "counts": (Act("counted", "F6", "go"),),
    "merges": (Act("merge", "F6", "go"), Act("decline", "F7")),
    "stops": (Act("hold", "F7", "main"), Act("service", "F8"), Act("cancel", "F9", "main")),
    "voids": (),
    "alikes": (Act("not_alike", "F6", "main"), Act("alike", "F7"), Act("alike_auto", "F8")),
    "overrides": (),
}
_SAID = {"not_alike": "no", "alike": "yes", "alike_auto": "auto"}
_FOUND = ("stops", "alikes")
"""Lists with a field to find something in them."""


class AttentionScreen(ListScreen):
    """Everything that does not go by itself."""

    name = "attention"
    acts = tuple({act.name: act for acts in _ACTS.values() for act in acts}.values())

    def __init__(self, window: Any, desk: Any) -> None:
        self.hold = ""
        """Hold in force on the list of held orders; empty for all."""
        self.counts: dict[str, int] = {}
        """Orders by hold."""
        self.passed = Overrides()
        """What was let pass at the benches."""
        self.run_out: tuple[RunOut, ...] = ()
        """Inserts that orders go without."""
        self.guard = ""
        """Guard in force on the list of what was let pass; empty for all."""
        self.last: tuple[str, str] = ("", "")
        """Kind and sentence of the last scan here."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the lists."""
        words = "window.attention.column"
        return {
            "held": Listing(words, HELD, held_cells, "window.attention.none_held", _PAGE),
            "contacts": Listing(words, CONTACTS, contact_cells, "window.attention.none_contacts"),
            "pulls": Listing(words, PULLS, pull_cells, "window.attention.none_pulls"),
            "counts": Listing(words, COUNTS, count_cells, "window.attention.none_counts", _PAGE),
            "merges": Listing(words, MERGES, merge_cells, "window.attention.none_merges"),
            "stops": Listing(words, STOPS, stop_cells, "window.attention.none_stops"),
            "voids": Listing(words, VOIDS, void_cells, "window.attention.none_voids"),
            "alikes": Listing(words, ALIKES, alike_cells, "window.attention.none_alikes", _PAGE),
            "overrides": Listing(words, OVERRIDES, override_cells, "window.attention.none_overrides"),
        }

    def strip_widgets(self) -> None:
        """A choice of the list, and the field of the stop list."""
        self.tabs = Segments(self.look)
        self.tabs.chosen.connect(self.bring)
        self.search = TextField(self.window_)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda: self._soon.start(180))
        self._top.addWidget(self.tabs)
        self._top.addWidget(self.search)

    def head_widgets(self) -> None:
        """The two products of a pair, above the panel's rows."""
        self.pair = PairCard(self.look)
        self._side_column.insertWidget(0, self.pair)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        say = self.look.say
        self.tabs.offer(tuple((name, say(f"window.attention.{name}")) for name in self.listings), self.showing)
        alike = self.showing == "alikes"
        self.search.setPlaceholderText(say("window.attention.search_alikes" if alike else "window.attention.search"))
        self.search.setFixedWidth(self.look.px(230))
        self.search.setVisible(self.showing in _FOUND)
        super().render_all()
        self._show_buttons()

    def _show_buttons(self) -> None:
        names = {act.name: act.role for act in self.current_acts()}
        for name, each in self.buttons.items():
            each.setVisible(bool(names.get(name)) and self.window_.station.leads)

    def bring(self, name: str) -> None:
        """Bring another list to the front."""
        self.last = ("", "")
        if name != self.showing:
            self.search.clear()
        super().bring(name)
        self.tabs.value = name
        self.render_all()
        if name == "stops":
            self.search.setFocus()

    def current_acts(self) -> tuple[Act, ...]:
        """Return the acts of the list in front."""
        return _ACTS[self.showing]

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the list in front, and how many orders each hold keeps back."""
        showing, hold, text, guard = self.showing, self.hold, self.search.text().strip(), self.guard

        def run(tx: Any) -> tuple[str, list[Any], dict[str, int], Overrides, tuple[RunOut, ...]]:
            rows: list[Any]
            passed = Overrides()
            if showing == "held":
                rows = held_rows(attention.attention(tx, hold=hold, limit=_PAGE))
            elif showing == "contacts":
                rows = list(attention.contacts(tx))
            elif showing == "pulls":
                rows = list(pulls.open_pulls(tx))
            elif showing == "counts":
                rows = list(counts.open_counts(tx, _PAGE))
            elif showing == "merges":
                rows = [MergeRow(each.orders[0].id, each) for each in merge.proposals_of(tx)]
            elif showing == "voids":
                rows = [VoidNumber(each.number, each) for each in pulls.void_list(tx, "", limit=_PAGE)]
            elif showing == "alikes":
                rows = list(alikes.page(tx, text=text, limit=_PAGE))
            elif showing == "overrides":
                passed = overrides(tx, what=guard, limit=_PAGE)
                rows = list(passed.rows)
            else:
                rows = [StopRow(each.row.id, each) for each in stop.find(tx, text)]
            out = insert_rules.run_out(tx) if showing == "held" else ()
            return showing, rows, attention.attention_counts(tx), passed, out

        return self._desk.read(run)

    def put(self, value: tuple[str, list[Any], dict[str, int], Overrides, tuple[RunOut, ...]]) -> None:
        """Show what was read."""
        showing, rows, self.counts, self.passed, self.run_out = value
        if showing == self.showing:
            self.show_rows(rows)

    def read_more(self) -> None:
        """Read the next page of the orders on hold, or of the look-alikes."""
        number, hold = self._wanted, self.hold
        if self.showing == "alikes":
            text, read = self.search.text().strip(), len(self.model.rows)
            pairs = self._desk.read(alikes.page, text=text, after=read, limit=_PAGE)
            self.bridge.ask(pairs, lambda rows: self.model.add(rows) if number == self._wanted else None)
            return
        after = self.model.rows[-1].held.order.sort if self.model.rows else None
        future = self._desk.read(attention.attention, hold=hold, after=after, limit=_PAGE)
        self.bridge.ask(future, lambda rows: self.model.add(held_rows(rows)) if number == self._wanted else None)

    # --- choices and the panel ---

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer the holds that are there, or the guards that were let pass."""
        if self.showing == "overrides":
            offered = override_chips(self.look, self.passed.counts)
            return (offered,) if offered else ()
        if self.showing != "held" or not self.counts:
            return ()
        say = self.look.say
        found = tuple((hold, f"{say(f'hold.{hold}')} {number}") for hold, number in self.counts.items())
        return ((("", say("window.attention.all_holds")), *found),)

    def chip_chosen(self, _row: int) -> str:
        """Return the hold or guard in force."""
        return self.guard if self.showing == "overrides" else self.hold

    def chip_tapped(self, _row: int, name: str) -> None:
        """Show only orders with this hold, or what this guard let pass."""
        if self.showing == "overrides":
            self.guard = name
        else:
            self.hold = name
        self.refresh()

    def facts(self) -> list[Fact]:
        """Say of the chosen row why it is here and what to do."""
        say = self.look.say
        rows = self.grid.rows_chosen()
        row = rows[0] if len(rows) == 1 else None
        made: list[Fact] = []
        sides = (side_of(self.look, row.a), side_of(self.look, row.b)) if isinstance(row, PairRow) else None
        self.pair.show_pair(sides)
        if self.last[1]:
            made.append(Fact(self.last[1], kind=self.last[0]))
        if self.showing == "overrides":
            return made + override_facts(self.look, self.passed, row if isinstance(row, OverrideRow) else None)
        if isinstance(row, HeldRow):
            made += self._held_facts(row)
        elif isinstance(row, ContactRow):
            made += self._contact_facts(row)
        elif isinstance(row, MergeRow):
            made += [Fact(f"{each.shop} {each.number}", each.ship_number) for each in row.proposal.orders]
            made.append(Fact(say("window.attention.merge_do"), kind="info"))
        elif isinstance(row, StopRow):
            made.append(Fact(say(row.found.means), kind="warning" if row.found.may_stop else "error"))
        elif isinstance(row, PullRow):
            made += self._pull_facts(row)
        elif isinstance(row, CountRow):
            made += count_facts(self.look, row)
        elif isinstance(row, PairRow):
            made += alike_facts(self.look, row)
        elif len(rows) > 1:
            made.append(Fact(say("window.attention.chosen", count=len(rows)), head=True))
        if not made:
            made = [
                Fact(say("inserts.run_out", rule=each.rule, sku=each.sku, stock=each.stock), kind="warning")
                for each in self.run_out
            ]
            made.append(Fact(say(f"window.attention.about_{self.showing}")))
        return made

    def _held_facts(self, row: HeldRow) -> list[Fact]:
        say, order = self.look.say, row.held.order
        made = [Fact(order.ship_number or order.number, order.shop, head=True)]
        for reason in row.held.reasons:
            made.append(Fact(say(f"hold.{reason.hold}"), kind="error"))
            if words := reason_words(self.look, reason.hold, reason.detail):
                made.append(Fact(words))
            made.append(Fact(say(reason.do)))
        if row.held.note:
            made += [Fact(say("window.pack.remark"), head=True), Fact(" ".join(row.held.note.split()), kind="warning")]
        if order.wish_date:
            made.append(Fact(say("window.attention.wish_date"), order.wish_date))
        if order.ship_date:
            made.append(Fact(say("window.attention.ship_date"), order.ship_date))
        return made

    def _contact_facts(self, row: ContactRow) -> list[Fact]:
        say = self.look.say
        made = [Fact(row.ship_number or row.number, row.shop, head=True)]
        made.append(Fact(say(f"window.contact.{row.about}"), kind="warning"))
        made += [
            Fact(contact_words(self.look, row)),
            Fact(say("window.contact.asked"), head=True),
            Fact(row.asked or "—"),
        ]
        if row.shelf:
            made.append(Fact(say("window.contact.shelf"), row.shelf))
        if row.answer:
            made.append(Fact(say(f"window.contact.answer.{row.answer}"), row.due, "ok"))
        return made

    def _pull_facts(self, row: PullRow) -> list[Fact]:
        say, names = self.look.say, carriers.short_names(self.look.language)
        made = [Fact(row.ship_number or row.number, row.shop, head=True), Fact(say(f"window.pull.do_{row.kind}"))]
        if row.carrier:
            made.append(Fact(names.get(row.carrier, row.carrier)))
        made.append(Fact(say(f"state.{row.state}")))
        return made

    # --- acting ---

    def scan(self, raw: str, act: str) -> bool:
        """Scan a thing out, or find the order to stop."""
        if raw.upper().startswith(("KP-", "KU-")):
            return False
        if self.showing == "pulls":
            future = self._desk.do(_TOPICS, pulls.scan, self._desk.station, act, raw)
            self.bridge.ask(future, self._pulled, self._not_pulled)
            return True
        if self.showing == "stops":
            self.search.setText(raw.strip())
            self.refresh()
            return True
        return False

    def _pulled(self, done: Pulled) -> None:
        args = {
            "text": done.text,
            "number": done.number,
            "ship_number": done.ship_number,
            "quantity": done.quantity,
            "shelf": done.shelf,
            "left": done.left,
        }
        self.last = ("ok", sentence(self.look.words, done.key, args))
        self.window_.sound("ok")
        self.refresh()

    def _not_pulled(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self.window_.show_error(error)
            return
        self.last = ("error", of_error(self.look.words, error))
        self.window_.sound("refused")
        self.show_panel()

    def act(self, name: str) -> None:
        """Do one of the acts of the list in front."""
        rows = self.grid.rows_chosen()
        if not rows:
            self.window_.say("info", self.look.say("window.orders.choose_first"))
            return
        if name == "lift":
            self._lift([row for row in rows if isinstance(row, HeldRow)])
        elif name == "lift_hold":
            self._lift([row for row in rows if isinstance(row, HeldRow)], self.hold)
        elif name == "answer":
            self._answer(rows[0])
        elif name == "service":
            self._service(rows)
        elif name == "counted":
            self._count(rows[0])
        elif name == "taken_out":
            for row in rows:
                self.scan(f"#{row.id}", str(uuid4()))
        elif name in ("merge", "decline"):
            self._merge(name, rows)
        elif name in _SAID:
            for row in rows:
                self.do(frozenset({"products"}), alikes.decide, row.a.sku, row.b.sku, _SAID[name], then=self._decided)
        else:
            self._stop(name, rows)

    def _lift(self, rows: list[HeldRow], only: str = "") -> None:
        """Lift, hold by hold, what may be lifted by one key from the chosen orders."""
        wanted: dict[str, list[int]] = {}
        for row in rows:
            for reason in row.held.reasons:
                if reason.one_key and only in ("", reason.hold):
                    wanted.setdefault(reason.hold, []).append(row.id)
        if not wanted:
            self.window_.say("warning", self.look.say("window.attention.not_by_key"))
        for hold, orders in wanted.items():
            self.do(_TOPICS, attention.lift_many, orders, hold, then=self._lifted)

    def _lifted(self, done: Lifted) -> None:
        if done.refused:
            self.window_.say("warning", self.look.say("window.attention.lifted_some", refused=", ".join(done.refused)))
        else:
            self.window_.say("ok", self.look.say("window.done.lift"))

    def _answer(self, row: ContactRow) -> None:
        def go(answer: str, note: str, due: str, sku: str) -> None:
            future = self._desk.do(
                _TOPICS, attention.answer, self._desk.station, str(uuid4()), row.id, answer, note, due=due, sku=sku
            )
            self.bridge.ask(future, self._answered)

        AnswerDialog(self.look, self.window_, row, go).open()

    def _answered(self, done: Answered) -> None:
        self.window_.say("ok", self.look.say(f"window.contact.done.{done.answer}"))
        self.refresh()

    def _count(self, row: CountRow) -> None:
        def go(pieces: int, lot: str) -> None:
            self.do(_TOPICS | {"products"}, counts.counted, row.id, pieces, lot, then=self._counted)

        CountDialog(self.look, self.window_, row, go).open()

    def _counted(self, done: Counted) -> None:
        args = {"shelf": done.shelf, "before": done.before, "now": done.now}
        self.window_.say("ok", self.look.say("count.done", **args))

    def _service(self, rows: list[Any]) -> None:
        """Let the chosen orders go by another service: before the release a choice, after it new papers."""
        listed = ", ".join(self._name_of(row) for row in rows[:6]) + ("…" if len(rows) > 6 else "")

        def go(carrier: str, service: str, pieces: int) -> None:
            for row in rows:
                state = row.held.order.state if isinstance(row, HeldRow) else row.found.row.state
                if state in ("received", "ready") and pieces == 1:
                    self.do(_TOPICS, gate.choose_service, row.id, carrier, service, then=self._chosen)
                else:
                    self.do(_TOPICS, changes.change_service, row.id, carrier, service, pieces, then=self._chosen)

        pieces = 1 if isinstance(rows[0], HeldRow) else rows[0].found.row.parcel_count

        def offer(used: frozenset[str]) -> None:
            ServiceDialog(self.look, self.window_, listed, pieces, go, used).open()

        self.bridge.ask(self._desk.read(carriers.used), offer)

    def _chosen(self, _version: object) -> None:
        self.window_.say("ok", self.look.say("window.service.done"))

    def _merge(self, name: str, rows: list[Any]) -> None:
        for row in rows:
            orders = [each.id for each in row.proposal.orders]
            if name == "merge":
                self.do(_TOPICS, merge.merge, orders, then=self._merged)
            else:
                self.do(_TOPICS, merge.decline, orders, then=self._declined)

    def _declined(self, _orders: int) -> None:
        self.window_.say("ok", self.look.say("window.attention.declined"))

    def _merged(self, done: Merged) -> None:
        self.window_.say("ok", self.look.say("window.attention.merged", count=len(done.orders)))

    def _decided(self, done: Decided) -> None:
        self.window_.say("ok", self.look.say(f"alikes.said.{done.decided}", a=done.a, b=done.b))

    def _stop(self, name: str, rows: list[Any]) -> None:
        say = self.look.say
        ids = [row.id for row in rows]
        listed = ", ".join(self._name_of(row) for row in rows[:6]) + ("…" if len(rows) > 6 else "")

        def go(reason: str) -> None:
            for order in ids:
                self.do(_TOPICS, stop.stop, order, reason, name == "cancel", then=self._stopped)

        text = say(f"window.confirm.{name}", count=len(rows), orders=listed)
        title = say(f"window.act.{name}")
        Confirm(self.look, self.window_, title, text, title, go, self.window_).open()

    @staticmethod
    def _name_of(row: Any) -> str:
        order = row.held.order if isinstance(row, HeldRow) else row.found.row
        return str(order.ship_number or order.number)

    def _stopped(self, done: Stopped) -> None:
        say = self.look.say
        text = say("window.done.cancel" if done.cancelled else "window.done.hold")
        if done.pulls:
            text += " " + say("window.attention.pulls_now", count=done.pulls)
        self.window_.say("warning" if done.pulls else "ok", text)

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._soon.stop()
        super().stop()
