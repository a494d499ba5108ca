"""Every table, typed. Times are milliseconds since 1970 UTC, switches 0 or 1, money decimal text, JSON plain text.

Plain types only, so that the scan path may run compiled statements on the driver without converting values.
Triggers (see :mod:`app.storage.triggers`) keep the balances and the tallies, and refuse changes to the append-only
tables.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Named,
    SmallInteger,
    String,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    text,
)

__all__ = [
    "LIVE_STATES",
    "REVISION",
    "balances",
    "batches",
    "holds",
    "imports",
    "journal",
    "lines",
    "metadata",
    "moves",
    "orders",
    "parcels",
    "people",
    "print_jobs",
    "product_codes",
    "products",
    "settings",
    "shops",
    "stations",
    "steps",
    "tallies",
]

REVISION = "0001"
"""Migration that these tables stand for; a test holds it against the newest script."""

LIVE_STATES = ("received", "ready", "released", "picked", "verified")
"""Order states that lists and queues look at; partial indexes cover just these."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives out row ids only for a column that is an INTEGER PRIMARY KEY."""
_EMPTY = text("''")
_ZERO = text("0")
_LIVE = text("state IN ('received','ready','released','picked','verified')")
_HELD = text("held > 0 AND state IN ('received','ready','released','picked','verified')")
_RELEASED = text("state IN ('released','picked')")
_TAKEABLE = text("state IN ('ready','released','picked') AND held = 0 AND holder = ''")


class _Shops(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    channel: Named[str]
    name: Named[str]


shops = Table("shops", metadata, _Shops, UniqueConstraint("channel", "name"))
"""One store on a channel."""


class _Settings(TypedColumns):
    key = Column(String(80), primary_key=True)
    value: Named[str] = Column(Text)


settings = Table("settings", metadata, _Settings)
"""What the shop decided; keys and defaults in :mod:`app.settings`."""


class _People(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    code: Named[str] = Column(unique=True)
    name: Named[str]
    role: Named[str]
    language: Named[str] = Column(server_default=_EMPTY)


people = Table("people", metadata, _People)


class _Products(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    sku: Named[str] = Column(unique=True)
    fold: Named[str] = Column(index=True)
    name: Named[str]
    name_en: Named[str] = Column(server_default=_EMPTY)
    main_code: Named[str] = Column(server_default=_EMPTY)
    weight_g: Named[int | None]
    length_mm: Named[int | None]
    width_mm: Named[int | None]
    height_mm: Named[int | None]
    picture: Named[str] = Column(server_default=_EMPTY)
    shelf: Named[str] = Column(server_default=_EMPTY)
    lot_policy: Named[str] = Column(server_default=text("'none'"))


products = Table("products", metadata, _Products)
"""Goods. ``fold`` is the SKU without case, ``main_code`` the first GTIN for showing."""


class _ProductCodes(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), index=True)
    code: Named[str]
    fold: Named[str]
    kind: Named[str]
    quantity: Named[int]


product_codes = Table(
    "product_codes",
    metadata,
    _ProductCodes,
    UniqueConstraint("code", "product_id"),
    Index("ix_product_codes_fold", "fold"),
    CheckConstraint("quantity >= 1", name="quantity"),
)
"""Codes on goods, the SKU among them (kind ``sku``); ``fold`` is the code without case."""


class _Batches(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    at: Named[int] = Column(BigInteger)
    act: Named[str]


batches = Table("batches", metadata, _Batches, sqlite_autoincrement=True)
"""One row a release call; its id is the batch number, which never restarts."""


class _Orders(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    shop_id: Named[int] = Column(_Key, ForeignKey("shops.id"))
    number: Named[str]
    ship_to_key: Named[str]
    state: Named[str] = Column(String(16))
    held: Named[int] = Column(SmallInteger, server_default=_ZERO)
    version: Named[int] = Column(server_default=_ZERO)
    batch: Named[int | None] = Column(BigInteger)
    sequence: Named[int | None]
    received_at: Named[int] = Column(BigInteger)
    ordered_at: Named[int] = Column(BigInteger)
    cut_off: Named[int | None] = Column(BigInteger)
    queue_at: Named[int] = Column(BigInteger)
    rank: Named[int]
    holder: Named[str] = Column(server_default=_EMPTY)
    lease_until: Named[int] = Column(BigInteger, server_default=_ZERO)
    line_count: Named[int]
    pieces: Named[int]
    ship_name: Named[str]
    prefecture: Named[str]
    gift: Named[int] = Column(SmallInteger)
    content: Named[str] = Column(Text)
    digest: Named[str]


orders = Table(
    "orders",
    metadata,
    _Orders,
    UniqueConstraint("shop_id", "number", "ship_to_key"),
    Index("ix_orders_number", "number"),
    Index("ix_orders_ship_number", "batch", "sequence", unique=True),
    Index(
        "ix_orders_queue",
        "queue_at",
        "rank",
        "ordered_at",
        "id",
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index(
        "ix_orders_shop_queue",
        "shop_id",
        "queue_at",
        "rank",
        "ordered_at",
        "id",
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index("ix_orders_held", "shop_id", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_orders_released", "id", sqlite_where=_RELEASED, postgresql_where=_RELEASED),
    Index(
        "ix_orders_takeable",
        "queue_at",
        "rank",
        "ordered_at",
        "id",
        sqlite_where=_TAKEABLE,
        postgresql_where=_TAKEABLE,
    ),
)
"""Orders. Queue order is ``queue_at`` (cut-off, far future where none), ``rank`` (minus priority), ``ordered_at``;
``held`` counts the standing holds; ``content`` is what papers need, as JSON; ``digest`` tells same from changed."""


class _Lines(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    position: Named[int]
    sku: Named[str]
    name: Named[str]
    product_id: Named[int | None] = Column(_Key, ForeignKey("products.id"))
    wanted: Named[int]
    done: Named[int] = Column(server_default=_ZERO)
    short: Named[int] = Column(server_default=_ZERO)
    price: Named[str] = Column(server_default=_EMPTY)
    tax_rate: Named[str] = Column(server_default=_EMPTY)
    options: Named[str] = Column(Text, server_default=_EMPTY)


_UNKNOWN = text("product_id IS NULL")
lines = Table(
    "order_lines",
    metadata,
    _Lines,
    CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name="counts"),
    Index("ix_order_lines_unknown", "sku", sqlite_where=_UNKNOWN, postgresql_where=_UNKNOWN),
)
"""Order lines; the database itself refuses more than wanted."""


class _Holds(TypedColumns):
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), primary_key=True)
    hold: Named[str] = Column(String(32), primary_key=True)
    detail: Named[str] = Column(Text, server_default=_EMPTY)
    at: Named[int] = Column(BigInteger)
    lifted_at: Named[int | None] = Column(BigInteger)


holds = Table("holds", metadata, _Holds)
"""Reasons why an order may not ship; a lifted one stays on record and does not come back by itself."""


class _Parcels(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    version: Named[int]
    state: Named[str] = Column(String(16))
    station: Named[str]
    opened_at: Named[int] = Column(BigInteger)
    closed_at: Named[int | None] = Column(BigInteger)


parcels = Table("parcels", metadata, _Parcels)
"""Parcels 個口; what is in one is in the steps and in the ledger."""


class _Steps(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"))
    parcel_id: Named[int] = Column(_Key, ForeignKey("parcels.id"))
    act: Named[str]
    kind: Named[str] = Column(String(8))
    line_id: Named[int | None] = Column(_Key)
    product_id: Named[int | None] = Column(_Key)
    code: Named[str] = Column(server_default=_EMPTY)
    quantity: Named[int]
    lot: Named[str] = Column(server_default=_EMPTY)
    source: Named[str] = Column(server_default=_EMPTY)
    reason: Named[str] = Column(server_default=_EMPTY)
    undone: Named[str] = Column(server_default=_EMPTY)


_STANDING = text("undone = ''")
steps = Table(
    "steps",
    metadata,
    _Steps,
    Index("ix_steps_standing", "order_id", "id", sqlite_where=_STANDING, postgresql_where=_STANDING),
)
"""What was done to open orders, one row an undoable step; ``undone`` names the act that took it back."""


class _Moves(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"))
    lot: Named[str]
    source: Named[str]
    target: Named[str]
    quantity: Named[int]
    order_id: Named[int | None] = Column(_Key)


moves = Table(
    "moves",
    metadata,
    _Moves,
    CheckConstraint("quantity >= 1 AND source <> target", name="moves_something"),
    Index("ix_moves_product_id", "product_id"),
)
"""The stock ledger, two-sided and append-only."""


class _Balances(TypedColumns):
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    place: Named[str] = Column(primary_key=True)
    lot: Named[str] = Column(primary_key=True)
    quantity: Named[int] = Column(BigInteger)


balances = Table("balances", metadata, _Balances, sqlite_with_rowid=False)
"""Pieces by product, place and lot; kept by the trigger of ``moves``."""


class _Journal(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str] = Column(unique=True)
    station: Named[str]
    seq: Named[int] = Column(BigInteger)
    at: Named[int] = Column(BigInteger)
    person_id: Named[int | None] = Column(_Key)
    order_id: Named[int | None] = Column(_Key)
    kind: Named[str] = Column(String(16))
    raw: Named[str] = Column(Text)
    key: Named[str]
    level: Named[str] = Column(String(8))
    answer: Named[str] = Column(Text)
    facts: Named[str] = Column(Text)
    prev: Named[str]
    hash: Named[str]


journal = Table(
    "journal",
    metadata,
    _Journal,
    UniqueConstraint("station", "seq"),
    Index("ix_journal_order_id", "order_id"),
)
"""One row an act, refused ones too, append-only and hash-chained per station."""


class _Stations(TypedColumns):
    name = Column(String(64), primary_key=True)
    seq: Named[int] = Column(BigInteger, server_default=_ZERO)
    head: Named[str] = Column(server_default=_EMPTY)
    order_id: Named[int | None] = Column(_Key)
    parcel_id: Named[int | None] = Column(_Key)
    person_id: Named[int | None] = Column(_Key)
    question: Named[str] = Column(Text, server_default=_EMPTY)
    last_key: Named[str] = Column(server_default=_EMPTY)
    last_level: Named[str] = Column(server_default=_EMPTY)
    unknown: Named[str] = Column(server_default=_EMPTY)
    seen_at: Named[int] = Column(BigInteger, server_default=_ZERO)


stations = Table("stations", metadata, _Stations)
"""Where each station stands: head of its chain, open order, standing question, last answer."""


class _PrintJobs(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    station: Named[str]
    paper: Named[str]
    order_id: Named[int | None] = Column(_Key, index=True)
    batch: Named[int | None] = Column(BigInteger)
    version: Named[int]
    copy_reason: Named[str] = Column(server_default=_EMPTY)
    state: Named[str] = Column(String(10), server_default=text("'waiting'"))
    attempts: Named[int] = Column(server_default=_ZERO)
    not_before: Named[int] = Column(BigInteger, server_default=_ZERO)
    error: Named[str] = Column(Text, server_default=_EMPTY)
    result: Named[str] = Column(Text, server_default=_EMPTY)


_OUTBOX = text("state IN ('waiting','sent','unknown','failed')")
print_jobs = Table(
    "print_jobs",
    metadata,
    _PrintJobs,
    Index("ix_print_jobs_outbox", "station", "id", sqlite_where=_OUTBOX, postgresql_where=_OUTBOX),
)
"""The print outbox: rows written with the act that caused them."""


class _Tallies(TypedColumns):
    shard: Named[str] = Column(String(64), primary_key=True)
    shop_id: Named[int] = Column(_Key, primary_key=True)
    state: Named[str] = Column(String(16), primary_key=True)
    number: Named[int] = Column(BigInteger)


tallies = Table("tallies", metadata, _Tallies)
"""Orders by shop and state, kept by the triggers of ``orders``; the sum over the shards is the count."""


class _Imports(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    file: Named[str]
    sha256: Named[str]
    channel: Named[str]
    shop: Named[str]
    result: Named[str] = Column(Text)


imports = Table("imports", metadata, _Imports)
"""Files taken in, with their figures as JSON."""
