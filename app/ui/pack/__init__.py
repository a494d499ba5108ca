"""The bench 検品台 on screen."""
