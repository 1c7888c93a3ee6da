"""The answer to a question in free words on the terminal: what it was understood as, the records, and the sentences that they rest on."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer
from rich.padding import Padding
from rich.text import Text

from detente import ontology
from detente.cli import console

if TYPE_CHECKING:
    from detente.examine.routing import Passage
    from detente.pipeline import Enquiry

LONGEST = 600


def show(found: Enquiry, *, as_json: bool) -> None:
    """Print the answers question by question, or all of it as data."""
    if as_json:
        typer.echo(json.dumps(packed(found), ensure_ascii=False, indent=1))
        return
    a, b = (ontology.state_name(code) for code in found.dyad)
    console.out.print(Text(f"{a} and {b}, as of {found.as_of}, from what is nearest to the question:", style="dim"))
    if found.shock is not None:
        from detente.publish import wording

        console.out.print(Text(f"\n{wording.shock(found.shock)}"))
    for question, group in groupby(found.found, key=lambda passage: passage.question):
        console.out.print(Text(f"\n{question}", style="bold"))
        for passage in group:
            console.out.print(Padding(_answered(passage), (0, 0, 0, 2)))


def packed(found: Enquiry) -> dict[str, Any]:
    """The data of an answer."""
    from detente.publish import wording

    return {
        "question": found.text,
        "dyad": list(found.dyad),
        "as_of": found.as_of.isoformat(),
        "shock": None if found.shock is None else {"course": found.shock.course, "text": wording.shock(found.shock)},
        "answers": [_packed(passage) for passage in found.found],
    }


def _packed(passage: Passage) -> dict[str, Any]:
    names = ("id", "document", "quote", "start", "end", "publication")
    evidence = [{name: getattr(proof, name) for name in names} for proof in passage.proofs]
    plain = {name: getattr(passage, name) for name in ("template", "question", "answer", "how", "score")}
    return {**plain, "evidence": evidence}


def _answered(passage: Passage) -> Text:
    told = Text(f"- {_short(passage.answer)}")
    quotes = dict.fromkeys(proof.quote for proof in passage.proofs[:2] if proof.quote not in passage.answer)
    for quote in quotes:
        told.append(f"\n  “{_short(quote)}”", style="italic")
    sources = dict.fromkeys(f"{proof.publication}, {proof.known}" for proof in passage.proofs[:3])
    return told.append(f"\n  {passage.how}: {'; '.join(sources)}" if passage.how != "none" else f"\n  {'; '.join(sources)}", style="dim")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
