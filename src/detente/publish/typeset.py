"""A brief as PDF on A4, set by Typst without a browser, and its pictures as PNG. No network; the same brief gives the same bytes.

The letters come with the typesetter (Latin, Greek, Cyrillic, Hebrew) and with the program (Hangul), so that every machine prints the same. Only a
brief with words in other scripts also asks for the fonts of the machine. The day in the file is the as-of day.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from detente.publish.brief import Brief, Note, Row, Section, Sentence

SHIPPED = ((0x0000, 0x052F), (0x0590, 0x05FF), (0x1E00, 0x2BFF), (0xFB00, 0xFB4F), (0xFE00, 0xFE0F), (0xFFFD, 0xFFFD))
"""Code points of the scripts that the typesetter's own letters cover, ends included."""
_PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 480pt)'


def pdf(brief: Brief) -> bytes:
    """The brief as PDF."""
    source = (files("detente") / "data" / "templates" / "brief.typ").read_bytes()
    packed = json.dumps(content(brief), ensure_ascii=False)
    return bytes(typst.compile(source, format="pdf", font_paths=_fonts(covered(packed)), sys_inputs={"brief": packed}))


def png(svg: str, *, ppi: float = 200) -> bytes:
    """A picture in dots, for programs that draw no SVG; `ppi` dots an inch at 480 points wide."""
    return bytes(typst.compile(_PICTURE, format="png", ppi=ppi, font_paths=_fonts(covered(svg)), sys_inputs={"svg": svg}))


def said(brief: Brief) -> str:
    """SHA-256 over what the PDF says and draws, whatever the typesetter makes of it."""
    return hashlib.sha256(json.dumps(content(brief), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def covered(text: str) -> bool:
    """True when the letters that come with the typesetter and the program are enough.

    >>> covered("Ракеты, Πύραυλοι, 조선"), covered("中国")
    (True, False)
    """
    return all(any(low <= ord(letter) <= high for low, high in SHIPPED) or _is_hangul(letter) for letter in set(text))


@cache
def _fonts(shipped: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=not shipped, font_paths=[str(files("detente") / "data" / "fonts")])


def _is_hangul(letter: str) -> bool:
    """One of the 2,350 syllables of KS X 1001 or a letter; the codec writes others in more than two bytes."""
    if "\u3131" <= letter <= "\u3163":
        return True
    try:
        return "가" <= letter <= "힣" and len(letter.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


def content(brief: Brief) -> dict[str, Any]:
    """The brief as plain data with its marks resolved; each mark is a text and the note that it leads to."""
    named = ("dimension", "found", "likelihood", "confidence")
    return {
        "title": brief.title, "as_of": brief.as_of, "call": brief.call, "version": brief.version,
        "day": [brief.day.year, brief.day.month, brief.day.day],
        "glance": [{**{name: getattr(row, name) for name in named}, "marks": marks(brief, row)} for row in brief.glance],
        "figures": [{"svg": drawn.svg, "caption": drawn.caption} for drawn in brief.figures],
        "sections": [_section(brief, section) for section in brief.sections],
        "bases": [{"mark": label, "target": f"b-{label}", "text": basis.text, "marks": numbered(brief, basis.acts)} for label, basis in brief.bases],
        "named": [_note(note) for note in brief.notes if note.key],
        "further": [_note(note) for note in brief.notes if not note.key],
    }  # fmt: skip


def marks(brief: Brief, said: Sentence | Row) -> list[dict[str, str]]:
    """What stands raised behind a sentence: numbers of the acts that it names, letters of the bodies behind it."""
    named = said.acts if isinstance(said, Sentence) else ()
    return [*numbered(brief, named), *({"text": label, "target": f"b-{label}"} for label in brief.labels(said))]


def numbered(brief: Brief, acts: tuple[str, ...]) -> list[dict[str, str]]:
    """Runs of note numbers as marks; a run leads to its first note."""
    return [{"text": str(a) if a == b else f"{a}–{b}", "target": f"n-{a}"} for a, b in brief.ranges(acts)]


def _section(brief: Brief, section: Section) -> dict[str, Any]:
    statements = [[_sentence(brief, one) for one in said] for said in section.statements]
    return {"title": section.title, "listed": section.listed, "statements": statements}


def _sentence(brief: Brief, said: Sentence) -> dict[str, Any]:
    return {"text": said.text, "marks": marks(brief, said)}


def _note(note: Note) -> dict[str, Any]:
    return {"mark": str(note.number), "target": f"n-{note.number}", "runs": [{"text": run.text, "style": run.style} for run in note.runs]}
