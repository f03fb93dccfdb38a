"""HTTP_*: where REST listens and what it lets callers use up."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class HttpSettings(Section):
    """How REST is served; sizes are bytes, times are seconds."""

    model_config = SettingsConfigDict(env_prefix="HTTP_")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    max_body_bytes: int = Field(default=1 << 20, ge=1)
    request_timeout_seconds: float = Field(default=15.0, gt=0)
    keep_alive_seconds: int = Field(default=65, ge=1)
