"""Settings of identity."""

import pytest
from pydantic import ValidationError

from quillwort.adapters.identity.settings import DEVELOPMENT_ISSUER, AuthSettings


def test_production_needs_an_issuer_of_its_own() -> None:
    named = {problem.partition(":")[0] for problem in AuthSettings(jwks_url="").unsafe()}
    assert named == {"AUTH_JWKS_URL", "AUTH_ISSUER"}
    pretended = AuthSettings(jwks_url="https://example.com/keys", issuer=DEVELOPMENT_ISSUER)
    assert [*pretended.unsafe()]
    real = AuthSettings(jwks_url="https://example.com/keys", issuer="https://example.com")
    assert not [*real.unsafe()]


def test_keys_come_from_https_http_or_a_file() -> None:
    for url in ("ftp://example.com/keys", "keys.json", "data:application/json,{}"):
        with pytest.raises(ValidationError):
            AuthSettings(jwks_url=url)
