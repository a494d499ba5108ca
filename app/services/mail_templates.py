"""Templates of mails: the shipped ones and the shop's own, chosen by the settings ``template.mail_…`` of each shop.

They are kept, copied and removed like those of papers (:mod:`app.services.templates`), under ``mail_received`` … .
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.documents._templates import shipped
from app.domain.mail_templates import PREFIX, MailTemplate, MailTemplateRead, fields_of, read_mail_template
from app.domain.templates import STANDARD
from app.storage import templates as storage
from app.storage.database import Transaction

__all__ = ["fields_of", "of_mail", "read"]


@lru_cache(maxsize=64)
def read(paper: str, body: str) -> MailTemplateRead:
    """Read a template of mails."""
    return read_mail_template(paper, body)


def of_mail(tx: Transaction, kind: str, settings: Mapping[str, str]) -> MailTemplate:
    """Return the template of a kind of mail as a shop chose it.

    The shipped standard where there is none of that name any more, or where it cannot be read: a mail must go out.

    :param settings: the shop's.
    """
    paper = f"{PREFIX}{kind}"
    name = settings.get(f"template.{paper}", STANDARD) or STANDARD
    for body in (storage.read(tx, paper, name), shipped(paper, name), shipped(paper, STANDARD)):
        if body is not None and not (found := read(paper, body)).faults:
            return found.template
    raise AssertionError(f"no standard template of {paper}")
