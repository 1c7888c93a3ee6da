"""A file that takes too long or too much costs itself and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from detente.read import apart
from detente.read.outcomes import Extract, Limits, Refusal

Page = Callable[..., str]
DATED = '<meta property="article:published_time" content="2014-05-08">'


def _one(reader: apart.Reader, data: bytes, kind: str = "html") -> apart.Answer:
    (answer,) = reader.extract(data, kind=kind, charset=None, address=None)
    return answer


def test_files_are_read_in_a_process_apart_one_after_the_other(page: Page, pdf: Callable[..., bytes]) -> None:
    with apart.Reader(limits=Limits()) as reader:
        first, second = _one(reader, page(head=DATED).encode()), _one(reader, pdf("They met in Moscow."), "pdf")
    assert isinstance(first, Extract) and first.published is not None and first.published.year == 2014
    assert isinstance(second, Extract) and second.text == "They met in Moscow."


def test_what_takes_too_long_is_ended_and_the_next_file_is_read(page: Page) -> None:
    with apart.Reader(limits=Limits(seconds=0.05)) as reader:
        late = _one(reader, page().encode())
    assert isinstance(late, Refusal) and late.reason == "too_complex"
    with apart.Reader(limits=Limits(seconds=3)) as patient:
        slow = _one(patient, b"<html><body>" + b"<div><a href='x'>" * 390 + b"x" * 100 + b"<a" * 4_000_000)
        read = _one(patient, page().encode())
    assert isinstance(slow, Refusal)
    assert isinstance(read, Extract)


def test_what_takes_too_much_memory_is_refused(word: Callable[..., bytes]) -> None:
    stream = io.BytesIO()
    body = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>" + b"<w:p/>" * 10_000_000
    with zipfile.ZipFile(io.BytesIO(word("x"))) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            new.writestr(name, body + b"</w:body></w:document>" if name == "word/document.xml" else old.read(name))
    with apart.Reader(limits=Limits(memory_bytes=500_000_000)) as reader:
        answer = _one(reader, stream.getvalue(), "docx")
    assert isinstance(answer, Refusal) and answer.reason in ("too_complex", "damaged")


def test_a_fault_of_the_program_comes_with_its_traceback(rss: Callable[..., bytes], story: str) -> None:
    with apart.Reader(limits=Limits(entries="two")) as reader:  # type: ignore[arg-type]
        fault = _one(reader, rss(("A", "", story)), "feed")
    assert isinstance(fault, apart.Fault) and "TypeError" in fault.traceback


def test_leaving_twice_or_unused_is_harmless() -> None:
    reader = apart.Reader(limits=Limits())
    with reader:
        pass
    with reader:
        pass


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "feed", "markdown"])
def test_no_bytes_are_refused_or_empty_in_every_format(kind: str) -> None:
    with apart.Reader(limits=Limits()) as reader:
        answer = _one(reader, b"", kind)
    assert isinstance(answer, Refusal) or (isinstance(answer, Extract) and answer.text == "")
