"""What all commands share: where the ledger lives, the clock, and how errors and progress are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import platformdirs
import typer
from rich.console import Console
from rich.text import Text

from detente import dates
from detente.errors import DetenteError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
LARGE_BYTES = 100_000_000
"""From this size of a ledger on, bringing its tables up takes more than a second or two."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Folder of the ledger, seconds to wait for another writer, and whether every address is refused."""

    data: Path
    wait_seconds: float
    offline: bool = False


def settings(ctx: typer.Context) -> Settings:
    """The settings given before the command."""
    found = ctx.find_object(Settings) or Settings(user_folder(), 5.0)
    _forewarn(found.data / "ledger.sqlite")
    return found


def _forewarn(path: Path) -> None:
    """Say that the tables of a large ledger are brought up, since that takes a while."""
    if path.is_file() and path.stat().st_size > LARGE_BYTES:
        from detente.keep import schema

        if schema.is_behind(path):
            err.print("bringing the tables of the ledger to this version, once; a million claims take some fifteen seconds ...")


def user_folder() -> Path:
    """The user's own data folder."""
    return Path(platformdirs.user_data_dir("detente", appauthor=False))


def today() -> date:
    """The day on the machine's clock."""
    return datetime.now(tz=UTC).date()


def now() -> str:
    """The instant on the machine's clock, as the ledger writes it."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def day(text: str | None) -> date:
    """A day given as YYYY-MM-DD, or today."""
    return today() if text is None else dates.parse_day(text)


def complain(error: DetenteError) -> None:
    """Say what was expected, what came and what to do."""
    message = Text()
    message.append("error: ", style="bold red")
    message.append(f"expected {error.expected}, but {error.came}.\n")
    message.append("to do: ", style="bold")
    message.append(error.do)
    err.print(message)


def stopped() -> None:
    """Say that the user stopped the command."""
    err.print("stopped; what was kept before is safe")
