"""The description of the API: every address is there, and answers are what it says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.webapp.pages_app import pages_client

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pages_client() as made:
        yield made


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/openapi.json")
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.get_json()
    return found


def pointed(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part of the document, or what it points to."""
    while "$ref" in part:
        found: Any = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def wrong(document: dict[str, Any], schema: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    """Where a value is not what a schema says: the keywords that the document uses."""
    schema = pointed(document, schema)
    for part in schema.get("allOf", ()):
        yield from wrong(document, part, value, at)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not one of {schema['enum']}"
    wanted = schema.get("type")
    if wanted:
        is_flag = isinstance(value, bool) and wanted != "boolean"
        if is_flag or not isinstance(value, _TYPES[wanted]):
            yield f"{at}: {value!r} is no {wanted}"
            return
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: {value!r} is too small"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{at}: {value!r} is too large"
    if isinstance(value, dict):
        yield from (
            f"{at} lacks {name}" for name in schema.get("required", ()) if name not in value
        )
        for name, member in value.items():
            part = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            yield from wrong(document, part, member, f"{at}.{name}")
    if isinstance(value, list):
        for number, member in enumerate(value):
            yield from wrong(document, schema.get("items", {}), member, f"{at}[{number}]")


def test_every_address_for_programs_is_described(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    rules: dict[str, set[str]] = {}
    for rule in client.application.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        rules.setdefault(path, set()).update(rule.methods or ())
    assert document["openapi"].startswith("3.1")
    assert {path for path in rules if path.startswith("/api/")} <= set(document["paths"])
    for path, methods in document["paths"].items():
        assert {name.upper() for name in methods} <= rules[path], path


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            found.extend([part] if "$ref" in part else [])
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                walk(one)

    walk(document)
    assert len(found) > 20
    for part in found:
        assert pointed(document, part)


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("/api/v1/radar?centre=cluster/optence&lang=de", "/api/v1/radar", 200),
        ("/api/v1/radar?centre=topic/metrology&lens=beyond", "/api/v1/radar", 200),
        ("/api/v1/radar", "/api/v1/radar", 400),
        ("/api/v1/radar?centre=cluster/optense", "/api/v1/radar", 404),
        ("/api/v1/search?q=messtechnik&limit=200", "/api/v1/search", 200),
        ("/api/v1/search?q=mestechnik", "/api/v1/search", 200),
        ("/api/v1/search?kinds=dragon", "/api/v1/search", 400),
        ("/id/cluster/optence.json", "/id/{kind}/{slug}", 200),
        ("/api/openapi.json", "/api/openapi.json", 200),
        ("/sparql?query=CLEAR%20ALL", "/sparql", 400),
        ("/sparql?query=ASK%20%7B%7D&format=json", "/sparql", 200),
        ("/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%202", "/sparql", 200),
    ],
)
def test_answers_are_what_the_description_says(
    client: FlaskClient, document: dict[str, Any], address: str, path: str, status: int
) -> None:
    answer = client.get(address, headers={"Accept": "*/*"})
    assert answer.status_code == status
    described = pointed(document, document["paths"][path]["get"]["responses"][str(status)])
    assert answer.mimetype in described["content"]
    schema = described["content"][answer.mimetype]["schema"]
    problems = list(wrong(document, schema, answer.get_json(force=True), "answer"))
    assert not problems, problems
    if path.startswith("/api/v1/") and status == 200:
        known = pointed(document, schema)["properties"]
        assert set(answer.get_json()) <= set(known), "every member is described"


def test_a_schema_that_does_not_hold_is_noticed(document: dict[str, Any]) -> None:
    error = {"$ref": "#/components/schemas/Error"}
    assert list(wrong(document, error, {"error": 5, "status": "x"}, "e")) == [
        "e lacks message",
        "e lacks remedy",
        "e.error: 5 is no string",
        "e.status: 'x' is no integer",
    ]
