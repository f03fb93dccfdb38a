"""REST without identity."""

from quillwort.adapters.identity.anonymous import AnonymousVerifier
from rest_serving import client_around


async def test_nothing_is_said_of_security() -> None:
    async with client_around(verifier=AnonymousVerifier()) as client:
        document = (await client.get("/openapi.json")).json()
    assert "security" not in document
