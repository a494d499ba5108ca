"""Alembic's entry: runs the revisions on the connection that :func:`app.storage.migrate.upgrade` holds."""

from __future__ import annotations

from alembic import context

from app.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
