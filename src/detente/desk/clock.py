"""The clock of the machine, read in one place."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The day on the machine's clock."""
    return datetime.now(tz=UTC).date()


def now() -> str:
    """The instant on the machine's clock to the millisecond: keys follow one another faster than seconds."""
    return datetime.now(tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def told(seconds: float) -> str:
    """An instant, given in seconds since 1970, as the day and time of the machine's clock."""
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M:%S} UTC"
