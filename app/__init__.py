"""Kenpin (検品): a picking and packing station for e-commerce warehouses."""

__version__ = "0.1.0"
