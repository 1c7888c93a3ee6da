"""From sources to proposed claims in the ledger, one document after the other, each kept whole before the next is begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from detente import __version__
from detente.keep.ledger import Writer
from detente.read import sources
from detente.read.outcomes import Failed, Kept, LeftOut, Limits, Refused
from detente.records import Claim


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one thing that was read: how many claims its document makes, or why it was refused or failed."""

    fate: Literal["coded", "refused", "failed", "left_out"]
    origin: str
    claims: int = 0
    document: str | None = None
    reason: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: targets as `read.sources` takes them, the publication day and source given for all, and the limits."""

    targets: tuple[str, ...]
    published: date | None
    source: str | None
    limits: Limits
    stdin: bytes | None = None


def read(wanted: Wanted, *, data: Path, now: str, wait_seconds: float = 5.0) -> Iterator[Reading]:
    """Read sources, propose claims, keep both; each document is kept whole before the next is begun, so a kill loses nothing that was told."""
    from detente.coding import claims  # the parser takes seconds to load, so only reading loads it

    coder: claims.Coder | None = None
    counts = dict.fromkeys(("coded", "refused", "failed", "left_out", "claims"), 0)
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer:
        for outcome in sources.read(wanted.targets, published=wanted.published, source=wanted.source, limits=wanted.limits, stdin=wanted.stdin):
            if isinstance(outcome, Kept):
                coder = coder or claims.load()
                done = _keep(outcome, coder.code(outcome.document).claims, writer, now)
            else:
                done = _unread(outcome)
            counts[done.fate] += 1
            counts["claims"] += done.claims
            yield done
        with writer.transaction():
            writer.add_run(_named(wanted.targets), now=now, version=__version__, counts=counts)


def _named(targets: tuple[str, ...]) -> str:
    """A reading by the first of what was read and the number of the others."""
    more = f" and {len(targets) - 1} more" if len(targets) > 1 else ""
    return f"read {targets[0][:200]}{more}" if targets else "read nothing"


def _keep(outcome: Kept, proposed: tuple[Claim, ...], writer: Writer, now: str) -> Reading:
    with writer.transaction():
        writer.add_document(outcome.document, original=outcome.original)
        for claim in proposed:
            writer.add_claim(claim)
        writer.add_coding(outcome.document.id, [claim.id for claim in proposed], now=now)
    return Reading("coded", outcome.origin, claims=len(proposed), document=outcome.document.id, message="; ".join(outcome.notes))


def _unread(outcome: Refused | Failed | LeftOut) -> Reading:
    if isinstance(outcome, Refused):
        return Reading("refused", outcome.origin, reason=outcome.reason, message=outcome.message)
    if isinstance(outcome, Failed):
        return Reading("failed", outcome.origin, message=outcome.traceback)
    return Reading("left_out", outcome.origin, claims=0, message=f"{outcome.count} hidden files")
