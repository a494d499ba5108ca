"""Measurements: ratios taken in one interleaved run. ``make bench`` prints them as one table."""
