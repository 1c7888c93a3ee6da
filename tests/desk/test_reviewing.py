"""The addresses of review without a browser: what a change needs, what the filters do, and what is hidden from a second reviewer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from detente import dates, pipeline
from detente.desk.application import application
from detente.keep.ledger import Reader, Writer
from detente.records import Claim, Document, Party

HERE = "http://127.0.0.1:8765"
NOW = "2024-01-01T00:00:00Z"


def told(number: int, day: int) -> tuple[Document, Claim]:
    doc = Document(text=f"Paper {number} says: Finland's <i>minister</i> met Iceland's.", source=f"Paper {number}", published=date(2019, 5, day))
    claim = Claim(
        kind="meeting" if number < 3 else "agreement",
        spans=(doc.span(0, len(doc.text)),), source=(Party(state="FIN"),), target=(Party(state="ISL"),),
        valid=dates.day(date(2019, 5, day)), known=doc.published, made_by="coder",
    )  # fmt: skip
    return doc, claim


TOLD = [told(1, 4), told(2, 5), told(3, 6)]
FIRST, SECOND, THIRD = (claim.id for _, claim in TOLD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        for doc, claim in TOLD:
            writer.add_document(doc)
            writer.add_claim(claim)
            writer.add_coding(doc.id, [claim.id], now=NOW)
    return tmp_path


@pytest.fixture
def desk(folder: Path) -> Iterator[TestClient]:
    with TestClient(application(folder), base_url=HERE, follow_redirects=False) as client:
        yield client


def post(desk: TestClient, path: str, **form: str) -> tuple[int, str]:
    found = re.search(r'name="csrf" value="([^"]+)"', desk.get("/bring").text)
    assert found
    answer = desk.post(path, data={"csrf": found[1], "reviewer": "Ann", **form}, headers={"origin": HERE})
    return answer.status_code, answer.headers.get("location", "")


def shown(desk: TestClient, query: str = "") -> dict[str, Any]:
    return dict(desk.get(f"/review.json?{query}").json()["claim"])


def decisions(folder: Path) -> int:
    with Reader.open(folder) as ledger:
        return ledger.counts()["reviews"] + ledger.counts()["merges"]


@pytest.mark.parametrize("path", ["/review", "/review/undo", "/review/join", "/review/split"])
def test_no_change_is_made_without_the_secret_a_name_and_the_same_origin(desk: TestClient, folder: Path, path: str) -> None:
    form = {"claim": FIRST, "decision": "accepted", "act": "act:none"}
    assert post(desk, path, **form, csrf="guessed")[0] == 403
    assert desk.post(path, data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert post(desk, path, **form, reviewer="  ")[0] == 400
    assert desk.get(path).status_code == (200 if path == "/review" else 405)
    assert decisions(folder) == 0


def test_what_cannot_be_changed_is_told_and_nothing_is_kept(desk: TestClient, folder: Path) -> None:
    assert post(desk, "/review", claim=FIRST, decision="retracted")[0] == 400
    assert post(desk, "/review", claim=FIRST, decision="edited")[0] == 400
    assert post(desk, "/review", claim="clm:none", decision="accepted")[0] == 404
    assert post(desk, "/review/undo", claim=FIRST)[0] == 400
    assert post(desk, "/review/join", claim=FIRST, act="act:none")[0] == 400
    assert post(desk, "/review/join", claim="clm:none", act="act:none")[0] == 400
    assert post(desk, "/review/split", claim=THIRD)[0] == 400
    assert decisions(folder) == 0


def test_the_way_back_keeps_the_filters_and_leads_nowhere_else(desk: TestClient) -> None:
    status, location = post(desk, "/review", claim=FIRST, decision="accepted", where="a=FIN&state=all&q=met+by&next=http://evil.example")
    assert (status, location) == (303, f"/review?a=FIN&q=met+by&state=all&after={FIRST.replace(':', '%3A')}")
    for where in ("//evil.example", "state=nothing", "a=" + "x" * 5000, "%00&&&=", "q=\r\nlocation: http://evil.example"):
        _, location = post(desk, "/review", claim=FIRST, decision="disputed", where=where)
        assert re.fullmatch(r"/review\?[\w=&%+.:-]*", location), location


def test_a_join_moves_the_claim_and_a_split_takes_the_namer_out(desk: TestClient, folder: Path) -> None:
    assert shown(desk)["id"] == FIRST
    own = shown(desk, f"claim={THIRD}")
    assert own["act"] == {"id": own["act"]["id"], "others": []}
    (near,) = own["nearby"]
    assert (near["key"], near["claims"], near["publications"]) == ("1", 2, ["Paper 1", "Paper 2"])
    assert post(desk, "/review/join", claim=THIRD, act=near["act"], reason="one and the same")[0] == 303
    assert set(shown(desk, f"claim={THIRD}")["act"]["others"]) == {FIRST, SECOND}
    assert post(desk, "/review/split", claim=FIRST)[0] == 303
    assert sorted(len(act.claims) for act in pipeline.grouped(folder)[0]) == [1, 2]
    assert shown(desk, f"claim={FIRST}")["act"]["others"] == []
    assert post(desk, "/review/undo", claim=FIRST)[0] == 303
    assert [len(act.claims) for act in pipeline.grouped(folder)[0]] == [3]


def test_a_second_reviewer_sees_the_proposal_and_not_what_the_first_made_of_it(desk: TestClient) -> None:
    post(desk, "/review", claim=FIRST, decision="edited", edits="place=Oslo\nkind=visit", reason="it was there")
    desk.cookies.clear()
    desk.cookies.set("reviewer", "Bo")
    blind = shown(desk, "state=mine")
    assert (blind["id"], blind["hidden"], blind["reviews"]) == (FIRST, True, [])
    assert blind["fields"]["place"] == "" and blind["fields"]["kind"] == "meeting"
    assert "it was there" not in desk.get("/review?state=mine").text
    assert desk.get("/review.json?state=mine").json()["progress"] == {"decided": 0, "of": 3}
    plain = shown(desk, f"claim={FIRST}")
    assert plain["fields"]["place"] == "Oslo" and plain["reviews"][0]["reason"] == "it was there"
    post(desk, "/review", claim=FIRST, decision="accepted", reviewer="Bo", where="state=mine")
    assert shown(desk, f"state=mine&claim={FIRST}")["hidden"] is False
    assert shown(desk, "state=mine")["id"] == SECOND
    agreed = desk.get("/review/agreement.json").json()
    assert agreed["claims"] == 1 and [each["field"] for each in agreed["differing"]] == ["decision", "kind", "place"]
    assert "Bo: accepted" in desk.get("/review/agreement").text


@pytest.mark.parametrize("query", ["state=perhaps", "made_by=nobody", "a=nowhere", "kind=none", "status=none", "q=" + "x" * 500, "claim=clm:none"])
def test_what_an_address_cannot_mean_is_told(desk: TestClient, query: str) -> None:
    assert desk.get(f"/review?{query}").status_code in (400, 422)


def test_next_goes_round_and_a_claim_passed_over_comes_back(desk: TestClient) -> None:
    seen = [FIRST]
    for _ in range(3):
        seen.append(str(shown(desk, f"after={seen[-1]}")["id"]))
    assert seen == [FIRST, SECOND, THIRD, FIRST]
    post(desk, "/review", claim=SECOND, decision="rejected")
    assert shown(desk, f"after={SECOND}")["id"] == THIRD
    assert shown(desk, f"after={FIRST}")["id"] == THIRD


def test_names_and_words_are_escaped(desk: TestClient) -> None:
    post(desk, "/review", claim=FIRST, decision="rejected", reviewer="<script>alert(1)</script>", reason="<b>no</b>")
    for path in (f"/review?claim={FIRST}", "/review/agreement", "/review?q=%3Cscript%3E&publication=%22%3E%3Cscript%3E"):
        page = desk.get(path).text
        assert "<script>" not in page and "<b>no" not in page and "<i>minister" not in page


def test_an_empty_ledger_has_nothing_to_review_or_compare(tmp_path: Path) -> None:
    with TestClient(application(tmp_path / "none"), base_url=HERE) as client:
        assert "Nothing is left" in client.get("/review").text
        assert "Nobody has decided" in client.get("/review/agreement").text
    assert not (tmp_path / "none").exists(), "looking makes nothing"
