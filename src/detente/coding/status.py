"""The status of a deed and its voice: happened, planned, ongoing, attributed, hypothetical, negated or historical, and who says so.

Grammar decides first (modality), then speech (voice), then time: what lies about a year back or belongs to a closed age is historical.
Ignores what the deed is; whoever codes words themselves (an accusation, a threat) says so with `spoken`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from spacy.tokens import Span, Token

from detente.coding import voice
from detente.coding.modality import Climb, climb
from detente.coding.moods import Finding, among, auxiliaries, is_speech
from detente.coding.voice import Place, Voice
from detente.dates import Interval
from detente.records import Status

HISTORICAL_AFTER_DAYS = 330
"""A deed that ended eleven months before the text is background: by then the same month of last year is over."""

_SETTLED = ("happened", "ongoing")


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status of a deed, its voice and why; [start, stop) are characters of the spaCy document.

    `deed` is the status within what the speaker says, so that a caller who knows that the speaker speaks of an own deed can take it
    instead of `attributed`. `hedge` is kept word for word.
    """

    status: Status
    deed: Status
    why: str
    hedge: str | None = None
    hedge_place: Place | None = None
    speaker: Place | None = None
    addressee: Place | None = None
    relay: Place | None = None


def read(sent: Span, trigger: Token, *, anchor: date | None = None, when: Interval | None = None, spoken: bool = False) -> StatusReading:
    """The status and voice of the deed that `trigger` names.

    `anchor` is the day of the text, `when` the time of the deed. With `spoken` the deed is the speaking itself (an accusation, a
    refusal): then the verb of speech above the trigger is judged, and speech is no mere attribution.
    """
    risen = climb(trigger)
    heard = voice.of(sent, risen.speech)
    if spoken and not among("speaking", trigger):
        trigger, risen = _speech_act(sent, trigger, risen)
    finding = _spoken_out(risen.finding) if spoken else _asked(sent) or _announced(risen.finding, anchor, when)
    deed = _deed(trigger, finding, _long_ago(trigger, anchor, when))
    finding = deed if spoken else _as_told(sent, trigger, deed, risen.speech)
    return _reading(sent, trigger, (finding, deed), heard)


def _reading(sent: Span, trigger: Token, findings: tuple[Finding, Finding], heard: Voice) -> StatusReading:
    finding, deed = findings
    word = voice.hedge(sent, trigger, finding.word)
    return StatusReading(
        finding.status,
        deed.status,
        f"{finding.status}: {finding.word.text!r}",
        None if word is None else word.text,
        None if word is None else (word.idx, word.idx + len(word)),
        heard.speaker,
        heard.addressee,
        heard.relay,
    )


def _speech_act(sent: Span, trigger: Token, risen: Climb) -> tuple[Token, Climb]:
    """The word that stands for the speaking: the verb of speech above, or the quoted word itself, which then was said."""
    if risen.speech is not None:
        return risen.speech, climb(risen.speech)
    return (trigger, Climb(None, None)) if _quoted(sent, trigger) else (trigger, risen)


def _spoken_out(finding: Finding | None) -> Finding | None:
    """An effort to speak is speech, and "will not", "refuses" is a refusal that has been spoken."""
    if finding is None or among("trying", finding.word):
        return None
    if finding.status != "negated":
        return finding
    wills = any(among("future", helper) or among("reported_future", helper) for helper in auxiliaries(finding.word.head))
    return None if wills or among("refusing", finding.word) else finding


def _announced(finding: Finding | None, anchor: date | None, when: Interval | None) -> Finding | None:
    """ "would hold talks next month" tells a plan without its teller, and "is hosting talks next week" is one too."""
    ahead = anchor is not None and when is not None and when.start is not None and when.start > anchor
    if finding is None or not ahead:
        return finding
    plan = among("reported_future", finding.word) or (finding.status == "ongoing" and finding.word.tag_ == "VBG")
    return Finding("planned", finding.word) if plan else finding


def _asked(sent: Span) -> Finding | None:
    """A question leaves the deed open."""
    last = next((token for token in reversed(list(sent)) if token.text not in ('"', "”", "’", "'", ")") and not token.is_space), None)
    return Finding("hypothetical", last) if last is not None and last.text == "?" else None


def _deed(trigger: Token, finding: Finding | None, long_ago: Finding | None) -> Finding:
    if finding is None:
        return long_ago or Finding("happened", trigger)
    return long_ago if long_ago is not None and finding.status in _SETTLED else finding


def _as_told(sent: Span, trigger: Token, deed: Finding, speech: Token | None) -> Finding:
    """Attributed when somebody else is said to say so, and the text does not vouch for it."""
    if deed.status != "happened":
        return deed
    sure = next((token for token in sent if among("evidential", token) and _governs(token, trigger)), None)
    if sure is not None:
        return Finding("attributed", sure)
    if speech is None:
        return _sourced(sent, trigger) or deed
    if voice.passes_on(voice.teller_of(speech)):
        return deed
    own_deed = not among("doubting", speech) and voice.same(speech, voice.subject_of(trigger))
    return deed if own_deed or (is_speech(speech) and among("vouching", speech)) else Finding("attributed", speech)


def _sourced(sent: Span, trigger: Token) -> Finding | None:
    """ "according to witnesses" leaves it to them; "according to the news agency" does not."""
    named = voice.according(sent)
    if named is None or voice.passes_on(named[1]) or not _governs(named[0], trigger):
        return None
    return Finding("attributed", named[0])


def _governs(adverb: Token, trigger: Token) -> bool:
    clause = next((above for above in (trigger, *trigger.ancestors) if above.pos_ in ("VERB", "AUX")), trigger)
    return adverb.head.i in (trigger.i, clause.i)


def _quoted(sent: Span, trigger: Token) -> bool:
    before = sum(token.text in ('"', "“", "”") for token in sent if token.i < trigger.i)
    opened = sum(token.text == "“" for token in sent if token.i < trigger.i) - sum(token.text == "”" for token in sent if token.i < trigger.i)
    return opened > 0 or before % 2 == 1


def _long_ago(trigger: Token, anchor: date | None, when: Interval | None) -> Finding | None:
    present = trigger.tag_ in ("VBZ", "VBP")
    if anchor is not None and when is not None and when.last is not None and not present and (anchor - when.last).days > HISTORICAL_AFTER_DAYS:
        return Finding("historical", trigger)
    return _of_old(trigger)


def _of_old(trigger: Token) -> Finding | None:
    """ "the former Soviet Union took", "during the Cold War", "under former president": words of a closed age around the deed."""
    for child in trigger.children:
        if child.dep_ == "advmod" and among("past_adverb", child) and child.i < trigger.i:
            return Finding("historical", child)
        if child.dep_ in ("nsubj", "prep") and _closed_age(child):
            return Finding("historical", child)
    return None


def _closed_age(phrase: Token) -> bool:
    words = list(phrase.subtree)[:12]
    text = " ".join(word.text for word in words)
    under_former = phrase.lower_ == "under" and any(word.lower_ in ("former", "previous") for word in words)
    return under_former or any(era in text for era in eras())


@cache
def eras() -> tuple[str, ...]:
    """Names of states and ages that have ended."""
    text = (files("detente") / "data" / "status" / "eras.csv").read_text(encoding="utf-8")
    return tuple(row["phrase"] for row in csv.DictReader(text.splitlines()))
