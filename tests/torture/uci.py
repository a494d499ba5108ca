"""A real shop's days: imported whole, and one of them packed through ``kenpin scan`` by a picker who errs."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.shop import gtin
from tests.torture.shop import DATABASE, Scan, audit, judge, kenpin

__all__ = ["DAYS", "import_days", "pack_day"]

DAYS = Path("data") / "orders" / "uci-online-retail-by-day"

Orders = dict[str, list[tuple[int, str, int]]]
"""Lines by order number: product, SKU, pieces."""


@dataclass
class Day:
    """What a packed day came to."""

    orders: int = 0
    held: int = 0
    verified: int = 0
    handed_back: int = 0
    pieces: int = 0
    scans: int = 0
    wrong: int = 0
    """Scans that must be refused; all of them were."""
    repeats: int = 0


def import_days(folder: Path, files: list[Path]) -> dict[str, int]:
    """Import day files, and again; the second time nothing is added or changed."""
    arguments = ("import", *map(str, files), "--create-products", "--json")
    figures = []
    for _ in range(2):
        done = kenpin(folder, *arguments)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        figures.append(json.loads(done.stdout))
    first, second = (each["orders"] for each in figures)
    assert (second["added"], second["changed"]) == (0, 0), second
    assert all(problem["text"] and problem["key"] for problem in figures[0]["problems"])
    problems = Counter(problem["key"] for problem in figures[0]["problems"])
    verified = kenpin(folder, "verify")
    assert verified.returncode == 0, verified.stderr
    return {**first, "lines": figures[0]["lines"], **{f"problem {key}": number for key, number in problems.items()}}


def pack_day(folder: Path, file: Path, seed: int) -> Day:
    """Pack every order of a day, mixing in wrong items, extra scans, unknown codes and double deliveries."""
    chance = random.Random(seed)
    done = kenpin(folder, "import", str(file), "--create-products", "--json")
    assert done.returncode == 0, done.stderr
    orders, held, skus = _orders(folder)
    day = Day(orders=len(orders), held=len(held))
    script = _script(orders, held, skus, chance, day)
    fed = kenpin(folder, "scan", feed="".join(f"{scan.code}\t{scan.act}\n" for scan in script))
    assert fed.returncode == 0, fed.stderr
    answers = [json.loads(line) for line in fed.stdout.splitlines()]
    assert len(answers) == len(script)
    for scan, answer in zip(script, answers, strict=True):
        wrong = judge(scan, answer)
        assert not wrong, wrong
        assert answer["repeat"] == scan.repeat, answer
    day.scans = len(script)
    _check_end(folder, held, day, script)
    return day


def _orders(folder: Path) -> tuple[Orders, list[str], dict[int, str]]:
    """Orders that may be packed with (product, SKU, pieces), those on hold, and every SKU by product."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        rows = connection.execute(
            "SELECT o.number, o.state, l.product_id, p.sku, l.wanted FROM orders o JOIN order_lines l "
            "ON l.order_id = o.id LEFT JOIN products p ON p.id = l.product_id ORDER BY o.id, l.position"
        ).fetchall()
        skus = dict(connection.execute("SELECT id, sku FROM products").fetchall())
    orders: Orders = {}
    held: dict[str, None] = {}
    for number, state, product, sku, wanted in rows:
        if state == "ready":
            orders.setdefault(number, []).append((product, sku, wanted))
        elif state == "received":
            held[number] = None
    return orders, list(held), skus


def _script(
    orders: dict[str, list[tuple[int, str, int]]],
    held: list[str],
    skus: dict[int, str],
    chance: random.Random,
    day: Day,
) -> list[Scan]:
    script: list[Scan] = []

    def scan(code: str, level: str, order: str | None, done: int) -> None:
        script.append(Scan(code, f"day-{len(script):06d}", level, order, done))
        day.wrong += level == "refused"
        if chance.random() < 0.02:
            last = script[-1]
            script.append(Scan(last.code, last.act, last.level, last.order, last.done, repeat=True))
            day.repeats += 1

    closed: str | None = None
    before = 0
    products = list(skus)
    for at, (number, lines) in enumerate(orders.items()):
        if held and at % 5 == 0:
            scan(held[at // 5 % len(held)], "refused", closed, before)
        scan(number, "ok", number, 0)
        left: dict[int, int] = {}
        for product, _, wanted in lines:
            left[product] = left.get(product, 0) + wanted
        total, done = sum(left.values()), 0
        pieces = [product for product, wanted in left.items() for _ in range(wanted)]
        if chance.random() < 0.5:
            chance.shuffle(pieces)
        back_at = chance.randrange(total) if at % 15 == 7 else -1
        for piece in pieces:
            if done == back_at:
                scan("KP-CANCEL", "ok", None, 0)
                day.handed_back += 1
                closed, before = None, 0
                break
            roll = chance.random()
            if roll < 0.03:
                other = chance.choice(products)
                if other not in left:
                    scan(skus[other], "refused", number, done)
            elif roll < 0.04:
                scan(f"NOT-{chance.randrange(10**6)}", "refused", number, done)
            elif roll < 0.05:
                scan(gtin(chance.randrange(10**5)), "refused", number, done)
            elif roll < 0.08:
                complete = [product for product, rest in left.items() if not rest]
                if complete:
                    scan(skus[chance.choice(complete)], "refused", number, done)
            elif roll < 0.085:
                scan(chance.choice(("KP-DONE", "KP-NEXT")), "refused", number, done)
            done += 1  # noqa: SIM113 - the count goes on after the loop
            left[piece] -= 1
            scan(skus[piece], "ok", number, done)
        else:
            day.verified += 1
            day.pieces += done
            closed, before = number, done
            if chance.random() < 0.3:
                scan(skus[pieces[0]], "refused", number, done)
    return script


def _check_end(folder: Path, held: list[str], day: Day, script: list[Scan]) -> None:
    verified = kenpin(folder, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    faults = audit(folder)
    assert not faults, faults
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        states = dict(connection.execute("SELECT state, count(*) FROM orders GROUP BY state").fetchall())
        packed = connection.execute("SELECT sum(done) FROM order_lines").fetchone()[0]
        shelves = connection.execute("SELECT -sum(quantity) FROM balances WHERE place LIKE 'shelf:%'").fetchone()[0]
        acts = connection.execute("SELECT count(*) FROM journal WHERE kind = 'scan'").fetchone()[0]
    assert states.get("ready", 0) == 0, states
    assert (states.get("verified", 0), states.get("released", 0)) == (day.verified, day.handed_back), states
    assert states.get("received", 0) == len(held), states
    assert packed == day.pieces == (shelves or 0), (packed, day.pieces, shelves)
    assert acts == len({scan.act for scan in script})
