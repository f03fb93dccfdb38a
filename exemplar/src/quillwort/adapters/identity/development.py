"""An issuer for development: its key lies under .local/, so it is no authority anywhere else."""

import json
import os
import time
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

DIRECTORY: Final = Path(".local/identity")

_ALGORITHM: Final = "ES256"


class DevelopmentIssuer:
    """Signs tokens with a key that it makes on first use and keeps in `directory`."""

    def __init__(self, directory: Path = DIRECTORY) -> None:
        self._private = directory / "private.pem"
        self._public = directory / "jwks.json"

    def jwks_url(self) -> str:
        """Return the file:// URL of the public key, making the key if there is none."""
        self._make_key()
        return self._public.resolve().as_uri()

    def token(
        self, issuer: str, audience: str, claims: Mapping[str, str | list[str]], seconds: int
    ) -> str:
        """Return a signed token with these claims that expires after so many seconds."""
        self._make_key()
        now = int(time.time())
        known = {"iss": issuer, "aud": audience, "iat": now, "exp": now + seconds}
        kid = json.loads(self._public.read_text())["keys"][0]["kid"]
        key = self._private.read_text()
        return jwt.encode({**claims, **known}, key, algorithm=_ALGORITHM, headers={"kid": kid})

    def _make_key(self) -> None:
        if self._public.exists():
            return
        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
        kid = sha256(json.dumps(public, sort_keys=True).encode()).hexdigest()[:16]
        jwk = public | {"kid": kid, "alg": _ALGORITHM, "use": "sig"}
        self._private.parent.mkdir(parents=True, exist_ok=True)
        _write(self._private, private)
        # Written last: whoever sees it finds the private key beside it.
        _write(self._public, json.dumps({"keys": [jwk]}).encode())


def _write(path: Path, content: bytes) -> None:
    aside = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    aside.replace(path)


def scope_claim(scopes: Collection[str]) -> str:
    """Return the scopes as RFC 9068 writes them."""
    return " ".join(sorted(scopes))
