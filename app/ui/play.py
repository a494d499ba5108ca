"""Plays a short shift through the real window, by key strokes as a scanner sends them, and keeps pictures of it.

``kenpin demo --play`` calls :func:`play`; nothing is simulated but the scanner: the desk, the database and the
printing are the real ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.gtin import printable
from app.ui.window import MainWindow

__all__ = ["LOOK_ALIKES", "Player", "Waiting", "play", "short_shift"]

LOOK_ALIKES = (
    ("4599990001013", "4599990001020"),
    ("4599990001112", "4599990001129"),
    ("4599990002010", "4599990002027"),
    ("4599990003017", "4599990003024"),
    ("4599990003116", "4599990003123"),
    ("4599990003215", "4599990003222"),
    ("4599990003413", "4599990003420"),
    ("4599990004014", "4599990004021"),
    ("4599990004113", "4599990004120"),
)
"""Codes of demo products that are easily taken for each other."""

_PATIENCE_S = 20.0
_HAND_S = 0.6
"""Slower than the usual setting ``scan.pace_ms``."""
_KEYS = {f"F{number}": Qt.Key(Qt.Key.Key_F1.value + number - 1) for number in range(1, 13)} | {
    "Esc": Qt.Key.Key_Escape,
    "Enter": Qt.Key.Key_Return,
}


class Player:
    """Types into a window as a scanner and a person do, waits for what it says, and takes pictures."""

    def __init__(self, window: MainWindow, folder: Path | None = None, hand: float = 0.0) -> None:
        """Play *window*.

        :param folder: where pictures go; None keeps none.
        :param hand: seconds in which a hand lifts the next piece of the same goods; asked about where it is faster.
        """
        self.window = window
        """The window that is played."""
        self.pictures: list[Path] = []
        """Pictures taken, in their order."""
        self._folder = folder
        self._hand, self._last = hand, ""
        # Keys made here carry the time at which the program came to make them, not a scanner's: on a busy machine
        # they would look like a person's.
        window.scanner.settings = replace(window.scanner.settings, gap=600, hold=650)

    def wait(self, until: Callable[[], bool], seconds: float = _PATIENCE_S) -> None:
        """Let the window work until something is true. :raises TimeoutError: it never was."""
        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to what was awaited")
            self.rest(0.005)

    def rest(self, seconds: float) -> None:
        """Let the window and the worker threads work for a while; Qt's own wait would hold the threads back."""
        end = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents()
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(0.004, left))

    def burst(self, text: str) -> None:
        """Send the keys of a scan, as fast as they can be taken."""
        target = self.window.windowHandle()
        for char in text:
            QTest.keyClick(target, char)  # type: ignore[call-overload] # letters are understood, its stub forgets them
        QTest.keyClick(target, Qt.Key.Key_Return)

    def scan(self, text: str) -> str:
        """Scan, wait for the answer and for the order to be shown; return the answer's key."""
        before = self.window.work.view.said
        if text == self._last:
            self.rest(self._hand)
        self._last = text
        self.burst(text)
        return self._answer(before)

    def key(self, name: str) -> str:
        """Press a function key of the bench and wait for the answer; return its key."""
        before = self.window.work.view.said
        QTest.keyClick(self.window.windowHandle(), _KEYS[name])
        return self._answer(before)

    def type(self, text: str, end: bool = True) -> str:
        """Type as a person does, and with *end* press Enter and wait for the answer; return its key, else nothing."""
        before, scanner, target = self.window.work.view.said, self.window.scanner, self.window.windowHandle()
        usual = scanner.settings
        scanner.settings = replace(usual, gap=0, hold=15)  # whatever the machine is busy with, this is no scanner
        try:
            for char in text:
                QTest.keyClick(target, char)  # type: ignore[call-overload] # letters are understood, its stub forgets them
                self.rest(0.03)
            self.rest(0.06)
            if end:
                QTest.keyClick(target, Qt.Key.Key_Return)
        finally:
            scanner.settings = usual
        return self._answer(before) if end else ""

    def _answer(self, before: object) -> str:
        view = self.window.work.view
        self.wait(lambda: view.said is not before)
        self.wait(self._settled)
        self.rest(0.05)
        assert view.said is not None
        return str(view.said.key)

    def _settled(self) -> bool:
        if self.window.work is not self.window.pack:
            return bool(self.window.work.settled)
        view = self.window.pack.view
        answer, full = view.answer, view.full
        if answer is None or answer.order_id is None:
            return full is None
        return full is not None and full.row.id == answer.order_id and sum(x.done for x in full.lines) == answer.done

    def go(self, screen: str) -> None:
        """Bring a screen to the front as a tap on the rail does."""
        self.window.go(screen)
        self.rest(0.3)

    def shot(self, name: str, dialog: QWidget | None = None) -> None:
        """Keep a numbered picture of the window, or of a dialog over it."""
        self.rest(0.15)
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{len(self.pictures) + 1:02d}_{name}.png"
        (self.window if dialog is None else dialog).grab().save(str(path))
        self.pictures.append(path)

    @property
    def wanted_code(self) -> str:
        """Code of the next item as printed on it; its SKU where it has none."""
        answer = self.window.pack.view.answer
        assert answer is not None
        stored = str(answer.ask.get("product_code") or "")
        return printable(stored) if stored else str(answer.ask.get("sku", ""))

    @property
    def asked(self) -> str:
        """What is asked now."""
        return str(self.window.work.view.ask)

    @property
    def wanted_slip(self) -> str:
        """What the bar code on the wanted slip says; empty while none is wanted."""
        answer = self.window.pack.view.answer
        ask = answer.ask if answer is not None else {}
        return f"KO-{ask.get('ship_number')}-{ask.get('version')}" if self.asked == "slip" else ""

    @property
    def wanted_waybill(self) -> str:
        """Number of the wanted waybill; empty while none is wanted or it has no number."""
        answer = self.window.pack.view.answer
        return str(answer.ask.get("waybill") or "") if answer is not None else ""

    @property
    def wanted_insert(self) -> str:
        """What is scanned for the insert that is wanted; empty while none is."""
        answer = self.window.pack.view.answer
        return str(answer.ask.get("insert_code") or "") if answer is not None else ""

    @property
    def open_slip(self) -> str:
        """What the bar code on the slip of the open order says."""
        full = self.window.pack.view.full
        return f"KO-{full.row.ship_number}-{full.version}" if full is not None else ""

    def waiting_orders(self) -> list[Waiting]:
        """Return the orders that wait for the bench, in queue order."""
        assert self.window.desk is not None
        found: list[list[Waiting]] = []
        self.window.bridge.ask(self.window.desk.read(_waiting), found.append)
        self.wait(lambda: bool(found))
        return found[0]

    def find_order(self, lines: int) -> str:
        """Return what opens a waiting order with at least so many lines; empty where there is none."""
        return next((each.code for each in self.waiting_orders() if each.lines >= lines), "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One order that waits for the bench."""

    code: str
    """What its slip says, else its number."""
    lines: int
    waybill: str
    """Number of its first waybill; empty while there is none."""

    @property
    def place(self) -> tuple[int, int]:
        """Batch and sequence; zeros before the release."""
        batch, _, sequence = self.code.removeprefix("KO-").rpartition("-")[0].partition("-")
        return (int(batch), int(sequence)) if batch.isdecimal() and sequence.isdecimal() else (0, 0)


def _waiting(tx: Any) -> list[Waiting]:
    from app.services import orders, waybills

    found = []
    for row in orders.page(tx, states=("ready", "released"), held=False, limit=100):
        if row.holder or row.parked or row.lead is not None:
            continue
        full = orders.show(tx, row.id)
        numbers = [each.number for each in waybills.of_order(tx, row.id) if each.number and each.state == "numbered"]
        code = f"KO-{row.ship_number}-{full.version}" if row.ship_number and full is not None else row.number
        found.append(Waiting(code, row.lines, numbers[0] if numbers else ""))
    return found


def play(window: MainWindow, out_folder: Path, script: Callable[[Player], None] | None = None) -> Sequence[Path]:
    """Play a shift through *window* and save numbered pictures into *out_folder*.

    The window must be shown and its desk attached, with demo data in the database.

    :param script: what is played; :func:`short_shift` when none is given.
    :returns: the pictures, in their order.
    :raises TimeoutError: the window did not answer.
    """
    player = Player(window, out_folder, _HAND_S)
    player.wait(lambda: window.pack.view.answer is not None)
    (script or short_shift)(player)
    return player.pictures


def short_shift(player: Player) -> None:
    """Queue, orders with everything that goes wrong, slips and waybills, an order in English, settings, picking, a file
    with mistakes."""
    from app.ui.intake.play import short_report
    from app.ui.mail.play import short_mails
    from app.ui.pick.play import short_walk
    from app.ui.products.play import short_look

    player.go("orders")
    player.shot("queue")
    player.go("pack")
    player.shot("bench_empty")
    player.key("F2")
    player.shot("next_order")
    _finish(player)
    player.shot("closed")
    number = player.find_order(2)
    if number:
        player.scan(number)
        _slips(player)
        _trouble(player)
    _papers(player)
    player.window.speak("en")
    player.key("F2")
    _slips(player)
    player.shot("english_order")
    _wrong(player, "english_wrong_item")
    _finish(player)
    player.shot("english_closed")
    player.go("settings")
    player.shot("english_settings")
    player.window.speak(player.window.station.config.language)
    player.go("orders")
    player.shot("queue_after")
    _printed(player)
    short_mails(player)
    short_walk(player)
    short_report(player)
    short_look(player)


def _printed(player: Player) -> None:
    """The print board with all that was printed, one paper as it came out, and an order's own papers."""
    window = player.window
    player.go("printing")
    board = window.screens["printing"]
    board.chip_tapped(0, "all")
    player.wait(lambda: bool(board.model.rows))
    board.grid.selectRow(0)
    player.shot("print_board")
    board.act("preview")
    _see(player, "paper_as_it_comes_out")
    printed = {row.order for row in board.model.rows}
    player.go("orders")
    queue = window.screens["orders"]
    order = next((row.id for row in queue.model.rows if row.id in printed), None)
    if order is None:
        return
    queue.table.clearSelection()
    queue.table.choose({order})
    player.wait(lambda: queue.detail.full is not None and queue.detail.full.row.id == order)
    queue.act("printed")
    _see(player, "papers_of_an_order")


def _see(player: Player, name: str) -> None:
    """Take a picture of a dialog that shows a paper, and close it."""
    dialog: Any = None

    def there() -> bool:
        nonlocal dialog
        dialog = QApplication.activeModalWidget()
        return dialog is not None and dialog.preview.ready and dialog.preview.state.sheet is not None

    player.wait(there)
    player.shot(name, dialog)
    dialog.reject()


def _slips(player: Player) -> None:
    """Scan the slips that are wanted."""
    while player.asked == "slip":
        player.scan(player.wanted_slip)


def _finish(player: Player) -> None:
    """Do what is asked for until the parcel is closed, or set aside where its waybill has no number."""
    for _ in range(200):
        match player.asked:
            case "slip" | "item":
                player.scan(player.wanted_slip or player.wanted_code)
            case "insert" | "weight":
                _beside(player)
            case "lot" | "expiry":  # what the shelf alone does not tell: the one that expires first
                player.key("F5")
            case "waybill" if player.wanted_waybill:
                player.scan(player.wanted_waybill)
            case "waybill":
                player.key("F11")
            case "close":
                player.key("F8")
            case _:
                return


def _beside(player: Player) -> None:
    """What goes in beside the goods, and the scale: at first the box weighs too little."""
    for _ in range(40):
        if player.asked == "insert":
            player.shot("insert")
            player.scan(player.wanted_insert)
        elif player.asked == "weight":
            player.scan("KG-6")
            error = player.window.pack.view.error
            if error is not None:
                player.shot("wrong_weight")
                player.scan(f"KG-{error.args.get('expected', 'FAULT')}")
        else:
            return


def _papers(player: Player) -> None:
    """An order whose waybill is there: slip, goods, the neighbour's waybill, set aside, gone on with, closed."""
    labelled = sorted((each for each in player.waiting_orders() if each.waybill), key=lambda each: each.place)
    if not labelled:
        return
    # The neighbour in the stack is the usual mistake: take two that follow each other, where there are such.
    follows = ((a, b) for a, b in pairwise(labelled) if b.place == (a.place[0], a.place[1] + 1))
    mine, neighbour = next(follows, (labelled[0], labelled[-1]))
    other = neighbour.waybill if neighbour is not mine else ""
    player.scan(mine.code.removeprefix("KO-").rpartition("-")[0])  # by its number, so that the slip is asked for
    player.shot("slip_wanted")
    _slips(player)
    carton = player.window.pack.carton
    if carton is not None and carton.isVisible():
        player.shot("carton")
    while player.asked == "item":
        player.scan(player.wanted_code)
    _beside(player)
    player.shot("waybill_wanted")
    if other:
        player.scan(other)
        player.shot("wrong_waybill")
    slip = player.open_slip
    if player.key("F11") == "refusal.dismissed":
        player.key("F11")
    player.shot("set_aside")
    player.scan(slip)
    player.shot("gone_on_with")
    _finish(player)
    player.shot("closed_by_its_waybill")


def _wrong(player: Player, name: str) -> None:
    full = player.window.pack.view.full
    inside = {printable(line.main_code) for line in full.lines if line.main_code} if full is not None else set()
    pairs = {a: b for pair in LOOK_ALIKES for a, b in (pair, pair[::-1])}
    like = pairs.get(player.wanted_code, "")
    others = [code for code in (like, *pairs) if code and code not in inside]
    player.scan(others[0])
    player.shot(name)


def _guards(player: Player) -> None:
    """What must not go although it is the right thing, or no thing at all: a shelf's label, goods out of date."""
    line = player.window.pack.view.line()
    if line is None:
        return
    player.scan(f"KS-{line.shelf}")
    player.shot("shelf_label")
    player.key("Esc")
    if line.handling.lot_policy.keeps_expiry and line.main_code:
        player.scan(f"(01){line.main_code.zfill(14)}(17)250131(10)OLD-1")
        player.shot("out_of_date")
        player.key("Esc")


def _trouble(player: Player) -> None:
    player.shot("order_of_several_lines")
    _guards(player)
    _wrong(player, "wrong_item")
    first = player.wanted_code
    while player.asked == "item" and player.wanted_code == first:
        player.scan(first)
    player.shot("right_item")
    player.scan(first)
    player.shot("one_too_many")
    player.key("F3")
    player.shot("undone")
    player.scan(first)
    player.scan("4569951110016")
    player.shot("unknown_code")
    player.key("Esc")
    while player.asked == "item":
        player.key("F4")
        player.shot("short_why")
        player.key("F5")
    player.shot("only_shorts_left")
    player.key("F8")
    _finish(player)
    player.shot("closed_short")
    player.key("F9")
    player.shot("reprint_why")
    player.key("F6")
    player.shot("reprinted")
