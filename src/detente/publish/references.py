"""The works that a brief cites as BibTeX, RIS and CSL-JSON, for reference managers. Each entry names the acts that the work is cited for.

A text without a title of its own gets a description in square brackets, as Chicago has it for untitled works.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from detente.publish.chicago import Work, line

_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", **{c: f"\\{c}" for c in "&%$#_"}}
_ADDRESS = "%:/?#@!$&'()*+,;=-._~"


def bibtex(works: Sequence[Work]) -> str:
    """One @misc entry a work; special characters are escaped, letters of all scripts stay as they are (UTF-8)."""
    return "\n".join(_entry(work) for work in works)


def ris(works: Sequence[Work]) -> str:
    """One record a work: NEWS where it has an address or a day, else GEN; lines end in CR LF."""
    return "".join("".join(f"{tag}  - {value}\r\n" for tag, value in _tagged(work)) for work in works)


def csl_json(works: Sequence[Work]) -> str:
    """An array of CSL items."""
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Callable[[Sequence[Work]], str]] = {".bib": bibtex, ".ris": ris, ".json": csl_json}
"""The form of each file's ending."""


def title(work: Work) -> str:
    """The title, or a description in square brackets."""
    if work.title is not None:
        return line(work.title)
    return "[Untitled text]" if work.published is None else f"[Untitled text of {work.published.day} {work.published:%B %Y}]"


def key(work: Work) -> str:
    """The entry's key: the publication's first word, the year and the work's number."""
    word = re.sub(r"[^A-Za-z0-9]", "", work.publication.split()[0]) if work.publication.split() else ""
    return f"{word.lower() or 'work'}{work.published.year if work.published else 'nd'}-{work.number}"


def _entry(work: Work) -> str:
    day = work.published
    fields = {
        "title": f"{{{_tex(title(work))}}}",
        "howpublished": _tex(work.publication),
        **({} if day is None else {"year": str(day.year), "month": day.strftime("%b").lower(), "day": str(day.day)}),
        **({} if work.address is None else {"url": _address(work.address)}),
        "note": _tex(_note(work)),
    }
    bare = {"month"}
    lines = ",\n".join(f"  {name} = {value if name in bare else f'{{{value}}}'}" for name, value in fields.items())
    return f"@misc{{{key(work)},\n{lines}\n}}\n"


def _tagged(work: Work) -> list[tuple[str, str]]:
    dated = [] if work.published is None else [("PY", str(work.published.year)), ("DA", f"{work.published:%Y/%m/%d}/")]
    placed = [] if work.address is None else [("UR", _address(work.address))]
    kind = "GEN" if work.published is None and work.address is None else "NEWS"
    return [
        ("TY", kind), ("ID", key(work)), ("TI", title(work)), ("T2", line(work.publication)),
        *dated, *placed, ("N1", _note(work)), ("ER", ""),
    ]  # fmt: skip


def _item(work: Work) -> dict[str, object]:
    found: dict[str, object] = {"id": key(work), "type": "article-newspaper", "title": title(work), "container-title": line(work.publication)}
    if work.published is not None:
        found["issued"] = {"date-parts": [_parts(work.published)], **({"circa": True} if work.assumed else {})}
    if work.address is not None:
        found["URL"] = _address(work.address)
    return {**found, "note": _note(work)}


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _note(work: Work) -> str:
    day = "The day is assumed. " if work.assumed else ""
    return f"{day}Cited for {', '.join(work.acts)}"


def _address(address: str) -> str:
    """An address in which no brace, blank or control character is left."""
    return quote(line(address), safe=_ADDRESS)


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in line(text))
