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
    LargeBinary,
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
    "alikes",
    "balances",
    "batches",
    "boxes",
    "buyers",
    "carrier_accounts",
    "carton_choices",
    "carton_plans",
    "carton_weights",
    "cartons",
    "closed_days",
    "confusions",
    "contacts",
    "containers",
    "counts",
    "delivery_methods",
    "exports",
    "extras",
    "folders",
    "handovers",
    "holds",
    "import_fixes",
    "import_orders",
    "import_problems",
    "imports",
    "insert_rules",
    "islands",
    "jobs",
    "journal",
    "lead_times",
    "lines",
    "listings",
    "loads",
    "lots",
    "mail_accounts",
    "mails",
    "mappings",
    "marks",
    "metadata",
    "moves",
    "option_texts",
    "orders",
    "overrides",
    "parcels",
    "people",
    "photos",
    "pick_steps",
    "picks",
    "pickups",
    "print_jobs",
    "print_rules",
    "printers",
    "product_codes",
    "product_parts",
    "product_weights",
    "products",
    "promised",
    "pulls",
    "rate_extras",
    "rate_zones",
    "rates",
    "releases",
    "report_rows",
    "reports",
    "return_steps",
    "returns",
    "settings",
    "shelves",
    "shop_files",
    "shops",
    "stations",
    "steps",
    "tallies",
    "templates",
    "waves",
    "waybills",
]

REVISION = "0007"
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
_TAKEABLE = text(
    "state IN ('ready','released','picked') AND held = 0 AND holder = '' AND parked = 0 AND lead_id IS NULL"
    " AND picking = 0"
)
_AHEAD = text("ship_date <> '' AND state IN ('received','ready')")
_MERGEABLE = text("merge_key <> '' AND state IN ('received','ready')")
_VERIFIED = text("state = 'verified'")
_SHIPPED = text("state IN ('shipped','reported')")
_LED = text("lead_id IS NOT NULL")
_AMBIENT = text("'ambient'")
_ONE = text("1")


class _Shops(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    channel: Named[str]
    name: Named[str]
    settings: Named[str] = Column(Text, server_default=text("'{}'"))


shops = Table("shops", metadata, _Shops, UniqueConstraint("channel", "name"))
"""One store on a channel; ``settings`` is JSON of what this shop decides otherwise than the house."""


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
    temperature: Named[str] = Column(String(8), server_default=_AMBIENT)
    on_sale_from: Named[str] = Column(String(10), server_default=_EMPTY)
    lot_from: Named[str] = Column(String(8), server_default=text("'auto'"))
    min_days: Named[int | None]
    keyed: Named[int] = Column(SmallInteger, server_default=_ZERO)
    no_code: Named[int] = Column(SmallInteger, server_default=_ZERO)
    unit_scan: Named[int] = Column(SmallInteger, server_default=_ZERO)
    alike: Named[int] = Column(SmallInteger, server_default=_ZERO)
    fragile: Named[int] = Column(SmallInteger, server_default=_ZERO)
    orientation: Named[str] = Column(String(8), server_default=text("'any'"))
    liquid: Named[int] = Column(SmallInteger, server_default=_ZERO)
    dangerous: Named[int] = Column(SmallInteger, server_default=_ZERO)
    pressed_mm: Named[int | None]
    cushion_mm: Named[int | None]
    own_carton: Named[int] = Column(SmallInteger, server_default=_ZERO)
    pack_note: Named[str] = Column(Text, server_default=_EMPTY)
    pack_picture: Named[str] = Column(server_default=_EMPTY)
    price: Named[str] = Column(String(20), server_default=_EMPTY)
    tax_rate: Named[str] = Column(String(8), server_default=_EMPTY)
    on_sale_to: Named[str] = Column(String(10), server_default=_EMPTY)
    category: Named[str] = Column(server_default=_EMPTY)
    note: Named[str] = Column(Text, server_default=_EMPTY)
    retired: Named[int] = Column(SmallInteger, server_default=_ZERO)
    changed_at: Named[int] = Column(BigInteger, server_default=_ZERO)


products = Table("products", metadata, _Products)
"""Goods. ``fold`` is the SKU without case, ``main_code`` the first GTIN for showing; ``on_sale_from`` is the day
(``YYYY-MM-DD``) before which an order of it is a pre-order. ``lot_from`` says where lot and expiry come from,
``min_days`` how long it must keep at least, ``keyed`` that its number may be typed, ``no_code`` that nothing is printed
on it, ``unit_scan`` that each piece is scanned; ``alike`` is 1 while a pair of ``alikes`` stands for it; what is
``fragile`` is picked last.

How it is packed: ``orientation`` is how a piece may lie (``any``, ``upright``, ``lying``), ``liquid`` stands always,
``dangerous`` shares its box with no other product, ``pressed_mm`` is the thickness of soft goods in a flat carton,
``cushion_mm`` the protection around it (NULL: by the shop's rule), ``own_carton`` goes out in its maker's carton.
``pack_note`` and ``pack_picture`` are shown when its first piece is scanned.

How it is sold: ``price`` (yen with tax) and ``tax_rate`` (``0.08``) as decimal text, ``on_sale_to`` the last day of
sale (``YYYY-MM-DD``), ``category`` and ``note`` as the house writes them; a ``retired`` one is sold no longer and still
known. ``changed_at`` is the last change of any of it, so that shops' files can hold what is new."""


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


class _ProductParts(TypedColumns):
    set_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    part_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    quantity: Named[int]


product_parts = Table(
    "product_parts", metadata, _ProductParts, CheckConstraint("quantity >= 1 AND set_id <> part_id", name="quantity")
)
"""What a set is made of."""


class _OptionTexts(TypedColumns):
    parent_fold: Named[str] = Column(primary_key=True)
    text_fold: Named[str] = Column(primary_key=True)
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), index=True)


option_texts = Table("option_texts", metadata, _OptionTexts)
"""Which product a shop's code with an option text means; both folded as :func:`app.domain.products.sku_fold` does."""


class _Batches(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    at: Named[int] = Column(BigInteger)
    act: Named[str]
    station: Named[str] = Column(server_default=_EMPTY)
    person_id: Named[int | None] = Column(_Key)
    size: Named[int] = Column(server_default=_ZERO)


batches = Table("batches", metadata, _Batches, sqlite_autoincrement=True)
"""One row a release call; its id is the batch number, which never restarts. ``size`` counts its orders."""


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
    carrier: Named[str] = Column(String(32), server_default=_EMPTY)
    service: Named[str] = Column(String(32), server_default=_EMPTY)
    service_by: Named[str] = Column(String(8), server_default=_EMPTY)
    temperature: Named[str] = Column(String(8), server_default=_AMBIENT)
    size: Named[int] = Column(server_default=_ZERO)
    ship_date: Named[str] = Column(String(10), server_default=_EMPTY)
    wish_date: Named[str] = Column(String(10), server_default=_EMPTY)
    slot: Named[str] = Column(String(8), server_default=_EMPTY)
    cod: Named[int] = Column(server_default=_ZERO)
    parcel_count: Named[int] = Column(server_default=_ONE)
    merge_key: Named[str] = Column(server_default=_EMPTY)
    lead_id: Named[int | None] = Column(_Key)
    parked: Named[int] = Column(SmallInteger, server_default=_ZERO)
    report_id: Named[int | None] = Column(_Key)
    picking: Named[int] = Column(SmallInteger, server_default=_ZERO)
    plan: Named[str] = Column(Text, server_default=_EMPTY)
    extras: Named[int] = Column(SmallInteger, server_default=_ZERO)
    rate: Named[int | None]
    choice: Named[str] = Column(Text, server_default=_EMPTY)


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
    Index("ix_orders_ahead", "ship_date", sqlite_where=_AHEAD, postgresql_where=_AHEAD),
    Index("ix_orders_merge", "merge_key", sqlite_where=_MERGEABLE, postgresql_where=_MERGEABLE),
    Index("ix_orders_lead", "lead_id", sqlite_where=_LED, postgresql_where=_LED),
    Index("ix_orders_verified", "carrier", "cut_off", sqlite_where=_VERIFIED, postgresql_where=_VERIFIED),
    Index("ix_orders_shipped", "shop_id", "state", sqlite_where=_SHIPPED, postgresql_where=_SHIPPED),
)
"""Orders. Queue order is ``queue_at`` (cut-off, far future where none), ``rank`` (minus priority), ``ordered_at``;
``held`` counts the standing holds; ``content`` is what papers need, as JSON; ``digest`` tells same from changed.

What the gate decided: ``carrier``, ``service`` (``service_by`` is ``hand`` where a person chose it), ``temperature``,
``size`` (estimated sum of three sides, cm; 0 unknown), ``ship_date``, ``wish_date`` (``YYYY-MM-DD``), ``slot``, ``cod``
(yen), ``parcel_count``. ``cut_off`` is the pickup to catch. ``merge_key`` is the same for orders that may go in one
parcel; ``lead_id`` names the order whose parcel a merged one shares. ``parked`` orders are passed over by the queue,
and so are those that are ``picking``: a pick job has them and is not done. ``plan`` is which cartons were proposed and
which pieces go into each (JSON, empty for none yet), ``extras`` counts rows of ``extras``. ``rate`` is what sending it
is expected to cost (yen; NULL where no table says it), ``choice`` why it goes by this service (JSON, empty for no
choice)."""


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
    reserved: Named[int] = Column(server_default=_ZERO)
    sold: Named[int | None]
    picked: Named[int] = Column(server_default=_ZERO)


_UNKNOWN = text("product_id IS NULL")
lines = Table(
    "order_lines",
    metadata,
    _Lines,
    CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name="counts"),
    Index("ix_order_lines_unknown", "sku", sqlite_where=_UNKNOWN, postgresql_where=_UNKNOWN),
)
"""Order lines; the database itself refuses more than wanted. ``reserved`` counts pieces 引当済; ``sold`` is the index
in the order's ``content["sold"]`` of the line as sold, where a set was taken apart; ``picked`` counts pieces that a
pick took from their shelf."""


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
    unlabelled: Named[str] = Column(server_default=_EMPTY)
    slips: Named[str] = Column(Text, server_default=_EMPTY)
    handover_id: Named[int | None] = Column(_Key)
    box: Named[int] = Column(SmallInteger, server_default=_ONE)
    free: Named[int] = Column(SmallInteger, server_default=_ZERO)


_RECENT = text("closed_at IS NOT NULL")
_HANDED_OVER = text("handover_id IS NOT NULL")
parcels = Table(
    "parcels",
    metadata,
    _Parcels,
    Index("ix_parcels_closed", "closed_at", sqlite_where=_RECENT, postgresql_where=_RECENT),
    Index("ix_parcels_handover", "handover_id", sqlite_where=_HANDED_OVER, postgresql_where=_HANDED_OVER),
)
"""Parcels: what is packed for an order in one go, in one of the ``boxes`` 個口 or several; what is in one is in the
steps and in the ledger. ``unlabelled`` is the reason why one was closed without its waybill; ``slips`` what the slips
say that were scanned for it (``12-034-1``), with commas. ``box`` is the one being filled, ``free`` says that the
packer parts the goods otherwise than it was proposed."""


class _Boxes(TypedColumns):
    parcel_id: Named[int] = Column(_Key, ForeignKey("parcels.id"), primary_key=True)
    piece: Named[int] = Column(SmallInteger, primary_key=True, autoincrement=False)
    carton: Named[str] = Column(server_default=_EMPTY)
    weight_g: Named[int | None]
    expected_g: Named[int | None]
    tolerance_g: Named[int | None]
    why: Named[str] = Column(server_default=_EMPTY)
    weighed_at: Named[int | None] = Column(BigInteger)


boxes = Table("boxes", metadata, _Boxes)
"""Boxes 個口 of a parcel, the ``piece`` being that of its waybill; a row is there once something is known of one.
``carton`` is its carton's code where a person said it (else the plan's counts), ``weight_g`` what the scale said,
``expected_g`` ± ``tolerance_g`` what it was to be (NULL: not known), ``why`` the reason where it passes without a good
weight."""


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
    waybill_id: Named[int | None] = Column(_Key)
    expiry: Named[str] = Column(String(10), server_default=_EMPTY)
    serial: Named[str] = Column(server_default=_EMPTY)
    how: Named[str] = Column(String(16), server_default=_EMPTY)
    by_person: Named[int | None] = Column(_Key)
    box: Named[int] = Column(SmallInteger, server_default=_ONE)
    extra_id: Named[int | None] = Column(_Key)


_STANDING = text("undone = ''")
_WITH_SERIAL = text("serial <> '' AND undone = ''")
_OF_EXTRA = text("extra_id IS NOT NULL")
steps = Table(
    "steps",
    metadata,
    _Steps,
    Index("ix_steps_standing", "order_id", "id", sqlite_where=_STANDING, postgresql_where=_STANDING),
    Index("ix_steps_serial", "product_id", "serial", sqlite_where=_WITH_SERIAL, postgresql_where=_WITH_SERIAL),
    Index("ix_steps_extra_id", "extra_id", sqlite_where=_OF_EXTRA, postgresql_where=_OF_EXTRA),
)
"""What was done to open orders, one row an undoable step; ``undone`` names the act that took it back. ``how`` is empty
for a scan, else ``keyed``, ``no_code``, ``chosen`` or the guard that was overridden; ``by_person`` vouched. ``box`` is
the box that it was done in, ``extra_id`` the insert that it is about."""


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


_ON_SHELF = text("place LIKE 'shelf:%'")
balances = Table(
    "balances",
    metadata,
    _Balances,
    Index("ix_balances_shelf", "product_id", sqlite_where=_ON_SHELF, postgresql_where=_ON_SHELF),
    sqlite_with_rowid=False,
)
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
    off_by: Named[int] = Column(SmallInteger, server_default=_ZERO)
    off_order: Named[int | None] = Column(_Key)
    last_code: Named[str] = Column(Text, server_default=_EMPTY)
    refused: Named[str] = Column(Text, server_default=_EMPTY)
    job_id: Named[int | None] = Column(_Key)
    picking: Named[str] = Column(Text, server_default=_EMPTY)
    scale: Named[str] = Column(String(8), server_default=_EMPTY)
    return_id: Named[int | None] = Column(_Key)
    return_ask: Named[str] = Column(Text, server_default=_EMPTY)


stations = Table("stations", metadata, _Stations)
"""Where each station stands: head of its chain, open order, standing question, last answer. ``off_by`` is how far a
waybill scanned for ``off_order`` was away in the stack: it tells a slip of the hand from a stack that is off by one.
``last_code`` is what the last act scanned and counted, ``refused`` what it refused and a leader may allow, as JSON;
``job_id`` is the pick job that is open here, ``picking`` the question that stands in it and the code counted last, as
JSON. ``scale`` is ``ok`` or ``fault`` where a scale is set up; ``return_id`` is the return that is open here,
``return_ask`` the question that stands in it, as JSON."""


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
    subject: Named[str] = Column(Text, server_default=_EMPTY)
    sender: Named[str] = Column(server_default=_EMPTY)
    routed_id: Named[int | None] = Column(_Key)
    printer_id: Named[int | None] = Column(_Key)
    copies: Named[int] = Column(SmallInteger, server_default=_ONE)
    repeats: Named[int | None] = Column(_Key)
    device_job: Named[str] = Column(server_default=_EMPTY)
    sent_at: Named[int | None] = Column(BigInteger)
    settled_at: Named[int | None] = Column(BigInteger)
    settled_by: Named[str] = Column(String(8), server_default=_EMPTY)


_OUTBOX = text("state IN ('waiting','sent','unknown','failed')")
print_jobs = Table(
    "print_jobs",
    metadata,
    _PrintJobs,
    Index("ix_print_jobs_outbox", "sender", "id", sqlite_where=_OUTBOX, postgresql_where=_OUTBOX),
)
"""The print outbox: rows written with the act that caused them. ``station`` caused the job, ``sender`` is the station
that brings it out: the same, unless the printer is another one's. ``routed_id`` is the printer that the rules name
for it, null until it is routed and for the station's folder; ``printer_id`` the one that it goes to, another one
where one took over, 0 for the station's folder, null until it is routed. ``copies`` come out of it; ``repeats`` is
the job that it prints again; ``subject`` what is kept of its paper, as JSON; ``device_job`` the printer's own number
of it; ``error`` what there is to say, as JSON of keys and arguments. ``sent_at`` is its last attempt; ``settled_at``
when something was said of it, null while it is on its way; ``settled_by`` who confirmed it or gave it up:
``printer``, ``scan`` or ``person``."""


class _Printers(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    position: Named[int] = Column(server_default=_ZERO)
    name: Named[str] = Column(unique=True)
    station: Named[str] = Column(server_default=_EMPTY)
    transport: Named[str] = Column(String(8))
    address: Named[str]
    language: Named[str] = Column(String(8))
    dpi: Named[int] = Column(SmallInteger, server_default=_ZERO)
    media: Named[str] = Column(String(16), server_default=_EMPTY)
    options: Named[str] = Column(Text, server_default=text("'{}'"))
    takeover_id: Named[int | None] = Column(_Key, ForeignKey("printers.id"))
    active: Named[int] = Column(SmallInteger, server_default=_ONE)
    state: Named[str] = Column(String(12), server_default=_EMPTY)
    told: Named[str] = Column(Text, server_default=_EMPTY)
    seen_at: Named[int | None] = Column(BigInteger)
    answers: Named[int] = Column(SmallInteger, server_default=_ZERO)


printers = Table("printers", metadata, _Printers)
"""Printers: how each is reached (``transport`` and ``address``), what it speaks and what is in it. ``station`` is the
only one that reaches it, empty where every station does; ``takeover_id`` prints for it while it is down. ``state`` and
``told`` (JSON) are what it said last, at ``seen_at``; ``answers`` is 1 once it has answered a question about its state:
silence means something then."""


class _PrintRules(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    position: Named[int] = Column(server_default=_ZERO)
    name: Named[str]
    paper: Named[str] = Column(String(16))
    conditions: Named[str] = Column(Text, server_default=text("'{}'"))
    when: Named[str] = Column(String(8), server_default=_EMPTY)
    copies: Named[int] = Column(SmallInteger, server_default=_ONE)
    printer_id: Named[int | None] = Column(_Key, ForeignKey("printers.id"))
    template: Named[str] = Column(server_default=_EMPTY)
    active: Named[int] = Column(SmallInteger, server_default=_ONE)


print_rules = Table("print_rules", metadata, _PrintRules)
"""Which paper comes out when (``release``, ``start``, ``close``, ``never``; empty leaves it to the shop's settings),
how often, from which printer and in which template, where every one of the ``conditions`` (JSON) holds. The first rule
of a paper that applies, by ``position``, decides."""


class _Templates(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    paper: Named[str] = Column(String(16))
    name: Named[str]
    body: Named[str] = Column(Text)
    at: Named[int] = Column(BigInteger)


templates = Table("templates", metadata, _Templates, UniqueConstraint("paper", "name"))
"""Templates of papers and labels that a shop made its own: ``body`` is TOML."""


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
    kind: Named[str] = Column(String(8), server_default=text("'orders'"))
    complete: Named[int] = Column(SmallInteger, server_default=_ZERO)
    station: Named[str] = Column(server_default=_EMPTY)
    path: Named[str] = Column(Text, server_default=_EMPTY)
    size: Named[int] = Column(BigInteger, server_default=_ZERO)
    options: Named[str] = Column(Text, server_default=text("'{}'"))
    folder_id: Named[int | None] = Column(_Key)
    again_id: Named[int | None] = Column(_Key)
    taken_back_at: Named[int | None] = Column(BigInteger)


imports = Table("imports", metadata, _Imports, Index("ix_imports_shop", "kind", "channel", "shop", "id"))
"""Files taken in, with their figures as JSON. ``kind``: ``orders``, ``products``, ``stopped`` (orders of which a person
stopped the import), ``refused`` (a file that could not be used), ``numbers`` (``channel`` is the carrier then) or
``errors`` (of a dispatch report); ``complete`` where the file listed every unshipped order of the shop. ``path`` is
where the file lies at ``station`` (several joined ones parted by line breaks), ``size`` its bytes, ``options`` how it
was read (JSON); ``folder_id`` the watched folder that it came by, ``again_id`` the import whose file was read again. A
wrong one can be taken back."""


class _ImportOrders(TypedColumns):
    import_id: Named[int] = Column(_Key, ForeignKey("imports.id"), primary_key=True, autoincrement=False)
    order_id: Named[int] = Column(_Key, primary_key=True, autoincrement=False)
    what: Named[str] = Column(String(10))
    before: Named[str] = Column(Text, server_default=_EMPTY)


import_orders = Table("import_orders", metadata, _ImportOrders, sqlite_with_rowid=False)
"""What an import did to each order: ``what`` is ``added``, ``changed`` or ``cancelled``, ``before`` what the order was
(JSON; empty for an added one), so that it can be taken back."""


class _ImportProblems(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    import_id: Named[int] = Column(_Key, ForeignKey("imports.id"), index=True)
    file: Named[str]
    at_row: Named[int]
    field: Named[str] = Column(server_default=_EMPTY)
    value: Named[str] = Column(Text, server_default=_EMPTY)
    key: Named[str]
    args: Named[str] = Column(Text, server_default=text("'{}'"))
    level: Named[str] = Column(String(8))
    order_id: Named[int | None] = Column(_Key)
    done_at: Named[int | None] = Column(BigInteger)


import_problems = Table("import_problems", metadata, _ImportProblems)
"""What was odd in an import: place, sentence and how much it matters (``info``, ``warning``, ``error``); ``order_id``
is the order it is about where there is one, ``done_at`` when it was mended or put aside."""


class _ImportFixes(TypedColumns):
    import_id: Named[int] = Column(_Key, ForeignKey("imports.id"), primary_key=True, autoincrement=False)
    file: Named[str] = Column(primary_key=True)
    at_row: Named[int] = Column(primary_key=True, autoincrement=False)
    field: Named[str] = Column(primary_key=True)
    value: Named[str] = Column(Text)
    act: Named[str]
    at: Named[int] = Column(BigInteger)


import_fixes = Table("import_fixes", metadata, _ImportFixes)
"""Cells that a person mended: what the file's row is to say in that column when it is read again."""


class _Folders(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    name: Named[str] = Column(unique=True)
    kind: Named[str] = Column(String(8), server_default=text("'orders'"))
    path: Named[str] = Column(Text)
    station: Named[str]
    channel: Named[str] = Column(server_default=_EMPTY)
    shop: Named[str] = Column(server_default=_EMPTY)
    options: Named[str] = Column(Text, server_default=text("'{}'"))
    active: Named[int] = Column(SmallInteger, server_default=_ONE)
    state: Named[str] = Column(String(12), server_default=_EMPTY)
    told: Named[str] = Column(Text, server_default=_EMPTY)
    seen_at: Named[int | None] = Column(BigInteger)


folders = Table("folders", metadata, _Folders)
"""Watched folders: what ``station`` takes in from where; ``kind`` is ``orders``, ``products``, ``numbers`` or
``errors``, ``channel`` the channel (or carrier) of its files, empty where it is recognised. ``state`` and ``told``
(JSON) say how the last look went."""


class _Mappings(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    kind: Named[str] = Column(String(12))
    name: Named[str]
    body: Named[str] = Column(Text)
    at: Named[int] = Column(BigInteger)


mappings = Table("mappings", metadata, _Mappings, UniqueConstraint("kind", "name"))
"""Mappings that the shop made: ``body`` is TOML. ``kind``: ``orders`` (each is a channel whose id is its name),
``products`` or ``stock`` (a shop's file of products, both ways)."""


class _Listings(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    shop_id: Named[int] = Column(_Key, ForeignKey("shops.id"))
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), index=True)
    code: Named[str]
    fold: Named[str]
    title: Named[str] = Column(server_default=_EMPTY)
    price: Named[str] = Column(String(20), server_default=_EMPTY)
    kept_back: Named[int] = Column(server_default=_ZERO)
    active: Named[int] = Column(SmallInteger, server_default=_ONE)
    extra: Named[str] = Column(Text, server_default=text("'{}'"))
    sent: Named[str] = Column(Text, server_default=text("'{}'"))
    sent_at: Named[int | None] = Column(BigInteger)
    error: Named[str] = Column(Text, server_default=_EMPTY)


listings = Table("listings", metadata, _Listings, UniqueConstraint("shop_id", "fold"))
"""What a shop calls a product 出品: its own ``code`` (``fold`` as :func:`app.domain.products.sku_fold`), ``title`` and
``price`` where they differ from the product's; ``kept_back`` pieces are not offered there, ``extra`` are columns that
only this shop has (JSON). ``sent`` is what each kind of file said last (JSON: kind -> digest), ``error`` what the
shop's error file said of it."""


class _ShopFiles(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    shop_id: Named[int] = Column(_Key, ForeignKey("shops.id"))
    kind: Named[str] = Column(String(8))
    mapping: Named[str]
    file: Named[str]
    sha256: Named[str]
    rows: Named[int]
    errors: Named[int] = Column(server_default=_ZERO)
    state: Named[str] = Column(String(8), server_default=text("'made'"))
    data: Named[bytes | None] = Column(LargeBinary)


shop_files = Table("shop_files", metadata, _ShopFiles)
"""Files of ``products`` or ``stock`` for a shop, ``made`` and ``written`` like carrier files; ``errors`` counts what
its error file named."""


# --- mails ------------------------------------------------------------------------------------------------------


class _MailAccounts(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    name: Named[str] = Column(unique=True)
    address: Named[str]
    sender: Named[str] = Column(server_default=_EMPTY)
    host: Named[str]
    port: Named[int]
    security: Named[str] = Column(String(8), server_default=text("'starttls'"))
    login: Named[str] = Column(server_default=_EMPTY)
    station: Named[str] = Column(server_default=_EMPTY)
    per_minute: Named[int] = Column(server_default=_ZERO)
    active: Named[int] = Column(SmallInteger, server_default=_ONE)
    state: Named[str] = Column(String(12), server_default=_EMPTY)
    told: Named[str] = Column(Text, server_default=_EMPTY)
    seen_at: Named[int | None] = Column(BigInteger)


mail_accounts = Table("mail_accounts", metadata, _MailAccounts)
"""Mail servers that mails are sent by: ``address`` and ``sender`` stand in From, ``security`` is ``tls``, ``starttls``
or ``none``. ``station`` sends (its own file has the password), ``per_minute`` at most so many, 0 for no limit.
``state`` and ``told`` (JSON) are how it answered last."""


class _Mails(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    shop_id: Named[int] = Column(_Key, ForeignKey("shops.id"))
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    kind: Named[str] = Column(String(16))
    about: Named[str] = Column(String(64), server_default=_EMPTY)
    language: Named[str] = Column(String(8))
    account_id: Named[int | None] = Column(_Key, ForeignKey("mail_accounts.id"))
    recipient: Named[str]
    subject: Named[str] = Column(Text, server_default=_EMPTY)
    body: Named[str] = Column(Text, server_default=_EMPTY)
    message_id: Named[str] = Column(server_default=_EMPTY)
    state: Named[str] = Column(String(10), server_default=text("'waiting'"))
    attempts: Named[int] = Column(server_default=_ZERO)
    not_before: Named[int] = Column(BigInteger, server_default=_ZERO)
    error: Named[str] = Column(Text, server_default=_EMPTY)
    repeats: Named[int | None] = Column(_Key)
    sent_at: Named[int | None] = Column(BigInteger)
    settled_at: Named[int | None] = Column(BigInteger)
    settled_by: Named[str] = Column(String(8), server_default=_EMPTY)


_FIRST = text("repeats IS NULL")
mails = Table(
    "mails",
    metadata,
    _Mails,
    Index("ix_mails_once", "order_id", "kind", "about", unique=True, sqlite_where=_FIRST, postgresql_where=_FIRST),
    Index("ix_mails_outbox", "id", sqlite_where=_OUTBOX, postgresql_where=_OUTBOX),
)
"""The mail outbox, rows written with the act that caused them. A mail of one ``kind`` ``about`` the same thing of an
order is there once; ``repeats`` is the one that a person sends again. States are the printers': ``waiting``, ``sent``
(on its way), ``unknown``, ``confirmed`` (the server took it), ``failed``, ``dropped``. ``subject`` and ``body`` are
kept as they were sent, ``error`` is what there is to say (JSON of keys and arguments)."""


# --- rates ------------------------------------------------------------------------------------------------------


class _Rates(TypedColumns):
    carrier: Named[str] = Column(String(32), primary_key=True)
    service: Named[str] = Column(String(32), primary_key=True)
    size: Named[int] = Column(primary_key=True, autoincrement=False)
    origin: Named[str] = Column(primary_key=True)
    zone: Named[str] = Column(primary_key=True)
    valid_from: Named[str] = Column(String(10), primary_key=True)
    price: Named[int]


rates = Table("rates", metadata, _Rates)
"""What sending one parcel costs, yen with tax: ``size`` is the carrier's class (sum of three sides in cm; 0 for
services without), ``origin`` and ``zone`` are zones or prefectures (``=`` in ``zone``: within the same prefecture),
``valid_from`` is the first day (``YYYY-MM-DD``)."""


class _RateZones(TypedColumns):
    carrier: Named[str] = Column(String(32), primary_key=True)
    prefecture: Named[str] = Column(String(8), primary_key=True)
    zone: Named[str]


rate_zones = Table("rate_zones", metadata, _RateZones)
"""Which zone of a carrier a prefecture is in."""


class _RateExtras(TypedColumns):
    carrier: Named[str] = Column(String(32), primary_key=True)
    service: Named[str] = Column(String(32), primary_key=True)
    kind: Named[str] = Column(String(12), primary_key=True)
    size: Named[int] = Column(primary_key=True, autoincrement=False)
    up_to: Named[int] = Column(primary_key=True, autoincrement=False)
    valid_from: Named[str] = Column(String(10), primary_key=True)
    price: Named[int]


rate_extras = Table("rate_extras", metadata, _RateExtras)
"""What is added to a rate, or taken off it (below zero), yen: ``kind`` is ``chilled``, ``frozen``, ``cod``, ``island``
or ``discount``; ``service`` is empty for every one of the carrier, ``size`` 0 for every class, ``up_to`` the largest
amount of a COD step (0: no steps)."""


class _Islands(TypedColumns):
    carrier: Named[str] = Column(String(32), primary_key=True)
    postcode: Named[str] = Column(String(7), primary_key=True)
    name: Named[str] = Column(server_default=_EMPTY)


islands = Table("islands", metadata, _Islands)
"""Remote islands 離島 by the first digits of their postcodes; ``carrier`` is empty where that holds for every one."""


# --- shipping ---------------------------------------------------------------------------------------------------


class _Promised(TypedColumns):
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    quantity: Named[int] = Column(BigInteger)


promised = Table("promised", metadata, _Promised)
"""Pieces of each product that are reserved and still on the shelf, ``max(reserved - done, 0)`` over all lines; kept by
the triggers of ``order_lines``."""


class _Loads(TypedColumns):
    cut_off: Named[int] = Column(BigInteger, primary_key=True)
    carrier: Named[str] = Column(String(32), primary_key=True)
    state: Named[str] = Column(String(16), primary_key=True)
    shard: Named[str] = Column(String(64), primary_key=True)
    number: Named[int] = Column(BigInteger)


loads = Table("loads", metadata, _Loads)
"""Orders by pickup, carrier and state, kept by the triggers of ``orders`` for those with a carrier; ``cut_off`` 0 means
none. The sum over the shards is the count."""


class _Releases(TypedColumns):
    batch: Named[int] = Column(BigInteger, primary_key=True)
    sequence: Named[int] = Column(Integer, primary_key=True)
    order_id: Named[int] = Column(_Key, index=True)
    version: Named[int]
    taken_back: Named[int | None] = Column(BigInteger)


releases = Table("releases", metadata, _Releases)
"""Every ship number ever given, so that the slip of one that was taken back is refused by name."""


class _Waybills(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    batch: Named[int] = Column(BigInteger)
    sequence: Named[int]
    version: Named[int]
    issue: Named[int]
    key: Named[str] = Column(String(16), index=True)
    piece: Named[int]
    pieces: Named[int]
    carrier: Named[str] = Column(String(32))
    service: Named[str] = Column(String(32))
    cod: Named[int]
    state: Named[str] = Column(String(12))
    number: Named[str] = Column(String(40), server_default=_EMPTY)
    carrier_cod: Named[int | None]
    carrier_pieces: Named[int | None]
    reason: Named[str] = Column(Text, server_default=_EMPTY)
    by_hand: Named[int] = Column(SmallInteger, server_default=_ZERO)
    export_id: Named[int | None] = Column(_Key)
    position: Named[int | None]
    parcel_id: Named[int | None] = Column(_Key)
    requested_at: Named[int] = Column(BigInteger)
    numbered_at: Named[int | None] = Column(BigInteger)


_NUMBERED = text("number <> ''")
_WANTED = text("state IN ('requested','exported','accepted','rejected')")
waybills = Table(
    "waybills",
    metadata,
    _Waybills,
    UniqueConstraint("key", "piece"),
    Index("ix_waybills_number", "number", sqlite_where=_NUMBERED, postgresql_where=_NUMBERED),
    Index("ix_waybills_batch", "batch", "sequence"),
    Index("ix_waybills_wanted", "carrier", "id", sqlite_where=_WANTED, postgresql_where=_WANTED),
)
"""Waybills 送り状, one row a piece. ``key`` is the carrier's customer key, ``issue`` which request of this version it
is, ``position`` the row in the export (the place in the printed stack), ``cod`` what was asked to be collected and
``carrier_cod`` what came back as printed; ``reason`` why it was rejected or voided."""


class _Exports(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    station: Named[str]
    batch: Named[int | None] = Column(BigInteger, index=True)
    carrier: Named[str] = Column(String(32))
    shop_id: Named[int | None] = Column(_Key)
    file: Named[str]
    sha256: Named[str]
    rows: Named[int]
    reason: Named[str] = Column(Text, server_default=_EMPTY)
    state: Named[str] = Column(String(8), server_default=text("'made'"))
    data: Named[bytes | None] = Column(LargeBinary)


exports = Table("exports", metadata, _Exports)
"""Carrier files: ``made`` with their bytes in the act that exported the waybills, ``written`` once the file is on the
disk; the bytes go then, so that nothing is exported twice by accident."""


class _Pickups(TypedColumns):
    carrier: Named[str] = Column(String(32), primary_key=True)
    time: Named[str] = Column(String(5), primary_key=True)


pickups = Table("pickups", metadata, _Pickups)
"""When each carrier comes, ``HH:MM`` in the shop's time zone."""


class _LeadTimes(TypedColumns):
    carrier: Named[str] = Column(String(32), primary_key=True)
    origin: Named[str] = Column(String(8), primary_key=True)
    prefecture: Named[str] = Column(String(8), primary_key=True)
    days: Named[int] = Column(SmallInteger)


lead_times = Table("lead_times", metadata, _LeadTimes)
"""Days from the pickup to the delivery."""


class _ClosedDays(TypedColumns):
    shop_id: Named[int] = Column(_Key, primary_key=True, autoincrement=False)
    day: Named[str] = Column(String(10), primary_key=True)


closed_days = Table("closed_days", metadata, _ClosedDays)
"""Days without shipping, ``YYYY-MM-DD``; shop 0 means every shop."""


class _DeliveryMethods(TypedColumns):
    shop_id: Named[int] = Column(_Key, primary_key=True, autoincrement=False)
    method: Named[str] = Column(primary_key=True)
    carrier: Named[str] = Column(String(32))
    service: Named[str] = Column(String(32))


delivery_methods = Table("delivery_methods", metadata, _DeliveryMethods)
"""What a shop's delivery method (folded as column names are) means; shop 0 means every shop."""


class _CarrierAccounts(TypedColumns):
    shop_id: Named[int] = Column(_Key, primary_key=True, autoincrement=False)
    carrier: Named[str] = Column(String(32), primary_key=True)
    name: Named[str] = Column(String(32), primary_key=True)
    value: Named[str]


carrier_accounts = Table("carrier_accounts", metadata, _CarrierAccounts)
"""What the contract with a carrier gives, such as the customer code; shop 0 means every shop."""


class _Handovers(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    station: Named[str]
    person_id: Named[int | None] = Column(_Key)
    carrier: Named[str] = Column(String(32))
    pickup: Named[int | None] = Column(BigInteger)
    counted: Named[int]
    driver_count: Named[int | None]
    closed_at: Named[int | None] = Column(BigInteger)


_NOT_CLOSED_OUT = text("closed_at IS NULL")
handovers = Table(
    "handovers",
    metadata,
    _Handovers,
    Index(
        "ix_handovers_open",
        "carrier",
        "pickup",
        unique=True,
        sqlite_where=_NOT_CLOSED_OUT,
        postgresql_where=_NOT_CLOSED_OUT,
    ),
    Index("ix_handovers_pickup", "carrier", "pickup"),
)
"""Hand-overs 引渡 to a carrier, open until the close-out 締め: at most one a carrier and pickup. ``pickup`` 0 means
none in particular, NULL orders handed over by name; ``counted`` are pieces, ``driver_count`` is the driver's figure."""


class _Pulls(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    kind: Named[str] = Column(String(8))
    text: Named[str]
    carrier: Named[str] = Column(String(32), server_default=_EMPTY)
    reason: Named[str] = Column(Text, server_default=_EMPTY)
    quantity: Named[int] = Column(server_default=_ZERO)
    product_id: Named[int | None] = Column(_Key)
    lot: Named[str] = Column(server_default=_EMPTY)
    shelf: Named[str] = Column(server_default=_EMPTY)
    done_at: Named[int | None] = Column(BigInteger)


_STILL = text("done_at IS NULL")
pulls = Table("pulls", metadata, _Pulls, Index("ix_pulls_open", "id", sqlite_where=_STILL, postgresql_where=_STILL))
"""The pull list 抜き取り: slips, waybills and goods that must be taken out because an order changed or was cancelled.
``kind``: ``slip`` (``text`` is its code), ``waybill`` (its number), ``goods`` (``text`` is the SKU)."""


class _Contacts(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    about: Named[str] = Column(String(16))
    detail: Named[str] = Column(Text, server_default=_EMPTY)
    asked: Named[str] = Column(server_default=_EMPTY)
    due: Named[str] = Column(String(10), server_default=_EMPTY)
    shelf: Named[str] = Column(server_default=_EMPTY)
    answer: Named[str] = Column(String(12), server_default=_EMPTY)
    answered_at: Named[int | None] = Column(BigInteger)
    closed_at: Named[int | None] = Column(BigInteger)


_UNCLOSED = text("closed_at IS NULL")
contacts = Table(
    "contacts", metadata, _Contacts, Index("ix_contacts_open", "id", sqlite_where=_UNCLOSED, postgresql_where=_UNCLOSED)
)
"""The contact list: what a customer must be asked. ``about``: ``short`` or ``date``; ``answer``: ``wait``, ``split``,
``substitute`` or ``cancel``; ``shelf`` is the hold shelf on which goods taken already wait."""


class _Reports(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    shop_id: Named[int] = Column(_Key, ForeignKey("shops.id"))
    file: Named[str]
    sha256: Named[str]
    rows: Named[int]
    state: Named[str] = Column(String(8), server_default=text("'made'"))
    data: Named[bytes | None] = Column(LargeBinary)


reports = Table("reports", metadata, _Reports)
"""Dispatch reports 発送完了報告 to a shop, ``made`` and ``written`` like carrier files."""


class _ReportRows(TypedColumns):
    report_id: Named[int] = Column(_Key, ForeignKey("reports.id"), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), primary_key=True)
    number: Named[str] = Column(primary_key=True)
    error: Named[str] = Column(Text, server_default=_EMPTY)


report_rows = Table("report_rows", metadata, _ReportRows, Index("ix_report_rows_order", "order_id"))
"""What was reported: order and tracking number; ``error`` is what the shop's error file said of it."""


class _Lots(TypedColumns):
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    lot: Named[str] = Column(primary_key=True)
    expiry: Named[str] = Column(String(10), server_default=_EMPTY)
    recalled: Named[int] = Column(SmallInteger, server_default=_ZERO)
    reason: Named[str] = Column(Text, server_default=_EMPTY)


lots = Table("lots", metadata, _Lots)
"""Lots ロット that are known, with their expiry (``YYYY-MM-DD``; empty for none); goods that keep only an expiry
have the day as their lot. A recalled one is refused, with the reason."""


class _Overrides(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    station: Named[str]
    person_id: Named[int | None] = Column(_Key)
    leader_id: Named[int | None] = Column(_Key)
    order_id: Named[int | None] = Column(_Key)
    product_id: Named[int | None] = Column(_Key)
    what: Named[str] = Column(String(16))
    reason: Named[str]
    detail: Named[str] = Column(Text, server_default=_EMPTY)


overrides = Table("overrides", metadata, _Overrides, Index("ix_overrides_at", "at"))
"""What a leader allowed although a guard refused it, and goods that were counted without their code or typed in."""


class _Alikes(TypedColumns):
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    other_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    why: Named[str] = Column(server_default=_EMPTY)
    score: Named[int] = Column(server_default=_ZERO)
    decided: Named[str] = Column(String(8), server_default=_EMPTY)


alikes = Table("alikes", metadata, _Alikes, Index("ix_alikes_other_id", "other_id"))
"""Look-alike goods, a row in both directions; ``why`` lists what is near, ``score`` is 0 to 1000, ``decided``
is ``yes`` or ``no`` where a person decided, else empty: computed."""


class _Confusions(TypedColumns):
    wanted_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    scanned_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    times: Named[int]
    last_at: Named[int] = Column(BigInteger)


confusions = Table("confusions", metadata, _Confusions)
"""How often one product was scanned where another was wanted; counted from the journal in the background."""


class _Marks(TypedColumns):
    name = Column(String(32), primary_key=True)
    value: Named[int] = Column(BigInteger)


marks = Table("marks", metadata, _Marks)
"""How far background work has come, such as the journal row up to which confusions are counted."""


# --- picking ----------------------------------------------------------------------------------------------------


class _Shelves(TypedColumns):
    code = Column(String, primary_key=True)
    zone: Named[str] = Column(server_default=_EMPTY)
    aisle: Named[str] = Column(server_default=_EMPTY)
    bay: Named[str] = Column(server_default=_EMPTY)
    level: Named[str] = Column(server_default=_EMPTY)
    x_mm: Named[int | None]
    y_mm: Named[int | None]


shelves = Table("shelves", metadata, _Shelves)
"""The map of the warehouse: shelves 棚 with where a picker stands before them, in millimetres from the front left
corner; NULL where nobody has measured. Cross-aisles, depot and one-way aisles are settings (``map.*``)."""


class _Containers(TypedColumns):
    kind: Named[str] = Column(String(8), primary_key=True)
    code: Named[str] = Column(primary_key=True)
    within: Named[str] = Column(server_default=_EMPTY)
    position: Named[int] = Column(server_default=_ZERO)
    job_id: Named[int | None] = Column(_Key)
    order_id: Named[int | None] = Column(_Key)
    taken_at: Named[int | None] = Column(BigInteger)


_IN_USE = text("job_id IS NOT NULL")
_FULL = text("order_id IS NOT NULL")
containers = Table(
    "containers",
    metadata,
    _Containers,
    Index("ix_containers_job_id", "job_id", sqlite_where=_IN_USE, postgresql_where=_IN_USE),
    Index("ix_containers_order_id", "order_id", sqlite_where=_FULL, postgresql_where=_FULL),
)
"""What carries labels and goods: ``kind`` is ``tote`` かご, ``cart`` カート or ``slot`` (of the sorting wall
``within``, at ``position``). ``job_id`` is the pick job that uses it, ``position`` then the place of a tote on the
cart; ``order_id`` is the order whose goods are in it, until its parcel is closed."""


class _Waves(TypedColumns):
    batch: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    station: Named[str] = Column(server_default=_EMPTY)
    person_id: Named[int | None] = Column(_Key)
    mode: Named[str] = Column(String(16))
    state: Named[str] = Column(String(12), server_default=text("'open'"))
    rule: Named[str] = Column(Text, server_default=text("'{}'"))
    figures: Named[str] = Column(Text, server_default=text("'{}'"))


_OPEN_WAVE = text("state = 'open'")
waves = Table(
    "waves", metadata, _Waves, Index("ix_waves_open", "batch", sqlite_where=_OPEN_WAVE, postgresql_where=_OPEN_WAVE)
)
"""Waves ウェーブ: a release batch that is picked in one ``mode``. ``state``: ``open``, ``done``, ``taken_back``.
``rule`` is how its orders were chosen, ``figures`` what the plan came to (orders, lines, pieces, mm, seconds), both as
JSON."""


class _Jobs(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    batch: Named[int] = Column(BigInteger)
    sequence: Named[int]
    mode: Named[str] = Column(String(16))
    state: Named[str] = Column(String(12), server_default=text("'waiting'"))
    stage: Named[str] = Column(String(8), server_default=text("'pick'"))
    zone: Named[str] = Column(server_default=_EMPTY)
    after_id: Named[int | None] = Column(_Key)
    blocked: Named[int] = Column(SmallInteger, server_default=_ZERO)
    due: Named[int] = Column(BigInteger)
    holder: Named[str] = Column(server_default=_EMPTY)
    lease_until: Named[int] = Column(BigInteger, server_default=_ZERO)
    person_id: Named[int | None] = Column(_Key)
    cart: Named[str] = Column(server_default=_EMPTY)
    slots: Named[int] = Column(server_default=_ZERO)
    totes: Named[str] = Column(Text, server_default=text("'{}'"))
    shelf: Named[str] = Column(server_default=_EMPTY)
    hand: Named[str] = Column(Text, server_default=_EMPTY)
    rules: Named[str] = Column(Text, server_default=text("'{}'"))
    walk: Named[str] = Column(Text, server_default=text("'{}'"))
    lines: Named[int] = Column(server_default=_ZERO)
    pieces: Named[int] = Column(server_default=_ZERO)
    done: Named[int] = Column(server_default=_ZERO)
    short: Named[int] = Column(server_default=_ZERO)
    started_at: Named[int | None] = Column(BigInteger)
    done_at: Named[int | None] = Column(BigInteger)


_WAITING_JOB = text("state IN ('waiting','paused') AND holder = '' AND blocked = 0")
_ACTIVE_JOB = text("state = 'active'")
jobs = Table(
    "jobs",
    metadata,
    _Jobs,
    UniqueConstraint("batch", "sequence"),
    Index("ix_jobs_takeable", "stage", "due", "id", sqlite_where=_WAITING_JOB, postgresql_where=_WAITING_JOB),
    Index("ix_jobs_active", "lease_until", sqlite_where=_ACTIVE_JOB, postgresql_where=_ACTIVE_JOB),
    Index("ix_jobs_after_id", "after_id"),
)
"""Pick jobs: what one person walks in one go. ``state``: ``waiting``, ``active``, ``paused``, ``done``, ``taken_back``;
``stage``: ``pick`` or ``sort``. A ``blocked`` one waits for the job ``after_id``. ``due`` is the earliest pickup of its
orders (far future where none). ``shelf`` is where the picker stands, ``hand`` what is taken and not yet put (JSON),
``slots`` the number of totes or wall slots, ``totes`` what stands on each (JSON, the last one in use). ``rules`` are
the scans that it asks for, ``walk`` the way with its metres (JSON). ``lines``, ``pieces``, ``done`` and ``short`` are
counts over its ``picks``."""


class _Picks(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    job_id: Named[int] = Column(_Key, ForeignKey("jobs.id"), index=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    line_id: Named[int] = Column(_Key, ForeignKey("order_lines.id"), index=True)
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"))
    position: Named[int]
    shelf: Named[str] = Column(server_default=_EMPTY)
    lot: Named[str] = Column(server_default=_EMPTY)
    slot: Named[int] = Column(server_default=_ZERO)
    wanted: Named[int]
    done: Named[int] = Column(server_default=_ZERO)
    short: Named[int] = Column(server_default=_ZERO)
    skipped: Named[int] = Column(server_default=_ZERO)
    version: Named[int] = Column(server_default=_ONE)
    told: Named[int] = Column(SmallInteger, server_default=_ZERO)


picks = Table(
    "picks",
    metadata,
    _Picks,
    CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name="counts"),
)
"""What a job takes: pieces of one order line from one shelf, in the order of the walk (``position``, later where
``skipped``). ``order_id`` is the order whose parcel they go into, ``slot`` its place on the cart or wall, ``version``
the one it was planned for; ``told`` says that the picker knows that it stopped."""


class _PickSteps(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    job_id: Named[int] = Column(_Key, ForeignKey("jobs.id"))
    act: Named[str]
    kind: Named[str] = Column(String(8))
    pick_id: Named[int | None] = Column(_Key)
    product_id: Named[int | None] = Column(_Key)
    quantity: Named[int] = Column(server_default=_ZERO)
    code: Named[str] = Column(server_default=_EMPTY)
    lot: Named[str] = Column(server_default=_EMPTY)
    source: Named[str] = Column(server_default=_EMPTY)
    target: Named[str] = Column(server_default=_EMPTY)
    tote: Named[str] = Column(server_default=_EMPTY)
    reason: Named[str] = Column(server_default=_EMPTY)
    undone: Named[str] = Column(server_default=_EMPTY)


pick_steps = Table(
    "pick_steps",
    metadata,
    _PickSteps,
    Index("ix_pick_steps_standing", "job_id", "id", sqlite_where=_STANDING, postgresql_where=_STANDING),
)
"""What was done in a pick job, one row an undoable step: ``put``, ``short``; ``undone`` names the act that took it
back."""


class _Counts(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"))
    shelf: Named[str]
    reason: Named[str] = Column(String(16))
    job_id: Named[int | None] = Column(_Key)
    person_id: Named[int | None] = Column(_Key)
    done_at: Named[int | None] = Column(BigInteger)
    counted: Named[int | None]


_UNCOUNTED = text("done_at IS NULL")
counts = Table(
    "counts",
    metadata,
    _Counts,
    Index("ix_counts_open", "product_id", "shelf", sqlite_where=_UNCOUNTED, postgresql_where=_UNCOUNTED),
)
"""Count tasks 棚卸: a shelf on which a picker found something else than the books say. ``reason``: ``short``,
``damaged``, ``not_empty``, ``lot``."""


# --- packing ----------------------------------------------------------------------------------------------------


class _Cartons(TypedColumns):
    code: Named[str] = Column(primary_key=True)
    name: Named[str] = Column(server_default=_EMPTY)
    kind: Named[str] = Column(String(8), server_default=text("'box'"))
    inner_length_mm: Named[int]
    inner_width_mm: Named[int]
    inner_height_mm: Named[int]
    outer_length_mm: Named[int]
    outer_width_mm: Named[int]
    outer_height_mm: Named[int]
    tare_g: Named[int] = Column(server_default=_ZERO)
    max_g: Named[int]
    cost_yen: Named[int] = Column(server_default=_ZERO)
    carriage_yen: Named[int] = Column(server_default=_ZERO)
    carrier_class: Named[str] = Column(server_default=_EMPTY)
    services: Named[str] = Column(Text, server_default=_EMPTY)
    stock: Named[int | None]
    low: Named[int] = Column(server_default=_ZERO)
    retired: Named[int] = Column(SmallInteger, server_default=_ZERO)


cartons = Table("cartons", metadata, _Cartons)
"""Cartons 箱: inside and outside, ``tare_g`` its own weight, ``max_g`` the goods that it carries, ``cost_yen`` its
price, ``carriage_yen`` what a parcel in it costs to send beside that. ``services`` are those that it may go by
(``yamato_b2/nekopos``, with commas; empty: any); ``stock`` is NULL where nobody counts it, at ``low`` the office is
told; a ``retired`` one is proposed no longer."""


class _CartonPlans(TypedColumns):
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), primary_key=True)
    version: Named[int]
    at: Named[int] = Column(BigInteger)
    goods: Named[str]
    body: Named[str] = Column(Text)


carton_plans = Table("carton_plans", metadata, _CartonPlans)
"""The cartons proposed for an order: where each piece lies, or why there is no proposal (JSON); ``goods`` is the same
for orders that want the same pieces."""


class _CartonChoices(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    at: Named[int] = Column(BigInteger)
    act: Named[str]
    station: Named[str]
    person_id: Named[int | None] = Column(_Key)
    order_id: Named[int] = Column(_Key)
    box: Named[int] = Column(SmallInteger, server_default=_ONE)
    goods: Named[str] = Column(index=True)
    proposed: Named[str] = Column(server_default=_EMPTY)
    chosen: Named[str]
    reason: Named[str] = Column(String(16), server_default=_EMPTY)
    undone: Named[str] = Column(server_default=_EMPTY)


carton_choices = Table("carton_choices", metadata, _CartonChoices)
"""Cartons that packers took instead of the proposed one, and why: what is learned from them. ``undone`` names the act
that took it back."""


class _Extras(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    position: Named[int]
    kind: Named[str] = Column(String(8))
    product_id: Named[int | None] = Column(_Key, ForeignKey("products.id"))
    name: Named[str]
    text: Named[str] = Column(Text, server_default=_EMPTY)
    wanted: Named[int] = Column(server_default=_ONE)
    done: Named[int] = Column(server_default=_ZERO)
    short: Named[int] = Column(server_default=_ZERO)
    shown: Named[int] = Column(SmallInteger, server_default=_ZERO)
    rule_id: Named[int | None] = Column(_Key)


extras = Table(
    "extras",
    metadata,
    _Extras,
    CheckConstraint("done >= 0 AND short >= 0 AND done + short <= wanted", name="counts"),
    sqlite_autoincrement=True,
)
"""What goes into an order's box beside what was sold 同梱物: ``kind`` is ``insert``, ``sample``, ``card``, ``noshi``,
``wrap``, ``cold`` or ``material``. ``text`` is what is printed for it (JSON of a noshi or a card); what is ``shown``
only is not scanned; ``rule_id`` names the rule that added it. No shop is told of them. An id never comes again: it is
on paper, and the paper of an order that changed must be no other's."""


class _InsertRules(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    position: Named[int] = Column(server_default=_ZERO)
    name: Named[str]
    kind: Named[str] = Column(String(8))
    product_id: Named[int | None] = Column(_Key, ForeignKey("products.id"))
    quantity: Named[int] = Column(server_default=_ONE)
    per: Named[str] = Column(String(8), server_default=text("'order'"))
    conditions: Named[str] = Column(Text, server_default=text("'{}'"))
    text: Named[str] = Column(Text, server_default=_EMPTY)
    scanned: Named[int] = Column(SmallInteger, server_default=_ONE)
    active: Named[int] = Column(SmallInteger, server_default=_ONE)


insert_rules = Table("insert_rules", metadata, _InsertRules)
"""Rules that add ``extras``: ``quantity`` of a product ``per`` ``order``, ``box`` or ``piece`` where every one of the
``conditions`` (JSON) holds."""


class _Buyers(TypedColumns):
    key: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), primary_key=True, autoincrement=False)


buyers = Table("buyers", metadata, _Buyers, Index("ix_buyers_order_id", "order_id"), sqlite_with_rowid=False)
"""Which orders are of one buyer in one shop: ``key`` is a number made from shop, name and phone number or postcode,
which tells none of them. Filled only where a rule of inserts asks for first or repeated orders."""


class _ProductWeights(TypedColumns):
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"), primary_key=True)
    count: Named[int]
    mean_mg: Named[int] = Column(BigInteger)
    sd_mg: Named[int] = Column(BigInteger)
    doubt_mg: Named[int] = Column(BigInteger)
    at: Named[int] = Column(BigInteger)


product_weights = Table("product_weights", metadata, _ProductWeights)
"""What the scale has taught of a product: mean and spread of one piece and how well the mean is
known, in milligrams, from ``count`` weighings."""


class _CartonWeights(TypedColumns):
    code: Named[str] = Column(primary_key=True)
    count: Named[int]
    mean_mg: Named[int] = Column(BigInteger)
    sd_mg: Named[int] = Column(BigInteger)
    doubt_mg: Named[int] = Column(BigInteger)
    at: Named[int] = Column(BigInteger)


carton_weights = Table("carton_weights", metadata, _CartonWeights)
"""The same of cartons, by their code: with tape and what else always goes with them."""


class _Photos(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    act: Named[str]
    at: Named[int] = Column(BigInteger)
    station: Named[str]
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    parcel_id: Named[int | None] = Column(_Key)
    box: Named[int] = Column(SmallInteger, server_default=_ONE)
    file: Named[str] = Column(unique=True)
    sha256: Named[str]
    size: Named[int]
    gone_at: Named[int | None] = Column(BigInteger)


_KEPT = text("gone_at IS NULL")
photos = Table("photos", metadata, _Photos, Index("ix_photos_kept", "at", sqlite_where=_KEPT, postgresql_where=_KEPT))
"""Pictures of boxes: ``file`` within the folder of photos, ``size`` in bytes; ``gone_at`` is when it was deleted
because it was kept long enough."""


class _Returns(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    order_id: Named[int] = Column(_Key, ForeignKey("orders.id"), index=True)
    parcel_id: Named[int | None] = Column(_Key)
    waybill: Named[str] = Column(server_default=_EMPTY)
    state: Named[str] = Column(String(8), server_default=text("'open'"))
    holder: Named[str] = Column(server_default=_EMPTY)
    opened_at: Named[int] = Column(BigInteger)
    closed_at: Named[int | None] = Column(BigInteger)


_OPEN_RETURN = text("state = 'open'")
returns = Table(
    "returns",
    metadata,
    _Returns,
    Index("ix_returns_open", "order_id", unique=True, sqlite_where=_OPEN_RETURN, postgresql_where=_OPEN_RETURN),
)
"""Returns 返品 of shipped orders, ``open`` or ``done``; ``waybill`` is the number under which it came back."""


class _ReturnSteps(TypedColumns):
    id = Column(_Key, Identity(), primary_key=True)
    return_id: Named[int] = Column(_Key, ForeignKey("returns.id"), index=True)
    act: Named[str]
    line_id: Named[int | None] = Column(_Key)
    product_id: Named[int] = Column(_Key, ForeignKey("products.id"))
    code: Named[str] = Column(server_default=_EMPTY)
    quantity: Named[int] = Column(server_default=_ONE)
    lot: Named[str] = Column(server_default=_EMPTY)
    expiry: Named[str] = Column(String(10), server_default=_EMPTY)
    serial: Named[str] = Column(server_default=_EMPTY)
    reason: Named[str] = Column(String(16))
    grade: Named[str] = Column(String(8))
    place: Named[str]
    undone: Named[str] = Column(server_default=_EMPTY)


return_steps = Table("return_steps", metadata, _ReturnSteps)
"""Pieces that came back: why, ``grade`` ``good`` or ``bad``, and the ``place`` in the ledger that they went to;
``undone`` names the act that took it back."""
