"""`detente classify` and `detente train`: which class passes between two given spans, and how the shipped weights are made.

Rows of IN.jsonl are {"id", "text", "source_text", "target_text"}; rows of OUT.jsonl are {"id", "class", "probability"}, class null for none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import console
from detente.errors import SourceError
from detente.read import clean

if TYPE_CHECKING:
    from detente.coding.classes import Classifier

_FIELDS = ("id", "text", "source_text", "target_text")


def classify(
    rows: Annotated[Path, typer.Argument(help="JSON lines with id, text, source_text and target_text.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the answers go.", show_default=False)],
    at_least: Annotated[float, typer.Option("--at-least", min=0, max=1, help="Answer null below this probability.")] = 0.0,
) -> None:
    """Say which PLOVER class passes from the source span to the target span of each sentence."""
    from detente.coding.classes import Classifier

    classifier = Classifier.load()
    with out.open("w", encoding="utf-8") as stream:
        for row in _rows(rows):
            stream.write(json.dumps(_answer(row, classifier, at_least), ensure_ascii=False) + "\n")


def train(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the weights; without it the shipped ones.", show_default=False)] = None,
) -> None:
    """Make the weights of the classifier and of the judge anew from the sentences written for the project; the same bytes every time."""
    from detente.coding import calibration, claims, examples, training
    from detente.coding.classes import Classifier
    from detente.coding.encoder import Encoder

    folder = Path(str(files("detente") / "data" / "weights")) if out is None else out
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Encoder.load()
    with console.err.status("learning; some minutes"):
        trained = training.train(examples.load(), encoder)
        trained.write(folder / "classes.npz")
        learnt = calibration.learn(trained.kept, claims.load(), Classifier(encoder, tuple(trained.trial.values()), trained.notes))
        calibration.write(folder / "confidence.json", learnt)
    notes = trained.notes
    console.out.print(f"{notes['sentences']} sentences; of {notes['kept_back']} kept back {notes['kept_back_right']:.1%} right; weights in {folder}")


def _answer(row: dict[str, Any], classifier: Classifier, at_least: float) -> dict[str, Any]:
    from detente.coding.classes import answer

    found = answer(classifier.probabilities([row["text"]], [row["source_text"]], [row["target_text"]])[0], at_least=at_least)
    return {"id": row["id"], "class": found.label, "probability": round(found.probability, 4)}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("a readable UTF-8 file of JSON lines", came=f"{path} could not be read", do="check the path and the encoding") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, number)


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        return {"id": row["id"], **{name: clean.whole(row[name]) for name in _FIELDS[1:]}}
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"a JSON object with {', '.join(_FIELDS)}", came=f"line {number} is none", do="mend or drop the line") from error
