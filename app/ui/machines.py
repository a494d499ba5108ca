"""What the window uses of the machines, and what its foot says about them: readers, the scale and printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.printer_state import PrinterState
from app.domain.printing import Printer
from app.services import readers as services
from app.ui.look import Look

__all__ = [
    "Keys",
    "Pictured",
    "Pressed",
    "Readers",
    "ScaleLike",
    "ScanLike",
    "Weighed",
    "brief",
    "printer_kind",
    "printer_short",
    "printing_lines",
    "reader_line",
    "reader_title",
]

Line = tuple[str, str]
"""Kind of colour, words."""


class Keys(Protocol):
    """What the window uses of :class:`app.devices.scanner.WedgeScanner`."""

    typed: Any
    settings: Any
    unended: bool
    in_field: bool
    collecting: bool
    command: Callable[[int], bool]

    def drop_typed(self) -> None:
        """Forget what was typed by hand."""


class Readers(Protocol):
    """What the window uses of :class:`app.devices.readers.Hub`."""

    scanned: Any
    trouble: Any
    changed: Any
    keyboard: Any
    settings: Any

    ports: Callable[[], list[tuple[str, str]]]
    expected: Callable[[], frozenset[str]]

    @property
    def has_camera(self) -> bool:
        """Whether there may be a camera."""

    @property
    def states(self) -> Mapping[str, str]:
        """How each reader stands."""

    def reader(self, name: str) -> Any:
        """Return a reader by its id."""

    def picture(self) -> Any:
        """Return what the camera sees now, as a ``QImage``; None for nothing."""

    def use(self, settings: Any) -> None:
        """Go by these settings."""

    def start(self) -> None:
        """Begin to read."""

    def stop(self) -> None:
        """Read no more."""


class ScaleLike(Protocol):
    """What the window uses of :class:`app.devices.scale.Scale`."""

    shown: Any
    weighed: Any
    trouble: Any
    state_changed: Any
    spoke: Any
    settings: Any
    reading: Any
    found: Any
    said: tuple[str, dict[str, str]]

    @property
    def state(self) -> str:
        """Empty, ``ok`` or ``fault``."""

    def use(self, settings: Any) -> None:
        """Go by these settings."""

    def again(self) -> None:
        """Tell the next weight that stands even if it was told already."""

    def start(self) -> None:
        """Open its port."""

    def stop(self) -> None:
        """Let go of it."""


class ScanLike(Protocol):
    """What the window uses of :class:`app.devices.readers.Scan`."""

    @property
    def text(self) -> str:
        """What is looked up."""

    @property
    def act(self) -> str:
        """Id of the act."""

    @property
    def since(self) -> int | None:
        """Milliseconds since the same reader's last scan."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A command key or a tap does what scanning its code does."""

    text: str
    act: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Pictured:
    """What a picture file shows, taken as a scan."""

    text: str
    act: str
    since: int | None = None
    reader: str = "picture"
    raw: str = ""
    repaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the scale says where a weight is asked for, taken as a scan."""

    text: str
    act: str
    since: int | None = None
    reader: str = "scale"
    raw: str = ""
    repaired: tuple[str, ...] = ()


def brief(text: str, most: int = 28) -> str:
    """Return a name short enough for a line, without its middle where it is long."""
    return text if len(text) <= most else text[: most * 2 // 3] + "…" + text[1 - most // 3 :]


def reader_title(look: Look, settings: services.Readers, name: str) -> str:
    """Return what people call a reader, by its id."""
    if name in ("keyboard", "camera", "picture", "scale"):
        return look.say(f"readers.title.{name}")
    return brief(next((each.title for each in settings.serial if each.port == name), name))


def reader_line(look: Look, readers: Readers) -> Line:
    """Return the line about readers."""
    states = readers.states
    lost = [name for name, state in states.items() if state == "lost"]
    ready = sum(state == "ready" for state in states.values())
    if lost == ["keyboard"] and not ready:
        return "warning", look.say("readers.state.not_in_front")
    others = [name for name in lost if name != "keyboard"]
    if others:
        title = reader_title(look, readers.settings, others[0])
        return "warning", look.say("readers.state.lost", name=title, more=f" +{len(others) - 1}" if others[1:] else "")
    if not ready:
        return "warning", look.say("readers.state.none")
    return "ok", look.say("readers.state.ready") if ready == 1 else look.say("readers.state.several", count=ready)


_DIM = ("", PrinterState.UNKNOWN, PrinterState.PAUSED, PrinterState.PAPER_LOW, PrinterState.TONER_LOW)
"""States that are no fault yet, or that nobody knows."""
_NAME = 9
"""Characters of a printer's name in the foot."""
_MOST = 99
"""What waits is counted so far in the foot."""


def printer_kind(printer: Printer) -> str:
    """Return the kind of colour and sign of a printer's state; ``quiet`` where nothing is known of it."""
    if printer.state in (PrinterState.READY, PrinterState.BUSY):
        return "ok"
    if not printer.state and printer.answers:  # one that says how it is has fallen silent
        return "error"
    if printer.state in _DIM:
        return "warning" if printer.state else "quiet"
    return "error"


def printer_short(look: Look, printer: Printer) -> str:
    """Return a printer's state in a word or two."""
    key = f"board.short.{printer.state}"
    if look.words.has(key):
        return look.say(key)
    if printer.state:
        return look.say("board.short.fault")
    return look.say("board.short.silent" if printer.answers else "board.short.quiet")


def _counted(number: int) -> str:
    """Return a number that takes little room."""
    return str(number) if number <= _MOST else f"{_MOST}+"


def printing_lines(look: Look, lines: Sequence[Any], counts: Mapping[str, int]) -> tuple[Line, ...]:
    """Return what the foot says about printing: the printer that is worst off, then what nobody is sure of.

    :param lines: the station's printers, each with what waits for it.
    :param counts: the station's outbox by state.
    """
    made: list[Line] = []
    bad = [(kind, line) for kind in ("error", "warning") for line in lines if printer_kind(line.printer) == kind]
    bad.sort(key=lambda each: (each[0] != "error", -each[1].waiting))
    unsure, failed = counts.get("unknown", 0), counts.get("failed", 0)
    waiting = counts.get("waiting", 0) + counts.get("sent", 0)
    if bad:
        kind, line = bad[0]
        state = printer_short(look, line.printer)
        if line.waiting:
            state = look.say("board.foot.waits", state=state, count=_counted(line.waiting))
        more = f" +{len(bad) - 1}" if bad[1:] else ""
        made.append((kind, look.say("board.foot.printer", name=brief(line.printer.name, _NAME), state=state) + more))
    if unsure:
        made.append(("warning", look.say("board.foot.unsure", count=unsure)))
    if failed and not bad:
        made.append(("warning", look.say("window.state.print_failed", count=failed)))
    if not made:
        made.append(
            ("info", look.say("window.state.printing", count=waiting))
            if waiting
            else ("ok", look.say("window.state.printed"))
        )
    return tuple(made[:2])
