"""Templates of papers, labels and mails 書式: the shipped ones, the shop's own, and seeing what one looks like.

What a label's template may say is known to :mod:`app.domain.label_templates`; here all are kept alike: by paper
(``packing_slip``, ``label:product``) and name. A shop's own template may have the name of a shipped one and then stands
in for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents._templates import read_of, shipped, shipped_names
from app.domain.label_template_reader import read_label_template
from app.domain.label_templates import ADDRESS, LABELS
from app.domain.mail_templates import MAILS
from app.domain.people import Right
from app.domain.templates import PAPERS, STANDARD, Template, TemplateFault
from app.errors import NotAllowed, NotFound
from app.services import acts, mail_templates
from app.settings import SETTINGS
from app.storage import settings as settings_storage
from app.storage import templates as storage
from app.storage.database import Transaction
from app.storage.stations import StationState

__all__ = [
    "TOPICS",
    "TemplateItem",
    "TemplateWrong",
    "body_of",
    "check",
    "copy",
    "items",
    "names",
    "of_paper",
    "read",
    "remove",
    "save",
    "shipped_body",
]

TOPICS = frozenset({"settings", "printing"})
"""What changes where a template does."""
_ALL = (*PAPERS, *LABELS, *MAILS)
"""Papers, labels and mails that have templates."""
_BY_JOB = {"address_label": ADDRESS}
"""Papers of print jobs whose templates have another name."""
LONGEST_NAME = 40
"""Characters of a template's name, at the most."""
_MOST = 60_000
"""Characters of a template."""
_BAD_IN_NAME = re.compile(r"[\x00-\x1f\x7f/\\:]")


class TemplateWrong(NotAllowed):
    """A template that cannot be used: its first fault is its sentence, :attr:`faults` are all of them."""

    def __init__(self, paper: str, name: str, faults: tuple[TemplateFault, ...]) -> None:
        first = faults[0]
        super().__init__(first.key, **{"place": first.place, **first.args})
        self.paper, self.name, self.faults = paper, name, faults


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """One template that can be chosen."""

    paper: str
    name: str
    own: bool
    """Whether it is the shop's own."""
    at: int = 0
    """When it was changed last, UTC in ms; 0 for a shipped one."""


def items(tx: Transaction, paper: str = "") -> tuple[TemplateItem, ...]:
    """Return the templates of a paper, or of all of them: shipped ones first, the standard at their head."""
    own = storage.rows(tx, paper)
    papers = [paper] if paper else [*_ALL, *sorted({row.paper for row in own} - set(_ALL))]
    found: list[TemplateItem] = []
    for each in papers:
        mine = {row.name: row for row in own if row.paper == each}
        for name in shipped_names(each):
            row = mine.pop(name, None)
            found.append(TemplateItem(each, name, own=row is not None, at=row.at if row else 0))
        found += [TemplateItem(each, row.name, own=True, at=row.at) for row in mine.values()]
    return tuple(found)


def names(tx: Transaction, paper: str) -> tuple[str, ...]:
    """Return the names of the templates of a paper.

    :param paper: one that has templates, or as print jobs and print rules call it: ``address_label`` is a label.
    """
    return tuple(item.name for item in items(tx, _BY_JOB.get(paper, paper)))


def read(tx: Transaction, paper: str, name: str) -> str | None:
    """Return the body of a template, the shop's own before a shipped one; None where there is none of that name."""
    found = storage.read(tx, paper, name)
    return shipped(paper, name) if found is None else found


def body_of(tx: Transaction, paper: str, name: str) -> str:
    """Return the body of a template.

    :raises NotFound: there is none of that name, or no such paper.
    """
    found = read(tx, paper, name)
    if found is None:
        known = names(tx, paper)
        if not known:
            raise NotFound("templates.no_paper", paper=paper, known=", ".join(_ALL))
        raise NotFound("templates.none", paper=paper, name=name, known=", ".join(known))
    return found


def shipped_body(paper: str, name: str = STANDARD) -> str | None:
    """Return the body of a shipped template, whatever the shop made of it; None where none of that name is shipped."""
    return shipped(paper, name)


def of_paper(tx: Transaction, paper: str, name: str) -> Template:
    """Return the template of a paper, read; the shipped standard where there is none of that name any more."""
    name = name or STANDARD
    body = read(tx, paper, name)
    if body is None:
        name, body = STANDARD, body_of(tx, paper, STANDARD)
    return read_of(paper, name, body).template


def check(paper: str, body: str) -> tuple[TemplateFault, ...]:
    """Return everything that is wrong with a template; nothing where it can be used.

    :raises NotFound: there is no such paper.
    """
    if len(body) > _MOST:
        return (TemplateFault("", "templates.fault.long", {"most": str(_MOST)}),)
    if not shipped_names(paper):
        raise NotFound("templates.no_paper", paper=paper, known=", ".join(_ALL))
    if paper in LABELS:
        return read_label_template(paper, body).faults
    if paper in MAILS:
        return mail_templates.read(paper, body).faults
    return read_of(paper, STANDARD, body).faults


# --- changing -----------------------------------------------------------------------------------------------------


def save(tx: Transaction, station: str, act: str, paper: str, name: str, body: str) -> None:
    """Keep a template under a name; what is printed from now on follows it.

    :raises TemplateWrong: something in it cannot be.
    :raises NotAllowed: the name cannot be one, or the person may not.
    :raises NotFound: there is no such paper.
    """
    state = acts.begin(tx, station, act)
    if state is not None:
        _keep(tx, state, act, paper, name, body)


def copy(tx: Transaction, station: str, act: str, paper: str, name: str, to: str) -> None:
    """Copy a template under a new name, to change it.

    :raises NotFound: there is none to copy.
    :raises NotAllowed: the new name is taken or cannot be one, or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    body = body_of(tx, paper, name)
    if to.strip() in names(tx, paper):
        raise NotAllowed("templates.taken", paper=paper, name=to.strip())
    _keep(tx, state, act, paper, to, body)


def _keep(tx: Transaction, state: StationState, act: str, paper: str, name: str, body: str) -> None:
    acts.require(state, Right.SETTINGS)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or _BAD_IN_NAME.search(name):
        raise NotAllowed("templates.bad_name", name=name[:LONGEST_NAME], most=LONGEST_NAME)
    if faults := check(paper, body):
        raise TemplateWrong(paper, name, faults)
    storage.put(tx, paper, name, body)
    acts.end(tx, state, act, "template", {"paper": paper, "name": name, "body": body})


def remove(tx: Transaction, station: str, act: str, paper: str, name: str) -> None:
    """Take an own template away; a shipped one of that name comes back.

    :raises NotFound: the shop has none of that name.
    :raises NotAllowed: a setting or a print rule names it, or the person may not.
    """
    state = acts.begin(tx, station, act)
    if state is None:
        return
    acts.require(state, Right.SETTINGS)
    if shipped(paper, name) is None and (used := _uses(tx, paper, name)):
        raise NotAllowed("templates.used", paper=paper, name=name, where=", ".join(used))
    if not storage.remove(tx, paper, name):
        raise NotFound("templates.not_own", paper=paper, name=name)
    acts.end(tx, state, act, "template", {"paper": paper, "name": name, "removed": True})


def _uses(tx: Transaction, paper: str, name: str) -> tuple[str, ...]:
    """Where a template is named: settings of the house and of shops, print rules."""
    key = f"template.{paper}"
    found = []
    if key in SETTINGS:
        if settings_storage.read(tx).get(key) == name:
            found.append(key)
        found += [f"{key} ({row.name})" for row in settings_storage.shop_list(tx) if row.settings.get(key) == name]
    found += [rule for ruled, rule in storage.ruled(tx, name) if _BY_JOB.get(ruled, ruled) in (paper, "")]
    return tuple(found)
