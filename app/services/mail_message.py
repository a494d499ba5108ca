"""One mail as the bytes that a server is given: headers encoded and folded, the text in UTF-8.

Nothing of an order can end a header early: whatever is no character to see was made a space before, and the library
that folds the headers refuses an end of a line in any of them.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from app.domain.mail_templates import plain_line
from app.domain.mails import Account, mail_address
from app.text import Texts

__all__ = ["build", "new_message_id", "test_message"]

_POLICY = SMTP.clone(max_line_length=76, cte_type="7bit")
_LONGEST_SUBJECT = 250
_LONGEST_NAME = 60


def new_message_id(account: Account, mail: int) -> str:
    """Return a Message-ID that no other mail has; it stays the mail's own when it is tried again."""
    return f"<kenpin.{mail}.{secrets.token_hex(8)}@{account.address.rpartition('@')[2]}>"


def build(
    account: Account,
    recipient: str,
    subject: str,
    body: str,
    *,
    message_id: str,
    shop: str = "",
    reply_to: str = "",
    now: int,
) -> bytes:
    """Return a mail.

    :param recipient: an address, as :func:`app.domain.mails.mail_address` gives it.
    :param shop: name in From where the account names none.
    :param reply_to: where answers go; empty for the account's own address.
    :param now: ms UTC.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(account.address, account.sender or shop)
    message["To"] = _address(recipient)
    if (answer := mail_address(reply_to)) and answer != account.address:
        message["Reply-To"] = _address(answer)
    message["Subject"] = plain_line(subject)[:_LONGEST_SUBJECT] or "-"
    message["Date"] = datetime.fromtimestamp(now / 1000, UTC)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    plain = body.replace("\r\n", "\n").rstrip("\n") + "\n"
    # Quoted or in Base64: no line is too long, and a lone dot at a line's beginning means nothing.
    message.set_content(plain, charset="utf-8", cte="quoted-printable" if plain.isascii() else "base64")
    return message.as_bytes()


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    return Address(plain_line(name)[:_LONGEST_NAME], local, domain)


def test_message(account: Account, recipient: str, words: Texts) -> bytes:
    """Return a mail that shows that an account works."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    subject = words.say("mails.test.subject", name=account.name)
    body = words.say("mails.test.body", name=account.name, host=account.host)
    return build(account, recipient, subject, body, message_id=new_message_id(account, 0), now=now)
