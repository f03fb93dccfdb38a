"""A token issuer of the gates' own: real keys, a JWKS on loopback, and tokens that must be refused."""

import asyncio
import base64
import contextlib
import json
import time
import uuid
from collections.abc import AsyncIterator, Iterable, Mapping

import jwt
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from architect.model.plain import Plain

AUDIENCE = "architect-verify"
LIFETIME_SECONDS = 3600


class Issuer:
    """Signs tokens with RS256 and publishes its key; made by :func:`issuing`.

    Args:
        url: its address; the JWKS stands at ``{url}/jwks.json``.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.audience = AUDIENCE
        self.key_id = uuid.uuid4().hex
        self._key = _new_key()

    @property
    def jwks_url(self) -> str:
        """Where the public key is published."""
        return f"{self.url}/jwks.json"

    @property
    def environment(self) -> dict[str, str]:
        """The settings that make a service trust this issuer."""
        return {"AUTH_ISSUER": self.url, "AUTH_AUDIENCE": self.audience, "AUTH_JWKS_URL": self.jwks_url}

    @property
    def jwks(self) -> dict[str, Plain]:
        """The published key set (RFC 7517)."""
        numbers = self._key.public_key().public_numbers()
        key: dict[str, Plain] = {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.key_id,
            "n": _unsigned(numbers.n),
            "e": _unsigned(numbers.e),
        }
        return {"keys": [key]}

    def claims(self, subject: str, scopes: Iterable[str], **extra: Plain) -> dict[str, Plain]:
        """Return the claims of a good token; ``extra`` adds or replaces, ``None`` removes a claim."""
        now = int(time.time())
        claims: dict[str, Plain] = {
            "iss": self.url,
            "aud": self.audience,
            "sub": subject,
            "scope": " ".join(scopes),
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME_SECONDS,
            "jti": uuid.uuid4().hex,
            **extra,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, subject: str, scopes: Iterable[str], **extra: Plain) -> str:
        """Return a good token, with claims added, replaced or (``None``) removed."""
        return self._signed(self.claims(subject, scopes, **extra), self._key, self.key_id)

    def expired(self, subject: str, scopes: Iterable[str]) -> str:
        """Return a well-signed token that ended an hour ago."""
        past = int(time.time()) - LIFETIME_SECONDS
        return self.token(subject, scopes, iat=past - 60, nbf=past - 60, exp=past)

    def not_yet_valid(self, subject: str, scopes: Iterable[str]) -> str:
        """Return a well-signed token that begins in an hour."""
        return self.token(subject, scopes, nbf=int(time.time()) + LIFETIME_SECONDS)

    def of_other_issuer(self, subject: str, scopes: Iterable[str]) -> str:
        """Return a token that our key signed in the name of an issuer the service does not trust."""
        return self.token(subject, scopes, iss="https://issuer.invalid")

    def for_other_audience(self, subject: str, scopes: Iterable[str]) -> str:
        """Return a token meant for another service."""
        return self.token(subject, scopes, aud="somebody-else")

    def forged(self, subject: str, scopes: Iterable[str]) -> str:
        """Return a token signed by a stranger's key under our key id."""
        return self._signed(self.claims(subject, scopes), _new_key(), self.key_id)

    def of_unknown_key(self, subject: str, scopes: Iterable[str]) -> str:
        """Return a token signed by a stranger's key under a key id nobody published."""
        return self._signed(self.claims(subject, scopes), _new_key(), uuid.uuid4().hex)

    def unsigned(self, subject: str, scopes: Iterable[str], algorithm: str = "none") -> str:
        """Return a token with ``alg`` none (in any spelling) and an empty signature."""
        head = {"alg": algorithm, "typ": "JWT", "kid": self.key_id}
        return f"{_segment(head)}.{_segment(self.claims(subject, scopes))}."

    def confused(self, subject: str, scopes: Iterable[str]) -> str:
        """Return an HS256 token whose secret is our public key in PEM: the algorithm confusion attack."""
        head = {"alg": "HS256", "typ": "JWT", "kid": self.key_id}
        signed = f"{_segment(head)}.{_segment(self.claims(subject, scopes))}"
        secret = self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        mac = hmac.HMAC(secret, hashes.SHA256())
        mac.update(signed.encode())
        return f"{signed}.{_encode(mac.finalize())}"

    def tampered(self, subject: str, scopes: Iterable[str], **changed: Plain) -> str:
        """Return a good token whose claims were changed after it was signed."""
        claims = self.claims(subject, scopes)
        head, _, signature = self._signed(claims, self._key, self.key_id).split(".")
        return f"{head}.{_segment({**claims, **changed})}.{signature}"

    @staticmethod
    def _signed(claims: Mapping[str, Plain], key: rsa.RSAPrivateKey, key_id: str) -> str:
        return jwt.encode(dict(claims), key, algorithm="RS256", headers={"kid": key_id})


@contextlib.asynccontextmanager
async def issuing() -> AsyncIterator[Issuer]:
    """Run an issuer on a loopback port for the length of the block."""
    holder: list[Issuer] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await reader.readuntil(b"\r\n\r\n")
            body = json.dumps(holder[0].jwks).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            writer.write(head.encode() + b"Connection: close\r\n\r\n" + body)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
        holder.append(Issuer(f"http://127.0.0.1:{port}"))
        yield holder[0]


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _unsigned(number: int) -> str:
    return _encode(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _segment(value: Mapping[str, Plain]) -> str:
    return _encode(json.dumps(value, separators=(",", ":")).encode())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
