"""Bearer tokens over gRPC: those of the issuer pass, no others do."""

from collections.abc import Mapping
from pathlib import Path

import grpc
import jwt
import pytest

from grpc_serving import Operations, Serve, Serving
from quillwort.adapters.identity.development import DevelopmentIssuer
from quillwort.adapters.identity.jwks import KeySet
from quillwort.adapters.identity.jwt import JwtVerifier

CLAIMS: Mapping[str, str] = {"sub": "alice", "scope": "x:read"}


@pytest.fixture
def issuer(tmp_path: Path) -> DevelopmentIssuer:
    return DevelopmentIssuer(tmp_path / "issuer")


@pytest.fixture
async def serving(serve: Serve, operations: Operations, issuer: DevelopmentIssuer) -> Serving:
    keys = KeySet(issuer.jwks_url(), timeout_seconds=1.0)
    return await serve(
        operations, verifier=JwtVerifier(keys, "issuer", "audience", "sub", "groups")
    )


def token(issuer: DevelopmentIssuer, audience: str = "audience", seconds: int = 60) -> str:
    return issuer.token("issuer", audience, dict(CLAIMS), seconds)


async def code(serving: Serving, presented: str) -> grpc.StatusCode:
    try:
        await serving.get_operation(metadata=(("authorization", f"Bearer {presented}"),))
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def test_a_token_of_the_issuer_says_who_calls(
    serving: Serving, operations: Operations, issuer: DevelopmentIssuer
) -> None:
    assert await code(serving, token(issuer)) is grpc.StatusCode.OK
    assert operations.callers == ["alice"]


async def test_other_tokens_are_refused(
    serving: Serving, operations: Operations, issuer: DevelopmentIssuer, tmp_path: Path
) -> None:
    genuine = token(issuer)
    head, payload, signature = genuine.split(".")
    forger = DevelopmentIssuer(tmp_path / "forger")
    refused = {
        "forged": token(forger),
        "expired": token(issuer, seconds=-60),
        "for somebody else": token(issuer, audience="other"),
        "unsigned": jwt.encode(dict(CLAIMS), "", algorithm="none"),
        "without its signature": f"{head}.{payload}.",
        "with another's signature": f"{head}.{payload}.{token(forger).split('.')[2]}",
        "changed": f"{head}.{payload[:-2]}AA.{signature}",
        "no token": "x",
    }

    codes = {what: await code(serving, presented) for what, presented in refused.items()}

    assert codes == dict.fromkeys(refused, grpc.StatusCode.UNAUTHENTICATED)
    assert operations.callers == []
