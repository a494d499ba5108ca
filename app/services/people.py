"""People and badges."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.people import Person, Role
from app.errors import NotAllowed, NotFound
from app.services import acts
from app.storage import people as storage
from app.storage.database import Transaction
from app.text import LANGUAGES

__all__ = ["Person", "Role", "add", "everyone", "put_language", "sign_in"]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def everyone(tx: Transaction) -> list[Person]:
    """Return all people by name."""
    return storage.everyone(tx)


def add(tx: Transaction, station: str, act: str, name: str, code: str, role: str, language: str = "") -> Person:
    """Enter a person with a badge code.

    :raises NotAllowed: the name or code does not fit, or the code is taken.
    """
    name = name.strip()
    code = code.strip().removeprefix("KU-")
    if not name or len(name) > 60 or not name.isprintable():
        raise NotAllowed("people.bad_name", name=name[:60])
    if not _CODE.fullmatch(code):
        raise NotAllowed("people.bad_code", code=code[:40])
    if role not in list(Role):
        raise NotAllowed("people.bad_role", role=role, known=", ".join(Role))
    _check_language(language)
    state = acts.begin(tx, station, act)
    taken = storage.by_code(tx, code)
    if state is None and taken is not None:
        return taken
    if state is None or taken is not None:
        raise NotAllowed("people.code_taken", code=code, name=taken.name if taken else name)
    person = storage.add(tx, name, code, Role(role), language)
    acts.end(tx, state, act, "people", {"person": person.id, "role": role})
    return person


def _check_language(language: str) -> None:
    if language and language not in LANGUAGES:
        raise NotAllowed("people.bad_language", language=language, known=", ".join(LANGUAGES))


def put_language(tx: Transaction, station: str, act: str, code: str, language: str) -> Person:
    """Let a person's screens speak another language from their next scan on; empty takes the station's.

    :raises NotAllowed: there is no such language.
    :raises NotFound: nobody has the code.
    """
    _check_language(language)
    person = storage.by_code(tx, code.strip().removeprefix("KU-"))
    if person is None:
        raise NotFound("people.unknown_code", code=code[:40])
    state = acts.begin(tx, station, act)
    if state is None or person.language == language:
        return person
    storage.put_language(tx, person.id, language)
    acts.end(tx, state, act, "people", {"person": person.id, "language": language})
    return replace(person, language=language)


def sign_in(tx: Transaction, station: str, act: str, code: str) -> Person:
    """Sign a person in at a station without a scan, as ``kenpin scan --person`` does; a no-op where they are already.

    :raises NotFound: nobody has the code.
    """
    person = storage.by_code(tx, code.strip().removeprefix("KU-"))
    if person is None:
        raise NotFound("people.unknown_code", code=code[:40])
    state = acts.begin(tx, station, act)
    if state is not None and state.person != person:
        state.person = person
        acts.end(tx, state, act, "sign_in", {"person": person.id})
    return person
