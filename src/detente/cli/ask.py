"""`detente ask`: the verdict on the terminal and as data."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from detente.cli import console
from detente.cli.arguments import AsOf

AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]


def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="A question about two states, in quotes.", show_default=False)],
    as_of: AsOf = None,
    case: Annotated[
        str | None, typer.Option("--case", help="The case whose two states are meant when the question names none.", show_default=False)
    ] = None,
    pieces: Annotated[int, typer.Option("--evidence", min=0, help="How many pieces of evidence to print; the brief and --json hold all.")] = 10,
    short: Annotated[bool, typer.Option("--short", help="Print only the answer itself.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer whether relations between two states are at a new stage, with the evidence for and against; or another question from the ledger.

    What is not about a stage goes to the examinations: who came and who received him, what was signed, whether a goal was met, whether a ban
    ended, whether something is really a first, what caused a change. `detente questions` lists what can be asked.
    """
    from detente import pipeline
    from detente.cli import answers, enquiries
    from detente.publish import exports

    day = console.day(as_of)
    with console.err.status("weighing the evidence"):
        found = pipeline.ask(question, data=console.settings(ctx).data, as_of=day, today=console.today(), case=case)
    if isinstance(found, pipeline.Enquiry):
        enquiries.show(found, as_json=as_json)
    elif as_json:
        typer.echo(json.dumps(exports.verdict(found), ensure_ascii=False, indent=1))
    elif short:
        answers.open_with(found)
    else:
        answers.show(found, pieces=pieces)
