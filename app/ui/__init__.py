"""Screens. A screen sends the scan, shows the outcome, refreshes when told, changes language."""
