"""What a brief says and in which order: the answer, each dimension, targets, benchmark, explanations, dissent, what would change it.

Each statement carries the acts that it names and the keys of the bodies of acts behind it (see footing). Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente import ontology
from detente.assess.facts import rule
from detente.assess.hypotheses import Board, Weighed
from detente.measure.occasions import add_months
from detente.publish import timeline, wording
from detente.publish.footing import EXPECTED, PROPOSED, WHOLE, key
from detente.records import Finding, Statement, Verdict

LEADING = 3
"""Explanations told of a board, the likeliest first; the command `detente hypotheses` shows all."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in words, the acts that it names, and the keys of the bodies behind it."""

    text: str
    acts: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A heading and its statements."""

    title: str
    statements: tuple[Said, ...]
    listed: bool = False


def of(found: Verdict, boards: Sequence[Board] = ()) -> tuple[Written, ...]:
    """Every section of a brief; those without statements are for the caller to drop."""
    whole = (key(found.dyad, WHOLE),)
    return (
        Written("Answer", _answer(found, whole)),
        *(Written(_titled(ontology.term("dimensions", f.dimension).name), _dimension(found, f)) for f in found.dimensions),
        Written("Targets", _targets(found), listed=True),
        Written("Benchmark", _benchmarks(found), listed=True),
        Written("Explanations weighed", tuple(said for board in boards for said in _weighed(found, board)), listed=True),
        Written("Offered as explanations", _said(found.explanations, whole), listed=True),
        Written("Said by others", _said(found.contested, whole), listed=True),
        Written("Dissenting view", _said(found.dissent, whole), listed=True),
        Written("What would change it", _watched(found), listed=True),
        Written("Taken for granted", _said(found.assumptions, whole), listed=True),
        Written("What was read", _read(found, whole)),
    )


def day(found: Verdict) -> str:
    """The as-of day in words."""
    return wording.day(found.as_of)


def glance(f: Finding) -> tuple[str, str]:
    """What was found in a dimension, and its likelihood in the word and the number of the scale."""
    called = ontology.term("verdicts", f.call).name
    return called, "none given" if f.probability is None else f"{ontology.likelihood(f.probability).name} ({f.probability:.0%})"


def pictures(found: Verdict) -> str:
    """The timeline of the acts that were used, over the time that is remembered."""
    return timeline.picture(found, since=add_months(found.as_of, -int(rule("memory_months"))))


def _answer(found: Verdict, whole: tuple[str, ...]) -> tuple[Said, ...]:
    held = found.overall
    return (Said(wording.headline(found), held.supports, whole), Said(wording.confidence(held), (), whole))


def _dimension(found: Verdict, f: Finding) -> tuple[Said, ...]:
    bases = (key(found.dyad, f.dimension),)
    told = [Said(wording.likelihood(f), f.supports, bases), *(Said(wording.say(s), _fresh(s, f), bases) for s in f.statements)]
    against = [Said("Some acts speak against this.", f.contradicts, bases)] if f.contradicts else []
    return (*told, Said(wording.confidence(f), (), bases), *against)


def _fresh(s: Statement, f: Finding) -> tuple[str, ...]:
    """The acts of a reason, unless the sentence before has named the same."""
    return () if set(s.acts) == set(f.supports) else s.acts


def _targets(found: Verdict) -> tuple[Said, ...]:
    bases = (key(found.dyad, "economic_delivered"), key(found.dyad, "economic_declared"))
    return tuple(Said(wording.target(t, as_of=found.as_of), (t.act, *(a.act for a in t.actuals)), bases) for t in found.targets)


def _benchmarks(found: Verdict) -> tuple[Said, ...]:
    """Lines on the other pairs; each rests on what was counted of both."""
    told: list[Said] = []
    for other in found.benchmarks:
        known = [f.dimension for f in other.dimensions if f.call != "cannot_tell"]
        for line, what in zip(wording.benchmark(other, found), (*known, WHOLE), strict=False):
            told.append(Said(line, (), (key(other.dyad, what), key(found.dyad, what))))
    return tuple(told)


def _weighed(found: Verdict, board: Board) -> tuple[Said, ...]:
    bases = (key(found.dyad, EXPECTED),)
    first = (("number", str(len(board.ranked))), ("question", board.question))
    leading = [_explained(w, "weighed_next" if n else "weighed_first", () if n else first, bases) for n, w in enumerate(board.ranked[:LEADING])]
    return (*leading, *_hangs(board, bases))


def _explained(w: Weighed, code: str, more: tuple[tuple[str, str], ...], bases: tuple[str, ...]) -> Said:
    values = (("statement", w.statement.rstrip(".")), ("origin", w.origin), *_share(w.share), *more)
    acts = tuple(dict.fromkeys(act for cell in w.cells if cell.ratio > 1 for act in cell.acts))
    return Said(wording.say(Statement(code=code, values=values)), acts, bases)


def _hangs(board: Board, bases: tuple[str, ...]) -> tuple[Said, ...]:
    """The item without which another explanation would lead by most; that there is none is said as well."""
    names = {w.code: w.statement.rstrip(".") for w in board.ranked}
    turning = sorted((w for w in board.turning if w.is_act), key=lambda w: (-w.share, w.item))[:1]
    told = [(("statement", names[w.leader]), *_share(w.share)) for w in turning]
    if not board.turning:
        return (Said(wording.say(Statement(code="weighed_firm", values=(("number", str(len(board.without))),))), (), bases),)
    return tuple(
        Said(wording.say(Statement(code="weighed_turning", values=values)), (w.item,), bases) for w, values in zip(turning, told, strict=True)
    )


def _share(share: float) -> tuple[tuple[str, str], ...]:
    """A share with its word; what the scale does not reach is said to lie beyond its ends."""
    shown = "under 1%" if share < 0.01 else "over 99%" if share > 0.99 else f"{share:.0%}"
    return ("share", shown), ("word", ontology.likelihood(share).name)


def _watched(found: Verdict) -> tuple[Said, ...]:
    """What would change the verdict: of the dimensions that moved, or else of all; each rests on what its dimension counted."""
    moved = [(f, w) for f in found.dimensions for w in f.watch if w in found.overall.watch]
    shown = moved or [(f, w) for f in found.dimensions for w in f.watch]
    return tuple(Said(_of(f, wording.say(w)), w.acts, (key(found.dyad, f.dimension),)) for f, w in shown)


def _of(f: Finding, text: str) -> str:
    return f"{_titled(ontology.term('dimensions', f.dimension).name)}: {text[0].lower()}{text[1:]}"


def _read(found: Verdict, whole: tuple[str, ...]) -> tuple[Said, ...]:
    proposed = sum(int(number) for _, number in found.proposals)
    told = [Said(f"{found.acts_read} accepted acts of this dyad were known by {wording.day(found.as_of)}.", (), whole)]
    if proposed:
        told.append(Said(f"{proposed} proposals that nobody has reviewed are not counted.", (), (key(found.dyad, PROPOSED),)))
    return (*told, Said(wording.say(Statement(code="limits")), (), whole))


def _said(statements: Sequence[Statement], bases: tuple[str, ...]) -> tuple[Said, ...]:
    return tuple(Said(wording.say(s), s.acts, bases) for s in statements)


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]
