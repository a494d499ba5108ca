"""Scanning: lots, expiry and serials, look-alike goods, what a leader allowed, what the last scan was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_ZERO = sa.text("0")


def upgrade() -> None:
    """Add columns and tables; no table is rebuilt, so the triggers stay."""
    op.create_table(
        "lots",
        sa.Column("product_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("expiry", sa.String(length=10), server_default=_EMPTY, nullable=False),
        sa.Column("recalled", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.Column("reason", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_lots_product_id_products")),
        sa.PrimaryKeyConstraint("product_id", "lot", name=op.f("pk_lots")),
    )
    op.create_table(
        "overrides",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("leader_id", _KEY, nullable=True),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_index("ix_overrides_at", "overrides", ["at"])
    op.create_table(
        "alikes",
        sa.Column("product_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("other_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("why", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("score", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("decided", sa.String(length=8), server_default=_EMPTY, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_alikes_product_id_products")),
        sa.ForeignKeyConstraint(["other_id"], ["products.id"], name=op.f("fk_alikes_other_id_products")),
        sa.PrimaryKeyConstraint("product_id", "other_id", name=op.f("pk_alikes")),
    )
    op.create_index("ix_alikes_other_id", "alikes", ["other_id"])
    op.create_table(
        "confusions",
        sa.Column("wanted_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("scanned_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["wanted_id"], ["products.id"], name=op.f("fk_confusions_wanted_id_products")),
        sa.ForeignKeyConstraint(["scanned_id"], ["products.id"], name=op.f("fk_confusions_scanned_id_products")),
        sa.PrimaryKeyConstraint("wanted_id", "scanned_id", name=op.f("pk_confusions")),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
    op.add_column(
        "products", sa.Column("lot_from", sa.String(length=8), server_default=sa.text("'auto'"), nullable=False)
    )
    op.add_column("products", sa.Column("min_days", sa.Integer(), nullable=True))
    for switch in ("keyed", "no_code", "unit_scan", "alike"):
        op.add_column("products", sa.Column(switch, sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("steps", sa.Column("expiry", sa.String(length=10), server_default=_EMPTY, nullable=False))
    op.add_column("steps", sa.Column("serial", sa.String(), server_default=_EMPTY, nullable=False))
    op.add_column("steps", sa.Column("how", sa.String(length=16), server_default=_EMPTY, nullable=False))
    op.add_column("steps", sa.Column("by_person", _KEY, nullable=True))
    op.add_column("stations", sa.Column("last_code", sa.Text(), server_default=_EMPTY, nullable=False))
    op.add_column("stations", sa.Column("refused", sa.Text(), server_default=_EMPTY, nullable=False))
    with_serial = sa.text("serial <> '' AND undone = ''")
    op.create_index(
        "ix_steps_serial", "steps", ["product_id", "serial"], sqlite_where=with_serial, postgresql_where=with_serial
    )
