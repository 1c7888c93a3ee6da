from datetime import date

from detente.coding import leaders


def test_unknown_name_is_nobody() -> None:
    assert leaders.find("Nobody Atall", date(2000, 1, 1)) is None


def test_office_follows_the_day() -> None:
    later, earlier = (leaders.find("Vladimir Putin", day) for day in (date(2010, 1, 1), date(2005, 1, 1)))
    assert later is not None and earlier is not None
    assert (later.office, earlier.office) == ("prime minister", "president")


def test_without_a_day_the_highest_office_counts() -> None:
    found = leaders.find("Vladimir Putin", None)
    assert found is not None and found.rank == 1


def test_head_of_a_body_has_no_state() -> None:
    found = leaders.find("Kofi Annan", date(2000, 1, 1))
    assert found is not None and found.state is None and found.body == "IGOUNO"


def test_terms_are_well_formed() -> None:
    spans = [(term.since, term.until) for group in leaders.terms().values() for term in group]
    assert all(since is not None and (until is None or since < until) for since, until in spans)


def test_name_in_the_text_keeps_its_spelling() -> None:
    found = dict(leaders.named("Dmitri Medvedev spoke.", date(2009, 1, 1)))
    assert found["Dmitri Medvedev"].person == "Dmitri Medvedev"
