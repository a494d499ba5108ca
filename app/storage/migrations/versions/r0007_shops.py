"""Shops and carriers: mappings, watched folders, what an import did, listings, shops' files, mails, rates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_ZERO = sa.text("0")
_ONE = sa.text("1")
_NOTHING = sa.text("'{}'")
_OUTBOX = sa.text("state IN ('waiting','sent','unknown','failed')")
_FIRST = sa.text("repeats IS NULL")


def upgrade() -> None:
    """Add columns and tables; no table is rebuilt, so the triggers stay."""
    for column in (
        sa.Column("station", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("path", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("size", sa.BigInteger(), server_default=_ZERO, nullable=False),
        sa.Column("options", sa.Text(), server_default=_NOTHING, nullable=False),
        sa.Column("folder_id", _KEY, nullable=True),
        sa.Column("again_id", _KEY, nullable=True),
        sa.Column("taken_back_at", sa.BigInteger(), nullable=True),
    ):
        op.add_column("imports", column)
    for column in (
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column("choice", sa.Text(), server_default=_EMPTY, nullable=False),
    ):
        op.add_column("orders", column)
    for column in (
        sa.Column("price", sa.String(length=20), server_default=_EMPTY, nullable=False),
        sa.Column("tax_rate", sa.String(length=8), server_default=_EMPTY, nullable=False),
        sa.Column("on_sale_to", sa.String(length=10), server_default=_EMPTY, nullable=False),
        sa.Column("category", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("note", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("retired", sa.SmallInteger(), server_default=_ZERO, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), server_default=_ZERO, nullable=False),
    ):
        op.add_column("products", column)
    op.create_table(
        "folders",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), server_default=sa.text("'orders'"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("shop", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("options", sa.Text(), server_default=_NOTHING, nullable=False),
        sa.Column("active", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("state", sa.String(length=12), server_default=_EMPTY, nullable=False),
        sa.Column("told", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folders")),
        sa.UniqueConstraint("name", name=op.f("uq_folders_name")),
    )
    op.create_table(
        "islands",
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("postcode", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(), server_default=_EMPTY, nullable=False),
        sa.PrimaryKeyConstraint("carrier", "postcode", name=op.f("pk_islands")),
    )
    op.create_table(
        "mail_accounts",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(length=8), server_default=sa.text("'starttls'"), nullable=False),
        sa.Column("login", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("station", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("per_minute", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("active", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("state", sa.String(length=12), server_default=_EMPTY, nullable=False),
        sa.Column("told", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_mail_accounts_name")),
    )
    op.create_table(
        "mappings",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mappings")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_mappings_kind_name")),
    )
    op.create_table(
        "rate_extras",
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("up_to", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "carrier", "service", "kind", "size", "up_to", "valid_from", name=op.f("pk_rate_extras")
        ),
    )
    op.create_table(
        "rate_zones",
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("prefecture", sa.String(length=8), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("carrier", "prefecture", name=op.f("pk_rate_zones")),
    )
    op.create_table(
        "rates",
        sa.Column("carrier", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("carrier", "service", "size", "origin", "zone", "valid_from", name=op.f("pk_rates")),
    )
    op.create_table(
        "import_fixes",
        sa.Column("import_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("at_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_fixes_import_id")),
        sa.PrimaryKeyConstraint("import_id", "file", "at_row", "field", name=op.f("pk_import_fixes")),
    )
    op.create_table(
        "import_orders",
        sa.Column("import_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("order_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("before", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_orders_import_id")),
        sa.PrimaryKeyConstraint("import_id", "order_id", name=op.f("pk_import_orders")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_problems",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("import_id", _KEY, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("at_row", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("value", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("args", sa.Text(), server_default=_NOTHING, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_problems_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_problems")),
    )
    op.create_index(op.f("ix_import_problems_import_id"), "import_problems", ["import_id"], unique=False)
    op.create_table(
        "listings",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("shop_id", _KEY, nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("fold", sa.String(), nullable=False),
        sa.Column("title", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("price", sa.String(length=20), server_default=_EMPTY, nullable=False),
        sa.Column("kept_back", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("active", sa.SmallInteger(), server_default=_ONE, nullable=False),
        sa.Column("extra", sa.Text(), server_default=_NOTHING, nullable=False),
        sa.Column("sent", sa.Text(), server_default=_NOTHING, nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_listings_product_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_listings_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
        sa.UniqueConstraint("shop_id", "fold", name=op.f("uq_listings_shop_id_fold")),
    )
    op.create_index(op.f("ix_listings_product_id"), "listings", ["product_id"], unique=False)
    op.create_table(
        "shop_files",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("state", sa.String(length=8), server_default=sa.text("'made'"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_shop_files_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_files")),
    )
    op.create_table(
        "mails",
        sa.Column("id", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=64), server_default=_EMPTY, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("body", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("message_id", sa.String(), server_default=_EMPTY, nullable=False),
        sa.Column("state", sa.String(length=10), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("not_before", sa.BigInteger(), server_default=_ZERO, nullable=False),
        sa.Column("error", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("repeats", _KEY, nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(length=8), server_default=_EMPTY, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["mail_accounts.id"], name=op.f("fk_mails_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_mails_order_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_mails_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index(
        "ix_mails_once",
        "mails",
        ["order_id", "kind", "about"],
        unique=True,
        sqlite_where=_FIRST,
        postgresql_where=_FIRST,
    )
    op.create_index(op.f("ix_mails_order_id"), "mails", ["order_id"], unique=False)
    op.create_index("ix_mails_outbox", "mails", ["id"], unique=False, sqlite_where=_OUTBOX, postgresql_where=_OUTBOX)
