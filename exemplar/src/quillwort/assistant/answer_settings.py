"""ASSISTANT_*: how answers are told, and how long they are kept."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class AnswerSettings(Section):
    """How answers are told and kept.

    An answer that nobody reads goes on for `resume_seconds`, so that a reader whose connection
    broke can continue.
    """

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_")

    resume_seconds: float = Field(default=15.0, ge=0)
    answers_days: int = Field(default=30, ge=1)
