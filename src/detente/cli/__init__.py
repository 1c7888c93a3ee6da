"""The command line: one file a family of commands; each parses, calls the pipeline and prints.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage. Commands that need no text do not load the parser.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from detente import __version__
from detente.cli import (
    agreement,
    ask,
    case,
    classify,
    code,
    console,
    copies,
    evaluate,
    examinations,
    explain,
    fetching,
    generating,
    hypotheses,
    importing,
    ledger,
    measures,
    merging,
    moves,
    panel,
    publishing,
    reading,
    records,
    recurrency,
    review,
    serve,
    stages,
    triads,
)
from detente.errors import DetenteError

app = typer.Typer(
    name="detente",
    help="Have relations between two states entered a new stage? Answers from evidence, offline, every sentence one step from its source.",
    epilog="Begin with `detente case load cases/russia-dprk`, then ask `detente ask 'Are Russia and North Korea at a new stage?' --as-of 2014-05-15`",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="DETENTE_DATA", help="Folder of the ledger; without it a folder of the user's own.", show_default=False),
    ] = None,
    wait: Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another writer of the same ledger.")] = 5.0,
    offline: Annotated[bool, typer.Option("--offline", envvar="DETENTE_OFFLINE", help="Refuse every address; nothing leaves the machine.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Where the ledger lives, how long to wait for it, and whether the network may be used."""
    ctx.obj = console.Settings(data=data or console.user_folder(), wait_seconds=wait, offline=offline)


app.command("ask")(ask.ask)
app.command("diff")(moves.diff)
app.command("replay")(moves.replay)
app.command("shock")(moves.shock)
app.command("triads")(triads.triads)
app.command("hypotheses")(hypotheses.hypotheses)
app.command("stages")(stages.stages)
app.command("panel")(panel.panel)
app.command("scan")(stages.scan)
app.command("measure")(measures.measure)
app.command("detect")(stages.detect)
app.command("fetch")(fetching.fetch)
app.command("recurrency")(recurrency.recurrency)
app.command("import")(importing.import_)
app.command("read")(reading.read)
app.command("code")(code.code)
app.command("classify")(classify.classify)
app.command("train")(classify.train)
app.command("evaluate")(evaluate.evaluate)
app.command("explain")(explain.explain)
app.command("claims")(review.claims)
app.command("review")(review.review)
app.command("agreement")(agreement.agreement)
app.command("acts")(merging.acts)
app.command("join")(merging.join)
app.command("split")(merging.split)
app.command("serve")(serve.serve)
app.command("verify")(ledger.verify)
app.command("status")(ledger.status)
app.add_typer(generating.app, name="generate")
app.add_typer(case.app, name="case")
app.add_typer(records.app, name="records")
examinations.add(app)
publishing.add(app)
copies.add(app)


def main() -> None:
    """Run the command line; errors of ours become one message and exit code 1."""
    try:
        app()
    except DetenteError as error:
        console.complain(error)
        sys.exit(1)
    except KeyboardInterrupt:
        console.stopped()
        sys.exit(1)
