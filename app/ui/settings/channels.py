"""Settings, channels: the shops' formats that the program knows and those that the shop made; the watched folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QFileDialog

from app.services import channels, folders, mapping_files
from app.services.answers import sentence
from app.services.channels import ChannelItem
from app.services.folders import FolderRow, FolderState
from app.text import base_of
from app.ui.bridge import DeskLike
from app.ui.channels import open_wizard
from app.ui.dialogs import Confirm, PathDialog
from app.ui.grid import Cell, Column
from app.ui.listing import Act, Fact, Listing, ListScreen
from app.ui.look import Look
from app.ui.settings.folder_dialog import FolderDialog

__all__ = ["ChannelRow", "ChannelsPage", "state_kind"]

_TOPICS = frozenset({"settings"})
_CHANNELS = (Column("title", 44), Column("id", 20), Column("own", 12), Column("shops", 24))
_FOLDERS = (
    *(Column("name", 18), Column("kind", 14), Column("path", 25), Column("channel", 17), Column("station", 10)),
    Column("state", 16),
)
_STATES = {
    FolderState.NEW: "quiet",
    FolderState.GOOD: "ok",
    FolderState.AWAY: "error",
    FolderState.FULL: "error",
    FolderState.REFUSED: "error",
    FolderState.WAITING: "info",
}
_TOML = ("TOML (*.toml)", "* (*)")


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel in the list."""

    id: str
    item: ChannelItem


@dataclass(frozen=True, slots=True)
class _Found:
    channels: Sequence[ChannelItem]
    folders: Sequence[FolderRow]


def state_kind(row: FolderRow) -> str:
    """Return the kind of colour of how the last look into a folder went."""
    return _STATES[row.state] if row.draft.active else "quiet"


def _title(look: Look, item: ChannelItem) -> str:
    title = item.title.get(base_of(look.language), "") or next(iter(item.title.values()), "")
    return title or item.id


def _channel_cells(look: Look, row: ChannelRow) -> tuple[Cell, ...]:
    item = row.item
    shops = look.say("list.comma").join(item.shops)
    return (
        Cell(_title(look, item), bold=item.own, least=11),
        Cell(item.id, "soft", ends=True),
        Cell(pills=((look.say("window.channels.own"), "info"),)) if item.own else Cell("—", "soft"),
        Cell(shops or "—", "ink" if shops else "soft", least=11, tip=shops),
    )


def _state_words(look: Look, row: FolderRow) -> str:
    return look.say(f"folders.state.{(row.state.value or 'new') if row.draft.active else 'off'}")


def _folder_cells(look: Look, row: FolderRow) -> tuple[Cell, ...]:
    say, draft = look.say, row.draft
    ink = "ink" if draft.active else "soft"
    what = draft.channel or say("window.folders.recognised")
    return (
        Cell(draft.name, ink, bold=draft.active, least=11),
        Cell(say(f"imports.kind.{draft.kind}"), ink, least=11),
        Cell(draft.path, "soft", ends=True),
        Cell(what, ink, least=11),
        Cell(draft.station, "soft", least=11),
        Cell(pills=((_state_words(look, row), state_kind(row)),)),
    )


class ChannelsPage(ListScreen):
    """The channels, or the watched folders; beside the list what is to be known of the one that is chosen."""

    name = "settings"
    share = 33
    pace_ms = 500

    def __init__(self, window: Any, desk: DeskLike, _screen: Any) -> None:
        """*window* is the main window: it gives look and bridge, and hears of typing."""
        self.items: list[ChannelRow] = []
        """Every channel."""
        self.folders: list[FolderRow] = []
        """Every watched folder."""
        super().__init__(window, desk)

    def lists(self) -> dict[str, Listing]:
        """Return the list of the channels and that of the folders."""
        return {
            "channels": Listing("window.channels.column", _CHANNELS, _channel_cells, "window.channels.none"),
            "folders": Listing("window.folders.column", _FOLDERS, _folder_cells, "window.folders.none"),
        }

    def current_acts(self) -> tuple[Act, ...]:
        """Return what can be done with the list in front."""
        if self.showing == "folders":
            return (
                Act("folder_channels", "F3"),
                Act("folder_new", "F4"),
                Act("folder_edit", "F5"),
                Act("folder_switch", "F6"),
                Act("folder_drop", "F7"),
                Act("folder_look", "F8"),
            )
        return (
            Act("channel_folders", "F3"),
            Act("channel_new", "F4"),
            Act("channel_edit", "F5"),
            Act("channel_copy", "F6"),
            Act("channel_drop", "F7"),
            Act("channel_export", "F8"),
            Act("channel_import", "F9"),
        )

    def _build(self) -> None:
        super()._build()
        self._strip.hide()  # the tabs of the settings stand above
        for name, act in (("channels", "channel_edit"), ("folders", "folder_edit")):
            grid = self.grids[name]
            grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            grid.doubleClicked.connect(lambda _index, act=act: self.act(act))

    # --- reading ---

    def read(self) -> Future[Any]:
        """Read channels and folders."""
        return self._desk.read(lambda tx: _Found(channels.channel_list(tx), folders.folder_list(tx)))

    def put(self, value: _Found) -> None:
        """Show them."""
        self.items = [ChannelRow(each.id, each) for each in value.channels]
        self.folders = list(value.folders)
        self.show_rows(list(self.items if self.showing == "channels" else self.folders))

    def chips(self) -> Sequence[tuple[tuple[str, str], ...]]:
        """Offer both lists."""
        say = self.look.say
        return (
            (
                ("channels", say("window.channels.list", count=len(self.items))),
                ("folders", say("window.folders.list", count=len(self.folders))),
            ),
        )

    def chip_chosen(self, _row: int) -> str:
        """Return which list is in front."""
        return self.showing

    def chip_tapped(self, _row: int, name: str) -> None:
        """Bring the other list to the front."""
        self.bring(name)

    def bring(self, name: str) -> None:
        """Bring one of the lists to the front, with what was read of it."""
        super().bring(name)
        self.show_rows(list(self.items if name == "channels" else self.folders))
        self.grid.setFocus()

    # --- the panel ---

    def facts(self) -> Sequence[Fact]:
        """Say what is to be known of the one that is chosen, or of all of them."""
        rows = self.grid.rows_chosen()
        if not rows:
            names = {each: self.look.say(f"folders.{each}_name") for each in ("done", "aside")}
            about = f"window.{self.showing}.about"
            return [Fact(self.look.say(f"{about}.{name}", **names)) for name in ("what", "how", "files")]
        return self._channel_facts(rows[0].item) if self.showing == "channels" else self._folder_facts(rows[0])

    def _channel_facts(self, item: ChannelItem) -> list[Fact]:
        say = self.look.say
        made = [Fact(_title(self.look, item), head=True), Fact(say("window.channels.column.id"), item.id)]
        made.append(Fact(say("window.channels.is_own" if item.own else "window.channels.is_shipped")))
        made.append(Fact(say("window.channels.column.shops"), head=True))
        made += [Fact(shop) for shop in item.shops] or [Fact(say("window.channels.no_shop"))]
        watched = [each.draft.name for each in self.folders if each.draft.channel == item.id]
        if watched:
            made.append(Fact(say("window.channels.folders_of"), head=True))
            made += [Fact(name) for name in watched]
        return made

    def _folder_facts(self, row: FolderRow) -> list[Fact]:
        say, draft = self.look.say, row.draft
        made = [Fact(draft.name, head=True), Fact(_state_words(self.look, row), kind=_of_kind(state_kind(row)))]
        if row.said_key:
            made.append(Fact(sentence(self.look.words, row.said_key, dict(row.said_args))))
        seen = say("window.folders.never") if row.seen_at is None else self.look.clock(row.seen_at)
        made.append(Fact(say("window.folders.seen"), seen))
        made.append(Fact(draft.path))
        values = (
            ("kind", say(f"imports.kind.{draft.kind}")),
            ("channel", draft.channel or say("window.folders.recognised")),
            ("shop", draft.shop or (say("window.folders.by_channel") if draft.kind == "orders" else "")),
            ("mapping", draft.mapping),
            ("station", draft.station),
        )
        made += [Fact(say(f"window.folders.field.{name}"), value) for name, value in values if value]
        if draft.create_products:
            made.append(Fact(say("window.folders.creates"), kind="info"))
        return made

    # --- acting ---

    def act(self, name: str) -> None:
        """Do one of the acts of the list in front."""
        rows = self.grid.rows_chosen()
        plain: Mapping[str, Callable[[], object]] = {
            "channel_folders": lambda: self.bring("folders"),
            "folder_channels": lambda: self.bring("channels"),
            "channel_new": lambda: open_wizard(self.window_, self._desk),
            "channel_import": self._ask_import,
            "folder_new": lambda: self._open_folder(None),
        }
        if name in plain:
            plain[name]()
        elif not rows:
            self.window_.say("info", self.look.say(f"window.{self.showing}.choose_first"))
        elif self.showing == "channels":
            self._act_on(name, rows[0].item)
        else:
            self._act_on_folder(name, rows[0])

    def _act_on(self, name: str, item: ChannelItem) -> None:
        if not item.own:
            self.window_.say("info", self.look.say("window.channels.only_own"))
        elif name == "channel_drop":
            self._ask_drop(item)
        elif name == "channel_export":
            self._ask_export(item)
        else:
            copy = name == "channel_copy"
            open_wizard(self.window_, self._desk, name=item.id, copy=copy)

    def _ask_drop(self, item: ChannelItem) -> None:
        say, title = self.look.say, self.look.say("window.act.channel_drop")

        def drop(_: str) -> None:
            said = say("window.channels.dropped", name=item.id)
            self.do(_TOPICS, channels.remove_mapping, "orders", item.id, then=lambda _: self.window_.say("ok", said))

        Confirm(self.look, self.window_, title, say("window.channels.drop_ask", name=item.id), title, drop).open()

    def _ask_export(self, item: ChannelItem) -> None:
        """Ask for the folder that the mapping is to be written to."""
        desk: Any = self._desk

        def write(paths: list[str]) -> None:
            def run() -> Path:
                body = desk.read(channels.mapping_body, "orders", item.id).result()
                return mapping_files.write_out(Path(paths[0]), item.id, body)

            self.work(
                run, lambda path: self.window_.say("ok", self.look.say("window.channels.written", file=str(path)))
            )

        title = self.look.say("window.act.channel_export")
        PathDialog(self.window_, title, write, QFileDialog.FileMode.Directory).open()

    def _ask_import(self) -> None:
        """Ask for a mapping's file."""
        title = self.look.say("window.act.channel_import")
        PathDialog(self.window_, title, lambda paths: self.take_in(Path(paths[0])), filters=_TOML).open()

    def take_in(self, path: Path) -> None:
        """Keep the mapping of a file; one of its name is replaced only after a question."""
        desk: Any = self._desk

        def run() -> tuple[str, str, bool]:
            name, body = mapping_files.read_in(path)
            return name, body, name in desk.read(channels.mapping_names, "orders").result()

        self.bridge.work(run, lambda found: self._taken_in(*found))

    def _taken_in(self, name: str, body: str, known: bool) -> None:
        say = self.look.say

        def keep(_: str) -> None:
            said = say("window.channels.kept", name=name)
            self.do(_TOPICS, channels.save_mapping, "orders", name, body, then=lambda _: self.window_.say("ok", said))

        if known:
            title = say("window.channels.replace")
            Confirm(self.look, self.window_, title, say("window.channels.replace_ask", name=name), title, keep).open()
        else:
            keep("")

    # --- folders ---

    def _act_on_folder(self, name: str, row: FolderRow) -> None:
        if name == "folder_edit":
            self._open_folder(row)
        elif name == "folder_switch":
            self._switch(row)
        elif name == "folder_drop":
            self._ask_drop_folder(row)
        else:
            said = self.look.say("window.folders.looks", name=row.draft.name, station=row.draft.station)
            self.do(_TOPICS, folders.look_now, row.id, then=lambda _: self.window_.say("info", said))

    def _open_folder(self, row: FolderRow | None) -> None:
        dialog = FolderDialog(self.window_, row)
        dialog.saved.connect(self._folder_saved)
        dialog.open()

    def _folder_saved(self, name: str) -> None:
        self.window_.say("ok", self.look.say("folders.kept", name=name))
        self.refresh()

    def _switch(self, row: FolderRow) -> None:
        draft = replace(row.draft, active=not row.draft.active)
        key = "window.folders.switched_on" if draft.active else "window.folders.switched_off"
        said = self.look.say(key, name=draft.name)
        self.do(_TOPICS, folders.save, draft, row.id, then=lambda _: self.window_.say("ok", said))

    def _ask_drop_folder(self, row: FolderRow) -> None:
        say, title, name = self.look.say, self.look.say("window.act.folder_drop"), row.draft.name

        def drop(_: str) -> None:
            said = say("folders.removed", name=name)
            self.do(_TOPICS, folders.drop, row.id, then=lambda _: self.window_.say("ok", said))

        Confirm(self.look, self.window_, title, say("window.folders.drop_ask", name=name), title, drop).open()


def _of_kind(kind: str) -> str:
    return "" if kind == "quiet" else kind
