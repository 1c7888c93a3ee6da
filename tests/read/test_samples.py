"""The two samples of the demonstration: dated, marked as samples, of an article's length, without furniture."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from detente.read import sources
from detente.read.outcomes import Kept, Limits

SAMPLES = Path(str(files("detente") / "data" / "samples"))


@pytest.mark.parametrize(("name", "day"), [("2014-05-12-moscow-and-pyongyang.md", date(2014, 5, 12)), ("2024-12-05-digest.html", date(2024, 12, 5))])
def test_a_sample_is_read_with_its_own_day_and_says_that_it_is_one(name: str, day: date) -> None:
    (kept,) = sources.read([str(SAMPLES / name)], published=None, source=None, limits=Limits(offline=True))
    assert isinstance(kept, Kept)
    assert kept.document.published == day
    assert "sample written for Detente" in kept.document.text and "sample written for Detente" in kept.document.source
    assert 500 <= len(kept.document.text.split()) <= 700
    assert not any(word in kept.document.text for word in ("Sign in", "Subscribe", "Most read", "Copyright", "---", "<p>"))


def test_both_samples_are_read_as_one_folder() -> None:
    outcomes = list(sources.read([str(SAMPLES)], published=None, source=None, limits=Limits(offline=True)))
    assert sources.count(outcomes) == {"kept": 2, "refused": 0, "failed": 0, "left_out": 0}
