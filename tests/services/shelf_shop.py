"""A desk with products and shops for tests of the product master: files, listings, orders as each shop writes them."""

from __future__ import annotations

from pathlib import Path

from app.domain.listings import ListingDraft
from app.services import product_edit, product_listings
from app.services.desk import Desk, new_act
from app.services.intake import import_files
from app.storage import intake as intake_storage
from tests.makers import query

MAPPING = """
[order]
number = "order"
[ship_to]
name = "to"
[line]
sku = "sku"
quantity = "qty"
tax_rate = "rate"
"""


class Master:
    """The product master of a few shops."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        (folder / "orders.toml").write_text(MAPPING, encoding="utf-8")

    def shop(self, name: str) -> int:
        return self.desk.do(frozenset(), lambda tx: intake_storage.shop_id(tx, "csv", name, make=True)).result()

    def add(self, sku: str, **texts: str) -> int:
        return product_edit.edit(self.desk, {"sku": sku, "name": sku, **texts})

    def edit(self, product: int, **texts: str) -> int:
        return product_edit.edit(self.desk, texts, product)

    def list(self, product: int, shop: int, code: str, *, move: bool = False, **more) -> int:
        return product_listings.put_and_follow(self.desk, product, shop, ListingDraft(code, **more), move=move)

    def drop(self, listing: int) -> None:
        self.desk.do(product_listings.TOPICS, product_listings.drop, "1", new_act(), listing).result()

    def orders(self, shop: str, *rows: tuple[str, str], **more):
        """Take orders in: number and code each."""
        path = self.folder / "orders.csv"
        lines = [f"{number},{code},1,花子," for number, code in rows]
        path.write_text("order,sku,qty,to,rate\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return import_files(
            self.desk, [path], mapping=str(self.folder / "orders.toml"), shop=shop, channel="csv", **more
        )

    def file(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        return path

    def ask(self, statement: str, *values):
        return query(self.desk.database, statement, *values)

    def meant(self, number: str) -> tuple[str | None, str]:
        """What an order's only line means, and the order's state."""
        ((sku, state),) = self.ask(
            "SELECT p.sku, o.state FROM orders o JOIN order_lines l ON l.order_id = o.id "
            "LEFT JOIN products p ON p.id = l.product_id WHERE o.number = ?", number,
        )  # fmt: skip
        return sku, state
