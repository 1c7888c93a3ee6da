"""Acts of a case folder without a ledger: what the verdict is made from, for tests that change the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from detente.assess import facts, verdict
from detente.keep import acts
from detente.keep.reviews import Standing
from detente.read import cases
from detente.records import Act, Citation, Claim, Coverage, Document, Verdict

CASES = Path(__file__).parents[1] / "cases"
Change = Callable[[Claim], Claim | None]


def unchanged(claim: Claim) -> Claim | None:
    """The claim as it stands."""
    return claim


def of(folder: Path, *, change: Change = unchanged) -> tuple[tuple[Act, ...], tuple[Coverage, ...]]:
    """The acts of a case, each claim passed through `change` (None drops it), and its coverage."""
    case = cases.read(folder)
    changed = [claim for fact in case.facts if (claim := change(fact.claim)) is not None]
    cited = {fact.document.id: _citation(fact.document) for fact in case.facts}
    found, _ = acts.group([Standing(claim, claim.id, accepted=True) for claim in changed], citations=cited)
    return found, case.coverage


def _citation(doc: Document) -> Citation:
    return Citation(document=doc.id, publication=doc.source, published=doc.published, address=doc.address)


def ask(found: Iterable[Act], coverage: Iterable[Coverage], dyad: tuple[str, str], day: str) -> Verdict:
    """The verdict on a dyad as of a day."""
    return verdict.assess(facts.known(found, dyad=dyad, as_of=date.fromisoformat(day), coverage=coverage))


def calls(found: Verdict) -> dict[str, str]:
    """The call of each dimension and of the whole."""
    return {"overall": found.overall.call, **{f.dimension: f.call for f in found.dimensions}}
