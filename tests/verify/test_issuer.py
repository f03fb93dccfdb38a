"""The gates' issuer: its good tokens verify by its JWKS, and each bad one is bad in one way."""

import asyncio
import json
from collections.abc import Callable

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from architect.verify.issuer import Issuer, issuing

SCOPES = ("orders:read",)


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer("http://127.0.0.1:1")


def claims(issuer: Issuer, token: str) -> dict[str, object]:
    """Verify as a careful service does."""
    keys = jwt.PyJWKSet.from_dict(issuer.jwks)
    key = keys[str(jwt.get_unverified_header(token).get("kid"))]
    verified: dict[str, object] = jwt.decode(
        token, key, algorithms=["RS256"], audience=issuer.audience, issuer=issuer.url
    )
    return verified


def test_a_good_token_verifies_and_says_who_may_do_what(issuer: Issuer):
    found = claims(issuer, issuer.token("alice", SCOPES, tenant="acme", jti=None))
    assert (found["sub"], found["scope"], found["tenant"]) == ("alice", "orders:read", "acme")
    assert "jti" not in found


BAD: dict[str, tuple[Callable[[Issuer], str], type[Exception]]] = {
    "expired": (lambda issuer: issuer.expired("a", SCOPES), jwt.ExpiredSignatureError),
    "not yet valid": (lambda issuer: issuer.not_yet_valid("a", SCOPES), jwt.ImmatureSignatureError),
    "other issuer": (lambda issuer: issuer.of_other_issuer("a", SCOPES), jwt.InvalidIssuerError),
    "other audience": (lambda issuer: issuer.for_other_audience("a", SCOPES), jwt.InvalidAudienceError),
    "forged": (lambda issuer: issuer.forged("a", SCOPES), jwt.InvalidSignatureError),
    "unknown key": (lambda issuer: issuer.of_unknown_key("a", SCOPES), KeyError),
    "unsigned": (lambda issuer: issuer.unsigned("a", SCOPES), jwt.InvalidAlgorithmError),
    "confused": (lambda issuer: issuer.confused("a", SCOPES), jwt.InvalidAlgorithmError),
    "tampered": (lambda issuer: issuer.tampered("a", SCOPES, sub="b"), jwt.InvalidSignatureError),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_careful_service_refuses_every_bad_token_for_its_own_reason(issuer: Issuer, name: str):
    make, error = BAD[name]
    with pytest.raises(error):
        claims(issuer, make(issuer))


def test_the_unsigned_token_fools_a_service_that_checks_no_signature(issuer: Issuer):
    token = issuer.unsigned("mallory", SCOPES)
    assert jwt.decode(token, options={"verify_signature": False})["sub"] == "mallory"
    assert jwt.get_unverified_header(token)["alg"] == "none"


def test_the_confused_token_fools_a_service_that_believes_the_header(issuer: Issuer):
    """Such a service feeds its public key to HMAC as if it were a secret."""
    public = issuer._key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed, _, signature = issuer.confused("mallory", SCOPES).rpartition(".")
    hmac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    assert hmac.verify(signed.encode(), public, jwt.utils.base64url_decode(signature))


def test_the_key_set_is_served_on_loopback():
    async def fetched() -> tuple[object, object]:
        async with issuing() as issuer, httpx.AsyncClient(trust_env=False) as client:
            return json.loads((await client.get(issuer.jwks_url)).text), issuer.jwks

    served, published = asyncio.run(fetched())
    assert served == published
