"""Bearer tokens: JSON Web Tokens (RFC 7519) signed with an asymmetric key."""

import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

import jwt

from quillwort.adapters.identity.jwks import ALGORITHMS, KeySet
from quillwort.domain.errors import Unauthenticated
from quillwort.domain.labels import is_shared
from quillwort.domain.values import Principal

_MAX_TOKEN_LENGTH: Final = 8192
_MAX_REMEMBERED: Final = 10_000
_REMEMBER_SECONDS: Final = 60.0
_CLOCK_SKEW_SECONDS: Final = 5.0

_INVALID: Final = "The token is not valid."


class JwtVerifier:
    """Believes tokens of one issuer for one audience.

    A verified token is remembered for at most a minute and never past its expiry; at most ten
    thousand are, the oldest making room, so that repeated requests cost no signature check.
    """

    scheme: Mapping[str, str] | None = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "In development, `make token` prints one.",
    }

    def __init__(
        self,
        keys: KeySet,
        issuer: str,
        audience: str,
        owner_claim: str,
        groups_claim: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._owner_claim = owner_claim
        self._groups_claim = groups_claim
        self._now = now
        self._remembered: dict[bytes, tuple[Principal, float]] = {}

    async def verify(self, authorization: str | None, peer: str) -> Principal:
        """Return the caller that the bearer token names."""
        del peer
        kind, _, token = (authorization or "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise Unauthenticated("A bearer token is needed.")
        if len(token) > _MAX_TOKEN_LENGTH:
            raise Unauthenticated(_INVALID)
        digest = sha256(token.encode("utf-8", "replace")).digest()
        known = self._remembered.get(digest)
        if known is not None and self._now() < known[1]:
            return known[0]
        claims = await self._claims(token)
        principal = self._principal(claims)
        self._remember(digest, principal, float(claims["exp"]))
        return principal

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header["alg"] not in ALGORITHMS:
                raise Unauthenticated(_INVALID)
            key = await self._keys.key(header["kid"])
            claims: dict[str, Any] = jwt.decode(
                token,
                key.key,
                # The key's own algorithm alone: the token has no say in how it is checked.
                algorithms=[key.algorithm_name],
                audience=self._audience,
                issuer=self._issuer,
                leeway=_CLOCK_SKEW_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"], "verify_iat": False},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise Unauthenticated(_INVALID) from error
        # The leeway is for clocks that are behind the issuer's; none is due to an old token.
        if claims["exp"] <= self._now():
            raise Unauthenticated("The token has expired.")
        return claims

    def _principal(self, claims: Mapping[str, Any]) -> Principal:
        subject = claims["sub"]
        owner = claims.get(self._owner_claim)
        if not isinstance(owner, str) or not subject or not owner or "\0" in owner:
            raise Unauthenticated(_INVALID)
        # Whoever were called as a group's or everybody's documents are labelled would own them.
        if is_shared(owner):
            raise Unauthenticated(_INVALID)
        groups = _groups(claims.get(self._groups_claim, []))
        return Principal(subject, owner, _scopes(claims.get("scope", "")), groups)

    def _remember(self, digest: bytes, principal: Principal, expires: float) -> None:
        if len(self._remembered) >= _MAX_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[digest] = (principal, min(expires, self._now() + _REMEMBER_SECONDS))


def _groups(claim: object) -> frozenset[str]:
    """Return the groups of a claim: a list of names, or one string with spaces between them.

    Raises:
        Unauthenticated: when it is neither.
    """
    names = claim.split() if isinstance(claim, str) else claim
    # Not skipped, as what is no scope is: a list of something else is another claim.
    if not isinstance(names, list) or not all(map(_is_name, names)):
        raise Unauthenticated(_INVALID)
    return frozenset(names)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(name) and name.isprintable()


def _scopes(claim: object) -> frozenset[str]:
    # RFC 9068 has one string with spaces; several issuers send a list.
    if isinstance(claim, str):
        return frozenset(claim.split())
    if isinstance(claim, list):
        return frozenset(scope for scope in claim if isinstance(scope, str))
    raise Unauthenticated(_INVALID)
