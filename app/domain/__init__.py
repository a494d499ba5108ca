"""The rules. Standard library only: no clock, no random, no input or output."""
