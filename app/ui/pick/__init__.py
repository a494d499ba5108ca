"""Picking: the screen of a picker at the shelves, and what the sorting wall shares with it."""
