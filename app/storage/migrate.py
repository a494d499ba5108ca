"""Bringing a database to the newest tables with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

__all__ = ["config", "known_revisions", "upgrade"]


def config() -> Config:
    """Return Alembic's settings; there is no ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def known_revisions() -> set[str]:
    """Return the revisions that this program can upgrade from."""
    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade to *revision*, all or nothing.

    On SQLite foreign keys are off while tables are rebuilt, else child rows vanish with the old table, and every
    reference is checked before the commit.
    """
    made = config()
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if not sqlite:  # two stations starting at once: one upgrades, the other waits and finds it done
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(726569)")
                made.attributes["connection"] = connection
                command.upgrade(made, revision)
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise RuntimeError(f"the upgrade would break references: {broken[:5]}")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
