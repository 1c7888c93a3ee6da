"""Sources that disagree, side by side: values of one measure and period, and days of one step, never averaged and never silently chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from detente import ontology
from detente.examine.material import How, Material, Proof, first_day, how, states
from detente.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one source says."""

    value: str
    publication: str
    known: date | None

    def __str__(self) -> str:
        return f"{self.value} ({self.publication}, {self.known})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What is in dispute and what each source says. `spread` is highest over lowest value, None for days."""

    about: str
    period: str
    told: tuple[Told, ...]
    spread: Decimal | None
    note: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Conflict, ...]:
    """The disagreements on what concerns either of the two: first values, then days."""
    values = _grouped(material.around("trade_value"), _series)
    steps = _grouped(material.around("agreement", "project_milestone", "vote"), _step)
    found = [_values(acts, material) for acts in values if differ(_value(act) for act in acts)]
    found += [_days(acts, material) for acts in steps if _apart(acts)]
    return tuple(found)


def differ(values: Iterable[str]) -> bool:
    """True when two of the values are neither the same number (or words) nor one the other rounded.

    >>> differ(["112.0", "112"]), differ(["363", "363.3"]), differ(["112.7", "104"])
    (False, False, True)
    """
    held = [_number(value) for value in values]
    return any(not _agree(one, other) for one in held for other in held)


def _agree(one: Decimal | str, other: Decimal | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    coarse, fine = sorted((one, other), key=_places)
    return fine.quantize(Decimal(1).scaleb(-_places(coarse)), ROUND_HALF_UP) == coarse


def _places(number: Decimal) -> int:
    """Digits behind the point, none for whole numbers."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _grouped(acts: Iterable[Act], key: Callable[[Act], Hashable | None]) -> list[list[Act]]:
    held: dict[Hashable, list[Act]] = defaultdict(list)
    for act in acts:
        if (name := key(act)) is not None:
            held[name].append(act)
    ordered = sorted((group for group in held.values() if len(group) > 1), key=lambda group: (first_day(group[0]) or date.max, group[0].id))
    return [sorted(group, key=lambda act: (act.known or date.max, act.id)) for group in ordered]


def _series(act: Act) -> Hashable | None:
    claim = act.claim
    sides = tuple(p.state for p in (*claim.source, *claim.target))
    return claim.detail("measure"), claim.detail("period"), claim.detail("unit"), sides if claim.detail("measure") == "trade_share" else states(act)


def _step(act: Act) -> Hashable | None:
    """What makes two reports speak of one step: instrument and step, project and milestone, or resolution and voter."""
    claim = act.claim
    parts: dict[str, tuple[str, ...]] = {"agreement": ("instrument", "step"), "project_milestone": ("project", "milestone")}
    wanted = parts.get(claim.kind, ("forum", "resolution", "choice"))
    given = tuple(claim.detail(name) for name in wanted)
    if claim.kind == "vote" and not any(character.isdigit() for character in claim.detail("resolution") or ""):
        return None  # a vote on an agenda is held again and again under the same name
    return None if None in given else (claim.kind, states(act), *given)


def _apart(acts: list[Act]) -> bool:
    return any(one.claim.valid and other.claim.valid and not one.claim.valid.overlaps(other.claim.valid) for one in acts for other in acts)


def _values(acts: list[Act], material: Material) -> Conflict:
    numbers = [n for act in acts if isinstance(n := _number(_value(act)), Decimal) and n > 0]
    spread = (max(numbers) / min(numbers)).quantize(Decimal("0.01")) if len(numbers) > 1 else None
    told = tuple(_told(act, f"{_value(act)} {act.claim.detail('unit') or ''}".strip()) for act in acts)
    measure = (acts[0].claim.detail("measure") or "").replace("_", " ")
    sides = " and ".join(sorted(ontology.state_name(state) for state in states(acts[0])))
    return _conflict(acts, f"{measure} of {sides}", told, spread, material)


def _days(acts: list[Act], material: Material) -> Conflict:
    names = [acts[0].claim.detail(name) for name in ("instrument", "project", "resolution", "step", "milestone")]
    return _conflict(
        acts, "day of " + " ".join(name for name in names if name), tuple(_told(act, str(act.claim.valid)) for act in acts), None, material
    )


def _conflict(acts: list[Act], about: str, told: tuple[Told, ...], spread: Decimal | None, material: Material) -> Conflict:
    notes = "; ".join(note for act in acts if (note := act.claim.detail("note")))
    period = acts[0].claim.detail("period") or str(acts[0].claim.valid or "")
    return Conflict(about=about, period=period, told=told, spread=spread, note=notes, how=how(acts[0]), proofs=material.proofs(acts))


def _told(act: Act, value: str) -> Told:
    return Told(value=value, publication=act.citations[0].publication if act.citations else "", known=act.known)


def _value(act: Act) -> str:
    return act.claim.detail("value") or ""


def _number(value: str) -> Decimal | str:
    try:
        return Decimal(value).normalize()
    except InvalidOperation:
        return value
