"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.triggers import first

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, index and trigger."""
    op.create_table(
        "batches",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "imports",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_table(
        "journal",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("act", name=op.f("uq_journal_act")),
        sa.UniqueConstraint("station", "seq", name=op.f("uq_journal_station_seq")),
    )
    op.create_index("ix_journal_order_id", "journal", ["order_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("code", name=op.f("uq_people_code")),
    )
    op.create_table(
        "print_jobs",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("copy_reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(length=10), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("result", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
    )
    op.create_index(op.f("ix_print_jobs_order_id"), "print_jobs", ["order_id"], unique=False)
    op.create_index(
        "ix_print_jobs_outbox",
        "print_jobs",
        ["station", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting','sent','unknown','failed')"),
        postgresql_where=sa.text("state IN ('waiting','sent','unknown','failed')"),
    )
    op.create_table(
        "products",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("fold", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("main_code", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("picture", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("shelf", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("lot_policy", sa.String(), server_default=sa.text("'none'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("sku", name=op.f("uq_products_sku")),
    )
    op.create_index(op.f("ix_products_fold"), "products", ["fold"], unique=False)
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "shops",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shops")),
        sa.UniqueConstraint("channel", "name", name=op.f("uq_shops_channel_name")),
    )
    op.create_table(
        "stations",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("head", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("parcel_id", _KEY, nullable=True),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("question", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_key", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("last_level", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("unknown", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stations")),
    )
    op.create_table(
        "tallies",
        sa.Column("shard", sa.String(length=64), nullable=False),
        sa.Column("shop_id", _KEY, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shard", "shop_id", "state", name=op.f("pk_tallies")),
    )
    op.create_table(
        "balances",
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_balances_product_id")),
        sa.PrimaryKeyConstraint("product_id", "place", "lot", name=op.f("pk_balances")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "moves",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.CheckConstraint("quantity >= 1 AND source <> target", name=op.f("ck_moves_moves_something")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_moves_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moves")),
    )
    op.create_index("ix_moves_product_id", "moves", ["product_id"], unique=False)
    op.create_table(
        "orders",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("shop_id", _KEY, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("ship_to_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("held", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=False),
        sa.Column("cut_off", sa.BigInteger(), nullable=True),
        sa.Column("queue_at", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("ship_name", sa.String(), nullable=False),
        sa.Column("prefecture", sa.String(), nullable=False),
        sa.Column("gift", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_orders_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("shop_id", "number", "ship_to_key", name=op.f("uq_orders_shop_id_number_ship_to_key")),
    )
    op.create_index(
        "ix_orders_held",
        "orders",
        ["shop_id"],
        unique=False,
        sqlite_where=sa.text("held > 0 AND state IN ('received','ready','released','picked','verified')"),
        postgresql_where=sa.text("held > 0 AND state IN ('received','ready','released','picked','verified')"),
    )
    op.create_index("ix_orders_number", "orders", ["number"], unique=False)
    op.create_index(
        "ix_orders_queue",
        "orders",
        ["queue_at", "rank", "ordered_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('received','ready','released','picked','verified')"),
        postgresql_where=sa.text("state IN ('received','ready','released','picked','verified')"),
    )
    op.create_index(
        "ix_orders_released",
        "orders",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('released','picked')"),
        postgresql_where=sa.text("state IN ('released','picked')"),
    )
    op.create_index("ix_orders_ship_number", "orders", ["batch", "sequence"], unique=True)
    op.create_index(
        "ix_orders_shop_queue",
        "orders",
        ["shop_id", "queue_at", "rank", "ordered_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('received','ready','released','picked','verified')"),
        postgresql_where=sa.text("state IN ('received','ready','released','picked','verified')"),
    )
    op.create_index(
        "ix_orders_takeable",
        "orders",
        ["queue_at", "rank", "ordered_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready','released','picked') AND held = 0 AND holder = ''"),
        postgresql_where=sa.text("state IN ('ready','released','picked') AND held = 0 AND holder = ''"),
    )
    op.create_table(
        "product_codes",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("fold", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_product_codes_quantity")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_codes_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_codes")),
        sa.UniqueConstraint("code", "product_id", name=op.f("uq_product_codes_code_product_id")),
    )
    op.create_index("ix_product_codes_fold", "product_codes", ["fold"], unique=False)
    op.create_index(op.f("ix_product_codes_product_id"), "product_codes", ["product_id"], unique=False)
    op.create_table(
        "holds",
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("hold", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_holds_order_id")),
        sa.PrimaryKeyConstraint("order_id", "hold", name=op.f("pk_holds")),
    )
    op.create_table(
        "order_lines",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("short", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("price", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("tax_rate", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("options", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name=op.f("ck_order_lines_counts")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_order_lines_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
    )
    op.create_index(op.f("ix_order_lines_order_id"), "order_lines", ["order_id"], unique=False)
    op.create_index(
        "ix_order_lines_unknown",
        "order_lines",
        ["sku"],
        unique=False,
        sqlite_where=sa.text("product_id IS NULL"),
        postgresql_where=sa.text("product_id IS NULL"),
    )
    op.create_table(
        "parcels",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_parcels_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcels")),
    )
    op.create_index(op.f("ix_parcels_order_id"), "parcels", ["order_id"], unique=False)
    op.create_table(
        "steps",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("parcel_id", _KEY, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("line_id", _KEY, nullable=True),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("code", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("source", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("undone", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_steps_order_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcels.id"], name=op.f("fk_steps_parcel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    op.create_index(
        "ix_steps_standing",
        "steps",
        ["order_id", "id"],
        unique=False,
        sqlite_where=sa.text("undone = ''"),
        postgresql_where=sa.text("undone = ''"),
    )
    for statement in first(op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))
