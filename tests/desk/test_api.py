"""The desk as an interface for programs: schemathesis reads its OpenAPI document and asks every address for what fits and what does not.

No answer is a server error, every status and content type is one that the document names, and data are of the described form.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

import browsing
import made
from conftest import ROUNDS
from detente import pipeline
from detente.desk.application import application

HERE = "http://127.0.0.1:8765"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 2 * max(ROUNDS, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("api")
    acts = [made.act(f"v{year}", f"{year}-03-10", place="Vladivostok") for year in range(2000, 2006)]
    return browsing.filled(scratch / "data", made.case(scratch / "case", acts=acts))


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[TestClient]:
    with TestClient(application(folder), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def secret(desk: TestClient) -> str:
    """What a change repeats."""
    found = re.search(r'name="csrf" value="([^"]+)"', desk.get("/bring").text)
    assert found
    return found[1]


def there(folder: Path, secret: str) -> dict[str, list[Any]]:
    """Values that this ledger has something under, by the name of a parameter or of a field of a form."""
    (open_one,) = pipeline.claims(folder, proposed=True)
    keys = [pipeline.known(folder, as_of=date.max).acts[0].id, open_one.claim.spans[0].document]
    plain = {"a": ["FIN", "Finland"], "b": ["ISL"], "key": keys, "as_of": [browsing.DAY, "2003-01-01"], "from": ["2001-01-01"], "to": ["2004-01-01"]}
    decided = {"claim": [open_one.stored], "decision": ["accepted", "rejected"], "reviewer": ["Ann"], "edits": [""], "document": [""]}
    return {**plain, **decided, "q": ["Are Finland and Iceland at a new stage?"], "csrf": [secret], "page": [1, 2], "name": ["visits", "bans"]}


def narrowed(document: dict[str, Any], values: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The document of the interface with only these values."""
    for operations in document["paths"].values():
        for operation in operations.values():
            for each in operation.get("parameters", []):
                if each["name"] in values:
                    each["schema"] = {"enum": values[each["name"]]}
    forms = (schema for name, schema in document["components"]["schemas"].items() if name not in ("Page", "Problem"))
    for schema in forms:
        schema |= {"required": [name for name in schema.get("properties", {}) if name in values], "additionalProperties": False}
        for name, field in schema.get("properties", {}).items():
            if name in values:
                field.clear()
                field["enum"] = values[name]
    return document


def api(desk: TestClient, document: dict[str, Any]) -> BaseSchema:
    schema = openapi.from_dict(document)
    schema.app = desk.app
    schema.config.update(base_url=HERE, request_timeout=300)  # how fast it is, is measured in benchmarks/
    return schema


def described(desk: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = desk.get("/openapi.json").json()
    return found


def test_what_is_there_is_answered_as_described(desk: TestClient, folder: Path, secret: str) -> None:
    document = narrowed(described(desk), there(folder, secret))
    seen = all_asked(api(desk, document), GenerationMode.POSITIVE)
    assert seen[200] > seen[400] + seen[404]
    assert seen[303] > 0


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_address_fails_whatever_it_is_asked(desk: TestClient, mode: GenerationMode) -> None:
    seen = all_asked(api(desk, described(desk)), mode)
    assert set(seen) >= ({200, 400, 403, 404} if mode is GenerationMode.POSITIVE else {400, 404, 422}), seen


def all_asked(schema: BaseSchema, mode: GenerationMode) -> Counter[int]:
    """Statuses of the answers of every address."""
    seen: Counter[int] = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()  # type: ignore[union-attr]
        if mode is GenerationMode.POSITIVE or operation.query or operation.path_parameters or operation.body:
            seen.update(asked(operation, mode))
    return seen


def asked(operation: Any, mode: GenerationMode) -> list[int]:
    """Ask an address for what it should take or refuse, and give the statuses."""
    seen = []

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        seen.append(case.call_and_validate(checks=CHECKS, headers={"origin": HERE}).status_code)

    with contextlib.suppress(Unsatisfiable):  # of some addresses nothing can be asked in a wrong form
        ask()
    return seen


def test_every_page_has_its_twin_every_parameter_says_what_it_means_and_paging_is_told(desk: TestClient) -> None:
    document = described(desk)
    pages = {path for path, does in document["paths"].items() if "304" in does.get("get", {}).get("responses", {}) and not path.endswith(".json")}
    assert {f"{path}.json" for path in pages - {"/"}} <= set(document["paths"])
    told = [each for does in document["paths"].values() for operation in does.values() for each in operation.get("parameters", [])]
    assert [each["name"] for each in told if not each.get("description")] == []
    (page,) = [each for each in document["paths"]["/dyad/{a}/{b}/examined/{name}.json"]["get"]["parameters"] if each["name"] == "page"]
    assert "100 records" in page["description"]
    names = [operation["operationId"] for does in document["paths"].values() for operation in does.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("path", "status", "title", "headers"),
    [
        ("/sources.json?as_of=yesterday", 400, "Bad Request", {}),
        ("/act/none.json", 404, "Not Found", {}),
        ("/nowhere.json", 404, "Not Found", {}),
        ("/dyad/FIN/ISL/examined/visits.json?page=0", 422, "Unprocessable", {}),
        ("/sources", 421, "Misdirected Request", {"host": "evil.example"}),
    ],
)
def test_a_fault_is_problem_details(desk: TestClient, path: str, status: int, title: str, headers: dict[str, str]) -> None:
    answer = desk.get(path, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (answer.status_code, told["status"], told["type"]) == (status, status, "about:blank")
    assert told["title"].startswith(title)
    assert told["detail"]
