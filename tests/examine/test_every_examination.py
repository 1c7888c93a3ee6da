"""What holds for every examination, whatever the ledger tells: it looks at what was known, in any order, and rests on words."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente.examine
from detente.examine import register
from detente.examine.register import EXAMINATIONS
from detente.records import Act
from ledgers import LEDGERS
from looked import act, material


@pytest.mark.parametrize("name", EXAMINATIONS)
def test_an_examination_of_any_ledger(name: str) -> None:
    find = EXAMINATIONS[name].find

    @settings(max_examples=25, deadline=None)
    @given(LEDGERS, st.randoms(use_true_random=False))
    def holds(told: list[Act], chance: st.DataObject) -> None:
        seen = material(*told)
        found = find(seen)
        assert find(seen) == found
        known = tuple(each for each in told if each.known is not None and each.known <= seen.as_of)
        assert find(replace(seen, acts=known)) == found, "what was not known by the day was looked at"
        mixed = list(told)
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        assert Counter(map(shown, find(replace(seen, acts=tuple(mixed))))) == Counter(map(shown, found)), "the order of the ledger counts"
        for record in found:
            assert record.how in ("table", "person", "coded")
            assert record.proofs
            assert all(proof.quote for proof in record.proofs)
            assert all(getattr(record, column) is not ... for column in EXAMINATIONS[name].columns)

    holds()


def shown(record: object) -> str:
    """A record without the order of its proofs."""
    plain = register.plain(record)
    assert isinstance(plain, dict)
    return str({**plain, "proofs": sorted(str(proof) for proof in plain["proofs"])})


def test_a_later_day_never_unlearns_an_act() -> None:
    told = act("visit", "2014-03-01")
    assert [len(EXAMINATIONS["visits"].find(material(told, as_of=date(year, 1, 1)))) for year in (2014, 2015, 2020)] == [0, 1, 1]


def test_no_examination_reaches_for_clock_chance_disk_or_network() -> None:
    reached = set()
    for path in Path(detente.examine.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                reached |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                reached.add((node.module or "").split(".")[0])
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("today", "now", "utcnow"), (path.name, node.lineno)
    assert not reached & {"os", "sys", "time", "random", "secrets", "socket", "sqlite3", "urllib", "httpx", "subprocess", "pathlib"}
