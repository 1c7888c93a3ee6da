"""Records of an examination on a terminal: a column a field where they all fit, and otherwise what was when and between whom, the rest below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from detente.examine.questions import Answer
    from detente.examine.register import Examination, Record

LONGEST = 240
"""Characters of a cell; the whole stands in --json."""
NARROW = 23
"""A field at most so wide in all records can lead a line; an interval of days is."""
SHORT = 28
"""Fields at most so long share a line."""
FROM = 26
BETWEEN = " | "
"""What parts the records of one answer."""
AND_THEN = ", and then: "
SIDES = ("source", "target")


def table(shown: Examination, records: Sequence[Record], *, title: str, width: int) -> Table:
    """Records as rows of a table that is at most `width` characters wide, then where each stands."""
    from detente.examine.wording import cell

    rows = [{column: short(cell(getattr(record, column))) for column in shown.columns} for record in records]
    sources = [_sources(record) for record in records]
    told = [column for column in shown.columns if column in SIDES or any(row[column] for row in rows)]
    natural = {column: max([len(named(column)), *(len(row[column]) for row in rows)]) for column in told}
    if sum(natural.values()) + 3 * (len(natural) + 1) + FROM <= width:
        return _wide(rows, sources, told, title)
    return _narrow(rows, sources, natural, title)


def answers(found: Sequence[Answer]) -> Group:
    """Questions with what the ledger answers, record by record, and who made the records; at the end those that nothing known answers."""
    told = [part for answer in found if answer.how != "none" for part in _answered(answer)]
    silent = [Text(f"- {answer.question} {answer.answer}", style="dim") for answer in found if answer.how == "none"]
    return Group(*told, *([Text("\nnot answered by what is known", style="bold")] if silent else []), *silent)


def _answered(answer: Answer) -> Iterator[Text | Padding]:
    pieces = "1 piece" if len(answer.evidence) == 1 else f"{len(answer.evidence)} pieces"
    yield Text.assemble("\n", (answer.question, "bold"), (f"  {answer.how}, {pieces} of evidence", "dim"))
    before, then, told = answer.answer.rpartition(AND_THEN)
    if then:
        yield Padding(Text(f"- {before}", style="dim"), (0, 0, 0, 2))
    for part in told.split(BETWEEN):
        yield Padding(Text(f"- {short(part)}"), (0, 0, 0, 2))


def named(column: str) -> str:
    """A field's name as people say it."""
    return column.replace("_", " ")


def short(text: str, longest: int = LONGEST) -> str:
    """A text cut at its last whole word before so many characters."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def _wide(rows: Sequence[Mapping[str, str]], sources: Sequence[str], columns: Sequence[str], title: str) -> Table:
    made = _empty(title)
    for column in columns:
        made.add_column(named(column), no_wrap=True)
    made.add_column("from", min_width=FROM)
    for row, source in zip(rows, sources, strict=True):
        made.add_row(*(Text(row[column]) for column in columns), Text(source))
    return made


def _narrow(rows: Sequence[Mapping[str, str]], sources: Sequence[str], natural: Mapping[str, int], title: str) -> Table:
    first = next(iter(natural))
    lead = [first] if natural[first] <= NARROW else []
    sides = list(SIDES) if set(SIDES) <= natural.keys() else []
    rest = [column for column in natural if column not in (*lead, *sides)]
    made = _empty(title)
    for column in (*map(named, lead), *(["who"] if sides else [])):
        made.add_column(column, no_wrap=True)
    made.add_column(named(rest[0]), ratio=1)
    made.add_column("from", width=FROM)
    for row, source in zip(rows, sources, strict=True):
        between = [" > ".join(row[side] or "?" for side in SIDES)] if sides else []
        made.add_row(*(Text(row[column]) for column in lead), *map(Text, between), _told(row, rest), Text(source))
    return made


def _empty(title: str) -> Table:
    return Table(title=title, title_justify="left", box=box.HORIZONTALS, pad_edge=False, show_lines=True, title_style="bold")


def _told(row: Mapping[str, str], columns: Sequence[str]) -> Text:
    """The first field, and below it the others with their names, short ones together."""
    lines = [row[columns[0]], *_lines(row, [column for column in columns[1:] if row[column] != row[columns[0]]])]
    told = Text("\n".join(line for line in lines if line))
    for column in columns[1:]:
        told.highlight_words([f"{named(column)}: "], style="dim")
    return told


def _lines(row: Mapping[str, str], columns: Sequence[str]) -> Iterator[str]:
    together: list[str] = []
    for column in columns:
        text = f"{named(column)}: {row[column]}"
        if row[column] and len(text) <= SHORT:
            together.append(text)
        elif row[column]:
            yield text
    if together:
        yield " · ".join(together)


def _sources(record: Record) -> str:
    told = dict.fromkeys(f"{proof.publication}, {proof.known}" for proof in record.proofs)
    more = f" and {len(told) - 2} more" if len(told) > 2 else ""
    return f"{record.how}: " + "; ".join(list(told)[:2]) + more
