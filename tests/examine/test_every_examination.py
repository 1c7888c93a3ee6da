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
from detente import ontology
from detente.examine import register
from detente.examine.register import EXAMINATIONS
from detente.records import Act, Status
from looked import act, material

NUMBERS = ("", "1", "-3", "0", "12.5", "9", "2014", "2014-06", "2020-12-31")
VALUES = (*NUMBERS, "USD mn", "soon", "percent", "ban", "first", "yes", "armistice-60", "slipped", "coal")
WORDS = ("since 1985", "the first visit ever", "a ban on coal", "an exception to it", "a record trade", "in reply", "at the 60th anniversary", "")
DAYS = ("1990", "2010-05-24", "2013-07-27", "2014-02/2014-05", "../2014-05-07", "2014-05-08/..", None)
PEOPLE = st.lists(st.sampled_from([("Aino Virta", "Minister", 4), ("Jon Storm", "President", 1), ("Olli", None, None)]), max_size=2)
STATUSES: tuple[Status, ...] = ("happened", "planned", "negated", "attributed")
STATES = st.sampled_from(["FIN", "ISL", "NOR", "SUN", "IGO:UNO", ""])


@st.composite
def acts(draw: st.DrawFn) -> Act:
    kind = draw(st.sampled_from(list(ontology.family("kinds"))))
    fields = (*ontology.term("kinds", kind).more["fields"].split(), "key", "effect")
    details = {name: draw(st.sampled_from(VALUES)) for name in fields if draw(st.booleans())}
    if details.get("effect") not in (None, "1", "0"):
        details["effect"] = "-1"
    words = f"{kind} {draw(st.sampled_from(WORDS))} {draw(st.integers(0, 99))}."
    known = draw(st.sampled_from(["2014-05-08", "2015-01-01", "2019-06-01", "2021-01-01"]))
    status = draw(st.sampled_from(STATUSES))
    people, hosts = draw(PEOPLE), draw(PEOPLE)
    return act(
        kind, draw(st.sampled_from(DAYS)), text=words, source=draw(STATES), target=draw(STATES), people=people, hosts=hosts,
        known=known, made_by=draw(st.sampled_from(["table", "coder", "person"])), status=status, more=details,
    )  # fmt: skip


LEDGERS = st.lists(acts(), max_size=7, unique_by=lambda a: a.id)


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
