"""Reads instance files of order batching: parallel aisles (Henn & Wäscher, Muter & Öncan), graphs (Foodmart, Kris)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from app.services.batching.corridors import Network


class Unreadable(Exception):
    """The file is not whole, or not of a known form."""


@dataclass(frozen=True)
class Instance:
    """What one file says."""

    path: Path
    group: str
    """Henn-Waescher, Muter-Oncan, Foodmart or Kris."""
    network: Network
    """In thousandths of the file's unit."""
    picks: list[list[tuple[int, int]]]
    demand: list[list[int]]
    limits: list[int]
    due: list[int] | None = None
    """By when each order is to be picked (Kris), in the file's unit of time."""
    pickers: int = 1
    setup: int = 0
    """Time a cart takes before it starts."""
    per_unit: int = 0
    """Time to walk one unit."""
    pick_time: int = 0
    """Time to pick all pieces, whatever the carts are."""


def read(path: Path) -> Instance:
    """Read one file.

    :raises Unreadable: says what is missing
    """
    text = path.read_text(encoding="latin-1")
    if text.startswith("NAME"):
        return _aisles(path, text)
    if text.startswith("//"):
        return _graph(path, text)
    raise Unreadable("begins neither with NAME nor with //")


def _aisles(path: Path, text: str) -> Instance:
    head = dict(re.findall(r"^([A-Z_]+) : ?(.*?)\s*$", text, re.MULTILINE))
    for section in ("ARTICLE_SECTION", "SKU_SECTION", "ORDER_SECTION", "EOF"):
        if section not in text:
            raise Unreadable(f"ends before {section}")
    oncan = "ncan" in head["COMMENT"] and "Muter" in head["COMMENT"]
    cells, unit = int(head["NUM_CELLS"]), round(1000 * float(head["DISTANCE_CELL_TO_CELL"]))
    # The published lengths of Muter & Öncan's set are walked with 1.5 units between aisle and cross-aisle, not with 1.
    top = 1500 if oncan else round(1000 * float(head["DISTANCE_TOP_TO_CELL"]))
    bottom = 1500 if oncan else round(1000 * float(head["DISTANCE_BOTTOM_TO_CELL"]))
    approach = round(1000 * float(head["DISTANCE_TOP_OR_BOTTOM_TO_DEPOT"]))
    width = round(1000 * float(head["DISTANCE_AISLE_TO_AISLE"]))
    at_top = head["DEPOT_LOCATION"] == "top"
    network = Network(
        tuple(width * number for number in range(int(head["NUM_AISLES"]))),
        (0, bottom + unit * (cells - 1) + top),
        ((int(head["DEPOT_AISLE"]), 1 if at_top else 0, approach),),
    )
    weight = {int(a): int(w) for a, w in re.findall(r"^ID (\d+) WEIGHT (\d+)", text, re.MULTILINE)}
    # Cell 0 lies at the top: the front of the network is the bottom.
    place = {
        int(article): (int(aisle), bottom + unit * (cells - 1 - int(cell)))
        for article, aisle, cell in re.findall(r"^ID (\d+) AISLE (\d+) CELL (\d+)", text, re.MULTILINE)
    }
    orders: list[list[tuple[int, int]]] = []
    for part in text[text.index("ORDER_SECTION") :].split("NUM_ARTICLES_IN_ORDER")[1:]:
        lines = [(int(a), int(q)) for a, q in re.findall(r"^ID (\d+) QUANTITY (\d+)", part, re.MULTILINE)]
        if len(lines) != int(part.split(":")[1].split()[0]):
            raise Unreadable(f"order {len(orders) + 1} has {len(lines)} articles, not as many as it says")
        orders.append(lines)
    if len(orders) != int(head["NUM_ORDERS"]):
        raise Unreadable(f"has {len(orders)} orders, not {head['NUM_ORDERS']}")
    return Instance(
        path,
        "Muter-Oncan" if oncan else "Henn-Waescher",
        network,
        [[place[article] for article, _ in order] for order in orders],
        [[sum(weight[article] * quantity for article, quantity in order) for order in orders]],
        [int(head["PICKER_CAPACITY"])],
    )


def _graph(path: Path, text: str) -> Instance:
    parts: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("//"):
            rows = parts.setdefault(line.strip("/ "), [])
        elif line.strip():
            rows.append(line.split())
    kris = "TimeToTravelOneDistanceUnit" in parts
    places = [row for title, rows in parts.items() if "oordinates" in title or title == "Loc x y" for row in rows]
    if not places:
        raise Unreadable("ends before the coordinates")
    crossings = {int(row[0]): (int(row[5]), int(row[9].strip('"'))) for row in places if row[3] == '"intersection'}
    aisle_x = {crossings[int(row[0])][0]: _thousandths(row[1]) for row in places if int(row[0]) in crossings}
    cross_y = {crossings[int(row[0])][1]: _thousandths(row[2]) for row in places if int(row[0]) in crossings}
    location = {int(row[0]): (int(row[5]), _thousandths(row[2])) for row in places if row[3] == '"product'}
    depot = int(_one(parts, "DepartingDepot"))
    entries = tuple(
        (*crossings[int(end)], _thousandths(distance))
        for start, end, distance in parts["Start End Distance"]
        if int(start) == depot and int(end) in crossings
    )
    xs, ys = (tuple(at for _, at in sorted(where.items())) for where in (aisle_x, cross_y))
    network = Network(xs, ys, entries)
    products = next(rows for title, rows in parts.items() if title.startswith("Idx Location"))
    at = {int(row[0]): location[int(row[1])] for row in products}
    size = {int(row[0]): int(row[2]) for row in products}
    orders = next(rows for title, rows in parts.items() if title.startswith(("Idx M ", "Idx DueDate ")))
    head = 4 if kris else 3
    lines = [
        [(int(row[number]), int(row[number + 1])) for number in range(head, head + 2 * int(row[head - 1]), 2)]
        for row in orders
    ]
    picks = [[at[product] for product, _ in order] for order in lines]
    if not kris:
        boxes = [int(row[1]) for row in orders]
        return Instance(path, "Foodmart", network, picks, [boxes], [int(_one(parts, "K: NbBoxesTrolley"))])
    pieces = [sum(size[product] * quantity for product, quantity in order) for order in lines]
    return Instance(
        path,
        "Kris",
        network,
        picks,
        [pieces],
        [int(_one(parts, "CapaPicker"))],
        due=[int(row[1]) for row in orders],
        pickers=int(_one(parts, "NbPickers")),
        setup=int(_one(parts, "SetupTime")),
        per_unit=int(_one(parts, "TimeToTravelOneDistanceUnit")),
        pick_time=int(_one(parts, "PickTime")) * sum(pieces),
    )


def _one(parts: dict[str, list[list[str]]], title: str) -> str:
    return parts[title][0][0]


def _thousandths(text: str) -> int:
    return round(1000 * float(text))


def references(data: Path) -> dict[str, tuple[float, bool]]:
    """Return the best known values by the name of `name_of`, and whether each is proven."""
    found: dict[str, tuple[float, bool]] = {}
    for table in sorted(data.rglob("reference_values.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                policy = row["reference_policy"]
                if policy == "optimal" or row["instance_set"] == "Kris":
                    name = row["instance_set"].removesuffix("WG") + ":" + row["instance_name"].removesuffix("_u")
                    found[name] = (float(row["reference_value"]), row["reference_is_opt"] == "True")
    return found


def name_of(instance: Instance) -> str:
    """Return the name of the instance as `references` has it."""
    stem = instance.path.stem
    if instance.group == "Foodmart":
        return "Foodmart:" + stem.removeprefix("instances_").removesuffix("_MAL")
    if instance.group == "Kris":
        size = "large" if "large" in str(instance.path.parent).lower() else "small"
        return f"Kris:{stem}_{size}"
    return {"Henn-Waescher": "HennWaescher", "Muter-Oncan": "MuterOencan"}[instance.group] + ":" + stem
