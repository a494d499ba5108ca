"""A file of a shop that no channel knows: its columns become fields, and the mapping a channel of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["open_wizard"]


def open_wizard(
    window: Any,
    desk: Any,
    path: Path | None = None,
    name: str = "",
    done: Callable[[str, Path | None, bool], object] | None = None,
    *,
    copy: bool = False,
) -> None:
    """Open the mapping wizard over the window; it is loaded when it is first wanted.

    :param window: the main window.
    :param path: the file to begin with; None lets the person choose one.
    :param name: the saved mapping that is changed; empty makes a new one.
    :param done: called once the mapping is kept, with the channel's name, the file at hand (None where there was none)
        and whether the person wants it taken in now; without it the file is taken in.
    :param copy: make a new mapping that begins as *name*.
    """
    from app.ui.channels.wizard import MappingWizard

    def kept(channel: str, file: Path | None, take: bool) -> None:
        window.say("ok", window.look.say("window.channels.kept", name=channel))
        if done is not None:
            done(channel, file, take)
        elif take and file is not None:
            window.arrivals.begin([file], "orders", channel)

    MappingWizard(window, desk, path, name, kept, copy=copy).open()
