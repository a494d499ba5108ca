"""The address check: time an order, right addresses that are called wrong, wrong ones that are not found.

Times are the processor's: it waits for nothing, and what else the machine does is not its time.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import replace
from time import thread_time

from app.carriers._choose import carriers
from app.domain.address_check import faults_of
from app.domain.intake import Level
from app.domain.orders import Address
from app.domain.postcodes import Place, Postcodes
from app.plugins import resource_root
from app.services.addresses import findings
from app.services.postcodes import postcodes
from app.services.shipments import receiver_faults
from tests.bench.measure import Row, Sample, note
from tests.domain.test_address_check import variant

ORDERS = 10_000
ADDRESSES = 20_000
MOST_SECONDS = 0.001
"""Goal of the issue: an order's address is checked within a millisecond."""
MOST_LOADING = 0.050
WRONG = 0.05
"""Share of invented orders with another postcode than theirs."""


def measure(quick: bool, seed: int) -> list[Row]:
    """Ten thousand invented orders as the gate checks them, then twenty thousand for what it gets wrong."""
    made = random.Random(seed)
    orders, addresses = (500, 1_000) if quick else (ORDERS, ADDRESSES)
    loading = Sample()
    for _ in range(1 if quick else 10):
        began = thread_time()
        Postcodes(zlib.decompress((resource_root() / "postcodes" / "japan.bin").read_bytes()))
        loading.times.append(thread_time() - began)
    table = postcodes()
    areas = [each for each in table.every() if not each.company and each.town]
    rows = [Row.absolute("table of postcodes loaded", loading, MOST_LOADING)]
    rows += _times(orders, made, areas, table)
    rows += _mistakes(addresses, made, areas, table)
    return rows


def _times(orders: int, made: random.Random, areas: list[Place], table: Postcodes) -> list[Row]:
    note(f"{orders:,} addresses checked")
    carrier = next(each for each in carriers() if each.ID == "yamato_b2")
    checked, with_carrier, proposed = Sample(), Sample(), Sample()
    for _ in range(orders):
        address = variant(made.choice(areas), made)
        if made.random() < WRONG:
            address = replace(address, postcode=made.choice(areas).written)
        began = thread_time()
        faults = faults_of(address, table)
        then = thread_time()
        receiver_faults(carrier, address, "takkyubin")
        checked.times.append(then - began)
        with_carrier.times.append(thread_time() - began)
        if faults:
            began = thread_time()
            findings(address, "yamato_b2", "takkyubin")
            proposed.times.append(thread_time() - began)
    return [
        Row.absolute("address of an order checked", checked, MOST_SECONDS),
        Row.absolute("the same with the carrier's own check", with_carrier, MOST_SECONDS),
        Row.absolute("proposals for a wrong one, as a person opens it", proposed, None),
    ]


def _mistakes(number: int, made: random.Random, areas: list[Place], table: Postcodes) -> list[Row]:
    note(f"{number:,} right and {number:,} wrong addresses")
    held = told = missed = unproposed = 0
    for _ in range(number):
        place = made.choice(areas)
        address = variant(place, made)
        levels = {each.level for each in faults_of(address, table)}
        held += Level.ERROR in levels
        told += bool(levels)
        wrong = replace(address, postcode=_other(place, made, areas, table).written)
        found = faults_of(wrong, table)
        missed += all(each.level is not Level.ERROR for each in found)
        unproposed += all(one.postcode.replace("-", "") != place.postcode for one in _proposed(wrong))
    return [
        Row.figure("right addresses held, of a thousand", held * 1000 / number, 1, "‰"),
        Row.figure("right addresses with any finding, of a thousand", told * 1000 / number, 5, "‰"),
        Row.figure("another prefecture's postcode not found, of a thousand", missed * 1000 / number, 0, "‰"),
        Row.figure("the right postcode not proposed, of a thousand", unproposed * 1000 / number, None, "‰"),
    ]


def _other(place: Place, made: random.Random, areas: list[Place], table: Postcodes) -> Place:
    """A place whose postcode is never of the same prefecture."""
    while True:
        other = made.choice(areas)
        if all(each.prefecture != place.prefecture for each in table.places(other.postcode)):
            return other


def _proposed(address: Address) -> list[Address]:
    return [one.address for each in findings(address) for one in each.proposals]
