"""Several documents in one request: each has an outcome of its own."""

from typing import Any

import httpx
import pytest

from callers import bearer
from quillwort.entrypoints.rest.assistant import parts

ALICE = bearer("alice", "documents:read", "documents:write")


async def send(client: httpx.AsyncClient, *files: tuple[str, bytes]) -> httpx.Response:
    """Send files under their names."""
    return await client.post(
        "/v1/documents", files=[("files", file) for file in files], headers=ALICE
    )


async def test_a_folder_is_taken_file_by_file_whatever_is_wrong_with_one(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_BYTES", 100)
    answer = await send(
        client,
        ("folder/lease.md", b"# Lease\n\nCats are welcome.\n"),
        ("folder/huge.md", b"x" * 101),
        ("n" * 501, b"too long a name"),
        ("folder/übersicht.txt", "Katzen dürfen bleiben.".encode()),
    )
    assert answer.status_code == 207, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    assert [(item["name"], item["status"]) for item in items] == [
        ("folder/lease.md", 201),
        ("folder/huge.md", 413),
        ("n" * 501, 422),
        ("folder/übersicht.txt", 201),
    ]
    assert [item["problem"] and item["problem"]["code"] for item in items] == [
        None,
        "body_too_large",
        "invalid_input",
        None,
    ]
    listed = (await client.get("/v1/documents", headers=ALICE)).json()["items"]
    assert {each["name"] for each in listed} == {"folder/lease.md", "folder/übersicht.txt"}
    assert items[0]["document"]["id"] in {each["id"] for each in listed}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b"no part of it"),
        ("multipart/form-data", b"--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="field"\r\n\r\nvalue\r\n--x--\r\n',
        ),
    ],
)
async def test_what_holds_no_file_is_refused(
    client: httpx.AsyncClient, content_type: str, body: bytes
) -> None:
    refused = await client.post(
        "/v1/documents", content=body, headers=ALICE | {"Content-Type": content_type}
    )
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["body"]


async def test_too_many_files_are_refused(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_FILES", 2)
    refused = await send(client, ("a.md", b"a"), ("b.md", b"b"), ("c.md", b"c"))
    assert refused.status_code == 422


async def test_readers_are_those_of_the_files_that_follow_them(client: httpx.AsyncClient) -> None:
    member = bearer("alice", "documents:write", "group:legal", "group:sales")
    field = (
        '--x\r\nContent-Disposition: form-data; name="readers"\r\n\r\ngroup:{}\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="{}.md"\r\n\r\nText.\r\n'
    )
    file = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\nA.\r\n'
    body = file + field.format("legal", "b") + field.format("sales", "c") + "--x--\r\n"
    headers = member | {"Content-Type": "multipart/form-data; boundary=x"}
    sent = await client.post("/v1/documents", content=body, headers=headers)
    assert sent.status_code == 207, sent.text
    readers = [item["document"]["readers"] for item in sent.json()["items"]]
    assert readers == ["owner", "group:legal", "group:sales"]
    place = "/v1/documents?readers=group:sales"
    first = (await client.post(place, content=body, headers=headers)).json()["items"][0]
    assert first["document"]["readers"] == "group:sales"


async def test_files_for_readers_that_are_not_the_senders_hold_no_other_up(
    client: httpx.AsyncClient,
) -> None:
    part = (
        '--x\r\nContent-Disposition: form-data; name="readers"\r\n\r\n{}\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="{}.md"\r\n\r\nText.\r\n'
    )
    readers = ("owner", "group:sales", "everyone", "owner")
    body = "".join(part.format(each, place) for place, each in enumerate(readers)) + "--x--\r\n"
    headers = ALICE | {"Content-Type": "multipart/form-data; boundary=x"}
    sent = await client.post("/v1/documents", content=body, headers=headers)
    assert sent.status_code == 207, sent.text
    items = sent.json()["items"]
    assert [item["status"] for item in items] == [201, 403, 403, 201]
    assert items[1]["problem"]["code"] == "permission_denied"


async def test_what_ends_within_a_file_is_refused(client: httpx.AsyncClient) -> None:
    file = '--x\r\nContent-Disposition: form-data; name="files"; filename="{}.md"\r\n\r\nText.'
    body = f"{file.format('whole')}\r\n{file.format('cut')}"
    headers = ALICE | {"Content-Type": "multipart/form-data; boundary=x"}
    refused = await client.post("/v1/documents", content=body, headers=headers)
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["field"] == "body"
    listed = (await client.get("/v1/documents", headers=ALICE)).json()["items"]
    assert [each["name"] for each in listed] == ["whole.md"]


async def test_readers_that_are_too_long_or_none_are_refused(client: httpx.AsyncClient) -> None:
    files = [("files", ("a.md", b"a"))]
    refused = await client.post(
        "/v1/documents", data={"readers": "group:" + "x" * 1000}, files=files, headers=ALICE
    )
    assert refused.status_code == 422
    wrong = await client.post("/v1/documents", data={"readers": "bob"}, files=files, headers=ALICE)
    assert [item["problem"]["code"] for item in wrong.json()["items"]] == ["invalid_input"]


async def test_whoever_may_not_write_sends_nothing(client: httpx.AsyncClient) -> None:
    refused = await client.post(
        "/v1/documents",
        files=[("files", ("a.md", b"a"))],
        headers=bearer("alice", "documents:read"),
    )
    assert refused.status_code == 403
