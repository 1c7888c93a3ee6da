"""A verdict on the terminal: the answer first, then the dimensions, the numbered evidence, targets, benchmark, and what would change it."""

from __future__ import annotations

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from detente import ontology
from detente.cli import console
from detente.publish import wording
from detente.records import Evidence, Finding, Statement, Verdict

COLOURS = {
    "new_stage": "bold green",
    "new_phase_of_intent": "yellow",
    "shock": "magenta",
    "no_change": "dim",
    "declined": "red",
    "mixed": "cyan",
    "cannot_tell": "dim italic",
}


def show(found: Verdict, *, pieces: int) -> None:
    """Print the answer with at most so many pieces of evidence, those that carry the verdict first and the latest of them."""
    numbers = {piece.id: n for n, piece in enumerate(found.evidence, 1)}
    open_with(found)
    console.out.print(_dimensions(found, numbers))
    for title, body in (
        ("Targets", _targets(found)),
        ("Benchmark", _benchmarks(found)),
        ("Offered as explanations", _said(found.explanations)),
        ("Said by others", _said(found.contested)),
        ("Dissenting view", _said(found.dissent)),
        ("Taken for granted", _said(found.assumptions)),
    ):
        if body:
            console.out.print(Text(f"\n{title}", style="bold"))
            console.out.print(Padding(Group(*body), (0, 0, 0, 2)))
    console.out.print(Text("\nWhat would change it", style="bold"))
    for watched in found.overall.watch or tuple(w for f in found.dimensions for w in f.watch):
        console.out.print(Padding(Text(f"- {wording.say(watched)}"), (0, 0, 0, 2)))
    console.out.print(_evidence(found, numbers, pieces))
    console.out.print(_footing(found))
    console.out.print("What the program cannot do, with its error rates: docs/limits.md", style="dim")


def open_with(found: Verdict) -> None:
    """Print the answer itself: the verdict, its likelihood, and the confidence in a sentence of its own."""
    told = Text(f"{wording.headline(found)}\n{wording.confidence(found.overall)}")
    console.out.print(Panel(told, title="Detente", title_align="left", border_style=COLOURS[found.overall.call]))


def _dimensions(found: Verdict, numbers: dict[str, int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="By dimension", title_justify="left", padding=(0, 1, 1, 0))
    table.add_column("dimension", width=13)
    table.add_column("verdict", width=15)
    table.add_column("why, and the evidence by its number")
    for f in found.dimensions:
        why = Text(wording.finding(f))
        why.append(f"\n{_cited(f, numbers)}", style="dim")
        table.add_row(ontology.term("dimensions", f.dimension).name, _called(f), why)
    return table


def _called(f: Finding) -> Text:
    called = Text(ontology.term("verdicts", f.call).name, style=COLOURS[f.call])
    if f.probability is not None:
        called.append(f"\n{ontology.likelihood(f.probability).name}, {f.probability:.0%}", style="not bold not italic")
    called.append(f"\nconfidence {f.confidence}", style="dim not bold not italic")
    return called


def _cited(f: Finding, numbers: dict[str, int]) -> str:
    groups = (("for", f.supports), ("against", f.contradicts))
    return "; ".join(f"{name} {_short([numbers[act] for act in acts if act in numbers])}" for name, acts in groups if acts)


def _short(numbers: list[int]) -> str:
    shown = " ".join(str(n) for n in sorted(numbers)[:8])
    return shown + (f" +{len(numbers) - 8}" if len(numbers) > 8 else "")


def _targets(found: Verdict) -> list[Text]:
    return [Text(f"- {wording.target(goal, as_of=found.as_of)}") for goal in found.targets]


def _benchmarks(found: Verdict) -> list[Text]:
    return [Text(f"- {line}") for other in found.benchmarks for line in wording.benchmark(other, found)]


def _said(statements: tuple[Statement, ...]) -> list[Text]:
    return [Text(f"- {wording.say(s)}") for s in statements]


def _evidence(found: Verdict, numbers: dict[str, int], pieces: int) -> Table:
    carried = set(found.overall.supports) | set(found.overall.contradicts)
    ranked = sorted(found.evidence, key=lambda piece: (piece.id not in carried, -numbers[piece.id]))[:pieces]
    title = f"Evidence ({len(ranked)} of {len(found.evidence)} pieces; --evidence N shows more)"
    table = Table("no.", "when", "what", "speaks", "source, known", box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for piece in sorted(ranked, key=lambda piece: numbers[piece.id]):
        table.add_row(str(numbers[piece.id]), str(piece.valid), piece.text, _speaks(piece), _source(piece))
    return table


def _speaks(piece: Evidence) -> str:
    groups = (("for", piece.supports), ("against", piece.contradicts))
    return "; ".join(f"{name} {wording.dimensions(' '.join(codes))}" for name, codes in groups if codes)


def _source(piece: Evidence) -> str:
    cited = "; ".join(c.publication for c in piece.citations)
    return f"{cited}, {piece.known}{' (assumed)' if piece.known_assumed else ''}"


def _footing(found: Verdict) -> Text:
    proposed = sum(int(number) for _, number in found.proposals)
    apart = f" {proposed} proposals that nobody has reviewed are not counted." if proposed else ""
    return Text(f"\n{found.acts_read} accepted acts of this dyad were known by {found.as_of}.{apart}", style="dim")
