"""Who is let in: tokens that must be refused at every door, and the good one that must not."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Final

import httpx

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import Door, ListQuery, bearer
from architect.verify.payloads import path, scopes
from architect.verify.polling import becomes
from architect.verify.scene import OWNER, Scene

MEND: Final = "verify every token: signature by the issuer's published key, algorithm, iss, aud, exp, nbf"
_NONE_SPELLINGS: Final = ("none", "None", "NONE", "nOnE", "")
_SHORT_LIFE_SECONDS: Final = 3
_LATEST_SECONDS: Final = 3.0


async def good_token_accepted(scene: Scene) -> list[Finding]:
    """A token of the trusted issuer opens every door."""
    notes = Notes("good_token_accepted", "accept tokens that the issuer's published key verifies")
    for door in scene.doors:
        outcome = await door.list(scene.richest, ListQuery(limit=1), scene.token())
        notes.expect(
            holds=outcome.verdict == "ok",
            message="a good token is refused",
            where=f"{door.name} list {scene.richest.name}",
            seen=outcome.seen,
        )
    return notes.findings


async def missing_token_refused(scene: Scene) -> list[Finding]:
    """Without a token nothing is answered."""
    return await _refused(scene, "missing_token_refused", {"no token": ""})


async def malformed_token_refused(scene: Scene) -> list[Finding]:
    """What is no token at all is refused, and breaks nothing."""
    good = scene.token()
    head, claims, signature = good.split(".")
    tokens = {
        "not a token": "not-a-token",
        "two parts": f"{head}.{claims}",
        "four parts": f"{good}.{signature}",
        "an empty signature": f"{head}.{claims}.",
        "a header that is not JSON": f"bm90LWpzb24.{claims}.{signature}",
        "12,000 characters": f"{head}.{'A' * 12_000}.{signature}",
    }
    return await _refused(scene, "malformed_token_refused", tokens)


async def incomplete_token_refused(scene: Scene) -> list[Finding]:
    """A well-signed token must say who it speaks for and when it ends."""
    issuer, rights = scene.service.issuer, scopes(*scene.subject.entities)
    lacking = {
        "a token without exp": issuer.token(OWNER, rights, exp=None),
        "a token without sub": issuer.token(OWNER, rights, sub=None),
        "a token without aud": issuer.token(OWNER, rights, aud=None),
        "a token without iss": issuer.token(OWNER, rights, iss=None),
    }
    return await _refused(scene, "incomplete_token_refused", lacking)


async def expired_token_refused(scene: Scene) -> list[Finding]:
    """A token is refused after its end."""
    issuer, rights = scene.service.issuer, scopes(*scene.subject.entities)
    return await _refused(
        scene, "expired_token_refused", {"a token that ended an hour ago": issuer.expired(OWNER, rights)}
    )


async def remembered_token_expires(scene: Scene) -> list[Finding]:
    """A token that was accepted is refused as soon as it has ended, whatever is remembered of it."""
    notes = Notes("remembered_token_expires", "never remember a verified token past its exp")
    ends = int(time.time()) + _SHORT_LIFE_SECONDS
    token = scene.token(exp=ends)
    for door in scene.doors:
        first = await door.list(scene.richest, ListQuery(limit=1), token)
        notes.expect(
            holds=first.verdict == "ok",
            message="a token that is about to end is refused",
            where=f"{door.name} list {scene.richest.name}",
            seen=first.seen,
        )
    left = ends + _LATEST_SECONDS - time.time()
    for door in scene.doors:

        async def refused(door: Door = door) -> bool:
            outcome = await door.list(scene.richest, ListQuery(limit=1), token)
            return outcome.verdict == "unauthenticated"

        notes.expect(
            holds=await becomes(refused, left),
            message=f"a token is still accepted {_LATEST_SECONDS:.0f} s after its end",
            where=f"{door.name} list {scene.richest.name}",
        )
    return notes.findings


async def early_token_refused(scene: Scene) -> list[Finding]:
    """A token is refused before its beginning."""
    token = scene.service.issuer.not_yet_valid(OWNER, scopes(*scene.subject.entities))
    return await _refused(scene, "early_token_refused", {"a token that begins in an hour": token})


async def foreign_audience_refused(scene: Scene) -> list[Finding]:
    """A token for another service is refused."""
    token = scene.service.issuer.for_other_audience(OWNER, scopes(*scene.subject.entities))
    return await _refused(scene, "foreign_audience_refused", {"a token for another audience": token})


async def foreign_issuer_refused(scene: Scene) -> list[Finding]:
    """A token in the name of an issuer that is not trusted is refused."""
    token = scene.service.issuer.of_other_issuer(OWNER, scopes(*scene.subject.entities))
    return await _refused(scene, "foreign_issuer_refused", {"a token of another issuer": token})


async def forged_token_refused(scene: Scene) -> list[Finding]:
    """A stranger's signature is refused, under our key id and under one of its own."""
    issuer, rights = scene.service.issuer, scopes(*scene.subject.entities)
    tokens = {
        "a token signed by a stranger's key under our key id": issuer.forged(OWNER, rights),
        "a token signed by a key nobody published": issuer.of_unknown_key(OWNER, rights),
    }
    return await _refused(scene, "forged_token_refused", tokens)


async def unsigned_token_refused(scene: Scene) -> list[Finding]:
    """``alg: none`` is refused in every spelling."""
    issuer, rights = scene.service.issuer, scopes(*scene.subject.entities)
    tokens = {
        f"an unsigned token, alg {name!r}": issuer.unsigned(OWNER, rights, name) for name in _NONE_SPELLINGS
    }
    return await _refused(scene, "unsigned_token_refused", tokens)


async def confused_token_refused(scene: Scene) -> list[Finding]:
    """The published key never serves as the secret of a symmetric signature."""
    token = scene.service.issuer.confused(OWNER, scopes(*scene.subject.entities))
    return await _refused(
        scene, "confused_token_refused", {"an HS256 token signed with the public key": token}
    )


async def tampered_token_refused(scene: Scene) -> list[Finding]:
    """Claims changed after signing are refused, also when the token was accepted before."""
    good = scene.token(rights=("read",))
    for door in scene.doors:
        await door.list(scene.richest, ListQuery(limit=1), good)
    head, claims, signature = good.split(".")
    changed = {
        **json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4))),
        "scope": " ".join(scopes(*scene.subject.entities, rights=("admin",))),
    }
    segment = base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
    tampered = {"a token that gained scopes after signing": f"{head}.{segment}.{signature}"}
    return await _refused(scene, "tampered_token_refused", tampered)


async def challenge_sent(scene: Scene) -> list[Finding]:
    """A 401 says by WWW-Authenticate how to identify oneself (RFC 9110, 11.6.1)."""
    notes = Notes("challenge_sent", "send WWW-Authenticate: Bearer with every 401")
    for label, token in (("no token", ""), ("a bad token", "bad")):
        answer = await scene.client.get(path(scene.richest), headers=bearer(token))
        challenge = answer.headers.get("WWW-Authenticate", "")
        notes.expect(
            holds=answer.status_code == httpx.codes.UNAUTHORIZED and challenge.lower().startswith("bearer"),
            message=f"{label} is not answered by a 401 with WWW-Authenticate: Bearer",
            where=f"GET {path(scene.richest)}",
            seen=f"{answer.status_code} WWW-Authenticate: {challenge!r}",
        )
    return notes.findings


async def every_operation_guarded(scene: Scene) -> list[Finding]:
    """No operation that the contracts list can be called without a token."""
    notes = Notes("every_operation_guarded", "ask for a token in one place that every operation passes")
    if scene.rest_door is not None:
        document = (await scene.client.get("/openapi.json")).json()
        for template, item in document.get("paths", {}).items():
            for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
                if template.startswith("/v1"):
                    where = template.replace("{", "").replace("}", "")
                    outcome = await scene.rest.send(
                        method.upper(), where, json={} if method != "get" else None
                    )
                    notes.expect(
                        holds=outcome.verdict == "unauthenticated",
                        message="answers without a token",
                        where=f"{method.upper()} {template}",
                        seen=outcome.seen,
                    )
    if scene.grpc_door is not None:
        for service in scene.grpc.client.services.values():
            for method in service.methods:
                reply = await scene.grpc.client.call(method, {})
                notes.expect(
                    holds=reply.code.name == "UNAUTHENTICATED",
                    message="answers without a token",
                    where=f"gRPC {service.full_name}/{method.name}",
                    seen=str(reply),
                )
    return notes.findings


async def _refused(scene: Scene, check: str, tokens: Mapping[str, str]) -> list[Finding]:
    notes = Notes(check, MEND)
    for door in scene.doors:
        await door.list(scene.richest, ListQuery(limit=1), scene.token())
        for label, token in tokens.items():
            outcome = await door.list(scene.richest, ListQuery(limit=1), token)
            notes.expect(
                holds=outcome.verdict == "unauthenticated",
                message=f"{label} is not refused as unauthenticated",
                where=f"{door.name} list {scene.richest.name}",
                seen=outcome.seen,
            )
    return notes.findings
