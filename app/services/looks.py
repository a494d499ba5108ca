"""Giving papers their template: the one that a print rule names, else the one that their shop chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.invoice import Invoice
from app.domain.order_papers import ReturnSlip, SlipBatch
from app.domain.papers import BreakSheet, HandoverList, PickList, Slip
from app.domain.pick_papers import JobList, PlaceSheet
from app.domain.print_rules import OrderPaper
from app.domain.templates import Template
from app.services import templates
from app.services.drawing import Paper
from app.storage.database import Transaction

__all__ = ["Looks", "for_dots"]

_RULED = {
    "packing_slip": OrderPaper.SLIP,
    "gift_slip": OrderPaper.SLIP,
    "invoice": OrderPaper.INVOICE,
    "return_slip": OrderPaper.RETURN_SLIP,
}
"""The sheet by which a rule names the template of a paper."""


class Looks:
    """Templates of papers, each read once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._read: dict[tuple[str, str], Template] = {}

    def of(self, paper: str, settings: Mapping[str, str], named: str = "") -> Template:
        """Return the template of a paper; one that was taken away since counts as not named.

        :param settings: of the paper's shop, or of the house.
        :param named: by a print rule; empty for none.
        """
        if named and templates.read(self._tx, paper, named) is None:
            named = ""
        key = (paper, named or settings[f"template.{paper}"])
        if key not in self._read:
            self._read[key] = templates.of_paper(self._tx, *key)
        return self._read[key]

    def sheet(
        self,
        sheet: Slip | Invoice | ReturnSlip,
        settings: Mapping[str, str],
        named: Sequence[tuple[OrderPaper, str]] = (),
    ) -> Slip | Invoice | ReturnSlip:
        """Return a sheet of an order with its template.

        :param named: what print rules name for its sheets.
        """
        rules = dict(named)
        if isinstance(sheet, Invoice):
            look = self.of("invoice", settings, rules.get(_RULED["invoice"], ""))
            return replace(sheet, slip=replace(sheet.slip, look=look))
        if isinstance(sheet, ReturnSlip):
            return replace(sheet, look=self.of("return_slip", settings, rules.get(_RULED["return_slip"], "")))
        paper = "gift_slip" if sheet.gift else "packing_slip"
        return replace(sheet, look=self.of(paper, settings, rules.get(_RULED[paper], "")))

    def paper(self, paper: Paper, settings: Mapping[str, str], named: str = "") -> Paper:
        """Return a paper of the house with its template; others as they are."""
        value = paper.value
        if isinstance(value, PickList | JobList | PlaceSheet | HandoverList | BreakSheet):
            return replace(paper, value=replace(value, look=self.of(paper.id, settings, named)))
        return paper


def for_dots(paper: Paper, dpi: int) -> Paper:
    """Return a paper with its bars on whole dots of one label printer; papers that know no dots as they are."""
    value = paper.value
    if isinstance(value, SlipBatch):
        return replace(paper, value=replace(value, slips=tuple(_for_dots(each, dpi) for each in value.slips)))
    return replace(paper, value=_for_dots(value, dpi)) if isinstance(value, Slip | Invoice | ReturnSlip) else paper


def _for_dots(sheet: Slip | Invoice | ReturnSlip, dpi: int) -> Slip | Invoice | ReturnSlip:
    if isinstance(sheet, Slip):
        return replace(sheet, dpi=dpi)
    return replace(sheet, slip=replace(sheet.slip, dpi=dpi))
