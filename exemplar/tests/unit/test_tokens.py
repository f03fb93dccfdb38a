"""Which tokens are believed."""

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path

import jwt
import pytest

from quillwort.adapters.identity import jwks
from quillwort.adapters.identity.jwks import KeySet
from quillwort.adapters.identity.jwt import JwtVerifier
from quillwort.domain.errors import Unauthenticated, Unavailable
from quillwort.domain.values import Principal
from tokens import AUDIENCE, ISSUER, Issuer


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    return Issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture
def issuer(keys: Issuer) -> Issuer:
    keys.publish(*keys.keys)
    return keys


@pytest.fixture
def verifier(issuer: Issuer) -> JwtVerifier:
    return JwtVerifier(KeySet(issuer.url, 1.0), ISSUER, AUDIENCE, "sub", "groups")


async def refused(verifier: JwtVerifier, authorization: str | None) -> str:
    with pytest.raises(Unauthenticated) as caught:
        await verifier.verify(authorization, "")
    return caught.value.message


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
async def test_a_good_token_says_who_asks(
    verifier: JwtVerifier, issuer: Issuer, algorithm: str
) -> None:
    principal = await verifier.verify(f"Bearer {issuer.token(algorithm)}", "")
    assert principal == Principal("alice", "alice", frozenset({"things:read", "things:write"}))
    assert await verifier.verify(f"bearer {issuer.token(algorithm)}", "") == principal


async def test_scopes_may_be_a_list_and_may_be_missing(
    verifier: JwtVerifier, issuer: Issuer
) -> None:
    listed = await verifier.verify(f"Bearer {issuer.token(scope=['a:read', 'b:read'])}", "")
    assert listed.scopes == {"a:read", "b:read"}
    none = await verifier.verify(f"Bearer {issuer.token(scope=None)}", "")
    assert none.scopes == frozenset()
    await refused(verifier, f"Bearer {issuer.token(scope=7)}")


async def test_the_owner_is_the_claim_of_that_name(issuer: Issuer) -> None:
    verifier = JwtVerifier(KeySet(issuer.url, 1.0), ISSUER, AUDIENCE, "tenant", "groups")
    principal = await verifier.verify(f"Bearer {issuer.token(tenant='acme')}", "")
    assert (principal.subject, principal.owner) == ("alice", "acme")
    for wrong in (None, "", 7, "a\0b"):
        await refused(verifier, f"Bearer {issuer.token(tenant=wrong)}")


async def test_an_owner_called_as_a_group_or_everybody_is_refused(issuer: Issuer) -> None:
    verifier = JwtVerifier(KeySet(issuer.url, 1.0), ISSUER, AUDIENCE, "sub", "groups")
    for name in ("everyone", "group:legal", "group:"):
        await refused(verifier, f"Bearer {issuer.token(sub=name)}")
    for name in ("everyone else", "groups", "Everyone"):
        assert (await verifier.verify(f"Bearer {issuer.token(sub=name)}", "")).owner == name


async def test_groups_are_the_claim_of_that_name_as_a_list_or_a_string(issuer: Issuer) -> None:
    verifier = JwtVerifier(KeySet(issuer.url, 1.0), ISSUER, AUDIENCE, "sub", "teams")
    for claim, groups in (
        (None, set()),
        ([], set()),
        ("", set()),
        (["legal", "Human Resources"], {"legal", "Human Resources"}),
        ("legal sales", {"legal", "sales"}),
    ):
        principal = await verifier.verify(f"Bearer {issuer.token(teams=claim, groups='no')}", "")
        assert principal.groups == groups
    for wrong in (7, {"legal": True}, ["legal", 7], ["legal", ""], ["le\0gal"], ["\ud800"]):
        await refused(verifier, f"Bearer {issuer.token(teams=wrong)}")


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": None},
        {"iss": None},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"iss": "https://other.example.com"},
        {"aud": "other"},
        {"exp": int(time.time()) - 1},
        {"exp": "never"},
        {"nbf": int(time.time()) + 600},
    ],
)
async def test_a_token_with_wrong_claims_is_refused(
    verifier: JwtVerifier, issuer: Issuer, changes: dict[str, object]
) -> None:
    await refused(verifier, f"Bearer {issuer.token(**changes)}")


async def test_a_token_may_be_a_little_younger_than_this_clock(
    verifier: JwtVerifier, issuer: Issuer
) -> None:
    soon = int(time.time()) + 2
    assert await verifier.verify(f"Bearer {issuer.token(nbf=soon, iat=soon)}", "")


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer a.b.c"]
)
async def test_what_is_no_token_is_refused(
    verifier: JwtVerifier, authorization: str | None
) -> None:
    await refused(verifier, authorization)


async def test_an_unsigned_token_is_refused(verifier: JwtVerifier, issuer: Issuer) -> None:
    for algorithm in ("none", "None", "NONE"):
        header = {"alg": algorithm, "typ": "JWT", "kid": "ES256"}
        await refused(verifier, f"Bearer {_joined(header, issuer.claims())}.")


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
async def test_a_public_key_is_no_shared_secret(
    verifier: JwtVerifier, issuer: Issuer, algorithm: str
) -> None:
    signed = _joined({"alg": "HS256", "kid": algorithm}, issuer.claims())
    digest = hmac.new(issuer.public_pem(algorithm), signed.encode(), hashlib.sha256).digest()
    await refused(verifier, f"Bearer {signed}.{_written(digest)}")


async def test_a_key_checks_its_own_algorithm_alone(verifier: JwtVerifier, issuer: Issuer) -> None:
    key = issuer.keys["RS256"]
    for algorithm in ("RS512", "PS256"):
        token = jwt.encode(issuer.claims(), key, algorithm, headers={"kid": "RS256"})
        await refused(verifier, f"Bearer {token}")
    await refused(verifier, f"Bearer {issuer.token('RS256', kid='ES256')}")


async def test_a_changed_token_is_refused(verifier: JwtVerifier, issuer: Issuer) -> None:
    head, _, signature = issuer.token().split(".")
    payload = _written(json.dumps(issuer.claims(sub="bob")).encode())
    await refused(verifier, f"Bearer {head}.{payload}.{signature}")


async def test_a_token_of_somebody_elses_key_is_refused(
    verifier: JwtVerifier, tmp_path: Path
) -> None:
    await refused(verifier, f"Bearer {Issuer(tmp_path).token()}")


async def test_a_token_without_a_known_key_is_refused(
    verifier: JwtVerifier, issuer: Issuer
) -> None:
    await refused(verifier, f"Bearer {issuer.token(kid='nobody')}")
    without = jwt.encode(issuer.claims(), issuer.keys["ES256"], "ES256")
    await refused(verifier, f"Bearer {without}")


async def test_a_remembered_token_ends_with_its_expiry(issuer: Issuer) -> None:
    now = time.time()
    verifier = JwtVerifier(KeySet(issuer.url, 1.0), ISSUER, AUDIENCE, "sub", "groups", lambda: now)
    authorization = f"Bearer {issuer.token(exp=int(now) + 30)}"
    assert await verifier.verify(authorization, "")
    now += 29
    assert await verifier.verify(authorization, "")
    now += 2
    assert await refused(verifier, authorization) == "The token has expired."


async def test_a_remembered_token_is_checked_again_after_a_minute(issuer: Issuer) -> None:
    now = time.time()
    keys = KeySet(issuer.url, 1.0)
    verifier = JwtVerifier(keys, ISSUER, AUDIENCE, "sub", "groups", lambda: now)
    authorization = f"Bearer {issuer.token()}"
    assert await verifier.verify(authorization, "")
    keys._keys.clear()  # noqa: SLF001 - the key is withdrawn
    assert await verifier.verify(authorization, "")
    now += 61
    with pytest.raises(Unavailable):
        await verifier.verify(authorization, "")


async def test_no_more_than_so_many_tokens_are_remembered(
    verifier: JwtVerifier, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quillwort.adapters.identity.jwt._MAX_REMEMBERED", 2)
    for number in range(4):
        await verifier.verify(f"Bearer {issuer.token(sub=f'user{number}')}", "")
    assert len(verifier._remembered) == 2  # noqa: SLF001 - the bound is what is tested


class _Time:
    """A clock for the key set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Time:
    clock = _Time()
    monkeypatch.setattr(jwks, "time", clock)
    return clock


async def test_a_new_key_is_fetched_when_a_token_names_it(issuer: Issuer, clock: _Time) -> None:
    issuer.publish("RS256")
    keys = KeySet(issuer.url, 1.0)
    assert await keys.key("RS256")
    issuer.publish("RS256", "ES256")
    with pytest.raises(Unauthenticated):
        await keys.key("ES256")  # too soon after the last fetch
    clock.now += 11
    assert await keys.key("ES256")


async def test_a_withdrawn_key_is_forgotten_in_time(issuer: Issuer, clock: _Time) -> None:
    keys = KeySet(issuer.url, 1.0)
    assert await keys.key("ES256")
    issuer.publish("RS256")
    clock.now += 301
    with pytest.raises(Unauthenticated):
        await keys.key("ES256")


async def test_known_keys_serve_on_while_fetching_fails(tmp_path: Path, clock: _Time) -> None:
    issuer = Issuer(tmp_path)
    keys = KeySet(issuer.url, 1.0)
    assert await keys.key("ES256")
    (tmp_path / "jwks.json").write_text("gone")
    clock.now += 301
    assert await keys.key("ES256")


async def test_without_any_keys_nobody_can_be_told_from_another(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await KeySet((tmp_path / "nothing.json").as_uri(), 1.0).key("ES256")


async def test_only_signing_keys_of_asymmetric_algorithms_are_taken(tmp_path: Path) -> None:
    issuer = Issuer(tmp_path)
    path = tmp_path / "jwks.json"
    published = json.loads(path.read_text())["keys"]
    secret = {"kty": "oct", "k": _written(b"x" * 32), "kid": "secret", "alg": "HS256"}
    encrypting = published[0] | {"kid": "encrypting", "use": "enc"}
    path.write_text(json.dumps({"keys": [*published, secret, encrypting]}))
    keys = KeySet(issuer.url, 1.0)
    assert await keys.key("RS256")
    for kid in ("secret", "encrypting"):
        with pytest.raises(Unauthenticated):
            await keys.key(kid)


def _joined(header: dict[str, str], claims: dict[str, object]) -> str:
    return ".".join(_written(json.dumps(part).encode()) for part in (header, claims))


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
