"""Which of the questions that can be answered is meant by a question in free words, and which records answer it best.

Every record fills the templates that it fits; question and answer are compared with the words that were asked. Two scores are added: the share of
the asked words, weighed by how rare they are, that question, answer and sentence hold; and how near the encoder finds them. Nothing is learnt.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import snowballstemmer

from detente.coding.encoder import Floats
from detente.examine import lexicon, questions, register
from detente.examine.material import How, Material, Proof
from detente.read.cases import ROW_MEDIA

Embed = Callable[[Sequence[str]], Floats]
LIKELIEST = 80
"""About how many passages the encoder reads: those whose words or whose question fit best."""
LEAST = 0.5
"""Score below which nothing fits. A question of the same words scores about 1.6, one about something else below 0.4."""
OF_WORDS, OF_QUESTION, OF_ANSWER, OF_RECENCY, OF_READING, OF_WHOLE = 0.7, 0.5, 0.4, 0.1, 0.15, 0.1
"""Weights of the words in common, of the nearness of the question and of the answer, of how late before the day of the question it was, of
standing in a text that was brought in beside the tables (who asks has just read it), and of how much of what the question asks is told."""
SAME, OF_SAME, OF_WHY = 0.7, 0.3, 0.15
"""A template this near is the asked question in other words, and gains so much; so much gains one that is put with why where why was asked."""
FADES_DAYS = 730.0
GROUPS, EACH, WHOLE, SENTENCES, TEMPLATES = 4, 4, 24, 3, 6
"""Most questions answered at once; most records of each, and of those that fit alike when one is the asked question in other words; most
sentences beside them; questions of which records are read in any case."""
NEAREST = "text.nearest"
NEAREST_IS = "Which sentences of what was read come nearest?"
_WORD = re.compile(r"[^\W\d_]+|\d+")
OF_NAME = 1.5
"""How much more a name in a question weighs than another word as rare: who names somebody means nobody else."""
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+")
_DAY = re.compile(r"\b(\d{4})-(\d{2})(?:-\d{2})?\b")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One record as the answer to one question; `score` says how well it fits what was asked, 0 for not at all, `told` which share of the
    template's slots it fills."""

    template: str
    question: str
    answer: str
    proofs: tuple[Proof, ...]
    how: How
    score: float
    told: float = 1.0


def find(text: str, material: Material, embed: Embed) -> tuple[Passage, ...]:
    """The records that answer best, question by question, the best first, then the sentences nearest to what was asked; none where nothing fits."""
    passages = [*_passages(material), *_sentences(material)]
    if not passages:
        return ()
    shared = _shared(text, passages)
    near = _near(text, [p.template for p in passages], embed)
    same = {p.template for p, n in zip(passages, near, strict=True) if n >= SAME} | _same_words(text)
    alike = _alike(passages, shared, same)
    asked = [OF_SAME * ((p.template, p.answer) in alike) + OF_WHY * why for p, why in zip(passages, _why(text, passages), strict=True)]
    plus = [OF_RECENCY * _recency(p, material) + OF_READING * any(proof.how != "table" for proof in p.proofs) + OF_WHOLE * p.told for p in passages]
    first = [OF_WORDS * a + OF_QUESTION * b + c + d for a, b, c, d in zip(shared, near, asked, plus, strict=True)]
    chosen = _chosen(passages, first, near, same)
    read = embed([text, *(f"{passages[i].question} {passages[i].answer}" for i in chosen)])
    likeness = dict(zip(chosen, (read[1:] @ read[0]).tolist(), strict=True))
    scored = [replace(passages[i], score=round(first[i] + OF_ANSWER * max(0.0, like), 3)) for i, like in likeness.items()]
    best = sorted((p for p in scored if p.score >= LEAST), key=lambda p: (-p.score, p.template, p.answer))
    return _grouped(best, alike)


def _alike(passages: Sequence[Passage], shared: Sequence[float], same: Collection[str]) -> set[tuple[str, str]]:
    """Template and answer of the records that hold as much of what was asked as any other of a question that is the asked one: its whole list."""
    most: dict[str, float] = {}
    for p, share in zip(passages, shared, strict=True):
        most[p.template] = max(most.get(p.template, 0.0), share)
    return {(p.template, p.answer) for p, share in zip(passages, shared, strict=True) if p.template in same and share >= most[p.template]}


def _chosen(passages: Sequence[Passage], first: Sequence[float], near: Sequence[float], same: Collection[str]) -> list[int]:
    """Which passages the encoder reads: those that fit best so far, some of each of the nearest questions, and the sentences that fit best."""
    order = sorted(range(len(passages)), key=lambda i: (-first[i], i))
    told, said = ([i for i in order if (passages[i].template == NEAREST) == wanted] for wanted in (False, True))
    nearest = sorted({(near[i], passages[i].template) for i in told}, reverse=True)[:TEMPLATES]
    of_nearest = [i for _, name in nearest for i in [j for j in told if passages[j].template == name][: WHOLE if name in same else 2 * EACH]]
    return list(dict.fromkeys((*told[: LIKELIEST // 2], *of_nearest, *said[: LIKELIEST // 4])))


def _grouped(best: Sequence[Passage], alike: Collection[tuple[str, str]]) -> tuple[Passage, ...]:
    """The best records of the best questions; a record that says the same as one before it is left out."""
    held: dict[str, list[Passage]] = {}
    seen: set[str] = set()
    for passage in best:
        group = held.setdefault(passage.template, [])
        most = SENTENCES if passage.template == NEAREST else WHOLE if (passage.template, passage.answer) in alike else EACH
        if len(group) < most and passage.answer not in seen:
            group.append(passage)
            seen.add(passage.answer)
    sentences = held.pop(NEAREST, [])
    groups = [group for group in held.values() if group][:GROUPS]
    return (*(passage for group in groups for passage in group), *sentences)


def phrasings() -> tuple[Mapping[str, str], ...]:
    """Other ways to put the questions of the templates, in words of the project's own."""
    return tuple(lexicon.rows("phrasings"))


def _passages(material: Material) -> Iterable[Passage]:
    wanted = questions.templates()
    found = {name: register.examination(name).find(material) for name in dict.fromkeys(t.examination for t in wanted)}
    for template in wanted:
        for record in found[template.examination]:
            if questions.holds(record, template.where):
                asked, told = (questions.filled(pattern, record, material) for pattern in (template.question, template.answer))
                share = questions.share_told(template.answer, record, material)
                yield Passage(template=template.template, question=asked, answer=told, proofs=record.proofs, how=record.how, score=0.0, told=share)


def _sentences(material: Material) -> Iterable[Passage]:
    """Every sentence of the texts that were read, and the words of every act around the two: a row of a case says what its act says."""
    for act in material.around():
        proof = material.proof(act)
        yield Passage(template=NEAREST, question=NEAREST_IS, answer=proof.quote, proofs=(proof,), how=proof.how, score=0.0)
    read = (
        doc for doc in material.documents.values() if doc.media_type != ROW_MEDIA and doc.published is not None and doc.published <= material.as_of
    )
    for doc in read:
        for sentence in material.split(doc):
            quote = doc.text[sentence.start : sentence.stop]
            proof = Proof(doc.id, doc.id, quote, sentence.start, sentence.stop, doc.source, doc.published, "none")
            yield Passage(template=NEAREST, question=NEAREST_IS, answer=quote, proofs=(proof,), how="none", score=0.0)


def _recency(passage: Passage, material: Material) -> float:
    """1 for what became known on the day of the question, less the older, 0 where no day is known."""
    days = [(material.as_of - proof.known).days for proof in passage.proofs if proof.known is not None]
    return math.exp(-max(0, min(days)) / FADES_DAYS) if days else 0.0


def _shared(text: str, passages: Sequence[Passage]) -> list[float]:
    """For each passage the share of the asked words that it holds, weighed by inverse document frequency, 0 to 1."""
    held = [words(f"{p.question} {p.answer} {' '.join(proof.quote for proof in p.proofs[:3])}") for p in passages]
    often = Counter(word for found in held for word in found)
    names = words(" ".join(_NAME.findall(text)))
    rarity = {word: math.log((len(held) + 1) / (often[word] + 0.5)) * (OF_NAME if word in names else 1.0) for word in words(text)}
    total = sum(rarity.values()) or 1.0
    return [sum(weight for word, weight in rarity.items() if word in found) / total for found in held]


def _near(text: str, names: Sequence[str], embed: Embed) -> list[float]:
    """For each passage how near its template, put in one way or another, is to what was asked, 0 to 1."""
    ways = [(t.template, _plain(t.question)) for t in questions.templates()] + [(r["template"], r["phrasing"]) for r in phrasings()]
    read = embed([text, *(words for _, words in ways)])
    near: dict[str, float] = {}
    for (name, _), like in zip(ways, (read[1:] @ read[0]).tolist(), strict=True):
        near[name] = max(near.get(name, 0.0), like)
    return [near.get(name, 0.0) for name in names]


def _why(text: str, passages: Sequence[Passage]) -> list[bool]:
    """For each passage whether it answers why, when why is asked."""
    asks = "why" in _WORD.findall(text.casefold())
    answer = {r["template"] for r in phrasings() if r["phrasing"].casefold().startswith("why ")}
    return [asks and p.template in answer for p in passages]


def _same_words(text: str) -> set[str]:
    """The templates whose question holds every telling word of the asked one."""
    asked = words(text)
    return {t.template for t in questions.templates() if asked and asked <= words(t.question)}


def _plain(question: str) -> str:
    """A template's question with its slots as words."""
    return re.sub(r"\{(\w+)\}", lambda slot: slot[1].replace("_", " "), re.sub(r"[\[\]]", "", question))


def words(text: str) -> frozenset[str]:
    """The stems of the words that tell something, with the months of days by their names.

    >>> sorted(words("Who visited on 2014-03-21?"))
    ['03', '2014', '21', 'march', 'visit']
    """
    spelled = _DAY.sub(lambda day: f"{day[0]} {day[1]} {_month(day[2])}", text)
    plain = [word for word in (m.group().casefold() for m in _WORD.finditer(spelled)) if word not in _skipped()]
    return frozenset(_stem(word) for word in plain)


def _month(number: str) -> str:
    return _MONTHS[int(number) - 1] if 1 <= int(number) <= len(_MONTHS) else ""


@cache
def _skipped() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("plainwords"))


@cache
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("english").stemWord(word))
