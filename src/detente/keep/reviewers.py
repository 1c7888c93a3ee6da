"""How far persons agree who decided on the same claims: by decision, and by each field of the claims that several of them kept.

Krippendorff's alpha over all reviewers, Cohen's kappa for each two, and the share on which they agree; never one without the number of claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from detente.keep import decisions, edits
from detente.records import Claim, Review, notation

FIELDS = ("decision", *notation.FIELDS, "details")
"""What is compared; fields only of claims that were accepted or edited."""
Values = Mapping[str, Mapping[str, str]]
"""What each reviewer says of each claim: claim, reviewer, value."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers on one field: claims that both have a value for, the share of equal ones, and kappa (None: undefined or no claims)."""

    one: str
    other: str
    claims: int
    raw: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Field:
    """One field: claims that two or more have a value for, the share of equal pairs of values, alpha (None: undefined), and each two reviewers."""

    name: str
    claims: int
    raw: float | None
    alpha: float | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A claim on which reviewers say different things of a field."""

    claim: str
    field: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Reviewers by how many claims each decided on, claims that two or more decided on, the fields, and claims on which they differ by field."""

    reviewers: tuple[tuple[str, int], ...]
    claims: int
    fields: tuple[Field, ...]
    differing: tuple[Differing, ...]

    def plain(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self) | {"reviewers": [{"name": name, "claims": number} for name, number in self.reviewers]}


def agreement(made: Iterable[tuple[str, Review]], claims: Mapping[str, Claim]) -> Agreement:
    """What the reviews, as the ledger gives them, say of these claims (by identity, as they were stored)."""
    values: dict[str, dict[str, dict[str, str]]] = {name: defaultdict(dict) for name in FIELDS}
    for key, held in decisions.kept((review.claim, review) for _, review in made).items():
        alone = len({review.reviewer for review in held}) == 1
        for review in held if key in claims else ():
            for name in () if alone else FIELDS[1:]:
                values[name][key].pop(review.reviewer, None)
            for name, value in ({"decision": review.decision} if alone else _said(claims[key], review)).items():
                values[name][key][review.reviewer] = value
    counted = Counter(name for said in values["decision"].values() for name in said)
    fields = tuple(_field(name, values[name]) for name in FIELDS)
    apart = tuple(
        Differing(key, name, said) for key in values["decision"] for name in FIELDS if len(set((said := values[name].get(key, {})).values())) > 1
    )
    return Agreement(tuple(sorted(counted.items())), fields[0].claims, tuple(each for each in fields if each.claims), apart)


def _said(claim: Claim, review: Review) -> dict[str, str]:
    decided = {"decision": review.decision}
    kept = review.decision in ("accepted", "edited")
    return {**decided, **notation.cells(edits.edited(claim, review.edits))} if kept else {**decided}


def _field(name: str, values: Values) -> Field:
    shared = [said for said in values.values() if len(said) > 1]
    names = sorted({reviewer for said in shared for reviewer in said})
    pairs = [
        _pair(one, other, [(said[one], said[other]) for said in shared if one in said and other in said]) for one, other in combinations(names, 2)
    ]
    units = [tuple(said.values()) for said in shared]
    return Field(name, len(shared), raw(units), alpha(units), tuple(pair for pair in pairs if pair.claims))


def _pair(one: str, other: str, both: Sequence[tuple[str, str]]) -> Pair:
    return Pair(one, other, len(both), raw(both), kappa(both))


def raw(units: Iterable[Sequence[str]]) -> float | None:
    """The share, 0 to 1, of pairs of values on one claim that are equal; None without any pair."""
    equal = [one == other for values in units for one, other in combinations(values, 2)]
    return sum(equal) / len(equal) if equal else None


def kappa(both: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa, -1 to 1, of two reviewers' values on the same claims; None where chance alone would make them agree, or without claims.

    Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20:37-46, equation 1.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    count = len(both)
    one, other = Counter(a for a, _ in both), Counter(b for _, b in both)
    by_chance = sum(one[value] * other[value] for value in one)
    if by_chance == count * count:
        return None
    agreed = sum(a == b for a, b in both)
    return (agreed * count - by_chance) / (count * count - by_chance)


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data, at most 1, each unit the values given to one claim, however many; None when all values are the same.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: one less observed over expected disagreement, taken from coincidences.

    >>> alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5333333333333333
    """
    pairable = [Counter(values) for values in units if len(values) > 1]
    every = sum(pairable, Counter[str]())
    count = every.total()
    expected = count * count - sum(number * number for number in every.values())
    if expected == 0:
        return None
    observed = sum((each.total() ** 2 - sum(number**2 for number in each.values())) / (each.total() - 1) for each in pairable)
    return 1 - (count - 1) * observed / expected
