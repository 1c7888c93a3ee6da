"""What is fuzzed takes its own seeds, and every input that once broke it: those stand in tests/corpus/TARGET."""

from __future__ import annotations

from pathlib import Path

import pytest

import targets

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("target", targets.TARGETS)
def test_a_target_takes_what_is_of_its_form(target: str) -> None:
    for seed in targets.seeds(target):
        targets.TARGETS[target](seed)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_a_target_no_longer_does(path: Path) -> None:
    targets.TARGETS[path.parent.name](path.read_bytes())


def test_a_fault_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("detente.assess.question.understand", broken)
    with pytest.raises(ZeroDivisionError):
        targets.asking(b"Are Russia and North Korea at a new stage?")
