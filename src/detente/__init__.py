"""Detente answers from evidence whether relations between two states have entered a new stage."""

__version__ = "0.1.0"
