"""Rigs that do to the station what the world does: kill it, cut its power, fill its disk, err at its bench."""
