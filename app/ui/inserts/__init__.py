"""The rules of what goes into boxes beside the goods."""
