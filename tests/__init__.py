"""Tests; the folders are those of `app`."""
