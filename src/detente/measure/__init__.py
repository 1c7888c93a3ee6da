"""Counts and levels of dyads by dimension and period, with coverage beside them."""
