"""The product master: the list, one product in its fields, its shops, files in and out."""
