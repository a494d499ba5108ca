"""Reading published routing instances: text files, alone or in zip files, and tables of proven lengths.

The form is that of Heßler and Irnich (github.com/katrinhessler/SPRP-SS). CELL 0 lies at the top: y counts from the
upper cross-aisle here, so that a depot at the bottom lies on the last row. The warehouse with two blocks is the same
with a cross-aisle of one cell's width in the middle of the cells.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.warehouse import Aisle, CrossAisle, Depot, Layout, Spot

__all__ = ["Instance", "instances", "optima", "warehouse_of"]

MM = 1000
"""Length units of a file are taken as metres, so that halves stay whole."""
_NUMBER = re.compile(r"(\w+) : (\S+)")
_PLACE = re.compile(r"ID (\d+) AISLE (\d+) CELL (\d+)")


@dataclass(frozen=True)
class Instance:
    """One file."""

    name: str
    head: dict[str, str] = field(hash=False)
    places: tuple[tuple[int, int], ...]
    """Aisle and cell of each pick."""
    scattered: bool
    """An article lies on several places, of which one must be chosen: another problem, which is not solved here."""

    @property
    def group(self) -> str:
        return f"{self.head['NUM_AISLES']:>2} aisles {self.head['NUM_CELLS']:>3} cells {len(self.places):>2} picks"


def instances(folder: Path) -> Iterator[Instance]:
    """Every instance below a folder, by name; a file that is both packed and unpacked counts once."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*.zip")):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.endswith(".txt"):
                    found[Path(name).name] = packed.read(name)
    for path in sorted(folder.rglob("*.txt")):
        found[path.name] = path.read_bytes()
    for name, content in sorted(found.items()):
        text = content.decode("latin-1")
        if "SKU_SECTION" in text:
            yield _instance(name, text)


def _instance(name: str, text: str) -> Instance:
    head = dict(_NUMBER.findall(text.split("ARTICLE_SECTION")[0]))
    rows = [tuple(map(int, row)) for row in _PLACE.findall(text)]
    articles = [article for article, _, _ in rows]
    return Instance(name, head, tuple((aisle, cell) for _, aisle, cell in rows), len(set(articles)) < len(articles))


def optima(folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Proven lengths by file name: of one block, of two blocks."""
    one: dict[str, float] = {}
    two: dict[str, float] = {}
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if "DP cost" in row:
                    name = (row["alpha"], row["num aisles"], row["num cells"], row["num articles"], row["random seed"])
                    one["unit_F{}_m{}_C{}_a{}_{}.txt".format(*name)] = float(row["DP cost"])
                elif "objective" in row and "filename" in row:
                    two[row["filename"]] = float(row["objective"])
    return one, two


def warehouse_of(instance: Instance, blocks: int) -> tuple[Layout, list[Spot]]:
    """The map of an instance with one block or two, and where its picks are."""
    head = instance.head
    cells, apart = int(head["NUM_CELLS"]), _mm(head["DISTANCE_AISLE_TO_AISLE"])
    cell, top, bottom = (_mm(head[f"DISTANCE_{each}_TO_CELL"]) for each in ("CELL", "TOP", "BOTTOM"))
    depths = [top + at * cell for at in range(cells)]
    rows = [0]
    if blocks == 2:
        depths = [depth + (cell if at >= cells // 2 else 0) for at, depth in enumerate(depths)]
        rows.append(depths[cells // 2] - cell)
    rows.append(depths[-1] + bottom)
    at_bottom = head["DEPOT_LOCATION"] == "bottom"
    depot = Depot(
        int(head["DEPOT_AISLE"]) * apart,
        blocks if at_bottom else 0,
        _mm(head.get("DISTANCE_TOP_OR_BOTTOM_TO_DEPOT", "0")),
    )
    aisles = tuple(Aisle(str(at), at * apart, 0, rows[-1]) for at in range(int(head["NUM_AISLES"])))
    layout = Layout(aisles, tuple(CrossAisle(row) for row in rows), depot)
    return layout, [Spot(aisle, depths[place]) for aisle, place in instance.places]


def _mm(text: str) -> int:
    return round(float(text) * MM)
