"""Non-events: nobody sent, not received, not invited, not mentioned. Only where a source says so, or where an expected day passed with coverage.

An expectation whose day passed without a known outcome is a silence only when those days were read at least fairly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from detente.dates import Interval
from detente.examine import expectations
from detente.examine.coverage import graded
from detente.examine.expectations import GRACE, Expectation
from detente.examine.material import How, Material, Proof, how, source, states, target
from detente.records import Act

READ = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Something expected that did not happen: said by a source, or concluded from a day that passed (`basis`)."""

    act: str
    source: str
    target: str
    expected: str
    when: Interval | None
    basis: str
    words: str
    between: bool
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Silence, ...]:
    """The silences of either of the two, by day."""
    said = [act for act in material.around() if act.claim.kind == "non_event" or _denied(act)]
    found = [_said(act, material) for act in said]
    passed = [e for e in expectations.find(material) if e.state == "overdue" and e.between and _read(e, material)]
    return (*found, *(_passed(e) for e in passed))


def _denied(act: Act) -> bool:
    return act.claim.status == "negated" and act.claim.kind in ("visit", "meeting", "reception", "signal", "agreement")


def _said(act: Act, material: Material) -> Silence:
    proof = material.proof(act)
    return Silence(
        act=act.id, source=source(act), target=target(act), expected=act.claim.detail("expected") or proof.quote, when=act.claim.valid,
        basis="a source says so", words=proof.quote, between=set(material.dyad) <= states(act), how=how(act), proofs=(proof,),
    )  # fmt: skip


def _passed(expected: Expectation) -> Silence:
    return Silence(
        act=expected.act, source=expected.source, target=expected.target, expected=expected.what, when=expected.due,
        basis="its day passed and nothing is recorded", words=expected.what, between=expected.between, how=expected.how, proofs=expected.proofs,
    )  # fmt: skip


def _read(expected: Expectation, material: Material) -> bool:
    due = expected.due
    if due is None or due.last is None or due.last + GRACE > material.as_of:
        return False
    start = due.start or due.last
    read = graded(material.coverage, material.dyad, start=start, stop=due.last + timedelta(days=1))
    return read.full + read.fair >= READ
