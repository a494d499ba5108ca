"""Printing: printers, rules of what comes out where, templates, and what became of each job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_ZERO = sa.text("0")
_ONE = sa.text("1")
_OUTBOX = sa.text("state IN ('waiting','sent','unknown','failed')")


def upgrade() -> None:
    """Add columns and tables; no table is rebuilt, so the triggers stay."""
    for column in (
        sa.Column("subject", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("sender", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("routed_id", _KEY, nullable=True),
        sa.Column("printer_id", _KEY, nullable=True),
        sa.Column("copies", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("repeats", _KEY, nullable=True),
        sa.Column("device_job", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(length=8), server_default=_EMPTY, nullable=False),
    ):
        op.add_column("print_jobs", column)
    op.execute("UPDATE print_jobs SET sender = station")
    op.drop_index("ix_print_jobs_outbox", "print_jobs")
    op.create_index(
        "ix_print_jobs_outbox", "print_jobs", ["sender", "id"], sqlite_where=_OUTBOX, postgresql_where=_OUTBOX
    )
    op.create_table(
        "printers",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("position", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("station", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("transport", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("dpi", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.Column("media", sa.String(length=16), server_default=_EMPTY, nullable=False),
        sa.Column("options", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("takeover_id", _KEY, nullable=True),
        sa.Column("active", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("state", sa.String(length=12), server_default=_EMPTY, nullable=False),
        sa.Column("told", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.Column("answers", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.ForeignKeyConstraint(["takeover_id"], ["printers.id"], name=op.f("fk_printers_takeover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
        sa.UniqueConstraint("name", name=op.f("uq_printers_name")),
    )
    op.create_table(
        "print_rules",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("position", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("conditions", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("when", sa.String(length=8), server_default=_EMPTY, nullable=False),
        sa.Column("copies", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("printer_id", _KEY, nullable=True),
        sa.Column("template", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("active", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.ForeignKeyConstraint(["printer_id"], ["printers.id"], name=op.f("fk_print_rules_printer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_rules")),
    )
    op.create_table(
        "templates",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_templates")),
        sa.UniqueConstraint("paper", "name", name=op.f("uq_templates_paper_name")),
    )
