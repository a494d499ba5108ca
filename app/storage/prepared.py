"""Statements built once with SQLAlchemy Core and run on the driver.

The scan path runs a dozen statements; Core's per-call cost would be most of its time. A :class:`Prepared` keeps the
typed construct and compiles it once per dialect, afterwards a call is the driver's own ``execute``. Tables use plain
types only, so nothing has to be converted on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Dialect, Executable, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

__all__ = ["Prepared", "db_now", "joined"]


class db_now(FunctionElement[int]):  # noqa: N801 - a function of the database
    """The database's clock in milliseconds since 1970 UTC: leases of many stations agree on it."""

    type = BigInteger()
    inherit_cache = True


@compiles(db_now, "sqlite")
def _sqlite_now(_element: db_now, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(db_now, "postgresql")
def _postgresql_now(_element: db_now, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"


class joined(FunctionElement[str]):  # noqa: N801 - a function of the database
    """Every row's text, with the record separator U+001E between; NULL where there is no row."""

    type = String()
    inherit_cache = True
    name = "joined"


@compiles(joined, "sqlite")
def _sqlite_joined(element: joined, compiler: SQLCompiler, **kw: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **kw)}, char(30))"


@compiles(joined, "postgresql")
def _postgresql_joined(element: joined, compiler: SQLCompiler, **kw: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **kw)}, chr(30))"


class Prepared:
    """One statement with named parameters, compiled once per dialect."""

    __slots__ = ("_compiled", "statement")

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        """The Core construct; its bind parameters are the names to give."""
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}

    def sql(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        """Return the text, the order of positional parameters (None where they go by name) and the fixed values."""
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self.statement.compile(dialect=dialect)  # type: ignore[attr-defined]
            names = tuple(compiled.positiontup) if compiled.positiontup is not None else None
            fixed = {name: compiled.params[name] for bind, name in compiled.bind_names.items() if not bind.required}
            found = self._compiled[dialect.name] = (str(compiled), names, fixed)
        return found

    def arguments(self, dialect: Dialect, values: Mapping[str, Any]) -> tuple[str, Any]:
        """Return the text and the driver's parameters for *values*."""
        text, names, fixed = self.sql(dialect)
        if fixed:
            values = {**fixed, **values}
        if names is None:
            return text, values
        return text, tuple([values[name] for name in names])
