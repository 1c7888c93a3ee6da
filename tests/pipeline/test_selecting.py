"""A question reads a part of the ledger; what it finds there is what the whole ledger would have given."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import dates, pipeline
from detente.errors import QuestionError
from detente.keep import acts as grouping
from detente.keep import derived, growth
from detente.keep.ledger import Reader, Writer
from detente.keep.reviews import Standing
from detente.keep.selection import Selection
from detente.pipeline import selecting
from detente.records import Act, Citation, Claim, Document, Merge, Party, Review

NOW, DAY, PAIR = "2026-01-01T00:00:00Z", date(2014, 12, 31), ("FIN", "ISL")
CODES, KINDS = ("FIN", "ISL", "NOR", "SWE"), ("visit", "sanction", "shock", "meeting", "position")
told = st.tuples(st.lists(st.sampled_from(CODES), max_size=2), st.sampled_from(CODES), st.sampled_from(KINDS), st.integers(0, 40), st.booleans())
decided = st.tuples(st.integers(0, 11), st.sampled_from(["accepted", "rejected", "FIN", "NOR"]))
SCOPES: tuple[selecting.Scope, ...] = ("verdict", "explained", "around")
CITED = Citation(document="doc:1", publication="Paper", published=date(2014, 3, 1))
tied = st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from(["joined", "parted"]))


def claims_of(rows: list[tuple[list[str], str, str, int, bool]]) -> tuple[Document, list[Claim]]:
    text = " ".join(f"Report {number} came." for number in range(len(rows)))
    doc = Document(text=text, source="Paper", published=date(2014, 3, 1))
    made, start = list[Claim](), 0
    for number, (source, target, kind, day, person) in enumerate(rows):
        words = f"Report {number} came."
        acting, towards = tuple(Party(state=code) for code in source) or (Party(),), (Party(state=target),)
        when = dates.parse(str(date(2014, 1, 1) + timedelta(days=day)))
        by = "person" if person else "coder"
        made.append(
            Claim(kind=kind, spans=(doc.span(start, start + len(words)),), valid=when, known=doc.published, made_by=by, source=acting, target=towards)
        )
        start += len(words) + 1
    return doc, made


def keep(folder: Path, doc: Document, made: list[Claim], reviews: list[tuple[int, str]], merges: list[tuple[int, int, str]]) -> None:
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        for claim in made:
            writer.add_claim(claim)
        writer.add_coding(doc.id, [claim.id for claim in made if claim.made_by == "coder"], now=NOW)
        for place, decision in reviews:
            claim = made[place % len(made)]
            edits = (("target", decision),) if decision in CODES else ()
            writer.add_review(Review(claim=claim.id, decision="edited" if edits else decision, reviewer="R", at=NOW, edits=edits))  # type: ignore[arg-type]
        for one, other, decision in merges:
            act = grouping.act_id([Standing(made[other % len(made)], made[other % len(made)].id, accepted=True)])
            writer.add_merge(Merge(claim=made[one % len(made)].id, act=act, decision=decision, by="R", at=NOW, reason=""))  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.lists(told, min_size=1, max_size=12), st.lists(decided, max_size=3), st.lists(tied, max_size=3))
def test_a_part_of_the_ledger_makes_the_acts_that_the_whole_makes(
    rows: list[tuple[list[str], str, str, int, bool]], reviews: list[tuple[int, str]], merges: list[tuple[int, int, str]]
) -> None:
    doc, made = claims_of(rows)
    with tempfile.TemporaryDirectory() as name:
        keep(Path(name), doc, made, reviews, merges)
        with Reader.open(Path(name)) as ledger:
            selected = selecting.of_verdict(ledger, PAIR, ())
        whole, part = pipeline.known(Path(name), as_of=DAY), pipeline.known(Path(name), as_of=DAY, dyad=PAIR)
        wanted = tuple(act for act in whole.acts if any(covered(selected, part.reports.get(claim, act.claim)) for claim in act.claims))
        assert part.acts == wanted
        around = pipeline.known(Path(name), as_of=DAY, dyad=PAIR, scope="around")
        near = [act for act in around.acts if act.claim.states & set(PAIR)]
        assert near == [act for act in whole.acts if act.claim.states & set(PAIR)]
        assert answered(part) == answered(whole)


@settings(max_examples=60)
@given(st.lists(told, min_size=1, max_size=8), st.lists(decided, max_size=3), st.lists(tied, max_size=3))
def test_an_act_alone_is_the_act_of_the_whole(
    rows: list[tuple[list[str], str, str, int, bool]], reviews: list[tuple[int, str]], merges: list[tuple[int, int, str]]
) -> None:
    doc, made = claims_of(rows)
    with tempfile.TemporaryDirectory() as name:
        keep(Path(name), doc, made, reviews, merges)
        for act in pipeline.known(Path(name), as_of=DAY).acts:
            found = pipeline.act_known(act.id, data=Path(name), as_of=DAY)
            assert found is not None
            assert found[0] == act


@settings(max_examples=60)
@given(st.lists(told, min_size=1, max_size=12), st.lists(decided, max_size=3), st.lists(tied, max_size=3), st.integers(0, 40))
def test_what_begins_later_makes_the_acts_that_the_whole_makes(
    rows: list[tuple[list[str], str, str, int, bool]], reviews: list[tuple[int, str]], merges: list[tuple[int, int, str]], first: int
) -> None:
    doc, made = claims_of([(source, target, kind, day * 12, person) for source, target, kind, day, person in rows])
    start = date(2014, 1, 1) + timedelta(days=first * 12)
    with tempfile.TemporaryDirectory() as name:
        keep(Path(name), doc, made, reviews, merges)
        whole, part = pipeline.known(Path(name), as_of=DAY), pipeline.known_since(start, data=Path(name), as_of=DAY)
        assert [act for act in part.acts if begins(act) >= start] == [act for act in whole.acts if begins(act) >= start]


def begins(act: Act) -> date:
    return date.min if act.claim.valid is None or act.claim.valid.start is None else act.claim.valid.start


@settings(max_examples=80)
@given(
    st.lists(told, min_size=1, max_size=8), st.lists(decided, max_size=2), st.lists(told, max_size=2), st.lists(decided, max_size=2), st.booleans()
)
def test_what_is_said_not_to_touch_a_pair_changes_nothing_that_is_known_of_it(
    rows: list[tuple[list[str], str, str, int, bool]],
    reviews: list[tuple[int, str]],
    more: list[tuple[list[str], str, str, int, bool]],
    again: list[tuple[int, str]],
    recoded: bool,
) -> None:
    doc, made = claims_of(rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keep(folder, doc, made, reviews, [])
        before, past = known_of_pair(folder), marks_of(folder)
        if more:
            other, later = claims_of([*more, (["SWE"], "NOR", "visit", 1, True)])
            keep(folder, other, later, again, [])
        elif again:
            keep(folder, doc, made, again, [])
        if recoded:
            with Writer.open(folder, now=NOW) as writer, writer.transaction():
                writer.add_coding(doc.id, [], now=NOW)
        with Reader.open(folder) as ledger:
            touched = [selecting.touched(ledger, PAIR, past, scope) for scope in SCOPES]
        for moved, one, two in zip(touched, before, known_of_pair(folder), strict=True):
            assert moved or one == two


def known_of_pair(folder: Path) -> list[pipeline.Known]:
    return [pipeline.known(folder, as_of=DAY, dyad=PAIR, scope=scope) for scope in SCOPES]


def marks_of(folder: Path) -> growth.Marks:
    with Reader.open(folder) as ledger:
        return growth.marks(ledger)


@pytest.mark.parametrize(("states", "touches", "near"), [("SWE NOR", False, False), ("SWE FIN", False, True), ("FIN ISL", True, True)])
def test_what_is_told_of_others_touches_no_verdict_on_a_pair(tmp_path: Path, states: str, touches: bool, near: bool) -> None:
    keep(tmp_path, *claims_of([(["FIN"], "ISL", "visit", 3, True)]), [], [])
    past, (one, two) = marks_of(tmp_path), states.split()
    keep(tmp_path, *claims_of([(["SWE"], "NOR", "meeting", 3, True), ([one], two, "visit", 9, True)]), [], [])
    with Reader.open(tmp_path) as ledger:
        assert selecting.touched(ledger, PAIR, past, "verdict") == touches
        assert selecting.touched(ledger, PAIR, past, "around") == near
        assert not selecting.touched(ledger, PAIR, growth.marks(ledger), "around")


def covered(selected: Selection, claim: Claim) -> bool:
    return selected.covers((derived.key(claim.states), claim.kind))


def answered(held: pipeline.Known) -> object:
    try:
        return pipeline.answer(held, dyad=PAIR, as_of=DAY)
    except QuestionError as error:
        return str(error)


def test_of_a_large_ledger_only_the_part_around_two_states_is_read(tmp_path: Path) -> None:
    doc, made = claims_of([(["FIN"], "ISL", "visit", 1, True), (["NOR"], "SWE", "visit", 2, True), (["FIN"], "SWE", "visit", 3, True)])
    keep(tmp_path, doc, made, [], [])
    assert [act.claim.states for act in pipeline.known(tmp_path, as_of=DAY, dyad=PAIR).acts] == [{"FIN", "ISL"}]
    assert len(pipeline.known(tmp_path, as_of=DAY, dyad=PAIR, scope="around").acts) == 3  # one text tells of all three


def naive(standing: list[Standing]) -> list[set[str]]:
    """The rule as it reads: each claim joins the first act that it is the same as."""
    ordered = sorted(standing, key=lambda s: (not s.accepted, s.claim.known or date.max, s.stored))
    held: list[list[Standing]] = []
    for item in ordered:
        found = next((members for members in held if grouping.same(members[0].claim, item.claim)), None)
        if found is None:
            held.append([item])
        else:
            found.append(item)
    return [{s.stored for s in members} for members in held]


spans = st.tuples(st.integers(0, 120), st.sampled_from(["day", "month", "year", "open", "none"]))


@given(st.lists(st.tuples(told, spans), min_size=1, max_size=12))
def test_looking_by_months_finds_what_comparing_all_finds(rows: list[tuple[tuple[list[str], str, str, int, bool], tuple[int, str]]]) -> None:
    _, made = claims_of([row for row, _ in rows])
    dated = [replace(claim, valid=interval(*span)) for claim, (_, span) in zip(made, rows, strict=True)]
    standing = [Standing(claim, claim.id, accepted=claim.made_by == "person") for claim in dated]
    found, _ = grouping.group(standing, citations=dict.fromkeys((claim.spans[0].document for claim in dated), CITED))
    assert sorted(map(sorted, naive(standing))) == sorted(sorted(act.claims) for act in found)


def interval(day: int, form: str) -> dates.Interval | None:
    first = date(2013, 12, 20) + timedelta(days=day)
    written = {"day": str(first), "month": f"{first:%Y-%m}", "year": f"{first:%Y}"}
    if form == "open":
        return dates.Interval(first, None, "days")
    return None if form == "none" else dates.parse(written[form])
