"""EMBEDDING_*: the model behind an address that embeds; without one the built-in model does."""

from collections.abc import Iterator
from typing import Final

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section, readable

MOST_DIMENSIONS: Final = 4000
"""What pgvector can index of a vector: its HNSW takes so many numbers of 16 bits."""

MOST_BATCH: Final = 2048
"""Texts that OpenAI takes in a request (API reference, "Create embeddings")."""


class EmbeddingSettings(Section):
    """Where texts are embedded, by which model, and how patiently.

    `max_tokens` is what the model reads of a text. The prefixes go before a text with a space
    between: models like E5 are trained to be told what is a question and what a passage.
    """

    model_config = SettingsConfigDict(env_prefix="EMBEDDING_")

    url: str = Field(default="", pattern=r"^(|https?://.+)$")
    model: str = Field(default="", validate_default=True)
    dimensions: int = Field(default=0, ge=0, le=MOST_DIMENSIONS, validate_default=True)
    max_tokens: int = Field(default=512, ge=1)
    api_key: SecretStr = SecretStr("")
    question_prefix: str = ""
    passage_prefix: str = ""
    batch: int = Field(default=32, ge=1, le=MOST_BATCH)
    max_concurrent: int = Field(default=4, ge=1)
    timeout_seconds: float = Field(default=30.0, gt=0)
    question_timeout_seconds: float = Field(default=3.0, gt=0)
    retries: int = Field(default=3, ge=0, le=10)

    @field_validator("model", "dimensions")
    @classmethod
    def _known(cls, value: str | int, info: ValidationInfo) -> str | int:
        if info.data.get("url") and not value:
            raise ValueError("must be given with EMBEDDING_URL")
        return value

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with."""
        if self.api_key.get_secret_value() and readable(self.url):
            yield "EMBEDDING_URL: the key would travel readable; use https://"
