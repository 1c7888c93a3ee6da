import json
import shutil
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from detente.cli import app
from detente.cli import code as command
from detente.coding import claims, parser
from detente.errors import InputError, SourceError
from detente.pipeline import texts as texts_of
from detente.records import Document

ROWS = [
    {"id": "a", "text": "Peruvian President Luis Vega visited Oslo on Monday.", "date": "2014-05-08"},
    {"id": "b", "text": ""},
    {"id": "c", "text": "Chile attacked Bolivia."},
]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["code", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_every_row_comes_back_with_its_events(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(str(texts), "-o", str(out))
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["events"][0]["source"] == ["PER"] and rows[1]["events"] == []
    assert not out.with_name("out.jsonl.progress").exists()


def test_flat_rows_carry_the_document(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(str(texts), "-o", str(out), "--flat")
    assert {json.loads(line)["doc_id"] for line in out.read_text(encoding="utf-8").splitlines()} == {"a", "c"}


def test_killed_run_goes_on_where_it_was(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    form = command.Form(flat=False, explain=False)
    command.Run(texts, whole, None).write(claims.load(), form, processes=1)
    seen: list[str] = []
    lines = texts_of.lines

    def stopping(name: str, *rest: object, **named: object) -> str:
        if name == "b" and not seen:
            seen.append(name)
            raise KeyboardInterrupt
        return str(lines(name, *rest, **named))  # type: ignore[arg-type]

    monkeypatch.setattr(texts_of, "lines", stopping)
    with pytest.raises(KeyboardInterrupt):
        command.Run(texts, cut, None).write(claims.load(), form, processes=1)
    cut.write_bytes(cut.read_bytes() + b'{"id": "b", "ev')
    command.Run(texts, cut, None).write(claims.load(), form, processes=1)
    assert cut.read_bytes() == whole.read_bytes()


def test_one_sentence_is_explained() -> None:
    shown = run("--sentence", "Peru attacked Norway.", "--date", "2014-05-08")
    assert "ASSAULT" in shown and "PER -> NOR" in shown and "why: rule" in shown


def test_silence_is_explained() -> None:
    assert "silent (nobody_named)" in run("--sentence", "The weather was fine.")


def test_nothing_to_code_is_refused() -> None:
    with pytest.raises(InputError):
        command.code()


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": 1}', '{"id": 1, "text": 2}'])
def test_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 1"):
        list(texts_of.rows(path, None))


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        list(texts_of.rows(tmp_path / "nowhere.jsonl", None))


def test_the_same_input_with_other_content_is_coded_anew(tmp_path: Path) -> None:
    texts, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts.write_text(json.dumps({"id": "1", "text": "Chile attacked Bolivia."}) + "\n", encoding="utf-8")
    command.Run(texts, out, None).write(claims.load(), command.Form(flat=False, explain=False), processes=1)
    done = out.read_bytes()
    mark = out.with_name("out.jsonl.progress")
    mark.write_text(f"{'0' * 64} another None False\n1\n{len(done)}\n", encoding="utf-8")
    texts.write_text(json.dumps({"id": "1", "text": "Peru condemned Chile."}) + "\n", encoding="utf-8")
    command.Run(texts, out, None).write(claims.load(), command.Form(flat=False, explain=False), processes=1)
    assert [event["class"] for event in json.loads(out.read_text(encoding="utf-8"))["events"]] == ["ACCUSE"]


def test_a_user_s_own_table_reaches_every_process(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,state,form\nZanzigov,TZA,group\n", encoding="utf-8")
    docs = [Document(text=f"Zanzigov attacked Kenya on day {n}.", source="t", language="en") for n in range(6)]
    coder = claims.load(own_actors=own)
    assert list(coder.code_many(docs, processes=2)) == [coder.code(doc) for doc in docs]
    assert {party.state for party in coder.code(docs[0]).claims[0].source} == {"TZA"}


def test_another_model_can_be_given_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    shipped = Path(spacy.load(parser.MODEL).path)
    doc = Document(text="Chile attacked Bolivia.", source="t", language="en")
    assert claims.load(model=shipped).code(doc) == claims.load().code(doc)
    with pytest.raises(InputError, match="a spaCy model of English"):
        claims.load(model=tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_writes_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'detente[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no java on the path, which Spark runs on")
    with texts.open("a", encoding="utf-8") as more:
        more.writelines(json.dumps({"id": f"é{n}", "text": f"Peru condemned Chile on day {n}. \ud800 {n}"}) + "\n" for n in range(20))
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    form = command.Form(flat=True, explain=False)
    command.Run(texts, here, None).write(claims.load(), form)
    command.Run(texts, there, None).write(claims.load(), form, engine="local[2]")
    assert there.read_bytes() == here.read_bytes()
    assert here.read_bytes().count(b"\n") > 20


@pytest.mark.parametrize("options", [("--engine", "duckdb", "-o", "out"), ("--engine", "spark"), ("--engine", "spark", "--explain", "-o", "out")])
def test_only_a_cluster_can_be_named_and_only_for_a_file(texts: Path, options: tuple[str, ...]) -> None:
    found = CliRunner().invoke(app, ["code", str(texts), *options])
    assert isinstance(found.exception, InputError)
