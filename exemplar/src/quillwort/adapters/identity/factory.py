"""Chooses the keys that tokens are checked with."""

from quillwort.adapters.identity.development import DevelopmentIssuer
from quillwort.adapters.identity.jwks import KeySet
from quillwort.adapters.identity.jwt import JwtVerifier
from quillwort.adapters.identity.settings import AuthSettings


def open_verifier(settings: AuthSettings) -> JwtVerifier:
    """Return a verifier of tokens of the configured issuer, or of the development issuer's."""
    url = settings.jwks_url or DevelopmentIssuer().jwks_url()
    keys = KeySet(url, settings.jwks_timeout_seconds)
    return JwtVerifier(
        keys, settings.issuer, settings.audience, settings.owner_claim, settings.groups_claim
    )
