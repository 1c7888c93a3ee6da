"""Every examination by its name: what it finds, and which fields of a record a table shows. Composition is data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from detente.dates import Interval
from detente.errors import InputError
from detente.examine import (
    agreements,
    bans,
    concerns,
    conflicts,
    dependence,
    expectations,
    goals,
    initiative,
    likelihoods,
    occasions,
    positions,
    proclamations,
    projects,
    readings,
    remarks,
    signals,
    silences,
    statements,
    superlatives,
    visits,
    votes,
)
from detente.examine.material import How, Material, Proof


class Record(Protocol):
    """What any examination finds: typed fields, who made it, and what it rests on."""

    @property
    def how(self) -> How:
        """Whether the coder, a table or a person made the record."""

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The words it rests on."""


@dataclass(frozen=True, slots=True)
class Examination:
    """A named way to look at the ledger; `columns` are the fields worth a column."""

    name: str
    find: Callable[[Material], tuple[Record, ...]]
    columns: tuple[str, ...]


_ALL = (
    Examination(
        "visits", visits.find, ("when", "source", "target", "visitor", "office", "rank", "occasion", "hosts", "host_rank", "not_received_by", "gap")
    ),
    Examination("silences", silences.find, ("when", "source", "target", "expected", "basis")),
    Examination("occasions", occasions.find, ("name", "host", "years", "senders", "highest")),
    Examination("signals", signals.find, ("when", "source", "target", "words", "medium", "novelty", "cost", "response")),
    Examination("agreements", agreements.find, ("signed", "name", "source", "target", "rung", "status", "scope", "sector", "words")),
    Examination("obligations", agreements.obligations, ("when", "source", "target", "words", "step", "face_value", "market_value", "unit")),
    Examination(
        "targets", goals.find, ("measure", "state", "baseline", "goal", "unit", "deadline", "needs", "on_course", "off_by", "lacks", "actuals")
    ),
    Examination("aspirations", goals.aspirations, ("said", "words", "source")),
    Examination("expectations", expectations.find, ("due", "what", "state", "announced", "happened_on", "days_late", "matched")),
    Examination("projects", projects.find, ("name", "parties", "sector", "state", "declared", "started", "delivered", "stopped", "costs")),
    Examination("bans", bans.find, ("begins", "words", "sender", "targets", "ends", "form", "scope", "state", "exceptions")),
    Examination("exceptions", bans.exemptions, ("when", "state", "by", "lets_through", "ban_words")),
    Examination("checks", bans.checks, ("when", "words", "touches", "ban_words", "excepted")),
    Examination("positions", positions.find, ("when", "words", "source", "issue", "forum", "stance", "condition")),
    Examination("asks", positions.asks, ("when", "source", "target", "asked", "answer", "reason")),
    Examination("firsts", superlatives.find, ("words", "answer", "why", "asks", "since", "counter", "higher", "coverage")),
    Examination("proclaimed", proclamations.find, ("said", "words", "source", "speaker", "followed")),
    Examination("issues", concerns.find, ("when", "hazard", "stakeholder", "standard", "option", "actor", "precedent", "difference")),
    Examination("statements", statements.find, ("when", "source", "target", "words", "kind", "status", "hedge")),
    Examination("conflicts", conflicts.find, ("about", "period", "told", "spread", "note")),
    Examination("votes", votes.find, ("when", "words", "voter", "forum", "resolution", "issue", "choice", "other")),
    Examination("favours", votes.favours, ("giver", "favour", "voter", "returned", "days", "by_chance")),
    Examination("dependence", dependence.find, ("of", "partner", "period", "share", "publication")),
    Examination("citations", readings.citations, ("words", "written_after", "publication")),
    Examination("counted", readings.counted, ("words", "means", "anchor")),
    Examination("names", readings.names, ("name", "state", "spellings", "offices", "acts")),
    Examination("remarks", remarks.find, ("move", "hit", "words", "publication")),
    Examination("likelihoods", likelihoods.find, ("said", "band", "low", "high", "hit", "words")),
    Examination("initiative", initiative.find, ("source", "target", "acts", "share", "first", "last")),
    Examination("tempo", initiative.tempo, ("year", "contacts", "weight", "highest")),
    Examination("unread", readings.unread, ("role", "words")),
)
EXAMINATIONS: Mapping[str, Examination] = MappingProxyType({each.name: each for each in _ALL})


def examination(name: str) -> Examination:
    """An examination by name; raises InputError naming those that exist."""
    if name not in EXAMINATIONS:
        raise InputError(f"one of the examinations {', '.join(EXAMINATIONS)}", came=f"{name!r} came", do="choose one of these")
    return EXAMINATIONS[name]


def plain(value: object) -> object:
    """The JSON form of a record: fields by name, days and decimals as text, intervals in their short form."""
    if isinstance(value, date | Decimal | Interval):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def summary(name: str, found: tuple[Record, ...]) -> tuple[object, ...]:
    """What is counted over all records of an examination, where something is: receptions, base rates, agreement of votes."""
    if name == "visits":
        return visits.tally(each for each in found if isinstance(each, visits.Visit) and each.between)
    if name == "proclaimed":
        return proclamations.base_rates(each for each in found if isinstance(each, proclamations.Proclamation))
    if name == "votes":
        return votes.agreement(tuple(each for each in found if isinstance(each, votes.Vote)))
    return ()
