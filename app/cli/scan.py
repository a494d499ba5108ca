"""``kenpin scan``: a headless station. One code per line comes in, one JSON object per line goes out.

The same desk and the same transactions as the window; an answer is written only after its commit.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from typing import BinaryIO
from uuid import uuid4

from app.cli.context import Context
from app.cli.output import as_json
from app.errors import StationError
from app.services import people
from app.services.answers import Answer, of_error
from app.services.desk import Work, new_act

__all__ = ["lines_of", "run", "split"]

_LONGEST_LINE = 65_536
"""Bytes of a line that are looked at; the rest of a longer one is passed over, it is refused anyway."""
_LONGEST_ACT = 200
_PACE = re.compile(r"\t\+([0-9]{1,9})[ \r]*$", re.ASCII)
_SWITCH_SECONDS = 0.0005
"""How soon a slip that is being drawn gives way to a scan; Python's own 5 ms are felt."""
_PRINTING_SECONDS = 60.0
"""How long the papers that are still due may hold up the end."""


def run(context: Context, args: argparse.Namespace) -> int:
    """Answer every line of standard input."""
    if args.station:
        context.config = context.config.with_(name=args.station)
    desk = context.desk
    desk.warm_up()
    if args.person:
        topics = frozenset({"bench"})
        desk.do(topics, people.sign_in, desk.station, str(uuid4()), args.person).result()
    runner = context.runner()
    runner.start()
    sys.setswitchinterval(_SWITCH_SECONDS)
    out = sys.stdout
    try:
        for raw in lines_of(sys.stdin.buffer) if sys.stdin else ():
            code, act, since = split(raw)
            body = _answer(context, desk.scan(code, act, since, Work(args.at)), code, act)
            out.write(as_json(body, indent=None) + "\n")
            out.flush()
    finally:
        runner.stop()
    runner.work_off(_PRINTING_SECONDS)
    return 0


def _answer(context: Context, answer: Future[Answer], code: str, act: str) -> dict[str, object]:
    """What the desk said, or, where the database could not be reached, a refusal that says so."""
    try:
        return answer.result().plain(context.words)
    except StationError as error:
        return {
            "code": code,
            "act": act,
            "repeat": False,
            "level": "refused",
            "key": error.key,
            "text": of_error(context.words, error),
            "ask": {},
            "order": None,
            "ship_number": "",
            "done": 0,
            "wanted": 0,
        }


def lines_of(source: BinaryIO) -> Iterator[str]:
    """Yield the lines of a stream of bytes as text; bytes that are no UTF-8 become U+FFFD and are refused as such."""
    while raw := source.readline(_LONGEST_LINE):
        if not raw.endswith(b"\n") and len(raw) == _LONGEST_LINE:
            while (more := source.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
                pass
        yield raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", errors="replace")


def split(line: str) -> tuple[str, str, int | None]:
    """Return code, act id and pace of ``CODE<TAB>ACT-ID<TAB>+MS``; a fresh id where the line brings none that could be
    one, None where it does not say how many milliseconds passed since the scan before.
    """
    paced = _PACE.search(line)
    if paced:
        line = line[: paced.start()]
    return *_with_act(line), int(paced[1]) if paced else None


def _with_act(line: str) -> tuple[str, str]:
    code, tab, act = line.rpartition("\t")
    act = act.strip()
    if not tab:
        return line, new_act()
    if not act:
        return code, new_act()
    if len(act) > _LONGEST_ACT or not act.isprintable() or "\ufffd" in act:
        return line, new_act()
    return code, act
