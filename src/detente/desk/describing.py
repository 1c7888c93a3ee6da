"""The desk's addresses as OpenAPI: each page and its JSON twin, files, changes, and faults as problem details (RFC 9457).

It is made from the routes, so that a new page is described by being there; what stands in no route (the guard, twins, redirects) is added here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

from detente.publish import formats

ABOUT = (
    "Every page has its data at the same address with `.json` after it. A page is not sent again to a reader who names its `ETag`. Long tables come "
    "in parts by `page`. Faults are problem details: `detail` says what was expected and what came, `do` what to do. Off the loopback every address "
    "asks for the token that `detente serve` was started with. A change is a form of this desk: it repeats its `csrf` and comes from its origin."
)
FORMS: Mapping[str, Mapping[str, str]] = {
    "/timeline.svg": {"": "image/svg+xml"},
    "/brief/{form}": {
        "md": "text/markdown; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
    },
    "/records/{form}": {name: formats.FORMATS[name].media_type for name in ("csv", "xlsx")},
    "/take/ledger/{form}": {"sqlite": "application/vnd.sqlite3", "zip": "application/zip"},
    "/take/{form}": {name: form.media_type for name, form in formats.FORMATS.items()},
}
"""Addresses of files by their ending, and the media type of each form."""
ACCOUNTED = "/take/{form}"
"""Files with a twin: the account of what is in them."""
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "do": {"type": "string"},
    },
}
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "address": {"type": "apiKey", "in": "query", "name": "token"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "detente_token"},
}
ASKED = {
    "400": "What was asked cannot be answered",
    "404": "There is no such thing",
    "422": "Something is lacking",
    "503": "Another process is writing",
}
GUARDED = {"401": "The token is lacking", "421": "The desk does not answer to this Host"}
CHANGED = {"403": "It came from elsewhere than this desk", "411": "It does not say how long it is", "413": "It is too long"}


def add(app: FastAPI) -> None:
    """Describe all routes that an application has by now."""
    app.openapi_schema = described(app.openapi())


def described(base: Mapping[str, Any]) -> dict[str, Any]:
    """The document that FastAPI makes of the routes, with what their signatures do not tell."""
    paths: dict[str, Any] = {}
    for path, operations in base["paths"].items():
        for method, operation in operations.items():
            paths.setdefault(path, {})[method] = {**operation, **_told(operation, path), "responses": _answers(path, method)}
            if method == "get" and path != "/" and (_forms(path) is None or path.endswith(ACCOUNTED)):
                named = {"operationId": f"{operation['operationId']}_data", "summary": f"{operation['summary']}, as data"}
                paths[f"{path}.json"] = {"get": {**operation, **_told(operation, path), **named, "responses": _data(path)}}
    unused = ("HTTPValidationError", "ValidationError")
    schemas = {name: schema for name, schema in base["components"]["schemas"].items() if name not in unused}
    components = {"schemas": {**schemas, "Problem": PROBLEM, "Page": _page()}, "securitySchemes": SCHEMES}
    info = {**base["info"], "description": ABOUT}
    return {**base, "info": info, "paths": paths, "components": components, "security": [{}, *({name: []} for name in SCHEMES)]}


def _forms(path: str) -> Mapping[str, str] | None:
    return next((known for ending, known in FORMS.items() if path.endswith(ending)), None)


def _told(operation: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The parameters with what each means, and the forms that there are."""
    return {"parameters": [_parameter(each, path) for each in operation.get("parameters", [])]}


def _parameter(given: Mapping[str, Any], path: str) -> dict[str, Any]:
    known = next((row for row in _meanings() if row["name"] == given["name"]), None)
    told: dict[str, Any] = {**given, "description": known["means"], "example": _typed(known["example"])} if known else dict(given)
    forms = _forms(path) if given["name"] == "form" else None
    return told if forms is None else {**told, "schema": {"type": "string", "enum": list(forms)}, "example": next(iter(forms))}


def _meanings() -> Iterator[dict[str, str]]:
    text = (files("detente") / "data" / "web" / "parameters.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _typed(example: str) -> Any:
    return {"true": True, "false": False}.get(example, int(example) if example.isdigit() else example)


def _answers(path: str, method: str) -> dict[str, Any]:
    """What a page, a file or a change answers; a person's faults are pages, those of the guard problem details."""
    faults = {**_each(ASKED, "text/html; charset=utf-8", {"type": "string"}), **_problems(GUARDED)}
    if method != "get":
        moved = {"description": "It is done; see the address that is named", "headers": {"location": {"schema": {"type": "string"}}}}
        both = {"text/html; charset=utf-8": {"schema": {"type": "string"}}, **_problem()}
        refused = {"403": {"description": CHANGED["403"], "content": both}}
        return {"303": moved, **faults, **_problems(CHANGED), **refused}
    forms = _forms(path)
    if forms is None:
        page = {"text/html; charset=utf-8": {"schema": {"type": "string"}}}
        return {**_found(page), "202": {"description": "It is being worked out; ask again", "content": page}, **faults}
    return {"200": {"description": "The file", "content": {kind: {} for kind in forms.values()}}, **faults}


def _data(path: str) -> dict[str, Any]:
    """What the twin of a page answers, or the account of a file."""
    if path.endswith(ACCOUNTED):
        good: dict[str, Any] = {"200": {"description": "What is in the file and what is not", "content": {"application/json": {"schema": {}}}}}
    else:
        good = _found({"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}})
    return {**good, **_problems({**ASKED, **GUARDED})}


def _found(content: Mapping[str, Any]) -> dict[str, Any]:
    tag = {"etag": {"description": "Give it back as If-None-Match", "schema": {"type": "string"}}}
    return {"200": {"description": "Found", "headers": tag, "content": content}, "304": {"description": "As the reader has it", "headers": tag}}


def _problem() -> dict[str, Any]:
    return {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _problems(told: Mapping[str, str]) -> dict[str, Any]:
    return {status: {"description": why, "content": _problem()} for status, why in told.items()}


def _each(told: Mapping[str, str], kind: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {status: {"description": why, "content": {kind: {"schema": schema}}} for status, why in told.items()}


def _page() -> dict[str, Any]:
    day = {"type": "string", "description": "The day that the page is seen from, YYYY-MM-DD"}
    return {"type": "object", "required": ["as_of", "title"], "properties": {"as_of": day, "title": {"type": "string"}}}
