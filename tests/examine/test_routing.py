from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import made
from detente import pipeline
from detente.coding.encoder import Encoder, Floats
from detente.errors import QuestionError
from detente.examine import questions, routing
from detente.examine.material import Material
from detente.records import Verdict

NOW = "2024-01-01T00:00:00Z"
DAY = date(2020, 12, 31)
ROWS = [
    made.act(
        "minister", "2019-03-04", text="Aino Virtanen, Foreign Minister of Finland, visited Reykjavik.", people="Aino Virtanen | Foreign Minister | 4"
    ),
    made.act(
        "treaty",
        "2019-05-01",
        kind="agreement",
        text="Finland and Iceland signed a treaty on fisheries in Turku.",
        details="rung=treaty_signed; step=signed; scope=fisheries",
    ),
    made.act(
        "ban",
        "2018-01-01",
        kind="sanction",
        text="Finland banned the import of Icelandic herring.",
        target="ISL",
        details="form=decree; scope=herring",
    ),
]


@cache
def encoder() -> Encoder:
    return Encoder.load()


def embed(texts: Sequence[str]) -> Floats:
    return encoder().embed(texts)


def loaded(folder: Path) -> Path:
    pipeline.load_case(made.case(folder / "case", acts=ROWS, graded="full"), data=folder / "data", now=NOW)
    return folder / "data"


def asked(text: str, data: Path) -> pipeline.Enquiry:
    found = pipeline.ask(text, data=data, as_of=DAY, today=DAY)
    assert isinstance(found, pipeline.Enquiry)
    return found


@pytest.mark.parametrize(
    ("text", "template", "quote"),
    [
        ("Who went from Finland to Iceland, and when?", "visit.who", "Aino Virtanen"),
        ("Which treaty did they sign?", "agreement.what", "fisheries"),
        ("What is forbidden by Finland?", "ban.what", "herring"),
    ],
)
def test_a_question_in_free_words_reaches_the_examination_that_answers_it(tmp_path: Path, text: str, template: str, quote: str) -> None:
    found = asked(text, loaded(tmp_path)).found
    assert found[0].template == template
    assert quote in " ".join(proof.quote for proof in found[0].proofs)
    assert all(proof.quote for passage in found for proof in passage.proofs)


def test_a_question_about_a_stage_still_asks_for_the_verdict(tmp_path: Path) -> None:
    found = pipeline.ask("Are Finland and Iceland at a new stage?", data=loaded(tmp_path), as_of=DAY, today=DAY)
    assert isinstance(found, Verdict)


def test_what_nothing_answers_is_refused_with_the_way_on(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="detente questions"):
        asked("Quorum zygote?", loaded(tmp_path))


def test_nothing_known_later_answers(tmp_path: Path) -> None:
    data = loaded(tmp_path)
    assert asked("Which treaty did they sign?", data).found
    with pytest.raises(QuestionError, match="nothing known by 2019-04-01"):
        pipeline.ask("Which treaty did they sign?", data=data, as_of=date(2019, 4, 1), today=DAY)


def test_without_acts_nothing_is_found() -> None:
    assert routing.find("Who came?", Material(("FIN", "ISL"), DAY), embed) == ()


def test_the_same_question_gives_the_same_answer_twice(tmp_path: Path) -> None:
    data = loaded(tmp_path)
    assert asked("Who came?", data) == asked("Who came?", data)


def test_each_answer_stands_once(tmp_path: Path) -> None:
    found = asked("Which treaty did they sign in Turku?", loaded(tmp_path)).found
    assert len({passage.answer for passage in found}) == len(found)


def test_every_phrasing_is_of_a_template() -> None:
    names = {template.template for template in questions.templates()}
    assert {row["template"] for row in routing.phrasings()} <= names


def test_words_are_stems_with_months_by_name() -> None:
    assert routing.words("They visited on 2014-03-21, visiting the DPRK.") == frozenset({"visit", "2014", "03", "march", "21", "dprk"})
    assert routing.words("") == frozenset()


def test_a_flat_encoder_does_not_break_the_ranking(tmp_path: Path) -> None:
    data = loaded(tmp_path)
    held = pipeline.known(data, as_of=DAY)
    seen = Material(("FIN", "ISL"), DAY, held.acts, held.coverage)
    flat = routing.find("herring", seen, lambda texts: np.zeros((len(texts), 4), dtype=np.float32))
    assert "herring" in flat[0].answer
