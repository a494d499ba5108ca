"""A shop that mails its buyers, put where a test wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.devices.mail import SmtpWays
from app.domain.mails import KINDS
from app.domain.orders import Address
from app.services import mail_accounts
from app.services.desk import Desk
from app.services.mail_accounts import MailWays
from app.services.mail_runner import MailRunner
from app.services.print_said import faults_in
from app.storage.database import Database
from tests.mail_server import MailServer, account_at
from tests.makers import Goods, incoming, query, set_to, stocked, take_in

TEA = Goods(1, stock=1000)
HANAKO = Address("見本 花子", "150-0001", "東京都", "渋谷区", "見本町1-2-3", "03-0000-0001")
HER_MAIL = "hanako@example.jp"


@dataclass
class MailShop:
    """Orders come in, and mails of all kinds are on."""

    database: Database
    folder: Path

    def __post_init__(self) -> None:
        stocked(self.database, [TEA])

    def on(self, kinds: str = ",".join(KINDS), **more: str) -> None:
        """Say which mails the house sends, by the account ``info``."""
        set_to(self.database, mail_kinds=kinds, mail_account="info", shop_name="くも商店", **more)

    def account(self, server: MailServer, **more: Any) -> int:
        """Enter the account ``info`` at a server."""
        draft = replace(account_at(server, **more), id=0)
        with self.database.transaction() as tx:
            return mail_accounts.save(tx, "1", str(uuid4()), draft)

    def take(self, number: str, pieces: int = 1, shop: str = "shop", **more: Any) -> int:
        """Take an order in, ordered just now; return its id."""
        usual: dict[str, Any] = {"email": HER_MAIL, "buyer": HANAKO, "ship_to": HANAKO}
        with self.database.transaction() as tx:
            usual["ordered_at"] = tx.now
            take_in(tx, incoming(number, (TEA.sku, pieces), **(usual | more)), shop=shop)
        return int(query(self.database, "SELECT max(id) FROM orders WHERE number = ?", number)[0][0])

    def do(self, function: Any, *args: Any, **named: Any) -> Any:
        """Do an act."""
        with self.database.transaction() as tx:
            return function(tx, "1", str(uuid4()), *args, **named)

    def read(self, function: Any, *args: Any, **named: Any) -> Any:
        with self.database.reading() as tx:
            return function(tx, *args, **named)

    def kinds(self, number: str = "") -> list[str]:
        """Return the kinds of mails of an order, or of all, as they were queued."""
        more = "WHERE o.number = ?" if number else ""
        asked = f"SELECT m.kind FROM mails m JOIN orders o ON o.id = m.order_id {more} ORDER BY m.id"
        return [row[0] for row in query(self.database, asked, *([number] if number else []))]

    def states(self) -> list[str]:
        """Return the states of all mails."""
        return [row[0] for row in query(self.database, "SELECT state FROM mails ORDER BY id")]

    def why(self) -> list[str]:
        """Return the keys of what is said of all mails."""
        rows = query(self.database, "SELECT error FROM mails ORDER BY id")
        return [fault.key for row in rows for fault in faults_in(row[0])]

    def runner(self, desk: Desk, ways: MailWays | None = None) -> MailRunner:
        return MailRunner(desk, ways or SmtpWays(), self.folder)
