"""Shipping: carriers, waybills, release batches, reservation, pull list, hand-over, dispatch reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.triggers import DONE, shipping

revision = "0002"
down_revision = "0001"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns and tables; no table is rebuilt, so the triggers of the first revision stay."""
    op.create_table(
        "carrier_accounts",
        sa.Column("shop_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "carrier", "name", name=op.f("pk_carrier_accounts")),
    )
    op.create_table(
        "closed_days",
        sa.Column("shop_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "day", name=op.f("pk_closed_days")),
    )
    op.create_table(
        "delivery_methods",
        sa.Column("shop_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "method", name=op.f("pk_delivery_methods")),
    )
    op.create_table(
        "exports",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("shop_id", _KEY, nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(length=8), server_default=sa.text("'made'"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_batch"), "exports", ["batch"], unique=False)
    op.create_table(
        "handovers",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("pickup", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("driver_count", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(
        "ix_handovers_open",
        "handovers",
        ["carrier", "pickup"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_handovers_pickup", "handovers", ["carrier", "pickup"], unique=False)
    op.create_table(
        "lead_times",
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("prefecture", sa.String(length=8), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("carrier", "origin", "prefecture", name=op.f("pk_lead_times")),
    )
    op.create_table(
        "loads",
        sa.Column("cut_off", sa.BigInteger(), nullable=False),
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("shard", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cut_off", "carrier", "state", "shard", name=op.f("pk_loads")),
    )
    op.create_table(
        "pickups",
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("time", sa.String(length=5), nullable=False),
        sa.PrimaryKeyConstraint("carrier", "time", name=op.f("pk_pickups")),
    )
    op.create_table(
        "releases",
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("taken_back", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("batch", "sequence", name=op.f("pk_releases")),
    )
    op.create_index(op.f("ix_releases_order_id"), "releases", ["order_id"], unique=False)
    op.create_table(
        "option_texts",
        sa.Column("parent_fold", sa.String(), nullable=False),
        sa.Column("text_fold", sa.String(), nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_option_texts_product_id")),
        sa.PrimaryKeyConstraint("parent_fold", "text_fold", name=op.f("pk_option_texts")),
    )
    op.create_index(op.f("ix_option_texts_product_id"), "option_texts", ["product_id"], unique=False)
    op.create_table(
        "product_parts",
        sa.Column("set_id", _KEY, nullable=False),
        sa.Column("part_id", _KEY, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 1 AND set_id <> part_id", name=op.f("ck_product_parts_quantity")),
        sa.ForeignKeyConstraint(["part_id"], ["products.id"], name=op.f("fk_product_parts_part_id")),
        sa.ForeignKeyConstraint(["set_id"], ["products.id"], name=op.f("fk_product_parts_set_id")),
        sa.PrimaryKeyConstraint("set_id", "part_id", name=op.f("pk_product_parts")),
    )
    op.create_table(
        "promised",
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_promised_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_promised")),
    )
    op.create_table(
        "reports",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", _KEY, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default=sa.text("'made'"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_reports_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("asked", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("due", sa.String(length=10), server_default=sa.text("''"), nullable=False),
        sa.Column("shelf", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("answer", sa.String(length=12), server_default=sa.text("''"), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_contacts_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(
        "ix_contacts_open",
        "contacts",
        ["id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_contacts_order_id"), "contacts", ["order_id"], unique=False)
    op.create_table(
        "pulls",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(length=32), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("quantity", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("product_id", _KEY, nullable=True),
        sa.Column("lot", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("shelf", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_pulls_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulls")),
    )
    op.create_index(
        "ix_pulls_open",
        "pulls",
        ["id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(op.f("ix_pulls_order_id"), "pulls", ["order_id"], unique=False)
    op.create_table(
        "report_rows",
        sa.Column("report_id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_report_rows_order_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_rows_report_id")),
        sa.PrimaryKeyConstraint("report_id", "order_id", "number", name=op.f("pk_report_rows")),
    )
    op.create_index("ix_report_rows_order", "report_rows", ["order_id"], unique=False)
    op.create_table(
        "waybills",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("cod", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=40), server_default=sa.text("''"), nullable=False),
        sa.Column("carrier_cod", sa.Integer(), nullable=True),
        sa.Column("carrier_pieces", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("by_hand", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("export_id", _KEY, nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("parcel_id", _KEY, nullable=True),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("numbered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_waybills_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waybills")),
        sa.UniqueConstraint("key", "piece", name=op.f("uq_waybills_key_piece")),
    )
    op.create_index("ix_waybills_batch", "waybills", ["batch", "sequence"], unique=False)
    op.create_index(op.f("ix_waybills_key"), "waybills", ["key"], unique=False)
    op.create_index(
        "ix_waybills_number",
        "waybills",
        ["number"],
        unique=False,
        sqlite_where=sa.text("number <> ''"),
        postgresql_where=sa.text("number <> ''"),
    )
    op.create_index(op.f("ix_waybills_order_id"), "waybills", ["order_id"], unique=False)
    op.create_index(
        "ix_waybills_wanted",
        "waybills",
        ["carrier", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('requested','exported','accepted','rejected')"),
        postgresql_where=sa.text("state IN ('requested','exported','accepted','rejected')"),
    )
    op.add_column("batches", sa.Column("station", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("batches", sa.Column("person_id", _KEY, nullable=True))
    op.add_column("batches", sa.Column("size", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("imports", sa.Column("kind", sa.String(length=8), server_default=sa.text("'orders'"), nullable=False))
    op.add_column("imports", sa.Column("complete", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_imports_shop", "imports", ["kind", "channel", "shop", "id"], unique=False)
    op.add_column("order_lines", sa.Column("reserved", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("order_lines", sa.Column("sold", sa.Integer(), nullable=True))
    op.add_column("orders", sa.Column("carrier", sa.String(length=32), server_default=sa.text("''"), nullable=False))
    op.add_column("orders", sa.Column("service", sa.String(length=32), server_default=sa.text("''"), nullable=False))
    op.add_column("orders", sa.Column("service_by", sa.String(length=8), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "orders", sa.Column("temperature", sa.String(length=8), server_default=sa.text("'ambient'"), nullable=False)
    )
    op.add_column("orders", sa.Column("size", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("orders", sa.Column("ship_date", sa.String(length=10), server_default=sa.text("''"), nullable=False))
    op.add_column("orders", sa.Column("wish_date", sa.String(length=10), server_default=sa.text("''"), nullable=False))
    op.add_column("orders", sa.Column("slot", sa.String(length=8), server_default=sa.text("''"), nullable=False))
    op.add_column("orders", sa.Column("cod", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("orders", sa.Column("parcel_count", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("orders", sa.Column("merge_key", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("orders", sa.Column("lead_id", _KEY, nullable=True))
    op.add_column("orders", sa.Column("parked", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("orders", sa.Column("report_id", _KEY, nullable=True))
    op.create_index(
        "ix_orders_ahead",
        "orders",
        ["ship_date"],
        unique=False,
        sqlite_where=sa.text("ship_date <> '' AND state IN ('received','ready')"),
        postgresql_where=sa.text("ship_date <> '' AND state IN ('received','ready')"),
    )
    op.create_index(
        "ix_orders_lead",
        "orders",
        ["lead_id"],
        unique=False,
        sqlite_where=sa.text("lead_id IS NOT NULL"),
        postgresql_where=sa.text("lead_id IS NOT NULL"),
    )
    op.create_index(
        "ix_orders_merge",
        "orders",
        ["merge_key"],
        unique=False,
        sqlite_where=sa.text("merge_key <> '' AND state IN ('received','ready')"),
        postgresql_where=sa.text("merge_key <> '' AND state IN ('received','ready')"),
    )
    op.create_index(
        "ix_orders_shipped",
        "orders",
        ["shop_id", "state"],
        unique=False,
        sqlite_where=sa.text("state IN ('shipped','reported')"),
        postgresql_where=sa.text("state IN ('shipped','reported')"),
    )
    op.create_index(
        "ix_orders_verified",
        "orders",
        ["carrier", "cut_off"],
        unique=False,
        sqlite_where=sa.text("state = 'verified'"),
        postgresql_where=sa.text("state = 'verified'"),
    )
    op.create_index(
        "ix_balances_shelf",
        "balances",
        ["product_id"],
        unique=False,
        sqlite_where=sa.text("place LIKE 'shelf:%'"),
        postgresql_where=sa.text("place LIKE 'shelf:%'"),
    )
    op.add_column("parcels", sa.Column("unlabelled", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("parcels", sa.Column("slips", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("parcels", sa.Column("handover_id", _KEY, nullable=True))
    op.create_index(
        "ix_parcels_closed",
        "parcels",
        ["closed_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        "ix_parcels_handover",
        "parcels",
        ["handover_id"],
        unique=False,
        sqlite_where=sa.text("handover_id IS NOT NULL"),
        postgresql_where=sa.text("handover_id IS NOT NULL"),
    )
    op.add_column(
        "products", sa.Column("temperature", sa.String(length=8), server_default=sa.text("'ambient'"), nullable=False)
    )
    op.add_column(
        "products", sa.Column("on_sale_from", sa.String(length=10), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("shops", sa.Column("settings", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("stations", sa.Column("off_by", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("stations", sa.Column("off_order", _KEY, nullable=True))
    op.add_column("steps", sa.Column("waybill_id", _KEY, nullable=True))
    op.drop_index("ix_orders_takeable", table_name="orders")
    takeable = sa.text(
        "state IN ('ready','released','picked') AND held = 0 AND holder = '' AND parked = 0 AND lead_id IS NULL"
    )
    op.create_index(
        "ix_orders_takeable",
        "orders",
        ["queue_at", "rank", "ordered_at", "id"],
        sqlite_where=takeable,
        postgresql_where=takeable,
    )
    op.execute(
        "INSERT INTO releases (batch, sequence, order_id, version) "
        "SELECT batch, sequence, id, version FROM orders WHERE batch IS NOT NULL"
    )
    for statement in shipping(op.get_bind().dialect.name, DONE):
        op.execute(sa.text(statement.replace(":", "\\:")))
