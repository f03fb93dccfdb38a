"""RERANK_*: the model behind an address that reads question and passage together."""

from collections.abc import Iterator

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section, readable


class RerankSettings(Section):
    """Where passages are reranked, by which model, and how long a search waits for it."""

    model_config = SettingsConfigDict(env_prefix="RERANK_")

    url: str = Field(default="", pattern=r"^(|https?://.+)$")
    model: str = Field(default="", validate_default=True)
    api_key: SecretStr = SecretStr("")
    timeout_seconds: float = Field(default=1.0, gt=0)

    @field_validator("model")
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("url") and not value:
            raise ValueError("must be given with RERANK_URL")
        return value

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if self.api_key.get_secret_value() and readable(self.url):
            yield "RERANK_URL: the key would travel readable; use https://"
