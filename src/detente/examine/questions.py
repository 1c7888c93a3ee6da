"""What an analyst can ask of two states: templates with slots, each answered from the ledger with the words that the answer rests on.

Templates live in data/questions/templates.csv: question and answer with {slots} that are fields of the records of an examination, `where` which
records count, `none` what to say without any. No template names a state, a person or a sentence. Records of the coder, of tables and of persons
answer apart, so that each row says where it comes from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from detente import ontology
from detente.errors import InputError
from detente.examine import lexicon, register
from detente.examine.material import How, Material, Proof
from detente.examine.register import Record
from detente.examine.wording import cell, named

LONGEST = 6
"""Records told in one answer, the latest; the evidence holds all."""
_SLOT = re.compile(r"\{(\w+)\}")
_CONDITION = re.compile(r"(?P<field>\w+)\s*(?:(?P<sign>!?=|~)\s*(?P<value>.*))?$")
_EMPTY = re.compile(r"([:;|]|\bdue)(?:\s*[,;])+")
_BEFORE = re.compile(r"(?:\s*,)?\s+:(?=\s)|,\s*:(?=\s)")
"""What is left of the marks around slots that were empty, after them and before a colon."""
PLAIN = ("measure", "kind", "about")
"""Fields that hold codes of the vocabulary, told with blanks."""
ACTORS = ("source", "target", "sender", "voter", "giver", "of", "partner", "host", "by", "parties", "state", "targets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A question with slots; `serves` are the numbers of the mechanisms of the project's list that it makes askable."""

    template: str
    question: str
    serves: tuple[int, ...]
    examination: str
    where: str
    answer: str
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question filled in and its answer; `how` none means that the ledger holds nothing of the kind, and `answer` says so."""

    template: str
    question: str
    serves: tuple[int, ...]
    answer: str
    evidence: tuple[Proof, ...]
    how: How


@cache
def templates() -> tuple[Template, ...]:
    """The shipped templates, in their order."""
    return tuple(
        Template(**{**row, "serves": tuple(int(number) for number in row["serves"].split())})  # type: ignore[arg-type]
        for row in lexicon.rows("templates")
    )


def ask(material: Material, *, chosen: Sequence[Template] | None = None) -> tuple[Answer, ...]:
    """Every template answered, in the order of the templates; records that fill the same question alike answer together."""
    wanted = templates() if chosen is None else chosen
    found = {name: register.examination(name).find(material) for name in dict.fromkeys(t.examination for t in wanted)}
    return tuple(answer for template in wanted for answer in _answers(template, found[template.examination], material))


def holds(record: Record, where: str) -> bool:
    """True when a record meets every condition: `field`, `!field`, `field=value`, `field!=value`, `field~pattern`, parted by semicolons.

    Raises InputError for a condition that is none of these or names a field that the record has not.
    """
    return all(_meets(record, part.strip()) for part in where.split(";") if part.strip())


def _meets(record: Record, condition: str) -> bool:
    absent = condition.startswith("!")
    found = _CONDITION.fullmatch(condition.removeprefix("!"))
    if found is None or not hasattr(record, found["field"]):
        raise InputError("a condition on a field of the record", came=f"{condition!r} came", do="mend templates.csv")
    text = cell(getattr(record, found["field"]))
    if found["sign"] is None:
        return (text in ("", "no")) == absent
    values = found["value"].split("|")
    if found["sign"] == "~":
        return re.search(found["value"], text, re.IGNORECASE) is not None
    return (text in values) == (found["sign"] == "=")


def _answers(template: Template, records: Sequence[Record], material: Material) -> Iterable[Answer]:
    groups: dict[tuple[str, How], list[Record]] = defaultdict(list)
    for record in records:
        if holds(record, template.where):
            groups[filled(template.question, record, material), record.how].append(record)
    for (question, how), held in groups.items():
        evidence = tuple({proof.id: proof for record in held for proof in record.proofs}.values())
        yield Answer(
            template=template.template,
            question=question,
            serves=template.serves,
            answer=_told(template, held, material),
            evidence=evidence,
            how=how,
        )
    if not groups:
        yield _silent(template, material)


def _silent(template: Template, material: Material) -> Answer:
    names = _names(material)
    question = _SLOT.sub(lambda slot: names.get(slot[1], _PLACEHOLDERS.get(slot[1], "…")), template.question)
    question = re.sub(r"[\[\]]", "", question)
    return Answer(
        template=template.template, question=question, serves=template.serves, answer=template.none.format_map(names), evidence=(), how="none"
    )


_PLACEHOLDERS: Mapping[str, str] = {"source": "one side", "target": "the other", "voter": "one side", "of": "one side", "partner": "the other"}


def _told(template: Template, held: Sequence[Record], material: Material) -> str:
    lines = list(dict.fromkeys(filled(template.answer, record, material) for record in held))
    shown = lines[-LONGEST:]
    before = f"{len(lines) - LONGEST} earlier, and then: " if len(lines) > LONGEST else ""
    return before + " | ".join(shown)


def filled(pattern: str, record: Record, material: Material) -> str:
    """The pattern with its slots filled; brackets around an empty slot are left out with it."""
    names = _names(material)

    def slot(found: re.Match[str]) -> str:
        name = found[1]
        if name in names:
            return names[name]
        value = getattr(record, name)
        return named(value) if name in ACTORS else cell(value).replace("_", " ") if name in PLAIN else cell(value)

    told = re.sub(r"\[([^\[\]]*)\]", lambda part: _optional(part[1], record, names), pattern)
    return _BEFORE.sub(":", _EMPTY.sub(r"\1", " ".join(_SLOT.sub(slot, told).split()))).rstrip(" :,;")


def share_told(pattern: str, record: Record, material: Material) -> float:
    """The share of a pattern's slots that a record fills, 0 to 1; 1 for a pattern without slots."""
    names = _names(material)
    slots = [name for name in _SLOT.findall(pattern) if name not in names]
    return sum(bool(cell(getattr(record, name))) for name in slots) / len(slots) if slots else 1.0


def _optional(part: str, record: Record, names: Mapping[str, str]) -> str:
    slots = [name for name in _SLOT.findall(part) if name not in names]
    return part if all(cell(getattr(record, name)) for name in slots) else ""


def _names(material: Material) -> dict[str, str]:
    a, b = (ontology.state_name(state) for state in material.dyad)
    return {"a": a, "b": b, "as_of": str(material.as_of)}
