"""An issuer of tokens for tests: keys of every kind, good tokens and forged ones."""

import json
import time
from pathlib import Path
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

ISSUER: Final = "https://issuer.example.com"
AUDIENCE: Final = "quillwort-tests"


class Issuer:
    """Signs with RS256, ES256 or EdDSA; each key's id is its algorithm's name."""

    def __init__(self, directory: Path) -> None:
        self.keys: dict[str, Any] = {
            "RS256": rsa.generate_private_key(65537, 2048),
            "ES256": ec.generate_private_key(ec.SECP256R1()),
            "EdDSA": ed25519.Ed25519PrivateKey.generate(),
        }
        self._path = directory / "jwks.json"
        self.publish(*self.keys)

    @property
    def url(self) -> str:
        """Where the public keys are."""
        return self._path.as_uri()

    def publish(self, *algorithms: str) -> None:
        """Let these keys be known, and no others."""
        self._path.write_text(json.dumps({"keys": [self._public(name) for name in algorithms]}))

    def public_pem(self, algorithm: str) -> bytes:
        """Return the public key as text."""
        key = self.keys[algorithm].public_key()
        return bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    def claims(self, **changes: object) -> dict[str, Any]:
        """Return good claims with changes; one that is None is left out."""
        good = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "alice",
            "exp": int(time.time()) + 600,
            "scope": "things:read things:write",
        }
        return {name: value for name, value in (good | changes).items() if value is not None}

    def token(self, algorithm: str = "ES256", kid: str | None = None, **changes: object) -> str:
        """Return a token signed by the key of that algorithm."""
        headers = {"kid": kid or algorithm}
        return jwt.encode(self.claims(**changes), self.keys[algorithm], algorithm, headers=headers)

    def _public(self, algorithm: str) -> dict[str, Any]:
        kinds = {"RS256": RSAAlgorithm, "ES256": ECAlgorithm, "EdDSA": OKPAlgorithm}
        public = kinds[algorithm].to_jwk(self.keys[algorithm].public_key(), as_dict=True)
        return dict(public) | {"kid": algorithm, "alg": algorithm, "use": "sig"}
