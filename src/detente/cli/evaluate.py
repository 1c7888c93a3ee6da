"""`detente evaluate`: how well the coder does on hand-coded texts, with intervals and the table of confusions.

GOLD is a file of JSON lines in the documented format, or the JSON of one article with its text beside it (--text).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from detente.coding import articles, gold, scoring
from detente.coding.events import codes, event
from detente.coding.scoring import Tally
from detente.errors import InputError, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.records import Claim

SEED = 20140508
SAMPLES = 1000


def evaluate(
    golds: Annotated[Path, typer.Argument(metavar="GOLD", help="Hand-coded texts: JSON lines, or the JSON of one article.")],
    text: Annotated[
        Path | None, typer.Option("--text", help="The article's text, where GOLD is the JSON of one article.", show_default=False)
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="Day of the article; the first that GOLD allows when left out.", show_default=False)
    ] = None,
    missed: Annotated[bool, typer.Option("--missed", help="List what was missed or coded otherwise.")] = False,
) -> None:
    """Measure the coder on your own gold: precision, recall, F1 with 95 % intervals, and who was taken for what."""
    from detente.coding import claims
    from detente.pipeline.texts import document

    coder = claims.load()
    article = None if text is None else _json(golds)
    texts = _texts(golds) if article is None or text is None else [articles.read(article, _read(text), published=published)]
    tallies: list[Tally] = []
    coded: list[Claim] = []
    for one in texts:
        coding = coder.code(document(one.text, one.published, source=one.id))
        events = [_coded(claim, article=article is not None) for claim in coding.claims]
        tallies.append(scoring.tally(one.events, events))
        coded += coding.claims
        if missed:
            _list_missed(one, events)
    _show(tallies)
    if article is not None:
        _show_people(article, coded)


def _texts(path: Path) -> list[gold.Text]:
    rows = [json.loads(line) for line in _read(path).splitlines() if line.strip()] if path.suffix == ".jsonl" else [_json(path)]
    return [gold.text(row) for row in rows]


def _json(path: Path) -> Any:
    try:
        return json.loads(_read(path))
    except ValueError as error:
        raise SourceError("JSON", came=f"{path} is none", do="give a .jsonl file of gold texts or the JSON of one article") from error


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("a readable UTF-8 file", came=f"{path} could not be read", do="check the path and the encoding") from error


def _coded(claim: Claim, *, article: bool) -> gold.Event:
    row = event(claim)
    if article:
        row["status"] = articles.settled(row["status"])
    states = {side: [code for code in codes(getattr(claim, side)) if len(code) == len("RUS")] for side in ("source", "target")}
    return gold.event({**row, **states})


def _show(tallies: Sequence[Tally]) -> None:
    if not tallies:
        raise InputError("at least one gold text", came="the file holds none", do="see the format in the documentation")
    console = Console(highlight=False)
    table = Table("level", "precision", "recall", "F1", "95 % of F1")
    for name, score in scoring.scores(tallies, samples=SAMPLES, seed=SEED).items():
        table.add_row(name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", f"{score.low:.3f} to {score.high:.3f}")
    console.print(table)
    for name, ratio in scoring.ratios(tallies).items():
        console.print(f"{name}: {ratio.share if ratio.share is None else format(ratio.share, '.3f')} ({ratio.right} of {ratio.total})")
    confused = Table("gold", "coded", "times", title="taken for")
    for (owed, came), times in sorted(scoring.confusion(tallies).items(), key=lambda item: (-item[1], item[0])):
        if owed != came:
            confused.add_row(owed, came, str(times))
    console.print(confused)


def _show_people(article: Any, coded: Sequence[Claim]) -> None:
    parties = [party for claim in coded for party in (*claim.source, *claim.target) if party.person is not None]
    names = articles.persons(article)
    full = [name for name in names if any(party.person == name and party.office and party.rank for party in parties)]
    console = Console(highlight=False)
    console.print(
        f"persons of the core with office and rank: {len(full)} of {len(names)}; without: {', '.join(sorted(set(names) - set(full))) or 'nobody'}"
    )


def _list_missed(one: gold.Text, events: Sequence[gold.Event]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    met = {other: (number, level) for number, (other, level) in scoring.match(one.events, events).items()}
    for other, owed in enumerate(one.events):
        if owed.tier != 1:
            continue
        number, level = met.get(other, (None, 0))
        came = None if number is None else events[number]
        faults = _faults(owed, came, level)
        if faults:
            console.print(f"{faults}: {owed.label} {sorted(map(str, owed.pairs))} “{one.text[owed.start : owed.stop][:90]}”", markup=False)


def _faults(owed: gold.Event, came: gold.Event | None, level: int) -> str:
    if came is None:
        return "missed"
    wrong = [f"class {came.label}"] if level not in (1, 3) else []
    wrong += [f"dyad {sorted(map(str, came.pairs))}"] if level < 2 else []
    wrong += [f"status {came.status} for {owed.status}"] if owed.status not in (None, came.status) else []
    wrong += [f"date {came.days}"] if owed.days is not None and not scoring.same_days(owed.days, came.days) else []
    return ", ".join(wrong)
