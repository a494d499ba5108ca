"""Sorting 種まき: the screen of the wall."""
