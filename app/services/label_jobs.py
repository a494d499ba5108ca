"""Labels as print jobs: of shelves, totes, carts, wall slots, cartons, products, people and stations.

What a job prints is kept with it, as it was asked for; what the labels say is read when they are drawn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.barcode import read as read_code
from app.domain.gtin import printable
from app.domain.label import LabelFault
from app.domain.label_sets import CONTAINERS, KINDS, PAPER, PLACES, LabelSet
from app.domain.label_templates import ADDRESS, PERSON, PLACE, PRODUCT, STATION, LabelTemplate
from app.domain.order_papers import AddressLabels
from app.domain.own_codes import StationCode
from app.domain.people import Right
from app.domain.place_labels import LabelKind, checked
from app.domain.printing import Printer
from app.domain.templates import STANDARD
from app.errors import NotAllowed, NotFound
from app.services import (
    acts,
    carton_list,
    label_drawing,
    label_printing,
    label_templates,
    label_values,
    people,
    pick_papers,
    products,
)
from app.services.containers import NewContainer
from app.services.drawing import Paper
from app.services.label_printing import MOST_COPIES
from app.services.label_values import Values
from app.services.settings import all_settings
from app.storage import containers as container_storage
from app.storage import printing as outbox
from app.storage import products as product_storage
from app.storage.database import Transaction
from app.storage.printing import JobRow, NewJob
from app.text import Texts, texts

__all__ = [
    "TEMPLATES",
    "LabelWish",
    "Seen",
    "order",
    "paper_of",
    "paper_of_job",
    "preview",
    "with_file_copies",
    "with_template",
]

TEMPLATES = {"product": PRODUCT, "person": PERSON, "station": STATION, **dict.fromkeys(PLACES, PLACE)}
"""Kind of template of each."""
MOST = 100
"""Labels of one job: a printer that stops loses no more of them."""
_MOST_IN_ALL = 10_000


@dataclass(frozen=True, slots=True)
class LabelWish:
    """Labels that somebody wants."""

    kind: str
    """One of :data:`~app.domain.label_sets.KINDS`."""
    codes: tuple[str, ...]
    """Of the things; of a product its SKU or any of its codes."""
    lot: str = ""
    expiry: str = ""
    """A date in any form that stands on goods."""
    price: str = ""
    """As it is printed."""
    template: str = ""
    """Empty for the standard."""
    copies: int = 1
    """How often each comes out."""
    size: str = ""
    """Of the label, such as ``60x40``, where the printer does not say; empty for the template's usual one."""
    language: str = ""
    """Empty for the shop's."""


def order(tx: Transaction, station: str, act: str, wish: LabelWish, printer: int | None = None) -> int:
    """Put labels into the outbox; return how many jobs it are. Totes, carts and slots may be used from now on.

    :param printer: where they come out; None lets the rules decide.
    :raises NotFound: one of the things does not exist.
    :raises NotAllowed: one of them can have no such label, or there are too many.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return 0
    if not 0 < len(wish.codes) <= _MOST_IN_ALL:
        raise NotAllowed("label.bad_count", most=_MOST_IN_ALL)
    if not 0 < wish.copies <= MOST_COPIES:
        raise NotAllowed("label.bad_copies", most=MOST_COPIES)
    if wish.kind in CONTAINERS:
        acts.require(state, Right.RELEASE)
        container_storage.add(tx, _containers(wish))
    paper_of(tx, wish)
    parts = [wish.codes[at : at + MOST] for at in range(0, len(wish.codes), MOST)]
    jobs = [NewJob(PAPER, subject=_subject(replace(wish, codes=part), printer), copies=wish.copies) for part in parts]
    outbox.add_jobs(tx, act, station, jobs)
    acts.end(tx, state, act, "labels", {"kind": wish.kind, "count": len(wish.codes), "copies": wish.copies})
    return len(jobs)


_TEXTS = ("lot", "expiry", "price", "template", "size", "language")


def _subject(wish: LabelWish, printer: int | None) -> str:
    said: dict[str, Any] = {"label": wish.kind, "codes": list(wish.codes)}
    said |= {name: value for name in _TEXTS if (value := getattr(wish, name))}
    if printer is not None:
        said["printer"] = printer
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def paper_of_job(tx: Transaction, job: JobRow) -> Paper:
    """Return what a job prints.

    :raises NotFound: one of the things does not exist any more.
    """
    said = json.loads(job.subject)
    more = {name: str(said[name]) for name in _TEXTS if name in said}
    wish = LabelWish(str(said["label"]), tuple(map(str, said["codes"])), copies=job.copies, **more)
    return paper_of(tx, wish, copy=bool(job.copy_reason))


def paper_of(tx: Transaction, wish: LabelWish, *, copy: bool = False) -> Paper:
    """Return labels as a paper, to be drawn outside of the transaction.

    :param copy: whether they carry the mark of a copy, where their template has a place for it.
    :raises NotFound: one of the things, or the template, does not exist.
    :raises NotAllowed: one of them can have no such label.
    """
    if wish.kind not in KINDS:
        raise NotFound("label.no_kind", kind=wish.kind, known=", ".join(KINDS))
    settings = all_settings(tx)
    words = texts(wish.language or settings["shop.language"])
    template = label_templates.of_name(tx, TEMPLATES[wish.kind], wish.template)
    values = _values(tx, wish, template, words)
    if copy:
        mark = {"copy": words.say("paper.copy")}
        values = [{**each, **mark} for each in values]
    return Paper(PAPER, LabelSet(template, tuple(values), wish.size), words.language)


def _values(tx: Transaction, wish: LabelWish, template: LabelTemplate, words: Texts) -> Sequence[Values]:
    match wish.kind:
        case "product":
            for name in ("lot", "expiry"):
                if getattr(wish, name) and not (template.shows(name) or template.shows("gs1")):
                    raise NotAllowed("label.template_has_no_lot", template=template.name)
            return [_product(tx, code, wish) for code in wish.codes]
        case "person":
            known = {person.code: person for person in people.everyone(tx)}
            codes = [code.strip().removeprefix("KU-") for code in wish.codes]
            for code in codes:
                if code not in known:
                    raise NotFound("label.no_person", code=code)
            return [label_values.of_person(known[code], words) for code in codes]
        case "station":
            return [label_values.of_station(_station(code)) for code in wish.codes]
        case "shelf":
            return [label_values.of_place(each, words) for each in pick_papers.shelf_labels(tx, wish.codes)]
        case "carton":
            return [label_values.of_place(each, words) for each in carton_list.labels_of(tx, wish.codes)]
        case _:
            return [label_values.of_place(each, words) for each in pick_papers.container_labels(_containers(wish))]


def _containers(wish: LabelWish) -> list[NewContainer]:
    kind = LabelKind(wish.kind)
    return [NewContainer(kind, checked(kind, code)) for code in wish.codes]


def _product(tx: Transaction, code: str, wish: LabelWish) -> Values:
    found = products.by_code(tx, code)
    if found is None and (known := product_storage.by_skus(tx, (code,)).get(code)):
        found = product_storage.show(tx, known[0])
    if found is None:
        raise NotFound("label.no_product", code=code)
    own = printable(found.main_code)
    return label_values.of_product(found.name, found.sku, own, lot=wish.lot, expiry=wish.expiry, price=wish.price)


def _station(code: str) -> str:
    plain = code.strip().removeprefix("KB-")
    found = read_code(f"KB-{plain}").kind(StationCode)
    if not plain or getattr(found, "code", "") != plain:
        raise NotAllowed("label.no_station", code=code)
    return plain


def with_file_copies(paper: Paper, copies: int) -> Paper:
    """Return address labels with all their copies; each beyond the first is marked, so that no parcel gets it."""
    value = paper.value
    assert isinstance(value, AddressLabels)
    more = tuple(replace(label, file_copy=True) for _ in range(copies - 1) for label in value.labels)
    return Paper(paper.id, replace(value, labels=value.labels + more), paper.language)


def with_template(tx: Transaction, paper: Paper, name: str = "") -> Paper:
    """Return address labels with their template: the one named, else the house's standard; other papers as they are."""
    if not isinstance(paper.value, AddressLabels):
        return paper
    try:
        template = label_templates.of_name(tx, ADDRESS, name)
    except NotFound:  # it was taken away since: a label in the usual form is better than none
        template = label_templates.of_name(tx, ADDRESS, STANDARD)
    return Paper(paper.id, replace(paper.value, template=template), paper.language)


@dataclass(frozen=True, slots=True)
class Seen:
    """Labels as they will come out."""

    pictures: tuple[bytes, ...]
    """A PNG of each, in the printer's own dots."""
    notes: tuple[LabelFault, ...]
    """What is not as it was meant, without stopping a label."""


def preview(paper: Paper, printer: Printer | None, dpi: int) -> Seen:
    """Draw the labels of a paper as they will come out. Takes a while: in no transaction.

    :param printer: that they are for; None where nobody knows yet.
    :param dpi: dots an inch where the printer has none.
    :raises NotAllowed: one cannot be printed, in words.
    """
    assert isinstance(paper.value, LabelSet)
    media = printer.media if printer is not None else ""
    laid = label_drawing.laid_of(paper.value, paper.language, (printer.dpi if printer else 0) or dpi, media)
    notes = [fault for label in laid for fault in label.faults if not fault.stops]
    return Seen(tuple(label_printing.draw("png", (each,)).data for each in laid), tuple(notes))
