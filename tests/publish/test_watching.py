import json

import numpy as np

from detente.assess.scan import Entered, entered, scan
from detente.measure.panel import Panel
from detente.publish import watching

CALM = [(200.0 + 13 * (i % 5), 40.0 + 7 * (i % 4)) for i in range(30)]
MONTHS = tuple(f"{2018 + i // 12}-{i % 12 + 1:02d}" for i in range(32))
SCAN = scan(Panel(MONTHS, {("AAA", "BBB"): np.array([*CALM, (2500.0, 3000.0), (np.nan, np.nan)])}))


def chosen() -> tuple[Entered, ...]:
    return entered(SCAN, top=3)


def test_a_row_names_the_month_and_the_interval_by_their_last_months() -> None:
    (row,) = watching.rows(SCAN)
    assert dict(zip(watching.ALARMS, row, strict=True))["month"] == "2020-07"
    assert row[5] <= row[6] == "2020-07"


def test_data_say_that_the_answer_is_filtered_and_what_came_since() -> None:
    (entry,) = json.loads(json.dumps(watching.document(chosen(), MONTHS)))
    assert (entry["answer"], entry["direction"], entry["since"]) == ("filtered", "conflict", "open")
    assert entry["usual_alarms_a_decade"] is None


def test_conflict_is_drawn_downwards_and_the_alarm_is_a_line() -> None:
    warm, cold = watching.option(chosen(), MONTHS)["series"]
    assert cold["data"][30] == -3000.0
    assert cold["data"][31] is warm["data"][31] is None
    assert warm["markLine"]["data"] == [{"xAxis": "2020-07"}]


def test_the_picture_is_an_svg_and_the_same_each_time() -> None:
    drawn = watching.picture(chosen(), MONTHS)
    assert drawn.startswith("<svg")
    assert "AAA and BBB" in drawn
    assert drawn == watching.picture(chosen(), MONTHS)


def test_nobody_is_an_empty_picture_with_its_key() -> None:
    assert "Blue: cooperation" in watching.picture((), MONTHS)
