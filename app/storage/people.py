"""People and their badges, as stored."""

from __future__ import annotations

from sqlalchemy import String, bindparam, insert, select, update

from app.domain.people import Person, Role
from app.storage.database import Transaction
from app.storage.prepared import Prepared
from app.storage.tables import people

__all__ = ["add", "by_code", "everyone", "put_language"]

_ALL = select(people.c.id, people.c.code, people.c.name, people.c.role, people.c.language)
_EVERYONE = Prepared(_ALL.order_by(people.c.name, people.c.id))
_BY_CODE = Prepared(_ALL.where(people.c.code == bindparam("code_", type_=String)))
_ADD = Prepared(
    insert(people)
    .values(code=bindparam("code"), name=bindparam("name"), role=bindparam("role"), language=bindparam("language"))
    .returning(people.c.id)
)
_PUT_LANGUAGE = Prepared(update(people).where(people.c.id == bindparam("id_")).values(language=bindparam("language")))


def everyone(tx: Transaction) -> list[Person]:
    """Return all people by name."""
    return [Person(row[0], row[1], row[2], Role(row[3]), row[4]) for row in tx.rows(_EVERYONE)]


def by_code(tx: Transaction, code: str) -> Person | None:
    """Return the person with a badge."""
    row = tx.one(_BY_CODE, code_=code)
    return Person(row[0], row[1], row[2], Role(row[3]), row[4]) if row else None


def add(tx: Transaction, name: str, code: str, role: Role, language: str) -> Person:
    """Enter a person."""
    row = tx.one(_ADD, code=code, name=name, role=str(role), language=language)
    assert row is not None
    return Person(row[0], code, name, role, language)


def put_language(tx: Transaction, person: int, language: str) -> None:
    """Keep the language of a person's screen."""
    tx.run(_PUT_LANGUAGE, id_=person, language=language)
