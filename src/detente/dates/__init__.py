"""The one door for every date of the program: intervals and their ISO forms, and expressions in running text.

No other module parses a date.
"""

from detente.dates.interval import Interval, Precision, between, day, month, parse, parse_day, year

__all__ = ["Interval", "Precision", "between", "day", "month", "parse", "parse_day", "year"]
