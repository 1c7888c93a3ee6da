from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from detente.examine import visits
from looked import act, material

MINISTER = ("Aino Virta", "Minister of Trade", 4)
LEADER = ("Jon Storm", "President", 1)
PREMIER = ("Eva Berg", "Prime Minister", 2)


def test_nothing_known_is_no_visit() -> None:
    assert visits.find(material()) == ()
    assert visits.tally(()) == ()


def test_a_visit_tells_its_guest_with_office_rank_place_and_hosts() -> None:
    (found,) = visits.find(material(act("visit", "2014-03-01/2014-03-03", people=[MINISTER], hosts=[PREMIER], occasion="fair")))
    assert (found.visitor, found.office, found.rank, found.occasion) == ("Aino Virta", "Minister of Trade", 4, "fair")
    assert found.hosts == ("Eva Berg (Prime Minister, rank 2)",)
    assert found.gap == 2
    assert found.received_by_leader is None


def test_a_reception_on_the_days_of_the_visit_belongs_to_it() -> None:
    visit = act("visit", "2014-03-01/2014-03-03", people=[MINISTER])
    reception = act("reception", "2014-03-02", source="ISL", target="FIN", people=[LEADER], hosts=[MINISTER])
    other = act("reception", "2014-05-02", source="ISL", target="FIN", people=[PREMIER], hosts=[MINISTER])
    (found,) = visits.find(material(visit, reception, other))
    assert found.host_rank == 1
    assert found.gap == 3
    assert found.received_by_leader is True


def test_a_reception_of_another_guest_does_not_count() -> None:
    visit = act("visit", "2014-03-01/2014-03-03", people=[MINISTER])
    reception = act("reception", "2014-03-02", source="ISL", target="FIN", people=[LEADER], hosts=[("Olli Salo", "Governor", 5)])
    (found,) = visits.find(material(visit, reception))
    assert found.hosts == ()
    assert found.received_by_leader is None


def test_not_received_stands_only_where_a_source_says_so() -> None:
    visit = act("visit", "2014-03-01/2014-03-03", people=[MINISTER])
    silence = act("non_event", "2014-03-03", source="ISL", target="FIN", expected="reception by Jon Storm", text="He did not see Aino Virta.")
    nameless = act("non_event", "2014-03-03", source="ISL", target="FIN", expected="reception by Jon Storm", text="He saw nobody.")
    assert visits.find(material(visit, nameless))[0].received_by_leader is None
    assert visits.find(material(visit))[0].received_by_leader is None
    (found,) = visits.find(material(visit, silence))
    assert found.received_by_leader is False
    assert found.not_received_by == "reception by Jon Storm"


def test_a_planned_visit_is_none() -> None:
    assert visits.find(material(act("visit", "2014-03-01", status="planned"))) == ()


def test_visits_with_others_are_told_apart() -> None:
    found = visits.find(material(act("visit", "2014-03-01"), act("visit", "2014-04-01", target="NOR")))
    assert [visit.between for visit in found] == [True, False]


def test_the_span_asked_bounds_the_visits() -> None:
    held = [act("visit", f"{year}-06-01") for year in (2010, 2012, 2014)]
    assert len(visits.find(material(*held, since="2012-01-01", until="2013-12-31"))) == 1


def test_what_became_known_later_is_not_seen() -> None:
    assert visits.find(material(act("visit", "2014-03-01", known="2021-01-01"))) == ()


@given(st.lists(st.tuples(st.sampled_from(("FIN", "ISL")), st.integers(1, 7), st.sampled_from((None, 1, 2, 5))), max_size=8))
def test_the_parts_of_the_tally_add_up(rows: list[tuple[str, int, int | None]]) -> None:
    held = [
        act("visit", f"20{10 + n}-06-01", source=s, target="ISL" if s == "FIN" else "FIN", people=[(f"Guest{n}x", None, r)],
            hosts=[] if h is None else [(f"Host{n}x", None, h)])
        for n, (s, r, h) in enumerate(rows)
    ]  # fmt: skip
    found = visits.find(material(*held))
    counted = visits.tally(found)
    assert sum(t.visits for t in counted) == len(rows)
    assert all(t.by_leader + t.expressly_not + t.unknown == t.visits for t in counted)
    assert all(v.gap == v.rank - v.host_rank for v in found if v.rank is not None and v.host_rank is not None)


def test_hosts_of_every_claim_of_one_reception_are_told_and_each_claim_is_evidence() -> None:
    visit = act("visit", "2014-04-28/2014-04-30", people=[("Aino Virta", "Minister", 4)], made_by="coder")
    told, again = (
        act("reception", "2014-04-29", people=[("Aino Virta", None, None)], hosts=[host], made_by="coder", text=f"{host[0]} received Aino Virta.")
        for host in (("Jon Storm", "President", 1), ("Ari Dal", "Premier", 2))
    )
    joined = replace(told, claims=(told.claim.id, again.claim.id))
    seen = replace(material(visit, joined), reports={each.claim.id: each.claim for each in (told, again)})
    (found,) = visits.find(seen)
    assert found.hosts == ("Jon Storm (President, rank 1)", "Ari Dal (Premier, rank 2)")
    assert [proof.quote for proof in found.proofs][1:] == ["Jon Storm received Aino Virta.", "Ari Dal received Aino Virta."]


def test_a_proposal_beside_a_row_of_a_table_vouches_for_nothing() -> None:
    row = act("visit", "2014-03-01")
    proposal = act("visit", "2014-03-01", made_by="coder", text="A guest came.")
    joined = replace(row, claims=(row.claim.id, proposal.claim.id))
    seen = replace(material(joined), reports={each.claim.id: each.claim for each in (row, proposal)})
    (found,) = visits.find(seen)
    assert len(found.proofs) == 1
