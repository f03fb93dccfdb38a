"""HTTP_*: how answers are streamed over REST."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class StreamSettings(Section):
    """How answers are streamed; `heartbeat_seconds` is the longest silence."""

    model_config = SettingsConfigDict(env_prefix="HTTP_")

    heartbeat_seconds: float = Field(default=15.0, gt=0)
