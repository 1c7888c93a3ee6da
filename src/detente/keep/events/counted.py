"""Which rows count when several datasets tell of the same thing: what happened in a cell is told by one dataset alone.

A cell is a day, a source, a target and a quad class, unknown being equal to unknown; where a state is unknown, the place belongs to it too.
A row is a duplicate when a dataset of better rank has a row in its cell. The rule is a view: files stay as they are when datasets come later.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.keep.events import codes
from detente.keep.events.codes import quoted

CELL = {
    "day": "{0}.day",
    "cell_source": "COALESCE({0}.source, '')",
    "cell_target": "COALESCE({0}.target, '')",
    "cell_quad": "COALESCE({0}.quad, 0)",
    "cell_place": "CASE WHEN {0}.source IS NULL OR {0}.target IS NULL THEN COALESCE({0}.place, '') ELSE '' END",
}
"""The columns that make a cell, of a relation that bears the name given."""


def ranked(datasets: Sequence[str]) -> list[str]:
    """Datasets from the best rank to the worst: a user's own tables by name, then as data/events/kinds.csv ranks them."""
    ranks = codes.ranks()
    return sorted(datasets, key=lambda name: (ranks.get(name, 0), name))


def sql(datasets: Sequence[str], *, rows: str = "all_events") -> str:
    """The query for the rows that count, over a relation `all_events` with the columns of the event table; it runs on every engine.

    >>> sql(("icews",))
    'SELECT all_events.* FROM all_events'
    """
    if len(datasets) < 2:
        return f"SELECT {rows}.* FROM {rows}"
    best, *others = ranked(datasets)
    texts = [f"SELECT {rows}.* FROM {rows} WHERE {rows}.dataset = {quoted(best)}"]
    above = [best]
    for name in others:
        texts.append(_uncounted(name, above, rows))
        above.append(name)
    return "\nUNION ALL\n".join(texts)


def _uncounted(name: str, above: Sequence[str], rows: str) -> str:
    """The rows of a dataset whose cells none of the datasets above has filled."""
    names = ", ".join(quoted(each) for each in above)
    cells = ", ".join(f"{text.format(rows)} AS {column}" for column, text in CELL.items())
    same = " AND ".join(f"taken.{column} = {text.format(rows)}" for column, text in CELL.items())
    return (
        f"SELECT {rows}.* FROM {rows} LEFT JOIN (SELECT DISTINCT {cells}, 1 AS is_taken FROM {rows} WHERE {rows}.dataset IN ({names})) AS taken"
        f" ON {same} WHERE {rows}.dataset = {quoted(name)} AND COALESCE(taken.is_taken, 0) = 0"
    )
