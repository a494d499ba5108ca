"""Taking times side by side, and the one table that comes out."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.cli.output import cells

__all__ = ["Row", "Sample", "interleaved", "note", "percentile", "show", "timed"]


@dataclass
class Sample:
    """Times of one thing, in seconds."""

    times: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return percentile(self.times, 50)

    @property
    def p99(self) -> float:
        return percentile(self.times, 99)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.times)


@dataclass
class Row:
    """One line of the table. What is compared is a ratio, or one figure against an absolute goal."""

    name: str
    ours: str
    base: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None
    """None: there is no goal, the figure is for information."""

    @staticmethod
    def of(name: str, ours: Sample, base: Sample, most: float | None, *, by: str = "p50") -> Row:
        """A ratio of two samples; the goal is the largest ratio allowed."""
        ratio = getattr(ours, by) / getattr(base, by)
        goal = f"≤ {most:g}× ({by})" if most is not None else ""
        return Row(name, _pair(ours), _pair(base), f"{ratio:.2f}×", goal, ratio <= most if most is not None else None)

    @staticmethod
    def absolute(name: str, ours: Sample, most: float | None, *, by: str = "p99") -> Row:
        """One sample against an absolute limit in seconds."""
        goal = f"{by} ≤ {most * 1000:g} ms" if most is not None else ""
        return Row(name, _pair(ours), goal=goal, met=getattr(ours, by) <= most if most is not None else None)

    @staticmethod
    def figure(name: str, value: float, most: float | None, unit: str) -> Row:
        """One figure against a limit."""
        goal = f"≤ {most:g} {unit}" if most is not None else ""
        return Row(name, f"{value:g} {unit}", goal=goal, met=value <= most if most is not None else None)

    @staticmethod
    def skipped(name: str, why: str) -> Row:
        """Something that this machine cannot measure."""
        return Row(name, f"SKIPPED: {why}")


def _pair(sample: Sample) -> str:
    return f"{_ms(sample.p50)} / {_ms(sample.p99)}"


def _ms(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.3f} ms"


def percentile(times: Sequence[float], rank: float) -> float:
    """Nearest-rank percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(rank / 100 * (len(ordered) - 1)))]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(rounds: int, seed: int, **works: Callable[[], object]) -> dict[str, Sample]:
    """Time several works in the same rounds, in a random order in each, so that none profits from its place.

    A work may return a float: then that is its time, for works that must prepare something outside the clock.
    """
    chance = random.Random(seed)
    samples = {name: Sample() for name in works}
    order = list(works)
    gc.collect()
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            work = works[name]
            began = time.perf_counter()
            said = work()
            took = time.perf_counter() - began
            samples[name].times.append(said if isinstance(said, float) else took)
    return samples


def note(text: str) -> None:
    """Say what is being done, beside the table."""
    print(f"… {text}", file=sys.stderr, flush=True)


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    head = ("name", "ours (p50 / p99)", "base (p50 / p99)", "ratio", "goal", "met")
    said = {True: "yes", False: "NO", None: ""}
    shown = [head, *((row.name, row.ours, row.base, row.ratio, row.goal, said[row.met]) for row in rows)]
    widths = [max(cells(line[at]) for line in shown if not line[1].startswith("SKIPPED")) for at in range(len(head))]
    widths[0] = max(cells(line[0]) for line in shown)
    for at, line in enumerate(shown):
        print("  ".join(each + " " * (width - cells(each)) for each, width in zip(line, widths, strict=True)).rstrip())
        if not at:
            print("  ".join("-" * width for width in widths))
    judged = [row for row in rows if row.met is not None]
    print(f"\n{sum(1 for row in judged if row.met)} of {len(judged)} goals met")
