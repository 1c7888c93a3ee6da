"""Joint projects: parties, field, milestones, what was declared against what was delivered, and money sunk in them.

A project is known by its name over all its milestones; a milestone without a name is a project of its own. The state is the last step told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof, how, states
from detente.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One step of a project, as a source tells it."""

    when: Interval | None
    step: str
    words: str
    status: str

    def __str__(self) -> str:
        return f"{self.when or 'day unknown'} {self.step}: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as it stands. `delivered_share` 0-1 of the milestones told; `costs` are sums as told, never added over currencies."""

    act: str
    name: str
    parties: tuple[str, ...]
    sector: str
    route: str
    state: str
    declared: int
    started: int
    delivered: int
    stopped: int
    delivered_share: float | None
    costs: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    between: bool
    words: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Project, ...]:
    """The projects of either of the two, by the first milestone, those with a milestone in the span asked."""
    named: dict[str, list[Act]] = defaultdict(list)
    for act in material.of("project_milestone"):
        if states(act) & set(material.dyad):
            named[act.claim.detail("project") or act.id].append(act)
    chosen = [(name, acts) for name, acts in named.items() if any(material.asked(act) for act in acts)]
    return tuple(_project(name, acts, material) for name, acts in chosen)


def step_of(act: Act, words: str) -> str:
    """declared, started, delivered or stopped: the row's own step, else read from status and words; declared where nothing tells more."""
    told = act.claim.detail("step")
    if told:
        return told
    if act.claim.status in ("planned", "hypothetical"):
        return "declared"
    return lexicon.means("steps", words) or "declared"


def _project(name: str, acts: Sequence[Act], material: Material) -> Project:
    steps = [step_of(act, material.sentence(act)[2]) for act in acts]
    milestones = tuple(_milestone(act, step) for act, step in zip(acts, steps, strict=True))
    counts = {step: steps.count(step) for step in ("declared", "started", "delivered", "stopped")}
    return Project(
        act=acts[0].id, name=name if acts[0].claim.detail("project") else acts[0].claim.quote,
        parties=tuple(sorted(frozenset().union(*(states(act) for act in acts)))), sector=_first(acts, "sector") or _read_sector(acts, material),
        route=_first(acts, "route"),
        state=steps[-1], delivered_share=counts["delivered"] / len(steps) if steps else None, costs=_costs(acts), milestones=milestones,
        between=any(set(material.dyad) <= states(act) for act in acts), words=material.sentence(acts[0])[2], how=how(acts[0]),
        proofs=material.proofs(acts), **counts,
    )  # fmt: skip


def _read_sector(acts: Sequence[Act], material: Material) -> str:
    return ", ".join(lexicon.every("sectors", " ".join(material.sentence(act)[2] for act in acts)))


def _milestone(act: Act, step: str) -> Milestone:
    return Milestone(when=act.claim.valid, step=step, words=act.claim.detail("milestone") or act.claim.quote, status=act.claim.status)


def _costs(acts: Sequence[Act]) -> tuple[str, ...]:
    found = [(act.claim.detail("cost"), act.claim.detail("unit")) for act in acts]
    return tuple(dict.fromkeys(f"{_plain(cost)} {unit or ''}".strip() for cost, unit in found if cost))


def _plain(cost: str) -> str:
    try:
        return f"{Decimal(cost):,f}"
    except InvalidOperation:
        return cost


def _first(acts: Sequence[Act], name: str) -> str:
    return next((value for act in acts if (value := act.claim.detail(name))), "")
