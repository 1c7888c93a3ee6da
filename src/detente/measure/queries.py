"""The measures on event tables: each is one plain SQL text in a file of its own beside this one, to be run by any engine."""

from __future__ import annotations

from importlib.resources import files

from detente.errors import TermError

NAMES = ("actor_volume", "directed_panel", "event_coverage", "monthly_panel", "read_days", "top_partners", "weekly_panel")


def text(name: str) -> str:
    """The SQL of a measure. Raises TermError for a name that is none."""
    if name not in NAMES:
        raise TermError(f"one of {', '.join(NAMES)}", came=f"{name!r} came", do="choose a measure by its name")
    return (files("detente.measure") / f"{name}.sql").read_text(encoding="utf-8")


def answers(name: str) -> str:
    """What a measure answers: the first line of its file."""
    return text(name).splitlines()[0].removeprefix("-- ")
