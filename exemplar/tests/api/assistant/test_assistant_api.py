"""Documents, searches and questions as callers see them."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from callers import bearer
from quillwort.designed import FUSION

ALICE = bearer("alice", "documents:read", "documents:write")
BOB = bearer("bob", "documents:read", "documents:write")
SECONDS = 30.0
LEASE = b"""# Lease

## Repairs

The tenant pays for repairs of up to 200 euros each. Everything beyond is paid by the landlord.

## Pets

Cats are welcome. Dogs need the landlord's consent in writing.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One server-sent event."""

    number: int
    name: str
    data: dict[str, Any]


async def send(
    client: httpx.AsyncClient,
    name: str,
    content: bytes,
    caller: dict[str, str] = ALICE,
    **readers: str,
) -> dict[str, Any]:
    """Send a document, and return it once it waits no more."""
    sent = await client.post(
        "/v1/documents", params={"name": name} | readers, content=content, headers=caller
    )
    assert sent.status_code == 201, sent.text
    async with asyncio.timeout(SECONDS):
        while True:
            shown = await client.get(sent.headers["location"], headers=caller)
            document: dict[str, Any] = shown.json()
            if document["status"] != "queued":
                return document
            await asyncio.sleep(0.01)


async def search(
    client: httpx.AsyncClient, query: str, caller: dict[str, str] = ALICE
) -> list[dict[str, Any]]:
    answer = await client.post("/v1/search", json={"query": query}, headers=caller)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def ask(
    client: httpx.AsyncClient, question: str, caller: dict[str, str] = ALICE
) -> list[Told]:
    answer = await client.post("/v1/questions", json={"question": question}, headers=caller)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = []
    for block in answer.text.split("\n\n")[:-1]:
        place, name, data = (line.partition(": ")[2] for line in block.split("\n"))
        answer_id, _, number = place.partition("/")
        assert answer.headers["location"] == f"/v1/answers/{answer_id}"
        told.append(Told(int(number), name, json.loads(data)))
    return told


async def test_what_is_sent_is_found_and_quoted(client: httpx.AsyncClient) -> None:
    document = await send(client, "lease.md", LEASE)
    assert (document["status"], document["title"], document["media_type"], document["chunks"]) == (
        "indexed",
        "Lease",
        "text/markdown",
        2,
    )
    best = (await search(client, "Who has to pay when something breaks?"))[0]
    assert best["headings"] == ["Lease", "Repairs"]
    assert best["document_id"] == document["id"]
    assert best["score"]["keyword_rank" if FUSION == "keyword" else "dense_rank"] == 1

    told = await ask(client, "Who pays for repairs?")
    assert [event.number for event in told] == list(range(1, len(told) + 1))
    passages = {
        event.data["number"]: event.data["passage"] for event in told if event.name == "passage"
    }
    citations = [event.data for event in told if event.name == "citation"]
    assert citations
    for citation in citations:
        assert citation["quote"] in passages[citation["passage"]]["text"]
    answer = "".join(event.data["text"] for event in told if event.name == "token")
    assert answer.startswith("The tenant pays for repairs of up to 200 euros each.")
    assert (told[-1].name, told[-1].data) == ("done", {"outcome": "answered", "degraded": False})


async def test_a_question_that_nothing_speaks_of_is_not_answered(client: httpx.AsyncClient) -> None:
    await send(client, "lease.md", LEASE)
    told = await ask(client, "How deep is the Mariana Trench?")
    assert [(event.name, event.data) for event in told] == [
        ("done", {"outcome": "no_evidence", "degraded": False})
    ]


async def test_what_is_somebody_elses_is_not_found(client: httpx.AsyncClient) -> None:
    document = await send(client, "lease.md", LEASE)
    place = f"/v1/documents/{document['id']}"
    assert await search(client, "Who pays for repairs?", BOB) == []
    assert [event.name for event in await ask(client, "Who pays for repairs?", BOB)] == ["done"]
    assert (await client.get(place, headers=BOB)).status_code == 404
    assert (await client.delete(place, headers=BOB)).status_code == 404
    assert (await client.get("/v1/documents", headers=BOB)).json()["items"] == []


async def test_what_is_a_groups_is_its_members_alone(client: httpx.AsyncClient) -> None:
    member = bearer("carol", "documents:read", "group:legal")
    sender = bearer("alice", "documents:read", "documents:write", "group:legal")
    document = await send(client, "lease.md", LEASE, sender, readers="group:legal")
    assert (document["readers"], document["owner_id"]) == ("group:legal", "group:legal")
    place = f"/v1/documents/{document['id']}"
    question = "Who pays for repairs?"
    assert (await search(client, question, member))[0]["document_id"] == document["id"]
    told = await ask(client, question, member)
    assert "citation" in {event.name for event in told}
    assert (await client.get(place, headers=member)).status_code == 200
    other = bearer("bob", "documents:read", "documents:write", "group:sales")
    assert await search(client, question, other) == []
    assert [event.name for event in await ask(client, question, other)] == ["done"]
    assert (await client.get(place, headers=other)).status_code == 404
    assert (await client.get("/v1/documents", headers=other)).json()["items"] == []
    refused = await client.post(
        "/v1/documents",
        params={"name": "b.md", "readers": "group:legal"},
        content=b"b",
        headers=other,
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")


async def test_an_answer_is_told_no_more_to_who_has_left_the_group(
    client: httpx.AsyncClient,
) -> None:
    member = bearer("alice", "documents:read", "documents:write", "group:legal")
    await send(client, "lease.md", LEASE, member, readers="group:legal")
    question = {"question": "Who pays for repairs?"}
    told = await client.post("/v1/questions", json=question, headers=member)
    place = told.headers["location"]
    assert (await client.get(place, headers=member)).status_code == 200
    assert (await client.get(place, headers=ALICE)).status_code == 404
    colleague = bearer("carol", "documents:read", "group:legal")
    assert (await client.get(place, headers=colleague)).status_code == 404


async def test_what_is_everybodys_is_sent_with_a_scope_and_found_by_all(
    client: httpx.AsyncClient,
) -> None:
    given = {"name": "lease.md", "readers": "everyone"}
    refused = await client.post("/v1/documents", params=given, content=LEASE, headers=ALICE)
    assert refused.status_code == 403
    editor = bearer("editor", "documents:read", "documents:write", "documents:publish")
    document = await send(client, "lease.md", LEASE, editor, readers="everyone")
    assert document["readers"] == "everyone"
    place = f"/v1/documents/{document['id']}"
    assert (await search(client, "Who pays for repairs?", BOB))[0]["document_id"] == document["id"]
    assert (await client.delete(place, headers=BOB)).status_code == 403
    assert (await client.delete(place, headers=editor)).status_code == 204


async def test_what_is_removed_is_found_no_more(client: httpx.AsyncClient) -> None:
    document = await send(client, "lease.md", LEASE)
    place = f"/v1/documents/{document['id']}"
    assert (await client.delete(place, headers=ALICE)).status_code == 204
    assert (await client.get(place, headers=ALICE)).status_code == 404
    assert await search(client, "Who pays for repairs?") == []


async def test_an_answer_is_told_no_more_once_what_it_rests_on_is_removed(
    client: httpx.AsyncClient,
) -> None:
    document = await send(client, "lease.md", LEASE)
    question = {"question": "Who pays for repairs?"}
    told = await client.post("/v1/questions", json=question, headers=ALICE)
    place = told.headers["location"]
    assert (await client.get(place, headers=ALICE)).json()["outcome"] == "answered"
    assert (await client.delete(f"/v1/documents/{document['id']}", headers=ALICE)).is_success
    for below in ("", "/events"):
        assert (await client.get(place + below, headers=ALICE)).status_code == 404


async def test_what_cannot_be_read_says_why_and_holds_nothing_up(client: httpx.AsyncClient) -> None:
    broken = await send(client, "image.md", bytes(range(256)) * 8)
    assert (broken["status"], broken["problem"], broken["chunks"]) == ("failed", "binary", 0)
    assert broken["detail"]
    assert (await send(client, "lease.md", LEASE))["status"] == "indexed"


async def test_the_next_version_takes_the_place_of_the_one_before(
    client: httpx.AsyncClient,
) -> None:
    first = await send(client, "lease.md", LEASE)
    second = await send(client, "lease.md", LEASE.replace(b"Cats", b"Ferrets"))
    assert (second["id"], second["version"]) == (first["id"], 2)
    texts = [hit["text"] for hit in await search(client, "Are ferrets welcome?")]
    assert sum("Ferrets" in text for text in texts) == 1
    assert not any("Cats" in text for text in texts)


@pytest.mark.parametrize(
    ("method", "path", "json_body", "scope"),
    [
        ("POST", "/v1/documents?name=a.md", None, "documents:read"),
        ("GET", "/v1/documents", None, "documents:write"),
        ("POST", "/v1/search", {"query": "x"}, "documents:write"),
        ("POST", "/v1/questions", {"question": "x"}, "documents:write"),
    ],
)
async def test_a_caller_needs_the_scope(
    client: httpx.AsyncClient, method: str, path: str, json_body: object, scope: str
) -> None:
    refused = await client.request(method, path, json=json_body, headers=bearer("alice", scope))
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")


@pytest.mark.parametrize(
    ("path", "json_body", "field"),
    [
        ("/v1/documents", None, "name"),
        ("/v1/documents?name=%0A", None, "name"),
        ("/v1/search", {"query": " "}, "query"),
        ("/v1/search", {"query": "x", "limit": 51}, "limit"),
        ("/v1/search", {"query": "x", "owner": "bob"}, "owner"),
        ("/v1/questions", {"question": "x" * 2001}, "question"),
        ("/v1/questions", {}, "question"),
    ],
)
async def test_what_breaks_a_rule_is_refused(
    client: httpx.AsyncClient, path: str, json_body: object, field: str
) -> None:
    refused = await client.post(path, json=json_body, headers=ALICE)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]
