"""`detente brief`, `lint`, `bundle`, `reproduce`, `forecasts`, `resolve`: the verdict to hand on, held against rules, and made again elsewhere;
what was judged to come, and how it ended."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente import ontology
from detente.cli import console
from detente.cli.arguments import AsOf, By, StateA, StateB

if TYPE_CHECKING:
    from detente.assess.forecasts import Forecast
    from detente.pipeline import Bundled

AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]


def add(app: typer.Typer) -> None:
    """Add the commands of this family."""
    for command in (brief, bundle, reproduce, lint, forecasts, resolve):
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


def forecasts(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List what was judged or announced to come between two states: its band, the day it is due, how it ended, and its score beside the base rate."""
    from detente.assess.forecasts import scores
    from detente.pipeline import forecasting

    with console.err.status("looking up what was to come"):
        found = forecasting.forecasts((a, b), data=console.settings(ctx).data, as_of=console.day(as_of))
    if as_json:
        packed = [{**asdict(each), "probability": each.probability} for each in found]
        typer.echo(json.dumps({"forecasts": packed, "scores": [asdict(s) for s in scores(found)]}, ensure_ascii=False, indent=1, default=str))
        return
    console.out.print(_logged(found))
    for score in scores(found):
        kind = f"{score.origin}{'' if score.accepted else ', proposals that nobody has reviewed'}"
        told = f"{kind}: {score.came_true} of {score.resolved} came by their day; Brier {score.brier:.3f}, the base rate alone {score.base_brier:.3f}"
        console.out.print(told, markup=False)


def resolve(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(help="Identity of the claim, as `detente forecasts` prints it.", show_default=False)],
    outcome: Annotated[str, typer.Argument(help="happened (by its day), slipped (after it), dropped (not) or void.", show_default=False)],
    by: By = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
) -> None:
    """Say how a forecast ended. It is kept as a review with who, when and why, and counts from the day after the forecast was due."""
    from detente.pipeline import forecasting

    chosen, ended = console.settings(ctx), forecasting.Resolution(claim, outcome, by or getpass.getuser(), reason)
    made = forecasting.resolve(ended, data=chosen.data, now=console.now(), wait_seconds=chosen.wait_seconds)
    console.out.print(f"{claim} {outcome} by {made.reviewer}", markup=False)


def _logged(found: tuple[Forecast, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 1, 0))
    table.add_column("made, due", width=10)
    table.add_column("what, by whom, claim", min_width=29)
    table.add_column("band", max_width=14)
    table.add_column("ended", max_width=11)
    table.add_column("Brier, base", width=6)
    for each in found:
        name = "no band" if each.band is None else ontology.term("probabilities", each.band).name
        ended = each.state if each.accepted else f"{each.state}\n(proposed)"
        score = "" if each.brier is None or each.base_brier is None else f"{each.brier:.3f}\n{each.base_brier:.3f}"
        what = Text(each.text).append(f"\n{each.by}", style="dim").append(f"\n{each.claim}", style="dim")
        table.add_row(f"{each.made_on or 'unknown'}\n{each.due or 'open'}\n{_due(each)}", what, f"{name}\n({_band(each)})", ended, score)
    return table


def _due(each: Forecast) -> str:
    return {"stated": "", "default": "(by rule)", "none": ""}[each.due_from]


def _band(each: Forecast) -> str:
    return "announced" if each.band_from == "announced" else f"“{each.band_from}”" if each.band_from else "not scored"


def _text(file: Path) -> str:
    from detente.errors import SourceError

    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"a text file in UTF-8 at {file}", came=str(error), do="name a Markdown file, or pipe one in with -") from error


def _bundled(made: Bundled, output: Path) -> None:
    console.out.print(f"wrote {output}: {made.claims} claims, {made.documents} documents, head {made.head}", markup=False)
    console.out.print(f"SHA-256 {made.sha256}", markup=False)
