"""Packing: cartons and what was proposed and chosen, boxes, inserts, weights, photos, returns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_ZERO = sa.text("0")
_ONE = sa.text("1")


def upgrade() -> None:
    """Add columns and tables; no table is rebuilt, so the triggers stay."""
    op.add_column("orders", sa.Column("plan", sa.Text(), server_default=_EMPTY, nullable=False))
    op.add_column("orders", sa.Column("extras", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("parcels", sa.Column("box", sa.SmallInteger(), server_default=_ONE, nullable=False))
    op.add_column("parcels", sa.Column("free", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column(
        "products", sa.Column("orientation", sa.String(length=8), server_default=sa.text("'any'"), nullable=False)
    )
    op.add_column("products", sa.Column("liquid", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("products", sa.Column("dangerous", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("products", sa.Column("pressed_mm", sa.Integer(), nullable=True))
    op.add_column("products", sa.Column("cushion_mm", sa.Integer(), nullable=True))
    op.add_column("products", sa.Column("own_carton", sa.SmallInteger(), server_default=_ZERO, nullable=False))
    op.add_column("products", sa.Column("pack_note", sa.Text(), server_default=_EMPTY, nullable=False))
    op.add_column("products", sa.Column("pack_picture", sa.String(), server_default=_EMPTY, nullable=False))
    op.add_column("stations", sa.Column("scale", sa.String(length=8), server_default=_EMPTY, nullable=False))
    op.add_column("stations", sa.Column("return_id", _KEY, nullable=True))
    op.add_column("stations", sa.Column("return_ask", sa.Text(), server_default=_EMPTY, nullable=False))
    op.add_column("steps", sa.Column("box", sa.SmallInteger(), server_default=_ONE, nullable=False))
    op.add_column("steps", sa.Column("extra_id", _KEY, nullable=True))
    of_extra = sa.text("extra_id IS NOT NULL")
    op.create_index("ix_steps_extra_id", "steps", ["extra_id"], sqlite_where=of_extra, postgresql_where=of_extra)
    _cartons()
    _inserts()
    _proof()
    _returns()


def _cartons() -> None:
    op.create_table(
        "carton_choices",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("box", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("proposed", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=16), server_default=_EMPTY, nullable=False),
        sa.Column("undone", sa.String(), server_default=_EMPTY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carton_choices")),
    )
    op.create_index(op.f("ix_carton_choices_goods"), "carton_choices", ["goods"])
    op.create_table(
        "cartons",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("kind", sa.String(length=8), server_default=sa.text("'box'"), nullable=False),
        sa.Column("inner_length_mm", sa.Integer(), nullable=False),
        sa.Column("inner_width_mm", sa.Integer(), nullable=False),
        sa.Column("inner_height_mm", sa.Integer(), nullable=False),
        sa.Column("outer_length_mm", sa.Integer(), nullable=False),
        sa.Column("outer_width_mm", sa.Integer(), nullable=False),
        sa.Column("outer_height_mm", sa.Integer(), nullable=False),
        sa.Column("tare_g", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("max_g", sa.Integer(), nullable=False),
        sa.Column("cost_yen", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("carriage_yen", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("carrier_class", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("services", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("low", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("retired", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_cartons")),
    )
    op.create_table(
        "carton_plans",
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("goods", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_carton_plans_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_carton_plans")),
    )
    op.create_table(
        "boxes",
        sa.Column("parcel_id", _KEY, nullable=False),
        sa.Column("piece", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("carton", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("expected_g", sa.Integer(), nullable=True),
        sa.Column("tolerance_g", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("weighed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcels.id"], name=op.f("fk_boxes_parcel_id")),
        sa.PrimaryKeyConstraint("parcel_id", "piece", name=op.f("pk_boxes")),
    )


def _inserts() -> None:
    op.create_table(
        "insert_rules",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("position", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("quantity", sa.Integer(), server_default=_ONE, nullable=False),
        sa.Column("per", sa.String(length=8), server_default=sa.text("'order'"), nullable=False),
        sa.Column("conditions", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("text", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("scanned", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("active", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_insert_rules_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insert_rules")),
    )
    op.create_table(
        "extras",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("wanted", sa.Integer(), server_default=_ONE, nullable=False),
        sa.Column("done", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("short", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("shown", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.Column("rule_id", _KEY, nullable=True),
        sa.CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name=op.f("ck_extras_counts")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_extras_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_extras_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extras")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_extras_order_id"), "extras", ["order_id"])
    op.create_table(
        "buyers",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", _KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_buyers_order_id")),
        sa.PrimaryKeyConstraint("key", "order_id", name=op.f("pk_buyers")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_buyers_order_id"), "buyers", ["order_id"])


def _proof() -> None:
    op.create_table(
        "carton_weights",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("mean_mg", sa.BigInteger(), nullable=False),
        sa.Column("sd_mg", sa.BigInteger(), nullable=False),
        sa.Column("doubt_mg", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_carton_weights")),
    )
    kept = sa.text("gone_at IS NULL")
    op.create_table(
        "product_weights",
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("mean_mg", sa.BigInteger(), nullable=False),
        sa.Column("sd_mg", sa.BigInteger(), nullable=False),
        sa.Column("doubt_mg", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_weights_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_weights")),
    )
    op.create_table(
        "photos",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("parcel_id", _KEY, nullable=True),
        sa.Column("box", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_photos_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("file", name=op.f("uq_photos_file")),
    )
    op.create_index("ix_photos_kept", "photos", ["at"], sqlite_where=kept, postgresql_where=kept)
    op.create_index(op.f("ix_photos_order_id"), "photos", ["order_id"])


def _returns() -> None:
    is_open = sa.text("state = 'open'")
    op.create_table(
        "returns",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("parcel_id", _KEY, nullable=True),
        sa.Column("waybill", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("state", sa.String(length=8), server_default=sa.text("'open'"), nullable=False),
        sa.Column("holder", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_returns_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    op.create_index(
        "ix_returns_open", "returns", ["order_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index(op.f("ix_returns_order_id"), "returns", ["order_id"])
    op.create_table(
        "return_steps",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("return_id", _KEY, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("line_id", _KEY, nullable=True),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("code", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("quantity", sa.Integer(), server_default=_ONE, nullable=False),
        sa.Column("lot", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("expiry", sa.String(length=10), server_default=_EMPTY, nullable=False),
        sa.Column("serial", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("undone", sa.String(), server_default=_EMPTY, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_return_steps_product_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_steps_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_steps")),
    )
    op.create_index(op.f("ix_return_steps_return_id"), "return_steps", ["return_id"])
