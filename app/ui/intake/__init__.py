"""Taking files in: what is dropped or chosen, how far it is, and the report of what came of it."""
