"""Packers that others wrote, as measuring sticks: does an order fit into a carton, and how many equal bins are needed.

They are in the dependency group ``sticks``, which only ``make bench-cartons`` installs; what is not there is left out
and said. Each is asked for pieces that may be turned by right angles, without weight.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.cartons import Size
from tests.bench.carton_exhaustive import fits as fits_exhaustively
from tests.bench.carton_files import Problem

__all__ = ["BIN_TOOLS", "FIT_TOOLS", "Tool", "there"]

KILL_SECONDS = 8.0
"""After which a solver in a process of its own is ended; it goes on long past its own limit."""
FIT_MS = 100
"""Time for one carton."""


@dataclass(frozen=True)
class Tool:
    """One packer."""

    module: str
    """What is imported; empty for our own exhaustive search."""
    run: Callable[..., Any]


def there(tools: dict[str, Tool]) -> dict[str, Tool]:
    """Return the tools that are installed."""
    return {name: tool for name, tool in tools.items() if not tool.module or importlib.util.find_spec(tool.module)}


# --- one carton: (sizes, inner) -> whether all fit ----------------------------------------------------------------


def _py3dbp_left(sizes: Sequence[Size], inner: Size) -> list[int]:
    import py3dbp

    packer = py3dbp.Packer()
    packer.add_bin(py3dbp.Bin("bin", *inner, 1e9))
    for number, size in enumerate(sizes):
        packer.add_item(py3dbp.Item(str(number), *size, 1))
    packer.pack(bigger_first=True, number_of_decimals=0)
    return [int(item.name) for item in packer.bins[0].unfitted_items]


def _py3dbp_fits(sizes: Sequence[Size], inner: Size) -> bool:
    return not _py3dbp_left(sizes, inner)


def _packvium(sizes: Sequence[Size], inner: Size, milliseconds: int) -> Any:
    import packvium

    def dimensions(size: Size) -> Any:
        return packvium.Dimensions.mm(*map(str, size))

    items = [
        packvium.Item.create(str(number), dimensions(size), quantity=count)
        for number, (size, count) in enumerate(Counter(sizes).items())
    ]
    config = packvium.PackingConfig.balanced(time_limit_ms=milliseconds)
    return packvium.Packer(config).pack(items=items, containers=[packvium.Container.create("bin", dimensions(inner))])


def _packvium_fits(sizes: Sequence[Size], inner: Size) -> bool:
    containers = _packvium(sizes, inner, FIT_MS).containers
    return len(containers) == 1 and len(containers[0].placements) == len(sizes)


def _packer3d(sizes: Sequence[Size], inner: Size, milliseconds: int, bins: int | None) -> Any:
    import packer3d

    packer = packer3d.Packer()
    most = {} if bins is None else {"quantity": bins}
    packer.add_box(id="bin", width=inner[0], length=inner[1], height=inner[2], max_weight=10**6, **most)
    for number, (size, count) in enumerate(Counter(sizes).items()):
        packer.add_item(
            id=str(number), width=size[0], length=size[1], height=size[2], weight=1, rotation="any", quantity=count
        )
    # Its mode without a support rule also tilts pieces by other angles; the next freest one does not.
    packer.set_options(time_limit_ms=milliseconds, support_mode="contact")
    return packer.pack()


def _packer3d_fits(sizes: Sequence[Size], inner: Size) -> bool:
    return not _packer3d(sizes, inner, FIT_MS, 1)["unpacked"]


FIT_TOOLS = {
    "py3dbp": Tool("py3dbp", _py3dbp_fits),
    "packvium": Tool("packvium", _packvium_fits),
    "packer3d": Tool("packer3d", _packer3d_fits),
    "exhaustive": Tool("", fits_exhaustively),
}
"""Asked whether pieces of some sizes fit into one carton."""


# --- equal bins: (problem, seconds) -> how many, None where there is no answer ------------------------------------


def _py3dbp_bins(problem: Problem, _seconds: float) -> int | None:
    rest, bins = list(problem.sizes), 0
    while rest:
        left = _py3dbp_left(rest, problem.bin)
        if len(left) == len(rest):
            return None
        rest, bins = [rest[number] for number in left], bins + 1
    return bins


def _packvium_bins(problem: Problem, seconds: float) -> int | None:
    containers = _packvium(problem.sizes, problem.bin, round(1000 * seconds)).containers
    complete = sum(len(container.placements) for container in containers) == len(problem.sizes)
    return len(containers) if complete else None


def _packer3d_bins(problem: Problem, seconds: float) -> int | None:
    found = _packer3d(problem.sizes, problem.bin, round(1000 * seconds), None)
    return None if found["unpacked"] else len(found["bins"])


def _packingsolver_bins(problem: Problem, seconds: float) -> int | None:
    context = multiprocessing.get_context("spawn")
    answers, answer = context.Pipe(duplex=False)
    process = context.Process(target=_packingsolver, args=(answer, problem, seconds), daemon=True)
    process.start()
    answer.close()
    try:
        return answers.recv() if answers.poll(KILL_SECONDS) else None
    except EOFError:
        return None  # it crashed
    finally:
        process.kill()
        process.join()


def _packingsolver(answer: Any, problem: Problem, seconds: float) -> None:
    from packingsolver3d import ALL_ROTATIONS, BinType, Instance, ItemType, Objective, box

    length, width, height = problem.bin
    instance = Instance(
        bin_types=[BinType(x=length, y=width, z=height, copies=len(problem.sizes))],
        item_types=[
            ItemType(x=size[0], y=size[1], z=size[2], copies=count, rotations=ALL_ROTATIONS)
            for size, count in Counter(problem.sizes).items()
        ],
        objective=Objective.BIN_PACKING,
    )
    found = box.solve(instance, time_limit=seconds)
    packed = sum(one.copies * len(one.placements) for one in found.bins)
    answer.send(found.number_of_bins if packed == len(problem.sizes) else None)


BIN_TOOLS = {
    "py3dbp": Tool("py3dbp", _py3dbp_bins),
    "packvium": Tool("packvium", _packvium_bins),
    "packer3d": Tool("packer3d", _packer3d_bins),
    "packingsolver": Tool("packingsolver3d", _packingsolver_bins),
}
"""Asked for as few equal bins as possible."""
