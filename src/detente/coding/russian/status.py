"""Whether a Russian deed happened, is planned, did not take place or is only possible: by tense, negation and the verbs over it."""

from __future__ import annotations

from dataclasses import dataclass

from detente.coding.russian.frames import Deed
from detente.coding.russian.parse import Parsed, Word
from detente.coding.russian.tables import among
from detente.records import Status


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status, and the word that shows it."""

    status: Status
    shown_by: str


def read(sent: Parsed, deed: Deed) -> StatusReading:
    """The status of a deed: a refusal or negation goes before a possibility, that before a plan, and that before what happened."""
    chain = _chain(sent, deed)
    for status, found in (("negated", _negated(sent, chain)), ("hypothetical", _possible(sent, deed, chain)), ("planned", _planned(sent, chain))):
        if found is not None:
            return StatusReading(status, found.text)  # type: ignore[arg-type]
    if _present(deed.verb) and deed.trigger.i != deed.verb.i:
        return StatusReading("ongoing", deed.verb.text)
    return StatusReading("happened", deed.verb.text)


def _chain(sent: Parsed, deed: Deed) -> list[Word]:
    """The trigger, its verb and what governs them without a clause of its own between: `планирует посетить`."""
    chain = [deed.trigger]
    word = deed.trigger
    while word.head >= 0 and len(chain) < 6 and word.dep not in ("acl", "acl:relcl", "advcl", "ccomp", "parataxis"):
        word = sent.words[word.head]
        if word.dep == "conj" and word.pos == "VERB" and word.feat("VerbForm") == "Fin":
            chain.append(word)
            break
        chain.append(word)
    return chain


def _negated(sent: Parsed, chain: list[Word]) -> Word | None:
    for word in chain:
        if word.i != chain[0].i and among("refuse", word.text):
            return word
        denied = next((child for child in sent.children(word) if among("not", child.text) and child.dep in ("advmod", "case")), None)
        if denied is not None:
            return denied
    return None


def _possible(sent: Parsed, deed: Deed, chain: list[Word]) -> Word | None:
    near = (child for word in (*chain, deed.verb) for child in (word, *sent.children(word)))
    return next((word for word in near if word.i != deed.trigger.i and among("maybe", word.text)), None)


def _planned(sent: Parsed, chain: list[Word]) -> Word | None:
    for word in chain:
        if word.i != chain[0].i and among("plan", word.text):
            return word
        if _future(sent, word) and not among("speech", word.text):
            return word
    return None


def _future(sent: Parsed, word: Word) -> bool:
    """A finite future, or a perfective present form, which is a future; also `будет` with an infinitive or participle."""
    if word.feat("Tense") == "Fut":
        return True
    auxiliary = any(child.dep.startswith(("aux", "cop")) and child.feat("Tense") == "Fut" for child in sent.children(word))
    return auxiliary or (word.feat("Aspect") == "Perf" and word.feat("Tense") == "Pres" and word.feat("VerbForm") == "Fin")


def _present(word: Word) -> bool:
    return word.pos == "VERB" and word.feat("Tense") == "Pres" and word.feat("VerbForm") == "Fin"
