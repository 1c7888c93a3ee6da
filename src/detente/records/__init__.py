"""The nouns of the program: what the ledger keeps (nouns) and what an answer is made of (answers). Frozen, typed, with identity.

Records know nothing of tables, files or the vocabulary; whoever makes one checks its codes.
"""

from detente.records.answers import Actual, Call, Confidence, Evidence, Expectation, Finding, Hypothesis, Stage, Statement, Target, Verdict
from detente.records.nouns import (
    Act,
    Citation,
    Claim,
    Coverage,
    Decision,
    Details,
    Document,
    Merge,
    Party,
    Review,
    Span,
    Status,
    canonical,
    identity,
)

__all__ = [
    "Act",
    "Actual",
    "Call",
    "Citation",
    "Claim",
    "Confidence",
    "Coverage",
    "Decision",
    "Details",
    "Document",
    "Evidence",
    "Expectation",
    "Finding",
    "Hypothesis",
    "Merge",
    "Party",
    "Review",
    "Span",
    "Stage",
    "Statement",
    "Status",
    "Target",
    "Verdict",
    "canonical",
    "identity",
]
