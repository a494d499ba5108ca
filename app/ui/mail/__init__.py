"""The mails メール: every mail to a customer, what became of it, and what may be done about it."""
