"""Simulation: a modelled packer who errs works with the real rules of the bench."""
