"""The ledgers that nobody keeps: visits, promises, bans, firsts and the rest, each a table with sources, or data with --json.

One command is one or more examinations of two states; when no states are named, those of the case that is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from detente import dates
from detente.cli import console, listing
from detente.cli.arguments import AsOf
from detente.examine.families import FAMILIES

if TYPE_CHECKING:
    from detente.examine.questions import Answer
    from detente.pipeline import Examined, Look

A = Annotated[str | None, typer.Argument(help="One state, by name or ISO code; that of the case when left out.", show_default=False)]
B = Annotated[str | None, typer.Argument(help="The other state.", show_default=False)]
Since = Annotated[
    str | None, typer.Option("--since", help="Only what lasted until this day or later: YYYY, YYYY-MM or YYYY-MM-DD.", show_default=False)
]
Until = Annotated[str | None, typer.Option("--until", help="Only what began by the end of this day, month or year.", show_default=False)]
Case = Annotated[str | None, typer.Option("--case", help="The case whose two states are meant when none are named.", show_default=False)]
Others = Annotated[bool, typer.Option("--with-others", help="Also what either of the two did with third states.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of tables.")]


def add(app: typer.Typer) -> None:
    """Put a command for every family on the application."""
    for family in FAMILIES:
        app.command(family.name, help=family.help)(command(family.shows))
    app.command("questions")(questions)


def questions(
    ctx: typer.Context,
    a: A = None,
    b: B = None,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    case: Case = None,
    as_json: AsJson = False,
) -> None:
    """What an analyst can ask of two states: every question with the ledger's answer, its evidence, and who made the record."""
    from detente import pipeline

    asked = look(a, b, as_of=as_of, span=(since, until), case=case)
    with console.err.status("asking the ledger"):
        answers = pipeline.questioned(asked, data=console.settings(ctx).data)
    if as_json:
        typer.echo(json.dumps([row(answer) for answer in answers], ensure_ascii=False, indent=1))
        return
    console.out.print(Text(f"what can be asked of {' and '.join(asked.names or ('the case',))}, as of {asked.as_of}", style="bold"))
    console.out.print(listing.answers(answers))
    answered = sum(1 for answer in answers if answer.how != "none")
    console.out.print(Text(f"  {len(answers)} questions, {answered} answered; quotes and offsets of the evidence stand in --json", style="dim"))


def row(answer: Answer) -> dict[str, object]:
    """A question as data, kept stable: template, question, serves, answer, evidence with offsets, how."""
    evidence = [{"id": p.id, "document": p.document, "quote": p.quote, "start": p.start, "end": p.end} for p in answer.evidence]
    return {
        "template": answer.template,
        "question": answer.question,
        "serves": list(answer.serves),
        "answer": answer.answer,
        "evidence": evidence,
        "how": answer.how,
    }


def command(shows: Sequence[str]) -> Callable[..., None]:
    """The function of a command that runs and shows these examinations."""

    def run(
        ctx: typer.Context,
        a: A = None,
        b: B = None,
        as_of: AsOf = None,
        since: Since = None,
        until: Until = None,
        case: Case = None,
        with_others: Others = False,
        as_json: AsJson = False,
    ) -> None:
        from detente import pipeline

        asked = look(a, b, as_of=as_of, span=(since, until), case=case)
        with console.err.status("examining the ledger"):
            examined = pipeline.examine(shows, asked, data=console.settings(ctx).data)
        examined = examined if with_others else examined.narrowed()
        if as_json:
            typer.echo(json.dumps(packed(examined, asked), ensure_ascii=False, indent=1))
        else:
            show(examined, asked)

    return run


def look(a: str | None, b: str | None, *, as_of: str | None, span: tuple[str | None, str | None], case: str | None) -> Look:
    """What is asked, from the words of the command line."""
    from detente import pipeline
    from detente.errors import QuestionError

    if a is not None and b is None:
        raise QuestionError("two states", came=f"only {a} came", do="name the other one too, or none for those of the case")
    since, until = span
    return pipeline.Look(
        names=None if a is None or b is None else (a, b),
        as_of=console.day(as_of),
        since=None if since is None else dates.parse(since).start,
        until=None if until is None else dates.parse(until).last,
        case=case,
    )


def packed(examined: Examined, asked: Look) -> dict[str, object]:
    """The data of a command: states, day and span asked, then the records and counts of each examination."""
    from detente.examine.register import plain

    head = {"dyad": list(examined.dyad), "as_of": str(asked.as_of), "since": plain(asked.since), "until": plain(asked.until)}
    counted = {name: plain(each) for name, each in examined.counted.items()}
    return {**head, **{name: plain(records) for name, records in examined.found.items()}, "counted": counted}


def show(examined: Examined, asked: Look) -> None:
    """Print a table for each examination, its counts, and how many records came from where."""
    from detente.examine.register import examination
    from detente.examine.wording import cell

    for name, records in examined.found.items():
        title = f"{name}, {'-'.join(examined.dyad)}, as of {asked.as_of}"
        if records:
            console.out.print(listing.table(examination(name), records, title=title, width=console.out.width))
        for each in examined.counted.get(name, ()):
            console.out.print(Text("  " + cell(each)))
        made = {how: sum(1 for record in records if record.how == how) for how in ("table", "person", "coded")}
        told = ", ".join(f"{number} by {how}" for how, number in made.items() if number)
        number = "1 record" if len(records) == 1 else f"{len(records)} records"
        counted = f"  {number} ({told})" if told else f"  {name}: nothing of this kind is known by {asked.as_of}"
        console.out.print(Text(counted, style="dim"))
