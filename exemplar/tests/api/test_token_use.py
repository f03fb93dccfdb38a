"""Tokens over REST."""

from pathlib import Path

import pytest

from quillwort.adapters.identity.jwks import KeySet
from quillwort.adapters.identity.jwt import JwtVerifier
from rest_serving import PATH, client_around
from tokens import AUDIENCE, ISSUER, Issuer


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    return Issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture
def verifier(issuer: Issuer) -> JwtVerifier:
    return JwtVerifier(KeySet(issuer.url, 1.0), ISSUER, AUDIENCE, "sub", "groups")


async def test_a_good_token_opens_and_a_bad_one_does_not(
    verifier: JwtVerifier, issuer: Issuer
) -> None:
    async with client_around(verifier=verifier) as client:
        good = {"Authorization": f"Bearer {issuer.token()}"}
        assert (await client.get(PATH, headers=good)).text == "alice"
        for token in (issuer.token(exp=1), issuer.token(aud="other"), "x.y.z"):
            answer = await client.get(PATH, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert token not in answer.text


async def test_when_keys_cannot_be_had_the_service_says_so(tmp_path: Path, issuer: Issuer) -> None:
    nowhere = KeySet((tmp_path / "nothing.json").as_uri(), 1.0)
    verifier = JwtVerifier(nowhere, ISSUER, AUDIENCE, "sub", "groups")
    async with client_around(verifier=verifier) as client:
        answer = await client.get(PATH, headers={"Authorization": f"Bearer {issuer.token()}"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
