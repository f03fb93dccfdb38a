"""QDRANT_*: where Qdrant is."""

from collections.abc import Iterator

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class QdrantSettings(Section):
    """How to reach Qdrant.

    An empty `url` means a store of the library's own under .local/, which production refuses.
    """

    model_config = SettingsConfigDict(env_prefix="QDRANT_")

    url: str = Field(default="", pattern=r"^(|https?://.+)$")
    api_key: SecretStr = SecretStr("")
    timeout_seconds: int = Field(default=5, ge=1)

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if not self.url:
            yield "QDRANT_URL: production needs one; the store under .local/ is for development"
