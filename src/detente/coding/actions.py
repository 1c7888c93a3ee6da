"""Actions in a sentence: every deed, promise, demand, refusal, threat, signal and plan that the table of frames knows.

Triggers are matched to frames, upper verbs decide over what they govern (`refused to sign` is REJECT and not SUPPORT), the situation
turns deeds to come into promises and threats, and the places of the frame give source and target as spans.
Ignored here: which states the spans stand for, dates, speakers, and who vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from detente.coding import arguments, frames, headlines, means, parse, situations
from detente.coding.arguments import Argument, Names, Pair
from detente.coding.frames import Row
from detente.coding.parse import Word
from detente.coding.predicates import Predicate, complements, of_noun, of_verb
from detente.coding.situations import Shift
from detente.coding.words import among

_CONFIDENCE = {"named": 1.0, "referred": 0.92, "bare": 0.8, "vague": 0.6, "guessed": 0.65, "empty": 0.7}
_DISTANCE = {"relcl": 0.75, "acl": 0.75, "advcl": 0.9, "pcomp": 0.8}


@dataclass(frozen=True, slots=True)
class Frame:
    """One action: character spans in the document, PLOVER class or None, kind, and how sure the grammar is (0 to 1).

    `hint` is what the grammar says of the status: planned, negated, hypothetical, attributed, or None for a plain deed.
    """

    trigger: Pair
    event_class: str | None
    mode: str | None
    kind: str
    source: tuple[Pair, ...]
    target: tuple[Pair, ...]
    reciprocal: bool
    planned: bool
    hint: str | None
    why: str
    strength: float


@dataclass(slots=True)
class _Hit:
    pred: Predicate
    row: Row
    event_class: str | None
    situation: str | None = None
    weight: float = 1.0
    dropped: bool = False
    lower: tuple[_Hit, ...] = ()


def find(sent: Span, *, mentions: Iterable[int] | None = None) -> tuple[Frame, ...]:
    """Every action in a sentence, in the order of the text; `mentions` are indices of words that name actors, where they are known.

    Deterministic, and () for a sentence without any trigger.
    """
    names = Names(None if mentions is None else frozenset(mentions))
    words = parse.read(sent)
    hits = [hit for token in words if (hit := _hit(token)) is not None]
    told = None if any(hit.event_class and hit.pred.token.pos == "VERB" for hit in hits) else _headline(words, names)
    if told is not None:
        return (told,)
    _govern(hits)
    _subordinate(hits)
    _repeat(hits)
    found = [_frame(words, hit, names) for hit in hits if not hit.dropped]
    return tuple(sorted(found, key=lambda frame: (frame.trigger, frame.why)))


def _hit(token: Word) -> _Hit | None:
    known = [key for key in frames.keys(token) if key in frames.table()]
    if not known or (token.pos in ("NOUN", "PROPN", "ADJ") and token.dep in ("compound", "nmod", "amod")) or _named_by_it(token):
        return None
    pred = of_verb(token) if token.pos in ("VERB", "AUX") else of_noun(token)
    if token.pos == "ADJ":
        pred = _adjective(token)
    row = next((row for key in known if (row := frames.match(key, pred)) is not None), None)
    return None if row is None else _Hit(pred, row, row.event_class)


def _named_by_it(token: Word) -> bool:
    """A participle that names people and tells of nothing done now: `the accused`, `the wounded`."""
    return token.tag in ("VBN", "VBD") and token.before is not None and token.before.lower == "the"


def _headline(words: Sequence[Word], names: Names) -> Frame | None:
    """The action of a headline whose verb the parser missed; its sides are the phrases beside the verb, the first with a name after it."""
    line = headlines.read(words, frames.table())
    row = None if line is None else frames.match(line.key, line.pred)
    if line is None or row is None:
        return None
    verb, offset = line.pred.token, words[0].i
    pairs = [words[first - offset : stop - offset] for first, stop in (line.before, *line.after)]
    named = [pair for pair in pairs[1:] if any(names.holds(token) for token in pair)] or pairs[1:2]
    return Frame(
        trigger=(verb.idx, verb.stop),
        event_class=row.event_class,
        mode=row.mode,
        kind=row.kind,
        source=((pairs[0][0].idx, pairs[0][-1].stop),),
        target=tuple((pair[0].idx, pair[-1].stop) for pair in named[:1]),
        reciprocal=False,
        planned=False,
        hint=None,
        why=row.id,
        strength=round(0.8 * row.strength, 3),
    )


def _adjective(token: Word) -> Predicate:
    """An adjective after `be`: the subject of the verb is its own."""
    verb = token.head if token.dep in ("acomp", "attr", "oprd", "conj") and token.head.pos in ("AUX", "VERB") else None
    pred = of_noun(token)
    if verb is not None:
        pred.clause, pred.subjects = verb, of_verb(verb).subjects or of_verb(verb).objects
    return pred


def _govern(hits: list[_Hit]) -> None:
    """Upper frames take their class from below or silence what they govern; from the top of the sentence downwards."""
    for upper in sorted(hits, key=lambda hit: sum(1 for _ in hit.pred.token.ancestors)):
        if upper.dropped or not upper.row.lower:
            continue
        lower = _governed(upper, hits)
        upper.lower = tuple(lower)
        if upper.row.upon is not None and any(_hostile(hit) for hit in lower):
            upper.event_class = upper.row.upon
        if upper.row.event_class == "=":
            _pass_through(upper, lower)
        elif upper.row.lower == "absorb":
            for hit in lower:
                hit.dropped = True
        else:
            for hit in lower:
                hit.situation, hit.weight = upper.row.lower, hit.weight * 0.6


def _hostile(hit: _Hit) -> bool:
    """Whether the class is one whose announcement is a threat."""
    return situations.shift("future", hit.event_class).event_class == "THREATEN"


def _pass_through(upper: _Hit, lower: list[_Hit]) -> None:
    upper.dropped = True
    for hit in lower:
        hit.situation, hit.weight = upper.row.lower, hit.weight * 0.95


def _governed(upper: _Hit, hits: list[_Hit]) -> list[_Hit]:
    verbs = {verb.i for verb in _reach(complements(upper.pred))}
    return [hit for hit in hits if hit is not upper and hit.pred.clause is not None and hit.pred.clause.i in verbs]


def _reach(verbs: list[Word]) -> list[Word]:
    found = list(verbs)
    for verb in verbs:
        if verb.pos == "AUX" or among("transparent", verb.lemma):
            found += [child for child in verb.children if child.dep in ("xcomp", "ccomp", "acomp")]
    return found


def _subordinate(hits: list[_Hit]) -> None:
    """Nouns that a verb's frame has used up vanish; actions told inside another action's phrase weigh less."""
    for upper in hits:
        if upper.dropped or not upper.row.consumes:
            continue
        heads = {token.i for token in upper.pred.objects}
        for hit in hits:
            if hit is upper or hit.pred.token.pos not in ("NOUN", "PROPN"):
                continue
            if hit.pred.token.i in heads:
                hit.dropped = True
            elif any(word.i in heads for word in hit.pred.token.ancestors):
                hit.weight *= 0.6


def _repeat(hits: list[_Hit]) -> None:
    """A participle of the same class tells the same deed again: `attacked a post, killing ten`."""
    classes = {hit.pred.token.i: hit.event_class for hit in hits if not hit.dropped and hit.event_class is not None}
    for hit in hits:
        verb = hit.pred.token
        if verb.tag == "VBG" and verb.dep == "advcl" and classes.get(verb.head.i) == hit.event_class:
            hit.weight *= 0.5


def _frame(words: Sequence[Word], hit: _Hit, names: Names) -> Frame:
    situation = hit.situation or situations.of(hit.pred)
    shift = situations.shift(situation, hit.event_class)
    hit.weight *= shift.weight
    source = _side(words, hit, names, before=True)
    target = _side(words, hit, names, before=False)
    if shift.event_class == "THREATEN" and shift.event_class != hit.event_class:
        target = _threatened(hit, names) or target
    mutual = _mutual(hit, source, target, names)
    if mutual or (target.how == "guessed" and set(target.tokens) & set(source.tokens)):
        target = replace(target, tokens=(), how="named" if mutual else "empty")
    pairs = arguments.spans(source, names)
    others = tuple(pair for pair in arguments.spans(target, names) if pair not in pairs)
    token = hit.pred.token
    return Frame(
        trigger=(token.idx, token.stop),
        event_class=shift.event_class,
        mode=_mode(hit, shift),
        kind=hit.row.kind,
        source=pairs,
        target=others,
        reciprocal=mutual or (len(pairs) > 1 and not others),
        planned=shift.hint == "planned",
        hint=shift.hint,
        why=hit.row.id,
        strength=_strength(hit, source, target),
    )


def _threatened(hit: _Hit, names: Names) -> Argument | None:
    """Whom a deed to come threatens: who is to leave something or else, `if A attacks, B will strike`."""
    found = arguments.resolve(hit.pred, "condition", names)
    return found if found.how == "named" else None


def _mode(hit: _Hit, shift: Shift) -> str | None:
    if shift.event_class != hit.event_class:
        return shift.mode
    spoken = (situations.mode(hit.event_class, below.event_class) for below in hit.lower)
    own = hit.row.mode if hit.event_class == hit.row.event_class else None
    return own or next((mode for mode in spoken if mode is not None), None) or means.mode(hit.event_class, hit.pred)


def _mutual(hit: _Hit, source: Argument, target: Argument, names: Names) -> bool:
    """Whether those who act do it with each other: a frame that takes `with`, two or more on one side, and nobody after `with`."""
    places = hit.row.target.split("/")
    partnered = target.how == "named" and target.place.rpartition(".")[2] in ("with", "between", "iobj", "lower")
    return ("with" in places or "between" in places) and not partnered and arguments.joint(source, names)


def _side(words: Sequence[Word], hit: _Hit, names: Names, *, before: bool) -> Argument:
    places = hit.row.source if before else hit.row.target
    if not places:
        return Argument((), "empty")
    found = arguments.antecedent(_resolve(hit, places, names), names)
    if hit.row.event_class is None or found.how == "named":
        return found
    if not before and not arguments.pronominal(found) and (found.tokens or hit.row.optional):
        near = arguments.inside(hit.pred, names)
        return near if near.tokens else found
    return arguments.nearest(words, hit.pred, names, before=before) if found.how == "empty" else found


def _resolve(hit: _Hit, places: str, names: Names) -> Argument:
    """The first place with a name; `lower` stands for the target of what the frame governs; a mere scene (`in`) yields to anybody at all."""
    bare = Argument((), "empty")
    for place in places.split("/"):
        if place == "lower":
            every = [_resolve(below, below.row.target, names) for below in hit.lower if below.row.target]
        elif place == "in" and places == hit.row.source and bare.how != "empty":
            every = []
        else:
            every = [arguments.resolve(hit.pred, place, names)]
        for found in every:
            if found.how == "named":
                return found
            bare = found if bare.how == "empty" else bare
    return bare


def _strength(hit: _Hit, source: Argument, target: Argument) -> float:
    sides = _CONFIDENCE[source.how] * (_CONFIDENCE[target.how] if hit.row.target and not hit.row.optional else 1.0)
    whole = hit.row.strength * hit.weight * (sides if hit.row.event_class is not None else max(sides, 0.8))
    clause = hit.pred.clause
    if clause is not None and not (hit.pred.passive and source.how in ("named", "referred")):
        whole *= 0.6 if clause.dep == "acl" and clause.tag == "VBG" else _DISTANCE.get(clause.dep, 1.0)
    return round(min(whole, 1.0), 3)
