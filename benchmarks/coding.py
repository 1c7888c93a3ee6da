"""The coder: `python benchmarks/coding.py [--gold DIR] [--tools DIR] [--words N]`, also `make bench-coding [GOLD=DIR]`.

Without a collection it measures on the project's own gold (benchmarks/gold/own.jsonl). With GOLD=DIR it also runs the collection's scorers, which
lie in DIR/../tools: events of sentences, whole documents, false alarms, classes of given spans. Then it prints speed and memory beside the bare
parser, on the same texts in the same run.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import spacy

from detente.coding import claims, gold, parser, scoring
from detente.coding.classes import Classifier, answer
from detente.coding.events import event
from detente.records import Document

OWN = Path(__file__).parent / "gold" / "own.jsonl"
SEED = 20140508
STATUSES = ("happened", "planned", "historical")


def document(text: str, day: str | None = None) -> Document:
    return Document(text=text, source="benchmark", published=None if day is None else date.fromisoformat(day))


def own(coder: claims.Coder) -> None:
    """Precision, recall and F1 on the project's own gold."""
    texts = [gold.text(json.loads(line)) for line in OWN.read_text(encoding="utf-8").splitlines()]
    tallies = []
    for text in texts:
        coded = coder.code(Document(text=text.text, source="own", published=text.published)).claims
        tallies.append(scoring.tally(text.events, [gold.event(event(claim)) for claim in coded]))
    print(f"own gold: {len(texts)} texts")
    for name, score in scoring.scores(tallies, samples=1000, seed=SEED).items():
        print(f"  {name:16s} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  [{score.low:.3f}, {score.high:.3f}]")
    for name, ratio in scoring.ratios(tallies).items():
        print(f"  {name:16s} {ratio.right} of {ratio.total}")


def collection(coder: claims.Coder, folder: Path, tools: Path) -> None:
    """What the collection's own scorers print for the coder's answers."""
    with tempfile.TemporaryDirectory() as made:
        out = Path(made)
        documents(coder, folder / "documents", out / "documents.jsonl")
        run(tools / "score_documents.py", folder / "documents" / "texts", folder / "documents" / "gold", out / "documents.jsonl")
        statuses(tools / "score_documents.py", folder / "documents", out / "documents.jsonl")
        for name, scorer in (("plover_gsr_dev", "score_tuples.py"), ("cameo_conflibert_consensus_dev", "score_false_alarms.py")):
            sentences(coder, folder / f"{name}.jsonl", out / f"{name}.jsonl")
            run(tools / scorer, out / f"{name}.jsonl")
        classes(coder.judge.classifier, folder / "plv_train.jsonl", out / "classes.jsonl")
        run(tools / "score_classes.py", out / "classes.jsonl")
    article(folder)


def documents(coder: claims.Coder, folder: Path, out: Path) -> None:
    rows: list[dict[str, Any]] = []
    for path in sorted((folder / "gold").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / "texts" / f"{told['doc_id']}.txt").read_bytes().decode("utf-8")
        coded = coder.code(document(text, told.get("date"))).claims
        rows += [{"doc_id": told["doc_id"], **event(claim)} for claim in coded]
    write(out, rows)


def statuses(scorer: Path, folder: Path, coded: Path) -> None:
    """Macro F1 of the status over happened, planned, historical and the rest, on the matches of the documents' own scorer."""
    found = importlib.util.spec_from_file_location("scorer", scorer)
    assert found is not None and found.loader is not None
    theirs = importlib.util.module_from_spec(found)
    found.loader.exec_module(theirs)
    came: dict[str, list[Any]] = {}
    for row in map(theirs.prep, theirs.load_pred(str(coded))):
        came.setdefault(row["doc_id"], []).append(row)
    pairs = []
    for name, owed in theirs.load_gold(str(folder / "gold"), str(folder / "texts")).items():
        for mine, (told, level) in theirs.match(came.get(name, []), owed, 200).items():
            if owed[told]["tier"] == 1 and level >= 1:
                pairs.append((owed[told]["status"], came[name][mine]["status"]))
    told_as = [tuple(each if each in STATUSES else "rest" for each in pair) for pair in pairs]
    shares = []
    for status in (*STATUSES, "rest"):
        right = sum(pair == (status, status) for pair in told_as)
        shares.append(2 * right / max(1, sum((one == status) + (other == status) for one, other in told_as)))
    print(f"status macro F1 {sum(shares) / len(shares):.3f} over {len(pairs)} matches ({', '.join(f'{share:.2f}' for share in shares)})")


def sentences(coder: claims.Coder, path: Path, out: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    coded = coder.code_many(document(row["text"]) for row in rows)
    write(out, [{"id": row["id"], "events": [event(claim) for claim in coding.claims]} for row, coding in zip(rows, coded, strict=True)])


def classes(classifier: Classifier, path: Path, out: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    sides = ([row[name] for row in rows] for name in ("text", "source_text", "target_text"))
    told = [answer(row) for row in classifier.probabilities(*sides)]
    write(out, [{"id": row["id"], "class": one.label, "probability": one.probability} for row, one in zip(rows, told, strict=True)])


def article(folder: Path) -> None:
    """The article, where the collection holds its gold and its text lies beside the collection."""
    told = folder / "seed_events.json"
    texts = sorted((folder.parent / "seed").glob("*.txt"))
    if told.exists() and texts:
        subprocess.run([sys.executable, "-m", "detente", "evaluate", str(told), "--text", str(texts[0])], check=True)


def write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def run(scorer: Path, *arguments: Path) -> None:
    print(f"\n{scorer.name}", flush=True)
    subprocess.run([sys.executable, str(scorer), *map(str, arguments)], check=False)


def speed(coder: claims.Coder, texts: Sequence[str]) -> None:
    """Words a second of the bare parser and of the coder on the same texts, by processor time, and the memory of this process."""
    words = sum(len(text.split()) for text in texts)
    bare = spacy.load(parser.MODEL)
    list(bare.pipe(texts[:2]))
    spent = time.process_time()
    for _ in bare.pipe(texts, batch_size=4):
        pass
    of_parser = time.process_time() - spent
    spent = time.process_time()
    for _ in coder.code_many(document(text, "2014-05-08") for text in texts):
        pass
    of_coder = time.process_time() - spent
    print(f"\n{words} words: bare parser {words / of_parser:.0f} words a second, coder {words / of_coder:.0f}, ratio {of_parser / of_coder:.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, bare parser and coder together")


def processes(coder: claims.Coder, texts: Sequence[str]) -> None:
    """How much faster two processes are than one, by the clock, the loading of the second parser included."""
    spent = [clock(coder, texts, number) for number in (1, 2)]
    print(f"one process {spent[0]:.1f} s, two {spent[1]:.1f} s, {spent[0] / spent[1]:.2f} times")


def memory(coder: claims.Coder, number: int) -> None:
    """Resident memory after each tenth of `number` short documents."""
    texts = [json.loads(line)["text"] for line in OWN.read_text(encoding="utf-8").splitlines()]
    many = (document(f"{texts[turn % len(texts)]} ({turn})", "2014-05-08") for turn in range(number))
    seen = []
    for turn, _ in enumerate(coder.code_many(many), 1):
        if turn % max(1, number // 10) == 0:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            seen.append(pages * resource.getpagesize() / 2**20)
    print(f"{number} documents: {min(seen):.0f} to {max(seen):.0f} MB resident, after each tenth {', '.join(f'{each:.0f}' for each in seen)}")


def clock(coder: claims.Coder, texts: Sequence[str], number: int) -> float:
    began = time.perf_counter()
    for _ in coder.code_many((document(text, "2014-05-08") for text in texts), processes=number):
        pass
    return time.perf_counter() - began


def material(folder: Path | None, wanted: int) -> list[str]:
    """Distinct texts of about `wanted` words in all: the collection's documents, or the project's own, each with a number at its end."""
    if folder is not None:
        found = [path.read_text(encoding="utf-8") for path in sorted((folder / "documents" / "texts").glob("*.txt"))]
    else:
        found = [json.loads(line)["text"] for line in OWN.read_text(encoding="utf-8").splitlines()]
    return list(repeated(found, wanted))


def repeated(texts: Sequence[str], wanted: int) -> Iterator[str]:
    words, turn = 0, 0
    while words < wanted:
        for text in texts:
            turn += 1
            words += len(text.split())
            yield "\n\n".join(f"{paragraph} ({turn})" for paragraph in text.split("\n\n"))


def main() -> None:
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--gold", type=Path, default=Path(told) if (told := os.environ.get("DETENTE_GOLD")) else None)
    found.add_argument("--tools", type=Path, help="folder of the scorers; without it DIR/../tools")
    found.add_argument("--words", type=int, default=20_000, help="words to measure speed on")
    found.add_argument("--documents", type=int, help="only watch memory over that many short documents")
    given = found.parse_args()
    coder = claims.load()
    if given.documents:
        memory(coder, given.documents)
        return
    own(coder)
    if given.gold is not None:
        collection(coder, given.gold, given.tools or given.gold.parent / "tools")
    texts = material(given.gold, given.words)
    speed(coder, texts)
    processes(coder, texts)


if __name__ == "__main__":
    main()
