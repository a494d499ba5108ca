"""What a mail says: read from the order as it is now, and filled into the template that its shop chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from app.carriers._choose import carrier as carrier_by_id
from app.domain.mail_templates import MailTemplate, fill, fill_line, plain_line
from app.domain.mails import OF_THE_NUMBER, MailKind, mail_address
from app.domain.orders import Hold, OrderState
from app.domain.papers import SlipLine
from app.domain.printing import Fault
from app.errors import NotFound
from app.services import mail_templates
from app.services.mail_queue import DELAYS, kinds_of, language_for
from app.services.papers import slip_lines
from app.services.settings import all_settings
from app.storage import changes as changes_storage
from app.storage import mails as storage
from app.storage import orders as orders_storage
from app.storage import waybills as waybills_storage
from app.storage.database import Transaction
from app.storage.mails import Head, MailRow
from app.storage.orders import OrderFull
from app.text import Texts, texts

__all__ = ["Letter", "compose", "obstacle"]

_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it would go out now."""

    recipient: str
    """Empty where the order has no address that can be sent to."""
    language: str
    subject: str
    body: str
    shop: str
    """Name in From where the account names none."""
    reply_to: str


def obstacle(tx: Transaction, mail: MailRow, settings: Mapping[str, str]) -> Fault | None:
    """Return why a mail must not go out any more; None where it may.

    :param settings: the shop's.
    """
    found = storage.heads(tx, [mail.order])
    if not found or found[0].state == OrderState.CANCELLED:
        return Fault("mails.why.cancelled")
    if mail.repeats is not None:  # a person wants it
        return None
    head = found[0]
    if mail.kind not in kinds_of(settings):
        return Fault("mails.why.off")
    if tx.now - _due_at(mail, settings) > int(settings["mail.latest_hours"]) * _HOUR_MS:
        return Fault("mails.why.late", {"hours": int(settings["mail.latest_hours"])})
    return _past(tx, mail, head)


def _due_at(mail: MailRow, settings: Mapping[str, str]) -> int:
    """When a mail was to go out at first."""
    days = int(settings["mail.delivered_days"]) if mail.kind == MailKind.DELIVERED else 0
    return mail.at + days * 24 * _HOUR_MS


def _past(tx: Transaction, mail: MailRow, head: Head) -> Fault | None:
    """Return why what a mail says is no longer so."""
    if mail.kind == MailKind.PAY_INFO and storage.standing_hold(tx, mail.order, str(Hold.UNPAID)) is None:
        return Fault("mails.why.paid")
    if mail.kind == MailKind.DELAY and mail.about and storage.standing_hold(tx, mail.order, mail.about) is None:
        return Fault("mails.why.no_delay")
    if mail.kind == MailKind.DELIVERED and head.state == OrderState.RETURNED:
        return Fault("mails.why.returned")
    return None


def compose(
    tx: Transaction,
    order: int,
    kind: str,
    *,
    about: str = "",
    language: str = "",
    at: int | None = None,
    template: MailTemplate | None = None,
) -> Letter:
    """Return what a mail of this kind says of an order now.

    :param about: what of the order it is about: for a delay the hold; empty takes the one that stands.
    :param language: empty takes the buyer's.
    :param at: when it was queued, ms UTC; None for now.
    :param template: one that need not be kept yet; None takes the shop's.
    :raises NotFound: there is no such order.
    """
    full = orders_storage.load(tx, order)
    heads = storage.heads(tx, [order])
    if full is None or not heads:
        raise NotFound("order.not_found", name=str(order))
    settings = all_settings(tx, heads[0].shop)
    language = language or language_for(full.content, settings)
    made = _Values(tx, full, kind, about, settings, texts(language), at if at is not None else tx.now)
    said = (template or mail_templates.of_mail(tx, kind, settings)).of(language)
    values = made.all()
    return Letter(
        mail_address(str(full.content.get("email", ""))),
        language,
        plain_line(fill_line(said.subject, values)),
        fill(said.body, values),
        settings["shop.name"] or full.row.shop,
        settings["shop.email"],
    )


class _Values:
    """Fills the fields of one mail."""

    def __init__(
        self,
        tx: Transaction,
        full: OrderFull,
        kind: str,
        about: str,
        settings: Mapping[str, str],
        words: Texts,
        at: int,
    ) -> None:
        self._tx, self._full, self._kind, self._about = tx, full, kind, about
        self._settings, self._words, self._at = settings, words, at
        self._english = words.language == "en"
        self._zone = ZoneInfo(settings["shop.timezone"])

    def all(self) -> dict[str, str]:
        """Return every field of the kind."""
        values = self._of_the_shop() | self._of_the_order()
        if self._kind in (MailKind.SHIPPED, MailKind.PARTIAL, MailKind.DELIVERED):
            values |= self._of_the_parcel()
        if self._kind == MailKind.PARTIAL:
            rests = orders_storage.load_many(self._tx, changes_storage.rests_of(self._tx, self._full.row.id))
            values["rest"] = "\n".join(line for rest in rests for line in self._lines(rest, left=True))
        if self._kind == MailKind.PAY_INFO:
            values["pay_to"] = plain_line(self._settings["mail.pay_to"])
        if self._kind == MailKind.DELAY:
            values |= self._of_the_delay()
        return values

    def _say(self, key: str, **args: object) -> str:
        return self._words.say(key, **args)

    # --- who and what ---

    def _of_the_shop(self) -> dict[str, str]:
        given, row = self._settings, self._full.row
        name = plain_line(given["shop.name"] or row.shop)
        address = plain_line(" ".join(part for part in (given["shop.postcode"], given["shop.address"]) if part))
        mail, phone = plain_line(given["shop.email"]), plain_line(given["shop.phone"])
        contact = [name]
        contact += [self._say("mails.contact.mail", mail=mail)] if mail else []
        contact += [self._say("mails.contact.phone", phone=phone)] if phone else []
        return {
            "shop": plain_line(row.shop) or name,
            "shop_name": name,
            "shop_email": mail,
            "shop_phone": phone,
            "shop_address": address,
            "contact": "\n".join(contact),
        }

    def _of_the_order(self) -> dict[str, str]:
        content, row = self._full.content, self._full.row
        of_number = self._kind in OF_THE_NUMBER
        parts = orders_storage.load_many(self._tx, storage.siblings(self._tx, row.id)) if of_number else [self._full]
        totals = content.get("totals", {})
        currency = totals.get("currency", "JPY")
        money = {name: self._money(totals.get(name, ""), currency) for name in _TOTALS}
        return money | {
            "number": plain_line(row.number),
            "buyer": self._person(content),
            "ordered_on": self._day(row.ordered_at),
            "lines": "\n".join(line for part in parts for line in self._lines(part)),
            "payment": plain_line(content.get("payment", "")),
            "cod": self._money(content.get("cod_amount", ""), currency),
            "ship_to": self._ship_to(content) if len(parts) == 1 else self._say("mails.several_ship_tos"),
            "wish": plain_line(content.get("wish", "")),
            "delivery": plain_line(content.get("delivery", "")),
            "ship_on": self._iso_day(row.ship_date),
        }

    def _person(self, content: Mapping[str, Any]) -> str:
        """Who ordered, with their title; never the receiver of a gift."""
        name = content.get("buyer", {}).get("name", "")
        if not name and not self._full.row.gift:
            name = content.get("ship_to", {}).get("name", "")
        name = plain_line(name)
        return self._say("mails.dear", name=name) if name else self._say("mails.dear_customer")

    def _ship_to(self, content: Mapping[str, Any]) -> str:
        """Where it goes, as far as the buyer knows that: a gift's receiver may have told only the shop."""
        to, buyer = content.get("ship_to", {}), content.get("buyer", {})
        if self._full.row.gift:
            return self._say("mails.gift_address")
        name = plain_line(to.get("name", ""))
        if buyer.get("name") and buyer.get("name") != to.get("name"):
            return self._say("mails.dear", name=name) if name else ""
        address = " ".join(to.get(part, "") for part in ("postcode", "prefecture", "city", "street") if to.get(part))
        return plain_line(f"{address} {self._say('mails.dear', name=name) if name else ''}")

    def _lines(self, full: OrderFull, *, left: bool = False) -> list[str]:
        """The goods, a line each; what is missing from the parcel is not among them once it is on its way.

        :param left: the goods of a rest: all that is wanted.
        """
        gone = not left and self._kind in (MailKind.SHIPPED, MailKind.PARTIAL, MailKind.DELIVERED)
        made: list[str] = []
        for each in slip_lines(full.lines, full.content.get("sold", ()), english=self._english):
            quantity = each.quantity - (each.short if gone else 0)
            if quantity > 0:
                made.append(self._line(each, quantity, full.content.get("totals", {}).get("currency", "JPY")))
        return made

    def _line(self, line: SlipLine, quantity: int, currency: str) -> str:
        name = plain_line(line.name)
        if options := plain_line(line.options):
            name = self._say("mails.line.options", name=name, options=options)
        # What a shop charges is in its totals: of a part of a line nobody said what it costs.
        amount = self._money(line.total(), currency) if quantity == line.quantity else ""
        key = "mails.line.priced" if amount else "mails.line.plain"
        return self._say(key, name=name, quantity=quantity, amount=amount)

    # --- the parcel ---

    def _of_the_parcel(self) -> dict[str, str]:
        row = self._full.row
        lead = row.lead or row.id
        labels = [each for each in waybills_storage.current(self._tx, lead) if each.number]
        names = list(dict.fromkeys(self._carrier(each.carrier) for each in labels)) or [self._carrier(row.carrier)]
        numbers = list(dict.fromkeys(each.number for each in labels))
        links = {each.number: _link(each.carrier, each.number) for each in labels}
        tracking: list[str] = []
        for at, number in enumerate(numbers, 1):
            key = "mails.tracking.one" if len(numbers) == 1 else "mails.tracking.of_several"
            tracking.append(self._say(key, number=number, at=at, of=len(numbers)))
            tracking += [links[number]] if links[number] else []
        comma = ", " if self._english else "、"
        return {
            "carrier": comma.join(name for name in names if name),
            "numbers": comma.join(numbers),
            "links": "\n".join(link for link in links.values() if link),
            "tracking": "\n".join(tracking),
            "boxes": str(len(numbers)) if len(numbers) > 1 else "",
            "shipped_on": self._day(self._at),
            "together": self._together(lead, comma),
        }

    def _together(self, lead: int, comma: str) -> str:
        """The numbers of other orders in the same parcel, as far as they are the same buyer's."""
        row, mine = self._full.row, self._full.content.get("email", "")
        others = [
            plain_line(number)
            for other, number, content in storage.together(self._tx, lead)
            if other != row.id and number != row.number and mine and content.get("email", "") == mine
        ]
        return comma.join(dict.fromkeys(others))

    def _carrier(self, carrier: str) -> str:
        if not carrier:
            return ""
        title = carrier_by_id(carrier).TITLE.get(self._words.language, carrier)
        # The name of the carrier's software is nothing for a buyer.
        return title.partition("（")[0].partition(" (")[0].strip()

    # --- the delay ---

    def _of_the_delay(self) -> dict[str, str]:
        order = self._full.row.id
        about = self._about
        if about not in DELAYS:
            about = next((hold for hold in DELAYS if storage.standing_hold(self._tx, order, hold) is not None), "")
        detail = storage.standing_hold(self._tx, order, about) if about else None
        missing = [f"{plain_line(line.name or line.sku)} ×{line.short}" for line in self._full.lines if line.short > 0]
        return {
            "reason": self._say(f"mails.reason.{about}") if about else self._say("mails.reason.other"),
            "earliest": self._iso_day(detail or ""),
            "missing": (", " if self._english else "、").join(missing) if about == Hold.SHORT else "",
        }

    # --- figures ---

    def _money(self, text: str, currency: str) -> str:
        try:
            amount = Decimal(text)
        except InvalidOperation:
            return ""
        if not amount.is_finite():
            return ""
        yen = currency.upper() in ("", "JPY")
        plain = f"{amount:,.0f}" if yen and amount == amount.to_integral_value() else f"{amount:,f}"
        if yen:
            return f"¥{plain}" if self._english else f"{plain}円"
        return f"{plain_line(currency)} {plain}"

    def _day(self, moment: int) -> str:
        return self._written(datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone).date())

    def _iso_day(self, text: str) -> str:
        try:
            return self._written(date.fromisoformat(text)) if text else ""
        except ValueError:
            return ""

    def _written(self, day: date) -> str:
        if self._english:
            return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
        return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


_TOTALS = ("subtotal", "shipping", "fee", "discount", "points", "tax", "total")
_WEEKDAYS = "月火水木金土日"
_MONTHS: Sequence[str] = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _link(carrier: str, number: str) -> str:
    """Address of the carrier's page; empty where there is none."""
    return carrier_by_id(carrier).tracking_url(number)
