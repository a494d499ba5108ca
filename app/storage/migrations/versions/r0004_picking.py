"""Picking: the map, waves and their jobs, what is picked, totes and wall slots, count tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.triggers import frees, promises

revision = "0004"
down_revision = "0003"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_ZERO = sa.text("0")
_ONE = sa.text("1")
_OBJECT = sa.text("'{}'")


def upgrade() -> None:
    """Add columns and tables; no table is rebuilt, so the other triggers stay."""
    op.add_column("products", sa.Column("fragile", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("orders", sa.Column("picking", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("order_lines", sa.Column("picked", sa.Integer(), server_default=_ZERO, nullable=False))
    op.add_column("stations", sa.Column("job_id", _KEY, nullable=True))
    op.add_column("stations", sa.Column("picking", sa.Text(), server_default=_EMPTY, nullable=False))
    op.drop_index("ix_orders_takeable", "orders")
    takeable = sa.text(
        "state IN ('ready','released','picked') AND held = 0 AND holder = '' AND parked = 0 AND lead_id IS NULL"
        " AND picking = 0"
    )
    op.create_index(
        "ix_orders_takeable",
        "orders",
        ["queue_at", "rank", "ordered_at", "id"],
        sqlite_where=takeable,
        postgresql_where=takeable,
    )
    for statement in promises(op.get_bind().dialect.name):
        op.execute(statement)
    _map()
    _waves()
    _jobs()
    _picks()
    _counts()
    for statement in frees(op.get_bind().dialect.name):
        op.execute(statement)


def _map() -> None:
    op.create_table(
        "shelves",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("aisle", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("bay", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("level", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("x_mm", sa.Integer(), nullable=True),
        sa.Column("y_mm", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_shelves")),
    )
    op.create_table(
        "containers",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("within", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("position", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("job_id", _KEY, nullable=True),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_containers")),
    )
    for name in ("job_id", "order_id"):
        used = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_containers_{name}", "containers", [name], sqlite_where=used, postgresql_where=used)


def _waves() -> None:
    op.create_table(
        "waves",
        sa.Column("batch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), server_default=sa.text("'open'"), nullable=False),
        sa.Column("rule", sa.Text(), server_default=_OBJECT, nullable=False),
        sa.Column("figures", sa.Text(), server_default=_OBJECT, nullable=False),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_waves")),
    )
    is_open = sa.text("state = 'open'")
    op.create_index("ix_waves_open", "waves", ["batch"], sqlite_where=is_open, postgresql_where=is_open)


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("stage", sa.String(length=8), server_default=sa.text("'pick'"), nullable=False),
        sa.Column("zone", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("after_id", _KEY, nullable=True),
        sa.Column("blocked", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default=_ZERO, nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("cart", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("slots", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("totes", sa.Text(), server_default=_OBJECT, nullable=False),
        sa.Column("shelf", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("hand", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("rules", sa.Text(), server_default=_OBJECT, nullable=False),
        sa.Column("walk", sa.Text(), server_default=_OBJECT, nullable=False),
        sa.Column("lines", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("pieces", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("done", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("short", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("batch", "sequence", name=op.f("uq_jobs_batch_sequence")),
    )
    waiting = sa.text("state IN ('waiting','paused') AND holder = '' AND blocked = 0")
    op.create_index("ix_jobs_takeable", "jobs", ["stage", "due", "id"], sqlite_where=waiting, postgresql_where=waiting)
    active = sa.text("state = 'active'")
    op.create_index("ix_jobs_active", "jobs", ["lease_until"], sqlite_where=active, postgresql_where=active)
    op.create_index("ix_jobs_after_id", "jobs", ["after_id"])


def _picks() -> None:
    op.create_table(
        "picks",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("job_id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("line_id", _KEY, nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("lot", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("slot", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("short", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("skipped", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("version", sa.Integer(), server_default=_ONE, nullable=False),
        sa.Column("told", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name=op.f("ck_picks_counts")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_picks_job_id_jobs")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_picks_order_id_orders")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_picks_line_id_order_lines")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_picks_product_id_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picks")),
    )
    for name in ("job_id", "order_id", "line_id"):
        op.create_index(op.f(f"ix_picks_{name}"), "picks", [name])
    op.create_table(
        "pick_steps",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("job_id", _KEY, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("pick_id", _KEY, nullable=True),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("quantity", sa.Integer(), server_default=_ZERO, nullable=False),
        *(
            sa.Column(name, sa.String(), server_default=_EMPTY, nullable=False)
            for name in ("code", "lot", "source", "target", "tote", "reason", "undone")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_pick_steps_job_id_jobs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_steps")),
    )
    standing = sa.text("undone = ''")
    op.create_index(
        "ix_pick_steps_standing", "pick_steps", ["job_id", "id"], sqlite_where=standing, postgresql_where=standing
    )


def _counts() -> None:
    op.create_table(
        "counts",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("shelf", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("job_id", _KEY, nullable=True),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_counts_product_id_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counts")),
    )
    uncounted = sa.text("done_at IS NULL")
    op.create_index(
        "ix_counts_open", "counts", ["product_id", "shelf"], sqlite_where=uncounted, postgresql_where=uncounted
    )
