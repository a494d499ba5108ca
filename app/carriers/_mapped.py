"""A carrier that is made of a mapping: the same rules and the same checks as one with a module of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.carriers._check import Rules, check_shipment, phone_text, postcode_text
from app.carriers._columns import Texts, lay_out
from app.carriers._file import ReturnedFile
from app.carriers._mapping import TEXTS, Table, tables
from app.carriers._numbers import Places, places_of, read_rows
from app.carriers._write import file_of
from app.domain.intake import Head
from app.domain.orders import Problem
from app.domain.shipping import Account, AccountField, Fault, NumberRow, Service, Shipment, Slot, Written

__all__ = ["MappedCarrier", "mapped"]

_ANY_NUMBER = 10_000
"""Half-width places of a column without a limit."""
_MOST_DAYS, _MOST_PHONE = 30, 15
"""As at B2: a mapping does not say them."""
_SPECIAL = frozenset({"to.postcode", "to.phone", "sender.postcode", "sender.phone"})


@dataclass(frozen=True)
class MappedCarrier:
    """What a module of a carrier has, from a :class:`~app.carriers._mapping.Table`.

    It has no account: what a contract gives stands in the mapping as fixed text.
    """

    ID: str
    TITLE: Mapping[str, str]
    SERVICES: tuple[Service, ...]
    SLOTS: Mapping[Slot, str]
    MOST_ROWS: int
    table: Table
    ACCOUNT: tuple[AccountField, ...] = ()

    @classmethod
    def of(cls, table: Table) -> MappedCarrier:
        """Return the carrier of a mapping."""
        return cls(table.id, table.title, table.services, table.slots, table.form.most_rows, table)

    @cached_property
    def _texts(self) -> tuple[Texts, ...]:
        """Columns of the same text share it; each has the places of the smallest of them."""
        found: dict[str, list[int]] = {}
        for at, column in enumerate(self.table.columns):
            if column.value in TEXTS and column.value not in _SPECIAL:
                found.setdefault(column.value, []).append(at)
        made = []
        for value, places in found.items():
            sizes = [self.table.columns[at].places or _ANY_NUMBER for at in places]
            made.append(Texts(value, tuple(places), min(sizes), any(self.table.columns[at].wide for at in places)))
        return tuple(made)

    @cached_property
    def _rules(self) -> Rules:
        held = {column.value for column in self.table.columns}
        return Rules(
            self.table.services,
            self.table.slots,
            most_days=_MOST_DAYS,
            most_phone=_MOST_PHONE,
            handling=self.table.handling,
            phone="to.phone" in held,
            sender="sender.name" in held,
            remark="remark" in held,
            characters=self.table.form.encoding == "cp932",
        )

    def check(self, shipment: Shipment, today: date) -> tuple[Fault, ...]:
        """Return everything that the mapping forbids or cannot hold in *shipment*."""
        return (*check_shipment(shipment, today, self._rules), *lay_out(shipment, self._texts)[1])

    def write(self, shipments: Sequence[Shipment], _: Account, today: date) -> Written:
        """Return the file that the mapping describes; raises where anything is wrong."""
        header = [column.name for column in self.table.columns]
        return file_of(self.ID, today, shipments, header, self.check, self._rows, self.table.form)

    def _rows(self, shipment: Shipment) -> Iterator[list[str]]:
        texts, values = lay_out(shipment, self._texts)[0], self._values(shipment)
        row = [
            texts[at] if at in texts else values[column.value] if column.value else column.text
            for at, column in enumerate(self.table.columns)
        ]
        for _ in range(shipment.pieces if self.table.per_piece else 1):
            yield row

    def _values(self, shipment: Shipment) -> dict[str, str]:
        table = self.table

        def day(wanted: date | None) -> str:
            return "" if wanted is None else wanted.strftime(table.date)

        return {
            "key": shipment.key,
            "service": table.codes[shipment.service][bool(shipment.cod)],
            "ship_date": day(shipment.ship_on),
            "deliver_date": day(shipment.deliver_on),
            "slot": "" if shipment.slot is None else table.slots[shipment.slot],
            "temperature": table.temperatures[shipment.temperature],
            "cod": str(shipment.cod) if shipment.cod else "",
            "cod_tax": str(shipment.cod_tax) if shipment.cod else "",
            "pieces": str(shipment.pieces),
            "handling": " ".join(table.handling[name] for name in shipment.handling),
            "to.postcode": postcode_text(shipment.to),
            "to.phone": phone_text(shipment.to),
            "sender.postcode": postcode_text(shipment.sender),
            "sender.phone": phone_text(shipment.sender),
        }

    def recognise(self, head: Head) -> int:
        """Below every carrier of its own: by the columns that the mapping names for numbers.

        The shop's own mapping goes before the one that comes with the program, of which it may be a copy.
        """
        return len(self.table.numbers) + self.table.own if head.has(*self.table.numbers.values()) else 0

    def read_numbers(self, file: ReturnedFile) -> Iterator[NumberRow | Problem]:
        """Stream the numbers that came back, by the columns that the mapping names."""
        columns = [(name,) for name in self.table.numbers.values()]
        found = places_of(file, columns, "number.not_mapped", carrier=self.ID)
        at = dict(zip(self.table.numbers, found, strict=True))
        return read_rows(file, Places(at["key"], at["number"], file.first, at.get("cod"), at.get("pieces")))

    def tracking_url(self, number: str) -> str:
        """Address of the page that the mapping names for *number*; empty where it names none."""
        return self.table.tracking.replace("{number}", number)


def mapped() -> tuple[MappedCarrier, ...]:
    """Every carrier by mapping, sorted by id."""
    return tuple(MappedCarrier.of(table) for table in sorted(tables(), key=lambda table: table.id))
