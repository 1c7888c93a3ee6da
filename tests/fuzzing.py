"""Coverage-guided fuzzing (atheris) of every reader, importer, table and of the question: `python tests/fuzzing.py --seconds 60 [TARGET ...]`.

Each target runs in a process of its own that begins with the corpus kept from before (`--corpus`, .fuzz by default). An input that breaks one is
written to FOLDER/TARGET/faults and makes the exit code 1; it is mended with the input put into tests/corpus/TARGET.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MADE_OF = ("detente", "feedparser", "pypdf", "docx", "openpyxl", "trafilatura", "htmldate", "yaml")
"""What is watched: the program, and the Python of the parsers that it gives foreign bytes to."""
OURS = Path(__file__).parent / "corpus"
SLOWEST, MOST_MB, LONGEST = 25, 3_000, 16_000


def one(target: str, options: Sequence[str]) -> None:
    """Run one target in this process, until libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=list(MADE_OF)):
        import targets

        for seed in targets.seeds(target):  # parsers are loaded when their format comes, and only what is loaded here is watched
            targets.TARGETS[target](seed)
    atheris.Setup([sys.argv[0], *options], targets.TARGETS[target])
    atheris.Fuzz()


def fuzz(target: str, corpus: Path, *, seconds: int) -> tuple[int, int, int]:
    """Fuzz one target in a process of its own; inputs tried, inputs kept, faults found."""
    import targets

    kept, faults = corpus / target / "kept", corpus / target / "faults"
    for folder in (kept, faults):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets.seeds(target)):
        (kept / f"seed-{number}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MB}", f"-max_len={LONGEST}", f"-artifact_prefix={faults}/"]
    given = [str(kept), *(str(OURS / target) for _ in range((OURS / target).is_dir()))]
    order = [sys.executable, __file__, "--one", target, *given, *options, "-print_final_stats=1", "-verbosity=0"]
    before = set(faults.glob("[!s]*"))
    done = subprocess.run(order, capture_output=True, text=True, check=False, errors="replace", env={**os.environ, "DETENTE_OFFLINE": "1"})
    (corpus / target / "last.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    found = len(set(faults.glob("[!s]*")) - before)  # crash-, timeout-, oom-; a slow-unit- tells of the machine
    return int(tried[1]) if tried else 0, len(list(kept.iterdir())), max(found, int(done.returncode != 0))


def main() -> int:
    """Every target for some seconds, and a table; exit code 1 when one broke."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3:])
    import targets

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("targets", nargs="*", choices=[[], *targets.TARGETS], help="all when none is named")
    asked.add_argument("--seconds", type=int, default=60, help="for each target")
    asked.add_argument("--corpus", type=Path, default=Path(".fuzz"), help="folder where inputs that reached something new are kept")
    given = asked.parse_args()
    print(f"{'target':<18}{'inputs':>10}{'kept':>7}{'faults':>8}")
    bad = 0
    for target in given.targets or targets.TARGETS:
        tried, kept, faults = fuzz(target, given.corpus, seconds=given.seconds)
        print(f"{target:<18}{tried:>10}{kept:>7}{faults:>8}", flush=True)
        bad += faults
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
