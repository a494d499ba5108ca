"""Ways to printers: one file for each transport. What a printer says is judged elsewhere."""
