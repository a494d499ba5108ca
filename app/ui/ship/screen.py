"""The ship screen 引渡: each pickup with its rest and its pace; scans at the dock; the driver's count; the close-out.

While this screen is in front, what is scanned is handed over to the carrier of the chosen pickup.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer

from app.domain.intake import placeholders
from app.errors import StationError
from app.services import board, carriers, handover, reports
from app.services.answers import of_error
from app.services.board import Board, BoardRow
from app.services.handover import ClosedOut, Counted, LeftBehind, Lists, ScannedOut, Waiting
from app.services.reports import ErrorsRead
from app.services.signals import signal_of
from app.ui.dialogs import Confirm, PathDialog
from app.ui.fields import Segments
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.ship.dock import Band, CountDialog
from app.ui.ship.rows import COLUMNS, REPORTS, PickupRow, ShopRow, pickup_cells, shop_cells, shops

__all__ = ["ShipScreen"]

_ACTS = {
    "board": (
        Act("count", "F5", "main"),
        Act("close_out", "F6", "go"),
        Act("unlabelled", "F7"),
        Act("stale", "F8"),
    ),
    "reports": (Act("acknowledge", "F5"), Act("report_errors", "F6", "main"), Act("report", "F9", "go")),
}
_TOPICS = frozenset({"orders", "bench", "printing"})
_REFRESH_MS = 20_000


class ShipScreen(ListScreen):
    """Pickups, and what goes with them."""

    name = "ship"
    acts = tuple(act for acts in _ACTS.values() for act in acts)
    share = 29

    def __init__(self, window: Any, desk: Any) -> None:
        self.board: Board | None = None
        """The board as read."""
        self.lists_: Lists | None = None
        """What would stay behind of the chosen pickup."""
        self.unlabelled = self.stale_ok = False
        super().__init__(window, desk)
        self._again = QTimer(self)
        self._again.timeout.connect(self._look_again)
        self._again.start(_REFRESH_MS)

    def lists(self) -> dict[str, Listing]:
        """Return the board, and what the shops are to be told."""
        words = "window.ship.column"
        return {
            "board": Listing(words, COLUMNS, pickup_cells, "window.ship.none"),
            "reports": Listing(words, REPORTS, shop_cells, "window.ship.none_reports"),
        }

    def strip_widgets(self) -> None:
        """A choice of the list."""
        self.tabs = Segments(self.look)
        self.tabs.chosen.connect(self.bring)
        self._top.addWidget(self.tabs)

    def bring(self, name: str) -> None:
        """Bring the other list to the front."""
        super().bring(name)
        self.tabs.value = name
        self.render_all()

    def current_acts(self) -> tuple[Act, ...]:
        """Return the acts of the list in front."""
        return _ACTS[self.showing]

    def head_widgets(self) -> None:
        """The band of the dock's last scan."""
        self.band = Band(self.look)
        self._inner.addWidget(self.band)

    def render_all(self) -> None:
        """Show everything again in the language, colours and size in use."""
        say = self.look.say
        self.tabs.offer(tuple((name, say(f"window.ship.{name}")) for name in self.listings), self.showing)
        self.band.say("info", say("window.ship.scan"))
        self.band.setVisible(self.showing == "board")
        super().render_all()
        roles = {act.name: act.role for act in self.current_acts()}
        for name, each in self.buttons.items():
            each.setVisible(bool(roles.get(name)) and self.window_.station.leads)

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read the board, and what would stay behind of the chosen pickup."""
        if self.showing == "reports":
            return self._desk.read(shops)
        chosen = self.pickup()

        def run(tx: Any) -> tuple[Board, Lists | None]:
            left = handover.lists(tx, chosen.load.carrier, chosen.load.cut_off) if chosen is not None else None
            return board.board(tx), left

        return self._desk.read(run)

    def put(self, value: tuple[Board, Lists | None] | list[ShopRow]) -> None:
        """Show it; the first pickup of which something is here is chosen by itself."""
        if isinstance(value, list):
            if self.showing == "reports":
                self.show_rows(value)
            return
        if self.showing != "board":
            return
        self.board, self.lists_ = value
        rows = [PickupRow(f"{row.load.carrier}@{row.load.cut_off}", row) for row in self.board.rows]
        self.show_rows(rows)
        if rows and not self.grid.rows_chosen():
            first = next((each for each in rows if each.row.load.verified or each.row.load.remaining), rows[0])
            self.grid.choose({first.id})

    def row_chosen(self, row: Any) -> None:
        """Read what would stay behind of another pickup."""
        if isinstance(row, PickupRow):
            future = self._desk.read(handover.lists, row.row.load.carrier, row.row.load.cut_off)
            self.bridge.ask(future, partial(self._left_read, row.id))
        self.show_panel()

    def _left_read(self, chosen: str, left: Lists) -> None:
        rows = self.grid.rows_chosen()
        if rows and rows[0].id == chosen:
            self.lists_ = left
            self.show_panel()

    def pickup(self) -> BoardRow | None:
        """Return the chosen pickup."""
        rows = self.grids["board"].rows_chosen()
        return rows[0].row if rows else None

    # --- the panel ---

    def facts(self) -> Sequence[Fact]:
        """Say what is left of the chosen pickup, and the pace."""
        say, chosen, left = self.look.say, self.pickup(), self.lists_
        if self.showing == "reports":
            return [Fact(say("window.ship.about_reports"))]
        if self.board is None:
            return ()
        pace = self.board.pace
        made = [Fact(say("window.ship.pace"), say("window.ship.per_hour", count=pace.per_hour))]
        if chosen is None:
            return made
        title = carriers.short_names(self.look.language).get(chosen.load.carrier, chosen.load.carrier)
        clock = self.look.clock(chosen.load.cut_off) if chosen.load.cut_off else ""
        made.insert(0, Fact(f"{title} {clock}".strip(), head=True))
        if left is None:
            return made
        made.append(Fact(say("window.ship.may_go"), say("window.ship.pieces", count=left.pieces)))
        made += self._some("window.ship.waiting", left.waiting, "ok")
        made += self._some("window.ship.on_hold", left.held, "error")
        made += self._some("window.ship.no_label", left.unlabelled, "warning")
        made += self._some("window.ship.no_parcel", left.labels, "info")
        made += self._some("window.ship.to_pull", left.pulls, "error")
        if self.unlabelled:
            made.append(Fact(say("window.ship.unlabelled_on"), kind="warning"))
        if self.stale_ok:
            made.append(Fact(say("window.release.stale_ok"), kind="warning"))
        return made

    def _some(self, key: str, found: Sequence[Waiting | LeftBehind], kind: str) -> list[Fact]:
        if not found:
            return []
        made = [Fact(self.look.say(key), str(len(found)), kind)]
        for each in found[:4]:
            text = each.ship_number or each.number
            more = each.reason if isinstance(each, Waiting) else each.text
            if isinstance(each, Waiting) and more == "held":
                more = ""
            made.append(Fact(text, more[:24]))
        if len(found) > 4:
            made.append(Fact(self.look.say("window.more", count=len(found) - 4)))
        return made

    # --- scans ---

    def scan(self, raw: str, act: str) -> bool:
        """Hand over what was scanned; commands and badges go to the bench."""
        if self.showing != "board" or raw.upper().startswith(("KP-", "KU-")):
            return False
        chosen = self.pickup()
        named: dict[str, Any] = {"unlabelled": self.unlabelled, "stale_ok": self.stale_ok}
        if chosen is not None:
            named |= {"carrier": chosen.load.carrier, "pickup": chosen.load.cut_off}
        future = self._desk.do(_TOPICS, handover.scan_out, self._desk.station, act, raw, **named)
        self.bridge.ask(future, self._scanned, self._refused)
        return True

    def _scanned(self, done: ScannedOut) -> None:
        ok = done.level == "ok"
        self.band.say("ok" if ok else "error", handover.said(self.look.words, done))
        self.window_.sound(signal_of(done.level, done.key))
        if ok:
            self.refresh()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, StationError):
            self.window_.show_error(error)
            return
        self.band.say("error", of_error(self.look.words, error))
        self.window_.sound("refused")

    # --- acting ---

    def act(self, name: str) -> None:
        """Count, close out, allow what needs a right; tell the shops."""
        if self.showing == "reports":
            self._report_act(name)
            return
        if name in ("unlabelled", "stale"):
            which = "unlabelled" if name == "unlabelled" else "stale_ok"
            setattr(self, which, not getattr(self, which))
            self.show_panel()
            return
        chosen = self.pickup()
        if chosen is None:
            self.window_.say("info", self.look.say("window.ship.choose"))
            return
        title = carriers.short_names(self.look.language).get(chosen.load.carrier, chosen.load.carrier)
        title = f"{title} {self.look.clock(chosen.load.cut_off) if chosen.load.cut_off else ''}".strip()
        if name == "count":
            CountDialog(self.look, self.window_, title, lambda figure: self._count(chosen, figure)).open()
            return
        say = self.look.say
        text = say("window.ship.close_ask", pickup=title)
        Confirm(
            self.look,
            self.window_,
            say("window.act.close_out"),
            text,
            say("window.act.close_out"),
            lambda _: self._close_out(chosen),
        ).open()

    def _count(self, chosen: BoardRow, figure: int) -> None:
        future = self._desk.do(
            _TOPICS,
            handover.hand_over_counted,
            self._desk.station,
            str(uuid4()),
            chosen.load.carrier,
            chosen.load.cut_off,
            figure,
            unlabelled=self.unlabelled,
            stale_ok=self.stale_ok,
        )
        self.bridge.ask(future, self._counted, self._refused)

    def _counted(self, done: Counted) -> None:
        say = self.look.say
        args = {"orders": done.orders, "pieces": done.ours, "ours": done.ours, "driver": done.driver}
        self.band.say("ok" if done.agreed else "error", say(done.key, **args))
        self.window_.sound("ok" if done.agreed else "refused")
        self.lists_ = done.left
        self.refresh()

    def _close_out(self, chosen: BoardRow) -> None:
        future = self._desk.do(
            _TOPICS,
            handover.close_out,
            self._desk.station,
            str(uuid4()),
            chosen.load.carrier,
            chosen.load.cut_off,
            stale_ok=self.stale_ok,
        )
        self.bridge.ask(future, self._closed_out, self._refused)

    def _closed_out(self, done: ClosedOut) -> None:
        say, left = self.look.say, done.left
        behind = len(left.waiting) + len(left.held) + len(left.unlabelled) + len(left.labels) + len(left.pulls)
        key = "window.ship.closed_left" if behind else "window.ship.closed"
        self.band.say("warning" if behind else "ok", say(key, count=done.counted, left=behind))
        self.stale_ok = self.unlabelled = False
        self.refresh()

    # --- dispatch reports ---

    def _report_act(self, name: str) -> None:
        say = self.look.say
        rows = self.grid.rows_chosen() or [row for row in self.model.rows if row.due]
        if not rows or (name != "report" and len(rows) != 1):
            self.window_.say("info", say("window.orders.choose_first"))
        elif name == "report":
            self._write_reports(rows)
        elif name == "acknowledge":
            text = say("window.ship.acknowledge_ask", shop=rows[0].name)
            title = say("window.act.acknowledge")
            Confirm(self.look, self.window_, title, text, title, lambda _: self._acknowledge(rows[0])).open()
        else:
            title = say("window.act.report_errors")
            PathDialog(self.window_, title, lambda paths: self.read_errors(rows[0].id, paths[0])).open()

    def _write_reports(self, rows: list[ShopRow]) -> None:
        desk: Any = self._desk
        folder = Path(self.window_.station.config.papers_folder) / "reports"

        def run() -> tuple[int, int, str]:
            done, left, where = 0, 0, ""
            for row in rows:
                sent = reports.send(desk, row.id, folder)
                where = str(sent.paths[-1])
                if sent.report is not None:
                    done, left = done + sent.report.orders, left + len(sent.report.left_out)
            return done, left, where

        self.work(run, self._reported)

    def _reported(self, done: tuple[int, int, str]) -> None:
        number, left, where = done
        key = "window.ship.reported_some" if left else "window.ship.reported"
        self.window_.say("warning" if left else "ok", self.look.say(key, orders=number, left=left, file=where))

    def _acknowledge(self, row: ShopRow) -> None:
        self.do(_TOPICS, reports.acknowledge, row.id, then=self._acknowledged)

    def _acknowledged(self, number: int) -> None:
        self.window_.say("ok", self.look.say("window.ship.acknowledged", count=number))

    def read_errors(self, shop: int, path: str) -> None:
        """Read a shop's file of errors."""
        desk: Any = self._desk
        self.work(lambda: reports.read_errors(desk, Path(path), shop), self._errors_read)

    def _errors_read(self, done: ErrorsRead) -> None:
        text = self.look.say("window.ship.errors_read", count=len(done.failed))
        for problem in done.problems[:3]:
            text += " " + self.look.say(problem.key, **placeholders(problem))
        self.window_.say("warning" if done.failed or done.problems else "ok", text)

    def stop(self) -> None:
        """Ask nothing any more: the window is going."""
        self._again.stop()
        super().stop()
