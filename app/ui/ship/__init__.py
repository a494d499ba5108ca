"""Shipping: the board of the pickups, the hand-over at the dock, the close-out."""
