"""DATABASE_*: where PostgreSQL is and how it is used."""

from collections.abc import Iterator

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class DatabaseSettings(Section):
    """How to reach PostgreSQL.

    An empty `url` means the embedded server under .local/, which production refuses.
    """

    model_config = SettingsConfigDict(env_prefix="DATABASE_")

    url: str = Field(default="", pattern=r"^(|postgres(ql)?://.+)$")
    pool_size: int = Field(default=10, ge=1, le=1000)
    pool_timeout_seconds: float = Field(default=3.0, gt=0)
    connect_timeout_seconds: int = Field(default=5, ge=2)
    statement_timeout_ms: int = Field(default=5000, ge=1)

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if not self.url:
            yield "DATABASE_URL: production needs one; the embedded PostgreSQL is for development"
