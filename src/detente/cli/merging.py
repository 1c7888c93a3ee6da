"""`detente acts`, `detente join` and `detente split`: which claims speak of one act, and a person's decision on it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente.cli import console
from detente.cli.arguments import By
from detente.records import Act, Citation

Claim = Annotated[str, typer.Argument(help="Identity of the claim, as `detente claims` prints it.", show_default=False)]


def acts(
    ctx: typer.Context,
    states: Annotated[list[str] | None, typer.Argument(help="States that the acts must all name.", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Also acts that a single claim tells of.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to print, the latest ones.")] = 40,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a table.")] = False,
) -> None:
    """List acts that several claims tell of, with the claims, their publications, why they are taken for one, and who repeats whom."""
    from detente import pipeline
    from detente.assess import question

    wanted = question.every(states or ())
    found, joined = pipeline.grouped(console.settings(ctx).data)
    reasons = {each.claim: each.reason for each in joined}
    shown = [act for act in found if wanted <= act.claim.states and (every or len(act.claims) > 1)][-limit:]
    origins = pipeline.origins(shown, data=console.settings(ctx).data)
    if as_json:
        typer.echo(json.dumps([_entry(act, reasons, origins) for act in shown], ensure_ascii=False, indent=1))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("act and its claims", "when", "words, publications"):
        table.add_column(name)
    for act in shown:
        told = "\n".join([act.id, *(f"  {claim} {reasons.get(claim, '')}".rstrip() for claim in act.claims)])
        cited = "; ".join(dict.fromkeys(_told(cited, origins) for cited in act.citations))
        table.add_row(Text(told), str(act.claim.valid or "unknown"), Text(f"{act.claim.quote[:200]}\n{cited}"))
    console.out.print(table)
    console.out.print(f"{len(found)} acts from {sum(len(act.claims) for act in found)} claims; {len(shown)} shown")


def _entry(act: Act, reasons: Mapping[str, str], origins: Mapping[str, str]) -> dict[str, Any]:
    cited = [{"document": each.document, "publication": each.publication, "origin": origins.get(each.document)} for each in act.citations]
    claims = [{"id": claim, "why": reasons.get(claim)} for claim in act.claims]
    return {"act": act.id, "claims": claims, "text": act.claim.quote, "documents": cited}


def _told(cited: Citation, origins: Mapping[str, str]) -> str:
    origin = origins.get(cited.document)
    return cited.publication if origin is None else f"{cited.publication} (after {origin})"


def join(
    ctx: typer.Context,
    claim: Claim,
    act: Annotated[str, typer.Argument(help="Identity of the act, as `detente acts --all` prints it.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    by: By = None,
) -> None:
    """Say that a claim speaks of an act. Who, when and why are kept; it holds whatever is read again, until a later decision."""
    _decide(ctx, claim, act, "joined", reason, by)


def split(ctx: typer.Context, claim: Claim, reason: Annotated[str, typer.Option("--reason", help="Why.")] = "", by: By = None) -> None:
    """Say that a claim does not speak of the act that it was put to."""
    from detente import pipeline

    _decide(ctx, claim, pipeline.act_of(claim, data=console.settings(ctx).data).id, "parted", reason, by)


def _decide(ctx: typer.Context, claim: str, act: str, decision: Literal["joined", "parted"], reason: str, by: str | None) -> None:
    from detente import pipeline
    from detente.records import Merge

    made = Merge(claim=claim, act=act, decision=decision, by=by or getpass.getuser(), at=console.now(), reason=reason)
    chosen = console.settings(ctx)
    pipeline.merge(made, data=chosen.data, now=console.now(), wait_seconds=chosen.wait_seconds)
    console.out.print(f"{claim} {decision} {'to' if decision == 'joined' else 'from'} {act} by {made.by}", markup=False)
