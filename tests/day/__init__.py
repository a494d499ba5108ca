"""A whole shipping day with invented orders: files in, papers and waybills, two benches, hand-over, reports."""
