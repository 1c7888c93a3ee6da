"""From files, feeds, addresses and case tables to documents and rows; every one kept, refused or failed."""

import csv

csv.field_size_limit(4 << 20)
"""A cell may be as long as its row, which `datasets/lines.py` bounds; left alone, Python refuses a cell of 128 KB where Arrow reads it."""
