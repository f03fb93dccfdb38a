"""AUTH_*: whose tokens are believed."""

from collections.abc import Iterator
from typing import Final

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section

DEVELOPMENT_ISSUER: Final = "quillwort-development"


class AuthSettings(Section):
    """Issuer and audience that a token must name, and where the issuer's public keys are.

    An empty `jwks_url` means the development issuer, whose key lies under .local/ and which
    production refuses. `owner_claim` names the claim that rows are owned by: `sub` for one owner a
    caller, a tenant's claim for one owner a tenant. `groups_claim` names the claim with the
    caller's groups.
    """

    model_config = SettingsConfigDict(env_prefix="AUTH_")

    issuer: str = Field(default=DEVELOPMENT_ISSUER, min_length=1)
    audience: str = Field(default="quillwort", min_length=1)
    jwks_url: str = Field(default="", pattern=r"^(|(https?|file)://.+)$")
    jwks_timeout_seconds: float = Field(default=3.0, gt=0)
    owner_claim: str = Field(default="sub", min_length=1)
    groups_claim: str = Field(default="groups", min_length=1)

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if not self.jwks_url:
            yield "AUTH_JWKS_URL: production needs one; the development issuer is no authority"
        if self.issuer == DEVELOPMENT_ISSUER:
            yield f"AUTH_ISSUER: production does not believe {DEVELOPMENT_ISSUER}"
