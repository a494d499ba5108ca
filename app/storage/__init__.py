"""Typed tables, transactions, migrations and queries. The only floor that knows SQL."""
