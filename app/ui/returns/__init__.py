"""Returns 返品: the screen of a station where goods come back."""
