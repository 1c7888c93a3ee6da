from __future__ import annotations

import json
import re
from datetime import date

import pytest

from detente.publish import references
from detente.publish.chicago import Work

NASTY = "50% of {A} & _B_ $#~^\\ “C”\nЪ 조선"
WORKS = (
    Work(1, "The Gazette", "A plain title", date(2014, 5, 8), False, "https://example.org/a?b=1&c=2", ("act:1", "act:2")),
    Work(2, NASTY, NASTY, date(2013, 1, 31), True, "https://example.org/{x}/y z", ("act:3",)),
    Work(3, "Газета", None, None, False, None, ("act:4",)),
    Work(4, "The Herald", None, date(2012, 2, 29), False, "an attic", ("act:5",)),
)
UNTEX = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", **{f"\\{c}": c for c in "&%$#_{}"}}


def untex(text: str) -> str:
    marks = "|".join(re.escape(mark) for mark in sorted(UNTEX, key=len, reverse=True))
    return re.sub(marks, lambda m: UNTEX[m.group()], text)


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Entries with their fields, read by counting braces as BibTeX does."""
    entries = []
    for body in re.split(r"^@misc\{", text, flags=re.MULTILINE)[1:]:
        key, rest = body.split(",", 1)
        found = {"key": key}
        for name, start in [(m.group(1), m.end()) for m in re.finditer(r"^  (\w+) = ", rest, re.MULTILINE)]:
            if rest[start] != "{":
                found[name] = re.split(r"[,\n]", rest[start:], maxsplit=1)[0]
                continue
            depth, at = 0, start
            while True:
                depth += {"{": 1, "}": -1}.get(rest[at], 0) if rest[at - 1] != "\\" else 0
                at += 1
                if depth == 0:
                    break
            found[name] = rest[start + 1 : at - 1]
        entries.append(found)
    return entries


def read_ris(text: str) -> list[dict[str, str]]:
    records = [block for block in text.split("ER  - \r\n") if block]
    return [dict(line.split("  - ", 1) for line in block.split("\r\n") if line) for block in records]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_bibtex_comes_back() -> None:
    found = read_bibtex(references.bibtex(WORKS))
    assert [each["key"] for each in found] == ["the2014-1", "502013-2", "worknd-3", "the2012-4"]
    assert [untex(each["title"][1:-1]) for each in found] == ["A plain title", plain(NASTY), "[Untitled text]", "[Untitled text of 29 February 2012]"]
    assert [untex(each["howpublished"]) for each in found] == [plain(work.publication) for work in WORKS]
    assert (found[0]["year"], found[0]["month"], found[0]["day"], found[0]["url"]) == ("2014", "may", "8", WORKS[0].address)
    assert found[1]["url"] == "https://example.org/%7Bx%7D/y%20z"
    assert "year" not in found[2]
    assert "url" not in found[2]
    assert untex(found[1]["note"]) == "The day is assumed. Cited for act:3"


def test_ris_comes_back() -> None:
    found = read_ris(references.ris(WORKS))
    assert [each["TY"] for each in found] == ["NEWS", "NEWS", "GEN", "NEWS"]
    assert [each["T2"] for each in found] == [plain(work.publication) for work in WORKS]
    assert (found[0]["TI"], found[0]["PY"], found[0]["DA"], found[0]["UR"]) == ("A plain title", "2014", "2014/05/08/", WORKS[0].address)
    assert found[0]["N1"] == "Cited for act:1, act:2"
    assert all(next(iter(each)) == "TY" for each in found)


def test_csl_json_comes_back() -> None:
    found = json.loads(references.csl_json(WORKS))
    assert [each["id"] for each in found] == [references.key(work) for work in WORKS]
    assert found[1]["issued"] == {"date-parts": [[2013, 1, 31]], "circa": True}
    assert found[1]["title"] == plain(NASTY)
    assert "issued" not in found[2]


@pytest.mark.parametrize("form", references.FORMS.values())
def test_no_works_are_an_empty_file_of_its_kind(form: object) -> None:
    assert callable(form)
    assert form(()) in ("", "[]\n")


def test_keys_are_apart() -> None:
    assert len({references.key(work) for work in WORKS}) == len(WORKS)
