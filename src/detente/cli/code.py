"""`detente code`: texts to events, streamed and resumable, or one sentence explained at once.

Rows of IN.jsonl are {"id", "text", "date"?}; rows of OUT.jsonl are {"id", "events": [...]}, or with --flat one event each with "doc_id".
While it runs, OUT.jsonl.progress says how far it came; after a kill the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, tee
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from detente import dates
from detente.coding.events import codes
from detente.errors import InputError
from detente.read.datasets import streams
from detente.records import Claim

if TYPE_CHECKING:
    from detente.coding.claims import Coder, Coding
    from detente.pipeline.texts import Row


@dataclass(frozen=True, slots=True)
class Form:
    """How the events are written and what is shown beside."""

    flat: bool
    explain: bool


def code(
    texts: Annotated[Path | None, typer.Argument(help="JSON lines with id, text and optionally date.", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where the events go; without it they are printed.", show_default=False)] = None,
    flat: Annotated[bool, typer.Option("--flat", help="One event a line, with doc_id.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the reason for each claim and for each silence.")] = False,
    sentence: Annotated[str | None, typer.Option("--sentence", help="Code one sentence and explain it.", show_default=False)] = None,
    day: Annotated[str | None, typer.Option("--date", help="Day of publication for rows without one.", show_default=False)] = None,
    own: Annotated[Path | None, typer.Option("--actors", help="Your own table of actors: name, state, form.", show_default=False)] = None,
    model: Annotated[
        Path | None, typer.Option("--model", help="Folder of another spaCy model of English instead of the shipped one.", show_default=False)
    ] = None,
    processes: Annotated[int, typer.Option("--processes", min=1, help="Processes that code side by side.")] = 1,
    engine: Annotated[
        str | None, typer.Option("--engine", help="spark, or its address, to code on a cluster: local[2], spark://host:7077.", show_default=False)
    ] = None,
) -> None:
    """Turn texts into events: who did what to whom, when, where, and how the source puts it."""
    from detente.pipeline import texts as given  # loads the whole pipeline, which other commands do without

    published = None if day is None else dates.parse_day(day)
    form = Form(flat, explain)
    if engine is not None:
        _cluster(engine, form, out)
    if sentence is not None:
        row = given.Row("sentence", given.document(sentence, published))
        _explain(row, _coder(own, model).code(row.doc))
    elif texts is None:
        raise InputError("a file of texts or --sentence", came="neither was given", do="type `detente code IN.jsonl -o OUT.jsonl`")
    elif out is None:
        _print(texts, published, _coder(own, model), form)
    else:
        Run(texts, out, published).write(_coder(own, model), form, processes=processes, engine=engine)


def _cluster(engine: str, form: Form, out: Path | None) -> None:
    """Raises InputError when an engine cannot code, or not in this form."""
    from detente.measure.engines import dialect

    if dialect(engine) != "spark" or form.explain or out is None:
        came = f"--engine {engine} came{' with --explain' if form.explain else ''}{'' if out else ' without --out'}"
        raise InputError("spark or its address, with --out and without --explain", came=came, do="leave --engine out to code on this machine")


def _coder(own: Path | None, model: Path | None) -> Coder:
    from detente.coding import claims

    return claims.load(own_actors=own, model=model)


def _print(texts: Path, published: date | None, coder: Coder, form: Form) -> None:
    from detente.pipeline import texts as given

    for row in given.rows(texts, published):
        coding = coder.code(row.doc)
        if form.explain:
            _explain(row, coding)
        else:
            typer.echo(given.lines(row.id, coding, flat=form.flat), nl=False)


class Run:
    """A streamed run from file to file; the progress file holds rows done and bytes written, for the same texts, coder, day and form."""

    def __init__(self, texts: Path, out: Path, published: date | None) -> None:
        self._texts, self._out, self._published = texts, out, published
        self._progress = out.with_name(out.name + ".progress")

    def write(self, coder: Coder, form: Form, *, processes: int = 1, engine: str | None = None) -> None:
        """Code what is not yet done, row by row; events of a row that was cut off by a kill are written anew."""
        from detente.pipeline import texts as given

        total = sum(1 for _ in given.rows(self._texts, self._published))
        key = f"{streams.digest(self._texts)} {coder.mark} {self._published} {form.flat}"
        done, size = self._done(key)
        with self._out.open("r+b" if done else "wb") as stream, Progress(console=Console(stderr=True), transient=True) as bar:
            stream.truncate(size)
            stream.seek(size)
            task = bar.add_task("coding", total=total, completed=done)
            rest = self._rest(done)
            told = self._here(rest, coder, form, processes) if engine is None else given.on_spark(rest, coder.made_from, engine, flat=form.flat)
            for text in told:
                stream.write(text.encode())
                stream.flush()
                done += 1
                self._note(key, done, stream.tell())
                bar.advance(task)
        self._progress.unlink(missing_ok=True)

    @staticmethod
    def _here(rest: Iterator[Row], coder: Coder, form: Form, processes: int) -> Iterator[str]:
        """The lines of each row, coded on this machine."""
        from detente.pipeline import texts as given

        ours, theirs = tee(rest)
        codings = coder.code_many((row.doc for row in theirs), processes=processes)
        for row, coding in zip(ours, codings, strict=True):
            if form.explain:
                _explain(row, coding)
            yield given.lines(row.id, coding, flat=form.flat)

    def _rest(self, done: int) -> Iterator[Row]:
        from detente.pipeline import texts as given

        return islice(given.rows(self._texts, self._published), done, None)

    def _done(self, key: str) -> tuple[int, int]:
        if not self._progress.exists() or not self._out.exists():
            return 0, 0
        noted = self._progress.read_text(encoding="utf-8").splitlines()
        return (int(noted[1]), int(noted[2])) if len(noted) == 3 and noted[0] == key else (0, 0)

    def _note(self, key: str, done: int, size: int) -> None:
        fresh = self._progress.with_name(self._progress.name + ".new")
        fresh.write_text(f"{key}\n{done}\n{size}\n", encoding="utf-8")
        fresh.replace(self._progress)


def _explain(row: Row, coding: Coding) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"[bold]{escape(row.id)}[/bold]")
    for claim in coding.claims:
        for line in _claim_lines(claim):
            console.print(line)
    for silence in coding.silences:
        words = row.doc.text[silence.start : silence.stop][:100]
        console.print(f"  [dim]silent ({silence.reason}): {escape(words)}[/dim]")


def _claim_lines(claim: Claim) -> Iterator[str]:
    span = claim.spans[0]
    sides = f"{'+'.join(codes(claim.source)) or '?'} -> {'+'.join(codes(claim.target)) or '?'}"
    label = f"{claim.event_class or 'no class'}[/green] {claim.kind}{'/' + claim.mode if claim.mode else ''}"
    yield f"  [green]{label}  {sides}  {claim.status}  {claim.valid or 'no date'}{'  at ' + escape(claim.place) if claim.place else ''}"
    yield f"      “{escape(claim.quote)}” from {span.start} to {span.stop}, probability {claim.probability}"
    for party in (*claim.source, *claim.target):
        if party.person is not None:
            rank = party.rank or "unknown"
            whose = party.state or party.body or "state unknown"
            yield f"      {escape(party.person)}: {escape(party.office or 'office unknown')}, rank {rank}, {whose}"
    yield f"      why: {escape(claim.why or 'no reason given')}"
