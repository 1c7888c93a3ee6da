from datetime import date

import pytest

from detente.dates import Interval
from detente.errors import QuestionError
from detente.measure.dyads import UNRANKED, Cell, Span, panel, rank_weight
from detente.records import Act, Citation, Claim, Coverage, Party
from detente.records import Span as Quote

READ = Coverage("FIN", "ISL", date(2000, 1, 1), date(2030, 1, 1), "full", "")


def visit(day: date, *, source: str = "FIN", target: str = "ISL", rank: int | None = None, paper: str = "Gazette") -> Act:
    claim = Claim(
        kind="visit",
        spans=(Quote(document="doc:1", start=0, stop=3, quote="abc"),),
        source=(Party(state=source, rank=rank),),
        target=(Party(state=target),),
        valid=Interval(day, date.fromordinal(day.toordinal() + 1), "day"),
        known=day,
        dimensions=("contact",),
    )
    cited = Citation(document="doc:1", publication=paper, published=day)
    return Act(id=f"act:{day}{source}{target}", claim=claim, claims=(claim.id,), known=day, accepted=True, citations=(cited,))


def cells(acts: list[Act], coverage: list[Coverage], span: Span) -> tuple[Cell, ...]:
    return panel(acts, coverage, dyad=("FIN", "ISL"), dimension="contact", span=span)


def test_each_direction_and_month_has_a_cell_with_its_volumes() -> None:
    acts = [visit(date(2014, 1, 9)), visit(date(2014, 1, 20), source="ISL", target="FIN"), visit(date(2014, 2, 3), target="SWE")]
    found = cells(acts, [READ], Span(date(2014, 1, 5), date(2014, 2, 28)))
    assert [(c.source, c.start, c.acts, c.world, c.by_source) for c in found] == [
        ("FIN", date(2014, 1, 1), 1, 2, 2),
        ("ISL", date(2014, 1, 1), 1, 2, 2),
        ("FIN", date(2014, 2, 1), 0, 1, 1),
        ("ISL", date(2014, 2, 1), 0, 1, 0),
    ]
    assert found[0].share == 0.5
    assert found[0].publications == (("Gazette", 1),)


def test_counts_add_up_over_months_and_weeks() -> None:
    acts = [visit(date(2014, 1, 1 + 3 * i)) for i in range(9)]
    for step in ("month", "week"):
        assert sum(c.acts for c in cells(acts, [READ], Span(date(2014, 1, 1), date(2014, 3, 31), step))) == 9


def test_what_nobody_read_has_no_share() -> None:
    found = cells([visit(date(2014, 1, 9))], [], Span(date(2014, 1, 1), date(2014, 1, 31)))
    assert [(c.coverage, c.share) for c in found] == [(None, None), (None, None)]


def test_a_month_without_acts_of_anybody_has_no_share() -> None:
    assert cells([], [READ], Span(date(2014, 1, 1), date(2014, 1, 1)))[0].share is None


def test_the_highest_rank_weighs_a_contact() -> None:
    assert rank_weight(visit(date(2014, 1, 9), rank=1)) > rank_weight(visit(date(2014, 1, 9), rank=6))
    assert rank_weight(visit(date(2014, 1, 9))) == UNRANKED


def test_weeks_begin_on_mondays_and_a_span_must_not_end_before_it_begins() -> None:
    assert Span(date(2014, 1, 1), date(2014, 1, 6), "week").periods()[0] == (date(2013, 12, 30), date(2014, 1, 6))
    with pytest.raises(QuestionError):
        Span(date(2014, 2, 1), date(2014, 1, 1)).periods()
