"""A shop whose mails stand in every state, brought there by a real server and what people do."""

from __future__ import annotations

from pathlib import Path

from app.domain.orders import Hold
from app.services import mail_accounts, mails
from app.services.desk import Desk
from app.services.mail_passwords import Passwords
from tests.mail_server import MailServer
from tests.services.mailing import MailShop

__all__ = ["LONG", "every_state"]

LONG = "a-very-long-name.of-a-buyer.who-likes-dots.and-more-of-them@mail.of-a-large-house.example.co.jp"


def every_state(desk: Desk, folder: Path, post: MailServer) -> MailShop:
    """Bring mails into every state: sent, failed for now and for good, unknown, waiting, for later, given up."""
    shop = MailShop(desk.database, folder)
    shop.on("received,pay_info", shop_email="shop@example.jp", shop_phone="03-0000-0000")
    shop.account(post, name="info", address="info@shop.example.jp", station=desk.station)
    post.plan.extend(["", "rcpt:550", "lost", "rcpt:451"])
    if post.login:
        Passwords(folder).put(shop.read(mail_accounts.named, "info"), post.login[1])
    runner = shop.runner(desk)
    for number in ("#1001", "#1002", "#1003", "#1004"):
        shop.take(number, shop="くもの雑貨店")
        runner.work_off()
    shop.take("#1005", shop="くもの雑貨店", email="")  # without an address: it is said
    shop.take("249-1234567-7654321", shop="みさき珈琲 オンラインストア", email=LONG)
    order = shop.take("#1007", shop="みさき珈琲 オンラインストア", holds=(Hold.UNPAID,))
    given_up = next(row for row in shop.read(mails.page, order=order) if row.kind == "pay_info")
    shop.do(mails.drop, given_up.id)
    return shop
