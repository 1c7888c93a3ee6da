from __future__ import annotations

from pathlib import Path

import held
import made
from detente.publish import brief, footing

VISITS = [made.act(f"v{year}-{month}", f"{year}-{month:02d}-10", dimensions="contact") for year in range(1996, 2015) for month in (3, 6, 9)]


def bodies(folder: Path, rows: list[dict[str, str]]) -> dict[str, footing.Basis]:
    acts, coverage = held.of(made.case(folder, acts=rows))
    return footing.of(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31"), acts)


def test_a_dimension_rests_on_what_was_counted_in_it_and_the_whole_on_all(tmp_path: Path) -> None:
    rows = [*VISITS, made.act("law", "2013-01-01", dimensions="legal"), made.act("far", "2013-01-01", target="NOR", dimensions="contact")]
    found = bodies(tmp_path, rows)
    assert len(found["FIN-ISL-contact"].acts) == len(VISITS)
    assert len(found["FIN-ISL-legal"].acts) == 1
    assert len(found["FIN-ISL-whole"].acts) == len(VISITS) + 1
    assert found["FIN-ISL-contact"].text == f"The {len(VISITS)} acts of Finland and Iceland counted in contact"


def test_empty_bodies_are_left_out(tmp_path: Path) -> None:
    assert set(bodies(tmp_path, VISITS)) == {"FIN-ISL-contact", "FIN-ISL-whole"}


def test_recorded_exchange_also_rests_on_what_was_declared(tmp_path: Path) -> None:
    found = bodies(tmp_path, [*VISITS, made.act("plan", "2013-01-01", dimensions="economic_declared")])
    assert len(found["FIN-ISL-economic_delivered"].acts) == 1


def test_what_is_known_later_is_in_no_body(tmp_path: Path) -> None:
    found = bodies(tmp_path, [*VISITS, made.act("late", "2014-06-01", known="2015-06-01", dimensions="contact")])
    assert len(found["FIN-ISL-whole"].acts) == len(VISITS)


def test_many_acts_stand_behind_their_letter(tmp_path: Path) -> None:
    rise = [made.act(f"r{month}-{day}", f"2014-{month:02d}-{day:02d}", dimensions="contact") for month in range(1, 12) for day in (1, 8, 15, 22)]
    acts, coverage = held.of(made.case(tmp_path, acts=[*VISITS, *rise]))
    composed = brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31"), acts=acts)
    named = [len(sentence.acts) for section in composed.sections for sentence in section.sentences]
    assert max(named) <= brief.MANY
    assert all(composed.rests(sentence) for section in composed.sections for sentence in section.sentences)
