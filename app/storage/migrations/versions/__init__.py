"""One file a revision; never edited after it was released."""
