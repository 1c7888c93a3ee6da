from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

import held
import made
from detente.assess import dissent
from detente.assess.verdict import at_least, combine
from detente.dates import Interval
from detente.publish import exports
from detente.records import Act, Call, Claim, Coverage, Finding, Party, Verdict

RUS_PRK = held.CASES / "russia-dprk"
CUB_USA = held.CASES / "cuba-usa"
DYADS = {RUS_PRK: ("PRK", "RUS"), CUB_USA: ("CUB", "USA")}


@cache
def facts_of(folder: Path) -> tuple[tuple[Act, ...], tuple[Coverage, ...]]:
    return held.of(folder)


@cache
def asked(folder: Path, day: str) -> Verdict:
    return held.ask(*facts_of(folder), DYADS[folder], day)


def start(claim: Claim) -> date:
    return date.min if claim.valid is None or claim.valid.start is None else claim.valid.start


def test_may_2014_is_a_new_phase_of_intent_and_no_stage() -> None:
    found = held.calls(asked(RUS_PRK, "2014-05-15"))
    assert found["overall"] == "new_phase_of_intent"
    assert found["contact"] == found["economic_declared"] == "new_phase_of_intent"
    assert found["nuclear"] == found["economic_delivered"] == "no_change"
    assert "new_stage" not in found.values()


def test_december_2020_finds_that_the_goal_was_not_on_course() -> None:
    verdict = asked(RUS_PRK, "2020-12-31")
    assert verdict.overall.call not in ("new_stage", "new_phase_of_intent")
    (goal,) = verdict.targets
    assert round(goal.growth, 3) == 0.367
    assert (goal.actuals[-1].period, str(goal.actuals[-1].value), str(goal.actuals[-1].share)) == ("2019", "47.9", "0.048")
    assert goal.state == "open"
    offered = {acts for s in verdict.explanations if s.code.startswith("explain_limits") for acts in s.acts}
    kinds = {(act.claim.kind, start(act.claim).year) for act in facts_of(RUS_PRK)[0] if act.id in offered}
    assert ("border", 2020) in kinds
    assert {("sanction", 2016), ("sanction", 2017)} <= kinds


def test_in_march_2021_the_goal_is_known_to_be_missed() -> None:
    (goal,) = asked(RUS_PRK, "2021-03-31").targets
    last = goal.actuals[-1]
    assert (goal.state, last.period, str(last.value), str(last.share), last.known) == ("missed", "2020", "42.74", "0.043", date(2021, 2, 19))


def test_december_2024_is_a_new_stage_in_security_and_law_and_not_in_trade() -> None:
    found = held.calls(asked(RUS_PRK, "2024-12-31"))
    assert found["security"] == found["legal"] == found["overall"] == "new_stage"
    assert found["economic_delivered"] != "new_stage"


def test_the_second_case_has_its_own_turning_points() -> None:
    days = ("2013-12-31", "2015-06-30", "2016-12-31", "2019-12-31", "2024-06-30")
    found = {day: asked(CUB_USA, day).overall.call for day in days}
    assert found["2013-12-31"] in ("no_change", "cannot_tell")
    assert found["2015-06-30"] in ("new_phase_of_intent", "mixed")
    assert found["2016-12-31"] in ("new_stage", "mixed")
    assert found["2019-12-31"] == "declined"
    assert found["2024-06-30"] in ("no_change", "cannot_tell")


def without(folder: Path, gone: Callable[[Claim], bool], day: str) -> dict[str, str]:
    return held.calls(held.ask(*held.of(folder, change=lambda c: None if gone(c) else c), DYADS[folder], day))


def test_without_the_acts_of_the_spring_there_is_no_phase() -> None:
    assert without(RUS_PRK, lambda c: start(c) >= date(2014, 1, 1), "2014-05-15")["overall"] not in ("new_stage", "new_phase_of_intent")


def test_without_the_treaty_law_is_at_no_new_stage() -> None:
    found = without(RUS_PRK, lambda c: c.kind == "agreement" and start(c) >= date(2024, 6, 1), "2024-12-31")
    assert found["legal"] != "new_stage"


def test_without_military_acts_security_is_at_no_new_stage() -> None:
    found = without(RUS_PRK, lambda c: "security" in c.dimensions and start(c) >= date(2022, 1, 1), "2024-12-31")
    assert found["security"] != "new_stage"


def moved(claim: Claim, days: int) -> Claim:
    if claim.valid is None or claim.known is None:
        return claim
    ends = [None if end is None else end + timedelta(days=days) for end in (claim.valid.start, claim.valid.stop)]
    return replace(claim, valid=Interval(ends[0], ends[1], claim.valid.precision), known=claim.known + timedelta(days=days))


def test_acts_moved_past_the_day_are_not_seen() -> None:
    late = held.of(RUS_PRK, change=lambda c: moved(c, 400) if start(c) >= date(2014, 1, 1) else c)
    assert held.calls(held.ask(*late, ("PRK", "RUS"), "2014-05-15"))["overall"] not in ("new_stage", "new_phase_of_intent")


def test_nothing_known_later_alters_an_earlier_answer() -> None:
    day = date(2014, 5, 15)
    early = held.of(RUS_PRK, change=lambda c: c if c.known is not None and c.known <= day else None)
    assert exports.verdict(held.ask(*early, ("PRK", "RUS"), str(day))) == exports.verdict(asked(RUS_PRK, str(day)))


def renamed(claim: Claim, names: dict[str, str]) -> Claim:
    def side(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(replace(p, state=names.get(p.state or "", p.state)) for p in parties)

    return replace(claim, source=side(claim.source), target=side(claim.target))


@pytest.mark.parametrize("day", ["2014-05-15", "2024-12-31"])
def test_renaming_the_states_changes_nothing_but_the_names(day: str) -> None:
    names = {"PRK": "FIN", "RUS": "ISL"}
    acts, coverage = held.of(RUS_PRK, change=lambda c: renamed(c, names))
    graded = tuple(replace(c, a=a, b=b) for c in coverage for a, b in [sorted((names.get(c.a, c.a), names.get(c.b, c.b)))])
    found = held.ask(acts, graded, ("FIN", "ISL"), day)

    def bare(verdict: Verdict) -> list[tuple[object, ...]]:
        return [(f.dimension, f.call, f.probability, f.confidence, len(f.supports), len(f.contradicts)) for f in verdict.dimensions]

    assert bare(found) == bare(asked(RUS_PRK, day))
    assert found.overall.call == asked(RUS_PRK, day).overall.call


@pytest.mark.parametrize("day", ["2007-06-30", "2009-12-31", "2012-06-30", "2013-06-30", "2018-03-31", "2021-12-31"])
def test_on_placebo_days_the_answer_is_no_new_stage(day: str) -> None:
    assert asked(RUS_PRK, day).overall.call not in ("new_stage", "new_phase_of_intent")


@pytest.mark.parametrize("day", ["2007-06-30", "2012-06-30", "2014-05-15", "2016-06-30"])
def test_a_placebo_dyad_is_at_no_new_stage(day: str) -> None:
    assert held.ask(*facts_of(RUS_PRK), ("CHN", "PRK"), day).overall.call not in ("new_stage", "new_phase_of_intent")


def test_a_dyad_that_nobody_read_cannot_be_told() -> None:
    verdict = held.ask(*facts_of(RUS_PRK), ("KOR", "USA"), "2014-05-15")
    assert set(held.calls(verdict).values()) == {"cannot_tell"}
    assert verdict.overall.probability is None


def test_thin_coverage_cannot_be_told(tmp_path: Path) -> None:
    acts = [made.act(f"v{year}", f"{year}-03-10") for year in range(2000, 2015)]
    folder = made.case(tmp_path, acts=acts, graded="thin")
    assert held.calls(held.ask(*held.of(folder), ("FIN", "ISL"), "2014-05-15"))["contact"] == "cannot_tell"


def test_even_contact_is_no_change_and_a_kept_rise_a_stage(tmp_path: Path) -> None:
    even = [made.act(f"v{year}-{month}", f"{year}-{month:02d}-10") for year in range(1998, 2016) for month in (3, 9)]
    rise = [made.act(f"r{year}-{month}", f"{year}-{month:02d}-20") for year in (2013, 2014, 2015) for month in range(1, 13)]
    for name, acts, expected in (("even", even, "no_change"), ("rise", even + rise, "new_stage")):
        folder = made.case(tmp_path / name, acts=acts)
        assert held.calls(held.ask(*held.of(folder), ("FIN", "ISL"), "2015-12-31"))["contact"] == expected


def test_a_rise_that_went_back_is_no_stage(tmp_path: Path) -> None:
    even = [made.act(f"v{year}-{month}", f"{year}-{month:02d}-10") for year in range(1998, 2016) for month in (3, 9)]
    burst = [made.act(f"b{day}", f"2014-0{month}-{day}") for month in (1, 2, 3) for day in (11, 15, 19, 23)]
    unique = [{**row, "key": f"{row['key']}-{n}"} for n, row in enumerate(burst)]
    folder = made.case(tmp_path, acts=even + unique)
    assert held.calls(held.ask(*held.of(folder), ("FIN", "ISL"), "2015-12-31"))["contact"] in ("shock", "no_change")


def finding(dimension: str, call: Call) -> Finding:
    return Finding(dimension=dimension, call=call, probability=0.8, confidence="moderate", statements=())


@pytest.mark.parametrize(
    ("moved_to", "expected"),
    [
        ({}, "no_change"),
        ({"contact": "new_stage"}, "no_change"),
        ({"contact": "new_stage", "symbolic": "new_phase_of_intent"}, "new_phase_of_intent"),
        ({"legal": "new_stage", "security": "new_stage"}, "new_stage"),
        ({"legal": "new_stage", "security": "new_stage", "alignment": "declined"}, "mixed"),
        ({"legal": "new_stage"}, "mixed"),
        ({"contact": "new_stage", "legal": "declined"}, "mixed"),
        ({"contact": "declined"}, "declined"),
        ({"contact": "shock"}, "shock"),
    ],
)
def test_the_rule_table(moved_to: dict[str, Call], expected: str) -> None:
    names = ("contact", "symbolic", "legal", "economic_declared", "economic_delivered", "security", "nuclear", "alignment")
    assert combine([finding(name, moved_to.get(name, "no_change")) for name in names]).call == expected


def test_too_little_known_cannot_be_told() -> None:
    assert combine([finding("contact", "no_change"), *(finding(name, "cannot_tell") for name in ("legal", "security"))]).call == "cannot_tell"


def test_at_least_counts_exactly() -> None:
    assert at_least([], 0) == 1
    assert at_least([], 1) == 0
    assert at_least([0.5, 0.5, 0.5], 2) == pytest.approx(0.5)


@pytest.mark.parametrize("day", ["2014-05-15", "2017-06-30", "2020-12-31", "2024-12-31"])
def test_every_verdict_names_its_dissent_and_what_it_takes_for_granted(day: str) -> None:
    acts, coverage = held.of(held.CASES / "russia-dprk")
    found = held.ask(acts, coverage, ("PRK", "RUS"), day)
    assert found.dissent
    assert {"assume_reading", "assume_apart"} <= {said.code for said in found.assumptions}
    cited = {piece.id for piece in found.evidence}
    assert all(set(said.acts) <= cited for said in found.dissent)


def test_where_nothing_points_elsewhere_the_dissent_is_what_the_rules_leave() -> None:
    assert [said.code for said in dissent.dissent(whole("new_stage", 0.9), [whole("new_stage", 0.9)])] == ["dissent_left_over"]
    assert [said.code for said in dissent.dissent(whole("cannot_tell", None), [])] == ["dissent_unknown"]


def whole(call: Call, probability: float | None) -> Finding:
    return Finding(dimension="legal", call=call, probability=probability, confidence="low", statements=())
