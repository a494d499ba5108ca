"""Making the values that papers are drawn from, and drawing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.documents import render
from app.documents.place_labels import bars_fit
from app.domain.barcode import CommandName, printable
from app.domain.invoice import Invoice
from app.domain.label_forms import LabelForm
from app.domain.order_papers import (
    AddressLabel,
    AddressLabels,
    LabelSize,
    ReturnSlip,
    SlipBatch,
    language_of,
)
from app.domain.orders import Address, OrderState, ShipNumber, Totals
from app.domain.papers import (
    Badge,
    BadgeSheet,
    BreakSheet,
    CommandCard,
    CommandSheet,
    HandoverList,
    HandoverRow,
    PaperSize,
    PickList,
    PickRow,
    Rendered,
    ScannerCard,
    ScannerSheet,
    ShopBlock,
    Slip,
    SlipLine,
    SlipPart,
    Taker,
    is_reduced_rate,
)
from app.domain.people import Person
from app.domain.place_labels import PlaceLabel, PlaceLabels, Zone, ZoneSigns
from app.domain.print_rules import OrderPaper, Out
from app.domain.scanner_check import SHEET
from app.errors import NotFound
from app.services import carriers, gift_papers, invoices, label_jobs, pick_papers
from app.services.commands import KEYS
from app.services.drawing import Paper
from app.services.looks import Looks
from app.services.print_rules import BATCH_PAPERS, Ruling, due_of_batch
from app.services.settings import all_settings
from app.storage import handover as handover_storage
from app.storage import order_life
from app.storage import orders as storage
from app.storage import printing as printing_storage
from app.storage import waybills as waybill_storage
from app.storage.database import Transaction
from app.storage.orders import LineRow, OrderFull
from app.storage.release import CandidateRow
from app.text import Texts, texts

__all__ = [
    "alone",
    "badge_sheet",
    "command_sheet",
    "handover_list_of",
    "paper_of_job",
    "pick_list_of",
    "place_labels",
    "scanner_sheet",
    "shop_block",
    "slip_lines",
    "slip_of",
    "slip_value",
    "without_bars",
    "zone_signs",
]


def _day(moment: int | None, zone: str) -> date | None:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone)).date() if moment is not None else None


def shop_block(settings: Mapping[str, str]) -> ShopBlock:
    """Return who sends, as papers show it."""
    return ShopBlock(
        name=settings["shop.name"],
        postcode=settings["shop.postcode"],
        address=settings["shop.address"],
        phone=settings["shop.phone"],
        mail=settings["shop.email"],
        registration=settings["shop.registration"],
        logo=settings["shop.logo"],
    )


def _slip(
    full: OrderFull, settings: Mapping[str, str], now: int, words: Texts, copy_reason: str, *, fixed: bool = False
) -> Slip:
    """What an order's slip shows, in the language of its recipient where its shop wants that.

    :param fixed: in the language of *words* whatever the shop wants.
    """
    content = full.content
    row = full.row
    zone = settings["shop.timezone"]
    ship_to = Address(**content["ship_to"])
    language = "" if fixed else language_of(settings["slip.language"], ship_to.country)
    words = texts(language) if language else words
    english = words.language == "en"
    return Slip(
        shop=shop_block(settings),
        number=ShipNumber(full.batch or 0, full.sequence or 0),
        version=full.version,
        order_number=row.number,
        ship_to=ship_to,
        buyer=Address(**content["buyer"]),
        lines=slip_lines(full.lines, content.get("sold", ()), english=english),
        channel=row.shop,
        ordered_on=_day(row.ordered_at, zone),
        issued_on=_day(now, zone),
        delivery=content["delivery"],
        wish=content["wish"],
        payment=content["payment"],
        totals=Totals(**content["totals"]),
        cod_amount=content["cod_amount"],
        note=content["note"],
        gift=row.gift,
        copy_reason=words.say(f"reason.{copy_reason}") if copy_reason else "",
        page=PaperSize(settings["slip.size"]),
        language=language,
    )


def _dealt_on(full: OrderFull, slip: Slip) -> date | None:
    """The day on which the goods leave; the day of the paper where none is set."""
    return date.fromisoformat(full.row.ship_date) if full.row.ship_date else slip.issued_on


def slip_lines(lines: Sequence[LineRow], sold: Sequence[Mapping[str, Any]], *, english: bool) -> tuple[SlipLine, ...]:
    """What was sold, in its order: a set once, with its name and price, and its parts below it."""
    parts: dict[int, list[SlipPart]] = {}
    for line in lines:
        if line.sold is not None:
            part = SlipPart(_name(line, english=english), line.sku, line.wanted, line.short)
            parts.setdefault(line.sold, []).append(part)
    made = []
    for line in lines:
        if line.sold is None:
            made.append(
                SlipLine(
                    name=_name(line, english=english),
                    sku=line.sku,
                    quantity=line.wanted,
                    options=line.options,
                    price=line.price,
                    reduced=is_reduced_rate(line.tax_rate),
                    tax_rate=line.tax_rate,
                    short=line.short,
                    code=printable(line.main_code),
                    shelf=line.shelf,
                )
            )
        elif line.sold in parts:
            whole = sold[line.sold]
            made.append(
                SlipLine(
                    name=whole["name"] or whole["sku"],
                    sku=whole["sku"],
                    quantity=whole["quantity"],
                    options=whole["options"],
                    price=whole["price"],
                    reduced=is_reduced_rate(whole["tax_rate"]),
                    tax_rate=whole["tax_rate"],
                    parts=tuple(parts.pop(line.sold)),
                )
            )
    return tuple(made)


def _name(line: LineRow, *, english: bool) -> str:
    return (line.name_en if english and line.name_en else line.name) or line.sku


def slip_of(tx: Transaction, order: int, *, language: str = "", copy_reason: str = "") -> Rendered:
    """Draw the packing slip 納品書 of a released order.

    :param language: empty takes the shop's.
    :raises NotFound: the order has no ship number yet.
    """
    words = texts(language or all_settings(tx)["shop.language"])
    full, settings = _released(tx, order)
    slip = _slip(full, settings, tx.now, words, copy_reason, fixed=bool(language))
    return render("packing_slip", Looks(tx).sheet(slip, settings), texts(slip.language) if slip.language else words)


def slip_value(tx: Transaction, order: int, words: Texts) -> tuple[Slip, dict[str, str]]:
    """Return what an order's slip shows and what its shop decided, whether it was released or not.

    :raises NotFound: there is no such order.
    """
    full = storage.load(tx, order)
    if full is None:
        raise NotFound("order.not_found", name=str(order))
    settings = all_settings(tx, waybill_storage.heads(tx, [order])[order].shop_id)
    return _slip(full, settings, tx.now, words, "", fixed=True), settings


def _released(tx: Transaction, order: int) -> tuple[OrderFull, dict[str, str]]:
    """Return a released order and what its shop decided."""
    full = storage.load(tx, order)
    if full is None or full.batch is None:
        raise NotFound("order.not_released_yet", number=full.row.number if full else str(order))
    return full, all_settings(tx, waybill_storage.heads(tx, [order])[order].shop_id)


def alone(tx: Transaction, paper: str, order: int, *, language: str = "") -> Rendered:
    """Draw the invoice, return slip or address label of a released order, whatever papers its shop gives.

    :param paper: ``invoice``, ``return_slip`` or ``address_label``.
    :param language: empty takes the recipient's where the shop wants that, else the shop's.
    :raises NotFound: the order has no ship number yet.
    :raises InvoiceRefused: no true invoice can be made of it.
    """
    words = texts(language or all_settings(tx)["shop.language"])
    return label_jobs.with_template(tx, _of_order(tx, paper, order, words, "", fixed=bool(language))).draw()


def _of_order(
    tx: Transaction,
    paper: str,
    order: int,
    words: Texts,
    copy_reason: str,
    *,
    fixed: bool = False,
    station: str | None = None,
) -> Paper:
    """A paper of one order: ``packing_slip`` stands for every sheet that comes out with it, the others for themselves.

    :param station: where a print job of it was caused; None where somebody wants just this paper.
    :raises NotFound: the order has no ship number yet.
    :raises InvoiceRefused: no true invoice can be made of it.
    """
    full, settings = _released(tx, order)
    slip = _slip(full, settings, tx.now, words, copy_reason, fixed=fixed)
    language = slip.language or words.language
    if paper == "address_label":
        size = LabelSize(settings["address_label.size"])
        return Paper(paper, AddressLabels(invoices.label_of(slip, full.row), size), language)
    looks = Looks(tx)
    if paper == "return_slip":
        return Paper(paper, looks.sheet(ReturnSlip(slip, settings["return.address"]), settings), language)
    wanted = _sheets(tx, paper, order, station) if station is not None else None
    if paper == "invoice" and wanted is None:
        made = invoices.invoice(slip, settings, _dealt_on(full, slip), words)
        return Paper(paper, looks.sheet(made, settings), language)
    only = [sheet for sheet, _ in wanted] if wanted is not None else None
    found = invoices.sheets(slip, settings, _dealt_on(full, slip), words, only)
    if found.papers in ((), (slip,)) and not found.warnings:
        return Paper(paper, looks.sheet(slip, settings, wanted or ()), language)
    sheets = tuple(looks.sheet(each, settings, wanted or ()) for each in found.papers)
    return Paper("slips", SlipBatch(sheets, slip.number.batch, warnings=found.warnings), words.language)


def _sheets(tx: Transaction, paper: str, order: int, station: str) -> Sequence[tuple[OrderPaper, str]] | None:
    """The sheets that come out with a paper of an order, each with the template that a rule names.

    None where neither a rule nor its shop wants it now.
    """
    head = waybill_storage.heads(tx, [order])[order]
    out = Ruling(tx, station).out(order, head.shop_id, paper, gift=head.gift)
    return out.sheets if out is not None else None


def _due(
    tx: Transaction, paper: str, batch: int, ruling: Ruling, copy_reason: str, orders: Collection[int] | None
) -> list[tuple[CandidateRow, Out, OrderFull]]:
    """The orders of a batch whose share in its paper comes out now, in their sequence.

    :param orders: only these; None for all.
    """
    due = due_of_batch(tx, paper, batch, ruling, copies=bool(copy_reason))
    wanted = [(row, out) for row, out in due if orders is None or row.id in orders]
    loaded = {full.row.id: full for full in storage.load_many(tx, [row.id for row, _ in wanted])}
    return [(row, out, loaded[row.id]) for row, out in wanted if row.id in loaded]


def _labels(
    tx: Transaction, batch: int, ruling: Ruling, words: Texts, copy_reason: str, orders: Collection[int] | None
) -> AddressLabels:
    """The address labels of a batch in its sequence."""
    made: list[AddressLabel] = []
    for row, _, full in _due(tx, "address_label", batch, ruling, copy_reason, orders):
        made += invoices.label_of(_slip(full, ruling.settings(row.shop_id), tx.now, words, copy_reason), full.row)
    return AddressLabels(tuple(made), LabelSize(ruling.house["address_label.size"]))


def paper_of_job(
    tx: Transaction,
    paper: str,
    *,
    order: int | None,
    batch: int | None,
    copy_reason: str,
    version: int = 0,
    station: str = "",
    orders: Collection[int] | None = None,
    template: str = "",
) -> Paper:
    """Return what the paper of a print job shows, to be drawn by :class:`~app.services.drawing.Drawer`.

    :param version: of a paper of a pick job its sequence in the batch.
    :param station: that caused the job: print rules look at it.
    :param orders: only these of the batch: those that :func:`app.services.print_rules.route` put together.
    :param template: that a print rule names for a paper of the house; the sheets of orders have their own.
    :raises NotFound: the order has no ship number any more, or there is no such pick job.
    """
    settings = all_settings(tx)
    words = texts(settings["shop.language"])
    if paper in printing_storage.ORDER_PAPERS and order is not None:
        return _of_order(tx, paper, order, words, copy_reason, station=station)
    if paper in printing_storage.GIFT_PAPERS:
        reason = words.say(f"reason.{copy_reason}") if copy_reason else ""
        if order is None and batch is not None:
            due = due_of_batch(tx, paper, batch, Ruling(tx, station, settings), copies=bool(copy_reason))
            due_now = {row.id for row, _ in due}
            orders = due_now if orders is None else due_now & set(orders)
        return gift_papers.paper_of(tx, paper, words, order=order, batch=batch, copy_reason=reason, orders=orders)
    assert batch is not None
    if paper in BATCH_PAPERS:
        ruling = Ruling(tx, station, settings)
        if paper == "address_label":
            return Paper(paper, _labels(tx, batch, ruling, words, copy_reason, orders), words.language)
        return Paper("slips", _slips(tx, paper, batch, ruling, words, copy_reason, orders), words.language)
    value = _of_house(tx, paper, batch, version, words, settings, copy_reason)
    return Looks(tx).paper(Paper(paper, value, words.language), settings, template)


def _of_house(
    tx: Transaction,
    paper: str,
    batch: int,
    version: int,
    words: Texts,
    settings: Mapping[str, str],
    copy_reason: str,
) -> object:
    """What a paper shows that no customer sees."""
    reason = words.say(f"reason.{copy_reason}") if copy_reason else ""
    if paper == "handover_list":  # its number stands where a batch's would
        return _handover_value(tx, batch, words, copy_reason)
    if paper == "job_list":
        return pick_papers.job_list(tx, batch, version, words, reason)
    if paper == "place_sheet":
        return pick_papers.place_sheet(tx, batch, version, reason)
    picked = storage.load_many(tx, order_life.of_batch(tx, batch))
    picked = [full for full in picked if full.row.state != OrderState.CANCELLED]
    return _pick_list(picked, batch, _day(tx.now, settings["shop.timezone"]))


def _slips(
    tx: Transaction,
    paper: str,
    batch: int,
    ruling: Ruling,
    words: Texts,
    copy_reason: str,
    orders: Collection[int] | None,
) -> SlipBatch:
    """The sheets of a batch that come out together, order by order in their sequence, with break sheets."""
    printed: list[tuple[CandidateRow, Slip]] = []
    papers: list[Slip | Invoice | ReturnSlip] = []
    firsts: list[int] = []
    warnings: list[str] = []
    looks = Looks(tx)
    for row, out, full in _due(tx, paper, batch, ruling, copy_reason, orders):
        settings = ruling.settings(row.shop_id)
        slip = _slip(full, settings, tx.now, words, copy_reason)
        sheets = [sheet for sheet, _ in out.sheets]
        found = invoices.sheets(slip, settings, _dealt_on(full, slip), words, sheets)
        if found.papers:
            printed.append((row, slip))
            firsts.append(len(papers))
            papers += (looks.sheet(each, settings, out.sheets) for each in found.papers)
            warnings += found.warnings
    look = looks.of("break_sheet", ruling.house)
    breaks = _breaks(printed, int(ruling.house["release.break_every"]), words)
    placed = tuple((firsts[start], replace(sheet, look=look)) for start, sheet in breaks)
    return SlipBatch(tuple(papers), batch, placed, tuple(warnings))


def _breaks(
    printed: Sequence[tuple[CandidateRow, Slip]], every: int, words: Texts
) -> tuple[tuple[int, BreakSheet], ...]:
    """A break sheet before every stack of a carrier, service and temperature, and within it every so many slips."""
    starts: list[int] = []
    stack: tuple[str, str, str] | None = None
    for place, (row, _) in enumerate(printed):
        found = (row.carrier, row.service, row.temperature)
        if every and (found != stack or place - starts[-1] >= every):
            starts.append(place)
        stack = found
    names = carriers.names(words.language)
    made = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(printed)
        row = printed[start][0]
        sheet = BreakSheet(
            first=printed[start][1].number,
            last=printed[end - 1][1].number,
            count=end - start,
            place=at + 1,
            sheets=len(starts),
            carrier=names.get(row.carrier, row.carrier),
            service=names.get(f"{row.carrier}/{row.service}", row.service),
            temperature="" if row.temperature == "ambient" else words.say(f"paper.cold.{row.temperature}"),
            page=printed[start][1].page,
        )
        made.append((start, sheet))
    return tuple(made)


def handover_list_of(tx: Transaction, handover: int, *, language: str = "", copy_reason: str = "") -> Rendered:
    """Draw the list of a hand-over 引渡リスト, which the driver signs.

    :param language: empty takes the shop's.
    :raises NotFound: there is no such hand-over.
    """
    settings = all_settings(tx)
    words = texts(language or settings["shop.language"])
    value = _handover_value(tx, handover, words, copy_reason)
    return Looks(tx).paper(Paper("handover_list", value, words.language), settings).draw()


def _handover_value(tx: Transaction, handover: int, words: Texts, copy_reason: str) -> HandoverList:
    settings = all_settings(tx)
    found = handover_storage.handover(tx, handover)
    if found is None:
        raise NotFound("handover.not_found", handover=handover)
    zone = ZoneInfo(settings["shop.timezone"])
    rows = tuple(
        HandoverRow(row.ship_number, row.waybill, row.number, row.piece, row.pieces)
        for row in handover_storage.list_rows(tx, handover)
    )
    return HandoverList(
        handover=found.id,
        carrier=carriers.names(words.language).get(found.carrier, found.carrier),
        rows=rows,
        counted=found.counted,
        pickup=datetime.fromtimestamp(found.pickup / 1000, UTC).astimezone(zone) if found.pickup else None,
        closed_on=datetime.fromtimestamp(found.closed_at / 1000, UTC).astimezone(zone) if found.closed_at else None,
        driver_count=found.driver_count,
        sender=settings["shop.name"],
        copy_reason=words.say(f"reason.{copy_reason}") if copy_reason else "",
    )


def pick_list_of(tx: Transaction, batch: int) -> Rendered:
    """Draw the pick list of a batch.

    :raises NotFound: there is no such batch.
    """
    if not order_life.of_batch(tx, batch):
        raise NotFound("batch.not_found", batch=batch)
    return paper_of_job(tx, "pick_list", order=None, batch=batch, copy_reason="").draw()


def _pick_list(orders: list[OrderFull], batch: int, issued_on: date | None) -> PickList:
    """One row per shelf and product, in shelf order; goods without a shelf come last."""
    rows: dict[tuple[str, str, str], tuple[PickRow, list[Taker]]] = {}
    for full in orders:
        number = ShipNumber(full.batch or 0, full.sequence or 0)
        for line in full.lines:
            key = (line.shelf, line.sku, line.options)
            if key not in rows:
                name = line.master_name or line.name or line.sku
                row = PickRow(line.shelf, line.sku, name, (), line.options, printable(line.main_code))
                rows[key] = (row, [])
            rows[key][1].append(Taker(number, line.wanted))
    ordered = sorted(rows.items(), key=lambda item: (not item[0][0], item[0]))
    made = tuple(
        PickRow(row.shelf, row.sku, row.name, tuple(takers), row.options, row.code) for _, (row, takers) in ordered
    )
    return PickList(batch, made, issued_on)


def command_sheet(words: Texts) -> Rendered:
    """Draw the sheet of command codes, for benches whose scanner cannot read a screen."""
    cards = tuple(CommandCard(str(name), words.say(f"command.{name}"), KEYS[name]) for name in CommandName)
    return render("command_sheet", CommandSheet(cards), words)


def scanner_sheet(words: Texts) -> Rendered:
    """Draw the sheet of known codes for the scanner check."""
    kinds: dict[str, Literal["ean13", "code128", "gs1_128", "qr"]] = {
        "jan": "ean13", "code128": "code128", "gs1": "gs1_128", "qr": "qr"
    }  # fmt: skip
    cards = tuple(ScannerCard(kinds[code.id], code.text, words.say(f"reader.code.{code.id}")) for code in SHEET)
    last = CommandCard(str(CommandName.DONE), words.say(f"command.{CommandName.DONE}"))
    return render("scanner_sheet", ScannerSheet(cards, last), words)


def badge_sheet(people: list[Person], words: Texts, warehouse: str = "") -> Rendered:
    """Draw the badges of people."""
    badges = tuple(Badge(person.name, person.code, words.say(f"role.{person.role}")) for person in people)
    return render("badge_sheet", BadgeSheet(badges, warehouse), words)


def place_labels(labels: Sequence[PlaceLabel], words: Texts, form: LabelForm, *, qr: bool = False) -> Rendered:
    """Draw labels of shelves, totes, carts or wall slots."""
    return render("place_labels", PlaceLabels(tuple(labels), form, qr), words)


def without_bars(labels: Sequence[PlaceLabel], form: LabelForm) -> tuple[str, ...]:
    """Return the codes of labels that have a QR code only: Japanese ones, and long ones on small labels."""
    return tuple(label.code for label in labels if not bars_fit(label, form))


def zone_signs(zones: Sequence[Zone], words: Texts) -> Rendered:
    """Draw the signs of zones."""
    return render("zone_sign", ZoneSigns(tuple(zones)), words)
