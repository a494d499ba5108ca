"""Files of the price list 運賃表: prices, extras, zones, islands; columns by name in Japanese or English.

Prices come in the long form of formats.md, E (service, size, from_zone, to_zone, price, valid_from), or with one column
a zone (``from_zone`` and the zones as the other headings). A row whose first cell begins with ``#`` is a comment. A row
that cannot be right is left out and said; whoever reads decides what that means for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.channels._source import END, Columns, SourceFile, row_damage
from app.domain.addresses import prefecture_of
from app.domain.formulas import unguarded
from app.domain.intake import fold_name, narrow, problem, read_line
from app.domain.orders import Problem
from app.domain.rates import ANYWHERE, KINDS, SAME_PREFECTURE, Extra, Island, Rate, Zone
from app.domain.size_classes import ANY_SIZE
from app.errors import FileUnusable

__all__ = ["COLUMNS", "Known", "Row", "read_rows"]

COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "rates": {
        "carrier": ("carrier", "運送会社", "配送会社"),
        "service": ("service", "サービス", "配送サービス", "送り方"),
        "size": ("size", "サイズ", "サイズ区分"),
        "origin": ("from_zone", "from", "origin", "発地", "発", "出荷元", "発ゾーン"),
        "zone": ("to_zone", "to", "zone", "destination", "着地", "着", "お届け先", "着ゾーン"),
        "price": ("price", "price_jpy_tax_incl", "price_yen", "yen", "運賃", "料金", "金額", "税込"),
        "valid_from": ("valid_from", "from_date", "since", "適用開始", "適用開始日", "開始日"),
    },
    "extras": {
        "carrier": ("carrier", "運送会社", "配送会社"),
        "service": ("service", "サービス", "配送サービス", "送り方"),
        "kind": ("kind", "type", "種類", "区分", "名目"),
        "size": ("size", "サイズ", "サイズ区分"),
        "up_to": ("up_to", "step", "amount_to", "金額まで", "代引金額まで", "上限"),
        "price": ("price", "price_yen", "yen", "加算", "料金", "金額", "税込"),
        "valid_from": ("valid_from", "from_date", "since", "適用開始", "適用開始日", "開始日"),
    },
    "zones": {
        "carrier": ("carrier", "運送会社", "配送会社"),
        "prefecture": ("prefecture", "都道府県"),
        "zone": ("zone", "ゾーン", "地帯", "地域"),
    },
    "islands": {
        "carrier": ("carrier", "運送会社", "配送会社"),
        "postcode": ("postcode", "zip", "郵便番号"),
        "name": ("name", "島", "名称", "地域"),
    },
}
"""Columns of each kind of file, with the names that a file may have for them."""
_NEEDED = {
    "rates": ("service", "origin"),
    "extras": ("kind", "price"),
    "zones": ("prefecture", "zone"),
    "islands": ("postcode",),
}
_SAME = ("=", "＝", "同一県内", "県内", "同一都道府県", "same")
_ANY = ("", "*", "＊", "全国", "all")
_KIND_NAMES = {
    "冷蔵": "chilled", "チルド": "chilled", "クール冷蔵": "chilled", "冷凍": "frozen", "クール冷凍": "frozen",
    "代引": "cod", "代金引換": "cod", "コレクト": "cod", "離島": "island", "複数口": "pieces", "割引": "discount",
}  # fmt: skip
_MOST_YEN, _MOST_SIZE, _LONGEST = 1_000_000, 1000, 12


@dataclass(frozen=True, slots=True)
class Known:
    """What names in a file may mean."""

    carriers: Mapping[str, str]
    """Carrier by every name it has, folded."""
    services: Mapping[tuple[str, str], str]
    """Service by carrier and by every name it has, folded."""
    zones: Mapping[str, Collection[str]]
    """Zones of each carrier."""
    carrier: str = ""
    """Carrier of rows that name none."""
    valid_from: str = ""
    """First day of rows that name none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was read."""

    number: int
    """As a spreadsheet counts."""
    value: Rate | Extra | Zone | Island


def read_rows(kind: str, file: SourceFile, known: Known) -> Iterator[Row | Problem]:
    """Stream the rows of *file*, or what is wrong with them.

    :param kind: ``rates``, ``extras``, ``zones`` or ``islands``.
    :raises FileUnusable: a column is missing, or it has no row.
    """
    columns = Columns(file)
    columns.require({name: COLUMNS[kind][name] for name in _NEEDED[kind]})
    at = {name: place for name, names in COLUMNS[kind].items() if (place := columns.at(*names)) is not None}
    wide: dict[int, str] = {}
    if kind == "rates" and not {"zone", "price"} <= at.keys():
        if "zone" in at or "price" in at:
            columns.require({name: COLUMNS[kind][name] for name in ("zone", "price")})
        taken = set(at.values())
        wide = {place: name for place, name in enumerate(file.header) if place not in taken and name.strip()}
    yield from columns.doubled(tuple(file.header[place] for place in at.values()))
    yield from _Reader(kind, file, at, wide, known).read()


class _Reader:
    """Reads one file; knows which rows were there before."""

    def __init__(self, kind: str, file: SourceFile, at: dict[str, int], wide: dict[int, str], known: Known) -> None:
        self._kind, self._file, self._at, self._wide, self._known = kind, file, at, wide, known
        self._first: dict[object, tuple[int, object]] = {}
        self._row: list[str] = []
        self._number = 0
        self._notes: list[Problem] = []

    def read(self) -> Iterator[Row | Problem]:
        some = False
        for number, row in enumerate(self._file.records(), self._file.skipped + 1):
            if row == [END]:
                break
            if not any(map(str.strip, row)) or row[0].lstrip().startswith("#"):
                continue
            some, self._number, self._row = True, number, row
            width = len(self._file.header)
            if key := row_damage(row, width):
                cells = {"cells": str(len(row)), "columns": str(width)}
                yield problem(self._file.name, number, "", row[0].removesuffix(END), key, **cells)
                continue
            made = list(self._values())
            if self._notes:
                yield from self._notes
                self._notes.clear()
                continue
            for value in made:
                yield from self._once(value)
        if not some:
            raise FileUnusable("file.no_rows", file=self._file.name)

    def _once(self, value: Rate | Extra | Zone | Island) -> Iterator[Row | Problem]:
        """Let a row through that comes for the first time, or again with the same; another one is said."""
        key: object = (value.carrier, value.prefecture) if isinstance(value, Zone) else None
        if isinstance(value, Island):
            key = (value.carrier, value.postcode)
        elif isinstance(value, Rate | Extra):
            key = value.key
        first, before = self._first.setdefault(key, (self._number, value))
        if first == self._number and before is value:
            yield Row(self._number, value)
        elif before != value:
            yield problem(self._file.name, self._number, "", self._row[0], "rates.twice", first=str(first))

    def _values(self) -> Iterator[Rate | Extra | Zone | Island]:
        carrier = self._carrier()
        match self._kind:
            case "zones":
                place = prefecture_of(self._text("prefecture"))
                if not place:
                    self._say("prefecture", "rates.no_prefecture")
                zone = self._text("zone")
                if not zone or zone in (SAME_PREFECTURE, ANYWHERE) or prefecture_of(zone) not in ("", place):
                    self._say("zone", "rates.bad_zone")
                yield Zone(carrier, place, zone)
            case "islands":
                digits = narrow(self._text("postcode")).replace("-", "").rstrip("*xX")
                if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 7):
                    self._say("postcode", "rates.bad_postcode")
                yield Island(carrier, digits, self._text("name"))
            case "extras":
                yield self._extra(carrier)
            case _:
                yield from self._rates(carrier)

    def _rates(self, carrier: str) -> Iterator[Rate]:
        service = self._service(carrier)
        size = self._size(service)
        origin = self._zone(carrier, "origin", self._text("origin"))
        first = self._day()
        if not self._wide:
            zone = self._zone(carrier, "zone", self._text("zone"))
            yield Rate(carrier, service, size, origin, zone, first, self._yen("price", 0))
            return
        for place, name in self._wide.items():
            if not self._row[place].strip():
                continue
            zone = self._zone(carrier, "", name)
            yield Rate(carrier, service, size, origin, zone, first, self._amount(place, 0))

    def _extra(self, carrier: str) -> Extra:
        written = fold_name(self._text("kind"))
        kind = _KIND_NAMES.get(written, written)
        if not kind or len(kind) > _LONGEST or kind == "base":
            self._say("kind", "rates.bad_kind", known=", ".join(KINDS), most=str(_LONGEST))
        service = self._service(carrier) if self._text("service") not in _ANY else ""
        up_to = self._whole("up_to", 100_000_000)
        if up_to and kind != "cod":
            self._say("up_to", "rates.step_of_cod")
        return Extra(carrier, service, kind, self._size(service), up_to, self._day(), self._yen("price", -_MOST_YEN))

    # --- cells ---

    def _text(self, name: str) -> str:
        return unguarded(read_line(self._row[self._at[name]])[0]) if name in self._at else ""

    def _say(self, name: str, key: str, **args: str) -> None:
        place = self._at.get(name)
        column = self._file.header[place] if place is not None else name
        value = self._row[place].strip() if place is not None else ""
        self._notes.append(problem(self._file.name, self._number, column, value, key, **args))

    def _carrier(self) -> str:
        written = self._text("carrier")
        if self._kind == "islands" and written in _ANY:
            return self._known.carrier
        found = self._known.carriers.get(fold_name(written), "") if written else self._known.carrier
        ahead, slash, _ = self._text("service").partition("/")
        if not written and slash:
            found = self._known.carriers.get(fold_name(ahead), found)
        if not written and not found and self._kind in ("rates", "extras"):
            named = {of for (of, name) in self._known.services if name == fold_name(self._text("service"))}
            found = named.pop() if len(named) == 1 else ""
        if not found:
            known = ", ".join(sorted(set(self._known.carriers.values())))
            self._say("carrier", "rates.no_carrier" if written else "rates.which_carrier", known=known)
        return found

    def _service(self, carrier: str) -> str:
        written = self._text("service")
        found = self._known.services.get((carrier, fold_name(written)), "")
        if not found and carrier:
            offered = sorted({name for (of, _), name in self._known.services.items() if of == carrier})
            self._say("service", "rates.no_service", known=", ".join(offered))
        return found

    def _size(self, service: str) -> int:
        written = fold_name(self._text("size"))
        if written in (*map(fold_name, _ANY), fold_name(service), "-", "0"):
            return ANY_SIZE
        digits = narrow(written).removesuffix("サイズ").removesuffix("size").removesuffix(".0").strip()
        if not (digits.isascii() and digits.isdigit() and 0 < int(digits) <= _MOST_SIZE):
            self._say("size", "rates.bad_size")
            return ANY_SIZE
        return int(digits)

    def _zone(self, carrier: str, name: str, written: str) -> str:
        """Return a zone, a prefecture, or what stands for several, as it is stored."""
        if written in _SAME and name != "origin":
            return SAME_PREFECTURE
        if written in _ANY:
            return ANYWHERE
        zones = self._known.zones.get(carrier, ())
        if written in zones:
            return written
        place = prefecture_of(written)
        if place:
            return place
        if carrier:
            if name:
                self._say(name, "rates.unknown_zone", known=", ".join(sorted(zones)) or "–")
            else:
                told = problem(
                    self._file.name, 1, written, written, "rates.unknown_zone", known=", ".join(sorted(zones))
                )
                self._notes.append(told)
        return written

    def _day(self) -> str:
        written = narrow(self._text("valid_from")).replace("/", "-").replace(".", "-")
        if not written:
            return self._known.valid_from
        try:
            year, month, day = (int(part) for part in written.split(" ")[0].split("-"))
            return date(year, month, day).isoformat()
        except ValueError:
            self._say("valid_from", "rates.bad_day")
            return ""

    def _yen(self, name: str, least: int) -> int:
        if name not in self._at:
            return 0
        return self._amount(self._at[name], least)

    def _amount(self, place: int, least: int) -> int:
        text = narrow(self._row[place]).strip("¥\\円 ").replace(",", "").replace("\u2212", "-").replace("▲", "-")
        text = text.removesuffix(".0")
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        whole = digits.isascii() and digits.isdigit() and len(digits) <= 8
        if not whole or not least <= int(sign + digits) <= _MOST_YEN:
            args = {"least": str(least), "most": str(_MOST_YEN)}
            column, value = self._file.header[place], self._row[place].strip()
            self._notes.append(problem(self._file.name, self._number, column, value, "rates.bad_price", **args))
            return 0
        return int(sign + digits)

    def _whole(self, name: str, most: int) -> int:
        text = narrow(self._text(name)).strip("¥\\円 ").replace(",", "").removesuffix(".0")
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and int(text) <= most):
            self._say(name, "rates.bad_step", most=str(most))
            return 0
        return int(text)
