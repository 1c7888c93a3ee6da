"""`detente agreement`: how far persons agree who decided on the same claims, by decision and by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente.cli import console

if TYPE_CHECKING:
    from detente.keep.reviewers import Agreement


def agreement(
    ctx: typer.Context,
    states: Annotated[list[str] | None, typer.Argument(help="States that the claims must all name.", show_default=False)] = None,
    kind: Annotated[str, typer.Option("--kind", help="Only claims of one kind, such as visit.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many differences to print.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of tables.")] = False,
) -> None:
    """Measure how far two or more reviewers agree: Krippendorff's alpha, Cohen's kappa and the plain share, by decision and by field.

    Fields are compared on claims that both accepted or edited. What a reviewer took back does not count.
    """
    from detente import ontology, pipeline
    from detente.assess import question
    from detente.keep.queues import Sought

    sought = Sought(states=question.every(states or ()), kind=ontology.term("kinds", kind).code if kind else "")
    found = pipeline.agreement(console.settings(ctx).data, what=sought)
    if as_json:
        typer.echo(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return
    decided = ", ".join(f"{name} ({number})" for name, number in found.reviewers) or "nobody"
    console.out.print(f"Decided on claims: {decided}. Claims that two or more decided on: {found.claims}.", markup=False)
    if found.claims:
        console.out.print(_measured(found))
        for each in found.differing[:limit]:
            said = "; ".join(f"{name}: {value or 'empty'}" for name, value in each.said.items())
            console.out.print(f"{each.claim} {each.field}: {said}", markup=False)
        console.out.print(f"{len(found.differing)} differences, {min(limit, len(found.differing))} shown; a dash: cannot be computed")


def _measured(found: Agreement) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("field", "reviewers", "claims", "equal", "alpha", "kappa"):
        table.add_column(name)
    for field in found.fields:
        table.add_row(field.name, "all", str(field.claims), _share(field.raw), _share(field.alpha), "")
        for pair in field.pairs:
            table.add_row("", Text(f"{pair.one}, {pair.other}"), str(pair.claims), _share(pair.raw), "", _share(pair.kappa))
    return table


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
