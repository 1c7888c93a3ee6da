from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates
from detente.errors import InputError, TermError
from detente.keep import acts
from detente.keep.edits import edited
from detente.keep.reviews import Standing
from detente.records import Citation, Claim, Document, Merge, Party

NOW = "2026-01-01T00:00:00Z"


def claim(number: int, *, person: str | None = "Aino Virta", valid: str = "2014-05-01", made_by: str = "coder", **more: object) -> Claim:
    doc = Document(text=f"Report {number} of the visit.", source=f"Paper {number}", published=date(2014, 5, 1 + number))
    given: dict[str, object] = {
        "kind": "visit",
        "spans": (doc.span(0, 8),),
        "source": (Party(state="FIN", person=person),),
        "target": (Party(state="ISL"),),
        "valid": dates.parse(valid),
        "known": doc.published,
        "made_by": made_by,
    }
    return Claim(**{**given, **more})  # type: ignore[arg-type]


def grouped(*claims: Claim, accepted: bool = True, merges: tuple[Merge, ...] = ()) -> list[tuple[str, ...]]:
    standing = [Standing(c, c.id, accepted) for c in claims]
    cited = {c.spans[0].document: Citation(document=c.spans[0].document, publication="P", published=c.known) for c in claims}
    found, _ = acts.group(standing, citations=cited, merges=merges)
    return sorted(tuple(sorted(act.claims)) for act in found)


def ids(*claims: Claim) -> tuple[str, ...]:
    return tuple(sorted(c.id for c in claims))


def test_no_claims_make_no_acts() -> None:
    assert grouped() == []


def test_two_reports_of_one_visit_are_one_act() -> None:
    one, two = claim(1), claim(2, valid="2014-05-02")
    assert grouped(one, two) == [ids(one, two)]


def test_another_person_on_the_same_days_is_another_act() -> None:
    one, two = claim(1), claim(2, person="Jukka Salo")
    assert len(grouped(one, two)) == 2


def test_a_name_in_another_order_is_the_same_person() -> None:
    one, two = claim(1, person="Virta Aino"), claim(2, person="Ms Aino VIRTÁ")
    assert len(grouped(one, two)) == 1


def test_the_other_direction_is_another_visit_but_the_same_meeting() -> None:
    there, back = claim(1, person=None), claim(2, person=None, source=(Party(state="ISL"),), target=(Party(state="FIN"),))
    assert len(grouped(there, back)) == 2
    met, too = (claim(n, person=None, kind="meeting", source=c.source, target=c.target) for n, c in ((1, there), (2, back)))
    assert len(grouped(met, too)) == 1


def test_days_apart_are_two_acts() -> None:
    assert len(grouped(claim(1), claim(2, valid="2014-05-09"))) == 2


def test_a_year_and_no_name_are_too_vague_to_join() -> None:
    assert len(grouped(claim(1), claim(2, person=None, valid="2014"))) == 2


def test_rows_of_tables_are_never_joined_by_themselves() -> None:
    one, two = claim(1, made_by="table"), claim(2, made_by="table")
    assert len(grouped(one, two)) == 2


def test_what_two_sources_measure_stands_side_by_side() -> None:
    one, two = (claim(n, kind="trade_value", person=None, details=(("value", str(n)),)) for n in (1, 2))
    assert len(grouped(one, two)) == 2


def test_a_person_can_join_and_part() -> None:
    one, two, far = claim(1), claim(2), claim(3, valid="2016")
    act = acts.act_id([Standing(one, one.id, accepted=True)])
    joined = Merge(claim=far.id, act=act, decision="joined", by="me", at=NOW, reason="a slip in the year")
    assert grouped(one, far, merges=(joined,)) == [ids(one, far)]
    parted = Merge(claim=two.id, act=act, decision="parted", by="me", at=NOW, reason="another visit")
    assert len(grouped(one, two, merges=(parted,))) == 2


def merged(one: Claim, other: Claim | str, decision: str, at: str = NOW) -> Merge:
    act = other if isinstance(other, str) else acts.act_id([Standing(other, other.id, accepted=True)])
    return Merge(claim=one.id, act=act, decision=decision, by="me", at=at, reason="read both")  # type: ignore[arg-type]


def test_an_earlier_report_is_joined_to_a_later_act_and_the_other_way_round() -> None:
    early, late, third = claim(1), claim(5, valid="2016"), claim(6, valid="2016")
    for joined in (merged(early, late, "joined"), merged(late, early, "joined")):
        found = grouped(early, late, merges=(joined,))
        assert found == [ids(early, late)]
    assert ids(early, late, third) in grouped(early, late, third, merges=(merged(early, late, "joined"),)), "a third report joins by the rules"


def test_joins_name_an_act_by_any_of_its_claims_whatever_it_is_called_by_now() -> None:
    early, late, other = claim(1), claim(5, valid="2016"), claim(6, valid="2018")
    joins = (merged(early, late, "joined", "2026-01-01"), merged(other, late, "joined", "2026-01-02"))
    assert grouped(early, late, other, merges=joins) == [ids(early, late, other)]


def test_an_accepted_claim_that_is_joined_to_a_proposal_vouches_for_the_act() -> None:
    proposal, vouched = claim(1), claim(5, valid="2016")
    standing = [Standing(proposal, proposal.id, accepted=False), Standing(vouched, vouched.id, accepted=True)]
    cited = {c.spans[0].document: Citation(document=c.spans[0].document, publication="P", published=c.known) for c in (proposal, vouched)}
    (act,), _ = acts.group(standing, citations=cited, merges=(merged(vouched, proposal, "joined"),))
    assert act.accepted and act.claim == vouched


def test_the_report_that_an_act_is_named_after_can_be_split_from_the_others() -> None:
    one, two, three = claim(1), claim(2), claim(3)
    assert grouped(one, two, three, merges=(merged(one, one, "parted"),)) == sorted([ids(one), ids(two, three)])


def test_what_was_joined_before_stays_with_the_others_when_the_namer_is_split_off() -> None:
    one, two, far = claim(1), claim(2), claim(3, valid="2016")
    join, part, again = merged(far, one, "joined", "1"), merged(one, one, "parted", "2"), merged(far, one, "joined", "3")
    assert grouped(one, two, far, merges=(join, part)) == sorted([ids(one), ids(two, far)])
    assert grouped(one, two, far, merges=(join, part, again)) == sorted([ids(one, far), ids(two)])
    assert grouped(one, far, merges=(join, part)) == sorted([ids(one), ids(far)])


def test_a_join_that_was_taken_back_joins_nothing_and_what_stood_before_stands_again() -> None:
    one, two = claim(1), claim(2)
    parted, joined, back = merged(two, one, "parted", "1"), merged(two, one, "joined", "2"), merged(two, one, "retracted", "3")
    assert grouped(one, two, merges=(parted, joined)) == [ids(one, two)]
    assert grouped(one, two, merges=(parted, joined, back)) == sorted([ids(one), ids(two)])
    again = merged(two, one, "retracted", "4")
    assert grouped(one, two, merges=(parted, joined, back, again)) == [ids(one, two)], "by the rules, as before anybody decided"


def test_acts_nearby_are_of_the_same_states_and_within_a_week_the_same_kind_first() -> None:
    mine = claim(1, person="Jukka Salo", valid="2014-05-05")
    made = [
        claim(2, valid="2014-05-09"),
        claim(3, kind="meeting", valid="2014-05-05"),
        claim(4, person="Eva Berg", valid="2014-05-04"),
        claim(5, valid="2014-05-20"),
        claim(6, target=(Party(state="NOR"),), valid="2014-05-05"),
    ]
    standing = [Standing(c, c.id, accepted=True) for c in (mine, *made)]
    cited = {c.spans[0].document: Citation(document=c.spans[0].document, publication="P", published=c.known) for c in (mine, *made)}
    found, _ = acts.group(standing, citations=cited)
    assert [act.claim for act in acts.candidates(standing[0], found)] == [made[2], made[0], made[1]]
    undated = Standing(claim(9, person=None, valid="2014-05-01", known=None), "c", accepted=True)
    assert acts.candidates(undated, []) == ()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(("joined", "parted", "retracted"))), max_size=8))
def test_whatever_persons_decide_every_claim_is_of_exactly_one_act(steps: list[tuple[int, int, str]]) -> None:
    made = [claim(1), claim(2), claim(3, valid="2014-05-09"), claim(4, valid="2016")]
    merges = tuple(merged(made[a], made[b], decision, f"2026-01-{n + 1:02}") for n, (a, b, decision) in enumerate(steps))
    found = grouped(*made, merges=merges)
    assert sorted(key for act in found for key in act) == sorted(each.id for each in made)


def test_an_accepted_claim_speaks_for_the_act_and_the_first_report_names_it() -> None:
    early, late = claim(1), claim(2, made_by="table")
    standing = [Standing(early, early.id, accepted=False), Standing(late, late.id, accepted=True)]
    cited = {c.spans[0].document: Citation(document=c.spans[0].document, publication="P", published=c.known) for c in (early, late)}
    (act,), _ = acts.group(standing, citations=cited)
    assert act.accepted
    assert act.claim == late
    assert act.known == late.known
    assert act.claims == (late.id, early.id)
    assert [c.document for c in act.citations] == [late.spans[0].document]
    assert act.id == acts.act_id([Standing(early, early.id, accepted=False)])


@given(st.permutations([1, 2, 3, 4]))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    made = {1: claim(1), 2: claim(2), 3: claim(3, person="Jukka Salo"), 4: claim(4, valid="2014-06-01")}
    assert grouped(*(made[n] for n in order)) == grouped(*made.values())


def test_an_edit_changes_the_field_and_nothing_else() -> None:
    before = claim(1)
    after = edited(before, (("valid", "2014-05-03"), ("status", "planned"), ("target", "NOR IGO:UNO")))
    assert str(after.valid) == "2014-05-03"
    assert after.status == "planned"
    assert after.states == {"FIN", "NOR"}
    assert after.kind == before.kind
    assert edited(before, ()) is before


def test_an_edit_of_an_unknown_field_or_code_is_refused() -> None:
    with pytest.raises(InputError, match="one of the fields"):
        edited(claim(1), (("id", "x"),))
    with pytest.raises(TermError):
        edited(claim(1), (("status", "maybe"),))
