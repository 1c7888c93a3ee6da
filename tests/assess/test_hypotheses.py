from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import held
import made
from detente import dates
from detente.assess import facts, hypotheses
from detente.assess.hypotheses import Board
from detente.errors import QuestionError
from detente.read import cases
from detente.read import hypotheses as tables
from detente.read.tables import Fault
from detente.records import Act, Expectation, Hypothesis, Judgement, Shows

DYAD = ("FIN", "ISL")
DAY = date(2014, 12, 31)
WINDOW = dates.between(date(2014, 1, 1), DAY)
YEARLY = [made.act(f"v{year}", f"{year}-05-10") for year in range(2000, 2014)]
TREATY = made.act("treaty", "2014-06-01", kind="agreement", text="Finland and Iceland signed a treaty.")


def expects(shows: Shows, *kinds: str, strength: float = 0.75) -> Expectation:
    return Expectation(
        text=f"{shows} {' '.join(kinds)}",
        kinds=kinds,
        dimensions=(),
        source=(),
        target=(),
        effect=None,
        window=WINDOW,
        shows=shows,
        strength=strength,
    )


def offers(code: str, *expectations: Expectation, judgements: tuple[Judgement, ...] = ()) -> Hypothesis:
    return Hypothesis(code=code, question="Why?", statement=code, origin="test", expectations=expectations, judgements=judgements)


def known(folder: Path, rows: list[dict[str, str]], graded: str = "full") -> facts.Facts:
    acts, coverage = held.of(made.case(folder, acts=rows, graded=graded))
    return facts.known(acts, dyad=DYAD, as_of=DAY, coverage=coverage)


def board(seen: facts.Facts, *offered: Hypothesis) -> Board:
    (found,) = hypotheses.weigh(seen, offered)
    return found


def shares(found: Board) -> dict[str, float]:
    return {weighed.code: weighed.share for weighed in found.ranked}


def test_the_hypothesis_that_expected_what_came_leads(tmp_path: Path) -> None:
    found = board(known(tmp_path, [*YEARLY, TREATY]), offers("law", expects("yes", "agreement")), offers("words", expects("no", "agreement")))
    assert [w.code for w in found.ranked] == ["law", "words"]
    assert sum(shares(found).values()) == pytest.approx(1, abs=0.001)
    assert found.ranked[0].cells[0].sign == "very_consistent"
    assert found.ranked[1].cells[0].sign == "very_inconsistent"


def test_what_was_looked_for_and_is_not_there_speaks_against_as_strongly_as_it_was_expected(tmp_path: Path) -> None:
    firm, loose = expects("yes", "agreement", strength=0.75), expects("yes", "agreement", strength=0.6)
    found = board(known(tmp_path, YEARLY), offers("firm", firm), offers("loose", loose))
    by_code = {w.code: w.cells[0] for w in found.ranked}
    assert by_code["firm"].sign == by_code["loose"].sign == "not_observed"
    assert by_code["firm"].ratio == pytest.approx(0.25)
    assert by_code["loose"].ratio == pytest.approx(0.4)


def test_where_nobody_looked_nothing_is_said_and_that_is_not_neutral(tmp_path: Path) -> None:
    found = board(known(tmp_path, YEARLY, graded="thin"), offers("a", expects("yes", "agreement")), offers("b", expects("no", "agreement")))
    assert {w.cells[0].sign for w in found.ranked} == {"not_applicable"}
    assert set(shares(found).values()) == {0.5}


def test_what_comes_anyway_proves_little(tmp_path: Path) -> None:
    rows = [*YEARLY, made.act("v2014", "2014-05-10"), TREATY]
    found = board(known(tmp_path, rows), offers("rare", expects("yes", "agreement")), offers("usual", expects("yes", "visit")))
    assert [w.code for w in found.ranked] == ["rare", "usual"]


@pytest.mark.parametrize(("number", "leads"), [(12, "more"), (0, "fewer"), (1, "usual")])
def test_numbers_are_held_against_the_years_before(tmp_path: Path, number: int, leads: str) -> None:
    often = [made.act(f"w{year}-{month}", f"{year}-{month:02d}-20") for year in range(2000, 2014) for month in (2, 5, 8, 11)]
    rows = often + [made.act(f"n{n}", f"2014-{n + 1:02d}-03") for n in range(number if leads != "usual" else 4)]
    kinds: tuple[Shows, ...] = ("more", "fewer", "usual")
    found = board(known(tmp_path, rows), *(offers(shows, expects(shows, "visit", strength=0.9)) for shows in kinds))
    assert found.ranked[0].code == leads


def test_an_open_window_counts_by_its_share(tmp_path: Path) -> None:
    seen = known(tmp_path, YEARLY)
    far = replace(expects("yes", "agreement"), window=dates.between(date(2014, 12, 1), date(2030, 12, 31)))
    found = board(seen, offers("far", far), offers("over", expects("yes", "agreement")))
    assert [w.code for w in found.ranked] == ["far", "over"], "what may still come is not yet missing"


def test_the_item_on_which_the_ranking_hangs_is_named(tmp_path: Path) -> None:
    seen = known(tmp_path, [*YEARLY, TREATY])
    found = board(seen, offers("law", expects("yes", "agreement")), offers("words", expects("no", "agreement")))
    treaty = next(act for act in seen.acts if act.claim.kind == "agreement")
    assert [(w.item, w.leader) for w in found.turning if w.is_act] == [(treaty.id, "words")]
    assert found.matrix[0].act == treaty.id
    assert found.matrix[0].diagnosticity > 0


def test_a_person_s_judgement_stands_in_the_place_of_the_expectations(tmp_path: Path) -> None:
    seen = known(tmp_path, [*YEARLY, TREATY])
    claim = next(act for act in seen.acts if act.claim.kind == "agreement").claim.id
    judged = Judgement(claim=claim, sign="very_inconsistent", by="A. Reader", day=DAY, why="The treaty only renews an older one")
    plain = board(seen, offers("law", expects("yes", "agreement")), offers("other", expects("usual", "visit")))
    found = board(seen, offers("law", expects("yes", "agreement"), judgements=(judged,)), offers("other", expects("usual", "visit")))
    assert shares(found)["law"] < shares(plain)["law"]
    assert any(cell.by == "A. Reader" and cell.acts for w in found.ranked for cell in w.cells)


def test_copies_of_one_publication_add_nothing_and_a_second_source_does(tmp_path: Path) -> None:
    act: Act = known(tmp_path, [TREATY]).acts[0]
    (cited,) = act.citations
    once = replace(act, citations=(replace(cited, credibility="3"),))
    twice = replace(act, citations=(replace(cited, credibility="3"), replace(cited, credibility="3", document="doc:other")))
    other = replace(act, citations=(replace(cited, credibility="3"), replace(cited, credibility="3", publication="another paper")))
    assert hypotheses.trust(once) == hypotheses.trust(twice) < hypotheses.trust(other)


def test_no_hypotheses_and_none_without_expectations(tmp_path: Path) -> None:
    seen = known(tmp_path, YEARLY)
    with pytest.raises(QuestionError, match="there are none"):
        hypotheses.weigh(seen, ())
    with pytest.raises(QuestionError, match="expectations of the hypothesis empty"):
        hypotheses.weigh(seen, (offers("empty"),))


def test_the_default_board_is_for_any_two_states(tmp_path: Path) -> None:
    found = board(known(tmp_path, [*YEARLY, TREATY]), *tables.default(dates.between(date(2012, 1, 1), DAY)))
    assert {w.code for w in found.ranked} == {"lasting-change", "ebbing-wave", "more-coverage"}
    assert all(w.origin == "default" for w in found.ranked)


def written(folder: Path, name: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def faults(folder: Path) -> list[Fault]:
    return list(cases.read(folder).faults)


def test_tables_are_read_and_packed_without_loss(tmp_path: Path) -> None:
    folder = made.case(tmp_path, acts=[TREATY])
    written(folder, "hypotheses.csv", tables.NAMED, ("law", "Why?", "Law came first", "a paper"), ("ebbing-wave", "Why?", "It ebbs", "default"))
    written(
        folder, "expectations.csv", tables.EXPECTED, ("law", "treaties", "agreement", "legal", "", "", "1", "2014-01", "2014-12", "yes", "expected")
    )
    written(folder, "judgements.csv", tables.JUDGED, ("law", "treaty", "consistent", "A. Reader", "2014-12-01", "It binds"))
    case = cases.read(folder)
    assert not case.faults
    law, wave = tables.unpack(case.about)
    assert law.expectations[0].window == WINDOW
    assert law.judgements[0].claim == case.facts[0].claim.id
    assert len(wave.expectations) == 3
    assert tables.unpack(case.about) == tables.unpack(cases.read(folder).about)


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        (("law", "t", "explanation", "", "", "", "", "2014", "2014", "yes", "expected"), "kinds", "cannot be evidence"),
        (("law", "t", "treaty", "", "", "", "", "2014", "2014", "yes", "expected"), "kinds", "expected codes of kinds"),
        (("lore", "t", "visit", "", "", "", "", "2014", "2014", "yes", "expected"), "hypothesis", "expected a code of hypotheses.csv"),
        (("law", "t", "visit", "", "", "", "", "2014", "2013", "yes", "expected"), "ends", "let the window end after"),
        (("law", "t", "visit", "", "", "", "", "2014", "2014", "perhaps", "expected"), "shows", "yes, no, more, fewer or usual"),
        (("law", "t", "visit", "", "", "", "", "2014", "2014", "yes", "sure"), "strength", "a code of strengths"),
        (("law", "t", "visit", "", "", "", "2", "2014", "2014", "yes", "expected"), "effect", "1, 0 or -1"),
    ],
)
def test_faults_are_named_by_row_and_column(tmp_path: Path, cells: tuple[str, ...], column: str, told: str) -> None:
    folder = made.case(tmp_path, acts=[TREATY])
    good = ("law", "treaties", "agreement", "", "", "", "", "2014", "2014", "yes", "expected")
    written(folder, "hypotheses.csv", tables.NAMED, ("law", "Why?", "Law came first", "a paper"))
    written(folder, "expectations.csv", tables.EXPECTED, good, cells)
    (found,) = faults(folder)
    assert (found.row, found.column) == (3, column)
    assert told in found.message


def test_a_hypothesis_without_expectations_and_a_judgement_of_nothing_are_faults(tmp_path: Path) -> None:
    folder = made.case(tmp_path, acts=[TREATY])
    written(folder, "hypotheses.csv", tables.NAMED, ("law", "Why?", "Law came first", "a paper"))
    written(folder, "judgements.csv", tables.JUDGED, ("law", "treat", "not_observed", "", "2014-12-01", "It binds"))
    told = " ".join(str(fault) for fault in faults(folder))
    assert "without them it cannot be weighed" in told
    assert "expected a key of acts.csv" in told
    assert "very_consistent to very_inconsistent" in told


@pytest.mark.parametrize(("name", "dyad", "day"), [("russia-dprk", ("PRK", "RUS"), "2014-12-31"), ("cuba-usa", ("CUB", "USA"), "2017-12-31")])
def test_the_boards_of_the_shipped_cases_are_weighed(name: str, dyad: tuple[str, str], day: str) -> None:
    case = cases.read(held.CASES / name)
    acts, coverage = held.of(held.CASES / name)
    found = hypotheses.weigh(facts.known(acts, dyad=dyad, as_of=date.fromisoformat(day), coverage=coverage), tables.unpack(case.about))
    assert len(found) == 2
    assert all(sum(shares(b).values()) == pytest.approx(1, abs=0.01) for b in found)
