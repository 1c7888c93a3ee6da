"""`detente claims` and `detente review`: see what stands and what is proposed, and decide on it. A decision holds, whatever is read again."""

from __future__ import annotations

import getpass
import json
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente.cli import console
from detente.cli.arguments import By
from detente.keep.reviews import Standing

DECISIONS = {"accept": "accepted", "edit": "edited", "reject": "rejected", "dispute": "disputed"}


def claims(
    ctx: typer.Context,
    states: Annotated[list[str] | None, typer.Argument(help="States that the claims must all name, by name or ISO code.", show_default=False)] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="Only what nobody has decided on.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to print, the latest ones.")] = 40,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a table.")] = False,
) -> None:
    """List the claims that stand, with their identities, statuses and words."""
    from detente import pipeline

    found, every = pipeline.latest(console.settings(ctx).data, names=tuple(states or ()), proposed=proposed, limit=limit)
    if as_json:
        typer.echo(json.dumps([_data(item) for item in found], ensure_ascii=False, indent=1))
        return
    console.out.print(_listed(found))
    console.out.print(f"{len(found)} of {every} claims")


def _listed(found: list[Standing]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("claim", no_wrap=True)
    for name in ("what", "when", "words"):
        table.add_column(name)
    for item in found:
        claim = item.claim
        sides = f"{' '.join(p.state or p.body or '?' for p in claim.source)} > {' '.join(p.state or p.body or '?' for p in claim.target)}"
        state = "accepted" if item.accepted else "disputed" if item.disputed else "proposed"
        table.add_row(item.stored, f"{claim.kind} {claim.status}\n{sides}\n{state}", str(claim.valid or "unknown"), Text(claim.quote[:200]))
    return table


def review(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(help="Identity of the claim, as `detente claims` prints it.", show_default=False)],
    decision: Annotated[str, typer.Argument(help="accept, edit, reject, dispute or retract.", show_default=False)],
    by: By = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    changes: Annotated[list[str] | None, typer.Option("--set", help="With edit: field=value, as in valid=2014-04-28.", show_default=False)] = None,
) -> None:
    """Decide on a claim. Who, when and why are kept; a later decision on the same words holds instead, and nothing is erased.

    With retract you take back your own last decision on the claim, a join or split of it too: what stood before stands again.
    """
    from detente import pipeline
    from detente.errors import InputError
    from detente.read.corrections import Decided
    from detente.records import Review

    if decision not in (*DECISIONS, "retract"):
        raise InputError(f"one of {', '.join(DECISIONS)}, retract", came=f"{decision!r} came", do="choose one of these")
    edits = tuple(_edit(change) for change in changes or ())
    if (decision == "edit") != bool(edits):
        raise InputError("edits with edit, and only with it", came=f"{decision} with {len(edits)} edits", do="give --set field=value with edit")
    chosen, person = console.settings(ctx), by or getpass.getuser()
    if decision == "retract":
        last = pipeline.retract(claim, by=Decided(person, console.now(), reason), data=chosen.data, wait_seconds=chosen.wait_seconds)
        console.out.print(f"{claim} is no longer {last.decision} by {person} ({last.at})", markup=False)
        return
    made = Review(claim=claim, decision=DECISIONS[decision], reviewer=person, at=console.now(), reason=reason, edits=edits)  # type: ignore[arg-type]
    pipeline.review(made, data=chosen.data, now=console.now(), wait_seconds=chosen.wait_seconds)
    console.out.print(f"{claim} {made.decision} by {made.reviewer}", markup=False)


def _edit(change: str) -> tuple[str, str]:
    from detente.errors import InputError

    name, equals, value = change.partition("=")
    if not equals:
        raise InputError("an edit as field=value", came=f"{change!r} came", do="write for example --set valid=2014-04-28")
    return name.strip(), value.strip()


def _data(item: Standing) -> dict[str, object]:
    claim = item.claim
    return {
        "id": item.stored,
        "kind": claim.kind,
        "status": claim.status,
        "source": [party.state or party.body for party in claim.source],
        "target": [party.state or party.body for party in claim.target],
        "valid": None if claim.valid is None else str(claim.valid),
        "known": None if claim.known is None else str(claim.known),
        "accepted": item.accepted,
        "disputed": item.disputed,
        "document": claim.spans[0].document,
        "quote": claim.quote,
        "why": claim.why,
    }
