"""What runs one statement of SQL, and the clause that keeps a column to many values: shared by all that reads or follows a ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Run = Callable[[str, Sequence[Any]], sqlite3.Cursor]
"""Runs one statement with its values."""
Numbers = Sequence[int] | None
"""Numbers of claims; None for all."""
LISTED = "(SELECT value FROM json_each(?))"


def among(column: str, wanted: Iterable[int | str] | None, of: str = "") -> tuple[str, tuple[str, ...]]:
    """The clause that keeps a column to what is wanted, or to what `of` takes of it; one that keeps all where nothing is given."""
    if wanted is None:
        return "1", ()
    return (f"{column} IN ({of} IN {LISTED})" if of else f"{column} IN {LISTED}"), (json.dumps(list(wanted)),)
