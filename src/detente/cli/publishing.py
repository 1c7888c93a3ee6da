"""`detente brief`, `lint`, `bundle`, `reproduce`: the verdict as a document to hand on, held against rules of wording, and made again elsewhere."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from detente.cli import console

if TYPE_CHECKING:
    from detente.pipeline import Bundled

StateA = Annotated[str, typer.Argument(help="One state, by name or ISO code.", show_default=False)]
StateB = Annotated[str, typer.Argument(help="The other state.", show_default=False)]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Only what was known by this day counts, YYYY-MM-DD; today when left out.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]


def add(app: typer.Typer) -> None:
    """Add the commands of this family."""
    for command in (brief, bundle, reproduce, lint):
        app.command(command.__name__)(command)


def brief(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: .html, .md, .docx or .pdf.", show_default=False)],
    as_of: AsOf = None,
    citations: Annotated[
        Path | None, typer.Option("--citations", help="Also write the works cited: .bib, .ris or .json (CSL).", show_default=False)
    ] = None,
    packed: Annotated[Path | None, typer.Option("--bundle", help="Also write the bundle to make it again from.", show_default=False)] = None,
) -> None:
    """Write the verdict as a brief in one file, with pictures, notes and sources."""
    from detente import pipeline

    day, data, today = console.day(as_of), console.settings(ctx).data, console.today()
    with console.err.status("writing the brief"):
        composed = pipeline.brief((a, b), data=data, as_of=day, today=today, output=output)
    console.out.print(f"wrote {output}", markup=False)
    if citations is not None:
        console.out.print(f"wrote {citations}: {pipeline.cite(composed, citations)} works", markup=False)
    if packed is not None:
        _bundled(pipeline.bundle((a, b), data=data, as_of=day, today=today, output=packed), packed)


def bundle(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, a zip.", show_default=False)],
    as_of: AsOf = None,
) -> None:
    """Write what a brief was made from, so that `detente reproduce` makes it again on another machine."""
    from detente import pipeline

    with console.err.status("packing what the verdict read"):
        made = pipeline.bundle((a, b), data=console.settings(ctx).data, as_of=console.day(as_of), today=console.today(), output=output)
    _bundled(made, output)


def reproduce(
    packed: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A bundle that `detente bundle` wrote.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the brief to, in every form.", show_default=False)],
) -> None:
    """Make the brief of a bundle again and say what differs; exit code 1 when anything does. No ledger is needed."""
    from detente import pipeline
    from detente.errors import SourceError

    try:
        content = packed.read_bytes()
    except OSError as error:
        raise SourceError(f"a bundle at {packed}", came=str(error), do="name the file that `detente bundle` wrote") from error
    with console.err.status("making the brief again"):
        again = pipeline.reproduce(content, output)
    for path in again.files:
        console.out.print(f"wrote {path}", markup=False)
    for note in again.notes:
        console.out.print(Text(f"not as then: {note}", style="yellow"))
    for difference in again.differences:
        console.out.print(Text(f"differs: {difference}", style="red"))
    if again.differences:
        raise typer.Exit(1)
    console.out.print("the same: Markdown and HTML byte for byte, DOCX and PDF in all they say and draw")


def lint(
    file: Annotated[Path, typer.Argument(help="A Markdown file, or - for what is piped in.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Hold any Markdown against the rules of wording: likelihood apart from confidence, one scale, all cited, a dissent, no hedge without a band."""
    from detente.publish import lint as rules

    found = rules.faults(_text(file))
    if as_json:
        typer.echo(json.dumps([asdict(fault) for fault in found], ensure_ascii=False, indent=1))
    else:
        for fault in found:
            said = Text(f"{file}:{fault.line}: ", style="bold").append(f"{fault.code}: ", style="red")
            console.out.print(said.append(f"expected {fault.expected}, but {fault.came}; {fault.do}", style="not bold not red"), soft_wrap=True)
        console.out.print(f"{len(found)} faults" if len(found) != 1 else "1 fault")
    if found:
        raise typer.Exit(1)


def _text(file: Path) -> str:
    from detente.errors import SourceError

    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"a text file in UTF-8 at {file}", came=str(error), do="name a Markdown file, or pipe one in with -") from error


def _bundled(made: Bundled, output: Path) -> None:
    console.out.print(f"wrote {output}: {made.claims} claims, {made.documents} documents, head {made.head}", markup=False)
    console.out.print(f"SHA-256 {made.sha256}", markup=False)
