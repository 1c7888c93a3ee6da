"""Boards of competing explanations as data and words: signs of the matrix, and what a ranking hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.assess.hypotheses import Board
    from detente.records import Act

SIGNS = {
    "very_consistent": "++",
    "consistent": "+",
    "neutral": "o",
    "inconsistent": "-",
    "very_inconsistent": "--",
    "not_observed": "none",
    "not_applicable": "",
}


def packed(board: Board) -> dict[str, Any]:
    """A board as data, kept stable: question, hypotheses with their cells, matrix by act, and who leads without single items."""
    codes = [w.code for w in board.ranked]
    matrix = [{"act": line.act, "signs": dict(zip(codes, line.signs, strict=True)), "diagnosticity": line.diagnosticity} for line in board.matrix]
    return {
        "question": board.question,
        "hypotheses": [asdict(w) for w in board.ranked],
        "matrix": matrix,
        "without": [asdict(w) for w in board.without],
    }


def hangs_on(board: Board, acts: Mapping[str, Act]) -> list[str]:
    """What the ranking would be without single items; that nothing turns it is said as well."""
    names = {w.code: w.statement for w in board.ranked}
    items = {w.item: f"the act “{acts[w.item].claim.quote}”" if w.is_act else f"the silence on “{w.item}”" for w in board.turning}
    turning = [f"Without {items[w.item]}, “{names[w.leader]}” would lead ({w.share:.0%})." for w in board.turning]
    return turning or [f"No single item of {len(board.without)} changes which explanation leads."]
