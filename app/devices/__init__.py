"""Machines at the bench: scanner and paper output."""
