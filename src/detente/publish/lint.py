"""The wording of a brief held against rules: one likelihood scale, no confidence beside a likelihood, all cited, a dissent, no hedge without a band.

After ICD 203 (2015), sections on expressions of likelihood and confidence. Each fault says on which line what was expected, what came and what
to do. Words of others (quotations, footnotes) are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from detente import ontology
from detente.publish import prose, rulebook
from detente.publish.prose import Prose, Statement

_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)", re.IGNORECASE)
_NUMBER = re.compile(rf"{_SHARE.pattern}|(?<=[(=])\s?(0?\.\d+|1\.0+)(?![\d%])", re.IGNORECASE)
_JOINED = re.compile(
    r"[\s:,;=()–—-]*(?:\b(?:a|an|of|at|about|around|roughly|some|p|chance|probability|likelihood|odds)\b[\s:,;=()–—-]*)*", re.IGNORECASE
)
"""What may stand between a word and its number so that they are one expression: "likely (56%)", "a 56 per cent chance (likely)"."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on a line (from 1): the rule's code, what was expected, what came, what to do."""

    line: int
    code: str
    expected: str
    came: str
    do: str


def faults(text: str) -> tuple[Fault, ...]:
    """Every fault of a Markdown text, by line. A text without statements has only that fault."""
    read = prose.read(text)
    if not read.statements:
        return (Fault(1, "empty", "statements", "the text has none", "write a paragraph, a list or a table"),)
    by_statement = (rule(said) for said in read.statements for rule in _EACH)
    of_whole = (rule(read) for rule in _WHOLE)
    return tuple(sorted(set(chain.from_iterable([*by_statement, *of_whole]))))


def _apart(said: Statement) -> Iterator[Fault]:
    """ICD 203: a level of confidence and a degree of likelihood never share a sentence."""
    for part in said.parts:
        words = prose.plain(part)
        likely, sure = _likelihood(words), _confidence(words)
        if likely is not None and sure is not None:
            yield Fault(
                said.line, "likelihood_with_confidence", "a likelihood and a confidence in sentences of their own",
                f"{likely!r} and {sure!r} share one", "say how sure you are in the next sentence",
            )  # fmt: skip


def _likelihood(words: str) -> str | None:
    """A word of likelihood, or a share given as a probability."""
    found = [*rulebook.likelihoods(words), *rulebook.find(words, "off_scale"), *rulebook.find(words, "probability")]
    return found[0].words if found else None


def _confidence(words: str) -> str | None:
    apart = [(hit.start, hit.stop) for hit in rulebook.find(words, "not_confidence")]
    held = (hit for hit in rulebook.find(words, "confidence") if not any(start < hit.stop and hit.start < stop for start, stop in apart))
    return next((hit.words for hit in held), None)


def _cited(said: Statement) -> Iterator[Fault]:
    if not said.cited:
        yield Fault(said.line, "uncited", "a footnote, link or source with its year in every statement", f"{_short(said.text)} has none", "cite it")


def _hedged(said: Statement) -> Iterator[Fault]:
    """A hedge is borne where the same sentence gives the band in a word of the scale or in per cent."""
    for part in said.parts:
        words = prose.plain(part)
        if rulebook.likelihoods(words) or _SHARE.search(words):
            continue
        for hit in rulebook.find(words, "weasel"):
            yield Fault(said.line, "weasel", hit.instead, f"{hit.words!r} came in {_short(part)}: {_lower(hit.note)}", _scale_or(hit.instead))


def _off_scale(said: Statement) -> Iterator[Fault]:
    for part in said.parts:
        words = prose.plain(part)
        for hit in rulebook.find(words, "off_scale"):
            yield Fault(said.line, "off_scale", hit.instead, f"{hit.words!r} came: {_lower(hit.note)}", f"choose one of {_scale()}")
        for hit in rulebook.find(words, "confidence_level"):
            yield Fault(said.line, "confidence_level", f"confidence that is {hit.instead}", f"{hit.words!r} came", _lower(hit.note))


def _band(said: Statement) -> Iterator[Fault]:
    """A number beside a word of likelihood lies within the band of the word."""
    for part in said.parts:
        words = prose.plain(part)
        numbers = tuple(_NUMBER.finditer(words))
        for hit in rulebook.likelihoods(words):
            term = ontology.term("probabilities", hit.band)
            low, high = (round(100 * float(term.more[name]), 6) for name in ("low", "high"))
            for number in (n for n in numbers if _beside(words, hit, n)):
                share = float(number.group(1) or 100 * float(number.group(2)))
                if not low <= share <= high:
                    yield Fault(
                        said.line, "band", f"{low:.0f} to {high:.0f} % with {hit.words!r}", f"{number.group()} came beside it",
                        f"write {ontology.likelihood(share / 100).name!r}, or correct the number",
                    )  # fmt: skip


def _beside(words: str, hit: rulebook.Phrase, share: re.Match[str]) -> bool:
    between = words[hit.stop : share.start()] if share.start() >= hit.stop else words[share.end() : hit.start]
    return _JOINED.fullmatch(between) is not None


def _scales(read: Prose) -> Iterator[Fault]:
    """One scale in one text: the first word of likelihood chooses it."""
    chosen: rulebook.Phrase | None = None
    for said in read.statements:
        for hit in rulebook.likelihoods(prose.plain(said.text)):
            chosen = chosen or hit
            if hit.scale != chosen.scale:
                same = next(name for name, (scale, band) in rulebook.bands().items() if scale == chosen.scale and band == hit.band)
                expected, came = f"the scale that begins with {chosen.words!r}", f"{hit.words!r} of another came"
                yield Fault(said.line, "mixed_scales", expected, came, f"write {same!r}")


def _dissents(read: Prose) -> Iterator[Fault]:
    """A heading or a statement names a dissenting view, and something stands under the heading."""
    heads = {words for _, words in read.headings if any(rulebook.find(words, "dissent"))}
    said = any(s.section in heads for s in read.statements) or any(any(rulebook.find(prose.plain(s.text), "dissent")) for s in read.statements)
    if not said:
        line = next((number for number, words in read.headings if words in heads), read.statements[-1].line)
        came = "the heading has nothing under it" if heads else "there is none"
        yield Fault(line, "no_dissent", "a dissenting view", came, "say under a heading such as 'Dissenting view' what speaks for another answer")


def _notes(read: Prose) -> Iterator[Fault]:
    for name, line in read.used.items():
        if name not in read.defined:
            yield Fault(line, "note_missing", f"a footnote [^{name}]: with its source", "there is none", "write it, or cite another")
    for name, line in read.defined.items():
        if name not in read.used:
            yield Fault(line, "note_unused", f"a statement that cites [^{name}]", "none does", "cite it where it belongs, or leave it out")


_EACH: tuple[Callable[[Statement], Iterator[Fault]], ...] = (_apart, _cited, _hedged, _off_scale, _band)
_WHOLE: tuple[Callable[[Prose], Iterator[Fault]], ...] = (_scales, _dissents, _notes)


def _scale() -> str:
    return ", ".join(term.name for term in ontology.family("probabilities").values())


def _scale_or(instead: str) -> str:
    return f"choose one of {_scale()}" if "likelihood" in instead else f"write {instead}"


def _short(text: str) -> str:
    words = " ".join(prose.plain(text).split())
    return f"“{words[:60].rstrip()}…”" if len(words) > 60 else f"“{words}”"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
