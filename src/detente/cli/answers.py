"""A verdict on the terminal: the answer first, then the dimensions, the numbered evidence, targets, benchmark, and what would change it."""

from __future__ import annotations

from rich.console import Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detente import ontology
from detente.cli import console
from detente.publish import wording
from detente.records import Evidence, Finding, Verdict

COLOURS = {
    "new_stage": "bold green",
    "new_phase_of_intent": "yellow",
    "shock": "magenta",
    "no_change": "dim",
    "declined": "red",
    "mixed": "cyan",
    "cannot_tell": "dim italic",
}


def show(found: Verdict) -> None:
    """Print the whole answer."""
    numbers = {piece.id: n for n, piece in enumerate(found.evidence, 1)}
    console.out.print(Panel(_opening(found), title="Detente", title_align="left", border_style=COLOURS[found.overall.call]))
    console.out.print(_dimensions(found, numbers))
    for title, body in (("Targets", _targets(found)), ("Benchmark", _benchmarks(found)), ("Offered as explanations", _explanations(found, numbers))):
        if body:
            console.out.print(Text(f"\n{title}", style="bold"))
            console.out.print(Padding(Group(*body), (0, 0, 0, 2)))
    console.out.print(Text("\nWhat would change it", style="bold"))
    for watched in found.overall.watch or tuple(w for f in found.dimensions for w in f.watch):
        console.out.print(Padding(Text(f"- {wording.say(watched)}"), (0, 0, 0, 2)))
    console.out.print(_evidence(found, numbers))
    console.out.print(_footing(found))


def _opening(found: Verdict) -> Text:
    return Text(f"{wording.headline(found)}\n{wording.confidence(found.overall)}")


def _dimensions(found: Verdict, numbers: dict[str, int]) -> Table:
    table = Table("dimension", "verdict", "p", "confidence", "why", "evidence", title="By dimension", title_justify="left", show_lines=True)
    for f in found.dimensions:
        share = "" if f.probability is None else f"{f.probability:.2f}"
        verdict = Text(ontology.term("verdicts", f.call).name, style=COLOURS[f.call])
        table.add_row(ontology.term("dimensions", f.dimension).name, verdict, share, f.confidence, wording.finding(f), _cited(f, numbers))
    return table


def _cited(f: Finding, numbers: dict[str, int]) -> str:
    groups = (("for", f.supports), ("against", f.contradicts))
    return "\n".join(f"{name} {_short([numbers[act] for act in acts if act in numbers])}" for name, acts in groups if acts)


def _short(numbers: list[int]) -> str:
    shown = " ".join(str(n) for n in sorted(numbers)[:8])
    return shown + (f" +{len(numbers) - 8}" if len(numbers) > 8 else "")


def _targets(found: Verdict) -> list[Text]:
    return [Text(f"- {wording.target(goal, as_of=found.as_of)}") for goal in found.targets]


def _benchmarks(found: Verdict) -> list[Text]:
    return [Text(f"- {line}") for other in found.benchmarks for line in wording.benchmark(other, found)]


def _explanations(found: Verdict, numbers: dict[str, int]) -> list[Text]:
    return [Text(f"- {wording.say(s)}") for s in found.explanations]


def _evidence(found: Verdict, numbers: dict[str, int]) -> Table:
    table = Table("no.", "when", "what", "for", "against", "source, known", title="Evidence", title_justify="left")
    for piece in found.evidence:
        table.add_row(str(numbers[piece.id]), str(piece.valid), piece.text, " ".join(piece.supports), " ".join(piece.contradicts), _source(piece))
    return table


def _source(piece: Evidence) -> str:
    cited = "; ".join(c.publication for c in piece.citations)
    return f"{cited}, {piece.known}{' (assumed)' if piece.known_assumed else ''}"


def _footing(found: Verdict) -> Text:
    proposed = sum(int(number) for _, number in found.proposals)
    apart = f" {proposed} proposals that nobody has reviewed are not counted." if proposed else ""
    return Text(f"\n{found.acts_read} accepted acts of this dyad were known by {found.as_of}.{apart}", style="dim")
