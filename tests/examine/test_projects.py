from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.examine import projects
from looked import act, material

STEPS = ("declared", "started", "delivered", "stopped")


def test_no_milestone_is_no_project() -> None:
    assert projects.find(material()) == ()


def test_the_milestones_of_a_name_are_one_project() -> None:
    rail = [
        act("project_milestone", "2008-04-24", project="rail", sector="rail", milestone="contract", step="declared", cost="10600", unit="RUB mn"),
        act("project_milestone", "2013-09-22", project="rail", milestone="line opened", step="delivered", cost="10600", unit="RUB mn"),
    ]
    gas = act("project_milestone", "2011-08-24", project="gas", step="declared")
    found = {p.name: p for p in projects.find(material(*rail, gas))}
    assert (found["rail"].state, found["rail"].declared, found["rail"].delivered) == ("delivered", 1, 1)
    assert found["rail"].costs == ("10,600 RUB mn",)
    assert found["rail"].parties == ("FIN", "ISL")
    assert (found["gas"].state, found["gas"].delivered_share) == ("declared", 0.0)


def test_a_proposal_without_a_step_is_read_from_its_status() -> None:
    planned = act("project_milestone", "2014-05-08", status="planned", made_by="coder", text="They plan a railway.")
    done = act("project_milestone", "2013", made_by="coder", text="The venture completed a railway.")
    assert [p.state for p in projects.find(material(planned, done))] == ["delivered", "declared"]
    assert projects.find(material(done))[0].sector == "rail"


@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=9))
def test_the_steps_add_up(steps: list[str]) -> None:
    acts = [act("project_milestone", f"20{10 + n}-01-01", project="p", step=step) for n, step in enumerate(steps)]
    (found,) = projects.find(material(*acts))
    assert found.declared + found.started + found.delivered + found.stopped == len(steps) == len(found.milestones)
    assert found.state == steps[-1]
