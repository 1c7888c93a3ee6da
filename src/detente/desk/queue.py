"""What the pages of review show: one claim of the queue beside its sentence, how far the review has come, and how far reviewers agree."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from detente import ontology, pipeline
from detente.assess import question
from detente.desk.remembering import remembered
from detente.desk.views import Seen, told_claim
from detente.errors import InputError
from detente.keep import entries
from detente.keep.entries import Entry
from detente.keep.ledger import Reader
from detente.keep.queues import Progress, Sought
from detente.keep.reviewers import Agreement
from detente.keep.sentences import Told
from detente.records import Act, Claim, Party, notation

AROUND = 400
"""Characters shown before and after a quote."""
KEYS = "123456789"
"""The keys that join a claim to one of the acts nearby."""
DIFFERENCES = 200
Short = Annotated[str, Field(max_length=200)]


class Filters(BaseModel):
    """Which claims of the queue are asked for; all of it stands in the address."""

    a: Short = ""
    b: Short = ""
    kind: Short = ""
    status: Short = ""
    publication: Short = ""
    made_by: Literal["", "coder", "person", "table"] = ""
    q: Short = ""
    document: Short = ""
    state: Literal["open", "mine", "decided", "disputed", "all"] = "open"

    def sought(self, reviewer: str = "") -> Sought:
        """The same in the words of the ledger, asked by a reviewer. Raises QuestionError for what is no state, TermError for no kind or status."""
        coded = {name: ontology.term(family, value).code for name, family in _FAMILIES.items() if (value := getattr(self, name))}
        plain = {"publication": self.publication.strip(), "maker": self.made_by, "words": self.q, "document": self.document}
        plain |= {"state": self.state, "reviewer": reviewer if self.state == "mine" else ""}
        return Sought(states=frozenset(question.state(name) for name in (self.a, self.b) if name.strip()), **plain, **coded)

    def query(self, **more: str) -> str:
        """The part of an address that says the same, and more; empty without anything."""
        given = {name: value for name, value in self.model_dump().items() if value and (name, value) != ("state", "open")}
        return urlencode(given | {name: value for name, value in more.items() if value})


class Place(BaseModel):
    """Where in the queue: at a claim, after one, or at its beginning."""

    claim: Short = ""
    after: Short = ""


_FAMILIES = {"kind": "kinds", "status": "statuses"}


_TOLD: OrderedDict[tuple[Path, Sought], Told] = OrderedDict()
_TURN = threading.Lock()


@remembered(8)
def told(at: Seen, words: Sought) -> Sequence[int] | None:
    """The claims whose sentence holds the words that are asked for; of a ledger that has grown only what came since is looked at."""
    found = pipeline.told(words, data=at.data, before=_TOLD.get((at.data, words)))
    if found is None:
        return None
    with _TURN:
        _TOLD[at.data, words] = found
        while len(_TOLD) > 8:
            _TOLD.popitem(last=False)
    return found.numbers


def _told(at: Seen, what: Sought) -> Sequence[int] | None:
    return told(at, Sought(words=what.words, publication=what.publication, document=what.document)) if what.words.split() else None


@remembered(16)
def progress(at: Seen, what: Sought) -> Progress:
    """How many of the claims asked for are decided, how many there are, and how many are in the state."""
    return pipeline.progress(what, _told(at, what), data=at.data) if at.stamp else Progress(0, 0, 0)


@remembered(16)
def agreement(at: Seen, sought: Sought) -> Agreement:
    """How far reviewers agree on the claims that are asked for."""
    return pipeline.agreement(at.data, what=replace(sought, state="all")) if at.stamp else Agreement((), 0, (), ())


def review(at: Seen, filters: Filters, place: Place, reviewer: str) -> dict[str, Any]:
    """A claim beside its sentence, the one at the place or the next that waits, with progress, what can be undone, and the acts nearby."""
    what = filters.sought(reviewer)
    found = progress(at, what)
    key = place.claim or _following(at, what, place.after)
    follows = _following(at, what, key)
    return {
        "title": "Review",
        "left": found.left,
        "progress": {"decided": found.decided, "of": found.every},
        "filters": filters.model_dump(),
        "query": filters.query(),
        "reviewer": reviewer,
        "next": follows if follows != key else "",
        "undo": _undo(at, reviewer),
        "claim": _beside(at, key, reviewer if filters.state == "mine" else None) if key else None,
        "kinds": list(ontology.family("kinds")),
        "statuses": list(ontology.family("statuses")),
    }


def _following(at: Seen, what: Sought, after: str) -> str:
    """The first claim that waits after one in the order of arrival, and after the last the first again; empty when none waits."""
    return pipeline.following(what, after, _told(at, what), data=at.data) if at.stamp else ""


def _undo(at: Seen, reviewer: str) -> dict[str, str] | None:
    last = pipeline.last(reviewer, data=at.data) if reviewer and at.stamp else None
    if last is None:
        return None
    with Reader.open(at.data) as ledger:
        claim = ledger.claim(last.claim)
    return {"claim": last.claim, "decision": last.decision, "at": last.at, "quote": claim.quote[:80] if claim else ""}


def nearby(at: Seen, entry: Entry) -> tuple[Act | None, tuple[Act, ...]]:
    """The act that a claim speaks of, and those that a key can join it to."""
    own, found = pipeline.beside(entry, data=at.data)
    return own, found[: len(KEYS)]


def entry_of(at: Seen, key: str) -> Entry:
    """A claim of the queue. Raises InputError when it does not stand there."""
    found = pipeline.entry(key, data=at.data) if at.stamp else None
    if found is None:
        raise InputError("the identity of a claim to review", came=f"{key[:60]!r} is none", do="begin from the review page")
    return found


def _beside(at: Seen, key: str, blind: str | None) -> dict[str, Any]:
    """The claim with its sentence; for a reviewer who has yet to decide, as it was proposed and without what others decided."""
    entry = entry_of(at, key)
    hidden = blind is not None and bool(entry.deciders - {blind}) and blind not in entry.deciders
    with Reader.open(at.data) as ledger:
        stored, doc, claim = ledger.claim(key), ledger.document(entry.document), entries.standing(ledger, [entry])[0].claim
        made = tuple(review for _, review in ledger.reviews(numbers=[entry.number]))
    if stored is None or doc is None:
        raise InputError("a claim with its document", came=f"{key[:60]!r} has none", do="run `detente verify`")
    claim = stored if hidden else claim
    span = claim.spans[0]
    own, found = nearby(at, entry)
    told = told_claim(claim, {} if hidden else {claim.slot: made})
    return {
        "id": key,
        **told,
        "before": doc.text[max(0, span.start - AROUND) : span.start],
        "after": doc.text[span.stop : span.stop + AROUND],
        "publication": entry.publication,
        "published": doc.published and str(doc.published),
        "fields": _fields(claim),
        "hidden": hidden,
        "act": own and {"id": own.id, "others": [name for name in own.claims if name != key]},
        "nearby": [{"key": name, **_near(act)} for name, act in zip(KEYS, found, strict=False)],
    }


def _fields(claim: Claim) -> dict[str, str]:
    sides = {name: ", ".join(_party(each) for each in getattr(claim, name)) for name in ("source", "target")}
    plain = {name: str(getattr(claim, name) or "") for name in ("kind", "status", "event_class", "mode", "valid", "known", "place", "hedge", "why")}
    speaker = "" if claim.speaker is None else _party(claim.speaker)
    return {**sides, **plain, "dimensions": " ".join(claim.dimensions), "speaker": speaker, "details": notation.pairs(claim.details)}


def _party(party: Party) -> str:
    return " ".join(part for part in (party.state, party.body, party.person, party.office) if part) or "unnamed"


def _near(act: Act) -> Mapping[str, Any]:
    papers = sorted({each.publication for each in act.citations})
    plain = {"act": act.id, "kind": act.claim.kind, "when": act.claim.valid and str(act.claim.valid), "quote": act.claim.quote[:200]}
    return {**plain, "claims": len(act.claims), "publications": papers, "accepted": act.accepted}


def agreed(at: Seen, filters: Filters) -> dict[str, Any]:
    """How far reviewers agree, with the claims on which they differ."""
    found = agreement(at, filters.sought())
    plain = found.plain()
    shown = {"differing": plain["differing"][:DIFFERENCES], "differences": len(found.differing)}
    return {"title": "Agreement of reviewers", **plain, **shown, "filters": filters.model_dump(), "query": filters.query()}
