"""What many commands are asked with: two states, the day, and who decides."""

from __future__ import annotations

from typing import Annotated

import typer

StateA = Annotated[str, typer.Argument(help="One state, by name or ISO code.", show_default=False)]
StateB = Annotated[str, typer.Argument(help="The other state.", show_default=False)]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Only what was known by this day counts, YYYY-MM-DD; today when left out.", show_default=False)
]
By = Annotated[str | None, typer.Option("--by", help="Who decides; the name you are logged in with when left out.", show_default=False)]
