r"""A claim as the cells of one row, and cells as values: people can read and write them, and nothing is lost on the way.

A side is `STATE | body | person | office | rank`, empty ends left out, several parted by `;` ("FIN || Aino Virta | Minister | 4; FIN"); codes alone
may stand with blanks between ("FIN ISL"), a body with its colon ("IGO:UNO"). Details are `name=value` parted by `;`. A backslash takes the meaning
from `;`, `|`, `=` and itself; `\n` is a new line, `\s` a blank at an end, `\x0b` and the like what cannot be printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.errors import InputError
from detente.records.nouns import Claim, Details, Party

FIELDS = ("kind", "status", "source", "target", "when", "known", "place", "dimensions", "event_class", "mode", "speaker", "hedge")
"""Cells of a claim that stand in columns of their own; `details` hold the rest."""
COLUMNS = (
    "id", "decision", *FIELDS, "key", "details", "text", "publication", "address", "document", "decided_by", "decided_at", "reason",
)  # fmt: skip
"""The columns of a sheet of records."""
_NAMED = {"\n": "n", "\r": "r", "\t": "t", "\\": "\\", ";": ";", "|": "|", "=": "="}
_READ = {mark: plain for plain, mark in _NAMED.items()} | {"s": " "}
_SPECIAL = re.compile(r"[\\;|=]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.)|$)", re.DOTALL)
_DOUBTFUL = re.compile(r"[:\s]")
"""Alone, a code with one of these would be read as a body or as several."""
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record of the ledger: the claim as it was stored, as it stands now, and the cells that say so, by the names of COLUMNS."""

    stored: Claim
    claim: Claim
    cells: Mapping[str, str]


def cells(claim: Claim) -> dict[str, str]:
    """A claim's fields as texts by name, `details` among them; unknown ones are empty."""
    plain = {"kind": claim.kind, "status": claim.status, "source": side(claim.source), "target": side(claim.target)}
    days = {"when": "" if claim.valid is None else str(claim.valid), "known": "" if claim.known is None else claim.known.isoformat()}
    more = {"place": claim.place or "", "dimensions": " ".join(claim.dimensions), "event_class": claim.event_class or "", "mode": claim.mode or ""}
    told = {"speaker": "" if claim.speaker is None else side((claim.speaker,)), "hedge": claim.hedge or "", "details": pairs(claim.details)}
    return {**plain, **days, **more, **told}


def side(parties: tuple[Party, ...]) -> str:
    """Parties as one cell.

    >>> side((Party(state="FIN", person="Aino Virta", rank=4), Party(body="IGO:UNO")))
    'FIN || Aino Virta || 4; | IGO:UNO'
    """
    return "; ".join(_party(party) for party in parties)


def parties(text: str) -> tuple[Party, ...]:
    """The parties of a cell; raises InputError for a piece with more than five parts or a rank that is no number.

    >>> [party.state for party in parties("FIN ISL")]
    ['FIN', 'ISL']
    """
    if not _split(text, "|")[1:] and not _split(text, ";")[1:]:
        return tuple(_alone(code) for code in text.split())
    return tuple(_read_party(piece) for piece in _split(text, ";") if piece.strip())


def pairs(details: Details) -> str:
    """Details as one cell.

    >>> pairs((("occasion", "fair; spring"), ("seat", "left")))
    'occasion=fair\\\\; spring; seat=left'
    """
    return "; ".join(f"{_write(name)}={_write(value)}" for name, value in details)


def details(text: str) -> Details:
    """The details of a cell, sorted by name; raises InputError for a piece without `=` and for a name that comes twice."""
    found: dict[str, str] = {}
    for piece in _split(text, ";"):
        if not piece.strip():
            continue
        name, *value = (_plain(part) for part in _split(piece, "="))
        if len(value) != 1 or not name or name in found:
            raise InputError("details as name=value, each name once", came=f"{piece.strip()!r} came", do=r"write \= for an equals sign in a value")
        found[name] = value[0]
    return tuple(sorted(found.items()))


def visible(text: str) -> str:
    r"""A text for a cell: what cannot be printed stands as its number, new lines stay.

    >>> visible("one\x0btwo")
    'one\\x0btwo'
    """
    return _ODD.sub(lambda found: _number(found.group()), text)


def _party(party: Party) -> str:
    parts = [party.state or "", party.body or "", party.person or "", party.office or "", "" if party.rank is None else str(party.rank)]
    while parts and not parts[-1]:
        parts.pop()
    if len(parts) == 1 and _DOUBTFUL.search(parts[0]):
        parts.append("")
    return "|".join(f" {_write(part)} " if part else "" for part in parts).strip() or "|"


def _read_party(piece: str) -> Party:
    parts = [_plain(part) or None for part in _split(piece, "|")]
    if len(parts) == 1:
        return _alone(piece.strip())
    if len(parts) > 5:
        raise InputError(
            "STATE | body | person | office | rank", came=f"{piece.strip()!r} has {len(parts)} parts", do=r"part persons by ; and write \| for a bar"
        )
    state, body, person, office, rank = (*parts, None, None, None, None)[:5]
    if rank is not None and not (rank.isascii() and rank.isdigit()):
        raise InputError("a rank from 1 to 7", came=f"{rank!r} came", do="write STATE | body | person | office | rank")
    return Party(state=state, body=body, person=person, office=office, rank=None if rank is None else int(rank))


def _alone(code: str) -> Party:
    plain = _plain(code)
    return Party(body=plain) if ":" in plain else Party(state=plain)


def _split(text: str, mark: str) -> list[str]:
    """Pieces between marks that no backslash stands before."""
    found, start, at = [], 0, 0
    while at < len(text):
        if text[at] == mark:
            found.append(text[start:at])
            start = at + 1
        at += 2 if text[at] == "\\" else 1
    return [*found, text[start:]]


def _write(text: str) -> str:
    return _SPECIAL.sub(lambda found: _mark(found.group()), text)


def _mark(character: str) -> str:
    if character == " ":
        return "\\s"
    return f"\\{_NAMED[character]}" if character in _NAMED else _number(character)


def _number(character: str) -> str:
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


def _plain(piece: str) -> str:
    return _ESCAPED.sub(_meant, piece.strip())


def _meant(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    if number:
        return chr(int(number, 16))
    return _READ.get(found[3] or "", found[3] or "\\")
