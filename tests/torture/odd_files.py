"""Hostile lists, mappings and files that are none, or that change while somebody reads them."""

from __future__ import annotations

import csv
import errno
import io
import os
import random
import socket
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.carriers._choose import carrier as carrier_by_id
from app.carriers._file import open_returned
from app.domain.orders import Problem
from app.errors import StationError
from app.services import channels as channels_service
from app.services.carton_list import import_cartons
from app.services.channels import known_channels, look_at, save_mapping
from app.services.desk import new_act
from app.services.intake import import_files
from app.services.numbers import take_numbers
from app.services.product_diff import compare
from app.services.products import import_products
from tests.makers import query
from tests.torture.careful import careful
from tests.torture.file_damage import damaged
from tests.torture.file_tables import Shape, Table, export, export_names
from tests.torture.files import Rig, said

__all__ = [
    "CARRIERS",
    "LISTS",
    "changing",
    "changing_lists",
    "lists",
    "mappings",
    "no_files",
    "numbers",
]

ROOT = Path(__file__).resolve().parents[2]


# --- lists of products and cartons ----------------------------------------------------------------------------------


LISTS = ("products.csv", "cartons.csv")


def _list(name: str, key: str, tag: str, chance: random.Random) -> Table:
    raw = (ROOT / "resources" / "demo" / name).read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(raw, newline=""))
    number, weight = header.index(key), "weight_g" if "weight_g" in header else "tare_g"
    chosen = [list(row) for row in chance.sample(rows, min(len(rows), 8))]
    for at, row in enumerate(chosen):
        row[number] = f"{tag}-{at}"
        for empty in ("code", "code2", "picture", "stock_lot", "stock_expiry"):
            if empty in header and empty != key:
                row[header.index(empty)] = ""
    shape = Shape("", key, "name", weight, "name", encodings=("utf-8-sig", "cp932"))
    said_ = {row[number]: [(row[header.index("name")], int(row[header.index(weight)] or 0))] for row in chosen}
    encoding = chance.choice(shape.encodings)
    if encoding == "cp932":
        chosen = [[each.encode("cp932", "replace").decode("cp932") for each in row] for row in chosen]
        said_ = {row[number]: [(row[header.index("name")], int(row[header.index(weight)] or 0))] for row in chosen}
    return Table(name, shape, header, chosen, said_, encoding)


def lists(rig: Rig, name: str, kind: str, seed: int) -> None:
    """Give a damaged list of products or cartons to the station, twice."""
    chance = random.Random(f"{seed}/{name}/{kind}")
    products = name == "products.csv"
    tag = f"{'P' if products else 'C'}{rig.number}"
    table = _list(name, "sku" if products else "code", tag, chance)
    original = dict(table.orders)
    data = damaged(kind, table, chance)
    [path] = rig.put([name], [data])
    what = f"{kind} ({name}, seed {seed})"

    def take() -> tuple[list[Problem], int]:
        if products:
            report = import_products(rig.desk, [path])
            return report.problems, report.added + report.changed
        made = import_cartons(rig.desk, path)
        return list(made.problems), len(made.added) + len(made.changed) if made.written else 0

    first = _heard(rig, what, take)
    rows = query(
        rig.database, f"SELECT {'sku' if products else 'code'}, name FROM {'products' if products else 'cartons'}"
    )
    reading = careful(data, table.shape)
    for key, stored in rows:
        if not str(key).startswith(tag):
            continue
        whole = [each for each, _ in reading.orders[key]] if reading and key in reading.whole else []
        known = {"".join(each.split()) for each in (*whole, *(name_ for name_, _ in original.get(key, [])))}
        right = "".join(str(stored).split()) in known  # a line break in a name becomes a space
        rig.law(what, right, f"{key} is called {stored!r}, was {original.get(key)}, careful {whole}")
    before = _stored(rig, products=products)
    again = _heard(rig, what, take)
    if first is not None and again is not None:
        rig.law(what, _stored(rig, products=products) == before, f"the same file again changed something: {again[1]}")
    rig.swept(what)
    refused = first[0][0].key if first and first[0] and not first[1] else "nothing taken"
    verdict = "CRASH" if first is None else "taken" if first[1] else f"refused: {refused}"
    rig.tally.verdicts[f"list: {kind}", verdict] += 1


def _stored(rig: Rig, *, products: bool) -> object:
    if not products:
        return query(rig.database, "SELECT * FROM cartons ORDER BY 1")
    return [
        query(rig.database, f"SELECT * FROM {name} ORDER BY 1, 2, 3")
        for name in ("products", "product_codes", "balances")
    ]


def _heard(rig: Rig, what: str, take: Callable[[], tuple[list[Problem], int]]) -> tuple[list[Problem], int] | None:
    try:
        problems, count = take()
    except StationError as error:
        said(error)
        return [], 0
    except Exception as error:  # noqa: BLE001 - a crash is what is looked for
        rig.crashed(what, error)
        return None
    rig.sayable(what, problems)
    return problems, count


# --- numbers of carriers --------------------------------------------------------------------------------------------

CARRIERS = ("yamato_b2", "sagawa_e3", "sagawa_e2", "japanpost_yupri", "japanpost_web", "japanpost_clickpost")


def numbers(rig: Rig, carrier: str, kind: str, seed: int) -> None:
    """Give a damaged file of numbers to the station: no number goes with a key that it did not stand beside."""
    chance = random.Random(f"{seed}/{carrier}/{kind}")
    sample = ROOT / "tests" / "samples" / carrier / "numbers.csv"
    text = sample.read_bytes().decode("cp932")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    shape = Shape("", header[0], header[-1], header[min(1, len(header) - 1)], header[len(header) // 2])
    table = Table(carrier, shape, header, [list(row) for row in rows], {}, "cp932")
    data = damaged(kind, table, chance)
    [path] = rig.put(["numbers.csv"], [data])
    what = f"{kind} ({carrier}, seed {seed})"
    before = _pairs(carrier, sample)

    def take() -> tuple[list[Problem], int]:
        report = take_numbers(rig.desk, path, carrier)
        return report.problems, report.rows

    found = _heard(rig, what, take)
    try:
        pairs = _pairs(carrier, path)
    except StationError:
        pairs = set()
    shown = [[str(each) for each in row] for row in table.rows]
    for key, number in pairs - before:
        beside = any(
            any(number in each.replace("-", "") for each in row) and any(key in each for each in row) for row in shown
        )
        rig.law(what, beside, f"number {number} with key {key!r}")
    rig.swept(what)
    rig.tally.verdicts[f"numbers: {kind}", "CRASH" if found is None else "some read" if pairs else "none read"] += 1


def _pairs(carrier: str, path: Path) -> set[tuple[str, str]]:
    read = carrier_by_id(carrier).read_numbers(open_returned(path))
    return {(each.key, each.number) for each in read if not isinstance(each, Problem) and each.key and each.number}


# --- mappings -------------------------------------------------------------------------------------------------------

_TOML = (
    *(
        "=",
        "[",
        "]",
        '"',
        "'",
        "{",
        "}",
        "#",
        "\n",
        ",",
        '"""',
        "[[x]]",
        "\x00",
        "\x07",
        "\u202e",
        "1",
        "-1",
        "1e400",
        "nan",
        "{0}",
    ),
    *(
        "true",
        "1979-05-27",
        "9" * 300,
        "[" * 2_000,
        "[]",
        "{}",
        "99999-99-99",
        "x" * 100_000,
        "\ud7ff",
        "../x",
        "a.b.c = 1\n",
    ),
)


def mappings(rig: Rig, seed: int) -> None:
    """Save a damaged mapping: it is kept and works, or refused with everything wrong in it."""
    chance = random.Random(f"{seed}/mapping")
    folder = ROOT / "resources" / "mappings"
    chosen = chance.choice((*sorted(folder.glob("*.toml")), *sorted(folder.rglob("*.toml"))))
    body = chosen.read_text(encoding="utf-8")
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, length = chance.randrange(len(body) + 1), chance.choice((0, 0, 1, 10, 80))
        body = body[:at] + chance.choice(_TOML) + body[at + length :]
    kind = "products" if chosen.parent.name == "shops" else chance.choice(("orders", "orders", "orders", "stock"))
    what, name = f"mapping (seed {seed})", f"m{rig.number}-{seed}"

    def take() -> tuple[list[Problem], int]:
        rig.desk.do(frozenset(), save_mapping, rig.desk.station, new_act(), kind, name, body).result()
        tomllib.loads(body)
        rig.desk.read(known_channels).result()
        rig.desk.do(frozenset(), channels_service.remove_mapping, rig.desk.station, new_act(), kind, name).result()
        return [], 1

    found = _heard(rig, what, take)
    rig.tally.verdicts[
        "mapping with changed letters", "CRASH" if found is None else "kept" if found[1] else "refused"
    ] += 1


# --- what is no file ------------------------------------------------------------------------------------------------


def _looked(path: Path) -> list[Problem]:
    look_at(path)
    return []


def no_files(rig: Rig, folder: Path) -> None:
    """Give everything to the station that a path may be."""
    folder.mkdir()
    good = export("base", random.Random(1)).data
    os.mkfifo(folder / "fifo.csv")
    (folder / "folder.csv").mkdir()
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "nowhere.csv").symlink_to(folder / "none.csv")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "s.csv"))
    odd = [
        "line\nbreak.csv",
        "tab\t.csv",
        "\u202evsc.csv",
        "\udcff\udcfe.csv",
        "a" * 251 + ".csv",
        "日" * 83 + ".csv",
        "{0}%s.csv",
        "'\".csv",
    ]
    for name in odd:
        (folder / name).write_bytes(good)
    paths = [
        *sorted(folder.iterdir()),
        Path("/dev/zero"),
        Path("/dev/null"),
        Path("/proc/self/mem"),
        folder / ("x" * 300),
    ]
    paths += [folder / "good.csv" / "below.csv", Path("a\0b.csv"), Path(), Path("/")]
    takers: dict[str, Callable[[Path], list[Problem]]] = {
        "orders": lambda path: import_files(rig.desk, [path], shop="odd", then_settle=False).problems,
        "products": lambda path: import_products(rig.desk, [path]).problems,
        "cartons": lambda path: list(import_cartons(rig.desk, path).problems),
        "numbers": lambda path: take_numbers(rig.desk, path).problems,
        "a look": _looked,
        "differences": lambda path: list(compare(rig.desk, [path]).problems),
    }
    for path in paths:
        for name, taker in takers.items():
            found = _heard(rig, f"{path!r} as {name}", lambda path=path, taker=taker: (taker(path), 0))  # type: ignore[misc]
            rig.tally.verdicts[f"no file, as {name}", "CRASH" if found is None else "told"] += 1
    rig.swept("what is no file")


# --- while it is read -----------------------------------------------------------------------------------------------


@contextmanager
def _at(path: Path, number: int, act: Callable[[], None]) -> Iterator[list[int]]:
    """Do something just before the *number*-th time that somebody looks at *path*; count how often that was."""
    seen = [0]
    opened, looked = Path.open, Path.stat

    def met(given: Path) -> None:
        if given == path:
            seen[0] += 1
            if seen[0] == number:
                act()

    def open_(given: Path, *args: Any, **named: Any) -> Any:
        met(given)
        return opened(given, *args, **named)

    def stat(given: Path, **named: Any) -> Any:
        met(given)
        return looked(given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", open_)
        patch.setattr(Path, "stat", stat)
        yield seen


def changing(rig: Rig, channel: str, mode: str) -> None:
    """Remove, cut, exchange or break a file before each single look at it."""
    number = 1
    while True:
        chance = random.Random(f"{channel}/{mode}")
        table, other = export(channel, chance), export(channel, chance)
        parts = [table.data, table.beside] if table.beside else [table.data]
        paths = rig.put(export_names(channel), parts)
        path = paths[0]

        def act(path: Path = path, other: Table = other, table: Table = table) -> None:
            if mode == "removed":
                os.unlink(path)
            elif mode == "cut":
                os.truncate(path, len(table.data) * 2 // 3)
            elif mode == "exchanged":
                with io.open(path, "wb") as file:  # noqa: UP020 - the other way is the one that is watched
                    file.write(other.data)
            else:
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        what, shop = f"{mode} before look {number} ({channel})", f"changing {rig.number}"
        with _at(path, number, act) as seen:
            found = _heard(
                rig,
                what,
                lambda paths=paths, shop=shop: (
                    import_files(rig.desk, paths, shop=shop, then_settle=False).problems,
                    0,
                ),  # type: ignore[misc]
            )
        right = dict(table.orders)
        for each, (lines, holds) in rig.orders(shop).items():
            if not holds:
                said_ = [sorted(of[each]) for of in (right, other.orders) if each in of]
                cut = careful(table.data[: len(table.data) * 2 // 3], table.shape) if mode == "cut" else None
                said_ += [sorted(cut.orders[each])] if cut and each in cut.whole and each != cut.last else []
                rig.law(what, sorted(lines) in said_, f"{each!r} is free with {lines}")
        rig.swept(what)
        if seen[0] < number:
            return
        rig.tally.verdicts[f"{mode} while it is read", "CRASH" if found is None else "told"] += 1
        number += 1


def changing_lists(rig: Rig, mode: str, *only: str) -> None:
    """The same for lists and numbers; *only* those named, where some are."""
    names: dict[str, Callable[[Path], Any]] = {
        "products.csv": lambda path: import_products(rig.desk, [path]),
        "cartons.csv": lambda path: import_cartons(rig.desk, path),
        "numbers.csv": lambda path: take_numbers(rig.desk, path, "yamato_b2"),
        "differences.csv": lambda path: compare(rig.desk, [path]),
    }
    for name, take in names.items():
        if only and name not in only:
            continue
        number = 1
        while True:
            demo = {
                "numbers.csv": ROOT / "tests/samples/yamato_b2/numbers.csv",
                "differences.csv": ROOT / "resources/demo/products.csv",
            }
            [path] = rig.put([name], [demo.get(name, ROOT / "resources" / "demo" / name).read_bytes()])

            def act(path: Path = path) -> None:
                if mode == "removed":
                    os.unlink(path)
                elif mode == "cut":
                    os.truncate(path, 700)
                else:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))

            what = f"{mode} before look {number} ({name})"
            with _at(path, number, act) as seen:
                found = _heard(rig, what, lambda path=path, take=take: (list(take(path).problems), 0))  # type: ignore[misc]
            if seen[0] < number:
                break
            rig.tally.verdicts[f"list {mode} while it is read", "CRASH" if found is None else "told"] += 1
            number += 1
