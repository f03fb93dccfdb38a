"""The OpenAPI document, of every resource."""

import re
from typing import Any

import httpx
import pytest

from entities import EXAMPLES
from example import Example


@pytest.fixture
async def document(client: httpx.AsyncClient) -> dict[str, Any]:
    return (await client.get("/openapi.json")).json()


def test_every_reference_resolves(document: dict[str, Any]) -> None:
    names = set(re.findall(r"'\$ref': '#/components/schemas/(\w+)'", str(document)))
    assert names <= document["components"]["schemas"].keys()
    assert "$defs" not in str(document)
    assert document["openapi"].startswith("3.1")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)
def test_a_resource_is_documented_whole(document: dict[str, Any], example: Example) -> None:
    collection = document["paths"][f"/v1/{example.plural}"]
    one = document["paths"][example.path]
    assert {*collection, *one} == {"post", "get", "patch", "delete"}
    named = {parameter["name"] for parameter in collection["get"]["parameters"]}
    assert named == {*example.filters, "sort", "limit", "cursor"}
    for operation in (*collection.values(), *one.values()):
        failures = {status for status in operation["responses"] if status >= "400"}
        assert {"401", "403", "422", "429", "503"} <= failures
        for status in failures:
            assert [*operation["responses"][status]["content"]] == ["application/problem+json"]
    for operation in (one["patch"], one["delete"]):
        assert "If-Match" in {parameter["name"] for parameter in operation["parameters"]}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)
def test_a_body_documents_what_is_required(document: dict[str, Any], example: Example) -> None:
    operation = document["paths"][f"/v1/{example.plural}"]["post"]
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert set(schema.get("required", [])) == example.required
    assert schema["additionalProperties"] is False


def test_callers_identify_themselves_everywhere_but_on_open_paths(document: dict[str, Any]) -> None:
    assert document["security"]
    assert document["paths"]["/livez"]["get"]["security"] == []
