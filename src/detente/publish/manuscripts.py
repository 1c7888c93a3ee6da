"""What a verdict was made from, written to the files of a bundle and read back: claims that stand, where they are told, merges, cases in force.

Every claim's identity is derived again when it is read; one that does not fit is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from detente.errors import BundleError, DetenteError
from detente.keep import rows
from detente.keep.ledger import CaseLoad
from detente.keep.reviews import Standing
from detente.publish import bundles
from detente.read import cases as about
from detente.read import hypotheses
from detente.records import Citation, Coverage, Merge

CASES, CLAIMS, DOCUMENTS, MERGES = bundles.INPUTS
Made = TypeVar("Made")


def claims(standing: Iterable[Standing]) -> str:
    """One claim a line with its standing."""
    return _lines(
        {
            "id": held.claim.id, "stored": held.stored, "accepted": held.accepted, "disputed": held.disputed,
            "probability": held.claim.probability, "why": held.claim.why, "record": json.loads(rows.pack(held.claim)),
        }
        for held in standing
    )  # fmt: skip


def documents(citations: Iterable[Citation], texts: Mapping[str, str]) -> str:
    """One document a line: where it is found, and the SHA-256 of its text, which is not in the bundle."""
    plain = ({name: value for name, value in asdict(cited).items() if name not in ("reliability", "credibility")} for cited in citations)
    return _lines({**each, "published": _iso(each["published"]), "text_sha256": texts[str(each["document"])]} for each in plain)


def merges(made: Iterable[Merge]) -> str:
    """One merge a line."""
    return _lines(json.loads(rows.pack(merge)) for merge in made)


def cases(loads: Iterable[CaseLoad]) -> str:
    """One case a line, without its rows, which are among the claims."""
    return _lines(
        {
            "name": load.name, "digest": load.digest, "about": load.about,
            "coverage": [[c.a, c.b, c.start.isoformat(), c.stop.isoformat(), c.grade, c.note] for c in load.coverage],
        }
        for load in loads
    )  # fmt: skip


def read_claims(text: str) -> tuple[Standing, ...]:
    """The claims back; raises BundleError for one whose content is not what its identity says."""
    return tuple(_read(text, CLAIMS, _standing))


def read_documents(text: str) -> dict[str, Citation]:
    """Where documents are found, by identity."""
    return {cited.document: cited for cited in _read(text, DOCUMENTS, _citation)}


def read_merges(text: str) -> tuple[Merge, ...]:
    """The merges back."""
    return tuple(_read(text, MERGES, lambda row: Merge(**{name: value for name, value in row.items() if name != "id"})))


def read_cases(text: str) -> tuple[CaseLoad, ...]:
    """The cases back."""
    return tuple(_read(text, CASES, _load))


def _standing(row: dict[str, Any]) -> Standing:
    claim = rows.claim(json.dumps(row["record"]), probability=row["probability"], why=row["why"])
    if claim.id != row["id"]:
        raise BundleError(f"the claim {row['id']}", came=f"its content is that of {claim.id}, so it was changed", do="ask for the bundle again")
    return Standing(claim, str(row["stored"]), accepted=bool(row["accepted"]), disputed=bool(row["disputed"]))


def _citation(row: dict[str, Any]) -> Citation:
    plain = {name: value for name, value in row.items() if name not in ("text_sha256", "published")}
    return Citation(**plain, published=None if row["published"] is None else date.fromisoformat(row["published"]))


def _load(row: dict[str, Any]) -> CaseLoad:
    about.about(str(row["about"]))
    hypotheses.unpack(str(row["about"]))
    cover = tuple(Coverage(a, b, date.fromisoformat(lo), date.fromisoformat(hi), grade, note) for a, b, lo, hi, grade, note in row["coverage"])
    return CaseLoad(str(row["name"]), str(row["digest"]), str(row["about"]), (), cover)


def _read(text: str, name: str, make: Callable[[dict[str, Any]], Made]) -> Iterator[Made]:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            yield make(json.loads(line))
        except BundleError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, DetenteError) as error:
            raise BundleError(f"a record on line {number} of {name}", came=f"it cannot be read: {error}", do="ask for the bundle again") from error


def _lines(found: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False, sort_keys=True) + "\n" for each in found)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
