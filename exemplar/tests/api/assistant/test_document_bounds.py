"""How large a document may be."""

import httpx

from callers import bearer

ALICE = bearer("alice", "documents:read", "documents:write")
MOST = 20 * 1024 * 1024


async def test_a_document_may_be_larger_than_other_bodies(client: httpx.AsyncClient) -> None:
    for size, status in ((3_000_000, 201), (MOST, 201), (MOST + 1, 413)):
        answer = await client.post(
            "/v1/documents", params={"name": "long.bin"}, content=bytes(size), headers=ALICE
        )
        assert answer.status_code == status, answer.text
    question = {"question": "x" * 2_000_000}
    refused = await client.post("/v1/questions", json=question, headers=ALICE)
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


async def test_one_far_beyond_the_limit_is_refused_by_what_it_announces(
    client: httpx.AsyncClient,
) -> None:
    headers = ALICE | {"Content-Length": "500000000"}
    answer = await client.post(
        "/v1/documents", params={"name": "film.pdf"}, content=b"%PDF-1.7", headers=headers
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert str(MOST) in answer.json()["detail"]
