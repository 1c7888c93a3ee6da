"""The page of runs: what was read, coded, imported, reviewed and learnt, when, and how many of each were kept, refused or failed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from detente.coding import weights
from detente.desk import views
from detente.desk.views import Seen
from detente.keep import deeds
from detente.keep.events import parts
from detente.keep.ledger import Reader
from detente.pipeline import measuring

if TYPE_CHECKING:
    from detente.desk.showing import Desk

ROWS = 100
FILES = 500
Page = Annotated[int, Query(ge=1, le=100_000)]


def runs(at: Seen, page: int) -> dict[str, Any]:
    """What was done to the ledger, a part of it; the files that were imported into the event table; and the weights that texts are coded with."""
    with Reader.open(at.data) as ledger:
        number = deeds.count(ledger)
        rows = deeds.latest(ledger, limit=ROWS, offset=(page - 1) * ROWS)
    told = [{**asdict(each), "counts": each.counts} for each in rows]
    plain = {"title": "Runs", "deeds": told, "number": number, "page": page, "last": max(1, -(-number // ROWS))}
    return {**plain, "imports": imports(at.data), "weights": learnt()}


def imports(data: Path) -> list[dict[str, Any]]:
    """Each imported file, the last one first: the fates of its rows, and why some were refused or failed."""
    found = parts.load(measuring.folder(data)).files.values()
    rows = [{"file": each.name, "dataset": each.dataset, "whole": each.is_done, **asdict(each.counts), "read": each.counts.read} for each in found]
    reasons = [[f"{why}: {number:,}" for why, number in each.reasons.items()] for each in found]
    return [{**row, "why": why} for row, why in zip(rows, reasons, strict=True)][::-1][:FILES]


@cache
def learnt() -> list[dict[str, Any]]:
    """The shipped weights: what they were learnt from, and the digest of each file, by which one is told from another."""
    folder = Path(str(files("detente") / "data" / "weights"))
    judge = json.loads((folder / "confidence.json").read_text(encoding="utf-8"))
    about = {"classes.npz": weights.load()[1], "confidence.json": judge}
    plain = {name: {k: v for k, v in notes.items() if isinstance(v, int | float | str)} for name, notes in about.items()}
    return [{"file": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(), "about": plain[name]} for name in about]


def add(app: FastAPI, desk: Desk) -> None:
    """The page of runs."""

    @app.get("/runs")
    def shown(request: Request, page: Page = 1) -> Response:
        return desk.show(request, "runs", runs(views.held(desk.data), page), stands=False)  # files of events are no part of the ledger
