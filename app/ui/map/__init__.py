"""The map of the warehouse: drawn, checked, taken in from a file or made out of a few numbers."""
