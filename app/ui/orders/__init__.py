"""The queue of orders on screen."""
