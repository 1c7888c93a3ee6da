"""Reading as a whole: every thing read ends in one fate, nothing is invented, and clean texts come through as they are."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import ontology
from detente.read import gathering, publication, sources
from detente.read.outcomes import Failed, Kept, LeftOut, Limits, Outcome, Refused

DAY = date(2014, 5, 8)


def _read(*targets: object, published: date | None = None, source: str | None = None, stdin: bytes | None = None) -> list[Outcome]:
    limits = Limits(allow_private=True)
    return list(sources.read([str(target) for target in targets], published=published, source=source, limits=limits, stdin=stdin))


def _kept(outcomes: Sequence[Outcome]) -> Kept:
    (kept,) = outcomes
    assert isinstance(kept, Kept), kept
    return kept


def _reasons(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.reason for outcome in outcomes if isinstance(outcome, Refused)]


def test_a_clean_text_comes_through_letter_by_letter(tmp_path: Path, story: str) -> None:
    text = f"A visit ends\n\n{story}\n  “Pyŏngyang” — 30\u00a0km.\n"
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    kept = _kept(_read(path, published=DAY))
    assert kept.document.text == text
    assert kept.original == path.read_bytes()
    assert kept.document.original == hashlib.sha256(kept.original).hexdigest()
    assert (kept.document.title, kept.document.source, kept.document.published) == ("A visit ends", "note.txt", DAY)
    assert kept.document.retrieved_at is not None and kept.document.published_assumed is False


def test_the_source_that_is_given_holds(tmp_path: Path, story: str) -> None:
    (tmp_path / "note.txt").write_text(story)
    assert _kept(_read(tmp_path, published=DAY, source="Northern Wire")).document.source == "Northern Wire"


def test_a_text_without_a_day_is_refused_with_the_hint_and_its_age_is_not_taken(tmp_path: Path, story: str) -> None:
    path = tmp_path / "note.txt"
    path.write_text(story)
    os.utime(path, (1_400_000_000, 1_400_000_000))
    (refused,) = _read(path)
    assert isinstance(refused, Refused) and refused.reason == "no_date"
    assert "--published YYYY-MM-DD" in refused.message


def test_the_hint_tells_when_the_file_was_made(tmp_path: Path, pdf: Callable[..., bytes], story: str) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(story))
    (refused,) = _read(tmp_path)
    assert isinstance(refused, Refused) and "made or changed on 20" in refused.message


def test_a_day_to_come_is_refused(tmp_path: Path, story: str) -> None:
    (tmp_path / "note.txt").write_text(story)
    assert _reasons(_read(tmp_path, published=datetime.now(UTC).date() + timedelta(days=400))) == ["future_date"]


def test_every_bad_input_has_its_reason_and_the_good_one_is_kept(
    tmp_path: Path, pdf: Callable[..., bytes], page: Callable[..., str], story: str
) -> None:
    files = {
        "broken.txt": f"8 May 2014\n\n“{story}”".encode() + b"\xff" + story.encode(),
        "empty.txt": b"",
        "french.txt": ("8 May 2014\n\n" + "Le ministre a rencontré le chef de la délégation dans la capitale du pays voisin. " * 4).encode(),
        "good.txt": f"8 May 2014\n\n{story}".encode(),
        "huge.txt": story.encode() * 40_000,
        "page.html": page().encode(),
        "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00",
        "scan.pdf": pdf(""),
        "twice.txt": f"8 May 2014\n\n{story}".encode(),
        "zero.txt": "\u200b\u202e \ufeff\u200b".encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    outcomes = _read(tmp_path, tmp_path / "none.txt")
    expected = [
        "wrong_encoding",
        "empty",
        "unsupported_language",
        "too_large",
        "no_date",
        "binary",
        "no_text_layer",
        "duplicate",
        "empty",
        "missing_file",
    ]
    assert _reasons(outcomes) == expected
    assert sources.count(outcomes) == {"kept": 1, "refused": 10, "failed": 0, "left_out": 0}


def test_each_reason_given_stands_in_the_vocabulary_and_each_message_says_what_to_do(tmp_path: Path) -> None:
    (refused,) = _read(tmp_path / "none.txt")
    assert isinstance(refused, Refused)
    assert refused.reason in ontology.family("reasons")
    assert refused.message.startswith("expected ") and ", but " in refused.message and "; " in refused.message


def test_a_feed_counts_by_its_entries(tmp_path: Path, rss: Callable[..., bytes], story: str) -> None:
    good, undated = ("A", "Thu, 8 May 2014 08:00:00 GMT", story), ("B", "", f"{story} Again.")
    (tmp_path / "feed.xml").write_bytes(rss(good, undated, ("C", "Thu, 8 May 2014 08:00:00 GMT", "")))
    outcomes = _read(tmp_path)
    assert [type(outcome) for outcome in outcomes] == [Kept, Refused, Refused]
    assert _reasons(outcomes) == ["no_date", "empty"]
    assert outcomes[0].origin.endswith("feed.xml#entry-0")


def test_a_fault_of_the_program_is_counted_and_the_rest_is_read(tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("8 May 2014\n\n" + story)
    (tmp_path / "b.txt").write_text("9 May 2014\n\n" + story)
    real = publication.find

    def faulty(*args: Any, name: str, **rest: Any) -> publication.Found | None:
        if name == "a.txt":
            raise ZeroDivisionError
        return real(*args, name=name, **rest)

    monkeypatch.setattr(publication, "find", faulty)
    first, second = _read(tmp_path)
    assert isinstance(first, Failed) and "ZeroDivisionError" in first.traceback
    assert isinstance(second, Kept)


def test_a_fault_of_a_parser_or_of_gathering_is_the_third_fate_too(
    tmp_path: Path, rss: Callable[..., bytes], story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feed.xml").write_bytes(rss(("A", "", story)))
    limits = Limits(entries="two")  # type: ignore[arg-type]
    (failed,) = sources.read([str(tmp_path / "feed.xml")], published=None, source=None, limits=limits)
    assert isinstance(failed, Failed) and "TypeError" in failed.traceback

    def faulty(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(gathering, "gather", faulty)
    (lost,) = _read("a.txt")
    assert isinstance(lost, Failed) and lost.origin == "a.txt" and "ZeroDivisionError" in lost.traceback


def test_an_entry_that_two_feeds_hold_is_one_document(tmp_path: Path, rss: Callable[..., bytes], story: str) -> None:
    entry, other = ("A", "Thu, 8 May 2014 08:00:00 GMT", story), ("B", "Fri, 9 May 2014 08:00:00 GMT", f"{story} Again.")
    (tmp_path / "a.xml").write_bytes(rss(entry))
    (tmp_path / "b.xml").write_bytes(rss(entry, other))
    outcomes = _read(tmp_path)
    assert [type(outcome) for outcome in outcomes] == [Kept, Refused, Kept]
    assert _reasons(outcomes) == ["duplicate"]


def test_a_given_day_that_the_metadata_contradict_is_noted(tmp_path: Path, page: Callable[..., str]) -> None:
    (tmp_path / "a.html").write_text(page(head='<meta property="article:published_time" content="2014-05-08">'))
    kept = _kept(_read(tmp_path, published=date(2014, 5, 12)))
    assert kept.document.published == date(2014, 5, 12)
    assert "its own metadata say 2014-05-08" in kept.notes


def test_outcomes_come_one_by_one(tmp_path: Path, story: str) -> None:
    (tmp_path / "a.txt").write_text("8 May 2014\n\n" + story)
    stream = sources.read([str(tmp_path / "a.txt"), str(tmp_path / "later.txt")], published=None, source=None, limits=Limits())
    assert isinstance(next(stream), Kept)
    (tmp_path / "later.txt").write_text("9 May 2014\n\n" + story)
    assert isinstance(next(stream), Kept)


def test_reading_nothing_yields_nothing() -> None:
    assert _read() == []
    assert sources.count([]) == {"kept": 0, "refused": 0, "failed": 0, "left_out": 0}


def test_a_page_is_read_from_its_address(server: tuple[str, list[str]]) -> None:
    kept = _kept(_read(f"{server[0]}/page"))
    assert (kept.document.address, kept.document.published, kept.document.media_type) == (f"{server[0]}/page", DAY, "text/html")
    assert server[1] == ["/page"]


def test_a_wrong_declared_type_yields_to_the_content(server: tuple[str, list[str]]) -> None:
    assert _kept(_read(f"{server[0]}/wrong-type")).document.media_type == "text/html"


def test_metadata_pass_the_gate_too(tmp_path: Path, story: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ndate: 2014-05-08\nsource: Nor\u202ethern\u200b Wire\ntitle: A\u0007b\n---\n{story}", encoding="utf-8")
    document = _kept(_read(tmp_path)).document
    assert (document.source, document.title) == ("Northern Wire", "Ab")


def test_an_address_that_is_a_script_is_not_kept(tmp_path: Path, story: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ndate: 2014-05-08\naddress: javascript:alert(1)\n---\n{story}")
    (tmp_path / "b.md").write_text(f"---\ndate: 2014-05-08\naddress: https://example.org/b\n---\n{story}")
    addresses = [outcome.document.address for outcome in _read(tmp_path) if isinstance(outcome, Kept)]
    assert addresses == [None, "https://example.org/b"]


def test_the_same_bytes_make_the_same_document(tmp_path: Path, story: str) -> None:
    (tmp_path / "a.txt").write_text("8 May 2014\n\n" + story)
    assert _kept(_read(tmp_path)).document.id == _kept(_read(tmp_path)).document.id


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_end_in_one_fate(data: bytes) -> None:
    outcomes = _read("-", published=DAY, stdin=data)
    assert len(outcomes) == 1
    assert isinstance(outcomes[0], Kept | Refused), outcomes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(["good", "empty", "hidden", "binary", "undated"]), max_size=8))
def test_the_fates_add_up_to_what_was_there(kinds: list[str], tmp_path_factory: pytest.TempPathFactory, story: str) -> None:
    folder = tmp_path_factory.mktemp("read")
    made = {"good": b"8 May 2014\n\n" + story.encode(), "empty": b"", "hidden": b"x", "binary": b"\x00\x01", "undated": story.encode()}
    for number, kind in enumerate(kinds):
        (folder / (f".{number}" if kind == "hidden" else f"{number}.txt")).write_bytes(made[kind] + (f" {number}".encode() if made[kind] else b""))
    outcomes = _read(folder)
    told = sources.count(outcomes)
    visible = len(kinds) - kinds.count("hidden")
    assert told["kept"] == kinds.count("good")
    assert told["left_out"] == kinds.count("hidden")
    assert told["failed"] == 0
    assert told["kept"] + told["refused"] == max(visible, 1)
    assert sum(isinstance(outcome, LeftOut) for outcome in outcomes) == min(1, kinds.count("hidden"))
