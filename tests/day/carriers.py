"""Stand-ins for the carriers' own programs: B2クラウド of Yamato, e飛伝III of Sagawa and ゆうプリR of Japan Post.

They are written from the public descriptions of the file layouts alone and know nothing of the code that writes
the files. They read strictly, by place: what does not fit is refused with its row and a reason, as those programs do.
What they accept gets a number, a label on the stack in the order of the file, and a row in the file that goes back.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

__all__ = ["B2", "Ehiden3", "Label", "Program", "Refused", "Run", "YuPri", "good_number"]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that the carrier's program did not take."""

    row: int
    """Row as a spreadsheet counts."""
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Label:
    """One printed waybill: what a person reads on it, and what a scanner reads of it."""

    carrier: str
    key: str
    number: str
    piece: int
    pieces: int
    name: str
    """Receiver."""
    sender: str
    remark: str
    """記事, or whatever stands in its place."""
    service: str
    cool: str
    cod: int
    deliver_on: str
    slot: str
    postcode: str = ""
    address: str = ""
    """Everything of the address in one, company and department aside."""

    @property
    def bars(self) -> str:
        """What the scanner sends: NW-7 with its start and stop letters."""
        letter = "D" if self.carrier == "sagawa_e3" and self.piece > 1 else "A"
        return f"{letter}{self.number}{letter}"


@dataclass(slots=True)
class Run:
    """What came of one file."""

    labels: list[Label] = field(default_factory=list)
    """The stack of labels, first printed first."""
    refused: list[Refused] = field(default_factory=list)

    def numbers(self) -> dict[str, list[str]]:
        """Key -> its numbers, each once."""
        found: dict[str, list[str]] = {}
        for label in self.labels:
            there = found.setdefault(label.key, [])
            if label.number not in there:
                there.append(label.number)
        return found


def good_number(body: int) -> str:
    """Twelve digits, the last one the others modulo seven."""
    return f"{body:011d}{body % 7}"


class _RowError(Exception):
    """One thing that is wrong with a row."""


class _Cells:
    """The cells of one row, counted from 1."""

    def __init__(self, row: Sequence[str]) -> None:
        self._row = row

    def __getitem__(self, column: int) -> str:
        return self._row[column - 1]

    def text(self, column: int, most: int, *, must: bool = False) -> str:
        """A text of at most *most* bytes in CP932."""
        cell = self[column]
        if must and not cell.strip():
            raise _RowError(f"column {column} is empty")
        if len(cell.encode("cp932")) > most:
            raise _RowError(f"column {column} is longer than {most}: {cell!r}")
        if any(sign < " " for sign in cell):
            raise _RowError(f"column {column} holds a control character")
        return cell

    def match(self, column: int, pattern: str) -> str:
        """A text of a certain form."""
        if not re.fullmatch(pattern, self[column]):
            raise _RowError(f"column {column} may not be {self[column]!r}")
        return self[column]

    def one_of(self, column: int, *allowed: str) -> str:
        """One of some codes."""
        if self[column] not in allowed:
            raise _RowError(f"column {column} may not be {self[column]!r}")
        return self[column]

    def yen(self, column: int, low: int, high: int) -> int:
        """A whole amount."""
        amount = int(self.match(column, "[0-9]{1,7}"))
        if not low <= amount <= high:
            raise _RowError(f"column {column}: {amount} is not {low} to {high}")
        return amount

    def day(self, column: int, form: str) -> date:
        """A day written in one form only."""
        try:
            found = datetime.strptime(self[column], form).date()
        except ValueError:
            raise _RowError(f"column {column} is no day: {self[column]!r}") from None
        if found.strftime(form) != self[column]:
            raise _RowError(f"column {column} is no day: {self[column]!r}")
        return found

    def empty(self, *columns: int) -> None:
        """Columns in which nothing may stand."""
        for column in columns:
            if self[column]:
                raise _RowError(f"column {column} must be empty, not {self[column]!r}")


class Program:
    """What both programs do alike."""

    carrier = ""
    columns: tuple[int, ...] = ()
    first = 0
    """Where the contract's range of numbers begins, without the check digit."""

    def __init__(self, today: date, start: int = 0) -> None:
        self.today = today
        self.given: Counter[str] = Counter()
        """Keys that were taken, over the whole day."""
        self._numbers = itertools.count(self.first + start)

    def take(self, data: bytes, refuse: Callable[[str], str] = lambda _: "") -> Run:
        """Read a file and print what can be printed.

        :param refuse: reason why the program will not take this key, over and above its own rules (an address that
            the carrier's table does not know); empty where it takes it.
        """
        run = Run()
        rows = self._rows(data)
        by_key: dict[str, list[tuple[int, _Cells]]] = defaultdict(list)
        for number, row in rows:
            if len(row) != len(self.header):
                run.refused.append(Refused(number, "", f"{len(row)} columns, not {len(self.header)}"))
                continue
            cells = _Cells(row)
            by_key[cells[self.key_column]].append((number, cells))
        for key, group in by_key.items():
            try:
                if not re.fullmatch(r"[0-9A-Za-z-]{1,16}", key):
                    raise _RowError(f"key {key!r}")
                labels = self._labels(key, [cells for _, cells in group])
                if reason := refuse(key):
                    raise _RowError(reason)
            except _RowError as error:
                run.refused += [Refused(number, key, str(error)) for number, _ in group]
                continue
            self.given[key] += 1
            run.labels += labels
        return run

    def _rows(self, data: bytes) -> Iterator[tuple[int, list[str]]]:
        assert data.endswith(b"\r\n"), "the last line is not ended"
        assert b"\n" not in data.replace(b"\r\n", b""), "a line ends without CR"
        text = data.decode("cp932")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        self.header = rows[0]
        assert len(self.header) in self.columns, f"{len(self.header)} columns in the header"
        return iter(list(enumerate(rows[1:], 2)))

    header: list[str]
    key_column = 0

    def _labels(self, key: str, rows: list[_Cells]) -> list[Label]:
        raise NotImplementedError

    def next_number(self) -> str:
        """The next number of the contract's range."""
        return good_number(next(self._numbers))

    def returned(self, labels: Sequence[Label], **how: object) -> bytes:
        """The file with the numbers of *labels*."""
        raise NotImplementedError


# --- B2 -----------------------------------------------------------------------------------------------------------


class B2(Program):
    """B2クラウド, パターン「基本レイアウト」, 取込み開始行 2."""

    carrier = "yamato_b2"
    columns = (95, 97)
    first = 44_000_000_000
    key_column = 1
    _SLOTS = ("", "0812", "1416", "1618", "1820", "1921")

    def _labels(self, key: str, rows: list[_Cells]) -> list[Label]:
        if len({tuple(cells._row) for cells in rows}) > 1:
            raise _RowError("rows of one shipment differ")
        cells = rows[0]
        kind = cells.one_of(2, "0", "2", "4", "5", "6", "7", "8", "9", "A")
        if (len(rows) > 1) != (kind == "6"):
            raise _RowError(f"{len(rows)} rows of kind {kind}")
        if kind == "6" and cells.text(74, 20, must=True) != key:
            raise _RowError("several pieces without a key that joins them")
        cool = cells.one_of(3, "", "0", "1", "2")
        if cool in {"1", "2"} and kind not in {"0", "2"}:
            raise _RowError("cold goods go as 宅急便 only")
        cells.empty(4)
        ship_on = cells.day(5, "%Y/%m/%d")
        if not self.today <= ship_on <= self.today + timedelta(days=30):
            raise _RowError(f"ship date {ship_on}")
        wished = cells[6]
        if wished and wished != "最短日" and cells.day(6, "%Y/%m/%d") <= ship_on:
            raise _RowError(f"delivery {wished} after shipping on {ship_on}")
        slot = cells.one_of(7, *self._SLOTS)
        if kind in {"7", "A"} and (wished or slot):
            raise _RowError("mail takes no wish")
        self._parties(cells)
        cod = self._cash(cells, kind)
        for column, most in ((28, 50), (30, 50), (31, 20), (32, 20), (33, 44), (27, 30), (29, 30)):
            cells.text(column, most, must=column == 28)
        cells.one_of(36, "", "0", "1")
        cells.match(38, "[0-9]{0,2}")
        cells.one_of(39, "", "1", "2", "3")
        cells.match(40, "[0-9]{10,12}")
        cells.match(41, "[0-9]{0,3}")
        cells.match(42, "[0-9]{2}")
        cells.empty(*range(55, 74))
        return [
            Label(
                self.carrier, key, self.next_number(), piece, len(rows), cells[16], cells[25], cells[33], kind, cool,
                cod, wished, slot, cells[11], cells[12] + cells[13],
            )
            for piece in range(1, len(rows) + 1)
        ]  # fmt: skip

    @staticmethod
    def _parties(cells: _Cells) -> None:
        for phone, postcode, address, building, name in ((9, 11, 12, 13, 16), (20, 22, 23, 24, 25)):
            cells.text(phone, 15)
            if not 10 <= len(cells.match(phone, "0[0-9-]+").replace("-", "")) <= 11:
                raise _RowError(f"column {phone} is no phone number: {cells[phone]!r}")
            cells.match(postcode, "[0-9]{3}-?[0-9]{4}")
            cells.text(address, 64, must=True)
            cells.text(building, 32)
            cells.text(name, 32, must=True)
        for column in (14, 15, 17, 26):
            cells.text(column, 50)

    @staticmethod
    def _cash(cells: _Cells, kind: str) -> int:
        most = {"2": 300_000, "9": 30_000}.get(kind, 0)
        if not most:
            cells.empty(34, 35)
            return 0
        amount = cells.yen(34, 1, most)
        cells.yen(35, 0, amount)
        return amount

    def returned(self, labels: Sequence[Label], **how: object) -> bytes:
        """発行済データ: the same columns, the number in the fourth; ``header=False`` is 見出しなし."""
        rows = [self.header] if how.get("header", True) else []
        for label in labels:
            row = [""] * len(self.header)
            row[0], row[1], row[2], row[3] = label.key, label.service, label.cool or "0", label.number
            row[4], row[5], row[6] = f"{self.today:%Y/%m/%d}", label.deliver_on, label.slot
            row[15], row[24], row[32] = label.name, label.sender, label.remark
            row[33] = str(label.cod) if label.cod else ""
            rows.append(row)
        return _csv(rows)


# --- e飛伝III -----------------------------------------------------------------------------------------------------

_EHIDEN_HEADER = (
    "お届け先コード取得区分,お届け先コード,お届け先電話番号,お届け先郵便番号,お届け先住所１,お届け先住所２,お届け先住所３,お届け先名称１,お届け先名称２,"
    "お客様管理番号,お客様コード,部署ご担当者コード取得区分,部署ご担当者コード,部署ご担当者名称,荷送人電話番号,ご依頼主コード取得区分,"
    "ご依頼主コード,ご依頼主電話番号,ご依頼主郵便番号,ご依頼主住所１,ご依頼主住所２,ご依頼主名称１,ご依頼主名称２,荷姿,品名１,品名２,品名３,"
    "品名４,品名５,荷札荷姿,荷札品名１,荷札品名２,荷札品名３,荷札品名４,荷札品名５,荷札品名６,荷札品名７,荷札品名８,荷札品名９,荷札品名１０,"
    "荷札品名１１,出荷個数,スピード指定,クール便指定,配達日,配達指定時間帯,配達指定時間（時分）,代引金額,消費税,決済種別,保険金額,指定シール１,"
    "指定シール２,指定シール３,営業所受取,SRC区分,営業所受取営業所コード,元着区分,メールアドレス,ご不在時連絡先,出荷日,お問い合せ送り状No.,"
    "出荷場印字区分,集約解除指定,編集０１,編集０２,編集０３,編集０４,編集０５,編集０６,編集０７,編集０８,編集０９,編集１０"
)
_EHIDEN = _EHIDEN_HEADER.split(",")
_AT = {name: at for at, name in enumerate(_EHIDEN, 1)}


class Ehiden3(Program):
    """e飛伝III, 標準_飛脚宅配便_CSV_ヘッダ有り."""

    carrier = "sagawa_e3"
    columns = (74,)
    first = 50_500_000_000
    key_column = _AT["お客様管理番号"]
    _SLOTS = ("", "01", "12", "14", "16", "18", "19", "04")

    def _labels(self, key: str, rows: list[_Cells]) -> list[Label]:
        if len(rows) > 1:
            raise _RowError("the same key twice")
        if self.header != _EHIDEN:
            raise _RowError("this is not the header of the standard layout")
        cells = rows[0]
        self._parties(cells)
        pieces = int(cells.match(_AT["出荷個数"], "[0-9]{1,2}"))
        if pieces < 1:
            raise _RowError("no pieces")
        cells.one_of(_AT["スピード指定"], "", "000")
        cool = cells.one_of(_AT["クール便指定"], "", "001", "002", "003")
        # The public descriptions do not settle how 出荷日 is written; both forms are in use.
        ship_cell = cells[_AT["出荷日"]]
        ship_on = cells.day(_AT["出荷日"], "%Y/%m/%d" if "/" in ship_cell else "%Y%m%d") if ship_cell else self.today
        if not self.today <= ship_on <= self.today + timedelta(days=50):
            raise _RowError(f"ship date {ship_on}")
        wished = cells[_AT["配達日"]]
        if wished and cells.day(_AT["配達日"], "%Y%m%d") <= ship_on:
            raise _RowError(f"delivery {wished} after shipping on {ship_on}")
        slot = cells.one_of(_AT["配達指定時間帯"], *self._SLOTS)
        cod = self._cash(cells)
        self._seals(cells, cool=cool, wished=bool(wished), slot=bool(slot), cod=bool(cod))
        cells.one_of(_AT["元着区分"], "1")
        cells.one_of(_AT["営業所受取"], "", "0")
        cells.empty(_AT["お問い合せ送り状No."])
        for name in _EHIDEN[24:29]:
            cells.text(_AT[name], 32, must=name == "品名１")
        number = self.next_number()
        remark = " ".join(filter(None, (cells[_AT[name]] for name in _EHIDEN[24:29])))
        return [
            Label(
                self.carrier, key, number, piece, pieces, cells[_AT["お届け先名称１"]] + cells[_AT["お届け先名称２"]],
                cells[_AT["ご依頼主名称１"]] + cells[_AT["ご依頼主名称２"]], remark, "hikyaku",
                {"002": "2", "003": "1"}.get(cool, ""), cod, wished, slot, cells[_AT["お届け先郵便番号"]],
                "".join(cells[_AT[f"お届け先住所{line}"]] for line in "１２３"),
            )
            for piece in range(1, pieces + 1)
        ]  # fmt: skip

    @staticmethod
    def _parties(cells: _Cells) -> None:
        for name in ("お届け先電話番号", "ご依頼主電話番号"):
            cells.text(_AT[name], 14)
            if not 10 <= len(cells.match(_AT[name], "0[0-9-]+").replace("-", "")) <= 11:
                raise _RowError(f"{name} is no phone number: {cells[_AT[name]]!r}")
        for name in ("お届け先郵便番号", "ご依頼主郵便番号"):
            cells.match(_AT[name], "[0-9]{3}-?[0-9]{4}")
        for whose, lines in (("お届け先", "１２３"), ("ご依頼主", "１２")):
            for line in lines:
                cells.text(_AT[f"{whose}住所{line}"], 32, must=line == "１")
            for line in "１２":
                cells.text(_AT[f"{whose}名称{line}"], 32, must=line == "１")
        cells.match(_AT["お客様コード"], "[0-9]{0,12}")

    @staticmethod
    def _cash(cells: _Cells) -> int:
        amount, tax = cells[_AT["代引金額"]], cells[_AT["消費税"]]
        kind = cells.one_of(_AT["決済種別"], "", "0", "1", "2", "3")
        if not amount or amount == "0":
            if kind in {"1", "2", "3"} or tax not in {"", "0"}:
                raise _RowError("a way to pay, and nothing to collect")
            return 0
        found = cells.yen(_AT["代引金額"], 1, 300_000)
        cells.yen(_AT["消費税"], 0, found)
        if kind not in {"1", "2", "3"}:
            raise _RowError("cash to collect without a way to pay")
        if cells[_AT["出荷個数"]] != "1":
            raise _RowError("cash to collect for several pieces")
        return found

    @staticmethod
    def _seals(cells: _Cells, *, cool: str, wished: bool, slot: bool, cod: bool) -> None:
        known = ("", "001", "002", "004", "005", "007", "008", "009", "010", "011", "012", "013", "019")
        seals = [cells.one_of(_AT[f"指定シール{each}"], *known) for each in "１２３"]
        there = [each for each in seals if each]
        if len(there) != len(set(there)):
            raise _RowError("a seal twice")
        if wished != ("005" in there):
            raise _RowError("a wished day and its seal go together")
        if slot != bool({"007", "019"} & set(there)):
            raise _RowError("a wished time and its seal go together")
        cold = {"002": "001", "003": "002"}.get(cool, "")
        if cold and cold not in there and len(there) < 3:
            raise _RowError("cold goods without their seal")
        if not cold and {"001", "002"} & set(there):
            raise _RowError("a cold seal on goods that are not")
        if cod and not {"008", "009", "010"} & set(there) and len(there) < 3:
            raise _RowError("cash to collect without its seal")

    def returned(self, labels: Sequence[Label], **how: object) -> bytes:
        """The shipped data: other columns in another order, found by their names only.

        ``deleted`` are keys of parcels that were typed in and deleted again: they come back with their mark.
        """
        header = [
            "出荷日",
            "お届け先名称１",
            "お問い合せ送り状No.",
            "出荷個数",
            "お客様管理番号",
            "代引金額",
            "元着区分",
            "削除区分",
        ]
        rows = [header]
        for label in labels:
            if label.piece == 1:  # one row a shipment, however many pieces
                cod = str(label.cod) if label.cod else ""
                day = f"{self.today:%Y/%m/%d}"
                rows.append([day, label.name, label.number, str(label.pieces), label.key, cod, "1", "0"])
        deleted = how.get("deleted", ())
        assert isinstance(deleted, tuple)
        rows += [["", "", "", "1", key, "", "1", "1"] for key in deleted]
        return _csv(rows)


# --- ゆうプリR -----------------------------------------------------------------------------------------------------


class YuPri(Program):
    """ゆうパックプリントR with a filter of 119 columns: 発送予定データ in, the same with お問い合わせ番号 out."""

    carrier = "japanpost_yupri"
    columns = (119,)
    first = 51_200_000_000
    key_column = 1
    _SLOTS = ("00", "51", "52", "53", "54", "55", "56", "57")

    def _labels(self, key: str, rows: list[_Cells]) -> list[Label]:
        if len(rows) > 1:
            raise _RowError("the same key twice")
        cells = rows[0]
        cells.text(1, 15, must=True)
        cells.empty(2, 3)
        ship_on = cells.day(4, "%Y%m%d")
        if not self.today <= ship_on <= self.today + timedelta(days=30):
            raise _RowError(f"ship date {ship_on}")
        cells.one_of(8, "0", "9")
        cool = cells.one_of(9, "0", "1", "2")
        paid = cells.one_of(10, "0", "2")
        cells.match(13, "[0-9]{7}")
        for postcode, address, name, phone in ((15, 16, 19, 22), (32, 33, 36, 39)):
            cells.match(postcode, "[0-9]{3}-?[0-9]{4}")
            for line in range(3):
                cells.text(address + line, 50, must=line == 0)
            for line in range(2):
                cells.text(name + line, 50, must=line == 0)
            cells.text(phone, 20)
            if not 10 <= len(cells.match(phone, "0[0-9-]+").replace("-", "")) <= 11:
                raise _RowError(f"column {phone} is no phone number: {cells[phone]!r}")
        wished = cells[67]
        if wished and cells.day(67, "%Y%m%d") <= ship_on:
            raise _RowError(f"delivery {wished} after shipping on {ship_on}")
        slot = cells.one_of(68, *self._SLOTS)
        cells.match(74, "1")
        cells.text(75, 50)
        cells.text(105, 50, must=True)
        cod = 0
        if paid == "2":
            cod = cells.yen(101, 1, 300_000)
            cells.yen(102, 0, cod)
        else:
            cells.empty(101, 102)
        return [
            Label(
                self.carrier, key, self.next_number(), 1, 1, cells[19] + cells[20], cells[36] + cells[37], cells[75],
                "yu_pack", {"1": "2", "2": "1"}.get(cool, ""), cod, wished, slot, cells[15],
                cells[16] + cells[17] + cells[18],
            )
        ]  # fmt: skip

    def returned(self, labels: Sequence[Label], **how: object) -> bytes:
        """The same columns with both numbers; what nobody needs is left out."""
        rows = [self.header]
        for label in labels:
            row = [""] * len(self.header)
            row[0], row[1], row[2], row[7] = label.key, label.number, label.number, "0"
            row[3], row[18], row[100] = f"{self.today:%Y%m%d}", label.name, str(label.cod) if label.cod else ""
            rows.append(row)
        return _csv(rows)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode("cp932")


# --- what goes wrong with paper -------------------------------------------------------------------------------------


def swapped(stack: Sequence[Label], one: int, other: int) -> list[Label]:
    """The stack after somebody dropped it: two labels lie in each other's place."""
    found = list(stack)
    found[one], found[other] = found[other], found[one]
    return found


def again(label: Label, number: str) -> Label:
    """A label that was printed a second time, with a number of its own."""
    return replace(label, number=number)
