"""The one door for every date of the program: intervals and their ISO forms, and expressions in running text.

No other module parses a date.
"""

from detente.dates.expressions import Expression, find, resolve
from detente.dates.interval import Interval, Precision, between, day, decade, month, parse, parse_day, season, year

__all__ = [
    "Expression",
    "Interval",
    "Precision",
    "between",
    "day",
    "decade",
    "find",
    "month",
    "parse",
    "parse_day",
    "resolve",
    "season",
    "year",
]
