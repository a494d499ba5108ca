"""Settings: what the shop decides (kept in the database, so that all stations agree).

One table says every key, its kind, its default and its choices; the settings page, ``kenpin settings`` and the README
list are drawn from it. What differs per station (name, language, database, papers folder) is ``station.toml``, read
by :mod:`app.services.station`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.errors import SettingsWrong

__all__ = [
    "SETTINGS",
    "Kind",
    "Setting",
    "checked",
    "defaults",
    "instore_layouts",
    "masked_domains",
    "metres",
    "named_keys",
    "one_way",
    "parcel_limits",
    "weekdays",
    "words",
]


class Kind(StrEnum):
    """How a setting's value is written."""

    SWITCH = "switch"
    """``on`` or ``off``."""
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    PATH = "path"
    ZONE = "zone"
    """Name of a time zone."""
    WORDS = "words"
    """Some of the choices, parted by commas; may be empty."""
    ORDER = "order"
    """The same, in the order in which they are wanted."""
    WEEKDAYS = "weekdays"
    """Weekdays: ``sat,sun`` or 土日."""
    LAYOUTS = "layouts"
    """How in-store numbers are laid out: ``02,20-29=IIIIIXXXXX``, see :func:`instore_layouts`."""
    METRES = "metres"
    """Numbers of metres: ``0; 12.5; 25``, see :func:`metres`; may be empty."""
    AISLES = "aisles"
    """Aisles that are walked in one direction: ``A=back; B/3=front``, see :func:`one_way`; may be empty."""
    KEYS = "keys"
    """The shop's own names in free text: ``date=希望日; noshi=熨斗``, see :func:`named_keys`; may be empty."""
    SERVERS = "servers"
    """Domains of masked mail addresses, each with its server: see :func:`masked_domains`; may be empty."""
    LIMITS = "limits"
    """What services take, where the carrier's rules are others here: see :func:`parcel_limits`; may be empty."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing the shop decides."""

    key: str
    kind: Kind
    default: str
    choices: tuple[str, ...] = ()
    low: int = 0
    """Smallest number allowed; of metres, the fewest numbers where there are any."""
    high: int = 1_000_000
    """Largest number allowed; of metres, the most numbers."""
    per_shop: bool = False
    """Whether one shop may decide it otherwise than the house."""


_AUTO = ("auto", "on", "off")
"""``auto`` is on for orders that go by a carrier."""

_PICK_ORDER = ("heavy_first", "fragile_last", "cold_last")
_MAILS = ("received", "pay_info", "paid", "shipped", "delay", "partial", "delivered")

_ALL = (
    Setting("shop.name", Kind.TEXT, "", per_shop=True),
    Setting("shop.postcode", Kind.TEXT, "", per_shop=True),
    Setting("shop.address", Kind.TEXT, "", per_shop=True),
    Setting("shop.phone", Kind.TEXT, "", per_shop=True),
    Setting("shop.email", Kind.TEXT, "", per_shop=True),
    Setting("shop.registration", Kind.TEXT, "", per_shop=True),
    Setting("shop.logo", Kind.PATH, "", per_shop=True),
    Setting("shop.timezone", Kind.ZONE, "Asia/Tokyo"),
    Setting("shop.language", Kind.CHOICE, "ja", ("ja", "en")),
    Setting("stock.tracked", Kind.SWITCH, "on"),
    Setting("release.at_open", Kind.SWITCH, "on"),
    Setting("short.close", Kind.CHOICE, "anyone", ("anyone", "leader")),
    Setting("scan.sku", Kind.SWITCH, "on"),
    Setting("scan.instore", Kind.LAYOUTS, "02,20-29=IIIIIXXXXX"),
    Setting("scan.pace_ms", Kind.NUMBER, "400", high=5000),
    Setting("alike.unit_scan", Kind.SWITCH, "on"),
    Setting("quantity.keyed", Kind.CHOICE, "leader", ("off", "leader", "anyone")),
    Setting("nocode.proof", Kind.CHOICE, "either", ("either", "second", "off")),
    Setting("expiry.min_days", Kind.NUMBER, "0", high=3650, per_shop=True),
    Setting("lot.order", Kind.CHOICE, "warn", ("warn", "refuse", "off")),
    Setting("lot.unknown", Kind.CHOICE, "ok", ("ok", "refuse")),
    Setting(
        "override.allowed",
        Kind.WORDS,
        "unit_scan,short_days,lot,lot_order,serial,weight",
        ("unit_scan", "short_days", "expired", "recalled", "lot", "lot_order", "serial", "weight"),
    ),
    Setting("signin.required", Kind.SWITCH, "off"),
    Setting("slip.when", Kind.CHOICE, "release", ("release", "close", "off"), per_shop=True),
    Setting("slip.required", Kind.CHOICE, "auto", _AUTO, per_shop=True),
    Setting("slip.language", Kind.CHOICE, "shop", ("shop", "recipient"), per_shop=True),
    Setting("slip.size", Kind.CHOICE, "A4", ("A4", "A5", "A6", "4x6", "100x150", "62"), per_shop=True),
    Setting("template.packing_slip", Kind.TEXT, "standard", per_shop=True),
    Setting("template.gift_slip", Kind.TEXT, "standard", per_shop=True),
    Setting("template.invoice", Kind.TEXT, "standard", per_shop=True),
    Setting("template.return_slip", Kind.TEXT, "standard", per_shop=True),
    Setting("template.pick_list", Kind.TEXT, "standard"),
    Setting("template.job_list", Kind.TEXT, "standard"),
    Setting("template.place_sheet", Kind.TEXT, "standard"),
    Setting("template.handover_list", Kind.TEXT, "standard"),
    Setting("template.break_sheet", Kind.TEXT, "standard"),
    Setting("papers.with", Kind.WORDS, "slip", ("slip", "invoice", "return_slip", "address_label"), per_shop=True),
    Setting(
        "papers.order",
        Kind.ORDER,
        "",
        ("pick_list", "slip", "invoice", "return_slip", "address_label", "noshi", "gift_card"),
        per_shop=True,
    ),
    Setting("invoice.kind", Kind.CHOICE, "receipt", ("receipt", "invoice"), per_shop=True),
    Setting("invoice.rounding", Kind.CHOICE, "down", ("down", "half_up", "up"), per_shop=True),
    Setting("invoice.prices", Kind.CHOICE, "auto", ("auto", "with_tax", "without_tax"), per_shop=True),
    Setting("invoice.points", Kind.CHOICE, "discount", ("discount", "payment"), per_shop=True),
    Setting("invoice.rate", Kind.CHOICE, "off", ("off", "10", "8"), per_shop=True),
    Setting("return.address", Kind.TEXT, "", per_shop=True),
    Setting("address_label.size", Kind.CHOICE, "100x150", ("100x150", "4x6", "62")),
    Setting("waybill.required", Kind.CHOICE, "auto", _AUTO, per_shop=True),
    Setting("waybill.when", Kind.CHOICE, "release", ("release", "close"), per_shop=True),
    Setting("waybill.contents", Kind.TEXT, "商品", per_shop=True),
    Setting("carrier.default", Kind.TEXT, "", per_shop=True),
    Setting("carrier.choose", Kind.CHOICE, "method", ("method", "cheapest", "cheapest_of_method"), per_shop=True),
    Setting("carrier.order", Kind.TEXT, "", per_shop=True),
    Setting("carrier.limits", Kind.LIMITS, ""),
    Setting("address.check", Kind.CHOICE, "auto", _AUTO, per_shop=True),
    Setting("ship.origin", Kind.TEXT, ""),
    Setting("ship.closed_weekdays", Kind.WEEKDAYS, ""),
    Setting("merge.propose", Kind.SWITCH, "on", per_shop=True),
    Setting("release.break_every", Kind.NUMBER, "0", high=1000),
    Setting("intake.complete", Kind.SWITCH, "off", per_shop=True),
    Setting("intake.max_age", Kind.NUMBER, "180", high=10_080, per_shop=True),
    Setting("intake.keys", Kind.KEYS, "", per_shop=True),
    Setting("intake.non_goods", Kind.TEXT, "", per_shop=True),
    Setting("intake.swap_names", Kind.SWITCH, "off", per_shop=True),
    Setting("report.mapping", Kind.TEXT, "", per_shop=True),
    Setting("pick_list.print", Kind.SWITCH, "on"),
    Setting("print.unknown_after", Kind.NUMBER, "5", low=1, high=1440),
    Setting("print.takeover_after", Kind.NUMBER, "30", high=3600),
    Setting("pick.mode", Kind.CHOICE, "paper", ("paper", "single", "cart", "total", "zone", "singles")),
    Setting("pick.shelf", Kind.CHOICE, "required", ("required", "optional", "off")),
    Setting("pick.scan", Kind.CHOICE, "unit", ("unit", "line", "shelf", "off"), per_shop=True),
    Setting("pack.scan", Kind.CHOICE, "unit", ("unit", "line", "off"), per_shop=True),
    Setting("pack.order", Kind.WORDS, "heavy_first,fragile_last", _PICK_ORDER),
    Setting("pack.check", Kind.CHOICE, "on", ("on", "shadow")),
    Setting("carton.propose", Kind.SWITCH, "on"),
    Setting("carton.cushion_mm", Kind.NUMBER, "20", high=500),
    Setting("carton.support_percent", Kind.NUMBER, "75", high=100),
    Setting("carton.light_g", Kind.NUMBER, "300", high=100_000),
    Setting("carton.learn_from", Kind.NUMBER, "3", high=100),
    Setting("weight.check", Kind.CHOICE, "refuse", ("refuse", "warn", "off"), per_shop=True),
    Setting("weight.least_g", Kind.NUMBER, "8", high=10_000),
    Setting("weight.percent", Kind.NUMBER, "1", high=50),
    Setting("weight.sigmas", Kind.NUMBER, "3", low=1, high=10),
    Setting("photo.when", Kind.CHOICE, "off", ("off", "always", "rule"), per_shop=True),
    Setting("photo.rule", Kind.WORDS, "gift,fragile,dear,override", ("gift", "fragile", "dear", "override", "short")),
    Setting("photo.dear_yen", Kind.NUMBER, "10000", high=10_000_000),
    Setting("photo.keep_days", Kind.NUMBER, "180", low=1, high=3650),
    Setting("photo.most_mb", Kind.NUMBER, "5000", low=10, high=1_000_000),
    Setting("picture.take", Kind.SWITCH, "on"),
    Setting("cold.minutes", Kind.NUMBER, "20", high=1440),
    Setting("return.bad_shelf", Kind.TEXT, "RETURN-BAD"),
    Setting("proof.anchor", Kind.PATH, ""),
    Setting("pick.empty_check", Kind.SWITCH, "off"),
    Setting("pick.short", Kind.CHOICE, "bench", ("bench", "hold"), per_shop=True),
    Setting("pick.zones", Kind.CHOICE, "pass", ("pass", "merge")),
    Setting("pick.order", Kind.WORDS, "heavy_first,fragile_last,cold_last", _PICK_ORDER),
    Setting("pick.choice", Kind.CHOICE, "expiry", ("expiry", "emptiest", "nearest")),
    Setting("pick.list_orders", Kind.NUMBER, "30", low=1, high=500),
    Setting("pick.pickers", Kind.NUMBER, "1", low=1, high=500),
    Setting("pick.line_seconds", Kind.NUMBER, "12", low=1, high=3600),
    Setting("pick.totes", Kind.NUMBER, "8", low=1, high=100),
    Setting("tote.litres", Kind.NUMBER, "0", high=10_000),
    Setting("cart.max_kg", Kind.NUMBER, "0", high=10_000),
    Setting("wall.slots", Kind.NUMBER, "20", low=1, high=1000),
    Setting("walk.m_per_min", Kind.NUMBER, "60", low=1, high=1000),
    Setting("map.cross", Kind.METRES, "", low=2, high=50),
    Setting("map.depot", Kind.METRES, "", low=2, high=2),
    Setting("map.one_way", Kind.AISLES, ""),
    Setting("lease.minutes", Kind.NUMBER, "30", low=1, high=1440),
    Setting("intake.max_mb", Kind.NUMBER, "600", low=1, high=4000),
    Setting("mail.kinds", Kind.WORDS, "", (*_MAILS, "off"), per_shop=True),
    Setting("mail.account", Kind.TEXT, "", per_shop=True),
    Setting("mail.hold", Kind.SWITCH, "off", per_shop=True),
    Setting("mail.language", Kind.CHOICE, "recipient", ("recipient", "ja", "en"), per_shop=True),
    Setting("mail.pay_to", Kind.TEXT, "", per_shop=True),
    Setting("mail.newest_days", Kind.NUMBER, "7", low=1, high=365, per_shop=True),
    Setting("mail.delivered_days", Kind.NUMBER, "7", low=1, high=90, per_shop=True),
    Setting("mail.latest_hours", Kind.NUMBER, "72", low=1, high=720),
    Setting("mail.masked", Kind.SERVERS, "fw.rakuten.ne.jp=rakuten.ne.jp"),
    *(Setting(f"template.mail_{kind}", Kind.TEXT, "standard", per_shop=True) for kind in _MAILS),
)

SETTINGS: Mapping[str, Setting] = {setting.key: setting for setting in _ALL}
"""Every setting by its key."""


_WEEKDAY = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_WEEKDAY |= {sign: number for number, sign in enumerate("月火水木金土日")}


def weekdays(text: str) -> frozenset[int] | None:
    """Return the weekdays that *text* names (``sat,sun``, ``Saturday``, ``土日``), 0 for Monday; None if wrong."""
    days: set[int] = set()
    for word in re.split(r"[\s,、・;/]+", text.strip().casefold()):
        plain = re.sub("曜日?$", "", word)
        if plain[:3] in _WEEKDAY and plain.isascii():
            days.add(_WEEKDAY[plain[:3]])
        elif plain and all(sign in _WEEKDAY for sign in plain):
            days |= {_WEEKDAY[sign] for sign in plain}
        elif plain:
            return None
    return frozenset(days)


@lru_cache(maxsize=64)
def words(text: str) -> frozenset[str]:
    """Return the words of a :attr:`Kind.WORDS` setting."""
    return frozenset(re.split(r"[\s,、]+", text.strip().casefold())) - {""}


_INSTORE = frozenset({"02", *(str(number) for number in range(20, 30))})
_INSTORE_RULE = re.compile(r"((?:\d\d(?:-\d\d)?)(?:,\d\d(?:-\d\d)?)*)=([A-Z.]+)", re.ASCII)
_INSTORE_LAYOUT = re.compile(r"I+(V?)((P+|W+)|C+|X+)")


def instore_layouts(text: str) -> Mapping[str, str] | None:
    """Return by prefix how a shop lays out its in-store numbers, such as ``02=IIIIIVPPPP; 21-23=IIIIIWWWWW``.

    After each prefix come the ten digits between it and the check digit: ``I`` item, ``V`` check digit of what
    follows, ``P`` price, ``W`` weight, ``C`` pieces, ``X`` anything else that varies. A weight is in grams, or with a
    point among its digits in kilograms. None where it makes no sense.
    """
    found: dict[str, str] = {}
    for rule in filter(None, re.split(r"[;\n]", re.sub(r"[ \t]", "", text.upper()))):
        matched = _INSTORE_RULE.fullmatch(rule)
        layout = matched[2] if matched else ""
        plain = layout.replace(".", "", 1)
        shape = _INSTORE_LAYOUT.fullmatch(plain)
        if matched is None or shape is None or len(plain) != 10:
            return None
        # The point stands before a digit of a price or weight; their own check digit is for four or five digits.
        if layout != plain and (not shape[3] or layout[layout.index(".") + 1 :].strip(plain[-1]) or layout[-1] == "."):
            return None
        if shape[1] and len(shape[2]) not in {4, 5}:
            return None
        for written in matched[1].split(","):
            first, _, last = written.partition("-")
            prefixes = {f"{number:02d}" for number in range(int(first), int(last or first) + 1)}
            if not prefixes or not prefixes <= _INSTORE:
                return None
            found.update(dict.fromkeys(prefixes, layout))
    return found


_METRES = re.compile(r"-?\d{1,5}(?:\.\d{1,3})?", re.ASCII)
_DIRECTIONS = {"back": 1, "front": -1, "奥": 1, "手前": -1}


def metres(text: str) -> tuple[int, ...] | None:
    """Return numbers of metres, parted by ``;``, in millimetres: ``0; 12.5; 25``. None where it makes no sense."""
    found = [word.strip() for word in re.split(r"[;；]", text) if word.strip()]
    if not all(_METRES.fullmatch(word) for word in found):
        return None
    return tuple(round(float(word) * 1000) for word in found)


def one_way(text: str) -> Mapping[str, int] | None:
    """Return by aisle (``A``, or ``zone/aisle``) in which direction it is walked: 1 to the back, -1 to the front.

    ``A=back; B/3=front``, or in Japanese ``A=奥; B/3=手前``. None where it makes no sense.
    """
    found: dict[str, int] = {}
    for rule in filter(None, map(str.strip, re.split(r"[;；]", text))):
        name, _, direction = (part.strip() for part in rule.replace("＝", "=").rpartition("="))
        if not name or name in found or direction.casefold() not in _DIRECTIONS:
            return None
        found[name] = _DIRECTIONS[direction.casefold()]
    return found


_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


def masked_domains(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return domains of masked mail addresses, each with the domain of the server that alone reaches them.

    ``fw.rakuten.ne.jp=rakuten.ne.jp`` says that addresses in ``fw.rakuten.ne.jp`` are reached only through a server in
    ``rakuten.ne.jp`` (formats.md H). Several are parted by ``;``. None where it makes no sense.
    """
    found: list[tuple[str, str]] = []
    for rule in filter(None, map(str.strip, re.split(r"[;；]", text.casefold()))):
        domain, _, server = (part.strip() for part in rule.partition("="))
        if not (_DOMAIN.fullmatch(domain) and _DOMAIN.fullmatch(server)):
            return None
        found.append((domain, server))
    return tuple(found)


_LIMIT = re.compile(
    r"([a-z0-9_]+/[a-z0-9_]+)=(\d{1,3}(?:\.\d)?)[x×](\d{1,3}(?:\.\d)?)[x×](\d{1,3}(?:\.\d)?)(?:cm)?"
    r"(?:,(\d{1,3}(?:\.\d{1,3})?)kg)?"
)


def parcel_limits(text: str) -> Mapping[str, tuple[tuple[int, int, int], int]] | None:
    """Return by service the sides (mm) of what it takes at most and the heaviest (g; 0: as the program has it).

    ``japanpost_clickpost/click_post=34x25x3, 1kg; yamato_b2/nekopos=31.2x22.8x2.5`` in centimetres. None where it makes
    no sense.
    """
    found: dict[str, tuple[tuple[int, int, int], int]] = {}
    for rule in filter(None, re.split(r"[;；\n]", re.sub(r"\s", "", text.casefold()))):
        matched = _LIMIT.fullmatch(rule)
        if matched is None or matched[1] in found:
            return None
        length, width, height = (round(float(matched[at]) * 10) for at in (2, 3, 4))
        found[matched[1]] = (length, width, height), round(float(matched[5] or 0) * 1000)
    return found


_MEANINGS = ("date", "time", "gift", "noshi", "message", "ignore")


def named_keys(text: str) -> Mapping[str, str] | None:
    """Return by name in a shop's free text what it means: ``date=希望日,お届け日; noshi=熨斗``.

    Before each ``=`` stands what the names mean: ``date``, ``time``, ``gift``, ``noshi``, ``message`` or ``ignore``.
    None where it makes no sense.
    """
    found: dict[str, str] = {}
    for rule in filter(None, map(str.strip, re.split(r"[;；\n]", text))):
        meaning, _, names = (part.strip() for part in rule.replace("＝", "=").partition("="))
        wanted = list(filter(None, map(str.strip, re.split("[,、，]", names))))
        if meaning not in _MEANINGS or not wanted or not found.keys().isdisjoint(wanted):
            return None
        found |= dict.fromkeys(wanted, meaning)
    return found


def defaults() -> dict[str, str]:
    """Return every key with its default."""
    return {setting.key: setting.default for setting in _ALL}


def checked(key: str, value: str) -> str:
    """Return *value* as it is stored.

    :raises SettingsWrong: the key is unknown or the value does not fit its kind.
    """
    setting = SETTINGS.get(key)
    if setting is None:
        raise SettingsWrong("settings.unknown_key", name=key, known=", ".join(SETTINGS))
    text = value.strip()
    if setting.kind is Kind.SWITCH:
        lowered = text.lower()
        if lowered in {"on", "true", "yes", "1"}:
            return "on"
        if lowered in {"off", "false", "no", "0"}:
            return "off"
        raise SettingsWrong("settings.bad_value", name=key, value=value, known="on, off")
    if setting.kind is Kind.CHOICE and text not in setting.choices:
        raise SettingsWrong("settings.bad_value", name=key, value=value, known=", ".join(setting.choices))
    if setting.kind in (Kind.WORDS, Kind.ORDER):
        chosen = words(text)
        if not chosen <= set(setting.choices):
            raise SettingsWrong("settings.bad_value", name=key, value=value, known=", ".join(setting.choices))
        order = setting.choices if setting.kind is Kind.WORDS else dict.fromkeys(map(str.strip, text.split(",")))
        return ",".join(each for each in order if each in chosen)
    if setting.kind is Kind.ZONE:
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError) as error:
            raise SettingsWrong("settings.bad_value", name=key, value=value, known="Asia/Tokyo …") from error
    if setting.kind is Kind.WEEKDAYS and weekdays(text) is None:
        raise SettingsWrong("settings.bad_value", name=key, value=value, known="sat,sun")
    if setting.kind is Kind.LAYOUTS and instore_layouts(text) is None:
        raise SettingsWrong("settings.bad_value", name=key, value=value, known="02,20-29=IIIIIXXXXX")
    if setting.kind is Kind.METRES:
        numbers = metres(text)
        if numbers is None or (numbers and not setting.low <= len(numbers) <= setting.high):
            raise SettingsWrong("settings.bad_value", name=key, value=value, known="0; 12.5")
    if setting.kind is Kind.AISLES and one_way(text) is None:
        raise SettingsWrong("settings.bad_value", name=key, value=value, known="A=back; B=front")
    if setting.kind is Kind.SERVERS and masked_domains(text) is None:
        raise SettingsWrong("settings.bad_value", name=key, value=value, known="fw.rakuten.ne.jp=rakuten.ne.jp")
    if setting.kind is Kind.LIMITS and parcel_limits(text) is None:
        known = "yamato_b2/nekopos=31.2x22.8x3, 1kg"
        raise SettingsWrong("settings.bad_value", name=key, value=value, known=known)
    if setting.kind is Kind.KEYS and named_keys(text) is None:
        known = "; ".join(f"{meaning}=…" for meaning in _MEANINGS)
        raise SettingsWrong("settings.bad_value", name=key, value=value, known=known)
    if setting.kind is Kind.NUMBER:
        if not (text.isascii() and text.isdigit() and setting.low <= int(text) <= setting.high):
            known = f"{setting.low} – {setting.high}"
            raise SettingsWrong("settings.bad_value", name=key, value=value, known=known)
        return str(int(text))
    return text
