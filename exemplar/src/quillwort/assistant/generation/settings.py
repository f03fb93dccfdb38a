"""ASSISTANT_*: what a language model is shown."""

from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class GenerationSettings(Section):
    """How many tokens of passages go into a prompt, and what is taken out of them before."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_")

    context_tokens: int = Field(default=3000, ge=200)
    redact: Literal["none", "contacts"] = "none"
