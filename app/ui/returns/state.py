"""What the screen of returns shows: the last answer, the return as it was read, and which commands make sense now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.services.answers import Answer
from app.ui.pack.state import COMMANDS, MOST_COMMANDS, NUMBERS

if TYPE_CHECKING:  # these come with the database's library, which is loaded after the first paint
    from app.services.products import ProductRow
    from app.services.return_views import ReturnLine, ReturnRow
    from app.ui.returns.reading import ReturnRead

__all__ = ["QUESTIONS", "REASONS", "ReturnsView", "bar_codes", "key_of", "shown_codes", "words_of"]

REASONS: Mapping[str, str] = {
    "KP-1": "unwanted",
    "KP-2": "defective",
    "KP-3": "wrong_item",
    "KP-4": "refused",
    "KP-R-OTHER": "other",
}
"""Command codes that say why a piece came back, and the reason that each gives."""

QUESTIONS = ("take_over", "whole", "which", "line", "lot", "serial", "reason", "grade")
"""Kinds of ask that are questions: they stand until they are answered or dismissed."""

_CHOSEN = ("which", "line", "lot")
"""Questions that are answered by the number of what is shown."""
_VALID: Mapping[str, tuple[str, ...]] = {
    "item": ("KP-NOCODE", "KP-DONE", "KP-UNDO", "KP-LATER", "KP-CANCEL"),
    "close": ("KP-UNDO", "KP-LATER", "KP-CANCEL"),
} | dict.fromkeys(QUESTIONS, ("KP-CANCEL",))
_LISTED, _LISTED_LATIN = 30, 52
"""Characters of a product's name in a list; the whole name stands at the question about it."""
_KEYS = {"KP-R-OTHER": "F9"}
"""Keys that differ here: the usual one is that of a choice which is shown with it."""


def key_of(code: str) -> str:
    """Return the function key of a command code."""
    return _KEYS.get(code) or COMMANDS.get(code, "")


@dataclass(slots=True)
class ReturnsView:
    """What is shown of returns."""

    answer: Answer | None = None
    """The last answer, of a scan or of looking where the station stands."""
    said: Answer | None = None
    """The last answer of a scan."""
    error: Answer | None = None
    """The refusal that stands."""
    asked: Answer | None = None
    """The answer that raised the standing question; None where there is none, or after a restart."""
    read: ReturnRead | None = None
    """The return as it was read after the last answer."""
    goods: dict[int, ProductRow] = field(default_factory=dict)
    """Products that were read."""
    scanned: ProductRow | None = None
    """The product of a refused scan."""
    refused_here: str = ""
    """Key of a refusal made by the window itself (a dialog is open, the database is away)."""
    refused_args: dict[str, object] = field(default_factory=dict)
    pending: str = ""
    """Code whose answer takes longer than usual."""
    typed: str = ""
    """What a person has typed so far where no field has the focus."""

    @property
    def ask(self) -> str:
        """What is wanted next."""
        return str(self.answer.ask.get("kind", "")) if self.answer else ""

    @property
    def asks(self) -> Mapping[str, Any]:
        """What belongs to what is wanted next."""
        return self.answer.ask if self.answer else {}

    @property
    def open_now(self) -> bool:
        """Whether a return is being worked on."""
        return bool(self.text("ship_number") or self.text("number"))

    @property
    def lines(self) -> Sequence[ReturnLine]:
        """The goods of the open return."""
        return self.read.view.lines if self.read is not None and self.open_now else ()

    @property
    def recent(self) -> Sequence[ReturnRow]:
        """Open and recent returns."""
        return self.read.view.recent if self.read is not None else ()

    @property
    def lay(self) -> Mapping[str, Any]:
        """The pieces that were just taken in and where they are laid; empty for none."""
        found = self.asks.get("lay")
        return found if isinstance(found, Mapping) else {}

    @property
    def options(self) -> Sequence[Mapping[str, Any]]:
        """The answers to choose from by their number."""
        found = self.asks.get("options")
        return found if isinstance(found, Sequence) else ()

    def text(self, name: str) -> str:
        """Return a text of what is asked."""
        return str(self.asks.get(name) or "")

    def number(self, name: str) -> int:
        """Return a number of what is asked; 0 where it has none of that name."""
        value = self.asks.get(name)
        return value if isinstance(value, int) else 0

    def take(self, answer: Answer) -> None:
        """Take the newest answer."""
        if self.ask != answer.ask.get("kind"):
            self.typed = ""
        if answer.level == "question":
            self.asked = answer
        elif self.ask != answer.ask.get("kind"):
            self.asked = None
        self.answer = answer

    def hold(self, read: ReturnRead) -> None:
        """Take what was read: where the station stands now."""
        self.read = read
        self.goods |= read.goods
        here = read.view.standing
        if self.answer is None or self.answer.ask != here.ask:
            order = here.receiver.order
            wanted = order.wanted if order is not None else 0
            self.take(Answer("", "", "info", "", ask=here.ask, done=here.receiver.back, wanted=wanted))

    def name_of(self, product: object, name: str, language: str) -> str:
        """Return what a product is called in the reader's language, where that is known."""
        row = self.goods.get(product) if isinstance(product, int) else None
        return row.name_en if row is not None and language == "en" and row.name_en else name

    def short_name_of(self, product: object, name: str, language: str) -> str:
        """Return the same as short as a list bears it: malls have names of a hundred characters."""
        called, most = self.name_of(product, name, language), _LISTED_LATIN if language == "en" else _LISTED
        return called if len(called) <= most else called[: most - 1].rstrip() + "…"

    def picture_of(self, product: object) -> str:
        """Return the picture of a product; empty where it has none."""
        row = self.goods.get(product) if isinstance(product, int) else None
        return row.picture if row is not None else ""


def shown_codes(view: ReturnsView) -> tuple[str, ...]:
    """Return the codes that stand beside the question."""
    match view.ask:
        case "reason":
            return tuple(REASONS)
        case "grade":
            return ("KP-2",) if view.text("why_not") else ("KP-1", "KP-2")
        case "whole" | "close":
            return ("KP-DONE",)
        case ask if ask in _CHOSEN:
            return NUMBERS[: len(view.options)]
    return ()


def bar_codes(view: ReturnsView) -> tuple[str, ...]:
    """Return the commands that make sense now, for the bar."""
    valid = list(_VALID.get(view.ask, ()))
    if view.ask == "line" and view.asks.get("more"):
        valid = ["KP-NOCODE", *valid]
    error = view.error
    if error is not None and (error.args.get("allow") or error.key == "allow.leader_needed"):
        valid = ["KP-ALLOW", *valid]
    if error is not None and "KP-CANCEL" in valid:
        valid = ["KP-CANCEL", *(code for code in valid if code != "KP-CANCEL")]
    return tuple(code for code in valid if code not in shown_codes(view))[:MOST_COMMANDS]


def words_of(view: ReturnsView, code: str) -> str:
    """Return the key of a command's words."""
    return "window.returns.next_four" if code == "KP-NOCODE" and view.ask == "line" else f"command.{code}"
