"""Acts as they are looked for: the indexes give what going through all acts would give."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import sentences
from detente.examine.material import Material, Timeline, first_day, shifted, source, states, target, timelines
from detente.records import Act, Document
from ledgers import LEDGERS
from looked import AS_OF, DYAD, act, material

BOUNDS = st.sampled_from([None, "2012-01-01", "2014-03-01"])
KINDS = ("visit", "vote", "sanction", "exception", "signal")
DAYS = st.dates(date(2010, 1, 1), date(2010, 3, 1))


@settings(max_examples=60, deadline=None)
@given(LEDGERS, BOUNDS, BOUNDS, st.sampled_from([(), ("visit",), KINDS]))
def test_acts_are_chosen_by_kind_states_and_days(told: list[Act], since: str | None, until: str | None, kinds: tuple[str, ...]) -> None:
    seen = material(*told, since=since, until=until)
    of = [a for a in seen.acts if not kinds or a.claim.kind in kinds]
    near, both = [a for a in of if states(a) & set(DYAD)], [a for a in of if set(DYAD) <= states(a)]
    assert seen.of(*kinds) == tuple(of)
    assert seen.ever(*kinds) == tuple(both)
    assert seen.around(*kinds) == tuple(a for a in near if seen.asked(a))
    assert seen.between(*kinds) == tuple(a for a in both if seen.asked(a))
    texts = {a.claim.spans[0].document for a in seen.around() if a.claim.made_by != "table"}
    others = [a for a in of if a not in near and seen.asked(a) and a.claim.spans[0].document in texts]
    assert seen.beside(*kinds) == (*seen.around(*kinds), *others)


@settings(max_examples=60, deadline=None)
@given(LEDGERS, st.sampled_from(KINDS))
def test_acts_are_found_by_what_they_share(told: list[Act], kind: str) -> None:
    seen = material(*told)
    for one in seen.of(kind):
        sides = {source(one), target(one)}
        assert seen.of_sides(kind)[frozenset(sides)].acts == tuple(a for a in seen.of(kind) if {source(a), target(a)} == sides)
        assert one in seen.of_texts(kind)[one.claim.spans[0].document].acts
        key = one.claim.detail("key")
        assert key is None or seen.saying("key", kind)[key].acts == tuple(a for a in seen.of(kind) if a.claim.detail("key") == key)


@given(st.lists(DAYS), DAYS, DAYS)
def test_a_timeline_gives_the_acts_of_days(days: list[date], start: date, stop: date) -> None:
    acts = [act("visit", str(day), text=f"Visit {number}.") for number, day in enumerate(sorted(days))]
    held = Timeline.of(acts)
    assert held.within(start, stop) == tuple(a for a in acts if start <= (first_day(a) or date.max) < stop)
    assert timelines(acts, lambda _: None) == {}


@given(
    st.lists(st.sampled_from(["Finland sent a note.", "It said so", "\n\n", " ", "“Yes.” he", "OSLO, May 5 (Reuters) - A port", "!"]), min_size=1),
    st.data(),
)
def test_a_sentence_is_all_that_a_quote_touches(parts: list[str], chance: st.DataObject) -> None:
    doc = Document(text=" ".join(parts), source="The Gazette", published=AS_OF)
    start = chance.draw(st.integers(0, len(doc.text) - 1)) if len(doc.text) > 1 else 0
    stop = chance.draw(st.integers(start + 1, len(doc.text)))
    told = act("visit", "2013-07", made_by="coder", text=doc.text)
    span = doc.span(start, stop)
    held = [s for s in sentences.split(doc.text) if s.start < span.stop and span.start < s.stop]
    low, high = min([start, *(s.start for s in held)]), max([stop, *(s.stop for s in held)])
    claim = told.claim.__class__(kind="visit", spans=(span,), source=told.claim.source, known=told.known, made_by="coder")
    one = Act(id="act:1", claim=claim, claims=(), known=told.known, accepted=False, citations=())
    assert Material(DYAD, AS_OF, (one,), (), {doc.id: doc}).sentence(one) == (low, high, doc.text[low:high])


def test_days_are_shifted_within_the_calendar() -> None:
    assert shifted(date(2014, 3, 1), -1) == date(2014, 2, 28)
    assert (shifted(date(1, 1, 2), -9), shifted(date.max, 9)) == (date.min, date.max)
