"""Triggers: balances follow the ledger, tallies follow the orders, append-only tables stay so.

Run by the first migration and again after any that rebuilds one of these tables (SQLite drops a table's triggers with
it).
"""

from __future__ import annotations

__all__ = ["APPEND_ONLY", "statements"]

APPEND_ONLY = ("moves", "journal")
"""Tables whose rows are never changed or deleted."""


def statements(dialect: str) -> list[str]:
    """Return the statements that make every trigger.

    :param dialect: ``sqlite`` or ``postgresql``.
    """
    return _sqlite() if dialect == "sqlite" else _postgresql()


_SHARD = "CASE WHEN {new}.holder <> '' THEN {new}.holder ELSE {old}.holder END"


def _sqlite() -> list[str]:
    made = [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in APPEND_ONLY
        for event in ("UPDATE", "DELETE")
    ]
    upsert = "ON CONFLICT (product_id, place, lot) DO UPDATE SET quantity = quantity + excluded.quantity"
    made.append(
        "CREATE TRIGGER moves_balance AFTER INSERT ON moves BEGIN "
        "INSERT INTO balances (product_id, place, lot, quantity) "
        f"VALUES (NEW.product_id, NEW.source, NEW.lot, -NEW.quantity) {upsert}; "
        "INSERT INTO balances (product_id, place, lot, quantity) "
        f"VALUES (NEW.product_id, NEW.target, NEW.lot, NEW.quantity) {upsert}; END"
    )
    count = "ON CONFLICT (shard, shop_id, state) DO UPDATE SET number = number + excluded.number"
    insert = "INSERT INTO tallies (shard, shop_id, state, number) VALUES"
    shard = _SHARD.format(new="NEW", old="OLD")
    made.append(
        "CREATE TRIGGER orders_tally_insert AFTER INSERT ON orders BEGIN "
        f"{insert} (NEW.holder, NEW.shop_id, NEW.state, 1) {count}; END"
    )
    made.append(
        "CREATE TRIGGER orders_tally_update AFTER UPDATE OF state ON orders WHEN NEW.state <> OLD.state BEGIN "
        f"{insert} ({shard}, OLD.shop_id, OLD.state, -1) {count}; "
        f"{insert} ({shard}, NEW.shop_id, NEW.state, 1) {count}; END"
    )
    made.append(
        "CREATE TRIGGER orders_tally_delete AFTER DELETE ON orders BEGIN "
        f"{insert} (OLD.holder, OLD.shop_id, OLD.state, -1) {count}; END"
    )
    return made


def _postgresql() -> list[str]:
    made = [
        "CREATE FUNCTION kenpin_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    ]
    made += [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION kenpin_append_only()"
        for table in APPEND_ONLY
    ]
    # Both ends in one statement ordered by place, so that opposite moves never wait for each other in a ring.
    made.append(
        "CREATE FUNCTION kenpin_move_balance() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO balances AS b (product_id, place, lot, quantity) "
        "SELECT NEW.product_id, e.place, NEW.lot, e.number FROM "
        "(VALUES (NEW.source, -NEW.quantity), (NEW.target, NEW.quantity)) AS e(place, number) ORDER BY e.place "
        "ON CONFLICT (product_id, place, lot) DO UPDATE SET quantity = b.quantity + excluded.quantity; "
        "RETURN NULL; END $$"
    )
    made.append(
        "CREATE TRIGGER moves_balance AFTER INSERT ON moves FOR EACH ROW EXECUTE FUNCTION kenpin_move_balance()"
    )
    count = "ON CONFLICT (shard, shop_id, state) DO UPDATE SET number = t.number + excluded.number"
    insert = "INSERT INTO tallies AS t (shard, shop_id, state, number) VALUES"
    shard = _SHARD.format(new="NEW", old="OLD")
    made.append(
        "CREATE FUNCTION kenpin_order_tally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'INSERT' THEN {insert} (NEW.holder, NEW.shop_id, NEW.state, 1) {count}; "
        f"ELSIF TG_OP = 'DELETE' THEN {insert} (OLD.holder, OLD.shop_id, OLD.state, -1) {count}; "
        "ELSIF NEW.state <> OLD.state THEN "
        f"{insert} ({shard}, OLD.shop_id, OLD.state, -1) {count}; "
        f"{insert} ({shard}, NEW.shop_id, NEW.state, 1) {count}; "
        "END IF; RETURN NULL; END $$"
    )
    made.append(
        "CREATE TRIGGER orders_tally AFTER INSERT OR DELETE OR UPDATE OF state ON orders "
        "FOR EACH ROW EXECUTE FUNCTION kenpin_order_tally()"
    )
    return made
