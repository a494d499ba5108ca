"""The list of cartons: what there is, what runs out, one of them in a form, a file before it is taken in."""
