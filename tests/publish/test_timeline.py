from datetime import date

import pytest

import held
import made
from detente.publish import timeline
from detente.records import Verdict

SINCE = date(2014, 6, 1)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    rows = [made.act(f"a{year}-{month}", f"{year}-0{month}-02") for year in range(2015, 2025) for month in range(1, 2 if year < 2023 else 7)]
    acts, cover = held.of(made.case(tmp_path_factory.mktemp("case"), acts=rows))
    return held.ask(acts, cover, ("FIN", "ISL"), "2024-06-30")


def test_each_point_leads_to_its_act_and_holds_its_words(verdict: Verdict) -> None:
    points = [point for series in timeline.option(verdict, since=SINCE)["series"] if series["type"] == "scatter" for point in series["data"]]
    told = {f"/act/{piece.id}": piece.text for piece in verdict.evidence}
    assert points
    assert all(told[point["link"]] in point["name"] for point in points)


def test_kinds_of_acts_differ_by_more_than_colour(verdict: Verdict) -> None:
    looks = [
        (s["symbol"], s["itemStyle"]["color"] == timeline.CLEAR) for s in timeline.option(verdict, since=SINCE)["series"] if s["type"] == "scatter"
    ]
    assert len(set(looks)) == 3


def test_years_stand_below_on_the_same_span(verdict: Verdict) -> None:
    drawn = timeline.overlaid(verdict, since=SINCE, yearly={"ours": (1, 2), "theirs": (0, 3)})
    lines = [series for series in drawn["series"] if series.get("xAxisIndex") == 1]
    assert [(line["name"], [y for _, y in line["data"]]) for line in lines] == [("ours", [1, 2]), ("theirs", [0, 3])]
    assert len({line["lineStyle"]["color"] for line in lines}) == 2
    assert drawn["xAxis"][0]["min"] == drawn["xAxis"][1]["min"] == timeline.instant(SINCE)


def test_the_picture_is_the_same_each_time(verdict: Verdict) -> None:
    drawn = timeline.picture(verdict, since=SINCE)
    assert drawn.startswith("<svg")
    assert drawn == timeline.picture(verdict, since=SINCE)
