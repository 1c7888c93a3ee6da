from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente.publish import chicago
from detente.records import Act, Citation
from looked import act


def cited(when: str, *, address: str | None = "https://example.org/a", title: str | None = "Ships sail", **more: str | bool | None) -> Act:
    plain = Citation(document="doc:1", publication="The Gazette", published=date(2014, 5, 8), address=address, title=title)
    return replace(act("visit", when, text="A minister came."), citations=(replace(plain, **more),))  # type: ignore[arg-type]


def text(runs: tuple[chicago.Run, ...]) -> str:
    return "".join(run.text for run in runs)


def test_a_first_note_cites_in_full_and_a_later_one_in_short() -> None:
    first, second = chicago.notes([cited("2014-05-01"), cited("2014-05-03")])
    assert text(first).startswith("2014-05-01: A minister came. “Ships sail,” The Gazette, May 8, 2014, https://example.org/a. (")
    assert "“Ships sail,” The Gazette, May 8, 2014 (see n. 1)" in text(second)
    assert "https" not in text(second)
    assert [run.text for run in first if run.style == "italic"] == ["The Gazette"]
    assert text(first).endswith(f"{cited('2014-05-01').id})")


def test_a_text_without_title_day_or_address_is_cited_too() -> None:
    bare = cited("2014-05-01", address=None, title=None, published=None)
    assert "A minister came. The Gazette, n.d. (known" in text(chicago.notes([bare])[0])
    assumed = cited("2014-05-01", published_assumed=True)
    assert "[May 8, 2014?]" in text(chicago.notes([assumed])[0])


def test_a_title_that_asks_keeps_its_mark() -> None:
    assert "“Do ships sail?” The Gazette" in text(chicago.notes([cited("2014-05-01", title="Do ships sail?")])[0])


def test_what_is_no_web_address_is_no_link() -> None:
    runs = chicago.notes([cited("2014-05-01", address="javascript:alert(1)")])[0]
    assert not [run for run in runs if run.style == "link"]


def test_ratings_stand_behind_the_work() -> None:
    assert "(rated B2; known" in text(chicago.notes([cited("2014-05-01", reliability="B", credibility="2")])[0])


def test_a_work_is_listed_once_for_all_its_acts() -> None:
    one, two, other = cited("2014-05-01"), cited("2014-05-03"), cited("2014-05-05", title="Ships stay")
    found = chicago.works([one, two, other])
    assert [(work.number, work.title, work.acts) for work in found] == [(1, "Ships sail", (one.id, two.id)), (2, "Ships stay", (other.id,))]
    assert chicago.works([]) == ()


def test_control_characters_of_a_source_are_left_out() -> None:
    assert "A\u2028B\x00C" not in text(chicago.notes([cited("2014-05-01", title="A\u2028B\x00C")])[0])
    assert "“A B C,”" in text(chicago.notes([cited("2014-05-01", title="A\u2028B\x00C")])[0])
