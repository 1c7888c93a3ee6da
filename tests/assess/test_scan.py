import math

import numpy as np
import pytest

from detente.assess.scan import Scan, entered, kind, scan
from detente.measure.panel import Panel

CALM = np.array([(200 + 13 * (i % 5), 40 + 7 * (i % 4)) for i in range(30)], dtype=float)
CRISIS = np.array([(2500.0, 3000.0), (2000.0, 2500.0)])
QUIET_AGAIN = CALM[:10]


def world(**pairs: np.ndarray) -> Panel:
    """A table of pairs AAA_BBB, all of them as long as the longest; what is lacking was not read."""
    longest = max(len(values) for values in pairs.values())
    months = tuple(f"{2018 + i // 12}-{i % 12 + 1:02d}" for i in range(longest))
    padded = {name: np.pad(values, ((0, longest - len(values)), (0, 0)), constant_values=np.nan) for name, values in pairs.items()}
    return Panel(months, {(name[:3], name[4:]): values for name, values in padded.items()})


SHOCK = np.concatenate([CALM, CRISIS[:1], QUIET_AGAIN])
STAGE = np.concatenate([CALM, *([CRISIS] * 5), CRISIS[:1]])
LATE = np.concatenate([CALM, QUIET_AGAIN, CRISIS[:1]])


def test_what_lasted_comes_before_what_is_open_and_what_fell_back() -> None:
    found = entered(scan(world(SHO_BBB=SHOCK, STA_BBB=STAGE, LAT_BBB=LATE)), top=5)
    assert [(each.pair[0], each.held) for each in found] == [("STA", True), ("LAT", None), ("SHO", False)]


def test_only_pairs_of_late_alarms_are_named_and_no_more_than_asked() -> None:
    seen = scan(world(SHO_BBB=SHOCK, STA_BBB=STAGE, LAT_BBB=LATE))
    assert [each.pair[0] for each in entered(seen, since="2021-05", top=5)] == ["LAT"]
    assert len(entered(seen, top=2)) == 2


def test_the_base_rate_is_that_of_the_other_pairs() -> None:
    calm = np.concatenate([CALM, QUIET_AGAIN, QUIET_AGAIN[:1]])
    (alone,) = entered(scan(world(STA_BBB=STAGE)), top=1)
    first, _ = entered(scan(world(STA_BBB=STAGE, SHO_BBB=SHOCK, CAL_BBB=calm)), top=5)
    assert alone.usual is None
    assert first.usual == pytest.approx(1 / 2 / ((41 - 12) / 120))


def test_pairs_that_nobody_looked_at_are_counted() -> None:
    seen = scan(world(STA_BBB=STAGE, NUL_BBB=np.full((5, 2), math.nan)))
    assert (len(seen.raised), seen.unread, len(seen)) == (1, 1, 1)


def test_an_empty_table_and_a_calm_one_name_nobody() -> None:
    assert entered(scan(Panel((), {})), top=3) == ()
    assert entered(Scan((), (), 0), top=3) == ()
    assert entered(scan(world(CAL_BBB=CALM)), top=3) == ()


@pytest.mark.parametrize(("persists", "told"), [(0.9, "stage"), (0.56, "stage"), (0.5, "cannot tell"), (0.44, "shock"), (0.0, "shock")])
def test_an_alarm_says_stage_shock_or_that_it_cannot_tell(persists: float, told: str) -> None:
    assert kind(persists) == told
