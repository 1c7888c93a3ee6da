"""The forecast baseline on the command line: how well recurrence alone says who does what to whom next, on a split of yours."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import console

if TYPE_CHECKING:
    from detente.detect.recurrency import Scores


def recurrency(
    folder: Annotated[
        Path, typer.Argument(help="Folder with train.txt, valid.txt and test.txt: subject, relation, object, time.", show_default=False)
    ],
    fixed: Annotated[bool, typer.Option("--fixed", help="Take decay 0.1 and alpha 0.99999 for all relations instead of tuning them.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as data.")] = False,
) -> None:
    """Score the recurrency baseline (Gastinger and others 2024): single step, time-aware filter, both directions; tuned on valid.txt."""
    import numpy as np

    from detente.detect import recurrency as baseline
    from detente.errors import InputError
    from detente.read.datasets import quadruples

    with console.err.status("reading the split") as status:
        split = quadruples.read(folder)
        of = baseline.shape(split.train, split.valid, split.test)
        status.update("tuning on valid.txt")
        weights = baseline.Weights() if fixed else baseline.tuned(split.train, split.valid, of=of)
        status.update("ranking test.txt")
        found = baseline.summed(baseline.ranks(np.concatenate([split.train, split.valid]), split.test, weights=weights, of=of))
    if found is None:
        raise InputError("events in test.txt", came="there are none", do="give a split with a test part")
    show(found, weights="fixed" if fixed else "tuned by relation", as_json=as_json)


def show(found: Scores, *, weights: str, as_json: bool) -> None:
    """Print the figures, in hundredths as papers do unless as data."""
    from detente.detect.recurrency import HITS

    if as_json:
        typer.echo(json.dumps({**asdict(found), "ranks": list(HITS), "weights": weights}))
        return
    hits = ", ".join(f"Hits@{most} {100 * share:.2f}" for most, share in zip(HITS, found.hits, strict=True))
    console.out.print(f"MRR {100 * found.mrr:.2f}, {hits} over {found.queries:,} queries; weights {weights}")
