import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente import pipeline
from detente.desk import views
from detente.desk.application import application
from detente.desk.guard import MAX_BYTES
from detente.keep.ledger import Writer
from detente.records import Claim, Document

HERE = "http://127.0.0.1:8765"
NASTY = "<script>alert(1)</script> Russia and North Korea signed a treaty."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Writer.open(tmp_path / "data") as writer, writer.transaction():
        doc = Document(text=NASTY, source="<b>Press</b>", title="<script>x</script>")
        writer.add_document(doc)
        claim = Claim(kind="act", spans=(doc.span(26, 61),), source=(), target=(), made_by="coder")
        writer.add_claim(claim)
        writer.add_coding(doc.id, [claim.id], now="2024-01-01T00:00:00Z")
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[TestClient]:
    with TestClient(application(folder), base_url=HERE, follow_redirects=False) as client:
        yield client


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/bring").text)
    assert found
    return found[1]


def proposed(folder: Path) -> str:
    return pipeline.claims(folder, proposed=True)[0].stored


def test_a_name_that_is_not_ours_is_refused(desk: TestClient) -> None:
    assert desk.get("/", headers={"host": "evil.example"}).status_code == 421
    assert desk.get("/", headers={"host": "127.0.0.1.evil.example:8765"}).status_code == 421
    assert desk.get("/", headers={"host": "[::"}).status_code == 421
    assert desk.get("/").status_code == 200


def test_a_stranger_off_the_loopback_needs_the_token(folder: Path) -> None:
    with TestClient(application(folder, host="0.0.0.0", token="a-long-secret-token"), base_url="http://10.0.0.5:8765") as client:
        assert client.get("/sources").status_code == 401
        assert client.get("/sources", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/sources", headers={"authorization": "Bearer a-long-secret-token"}).status_code == 200
        assert client.get("/", headers={"host": "evil.example", "authorization": "Bearer a-long-secret-token"}).status_code == 421
        assert client.get("/sources?token=a-long-secret-token").status_code == 200
        assert client.get("/sources").status_code == 200, "the token is remembered"


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1:8765", "http://127.0.0.1:9999"])
def test_a_change_from_another_origin_is_refused(desk: TestClient, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": origin}
    assert desk.post("/case", data={"csrf": csrf(desk), "name": "russia-dprk"}, headers=headers).status_code == 403


def test_a_change_without_the_secret_of_the_page_is_refused(desk: TestClient, folder: Path) -> None:
    form = {"csrf": "guessed", "claim": proposed(folder), "decision": "accepted", "reviewer": "Ann"}
    assert desk.post("/review", data=form, headers={"origin": HERE}).status_code == 403
    assert pipeline.claims(folder, proposed=True), "nothing was decided"


def test_text_and_titles_are_shown_and_never_run(desk: TestClient, folder: Path) -> None:
    key = pipeline.claims(folder)[0].claim.spans[0].document
    page = desk.get(f"/document/{key}").text
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>" not in page
    assert "<b>Press" not in desk.get("/sources").text


def test_every_answer_forbids_foreign_and_inline_script(desk: TestClient) -> None:
    for path in ("/", "/assets/desk.js", "/nowhere", "/review.json"):
        headers = desk.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_no_page_holds_inline_script_or_style(desk: TestClient) -> None:
    for path in ("/", "/review", "/bring", "/sources", "/ask"):
        assert not re.search(r"<style|<script(?! src=\"/assets/)|\sstyle=|\son\w+=", desk.get(path).text), path


def test_an_upload_is_bounded(desk: TestClient) -> None:
    headers = {"origin": HERE, "content-length": str(MAX_BYTES + 1), "content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/bring", content=b"", headers=headers).status_code == 413
    assert desk.post("/bring", content=iter([b"x"]), headers={"origin": HERE}).status_code == 411


OUTSIDE = ("/assets/../application.py", "/assets/%2e%2e/application.py", "/document/..%2f..%2fetc%2fpasswd", "/assets//etc/passwd")


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leaves_its_folder(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_a_case_is_opened_by_its_name_only(desk: TestClient) -> None:
    answer = desk.post("/case", data={"csrf": csrf(desk), "name": "../../etc"}, headers={"origin": HERE})
    assert answer.status_code == 404


def test_faults_are_problem_details_for_data_and_pages_for_people(desk: TestClient) -> None:
    answer = desk.get("/sources.json?as_of=yesterday")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 400
    assert "What to do" in desk.get("/sources?as_of=2999-01-01").text


def test_a_page_that_the_reader_has_is_not_sent_again_until_the_ledger_changes(desk: TestClient, folder: Path) -> None:
    tag = desk.get("/review").headers["etag"]
    assert desk.get("/review", headers={"if-none-match": tag}).status_code == 304
    form = {"csrf": csrf(desk), "claim": proposed(folder), "decision": "rejected", "reviewer": "Ann", "reason": "no"}
    assert desk.post("/review", data=form, headers={"origin": HERE}).status_code == 303
    assert desk.get("/review", headers={"if-none-match": tag}).status_code == 200


def test_a_decision_is_kept_with_its_reason_and_can_be_taken_anew(desk: TestClient, folder: Path) -> None:
    key = proposed(folder)
    for decision in ("rejected", "accepted"):
        form = {"csrf": csrf(desk), "claim": key, "decision": decision, "reviewer": "Ann Lee", "reason": f"why {decision}"}
        assert desk.post("/review", data=form, headers={"origin": HERE}).status_code == 303
    told = desk.get(f"/review.json?claim={key}").json()["claim"]["reviews"]
    assert [(each["decision"], each["reviewer"], each["reason"]) for each in told] == [
        ("rejected", "Ann Lee", "why rejected"),
        ("accepted", "Ann Lee", "why accepted"),
    ]
    assert pipeline.claims(folder)[0].accepted


def test_an_empty_ledger_offers_the_shipped_cases(tmp_path: Path) -> None:
    with TestClient(application(tmp_path / "none"), base_url=HERE) as client:
        assert "The ledger is empty" in client.get("/").text
        assert client.get("/sources").status_code == 404
        assert client.get("/review").status_code == 200
        assert client.get("/start.json").json()["shipped"] == list(views.shipped())
    assert not (tmp_path / "none").exists(), "looking makes nothing"


def test_a_file_that_goes_away_between_two_looks_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"held")
    beside, over = tmp_path / "ledger.sqlite-wal", threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            beside.write_bytes(b"x")
            beside.unlink()

    going = threading.Thread(target=come_and_go)
    going.start()
    try:
        assert {len(views.seen(tmp_path).stamp) for _ in range(5000)} <= {2, 4}
    finally:
        over.set()
        going.join()
