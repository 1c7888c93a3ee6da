"""The deeds of a Russian sentence: a trigger of data/russian/frames.csv, a verb or a noun under a verb, with the words in its places.

Places are told by case and preposition: `subj`, `obj`, `gen` (`визит министра`), `adj` (`российско-китайские переговоры`), `with` (с + Ins),
`between` (между + Ins), `in` (в, на + Acc), `at` (в, на + Loc), `by` (Ins), `dative`, `guest` (who is received), `against`, `for`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from detente.coding.russian.parse import Parsed, Word
from detente.coding.russian.tables import among, plain, rows

_VERBAL = ("VERB", "AUX")
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of frames.csv; `places` are looked for in their order, `needs` is what must hold for it."""

    id: str
    triggers: tuple[tuple[re.Pattern[str], ...], ...]
    verbal: bool
    kind: str
    event_class: str
    mode: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    needs: str
    strength: float


@dataclass(frozen=True, slots=True)
class Deed:
    """A frame met in a sentence: its trigger, the verb that carries it, and the verbs over that one, nearest first."""

    frame: Frame
    trigger: Word
    verb: Word
    over: tuple[Word, ...]


def find(sent: Parsed) -> list[Deed]:
    """The deeds of a sentence in order; a noun that a verb of the same kind carries (`провели встречу`) counts once."""
    return [deed for word in sent.words for frame in _frames() if (deed := _deed(sent, word, frame)) is not None]


def fill(sent: Parsed, deed: Deed, place: str) -> list[Word]:
    """The words in a place, each with those coordinated to it; [] when it is empty."""
    found = _PLACES[place](sent, deed)
    return [other for word in found for other in (word, *conjuncts(sent, word))]


def conjuncts(sent: Parsed, word: Word) -> list[Word]:
    """The words coordinated to a noun."""
    near = [child for child in sent.children(word) if child.dep == "conj" and child.pos not in _VERBAL]
    return [other for child in near for other in (child, *conjuncts(sent, child))] if word.i >= 0 else []


def subjects(sent: Parsed, verb: Word) -> list[Word]:
    """The subject of a verb, its own or that of the verb over it; for a participle the noun that it describes."""
    for step, word in enumerate((verb, *sent.above(verb))):
        if step > _MOST_STEPS:
            return []
        own = [child for child in sent.children(word) if child.dep in ("nsubj", "nsubj:pass")]
        if own and not (among("which", own[0].text) or own[0].pos == "DET"):
            return own
        if word.dep in ("acl", "acl:relcl") and word.head >= 0 and (own or word.dep == "acl"):
            return [sent.words[word.head]]
        if own and word.i != verb.i:
            return own
    return []


def _deed(sent: Parsed, word: Word, frame: Frame) -> Deed | None:
    if (word.pos in _VERBAL) != frame.verbal or (not frame.verbal and word.pos not in ("NOUN", "PROPN")) or not _triggered(sent, word, frame):
        return None
    verb = word if frame.verbal else _carrier(sent, word)
    over = tuple(other for other in sent.above(verb) if other.pos in (*_VERBAL, "ADJ"))
    deed = Deed(frame, word, verb, over)
    return deed if _NEEDS.get(frame.needs, _always)(sent, deed) else None


def _triggered(sent: Parsed, word: Word, frame: Frame) -> bool:
    for patterns in frame.triggers:
        words = [plain(other.text) for other in sent.words[word.i : word.i + len(patterns)]]
        if len(words) == len(patterns) and all(pattern.fullmatch(text) for pattern, text in zip(patterns, words, strict=True)):
            return True
    return False


def _carrier(sent: Parsed, noun: Word) -> Word:
    """The verb that carries a noun of action: `провели переговоры`, `состоялся визит`, `в ходе визита подписали`; else the noun itself."""
    for word in sent.above(noun):
        if word.pos in _VERBAL or _short(word):
            return word
        if not among("course", word.text):
            return noun
    return noun


def _short(word: Word) -> bool:
    return word.pos == "ADJ" and word.feat("Variant") == "Short"


def _always(_: Parsed, __: Deed) -> bool:
    return True


def _carried(use: str) -> Callable[[Parsed, Deed], bool]:
    def holds(sent: Parsed, deed: Deed) -> bool:
        near = [deed.verb, *(sent.words[deed.trigger.head : deed.trigger.head + 1] if deed.trigger.head >= 0 else ())]
        return any(among(use, word.text) and word.i != deed.trigger.i for word in (*near, *deed.over[:1]))

    return holds


def _phoned(sent: Parsed, deed: Deed) -> bool:
    near = [child for over in (deed.trigger, deed.verb) for child in sent.children(over)]
    return any(among("phone", word.text) for word in near)


def _received(sent: Parsed, deed: Deed) -> bool:
    """Somebody is received, no decision: the object is a person."""
    return bool(_guests(sent, deed))


_NEEDS: Mapping[str, Callable[[Parsed, Deed], bool]] = {
    "signed": _carried("signed"),
    "imposed": _carried("imposed"),
    "given": _carried("given"),
    "protest": _carried("protest"),
    "guest": _received,
    "phone": _phoned,
}


def _bound(sent: Parsed, deed: Deed, prepositions: tuple[str, ...], case: str) -> list[Word]:
    """Nouns with a preposition and a case, under the trigger or under the verb that carries it."""
    near = [word for over in {deed.trigger.i: deed.trigger, deed.verb.i: deed.verb}.values() for word in _below(sent, over)]
    found = [word for word in near if sent.preposition(word) in prepositions and word.feat("Case") in (case, "")]
    return list({word.i: word for word in found}.values())


def _below(sent: Parsed, word: Word) -> Iterator[Word]:
    """The nouns under a word, through other nouns but not through clauses."""
    for child in sent.children(word):
        if child.dep in ("nmod", "obl", "obj", "iobj", "nsubj", "nsubj:pass", "appos", "xcomp"):
            yield child
            if child.pos not in _VERBAL:
                yield from _below(sent, child)


def _with_case(sent: Parsed, deed: Deed, case: str, deps: tuple[str, ...], over: Word) -> list[Word]:
    return [child for child in sent.children(over) if child.dep in deps and child.feat("Case") == case and not sent.preposition(child)]


def _objects(sent: Parsed, deed: Deed) -> list[Word]:
    return [child for child in sent.children(deed.verb) if child.dep == "obj"]


def _guests(sent: Parsed, deed: Deed) -> list[Word]:
    passive = [child for child in sent.children(deed.verb) if child.dep == "nsubj:pass"]
    return [word for word in (*_objects(sent, deed), *passive) if word.feat("Animacy") == "Anim" or _may_be_guest(word)]


def _may_be_guest(word: Word) -> bool:
    return word.pos == "PRON" or among("delegation", word.text)


def _subjects(sent: Parsed, deed: Deed) -> list[Word]:
    """The subject of the verb that carries the deed; a noun that no verb carries has none."""
    carried = deed.frame.verbal or deed.verb.i != deed.trigger.i
    return subjects(sent, deed.verb) if carried else []


def _adjectives(sent: Parsed, deed: Deed) -> list[Word]:
    return [child for child in sent.children(deed.trigger) if child.dep == "amod"]


_PLACES: Mapping[str, Callable[[Parsed, Deed], list[Word]]] = {
    "subj": lambda sent, deed: [word for word in _subjects(sent, deed) if word.i != deed.trigger.i],
    "obj": _objects,
    "guest": _guests,
    "gen": lambda sent, deed: _with_case(sent, deed, "Gen", ("nmod",), deed.trigger),
    "adj": _adjectives,
    "by": lambda sent, deed: _with_case(sent, deed, "Ins", ("obl", "obl:agent", "nmod"), deed.verb),
    "dative": lambda sent, deed: [
        word for over in (deed.trigger, deed.verb) for word in _with_case(sent, deed, "Dat", ("iobj", "obl", "nmod"), over)
    ],
    "with": lambda sent, deed: _bound(sent, deed, ("с", "со", "вместе с", "совместно с"), "Ins"),
    "between": lambda sent, deed: _bound(sent, deed, ("между",), "Ins"),
    "in": lambda sent, deed: _bound(sent, deed, ("в", "во", "на"), "Acc"),
    "at": lambda sent, deed: _bound(sent, deed, ("в", "во", "на"), "Loc"),
    "against": lambda sent, deed: _bound(sent, deed, ("против", "в отношении"), "Gen"),
    "for": lambda sent, deed: _bound(sent, deed, ("для", "против", "в отношении"), "Gen"),
}


@cache
def _frames() -> tuple[Frame, ...]:
    return tuple(_frame(row) for row in rows("frames"))


def _frame(row: Mapping[str, str]) -> Frame:
    triggers = tuple(tuple(_pattern(word) for word in phrase.split()) for phrase in row["trigger"].split("|"))
    source, target = (tuple(row[side].split("/")) for side in ("source", "target"))
    return Frame(
        row["id"], triggers, row["pos"] == "v", row["kind"], row["class"], row["mode"] or None, source, target, row["needs"], float(row["strength"])
    )


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(plain(word)).replace(r"\*", r"\w*"))
