"""Triggers: balances follow the ledger, tallies follow the orders, append-only tables stay so.

Run by the migration that brought each of them, and again after any that rebuilds one of these tables (SQLite drops a
table's triggers with it).
"""

from __future__ import annotations

__all__ = ["APPEND_ONLY", "DONE", "PICKED", "first", "frees", "promises", "shipping", "statements"]

APPEND_ONLY = ("moves", "journal")
"""Tables whose rows are never changed or deleted."""


def statements(dialect: str) -> list[str]:
    """Return the statements that make every trigger.

    :param dialect: ``sqlite`` or ``postgresql``.
    """
    return [*first(dialect), *shipping(dialect), *frees(dialect)]


def first(dialect: str) -> list[str]:
    """Return the triggers of the first revision: balances, tallies, append-only tables."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def shipping(dialect: str, taken: str = "") -> list[str]:
    """Return the triggers of revision 0002: pieces promised by reservations, orders by pickup and carrier.

    :param taken: see :func:`_promised`; revision 0002 itself knew ``done`` only.
    """
    return _sqlite_shipping(taken or PICKED) if dialect == "sqlite" else _postgresql_shipping(taken or PICKED)


def promises(dialect: str) -> list[str]:
    """Return the statements by which revision 0004 makes the promise follow what is picked as well."""
    if dialect == "sqlite":
        made = [each for each in _sqlite_shipping(PICKED) if "TRIGGER lines_promise" in each]
        return [*(f"DROP TRIGGER lines_promise_{event}" for event in ("insert", "update", "delete")), *made]
    made = [each for each in _postgresql_shipping(PICKED) if "lines_promise" in each or "kenpin_line_promise()" in each]
    return [
        *(f"DROP TRIGGER lines_promise_{event} ON order_lines" for event in ("insert", "update", "delete")),
        "DROP FUNCTION kenpin_line_promise()",
        *made,
    ]


def frees(dialect: str) -> list[str]:
    """Return the triggers of revision 0004: totes and wall slots are free once their order is packed, or not any more.

    One that still serves a pick job stays with it.
    """
    empty = (
        "UPDATE containers SET order_id = NULL, taken_at = CASE WHEN job_id IS NULL THEN NULL ELSE taken_at END "
        "WHERE order_id = NEW.id"
    )
    left = "OLD.state IN ('released', 'picked') AND NEW.state NOT IN ('released', 'picked')"
    if dialect == "sqlite":
        return [f"CREATE TRIGGER orders_free AFTER UPDATE OF state ON orders WHEN {left} BEGIN {empty}; END"]
    return [
        "CREATE FUNCTION kenpin_order_free() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {empty}; RETURN NULL; END $$",
        f"CREATE TRIGGER orders_free AFTER UPDATE OF state ON orders FOR EACH ROW WHEN ({left}) "
        "EXECUTE FUNCTION kenpin_order_free()",
    ]


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


# --- revision 0002 ------------------------------------------------------------------------------------------------


PICKED = "picked"
"""Pieces count as taken once they are picked, or packed straight from the shelf."""
DONE = "done"
"""Before revision 0004 nothing was picked before it was packed."""


def _promised(row: str, greatest: str, taken: str) -> str:
    """Pieces of a line that are reserved and not yet taken."""
    gone = f"{greatest}({row}.done, {row}.picked)" if taken == PICKED else f"{row}.done"
    return f"{greatest}({row}.reserved - {gone}, 0)"


def _columns(taken: str) -> str:
    return "reserved, done, picked, product_id" if taken == PICKED else "reserved, done, product_id"


def _sqlite_shipping(taken: str) -> list[str]:
    add = "ON CONFLICT (product_id) DO UPDATE SET quantity = quantity + excluded.quantity"
    insert = "INSERT INTO promised (product_id, quantity) SELECT"
    new, old = _promised("NEW", "max", taken), _promised("OLD", "max", taken)
    count = "ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = number + excluded.number"
    load = "INSERT INTO loads (cut_off, carrier, state, shard, number) SELECT"
    shard = _SHARD.format(new="NEW", old="OLD")
    return [
        "CREATE TRIGGER lines_promise_insert AFTER INSERT ON order_lines "
        "WHEN NEW.reserved > 0 AND NEW.product_id IS NOT NULL BEGIN "
        f"{insert} NEW.product_id, {new} WHERE true {add}; END",
        f"CREATE TRIGGER lines_promise_update AFTER UPDATE OF {_columns(taken)} ON order_lines "
        "WHEN NEW.reserved > 0 OR OLD.reserved > 0 BEGIN "
        f"{insert} OLD.product_id, -({old}) WHERE OLD.product_id IS NOT NULL AND {old} > 0 {add}; "
        f"{insert} NEW.product_id, {new} WHERE NEW.product_id IS NOT NULL AND {new} > 0 {add}; END",
        "CREATE TRIGGER lines_promise_delete AFTER DELETE ON order_lines "
        "WHEN OLD.reserved > 0 AND OLD.product_id IS NOT NULL BEGIN "
        f"{insert} OLD.product_id, -({old}) WHERE true {add}; END",
        "CREATE TRIGGER orders_load_insert AFTER INSERT ON orders WHEN NEW.carrier <> '' BEGIN "
        f"{load} coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state, NEW.holder, 1 WHERE true {count}; END",
        "CREATE TRIGGER orders_load_update AFTER UPDATE OF state, carrier, cut_off ON orders "
        "WHEN NEW.state <> OLD.state OR NEW.carrier <> OLD.carrier OR NEW.cut_off IS NOT OLD.cut_off BEGIN "
        f"{load} coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state, {shard}, -1 WHERE OLD.carrier <> '' {count}; "
        f"{load} coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state, {shard}, 1 WHERE NEW.carrier <> '' {count}; END",
        "CREATE TRIGGER orders_load_delete AFTER DELETE ON orders WHEN OLD.carrier <> '' BEGIN "
        f"{load} coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state, OLD.holder, -1 WHERE true {count}; END",
    ]


def _postgresql_shipping(taken: str) -> list[str]:
    add = "ON CONFLICT (product_id) DO UPDATE SET quantity = p.quantity + excluded.quantity"
    insert = "INSERT INTO promised AS p (product_id, quantity)"
    new, old = _promised("NEW", "greatest", taken), _promised("OLD", "greatest", taken)
    count = "ON CONFLICT (cut_off, carrier, state, shard) DO UPDATE SET number = l.number + excluded.number"
    load = "INSERT INTO loads AS l (cut_off, carrier, state, shard, number) VALUES"
    shard = _SHARD.format(new="NEW", old="OLD")
    leave = f"{load} (coalesce(OLD.cut_off, 0), OLD.carrier, OLD.state,"
    come = f"{load} (coalesce(NEW.cut_off, 0), NEW.carrier, NEW.state,"
    return [
        "CREATE FUNCTION kenpin_line_promise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN IF OLD.product_id IS NOT NULL AND {old} > 0 THEN "
        f"{insert} VALUES (OLD.product_id, -({old})) {add}; END IF; END IF; "
        f"IF TG_OP <> 'DELETE' THEN IF NEW.product_id IS NOT NULL AND {new} > 0 THEN "
        f"{insert} VALUES (NEW.product_id, {new}) {add}; END IF; END IF; RETURN NULL; END $$",
        "CREATE TRIGGER lines_promise_insert AFTER INSERT ON order_lines FOR EACH ROW "
        "WHEN (NEW.reserved > 0) EXECUTE FUNCTION kenpin_line_promise()",
        f"CREATE TRIGGER lines_promise_update AFTER UPDATE OF {_columns(taken)} ON order_lines FOR EACH ROW "
        "WHEN (NEW.reserved > 0 OR OLD.reserved > 0) EXECUTE FUNCTION kenpin_line_promise()",
        "CREATE TRIGGER lines_promise_delete AFTER DELETE ON order_lines FOR EACH ROW "
        "WHEN (OLD.reserved > 0) EXECUTE FUNCTION kenpin_line_promise()",
        "CREATE FUNCTION kenpin_order_load() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'INSERT' THEN IF NEW.carrier <> '' THEN {come} NEW.holder, 1) {count}; END IF; "
        f"ELSIF TG_OP = 'DELETE' THEN IF OLD.carrier <> '' THEN {leave} OLD.holder, -1) {count}; END IF; "
        f"ELSE IF OLD.carrier <> '' THEN {leave} {shard}, -1) {count}; END IF; "
        f"IF NEW.carrier <> '' THEN {come} {shard}, 1) {count}; END IF; END IF; RETURN NULL; END $$",
        "CREATE TRIGGER orders_load_insert AFTER INSERT ON orders FOR EACH ROW "
        "WHEN (NEW.carrier <> '') EXECUTE FUNCTION kenpin_order_load()",
        "CREATE TRIGGER orders_load_update AFTER UPDATE OF state, carrier, cut_off ON orders FOR EACH ROW "
        "WHEN (NEW.state <> OLD.state OR NEW.carrier <> OLD.carrier OR NEW.cut_off IS DISTINCT FROM OLD.cut_off) "
        "EXECUTE FUNCTION kenpin_order_load()",
        "CREATE TRIGGER orders_load_delete AFTER DELETE ON orders FOR EACH ROW "
        "WHEN (OLD.carrier <> '') EXECUTE FUNCTION kenpin_order_load()",
    ]
