"""Acts as a graph (GraphML): acts, states, bodies and persons are nodes; an edge leads from who acts to the act, and from the act to its target.

A person or body also leads to its state. Several edges may join two nodes. Lists stand in one text, as in a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from detente import ontology
from detente.publish.formats import tabular
from detente.publish.formats.plain import Row
from detente.records import identity, notation

ACT = tuple(name for name in tabular.COLUMNS if name not in ("id", "source", "target"))
NUMBERS = {"latitude": "double", "longitude": "double", "probability": "double", "geonames": "long", "rank": "int"}
NODE = ("type", "label", "state", *ACT)
EDGE = ("role", "state", "body", "person", "office", "rank")
SPACE = "http://graphml.graphdrawing.org/xmlns"
Node = tuple[str, dict[str, str]]


def graph(rows: Iterable[Row], out: BinaryIO) -> None:
    """The graph, written act by act; a state, body or person is written before the first act that names it."""
    known: set[str] = set()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: SPACE}):
            for owner, names in (("node", NODE), ("edge", EDGE)):
                for name in names:
                    file.write(_key(owner, name))
            with file.element("graph", id="acts", edgedefault="directed"):
                for found in rows:
                    for element in _elements(found, known):
                        file.write(element)
        file.flush()


def party(found: Mapping[str, Any]) -> Node | None:
    """The node of a party: the person, else the body, else the state; None for one that is not named."""
    state = found["state"]
    named = [(kind, found[kind]) for kind in ("person", "body") if found[kind]] or ([("state", state)] if state else [])
    if not named:
        return None
    kind, name = named[0]
    label = ontology.state_name(name) if kind == "state" else name
    return identity(kind, [state, name]), {"type": kind, "label": label, **({"state": state} if state else {})}


def _elements(found: Row, known: set[str]) -> Iterator[Any]:
    sides = [(role, each, node) for role in ("source", "target") for each in found[role] if (node := party(each)) is not None]
    for _, each, node in sides:
        yield from _named(node, each["state"], known)
    cells = tabular.cells(found)
    yield _element("node", {"id": found["id"]}, {"type": "act", "label": cells["text"][:80], **{name: cells[name] for name in ACT}})
    for role, each, (name, _) in sides:
        ends = (name, found["id"]) if role == "source" else (found["id"], name)
        told = {key: notation.visible(tabular.text(each[key])) for key in ("state", "body", "person", "office", "rank")}
        yield _element("edge", {"source": ends[0], "target": ends[1]}, {"role": role, **told})


def _named(node: Node, state: str | None, known: set[str]) -> Iterator[Any]:
    """A party's node the first time that it is met, with its state and the edge to it."""
    key, told = node
    if key in known:
        return
    known.add(key)
    yield _element("node", {"id": key}, {name: notation.visible(value) for name, value in told.items()})
    home = party({"state": state, "body": None, "person": None})
    if home is not None and home[0] != key:
        yield from _named(home, state, known)
        yield _element("edge", {"source": key, "target": home[0]}, {"role": "of"})


def _key(owner: str, name: str) -> Any:
    kind = NUMBERS.get(name, "string")
    return etree.Element("key", {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind})


def _element(tag: str, marks: dict[str, str], told: Mapping[str, str]) -> Any:
    made = etree.Element(tag, marks)
    for name, value in told.items():
        if value:
            etree.SubElement(made, "data", {"key": f"{tag}_{name}"}).text = value
    return made
